//! Getting in touch 联系反映人: whoever works on a matter says that they spoke with whoever raised it, and
//! how. It is what one does first (首先联系反映人), and blocks nothing where it was not done.

use super::events::Event;
use super::rights::CONTACT;
use super::state::Matter;
use crate::evaluation::CallWay;
use yishi_kernel::{Command, Context, Decided, Refusal, Right};

/// Says that whoever raised it was contacted (联系反映人).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GetInTouch {
    /// By what way.
    pub way: CallWay,
}

impl Command for GetInTouch {
    type On = Matter;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &CONTACT
    }

    fn decide(self, _: &Matter, (): &(), _: &Context) -> Result<Decided<Matter>, Refusal> {
        Ok(Decided::one(Event::Contacted { way: self.way }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::evaluation::Solved;
    use crate::matters::StageKind;
    use crate::matters::laws::world::{Move, World, actors, matter_id};
    use yishi_kernel::Denied;

    #[test]
    fn whoever_works_on_it_says_so_and_an_answer_that_did_not_solve_it_asks_for_it_anew() {
        let mut world = World::new();
        let [visitor, handler, ..] = &actors()[..] else { panic!("people") };
        let way = GetInTouch { way: CallWay::Telephone };
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        let early = world.one(handler, matter_id(0), way, &()).unwrap_err();
        assert_eq!(early, Denied::stage(StageKind::Raised));
        world.step(1, Move::Triage { matter: 0, outcome: 1, to: 1 }).unwrap();
        assert_eq!(world.one(visitor, matter_id(0), way, &()).unwrap_err(), Denied::SignIn);
        assert_eq!(world.matter(matter_id(0)).unwrap().contacted, None);
        world.one(handler, matter_id(0), way, &()).unwrap();
        let matter = world.matter(matter_id(0)).unwrap();
        assert_eq!(matter.contacted, Some(world.now));
        assert!(
            matter.handlers.iter().any(|one| one.is(&handler.account.unwrap())),
            "and does not call back"
        );
        world.step(1, Move::Answer { matter: 0 }).unwrap();
        world.step(0, Move::Evaluate { receipt: 0, solved: Solved::No }).unwrap();
        assert_eq!(world.matter(matter_id(0)).unwrap().contacted, None);
    }
}
