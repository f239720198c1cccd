//! A meeting for those who hold it and for invited bodies: where it stands, who is present,
//! what was put and resolved, and the forms for what comes next.

use super::forms::Forms;
use super::hall::{Hall, Sent, Standing, act, back};
use super::parts::{Slip, summary};
use super::show::vote;
use crate::shared::meeting::{Story, forum_name, meeting_badge, weekday};
use crate::shared::minutes::{Minutes, Presence};
use crate::shared::navigation::staff_nav_at;
use crate::shared::orders;
use crate::shared::photos::{read, stored};
use crate::shared::visitor::form_bytes;
use crate::texts::Locale;
use crate::ui::{self, Fields, Page, Width};
use crate::{Cx, Error};
use axum::extract::{Form, Multipart, Path};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::collections::BTreeMap;
use yishi_domain::access::Action;
use yishi_domain::dispatch::WhistleKind;
use yishi_domain::meetings::{
    Choice, Coming, Command, Event, Fate, MeetingStage, Ruling, SeatKind, SignedIn, StatementKind, VoteMode,
};
use yishi_domain::{OrganisationId, SeatId};
use yishi_store::office::{Dispatching, Signing, Voter};
use yishi_store::reads::meetings::{SeatRow, names, seats};

/// `GET /w/{slug}/g/{number}`
///
/// # Errors
/// When nobody is signed in, or this person neither steers here nor was invited.
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let hall = Hall::load(&cx, &slug, number).await?;
    view(&cx, &hall, &Fields::default(), None).await
}

/// The page, with what was typed where a form was not taken.
///
/// # Errors
/// When the store fails.
pub async fn view(cx: &Cx, hall: &Hall, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let t = cx.locale;
    let story = &hall.story;
    let called = story.called()?;
    let (slug, number) = (&story.ledger.slug, story.row.number);
    let rules = &cx.app.office.rules;
    let steering = hall.standing(cx) == Standing::Steering;
    let (present, named) = if steering { register(cx, story).await? } else { Default::default() };
    let presence = Presence::of(&present);
    let forms = Forms { cx, hall, values, slip, seats: &present, names: &named };
    let title = t.with("conduct-title", &[("number", &number), ("title", &called.title)]);
    let main = html! {
        p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } }
        h1 { (title) }
        (summary(t, slip))
        div.columns {
            div {
                p.no-print.to-forms { a.button.wide href="#forms" { (t.say("conduct-forms")) } }
                div.card { (ui::facts(&[
                    (t.say("fact-stage"), html! { (meeting_badge(story.row.stage, t)) " " @if let Some((step, at)) = story.row.next { (t.say(&format!("meeting-step-{}", step.word()))) " " (ui::due(at, cx.now, t)) } }),
                    (t.say("notice-time"), html! { (called.starts.minute()) " " (weekday(called.starts, t)) }),
                    (t.say("notice-venue"), html! { (called.venue) }),
                    (t.say("conduct-forum"), html! { (forum_name(rules, &called.forum, t)) }),
                    (t.say("meeting-agenda"), html! { @for row in &story.agenda {
                        @let href = if steering { format!("/w/{slug}/t/{}", row.number) } else { format!("/c/{slug}/t/{}", row.number) };
                        a href=(href) { (row.title) } br;
                    } }),
                ]))
                    div.actions.no-print {
                        a.button.second href={ "/c/" (slug) "/g/" (number) } { (t.say("conduct-public")) }
                        @if story.row.stage != MeetingStage::Called { a.button.second href={ "/c/" (slug) "/g/" (number) "/minutes" } { (t.say("meeting-minutes")) } }
                        @if steering { a.button.second href={ (hall.link()) "/room" } { (t.say("room-link")) } }
                    }
                }
                (invited(cx, story)?)
                @if steering { (forms.present(&presence)) }
                (statements(story, t))
                @if !story.loaded.state.motions().is_empty() {
                    h2 { (t.say("meeting-votes")) }
                    @for motion in story.loaded.state.motions() { (vote(story, motion, t)) }
                }
                (actions(story, t))
            }
            div.no-print #forms { (forms.all().await?) }
        }
    };
    let nav = staff_nav_at(cx, &hall.staff, &hall.story.ledger.slug);
    let (locale, view, here) = (t, cx.view, hall.link());
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Wide, main }.render())
}

/// Everybody who signed in, and their names.
async fn register(cx: &Cx, story: &Story) -> Result<(Vec<SeatRow>, BTreeMap<SeatId, String>), Error> {
    let db = &cx.app.office.db;
    let rows = seats(db, story.ledger.ledger, story.row.id).await?;
    let ids: Vec<SeatId> = rows.iter().map(|row| row.id).collect();
    let named = names(db, story.ledger.ledger, &ids).await?;
    Ok((rows, named))
}

fn invited(cx: &Cx, story: &Story) -> Result<Markup, Error> {
    let t = cx.locale;
    let called = story.called()?;
    let note = |id: OrganisationId| {
        story.entries.iter().rev().find_map(|entry| match &entry.event {
            Event::Replied { organisation, note, .. } if *organisation == id => note.clone(),
            _ => None,
        })
    };
    Ok(html! {
        h2 { (t.say("notice-invited")) }
        @if called.invited.is_empty() { p { (t.say("notice-nobody")) } }
        ul {
            @for one in &called.invited {
                li {
                    (story.body(one.organisation)) " "
                    @match story.loaded.state.reply(one.organisation) {
                        Some(coming) => span.badge { (t.say(&format!("coming-{}", coming.word()))) },
                        None if one.reply_by <= cx.now => span.badge.late { (t.with("notice-late", &[("time", &orders::by(one.reply_by))])) },
                        None => span.badge.wait { (t.with("notice-waiting", &[("time", &orders::by(one.reply_by))])) },
                    }
                    @if let Some(note) = note(one.organisation) { " " (note) }
                }
            }
        }
    })
}

fn statements(story: &Story, t: Locale) -> Markup {
    let said: Vec<_> = story
        .entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::Stated { form, organisation, text, .. } => Some((*form, *organisation, text)),
            _ => None,
        })
        .collect();
    html! {
        @if !said.is_empty() {
            h2 { (t.say("meeting-said")) }
            ul { @for (form, organisation, text) in said {
                li { strong { (t.say(&format!("statement-{}", form.word()))) @if let Some(id) = organisation { " · " (story.body(id)) } } " " (text) }
            } }
        }
    }
}

fn actions(story: &Story, t: Locale) -> Markup {
    let slug = &story.ledger.slug;
    html! {
        @if !story.loaded.state.actions().is_empty() {
            h2 { (t.say("meeting-resolution")) }
            ol { @for action in story.loaded.state.actions() {
                li {
                    (action.agreed.task) " · " (story.holder(action.agreed.owner, t)) " · " (action.agreed.due.deadline_date()) " "
                    @match (action.fate, story.orders.get(&action.agreed.id)) {
                        (Fate::Suspended(_), _) => span.badge.late { (t.say("meeting-suspended")) },
                        (_, Some(order)) => { a href={ "/w/" (slug) "/o/" (order.number) } { (orders::called_by_number(order, t)) } " " (orders::stage_badge(order.stage, t)) },
                        _ => span.badge.wait { (t.say("meeting-waiting")) },
                    }
                }
            } }
        }
    }
}

type At = Path<(String, i64)>;
type Posted = Form<Vec<(String, String)>>;

fn sent((slug, number): (String, i64), values: Vec<(String, String)>) -> Sent {
    Sent { slug, number, values: Fields(values) }
}

/// A whole number that a form holds.
fn count(values: &Fields, field: &str, t: Locale) -> Result<u64, Slip> {
    values.get(field).trim().parse().map_err(|_| Slip::open(field, t.say("form-count")))
}

/// A choice that must be made.
fn chosen<W>(choice: Option<W>, field: &str, t: Locale) -> Result<W, Slip> {
    choice.ok_or_else(|| Slip::open(field, t.say("form-choose")))
}

/// `POST /w/{slug}/g/{number}/post`: the notice hangs.
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn post(cx: Cx, Path(at): At, form: Multipart) -> Result<Response, Error> {
    Hall::load(&cx, &at.0, at.1).await?.must(&cx, Action::Convene)?;
    let (values, photo) = read(&cx, form).await?;
    let photos = stored(&cx, &values).await?;
    let t = cx.locale;
    act(&cx, sent(at, values.0), Action::Convene, "post", move |_, values| {
        photo.map_err(|error| Slip::of(error, "", t))?;
        Ok(Command::Post { at: values.get("post-at").to_owned(), photo: photos.first().cloned() })
    })
    .await
}

/// `POST /w/{slug}/g/{number}/reply`: whether an invited body comes.
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn reply(cx: Cx, Path(at): At, Form(values): Posted) -> Result<Response, Error> {
    let t = cx.locale;
    act(&cx, sent(at, values), Action::ReplyInvitation, "reply", |_, values| {
        let organisation = values.get("reply-organisation").parse::<OrganisationId>().ok();
        Ok(Command::Reply {
            organisation: chosen(organisation, "reply-organisation", t)?,
            coming: chosen(Coming::parse(values.get("reply-coming")), "reply-coming", t)?,
            note: values.get("reply-note").to_owned(),
        })
    })
    .await
}

/// `POST /w/{slug}/g/{number}/open`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn open(cx: Cx, Path(at): At, Form(values): Posted) -> Result<Response, Error> {
    act(&cx, sent(at, values), Action::Hold, "open", |_, _| Ok(Command::Open)).await
}

/// `POST /w/{slug}/g/{number}/cancel`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn cancel(cx: Cx, Path(at): At, Form(values): Posted) -> Result<Response, Error> {
    act(&cx, sent(at, values), Action::Convene, "cancel", |_, values| {
        Ok(Command::Cancel { reason: values.get("cancel-reason").to_owned() })
    })
    .await
}

/// `POST /w/{slug}/g/{number}/register`: signs somebody in at the door.
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn enter(cx: Cx, Path(at): At, Form(values): Posted) -> Result<Response, Error> {
    let t = cx.locale;
    let Sent { slug, number, values } = sent(at, values);
    cx.check(values.get("token"))?;
    let hall = Hall::load(&cx, &slug, number).await?;
    hall.must(&cx, Action::Register)?;
    let done = async {
        let kind = chosen(SeatKind::parse(values.get("register-kind")), "register-kind", t)?;
        let organisation = values.some("register-organisation").and_then(|id| id.parse().ok());
        if kind == SeatKind::Invited && organisation.is_none() {
            return Err(Slip::open("register-organisation", t.say("register-which")));
        }
        form_bytes(values.get("form")).map_err(|error| Slip::of(error, "register", t))?;
        let signing = Signing {
            kind,
            how: SignedIn::Register,
            organisation: organisation.filter(|_| kind == SeatKind::Invited),
            person: format!("register/{}", values.get("form")),
            name: values.get("register-name").to_owned(),
        };
        let (ledger, id) = (hall.story.ledger.ledger, hall.story.row.id);
        let signed = cx.app.office.sign_in(&hall.staff.actor, ledger, id, signing).await;
        signed.map_err(|failure| Slip::of(failure.into(), "register", t))
    };
    match done.await {
        // Whoever keeps the register enters one after the other.
        Ok(_) => Ok(Redirect::to(&format!("{}#register", hall.link())).into_response()),
        Err(slip) => back(&cx, &hall, &values, Err(slip)).await,
    }
}

/// `POST /w/{slug}/g/{number}/strike`: a sign-in does not count.
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn strike(cx: Cx, Path(at): At, Form(values): Posted) -> Result<Response, Error> {
    let Sent { slug, number, values } = sent(at, values);
    cx.check(values.get("token"))?;
    let hall = Hall::load(&cx, &slug, number).await?;
    hall.must(&cx, Action::Register)?;
    let done = match values.get("strike-seat").parse::<SeatId>() {
        Ok(seat) => {
            let reason = values.get("strike-reason").to_owned();
            let struck =
                cx.app.office.strike(&hall.staff.actor, hall.story.ledger.ledger, seat, reason).await;
            struck.map_err(|failure| Slip::of(failure.into(), "strike", cx.locale))
        }
        Err(_) => Err(Slip::open("strike-seat", cx.locale.say("form-choose"))),
    };
    back(&cx, &hall, &values, done).await
}

/// `POST /w/{slug}/g/{number}/state`: a statement, proposal or plan.
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn state(cx: Cx, Path(at): At, Form(values): Posted) -> Result<Response, Error> {
    let t = cx.locale;
    act(&cx, sent(at, values), Action::Speak, "state", |_, values| {
        Ok(Command::State {
            form: chosen(StatementKind::parse(values.get("state-form")), "state-form", t)?,
            organisation: values.some("state-organisation").and_then(|id| id.parse().ok()),
            text: values.get("state-text").to_owned(),
        })
    })
    .await
}

/// `POST /w/{slug}/g/{number}/put`: a motion is put to the vote.
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn put(cx: Cx, Path(at): At, Form(values): Posted) -> Result<Response, Error> {
    let t = cx.locale;
    act(&cx, sent(at, values), Action::Hold, "put", |_, values| {
        Ok(Command::Put {
            topic: chosen(values.get("put-topic").parse().ok(), "put-topic", t)?,
            text: values.get("put-text").to_owned(),
            mode: chosen(VoteMode::parse(values.get("put-mode")), "put-mode", t)?,
        })
    })
    .await
}

/// `POST /w/{slug}/g/{number}/hands`: one of two persons enters a show of hands.
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn hands(cx: Cx, Path(at): At, Form(values): Posted) -> Result<Response, Error> {
    let t = cx.locale;
    act(&cx, sent(at, values), Action::Register, "hands", |_, values| {
        let hands = [
            count(values, "hands-for", t)?,
            count(values, "hands-against", t)?,
            count(values, "hands-abstain", t)?,
        ];
        let motion = chosen(values.get("motion").parse().ok(), "hands-for", t)?;
        Ok(Command::EnterHands { motion, hands, present: 0 })
    })
    .await
}

/// `POST /w/{slug}/g/{number}/ballot`: the vote of somebody without a phone.
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn ballot(cx: Cx, Path(at): At, Form(values): Posted) -> Result<Response, Error> {
    let t = cx.locale;
    let Sent { slug, number, values } = sent(at, values);
    cx.check(values.get("token"))?;
    let hall = Hall::load(&cx, &slug, number).await?;
    hall.must(&cx, Action::Register)?;
    let done = async {
        let seat = chosen(values.get("ballot-seat").parse::<SeatId>().ok(), "ballot-seat", t)?;
        let choice = chosen(Choice::parse(values.get("ballot-choice")), "ballot-choice", t)?;
        let motion = chosen(values.get("motion").parse().ok(), "ballot-seat", t)?;
        let (ledger, id) = (hall.story.ledger.ledger, hall.story.row.id);
        let office = &cx.app.office;
        let voted = office.vote(&hall.staff.actor, ledger, id, seat, motion, choice, Voter::Worker).await;
        voted.map_err(|failure| Slip::of(failure.into(), "ballot", t))
    };
    let done = done.await;
    back(&cx, &hall, &values, done).await
}

/// `POST /w/{slug}/g/{number}/end`: the vote ends and is counted.
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn end(cx: Cx, Path(at): At, Form(values): Posted) -> Result<Response, Error> {
    let Sent { slug, number, values } = sent(at, values);
    cx.check(values.get("token"))?;
    let hall = Hall::load(&cx, &slug, number).await?;
    hall.must(&cx, Action::Hold)?;
    let (ledger, id) = (hall.story.ledger.ledger, hall.story.row.id);
    let motion = values.get("motion").parse().unwrap_or_default();
    let ended = cx.app.office.end_vote(&hall.staff.actor, ledger, id, motion).await;
    back(&cx, &hall, &values, ended.map_err(|failure| Slip::of(failure.into(), "end", cx.locale))).await
}

/// `POST /w/{slug}/g/{number}/adjourn`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn adjourn(cx: Cx, Path(at): At, Form(values): Posted) -> Result<Response, Error> {
    act(&cx, sent(at, values), Action::Hold, "adjourn", |_, values| {
        Ok(Command::Adjourn { reason: values.get("adjourn-reason").to_owned() })
    })
    .await
}

/// `POST /w/{slug}/g/{number}/dissent`: a disagreement to be kept.
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn dissent(cx: Cx, Path(at): At, Form(values): Posted) -> Result<Response, Error> {
    act(&cx, sent(at, values), Action::Register, "dissent", |_, values| {
        Ok(Command::Dissent {
            motion: values.some("dissent-motion").and_then(|number| number.parse().ok()),
            text: values.get("dissent-text").to_owned(),
        })
    })
    .await
}

/// `POST /w/{slug}/g/{number}/confirm`: chair or recorder confirms the minutes as they stand.
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn confirm(cx: Cx, Path(at): At, Form(values): Posted) -> Result<Response, Error> {
    let (slug, number) = at.clone();
    let hall = Hall::load(&cx, &slug, number).await?;
    hall.must(&cx, Action::Register)?;
    let minutes = Minutes::load(&cx, &hall.story).await?;
    let seen = Fields(values.clone()).get("confirm-digest") == minutes.digest;
    if seen {
        // The text is kept before anybody's name stands under it.
        cx.app.office.db.put_blob(minutes.text.clone().into_bytes()).await?;
    }
    let t = cx.locale;
    act(&cx, sent(at, values), Action::Register, "confirm", move |_, _| match seen {
        true => Ok(Command::Confirm { minutes: minutes.digest }),
        false => Err(Slip::open("confirm", t.say("confirm-changed"))),
    })
    .await
}

/// `POST /w/{slug}/g/{number}/publish`: the result is published.
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn publish(cx: Cx, Path(at): At, Form(values): Posted) -> Result<Response, Error> {
    act(&cx, sent(at, values), Action::Convene, "publish", |_, values| {
        Ok(Command::Publish { at: values.get("publish-at").to_owned() })
    })
    .await
}

/// `POST /w/{slug}/g/{number}/rule`: rules on an objection.
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn rule(cx: Cx, Path(at): At, Form(values): Posted) -> Result<Response, Error> {
    let t = cx.locale;
    let number: u32 = Fields(values.clone()).get("objection").parse().unwrap_or_default();
    let prefix = format!("rule-{number}");
    act(&cx, sent(at, values), Action::RuleObjection, &prefix, |_, values| {
        let field = format!("{prefix}-ruling");
        Ok(Command::Rule {
            number,
            ruling: chosen(Ruling::parse(values.get(&field)), &field, t)?,
            reason: values.get(&format!("{prefix}-reason")).to_owned(),
        })
    })
    .await
}

/// `POST /w/{slug}/g/{number}/dispatch`: sends an action on its way.
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn dispatch(cx: Cx, Path(at): At, Form(values): Posted) -> Result<Response, Error> {
    let t = cx.locale;
    let Sent { slug, number, values } = sent(at, values);
    cx.check(values.get("token"))?;
    let hall = Hall::load(&cx, &slug, number).await?;
    hall.must(&cx, Action::Order)?;
    let nth: usize = values.get("nth").parse().unwrap_or_default();
    let prefix = format!("dispatch-{nth}");
    let named = |field: &str| format!("{prefix}-{field}");
    let action = hall.story.loaded.state.actions().get(nth.wrapping_sub(1)).map(|one| one.agreed.id);
    let done = async {
        let whistle = values.some(&named("whistle")).map_or(Some(WhistleKind::Hard), WhistleKind::parse);
        let dispatching = Dispatching {
            action: chosen(action, "dispatch", t)?,
            hurry: values.get(&named("hurry")).to_owned(),
            whistle: chosen(whistle, &named("whistle"), t)?,
            departments: values.all(&named("departments")).filter_map(|id| id.parse().ok()).collect(),
            reason: values.get(&named("reason")).to_owned(),
        };
        let (ledger, id) = (hall.story.ledger.ledger, hall.story.row.id);
        let sent = cx.app.office.dispatch_action(&hall.staff.actor, ledger, id, dispatching).await;
        sent.map(|_| ()).map_err(|failure| Slip::of(failure.into(), &prefix, t))
    };
    let done = done.await;
    back(&cx, &hall, &values, done).await
}

/// `POST /w/{slug}/g/{number}/conclude`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn conclude(cx: Cx, Path(at): At, Form(values): Posted) -> Result<Response, Error> {
    act(&cx, sent(at, values), Action::Convene, "conclude", |_, _| Ok(Command::Conclude)).await
}
