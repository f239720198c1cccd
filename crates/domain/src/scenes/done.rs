//! What was agreed at the scene is done (报办完): whoever took it on says so, or the desk enters it.
//! Whether the order itself is done, somebody else accepts.

use super::sign::{acts_for, keeps};
use super::{DONE, Event, Refusal, Scene};
use yishi_kernel::{Command, Context, Decided, Right};

/// A line is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Which, from 0.
    pub line: u32,
    /// What was done.
    pub note: String,
}

impl Command for Done {
    type On = Scene;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &DONE
    }

    fn decide(self, on: &Scene, (): &(), ctx: &Context) -> Result<Decided<Scene>, yishi_kernel::Refusal> {
        let line = on.lines.get(self.line as usize).filter(|line| on.owes(line).is_some());
        let line = line.ok_or(Refusal::NotOwed)?;
        let own = line.agreed.body.is_some_and(|body| acts_for(body, ctx));
        if !own && !keeps(on, ctx) {
            return Err(Refusal::NotOwn.into());
        }
        Ok(Decided::one(Event::LineDone { line: self.line, note: ctx.line("note", &self.note)? }))
    }
}
