//! The table of emergency bases.

use crate::Viewed;
use crate::concern::Follows;
use crate::features::next;
use yishi_domain::dispatch::OrderId;
use yishi_domain::emergency::{Basis, BasisId, BasisStage, BasisStep, CORRECT, ERASE};
use yishi_domain::matters::MatterId;
use yishi_kernel::cell::{Flag, Number};
use yishi_kernel::{Loaded, Moment, PlaceId, Right, Stream, StreamName};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, table};

/// The table of emergency bases.
pub(crate) static TABLES: &[&Table] = &[BasisLine::TABLE];

table! {
    /// Emergency bases, by the matter that they are about; `open` until they are settled.
    pub(crate) BasisLine in "emergency_basis", key (ledger, id) {
        ledger: PlaceId,
        id: BasisId,
        number: Number,
        stage: BasisStage,
        matter: MatterId,
        place: PlaceId,
        line: String,
        work_order: Option<OrderId>,
        entered: Moment,
        confirmed: Option<Moment>,
        open: Flag,
        step: Option<BasisStep>,
        due: Option<Moment>,
    }
    index emergency_basis_matter (ledger, matter, entered, id);
}

impl Viewed for Basis {
    const ERASE: Option<&'static Right> = Some(&ERASE);
    const CORRECT: Option<&'static Right> = Some(&CORRECT);

    fn follows(&self) -> Follows {
        Follows { matters: vec![self.matter], topics: Vec::new() }
    }

    /// Its order says what it says.
    fn quoted_by(&self) -> Vec<StreamName> {
        self.order.map(StreamName::from).into_iter().collect()
    }

    fn rows(ledger: PlaceId, id: &str, basis: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        let (step, due) = next(&basis.waits());
        Rows::of(BasisLine {
            ledger,
            id,
            number: Number::Own,
            stage: basis.stage,
            matter: basis.matter,
            place: basis.place,
            line: basis.line.to_string(),
            work_order: basis.order,
            entered: basis.entered,
            confirmed: basis.confirmed.as_ref().map(|confirmed| confirmed.hand.at),
            open: Flag::from(basis.ended.is_none()),
            step,
            due,
        })
    }
}
