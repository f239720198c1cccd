//! The protection goes, once the lasting work is done: an order about the matter was accepted and
//! none is open. Where nobody was ordered anything, the answer stands for it, and a chief who had
//! no hand in the matter takes the protection away: else one person alone could end a danger.

use super::{Danger, Event, LIFT, Refusal};
use yishi_kernel::access::roles::CHIEFS;
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::{AccountId, PhotoDigest, Right};

/// Takes the protection away (解除防护).
#[derive(Clone, Debug, PartialEq)]
pub struct Lift {
    /// What was done for good.
    pub note: String,
    /// Photos, stored already.
    pub photos: Vec<PhotoDigest>,
}

/// The lasting work on the matter (彻底解决), with all that it carries and its topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// Somebody is at work, or nobody has begun.
    Open,
    /// It was accepted.
    Accepted,
    /// Nobody was ordered anything, and the matter was answered by these.
    Answered(Vec<AccountId>),
}

impl Work {
    /// Whether somebody may take the protection away by it.
    fn lets(&self, ctx: &Context) -> bool {
        match self {
            Work::Open => false,
            Work::Accepted => true,
            Work::Answered(by) => {
                CHIEFS.has(ctx.role) && ctx.actor.account.is_some_and(|own| !by.contains(&own))
            }
        }
    }
}

impl Command for Lift {
    type On = Danger;
    type Facts = Work;

    fn right(&self) -> &'static Right {
        &LIFT
    }

    fn decide(self, _: &Danger, work: &Work, ctx: &Context) -> Result<Decided<Danger>, crate::Refusal> {
        if !work.lets(ctx) {
            return Err(Refusal::NotLasting.into());
        }
        let photos = ctx.photos(self.photos)?;
        Ok(Decided::one(Event::Lifted { note: ctx.note("note", &self.note)?, photos }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dangers::DangerStage;
    use crate::dangers::laws::world::*;
    use crate::testing::account;

    fn lift() -> Lift {
        Lift { note: "外墙瓷砖已全部加固".to_owned(), photos: Vec::new() }
    }

    #[test]
    fn the_fence_goes_only_after_the_lasting_work() {
        let mut world = World::safe();
        for who in [WORKER, SECRETARY, STREET] {
            assert_eq!(world.given(who, lift(), &Work::Open).unwrap_err(), Refusal::NotLasting);
        }
        world.given(WORKER, lift(), &Work::Accepted).unwrap();
        assert_eq!(world.danger().stage, DangerStage::Lifted);
    }

    #[test]
    fn whoever_answered_does_not_take_the_fence_away_by_that() {
        let mut world = World::safe();
        let answered = Work::Answered(vec![account(SECRETARY as u128)]);
        for who in [WORKER, COLLEAGUE, SECRETARY] {
            assert_eq!(world.given(who, lift(), &answered).unwrap_err(), Refusal::NotLasting);
        }
        world.given(STREET, lift(), &answered).unwrap();
    }
}
