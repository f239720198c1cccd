//! Tables of places, grids and posters.

use super::{RowOf, Viewed, moment, optional, text};
use crate::{Column, Kind, Table, Value};
use yishi_domain::places::{Place, Poster};
use yishi_domain::{Loaded, PlaceId};

/// Places. `path` is the ids from the largest place down to this one, joined by `/`.
pub static PLACE: Table = Table {
    name: "place",
    columns: &[
        Column::new("ledger", Kind::Text),
        Column::new("id", Kind::Text),
        Column::new("kind", Kind::Text),
        Column::new("parent", Kind::Text),
        Column::new("path", Kind::Text),
        Column::new("name", Kind::Text),
        Column::new("door", Kind::Text),
        Column::new("code", Kind::Text),
        Column::new("closed", Kind::Int),
    ],
    key: 2,
};

/// Which buildings belong to which grid.
pub static GRID_BUILDING: Table = Table {
    name: "grid_building",
    columns: &[
        Column::new("ledger", Kind::Text),
        Column::new("building", Kind::Text),
        Column::new("grid", Kind::Text),
    ],
    key: 3,
};

/// Posters by the word in their link.
pub static POSTER: Table = Table {
    name: "poster",
    columns: &[
        Column::new("ledger", Kind::Text),
        Column::new("id", Kind::Text),
        Column::new("place", Kind::Text),
        Column::new("word", Kind::Text),
        Column::new("revoked", Kind::Int),
    ],
    key: 2,
};

impl Viewed for Place {
    fn rows(ledger: PlaceId, id: &str, loaded: &Loaded<Self>) -> Vec<RowOf> {
        let place = &loaded.state;
        let Some(kind) = place.kind else {
            return Vec::new();
        };
        let within = place.within.iter().map(ToString::to_string);
        let path: Vec<String> = within.chain([id.to_owned()]).collect();
        let door = place.door_version.and_then(|version| loaded.private::<String>(version, "door"));
        let mut rows = vec![RowOf {
            table: &PLACE,
            values: vec![
                text(ledger),
                text(id),
                text(kind.word()),
                optional(place.within.last()),
                text(path.join("/")),
                optional(place.name.as_ref()),
                optional(door),
                optional(place.codes.last().map(|(_, code)| code)),
                moment(place.closed),
            ],
        }];
        rows.extend(place.buildings.iter().map(|building| RowOf {
            table: &GRID_BUILDING,
            values: vec![text(ledger), text(building), text(id)],
        }));
        rows
    }
}

impl Viewed for Poster {
    fn rows(ledger: PlaceId, id: &str, loaded: &Loaded<Self>) -> Vec<RowOf> {
        let poster = &loaded.state;
        let (place, word) = match &poster.leads {
            Some((place, word)) => (text(place), text(word)),
            None => (Value::Null, Value::Null),
        };
        vec![RowOf {
            table: &POSTER,
            values: vec![text(ledger), text(id), place, word, moment(poster.revoked)],
        }]
    }
}
