//! The web: pages that work on old phones and without scripts, a small JSON API, and the
//! routes with who may take them. Every decision is the domain's; nothing is stored here.

pub mod assets;
pub mod boards;
mod cx;
pub mod error;
pub mod features;
pub mod metrics;
pub mod photos;
pub mod routes;
pub mod shared;
pub mod texts;
pub mod tries;
pub mod ui;

pub use cx::{App, Cx, Staff, View};
pub use error::Error;
pub use routes::{pages, router};
