//! What a meeting makes of the topics on its agenda. Whether it may is judged over the
//! meeting; here stands only what then becomes of the topic.

use super::events::Event;
use super::refusals::Refusal;
use super::rules::Rules;
use super::state::Topic;
use super::words::{ReturnedFor, TopicStage};
use crate::ballots::Agreed;
use crate::meetings::MeetingId;
use yishi_kernel::command::Effect;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Context, Moment, PlaceId, Published};

type Events = Result<Vec<Event>, yishi_kernel::Refusal>;

/// It is put on the agenda (列入议程).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Schedule {
    /// Of which meeting.
    pub meeting: MeetingId,
    /// The desk that convenes it.
    pub desk: PlaceId,
    /// The end of the day of the meeting.
    pub due: Moment,
}

impl Effect for Schedule {
    type On = Topic;

    fn apply(&self, topic: Option<&Topic>, _ctx: &Context) -> Events {
        let topic = topic.ok_or(Common::Unknown)?;
        match topic.stage {
            _ if topic.desk != self.desk => Err(Refusal::OtherDesk.into()),
            TopicStage::Open => Ok(vec![Event::Scheduled { meeting: self.meeting, due: self.due }]),
            _ => Err(Refusal::Elsewhere.into()),
        }
    }
}

/// Its meeting is held on another day (改期).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Postpone {
    /// Which meeting.
    pub meeting: MeetingId,
    /// The end of the day of the meeting.
    pub due: Moment,
}

impl Effect for Postpone {
    type On = Topic;

    fn apply(&self, topic: Option<&Topic>, _ctx: &Context) -> Events {
        let topic = topic.ok_or(Common::Unknown)?;
        match topic.stage {
            TopicStage::Scheduled if topic.is_with(self.meeting) => {
                Ok(vec![Event::Scheduled { meeting: self.meeting, due: self.due }])
            }
            _ => Err(Refusal::Elsewhere.into()),
        }
    }
}

/// What a meeting made of a topic on which something carried (议决情况).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Settled {
    /// Something was decided.
    Decided,
    /// All of it is the owners' to decide: it was recommended to them.
    Recommended,
}

/// It is decided on, or recommended (已决、建议).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decide {
    /// By which meeting.
    pub meeting: MeetingId,
    /// Which of the two.
    pub settled: Settled,
    /// The latest deadline of what was decided.
    pub due: Moment,
}

impl Effect for Decide {
    type On = Topic;

    fn apply(&self, topic: Option<&Topic>, _ctx: &Context) -> Events {
        let topic = topic.ok_or(Common::Unknown)?;
        match topic.stage {
            TopicStage::Scheduled if topic.is_with(self.meeting) => {
                let (meeting, due) = (self.meeting, self.due);
                Ok(vec![match self.settled {
                    Settled::Decided => Event::Decided { meeting, due },
                    Settled::Recommended => Event::Recommended { meeting, due },
                }])
            }
            _ => Err(Refusal::Elsewhere.into()),
        }
    }
}

/// It comes back (退回再议). One that has gone on to another meeting, was given up, or
/// returned before stays as it is: there is nothing to return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Return {
    /// From which meeting.
    pub meeting: MeetingId,
    /// For what.
    pub why: ReturnedFor,
    /// What was said about it, for everyone to read.
    pub reason: Option<Published>,
}

impl Effect for Return {
    type On = Topic;

    fn apply(&self, topic: Option<&Topic>, ctx: &Context) -> Events {
        let topic = topic.ok_or(Common::Unknown)?;
        // An objection may be upheld when all was done in a hurry: a concluded one comes back too.
        let held = match topic.stage {
            TopicStage::Scheduled | TopicStage::Recommended | TopicStage::Decided | TopicStage::Concluded => {
                topic.is_with(self.meeting)
            }
            TopicStage::Open | TopicStage::Dropped => false,
        };
        if !held {
            return Ok(Vec::new());
        }
        Ok(vec![Event::Returned {
            meeting: self.meeting,
            why: self.why,
            reason: self.reason.clone(),
            due: ctx.due(&ctx.section::<Rules>().call).at,
            rules: ctx.rules.digest().to_owned(),
        }])
    }
}

/// The owners answered what a meeting recommended on it (业主答复). One that has gone on elsewhere
/// stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Answered {
    /// Which meeting recommended it.
    pub meeting: MeetingId,
    /// What they decided.
    pub agreed: Agreed,
    /// The latest deadline of what they agreed to.
    pub due: Moment,
}

impl Effect for Answered {
    type On = Topic;

    fn apply(&self, topic: Option<&Topic>, ctx: &Context) -> Events {
        let topic = topic.ok_or(Common::Unknown)?;
        if topic.stage != TopicStage::Recommended || !topic.is_with(self.meeting) {
            return Ok(Vec::new());
        }
        let back = Return { meeting: self.meeting, why: ReturnedFor::Owners, reason: None };
        match self.agreed {
            Agreed::Yes => Ok(vec![Event::Decided { meeting: self.meeting, due: self.due }]),
            Agreed::No => back.apply(Some(topic), ctx),
        }
    }
}
