//! Confirming an emergency that somebody else entered, or rejecting it. Nobody frees anything alone,
//! nor a worker with a colleague: another role and another person.

use super::events::Event;
use super::refusals::Refusal as Why;
use super::rights::{CONFIRM, REJECT};
use super::rules::Rules;
use super::state::{Basis, Hand};
use yishi_kernel::access::roles::CHIEFS;
use yishi_kernel::{Command, Context, Decided, Refusal, Right};

/// It is an emergency, and its line is the least that makes safe (核对确认).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConfirmBasis;

/// It is none, or not the least (退回).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectBasis {
    /// Why.
    pub reason: String,
}

impl Basis {
    /// Whether this hand confirms it: of whoever answers for the community or the street, and
    /// another role's and person's than wrote what it says.
    #[must_use]
    pub fn is_confirmed_by(&self, hand: &Hand) -> bool {
        CHIEFS.has(hand.role) && hand.by.is_some() && hand.is_another(&self.worded)
    }
}

impl Command for ConfirmBasis {
    type On = Basis;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &CONFIRM
    }

    fn decide(self, on: &Basis, (): &(), ctx: &Context) -> Result<Decided<Basis>, Refusal> {
        let hand = Hand { role: ctx.role, by: ctx.by(), at: ctx.now };
        if !on.is_confirmed_by(&hand) {
            return Err(Why::SecondRole.into());
        }
        let rules = ctx.section::<Rules>();
        Ok(Decided::one(Event::Confirmed {
            role: ctx.role,
            send_by: ctx.due(&rules.send).at,
            account_by: ctx.due(&rules.account).at,
            rules: ctx.rules.digest().to_owned(),
        }))
    }
}

impl Command for RejectBasis {
    type On = Basis;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &REJECT
    }

    fn decide(self, _: &Basis, (): &(), ctx: &Context) -> Result<Decided<Basis>, Refusal> {
        Ok(Decided::one(Event::Rejected { reason: ctx.line("reason", &self.reason)? }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::emergency::laws::world::*;
    use crate::emergency::{BasisStage, BasisStep};
    use yishi_kernel::Stream as _;

    #[test]
    fn another_role_and_another_person_confirm() {
        let mut world = World::new();
        world.enter(WORKER, fence()).unwrap();
        for alone in [WORKER, COLLEAGUE] {
            assert_eq!(world.confirm(alone, 0).unwrap_err(), Why::SecondRole);
        }
        // Nor the same person in another role.
        assert_eq!(world.confirm(WORKER_AS_SECRETARY, 0).unwrap_err(), Why::SecondRole);
        assert_eq!(world.basis(0).next().unwrap().0, BasisStep::Confirm);
        world.confirm(SECRETARY, 0).unwrap();
        let basis = world.basis(0);
        assert_eq!((basis.stage, basis.next().unwrap().0), (BasisStage::Confirmed, BasisStep::Send));
        assert_eq!(basis.next().unwrap().1, world.now.plus_seconds(120 * 60));

        let mut world = World::new();
        world.enter(SECRETARY, fence()).unwrap();
        assert_eq!(world.confirm(SECRETARY, 0).unwrap_err(), Why::SecondRole);
        world.confirm(STREET, 0).unwrap();
    }

    #[test]
    fn a_line_that_reads_otherwise_is_confirmed_anew_by_another() {
        let mut world = World::new();
        world.enter(WORKER, fence()).unwrap();
        world.confirm(SECRETARY, 0).unwrap();
        world.reword(SECRETARY, 0);
        assert_eq!(world.basis(0).stage, BasisStage::Entered);
        assert!(world.send(WORKER, 0).is_err());
        assert_eq!(world.confirm(SECRETARY, 0).unwrap_err(), Why::SecondRole);
        world.confirm(STREET, 0).unwrap();
        world.send(WORKER, 0).unwrap();
        // What has left has left: its order goes by its own page.
        world.reword(WORKER, 0);
        assert_eq!(world.basis(0).stage, BasisStage::Confirmed);
    }

    #[test]
    fn a_rejected_one_says_why_and_frees_nothing() {
        let mut world = World::new();
        world.enter(WORKER, fence()).unwrap();
        world.reject(SECRETARY, 0).unwrap();
        assert!(world.basis(0).waits().is_empty());
        assert!(world.send(WORKER, 0).is_err() && world.confirm(STREET, 0).is_err());
        world.enter(WORKER, fence()).unwrap();
    }
}
