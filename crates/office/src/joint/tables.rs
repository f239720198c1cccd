//! The table of what streets adopted for joint working.

use crate::Viewed;
use yishi_domain::joint::{CORRECT, JointId, JointWork};
use yishi_kernel::cell::Number;
use yishi_kernel::{Loaded, Moment, PlaceId, Right};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, table};

/// The tables of joint working.
pub(crate) static TABLES: &[&Table] = &[JointLine::TABLE];

table! {
    /// What was adopted, by its day.
    pub(crate) JointLine in "joint_work", key (ledger, id) {
        ledger: PlaceId,
        id: JointId,
        number: Number,
        adopted: Moment,
    }
    index joint_work_adopted (ledger, adopted, number);
}

impl Viewed for JointWork {
    const CORRECT: Option<&'static Right> = Some(&CORRECT);

    fn rows(ledger: PlaceId, id: &str, work: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        Rows::of(JointLine { ledger, id, number: Number::Own, adopted: work.adopted })
    }
}
