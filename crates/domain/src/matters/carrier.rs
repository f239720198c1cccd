//! The matter that carries a receipt: its own, or what that was merged into. What is asked of
//! a receipt is judged over this matter.

use super::ids::MatterId;
use super::state::Matter;
use yishi_kernel::{Actor, PlaceId, Resource, Stream};

/// The matter that carries a receipt: what a command on the receipt must know.
#[derive(Clone, Debug, PartialEq)]
pub struct Carrier {
    /// Which.
    pub root: MatterId,
    /// As it stands.
    pub matter: Matter,
    /// Its exact place and all above it.
    pub path: Vec<PlaceId>,
}

impl Carrier {
    /// The matter as the predicate of access sees it.
    #[must_use]
    pub fn resource(&self, actor: &Actor) -> Resource {
        self.matter.resource(&self.path, actor)
    }
}
