//! Concluding a topic (办结): everything decided is done, everyone is answered.

use super::events::Event;
use super::refusals::Refusal;
use super::rights::CONCLUDE;
use super::state::Topic;
use yishi_kernel::{Command, Context, Decided, Right};

/// Conclude it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conclude;

/// What is not at its end about a topic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Orders that are not at their end.
    pub orders: u64,
    /// Actions of its meetings that no order carries out yet.
    pub actions: u64,
    /// Matters that are not answered.
    pub matters: u64,
}

impl Command for Conclude {
    type On = Topic;
    type Facts = Left;

    fn right(&self) -> &'static Right {
        &CONCLUDE
    }

    fn decide(
        self,
        _topic: &Topic,
        left: &Left,
        _ctx: &Context,
    ) -> Result<Decided<Topic>, yishi_kernel::Refusal> {
        if *left != Left::default() {
            let orders = left.orders.saturating_add(left.actions);
            return Err(Refusal::Unfinished { orders, matters: left.matters }.into());
        }
        Ok(Decided::one(Event::Concluded {}))
    }
}
