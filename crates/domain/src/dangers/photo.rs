//! A photo of the protection is published, by an act of its own.

use super::{Danger, Event, PUBLISH};
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
    type On = Danger;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &PUBLISH
    }

    fn decide(self, on: &Danger, (): &(), _ctx: &Context) -> Result<Decided<Danger>, Refusal> {
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
    use crate::dangers::laws::world::*;

    #[test]
    fn a_photo_is_published_once_and_not_by_the_company() {
        let mut world = World::safe();
        let publish = PublishPhoto { photo: photo() };
        assert!(world.act(COMPANY_STAFF, publish.clone()).unwrap_err().denied().is_some());
        world.act(WORKER, publish.clone()).unwrap();
        assert_eq!(world.act(WORKER, publish).unwrap_err(), Common::Photo);
    }
}
