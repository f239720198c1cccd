//! What may happen to a meeting: calling it, holding it, counting, resolving, publishing,
//! ruling on objections and sending actions on their way. It counts no rows itself: who is
//! present and how they voted by phone comes in with the command.

use super::events::{Agreed, Event, Invited, Money};
use super::meeting::{Fate, Life, Meeting, Motion, Vote};
use super::topic::ByMeeting;
use super::words::{Coming, Confirming, MeetingStage, Passed, Ruling, StatementKind, VoteMode, Way};
use crate::access::{Action, Denied, Resource, Role};
use crate::context::{Context, Decision, optional, private};
use crate::ids::{AccountId, ActionId, OrderId, OrganisationId, PlaceId, TopicId};
use crate::matters::{Holder, PhotoDigest};
use crate::moment::Moment;
use crate::people::OrganisationKind;
use crate::record::Sealed;
use crate::refusal::Refusal;
use crate::text::{self, TextError};
use yishi_tally::everyday::{self, Counts, Votes};

/// How long before its time a meeting may begin, in seconds.
const BEFORE: i64 = 30 * 60;
/// How long after it began a meeting may still be entered, in seconds.
const AFTER: i64 = 60 * 60;

/// Why a deadline set for the public's sake is not waited for; empty where it is.
pub type Hurry = String;

/// A meeting to be called.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The forum of the rule pack.
    pub forum: String,
    /// The set of parties shown with it.
    pub scheme: Option<String>,
    /// What it is called.
    pub title: String,
    /// The place it is about, a building at the finest.
    pub place: PlaceId,
    /// Where it is held.
    pub venue: String,
    /// When it begins.
    pub starts: Moment,
    /// Why the notice is shorter than the forum asks.
    pub hurry: Hurry,
    /// Its topics, in the order of the agenda.
    pub topics: Vec<TopicId>,
    /// How many have a vote, where that is known.
    pub entitled: Option<u64>,
    /// Bodies to invite.
    pub invited: Vec<OrganisationId>,
    /// All bodies of the place, for those that the forum must have.
    pub bodies: Vec<(OrganisationId, OrganisationKind)>,
    /// The desk that convenes it.
    pub desk: PlaceId,
    /// Who chairs.
    pub chair: AccountId,
    /// Who records: somebody else.
    pub recorder: AccountId,
    /// SHA-256 of the word of the code shown in the room, in hex.
    pub door: String,
}

/// What a meeting's command changes elsewhere, to be recorded in the same append.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicChange {
    /// Which topic.
    pub topic: TopicId,
    /// What becomes of it.
    pub what: ByMeeting,
}

/// What a command brings about.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// In the meeting's own stream.
    pub meeting: Decision<Event>,
    /// What becomes of topics.
    pub topics: Vec<TopicChange>,
    /// Orders to suspend, and why.
    pub suspend: Vec<(OrderId, String)>,
}

/// Calls a meeting.
///
/// # Errors
/// Without topics, with too short a notice and no reason for it, with one person as chair
/// and recorder, or when the actor may not.
pub fn call(input: Call, ctx: &Context) -> Result<Decided, Refusal> {
    let here = Resource { path: ctx.path.to_vec(), ..Resource::default() };
    let role = ctx.allows(Action::Convene, &here)?;
    let forum = ctx.rules.forum(&input.forum).ok_or(Refusal::Forum)?;
    // A body that the place does not have cannot be invited.
    let missing = forum.invite.iter().find(|kind| {
        let mut of_kind = input.bodies.iter().filter(|(_, is)| is == *kind).peekable();
        of_kind.peek().is_some() && !of_kind.any(|(id, _)| input.invited.contains(id))
    });
    if let Some(kind) = missing {
        return Err(Refusal::MustInvite(*kind));
    }
    if input.scheme.as_deref().is_some_and(|code| ctx.rules.scheme(code).is_none()) {
        return Err(Refusal::Scheme);
    }
    let (agenda, invited) = (distinct(input.topics), distinct(input.invited));
    if agenda.is_empty() {
        return Err(Refusal::NoTopics);
    }
    if input.chair == input.recorder {
        return Err(Refusal::OnePerson);
    }
    if input.entitled.is_none() && forum.rule.needs_entitled() {
        return Err(Refusal::Entitled);
    }
    if input.starts.plus_seconds(AFTER) < ctx.now {
        return Err(Refusal::Past);
    }
    let earliest = match forum.notice {
        // Without a notice it may be called while it is being held.
        0 => ctx.now.min(input.starts),
        // The day of the call does not count (民法典 art. 201).
        days => ctx.now.end_of_day_after(days),
    };
    let hurry = optional(ctx.line("hurry", &input.hurry))?;
    if input.starts < earliest && hurry.is_none() {
        return Err(Refusal::ShortNotice { earliest });
    }
    let reply_by = ctx.now.end_of_day_after(ctx.rules.deadlines.reply.days).min(input.starts);
    let due = input.starts.end_of_day_after(0);
    let event = Event::Called {
        time: ctx.now,
        forum: input.forum,
        scheme: input.scheme,
        title: ctx.line("title", &input.title)?,
        place: input.place,
        venue: ctx.line("venue", &input.venue)?,
        starts: input.starts,
        earliest,
        hurry,
        topics: agenda.clone(),
        entitled: input.entitled,
        invited: invited.into_iter().map(|organisation| Invited { organisation, reply_by }).collect(),
        desk: input.desk,
        chair: input.chair.into(),
        recorder: input.recorder.into(),
        door: input.door.into(),
        publication: forum.publication,
        rules: ctx.rules.citation(),
        due: ctx.now.end_of_day_after(ctx.rules.deadlines.post.days).min(due),
        by: ctx.by(),
    };
    Ok(Decided {
        meeting: Decision { role, events: vec![event] },
        topics: agenda
            .into_iter()
            .map(|topic| TopicChange { topic, what: ByMeeting::Scheduled { due } })
            .collect(),
        suspend: Vec::new(),
    })
}

/// An action to be agreed, parsed at the edge but for the rules.
#[derive(Clone, Debug, PartialEq)]
pub struct NewAction {
    /// Its id.
    pub id: ActionId,
    /// The motion it follows from.
    pub motion: u32,
    /// What shall be done.
    pub task: String,
    /// Who owes it.
    pub owner: Holder,
    /// By which way.
    pub way: Way,
    /// By when.
    pub due: Moment,
    /// What it costs in fen, where it costs anything.
    pub fen: Option<u64>,
    /// Where the money comes from.
    pub source: String,
    /// How one sees that it is done.
    pub acceptance: String,
}

/// What can be asked of a meeting that was called.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// The notice hangs.
    Post {
        /// Where.
        at: String,
        /// A photo of it.
        photo: Option<PhotoDigest>,
    },
    /// An invited body says whether it comes.
    Reply {
        /// Which.
        organisation: OrganisationId,
        /// Whether.
        coming: Coming,
        /// A word with it; needed when it does not come.
        note: String,
    },
    /// It begins.
    Open,
    /// Somebody puts something forward.
    State {
        /// What it is.
        form: StatementKind,
        /// The body it comes from.
        organisation: Option<OrganisationId>,
        /// In short.
        text: String,
    },
    /// A motion is put to the vote.
    Put {
        /// The topic it belongs to.
        topic: TopicId,
        /// What is put.
        text: String,
        /// How it is voted on.
        mode: VoteMode,
    },
    /// One person enters a show of hands.
    EnterHands {
        /// Of which motion.
        motion: u32,
        /// For, against, abstaining.
        hands: [u64; 3],
        /// Present with a vote.
        present: u64,
    },
    /// The vote on a motion ends.
    EndVote {
        /// Which.
        motion: u32,
    },
    /// The ended vote is counted.
    Count {
        /// Which.
        motion: u32,
        /// Present with a vote when it ended.
        present: u64,
        /// Votes by phone: for, against, abstaining.
        phones: [u64; 3],
    },
    /// It ends with a resolution.
    Resolve {
        /// What shall be done.
        actions: Vec<NewAction>,
        /// The standard agreed for the time to come; may be left empty.
        standard: String,
    },
    /// It ends without one.
    Adjourn {
        /// Why.
        reason: String,
    },
    /// Somebody present wants a disagreement kept.
    Dissent {
        /// With which motion.
        motion: Option<u32>,
        /// In short.
        text: String,
    },
    /// Chair or recorder confirms the minutes.
    Confirm {
        /// SHA-256 of the text, in hex.
        minutes: String,
    },
    /// The result is published.
    Publish {
        /// Where it hangs.
        at: String,
    },
    /// Somebody objects.
    Object {
        /// To which action; to all of it otherwise.
        action: Option<ActionId>,
        /// In own words.
        text: String,
        /// A name or contact for the answer.
        contact: String,
    },
    /// An objection is ruled on.
    Rule {
        /// Which.
        number: u32,
        /// How.
        ruling: Ruling,
        /// Why.
        reason: String,
    },
    /// An action is sent on its way.
    Dispatch {
        /// Which.
        action: ActionId,
        /// By which order.
        order: OrderId,
        /// Why before the notice is over.
        hurry: Hurry,
    },
    /// All is on its way and the notice is over.
    Conclude,
    /// It is not held.
    Cancel {
        /// Why.
        reason: String,
    },
}

/// What a command brings about.
///
/// # Errors
/// The rule it would break.
pub fn decide(meeting: &Meeting, command: Command, ctx: &Context) -> Result<Decided, Refusal> {
    let life = meeting.life()?;
    let (time, by) = (ctx.now, ctx.by());
    let days = |days| time.end_of_day_after(days);
    let may = |action| ctx.allows(action, &meeting.resource(ctx.path, ctx.claim, ctx.actor));
    let d = &ctx.rules.deadlines;
    let mut topics = Vec::new();
    let mut suspend = Vec::new();
    let (role, event) = match command {
        Command::Post { at, photo } => {
            let role = may(Action::Convene)?;
            at_stage(life, MeetingStage::Called)?;
            (role, Event::Posted { time, at: ctx.line("at", &at)?, photo, by })
        }
        Command::Reply { organisation, coming, note } => {
            let role = may(Action::ReplyInvitation)?;
            if !meeting.is_invited(organisation) {
                return Err(Refusal::NotInvited);
            }
            let own = ctx.actor.current(time).any(|grant| grant.organisation == Some(organisation));
            if role.of_organisation() && !own {
                return Err(Denied::Elsewhere.into());
            }
            let note = match coming {
                Coming::Yes => optional(ctx.line("note", &note))?,
                Coming::No => Some(ctx.line("note", &note)?),
            };
            (role, Event::Replied { time, organisation, coming, note, by })
        }
        Command::Open => {
            let role = may(Action::Hold)?;
            at_stage(life, MeetingStage::Called)?;
            if life.posted.is_none() {
                return Err(Refusal::NotPosted);
            }
            let called = &life.called;
            if called.hurry.is_none() && time < called.earliest {
                return Err(Refusal::ShortNotice { earliest: called.earliest });
            }
            if time.plus_seconds(BEFORE) < called.starts {
                return Err(Refusal::TooEarly { starts: called.starts });
            }
            (role, Event::Opened { time, due: days(d.resolve.days), by })
        }
        Command::State { form, organisation, text } => {
            let role = may(Action::Speak)?;
            let mut own =
                ctx.actor.current(time).filter(|grant| grant.role == role).filter_map(|g| g.organisation);
            let organisation = if role.of_organisation() {
                own.find(|organisation| meeting.is_invited(*organisation))
            } else {
                organisation
            };
            if organisation.is_some_and(|organisation| !meeting.is_invited(organisation)) {
                return Err(Refusal::NotInvited);
            }
            let number = life.statements.saturating_add(1);
            (role, Event::Stated { time, number, form, organisation, text: ctx.note("text", &text)?, by })
        }
        Command::Put { topic, text, mode } => {
            let role = may(Action::Hold)?;
            at_stage(life, MeetingStage::Open)?;
            nothing_open(meeting)?;
            if !life.called.topics.contains(&topic) {
                return Err(Refusal::NotOnAgenda);
            }
            let rule = ctx.rules.forum(&life.called.forum).ok_or(Refusal::Forum)?.rule;
            let motion = u32::try_from(life.motions.len()).unwrap_or(u32::MAX).saturating_add(1);
            (role, Event::Put { time, motion, topic, text: ctx.note("text", &text)?, mode, rule, by })
        }
        Command::EnterHands { motion, hands: [in_favour, against, abstain], present } => {
            let role = may(Action::Register)?;
            at_stage(life, MeetingStage::Open)?;
            if meeting.voting() != Some((motion, VoteMode::Hands)) {
                return Err(Refusal::NoVote);
            }
            // More may come than were expected when it was called.
            let entitled = life.called.entitled.map(|entitled| entitled.max(present));
            Votes::new(Counts { entitled, present, in_favour, against, abstain })
                .map_err(Refusal::Miscount)?;
            (role, Event::HandsEntered { time, motion, in_favour, against, abstain, by })
        }
        Command::EndVote { motion } => {
            let role = may(Action::Hold)?;
            at_stage(life, MeetingStage::Open)?;
            let open = find(life, motion, Vote::Open)?;
            if open.mode == VoteMode::Hands && open.agreed_hands().is_none() {
                return Err(Refusal::HandsDiffer);
            }
            (role, Event::VoteEnded { time, motion, by })
        }
        Command::Count { motion, present, phones } => {
            let role = may(Action::Hold)?;
            at_stage(life, MeetingStage::Open)?;
            let ended = find(life, motion, Vote::Ended)?;
            let [in_favour, against, abstain] = match ended.mode {
                VoteMode::Hands => ended.agreed_hands().ok_or(Refusal::HandsDiffer)?,
                VoteMode::Phones => phones,
            };
            // Somebody may have been struck after the hands were counted: whoever raised one was here.
            let voted = in_favour.saturating_add(against).saturating_add(abstain);
            let present = present.max(voted);
            let entitled = life.called.entitled.map(|entitled| entitled.max(present));
            let votes = Votes::new(Counts { entitled, present, in_favour, against, abstain })
                .map_err(Refusal::Miscount)?;
            // Where nobody counted, nothing passed.
            let passed = everyday::decide(&ended.rule, &votes).is_ok_and(|verdict| verdict.passed);
            let passed = if passed { Passed::Yes } else { Passed::No };
            (role, Event::Counted { time, motion, present, in_favour, against, abstain, passed, by })
        }
        Command::Resolve { actions, standard } => {
            let role = may(Action::Hold)?;
            at_stage(life, MeetingStage::Open)?;
            nothing_open(meeting)?;
            if !life.motions.iter().any(passed) {
                return Err(Refusal::NothingPassed);
            }
            let actions =
                actions.into_iter().map(|action| agreed(life, action, ctx)).collect::<Result<Vec<_>, _>>()?;
            topics = after_resolution(life, &actions, ctx);
            let standard = optional(ctx.note("standard", &standard))?;
            (role, Event::Resolved { time, actions, standard, due: days(d.confirm.days), by })
        }
        Command::Adjourn { reason } => {
            let role = may(Action::Hold)?;
            at_stage(life, MeetingStage::Open)?;
            nothing_open(meeting)?;
            if life.motions.iter().any(passed) {
                return Err(Refusal::SomethingPassed);
            }
            let reason = ctx.line("reason", &reason)?;
            topics = returned(&life.called.topics, &reason);
            (role, Event::Adjourned { time, reason, due: days(d.confirm.days), by })
        }
        Command::Dissent { motion, text } => {
            let role = may(Action::Register)?;
            if motion.is_some_and(|number| life.motions.iter().all(|one| one.number != number)) {
                return Err(Refusal::NoVote);
            }
            (role, Event::Dissented { time, motion, text: ctx.note("text", &text)?, by })
        }
        Command::Confirm { minutes } => {
            let (role, seat) = confirming(meeting, life, &minutes, ctx)?;
            if meeting.confirmed(seat) == Some(minutes.as_str()) {
                return Err(Refusal::Exists);
            }
            (role, Event::Confirmed { time, seat, minutes, due: days(d.confirm.days), by })
        }
        Command::Publish { at } => {
            let role = may(Action::Convene)?;
            at_stage(life, MeetingStage::Confirmed)?;
            let until = days(life.called.publication);
            (role, Event::Published { time, at: ctx.line("at", &at)?, until, by })
        }
        Command::Object { action, text, contact } => {
            let role = may(Action::Object)?;
            if life.until.is_some_and(|until| until <= time) {
                return Err(Refusal::NoticeOver);
            }
            if action.is_some_and(|id| life.actions.iter().all(|one| one.agreed.id != id)) {
                return Err(Refusal::Unknown);
            }
            let number = u32::try_from(life.objections.len()).unwrap_or(u32::MAX).saturating_add(1);
            let text = private("text", &text, ctx.rules.limits.text)?
                .ok_or(Refusal::Text { field: "text", error: TextError::Empty })?;
            let contact = private("contact", &contact, 60)?;
            (role, Event::Objected { time, number, action, text, contact, due: days(d.objection.days) })
        }
        Command::Rule { number, ruling, reason } => {
            let role = may(Action::RuleObjection)?;
            let known = life.objections.iter().find(|one| one.number == number && one.ruling.is_none());
            let target = known.ok_or(Refusal::Unknown)?.action;
            let reason = ctx.note("reason", &reason)?;
            if ruling == Ruling::Upheld {
                let hit = |action: &&super::Action| target.is_none_or(|target| target == action.agreed.id);
                for action in life.actions.iter().filter(hit) {
                    // One that was resumed since an earlier objection rests again.
                    if let Fate::Sent(order) | Fate::Suspended(Some(order)) = action.fate {
                        suspend.push((order, reason.clone()));
                    }
                }
                // An objection to the whole returns whatever was decided, with actions or without.
                let concerned = life.motions.iter().filter(|motion| {
                    let acted = |action: &super::Action| action.agreed.motion == motion.number;
                    passed(motion) && (target.is_none() || life.actions.iter().filter(hit).any(acted))
                });
                let concerned = distinct(concerned.map(|motion| motion.topic).collect());
                topics = returned(&concerned, &text::excerpt(&reason, ctx.rules.limits.summary));
            }
            (role, Event::Ruled { time, number, ruling, reason, by })
        }
        Command::Dispatch { action, order, hurry } => {
            let role = may(Action::Order)?;
            at_stage(life, MeetingStage::Published)?;
            let found = life.actions.iter().find(|one| one.agreed.id == action).ok_or(Refusal::Unknown)?;
            if found.fate != Fate::Waiting {
                return Err(Refusal::Exists);
            }
            let objected = |one: &super::Objection| {
                one.ruling.is_none() && one.action.is_none_or(|target| target == action)
            };
            if life.objections.iter().any(objected) {
                return Err(Refusal::ObjectionOpen);
            }
            let hurry = optional(ctx.line("hurry", &hurry))?;
            match life.until {
                Some(until) if time < until && hurry.is_none() => return Err(Refusal::NoticeRuns { until }),
                _ => {}
            }
            (role, Event::Dispatched { time, action, order, hurry, by })
        }
        Command::Conclude => {
            let role = may(Action::Convene)?;
            at_stage(life, MeetingStage::Published)?;
            if let Some(until) = life.until.filter(|until| time < *until) {
                return Err(Refusal::NoticeRuns { until });
            }
            if life.objections.iter().any(|one| one.ruling.is_none()) {
                return Err(Refusal::ObjectionOpen);
            }
            let waiting = life.actions.iter().filter(|one| one.fate == Fate::Waiting).count() as u64;
            if waiting > 0 {
                return Err(Refusal::Unfinished { orders: waiting, matters: 0 });
            }
            (role, Event::Concluded { time, by })
        }
        Command::Cancel { reason } => {
            let role = may(Action::Convene)?;
            at_stage(life, MeetingStage::Called)?;
            let reason = ctx.line("reason", &reason)?;
            topics = returned(&life.called.topics, &reason);
            (role, Event::Cancelled { time, reason, by })
        }
    };
    Ok(Decided { meeting: Decision { role, events: vec![event] }, topics, suspend })
}

fn at_stage(life: &Life, stage: MeetingStage) -> Result<(), Refusal> {
    if life.stage == stage { Ok(()) } else { Err(Refusal::MeetingStage(life.stage)) }
}

fn distinct<T: PartialEq>(all: Vec<T>) -> Vec<T> {
    let mut kept = Vec::with_capacity(all.len());
    for one in all {
        if !kept.contains(&one) {
            kept.push(one);
        }
    }
    kept
}

/// As what the actor confirms minutes: as chair or recorder. Once their time is over, whoever
/// rules on objections stands in for one of them, so that nobody's leaving keeps a result
/// from being published; still two persons confirm.
fn confirming(
    meeting: &Meeting,
    life: &Life,
    minutes: &str,
    ctx: &Context,
) -> Result<(Role, Confirming), Refusal> {
    let resource = meeting.resource(ctx.path, ctx.claim, ctx.actor);
    let is = |who: &Sealed<AccountId>| ctx.actor.account.is_some_and(|account| who.is(&account));
    // Somebody stood in with the same text.
    let taken = |seat| life.confirmed.get(&seat).is_some_and(|(text, by)| text == minutes && !is(by));
    let own = |seat, who| is(who) && !taken(seat);
    let denied = match ctx.allows(Action::ConfirmMinutes, &resource) {
        Ok(role) if own(Confirming::Chair, &life.called.chair) => return Ok((role, Confirming::Chair)),
        Ok(role) if own(Confirming::Recorder, &life.called.recorder) => {
            return Ok((role, Confirming::Recorder));
        }
        Ok(_) => Denied::NotHolder,
        Err(denied) => denied,
    };
    let missing = Confirming::ALL.iter().find(|seat| !life.confirmed.contains_key(seat));
    let twice = life.confirmed.values().any(|(_, by)| is(by));
    match (missing, ctx.allows(Action::RuleObjection, &Resource { state: None, ..resource })) {
        (Some(seat), Ok(role)) if life.stage == MeetingStage::Held && life.due <= ctx.now && !twice => {
            Ok((role, *seat))
        }
        _ => Err(denied.into()),
    }
}

fn passed(motion: &Motion) -> bool {
    matches!(motion.vote, Vote::Counted(_, Passed::Yes))
}

fn find(life: &Life, number: u32, vote: Vote) -> Result<&Motion, Refusal> {
    life.motions.iter().find(|one| one.number == number && one.vote == vote).ok_or(Refusal::NoVote)
}

/// One vote at a time.
fn nothing_open(meeting: &Meeting) -> Result<(), Refusal> {
    match meeting.voting().is_some() || meeting.counting().is_some() {
        true => Err(Refusal::VoteOpen),
        false => Ok(()),
    }
}

fn agreed(life: &Life, action: NewAction, ctx: &Context) -> Result<Agreed, Refusal> {
    if !life.motions.iter().any(|motion| motion.number == action.motion && passed(motion)) {
        return Err(Refusal::NothingPassed);
    }
    if action.due <= ctx.now {
        return Err(Refusal::Past);
    }
    // A whistle calls departments, a letter goes to a body: neither is owed by a person here.
    let organisation = matches!(action.owner, Holder::Organisation(_));
    if action.way != Way::Work && !organisation {
        return Err(Refusal::NeedsOrganisation);
    }
    let money = match action.fen {
        Some(fen) if fen > 0 => Some(Money { fen, source: ctx.line("source", &action.source)? }),
        _ => None,
    };
    Ok(Agreed {
        id: action.id,
        motion: action.motion,
        task: ctx.note("task", &action.task)?,
        owner: action.owner,
        way: action.way,
        due: action.due,
        money,
        acceptance: ctx.line("acceptance", &action.acceptance)?,
    })
}

/// Topics with something passed are decided until the last of their deadlines; the others return.
fn after_resolution(life: &Life, actions: &[Agreed], ctx: &Context) -> Vec<TopicChange> {
    let fallback = ctx.now.end_of_day_after(ctx.rules.deadlines.consult.days);
    let change = |topic: &TopicId| {
        let passed: Vec<u32> = life
            .motions
            .iter()
            .filter(|one| one.topic == *topic && passed(one))
            .map(|one| one.number)
            .collect();
        let last = actions.iter().filter(|one| passed.contains(&one.motion)).map(|one| one.due).max();
        let what = if passed.is_empty() {
            ByMeeting::Returned { reason: NOT_DECIDED.to_owned() }
        } else {
            ByMeeting::Decided { due: last.unwrap_or(fallback) }
        };
        TopicChange { topic: *topic, what }
    };
    life.called.topics.iter().map(change).collect()
}

/// What stands in the ledger for a topic on which nothing passed.
const NOT_DECIDED: &str = "会议未就此议题形成决定";

fn returned(topics: &[TopicId], reason: &str) -> Vec<TopicChange> {
    let change = |topic: &TopicId| TopicChange {
        topic: *topic,
        what: ByMeeting::Returned { reason: reason.to_owned() },
    };
    topics.iter().map(change).collect()
}
