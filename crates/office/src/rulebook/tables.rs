//! The table of confirmations: which statutory forums' numbers a street compared with the law.

use crate::Viewed;
use yishi_domain::rulebook::{CORRECT, Confirmation, ConfirmationId, ConfirmationStage};
use yishi_kernel::cell::Number;
use yishi_kernel::{Loaded, Moment, PlaceId, Right};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, table};

/// The tables of the rulebook.
pub(crate) static TABLES: &[&Table] = &[ConfirmationLine::TABLE];

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
