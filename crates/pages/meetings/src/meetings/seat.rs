//! The seat: what somebody who signed in by phone sees during a meeting, and votes with. The
//! link is the key. The page looks again by itself where scripts run; without, by a link.

use super::acts::presence::Going;
use super::door::way_to_the_floor;
use super::parts::public;
use super::show::anew;
use crate::meetings::face::{explained, meeting_badge, outcome_badge};
use crate::rulebook::face::Ruled;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::meetings::{
    Cast, Choice, Leave, Meeting, MeetingStage, Motion, Returns, Seat, Vote, VoteMode, Voter,
};
use yishi_kernel::Claim;
use yishi_kernel::cell::Flag;
use yishi_office::meetings::reads::{MeetingRow, SeatRow, meeting, seat_by_secret, vote_of};
use yishi_office::places::reads::LedgerRow;
use yishi_pages_dispatch::ballots::face::badge;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui;
use yishi_web::{Cx, Error};

/// A seat with its meeting.
struct Sitting {
    ledger: LedgerRow,
    seat: SeatRow,
    row: MeetingRow,
    meeting: Meeting,
    state: Seat,
    own: Option<Choice>,
    ruled: Ruled,
}

/// What the link asks for where the same phone had signed in by another name.
pub(super) const OTHER_NAME: &str = "?other-name";

impl Sitting {
    async fn load(cx: &Cx, slug: &str, secret: &str) -> Result<Self, Error> {
        let ledger = cx.ledger(slug).await?;
        let office = &cx.app.office;
        let seat = seat_by_secret(&office.db, ledger.ledger, secret).await?.ok_or(Error::NotFound)?;
        let row = meeting(&office.db, ledger.ledger, seat.meeting).await?.ok_or(Error::NotFound)?;
        let meeting = office.load::<Meeting>(ledger.ledger, &row.id.into()).await?.must()?.clone();
        let state = office.load::<Seat>(ledger.ledger, &seat.id.into()).await?.must()?.clone();
        let own = match meeting.sitting.voting() {
            Some(motion) => vote_of(&office.db, ledger.ledger, row.id, motion.number, seat.id).await?,
            None => None,
        };
        let pack = office.pack(&meeting.agenda.rules).await?;
        let ruled = Ruled::of_meeting(cx, ledger.ledger, &meeting.agenda, pack.section()).await?;
        Ok(Self { ledger, seat, row, meeting, state, own, ruled })
    }

    /// What the page shows, in short: it changes when the page does.
    fn mark(&self) -> String {
        let votes: Vec<String> =
            self.meeting.sitting.motions.iter().map(|motion| format!("{:?}", motion.vote)).collect();
        let own = self.own.map_or("", Choice::word);
        let standing = (self.seat.struck, self.state.admitted, self.state.here);
        let text = format!("{} {own} {votes:?} {standing:?}", self.row.stage.word());
        yishi_store::blobs::digest_of(text.as_bytes())[..12].to_owned()
    }
}

/// `GET /v/{slug}/{secret}`
pub async fn show(
    cx: Cx,
    Path((slug, secret)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Error> {
    let sitting = Sitting::load(&cx, &slug, &secret).await?;
    // Nothing new: what is on the screen, and the button under the finger, stay.
    if query.get("seen").is_some_and(|seen| *seen == sitting.mark()) {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(page(&cx, &secret, &sitting, None).await?.into_response())
}

async fn page(cx: &Cx, secret: &str, sitting: &Sitting, slip: Option<&Slip>) -> Result<Markup, Error> {
    let t = cx.locale;
    let slug = &sitting.ledger.slug;
    let keeper = cx.place(sitting.ledger.ledger).await?;
    let link = format!("/v/{slug}/{secret}");
    let look = format!("{link}?seen={}", sitting.mark());
    let kind = t.word(sitting.seat.kind);
    let title = sitting.row.title.clone();
    let main = html! {
        h1 { (title) }
        p { (meeting_badge(sitting.row.stage, t)) " " (sitting.ruled.badge(t)) " " (t.with("vote-as", &[("kind", &kind)])) }
        (summary(slip, t))
        @if cx.here.ends_with(OTHER_NAME) { div.notice.warn role="status" { p { (t.say("vote-other-name")) } } }
        div #sitting aria-live="polite" hx-get=(look) hx-trigger="every 5s" hx-target="#sitting" hx-select="#sitting" hx-swap="outerHTML" {
            @if sitting.seat.struck.is_some() { div.notice.bad { p { (t.say("vote-struck")) } } }
            (now(cx, &link, sitting))
            (results(sitting, cx))
        }
        (standing(cx, &link, sitting, slip))
        p { a.button.second href=(link) { (t.say("vote-refresh")) } }
        @if let (MeetingStage::Open, Some(door)) = (sitting.row.stage, sitting.meeting.agenda.door.get()) { (way_to_the_floor(door, t)) }
        p.small.soft { (t.say("vote-keep")) }
        p { a href={ "/c/" (slug) "/g/" (sitting.row.number) } { (t.say("conduct-public")) } }
    };
    Ok(public(cx, slug, &keeper.name, &title, main))
}

/// What is being voted on, and the buttons.
fn now(cx: &Cx, link: &str, sitting: &Sitting) -> Markup {
    let t = cx.locale;
    let Some(motion) = sitting.meeting.sitting.voting() else {
        return html! { div.notice { p { (t.say("vote-nothing")) } } };
    };
    let on_roll = Flag::from(sitting.state.votes_on(motion));
    html! {
        section.card {
            h2 { (t.with("vote-number", &[("number", &motion.number)])) }
            p.pre.motion { (motion.text) }
            @match (motion.mode, on_roll) {
                (VoteMode::Hands, Flag::Yes) => p { strong { (t.say("vote-hands")) } },
                (VoteMode::Phones, Flag::Yes) => {
                    @if let Some(own) = sitting.own { p role="status" { span.badge { (t.with("vote-own", &[("choice", &t.word(own))])) } " " (t.say("vote-change")) } }
                    form.ballot method="post" action={ (link) "/vote" } {
                        (cx.marks())
                        (ui::hidden("motion", &motion.number.to_string()))
                        @for choice in Choice::ALL {
                            @let class = if sitting.own == Some(*choice) { "button giant" } else { "button giant second" };
                            button class=(class) type="submit" name="choice" value=(choice.word()) { @if sitting.own == Some(*choice) { "✓ " } (t.word(*choice)) }
                        }
                    }
                },
                (_, Flag::No) if sitting.state.admitted => p { (t.say("vote-after-roll")) },
                _ => p { (t.say("vote-none")) },
            }
        }
    }
}

/// Whether they have a vote, how to get one, and leaving early: what does not change while
/// others vote, so that nothing moves under a finger.
fn standing(cx: &Cx, link: &str, sitting: &Sitting, slip: Option<&Slip>) -> Markup {
    let t = cx.locale;
    let open = sitting.row.stage == MeetingStage::Open && sitting.seat.struck.is_none();
    let (admitted, here) = (sitting.state.admitted, sitting.state.here);
    let typed = cx.typed();
    let f = Form::new(cx, "", "vote", format!("{link}/slip")).filled(&typed, slip);
    html! {
        @if open && !admitted {
            section.card #voice {
                h2 { (t.say("vote-voice-title")) }
                p { (t.say(if sitting.meeting.agenda.council.is_some() { "vote-voice-council" } else { "vote-voice" })) }
                (f.bare(&html! { (f.text("slip").label("door-slip")) (f.submit("vote-slip-send", "wide")) }))
            }
        }
        @if open && !here { div.notice.warn { p { (t.say("vote-gone")) } } }
        @if open && admitted {
            form method="post" action={ (link) "/presence" } {
                (cx.marks())
                @if here { button.button.second type="submit" name="way" value="left" { (t.say("vote-leave")) } p.small.soft { (t.say("vote-leave-hint")) } }
                @else { button.button type="submit" name="way" value="back" { (t.say("vote-back")) } }
            }
        }
    }
}

fn results(sitting: &Sitting, cx: &Cx) -> Markup {
    let t = cx.locale;
    let counted: Vec<&Motion> = sitting
        .meeting
        .sitting
        .motions
        .iter()
        .rev()
        .filter(|one| matches!(one.vote, Vote::Counted(..)))
        .collect();
    html! {
        @if !counted.is_empty() { h2 { (t.say("vote-results")) } }
        @for motion in counted { (result(motion, &sitting.ruled, cx)) }
    }
}

/// A counted motion: what it came to, and the sum that decided.
pub fn result(motion: &Motion, ruled: &Ruled, cx: &Cx) -> Markup {
    let t = cx.locale;
    let Vote::Counted(counts, passed) = motion.vote else { return html! {} };
    html! {
        section.card {
            h3 { (t.with("vote-number", &[("number", &motion.number)])) " " (outcome_badge(passed, t)) }
            p.pre { (motion.text) }
            (badge(&motion.decides, t))
            p { (t.with("vote-counts", &[("for", &counts.in_favour), ("against", &counts.against), ("abstain", &counts.abstain), ("present", &counts.present)])) }
            @for sentence in explained(motion, ruled, t) { p.soft { (sentence) } }
            (anew(motion, t))
        }
    }
}

/// `POST /v/{slug}/{secret}/vote`
pub async fn vote(
    cx: Cx,
    Path((slug, secret)): Path<(String, String)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let ledger = cx.ledger(&slug).await?;
    let office = &cx.app.office;
    let seat = seat_by_secret(&office.db, ledger.ledger, &secret).await?.ok_or(Error::NotFound)?;
    let mut r = Reader::new("", &values, cx.locale);
    let (motion, choice) = (r.id_or_none("motion"), r.word("choice", Choice::parse, "form-choose"));
    let cast = r.done(|| {
        let (motion, choice) = (motion?, choice?);
        Some(Cast { meeting: seat.meeting, motion, seat: seat.id, choice, voter: Voter::Own })
    });
    let slip = match cast {
        // Whoever has the link has the seat.
        Ok(cast) => match office.vote(&cx.actor().showing(Claim::Seat), ledger.ledger, cast).await {
            Ok(()) => return Ok(Redirect::to(&format!("/v/{slug}/{secret}")).into_response()),
            // The buttons are gone with the vote: there is no field to lead to.
            Err(failure) => Slip::of(failure.into(), None, &values, cx.locale)?,
        },
        Err(slip) => slip,
    };
    let sitting = Sitting::load(&cx, &slug, &secret).await?;
    let page = page(&cx, &secret, &sitting, Some(&slip)).await?;
    Ok(slip.answer(page))
}

/// `POST /v/{slug}/{secret}/slip`: a slip that was got after signing in.
pub async fn slip(
    cx: Cx,
    Path((slug, secret)): Path<(String, String)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let sitting = Sitting::load(&cx, &slug, &secret).await?;
    let mut r = Reader::new("", &values, cx.locale);
    let typed = r.must("slip");
    let slip = match r.done(|| typed) {
        Ok(typed) => {
            let (actor, ledger) = (cx.actor(), sitting.ledger.ledger);
            let done = cx.office().show_slip(&actor, ledger, sitting.seat.id, &typed).await;
            match done {
                Ok(()) => return Ok(Redirect::to(&format!("/v/{slug}/{secret}")).into_response()),
                Err(failure) => Slip::of(failure.into(), Some("slip".to_owned()), &values, cx.locale)?,
            }
        }
        Err(slip) => slip,
    };
    Ok(slip.answer(page(&cx, &secret, &sitting, Some(&slip)).await?))
}

/// `POST /v/{slug}/{secret}/presence`: they leave, or are back.
pub async fn presence(
    cx: Cx,
    Path((slug, secret)): Path<(String, String)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let sitting = Sitting::load(&cx, &slug, &secret).await?;
    let (ledger, seat) = (sitting.ledger.ledger, sitting.seat.id);
    let (actor, told) = (cx.actor().showing(Claim::Seat), Voter::Own);
    let done = match Going::parse(values.get("way")) {
        Some(Going::Left) => cx.office().act(&actor, ledger, seat, Leave { told }).await,
        Some(Going::Back) => cx.office().act(&actor, ledger, seat, Returns { told }).await,
        None => return Err(Error::NotFound),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/v/{slug}/{secret}")).into_response()),
        Err(failure) => {
            let slip = Slip::of(failure.into(), None, &values, cx.locale)?;
            Ok(slip.answer(page(&cx, &secret, &sitting, Some(&slip)).await?))
        }
    }
}
