//! The web: pages that work on old phones and without scripts, a small JSON API, and the
//! routes with who may take them. Every decision is the domain's; nothing is stored here.
//! What is outside `features` and `shared` is the kit, which knows no feature.

pub mod assets;
pub mod boards;
mod cx;
pub mod dates;
pub mod drafts;
pub mod error;
pub mod feature;
pub mod features;
pub mod form;
pub mod layers;
pub mod metrics;
pub mod nav;
pub mod photos;
pub mod read;
pub mod routes;
pub mod sent;
pub mod shared;
pub mod sheet;
pub mod slip;
pub mod system;
pub mod texts;
pub mod tries;
pub mod ui;

pub use cx::{App, Cx, Staff, View};
pub use error::Error;
pub use features::FEATURES;
pub use routes::{pages, router};
