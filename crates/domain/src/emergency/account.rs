//! The accounts of an emergency (公布账目): what was done, what it cost, who paid. Its order is at its
//! end by then, or none was sent.

use super::events::Event;
use super::refusals::Refusal as Why;
use super::rights::ACCOUNT;
use super::state::Basis;
use crate::dispatch::OrderStage;
use yishi_kernel::{Command, Context, Decided, Money, Refusal, Right};

/// Post the accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostAccount {
    /// What was done.
    pub note: String,
    /// What it cost, in fen; nothing where it cost nothing.
    pub fen: Option<u64>,
    /// Who paid, or from what.
    pub source: String,
}

/// Where its order stands, where it freed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The order's stage.
    pub order: Option<OrderStage>,
}

impl Command for PostAccount {
    type On = Basis;
    type Facts = Carried;

    fn right(&self) -> &'static Right {
        &ACCOUNT
    }

    fn decide(self, _: &Basis, facts: &Carried, ctx: &Context) -> Result<Decided<Basis>, Refusal> {
        match facts.order {
            None | Some(OrderStage::Accepted | OrderStage::Declined | OrderStage::Withdrawn) => {}
            Some(
                OrderStage::Asked
                | OrderStage::Sent
                | OrderStage::InWork
                | OrderStage::Disputed
                | OrderStage::Done
                | OrderStage::Suspended,
            ) => return Err(Why::OrderRuns.into()),
        }
        let money = match self.fen {
            None => None,
            Some(fen) => Some(Money { fen, source: ctx.line("source", &self.source)? }),
        };
        Ok(Decided::one(Event::Accounted { note: ctx.note("note", &self.note)?, money }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::emergency::laws::world::*;
    use crate::emergency::{BasisStage, BasisStep};
    use yishi_kernel::refusal::Common;

    #[test]
    fn accounts_are_due_once_it_was_sent_and_say_who_paid() {
        let mut world = World::new();
        world.enter(WORKER, fence()).unwrap();
        world.confirm(SECRETARY, 0).unwrap();
        let account_by = world.now.end_of_day_after(15);
        world.send(WORKER, 0).unwrap();
        assert_eq!(world.basis(0).next(), Some((BasisStep::Account, account_by)));
        let post =
            || PostAccount {
                note: "拉了围挡".to_owned(), fen: Some(80_000), source: "物业费".to_owned()
            };
        assert_eq!(world.account(WORKER, 0, post()).unwrap_err(), Why::OrderRuns);
        world.withdraw(0);
        let unsaid = world.account(WORKER, 0, PostAccount { source: String::new(), ..post() }).unwrap_err();
        assert!(matches!(unsaid.of(), Some(Common::Text { field: "source", .. })), "{unsaid:?}");
        world.account(WORKER, 0, post()).unwrap();
        let basis = world.basis(0);
        assert_eq!((basis.stage, basis.next()), (BasisStage::Accounted, None));
        assert_eq!(basis.account.unwrap().1.unwrap().fen, 80_000);
    }

    #[test]
    fn one_that_was_not_used_ends_by_saying_so() {
        let mut world = World::new();
        world.enter(WORKER, fence()).unwrap();
        world.confirm(SECRETARY, 0).unwrap();
        let post = PostAccount { note: "没有用到".to_owned(), fen: None, source: String::new() };
        world.account(WORKER, 0, post).unwrap();
        assert!(world.send(WORKER, 0).is_err());
    }
}
