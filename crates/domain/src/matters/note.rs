//! An internal note 内部备注: what those who work on a matter tell each other. Whoever reads what
//! residents wrote reads it, and nobody else: neither the public nor who holds a receipt.

use super::events::Event;
use super::refusals::Refusal as Why;
use super::rights::NOTE;
use super::state::Matter;
use yishi_kernel::{Command, Context, Decided, Refusal, Right};

/// Notes something for colleagues.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// What.
    pub memo: String,
}

impl Command for Note {
    type On = Matter;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &NOTE
    }

    fn decide(self, _: &Matter, (): &(), ctx: &Context) -> Result<Decided<Matter>, Refusal> {
        let memo = ctx.private("memo", &self.memo)?.ok_or(Why::NothingNoted)?;
        Ok(Decided::one(Event::Noted { memo }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::matters::laws::world::{Move, World, matter_id};
    use crate::testing::person;
    use yishi_kernel::{Actor, Role};

    #[test]
    fn a_note_changes_nothing_and_holds_what_no_public_text_may() {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        let before = world.matter(matter_id(0)).unwrap();
        let note = |memo: &str| Note { memo: memo.to_owned() };
        let worker = person(2, Role::CommunityWorker, 2);
        world.one(&worker, matter_id(0), note("下午三点再打 13800001111"), &()).unwrap();
        assert_eq!(world.matter(matter_id(0)).unwrap(), before);
        assert_eq!(world.one(&worker, matter_id(0), note(" "), &()).unwrap_err(), Why::NothingNoted);
        assert!(world.one(&Actor::visitor(), matter_id(0), note("我"), &()).is_err());
    }
}
