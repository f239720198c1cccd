//! The kit that pages are made of: requests, forms that were checked, sheets and acts, texts,
//! layers, routes with who may take them. It knows no feature (`crates/pages` has them all);
//! every decision is the domain's; nothing is stored here.

pub mod address;
pub mod album;
mod assets;
pub mod boards;
pub mod client;
pub mod cookies;
pub mod correct;
mod cx;
pub mod dates;
mod drafts;
pub mod duty;
pub mod erasing;
mod error;
pub mod feature;
pub mod finding;
pub mod form;
mod held;
pub mod holders;
mod layers;
pub mod local;
mod metrics;
pub mod names;
pub mod nav;
pub mod numbers;
pub mod own_path;
pub mod papers;
pub mod photos;
pub mod places;
pub mod read;
pub mod routes;
pub mod sent;
pub mod sheet;
pub mod slip;
mod system;
pub mod texts;
pub mod told;
pub mod tries;
pub mod ui;
pub mod visitor;

pub use cx::App;
pub use cx::{Cx, Staff, View};
pub use error::Error;
pub use routes::{pages, router};
pub use ui::encoded;
