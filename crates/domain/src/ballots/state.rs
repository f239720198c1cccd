//! The state of a result of owners: entered by one, confirmed or rejected by another. What it
//! frees is the meeting's to send.

use super::decides::Decides;
use super::events::{Event, Part};
use super::words::{Agreed, ResultStage, ResultStep};
use crate::meetings::MeetingId;
use crate::topics::TopicId;
use yishi_kernel::access::{About, Stage};
use yishi_kernel::record::Staff;
use yishi_kernel::{
    AccountId, Actor, HolderKey, Moment, PhotoDigest, PlaceId, Published, Resource, Sealed, Stamped, Stream,
    Wait,
};

/// What owners decided together (业主共同决定结果).
#[derive(Clone, Debug, PartialEq)]
pub struct OwnersResult {
    /// Where it stands.
    pub stage: ResultStage,
    /// The meeting that recommended it.
    pub meeting: MeetingId,
    /// Which of its motions.
    pub motion: u32,
    /// The topic of that.
    pub topic: TopicId,
    /// Whom that is about.
    pub about: About,
    /// What it is, whose decision, and by which article.
    pub decides: Decides,
    /// Where.
    pub place: PlaceId,
    /// The desk that sees to it.
    pub desk: PlaceId,
    /// All owners in the scope.
    pub total: Part,
    /// Those who took part.
    pub took_part: Part,
    /// Those of them who agreed.
    pub in_favour: Part,
    /// The day on which they decided, to its end.
    pub decided: Moment,
    /// What that comes to by law.
    pub agreed: Agreed,
    /// Photos of the paper.
    pub paper: Sealed<Vec<PhotoDigest>, Staff>,
    /// Where the paper lies.
    pub kept: Published,
    /// By when somebody else confirms it.
    pub due: Moment,
    /// When it was entered.
    pub entered: Moment,
    /// Who entered it.
    pub by: Option<Sealed<AccountId, Staff>>,
    /// When it was confirmed or rejected.
    pub ended: Option<Moment>,
    /// Why it was rejected.
    pub reason: Option<Published>,
}

impl Stream for OwnersResult {
    const KIND: &'static str = "owners_result";
    type Event = Event;

    fn begin(first: &Stamped<Event>) -> Option<Self> {
        let Event::Entered {
            meeting,
            motion,
            topic,
            decides,
            place,
            desk,
            total,
            took_part,
            in_favour,
            decided,
            agreed,
            paper,
            kept,
            due,
            rules: _,
        } = &first.what
        else {
            return None;
        };
        Some(Self {
            stage: ResultStage::Entered,
            meeting: *meeting,
            motion: *motion,
            topic: *topic,
            about: About::default(),
            decides: decides.clone(),
            place: *place,
            desk: *desk,
            total: *total,
            took_part: *took_part,
            in_favour: *in_favour,
            decided: *decided,
            agreed: *agreed,
            paper: paper.clone(),
            kept: kept.clone(),
            due: *due,
            entered: first.time,
            by: first.by.clone(),
            ended: None,
            reason: None,
        })
    }

    fn evolve(&mut self, next: &Stamped<Event>) {
        let (stage, reason) = match &next.what {
            Event::Entered { .. } => return,
            Event::Confirmed {} => (ResultStage::Confirmed, None),
            Event::Rejected { reason } => (ResultStage::Rejected, Some(reason.clone())),
        };
        self.stage = stage;
        self.reason = reason;
        self.ended = Some(next.time);
    }

    fn place(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    /// Whoever entered it does not confirm it.
    fn resource(&self, path: &[PlaceId], _actor: &Actor) -> Resource {
        Resource {
            stage: Some(Stage::of(self.stage)),
            desk: Some(self.desk),
            handlers: self.by.iter().filter_map(|by| by.get().copied()).collect(),
            ..Resource::at(path)
        }
        .concerning(&self.about)
    }

    fn concerns(&mut self, about: About) {
        self.about = about;
    }

    fn files(&self) -> Vec<&str> {
        self.paper.get().into_iter().flatten().map(|photo| photo.0.as_str()).collect()
    }

    fn waits(&self) -> Vec<Wait> {
        let desk = HolderKey::desk(self.desk);
        let wait = || Wait::new(ResultStep::Confirm, desk, self.due, Some(self.place));
        (self.stage == ResultStage::Entered).then(wait).into_iter().collect()
    }
}
