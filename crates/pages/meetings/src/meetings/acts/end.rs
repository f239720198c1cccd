//! Ending a vote and counting it; one that was ended and not counted is only counted.

use crate::meetings::hall::at;
use crate::meetings::hall::{Hall, MeetingAtWork};
use maud::{Markup, html};
use yishi_domain::meetings::{HOLD, MeetingStage, Motion, SignedIn, Vote, VoteMode};
use yishi_kernel::Right;
use yishi_office::meetings::reads::turnout;
use yishi_pages_dispatch::ballots::face::badge;
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
            (badge(&motion.decides, t))
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

/// Who is on the roll of an open vote by phone, and who of them has voted.
struct Turnout {
    on: u64,
    voted: u64,
    /// Without a phone, and not voted yet.
    without: u64,
}

impl Turnout {
    async fn of(hall: &Hall, motion: &Motion) -> Result<Option<Self>, Error> {
        let open = motion.vote == Vote::Open && motion.mode == VoteMode::Phones;
        let Some(roll) = motion.roll.filter(|_| open) else { return Ok(None) };
        let (ledger, meeting) = at(hall);
        let rows = turnout(&hall.cx.app.office.db, ledger, meeting, roll.number, motion.number).await?;
        let mut all = Self { on: 0, voted: 0, without: 0 };
        for row in rows {
            all.on += row.on;
            all.voted += row.voted;
            if row.how == SignedIn::Register {
                all.without += row.on.saturating_sub(row.voted);
            }
        }
        Ok(Some(all))
    }

    fn missing(&self) -> u64 {
        self.on.saturating_sub(self.voted)
    }
}
