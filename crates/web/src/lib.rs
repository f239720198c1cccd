//! The web: pages that work on old phones and without scripts, a small JSON API, and the
//! routes with who may take them. Every decision is the domain's; nothing is stored here.
//! What is outside `features` and `shared` is the kit, which knows no feature.
//!
//! Other crates see what starts the program and what a feature is made of; the rest is ours.

mod assets;
mod boards;
mod cx;
mod dates;
mod drafts;
mod duty;
mod error;
pub mod feature;
mod features;
pub mod form;
mod holders;
mod layers;
mod metrics;
mod names;
mod nav;
mod photos;
mod places;
pub mod read;
pub mod routes;
mod sent;
pub mod sheet;
mod slip;
mod system;
pub mod texts;
mod told;
mod tries;
mod ui;
mod visitor;

pub use cx::App;
pub(crate) use cx::{Cx, Staff, View};
pub use error::Error;
pub use features::FEATURES;
pub use features::signin::hash as password_hash;
pub use routes::{pages, router};
pub use ui::encoded;
