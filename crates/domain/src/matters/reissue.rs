//! Issuing a receipt anew 补发: its link was lost, or others have seen it. Whoever has its code, or
//! the device it was opened from, does so alone; else somebody who works here checks by what was
//! given with it whom they have before them. The last digits of a telephone are no check: they
//! lead to the desk. What leads to it before ends.

use super::carrier::Carrier;
use super::events::ReceiptEvent;
use super::receipt::{Contact, Receipt};
use super::refusals::Refusal as Why;
use super::rights::{REISSUE, REISSUE_OWN};
use super::words::KnownBy;
use yishi_kernel::access::roles::STEERS;
use yishi_kernel::{Command, Context, Decided, Refusal, Resource, Right};

/// Issues a receipt anew.
#[derive(Clone, Debug, PartialEq)]
pub struct Reissue {
    /// By what its holder is known.
    pub known_by: KnownBy,
    /// SHA-256 of the new link's secret, in hex.
    pub secret: String,
}

impl Command for Reissue {
    type On = Receipt;
    type Facts = Carrier;

    fn right(&self) -> &'static Right {
        match self.known_by {
            KnownBy::Device | KnownBy::Code | KnownBy::Link => &REISSUE_OWN,
            KnownBy::InPerson | KnownBy::ByPhone | KnownBy::Opener => &REISSUE,
        }
    }

    fn resource(&self, _: &Receipt, carrier: &Carrier, ctx: &Context) -> Resource {
        carrier.resource(ctx.actor)
    }

    fn decide(self, receipt: &Receipt, _: &Carrier, ctx: &Context) -> Result<Decided<Receipt>, Refusal> {
        let own = receipt.opened_by.as_ref().zip(ctx.actor.account).is_some_and(|(by, own)| by.is(&own));
        let given = |what| what == Contact::Given;
        let checked = match self.known_by {
            KnownBy::Device | KnownBy::Code | KnownBy::Link => true,
            // Whoever opened it knows for whom.
            KnownBy::Opener if own => true,
            KnownBy::Opener => return Err(Why::NotOpener.into()),
            KnownBy::InPerson | KnownBy::ByPhone if !own && !STEERS.has(ctx.role) => {
                return Err(Why::NotOpener.into());
            }
            KnownBy::InPerson => own || given(receipt.name) || given(receipt.contact),
            KnownBy::ByPhone => given(receipt.contact),
        };
        if !checked {
            return Err(Why::NobodyToCheck.into());
        }
        Ok(Decided::one(ReceiptEvent::Reissued { known_by: self.known_by, secret: self.secret.into() }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::evaluation::{self, Solved};
    use crate::matters::laws::world::{Move, World, actors, receipt_id};
    use crate::matters::{ReceiptId, StageKind};
    use yishi_kernel::{Actor, Claim, Denied};

    fn anew(known_by: KnownBy, secret: &str) -> Reissue {
        Reissue { known_by, secret: secret.to_owned() }
    }

    fn receipt(world: &World, id: ReceiptId) -> Receipt {
        world.book.loaded::<Receipt>(id).state.unwrap()
    }

    #[test]
    fn a_worker_checks_by_what_was_given_and_whoever_gave_nothing_needs_code_or_device() {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        let [visitor, worker, _, steward, ..] = &actors()[..] else { panic!("people") };
        let refused = world.on_receipt(visitor, 0, anew(KnownBy::InPerson, "a")).unwrap_err();
        assert_eq!(refused, Denied::SignIn);
        let refused = world.on_receipt(visitor, 0, anew(KnownBy::Device, "a")).unwrap_err();
        assert_eq!(refused, Denied::NoReceipt);
        for known_by in [KnownBy::InPerson, KnownBy::ByPhone, KnownBy::Opener] {
            let refused = world.on_receipt(steward, 0, anew(known_by, "a")).unwrap_err();
            assert_eq!(refused, Why::NotOpener, "she did not open it");
        }
        world.on_receipt(worker, 0, anew(KnownBy::ByPhone, "a")).unwrap();
        world.on_receipt(worker, 0, anew(KnownBy::InPerson, "b")).unwrap();
        let now = receipt(&world, receipt_id(0));
        assert_eq!((now.reissued, now.secret.unwrap().get().unwrap().as_str()), (2, "b"));
        let ended: Vec<_> = now.ended.iter().filter_map(|(secret, _)| secret.get().cloned()).collect();
        assert_eq!(ended, ["a"]);

        let mut world = World::new();
        world.anonymous().unwrap();
        for known_by in [KnownBy::InPerson, KnownBy::ByPhone] {
            let refused = world.on_receipt(worker, 0, anew(known_by, "a")).unwrap_err();
            assert_eq!(refused, Why::NobodyToCheck);
        }
        let holder = Actor::visitor().showing(Claim::Receipt);
        for (known_by, secret) in [(KnownBy::Code, "a"), (KnownBy::Device, "b"), (KnownBy::Link, "c")] {
            world.on_receipt(&holder, 0, anew(known_by, secret)).unwrap();
        }
    }

    #[test]
    fn a_steward_hands_over_again_what_she_opened() {
        let mut world = World::new();
        world.for_a_neighbour(&actors()[3]).unwrap();
        world.on_receipt(&actors()[3], 0, anew(KnownBy::Opener, "a")).unwrap();
        let refused = world.on_receipt(&actors()[1], 0, anew(KnownBy::Opener, "b")).unwrap_err();
        assert_eq!(refused, Why::NotOpener);
    }

    #[test]
    fn whom_it_concerns_gives_it_to_nobody() {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 0 }).unwrap();
        let refused = world.on_receipt(&actors()[1], 0, anew(KnownBy::InPerson, "a")).unwrap_err();
        assert_eq!(refused, Denied::Concerned);
        let shown = actors()[1].showing(Claim::Receipt);
        let refused = world.on_receipt(&shown, 0, anew(KnownBy::Code, "a")).unwrap_err();
        assert_eq!(refused, Denied::Concerned);
        world.on_receipt(&actors()[4], 0, anew(KnownBy::InPerson, "a")).unwrap();
    }

    #[test]
    fn whoever_worked_on_it_and_gave_out_the_link_does_not_judge_by_it() {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        world.on_receipt(&actors()[1], 0, anew(KnownBy::InPerson, "a")).unwrap();
        assert!(receipt(&world, receipt_id(0)).is_erased_by_link(StageKind::InHand).is_err());
        world.step(1, Move::Triage { matter: 0, outcome: 1, to: 1 }).unwrap();
        assert_eq!(world.step(0, Move::Withdraw { receipt: 0 }).unwrap_err(), Why::LinkSeen);
        world.step(1, Move::Answer { matter: 0 }).unwrap();
        let say = Move::Evaluate { receipt: 0, solved: Solved::Yes };
        assert_eq!(world.step(0, say.clone()).unwrap_err(), evaluation::Refusal::ByCall);
        // By a link that only the own device has seen they judge themselves.
        let holder = Actor::visitor().showing(Claim::Receipt);
        world.on_receipt(&holder, 0, anew(KnownBy::Code, "b")).unwrap();
        assert_eq!(world.step(0, say.clone()).unwrap_err(), evaluation::Refusal::ByCall);
        world.on_receipt(&holder, 0, anew(KnownBy::Device, "c")).unwrap();
        world.step(0, say).unwrap();
    }
}
