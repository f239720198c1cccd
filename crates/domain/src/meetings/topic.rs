//! A topic: several matters of one kind, put before one meeting. It keeps their lineage;
//! what is decided about it stands with the meeting, what is done about it in dispatch.

use super::words::{TopicStage, TopicStep};
use crate::access::{Action, Resource, Role, State};
use crate::context::{Context, Decision};
use crate::ids::{AccountId, MatterId, MeetingId, PlaceId};
use crate::matters::HolderKey;
use crate::moment::Moment;
use crate::record::Sealed;
use crate::refusal::Refusal;
use crate::rules::CategoryCode;
use crate::stream::Stream;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What can happen to a topic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// Matters were gathered into it (立题).
    #[serde(rename = "topic.opened.1")]
    Opened {
        /// When.
        time: Moment,
        /// What it is called.
        title: String,
        /// What is to be settled.
        question: String,
        /// What it is about.
        category: CategoryCode,
        /// The place it concerns, a building at the finest.
        place: PlaceId,
        /// The desk that sees it through.
        desk: PlaceId,
        /// Its matters.
        matters: Vec<MatterId>,
        /// By when a meeting is to be called.
        due: Moment,
        /// The rule pack of the deadline.
        rules: String,
        /// Who gathered them.
        by: Sealed<AccountId>,
    },
    /// Further matters joined it.
    #[serde(rename = "topic.gathered.1")]
    Gathered {
        /// When.
        time: Moment,
        /// Which.
        matters: Vec<MatterId>,
        /// Who put them in.
        by: Sealed<AccountId>,
    },
    /// It is on the agenda of a meeting (列入议程).
    #[serde(rename = "topic.scheduled.1")]
    Scheduled {
        /// When.
        time: Moment,
        /// Which meeting.
        meeting: MeetingId,
        /// The end of the day of the meeting.
        due: Moment,
    },
    /// A meeting decided on it (已决).
    #[serde(rename = "topic.decided.1")]
    Decided {
        /// When.
        time: Moment,
        /// Which meeting.
        meeting: MeetingId,
        /// By when all that was decided is to be done.
        due: Moment,
    },
    /// It came back: no decision, or an objection was upheld (退回再议).
    #[serde(rename = "topic.returned.1")]
    Returned {
        /// When.
        time: Moment,
        /// From which meeting.
        meeting: MeetingId,
        /// Why.
        reason: String,
        /// By when it is to be called again.
        due: Moment,
    },
    /// All was done and everyone answered (办结).
    #[serde(rename = "topic.concluded.1")]
    Concluded {
        /// When.
        time: Moment,
        /// Who concluded it.
        by: Sealed<AccountId>,
    },
    /// It is not to be deliberated (不再协商).
    #[serde(rename = "topic.dropped.1")]
    Dropped {
        /// When.
        time: Moment,
        /// Why.
        reason: String,
        /// Who dropped it.
        by: Sealed<AccountId>,
    },
}

/// A topic (议题). It exists once it was opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Topic {
    life: Option<Life>,
}

#[derive(Clone, Debug, PartialEq)]
struct Life {
    stage: TopicStage,
    opened: Moment,
    title: String,
    question: String,
    category: CategoryCode,
    place: PlaceId,
    desk: PlaceId,
    matters: BTreeSet<MatterId>,
    meetings: Vec<MeetingId>,
    due: Moment,
    ended: Option<Moment>,
}

impl Topic {
    /// Where it stands; nothing before it was opened.
    #[must_use]
    pub fn stage(&self) -> Option<TopicStage> {
        self.life.as_ref().map(|life| life.stage)
    }

    /// When it was opened.
    #[must_use]
    pub fn opened(&self) -> Option<Moment> {
        self.life.as_ref().map(|life| life.opened)
    }

    /// What it is called.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.life.as_ref().map(|life| life.title.as_str())
    }

    /// What is to be settled.
    #[must_use]
    pub fn question(&self) -> Option<&str> {
        self.life.as_ref().map(|life| life.question.as_str())
    }

    /// What it is about.
    #[must_use]
    pub fn category(&self) -> Option<&CategoryCode> {
        self.life.as_ref().map(|life| &life.category)
    }

    /// The place it concerns.
    #[must_use]
    pub fn place(&self) -> Option<PlaceId> {
        self.life.as_ref().map(|life| life.place)
    }

    /// The desk that sees it through.
    #[must_use]
    pub fn desk(&self) -> Option<PlaceId> {
        self.life.as_ref().map(|life| life.desk)
    }

    /// Its matters.
    #[must_use]
    pub fn matters(&self) -> Vec<MatterId> {
        self.life.iter().flat_map(|life| life.matters.iter().copied()).collect()
    }

    /// The meetings it was put before, in order.
    #[must_use]
    pub fn meetings(&self) -> &[MeetingId] {
        self.life.as_ref().map_or(&[], |life| &life.meetings)
    }

    /// When it was concluded or dropped.
    #[must_use]
    pub fn ended(&self) -> Option<Moment> {
        self.life.as_ref().and_then(|life| life.ended)
    }

    /// What comes next, who holds it and by when; nothing once it has ended.
    #[must_use]
    pub fn next(&self) -> Option<(TopicStep, HolderKey, Moment)> {
        let life = self.life.as_ref()?;
        let step = match life.stage {
            TopicStage::Open => TopicStep::Call,
            TopicStage::Scheduled => TopicStep::Meet,
            TopicStage::Decided => TopicStep::Conclude,
            TopicStage::Concluded | TopicStage::Dropped => return None,
        };
        Some((step, HolderKey::desk(life.desk), life.due))
    }

    /// The topic as the predicate of access sees it.
    #[must_use]
    pub fn resource(&self, path: &[PlaceId]) -> Resource {
        Resource { path: path.to_vec(), state: self.stage().map(State::Topic), ..Resource::default() }
    }

    fn life(&self) -> Result<&Life, Refusal> {
        self.life.as_ref().ok_or(Refusal::Unknown)
    }
}

impl Stream for Topic {
    type Event = Event;

    fn evolve(&mut self, event: &Event) {
        if let Event::Opened { time, title, question, category, place, desk, matters, due, .. } = event {
            self.life = Some(Life {
                stage: TopicStage::Open,
                opened: *time,
                title: title.clone(),
                question: question.clone(),
                category: category.clone(),
                place: *place,
                desk: *desk,
                matters: matters.iter().copied().collect(),
                meetings: Vec::new(),
                due: *due,
                ended: None,
            });
            return;
        }
        let Some(life) = &mut self.life else { return };
        match event {
            Event::Opened { .. } => {}
            Event::Gathered { matters, .. } => life.matters.extend(matters),
            Event::Scheduled { meeting, due, .. } => {
                life.stage = TopicStage::Scheduled;
                life.meetings.push(*meeting);
                life.due = *due;
            }
            Event::Decided { due, .. } => {
                life.stage = TopicStage::Decided;
                life.due = *due;
            }
            Event::Returned { due, .. } => {
                life.stage = TopicStage::Open;
                life.due = *due;
                life.ended = None;
            }
            Event::Concluded { time, .. } => {
                life.stage = TopicStage::Concluded;
                life.ended = Some(*time);
            }
            Event::Dropped { time, .. } => {
                life.stage = TopicStage::Dropped;
                life.ended = Some(*time);
            }
        }
    }
}

/// A topic to be opened.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenTopic {
    /// What it is called.
    pub title: String,
    /// What is to be settled; may be left empty.
    pub question: String,
    /// What it is about.
    pub category: String,
    /// The place it concerns, a building at the finest.
    pub place: PlaceId,
    /// The desk that sees it through.
    pub desk: PlaceId,
    /// Its matters; at least one.
    pub matters: Vec<MatterId>,
}

/// Opens a topic. Each of its matters takes it up in the same append.
///
/// # Errors
/// Without a matter or a title, or when the actor may not.
pub fn open(input: OpenTopic, ctx: &Context) -> Result<Decision<Event>, Refusal> {
    let here = Resource { path: ctx.path.to_vec(), ..Resource::default() };
    let role = ctx.allows(Action::Gather, &here)?;
    if input.matters.is_empty() {
        return Err(Refusal::NoMatters);
    }
    let title = ctx.line("title", &input.title)?;
    let question = crate::context::optional(ctx.note("question", &input.question))?.unwrap_or_default();
    let category = ctx.rules.known_category(&input.category)?;
    let event = Event::Opened {
        time: ctx.now,
        title,
        question,
        category,
        place: input.place,
        desk: input.desk,
        matters: input.matters,
        due: ctx.now.end_of_day_after(ctx.rules.deadlines.call.days),
        rules: ctx.rules.citation(),
        by: ctx.by(),
    };
    Ok(Decision { role, events: vec![event] })
}

/// What can be asked of a topic.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Put further matters in.
    Gather {
        /// Which.
        matters: Vec<MatterId>,
    },
    /// Conclude it: everything decided is done, everyone is answered.
    Conclude {
        /// Orders that are not at their end.
        orders: u64,
        /// Actions that no order carries out yet.
        actions: u64,
        /// Matters that are not answered.
        matters: u64,
    },
    /// Give it up with a reason, told to everyone whose matter is in it.
    Drop {
        /// Why.
        reason: String,
    },
}

/// What a command brings about.
///
/// # Errors
/// The rule it would break.
pub fn decide(topic: &Topic, command: Command, ctx: &Context) -> Result<Decision<Event>, Refusal> {
    let life = topic.life()?;
    let (time, by) = (ctx.now, ctx.by());
    let may = |action| ctx.allows(action, &topic.resource(ctx.path));
    let (role, event) = match command {
        Command::Gather { matters } => {
            let role = may(Action::Gather)?;
            let matters: Vec<_> = matters.into_iter().filter(|id| !life.matters.contains(id)).collect();
            if matters.is_empty() {
                return Err(Refusal::NoMatters);
            }
            (role, Event::Gathered { time, matters, by })
        }
        Command::Conclude { orders, actions, matters } => {
            let role = may(Action::Conclude)?;
            if orders > 0 || actions > 0 || matters > 0 {
                return Err(Refusal::Unfinished { orders: orders + actions, matters });
            }
            (role, Event::Concluded { time, by })
        }
        Command::Drop { reason } => {
            let role = may(Action::DropTopic)?;
            (role, Event::Dropped { time, reason: ctx.line("reason", &reason)?, by })
        }
    };
    Ok(Decision { role, events: vec![event] })
}

/// What a meeting makes of a topic on its agenda; decided with the meeting's own command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ByMeeting {
    /// It is put on the agenda.
    Scheduled {
        /// The end of the day of the meeting.
        due: Moment,
    },
    /// It is decided on.
    Decided {
        /// The latest deadline of what was decided.
        due: Moment,
    },
    /// It comes back.
    Returned {
        /// Why.
        reason: String,
    },
}

/// What a meeting makes of a topic. `role` is the one the meeting's command was done in.
///
/// # Errors
/// When the topic does not stand where the meeting takes it from.
pub fn by_meeting(
    topic: &Topic,
    meeting: MeetingId,
    what: ByMeeting,
    role: Role,
    ctx: &Context,
) -> Result<Decision<Event>, Refusal> {
    let life = topic.life()?;
    let time = ctx.now;
    let here = life.meetings.last() == Some(&meeting);
    let event = match (what, life.stage) {
        (ByMeeting::Scheduled { due }, TopicStage::Open) => Event::Scheduled { time, meeting, due },
        (ByMeeting::Decided { due }, TopicStage::Scheduled) if here => Event::Decided { time, meeting, due },
        // An objection may be upheld when all was done in a hurry: a concluded one comes back too.
        (
            ByMeeting::Returned { reason },
            TopicStage::Scheduled | TopicStage::Decided | TopicStage::Concluded,
        ) if here => {
            let due = time.end_of_day_after(ctx.rules.deadlines.call.days);
            Event::Returned { time, meeting, reason, due }
        }
        _ => return Err(Refusal::TopicElsewhere),
    };
    Ok(Decision { role, events: vec![event] })
}
