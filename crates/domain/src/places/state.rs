//! A place and a poster as their events made them.

use super::short::short_of;
use super::{Event, PartyBody, PlaceKind, PosterEvent, SecondStep};
use yishi_kernel::phone::OfficePhone;
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
    /// What stands on its plate (门牌).
    pub plate: Option<Published>,
    /// Its telephone.
    pub phone: Option<OfficePhone>,
    /// When somebody is there.
    pub hours: Option<Published>,
    /// Of what level its Party body is.
    pub party: PartyBody,
    /// The buildings of a grid.
    pub buildings: Vec<PlaceId>,
    /// Whether those whose accounts are kept here or below sign in with a second step.
    pub second_step: SecondStep,
    /// When it was closed.
    pub closed: Option<Moment>,
    /// By which short name its papers are numbered, each with the moment from which it holds.
    pub shorts: Vec<(Moment, String)>,
    /// Whether the last of them was chosen, or follows from the name.
    pub shortened: Shortened,
}

/// Where a short name comes from (简称来历).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shortened {
    /// It follows from the name.
    #[default]
    ByName,
    /// Somebody chose it.
    Chosen,
}

impl Place {
    /// By which short name papers issued at a moment are numbered.
    #[must_use]
    pub fn short(&self, at: Moment) -> Option<&str> {
        let then = self.shorts.iter().rev().find(|(from, _)| *from <= at);
        then.or(self.shorts.first()).map(|(_, short)| short.as_str())
    }

    /// What was issued before keeps its number: a name that changes holds from then on.
    fn shorten_by_name(&mut self, from: Moment) {
        if let Some(name) = self.name.as_ref().filter(|_| self.shortened == Shortened::ByName) {
            self.shorts.push((from, short_of(&name.to_string()).to_owned()));
        }
    }

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
            plate: None,
            phone: None,
            hours: None,
            party: PartyBody::Unsaid,
            buildings: Vec::new(),
            second_step: SecondStep::Wished,
            closed: None,
            shorts: Vec::new(),
            shortened: Shortened::ByName,
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
                self.shorten_by_name(next.time);
            }
            Event::Renamed { name, door } => {
                self.name.clone_from(name);
                self.door.clone_from(door);
                self.shorten_by_name(next.time);
            }
            Event::Abbreviated { short } => match short.get() {
                Some(short) => {
                    self.shortened = Shortened::Chosen;
                    self.shorts.push((next.time, short.to_owned()));
                }
                // It was taken back.
                None => {
                    self.shortened = Shortened::ByName;
                    self.shorten_by_name(next.time);
                }
            },
            Event::Coded { from, code } => {
                self.codes.push((*from, code.clone()));
                self.codes.sort_by_key(|(from, _)| *from);
            }
            Event::GridDrawn { buildings } => self.buildings.clone_from(buildings),
            Event::Plated { plate } => self.plate.clone_from(plate),
            Event::Reached { phone, hours } => {
                self.phone.clone_from(phone);
                self.hours.clone_from(hours);
            }
            Event::PartySet { party } => self.party = *party,
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
