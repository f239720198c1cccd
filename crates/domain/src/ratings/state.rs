//! A double assessment as its events made it: what each side said of the other, until when.

use super::{AssessmentStage, AssessmentStep, Event, Grades};
use crate::dispatch::{OrderId, Source};
use std::collections::BTreeMap;
use yishi_kernel::access::{About, Stage};
use yishi_kernel::{
    Actor, HolderKey, Moment, OrganisationId, Passing, PlaceId, Published, Resource, Stamped, Stream, Wait,
    Whom,
};

/// What both sides of a whistle say of each other after acceptance (双考核). What one has said is shown
/// once it has ended, so that nobody answers in kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// Where it stands.
    pub stage: AssessmentStage,
    /// The order.
    pub order: OrderId,
    /// What that comes from.
    pub source: Source,
    /// Whom that is about.
    pub about: About,
    /// The place, a building at the finest.
    pub place: PlaceId,
    /// The desk that asked for the whistle.
    pub desk: PlaceId,
    /// The street's desk, which blew it.
    pub street: PlaceId,
    /// What the street said of each body that came, and that body of the street.
    pub sides: BTreeMap<OrganisationId, Side>,
    /// When it began.
    pub opened: Moment,
    /// Until when both sides may rate.
    pub due: Moment,
    /// When it ended.
    pub ended: Option<Moment>,
}

/// A body and the street, as they rate each other (互评双方).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Side {
    /// What the street said of it.
    pub rated: Option<Rating>,
    /// What it said of the street.
    pub rates: Option<Rating>,
    /// Whether it is asked.
    pub part: Part,
}

/// Whether a body still takes part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// It does.
    #[default]
    There,
    /// It takes part no more.
    Gone,
}

/// What one side said of the other (一份评价).
#[derive(Clone, Debug, PartialEq)]
pub struct Rating {
    /// An answer to each question.
    pub grades: Grades,
    /// A sentence, for everyone to read.
    pub note: Option<Published>,
    /// When.
    pub at: Moment,
}

impl Assessment {
    /// The bodies of which the street has said nothing.
    pub fn unrated(&self) -> impl Iterator<Item = OrganisationId> {
        self.there().filter(|(_, side)| side.rated.is_none()).map(|(body, _)| body)
    }

    /// The bodies that have said nothing of the street.
    pub fn silent(&self) -> impl Iterator<Item = OrganisationId> {
        self.there().filter(|(_, side)| side.rates.is_none()).map(|(body, _)| body)
    }

    fn there(&self) -> impl Iterator<Item = (OrganisationId, &Side)> {
        let there = self.sides.iter().filter(|(_, side)| side.part == Part::There);
        there.map(|(body, side)| (*body, side))
    }

    fn settle(&mut self, time: Moment) {
        if self.unrated().chain(self.silent()).next().is_none() && self.ended.is_none() {
            self.end(time);
        }
    }

    fn end(&mut self, time: Moment) {
        self.stage = AssessmentStage::Closed;
        self.ended.get_or_insert(time);
    }
}

impl Stream for Assessment {
    const KIND: &'static str = "assessment";
    type Event = Event;

    fn begin(first: &Stamped<Event>) -> Option<Self> {
        let Event::Opened { order, source, place, desk, street, came, due, .. } = &first.what else {
            return None;
        };
        let mut begun = Self {
            stage: AssessmentStage::Open,
            order: *order,
            source: *source,
            about: About::default(),
            place: *place,
            desk: *desk,
            street: *street,
            sides: came.iter().map(|body| (*body, Side::default())).collect(),
            opened: first.time,
            due: *due,
            ended: None,
        };
        begun.settle(first.time);
        Some(begun)
    }

    fn evolve(&mut self, next: &Stamped<Event>) {
        let at = next.time;
        let rating = |grades: &Grades, note: &Option<Published>| {
            Some(Rating { grades: *grades, note: note.clone(), at })
        };
        match &next.what {
            Event::Opened { .. } => {}
            Event::RatedBody { body, grades, note } => {
                if let Some(side) = self.sides.get_mut(body) {
                    side.rated = rating(grades, note);
                }
            }
            Event::RatedStreet { body, grades, note } => {
                if let Some(side) = self.sides.get_mut(body) {
                    side.rates = rating(grades, note);
                }
            }
            Event::PassedOn { body, .. } => {
                if let Some(side) = self.sides.get_mut(body) {
                    side.part = Part::Gone;
                }
            }
            Event::Ended {} => self.end(at),
        }
        self.settle(at);
    }

    fn place(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn resource(&self, path: &[PlaceId], _actor: &Actor) -> Resource {
        Resource {
            stage: Some(Stage::of(self.stage)),
            parties: self.sides.keys().copied().collect(),
            about: self.sides.keys().copied().collect(),
            desk: Some(self.desk),
            ..Resource::at(path)
        }
        .concerning(&self.about)
    }

    fn concerns(&mut self, about: About) {
        self.about = about;
    }

    /// Nobody else says what a body would have.
    fn pass_on(&self, passing: &Passing) -> Vec<Event> {
        let Whom::Organisation(body) = passing.from.whom() else { return Vec::new() };
        let asked = self.ended.is_none() && self.there().any(|(there, _)| there == body);
        asked.then(|| Event::PassedOn { body, why: passing.why() }).into_iter().collect()
    }

    fn waits(&self) -> Vec<Wait> {
        if self.ended.is_some() {
            return Vec::new();
        }
        let wait = |holder| Wait::new(AssessmentStep::Rate, holder, self.due, Some(self.place));
        let street = self.unrated().next().map(|_| wait(HolderKey::desk(self.street)));
        street.into_iter().chain(self.silent().map(HolderKey::organisation).map(wait)).collect()
    }
}
