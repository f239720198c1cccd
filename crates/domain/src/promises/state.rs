//! A promise as its events made it: who owes what by when, each day it was given before, and how
//! it ended.

use super::{Event, PromiseStage, PromiseStep};
use crate::meetings::MeetingId;
use crate::topics::TopicId;
use yishi_kernel::access::{About, Stage};
use yishi_kernel::record::Staff;
use yishi_kernel::{
    AccountId, Actor, HolderKey, Moment, OrganisationId, Passing, PlaceId, Published, Resource, Sealed,
    Stamped, Stream, Urged, Wait, Whom,
};

/// A promise (表态).
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    /// Where it stands.
    pub stage: PromiseStage,
    /// The meeting at which it was made.
    pub meeting: MeetingId,
    /// What that was about.
    pub topics: Vec<TopicId>,
    /// Whom that was about.
    pub about: About,
    /// The place that the meeting was about.
    pub place: PlaceId,
    /// The desk that sees to it.
    pub desk: PlaceId,
    /// Who promised.
    pub body: OrganisationId,
    /// Whether that body takes part no more, and the desk owes it.
    pub passed: Passed,
    /// What was promised.
    pub what: Published,
    /// When.
    pub made: Moment,
    /// By when it is to be kept.
    pub due: Moment,
    /// The days that it was given before, in order, each with the reason why it was not kept.
    pub renewals: Vec<(Moment, Published)>,
    /// How it was kept, by the word of whoever owes it, and by when somebody else looks.
    pub done: Option<(Published, Moment)>,
    /// Who said so.
    pub done_by: Option<Sealed<AccountId, Staff>>,
    /// How often whoever its next step waits for was urged.
    pub urged: Urged,
    /// Why it was not kept.
    pub reason: Option<Published>,
    /// When it ended.
    pub ended: Option<Moment>,
}

/// Who owes a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    /// The body that made it.
    No,
    /// The desk, since the body takes part no more.
    ToDesk,
}

impl Promise {
    /// Who owes it.
    #[must_use]
    pub fn holder(&self) -> HolderKey {
        match self.passed {
            Passed::No => HolderKey::organisation(self.body),
            Passed::ToDesk => HolderKey::desk(self.desk),
        }
    }

    /// What comes next, who holds it and by when; nothing once it has ended.
    #[must_use]
    pub fn next(&self) -> Option<(PromiseStep, HolderKey, Moment)> {
        match (self.stage, &self.done) {
            (PromiseStage::Open, _) | (PromiseStage::Done, None) => {
                Some((PromiseStep::Keep, self.holder(), self.due))
            }
            (PromiseStage::Done, Some((_, due))) => {
                Some((PromiseStep::Settle, HolderKey::desk(self.desk), *due))
            }
            (PromiseStage::Kept | PromiseStage::Broken, _) => None,
        }
    }

    /// The day that it was first given.
    #[must_use]
    pub fn first_due(&self) -> Moment {
        self.renewals.first().map_or(self.due, |(due, _)| *due)
    }
}

impl Stream for Promise {
    const KIND: &'static str = "promise";
    type Event = Event;

    fn begin(first: &Stamped<Event>) -> Option<Self> {
        let Event::Made { meeting, topics, place, desk, body, what, due } = &first.what else { return None };
        Some(Self {
            stage: PromiseStage::Open,
            meeting: *meeting,
            topics: topics.clone(),
            about: About::default(),
            place: *place,
            desk: *desk,
            body: *body,
            passed: Passed::No,
            what: what.clone(),
            made: first.time,
            due: *due,
            renewals: Vec::new(),
            done: None,
            done_by: None,
            urged: Urged::default(),
            reason: None,
            ended: None,
        })
    }

    fn evolve(&mut self, next: &Stamped<Event>) {
        match &next.what {
            Event::Made { .. } => {}
            Event::Renewed { reason, due } => {
                self.stage = PromiseStage::Open;
                self.renewals.push((self.due, reason.clone()));
                self.due = *due;
                self.done = None;
                self.done_by = None;
            }
            Event::Done { note, due, .. } => {
                self.stage = PromiseStage::Done;
                self.done = Some((note.clone(), *due));
                self.done_by.clone_from(&next.by);
            }
            Event::Urged { how } => self.urged.add(*how, next.time),
            Event::Kept {} => {
                self.stage = PromiseStage::Kept;
                self.ended = Some(next.time);
            }
            Event::Broken { reason } => {
                self.stage = PromiseStage::Broken;
                self.reason = Some(reason.clone());
                self.ended = Some(next.time);
            }
            Event::PassedOn { .. } => self.passed = Passed::ToDesk,
        }
    }

    fn place(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn resource(&self, path: &[PlaceId], _actor: &Actor) -> Resource {
        let owes = Some(self.body).filter(|_| self.passed == Passed::No);
        Resource {
            stage: Some(Stage::of(self.stage)),
            holding: owes,
            parties: owes.into_iter().collect(),
            desk: Some(self.desk),
            ..Resource::at(path)
        }
        .concerning(&self.about)
    }

    fn concerns(&mut self, about: About) {
        self.about = about;
    }

    /// What a body promised that takes part no more falls to the desk, whoever else takes over.
    fn pass_on(&self, passing: &Passing) -> Vec<Event> {
        let gone = self.passed == Passed::No && passing.from.whom() == Whom::Organisation(self.body);
        let open = self.ended.is_none();
        (gone && open).then_some(Event::PassedOn { why: passing.why() }).into_iter().collect()
    }

    fn waits(&self) -> Vec<Wait> {
        let wait = |(step, holder, due)| Wait::new(step, holder, due, Some(self.place));
        self.next().map(wait).into_iter().collect()
    }
}
