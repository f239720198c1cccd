//! Publishing a photo: each by an act of its own.

use super::events::Event;
use super::rights::PUBLISH;
use super::state::Matter;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Command, Context, Decided, PhotoDigest, Refusal, Right};

/// Publishes one photo.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishPhoto {
    /// Which.
    pub photo: PhotoDigest,
}

impl Command for PublishPhoto {
    type On = Matter;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &PUBLISH
    }

    fn decide(self, matter: &Matter, (): &(), _: &Context) -> Result<Decided<Matter>, Refusal> {
        if !matter.photos.contains(&self.photo) || matter.published.contains(&self.photo) {
            return Err(Common::Photo.into());
        }
        Ok(Decided::one(Event::PhotoPublished { photo: self.photo }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::matters::laws::world::{matter_id, path, said, spot};
    use crate::testing::{Book, context, person, rules};
    use yishi_kernel::{Actor, Moment, Role};

    #[test]
    fn each_photo_is_published_once_and_only_if_it_is_there() {
        let (mut book, rules, path, id) = (Book::default(), rules(), path(), matter_id(0));
        let visitor = Actor::visitor();
        book.start(id, said("", 2), &spot(id), &context(Moment(1), &visitor, &rules, &path)).unwrap();
        let worker = person(1, Role::CommunityWorker, 2);
        let ctx = context(Moment(2), &worker, &rules, &path);
        let publish = |photo: &str| PublishPhoto { photo: PhotoDigest(photo.to_owned()) };
        book.act(id, publish("1"), &(), &ctx).unwrap();
        for photo in ["1", "9"] {
            assert_eq!(book.act(id, publish(photo), &(), &ctx).unwrap_err(), Common::Photo);
        }
        let matter: Matter = book.state(id);
        assert_eq!((matter.photos.len(), matter.published.len()), (2, 1));
    }
}
