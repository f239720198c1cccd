//! Extending 延期: a matter in hand gets a later day, for a reason that everyone reads. Those who asked
//! read both on their receipts; the day before stays in its entries.

use super::events::Event;
use super::refusals::Refusal as Why;
use super::rights::EXTEND;
use super::state::Matter;
use yishi_kernel::{Command, Context, Decided, Moment, Refusal, Right};

/// Gives a matter a later day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extend {
    /// Why.
    pub reason: String,
    /// By when it is answered now.
    pub due: Moment,
}

/// What extending must know: whether people are in danger, and nothing protects them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exposed {
    /// How many dangers of the matter's family are open without a protective step in force.
    pub dangers: u64,
}

impl Command for Extend {
    type On = Matter;
    type Facts = Exposed;

    fn right(&self) -> &'static Right {
        &EXTEND
    }

    fn decide(self, matter: &Matter, exposed: &Exposed, ctx: &Context) -> Result<Decided<Matter>, Refusal> {
        if exposed.dangers > 0 {
            return Err(Why::Unprotected.into());
        }
        if self.due <= matter.due {
            return Err(Why::NotLater(matter.due).into());
        }
        let (reason, due) = (ctx.line("reason", &self.reason)?, ctx.future("due", self.due)?);
        Ok(Decided::one(Event::Extended { reason, due }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::matters::laws::world::{Move, World, matter_id};
    use yishi_kernel::refusal::Common;
    use yishi_kernel::{Denied, Stream as _};

    const DAY: i64 = 86_400;

    #[test]
    fn it_gets_a_later_day_with_a_reason_and_never_while_people_are_exposed() {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        let extend = |days| Move::Extend { matter: 0, days, dangers: 0 };
        assert!(matches!(world.step(1, extend(5)).unwrap_err().denied(), Some(Denied::Stage(_))));
        world.step(1, Move::Triage { matter: 0, outcome: 1, to: 1 }).unwrap();
        let due = world.matter(matter_id(0)).unwrap().due;
        assert_eq!(world.step(1, extend(0)).unwrap_err(), Why::NotLater(due));
        let exposed = Move::Extend { matter: 0, days: 5, dangers: 1 };
        assert_eq!(world.step(1, exposed).unwrap_err(), Why::Unprotected);
        world.step(1, extend(5)).unwrap();
        let matter = world.matter(matter_id(0)).unwrap();
        assert_eq!(matter.waits()[0].due, due.plus_seconds(5 * DAY));
        world.step(1, Move::Wait { days: 60 }).unwrap();
        assert_eq!(world.step(1, extend(5)).unwrap_err(), Common::Past { field: "due" });
    }
}
