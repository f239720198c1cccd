//! Closing a venue for a while or for good, with the reason on its page (暂停开放、停止使用).

use super::{CLOSE, Event, Venue};
use yishi_kernel::{Command, Context, Decided, Moment, Refusal, Right};

/// For how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closure {
    /// Until the end of a day.
    Until(Moment),
    /// For good.
    ForGood,
}

/// Close it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// Why.
    pub reason: String,
    /// For how long.
    pub closure: Closure,
}

impl Command for Close {
    type On = Venue;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &CLOSE
    }

    fn decide(self, _on: &Venue, (): &(), ctx: &Context) -> Result<Decided<Venue>, Refusal> {
        let until = match self.closure {
            Closure::Until(day) => Some(ctx.future("until", day)?),
            Closure::ForGood => None,
        };
        Ok(Decided::one(Event::Closed { reason: ctx.line("reason", &self.reason)?, until }))
    }
}
