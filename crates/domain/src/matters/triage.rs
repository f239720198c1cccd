//! Sorting 分流: into one of five outcomes, with a holder and a deadline. What was solved here
//! as often as the rules allow, and came again, goes to the desk above to be sorted there.

use super::answer::answered;
use super::events::Event;
use super::refusals::Refusal as Why;
use super::rights::TRIAGE;
use super::rules::{CategoryCode, Rules};
use super::state::Matter;
use super::to_hold::ToHold;
use super::words::{Outcome, StageKind};
use yishi_kernel::access::roles::STREET;
use yishi_kernel::named::Named;
use yishi_kernel::{AccountId, Command, Context, Decided, Holder, Moment, PlaceId, Refusal, Right, Sealed};

/// Sorts a matter and gives it a holder.
#[derive(Clone, Debug, PartialEq)]
pub struct Triage {
    /// Into which outcome.
    pub outcome: Outcome,
    /// About what.
    pub category: String,
    /// Who is to hold it.
    pub holder: Holder,
    /// The person, when a person is to hold it.
    pub person: Option<AccountId>,
    /// The reason, told to the raiser when it is not accepted.
    pub reason: String,
}

/// What sorting must know.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sorting {
    /// Whoever is to hold it.
    pub to: ToHold,
    /// How often the same was solved at the same spot before.
    pub solved: u32,
    /// The desk above the community's own at which somebody works.
    pub above: Option<PlaceId>,
}

impl Command for Triage {
    type On = Matter;
    type Facts = Sorting;

    fn right(&self) -> &'static Right {
        &TRIAGE
    }

    fn names(&self) -> Vec<Named> {
        Named::holder("holder", self.holder, self.person)
    }

    fn decide(self, matter: &Matter, facts: &Sorting, ctx: &Context) -> Result<Decided<Matter>, Refusal> {
        let rules: &Rules = ctx.section();
        let category = rules.known_category(&self.category)?;
        if matter.own_stage == StageKind::Raised && matter.sent_up.is_some() && !STREET.has(ctx.role) {
            return Err(Why::SentUp.into());
        }
        if let Some(desk) = facts.above.filter(|desk| facts.goes_up(rules, matter, *desk)) {
            return Ok(Decided::one(Event::SentUp {
                desk,
                category,
                solved: facts.solved,
                due: ctx.due(&rules.receive).at,
                rules: ctx.rules.digest().to_owned(),
            }));
        }
        if self.outcome == Outcome::NotAccepted {
            return self.not_accepted(matter, category, ctx);
        }
        facts.to.must_fit(matter, self.holder, ctx)?;
        let due = ctx.due(rules.answer(self.outcome)).at;
        Ok(Decided::one(self.triaged(category, self.holder, self.person, due, ctx)))
    }
}

impl Sorting {
    /// Whether the matter is a repeat that goes to that desk: from below, and once.
    fn goes_up(&self, rules: &Rules, matter: &Matter, desk: PlaceId) -> bool {
        let often = rules.repeats.up_after > 0 && self.solved >= rules.repeats.up_after;
        often && matter.own_stage == StageKind::Raised && matter.desk != desk && matter.sent_up.is_none()
    }
}

impl Triage {
    /// The reason is the answer, and it may be found wanting like any other. Whoever sorts it
    /// holds it.
    fn not_accepted(
        &self,
        matter: &Matter,
        category: CategoryCode,
        ctx: &Context,
    ) -> Result<Decided<Matter>, Refusal> {
        let held = |place: &&PlaceId| ctx.actor.grants.iter().any(|grant| grant.place == **place);
        let at = ctx.path.iter().find(held).copied().unwrap_or(matter.place);
        let holder = Holder::Person(ctx.role, at);
        let triaged = self.triaged(category, holder, ctx.actor.account, matter.due, ctx);
        let answered = answered("reason", &self.reason, None, Vec::new(), ctx)?;
        Ok(Decided::all(vec![triaged, answered]))
    }

    fn triaged(
        &self,
        category: CategoryCode,
        holder: Holder,
        person: Option<AccountId>,
        due: Moment,
        ctx: &Context,
    ) -> Event {
        Event::Triaged {
            outcome: self.outcome,
            category,
            holder,
            person: person.map(Sealed::Kept),
            due,
            rules: ctx.rules.digest().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Refusal, Why};
    use crate::matters::laws::world::{DAY, Move, World, matter_id, path, to_hold, triage};
    use crate::matters::{Outcome, Sorting, StageKind, Step};
    use crate::testing::person;
    use yishi_kernel::{Actor, Holder, HolderKey, Role, Stream};

    #[test]
    fn each_outcome_has_its_time_and_what_is_not_accepted_is_answered_by_that() {
        // The third day is a Saturday, on which nothing falls due.
        for (outcome, days) in [(0, 15), (1, 7), (2, 5), (3, 15)] {
            let mut world = World::new();
            world.step(0, Move::Raise { about_committee: 1 }).unwrap();
            world.step(1, Move::Triage { matter: 0, outcome, to: 1 }).unwrap();
            let matter = world.matter(matter_id(0)).unwrap();
            let [wait] = &matter.waits()[..] else { panic!("one step") };
            assert_eq!(wait.step(), Some(Step::Answer));
            assert_eq!((wait.due, wait.place), (world.now.end_of_day_after(days), path().last().copied()));
        }
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        world.step(1, Move::Triage { matter: 0, outcome: 4, to: 2 }).unwrap();
        let matter = world.matter(matter_id(0)).unwrap();
        assert_eq!((matter.stage(), matter.outcome), (StageKind::Answered, Some(Outcome::NotAccepted)));
        // Whoever said so holds it, not whom the form named.
        assert_eq!(matter.holder, Holder::Person(Role::CommunityWorker, path()[1]));
        assert_eq!((matter.handlers.len(), matter.answers), (1, 1));
    }

    #[test]
    fn what_was_solved_twice_and_came_again_goes_up_once() {
        let sort = |world: &mut World, who: Actor, solved, above| {
            let facts = Sorting { to: to_hold(1), solved, above };
            world.now = world.now.plus_seconds(DAY);
            world.one(&who, matter_id(0), triage(1, 1), &facts)?;
            Ok::<_, Refusal>(world.matter(matter_id(0)).unwrap())
        };
        let worker = || person(1, Role::CommunityWorker, 2);
        let raised = || {
            let mut world = World::new();
            world.step(0, Move::Raise { about_committee: 1 }).unwrap();
            world
        };
        let street = path()[0];
        for (solved, above) in [(1, Some(street)), (2, None)] {
            let matter = sort(&mut raised(), worker(), solved, above).unwrap();
            assert_eq!((matter.stage(), matter.sent_up), (StageKind::InHand, None), "{solved}");
        }
        let mut world = raised();
        let matter = sort(&mut world, worker(), 2, Some(street)).unwrap();
        assert_eq!((matter.stage(), matter.holder), (StageKind::Raised, Holder::Desk(street)));
        let [wait] = &matter.waits()[..] else { panic!("one step") };
        assert_eq!((wait.step(), wait.due), (Some(Step::Triage), world.now.end_of_day_after(1)));
        // There it is sorted, and nowhere below; whoever holds it then, the street closes it.
        assert_eq!(sort(&mut world, worker(), 2, Some(street)).unwrap_err(), Why::SentUp);
        let officer = person(4, Role::StreetOfficer, 1);
        let matter = sort(&mut world, officer, 2, Some(street)).unwrap();
        assert_eq!((matter.stage(), matter.sent_up), (StageKind::InHand, Some(street)));
        world.step(1, Move::Answer { matter: 0 }).unwrap();
        let [wait] = &world.matter(matter_id(0)).unwrap().waits()[..] else { panic!("one step") };
        assert_eq!((wait.step(), wait.holder.clone()), (Some(Step::Close), HolderKey::desk(street)));
    }
}
