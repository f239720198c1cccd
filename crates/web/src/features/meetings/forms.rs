//! The forms of a meeting's page: only those for what this person may do with it now. What is
//! sent is read and carried out in `conduct`.

use super::hall::{Hall, Standing};
use super::parts::{Slip, choices, wrong};
use crate::shared::holders::bodies;
use crate::shared::minutes::{Minutes, Presence};
use crate::shared::visitor::fresh_form;
use crate::texts::Locale;
use crate::ui::{self, Field, Fields, Input};
use crate::{Cx, Error};
use maud::{Markup, html};
use std::collections::BTreeMap;
use yishi_domain::dispatch::WhistleKind;
use yishi_domain::meetings::{
    CONVENE, Choice, Coming, Confirming, DISPATCH, Event, Fate, HOLD, Hands, Meeting, MeetingStage, Motion,
    REGISTER, REPLY, RULE, Ruling, SPEAK, STAND_IN, SeatId, SeatKind, SignedIn, StatementKind, VoteMode, Way,
};
use yishi_kernel::cell::Flag;
use yishi_kernel::{Right, Sealed};
use yishi_office::meetings::reads::SeatRow;
use yishi_office::people::reads::account;

/// The forms of a meeting, with what they offer and what was typed.
pub struct Forms<'a> {
    /// The request.
    pub cx: &'a Cx,
    /// The meeting, for whom.
    pub hall: &'a Hall,
    /// What was typed in the form that was not taken.
    pub values: &'a Fields,
    /// What is wrong with it.
    pub slip: Option<&'a Slip>,
    /// Who signed in; empty for invited bodies.
    pub seats: &'a [SeatRow],
    /// Their names.
    pub names: &'a BTreeMap<SeatId, String>,
}

impl Forms<'_> {
    fn t(&self) -> Locale {
        self.cx.locale
    }

    fn can(&self, right: &Right) -> bool {
        self.hall.can(self.cx, right)
    }

    fn wrong(&self, field: &str) -> Option<&str> {
        wrong(self.slip, field)
    }

    /// Whether the form whose fields begin like this was sent and not taken.
    fn failed(&self, prefix: &str) -> bool {
        let field = self.slip.and_then(|slip| slip.field.as_deref()).unwrap_or_default();
        field.starts_with(prefix)
    }

    fn form(&self, verb: &str, title: &str, inner: &Markup) -> Markup {
        html! {
            section.card id=(verb) {
                h2 { (title) }
                form method="post" action={ (self.hall.link()) "/" (verb) } {
                    (self.cx.marks())
                    (inner)
                }
            }
        }
    }

    /// A form that is seldom needed: closed until asked for, or until something is wrong with it.
    fn folded(&self, verb: &str, title: &str, inner: &Markup) -> Markup {
        let open = self.failed(&format!("{verb}-"));
        html! { details open[open] { summary { (title) } (self.form(verb, title, inner)) } }
    }

    /// All of them, the next step first.
    pub async fn all(&self) -> Result<Markup, Error> {
        let stage = self.hall.story.row.stage;
        let Meeting { agenda, sitting, .. } = &self.hall.story.meeting;
        let (hold, register) = (self.can(&HOLD), self.can(&REGISTER));
        let held = stage == MeetingStage::Open && hold;
        let (voting, counting) = (sitting.voting(), sitting.counting());
        let confirm = match stage {
            MeetingStage::Held => self.confirm().await?,
            _ => html! {},
        };
        let hands = match voting.filter(|_| register) {
            Some(motion) => match motion.mode {
                VoteMode::Hands => self.hands(motion).await?,
                VoteMode::Phones => self.ballot(motion.number),
            },
            None => html! {},
        };
        let dispatch = if self.can(&DISPATCH) {
            self.dispatch().await?
        } else {
            html! {}
        };
        let entering = if register {
            self.register()?
        } else {
            html! {}
        };
        Ok(html! {
            @if stage == MeetingStage::Called && self.can(&CONVENE) && agenda.posted.is_none() { (self.post()) }
            @if stage == MeetingStage::Called && hold && agenda.posted.is_some() { (self.open()) }
            (hands)
            @if let Some(motion) = voting.or(counting).filter(|_| held) { (self.end(motion)) }
            @if held && voting.is_none() && counting.is_none() { (self.put()) (self.close()) }
            (confirm)
            @if stage == MeetingStage::Confirmed && self.can(&CONVENE) { (self.publish()) }
            @if self.can(&RULE) { (self.rule()) } @else { (self.rule_wait()) }
            (dispatch)
            @if stage == MeetingStage::Published && self.can(&CONVENE) { (self.conclude()) }
            (entering)
            @if self.can(&REPLY) { (self.reply()) }
            @if self.can(&SPEAK) { (self.state()) }
            @if register && stage != MeetingStage::Called { (self.dissent()) }
            @if stage == MeetingStage::Called && self.can(&CONVENE) {
                @if agenda.posted.is_some() { (self.post_again()) }
                (self.cancel())
            }
        })
    }

    fn post(&self) -> Markup {
        let t = self.t();
        html! {
            section.card #post {
                h2 { (t.say("post-title")) }
                p { (t.say("post-lead")) " " a href={ "/c/" (self.hall.story.ledger.slug) "/g/" (self.hall.story.row.number) } { (t.say("post-print")) } }
                form method="post" action={ (self.hall.link()) "/post" } enctype="multipart/form-data" {
                    (self.cx.marks())
                    @for photo in self.values.all("photo") { (ui::hidden("photo", photo)) }
                    (ui::text_field(Field::new("post-at", &t.say("post-at")).hint(&t.say("post-at-hint")).error(self.wrong("post-at")), self.values.get("post-at"), "off"))
                    div.field {
                        label for="post-photos" { (t.say("post-photo")) }
                        p.hint id="post-photos-hint" { (t.say("post-photo-hint")) }
                        @if let Some(error) = self.wrong("post-photos") { p.error-text id="post-photos-error" { (error) } }
                        input type="file" id="post-photos" name="photos" accept="image/jpeg,image/png,image/webp" aria-describedby="post-photos-hint" data-photos;
                    }
                    (ui::submit(&t.say("post-send"), "wide"))
                }
            }
        }
    }

    fn post_again(&self) -> Markup {
        html! { details open[self.failed("post-")] { summary { (self.t().say("post-again")) } (self.post()) } }
    }

    fn open(&self) -> Markup {
        let t = self.t();
        self.form(
            "open",
            &t.say("open-title"),
            &html! {
                p { (t.say("open-lead")) }
                (ui::submit(&t.say("open-send"), "wide"))
            },
        )
    }

    fn cancel(&self) -> Markup {
        let t = self.t();
        self.folded("cancel", &t.say("cancel-title"), &html! {
            p { (t.say("cancel-lead")) }
            (ui::text_field(Field::new("cancel-reason", &t.say("cancel-why")).hint(&t.say("public-hint")).error(self.wrong("cancel-reason")), self.values.get("cancel-reason"), "off"))
            (ui::submit(&t.say("cancel-send"), "danger"))
        })
    }

    /// Bodies that were invited; only the own ones for whoever comes for one.
    fn invited(&self) -> Vec<(String, String)> {
        let story = &self.hall.story;
        let own: Vec<_> =
            self.hall.staff.actor.current(self.cx.now).filter_map(|grant| grant.organisation).collect();
        let all = self.hall.standing(self.cx) == Standing::Steering;
        let invited = story.meeting.agenda.invited.iter().map(|one| one.organisation);
        invited
            .filter(|id| all || own.contains(id))
            .map(|id| (id.to_string(), story.body(id).to_owned()))
            .collect()
    }

    fn reply(&self) -> Markup {
        let t = self.t();
        let invited = self.invited();
        if invited.is_empty() {
            return html! {};
        }
        let waiting = self.hall.standing(self.cx) == Standing::Invited;
        let coming = choices(Coming::ALL, t);
        let inner = html! {
            @if let ([(id, name)], true) = (invited.as_slice(), waiting) { p { strong { (name) } } (ui::hidden("reply-organisation", id)) }
            @else { (ui::select(Field::new("reply-organisation", &t.say("reply-who")).error(self.wrong("reply-organisation")), &invited, self.values.get("reply-organisation"))) }
            (ui::radios(Field::new("reply-coming", &t.say("reply-coming")).error(self.wrong("reply-coming")), &coming, self.values.get("reply-coming")))
            (ui::text_field(Field::new("reply-note", &t.say("reply-note")).hint(&t.say("reply-note-hint")).error(self.wrong("reply-note")), self.values.get("reply-note"), "off"))
            (ui::submit(&t.say("reply-send"), "wide"))
        };
        match waiting {
            true => self.form("reply", &t.say("reply-title"), &inner),
            false => self.folded("reply", &t.say("reply-title-for"), &inner),
        }
    }

    fn state(&self) -> Markup {
        let t = self.t();
        let own = self.hall.standing(self.cx) == Standing::Invited;
        let forms = choices(StatementKind::ALL, t);
        let chosen = self.values.some("state-form").unwrap_or(if own { "plan" } else { "statement" });
        let mut bodies = vec![(String::new(), t.say("speak-nobody"))];
        bodies.extend(self.invited());
        let inner = html! {
            (ui::radios(Field::new("state-form", &t.say("speak-form")).error(self.wrong("state-form")), &forms, chosen))
            @if !own { (ui::select(Field::new("state-organisation", &t.say("speak-who")).error(self.wrong("state-organisation")), &bodies, self.values.get("state-organisation"))) }
            (ui::text_area(Field::new("state-text", &t.say("speak-text")).hint(&t.say("public-hint")).error(self.wrong("state-text")), self.values.get("state-text"), ""))
            (ui::submit(&t.say("speak-send"), "second wide"))
        };
        match own {
            true => self.form("state", &t.say("speak-title"), &inner),
            false => self.folded("state", &t.say("speak-title"), &inner),
        }
    }

    fn register(&self) -> Result<Markup, Error> {
        let t = self.t();
        let kinds = choices(SeatKind::ALL, t);
        let mut bodies = vec![(String::new(), t.say("register-nobody"))];
        bodies.extend(self.invited());
        let fresh = fresh_form(self.cx)?;
        // The form that was not taken keeps its word: sent again it is still the same sign-in.
        let word = match self.failed("register-") {
            true => self.values.some("form").unwrap_or_else(|| fresh.get("form")),
            false => fresh.get("form"),
        };
        let chosen = self.values.some("register-kind").unwrap_or("resident");
        let inner = html! {
            p { (t.say("register-lead")) }
            (ui::hidden("form", word))
            (ui::text_field(Field::new("register-name", &t.say("register-name")).hint(&t.say("register-name-hint")).error(self.wrong("register-name")), self.values.get("register-name"), "off"))
            (ui::radios(Field::new("register-kind", &t.say("register-kind")).error(self.wrong("register-kind")), &kinds, chosen))
            (ui::select(Field::new("register-organisation", &t.say("register-organisation")).hint(&t.say("register-organisation-hint")).error(self.wrong("register-organisation")), &bodies, self.values.get("register-organisation")))
            (ui::submit(&t.say("register-send"), "wide"))
        };
        Ok(match self.hall.story.row.stage {
            MeetingStage::Open => self.form("register", &t.say("register-title"), &inner),
            _ => self.folded("register", &t.say("register-title"), &inner),
        })
    }

    /// Who is present, with names for whoever keeps the register.
    pub fn present(&self, presence: &Presence) -> Markup {
        let t = self.t();
        let strikes = self.can(&REGISTER);
        let story = &self.hall.story;
        html! {
            h2 { (t.say("present-title")) }
            p { (t.with("present-count", &[
                ("votes", &presence.votes), ("residents", &presence.kind(SeatKind::Resident)), ("members", &presence.kind(SeatKind::Member)),
                ("invited", &presence.kind(SeatKind::Invited)), ("observers", &presence.kind(SeatKind::Observer)),
            ])) }
            @if !self.seats.is_empty() {
                details open[self.failed("strike-")] {
                    summary { (t.say("present-register")) }
                    ol { @for seat in self.seats {
                        li {
                            (self.names.get(&seat.id).map_or("—", String::as_str)) " · " (t.word(seat.kind))
                            @if let Some(body) = seat.organisation { " · " (story.body(body)) }
                            " · " (t.word(seat.how)) " "
                            @if seat.struck.is_some() { span.badge.done { (t.say("present-struck")) } }
                        }
                    } }
                    @if strikes {
                        @let standing: Vec<(String, String)> = self.seats.iter().filter(|seat| seat.struck.is_none()).map(|seat| (seat.id.to_string(), self.name(seat))).collect();
                        (self.form("strike", &t.say("strike-title"), &html! {
                            p { (t.say("strike-lead")) }
                            (ui::select(Field::new("strike-seat", &t.say("strike-who")).error(self.wrong("strike-seat")), &standing, self.values.get("strike-seat")))
                            (ui::text_field(Field::new("strike-reason", &t.say("strike-why")).hint(&t.say("public-hint")).error(self.wrong("strike-reason")), self.values.get("strike-reason"), "off"))
                            (ui::submit(&t.say("strike-send"), "danger"))
                        }))
                    }
                }
            }
        }
    }

    fn name(&self, seat: &SeatRow) -> String {
        let name = self.names.get(&seat.id).map_or("—", String::as_str);
        format!("{name} · {} · {}", self.t().word(seat.kind), seat.taken.minute())
    }

    fn put(&self) -> Markup {
        let t = self.t();
        let topics: Vec<(String, String)> =
            self.hall.story.topics.iter().map(|row| (row.id.to_string(), row.title.clone())).collect();
        let modes = choices(VoteMode::ALL, t);
        let mode = self.values.some("put-mode").unwrap_or("phones");
        self.form("put", &t.say("put-title"), &html! {
            (ui::select(Field::new("put-topic", &t.say("put-topic")).error(self.wrong("put-topic")), &topics, self.values.get("put-topic")))
            (ui::text_area(Field::new("put-text", &t.say("put-text")).hint(&t.say("put-text-hint")).error(self.wrong("put-text")), self.values.get("put-text"), ""))
            (ui::radios(Field::new("put-mode", &t.say("put-mode")).error(self.wrong("put-mode")), &modes, mode))
            (ui::submit(&t.say("put-send"), "wide"))
        })
    }

    /// The way out of a meeting: with a resolution, or without one.
    fn close(&self) -> Markup {
        let t = self.t();
        let something = self.hall.story.meeting.sitting.passed().next().is_some();
        html! {
            @if something {
                section.card {
                    h2 { (t.say("resolve-title")) }
                    p { (t.say("resolve-lead")) }
                    a.button.wide href={ (self.hall.link()) "/resolve" } { (t.say("resolve-link")) }
                }
            } @else {
                (self.folded("adjourn", &t.say("adjourn-title"), &html! {
                    p { (t.say("adjourn-lead")) }
                    (ui::text_field(Field::new("adjourn-reason", &t.say("adjourn-why")).hint(&t.say("public-hint")).error(self.wrong("adjourn-reason")), self.values.get("adjourn-reason"), "off"))
                    (ui::submit(&t.say("adjourn-send"), "second wide"))
                }))
            }
        }
    }

    async fn hands(&self, motion: &Motion) -> Result<Markup, Error> {
        let t = self.t();
        let mut lines = Vec::new();
        for Hands { by, counts: [yes, no, none] } in &motion.hands {
            let name = match by.as_ref().and_then(Sealed::get) {
                Some(id) => account(&self.cx.app.office.db, *id).await?.map(|row| row.name),
                None => None,
            };
            let name = name.unwrap_or_else(|| "—".to_owned());
            lines.push(
                t.with("hands-entered", &[("name", &name), ("for", yes), ("against", no), ("abstain", none)]),
            );
        }
        let agreed = motion.agreed_hands().is_some();
        let field = |name: &'static str, label: &str| {
            ui::input(Field::new(name, label).error(self.wrong(name)), Input::Count, self.values.get(name))
        };
        Ok(self.form("hands", &t.say("hands-title"), &html! {
            p { (t.say("hands-lead")) }
            @if !lines.is_empty() { ul { @for line in &lines { li { (line) } } } }
            @if agreed { p { span.badge { (t.say("hands-agree")) } } } @else if lines.len() > 1 { p { span.badge.late { (t.say("hands-differ")) } } }
            (ui::hidden("motion", &motion.number.to_string()))
            (field("hands-for", &t.say("choice-for")))
            (field("hands-against", &t.say("choice-against")))
            (field("hands-abstain", &t.say("choice-abstain")))
            (ui::submit(&t.say("hands-send"), "wide"))
        }))
    }

    fn ballot(&self, motion: u32) -> Markup {
        let t = self.t();
        let without =
            self.seats.iter().filter(|seat| seat.votes == Flag::Yes && seat.how == SignedIn::Register);
        let seats: Vec<(String, String)> =
            without.map(|seat| (seat.id.to_string(), self.name(seat))).collect();
        if seats.is_empty() {
            return html! {};
        }
        let votes = choices(Choice::ALL, t);
        self.form("ballot", &t.say("ballot-title"), &html! {
            p { (t.say("ballot-lead")) }
            (ui::hidden("motion", &motion.to_string()))
            (ui::select(Field::new("ballot-seat", &t.say("ballot-whose")).error(self.wrong("ballot-seat")), &seats, self.values.get("ballot-seat")))
            (ui::radios(Field::new("ballot-choice", &t.say("ballot-choice")).error(self.wrong("ballot-choice")), &votes, self.values.get("ballot-choice")))
            (ui::submit(&t.say("ballot-send"), "second wide"))
        })
    }

    fn end(&self, motion: &Motion) -> Markup {
        let t = self.t();
        self.form(
            "end",
            &t.with("end-title", &[("number", &motion.number)]),
            &html! {
                p { (t.say("end-lead")) }
                (ui::hidden("motion", &motion.number.to_string()))
                (ui::submit(&t.say("end-send"), "wide"))
            },
        )
    }

    fn dissent(&self) -> Markup {
        let t = self.t();
        let mut motions = vec![(String::new(), t.say("dissent-all"))];
        for motion in &self.hall.story.meeting.sitting.motions {
            motions.push((motion.number.to_string(), t.with("vote-number", &[("number", &motion.number)])));
        }
        self.folded("dissent", &t.say("dissent-title"), &html! {
            p { (t.say("dissent-lead")) }
            (ui::select(Field::new("dissent-motion", &t.say("dissent-motion")), &motions, self.values.get("dissent-motion")))
            (ui::text_area(Field::new("dissent-text", &t.say("dissent-text")).hint(&t.say("public-hint")).error(self.wrong("dissent-text")), self.values.get("dissent-text"), ""))
            (ui::submit(&t.say("dissent-send"), "second wide"))
        })
    }

    async fn confirm(&self) -> Result<Markup, Error> {
        let t = self.t();
        let story = &self.hall.story;
        let agenda = &story.meeting.agenda;
        let me = self.hall.staff.actor.account;
        let is = |who: &Sealed<_, _>| me.is_some_and(|me| who.is(&me));
        let seat = match (is(&agenda.chair), is(&agenda.recorder)) {
            (true, _) => Some(Confirming::Chair),
            (_, true) => Some(Confirming::Recorder),
            _ => None,
        };
        let overdue = story.row.next.is_some_and(|(_, due)| due <= self.cx.now);
        // Whoever rules on objections stands in once chair or recorder let the time pass.
        let stands_in = overdue && self.can(&STAND_IN);
        let minutes = Minutes::load(self.cx, story).await?;
        let confirmed = &story.meeting.outcome.confirmed;
        let done = |seat| confirmed.get(&seat).is_some_and(|one| one.minutes == minutes.digest);
        if seat.is_none() && !stands_in {
            let steering = self.hall.standing(self.cx) == Standing::Steering;
            return Ok(html! { @if steering { div.notice.warn { p { (t.say("confirm-wait")) } } } });
        }
        if seat.is_some_and(done) {
            return Ok(html! { div.notice { p { (t.say("confirm-done")) } } });
        }
        Ok(self.form("confirm", &t.say("confirm-title"), &html! {
            p { (t.say("confirm-lead")) " " a href={ "/c/" (story.ledger.slug) "/g/" (story.row.number) "/minutes" } { (t.say("meeting-minutes")) } }
            @if let Some(seat) = seat { p { strong { (t.word(seat)) } } } @else { p { (t.say("confirm-for")) } }
            (ui::hidden("confirm-digest", &minutes.digest))
            (ui::submit(&t.say("confirm-send"), "wide"))
        }))
    }

    fn publish(&self) -> Markup {
        let t = self.t();
        let days = self.hall.story.meeting.agenda.publication.count;
        self.form("publish", &t.say("publish-title"), &html! {
            p { (t.with("publish-lead", &[("days", &days)])) }
            (ui::text_field(Field::new("publish-at", &t.say("publish-at")).hint(&t.say("publish-at-hint")).error(self.wrong("publish-at")), self.values.get("publish-at"), "off"))
            (ui::submit(&t.say("publish-send"), "wide"))
        })
    }

    /// Whoever does not rule on objections learns who does.
    fn rule_wait(&self) -> Markup {
        let open = self.hall.story.meeting.outcome.open_objections().next().is_some();
        let steering = self.hall.standing(self.cx) == Standing::Steering;
        html! { @if open && steering { div.notice.warn { p { (self.t().say("rule-wait")) } } } }
    }

    fn rule(&self) -> Markup {
        let t = self.t();
        let loaded = &self.hall.story.loaded;
        let rulings = choices(Ruling::ALL, t);
        html! {
            @for objection in self.hall.story.meeting.outcome.open_objections() {
                @let version = self.hall.story.entries.iter().find(|entry| matches!(&entry.event.what, Event::Objected { number, .. } if *number == objection.number)).map(|entry| entry.version);
                @let text = version.and_then(|version| loaded.private::<String>(version, "text"));
                @let contact = version.and_then(|version| loaded.private::<String>(version, "contact"));
                @let number = objection.number;
                @let (ruling, reason) = (format!("rule-{number}-ruling"), format!("rule-{number}-reason"));
                section.card id={ "rule-" (number) } {
                    h2 { (t.with("object-number", &[("number", &number)])) " " (ui::due(objection.due, self.cx.now, t)) }
                    p.pre.quoted { (text.unwrap_or_else(|| "—".to_owned())) }
                    @if let Some(contact) = contact { p.small { (t.with("rule-contact", &[("contact", &contact)])) } }
                    form method="post" action={ (self.hall.link()) "/rule" } {
                        (self.cx.marks())
                        (ui::hidden("objection", &number.to_string()))
                        (ui::radios(Field::new(&ruling, &t.say("rule-how")).hint(&t.say("rule-hint")).error(self.wrong(&ruling)), &rulings, self.values.get(&ruling)))
                        (ui::text_area(Field::new(&reason, &t.say("rule-why")).hint(&t.say("public-hint")).error(self.wrong(&reason)), self.values.get(&reason), ""))
                        (ui::submit(&t.say("rule-send"), "wide"))
                    }
                }
            }
        }
    }

    async fn dispatch(&self) -> Result<Markup, Error> {
        let t = self.t();
        let outcome = &self.hall.story.meeting.outcome;
        let early = outcome.until.is_some_and(|until| until > self.cx.now);
        let departments = bodies(self.cx, &self.hall.path).await?;
        let whistles = choices(WhistleKind::ALL, t);
        let waiting = outcome.actions.iter().enumerate().filter(|(_, one)| one.fate == Fate::Waiting);
        Ok(html! {
            @for (n, action) in waiting {
                @let nth = n + 1;
                @let agreed = &action.agreed;
                @let field = |name: &str| format!("dispatch-{nth}-{name}");
                @let (hurry, whistle, others, reason) = (field("hurry"), field("whistle"), field("departments"), field("reason"));
                section.card id={ "dispatch-" (nth) } {
                    h2 { (t.with("sending-action", &[("number", &nth)])) }
                    p { strong { (agreed.task) } }
                    p.soft { (self.hall.story.holder(agreed.owner, t)) " · " (t.word(agreed.way)) " · " (agreed.due.deadline_date()) }
                    form method="post" action={ (self.hall.link()) "/dispatch" } {
                        (self.cx.marks())
                        (ui::hidden("nth", &nth.to_string()))
                        @if agreed.way == Way::Whistle {
                            @let ticked: Vec<&str> = self.values.all(&others).collect();
                            (ui::radios(Field::new(&whistle, &t.say("sending-whistle")).error(self.wrong(&whistle)), &whistles, self.values.some(&whistle).unwrap_or("hard")))
                            (ui::checks(Field::new(&others, &t.say("sending-departments")).hint(&t.say("sending-departments-hint")), &departments, &ticked))
                            (ui::text_area(Field::new(&reason, &t.say("sending-reason")).hint(&t.say("public-hint")).error(self.wrong(&reason)), self.values.get(&reason), ""))
                        }
                        @if early { (ui::text_field(Field::new(&hurry, &t.say("sending-hurry")).hint(&t.say("sending-hurry-hint")).error(self.wrong(&hurry)), self.values.get(&hurry), "off")) }
                        (ui::submit(&t.say(if agreed.way == Way::Whistle { "sending-ask" } else { "sending-send" }), "wide"))
                    }
                }
            }
        })
    }

    fn conclude(&self) -> Markup {
        let t = self.t();
        let outcome = &self.hall.story.meeting.outcome;
        let early = outcome.until.is_some_and(|until| until > self.cx.now);
        let waits = outcome.waiting().next().is_some();
        html! { @if !early && !waits {
            (self.form("conclude", &t.say("conclude-title"), &html! {
                p { (t.say("conclude-lead")) }
                (ui::submit(&t.say("conclude-send"), "wide"))
            }))
        } }
    }
}
