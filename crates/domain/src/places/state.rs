//! A place and a poster as their events made them.

use super::{Event, PlaceKind, PosterEvent, SecondStep};
use yishi_kernel::record;
use yishi_kernel::{Moment, PlaceId, Published, Sealed, Stamped, Stream};

/// A place (地点).
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// What it is.
    pub kind: PlaceKind,
    /// All places above it, from the largest down to its parent.
    pub within: Vec<PlaceId>,
    /// What it is called, unless that is private.
    pub name: Option<Published>,
    /// What it is called where that is private.
    pub door: Option<Sealed<String, record::Place>>,
    /// Official codes with the moment from which each holds.
    pub codes: Vec<(Moment, String)>,
    /// The buildings of a grid.
    pub buildings: Vec<PlaceId>,
    /// Whether those whose accounts are kept here or below sign in with a second step.
    pub second_step: SecondStep,
    /// When it was closed.
    pub closed: Option<Moment>,
}

impl Place {
    /// The code that holds at a moment.
    #[must_use]
    pub fn code(&self, now: Moment) -> Option<&str> {
        self.codes.iter().rev().find(|(from, _)| *from <= now).map(|(_, code)| code.as_str())
    }

    /// The place and all above it.
    #[must_use]
    pub fn path(&self, own: PlaceId) -> Vec<PlaceId> {
        self.within.iter().copied().chain([own]).collect()
    }
}

impl Stream for Place {
    const KIND: &'static str = "place";
    type Event = Event;

    fn begin(first: &Stamped<Event>) -> Option<Self> {
        let Event::Opened { place_kind, .. } = &first.what else { return None };
        let mut place = Self {
            kind: *place_kind,
            within: Vec::new(),
            name: None,
            door: None,
            codes: Vec::new(),
            buildings: Vec::new(),
            second_step: SecondStep::Wished,
            closed: None,
        };
        place.evolve(first);
        Some(place)
    }

    fn evolve(&mut self, next: &Stamped<Event>) {
        match &next.what {
            Event::Opened { place_kind, within, name, door } => {
                self.kind = *place_kind;
                self.within.clone_from(within);
                self.name.clone_from(name);
                self.door.clone_from(door);
            }
            Event::Renamed { name, door } => {
                self.name.clone_from(name);
                self.door.clone_from(door);
            }
            Event::Coded { from, code } => {
                self.codes.push((*from, code.clone()));
                self.codes.sort_by_key(|(from, _)| *from);
            }
            Event::GridDrawn { buildings } => self.buildings.clone_from(buildings),
            Event::SignInRuled { second_step } => self.second_step = *second_step,
            Event::Closed { .. } => self.closed = Some(next.time),
        }
    }
}

/// A poster with a QR code (楼道码).
#[derive(Clone, Debug, PartialEq)]
pub struct Poster {
    /// The place, building at the finest.
    pub place: PlaceId,
    /// The place it leads to and the word it is found by, unless erased.
    pub leads: Option<(PlaceId, String)>,
    /// When it was revoked.
    pub revoked: Option<Moment>,
}

impl Stream for Poster {
    const KIND: &'static str = "poster";
    type Event = PosterEvent;

    fn begin(first: &Stamped<PosterEvent>) -> Option<Self> {
        match &first.what {
            PosterEvent::Issued { place, exact, word } => Some(Self {
                place: *place,
                leads: exact.get().copied().zip(word.get().cloned()),
                revoked: None,
            }),
            PosterEvent::Revoked {} => None,
        }
    }

    fn evolve(&mut self, next: &Stamped<PosterEvent>) {
        match &next.what {
            PosterEvent::Issued { place, exact, word } => {
                self.place = *place;
                self.leads = exact.get().copied().zip(word.get().cloned());
            }
            PosterEvent::Revoked {} => self.revoked = Some(next.time),
        }
    }

    fn place(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn at(&self) -> Option<PlaceId> {
        Some(self.leads.as_ref().map_or(self.place, |(exact, _)| *exact))
    }
}
