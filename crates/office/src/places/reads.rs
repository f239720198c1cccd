//! Looking up places, the tree around them, and posters.

use crate::Failure;
use crate::paging::Paged;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use yishi_domain::places::{Fit, PartyBody, PlaceKind, PosterId, fit};
use yishi_kernel::refusal::Common;
use yishi_kernel::{Moment, PlaceId};
use yishi_store::query::{args_and, args_and_pairs};
use yishi_store::{Db, Fault, args, query, row};

use yishi_store::ledgers::below as path_range;
pub use yishi_store::ledgers::{LedgerRow, ledger, ledger_by_slug, ledgers, ledgers_below, ledgers_of};

/// How many places are on one page of a list of them.
pub const CHILDREN_SHOWN: usize = 50;

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

/// Whether something hangs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hangs {
    /// Somewhere.
    Somewhere,
    /// Nowhere.
    Nowhere,
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
    InsideRow, from "place" {
        parent: PlaceId,
        kind: PlaceKind,
        count: u64 = "count(*)",
    }
}

row! {
    KindRow, from "place" {
        kind: PlaceKind,
        count: u64 = "count(*)",
    }
}

row! {
    NameRow, from "place" {
        id: PlaceId,
        path: Vec<PlaceId>,
        name: String = "coalesce(name, door, '')",
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
    BY_CODE: PlaceRow => "where ledger = ?1 and code = ?2";
    PLACES: PlaceRow => "where id in (?1, …)";
    CHILDREN: PlaceRow => "where ledger = ?1 and parent = ?2 order by kind, id";
    CHILDREN_AFTER: PlaceRow => "where ledger = ?1 and parent = ?2 and (kind, id) > (?3, ?4) order by kind, id limit ?5";
    OF_KIND: PlaceRow => "where ledger = ?1 and kind = ?2 order by id";
    INSIDE: InsideRow => "where ledger = ?1 and parent in (?2, …) and closed is null group by parent, kind";
    ALL_BELOW: KindRow => "where ledger = ?1 and path > ?2 and path < ?3 and closed is null group by kind",
        walks "places of one ledger, to count them";
    NAMES_BELOW: NameRow => "where ledger = ?1 and path > ?2 and path < ?3 and closed is null",
        scans "places of one ledger, to find one by its name";
    BOARDS: BoardRow => "where k.ledger in (?1, …)
         and exists (select 1 from place c where c.ledger = k.ledger and c.parent = k.ledger)",
        scans "one row a community";
    GRIDS_OF: GridRow => "where (ledger, building) in (values (?1, ?2), …)";
    GRIDS: PlaceId = "select grid from grid_building where ledger = ?1 and building = ?2 order by grid";
    LEADS_TO: Option<PlaceId> = "select place from poster where word = ?1 and revoked is null";
    LED_TO: Option<PlaceId> = "select place from poster where word = ?1";
    EVERY_POSTER: PosterId = "select id from poster where ledger = ?1 and place = ?2";
    POSTERS_OF: PosterRow => "where ledger = ?1 and place in (?2, …) and revoked is null and word is not null";
    ANY_POSTER: PosterId = "select id from poster where ledger = ?1 and revoked is null limit 1",
        walks "posters that were revoked, until one is found that was not";
    POSTERS: PosterRow => "where ledger = ?1 and place = ?2 and revoked is null and word is not null order by id";
}

/// A place by its id.
pub async fn place(db: &Db, id: PlaceId) -> Result<Option<PlaceRow>, Fault> {
    PLACE.first(db, &args![id]).await
}

/// The place of a ledger that has an official code.
pub async fn by_code(db: &Db, ledger: PlaceId, code: &str) -> Result<Option<PlaceRow>, Fault> {
    BY_CODE.first(db, &args![ledger, code]).await
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

/// The places directly in another one, of all that it has so many from one on, by kind and age.
pub async fn children_page(
    db: &Db,
    top: &PlaceRow,
    after: Option<(PlaceKind, PlaceId)>,
) -> Result<Paged<PlaceRow>, Fault> {
    let (kind, id) = match after {
        Some((kind, id)) => (kind.word().to_owned(), id.to_string()),
        None => (String::new(), String::new()),
    };
    let most = i64::try_from(CHILDREN_SHOWN).unwrap_or(i64::MAX).saturating_add(1);
    let mut rows = CHILDREN_AFTER.all(db, &args![top.ledger, top.id, kind, id, most]).await?;
    let more = rows.len() > CHILDREN_SHOWN;
    rows.truncate(CHILDREN_SHOWN);
    let last = rows.last().filter(|_| more);
    let next = last.map(|row| format!("{}_{}", row.kind.word(), row.id));
    Ok(Paged { rows, next })
}

/// How many places of each kind stand directly in each of these.
pub async fn inside_of(
    db: &Db,
    ledger: PlaceId,
    parents: &[PlaceId],
) -> Result<BTreeMap<PlaceId, Vec<(PlaceKind, u64)>>, Fault> {
    let mut counts: BTreeMap<PlaceId, Vec<(PlaceKind, u64)>> = BTreeMap::new();
    if !parents.is_empty() {
        for row in INSIDE.all(db, &args_and(args![ledger], parents.iter().copied())).await? {
            counts.entry(row.parent).or_default().push((row.kind, row.count));
        }
    }
    Ok(counts)
}

/// How many places of each kind stand anywhere below one, in its ledger.
pub async fn all_below(db: &Db, top: &PlaceRow) -> Result<Vec<(PlaceKind, u64)>, Fault> {
    let (from, to) = path_range(&top.path);
    let mut rows = ALL_BELOW.all(db, &args![top.ledger, from, to]).await?;
    rows.sort_by_key(|row| PlaceKind::ALL.iter().position(|kind| *kind == row.kind));
    Ok(rows.into_iter().map(|row| (row.kind, row.count)).collect())
}

/// What was found by words below a place: the best first, so many at most, and how many there are.
pub async fn found_below(
    db: &Db,
    top: &PlaceRow,
    words: &str,
) -> Result<(Vec<(PlaceRow, Vec<String>)>, usize), Fault> {
    let (from, to) = path_range(&top.path);
    let rows = NAMES_BELOW.all(db, &args![top.ledger, from, to]).await?;
    let names: HashMap<PlaceId, &str> = rows.iter().map(|row| (row.id, row.name.as_str())).collect();
    let whole =
        |path: &[PlaceId]| -> Vec<&str> { path.iter().filter_map(|id| names.get(id).copied()).collect() };
    let mut hits: Vec<(Fit, PlaceId, Vec<String>)> = Vec::new();
    for row in &rows {
        let whole = whole(&row.path);
        if let Some(fit) = fit(words, &whole) {
            hits.push((fit, row.id, whole.into_iter().map(str::to_owned).collect()));
        }
    }
    hits.sort();
    let count = hits.len();
    hits.truncate(CHILDREN_SHOWN);
    let ids: Vec<PlaceId> = hits.iter().map(|(_, id, _)| *id).collect();
    let mut found: HashMap<PlaceId, PlaceRow> =
        places(db, &ids).await?.into_iter().map(|row| (row.id, row)).collect();
    let rows = hits.into_iter().filter_map(|(_, id, whole)| Some((found.remove(&id)?, whole)));
    Ok((rows.collect(), count))
}

/// Places of one kind anywhere below another one of the same ledger, oldest first.
pub async fn below(db: &Db, top: &PlaceRow, kind: PlaceKind) -> Result<Vec<PlaceRow>, Fault> {
    let mut found = OF_KIND.all(db, &args![top.ledger, kind]).await?;
    found.retain(|row| row.id != top.id && row.path.contains(&top.id));
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

/// The newest poster of each of these places of a ledger that has one.
pub async fn posters_of(
    db: &Db,
    ledger: PlaceId,
    ids: &[PlaceId],
) -> Result<BTreeMap<PlaceId, PosterRow>, Fault> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut rows = POSTERS_OF.all(db, &args_and(args![ledger], ids.iter().copied())).await?;
    rows.sort_by_key(|row| row.id);
    Ok(rows.into_iter().map(|row| (row.place, row)).collect())
}

/// Whether a poster hangs anywhere in a ledger's places.
pub async fn has_posters(db: &Db, ledger: PlaceId) -> Result<Hangs, Fault> {
    Ok(if ANY_POSTER.first(db, &args![ledger]).await?.is_some() { Hangs::Somewhere } else { Hangs::Nowhere })
}

/// The places below one that have a poster of their own (一楼道一码): its stairwells, and the
/// buildings without any, as they lie beside each other.
pub async fn doorways(db: &Db, top: &PlaceRow) -> Result<Vec<PlaceRow>, Fault> {
    let mut stairwells = below(db, top, PlaceKind::Stairwell).await?;
    let mut buildings = below(db, top, PlaceKind::Building).await?;
    stairwells.retain(|row| row.closed.is_none());
    let divided: BTreeSet<PlaceId> =
        stairwells.iter().filter_map(|row| row.path.iter().rev().nth(1).copied()).collect();
    buildings.retain(|row| row.closed.is_none() && !divided.contains(&row.id));
    stairwells.extend(buildings);
    stairwells.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(stairwells)
}

/// The posters of a place that still lead there.
pub async fn posters(db: &Db, place: &PlaceRow) -> Result<Vec<PosterRow>, Fault> {
    POSTERS.all(db, &args![place.ledger, place.id]).await
}
