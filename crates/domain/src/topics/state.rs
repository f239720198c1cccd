//! The state of a topic: its matters, the meetings it was put before, and what comes next.

use super::events::Event;
use super::words::{TopicStage, TopicStep};
use crate::matters::{CategoryCode, MatterId};
use crate::meetings::MeetingId;
use std::collections::BTreeSet;
use yishi_kernel::access::{About, Stage};
use yishi_kernel::{Actor, HolderKey, Moment, PlaceId, Published, Resource, Stamped, Stream, Wait};

/// A topic: several matters of one kind, put before one meeting (议题).
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// Where it stands.
    pub stage: TopicStage,
    /// When it was opened.
    pub opened: Moment,
    /// What it is called.
    pub title: Published,
    /// What is to be settled, where that was said.
    pub question: Option<Published>,
    /// What it is about.
    pub category: CategoryCode,
    /// The place it concerns.
    pub place: PlaceId,
    /// The desk that sees it through.
    pub desk: PlaceId,
    /// Whom its matters are about.
    pub about: About,
    /// Its matters.
    pub matters: BTreeSet<MatterId>,
    /// The meetings it was put before, in order.
    pub meetings: Vec<MeetingId>,
    /// By when the next step is to be taken.
    pub due: Moment,
    /// When it was concluded or dropped.
    pub ended: Option<Moment>,
}

impl Topic {
    /// Whether it stands with this meeting: the last one that it was put before.
    pub(crate) fn is_with(&self, meeting: MeetingId) -> bool {
        self.meetings.last() == Some(&meeting)
    }

    /// What comes next, who holds it and by when; nothing once it has ended.
    #[must_use]
    pub fn next(&self) -> Option<(TopicStep, HolderKey, Moment)> {
        let step = match self.stage {
            TopicStage::Open => TopicStep::Call,
            TopicStage::Scheduled => TopicStep::Meet,
            TopicStage::Recommended => TopicStep::Owners,
            TopicStage::Decided => TopicStep::Conclude,
            TopicStage::Concluded | TopicStage::Dropped => return None,
        };
        Some((step, HolderKey::desk(self.desk), self.due))
    }
}

impl Stream for Topic {
    const KIND: &'static str = "topic";
    const COPIES: &'static [&'static str] = &["reason"];
    type Event = Event;

    fn begin(first: &Stamped<Event>) -> Option<Self> {
        let Event::Opened { title, question, category, place, desk, matters, due, .. } = &first.what else {
            return None;
        };
        Some(Self {
            stage: TopicStage::Open,
            opened: first.time,
            title: title.clone(),
            question: question.clone(),
            category: category.clone(),
            place: *place,
            desk: *desk,
            about: About::default(),
            matters: matters.iter().copied().collect(),
            meetings: Vec::new(),
            due: *due,
            ended: None,
        })
    }

    fn evolve(&mut self, next: &Stamped<Event>) {
        match &next.what {
            Event::Opened { .. } => {}
            Event::Gathered { matters } => self.matters.extend(matters),
            Event::Scheduled { meeting, due } => {
                self.stage = TopicStage::Scheduled;
                // Once more where the meeting is held on another day.
                if self.meetings.last() != Some(meeting) {
                    self.meetings.push(*meeting);
                }
                self.due = *due;
            }
            Event::Recommended { due, .. } => {
                self.stage = TopicStage::Recommended;
                self.due = *due;
            }
            Event::Decided { due, .. } => {
                self.stage = TopicStage::Decided;
                self.due = *due;
            }
            Event::Returned { due, .. } => {
                self.stage = TopicStage::Open;
                self.due = *due;
                self.ended = None;
            }
            Event::Concluded {} => {
                self.stage = TopicStage::Concluded;
                self.ended = Some(next.time);
            }
            Event::Dropped { .. } => {
                self.stage = TopicStage::Dropped;
                self.ended = Some(next.time);
            }
        }
    }

    fn place(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn resource(&self, path: &[PlaceId], _actor: &Actor) -> Resource {
        Resource { stage: Some(Stage::of(self.stage)), desk: Some(self.desk), ..Resource::at(path) }
            .concerning(&self.about)
    }

    fn concerns(&mut self, about: About) {
        self.about = about;
    }

    fn waits(&self) -> Vec<Wait> {
        let next = self.next().into_iter();
        next.map(|(step, holder, due)| Wait::new(step, holder, due, Some(self.place))).collect()
    }
}
