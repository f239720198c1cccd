//! Looking up places, the tree around them, and posters.

use crate::Failure;
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::places::{PartyBody, PlaceKind, PosterId};
use yishi_kernel::refusal::Common;
use yishi_kernel::{Moment, PlaceId};
use yishi_store::query::{args_and, args_and_pairs};
use yishi_store::{Db, Fault, args, query, row};

pub use yishi_store::ledgers::{LedgerRow, ledger, ledger_by_slug, ledgers, ledgers_below, ledgers_of};

row! {
    /// A place as listed.
    pub PlaceRow, from "place" {
        /// The ledger that keeps it.
        ledger: PlaceId,
        /// Its id.
        id: PlaceId,
        /// What it is.
        kind: PlaceKind,
        /// All places above it and itself.
        path: Vec<PlaceId>,
        /// What it is called: for staff only where it is a household.
        name: String = "coalesce(name, door, '')",
        /// Its official code.
        code: Option<String>,
        /// What stands on its plate.
        plate: Option<String>,
        /// Its telephone.
        phone: Option<String>,
        /// When somebody is there.
        hours: Option<String>,
        /// Of what level its Party body is.
        party: PartyBody,
        /// When it was closed.
        closed: Option<Moment>,
    }
}

row! {
    /// A poster as listed.
    pub PosterRow, from "poster" {
        /// Its id.
        id: PosterId,
        /// The place it leads to.
        place: PlaceId,
        /// The word of its link.
        word: String,
    }
}

row! {
    /// A ledger with places in it, which has a board for everyone.
    pub BoardRow, from "keeper k join place p on p.ledger = k.ledger and p.id = k.ledger" {
        /// The ledger.
        ledger: PlaceId = "k.ledger",
        /// The word in links.
        slug: String = "k.slug",
        /// What the place is called that keeps it.
        name: String = "coalesce(p.name, '')",
    }
}

row! {
    GridRow, from "grid_building" {
        ledger: PlaceId,
        building: PlaceId,
        grid: PlaceId,
    }
}

query! {
    PLACE: PlaceRow => "where id = ?1";
    PLACES: PlaceRow => "where id in (?1, …)";
    CHILDREN: PlaceRow => "where ledger = ?1 and parent = ?2 order by kind, id";
    BOARDS: BoardRow => "where k.ledger in (?1, …)
         and exists (select 1 from place c where c.ledger = k.ledger and c.parent = k.ledger)",
        scans "one row a community";
    GRIDS_OF: GridRow => "where (ledger, building) in (values (?1, ?2), …)";
    GRIDS: PlaceId = "select grid from grid_building where ledger = ?1 and building = ?2 order by grid";
    LEADS_TO: Option<PlaceId> = "select place from poster where word = ?1 and revoked is null";
    LED_TO: Option<PlaceId> = "select place from poster where word = ?1";
    EVERY_POSTER: PosterId = "select id from poster where ledger = ?1 and place = ?2";
    POSTERS: PosterRow => "where ledger = ?1 and place = ?2 and revoked is null and word is not null order by id";
}

/// A place by its id.
pub async fn place(db: &Db, id: PlaceId) -> Result<Option<PlaceRow>, Fault> {
    PLACE.first(db, &args![id]).await
}

/// Several places by their ids, in any order.
pub async fn places(db: &Db, ids: &[PlaceId]) -> Result<Vec<PlaceRow>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    PLACES.all(db, &args_and([], ids.iter().copied())).await
}

/// The places directly in another one that the same ledger keeps, by kind and age.
pub async fn children(db: &Db, ledger: PlaceId, parent: PlaceId) -> Result<Vec<PlaceRow>, Fault> {
    CHILDREN.all(db, &args![ledger, parent]).await
}

/// Places of one kind anywhere below another one of the same ledger, oldest first.
pub async fn below(db: &Db, top: &PlaceRow, kind: PlaceKind) -> Result<Vec<PlaceRow>, Fault> {
    let mut found = Vec::new();
    let mut level = vec![top.clone()];
    while let Some(place) = level.pop() {
        for child in children(db, place.ledger, place.id).await? {
            if child.kind == kind {
                found.push(child);
            } else if child.kind != PlaceKind::Household {
                level.push(child);
            }
        }
    }
    found.sort_by_key(|place| place.id);
    Ok(found)
}

/// The place, all above it, and the grids laid over any of them: what roles may be bound to.
pub async fn path_of(db: &Db, place: &PlaceRow) -> Result<Vec<PlaceId>, Fault> {
    let mut path = place.path.clone();
    // Only buildings are in grids, and a building lies at most two levels above.
    for id in place.path.iter().rev().take(3) {
        path.extend(GRIDS.all(db, &args![place.ledger, *id]).await?);
    }
    Ok(path)
}

/// The paths of several places by their ids; those that do not exist are left out.
pub async fn paths_of(db: &Db, ids: &[PlaceId]) -> Result<BTreeMap<PlaceId, Vec<PlaceId>>, Fault> {
    let rows = places(db, ids).await?;
    // Only buildings are in grids, and a building lies at most two levels above.
    let near = |row: &PlaceRow| row.path.iter().rev().take(3).map(|id| (row.ledger, *id)).collect::<Vec<_>>();
    let keys: BTreeSet<(PlaceId, PlaceId)> = rows.iter().flat_map(near).collect();
    let grids =
        if keys.is_empty() { Vec::new() } else { GRIDS_OF.all(db, &args_and_pairs([], keys)).await? };
    let path = |row: &PlaceRow| {
        let near = near(row);
        let over = grids.iter().filter(|one| near.contains(&(one.ledger, one.building)));
        (row.id, row.path.iter().copied().chain(over.map(|one| one.grid)).collect())
    };
    Ok(rows.iter().map(path).collect())
}

/// Those of some ledgers that have a board for everyone, in any order.
pub async fn boards(db: &Db, ledgers: &[PlaceId]) -> Result<Vec<BoardRow>, Fault> {
    if ledgers.is_empty() {
        return Ok(Vec::new());
    }
    BOARDS.all(db, &args_and([], ledgers.iter().copied())).await
}

/// The path of a place by its id: itself, all above it, and the grids over it.
///
/// # Errors
/// When there is no such place.
pub async fn path_at(db: &Db, at: PlaceId) -> Result<Vec<PlaceId>, Failure> {
    let row = place(db, at).await?.ok_or(Common::Unknown)?;
    Ok(path_of(db, &row).await?)
}

/// The place itself or, below a building, its building.
///
/// # Errors
/// When the place lies in no building.
pub(crate) async fn building_of(db: &Db, row: &PlaceRow) -> Result<PlaceId, Failure> {
    if !row.kind.below_building() {
        return Ok(row.id);
    }
    nearest(db, row, |kind| !kind.below_building()).await
}

/// The smallest place around this one, or itself, that is of a certain kind.
///
/// # Errors
/// When there is none.
pub(crate) async fn nearest(
    db: &Db,
    row: &PlaceRow,
    fits: impl Fn(PlaceKind) -> bool,
) -> Result<PlaceId, Failure> {
    if fits(row.kind) {
        return Ok(row.id);
    }
    let above = places(db, &row.path).await?;
    let fits = |id: &&PlaceId| above.iter().any(|place| place.id == **id && fits(place.kind));
    row.path.iter().rev().find(fits).copied().ok_or_else(|| Common::Unknown.into())
}

/// The place a poster's word leads to, unless it was revoked.
pub async fn poster_place(db: &Db, word: &str) -> Result<Option<PlaceId>, Fault> {
    Ok(LEADS_TO.first(db, &args![word]).await?.flatten())
}

/// The place a poster's word leads to or led to before it was revoked.
pub async fn poster_led(db: &Db, word: &str) -> Result<Option<PlaceId>, Fault> {
    Ok(LED_TO.first(db, &args![word]).await?.flatten())
}

/// The posters that hang or hung at a place.
pub async fn every_poster(db: &Db, place: &PlaceRow) -> Result<Vec<PosterId>, Fault> {
    EVERY_POSTER.all(db, &args![place.ledger, place.id]).await
}

/// The posters of a place that still lead there.
pub async fn posters(db: &Db, place: &PlaceRow) -> Result<Vec<PosterRow>, Fault> {
    POSTERS.all(db, &args![place.ledger, place.id]).await
}
