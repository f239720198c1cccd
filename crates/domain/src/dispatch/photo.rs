//! A photo of work is published, by an act of its own.

use super::{Event, Order, PUBLISH};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::refusal::Common;
use yishi_kernel::{PhotoDigest, Refusal, Right};

/// Publishes one photo.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishPhoto {
    /// Which.
    pub photo: PhotoDigest,
}

impl Command for PublishPhoto {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &PUBLISH
    }

    fn decide(self, on: &Order, (): &(), _ctx: &Context) -> Result<Decided<Order>, Refusal> {
        if !on.photos.contains(&self.photo) || on.published.contains(&self.photo) {
            return Err(Common::Photo.into());
        }
        Ok(Decided::one(Event::PhotoPublished { photo: self.photo }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dispatch::laws::world::*;
    use crate::dispatch::{OrderKind, Progress};

    #[test]
    fn a_photo_of_the_work_is_published_once_and_no_other() {
        let mut world = World::sent(OrderKind::Work, lamps());
        world.report_in(LAMP_OFFICER).unwrap();
        let photo = PhotoDigest("ab".repeat(32));
        let publish = PublishPhoto { photo: photo.clone() };
        assert_eq!(world.act(WORKER, publish.clone()).unwrap_err(), Common::Photo);
        world.act(LAMP_OFFICER, Progress { note: text(), photos: vec![photo] }).unwrap();
        assert!(needs_another_role(world.act(LAMP_OFFICER, publish.clone())));
        world.act(WORKER, publish.clone()).unwrap();
        assert_eq!(world.act(WORKER, publish).unwrap_err(), Common::Photo);
    }
}
