//! Handing over 转办: taking it oneself, or giving it to another holder.

use super::events::Event;
use super::rights::HAND_OVER;
use super::state::Matter;
use super::to_hold::ToHold;
use yishi_kernel::named::Named;
use yishi_kernel::refusal::Common;
use yishi_kernel::{AccountId, Command, Context, Decided, Holder, Refusal, Right, Sealed};

/// Takes a matter over, or hands it to another.
#[derive(Clone, Debug, PartialEq)]
pub struct HandOver {
    /// To whom.
    pub holder: Holder,
    /// The person, when a person is to hold it.
    pub person: Option<AccountId>,
    /// Why.
    pub reason: String,
}

impl Command for HandOver {
    type On = Matter;
    type Facts = ToHold;

    fn right(&self) -> &'static Right {
        &HAND_OVER
    }

    fn names(&self) -> Vec<Named> {
        Named::holder("holder", self.holder, self.person)
    }

    fn decide(self, matter: &Matter, to: &ToHold, ctx: &Context) -> Result<Decided<Matter>, Refusal> {
        let same_person = matter.person.as_ref().and_then(Sealed::get) == self.person.as_ref();
        if self.holder == matter.holder && same_person {
            return Err(Common::SameHolder.into());
        }
        to.must_fit(matter, self.holder, ctx)?;
        let reason = ctx.line("reason", &self.reason)?;
        let person = self.person.map(Sealed::Kept);
        Ok(Decided::one(Event::HandedOver { holder: self.holder, person, reason }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::matters::Refusal as Why;
    use crate::matters::laws::world::{Move, World, actors, matter_id};
    use crate::testing::{account, place};
    use yishi_kernel::{Denied, HolderKey, Stream};

    #[test]
    fn it_goes_to_another_one_whose_hands_it_stays_in() {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        world.step(1, Move::Triage { matter: 0, outcome: 1, to: 1 }).unwrap();
        assert_eq!(world.step(3, Move::HandOver { matter: 0, to: 3 }).unwrap_err(), Denied::NotHolder);
        world.step(1, Move::HandOver { matter: 0, to: 3 }).unwrap();
        assert_eq!(world.step(1, Move::HandOver { matter: 0, to: 3 }).unwrap_err(), Common::SameHolder);
        let matter = world.matter(matter_id(0)).unwrap();
        assert_eq!(matter.waits()[0].holder, HolderKey::person(account(3)));
        assert_eq!(matter.handlers, [1, 3].map(|n| Sealed::from(account(n))));
        // A steward works on what a steward was given.
        world.step(3, Move::Answer { matter: 0 }).unwrap();
    }

    /// Found by a year simulated: at the desk below nobody may take its next step.
    #[test]
    fn what_went_above_because_of_the_committee_does_not_come_back_to_its_desk() {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 0 }).unwrap();
        world.step(4, Move::Triage { matter: 0, outcome: 1, to: 4 }).unwrap();
        let back =
            |desk| HandOver { holder: Holder::Desk(place(desk)), person: None, reason: "退回".to_owned() };
        let mut hand_over = |desk| world.one(&actors()[4], matter_id(0), back(desk), &ToHold::default());
        assert_eq!(hand_over(2).unwrap_err(), Why::HolderConcerned);
        hand_over(1).unwrap();
    }
}
