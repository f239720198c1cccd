//! The forms of an order's page, each only for whom it is. Names of fields begin with what
//! the form does, so that no two on the page are alike.

use super::handle::{Act, Job};
use crate::shared::dates::{day_field, minute_field};
use crate::shared::holders::{bodies, holders};
use crate::shared::orders::{Arrival, Called, Part};
use crate::texts::Locale;
use crate::ui::{self, Field, Fields};
use crate::{Cx, Error};
use axum::http::StatusCode;
use maud::{Markup, html};
use yishi_domain::access::{Action, Claim};
use yishi_domain::context::Context;
use yishi_domain::dispatch::{Command, Event, OrderKind, OrderStage, WhistleKind, decide};
use yishi_domain::matters::PhotoDigest;
use yishi_domain::record::decode;
use yishi_domain::{OrganisationId, Refusal};
use yishi_store::Fault;
use yishi_store::reads::matters::entries_of;

/// What is wrong with a form that was sent, and where.
#[derive(Clone, Debug)]
pub(super) struct Wrong {
    pub text: String,
    /// The id of the field on the page.
    pub field: Option<String>,
    pub status: StatusCode,
}

impl Wrong {
    /// A field does not read.
    pub fn at(act: Act, field: &str, text: &str) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self { text: text.to_owned(), field: Some(format!("{}-{field}", act.word())), status }
    }

    /// The rules say no.
    pub fn of(act: Act, error: &Error, t: Locale) -> Self {
        let field = match error {
            Error::Refused(Refusal::Past) => Some("finish"),
            error => error.field(),
        };
        let field = field.map(|field| format!("{}-{field}", act.word()));
        Self { text: error.text(t), field, status: error.status() }
    }
}

/// The forms of one page.
pub(super) struct Forms<'a> {
    pub cx: &'a Cx,
    pub job: &'a Job,
    pub values: &'a Fields,
    pub wrong: Option<&'a Wrong>,
    pub called: &'a [Called],
}

impl Forms<'_> {
    pub async fn all(&self) -> Result<Markup, Error> {
        let (cx, job) = (self.cx, self.job);
        let stage = job.held.row.stage;
        let can = |act: Act| job.can(cx, act.action());
        let asked = stage == OrderStage::Asked && can(Act::Blow);
        let disputed = stage == OrderStage::Disputed && can(Act::Rule);
        Ok(html! {
            @if asked { (self.blow().await?) (self.with_reason(Act::Decline, "dispatch-decline", "dispatch-decline-hint", "danger")) }
            @if disputed { (self.rule().await?) }
            @if can(Act::ReportIn) && job.held.row.kind != OrderKind::Letter { (self.report_in()) }
            @if can(Act::FollowUp) && job.held.row.kind == OrderKind::Letter { (self.with_note(Act::FollowUp, "dispatch-follow-up", "dispatch-follow-up-hint")) }
            @if can(Act::Progress) { (self.proof(Act::Progress, "progress-title", "progress-note", "progress-send")) }
            @if can(Act::Done) && self.may_finish() { (self.proof(Act::Done, "dispatch-done", "dispatch-done-note", "dispatch-done-send")) }
            @if can(Act::Accept) {
                (self.with_note(Act::Accept, "dispatch-accept", "dispatch-accept-hint"))
                (self.with_day(Act::Return, "dispatch-return"))
            }
            @if self.own_work_waits() { div.notice.warn { p { (cx.locale.say("dispatch-not-own")) } } }
            @if can(Act::Resume) { (self.with_day(Act::Resume, "dispatch-resume")) }
            @if can(Act::PublishPhoto) { (self.photos()) }
            @if self.may_dispute() { (self.with_reason(Act::Dispute, "dispatch-dispute", "dispatch-dispute-hint", "second")) }
            @if can(Act::Withdraw) { (self.with_reason(Act::Withdraw, "dispatch-withdraw", "dispatch-withdraw-hint", "danger")) }
        })
    }

    fn id(act: Act, field: &str) -> String {
        format!("{}-{field}", act.word())
    }

    fn wrong(&self, id: &str) -> Option<&str> {
        self.wrong.filter(|wrong| wrong.field.as_deref() == Some(id)).map(|wrong| wrong.text.as_str())
    }

    /// Whether this form is the one that was sent and came back.
    fn came_back(&self, act: Act) -> bool {
        let front = format!("{}-", act.word());
        self.wrong.and_then(|wrong| wrong.field.as_deref()).is_some_and(|field| field.starts_with(&front))
    }

    fn form(&self, act: Act, title: &str, inner: &Markup) -> Markup {
        html! {
            section.card id=(act.word()) {
                h2 { (title) }
                form method="post" action={ (self.job.link()) "/" (act.word()) } {
                    (ui::hidden("token", &self.cx.token()))
                    (inner)
                }
            }
        }
    }

    fn area(&self, act: Act, field: &str, label: &str, hint: &str) -> Markup {
        let id = Self::id(act, field);
        ui::text_area(Field::new(&id, label).hint(hint).error(self.wrong(&id)), self.values.get(&id), "")
    }

    fn day(&self, act: Act, value: &str) -> Markup {
        let (t, id) = (self.cx.locale, Self::id(act, "finish"));
        let value = self.values.some(&id).unwrap_or(value);
        day_field(Field::new(&id, &t.say("dispatch-finish-by")).error(self.wrong(&id)), value, self.cx.now)
    }

    /// A form of a note alone.
    fn with_note(&self, act: Act, title: &str, hint: &str) -> Markup {
        let t = self.cx.locale;
        let title = t.say(title);
        let inner = html! {
            (self.area(act, "note", &t.say("dispatch-note"), &t.say(hint)))
            (ui::submit(&title, "wide"))
        };
        self.form(act, &title, &inner)
    }

    /// A form of a reason alone, folded up.
    fn with_reason(&self, act: Act, title: &str, hint: &str, class: &str) -> Markup {
        let t = self.cx.locale;
        let title = t.say(title);
        let inner = html! {
            (self.area(act, "reason", &t.say("dispatch-reason"), &t.say(hint)))
            (ui::submit(&title, &format!("{class} wide")))
        };
        html! { details open[self.came_back(act)] { summary { (title) } (self.form(act, &title, &inner)) } }
    }

    /// A form of a reason and a new day, folded up.
    fn with_day(&self, act: Act, title: &str) -> Markup {
        let t = self.cx.locale;
        let title = t.say(title);
        let inner = html! {
            (self.area(act, "reason", &t.say("dispatch-reason"), &t.say("public-hint")))
            (self.day(act, ""))
            (ui::submit(&title, "second wide"))
        };
        html! { details open[self.came_back(act)] { summary { (title) } (self.form(act, &title, &inner)) } }
    }

    fn report_in(&self) -> Markup {
        let (t, job, act) = (self.cx.locale, self.job, Act::ReportIn);
        let own = job.own(self.cx.now);
        let mut missing: Vec<(String, String)> = self
            .called
            .iter()
            .filter(|one| !matches!(one.coming, Arrival::Arrived(_)))
            .map(|one| (one.organisation.to_string(), one.name.clone()))
            .collect();
        if job.role.of_organisation() {
            missing.retain(|(id, _)| own.iter().any(|one| one.to_string() == *id));
        }
        // The community's own people sign once, and are at work from then on.
        let nobody =
            missing.is_empty() && (!self.called.is_empty() || job.held.row.stage != OrderStage::Sent);
        if nobody {
            return html! {};
        }
        let title = match job.held.row.kind {
            OrderKind::Work => t.say("dispatch-sign"),
            _ => t.say("dispatch-report-in"),
        };
        let id = Self::id(act, "body");
        let inner = html! {
            @if !job.role.of_organisation() && !missing.is_empty() {
                (ui::select(Field::new(&id, &t.say("dispatch-report-for")).error(self.wrong(&id)), &missing, self.values.get(&id)))
            }
            (self.area(act, "note", &t.say("dispatch-report-note"), &t.say("public-hint")))
            (ui::submit(&title, "wide"))
        };
        self.form(act, &title, &inner)
    }

    /// Only the lead says that it is done.
    fn may_finish(&self) -> bool {
        let own = self.job.own(self.cx.now);
        let leads = |one: &Called| one.part == Part::Lead && own.contains(&one.organisation);
        !self.job.role.of_organisation()
            || self.job.held.row.kind != OrderKind::Whistle
            || self.called.iter().any(leads)
    }

    /// Whether "not ours" could still be said: not after the street has ruled.
    fn may_dispute(&self) -> bool {
        let (cx, job) = (self.cx, self.job);
        let ctx = Context {
            now: cx.now,
            actor: &job.staff.actor,
            rules: &cx.app.office.rules,
            path: &job.held.path,
            claim: Claim::None,
        };
        let tried = Command::Dispute { reason: "—".to_owned() };
        job.held.row.kind != OrderKind::Letter && decide(&job.held.loaded.state, tried, &ctx).is_ok()
    }

    /// Whether it waits for acceptance by somebody else than this person, who did it.
    fn own_work_waits(&self) -> bool {
        self.job.held.row.stage == OrderStage::Done && !self.job.can(self.cx, Action::Accept)
    }

    fn proof(&self, act: Act, title: &str, label: &str, send: &str) -> Markup {
        let t = self.cx.locale;
        let photos = Self::id(act, "photos");
        html! {
            section.card id=(act.word()) {
                h2 { (t.say(title)) }
                form method="post" action={ (self.job.link()) "/" (act.word()) } enctype="multipart/form-data" {
                    (ui::hidden("token", &self.cx.token()))
                    @if self.came_back(act) { @for photo in self.values.all("photo") { (ui::hidden("photo", photo)) } }
                    (self.area(act, "note", &t.say(label), &t.say("public-hint")))
                    div.field.wrong[self.wrong(&photos).is_some()] {
                        label for=(photos) { (t.say("photos-proof")) }
                        @if let Some(wrong) = self.wrong(&photos) { p.error-text { (wrong) } }
                        input type="file" id=(photos) name="photos" accept="image/jpeg,image/png,image/webp" multiple data-photos;
                    }
                    (ui::submit(&t.say(send), if act == Act::Done { "wide" } else { "second wide" }))
                }
            }
        }
    }

    /// What the community asked for: the departments, and which of them leads.
    async fn wished(&self) -> Result<(Vec<OrganisationId>, Option<OrganisationId>), Error> {
        let row = &self.job.held.row;
        let first = entries_of(&self.cx.app.office.db, row.ledger, &row.id.into()).await?.into_iter().next();
        let Some(entry) = first else { return Ok((Vec::new(), None)) };
        let erased = entry.private.into_iter().map(|field| (field, None)).collect();
        match decode(&entry.kind, entry.public, &erased).map_err(Fault::unreadable)? {
            Event::Asked { departments, lead, .. } => Ok((departments, Some(lead))),
            _ => Ok((Vec::new(), None)),
        }
    }

    async fn blow(&self) -> Result<Markup, Error> {
        let (cx, job, t, act) = (self.cx, self.job, self.cx.locale, Act::Blow);
        let (asked, lead) = self.wished().await?;
        let all = bodies(cx, &job.held.path).await?;
        let kinds: Vec<(String, String)> = WhistleKind::ALL
            .iter()
            .map(|kind| (kind.word().to_owned(), t.say(&format!("whistle-{}", kind.word()))))
            .collect();
        let [whistle, leading, arrive] = ["whistle", "lead", "arrive"].map(|field| Self::id(act, field));
        let kind = job.held.row.whistle.map_or("", |kind| kind.word());
        let lead = lead.map(|id| id.to_string()).unwrap_or_default();
        let sent = self.came_back(act);
        let wished: Vec<String> = match sent {
            true => self.values.all("blow-departments").map(str::to_owned).collect(),
            false => asked.iter().map(ToString::to_string).collect(),
        };
        let ticked: Vec<&str> = wished.iter().map(String::as_str).collect();
        let day = job.held.row.finish_by.deadline_date().to_string();
        let inner = html! {
            (ui::radios(Field::new(&whistle, &t.say("dispatch-whistle")).error(self.wrong(&whistle)), &kinds, self.values.some(&whistle).unwrap_or(kind)))
            (ui::checks(Field::new("blow-departments", &t.say("dispatch-departments")), &all, &ticked))
            (ui::select(Field::new(&leading, &t.say("dispatch-choose-lead")).hint(&t.say("dispatch-choose-lead-hint")).error(self.wrong(&leading)), &all, self.values.some(&leading).unwrap_or(&lead)))
            (minute_field(Field::new(&arrive, &t.say("dispatch-arrive-by")).hint(&t.say("dispatch-arrive-by-hint")).error(self.wrong(&arrive)), self.values.get(&arrive), cx.now))
            (self.day(act, &day))
            (ui::submit(&t.say("dispatch-blow"), "wide"))
        };
        Ok(self.form(act, &t.say("dispatch-blow"), &inner))
    }

    async fn rule(&self) -> Result<Markup, Error> {
        let (cx, job, t, act) = (self.cx, self.job, self.cx.locale, Act::Rule);
        let mut options = holders(cx, &job.staff, &job.held.path).await?;
        if job.held.row.kind != OrderKind::Work {
            options.retain(|(value, _)| value.starts_with("organisation/"));
        }
        let id = Self::id(act, "holder");
        let chosen = self.values.some(&id).unwrap_or(&job.held.row.doer);
        let inner = html! {
            p { (t.say("dispatch-rule-lead")) }
            (ui::select(Field::new(&id, &t.say("dispatch-rule-holder")).error(self.wrong(&id)), &options, chosen))
            (self.area(act, "reason", &t.say("dispatch-reason"), &t.say("public-hint")))
            (self.day(act, &job.held.row.finish_by.deadline_date().to_string()))
            (ui::submit(&t.say("dispatch-rule"), "wide"))
        };
        Ok(self.form(act, &t.say("dispatch-rule"), &inner))
    }

    fn photos(&self) -> Markup {
        let (t, job) = (self.cx.locale, self.job);
        let published = job.held.loaded.state.published();
        let private: Vec<&PhotoDigest> =
            job.held.loaded.state.photos().into_iter().filter(|photo| !published.contains(photo)).collect();
        html! {
            @if !private.is_empty() {
                details { summary { (t.say("photos-title")) }
                    p { (t.say("photos-lead")) }
                    @for photo in private {
                        form.card method="post" action={ (job.link()) "/" (Act::PublishPhoto.word()) } {
                            (ui::hidden("token", &self.cx.token()))
                            (ui::hidden("publish", &photo.0))
                            img src={ (job.link()) "/photo/" (photo.0) "?small" } alt=(t.say("photo-alt")) width="320" height="240";
                            (ui::submit(&t.say("photos-publish"), "second"))
                        }
                    }
                }
            }
        }
    }
}
