//! Emergency bases as pages and desks list them.

use crate::relations::Relation;
use yishi_domain::dispatch::OrderId;
use yishi_domain::emergency::{BasisId, BasisStage, BasisStep};
use yishi_domain::matters::MatterId;
use yishi_kernel::{Moment, PlaceId};
use yishi_store::query::args_and_pairs;
use yishi_store::{Db, Fault, args, query, row};

row! {
    /// An emergency basis as listed.
    pub BasisRow, from "emergency_basis b" {
        /// The ledger.
        ledger: PlaceId = "b.ledger",
        /// The basis.
        id: BasisId = "b.id",
        /// Its number: that of its first entry.
        number: i64 = "b.number",
        /// Where it stands.
        stage: BasisStage = "b.stage",
        /// The matter that it is about.
        matter: MatterId = "b.matter",
        /// Where.
        place: PlaceId = "b.place",
        /// The least that makes safe.
        line: String = "b.line",
        /// The order that it freed.
        order: Option<OrderId> = "b.work_order",
        /// When it was entered.
        entered: Moment = "b.entered",
        /// When it was confirmed.
        confirmed: Option<Moment> = "b.confirmed",
        /// What comes next, and by when.
        next: Option<(BasisStep, Moment)> = "b.step, b.due",
    }
}

/// Emergencies that were entered about a matter.
pub static FREED: Relation = Relation {
    rows: "emergency_basis where emergency_basis.ledger = g.ledger and emergency_basis.matter = g.member",
};

query! {
    ONE: BasisRow => "where b.ledger = ?1 and b.id = ?2";
    SOME: BasisRow => "where (b.ledger, b.id) in (values (?1, ?2), …)";
    OF_MATTER: BasisRow => "where b.ledger = ?1 and b.matter in
         (select member from family where ledger = ?1 and root = ?2 union values (?2)) order by b.entered, b.id",
        sorts "the emergencies of a matter";
    /// How many of a matter, with all that it carries, are not settled.
    pub(crate) COUNT_OPEN: u64 = "select count(*) from emergency_basis b where b.ledger = ?1 and b.open = 1 and b.matter in
         (select member from family where ledger = ?1 and root = ?2)";
}

/// One basis as listed.
pub async fn basis(db: &Db, ledger: PlaceId, id: BasisId) -> Result<Option<BasisRow>, Fault> {
    ONE.first(db, &args![ledger, id]).await
}

/// The bases of a matter and of all that was merged into it, oldest first.
pub async fn of_matter(db: &Db, ledger: PlaceId, matter: MatterId) -> Result<Vec<BasisRow>, Fault> {
    OF_MATTER.all(db, &args![ledger, matter]).await
}

/// Several bases as listed, in any order.
pub async fn some(db: &Db, keys: &[(PlaceId, BasisId)]) -> Result<Vec<BasisRow>, Fault> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    SOME.all(db, &args_and_pairs([], keys.iter().copied())).await
}
