//! The page for the room's screen: the code to sign in with, how many are present, what is
//! being voted on and, only once it is counted, the result.

use super::hall::Hall;
use super::seat::result;
use crate::meetings::hall::at;
use crate::promises::face::minuted;
use crate::rulebook::face::Ruled;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::meetings::{HOLD, MeetingStage, Motion, Vote};
use yishi_office::meetings::reads::present;
use yishi_pages_dispatch::ballots::face::badge;
use yishi_web::nav::staff_nav_at;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /w/{slug}/g/{number}/room`
pub async fn show(
    cx: Cx,
    Path(which): Path<(String, i64)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Error> {
    let hall = Hall::open(cx, which).await?;
    hall.must(&HOLD)?;
    let (ledger, id) = at(&hall);
    let count = present(&hall.cx.app.office.db, ledger, id).await?;
    let votes: Vec<String> =
        hall.state.sitting.motions.iter().map(|motion| format!("{:?}", motion.vote)).collect();
    let promised = hall.row.story.promises.len();
    let text = format!("{} {count} {votes:?} {promised}", hall.state.stage.word());
    let mark = yishi_store::blobs::digest_of(text.as_bytes())[..12].to_owned();
    if query.get("seen") == Some(&mark) {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(page(&hall, count, &mark).into_response())
}

fn page(hall: &Hall, count: u64, mark: &str) -> Markup {
    let (cx, t, agenda) = (&hall.cx, hall.cx.locale, &hall.state.agenda);
    let link = format!("{}/room", hall.link());
    let door = agenda.door.get().map(|word| format!("{}/g/{word}", cx.app.public_url));
    let last = hall.state.sitting.motions.last();
    let title = agenda.title.clone();
    let main = html! {
        p.crumbs.no-print { a href=(hall.link()) { (t.say("room-back")) } }
        h1 { (title) }
        div.room #room hx-get={ (link) "?seen=" (mark) } hx-trigger="every 3s" hx-target="#room" hx-select="#room" hx-swap="outerHTML" {
            div {
                @match (hall.state.stage, door) {
                    (MeetingStage::Open, Some(door)) => {
                        (ui::qr(&door, &t.say("room-qr")))
                        p.lead { strong { (t.say("room-scan")) } }
                        p.link-text { (door) }
                        p { (t.say("room-slip")) }
                        p { (t.say("room-no-phone")) }
                    },
                    (MeetingStage::Called, _) => div.notice.warn { p { (t.say("room-early")) } },
                    _ => div.notice { p { (t.say("room-over")) } },
                }
            }
            div {
                p.count { (t.say("room-present")) " " strong { (count) } }
                (hall.row.story.ruled.badge(t))
                (screen(cx, last, &hall.row.story.ruled))
                @if !hall.row.story.promises.is_empty() {
                    h2 { (t.say("promises-title")) }
                    ul { @for promise in &hall.row.story.promises { li { (minuted(promise, t)) } } }
                }
            }
        }
        p.no-print { a.button.second href=(link) { (t.say("vote-refresh")) } }
    };
    let nav = staff_nav_at(cx, &hall.staff, &hall.ledger.slug);
    let (locale, view) = (t, cx.view);
    Page { locale, view, here: &link, title: &title, nav, width: Width::Wide, main }.render()
}

/// The last motion; how the vote goes is not shown before it is counted.
fn screen(cx: &Cx, motion: Option<&Motion>, ruled: &Ruled) -> Markup {
    let t = cx.locale;
    let Some(motion) = motion else { return html! { p { (t.say("room-nothing")) } } };
    if matches!(motion.vote, Vote::Counted(..)) {
        return html! { h2 { (t.say("vote-results")) } (result(motion, ruled, cx)) };
    }
    let state = if motion.vote == Vote::Open { "vote-open" } else { "vote-ended" };
    html! {
        section.card {
            h2 { (t.with("vote-number", &[("number", &motion.number)])) " " span.badge.wait { (t.say(state)) } }
            p.pre.motion { (motion.text) }
            (badge(&motion.decides, t))
            p { (t.word(motion.mode)) }
            p.soft { (ruled.decided_by(&motion.rule, t)) }
            @if let Some(roll) = motion.roll { p { (t.with("room-roll", &[("count", &roll.present)])) } }
        }
    }
}
