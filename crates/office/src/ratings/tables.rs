//! Tables of double assessments, and of what was said in them.

use crate::Viewed;
use crate::concern::Follows;
use crate::features::next;
use yishi_domain::dispatch::{OrderId, Source};
use yishi_domain::ratings::{
    Assessment, AssessmentId, AssessmentStage, AssessmentStep, CORRECT, Grade, Rating,
};
use yishi_kernel::cell::{HolderWord, Number};
use yishi_kernel::{HolderKey, Loaded, Moment, OrganisationId, PlaceId, Right, Stream as _};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, table};

/// The tables of double assessments.
pub(crate) static TABLES: &[&Table] = &[AssessmentLine::TABLE, RatingLine::TABLE];

table! {
    /// Double assessments, one for an order.
    pub(crate) AssessmentLine in "assessment", key (ledger, id) {
        ledger: PlaceId,
        id: AssessmentId,
        number: Number,
        stage: AssessmentStage,
        work_order: OrderId,
        place: PlaceId,
        step: Option<AssessmentStep>,
        due: Option<Moment>,
    }
    index assessment_order (ledger, work_order, id);
}

table! {
    /// What one side said of another, once it has ended: `of` is the key of who is rated, `body` the
    /// body that is, or that rates the street.
    pub(crate) RatingLine in "rating", key (ledger, assessment, of, body) {
        ledger: PlaceId,
        assessment: AssessmentId,
        of: HolderWord,
        body: OrganisationId,
        year: u32,
        response: Grade,
        presence: Grade,
        result: Grade,
    }
    index rating_year (ledger, year, of);
}

impl Viewed for Assessment {
    const CORRECT: Option<&'static Right> = Some(&CORRECT);

    fn follows(&self) -> Follows {
        match self.source {
            Source::Action { topic, .. } => Follows { matters: Vec::new(), topics: vec![topic] },
            Source::Matter(matter) => Follows { matters: vec![matter], topics: Vec::new() },
        }
    }

    fn rows(ledger: PlaceId, id: &str, assessment: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        let (step, due) = next(&assessment.waits());
        let line = |of: HolderKey, body: OrganisationId, rating: &Rating| RatingLine {
            ledger,
            assessment: id,
            of: of.into(),
            body,
            year: u32::try_from(rating.at.date().year()).unwrap_or_default(),
            response: rating.grades.response,
            presence: rating.grades.presence,
            result: rating.grades.result,
        };
        let street = HolderKey::desk(assessment.street);
        let ended = assessment.sides.iter().filter(|_| assessment.ended.is_some());
        let said = ended.flat_map(|(body, side)| {
            let rated = side.rated.as_ref().map(|rating| line(HolderKey::organisation(*body), *body, rating));
            let rates = side.rates.as_ref().map(|rating| line(street.clone(), *body, rating));
            rated.into_iter().chain(rates)
        });
        Rows::of(AssessmentLine {
            ledger,
            id,
            number: Number::Own,
            stage: assessment.stage,
            work_order: assessment.order,
            place: assessment.place,
            step,
            due,
        })
        .and(said)
    }
}
