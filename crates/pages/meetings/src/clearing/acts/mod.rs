//! What can be done with a run and its items.

pub mod finish;
pub mod lift;
pub mod on_track;
pub mod take_up;
