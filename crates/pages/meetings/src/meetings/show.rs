//! A meeting for everyone: the notice, who is invited and who answers for what, what was said,
//! counted and resolved, and what became of each action.

use super::doorway;
use super::heard;
use super::minutes::dissent;
use super::object;
use super::papers;
use super::parts::public;
use crate::meetings::face::{Story, explained, forum_name, outcome_badge, row_badge, statutory};
use crate::promises::face as promises;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use std::collections::{BTreeSet, HashMap};
use yishi_domain::meetings::{
    Action, Coming, Confirming, Event, Fate, Invited, Meeting, MeetingStage, Motion, Owners, Resolved, Vote,
};
use yishi_domain::people::Capacity;
use yishi_kernel::{Amendment, Moment, OrganisationId, Published, Sealed};
use yishi_office::people::capacities::held;
use yishi_office::people::reads::actor;
use yishi_pages_dispatch::ballots::face::badge;
use yishi_pages_dispatch::dispatch::face as order;
use yishi_pages_dispatch::dispatch::face::parties::{Part, Partner, parties};
use yishi_web::numbers::called;
use yishi_web::photos::{Small, send_photo};
use yishi_web::slip::{Slip, summary};
use yishi_web::texts::Locale;
use yishi_web::told::{self, by};
use yishi_web::ui::yuan;
use yishi_web::ui::{self, Fields};
use yishi_web::visitor::with_device;
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/g/{number}`
pub async fn show(
    cx: Cx,
    Path((slug, number)): Path<(String, i64)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Error> {
    let story = Story::load(&cx, &slug, number).await?;
    let note = query.contains_key("objected").then_some("object-done");
    let page = page(&cx, &story, &cx.typed(), None, note).await?.into_response();
    match takes_objections(&cx, &story) {
        // What one device objects to comes together.
        true => with_device(&cx, page),
        false => Ok(page),
    }
}

/// Whether the notice hangs still.
fn takes_objections(cx: &Cx, story: &Story) -> bool {
    story.row.stage == MeetingStage::Published
        && story.meeting.outcome.until.is_some_and(|until| until > cx.now)
}

/// The page, with what was typed where an objection was not taken, or a word that one was.
///
/// # Errors
/// When the store fails.
pub async fn page(
    cx: &Cx,
    story: &Story,
    values: &Fields,
    slip: Option<&Slip>,
    note: Option<&str>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let (slug, number) = (&story.ledger.slug, story.row.number);
    let keeper = cx.place(story.ledger.ledger).await?;
    let agenda = &story.meeting.agenda;
    let rules = story.rules();
    let stage = story.row.stage;
    let base = format!("/c/{slug}/g/{number}");
    let over = is_over(stage);
    let stairs = story.meeting.stairs.is_some();
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) "/meetings" } { (t.with("meetings-title", &[("name", &keeper.name)])) } }
        h1 { (agenda.title) }
        @if stairs { (ui::bits("soft", &[forum_name(rules, &agenda.forum, t), t.day(agenda.starts.date()), story.number(t)].join(" · "))) }
        @else { (ui::bits("soft", &t.with("meeting-meta", &[("paper", &story.number(t)), ("number", &number), ("forum", &forum_name(rules, &agenda.forum, t)), ("date", &t.day(agenda.starts.date()))]))) }
        p { (row_badge(&story.row, t)) " " (story.ruled.badge(t)) }
        @if let Some(note) = note { div.notice role="status" { p { strong { (t.say(note)) } } } }
        (summary(slip, t))
        @if stairs { (doorway::told::notice(story, t)) }
        @else if !over { (notice(cx, story)) }
        div.actions.no-print {
            @if !over { a.button.second href={ (base) "/calendar.ics" } { (t.say("meeting-calendar")) } }
            @else if !stairs { a.button.second href={ (base) "/minutes" } { (t.say("meeting-minutes")) } }
            (ui::print_button(t))
        }
        (papers::links(story, t))
        (ui::jumps(&parts(story, t), t))
        @if over && !stairs { (resolution(cx, story)) (published(cx, story)) }
        @if takes_objections(cx, story) { (object::form(cx, story, values, slip)) }
        (ui::for_group(&pasted(cx, story), t))
        (votes(story, t))
        (said(story, t))
        (promises::list(&story.promises, &format!("/c/{slug}/p/"), cx.now, t))
        (heard::list(&story.heard, &story.pack, &format!("/c/{slug}/m/"), t))
        (amended(story, t))
        @if over && !stairs { (notice(cx, story)) }
        @if let Some(scheme) = agenda.scheme.as_deref().and_then(|code| rules.scheme(code)) {
            (parties(scheme, &partners(cx, story), &acting(cx, story).await?, t))
        }
    };
    Ok(public(cx, slug, &keeper.name, &agenda.title, main))
}

/// Whether it was held, so that what came of it stands first.
fn is_over(stage: MeetingStage) -> bool {
    !matches!(stage, MeetingStage::Called | MeetingStage::Open | MeetingStage::Cancelled)
}

/// The parts of the page of a meeting that was held, in their order.
fn parts(story: &Story, t: Locale) -> Vec<(&'static str, String)> {
    let Meeting { sitting, outcome, .. } = &story.meeting;
    if !is_over(story.row.stage) || story.meeting.stairs.is_some() {
        return Vec::new();
    }
    let spoke = story.entries.iter().any(|entry| matches!(entry.event.what, Event::Stated { .. }));
    let all = [
        ("resolution", "meeting-resolution", outcome.resolved == Resolved::Yes),
        ("published", "published-title", outcome.until.is_some()),
        ("votes", "meeting-votes", !sitting.motions.is_empty()),
        ("said", "meeting-said", spoke),
        ("notice", "notice-title", true),
    ];
    all.into_iter().filter(|(.., there)| *there).map(|(id, key, _)| (id, t.say(key))).collect()
}

/// In what people of the place take part: those who chair and record, and whoever did something.
async fn acting(cx: &Cx, story: &Story) -> Result<BTreeSet<Capacity>, Error> {
    let db = &cx.app.office.db;
    let mut acting: BTreeSet<Capacity> = story.entries.iter().map(|entry| entry.capacity).collect();
    let agenda = &story.meeting.agenda;
    for id in [&agenda.chair, &agenda.recorder].into_iter().filter_map(Sealed::get) {
        if let Some(actor) = actor(db, *id).await? {
            acting.extend(held(db, actor.current(cx.now)).await?);
        }
    }
    Ok(acting)
}

fn partners(cx: &Cx, story: &Story) -> Vec<Partner> {
    let agenda = &story.meeting.agenda;
    let bodies = agenda.invited.iter().filter_map(|invited| {
        let row = story.organisations.get(&invited.organisation)?;
        let part = match agenda.replies.get(&invited.organisation) {
            Some(Coming::Yes) => Part::In,
            Some(Coming::No) => Part::Out,
            None => Part::Open,
        };
        let standing = standing(cx, story, invited);
        Some(Partner { kind: row.kind, name: row.name.clone(), part, standing })
    });
    bodies.collect()
}

/// Whether an invited body replied, and what.
fn standing(cx: &Cx, story: &Story, invited: &Invited) -> String {
    let t = cx.locale;
    let by = by(invited.reply_by, t);
    match story.meeting.agenda.replies.get(&invited.organisation) {
        Some(coming) => t.word(*coming),
        None if invited.reply_by <= cx.now => t.with("notice-late", &[("time", &by)]),
        None => t.with("notice-waiting", &[("time", &by)]),
    }
}

fn notice(cx: &Cx, story: &Story) -> Markup {
    let t = cx.locale;
    let (slug, number) = (&story.ledger.slug, story.row.number);
    let agenda = &story.meeting.agenda;
    let forum = story.rules().forum(&agenda.forum);
    let convenor = forum.map(|forum| t.said(&forum.convenor_zh, &forum.convenor_en));
    let mut facts = vec![
        (t.say("notice-time"), html! { strong { (t.time(agenda.starts)) } }),
        (t.say("notice-venue"), html! { strong { (agenda.venue) } }),
        (t.say("notice-about"), html! { (story.places.get(&agenda.place).map_or("", String::as_str)) }),
    ];
    if let Some(convenor) = convenor {
        facts.push((t.say("notice-convenor"), html! { (convenor) }));
    }
    facts.push((
        t.say("notice-voters"),
        html! { @match agenda.council {
            Some(_) => a href={ "/c/" (slug) "/councils" } { (t.say("notice-voters-council")) },
            None => (t.say("notice-voters-present")),
        } },
    ));
    if let Some(entitled) = agenda.entitled {
        // Only a statutory meeting has a number that must be reached.
        let key = if statutory(forum) { "notice-entitled" } else { "notice-expected" };
        facts.push((t.say(key), html! { (t.with("notice-people", &[("count", &entitled)])) }));
    }
    if forum.is_some() {
        facts.push((t.say("notice-rule"), story.ruled.list(t)));
    }
    let link = format!("{}/c/{slug}/g/{number}", cx.app.public_url);
    let replies = story.since_moved().filter_map(|entry| match &entry.event.what {
        Event::Replied { organisation, coming: Coming::No, note: Some(note), .. } => {
            Some((*organisation, note))
        }
        _ => None,
    });
    let refused: HashMap<OrganisationId, &Published> = replies.collect();
    let postings: Vec<_> = story
        .entries
        .iter()
        .filter_map(|entry| match &entry.event.what {
            Event::Posted { at, photo } => Some((entry.event.time, at, photo)),
            _ => None,
        })
        .collect();
    let moved = story.moved();
    // What hung before says another time.
    let since = moved.map_or(agenda.called, |moved| moved.at);
    let cancelled = story.entries.iter().find_map(|entry| match &entry.event.what {
        Event::Cancelled { reason, .. } => Some(reason),
        _ => None,
    });
    html! {
        @if let Some(reason) = cancelled { div.notice.bad { p { strong { (t.say("notice-cancelled")) } " " (reason) } } }
        @if let Some(moved) = moved { div.notice.warn { p { strong { (t.with("notice-moved", &[("from", &t.time(moved.from))])) } " " (moved.reason) } } }
        section.card #notice {
            h2 { (t.say("notice-title")) }
            (ui::facts(&facts))
            @if let Some(hurry) = &agenda.hurry { div.notice.warn { p { (t.with("notice-hurry", &[("earliest", &by(agenda.earliest, t)), ("reason", hurry)])) } } }
            h3 { (t.say("meeting-agenda")) }
            ol.agenda { @for row in &story.topics { li { a href={ "/c/" (slug) "/t/" (row.number) } { (row.title) } " " span.soft { (t.with("notice-topic", &[("paper", &called(&story.numbers, row, t)), ("count", &row.matters)])) } } } }
            h3 { (t.say("notice-invited")) }
            @if agenda.invited.is_empty() { p { (t.say("notice-nobody")) } }
            ul {
                @for invited in &agenda.invited {
                    @let late = !agenda.replies.contains_key(&invited.organisation) && invited.reply_by <= cx.now;
                    li {
                        (story.body(invited.organisation)) " "
                        @if late { span.badge.late { (standing(cx, story, invited)) } }
                        @else { span.badge { (standing(cx, story, invited)) } }
                        @if let Some(note) = refused.get(&invited.organisation) { " " (note) }
                    }
                }
            }
            p { (t.say(if agenda.council.is_some() { "notice-welcome-council" } else { "notice-welcome" })) }
            div.print-only { (ui::qr(&link, &t.say("notice-qr"))) p { (t.say("notice-qr")) " " span.link-text { (link) } } }
            @if !postings.is_empty() {
                h3 { (t.say("notice-posted")) }
                ul { @for (time, at, _) in &postings { li { (t.time(*time)) @if *time < since { " " (t.say("notice-before-move")) } br; (at) } } }
                @let photos = postings.iter().filter_map(|(_, _, photo)| photo.as_ref());
                (ui::photos(photos.map(|photo| (format!("/c/{slug}/g/{number}/photo/{}", photo.0), t.say("notice-photo"))), t))
            }
        }
    }
}

/// The meeting in a few lines for a chat group: first the notice, later what was resolved.
fn pasted(cx: &Cx, story: &Story) -> String {
    let t = cx.locale;
    let Meeting { agenda, sitting, outcome, .. } = &story.meeting;
    let link = format!("{}/c/{}/g/{}", cx.app.public_url, story.ledger.slug, story.row.number);
    let mut lines = Vec::new();
    match story.row.stage {
        MeetingStage::Called | MeetingStage::Open => {
            let key = if story.moved().is_some() { "share-moved" } else { "share-notice" };
            lines.push(t.with(key, &[("title", &agenda.title)]));
            lines.push(t.with("share-when", &[("time", &t.time(agenda.starts)), ("venue", &agenda.venue)]));
            for (n, topic) in story.topics.iter().enumerate() {
                lines.push(format!("{}. {}", n + 1, topic.title));
            }
        }
        MeetingStage::Cancelled => lines.push(t.with("share-cancelled", &[("title", &agenda.title)])),
        _ => {
            lines.push(t.with("share-result", &[("title", &agenda.title)]));
            let ended = story.meeting.stairs.as_ref().and_then(|stairs| stairs.ended.as_ref());
            for (n, line) in ended.iter().flat_map(|ended| &ended.lines).enumerate() {
                lines.push(format!("{}. {}", n + 1, line.text));
            }
            for motion in &sitting.motions {
                if let Vote::Counted(counts, passed) = motion.vote {
                    lines.push(t.with(
                        "share-motion",
                        &[
                            ("text", &motion.text),
                            ("passed", &t.word(passed)),
                            ("for", &counts.in_favour),
                            ("present", &counts.present),
                        ],
                    ));
                }
            }
            for (n, action) in outcome.actions.iter().enumerate() {
                lines.push(t.with(
                    "share-action",
                    &[
                        ("number", &(n + 1)),
                        ("task", &story.task(action, t)),
                        ("owner", &story.holder(action.agreed.owner, t)),
                        ("due", &t.day(action.agreed.due.deadline_date())),
                    ],
                ));
            }
            if let Some(until) = outcome.until {
                lines.push(t.with("share-until", &[("date", &t.day(until.deadline_date()))]));
            }
        }
    }
    lines.push(link);
    lines.join("\n")
}

fn said(story: &Story, t: Locale) -> Markup {
    let said: Vec<_> = story
        .entries
        .iter()
        .filter_map(|entry| match &entry.event.what {
            Event::Stated { form, organisation, text, .. } => Some((entry, *form, *organisation, text)),
            _ => None,
        })
        .collect();
    html! {
        @if !said.is_empty() {
            h2 #said { (t.say("meeting-said")) }
            ul.list {
                @for (entry, form, organisation, text) in said {
                    li.card {
                        h3 { (t.word(form)) @if let Some(id) = organisation { " · " (story.body(id)) } }
                        p.pre { (text) }
                        (ui::bits("soft small", &t.with("meeting-entry", &[("time", &t.brief_time(entry.at)), ("number", &entry.number)])))
                    }
                }
            }
        }
    }
}

/// What was erased of it since.
fn amended(story: &Story, t: Locale) -> Markup {
    let line = |(number, at, capacity, what): &(i64, Moment, Capacity, Amendment)| {
        told::Line::told(*number, *at, *capacity, told::amended(what, t))
    };
    let lines: Vec<told::Line> = story.amended.iter().map(line).collect();
    html! { @if !lines.is_empty() { section { h2 { (t.say("meeting-amended")) } (told::chain(&lines, t)) } } }
}

fn votes(story: &Story, t: Locale) -> Markup {
    let motions = &story.meeting.sitting.motions;
    html! {
        @if !motions.is_empty() {
            h2 #votes { (t.say("meeting-votes")) }
            @for motion in motions { (vote(story, motion, t)) }
        }
    }
}

/// A motion with its count and the sum that decided.
pub fn vote(story: &Story, motion: &Motion, t: Locale) -> Markup {
    html! {
        section.card {
            h3 { (t.with("vote-number", &[("number", &motion.number)])) " "
                @match motion.vote {
                    Vote::Counted(_, passed) => (outcome_badge(passed, t)),
                    Vote::Open => span.badge.wait { (t.say("vote-open")) },
                    Vote::Ended => span.badge.wait { (t.say("vote-ended")) },
                }
            }
            p.pre { strong { (motion.text) } }
            p.soft.small { (story.topic(motion.topic, t)) " · " (t.word(motion.mode)) }
            (badge(&motion.decides, t))
            @if motion.awaits_owners() { p { (t.say("vote-owners")) } }
            @match motion.owners {
                Owners::Silent => {},
                Owners::SetAside => p { span.badge.late { (t.say("vote-set-aside")) } },
                Owners::Said(id, agreed) => p {
                    @if agreed.is_yes() { span.badge { (t.say("vote-owners-yes")) } } @else { span.badge.late { (t.say("vote-owners-no")) } }
                    @if let Some(row) = story.results.iter().find(|row| row.id == id) {
                        " " a href={ "/c/" (story.ledger.slug) "/b/" (row.number) } { (t.say("vote-owners-see")) }
                    }
                },
            }
            @if let Vote::Counted(counts, _) = motion.vote {
                (ui::counts(&[
                    (t.say("vote-present"), counts.present),
                    (t.say("choice-for"), counts.in_favour),
                    (t.say("choice-against"), counts.against),
                    (t.say("choice-abstain"), counts.abstain),
                ]))
                @if let Some((rule, sums)) = explained(motion, &story.ruled, t).split_last() {
                    @for sentence in sums { p { (sentence) } }
                    p.soft.small { (rule) }
                }
                (anew(motion, t))
            }
        }
    }
}

/// That a vote was counted anew, where it was.
pub fn anew(motion: &Motion, t: Locale) -> Markup {
    html! { @if let Some(at) = motion.recounted { p { (t.with("vote-recounted", &[("time", &t.time(at))])) } } }
}

fn resolution(cx: &Cx, story: &Story) -> Markup {
    let t = cx.locale;
    let outcome = &story.meeting.outcome;
    let reason = story.entries.iter().find_map(|entry| match &entry.event.what {
        Event::Adjourned { reason, .. } => Some(reason),
        _ => None,
    });
    let dissents: Vec<String> = story
        .entries
        .iter()
        .filter_map(|entry| match &entry.event.what {
            Event::Dissented { motion, text, .. } => Some(dissent(*motion, text, t)),
            _ => None,
        })
        .collect();
    html! {
        @if let Some(reason) = reason {
            h2 { (t.say("meeting-resolution")) }
            div.notice.warn { p { (t.with("meeting-adjourned", &[("reason", reason)])) } }
        }
        @if outcome.resolved == Resolved::Yes {
            h2 #resolution { (t.say("meeting-resolution")) }
            @if outcome.actions.is_empty() { p { (t.say("meeting-no-actions")) } }
            @for (n, one) in outcome.actions.iter().enumerate() { (action(cx, story, n, one)) }
            @if let Some(standard) = &outcome.standard {
                section.notice #standard { h3 { (t.say("meeting-standard")) } p.pre { (standard) } p.no-print { a href={ "/c/" (story.ledger.slug) "/standards" } { (t.say("standards-see")) } } }
            }
        }
        @if !dissents.is_empty() {
            h2 { (t.say("minutes-dissents")) }
            ul { @for text in dissents { li.pre { (text) } } }
        }
    }
}

/// An action of the resolution with what became of it.
fn action(cx: &Cx, story: &Story, n: usize, action: &Action) -> Markup {
    let t = cx.locale;
    let slug = &story.ledger.slug;
    let agreed = &action.agreed;
    let order = story.orders.get(&agreed.id);
    let ended = order.is_some_and(|order| order.ended.is_some());
    html! {
        section.card {
            h3 { (t.with("meeting-action", &[("number", &(n + 1))])) }
            p.pre { strong { (story.task(action, t)) } }
            (badge(&action.decides, t))
            (ui::facts(&[
                (t.say("meeting-owner"), html! { (story.holder(agreed.owner, t)) }),
                (t.say("meeting-way"), html! { (t.word(agreed.way)) }),
                (t.say("meeting-due"), html! { @if ended { (t.day(agreed.due.deadline_date())) } @else { (ui::due_in_full(agreed.due, cx.now, t)) } }),
                (t.say("meeting-cost"), html! { @match &agreed.money {
                    Some(money) => (t.with("meeting-money", &[("sum", &yuan(money.fen)), ("source", &money.source)])),
                    None => (t.say("meeting-free")),
                } }),
                (t.say("fact-acceptance"), html! { (agreed.acceptance) }),
                (t.say("meeting-fate"), html! { @match action.fate {
                    Fate::Waiting if story.meeting.awaits_owners(action) => span.badge.wait { (t.say("meeting-awaits-owners")) },
                    Fate::Waiting => (t.say("meeting-waiting")),
                    Fate::Refused => span.badge.late { (t.say("meeting-refused")) },
                    Fate::Suspended(_) => span.badge.late { (t.say("meeting-suspended")) },
                    Fate::Fallen => span.badge.late { (t.say("meeting-fallen")) },
                    Fate::Sent(_) => "",
                }
                @if let Some(order) = order { " " a href={ "/c/" (slug) "/o/" (order.number) } { (order::called_by_number(order, &story.numbers, t)) } " " (order::stage_badge(order.stage, t)) } }),
            ]))
        }
    }
}

fn published(cx: &Cx, story: &Story) -> Markup {
    let t = cx.locale;
    let outcome = &story.meeting.outcome;
    let Some(until) = outcome.until else { return html! {} };
    let at = story.entries.iter().find_map(|entry| match &entry.event.what {
        Event::Published { at, .. } => Some((at, entry.event.time)),
        _ => None,
    });
    let number_of = |id| outcome.actions.iter().position(|one| one.agreed.id == id).map_or(0, |n| n + 1);
    html! {
        section #published {
            h2 { (t.say("published-title")) }
            @if let Some((at, time)) = at { p { (t.with("published-at", &[("date", &t.day(time.date())), ("at", at)])) } }
            p { (t.with(if until > cx.now { "published-open" } else { "published-over" }, &[("date", &t.day(until.deadline_date()))])) }
            @if Confirming::ALL.iter().all(|seat| outcome.confirmed.contains_key(seat)) { p { (t.say("published-confirmed")) } }
            @if !outcome.objections.is_empty() { h3 { (t.say("object-list")) } }
            ul.list {
                @for objection in &outcome.objections {
                    li.card {
                        p { strong { (t.with("object-number", &[("number", &objection.number)])) } " "
                            @match objection.action {
                                Some(id) => (t.with("object-to-action", &[("number", &number_of(id))])),
                                None => (t.say("object-to-all")),
                            }
                            @if objection.devices.len() > 1 { " " (t.with("object-voices", &[("count", &objection.devices.len())])) }
                        }
                        @match &objection.ruling {
                            Some((ruling, reason)) => { p { span.badge { (t.word(*ruling)) } " " (reason) } },
                            None => { p { (t.say("object-waiting")) " " (ui::due(objection.due, cx.now, t)) } },
                        }
                    }
                }
            }
        }
    }
}

/// `GET /c/{slug}/g/{number}/photo/{digest}`: a photo of the notice.
pub async fn photo(
    cx: Cx,
    Path((slug, number, digest)): Path<(String, i64, String)>,
    small: Small,
) -> Result<Response, Error> {
    let story = Story::load(&cx, &slug, number).await?;
    let shown = story.entries.iter().any(|entry| match &entry.event.what {
        Event::Posted { photo: Some(photo), .. } => photo.0 == digest,
        _ => false,
    });
    if !shown {
        return Err(Error::NotFound);
    }
    send_photo(&cx, &digest, &small).await
}
