//! Promises as pages list them.

use crate::paging::{Key, MORE, Paged, above, below};
use yishi_domain::meetings::MeetingId;
use yishi_domain::promises::{PromiseId, PromiseStage, PromiseStep};
use yishi_kernel::cell::Flag;
use yishi_kernel::{Moment, OrganisationId, PlaceId};
use yishi_store::query::args_and_pairs;
use yishi_store::{Db, Fault, args, query, row};

row! {
    /// A promise as listed.
    pub PromiseRow, from "promise p
         left join organisation o on o.id = p.body
         left join meeting g on g.ledger = p.ledger and g.id = p.meeting" {
        /// The ledger.
        ledger: PlaceId = "p.ledger",
        /// The promise.
        id: PromiseId = "p.id",
        /// Its number: that of its first entry.
        number: i64 = "p.number",
        /// Where it stands.
        stage: PromiseStage = "p.stage",
        /// The place that the meeting was about.
        place: PlaceId = "p.place",
        /// Who promised.
        body: OrganisationId = "p.body",
        /// What that body is called.
        body_name: String = "coalesce(o.name, '')",
        /// Whether the desk owes it now.
        passed: Flag = "p.passed",
        /// What was promised.
        what: String = "p.what",
        /// When.
        made: Moment = "p.made",
        /// The day given first.
        first: Moment = "p.first",
        /// The day that holds.
        day: Moment = "p.day",
        /// How often it got a later one.
        renewals: u64 = "p.renewals",
        /// What comes next and by when.
        next: Option<(PromiseStep, Moment)> = "p.step, p.due",
        /// When it ended.
        ended: Option<Moment> = "p.ended",
        /// The number of the meeting at which it was made.
        meeting: i64 = "coalesce(g.number, 0)",
        /// What that meeting is called.
        meeting_title: String = "coalesce(g.title, '')",
    }
}

query! {
    ONE: PromiseRow => "where p.ledger = ?1 and p.id = ?2";
    SOME: PromiseRow => "where (p.ledger, p.id) in (values (?1, ?2), …)";
    OPEN: PromiseRow => "where p.ledger = ?1 and p.open = 1 and (p.day, p.id) > (?2, ?3) order by p.day, p.id limit ?4";
    ENDED: PromiseRow => "where p.ledger = ?1 and p.ended is not null and (p.ended, p.id) < (?2, ?3) order by p.ended desc, p.id desc limit ?4";
    OF_MEETING: PromiseRow => "where p.ledger = ?1 and p.meeting = ?2 and (p.made, p.id) > (?3, ?4) order by p.made, p.id limit ?5";
}

/// One promise as listed.
pub async fn promise(db: &Db, ledger: PlaceId, id: PromiseId) -> Result<Option<PromiseRow>, Fault> {
    ONE.first(db, &args![ledger, id]).await
}

/// Several promises as listed, in any order.
pub async fn some(db: &Db, keys: &[(PlaceId, PromiseId)]) -> Result<Vec<PromiseRow>, Fault> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    SOME.all(db, &args_and_pairs([], keys.iter().copied())).await
}

/// A page of the promises that are to be kept still, the next day first.
pub async fn open(
    db: &Db,
    ledger: PlaceId,
    after: Option<Key<PromiseId>>,
) -> Result<Paged<PromiseRow>, Fault> {
    let (day, id) = above(after);
    let rows = OPEN.all(db, &args![ledger, day, id, MORE]).await?;
    Ok(Paged::of(rows, |row| (row.day, row.id)))
}

/// A page of the promises that were kept or broken, the latest first.
pub async fn ended(
    db: &Db,
    ledger: PlaceId,
    before: Option<Key<PromiseId>>,
) -> Result<Paged<PromiseRow>, Fault> {
    let (at, id) = below(before);
    let rows = ENDED.all(db, &args![ledger, at, id, MORE]).await?;
    Ok(Paged::of(rows, |row| (row.ended.unwrap_or(row.made), row.id)))
}

/// A page of the promises made at a meeting, the oldest first.
pub async fn of_meeting(
    db: &Db,
    ledger: PlaceId,
    meeting: MeetingId,
    after: Option<Key<PromiseId>>,
) -> Result<Paged<PromiseRow>, Fault> {
    let (made, id) = above(after);
    let rows = OF_MEETING.all(db, &args![ledger, meeting, made, id, MORE]).await?;
    Ok(Paged::of(rows, |row| (row.made, row.id)))
}
