//! What a street confirmed of statutory forums, as pages and commands look it up.

use crate::paging::{Key, MORE, Paged, below};
use yishi_domain::rulebook::{ConfirmationId, ConfirmationStage, Figures};
use yishi_kernel::{Moment, PlaceId};
use yishi_store::{Db, Fault, args, query, row};

row! {
    /// A confirmation as listed.
    pub ConfirmationRow, from "confirmation c" {
        /// The street's ledger.
        ledger: PlaceId = "c.ledger",
        /// The confirmation.
        id: ConfirmationId = "c.id",
        /// Its number: that of its first entry.
        number: i64 = "c.number",
        /// Where it stands.
        stage: ConfirmationStage = "c.stage",
        /// The forum.
        forum: String = "c.forum",
        /// The digest of the numbers that it is of.
        figures: String = "c.figures",
        /// What they were compared with.
        source: String = "c.source",
        /// The end of the day on which that was read.
        day: Moment = "c.day",
        /// When it was recorded.
        at: Moment = "c.at",
        /// When it was taken back.
        withdrawn: Option<Moment> = "c.withdrawn",
        /// Why.
        reason: Option<String> = "c.reason",
    }
}

row! {
    /// What stands confirmed for a forum.
    pub(crate) Standing, from "confirmation c" {
        id: ConfirmationId = "c.id",
        figures: String = "c.figures",
    }
}

query! {
    ONE: ConfirmationRow => "where c.ledger = ?1 and c.id = ?2";
    LAST: ConfirmationRow => "where c.ledger = ?1 and c.forum = ?2 order by c.at desc, c.id desc limit 1";
    OF_NUMBERS: ConfirmationRow => "where c.ledger = ?1 and c.forum = ?2 and c.figures = ?3 and c.stage = 'standing' order by c.at desc, c.id desc limit 1";
    ALL: ConfirmationRow => "where c.ledger = ?1 and c.forum = ?2 and (c.at, c.id) < (?3, ?4) order by c.at desc, c.id desc limit ?5";
    pub(crate) STANDING: Standing => "where c.ledger = ?1 and c.forum = ?2 and c.stage = 'standing'";
}

/// One confirmation.
pub async fn confirmation(
    db: &Db,
    street: PlaceId,
    id: ConfirmationId,
) -> Result<Option<ConfirmationRow>, Fault> {
    ONE.first(db, &args![street, id]).await
}

/// The confirmation of these very numbers that stands.
pub async fn standing(
    db: &Db,
    street: PlaceId,
    forum: &str,
    figures: &Figures,
) -> Result<Option<ConfirmationRow>, Fault> {
    OF_NUMBERS.first(db, &args![street, forum, figures.as_str()]).await
}

/// The last confirmation of a forum, whatever became of it and of its numbers.
pub async fn last(db: &Db, street: PlaceId, forum: &str) -> Result<Option<ConfirmationRow>, Fault> {
    LAST.first(db, &args![street, forum]).await
}

/// A page of all confirmations of a forum, the latest first.
pub async fn of_forum(
    db: &Db,
    street: PlaceId,
    forum: &str,
    before: Option<Key<ConfirmationId>>,
) -> Result<Paged<ConfirmationRow>, Fault> {
    let (at, id) = below(before);
    let rows = ALL.all(db, &args![street, forum, at, id, MORE]).await?;
    Ok(Paged::of(rows, |row| (row.at, row.id)))
}
