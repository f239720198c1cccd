//! A danger goes with its matter (改正地点) where that turns out to stand at another place: whoever
//! fences it off must not go to the wrong building. Its clock is what it was.

use super::{Danger, Event};
use yishi_kernel::command::Effect;
use yishi_kernel::context::Context;
use yishi_kernel::refusal::Common;
use yishi_kernel::{PlaceId, Refusal};

/// Its matter stands at another place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Relocate {
    /// The place the public may know.
    pub place: PlaceId,
    /// The place itself.
    pub exact: PlaceId,
}

impl Effect for Relocate {
    type On = Danger;

    fn apply(&self, danger: Option<&Danger>, _: &Context) -> Result<Vec<Event>, Refusal> {
        let danger = danger.ok_or(Common::Unknown)?;
        let there = danger.exact.get() == Some(&self.exact);
        let moved = Event::Relocated { place: self.place, exact: self.exact.into() };
        Ok(Some(moved).filter(|_| danger.is_open() && !there).into_iter().collect())
    }
}
