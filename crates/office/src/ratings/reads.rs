//! Double assessments as pages and desks list them, and what was said of each body in a year.

use yishi_domain::dispatch::OrderId;
use yishi_domain::ratings::{AssessmentId, AssessmentStage, Grade};
use yishi_kernel::PlaceId;
use yishi_store::query::args_and_pairs;
use yishi_store::{Db, Fault, args, query, row};

row! {
    /// A double assessment as listed.
    pub AssessmentRow, from "assessment a left join work_order o on o.ledger = a.ledger and o.id = a.work_order" {
        /// The ledger.
        ledger: PlaceId = "a.ledger",
        /// The assessment.
        id: AssessmentId = "a.id",
        /// The number of its first entry.
        number: i64 = "a.number",
        /// Where it stands.
        stage: AssessmentStage = "a.stage",
        /// The order.
        order: OrderId = "a.work_order",
        /// The number of its first entry.
        order_number: i64 = "coalesce(o.number, 0)",
        /// What that asked for.
        task: String = "coalesce(o.task, '')",
        /// The place, a building at the finest.
        place: PlaceId = "a.place",
    }
}

row! {
    /// How often the same was said of a body, or of the street's desk, in a year.
    pub SaidRow, from "rating" {
        /// The key of who was rated.
        of: String = "of",
        /// How soon it answered.
        response: Grade = "response",
        /// Whether it came.
        presence: Grade = "presence",
        /// What came of it.
        result: Grade = "result",
        /// How often all three were said together.
        count: u64 = "count(*)",
    }
}

query! {
    ONE: AssessmentRow => "where a.ledger = ?1 and a.id = ?2";
    SOME: AssessmentRow => "where (a.ledger, a.id) in (values (?1, ?2), …)";
    OF_ORDER: AssessmentRow => "where a.ledger = ?1 and a.work_order = ?2";
    SAID: SaidRow => "where ledger = ?1 and year = ?2 group by of, response, presence, result";
    YEARS: u64 = "select distinct year from rating where ledger = ?1 order by year desc",
        walks "the ratings of one ledger";
}

/// One assessment as listed.
pub async fn assessment(db: &Db, ledger: PlaceId, id: AssessmentId) -> Result<Option<AssessmentRow>, Fault> {
    ONE.first(db, &args![ledger, id]).await
}

/// Several assessments as listed, in any order.
pub async fn some(db: &Db, keys: &[(PlaceId, AssessmentId)]) -> Result<Vec<AssessmentRow>, Fault> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    SOME.all(db, &args_and_pairs([], keys.iter().copied())).await
}

/// That of an order.
pub async fn of_order(db: &Db, ledger: PlaceId, order: OrderId) -> Result<Option<AssessmentRow>, Fault> {
    OF_ORDER.first(db, &args![ledger, order]).await
}

/// What was said in a year.
pub async fn said(db: &Db, ledger: PlaceId, year: u32) -> Result<Vec<SaidRow>, Fault> {
    SAID.all(db, &args![ledger, year]).await
}

/// The years in which something was said, the latest first.
pub async fn years(db: &Db, ledger: PlaceId) -> Result<Vec<u64>, Fault> {
    YEARS.all(db, &args![ledger]).await
}
