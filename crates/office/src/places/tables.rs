//! Tables of places, grids and posters.

use crate::Viewed;
use crate::endings::Ending;
use yishi_domain::places::{
    CORRECT, ERASE, Event, PartyBody, Place, PlaceKind, Poster, PosterId, SecondStep, called,
};
use yishi_kernel::{Loaded, Moment, PlaceId, Published, Right, Sealed};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, table};

/// The tables of places.
pub(crate) static TABLES: &[&Table] =
    &[PlaceLine::TABLE, GridBuilding::TABLE, PosterLine::TABLE, PlaceShort::TABLE, PlaceCalled::TABLE];

table! {
    /// Places. `path` is from the largest place down to this one.
    pub(crate) PlaceLine in "place", key (ledger, id) {
        ledger: PlaceId,
        id: PlaceId,
        kind: PlaceKind,
        parent: Option<PlaceId>,
        path: Vec<PlaceId>,
        name: Option<String>,
        door: Option<String>,
        code: Option<String>,
        plate: Option<String>,
        phone: Option<String>,
        hours: Option<String>,
        party: PartyBody,
        second_step: SecondStep,
        closed: Option<Moment>,
    }
    index place_children (ledger, parent, kind, id);
    index place_by_id (id);
    index place_of_kind (ledger, kind, id);
    index place_code (ledger, code) where code;
}

table! {
    /// Which buildings belong to which grid.
    pub(crate) GridBuilding in "grid_building", key (ledger, building, grid) {
        ledger: PlaceId,
        building: PlaceId,
        grid: PlaceId,
    }
}

table! {
    /// Posters by the word in their link.
    pub(crate) PosterLine in "poster", key (ledger, id) {
        ledger: PlaceId,
        id: PosterId,
        place: Option<PlaceId>,
        word: Option<String>,
        revoked: Option<Moment>,
    }
    index poster_word (word);
    index poster_place (ledger, place, id);
}

table! {
    /// By which short names papers of a place that keeps a ledger are numbered, since when.
    pub(crate) PlaceShort in "place_short", key (ledger, place, n) {
        ledger: PlaceId,
        place: PlaceId,
        n: u32,
        since: Moment,
        short: String,
    }
    index place_short_of (place, n);
}

table! {
    /// By what places are found: one row for each key that its name has.
    pub(crate) PlaceCalled in "place_called", key (ledger, called, id) {
        ledger: PlaceId,
        called: String,
        id: PlaceId,
    }
}

impl Viewed for Place {
    const ERASE: Option<&'static Right> = Some(&ERASE);
    const CORRECT: Option<&'static Right> = Some(&CORRECT);

    fn lies_at(id: &str, _: &Self) -> Option<PlaceId> {
        id.parse().ok()
    }

    fn ending(id: &str, _: &Self, event: &Event) -> Option<Ending> {
        match event {
            // What lies in it is closed along with it.
            Event::Closed { with: None } => id.parse().ok().map(Ending::Place),
            Event::Closed { with: Some(_) } => None,
            Event::Opened { .. }
            | Event::Renamed { .. }
            | Event::Coded { .. }
            | Event::GridDrawn { .. }
            | Event::Abbreviated { .. }
            | Event::Plated { .. }
            | Event::Reached { .. }
            | Event::PartySet { .. }
            | Event::SignInRuled { .. } => None,
        }
    }

    fn rows(ledger: PlaceId, id: &str, place: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        let name = place.name.as_ref().and_then(Published::get);
        let keys = name.map(|name| called(place.kind, name)).unwrap_or_default();
        Rows::of(PlaceLine {
            ledger,
            id,
            kind: place.kind,
            parent: place.within.last().copied(),
            path: place.path(id),
            name: place.name.as_ref().map(ToString::to_string),
            door: place.door.as_ref().and_then(Sealed::get).cloned(),
            code: place.codes.last().map(|(_, code)| code.clone()),
            plate: place.plate.as_ref().map(ToString::to_string),
            phone: place.phone.as_ref().map(ToString::to_string),
            hours: place.hours.as_ref().map(ToString::to_string),
            party: place.party,
            second_step: place.second_step,
            closed: place.closed,
        })
        .and(place.buildings.iter().map(|building| GridBuilding { ledger, building: *building, grid: id }))
        .and((0..).zip(&place.shorts).filter(|_| place.kind.keeps_ledger()).map(|(n, (since, short))| {
            PlaceShort { ledger, place: id, n, since: *since, short: short.clone() }
        }))
        .and(keys.into_iter().map(|called| PlaceCalled { ledger, called, id }))
    }
}

impl Viewed for Poster {
    const ERASE: Option<&'static Right> = Some(&ERASE);

    fn rows(ledger: PlaceId, id: &str, poster: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        let (place, word) = poster.leads.clone().unzip();
        Rows::of(PosterLine { ledger, id, place, word, revoked: poster.revoked })
    }
}
