//! Working on a matter in one go (一次办理): sorting it, confirming what everyone reads and answering,
//! as much of it as was asked for. Each part is the command that it is by itself, with its own right
//! and its own entry; all of them are recorded together or none.

use super::answer::{Answer, Readers};
use super::events::Event;
use super::refusals::Refusal as Why;
use super::rights::{ANSWER, PUBLISH, TRIAGE};
use super::state::Matter;
use super::summarise::Summarise;
use super::triage::{Sorting, Triage};
use yishi_kernel::command::{decide, stamped};
use yishi_kernel::named::Named;
use yishi_kernel::{Command, Context, Decided, Refusal, Right, Stream as _};

/// Sorts, summarises and answers a matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Handle {
    /// How it is sorted.
    pub triage: Option<Triage>,
    /// What everyone reads.
    pub summary: Option<Summarise>,
    /// What is answered.
    pub answer: Option<Answer>,
}

/// What working on it in one go must know.
#[derive(Clone, Debug, PartialEq)]
pub struct Handling {
    /// For sorting.
    pub sorting: Sorting,
    /// For answering.
    pub readers: Readers,
}

impl Command for Handle {
    type On = Matter;
    type Facts = Handling;

    /// The right of its first part; each further part asks for its own.
    fn right(&self) -> &'static Right {
        match (&self.triage, &self.summary) {
            (Some(_), _) => &TRIAGE,
            (None, Some(_)) => &PUBLISH,
            (None, None) => &ANSWER,
        }
    }

    fn names(&self) -> Vec<Named> {
        self.triage.as_ref().map(Command::names).unwrap_or_default()
    }

    fn decide(self, matter: &Matter, facts: &Handling, ctx: &Context) -> Result<Decided<Matter>, Refusal> {
        let mut so_far = SoFar { matter: matter.clone(), events: Vec::new() };
        if let Some(triage) = self.triage {
            so_far.then(triage, &facts.sorting, ctx)?;
            if self.answer.is_some() && so_far.matter.sent_up != matter.sent_up {
                return Err(Why::GoesUp.into());
            }
        }
        if let Some(summary) = self.summary {
            so_far.then(summary, &(), ctx)?;
        }
        if let Some(answer) = self.answer {
            so_far.then(answer, &facts.readers, ctx)?;
        }
        Ok(Decided::all(so_far.events))
    }
}

/// How it stands after the parts that were decided.
struct SoFar {
    matter: Matter,
    events: Vec<Event>,
}

impl SoFar {
    fn then<C: Command<On = Matter>>(
        &mut self,
        part: C,
        facts: &C::Facts,
        ctx: &Context,
    ) -> Result<(), Refusal> {
        let (_, decided) = decide(part, &self.matter, facts, ctx)?;
        for event in decided.events {
            self.matter.evolve(&stamped(event.clone(), ctx));
            self.events.push(event);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::matters::laws::world::{Move, World, matter_id, to_hold, triage};
    use crate::matters::{Outcome, StageKind};
    use crate::testing::person;
    use yishi_kernel::{Denied, Role};

    fn all() -> Handle {
        Handle {
            triage: Some(triage(1, 1)),
            summary: Some(Summarise { summary: "楼道灯坏了".to_owned(), category: None }),
            answer: Some(Answer { text: "灯换好了".to_owned(), word: String::new(), photos: Vec::new() }),
        }
    }

    fn handling(solved: u32) -> Handling {
        let above = Some(crate::matters::laws::world::path()[0]);
        let sorting = Sorting { to: to_hold(1), solved, above };
        Handling { sorting, readers: Readers { receipts: 0 } }
    }

    fn raised() -> World {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        world
    }

    #[test]
    fn what_was_asked_for_is_done_together_or_not_at_all() {
        let worker = person(1, Role::CommunityWorker, 2);
        let mut world = raised();
        world.one(&worker, matter_id(0), all(), &handling(0)).unwrap();
        let matter = world.matter(matter_id(0)).unwrap();
        assert_eq!((matter.stage(), matter.outcome), (StageKind::Answered, Some(Outcome::Public)));
        assert!(matter.summary.is_some() && matter.answers == 1);

        let mut world = raised();
        let before = world.matter(matter_id(0)).unwrap();
        let mut wrong = all();
        wrong.answer.as_mut().unwrap().text = "请打 13800001111".to_owned();
        assert!(world.one(&worker, matter_id(0), wrong, &handling(0)).is_err());
        assert_eq!(world.matter(matter_id(0)).unwrap(), before, "it was not sorted either");
    }

    #[test]
    fn each_part_needs_its_own_right() {
        let mut world = raised();
        let steward = person(3, Role::Steward, 2);
        let refused = world.one(&steward, matter_id(0), all(), &handling(0)).unwrap_err();
        assert!(matches!(refused.denied(), Some(Denied::Role { .. })), "{refused:?}");
        let answer = Handle { triage: None, summary: None, ..all() };
        let worker = person(1, Role::CommunityWorker, 2);
        let refused = world.one(&worker, matter_id(0), answer, &handling(0)).unwrap_err();
        assert_eq!(refused.denied(), Some(&Denied::stage(StageKind::Raised)), "it is not sorted");
    }

    #[test]
    fn what_goes_up_is_not_answered_below() {
        let worker = person(1, Role::CommunityWorker, 2);
        let mut world = raised();
        assert_eq!(world.one(&worker, matter_id(0), all(), &handling(2)).unwrap_err(), Why::GoesUp);
        let sorted = Handle { answer: None, ..all() };
        world.one(&worker, matter_id(0), sorted, &handling(2)).unwrap();
        assert!(world.matter(matter_id(0)).unwrap().sent_up.is_some());
    }
}
