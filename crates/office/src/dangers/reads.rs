//! Dangers as pages and desks list them.

use crate::paging::{Key, MORE, Paged, below};
use crate::relations::Relation;
use yishi_domain::dangers::{DangerId, DangerStage, Protection, Risk};
use yishi_domain::matters::MatterId;
use yishi_kernel::{Moment, PlaceId};
use yishi_store::query::args_and_pairs;
use yishi_store::{Db, Fault, args, query, row};

row! {
    /// A danger as listed.
    #[derive(Copy)]
    pub DangerRow, from "danger d" {
        /// The ledger.
        ledger: PlaceId = "d.ledger",
        /// The danger.
        id: DangerId = "d.id",
        /// Its number: that of its first entry.
        number: i64 = "d.number",
        /// The matter it is about.
        matter: MatterId = "d.matter",
        /// What is at risk.
        risk: Risk = "d.risk",
        /// Where it stands.
        stage: DangerStage = "d.stage",
        /// The place the public may know.
        place: PlaceId = "d.place",
        /// When somebody tapped.
        tapped: Moment = "d.tapped",
        /// By when it must be made safe.
        due: Moment = "d.due",
        /// When somebody first said that they had seen it.
        seen: Option<Moment> = "d.seen",
        /// What protects, and since when.
        protected: Option<(Protection, Moment)> = "d.protection, d.protected",
        /// When a second person saw that it is safe.
        safe: Option<Moment> = "d.safe",
        /// By when the protection is looked at again.
        look_by: Option<Moment> = "d.look_by",
        /// When it came to its end.
        ended: Option<Moment> = "d.ended",
    }
}

row! {
    /// Orders that are open, and those that were accepted.
    #[derive(Copy)]
    pub(crate) Orders {
        /// Open.
        open: u64 = "count(case when o.step is not null then 1 end)",
        /// Accepted.
        accepted: u64 = "count(case when o.stage = 'accepted' then 1 end)",
    }
}

row! {
    /// A danger that is to go up a desk.
    #[derive(Copy)]
    pub(crate) Late, from "danger" {
        /// The ledger.
        ledger: PlaceId,
        /// The danger.
        id: DangerId,
        /// Since when.
        up_by: Moment,
    }
}

/// Dangers that were reported with a matter.
pub static ENDANGERED: Relation =
    Relation { rows: "danger where danger.ledger = g.ledger and danger.matter = g.member" };

query! {
    ONE: DangerRow => "where d.ledger = ?1 and d.id = ?2";
    SOME: DangerRow => "where (d.ledger, d.id) in (values (?1, ?2), …)";
    OPEN: DangerRow => "where d.ledger = ?1 and d.open = 1 order by d.tapped, d.id";
    ENDED: DangerRow => "where d.ledger = ?1 and d.open = 0 and (d.tapped, d.id) < (?2, ?3) order by d.tapped desc, d.id desc limit ?4";
    OF_MATTER: DangerRow => "where d.ledger = ?1 and d.matter in
         (select g.member from family f cross join family g
          where f.ledger = ?1 and f.member = ?2 and g.ledger = f.ledger and g.root = f.root) order by d.tapped, d.id",
        sorts "the dangers of a matter";
    /// The open dangers of a matter, with all that it carries.
    pub(crate) OPEN_OF: DangerRow => "where d.ledger = ?1 and d.open = 1 and d.matter in
         (select member from family where ledger = ?1 and root = ?2) order by d.tapped, d.id";
    /// How many dangers of a matter, with all that it carries, are open.
    pub(crate) COUNT_OPEN: u64 = "select count(*) from danger d where d.ledger = ?1 and d.open = 1 and d.matter in
         (select member from family where ledger = ?1 and root = ?2)";
    /// How many of them nothing protects.
    pub(crate) COUNT_EXPOSED: u64 = "select count(*) from danger d where d.ledger = ?1 and d.open = 1
         and d.protected is null and d.matter in (select member from family where ledger = ?1 and root = ?2)";
    /// Orders about a matter, with all that it carries.
    pub(crate) OF_FAMILY: Orders => "from work_order o where o.ledger = ?1 and o.matter in
         (select member from family where ledger = ?1 and root = ?2)";
    /// Orders that carry out what was decided about a topic.
    pub(crate) OF_TOPIC: Orders => "from work_order o where o.ledger = ?1 and o.topic = ?2";
    /// Those that are to go up a desk, a page after another.
    pub(crate) LATE: Late => "where up_by <= ?1 and (up_by, ledger, id) > (?2, ?3, ?4) order by up_by, ledger, id limit ?5";
}

/// One danger as listed.
pub async fn danger(db: &Db, ledger: PlaceId, id: DangerId) -> Result<Option<DangerRow>, Fault> {
    ONE.first(db, &args![ledger, id]).await
}

/// Several dangers as listed, in any order.
pub async fn some(db: &Db, keys: &[(PlaceId, DangerId)]) -> Result<Vec<DangerRow>, Fault> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    SOME.all(db, &args_and_pairs([], keys.iter().copied())).await
}

/// The open dangers of a ledger, the oldest first.
pub async fn open(db: &Db, ledger: PlaceId) -> Result<Vec<DangerRow>, Fault> {
    OPEN.all(db, &args![ledger]).await
}

/// A page of the dangers of a ledger that are at their end, the latest first.
pub async fn ended(
    db: &Db,
    ledger: PlaceId,
    before: Option<Key<DangerId>>,
) -> Result<Paged<DangerRow>, Fault> {
    let (tapped, id) = below(before);
    let rows = ENDED.all(db, &args![ledger, tapped, id, MORE]).await?;
    Ok(Paged::of(rows, |danger| (danger.tapped, danger.id)))
}

/// Dangers of a matter, or of the one that carries it, and of all that this carries, oldest first.
pub async fn of_matter(db: &Db, ledger: PlaceId, matter: MatterId) -> Result<Vec<DangerRow>, Fault> {
    OF_MATTER.all(db, &args![ledger, matter]).await
}

/// Those of them that are open, of a matter that no other one carries.
pub async fn open_of(db: &Db, ledger: PlaceId, matter: MatterId) -> Result<Vec<DangerRow>, Fault> {
    OPEN_OF.all(db, &args![ledger, matter]).await
}
