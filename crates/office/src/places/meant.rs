//! The places that words of a search mean (查找中的地点): looked up by the keys of
//! [`spoken`], with what lies in them and is no part of what a matter says of its place. What is
//! found there is another feature's.

use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::places::{PlaceKind, Spoken, spoken};
use yishi_kernel::{Moment, PlaceId};
use yishi_store::query::args_and_pairs;
use yishi_store::{Db, Fault, query, row};

row! {
    /// A place that has a key.
    pub(super) Called {
        /// The ledger that keeps it.
        ledger: PlaceId = "p.ledger",
        /// The key.
        key: String = "c.called",
        /// Its id.
        id: PlaceId = "p.id",
        /// What it is.
        kind: PlaceKind = "p.kind",
        /// It, and all above it.
        path: Vec<PlaceId> = "p.path",
        /// When it was closed.
        closed: Option<Moment> = "p.closed",
    }
}

row! {
    Lower {
        ledger: PlaceId = "p.ledger",
        id: PlaceId = "p.id",
        kind: PlaceKind = "p.kind",
        path: Vec<PlaceId> = "p.path",
    }
}

query! {
    CALLED: Called => "from (values (?1, ?2), …) v cross join place_called c cross join place p
         where c.ledger = v.column1 and c.called = v.column2 and p.ledger = c.ledger and p.id = c.id";
    PARTS: Lower => "from (values (?1, ?2), …) v cross join place p
         where p.ledger = v.column1 and p.parent = v.column2 and p.kind in ('phase', 'facility')";
    ROOMS: Lower => "from (values (?1, ?2), …) v cross join place p
         where p.ledger = v.column1 and p.parent = v.column2 and p.kind = 'household'";
}

/// How finely a search may tell places apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finest {
    /// By buildings: what everyone may know.
    Building,
    /// By the place itself.
    Exact,
}

/// What a word means: any of these places, and what else stands in the word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    /// The places, with those that lie in them.
    pub places: BTreeSet<PlaceId>,
    /// What else must hold.
    pub rest: Vec<String>,
}

/// Most buildings whose second stairwell, say, is meant by 2单元 alone: among more of them it says
/// nothing.
const FEW: usize = 12;

/// The places that each of some words means in some ledgers.
pub async fn meant(
    db: &Db,
    ledgers: &[PlaceId],
    words: &[String],
    finest: Finest,
) -> Result<Vec<Vec<Meant>>, Fault> {
    let said: Vec<Vec<Spoken>> = words.iter().map(|word| spoken(word)).collect();
    let keys: BTreeSet<&str> =
        said.iter().flatten().flat_map(|said| &said.keys).map(String::as_str).collect();
    let mut by_key: BTreeMap<String, Vec<Called>> = BTreeMap::new();
    let keys: Vec<&str> = keys.into_iter().collect();
    for called in called(db, ledgers, &keys).await? {
        by_key.entry(called.key.clone()).or_default().push(called);
    }
    let found: Vec<Vec<(Vec<&Called>, &Spoken)>> = said
        .iter()
        .map(|said| {
            said.iter().map(|one| (named(&by_key, one), one)).filter(|(all, _)| !all.is_empty()).collect()
        })
        .collect();
    let all: Vec<&Called> = found.iter().flatten().flat_map(|(all, _)| all.iter().copied()).collect();
    let lower = lower(db, &all, finest).await?;
    let meant = |(all, said): &(Vec<&Called>, &Spoken)| {
        let own = all.iter().filter_map(|called| known(called, finest));
        let within = all.iter().filter_map(|called| lower.get(&called.id)).flatten().copied();
        Meant { places: own.chain(within).collect(), rest: said.rest.clone() }
    };
    let says = |meant: &Meant| !meant.places.is_empty();
    Ok(found.iter().map(|found| found.iter().map(meant).filter(says).collect()).collect())
}

/// The places that have any of some keys, in some ledgers.
pub(super) async fn called(db: &Db, ledgers: &[PlaceId], keys: &[&str]) -> Result<Vec<Called>, Fault> {
    let asked = ledgers.iter().flat_map(|ledger| keys.iter().map(move |key| (*ledger, *key)));
    let args = args_and_pairs([], asked);
    if args.is_empty() { Ok(Vec::new()) } else { CALLED.all(db, &args).await }
}

/// The places that all keys of a saying name, one in another.
pub(super) fn named<'a>(by_key: &'a BTreeMap<String, Vec<Called>>, said: &Spoken) -> Vec<&'a Called> {
    let of = |key: &String| by_key.get(key).map(Vec::as_slice).unwrap_or_default();
    let Some((last, around)) = said.keys.split_last() else { return Vec::new() };
    let lies = |one: &&Called| {
        around
            .iter()
            .all(|key| of(key).iter().any(|other| other.id != one.id && one.path.contains(&other.id)))
    };
    let all: Vec<&Called> = of(last).iter().filter(lies).collect();
    let stairwells = all.iter().filter(|one| one.kind == PlaceKind::Stairwell).count();
    if around.is_empty() && stairwells > FEW { Vec::new() } else { all }
}

/// The place by which a matter there is found.
fn known(called: &Called, finest: Finest) -> Option<PlaceId> {
    match finest {
        Finest::Building if called.kind == PlaceKind::Stairwell => called.path.iter().rev().nth(1).copied(),
        Finest::Building if called.kind.below_building() => None,
        _ => Some(called.id),
    }
}

/// What lies in some places and is found by itself alone: households in stairwells, since a matter
/// says only where it is exactly, in which building, and around that; and phases and facilities in
/// compounds, for the same reason.
async fn lower(db: &Db, all: &[&Called], finest: Finest) -> Result<BTreeMap<PlaceId, Vec<PlaceId>>, Fault> {
    let of = |wanted: &dyn Fn(PlaceKind) -> bool| -> BTreeSet<(PlaceId, PlaceId)> {
        all.iter().filter(|one| wanted(one.kind)).map(|one| (one.ledger, one.id)).collect()
    };
    let is_open = |kind: PlaceKind| {
        !(kind.keeps_ledger()
            || kind.below_building()
            || matches!(kind, PlaceKind::Building | PlaceKind::Grid))
    };
    let mut rows = Vec::new();
    let stairwells = of(&|kind| kind == PlaceKind::Stairwell && finest == Finest::Exact);
    if !stairwells.is_empty() {
        rows.extend(ROOMS.all(db, &args_and_pairs([], stairwells)).await?);
    }
    let mut parents = of(&is_open);
    // A phase lies in a compound, a facility in either.
    while !parents.is_empty() {
        let parts = PARTS.all(db, &args_and_pairs([], parents)).await?;
        parents =
            parts.iter().filter(|row| row.kind == PlaceKind::Phase).map(|row| (row.ledger, row.id)).collect();
        rows.extend(parts);
    }
    let mut lower: BTreeMap<PlaceId, Vec<PlaceId>> = BTreeMap::new();
    for row in rows {
        for above in row.path.iter().filter(|above| **above != row.id) {
            lower.entry(*above).or_default().push(row.id);
        }
    }
    Ok(lower)
}
