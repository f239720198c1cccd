//! Taking back 撤回: whoever holds a receipt wants no answer any more. What nobody has worked on yet
//! ends with the last receipt that is taken back, without a call. What is in hand goes on, and so
//! does what others stand behind, or what endangers people: then the receipt ends alone, nobody is
//! called about it, and whoever works on the matter sees that and may close it once it is answered.

use super::carrier::Carrier;
use super::effects::TakeBack;
use super::events::ReceiptEvent;
use super::receipt::Receipt;
use super::rights::WITHDRAW;
use super::words::StageKind;
use yishi_kernel::{Command, Context, Decided, Refusal, Resource, Right};

/// Takes a receipt back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Withdraw;

/// What taking back must know.
#[derive(Clone, Debug, PartialEq)]
pub struct Withdrawing {
    /// The matter that carries the receipt.
    pub carrier: Carrier,
    /// How many other receipts of its family nobody has taken back.
    pub others: u64,
    /// How many dangers of the family are open.
    pub dangers: u64,
}

impl Command for Withdraw {
    type On = Receipt;
    type Facts = Withdrawing;

    fn right(&self) -> &'static Right {
        &WITHDRAW
    }

    fn resource(&self, _: &Receipt, facts: &Withdrawing, ctx: &Context) -> Resource {
        facts.carrier.resource(ctx.actor)
    }

    fn decide(
        self,
        receipt: &Receipt,
        facts: &Withdrawing,
        _: &Context,
    ) -> Result<Decided<Receipt>, Refusal> {
        let Carrier { root, matter, .. } = &facts.carrier;
        receipt.is_withdrawn_by_link(matter)?;
        let decided = Decided::one(ReceiptEvent::Withdrawn {});
        let untouched = matter.stage() == StageKind::Raised && matter.sent_up.is_none();
        match untouched && facts.others == 0 && facts.dangers == 0 {
            true => Ok(decided.and(*root, TakeBack)),
            false => Ok(decided),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::matters::Refusal as Why;
    use crate::matters::laws::world::{Move, World, actors, matter_id};
    use yishi_kernel::{Actor, Claim, Denied};

    fn world(joined: usize) -> World {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        for _ in 0..joined {
            world.step(0, Move::Join { matter: 0 }).unwrap();
        }
        world
    }

    #[test]
    fn what_nobody_worked_on_ends_with_the_last_who_stood_behind_it() {
        let mut world = world(1);
        world.step(0, Move::Withdraw { receipt: 0 }).unwrap();
        assert_eq!(world.matter(matter_id(0)).unwrap().stage(), StageKind::Raised, "another one waits");
        let twice = world.step(0, Move::Withdraw { receipt: 0 }).unwrap_err();
        assert_eq!(twice, Why::TakenBack);
        world.step(0, Move::Withdraw { receipt: 1 }).unwrap();
        let matter = world.matter(matter_id(0)).unwrap();
        assert!(matter.is_withdrawn() && matter.closed.is_some());
        let late = world.step(0, Move::Join { matter: 0 }).unwrap_err();
        assert_eq!(late.denied(), Some(&Denied::stage(StageKind::Closed)));
    }

    #[test]
    fn what_is_in_hand_goes_on_and_asks_nobody_who_took_it_back() {
        let mut world = world(0);
        world.step(1, Move::Triage { matter: 0, outcome: 1, to: 1 }).unwrap();
        world.step(0, Move::Withdraw { receipt: 0 }).unwrap();
        assert_eq!(world.matter(matter_id(0)).unwrap().stage(), StageKind::InHand);
        world.step(1, Move::Answer { matter: 0 }).unwrap();
        let called = world.step(2, Move::CallBack { receipt: 0, said: None }).unwrap_err();
        assert_eq!(called, Why::TakenBack);
        world.step(1, Move::Close { matter: 0 }).unwrap();
        assert!(!world.matter(matter_id(0)).unwrap().is_withdrawn(), "it was answered");
    }

    #[test]
    fn what_endangers_people_goes_on() {
        let mut world = world(0);
        let receipt = world.receipts()[0].0.clone();
        let holder = Actor::visitor().showing(Claim::Receipt);
        let facts = Withdrawing { dangers: 1, ..world.withdrawing(0).unwrap() };
        world.withdraw(&holder, receipt.id().parse().unwrap(), &facts).unwrap();
        assert_eq!(world.matter(matter_id(0)).unwrap().stage(), StageKind::Raised);
    }

    #[test]
    fn whoever_works_on_it_does_not_take_back_what_they_opened_for_a_neighbour() {
        let mut world = World::new();
        world.for_a_neighbour(&actors()[1]).unwrap();
        assert_eq!(world.step(0, Move::Withdraw { receipt: 0 }).unwrap_err(), Why::LinkSeen);
        let mut world = World::new();
        world.for_a_neighbour(&actors()[3]).unwrap();
        world.step(1, Move::Triage { matter: 0, outcome: 1, to: 3 }).unwrap();
        assert_eq!(world.step(0, Move::Withdraw { receipt: 0 }).unwrap_err(), Why::LinkSeen);
    }
}
