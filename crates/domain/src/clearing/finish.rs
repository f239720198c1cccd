//! Signing a run (签字公开): every item is marked, and nothing that is overdue is said to be on track.
//! From then on its sheet is as it is, known by the digest of its text.

use super::sheet::{Head, Line, text};
use super::{Event, FINISH, Outcome, Refusal, Run};
use yishi_kernel::rules::digest_of;
use yishi_kernel::{Command, Context, Decided, Right};

/// Sign it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finish;

/// All lines of the sheet (清账单).
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// What it is of.
    pub head: Head,
    /// Its lines, in any order.
    pub lines: Vec<Line>,
}

impl Command for Finish {
    type On = Run;
    type Facts = Sheet;

    fn right(&self) -> &'static Right {
        &FINISH
    }

    fn decide(self, _: &Run, sheet: &Sheet, ctx: &Context) -> Result<Decided<Run>, yishi_kernel::Refusal> {
        let count =
            |wanted: &dyn Fn(&Line) -> bool| sheet.lines.iter().filter(|line| wanted(line)).count() as u64;
        let unmarked = count(&|line| line.outcome.is_none());
        if unmarked > 0 {
            return Err(Refusal::Unmarked(unmarked).into());
        }
        let on_its_way = |line: &Line| matches!(line.outcome, Some(Outcome::OnTrack | Outcome::Advanced));
        let overdue = count(&|line| on_its_way(line) && line.day.is_none_or(|day| day <= ctx.now));
        if overdue > 0 {
            return Err(Refusal::Overdue(overdue).into());
        }
        Ok(Decided::one(Event::Finished { sha256: digest_of(&text(&sheet.head, &sheet.lines)) }))
    }
}
