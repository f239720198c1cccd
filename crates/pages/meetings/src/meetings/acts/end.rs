//! Ending a vote and counting it; one that was ended and not counted is only counted.

use crate::meetings::hall::at;
use crate::meetings::hall::{Hall, MeetingAtWork};
use crate::meetings::turnout::Turnout;
use maud::{Markup, html};
use yishi_domain::meetings::{HOLD, MeetingStage};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::read::Ticked;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Ending a vote and counting it.
#[derive(Debug)]
pub struct End;

impl Act for End {
    type On = MeetingAtWork;
    type Command = u32;
    const WORD: &'static str = "end";
    const RIGHT: &'static Right = &HOLD;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        let sitting = &hall.state.sitting;
        let open = hall.state.stage == MeetingStage::Open;
        let Some(motion) = sitting.voting().or(sitting.counting()).filter(|_| open) else {
            return Ok(html! {});
        };
        let t = f.t();
        let turnout = Turnout::of(hall, motion).await?;
        let owners = motion.decides.joint().is_some();
        let inner = html! {
            p { (t.say(if owners { "end-owners" } else { "end-lead" })) }
            @if let Some(turnout) = &turnout {
                p { strong { (t.with("end-turnout", &[("voted", &turnout.voted), ("on", &turnout.on)])) } }
                @if turnout.missing() > 0 {
                    p { (t.with("end-missing", &[("missing", &turnout.missing()), ("without", &turnout.without)])) }
                    (f.check("sure"))
                }
            }
            (f.hidden("motion", &motion.number.to_string()))
            (f.submit(if owners { "end-recommend" } else { "end-send" }, "wide"))
        };
        Ok(f.card(&t.with("end-title", &[("number", &motion.number)]), &inner))
    }

    async fn read(hall: &Hall, mut r: Reader<'_>) -> Result<u32, Slip> {
        let motion: Option<u32> = r.id_or_none("motion");
        let voting = hall.state.sitting.voting().filter(|open| Some(open.number) == motion);
        let missing = match voting {
            // What cannot be read asks nobody; ending itself then says what is wrong.
            Some(open) => Turnout::of(hall, open).await.ok().flatten().is_some_and(|one| one.missing() > 0),
            None => false,
        };
        // Asked once, with the numbers: who has not voted votes no more.
        if missing && r.ticked("sure") == Ticked::No {
            r.wrong("sure", "end-ask");
        }
        r.done(|| motion)
    }

    async fn carry_out(hall: &Hall, motion: u32) -> Result<Next, Error> {
        let (ledger, meeting) = at(hall);
        hall.cx.office().end_vote(&hall.staff.actor, ledger, meeting, motion).await?;
        Ok(Next::Back)
    }

    /// What does not fit is the count, and there is no field here to put it right.
    fn field(_: &Error) -> Option<&'static str> {
        None
    }
}
