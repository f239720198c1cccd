//! A partner's token as its events made it.

use super::{Event, PartnerMay};
use yishi_kernel::record::{Link, Staff};
use yishi_kernel::{Actor, Moment, OrganisationId, PlaceId, Resource, Sealed, Stamped, Stream};

/// A program of a partner, with its token (合作方系统).
#[derive(Clone, Debug, PartialEq)]
pub struct Partner {
    /// Whose program it is.
    pub organisation: OrganisationId,
    /// What the program is called.
    pub name: Sealed<String, Staff>,
    /// The place for which it holds, and all below it.
    pub place: PlaceId,
    /// What it may do.
    pub may: PartnerMay,
    /// When it was opened.
    pub opened: Moment,
    /// From when on it holds no more.
    pub expires: Moment,
    /// The keyed digest by which the token is known.
    pub digest: Sealed<String, Link>,
    /// When it was revoked.
    pub revoked: Option<Moment>,
}

impl Stream for Partner {
    const KIND: &'static str = "partner";
    type Event = Event;

    fn begin(first: &Stamped<Event>) -> Option<Self> {
        let Event::Opened { organisation, name, place, may, expires, digest } = &first.what else {
            return None;
        };
        Some(Self {
            organisation: *organisation,
            name: name.clone(),
            place: *place,
            may: *may,
            opened: first.time,
            expires: *expires,
            digest: digest.clone(),
            revoked: None,
        })
    }

    fn evolve(&mut self, next: &Stamped<Event>) {
        match &next.what {
            Event::Opened { .. } => {}
            Event::Revoked {} => {
                self.revoked.get_or_insert(next.time);
            }
        }
    }

    fn place(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn resource(&self, path: &[PlaceId], _actor: &Actor) -> Resource {
        Resource::at(path)
    }
}
