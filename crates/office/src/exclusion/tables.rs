//! The table of exclusions.

use crate::Viewed;
use crate::concern::Follows;
use crate::features::next;
use yishi_domain::exclusion::{
    CORRECT, ERASE, Exclusion, ExclusionClass, ExclusionId, ExclusionStage, ExclusionStep,
};
use yishi_domain::matters::MatterId;
use yishi_kernel::cell::Number;
use yishi_kernel::{Loaded, Moment, PlaceId, Right, Stream as _};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, table};

/// The table of exclusions.
pub(crate) static TABLES: &[&Table] = &[ExclusionLine::TABLE];

table! {
    /// Exclusions from the rates, one a matter; `excludes` the class while the matter is left out.
    pub(crate) ExclusionLine in "exclusion", key (ledger, id) {
        ledger: PlaceId,
        id: ExclusionId,
        number: Number,
        stage: ExclusionStage,
        matter: MatterId,
        place: PlaceId,
        class: ExclusionClass,
        excludes: Option<ExclusionClass>,
        asked: Moment,
        step: Option<ExclusionStep>,
        due: Option<Moment>,
    }
    index exclusion_matter (ledger, matter, excludes);
}

impl Viewed for Exclusion {
    const ERASE: Option<&'static Right> = Some(&ERASE);
    const CORRECT: Option<&'static Right> = Some(&CORRECT);

    fn follows(&self) -> Follows {
        Follows { matters: vec![self.matter], topics: Vec::new() }
    }

    fn rows(ledger: PlaceId, id: &str, exclusion: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        let (step, due) = next(&exclusion.waits());
        Rows::of(ExclusionLine {
            ledger,
            id,
            number: Number::Own,
            stage: exclusion.stage,
            matter: exclusion.matter,
            place: exclusion.place,
            class: exclusion.class,
            excludes: exclusion.excludes(),
            asked: exclusion.asked,
            step,
            due,
        })
    }
}
