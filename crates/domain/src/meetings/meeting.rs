//! The state of a meeting: what is on its agenda, what was put, counted and resolved, and
//! what comes next. Who is present and how they voted by phone stands in streams of their own.

use super::events::{Agreed, Event, Invited};
use super::words::{Coming, Confirming, MeetingStage, MeetingStep, Passed, Ruling, StatementKind, VoteMode};
use crate::access::{Actor, Claim, Resource, State};
use crate::ids::{AccountId, ActionId, OrderId, OrganisationId, PlaceId, TopicId};
use crate::matters::HolderKey;
use crate::moment::Moment;
use crate::record::Sealed;
use crate::refusal::Refusal;
use crate::stream::Stream;
use std::collections::BTreeMap;
use yishi_tally::everyday::{Counts, Rule};

/// A meeting (会议). It exists once it was called.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meeting {
    pub(super) life: Option<Life>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Life {
    pub stage: MeetingStage,
    pub called: Called,
    pub posted: Option<Moment>,
    pub replies: BTreeMap<OrganisationId, Coming>,
    pub statements: u32,
    pub plans: Vec<(OrganisationId, u32)>,
    pub motions: Vec<Motion>,
    pub actions: Vec<Action>,
    pub standard: Option<String>,
    pub resolved: Resolved,
    pub confirmed: BTreeMap<Confirming, (String, Sealed<AccountId>)>,
    pub until: Option<Moment>,
    pub objections: Vec<Objection>,
    pub due: Moment,
    pub ended: Option<Moment>,
}

/// What a meeting was called with.
#[derive(Clone, Debug, PartialEq)]
pub struct Called {
    /// When.
    pub time: Moment,
    /// The forum of the rule pack.
    pub forum: String,
    /// The set of parties shown with it.
    pub scheme: Option<String>,
    /// What it is called.
    pub title: String,
    /// The place it is about.
    pub place: PlaceId,
    /// Where it is held.
    pub venue: String,
    /// When it begins.
    pub starts: Moment,
    /// From when it may begin.
    pub earliest: Moment,
    /// Why the notice is shorter, where it is.
    pub hurry: Option<String>,
    /// Its topics.
    pub topics: Vec<TopicId>,
    /// How many have a vote, where that is known.
    pub entitled: Option<u64>,
    /// Bodies invited.
    pub invited: Vec<Invited>,
    /// The desk that convenes it.
    pub desk: PlaceId,
    /// Who chairs.
    pub chair: Sealed<AccountId>,
    /// Who records.
    pub recorder: Sealed<AccountId>,
    /// Digest of the word of the code shown in the room.
    pub door: Sealed<String>,
    /// How many natural days the result is published.
    pub publication: u32,
    /// The rule pack.
    pub rules: String,
}

/// Whether the meeting came to a resolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// Not yet.
    No,
    /// It resolved.
    Yes,
    /// It adjourned; its topics returned.
    Adjourned,
}

/// A motion (表决事项).
#[derive(Clone, Debug, PartialEq)]
pub struct Motion {
    /// Its number, from 1.
    pub number: u32,
    /// The topic it belongs to.
    pub topic: TopicId,
    /// What is put.
    pub text: String,
    /// How it is voted on.
    pub mode: VoteMode,
    /// The rule it is decided by.
    pub rule: Rule,
    /// Shows of hands as entered, the last by each person.
    pub hands: Vec<(Sealed<AccountId>, [u64; 3])>,
    /// Where the vote stands.
    pub vote: Vote,
}

/// Where the vote on a motion stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vote {
    /// Being voted on.
    Open,
    /// Ended, not yet counted.
    Ended,
    /// Counted.
    Counted(Counts, Passed),
}

impl Motion {
    /// The show of hands that two persons entered alike.
    #[must_use]
    pub fn agreed_hands(&self) -> Option<[u64; 3]> {
        let (_, last) = self.hands.last()?;
        (self.hands.iter().filter(|(_, hands)| hands == last).count() >= 2).then_some(*last)
    }
}

/// An action of the resolution and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// What was agreed.
    pub agreed: Agreed,
    /// Whether it is on its way.
    pub fate: Fate,
}

/// What became of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Waiting to be sent.
    Waiting,
    /// On its way, by this order.
    Sent(OrderId),
    /// Suspended by an upheld objection; with the order that was on its way, where one was.
    Suspended(Option<OrderId>),
}

/// An objection to what was published.
#[derive(Clone, Debug, PartialEq)]
pub struct Objection {
    /// Its number, from 1.
    pub number: u32,
    /// To which action.
    pub action: Option<ActionId>,
    /// By when it must be ruled on.
    pub due: Moment,
    /// How it was ruled on, and why.
    pub ruling: Option<(Ruling, String)>,
}

impl Meeting {
    /// Where it stands; nothing before it was called.
    #[must_use]
    pub fn stage(&self) -> Option<MeetingStage> {
        self.life.as_ref().map(|life| life.stage)
    }

    /// What it was called with.
    #[must_use]
    pub fn called(&self) -> Option<&Called> {
        self.life.as_ref().map(|life| &life.called)
    }

    /// When the notice was first posted.
    #[must_use]
    pub fn posted(&self) -> Option<Moment> {
        self.life.as_ref().and_then(|life| life.posted)
    }

    /// What an invited body replied.
    #[must_use]
    pub fn reply(&self, organisation: OrganisationId) -> Option<Coming> {
        self.life.as_ref()?.replies.get(&organisation).copied()
    }

    /// Whether a body was invited.
    #[must_use]
    pub fn is_invited(&self, organisation: OrganisationId) -> bool {
        self.called().is_some_and(|called| called.invited.iter().any(|one| one.organisation == organisation))
    }

    /// Bodies that filed a plan, with the number of the statement.
    #[must_use]
    pub fn plans(&self) -> &[(OrganisationId, u32)] {
        self.life.as_ref().map_or(&[], |life| &life.plans)
    }

    /// How many statements were entered.
    #[must_use]
    pub fn statements(&self) -> u32 {
        self.life.as_ref().map_or(0, |life| life.statements)
    }

    /// What was put to the vote.
    #[must_use]
    pub fn motions(&self) -> &[Motion] {
        self.life.as_ref().map_or(&[], |life| &life.motions)
    }

    /// The motion that is being voted on, and how.
    #[must_use]
    pub fn voting(&self) -> Option<(u32, VoteMode)> {
        let motion = self.motions().iter().find(|motion| motion.vote == Vote::Open)?;
        Some((motion.number, motion.mode))
    }

    /// The motion whose vote has ended and is to be counted.
    #[must_use]
    pub fn counting(&self) -> Option<u32> {
        self.motions().iter().find(|motion| motion.vote == Vote::Ended).map(|motion| motion.number)
    }

    /// The actions of its resolution.
    #[must_use]
    pub fn actions(&self) -> &[Action] {
        self.life.as_ref().map_or(&[], |life| &life.actions)
    }

    /// Actions of one topic that nothing carries out yet.
    #[must_use]
    pub fn waiting(&self, topic: TopicId) -> u64 {
        let of_topic = |number| self.motions().iter().any(|one| one.number == number && one.topic == topic);
        let waiting = |action: &&Action| action.fate == Fate::Waiting && of_topic(action.agreed.motion);
        self.actions().iter().filter(waiting).count() as u64
    }

    /// The standard agreed for the time to come.
    #[must_use]
    pub fn standard(&self) -> Option<&str> {
        self.life.as_ref().and_then(|life| life.standard.as_deref())
    }

    /// Whether it came to a resolution.
    #[must_use]
    pub fn resolved(&self) -> Resolved {
        self.life.as_ref().map_or(Resolved::No, |life| life.resolved)
    }

    /// The digest of the minutes that this person confirmed.
    #[must_use]
    pub fn confirmed(&self, by: Confirming) -> Option<&str> {
        self.life.as_ref()?.confirmed.get(&by).map(|(minutes, _)| minutes.as_str())
    }

    /// Until when objections are taken.
    #[must_use]
    pub fn until(&self) -> Option<Moment> {
        self.life.as_ref().and_then(|life| life.until)
    }

    /// Objections to what was published.
    #[must_use]
    pub fn objections(&self) -> &[Objection] {
        self.life.as_ref().map_or(&[], |life| &life.objections)
    }

    /// When it was concluded or called off.
    #[must_use]
    pub fn ended(&self) -> Option<Moment> {
        self.life.as_ref().and_then(|life| life.ended)
    }

    /// What comes next, who holds it and by when; nothing once it is at its end.
    #[must_use]
    pub fn next(&self) -> Option<(MeetingStep, HolderKey, Moment)> {
        let life = self.life.as_ref()?;
        let desk = HolderKey::desk(life.called.desk);
        let person = |person: &Sealed<AccountId>| person.get().copied().map(HolderKey::person);
        Some(match life.stage {
            MeetingStage::Called if life.posted.is_none() => (MeetingStep::Post, desk, life.due),
            MeetingStage::Called => (MeetingStep::Open, desk, life.called.starts.end_of_day_after(0)),
            MeetingStage::Open => (MeetingStep::Resolve, desk, life.due),
            MeetingStage::Held => {
                let who = if life.confirmed.contains_key(&Confirming::Chair) {
                    &life.called.recorder
                } else {
                    &life.called.chair
                };
                (MeetingStep::Confirm, person(who).unwrap_or(desk), life.due)
            }
            MeetingStage::Confirmed => (MeetingStep::Publish, desk, life.due),
            MeetingStage::Published => {
                let open = life.objections.iter().filter(|objection| objection.ruling.is_none());
                if let Some(due) = open.map(|objection| objection.due).min() {
                    return Some((MeetingStep::Rule, desk, due));
                }
                let until = life.until.unwrap_or(life.due);
                let waits = life.actions.iter().any(|action| action.fate == Fate::Waiting);
                let step = if waits { MeetingStep::Dispatch } else { MeetingStep::Conclude };
                // What is to be sent once the notice is over is due a day later.
                (step, desk, until.end_of_day_after(0))
            }
            MeetingStage::Concluded | MeetingStage::Cancelled => return None,
        })
    }

    /// The meeting as the predicate of access sees it: those invited reach it, and chair and
    /// recorder hold it.
    #[must_use]
    pub fn resource(&self, path: &[PlaceId], claim: Claim, actor: &Actor) -> Resource {
        let Some(life) = &self.life else {
            return Resource { path: path.to_vec(), claim, ..Resource::default() };
        };
        let seats = [&life.called.chair, &life.called.recorder];
        let holds = seats.into_iter().filter_map(Sealed::get).find(|one| actor.account == Some(**one));
        Resource {
            path: path.to_vec(),
            state: Some(State::Meeting(life.stage)),
            holder: holds.copied(),
            parties: life.called.invited.iter().map(|one| one.organisation).collect(),
            claim,
            ..Resource::default()
        }
    }

    pub(super) fn life(&self) -> Result<&Life, Refusal> {
        self.life.as_ref().ok_or(Refusal::Unknown)
    }
}

impl Life {
    fn motion(&mut self, number: u32) -> Option<&mut Motion> {
        self.motions.iter_mut().find(|motion| motion.number == number)
    }
}

impl Stream for Meeting {
    type Event = Event;

    fn evolve(&mut self, event: &Event) {
        if let Event::Called {
            time,
            forum,
            scheme,
            title,
            place,
            venue,
            starts,
            earliest,
            hurry,
            topics,
            entitled,
            invited,
            desk,
            chair,
            recorder,
            door,
            publication,
            rules,
            due,
            ..
        } = event
        {
            self.life = Some(Life {
                stage: MeetingStage::Called,
                called: Called {
                    time: *time,
                    forum: forum.clone(),
                    scheme: scheme.clone(),
                    title: title.clone(),
                    place: *place,
                    venue: venue.clone(),
                    starts: *starts,
                    earliest: *earliest,
                    hurry: hurry.clone(),
                    topics: topics.clone(),
                    entitled: *entitled,
                    invited: invited.clone(),
                    desk: *desk,
                    chair: chair.clone(),
                    recorder: recorder.clone(),
                    door: door.clone(),
                    publication: *publication,
                    rules: rules.clone(),
                },
                posted: None,
                replies: BTreeMap::new(),
                statements: 0,
                plans: Vec::new(),
                motions: Vec::new(),
                actions: Vec::new(),
                standard: None,
                resolved: Resolved::No,
                confirmed: BTreeMap::new(),
                until: None,
                objections: Vec::new(),
                due: *due,
                ended: None,
            });
            return;
        }
        if let Some(life) = &mut self.life {
            evolve(life, event);
        }
    }
}

fn evolve(life: &mut Life, event: &Event) {
    match event {
        Event::Called { .. } | Event::Dissented { .. } => {}
        Event::Posted { time, .. } => {
            life.posted.get_or_insert(*time);
        }
        Event::Replied { organisation, coming, .. } => {
            life.replies.insert(*organisation, *coming);
        }
        Event::Opened { due, .. } => {
            life.stage = MeetingStage::Open;
            life.due = *due;
        }
        Event::Stated { number, form, organisation, .. } => {
            life.statements = *number;
            if let (StatementKind::Plan, Some(organisation)) = (form, organisation) {
                life.plans.push((*organisation, *number));
            }
        }
        Event::Put { motion, topic, text, mode, rule, .. } => life.motions.push(Motion {
            number: *motion,
            topic: *topic,
            text: text.clone(),
            mode: *mode,
            rule: *rule,
            hands: Vec::new(),
            vote: Vote::Open,
        }),
        Event::HandsEntered { motion, in_favour, against, abstain, by, .. } => {
            if let Some(motion) = life.motion(*motion) {
                motion.hands.retain(|(who, _)| who.get().is_none() || who != by);
                motion.hands.push((by.clone(), [*in_favour, *against, *abstain]));
            }
        }
        Event::VoteEnded { motion, .. } => {
            if let Some(motion) = life.motion(*motion) {
                motion.vote = Vote::Ended;
            }
        }
        Event::Counted { motion, present, in_favour, against, abstain, passed, .. } => {
            let entitled = life.called.entitled;
            if let Some(motion) = life.motion(*motion) {
                let counts = Counts {
                    entitled,
                    present: *present,
                    in_favour: *in_favour,
                    against: *against,
                    abstain: *abstain,
                };
                motion.vote = Vote::Counted(counts, *passed);
            }
        }
        Event::Resolved { actions, standard, due, .. } => {
            life.stage = MeetingStage::Held;
            life.resolved = Resolved::Yes;
            life.actions =
                actions.iter().map(|agreed| Action { agreed: agreed.clone(), fate: Fate::Waiting }).collect();
            life.standard.clone_from(standard);
            life.due = *due;
        }
        Event::Adjourned { due, .. } => {
            life.stage = MeetingStage::Held;
            life.resolved = Resolved::Adjourned;
            life.due = *due;
        }
        Event::Confirmed { seat, minutes, due, by, .. } => {
            // Who confirmed another text has to look again.
            life.confirmed.retain(|_, (text, _)| text == minutes);
            life.confirmed.insert(*seat, (minutes.clone(), by.clone()));
            life.due = *due;
            if life.confirmed.len() == Confirming::ALL.len() {
                life.stage = MeetingStage::Confirmed;
            }
        }
        Event::Published { until, .. } => {
            life.stage = MeetingStage::Published;
            life.until = Some(*until);
            life.due = *until;
        }
        Event::Objected { number, action, due, .. } => {
            life.objections.push(Objection { number: *number, action: *action, due: *due, ruling: None });
        }
        Event::Ruled { number, ruling, reason, .. } => {
            let Some(objection) = life.objections.iter_mut().find(|one| one.number == *number) else {
                return;
            };
            objection.ruling = Some((*ruling, reason.clone()));
            let target = objection.action;
            if *ruling == Ruling::Upheld {
                for action in &mut life.actions {
                    if target.is_none_or(|target| target == action.agreed.id) {
                        action.fate = match action.fate {
                            Fate::Waiting => Fate::Suspended(None),
                            Fate::Sent(order) => Fate::Suspended(Some(order)),
                            suspended @ Fate::Suspended(_) => suspended,
                        };
                    }
                }
            }
        }
        Event::Dispatched { action, order, .. } => {
            if let Some(action) = life.actions.iter_mut().find(|one| one.agreed.id == *action) {
                action.fate = Fate::Sent(*order);
            }
        }
        Event::Concluded { time, .. } => {
            life.stage = MeetingStage::Concluded;
            life.ended = Some(*time);
        }
        Event::Cancelled { time, .. } => {
            life.stage = MeetingStage::Cancelled;
            life.ended = Some(*time);
        }
    }
}
