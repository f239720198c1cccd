//! The table of promises.

use crate::Viewed;
use crate::concern::Follows;
use crate::features::next;
use yishi_domain::meetings::MeetingId;
use yishi_domain::promises::{CORRECT, Passed, Promise, PromiseId, PromiseStage, PromiseStep};
use yishi_kernel::cell::{Flag, Number};
use yishi_kernel::{Loaded, Moment, OrganisationId, PlaceId, Right, Stream as _, StreamName};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, table};

/// The tables of promises.
pub(crate) static TABLES: &[&Table] = &[PromiseLine::TABLE];

table! {
    /// Promises. `open` until kept or broken; `first` is the day given first, `day` the one that
    /// holds; `passed` where the desk owes it now.
    pub(crate) PromiseLine in "promise", key (ledger, id) {
        ledger: PlaceId,
        id: PromiseId,
        number: Number,
        stage: PromiseStage,
        open: Flag,
        meeting: MeetingId,
        place: PlaceId,
        body: OrganisationId,
        passed: Flag,
        what: String,
        made: Moment,
        first: Moment,
        day: Moment,
        renewals: u64,
        step: Option<PromiseStep>,
        due: Option<Moment>,
        ended: Option<Moment>,
    }
    index promise_open (ledger, open, day, id);
    index promise_ended (ledger, ended, id) where ended;
    index promise_meeting (ledger, meeting, made, id);
}

impl Viewed for Promise {
    const CORRECT: Option<&'static Right> = Some(&CORRECT);

    fn follows(&self) -> Follows {
        Follows { matters: Vec::new(), topics: self.topics.clone() }
    }

    /// Minutes say what was promised.
    fn quoted_by(&self) -> Vec<StreamName> {
        vec![self.meeting.into()]
    }

    fn rows(ledger: PlaceId, id: &str, promise: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        let (step, due) = next(&promise.waits());
        Rows::of(PromiseLine {
            ledger,
            id,
            number: Number::Own,
            stage: promise.stage,
            open: Flag::from(promise.ended.is_none()),
            meeting: promise.meeting,
            place: promise.place,
            body: promise.body,
            passed: Flag::from(promise.passed == Passed::ToDesk),
            what: promise.what.to_string(),
            made: promise.made,
            first: promise.first_due(),
            day: promise.due,
            renewals: promise.renewals.len() as u64,
            step,
            due,
            ended: promise.ended,
        })
    }
}
