//! A venue as its events made it.

use super::{Details, Event, VenueStage};
use yishi_kernel::access::Stage;
use yishi_kernel::{Actor, Moment, PlaceId, Published, Resource, Stamped, Stream};

/// A venue: somewhere people can go to do something (场地).
#[derive(Clone, Debug, PartialEq)]
pub struct Venue {
    /// Where it stands.
    pub stage: VenueStage,
    /// Where it lies.
    pub place: PlaceId,
    /// What everyone may know of it.
    pub details: Details,
    /// When it was put into the directory.
    pub opened: Moment,
    /// When somebody last looked whether what is said of it is true.
    pub looked: Moment,
    /// Why it is closed.
    pub reason: Option<Published>,
    /// The end of the last day on which it is closed, where that is known.
    pub until: Option<Moment>,
    /// When the place where it lies was closed.
    pub ended: Option<Moment>,
}

impl Stream for Venue {
    const KIND: &'static str = "venue";
    type Event = Event;

    fn begin(first: &Stamped<Event>) -> Option<Self> {
        let Event::Opened { place, details } = &first.what else { return None };
        Some(Self {
            stage: VenueStage::Open,
            place: *place,
            details: details.clone(),
            opened: first.time,
            looked: first.time,
            reason: None,
            until: None,
            ended: None,
        })
    }

    fn evolve(&mut self, next: &Stamped<Event>) {
        match &next.what {
            Event::Opened { .. } => {}
            Event::Corrected { details } => {
                self.details.clone_from(details);
                self.looked = next.time;
            }
            Event::Confirmed {} => self.looked = next.time,
            Event::Closed { reason, until } => {
                self.stage = if until.is_some() { VenueStage::Paused } else { VenueStage::Closed };
                self.reason = Some(reason.clone());
                self.until = *until;
            }
            Event::Ended {} => {
                self.stage = VenueStage::Closed;
                self.ended = Some(next.time);
                self.reason = None;
                self.until = None;
            }
            Event::Reopened {} => {
                self.stage = VenueStage::Open;
                self.reason = None;
                self.until = None;
            }
        }
    }

    fn place(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn resource(&self, path: &[PlaceId], _actor: &Actor) -> Resource {
        Resource { stage: Some(Stage::of(self.stage)), ..Resource::at(path) }
    }
}
