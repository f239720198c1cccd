//! Ways through the site, as features know them; they are made in [`crate::nav`].

pub use crate::nav::{local, staff_nav, staff_nav_at};
