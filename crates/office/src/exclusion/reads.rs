//! Exclusions as pages and desks list them.

use crate::relations::Relation;
use yishi_domain::exclusion::{ExclusionClass, ExclusionId, ExclusionStage, ExclusionStep};
use yishi_domain::matters::MatterId;
use yishi_kernel::{Moment, PlaceId};
use yishi_store::query::args_and_pairs;
use yishi_store::{Db, Fault, args, query, row};

row! {
    /// An exclusion as listed.
    pub ExclusionRow, from "exclusion x" {
        /// The ledger.
        ledger: PlaceId = "x.ledger",
        /// The exclusion.
        id: ExclusionId = "x.id",
        /// Its number: that of its first entry.
        number: i64 = "x.number",
        /// Where it stands.
        stage: ExclusionStage = "x.stage",
        /// The matter.
        matter: MatterId = "x.matter",
        /// Where it is.
        place: PlaceId = "x.place",
        /// Of which class it was said to be.
        class: ExclusionClass = "x.class",
        /// When it was asked for.
        asked: Moment = "x.asked",
        /// What comes next, and by when.
        next: Option<(ExclusionStep, Moment)> = "x.step, x.due",
    }
}

/// Exclusions of a matter.
pub static EXCLUDED: Relation =
    Relation { rows: "exclusion where exclusion.ledger = g.ledger and exclusion.matter = g.member" };

query! {
    ONE: ExclusionRow => "where x.ledger = ?1 and x.id = ?2";
    SOME: ExclusionRow => "where (x.ledger, x.id) in (values (?1, ?2), …)";
}

/// One exclusion as listed.
pub async fn exclusion(db: &Db, ledger: PlaceId, id: ExclusionId) -> Result<Option<ExclusionRow>, Fault> {
    ONE.first(db, &args![ledger, id]).await
}

/// Several exclusions as listed, in any order.
pub async fn some(db: &Db, keys: &[(PlaceId, ExclusionId)]) -> Result<Vec<ExclusionRow>, Fault> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    SOME.all(db, &args_and_pairs([], keys.iter().copied())).await
}
