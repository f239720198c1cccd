//! What was raised before at the same spot about the same (重复反映): how often, at which levels,
//! what became of it, who worked on it and how long that held. What follows is the domain's to
//! say; it is read for those who work on it, and names nobody.

use super::digest_of_supporter;
use super::facts::to_hold;
use super::reads::{MatterRow, matters, receipts_of};
use crate::dispatch::reads::{OrderRow, of_matters};
use crate::people::desks::Desks;
use crate::places::reads::place;
use crate::{Case, Failure, Load};
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::dispatch::OrderKind;
use yishi_domain::matters::{Matter, MatterId, Outcome, Proof, ReceiptId, Repeats, Rules, Sorting, Triage};
use yishi_kernel::{Moment, PlaceId, words};
use yishi_store::query::args_and_pairs;
use yishi_store::{Db, Fault, args, query, row};

row! {
    /// How often the same was raised at a spot before a matter was.
    TimesRow {
        matter: MatterId = "a.id",
        times: u64 = "(select count(*) from (select 1 from matter m where m.ledger = a.ledger and m.place = a.place
            and m.category = a.category and m.raised < a.raised and m.raised > a.raised - ?1 limit ?2) before)",
    }
}

row! {
    /// A matter of a spot, with how it ended.
    AtSpot {
        id: MatterId = "m.id",
        outcome: Option<Outcome> = "m.outcome",
        closed: Option<Moment> = "m.closed",
    }
}

query! {
    // Of places that are one spot: the same kinds as have a history there.
    TIMES: TimesRow => "from (values (?3, ?4), …) v cross join matter a cross join place p
         where a.ledger = v.column1 and a.id = v.column2 and a.category <> '' and p.id = a.place
         and p.kind not in ('community', 'village', 'compound', 'phase', 'natural_village')",
        scans "no more than are counted";
    OWN: OwnRow => "from (select ledger, id, stage from matter where ledger = ?1 and exact = ?2
             order by raised desc, id desc limit ?4) m cross join receipt r
         where m.stage in ('raised', 'in_hand') and r.ledger = m.ledger and r.matter = m.id and r.supporter = ?3
         and r.how = 'raised' and r.withdrawn is null", scans "the latest few at one place";
    AT_SPOT: AtSpot => "from matter m where m.ledger = ?1 and m.place = ?2 and m.category = ?3
         and m.raised > ?4 and m.raised < ?5 order by m.raised desc, m.id desc limit ?6";
}

row! {
    /// What a device has said.
    OwnRow {
        matter: MatterId = "m.id",
        receipt: ReceiptId = "r.id",
    }
}

words! {
    /// At which level the same was said (层级).
    Level as "level" {
        /// To a steward (楼道).
        Stairwell = "stairwell",
        /// To the community (社区).
        Community = "community",
        /// To the street, or by its whistle (街道).
        Street = "street",
    }
}

/// What was raised before at a spot about the same.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    /// The matters, the earliest first.
    pub matters: Vec<Before>,
    /// At which levels, the matter itself included.
    pub levels: BTreeSet<Level>,
    /// How many receipts these matters have.
    pub voices: usize,
    /// How often it was solved before.
    pub solved: usize,
}

/// One that was raised before.
#[derive(Clone, Debug)]
pub struct Before {
    /// As listed.
    pub row: MatterRow,
    /// When it was closed.
    pub closed: Option<Moment>,
    /// What was sent out about it.
    pub orders: Vec<OrderRow>,
}

/// So many of a spot's history are read: the latest. A place with more is asked about every day.
pub const HISTORY: usize = 100;
/// So many that came before are counted for a line of a list.
pub const COUNTED: u64 = 99;
/// A day in microseconds.
const DAY: i64 = 24 * 60 * 60 * 1_000_000;

/// How often the same was raised before each of some matters, up to [`COUNTED`]; those of which that
/// is never, or whose place is too large to be one spot, are not in it.
pub async fn times(
    db: &Db,
    rules: &Repeats,
    keys: &[(PlaceId, MatterId)],
) -> Result<BTreeMap<MatterId, u64>, Fault> {
    if keys.is_empty() {
        return Ok(BTreeMap::new());
    }
    let back = i64::from(rules.days) * DAY;
    let found = TIMES.all(db, &args_and_pairs(args![back, COUNTED], keys.iter().copied())).await?;
    Ok(found.into_iter().filter(|row| row.times > 0).map(|row| (row.matter, row.times)).collect())
}

/// What was raised at the spot of a matter before it was, about that category: the latest
/// [`HISTORY`] of it.
pub async fn earlier(db: &Db, rules: &Repeats, of: &MatterRow, category: &str) -> Result<Earlier, Fault> {
    let before = at_spot(db, rules, (of.ledger, of.place, of.raised), category).await?;
    let ids: Vec<MatterId> = before.iter().map(|one| one.id).collect();
    let keys: Vec<_> = ids.iter().map(|id| (of.ledger, *id)).collect();
    let mut rows: BTreeMap<_, _> = matters(db, &keys).await?.into_iter().map(|row| (row.id, row)).collect();
    let mut orders: BTreeMap<MatterId, Vec<OrderRow>> = BTreeMap::new();
    for order in of_matters(db, of.ledger, &ids).await? {
        if let Some(matter) = order.matter {
            orders.entry(matter).or_default().push(order);
        }
    }
    let all: Vec<MatterId> = ids.iter().copied().chain([of.id]).collect();
    let receipts = receipts_of(db, of.ledger, &all).await?;
    let whistled = orders.values().flatten().any(|order| order.kind == OrderKind::Whistle);
    let by_steward = receipts.values().flatten().any(|receipt| receipt.proof == Proof::Neighbour);
    let desks = rows.values().chain([of]).map(|row| Level::of_desk(row.ledger, row.desk));
    let levels = desks
        .chain(whistled.then_some(Level::Street))
        .chain(by_steward.then_some(Level::Stairwell))
        .collect();
    let solved = before.iter().filter(|one| one.is_solved()).count();
    let matters = before.into_iter().filter_map(|one| {
        let row = rows.remove(&one.id)?;
        Some(Before { row, closed: one.closed, orders: orders.remove(&one.id).unwrap_or_default() })
    });
    let matters = matters.collect();
    Ok(Earlier { matters, levels, voices: receipts.values().map(Vec::len).sum(), solved })
}

/// Of how many things at a place one looks whether this device has said them: the latest.
const LATEST: i64 = 10;

/// What this device or household said at a place lately and is not answered yet, with its receipt.
pub async fn own_open(
    db: &Db,
    ledger: PlaceId,
    at: PlaceId,
    supporter: &str,
) -> Result<Option<(MatterId, ReceiptId)>, Fault> {
    let supporter = digest_of_supporter(ledger, supporter);
    let found = OWN.first(db, &args![ledger, at, supporter, LATEST]).await?;
    Ok(found.map(|row| (row.matter, row.receipt)))
}

/// The same of a category at a place before a moment, the earliest first; nothing where the place is
/// too large to be one spot.
async fn at_spot(
    db: &Db,
    rules: &Repeats,
    (ledger, at, raised): (PlaceId, PlaceId, Moment),
    category: &str,
) -> Result<Vec<AtSpot>, Fault> {
    let spot = place(db, at).await?.is_some_and(|place| place.kind.is_spot());
    if !spot || category.is_empty() {
        return Ok(Vec::new());
    }
    let since = Moment(raised.0 - i64::from(rules.days) * DAY);
    let most = i64::try_from(HISTORY).unwrap_or(i64::MAX);
    let mut found = AT_SPOT.all(db, &args![ledger, at, category, since, raised, most]).await?;
    found.reverse();
    Ok(found)
}

impl AtSpot {
    /// Whether it was closed with an answer that stood: what was taken back was never sorted.
    fn is_solved(&self) -> bool {
        self.closed.is_some() && self.outcome.is_some_and(|outcome| outcome != Outcome::NotAccepted)
    }
}

impl Level {
    fn of_desk(ledger: PlaceId, desk: PlaceId) -> Self {
        if ledger == desk { Level::Community } else { Level::Street }
    }
}

impl Load<Triage> for Sorting {
    async fn load(case: &mut Case<'_>, command: &Triage) -> Result<Self, Failure> {
        let to = to_hold(case, command.person).await?;
        let matter = case.state::<Matter>()?;
        let rules = case.office.rules(case.ledger, case.now).await?;
        let rules = &rules.section::<Rules>().repeats;
        let at = (case.ledger, matter.place, matter.raised);
        let solved = at_spot(case.db(), rules, at, &command.category)
            .await?
            .iter()
            .filter(|one| one.is_solved())
            .count();
        let path = place(case.db(), case.ledger).await?.map(|row| row.path).unwrap_or_default();
        let above = path.split_last().map(|(_, above)| above.to_vec()).unwrap_or_default();
        let above = Desks::over(case.db(), [&above], case.now).await?.seeing_to(&above);
        Ok(Sorting { to, solved: u32::try_from(solved).unwrap_or(u32::MAX), above })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use yishi_domain::places::PlaceKind;

    #[test]
    fn a_line_counts_at_the_same_kinds_of_places_as_have_a_history() {
        let large = PlaceKind::ALL.iter().filter(|kind| kind.takes_matters() && !kind.is_spot());
        let words: Vec<String> = large.map(|kind| format!("'{}'", kind.word())).collect();
        let sql = TIMES.statement.sample();
        let listed = sql.split_once("not in (").and_then(|(_, rest)| rest.split_once(')'));
        let mut listed: Vec<&str> = listed.map_or("", |(listed, _)| listed).split(", ").collect();
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        listed.sort_unstable();
        words.sort_unstable();
        assert_eq!(listed, words);
    }
}
