//! Looking up places, the tree around them, ledgers and posters.

use crate::{Db, Fault, Row, Value};
use yishi_domain::people::OrganisationKind;
use yishi_domain::places::PlaceKind;
use yishi_domain::{Moment, OrganisationId, PlaceId, PosterId};

/// A place as listed.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceRow {
    /// The ledger that keeps it.
    pub ledger: PlaceId,
    /// Its id.
    pub id: PlaceId,
    /// What it is.
    pub kind: PlaceKind,
    /// All places above it and itself.
    pub path: Vec<PlaceId>,
    /// What it is called: for staff only where it is a household.
    pub name: String,
    /// Its official code.
    pub code: Option<String>,
    /// When it was closed.
    pub closed: Option<Moment>,
}

const COLUMNS: &str = "ledger, id, kind, path, coalesce(name, door, '') as name, code, closed";

fn read(row: &Row) -> Result<PlaceRow, Fault> {
    let path =
        row.text(3)?.split('/').map(str::parse).collect::<Result<_, _>>().map_err(|_| Fault::Row(3))?;
    Ok(PlaceRow {
        ledger: PlaceId(row.uuid(0)?),
        id: PlaceId(row.uuid(1)?),
        kind: PlaceKind::parse(row.text(2)?).ok_or(Fault::Row(2))?,
        path,
        name: row.text(4)?.to_owned(),
        code: row.opt_text(5)?.map(str::to_owned),
        closed: row.opt_int(6)?.map(Moment),
    })
}

/// A place by its id.
///
/// # Errors
/// When the store fails.
pub async fn place(db: &Db, id: PlaceId) -> Result<Option<PlaceRow>, Fault> {
    const FIND: &str = "select ledger, id, kind, path, coalesce(name, door, '') as name, code, closed from place where id = ?1";
    db.row(FIND, &[Value::from(id.0)]).await?.as_ref().map(read).transpose()
}

/// Several places by their ids, in any order.
///
/// # Errors
/// When the store fails.
pub async fn places(db: &Db, ids: &[PlaceId]) -> Result<Vec<PlaceRow>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let args: Vec<Value> = ids.iter().map(|id| Value::from(id.0)).collect();
    let sql = format!("select {COLUMNS} from place where id in ({})", numbered(ids.len(), 1));
    db.rows_of(sql, &args).await?.iter().map(read).collect()
}

/// `?1, ?2 …`: so many arguments from a number on.
pub(crate) fn numbered(count: usize, from: usize) -> String {
    (from..from + count).map(|n| format!("?{n}")).collect::<Vec<_>>().join(", ")
}

/// The places directly in another one that the same ledger keeps, by kind and age.
///
/// # Errors
/// When the store fails.
pub async fn children(db: &Db, ledger: PlaceId, parent: PlaceId) -> Result<Vec<PlaceRow>, Fault> {
    const FIND: &str = "select ledger, id, kind, path, coalesce(name, door, '') as name, code, closed
         from place where ledger = ?1 and parent = ?2 order by kind, id limit 2000";
    db.rows(FIND, &[Value::from(ledger.0), Value::from(parent.0)]).await?.iter().map(read).collect()
}

/// Places of one kind anywhere below another one of the same ledger, oldest first.
///
/// # Errors
/// When the store fails.
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
///
/// # Errors
/// When the store fails.
pub async fn path_of(db: &Db, place: &PlaceRow) -> Result<Vec<PlaceId>, Fault> {
    const GRIDS: &str = "select grid from grid_building where ledger = ?1 and building = ?2 order by grid";
    let mut path = place.path.clone();
    // Only buildings are in grids, and a building lies at most two levels above.
    for id in place.path.iter().rev().take(3) {
        for row in db.rows(GRIDS, &[Value::from(place.ledger.0), Value::from(id.0)]).await? {
            path.push(PlaceId(row.uuid(0)?));
        }
    }
    Ok(path)
}

/// The desk that sorts a matter in a ledger: the keeper's own or, for what is about the
/// residents' committee itself, the one above it.
///
/// # Errors
/// When the store fails or holds no such ledger.
pub async fn desk_of(db: &Db, ledger: PlaceId, about: Option<OrganisationId>) -> Result<PlaceId, Fault> {
    let Some(about) = about else {
        return Ok(ledger);
    };
    let committee = super::people::organisation(db, about)
        .await?
        .is_some_and(|row| row.kind == OrganisationKind::ResidentsCommittee && row.ledger == ledger);
    if !committee {
        return Ok(ledger);
    }
    let keeper = place(db, ledger).await?.ok_or_else(|| Fault::unreadable("a ledger without its place"))?;
    Ok(keeper.path.iter().rev().nth(1).copied().unwrap_or(ledger))
}

/// A ledger and where it is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    /// The id of the place that keeps it.
    pub ledger: PlaceId,
    /// The word in links.
    pub slug: String,
    /// Its name for ever.
    pub origin: String,
    /// The key that verifies its checkpoints.
    pub verifier: String,
}

fn read_ledger(row: &Row) -> Result<LedgerRow, Fault> {
    Ok(LedgerRow {
        ledger: PlaceId(row.uuid(0)?),
        slug: row.text(1)?.to_owned(),
        origin: row.text(2)?.to_owned(),
        verifier: row.text(3)?.to_owned(),
    })
}

/// The ledger of a word in a link.
///
/// # Errors
/// When the store fails.
pub async fn ledger_by_slug(db: &Db, slug: &str) -> Result<Option<LedgerRow>, Fault> {
    const FIND: &str = "select ledger, slug, origin, verifier from keeper where slug = ?1";
    db.row(FIND, &[Value::from(slug)]).await?.as_ref().map(read_ledger).transpose()
}

/// A ledger by its id.
///
/// # Errors
/// When the store fails.
pub async fn ledger(db: &Db, id: PlaceId) -> Result<Option<LedgerRow>, Fault> {
    const FIND: &str = "select ledger, slug, origin, verifier from keeper where ledger = ?1";
    db.row(FIND, &[Value::from(id.0)]).await?.as_ref().map(read_ledger).transpose()
}

/// All ledgers of this installation: one for each community, street and district.
///
/// # Errors
/// When the store fails.
pub async fn ledgers(db: &Db) -> Result<Vec<LedgerRow>, Fault> {
    const ALL: &str = "select ledger, slug, origin, verifier from keeper order by ledger";
    db.rows(ALL, &[]).await?.iter().map(read_ledger).collect()
}

/// A poster as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PosterRow {
    /// Its id.
    pub id: PosterId,
    /// The place it leads to.
    pub place: PlaceId,
    /// The word of its link.
    pub word: String,
}

/// The place a poster's word leads to, unless it was revoked.
///
/// # Errors
/// When the store fails.
pub async fn poster_place(db: &Db, word: &str) -> Result<Option<PlaceId>, Fault> {
    const FIND: &str = "select place from poster where word = ?1 and revoked is null";
    let row = db.row(FIND, &[Value::from(word)]).await?;
    Ok(row.map(|row| row.opt_uuid(0)).transpose()?.flatten().map(PlaceId))
}

/// The posters of a place that still lead there.
///
/// # Errors
/// When the store fails.
pub async fn posters(db: &Db, place: &PlaceRow) -> Result<Vec<PosterRow>, Fault> {
    const FIND: &str = "select id, place, word from poster
         where ledger = ?1 and place = ?2 and revoked is null and word is not null order by id";
    db.rows(FIND, &[Value::from(place.ledger.0), Value::from(place.id.0)])
        .await?
        .iter()
        .map(|row| {
            let (id, place) = (PosterId(row.uuid(0)?), PlaceId(row.uuid(1)?));
            Ok(PosterRow { id, place, word: row.text(2)?.to_owned() })
        })
        .collect()
}
