//! Whoever owes a promise says that it is kept (报兑现): then somebody else looks.

use super::{DONE, Event, Promise, Rules};
use yishi_kernel::{Command, Context, Decided, Right};

/// It is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// How.
    pub note: String,
}

impl Command for Done {
    type On = Promise;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &DONE
    }

    fn decide(self, _: &Promise, (): &(), ctx: &Context) -> Result<Decided<Promise>, yishi_kernel::Refusal> {
        let due = ctx.due(&ctx.section::<Rules>().settle).at;
        let rules = ctx.rules.digest().to_owned();
        Ok(Decided::one(Event::Done { note: ctx.note("note", &self.note)?, due, rules }))
    }
}
