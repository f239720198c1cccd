//! The state of a meeting: where it stands and what comes next, over its three parts. Each
//! part takes in what happens to it; the stream is one.

use super::agenda::Agenda;
use super::events::Event;
use super::outcome::{Action, Outcome};
use super::refusals::Refusal;
use super::rules::Rules;
use super::sitting::{Motion, Owners, Sitting};
use super::stairwell::Stairs;
use super::words::{Confirming, MeetingStage, MeetingStep};
use crate::ballots::{Agreed, Leave};
use crate::topics::TopicId;
use yishi_kernel::access::{About, Stage};
use yishi_kernel::{
    Actor, Context, Denied, Heir, HolderKey, Moment, OrganisationId, Passing, PlaceId, Resource, Sealed,
    Stamped, Stream, Wait, Whom,
};

/// A meeting (会议).
#[derive(Clone, Debug, PartialEq)]
pub struct Meeting {
    /// Where it stands.
    pub stage: MeetingStage,
    /// By when the next step is to be taken, where no part of it says otherwise.
    pub due: Moment,
    /// When it was concluded or called off.
    pub ended: Option<Moment>,
    /// Whom its topics are about.
    pub about: About,
    /// What it was called with, and what happened before it began.
    pub agenda: Agenda,
    /// What happened in the room.
    pub sitting: Sitting,
    /// What it came to.
    pub outcome: Outcome,
    /// The stairwell whose households meet, where they do: then nothing is put before a room, and
    /// what came of it stands here.
    pub stairs: Option<Stairs>,
}

impl Meeting {
    /// Actions of one topic that nothing carries out yet.
    #[must_use]
    pub fn waiting(&self, topic: TopicId) -> u64 {
        let of_topic = |number| self.sitting.motion(number).is_some_and(|motion| motion.topic == topic);
        self.outcome.waiting().filter(|action| of_topic(action.agreed.motion)).count() as u64
    }

    /// What comes next, who holds it and by when; nothing once it is at its end.
    #[must_use]
    pub fn next(&self) -> Option<(MeetingStep, HolderKey, Moment)> {
        let desk = HolderKey::desk(self.agenda.desk);
        if let Some(stairs) = &self.stairs {
            return stairs.next(self);
        }
        Some(match self.stage {
            MeetingStage::Called if self.agenda.posted.is_none() => (MeetingStep::Post, desk, self.due),
            MeetingStage::Called => (MeetingStep::Open, desk, self.agenda.end_of_day()),
            MeetingStage::Open => (MeetingStep::Resolve, desk, self.due),
            MeetingStage::Held => (MeetingStep::Confirm, self.confirms().unwrap_or(desk), self.due),
            MeetingStage::Confirmed => (MeetingStep::Publish, desk, self.due),
            MeetingStage::Published => {
                let (step, due) = self.while_published();
                (step, desk, due)
            }
            MeetingStage::Concluded | MeetingStage::Cancelled => return None,
        })
    }

    /// Who confirms the minutes next, unless the account was erased.
    fn confirms(&self) -> Option<HolderKey> {
        let chair_did = self.outcome.confirmed.contains_key(&Confirming::Chair);
        let who = if chair_did { &self.agenda.recorder } else { &self.agenda.chair };
        who.get().copied().map(HolderKey::person)
    }

    fn while_published(&self) -> (MeetingStep, Moment) {
        if let Some(due) = self.outcome.open_objections().map(|objection| objection.due).min() {
            return (MeetingStep::Rule, due);
        }
        // What is to be sent once the notice is over is done on the day after its end, which is
        // a day of the notice and no deadline of its own.
        let over = self.outcome.until.unwrap_or(self.due).end_of_day_after(0);
        if self.outcome.waiting().any(|action| !self.awaits_owners(action)) {
            return (MeetingStep::Dispatch, over);
        }
        match self.sitting.awaiting_owners().map(|motion| self.decided_by(motion.number)).min() {
            // They are asked after the meeting, and decide before what they were asked is due.
            Some(due) => (MeetingStep::Owners, due.unwrap_or(over).max(over)),
            None => (MeetingStep::Conclude, over),
        }
    }

    /// By when what follows from a motion is to be done.
    pub(crate) fn decided_by(&self, motion: u32) -> Option<Moment> {
        let follows = self.outcome.actions.iter().filter(|action| action.agreed.motion == motion);
        follows.map(|action| action.agreed.due).max()
    }

    /// Whether nothing else on a motion's topic was decided or waits for the owners.
    pub(crate) fn is_last_of(&self, motion: &Motion) -> bool {
        let stands = |one: &Motion| one.topic == motion.topic && one.number != motion.number;
        let fell = |one: &Motion| matches!(one.owners, Owners::SetAside | Owners::Said(_, Agreed::No));
        !self.sitting.carried().any(|one| stands(one) && !fell(one))
    }

    /// By what an action that is the owners' may leave: their result, where they agreed.
    #[must_use]
    pub fn leave(&self, action: &Action) -> Option<Leave> {
        action.decides.joint()?;
        match self.sitting.motion(action.agreed.motion)?.owners {
            Owners::Said(result, Agreed::Yes) => Some(Leave::Owners(result)),
            Owners::Said(_, Agreed::No) | Owners::Silent | Owners::SetAside => None,
        }
    }

    /// Whether an action is the owners', and they have not answered.
    #[must_use]
    pub fn awaits_owners(&self, action: &Action) -> bool {
        let awaits = || self.sitting.motion(action.agreed.motion).is_some_and(Motion::awaits_owners);
        action.decides.joint().is_some() && awaits()
    }

    /// That whom it concerns answers for their own body there and for no other.
    pub(super) fn must_answer_for(&self, body: Option<OrganisationId>, ctx: &Context) -> Result<(), Denied> {
        let own = body.is_some_and(|body| ctx.actor.is_of(body));
        match own || !self.resource(ctx.path, ctx.actor).keeps_away(ctx.actor) {
            true => Ok(()),
            false => Err(Denied::Concerned),
        }
    }

    /// That it stands where a command takes it from.
    pub(super) fn must_be(&self, stage: MeetingStage) -> Result<(), Refusal> {
        if self.stairs.is_some() {
            return Err(Refusal::OfStairwell);
        }
        if self.stage == stage { Ok(()) } else { Err(Refusal::Stage(self.stage)) }
    }
}

impl Stream for Meeting {
    const KIND: &'static str = "meeting";
    const QUOTES: &'static [&'static str] = &["minutes"];
    type Event = Event;

    fn begin(first: &Stamped<Event>) -> Option<Self> {
        let Event::Called { due, .. } = &first.what else { return None };
        Some(Self {
            stage: MeetingStage::Called,
            due: *due,
            ended: None,
            about: About::default(),
            agenda: Agenda::begin(first)?,
            sitting: Sitting::default(),
            outcome: Outcome::default(),
            stairs: None,
        })
    }

    fn evolve(&mut self, next: &Stamped<Event>) {
        self.agenda.evolve(next);
        self.sitting.evolve(next, self.agenda.entitled);
        self.outcome.evolve(next);
        match &mut self.stairs {
            Some(stairs) => stairs.evolve(next),
            None => self.stairs = Stairs::begin(next),
        }
        if matches!(next.what, Event::Recounted { .. }) {
            self.outcome.recounted(&self.sitting);
        }
        match &next.what {
            Event::Moved { due, .. } => self.due = *due,
            Event::Opened { due } => {
                self.stage = MeetingStage::Open;
                self.due = *due;
            }
            Event::Resolved { due, .. } | Event::Adjourned { due, .. } => {
                self.stage = MeetingStage::Held;
                self.due = *due;
            }
            Event::Confirmed { due, .. } => match (self.stage, self.outcome.minutes()) {
                (MeetingStage::Held, Some(_)) => {
                    self.due = *due;
                    self.stage = MeetingStage::Confirmed;
                }
                (MeetingStage::Held, None) => self.due = *due,
                // Confirmed anew: what was published goes on.
                _ => {}
            },
            Event::Reissued { due } => {
                if matches!(self.stage, MeetingStage::Held | MeetingStage::Confirmed) {
                    self.stage = MeetingStage::Held;
                    self.due = *due;
                }
            }
            Event::Published { until, .. } => {
                self.stage = MeetingStage::Published;
                self.due = *until;
            }
            Event::Concluded {} | Event::Settled { .. } => {
                self.stage = MeetingStage::Concluded;
                self.ended = Some(next.time);
            }
            Event::Cancelled { .. } => {
                self.stage = MeetingStage::Cancelled;
                self.ended = Some(next.time);
            }
            _ => {}
        }
    }

    fn place(&self) -> Option<PlaceId> {
        Some(self.agenda.place)
    }

    /// Of a stairwell's, the stairwell.
    fn at(&self) -> Option<PlaceId> {
        let stairwell = self.stairs.as_ref().and_then(|stairs| stairs.stairwell.get());
        stairwell.copied().or(Some(self.agenda.place))
    }

    /// Those invited reach it, and chair and recorder hold it.
    fn resource(&self, path: &[PlaceId], actor: &Actor) -> Resource {
        let seats = [&self.agenda.chair, &self.agenda.recorder];
        let holds = seats.into_iter().filter_map(Sealed::get).find(|one| actor.account == Some(**one));
        Resource {
            stage: Some(Stage::of(self.stage)),
            holder: holds.copied(),
            parties: self.agenda.invited.iter().map(|one| one.organisation).collect(),
            desk: Some(self.agenda.desk),
            ..Resource::at(path)
        }
        .concerning(&self.about)
    }

    fn concerns(&mut self, about: About) {
        self.about = about;
    }

    /// Chair and recorder are two: an heir who is the other one already leaves the seat to the
    /// desk. Bodies are invited for themselves, so nobody comes in their place.
    fn pass_on(&self, passing: &Passing) -> Vec<Event> {
        let why = passing.why();
        match passing.from.whom() {
            Whom::Person(gone) if self.ended.is_none() || self.outcome.reissued.is_some() => {
                let Agenda { chair, recorder, .. } = &self.agenda;
                let heir = match passing.to {
                    Heir::Named(_, person) => person.filter(|heir| !chair.is(heir) && !recorder.is(heir)),
                    Heir::Desk => None,
                };
                let seats = [(Confirming::Chair, chair), (Confirming::Recorder, recorder)];
                let left = seats.into_iter().filter(|(_, who)| who.is(&gone));
                left.map(|(seat, _)| Event::PassedOn { seat, person: heir.map(Sealed::Kept), why }).collect()
            }
            Whom::Organisation(organisation) if self.stage == MeetingStage::Called => {
                let invited = self.agenda.is_invited(organisation);
                invited.then_some(Event::Uninvited { organisation, why }).into_iter().collect()
            }
            Whom::Person(_) | Whom::Organisation(_) | Whom::Desk(_) | Whom::Nobody => Vec::new(),
        }
    }

    /// Minutes that were confirmed are confirmed again.
    fn requoted(&self, ctx: &Context) -> Vec<Event> {
        let due = ctx.due(&ctx.section::<Rules>().confirm).at;
        let stands = !self.outcome.confirmed.is_empty() && self.stage != MeetingStage::Cancelled;
        stands.then_some(Event::Reissued { due }).into_iter().collect()
    }

    /// Photos of the notice, and the minutes that were confirmed.
    fn files(&self) -> Vec<&str> {
        let notices = self.agenda.notices.iter().map(|photo| photo.0.as_str());
        notices.chain(self.outcome.confirmed.values().filter_map(|one| one.minutes.get())).collect()
    }

    /// The next step, and a reply of each invited body that is silent while one can come.
    fn waits(&self) -> Vec<Wait> {
        let mut waits: Vec<_> = self.next().into_iter().collect();
        if self.stage == MeetingStage::Called && self.stairs.is_none() {
            waits.extend(
                self.agenda
                    .silent()
                    .map(|one| (MeetingStep::Reply, HolderKey::organisation(one.organisation), one.reply_by)),
            );
        }
        // What was published goes on while its minutes are confirmed again.
        let again = self.outcome.reissued.filter(|_| self.stage != MeetingStage::Held);
        let desk = || HolderKey::desk(self.agenda.desk);
        waits.extend(again.map(|due| (MeetingStep::Confirm, self.confirms().unwrap_or_else(desk), due)));
        let at = self.at();
        waits.into_iter().map(|(step, holder, due)| Wait::new(step, holder, due, at)).collect()
    }
}
