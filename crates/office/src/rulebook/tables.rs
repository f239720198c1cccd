//! The tables of confirmations, which statutory forums' numbers a street compared with the law, and of
//! changes, which numbers are otherwise in a place.

use crate::Viewed;
use yishi_domain::rulebook::{
    CORRECT, CORRECT_CHANGE, ChangeId, Changing, Confirmation, ConfirmationId, ConfirmationStage, Counted,
    LocalChange,
};
use yishi_kernel::cell::Number;
use yishi_kernel::{Loaded, Moment, PlaceId, Right};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, table};

/// The tables of the rulebook.
pub(crate) static TABLES: &[&Table] = &[ConfirmationLine::TABLE, ChangeLine::TABLE];

table! {
    /// Confirmations. `day` is the end of the day on which `source` was read, `at` when that was
    /// recorded.
    pub(crate) ConfirmationLine in "confirmation", key (ledger, id) {
        ledger: PlaceId,
        id: ConfirmationId,
        number: Number,
        stage: ConfirmationStage,
        forum: String,
        figures: String,
        source: String,
        day: Moment,
        at: Moment,
        withdrawn: Option<Moment>,
        reason: Option<String>,
    }
    index confirmation_forum (ledger, forum, at, id);
}

table! {
    /// Changes of numbers. `counted`, `count` and `source` are there where one was set.
    pub(crate) ChangeLine in "rule_change", key (ledger, id) {
        ledger: PlaceId,
        id: ChangeId,
        number: Number,
        name: String,
        how: Changing,
        counted: Option<Counted>,
        amount: Option<i64>,
        was_counted: Counted,
        was: i64,
        source: Option<String>,
        reason: String,
        at: Moment,
    }
    index rule_change_of (ledger, name, number);
}

impl Viewed for LocalChange {
    const CORRECT: Option<&'static Right> = Some(&CORRECT_CHANGE);

    fn rows(ledger: PlaceId, id: &str, one: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        let now = one.now.as_ref();
        Rows::of(ChangeLine {
            ledger,
            id,
            number: Number::Own,
            name: one.number.clone(),
            how: one.how(),
            counted: now.map(|(counted, ..)| *counted),
            amount: now.map(|(_, count, _)| *count),
            was_counted: one.was.0,
            was: one.was.1,
            source: now.map(|(.., source)| source.to_string()),
            reason: one.reason.to_string(),
            at: one.at,
        })
    }
}

impl Viewed for Confirmation {
    const CORRECT: Option<&'static Right> = Some(&CORRECT);

    fn rows(ledger: PlaceId, id: &str, one: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        Rows::of(ConfirmationLine {
            ledger,
            id,
            number: Number::Own,
            stage: one.stage,
            forum: one.forum.clone(),
            figures: one.figures.to_string(),
            source: one.read.to_string(),
            day: one.on,
            at: one.at,
            withdrawn: one.withdrawn.as_ref().map(|(at, _)| *at),
            reason: one.withdrawn.as_ref().map(|(_, reason)| reason.to_string()),
        })
    }
}
