//! Places 地点: the tree from district to household, the grid laid over buildings, and
//! the posters that carry a stairwell's QR code. Official codes are dated, since the
//! state renumbers; our own ids never change. People are another feature.

use crate::access::{Action, Actor, Denied, Resource, Role, may};
use crate::ids::{AccountId, PlaceId, PosterId};
use crate::matters::Decision;
use crate::moment::Moment;
use crate::record::Sealed;
use crate::refusal::Refusal;
use crate::stream::Stream;
use crate::text;
use serde::{Deserialize, Serialize};

/// Longest name of a place, in characters.
const NAME: usize = 40;

/// What a place is (地点类别).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// 区县
    District,
    /// 街道
    Street,
    /// 镇
    Town,
    /// 社区: the area of one residents' committee.
    Community,
    /// 行政村
    Village,
    /// 小区
    Compound,
    /// 市场
    Market,
    /// 路段
    RoadSection,
    /// 公共设施
    Facility,
    /// 自然村
    NaturalVillage,
    /// 网格: laid over buildings, with a branch of its own.
    Grid,
    /// 楼栋
    Building,
    /// 单元（楼道）
    Stairwell,
    /// 户
    Household,
}

impl PlaceKind {
    /// Every kind, from the largest to the smallest.
    pub const ALL: [PlaceKind; 14] = [
        PlaceKind::District,
        PlaceKind::Street,
        PlaceKind::Town,
        PlaceKind::Community,
        PlaceKind::Village,
        PlaceKind::Compound,
        PlaceKind::Market,
        PlaceKind::RoadSection,
        PlaceKind::Facility,
        PlaceKind::NaturalVillage,
        PlaceKind::Grid,
        PlaceKind::Building,
        PlaceKind::Stairwell,
        PlaceKind::Household,
    ];

    /// The word that stands in the ledger and in text keys.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            PlaceKind::District => "district",
            PlaceKind::Street => "street",
            PlaceKind::Town => "town",
            PlaceKind::Community => "community",
            PlaceKind::Village => "village",
            PlaceKind::Compound => "compound",
            PlaceKind::Market => "market",
            PlaceKind::RoadSection => "road_section",
            PlaceKind::Facility => "facility",
            PlaceKind::NaturalVillage => "natural_village",
            PlaceKind::Grid => "grid",
            PlaceKind::Building => "building",
            PlaceKind::Stairwell => "stairwell",
            PlaceKind::Household => "household",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether such a place keeps a ledger of its own.
    #[must_use]
    pub fn keeps_ledger(self) -> bool {
        matches!(
            self,
            PlaceKind::District
                | PlaceKind::Street
                | PlaceKind::Town
                | PlaceKind::Community
                | PlaceKind::Village
        )
    }

    /// Whether the place is finer than a building, so that it stands only in private fields.
    #[must_use]
    pub fn below_building(self) -> bool {
        matches!(self, PlaceKind::Stairwell | PlaceKind::Household)
    }

    /// Whether matters can be raised at it directly.
    #[must_use]
    pub fn takes_matters(self) -> bool {
        !matches!(self, PlaceKind::District | PlaceKind::Street | PlaceKind::Town | PlaceKind::Grid)
    }

    /// Whether such a place can lie directly in one of that kind; `None` is the top.
    #[must_use]
    pub fn lies_in(self, parent: Option<PlaceKind>) -> bool {
        use PlaceKind::{
            Building, Community, Compound, District, Facility, Grid, Household, Market, NaturalVillage,
            RoadSection, Stairwell, Street, Town, Village,
        };
        match self {
            District => parent.is_none(),
            // A street office may well run the program without its district.
            Street | Town => matches!(parent, None | Some(District)),
            Community | Village => matches!(parent, Some(Street | Town)),
            Compound | Market | RoadSection | Grid => matches!(parent, Some(Community | Village)),
            NaturalVillage => parent == Some(Village),
            Facility => matches!(parent, Some(Community | Village | Compound | Market | NaturalVillage)),
            Building => matches!(parent, Some(Community | Village | Compound | NaturalVillage | Market)),
            Stairwell => parent == Some(Building),
            Household => matches!(parent, Some(Stairwell | Building | NaturalVillage)),
        }
    }
}

/// What can happen to a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// It is there.
    #[serde(rename = "place.opened.1")]
    Opened {
        /// When.
        time: Moment,
        /// What it is.
        place_kind: PlaceKind,
        /// All places above it, from the largest down to its parent.
        within: Vec<PlaceId>,
        /// What it is called; a household's name is its door number.
        name: Option<String>,
        /// The name of a household.
        door: Option<Sealed<String>>,
    },
    /// It is called otherwise.
    #[serde(rename = "place.renamed.1")]
    Renamed {
        /// When.
        time: Moment,
        /// What it is called.
        name: Option<String>,
        /// The name of a household.
        door: Option<Sealed<String>>,
    },
    /// It has an official code from a date on.
    #[serde(rename = "place.coded.1")]
    Coded {
        /// From when it holds.
        from: Moment,
        /// The code: 12 digits of the statistical division, or a building's number.
        code: String,
    },
    /// The grid consists of these buildings.
    #[serde(rename = "place.grid_drawn.1")]
    GridDrawn {
        /// When.
        time: Moment,
        /// The buildings.
        buildings: Vec<PlaceId>,
    },
    /// It is no more.
    #[serde(rename = "place.closed.1")]
    Closed {
        /// When.
        time: Moment,
    },
}

/// A place (地点). It exists once it was opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// What it is.
    pub kind: Option<PlaceKind>,
    /// All places above it, from the largest down to its parent.
    pub within: Vec<PlaceId>,
    /// What it is called, unless that is private.
    pub name: Option<String>,
    /// The entry that holds its private name, by version.
    pub door_version: Option<u64>,
    /// Official codes with the moment from which each holds.
    pub codes: Vec<(Moment, String)>,
    /// The buildings of a grid.
    pub buildings: Vec<PlaceId>,
    /// When it was closed.
    pub closed: Option<Moment>,
    version: u64,
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
    type Event = Event;

    fn evolve(&mut self, event: &Event) {
        self.version += 1;
        match event {
            Event::Opened { place_kind, within, name, door, .. } => {
                self.kind = Some(*place_kind);
                self.within.clone_from(within);
                self.name.clone_from(name);
                self.door_version = door.as_ref().map(|_| self.version);
            }
            Event::Renamed { name, door, .. } => {
                self.name.clone_from(name);
                self.door_version = door.as_ref().map(|_| self.version);
            }
            Event::Coded { from, code } => {
                self.codes.push((*from, code.clone()));
                self.codes.sort_by_key(|(from, _)| *from);
            }
            Event::GridDrawn { buildings, .. } => self.buildings.clone_from(buildings),
            Event::Closed { time } => self.closed = Some(*time),
        }
    }
}

/// What an administrator can ask of places.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Open one below a parent.
    Open {
        /// What it is.
        kind: PlaceKind,
        /// Its parent with that one's kind and path; none at the top.
        parent: Option<(PlaceKind, Vec<PlaceId>)>,
        /// What it is called.
        name: String,
    },
    /// Call it otherwise.
    Rename {
        /// The new name.
        name: String,
    },
    /// Give it an official code from a moment on.
    Code {
        /// The code.
        code: String,
        /// From when.
        from: Moment,
    },
    /// Say which buildings make up the grid.
    DrawGrid {
        /// The buildings.
        buildings: Vec<PlaceId>,
    },
    /// Close it.
    Close,
}

/// What a command brings about.
///
/// # Errors
/// The rule it would break.
pub fn decide(
    own: PlaceId,
    place: &Place,
    command: Command,
    actor: &Actor,
    now: Moment,
) -> Result<Decision<Event>, Refusal> {
    let path = match &command {
        Command::Open { parent, .. } => parent.as_ref().map(|(_, path)| path.clone()).unwrap_or_default(),
        _ => place.path(own),
    };
    let resource = Resource { path, ..Resource::default() };
    let role = may(actor, Action::KeepPlaces, &resource, now)?;
    let event = change(place, command, now)?;
    Ok(Decision { role, events: vec![event] })
}

/// The event of a first place, made before there is anyone to ask: `yishi init`.
///
/// # Errors
/// When the name is empty or too long, or such a place cannot be at the top.
pub fn found(kind: PlaceKind, name: &str, now: Moment) -> Result<Event, Refusal> {
    change(&Place::default(), Command::Open { kind, parent: None, name: name.to_owned() }, now)
}

fn change(place: &Place, command: Command, now: Moment) -> Result<Event, Refusal> {
    let exists = place.kind.is_some();
    if exists && place.closed.is_some() {
        return Err(Refusal::Ended);
    }
    match command {
        Command::Open { kind, parent, name } => {
            if exists {
                return Err(Refusal::Exists);
            }
            if !kind.lies_in(parent.as_ref().map(|(kind, _)| *kind)) {
                return Err(Refusal::PlaceKind);
            }
            let within = parent.map(|(_, path)| path).unwrap_or_default();
            let (name, door) = named(kind, &name)?;
            Ok(Event::Opened { time: now, place_kind: kind, within, name, door })
        }
        Command::Rename { name } => {
            let (name, door) = named(place.kind.ok_or(Refusal::Unknown)?, &name)?;
            Ok(Event::Renamed { time: now, name, door })
        }
        Command::Code { code, from } => {
            place.kind.ok_or(Refusal::Unknown)?;
            let code = text::clean(&code, 25).map_err(|error| Refusal::Text { field: "code", error })?;
            Ok(Event::Coded { from, code })
        }
        Command::DrawGrid { buildings } => match place.kind {
            Some(PlaceKind::Grid) => Ok(Event::GridDrawn { time: now, buildings }),
            Some(_) => Err(Refusal::PlaceKind),
            None => Err(Refusal::Unknown),
        },
        Command::Close => {
            place.kind.ok_or(Refusal::Unknown)?;
            Ok(Event::Closed { time: now })
        }
    }
}

type Names = (Option<String>, Option<Sealed<String>>);

fn named(kind: PlaceKind, name: &str) -> Result<Names, Refusal> {
    let name = text::clean(name, NAME).map_err(|error| Refusal::Text { field: "name", error })?;
    Ok(match kind {
        PlaceKind::Household => (None, Some(Sealed::Kept(name))),
        _ => (Some(name), None),
    })
}

/// What can happen to a poster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum PosterEvent {
    /// It was issued: its code leads to the place until it is revoked.
    #[serde(rename = "poster.issued.1")]
    Issued {
        /// When.
        time: Moment,
        /// The place, building at the finest.
        place: PlaceId,
        /// The place itself.
        exact: Sealed<PlaceId>,
        /// The random word of `/q/<word>`.
        word: Sealed<String>,
        /// Who issued it.
        by: Option<Sealed<AccountId>>,
    },
    /// Its code leads nowhere any more.
    #[serde(rename = "poster.revoked.1")]
    Revoked {
        /// When.
        time: Moment,
        /// Who revoked it.
        by: Option<Sealed<AccountId>>,
    },
}

/// A poster with a QR code (楼道码).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Poster {
    /// The place it leads to and the word it is found by, unless erased.
    pub leads: Option<(PlaceId, String)>,
    /// When it was revoked.
    pub revoked: Option<Moment>,
}

impl Stream for Poster {
    type Event = PosterEvent;

    fn evolve(&mut self, event: &PosterEvent) {
        match event {
            PosterEvent::Issued { exact, word, .. } => {
                self.leads = exact.get().copied().zip(word.get().cloned());
            }
            PosterEvent::Revoked { time, .. } => self.revoked = Some(*time),
        }
    }
}

/// Issues a poster for a place. `building` is the place itself or, below one, its building.
///
/// # Errors
/// When the actor keeps no places here, or nothing can be raised at such a place.
#[expect(clippy::too_many_arguments, reason = "each is one fact of the poster")]
pub fn issue_poster(
    _id: PosterId,
    exact: PlaceId,
    kind: PlaceKind,
    building: PlaceId,
    word: String,
    path: &[PlaceId],
    actor: &Actor,
    now: Moment,
) -> Result<Decision<PosterEvent>, Refusal> {
    let role = keeper(path, actor, now)?;
    if !kind.takes_matters() {
        return Err(Refusal::PlaceKind);
    }
    let by = actor.account.map(Sealed::Kept);
    let issued =
        PosterEvent::Issued { time: now, place: building, exact: exact.into(), word: word.into(), by };
    Ok(Decision { role, events: vec![issued] })
}

/// Revokes a poster.
///
/// # Errors
/// When the actor keeps no places here, or it was revoked before.
pub fn revoke_poster(
    poster: &Poster,
    path: &[PlaceId],
    actor: &Actor,
    now: Moment,
) -> Result<Decision<PosterEvent>, Refusal> {
    let role = keeper(path, actor, now)?;
    if poster.revoked.is_some() {
        return Err(Refusal::Ended);
    }
    let by = actor.account.map(Sealed::Kept);
    Ok(Decision { role, events: vec![PosterEvent::Revoked { time: now, by }] })
}

fn keeper(path: &[PlaceId], actor: &Actor, now: Moment) -> Result<Role, Denied> {
    let resource = Resource { path: path.to_vec(), ..Resource::default() };
    may(actor, Action::KeepPlaces, &resource, now)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::Grant;
    use uuid::Uuid;

    fn id(n: u128) -> PlaceId {
        PlaceId(Uuid::from_u128(n))
    }

    fn keeper_of(place: PlaceId) -> Actor {
        Actor {
            account: Some(AccountId(Uuid::from_u128(99))),
            employer: None,
            grants: vec![Grant {
                role: Role::Administrator,
                place,
                organisation: None,
                from: Moment(0),
                until: None,
            }],
        }
    }

    #[test]
    fn a_tree_grows_only_downwards() {
        let actor = keeper_of(id(1));
        let parent = Some((PlaceKind::Building, vec![id(1), id(2), id(3)]));
        let open = |kind, parent: &Option<(PlaceKind, Vec<PlaceId>)>| {
            let command = Command::Open { kind, parent: parent.clone(), name: "1单元".to_owned() };
            decide(id(4), &Place::default(), command, &actor, Moment(5))
        };
        let decision = open(PlaceKind::Stairwell, &parent).unwrap();
        let mut place = Place::default();
        place.evolve(&decision.events[0]);
        assert_eq!(place.path(id(4)), [id(1), id(2), id(3), id(4)]);
        assert_eq!(open(PlaceKind::Community, &parent), Err(Refusal::PlaceKind));
        assert_eq!(open(PlaceKind::District, &None), Err(Refusal::Denied(Denied::Elsewhere)));
    }

    #[test]
    fn a_door_number_is_private() {
        let event = change(
            &Place::default(),
            Command::Open {
                kind: PlaceKind::Household,
                parent: Some((PlaceKind::Stairwell, vec![id(1)])),
                name: "301".to_owned(),
            },
            Moment(1),
        )
        .unwrap();
        let record = crate::record::encode(&event).unwrap();
        assert_eq!(record.private["door"], "\"301\"");
        assert!(!serde_json::to_string(&record.public).unwrap().contains("301"));
    }

    #[test]
    fn codes_hold_from_their_date() {
        let mut place = Place::default();
        place.evolve(&found(PlaceKind::Street, "清河街道", Moment(0)).unwrap());
        place.evolve(&Event::Coded { from: Moment(20), code: "b".to_owned() });
        place.evolve(&Event::Coded { from: Moment(10), code: "a".to_owned() });
        assert_eq!(place.code(Moment(5)), None);
        assert_eq!(place.code(Moment(15)), Some("a"));
        assert_eq!(place.code(Moment(25)), Some("b"));
    }
}
