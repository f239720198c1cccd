//! Tables of gatherings, and of the matters that stand in their records.

use crate::Viewed;
use crate::features::next;
use crate::papers::Issued;
use std::collections::BTreeMap;
use yishi_domain::gatherings::{
    CORRECT, Form, Gathering, GatheringId, GatheringStage, GatheringStep, LineKind, Mostly,
};
use yishi_domain::matters::MatterId;
use yishi_domain::papers::PaperKind;
use yishi_kernel::cell::Number;
use yishi_kernel::{Loaded, Moment, PlaceId, Right, Stream as _};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, table};

/// The tables of gatherings.
pub(crate) static TABLES: &[&Table] = &[GatheringRecord::TABLE, GatheringMatter::TABLE];

table! {
    /// Gatherings. `at` is the place itself, `place` what everyone may know of it; the numbers are
    /// those of lines by what they became.
    pub(crate) GatheringRecord in "gathering", key (ledger, id) {
        ledger: PlaceId,
        id: GatheringId,
        number: Number,
        stage: GatheringStage,
        form: Form,
        place: PlaceId,
        at: Option<PlaceId>,
        spot: Option<String>,
        starts: Moment,
        people: Option<u64>,
        mostly: Option<Mostly>,
        raised: u64,
        known: u64,
        thanks: u64,
        private: u64,
        step: Option<GatheringStep>,
        due: Option<Moment>,
    }
    index gathering_latest (ledger, starts, id);
    index gathering_of_place (ledger, place, starts, id);
    index gathering_at (ledger, at, starts, id) where at;
}

table! {
    /// The matters that stand in the record of a gathering: raised there, or known already.
    pub(crate) GatheringMatter in "gathering_matter", key (ledger, gathering, matter) {
        ledger: PlaceId,
        gathering: GatheringId,
        matter: MatterId,
        line: LineKind,
    }
    index gathering_of_matter (ledger, matter, gathering);
}

impl Viewed for Gathering {
    const CORRECT: Option<&'static Right> = Some(&CORRECT);

    fn papers(&self) -> Vec<Issued> {
        const RECORDED: &str = "gathering.recorded";
        let issued = |at| Issued::later(PaperKind::Gathering, RECORDED, at);
        self.record.iter().map(|record| issued(record.at)).collect()
    }

    fn rows(ledger: PlaceId, id: &str, gathering: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        let (step, due) = next(&gathering.waits());
        let record = gathering.record.as_ref();
        let count = |lines: Option<usize>| lines.unwrap_or_default() as u64;
        // Several may say again what is one matter.
        let mut matters = BTreeMap::new();
        if let Some(record) = record {
            matters.extend(record.known.iter().map(|one| (one.matter, LineKind::Known)));
            matters.extend(record.raised.iter().map(|one| (one.matter, LineKind::Matter)));
        }
        Rows::of(GatheringRecord {
            ledger,
            id,
            number: Number::Own,
            stage: gathering.stage,
            form: gathering.form,
            place: gathering.place,
            at: gathering.at(),
            spot: gathering.spot.as_ref().map(ToString::to_string),
            starts: gathering.starts,
            people: gathering.people,
            mostly: gathering.mostly,
            raised: count(record.map(|record| record.raised.len())),
            known: count(record.map(|record| record.known.len())),
            thanks: count(record.map(|record| record.thanks.len())),
            private: record.map(|record| record.private).unwrap_or_default(),
            step,
            due,
        })
        .and(matters.into_iter().map(|(matter, line)| GatheringMatter {
            ledger,
            gathering: id,
            matter,
            line,
        }))
    }
}
