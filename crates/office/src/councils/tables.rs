//! The table of councils. Who is a member is read from the council itself: it depends on the day.

use crate::Viewed;
use yishi_domain::councils::{Council, CouncilId, ERASE};
use yishi_kernel::cell::Number;
use yishi_kernel::{Loaded, PlaceId, Right};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, table};

/// The tables of councils.
pub(crate) static TABLES: &[&Table] = &[CouncilLine::TABLE];

table! {
    /// Councils.
    pub(crate) CouncilLine in "council", key (ledger, id) {
        ledger: PlaceId,
        id: CouncilId,
        number: Number,
        place: PlaceId,
    }
}

impl Viewed for Council {
    const ERASE: Option<&'static Right> = Some(&ERASE);

    fn rows(ledger: PlaceId, id: &str, council: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        Rows::of(CouncilLine { ledger, id, number: Number::Own, place: council.place })
    }
}
