//! Urging whoever holds a matter 催办、督办: which desk sees to it. How urging goes is the kernel's.

use super::events::Event;
use super::rights::URGE;
use super::state::Matter;
use yishi_kernel::{PlaceId, Right, Urgeable, Urged, Urging};

impl Urgeable for Matter {
    const URGE: &'static Right = &URGE;

    fn urged(&self) -> &Urged {
        &self.urged
    }

    fn seen_to_at(&self) -> PlaceId {
        self.sent_up.unwrap_or(self.desk)
    }

    fn urged_now(how: Urging) -> Event {
        Event::Urged { how }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::matters::laws::world::{DAY, Move, World, matter_id};
    use crate::testing::person;
    use yishi_kernel::urging::NotUrged;
    use yishi_kernel::{Denied, Role, Stream as _, Urge};

    #[test]
    fn who_works_beside_the_holder_reminds_and_who_is_above_presses_each_once_a_day() {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        let own = person(1, Role::CommunityWorker, 2);
        let urge = |world: &mut World, who| world.one(who, matter_id(0), Urge::<Matter>::default(), &());
        assert_eq!(urge(&mut world, &own).unwrap_err(), NotUrged::Own, "her desk's");
        world.step(1, Move::Triage { matter: 0, outcome: 1, to: 1 }).unwrap();
        let before = world.matter(matter_id(0)).unwrap();
        let [holder, colleague, another] = [1, 2, 5].map(|who| person(who, Role::CommunityWorker, 2));
        let street = person(4, Role::StreetOfficer, 1);
        let due = before.waits()[0].due;
        assert_eq!(urge(&mut world, &colleague).unwrap_err(), NotUrged::NotDue(due), "there is time");
        world.now = due.plus_seconds(DAY);
        assert_eq!(urge(&mut world, &holder).unwrap_err(), NotUrged::Own);
        for (who, again) in [(&colleague, &another), (&street, &street)] {
            urge(&mut world, who).unwrap();
            let lately = NotUrged::Lately(world.now.plus_seconds(DAY));
            assert_eq!(urge(&mut world, again).unwrap_err(), lately, "of the matter, whoever did it");
        }
        let matter = world.matter(matter_id(0)).unwrap();
        let at = world.now;
        assert_eq!([Urging::Remind, Urging::Press].map(|how| matter.urged.by(how)), [Some((1, at)); 2]);
        assert_eq!(
            (matter.waits(), matter.stage()),
            (before.waits(), before.stage()),
            "nobody's duty changed"
        );
        world.now = world.now.plus_seconds(DAY);
        urge(&mut world, &street).unwrap();
        let pressed = world.matter(matter_id(0)).unwrap().urged.by(Urging::Press);
        assert_eq!(pressed, Some((2, world.now)));
        let steward = person(3, Role::Steward, 4);
        assert!(matches!(urge(&mut world, &steward).unwrap_err().denied(), Some(Denied::Role { .. })));
    }
}
