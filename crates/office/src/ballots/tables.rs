//! The table of results of owners.

use crate::Viewed;
use crate::concern::Follows;
use crate::features::next;
use yishi_domain::ballots::{CORRECT, ERASE, OwnersResult, OwnersResultId, ResultStage, ResultStep};
use yishi_domain::meetings::MeetingId;
use yishi_kernel::cell::Number;
use yishi_kernel::{Loaded, Moment, PlaceId, Right, Stream};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, table};

/// The table of results of owners.
pub(crate) static TABLES: &[&Table] = &[ResultLine::TABLE];

table! {
    /// Results of owners, by the motion that was recommended to them.
    pub(crate) ResultLine in "owners_result", key (ledger, id) {
        ledger: PlaceId,
        id: OwnersResultId,
        number: Number,
        stage: ResultStage,
        meeting: MeetingId,
        motion: u32,
        place: PlaceId,
        entered: Moment,
        step: Option<ResultStep>,
        due: Option<Moment>,
    }
    index owners_result_motion (ledger, meeting, motion, entered, id);
}

impl Viewed for OwnersResult {
    const ERASE: Option<&'static Right> = Some(&ERASE);
    const CORRECT: Option<&'static Right> = Some(&CORRECT);

    fn follows(&self) -> Follows {
        Follows { matters: Vec::new(), topics: vec![self.topic] }
    }

    fn rows(ledger: PlaceId, id: &str, result: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        let (step, due) = next(&result.waits());
        Rows::of(ResultLine {
            ledger,
            id,
            number: Number::Own,
            stage: result.stage,
            meeting: result.meeting,
            motion: result.motion,
            place: result.place,
            entered: result.entered,
            step,
            due,
        })
    }
}
