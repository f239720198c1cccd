//! The room's screen (会场大屏): looked at from the last row, so it has no menu and large letters.
//! The agenda with what is spoken about now, who spoke last, the time; what is being voted on and
//! how many have voted; and, only once it is counted, the result. Nothing is done here.

use super::hall::{Hall, at};
use super::turnout::Turnout;
use crate::meetings::face::explained;
use crate::promises::face::minuted;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::meetings::{Event, HOLD, MeetingStage, Motion, Passed, Vote, VoteMode};
use yishi_domain::topics::TopicId;
use yishi_office::meetings::reads::present;
use yishi_pages_dispatch::ballots::face::badge;
use yishi_tally::everyday::{Counts, Votes, decide};
use yishi_web::dates::clock;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// What the screen shows besides what the meeting's own page says.
struct Now {
    /// How many with a vote are present.
    present: u64,
    /// Who has voted on what is being voted on by phone.
    turnout: Option<Turnout>,
    /// What all of it looks like: what differs is shown anew.
    mark: String,
}

impl Now {
    async fn of(hall: &Hall) -> Result<Self, Error> {
        let (ledger, id) = at(hall);
        let sitting = &hall.state.sitting;
        let present = present(&hall.cx.app.office.db, ledger, id).await?;
        let turnout = match sitting.motions.last() {
            Some(motion) => Turnout::of(hall, motion).await?,
            None => None,
        };
        let votes: Vec<String> = sitting.motions.iter().map(|motion| format!("{:?}", motion.vote)).collect();
        let voted = turnout.as_ref().map(|turnout| turnout.voted);
        let promised = hall.row.story.promises.len();
        let (stage, spoke, time) = (hall.state.stage.word(), sitting.statements, clock(hall.cx.now));
        let text = format!("{stage} {time} {present} {votes:?} {voted:?} {spoke} {promised}");
        let mark = yishi_store::blobs::digest_of(text.as_bytes())[..12].to_owned();
        Ok(Self { present, turnout, mark })
    }
}

/// `GET /w/{slug}/g/{number}/room`
pub async fn show(
    cx: Cx,
    Path(which): Path<(String, i64)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Error> {
    let hall = Hall::open(cx, which).await?;
    hall.must(&HOLD)?;
    let now = Now::of(&hall).await?;
    if query.get("seen") == Some(&now.mark) {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(page(&hall, &now).into_response())
}

fn page(hall: &Hall, now: &Now) -> Markup {
    let (cx, t, agenda) = (&hall.cx, hall.cx.locale, &hall.state.agenda);
    let link = format!("{}/room", hall.link());
    let door = agenda.door.get().map(|word| format!("{}/g/{word}", cx.app.public_url));
    let last = hall.state.sitting.motions.last();
    let title = agenda.title.clone();
    // As long as nothing is voted on, the code to sign in is what matters.
    let sign_in = html! {
        @match (hall.state.stage, door) {
            (MeetingStage::Open, Some(door)) => {
                (ui::qr(&door, &t.say("room-qr")))
                p { strong { (t.say("room-scan")) } }
                p.small { (t.say("room-slip")) }
                p.small { (t.say("room-no-phone")) }
                p.link-text { (door) }
            },
            (MeetingStage::Called, _) => div.notice.warn { p { (t.say("room-early")) } },
            _ => div.notice { p { (t.say("room-over")) } },
        }
    };
    let main = html! {
        div.room #room hx-get={ (link) "?seen=" (now.mark) } hx-trigger="every 2s" hx-target="#room" hx-select="#room" hx-swap="outerHTML" {
            div.room-head {
                h1 { (title) }
                p.room-clock { (clock(cx.now)) }
            }
            div.room-side {
                (topics(hall, last.map(|motion| motion.topic)))
                p.count { (t.say("room-present")) " " strong { (now.present) } }
                (hall.row.story.ruled.badge(t))
                @if last.is_some() { (sign_in) }
            }
            div.room-main {
                @match last {
                    None => { (sign_in) p.soft { (t.say("room-nothing")) } },
                    Some(motion) => (screen(hall, motion, now)),
                }
                @if let Some(spoke) = spoke(hall) { p.room-spoke { (t.with("room-spoke", &[("who", &spoke)])) } }
                @if !hall.row.story.promises.is_empty() {
                    h2 { (t.say("promises-title")) }
                    ul { @for promise in &hall.row.story.promises { li { (minuted(promise, t)) } } }
                }
            }
        }
        p.room-foot {
            a href=(hall.link()) { (t.say("room-back")) }
            button.button.second.js-only type="button" data-full { (t.say("room-full")) }
            noscript { a href=(link) { (t.say("vote-refresh")) } }
        }
    };
    let (locale, view) = (t, cx.view);
    Page { locale, view, here: &link, title: &title, nav: Nav::Screen, width: Width::Wide, main }.render()
}

/// The agenda, with what the last motion was about.
fn topics(hall: &Hall, about: Option<TopicId>) -> Markup {
    html! {
        ol.room-agenda { @for topic in &hall.row.story.topics {
            li aria-current=[(Some(topic.id) == about).then_some("step")] { (topic.title) }
        } }
    }
}

/// Whose statement was the last: its body's, or what it was where nobody's body spoke.
fn spoke(hall: &Hall) -> Option<String> {
    let story = &hall.row.story;
    story.entries.iter().rev().find_map(|entry| match &entry.event.what {
        Event::Stated { form, organisation, .. } => {
            let body = organisation.and_then(|id| story.organisations.get(&id));
            Some(body.map_or_else(|| hall.cx.locale.word(*form), |body| body.name.clone()))
        }
        _ => None,
    })
}

/// A motion; how the vote goes is not shown before it is counted.
fn screen(hall: &Hall, motion: &Motion, now: &Now) -> Markup {
    let (t, ruled) = (hall.cx.locale, &hall.row.story.ruled);
    let state = match motion.vote {
        Vote::Open => t.say("vote-open"),
        Vote::Ended => t.say("vote-ended"),
        Vote::Counted(..) => t.say("vote-results"),
    };
    html! {
        h2 { (t.with("vote-number", &[("number", &motion.number)])) " " span.badge.wait { (state) } }
        p.pre.motion { (motion.text) }
        (badge(&motion.decides, t))
        @match motion.vote {
            Vote::Counted(counts, passed) => {
                (verdict(passed, hall))
                (bars(motion, &counts, hall))
                @for sentence in explained(motion, ruled, t) { p.soft { (sentence) } }
            },
            Vote::Open | Vote::Ended => {
                @match (&now.turnout, motion.roll) {
                    (Some(turnout), _) => {
                        p.count { (t.with("room-voted", &[("voted", &turnout.voted), ("on", &turnout.on)])) }
                        (bar("voted", turnout.voted, turnout.on, None))
                    },
                    (None, Some(roll)) => p.count { (t.with("room-roll", &[("count", &roll.present)])) },
                    (None, None) => {},
                }
                @if motion.mode == VoteMode::Hands { p { (t.word(motion.mode)) } }
                p.soft { (ruled.decided_by(&motion.rule, t)) }
            },
        }
    }
}

fn verdict(passed: Passed, hall: &Hall) -> Markup {
    let class = if passed.carried() { "room-verdict" } else { "room-verdict late" };
    html! { p class=(class) { (hall.cx.locale.word(passed)) } }
}

/// For, against and abstaining out of all present; at the first how many were needed.
fn bars(motion: &Motion, counts: &Counts, hall: &Hall) -> Markup {
    let t = hall.cx.locale;
    let needed = Votes::new(*counts).ok().and_then(|votes| decide(&motion.rule, &votes).ok());
    let needed = needed.map(|verdict| verdict.needed);
    let rows = [
        ("choice-for", "for", counts.in_favour, needed),
        ("choice-against", "against", counts.against, None),
        ("choice-abstain", "abstain", counts.abstain, None),
    ];
    html! {
        dl.room-bars { @for (text, class, count, needed) in rows {
            dt { (t.say(text)) }
            dd { (bar(class, count, counts.present, needed)) strong { (count) } }
        } }
        @if let Some(needed) = needed { p.soft { (t.with("room-needed", &[("count", &needed)])) } }
    }
}

/// So many out of a whole, with a line at how many are enough.
fn bar(class: &str, count: u64, whole: u64, enough: Option<u64>) -> Markup {
    let part = |count: u64| count.min(whole) * 1_000 / whole.max(1);
    html! {
        svg.bar viewBox="0 0 1000 40" preserveAspectRatio="none" aria-hidden="true" {
            rect width="1000" height="40" {}
            rect class=(class) width=(part(count)) height="40" {}
            @if let Some(enough) = enough.filter(|enough| *enough <= whole) {
                rect.enough x=(part(enough).saturating_sub(3)) width="6" height="40" {}
            }
        }
    }
}
