//! Urging 催办、督办: whoever steers asks the holder to go on, by one tap. Those who work beside the
//! holder remind, whoever is above presses. It changes no deadline and nobody's duty; a person urges
//! one thing once a day, so that it stays a word that counts.

use super::events::Event;
use super::refusals::Refusal as Why;
use super::rights::URGE;
use super::state::Matter;
use super::words::Urging;
use yishi_kernel::access::roles::STREET;
use yishi_kernel::{Actor, Command, Context, Decided, Holder, Moment, Refusal, Right, Sealed};

/// Urges the holder of a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Urge;

impl Command for Urge {
    type On = Matter;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &URGE
    }

    fn decide(self, matter: &Matter, (): &(), ctx: &Context) -> Result<Decided<Matter>, Refusal> {
        if matter.is_held_by(ctx.actor, ctx.now) {
            return Err(Why::UrgeOwn.into());
        }
        let by = ctx.by();
        let before = matter.urged.iter().find(|(who, _)| *who == by);
        if before.is_some_and(|(_, at)| at.date() == ctx.now.date()) {
            return Err(Why::UrgedToday.into());
        }
        // The desk that sees to it is beside the holder, and so is all that works there.
        let desk = matter.sent_up.unwrap_or(matter.desk);
        let beside = ctx.actor.current(ctx.now).any(|grant| grant.place == desk);
        let how = if STREET.has(ctx.role) && !beside { Urging::Press } else { Urging::Remind };
        Ok(Decided::one(Event::Urged { how }))
    }
}

impl Matter {
    /// Whether somebody holds it themselves, or works at the desk that does.
    #[must_use]
    pub fn is_held_by(&self, who: &Actor, now: Moment) -> bool {
        match self.holder {
            Holder::Desk(desk) => who.current(now).any(|grant| grant.place == desk),
            Holder::Person(..) | Holder::Organisation(_) => {
                who.account.is_some() && self.person.as_ref().and_then(Sealed::get).copied() == who.account
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::matters::laws::world::{DAY, Move, World, matter_id};
    use crate::testing::person;
    use yishi_kernel::{Denied, Role, Stream as _};

    #[test]
    fn who_works_beside_the_holder_reminds_and_who_is_above_presses_once_a_day() {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        let own = person(1, Role::CommunityWorker, 2);
        assert_eq!(world.one(&own, matter_id(0), Urge, &()).unwrap_err(), Why::UrgeOwn, "her desk's");
        world.step(1, Move::Triage { matter: 0, outcome: 1, to: 1 }).unwrap();
        let before = world.matter(matter_id(0)).unwrap();
        let [holder, colleague] = [1, 2].map(|who| person(who, Role::CommunityWorker, 2));
        let street = person(4, Role::StreetOfficer, 1);
        let urge = |world: &mut World, who| world.one(who, matter_id(0), Urge, &());
        assert_eq!(urge(&mut world, &holder).unwrap_err(), Why::UrgeOwn);
        for who in [&colleague, &street] {
            urge(&mut world, who).unwrap();
            assert_eq!(urge(&mut world, who).unwrap_err(), Why::UrgedToday);
        }
        let matter = world.matter(matter_id(0)).unwrap();
        assert_eq!(matter.urged.len(), 2);
        assert_eq!(
            (matter.waits(), matter.stage()),
            (before.waits(), before.stage()),
            "nobody's duty changed"
        );
        world.now = world.now.plus_seconds(DAY);
        urge(&mut world, &street).unwrap();
        assert_eq!(world.matter(matter_id(0)).unwrap().urged.len(), 2, "of each the last");
        let steward = person(3, Role::Steward, 4);
        assert!(matches!(urge(&mut world, &steward).unwrap_err().denied(), Some(Denied::Role { .. })));
    }
}
