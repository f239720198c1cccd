//! A meeting for those who hold it and for invited bodies: where it stands, who is present,
//! what was put and resolved, and the forms for what comes next.

use super::forms::Forms;
use super::hall::{Hall, Standing};
use super::parts::{Slip, summary};
use super::show::vote;
use crate::shared::meeting::{Story, forum_name, meeting_badge, weekday};
use crate::shared::minutes::Presence;
use crate::shared::navigation::staff_nav_at;
use crate::shared::orders;
use crate::texts::Locale;
use crate::ui::{self, Fields, Page, Width};
use crate::{Cx, Error};
use axum::extract::Path;
use maud::{Markup, html};
use std::collections::BTreeMap;
use yishi_domain::meetings::{Event, Fate, MeetingStage, SeatId};
use yishi_kernel::OrganisationId;
use yishi_office::meetings::reads::{SeatRow, names, seats};

/// `GET /w/{slug}/g/{number}`
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let hall = Hall::load(&cx, &slug, number).await?;
    view(&cx, &hall, &cx.typed(), None).await
}

/// The page, with what was typed where a form was not taken.
pub async fn view(cx: &Cx, hall: &Hall, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let t = cx.locale;
    let story = &hall.story;
    let agenda = &story.meeting.agenda;
    let (slug, number) = (&story.ledger.slug, story.row.number);
    let steering = hall.standing(cx) == Standing::Steering;
    let (present, named) = if steering { register(cx, story).await? } else { Default::default() };
    let presence = Presence::of(&present);
    let forms = Forms { cx, hall, values, slip, seats: &present, names: &named };
    let title = t.with("conduct-title", &[("number", &number), ("title", &agenda.title)]);
    let main = html! {
        p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } }
        h1 { (title) }
        (summary(t, slip))
        div.columns {
            div {
                p.no-print.to-forms { a.button.wide href="#forms" { (t.say("conduct-forms")) } }
                div.card { (ui::facts(&[
                    (t.say("fact-stage"), html! { (meeting_badge(story.row.stage, t)) " " @if let Some((step, at)) = story.row.next { (t.word(step)) " " (ui::due(at, cx.now, t)) } }),
                    (t.say("notice-time"), html! { (agenda.starts.minute()) " " (weekday(agenda.starts, t)) }),
                    (t.say("notice-venue"), html! { (agenda.venue) }),
                    (t.say("conduct-forum"), html! { (forum_name(story.rules(), &agenda.forum, t)) }),
                    (t.say("meeting-agenda"), html! { @for row in &story.topics {
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
                (invited(cx, story))
                @if steering { (forms.present(&presence)) }
                (statements(story, t))
                @if !story.meeting.sitting.motions.is_empty() {
                    h2 { (t.say("meeting-votes")) }
                    @for motion in &story.meeting.sitting.motions { (vote(story, motion, t)) }
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

fn invited(cx: &Cx, story: &Story) -> Markup {
    let t = cx.locale;
    let agenda = &story.meeting.agenda;
    let note = |id: OrganisationId| {
        story.entries.iter().rev().find_map(|entry| match &entry.event.what {
            Event::Replied { organisation, note, .. } if *organisation == id => note.clone(),
            _ => None,
        })
    };
    html! {
        h2 { (t.say("notice-invited")) }
        @if agenda.invited.is_empty() { p { (t.say("notice-nobody")) } }
        ul {
            @for one in &agenda.invited {
                li {
                    (story.body(one.organisation)) " "
                    @match agenda.replies.get(&one.organisation) {
                        Some(coming) => span.badge { (t.word(*coming)) },
                        None if one.reply_by <= cx.now => span.badge.late { (t.with("notice-late", &[("time", &orders::by(one.reply_by))])) },
                        None => span.badge.wait { (t.with("notice-waiting", &[("time", &orders::by(one.reply_by))])) },
                    }
                    @if let Some(note) = note(one.organisation) { " " (note) }
                }
            }
        }
    }
}

fn statements(story: &Story, t: Locale) -> Markup {
    let said: Vec<_> = story
        .entries
        .iter()
        .filter_map(|entry| match &entry.event.what {
            Event::Stated { form, organisation, text, .. } => Some((*form, *organisation, text)),
            _ => None,
        })
        .collect();
    html! {
        @if !said.is_empty() {
            h2 { (t.say("meeting-said")) }
            ul { @for (form, organisation, text) in said {
                li { strong { (t.word(form)) @if let Some(id) = organisation { " · " (story.body(id)) } } " " (text) }
            } }
        }
    }
}

fn actions(story: &Story, t: Locale) -> Markup {
    let slug = &story.ledger.slug;
    let actions = &story.meeting.outcome.actions;
    html! {
        @if !actions.is_empty() {
            h2 { (t.say("meeting-resolution")) }
            ol { @for action in actions {
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
