//! Photos, as features know them; they are looked after in [`crate::photos`].

pub use crate::photos::{Small, send_photo, stored};
