//! Confirming the minutes as they stand: chair and recorder, of one text, by its digest.

use crate::meetings::hall::standing;
use crate::meetings::hall::{Hall, MeetingAtWork, Standing};
use maud::{Markup, html};
use yishi_domain::meetings::{self, CONFIRM, Confirming, MeetingStage, STAND_IN};
use yishi_kernel::{Right, Sealed};
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Confirming the minutes.
#[derive(Debug)]
pub struct Confirm;

impl Act for Confirm {
    type On = MeetingAtWork;
    type Command = meetings::Confirm;
    const WORD: &'static str = "confirm";
    const RIGHT: &'static Right = &CONFIRM;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        let (Some(minutes), Some(seat)) = (&hall.row.minutes, seat(hall)) else { return Ok(html! {}) };
        let t = f.t();
        let confirmed = &hall.state.outcome.confirmed;
        let done = |seat| confirmed.get(&seat).is_some_and(|one| *one.minutes == minutes.digest);
        if matches!(seat, Seat::Own(own) if done(own)) {
            return Ok(html! { div.notice { p { (t.say("confirm-done")) } } });
        }
        let (slug, number) = (&hall.ledger.slug, hall.row.story.row.number);
        let inner = html! {
            p { (t.say("confirm-lead")) " " a href={ "/c/" (slug) "/g/" (number) "/minutes" } { (t.say("meeting-minutes")) } }
            @match seat {
                Seat::Own(seat) => p { strong { (t.word(seat)) } },
                Seat::Vacant => p { (t.say("confirm-for")) },
            }
            (f.hidden("digest", &minutes.digest))
            (f.submit("confirm-send", "wide"))
        };
        Ok(f.card(&t.say("confirm-title"), &inner))
    }

    async fn read(hall: &Hall, r: Reader<'_>) -> Result<meetings::Confirm, Slip> {
        let (t, seen) = (r.t(), r.text("digest"));
        // They may have gone on meanwhile: then there is another text to read first.
        if hall.row.minutes.as_ref().is_some_and(|minutes| minutes.digest != seen) {
            let mut slip = Slip::default();
            slip.add(None, t.say("confirm-changed"));
            return Err(slip);
        }
        r.done(|| Some(meetings::Confirm { minutes: seen }))
    }

    async fn carry_out(hall: &Hall, command: meetings::Confirm) -> Result<Next, Error> {
        if let Some(minutes) = &hall.row.minutes {
            // The text is kept before anybody's name stands under it.
            hall.cx.app.office.db.put_blob(minutes.text.clone().into_bytes()).await?;
        }
        hall.act(command).await
    }
}

/// As what somebody confirms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seat {
    /// As chair or recorder.
    Own(Confirming),
    /// For whoever of them let the time pass.
    Vacant,
}

/// As what this person confirms, if at all.
fn seat(hall: &Hall) -> Option<Seat> {
    let (agenda, me) = (&hall.state.agenda, hall.staff.actor.account);
    let is = |who: &Sealed<_, _>| me.is_some_and(|me| who.is(&me));
    let due = hall.state.outcome.reissued.or(hall.row.story.row.next.map(|(_, due)| due));
    let overdue = due.is_some_and(|due| due <= hall.cx.now);
    match (is(&agenda.chair), is(&agenda.recorder)) {
        (true, _) => Some(Seat::Own(Confirming::Chair)),
        (_, true) => Some(Seat::Own(Confirming::Recorder)),
        _ => (overdue && hall.can(&STAND_IN)).then_some(Seat::Vacant),
    }
}

/// Whoever does not confirm learns who has to.
#[must_use]
pub fn waits(hall: &Hall) -> Markup {
    let held = hall.state.stage == MeetingStage::Held || hall.state.outcome.reissued.is_some();
    let waits = held && standing(hall) == Standing::Steering && seat(hall).is_none();
    html! { @if waits { div.notice.warn { p { (hall.cx.locale.say("confirm-wait")) } } } }
}
