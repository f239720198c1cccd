//! The table of dangers.

use crate::Viewed;
use crate::concern::Follows;
use yishi_domain::dangers::{CORRECT, Danger, DangerId, DangerStage, ERASE, Protection, Risk};
use yishi_domain::matters::MatterId;
use yishi_kernel::cell::{Flag, Number};
use yishi_kernel::{Loaded, Moment, PhotoDigest, PlaceId, Right};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, table};

/// The tables of dangers.
pub(crate) static TABLES: &[&Table] = &[DangerLine::TABLE];

table! {
    /// Dangers; `reported` and `first_due` as they were first reported, `up_by` while one that is
    /// not safe may go up a desk.
    pub(crate) DangerLine in "danger", key (ledger, id) {
        ledger: PlaceId,
        id: DangerId,
        number: Number,
        matter: MatterId,
        risk: Risk,
        reported: Risk,
        first_due: Moment,
        stage: DangerStage,
        open: Flag,
        place: PlaceId,
        tapped: Moment,
        due: Moment,
        seen: Option<Moment>,
        protection: Option<Protection>,
        protected: Option<Moment>,
        safe: Option<Moment>,
        look_by: Option<Moment>,
        up_by: Option<Moment>,
        photo: Option<PhotoDigest>,
        ended: Option<Moment>,
    }
    index danger_list (ledger, open, tapped, id);
    index danger_matter (ledger, matter, open, tapped, id);
    index danger_up (up_by, ledger, id) where up_by;
}

impl Viewed for Danger {
    const ERASE: Option<&'static Right> = Some(&ERASE);
    const CORRECT: Option<&'static Right> = Some(&CORRECT);

    fn follows(&self) -> Follows {
        Follows { matters: vec![self.matter], topics: Vec::new() }
    }

    fn rows(ledger: PlaceId, id: &str, danger: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        Rows::of(DangerLine {
            ledger,
            id,
            number: Number::Own,
            matter: danger.matter,
            risk: danger.risk,
            reported: danger.reported,
            first_due: danger.first_due,
            stage: danger.stage,
            open: Flag::from(danger.is_open()),
            place: danger.place,
            tapped: danger.tapped,
            due: danger.due,
            seen: danger.seen,
            protection: danger.protected.as_ref().map(|protected| protected.step),
            protected: danger.protected.as_ref().map(|protected| protected.at),
            safe: danger.safe,
            look_by: danger.look_by,
            up_by: danger.goes_up(),
            photo: danger.published.first().cloned(),
            ended: danger.ended,
        })
    }
}
