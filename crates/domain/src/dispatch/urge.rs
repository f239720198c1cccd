//! Urging whoever an order's next step waits for 催办、督办: the body that is to do it, the street
//! that is to whistle, the desk that is to accept it. How urging goes is the kernel's; a letter is
//! followed up besides, with what came of it; bodies beside the lead are urged each by itself.

use super::{Event, Order, URGE};
use yishi_kernel::{PlaceId, Right, Stream as _, Urgeable, Urged, Urging, Wait};

impl Urgeable for Order {
    const URGE: &'static Right = &URGE;

    fn urged(&self) -> &Urged {
        &self.urged
    }

    fn seen_to_at(&self) -> PlaceId {
        self.desk
    }

    fn urged_for(&self) -> Vec<Wait> {
        let at = self.at();
        self.next().map(|(step, holder, due)| Wait::new(step, holder, due, at)).into_iter().collect()
    }

    fn urged_now(how: Urging) -> Event {
        Event::Urged { how }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dispatch::OrderKind;
    use crate::dispatch::laws::world::*;
    use yishi_kernel::urging::NotUrged;
    use yishi_kernel::{Denied, Urge};

    fn urge() -> Urge<Order> {
        Urge::default()
    }

    #[test]
    fn a_body_is_reminded_by_the_community_and_pressed_by_the_street_and_again_once_its_day_passed() {
        let mut world = World::sent(OrderKind::Work, lamps());
        let (due, before) = (world.order().report_by, world.order());
        // Half a day before, and then half a day after: the day passed in between.
        world.now = due.plus_seconds(-DAY / 2);
        world.act(WORKER, urge()).unwrap();
        let again = NotUrged::Lately(world.now.plus_seconds(DAY));
        assert_eq!(world.act(COLLEAGUE, urge()).unwrap_err(), again);
        world.act(STREET, urge()).unwrap();
        world.now = due.plus_seconds(DAY / 4);
        for who in [COLLEAGUE, STREET] {
            world.act(who, urge()).unwrap();
            let again = NotUrged::Lately(world.now.plus_seconds(DAY));
            assert_eq!(world.act(who, urge()).unwrap_err(), again);
        }
        let order = world.order();
        assert_eq!([Urging::Remind, Urging::Press].map(|how| order.urged.by(how)), [Some((2, world.now)); 2]);
        assert_eq!((order.next(), order.stage), (before.next(), before.stage), "no deadline changed");
        let denied = world.act(LAMP_OFFICER, urge()).unwrap_err();
        assert!(matches!(denied.denied(), Some(Denied::Role { .. })), "{denied:?}");
    }

    #[test]
    fn nobody_urges_their_own_desk_and_a_letter_is_the_desks() {
        let mut letter = World::sent(OrderKind::Letter, lamps());
        letter.now = letter.order().due;
        assert_eq!(letter.act(WORKER, urge()).unwrap_err(), NotUrged::Own);
        letter.act(STREET, urge()).unwrap();
        assert_eq!(letter.order().urged.by(Urging::Press), Some((1, letter.now)));
    }
}
