//! Results of owners as pages and desks list them.

use yishi_domain::ballots::{OwnersResultId, ResultStage, ResultStep};
use yishi_domain::meetings::MeetingId;
use yishi_kernel::{Moment, PlaceId};
use yishi_store::query::args_and_pairs;
use yishi_store::{Db, Fault, args, query, row};

row! {
    /// A result of owners as listed.
    pub ResultRow, from "owners_result" {
        /// The ledger.
        ledger: PlaceId,
        /// The result.
        id: OwnersResultId,
        /// Its number: that of its first entry.
        number: i64,
        /// Where it stands.
        stage: ResultStage,
        /// The meeting that recommended it.
        meeting: MeetingId,
        /// Which of its motions.
        motion: u32,
        /// Where.
        place: PlaceId,
        /// When it was entered.
        entered: Moment,
        /// What comes next, and by when.
        next: Option<(ResultStep, Moment)> = "step, due",
    }
}

query! {
    ONE: ResultRow => "where ledger = ?1 and id = ?2";
    OF_MEETING: ResultRow => "where ledger = ?1 and meeting = ?2 order by motion, entered, id";
    /// How many results of a motion stand.
    pub(crate) STANDING: u64 = "select count(*) from owners_result where ledger = ?1 and meeting = ?2 and motion = ?3 and stage <> 'rejected'";
    SOME: ResultRow => "where (ledger, id) in (values (?1, ?2), …)";
}

/// One result as listed.
pub async fn result(db: &Db, ledger: PlaceId, id: OwnersResultId) -> Result<Option<ResultRow>, Fault> {
    ONE.first(db, &args![ledger, id]).await
}

/// The results of what a meeting recommended.
pub async fn of_meeting(db: &Db, ledger: PlaceId, meeting: MeetingId) -> Result<Vec<ResultRow>, Fault> {
    OF_MEETING.all(db, &args![ledger, meeting]).await
}

/// Several results as listed, in any order.
pub async fn some(db: &Db, keys: &[(PlaceId, OwnersResultId)]) -> Result<Vec<ResultRow>, Fault> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    SOME.all(db, &args_and_pairs([], keys.iter().copied())).await
}
