//! Progress 进展: what was done about a matter, for everyone to read.

use super::events::Event;
use super::rights::PROGRESS;
use super::state::Matter;
use yishi_kernel::{Command, Context, Decided, PhotoDigest, Refusal, Right};

/// Says what was done.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// For everyone to read.
    pub note: String,
    /// Photos, stored already.
    pub photos: Vec<PhotoDigest>,
}

impl Command for Progress {
    type On = Matter;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &PROGRESS
    }

    fn decide(self, _: &Matter, (): &(), ctx: &Context) -> Result<Decided<Matter>, Refusal> {
        let photos = ctx.photos(self.photos)?;
        let note = ctx.note("note", &self.note)?;
        Ok(Decided::one(Event::Progressed { note, photos }))
    }
}
