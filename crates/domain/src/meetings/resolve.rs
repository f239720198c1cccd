//! Ending a meeting with what shall be done (决议). Topics on which something passed are
//! decided, the others return.

use super::events::{Agreed, Event};
use super::ids::{ActionId, MeetingId};
use super::refusals::Refusal;
use super::rights::HOLD;
use super::rules::Rules;
use super::sitting::Motion;
use super::state::Meeting;
use super::words::{MeetingStage, Way};
use crate::ballots::{self, Decides, Said};
use crate::topics::{self, Decide, Return, ReturnedFor, Settled, TopicId};
use yishi_kernel::named::Named;
use yishi_kernel::refusal::{Common, optional};
use yishi_kernel::{Command, Context, Decided, Holder, Moment, Money, Right};

/// It ends with a resolution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolve {
    /// What shall be done.
    pub actions: Vec<NewAction>,
    /// The standard agreed for the time to come; may be left empty.
    pub standard: String,
}

/// An action to be agreed, parsed at the edge but for the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAction {
    /// Its id.
    pub id: ActionId,
    /// The motion it follows from.
    pub motion: u32,
    /// What kind of thing it is; what its motion was put as, where it was left empty.
    pub item: String,
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

/// What resolving must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolving {
    /// The meeting itself.
    pub id: MeetingId,
    /// Owners of the actions whom the meeting concerns, all who hold that role there.
    pub away: Vec<Holder>,
}

impl Command for Resolve {
    type On = Meeting;
    type Facts = Resolving;

    fn right(&self) -> &'static Right {
        &HOLD
    }

    fn names(&self) -> Vec<Named> {
        self.actions.iter().flat_map(|action| Named::holder("owner", action.owner, None)).collect()
    }

    fn decide(
        self,
        meeting: &Meeting,
        Resolving { id: own, away }: &Resolving,
        ctx: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        meeting.must_be(MeetingStage::Open)?;
        meeting.sitting.must_rest()?;
        if meeting.sitting.carried().next().is_none() {
            return Err(Refusal::NothingPassed.into());
        }
        // A body answers for itself; a person is not asked to carry out what is about them.
        if self.actions.iter().any(|action| away.contains(&action.owner)) {
            return Err(Refusal::OwnerConcerned.into());
        }
        let decides = self.actions.iter().map(|action| action.decides(meeting, ctx));
        let decides = decides.collect::<Result<Vec<_>, _>>()?;
        let agree = |action: NewAction| action.agreed(meeting, ctx);
        let actions = self.actions.into_iter().map(agree).collect::<Result<Vec<_>, _>>()?;
        let resolved = Event::Resolved {
            standard: optional(ctx.note("standard", &self.standard))?,
            actions: actions.clone(),
            due: ctx.due(&ctx.section::<Rules>().confirm).at,
        };
        let whose = actions.iter().zip(decides);
        let whose = whose.map(|(action, decides)| Event::ActionDecides { action: action.id, decides });
        let mut decided = Decided::all(std::iter::once(resolved).chain(whose).collect());
        for topic in &meeting.agenda.topics {
            decided = match until(meeting, *topic, &actions, ctx) {
                Some((settled, due)) => decided.and(*topic, Decide { meeting: *own, settled, due }),
                None => {
                    let why = ReturnedFor::Undecided;
                    decided.and(*topic, Return { meeting: *own, why, reason: None })
                }
            };
        }
        Ok(decided)
    }
}

/// Whether a topic was decided on or everything on it only recommended to the owners, and by when
/// all of it is to be done: the last deadline of its actions; nothing where no motion on it carried.
fn until(meeting: &Meeting, topic: TopicId, actions: &[Agreed], ctx: &Context) -> Option<(Settled, Moment)> {
    let carried: Vec<&Motion> = meeting.sitting.carried().filter(|one| one.topic == topic).collect();
    let follows = |action: &&Agreed| carried.iter().any(|one| one.number == action.motion);
    let last = actions.iter().filter(follows).map(|one| one.due).max();
    let fallback = || ctx.due(&ctx.section::<topics::Rules>().consult).at;
    let settled = match carried.iter().all(|one| one.awaits_owners()) {
        true => Settled::Recommended,
        false => Settled::Decided,
    };
    (!carried.is_empty()).then(|| (settled, last.unwrap_or_else(fallback)))
}

impl NewAction {
    /// Whose decision it is. What follows from a recommendation is the owners' like it, or gets
    /// it ready; what was put as the meeting's own has nothing of the owners' in it.
    fn decides(&self, meeting: &Meeting, ctx: &Context) -> Result<Decides, yishi_kernel::Refusal> {
        let motion = meeting.sitting.motion(self.motion).ok_or(Refusal::NothingPassed)?;
        let as_put = self.item.is_empty() || self.item == motion.decides.item;
        let rules = ctx.section::<ballots::Rules>();
        let said = Said { task: &self.task, money: if self.fen > Some(0) { &self.source } else { "" } };
        if as_put && motion.decides.joint().is_some() {
            return Ok(motion.decides.clone());
        }
        let item = if as_put { &motion.decides.item } else { &self.item };
        let decides = rules.decides(item, said)?;
        let prepares = rules.item(item).is_some_and(|item| item.prepares);
        let fits = match (motion.decides.joint(), decides.joint()) {
            (Some(_), _) => prepares,
            (None, Some(_)) => false,
            (None, None) => true,
        };
        if fits { Ok(decides) } else { Err(ballots::Refusal::NotAsPut.into()) }
    }

    /// The action as the rules allow it.
    fn agreed(self, meeting: &Meeting, ctx: &Context) -> Result<Agreed, yishi_kernel::Refusal> {
        if !meeting.sitting.motion(self.motion).is_some_and(Motion::carried) {
            return Err(Refusal::NothingPassed.into());
        }
        // A whistle calls departments, a letter goes to a body: neither is owed by a person here.
        if self.way != Way::Work && self.owner.organisation().is_none() {
            return Err(Common::NeedsOrganisation.into());
        }
        let money = match self.fen {
            Some(fen) if fen > 0 => Some(Money { fen, source: ctx.line("source", &self.source)? }),
            _ => None,
        };
        Ok(Agreed {
            id: self.id,
            motion: self.motion,
            task: ctx.note("task", &self.task)?,
            owner: self.owner,
            way: self.way,
            due: ctx.future("due", self.due)?,
            money,
            acceptance: ctx.line("acceptance", &self.acceptance)?,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::meetings::laws::world::*;
    use crate::meetings::{Adjourn, VoteMode};
    use crate::topics::TopicStep;

    #[test]
    fn an_action_has_an_owner_a_deadline_and_a_motion_that_passed() {
        let mut world = World::begun(3);
        world.put(VoteMode::Hands);
        let action = world.action(1, 0);
        let resolve = |action: &NewAction| Resolve { actions: vec![action.clone()], standard: String::new() };
        assert_eq!(world.meet(WORKER, 0, resolve(&action)).unwrap_err(), Refusal::VoteOpen);
        world.counted([2, 1, 0]);
        let late = NewAction { due: world.now, ..action.clone() };
        let refused = world.meet(WORKER, 0, resolve(&late)).unwrap_err();
        assert_eq!(refused, Common::Past { field: "due" });
        let other = NewAction { motion: 2, ..action.clone() };
        assert_eq!(world.meet(WORKER, 0, resolve(&other)).unwrap_err(), Refusal::NothingPassed);
        let nobody = NewAction { way: Way::Whistle, ..action.clone() };
        assert_eq!(world.meet(WORKER, 0, resolve(&nobody)).unwrap_err(), Common::NeedsOrganisation);
        let unpaid = NewAction { fen: Some(1), source: " ".to_owned(), ..action.clone() };
        assert_eq!(world.meet(WORKER, 0, resolve(&unpaid)).unwrap_err(), empty("source"));
        let adjourn = Adjourn { reason: "改日".to_owned() };
        assert_eq!(world.meet(WORKER, 0, adjourn).unwrap_err(), Refusal::SomethingPassed);
        world.meet(WORKER, 0, resolve(&action)).unwrap();
        let (step, _, due) = world.topic(0).next().unwrap();
        assert_eq!((step, due), (TopicStep::Conclude, action.due));
    }
}
