//! What names an exclusion: each matter has one at most, and it has the matter's own number.

use crate::matters::MatterId;

yishi_kernel::ids! {
    /// The exclusion of a matter from the rates (剔除).
    ExclusionId in "exclusion",
}

impl ExclusionId {
    /// That of a matter.
    #[must_use]
    pub fn of(matter: MatterId) -> Self {
        Self(matter.0)
    }
}
