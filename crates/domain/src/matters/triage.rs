//! Sorting 分流: into one of five outcomes, with a holder and a deadline.

use super::answer::answered;
use super::events::Event;
use super::rights::TRIAGE;
use super::rules::{CategoryCode, Rules};
use super::state::Matter;
use super::words::Outcome;
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

impl Command for Triage {
    type On = Matter;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &TRIAGE
    }

    fn decide(self, matter: &Matter, (): &(), ctx: &Context) -> Result<Decided<Matter>, Refusal> {
        let rules: &Rules = ctx.section();
        let category = rules.known_category(&self.category)?;
        if self.outcome == Outcome::NotAccepted {
            return self.not_accepted(matter, category, ctx);
        }
        let due = ctx.due(rules.answer(self.outcome)).at;
        Ok(Decided::one(self.triaged(category, self.holder, self.person, due, ctx)))
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
    use crate::matters::laws::world::{Move, World, matter_id, path};
    use crate::matters::{Outcome, StageKind, Step};
    use yishi_kernel::{Holder, Role, Stream};

    #[test]
    fn each_outcome_has_its_time_and_what_is_not_accepted_is_answered_by_that() {
        for (outcome, days) in [(0, 15), (1, 7), (2, 3), (3, 15)] {
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
}
