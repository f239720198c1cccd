//! A double assessment ends when its time is over (到期结束), by itself. Who has said nothing by then
//! is told as that.

use super::{Assessment, END, Event};
use yishi_kernel::{Command, Context, Decided, Right};

/// End it, where its time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End;

impl Command for End {
    type On = Assessment;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &END
    }

    fn decide(
        self,
        on: &Assessment,
        (): &(),
        ctx: &Context,
    ) -> Result<Decided<Assessment>, yishi_kernel::Refusal> {
        let over = (on.due <= ctx.now).then_some(Event::Ended {});
        Ok(Decided::all(over.into_iter().collect()))
    }
}
