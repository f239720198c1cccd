//! What a street confirmed of statutory forums, and which numbers are otherwise in a place, as pages
//! and commands look it up.

use crate::paging::{Key, MORE, PAGE, Paged, below};
use yishi_domain::rulebook::{
    ChangeId, Changing, ConfirmationId, ConfirmationStage, Counted, Figures, local,
};
use yishi_kernel::rules::Change;
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

row! {
    /// A change of a number as listed.
    pub ChangeRow, from "rule_change c" {
        /// The ledger.
        ledger: PlaceId = "c.ledger",
        /// The change.
        id: ChangeId = "c.id",
        /// Its number: that of its entry.
        number: i64 = "c.number",
        /// Of which number of the rules.
        name: String = "c.name",
        /// What was done.
        how: Changing = "c.how",
        /// What is counted since, where it was set.
        counted: Option<Counted> = "c.counted",
        /// How many since, where it was set.
        amount: Option<i64> = "c.amount",
        /// What was counted before.
        was_counted: Counted = "c.was_counted",
        /// How many before.
        was: i64 = "c.was",
        /// The rule or document that it comes from, where it was set.
        source: Option<String> = "c.source",
        /// Why.
        reason: String = "c.reason",
        /// Since when.
        at: Moment = "c.at",
    }
}

query! {
    CHANGE: ChangeRow => "where c.ledger = ?1 and c.id = ?2";
    CHANGES: ChangeRow => "where c.ledger = ?1 order by c.name, c.number", walks "a ledger's changes, which people make one by one";
    CHANGES_OF: ChangeRow => "where c.ledger = ?1 and c.name = ?2 and c.number < ?3 order by c.number desc limit ?4";
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

impl ChangeRow {
    /// What it makes of the number; nothing where it took a change back. The pack names the change: what
    /// somebody wrote stands in no pack, since it can be corrected and taken back.
    #[must_use]
    pub fn change(&self) -> Option<Change> {
        let (counted, count) = (self.counted?, self.amount?);
        let source = format!("本地规则：账本第{}条改动", self.number);
        Some(Change { of: self.name.clone(), unit: counted.unit(), count, source })
    }
}

/// One change.
pub async fn change(db: &Db, ledger: PlaceId, id: ChangeId) -> Result<Option<ChangeRow>, Fault> {
    CHANGE.first(db, &args![ledger, id]).await
}

/// What is otherwise in a place than above it. All its changes are read: people make them one by one.
pub async fn local_changes(db: &Db, ledger: PlaceId) -> Result<Vec<Change>, Fault> {
    let rows = CHANGES.all(db, &args![ledger]).await?;
    Ok(local(rows.into_iter().map(|row| (row.name.clone(), row.change()))))
}

/// A page of the changes of one number in a place, the latest first; before the one of this number.
pub async fn changes_of(
    db: &Db,
    ledger: PlaceId,
    name: &str,
    before: Option<i64>,
) -> Result<Paged<ChangeRow>, Fault> {
    let before = before.unwrap_or(i64::MAX);
    let mut rows = CHANGES_OF.all(db, &args![ledger, name, before, MORE]).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|row| row.number.to_string());
    Ok(Paged { rows, next })
}
