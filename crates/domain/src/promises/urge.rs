//! Urging whoever a promise's next step waits for 催办、督办: the body that owes it, or the desk that
//! is to see that it is kept. How urging goes is the kernel's.

use super::{Event, Promise, URGE};
use yishi_kernel::{PlaceId, Right, Urgeable, Urged, Urging};

impl Urgeable for Promise {
    const URGE: &'static Right = &URGE;

    fn urged(&self) -> &Urged {
        &self.urged
    }

    fn seen_to_at(&self) -> PlaceId {
        self.desk
    }

    fn urged_now(how: Urging) -> Event {
        Event::Urged { how }
    }
}
