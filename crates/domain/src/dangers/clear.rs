//! A second role agrees that there is no danger. Whoever said so does not agree with themselves,
//! and a worker does not settle it with a colleague.

use super::{CLEAR, Danger, Event, Refusal};
use yishi_kernel::Right;
use yishi_kernel::access::roles::CHIEFS;
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::refusal::optional;

/// Agrees that there is no danger (排除).
#[derive(Clone, Debug, PartialEq)]
pub struct Clear {
    /// A word with it; may be empty.
    pub note: String,
}

impl Command for Clear {
    type On = Danger;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &CLEAR
    }

    fn decide(self, on: &Danger, (): &(), ctx: &Context) -> Result<Decided<Danger>, crate::Refusal> {
        // Said before anything else: whoever tries it alone has mostly said nothing before.
        if !CHIEFS.has(ctx.role) {
            return Err(Refusal::SecondRole.into());
        }
        let doubted = on.doubted.as_ref().ok_or(Refusal::NotDoubted)?;
        let own = ctx.actor.account.is_none_or(|own| doubted.by.as_ref().is_some_and(|by| by.is(&own)));
        if own || ctx.role == doubted.role {
            return Err(Refusal::SecondRole.into());
        }
        Ok(Decided::one(Event::Cleared { note: optional(ctx.note("note", &self.note))? }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dangers::laws::world::*;
    use crate::dangers::{DangerStage, Doubt, Risk, Uphold};
    use yishi_kernel::Stream;

    fn doubt() -> Doubt {
        Doubt { reason: "瓷砖是装修掉下的，墙面完好".to_owned() }
    }

    fn clear() -> Clear {
        Clear { note: String::new() }
    }

    #[test]
    fn no_danger_needs_a_second_role_and_a_reason() {
        let mut world = World::reported(Risk::Life);
        assert_eq!(world.act(WORKER, clear()).unwrap_err(), Refusal::SecondRole);
        assert_eq!(world.act(SECRETARY, clear()).unwrap_err(), Refusal::NotDoubted);
        let silent = Doubt { reason: String::new() };
        assert!(world.act(WORKER, silent).is_err());
        let due = world.danger().due;
        world.act(WORKER, doubt()).unwrap();
        assert_eq!(world.act(STREET, doubt()).unwrap_err(), Refusal::IsDoubted);
        for alone in [WORKER, COLLEAGUE] {
            assert_eq!(world.act(alone, clear()).unwrap_err(), Refusal::SecondRole);
        }
        assert_eq!((world.danger().stage, world.danger().due), (DangerStage::Reported, due));
        world.act(SECRETARY, clear()).unwrap();
        assert_eq!((world.danger().stage, world.danger().waits()), (DangerStage::Cleared, Vec::new()));
    }

    #[test]
    fn the_secretary_needs_the_street_and_whoever_does_not_agree_says_why() {
        let mut world = World::reported(Risk::Life);
        world.act(SECRETARY, doubt()).unwrap();
        assert_eq!(world.act(SECRETARY, clear()).unwrap_err(), Refusal::SecondRole);
        let uphold = Uphold { reason: "还在往下掉".to_owned() };
        assert_eq!(world.act(SECRETARY, uphold.clone()).unwrap_err(), Refusal::SecondRole);
        world.act(STREET, uphold).unwrap();
        assert!(world.danger().doubted.is_none() && world.danger().is_open());
        world.act(SECRETARY, doubt()).unwrap();
        world.act(STREET, clear()).unwrap();
        assert_eq!(world.danger().stage, DangerStage::Cleared);
    }
}
