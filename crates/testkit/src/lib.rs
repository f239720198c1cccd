//! What tests of several crates share: both stores, freshly opened, an invented neighbourhood
//! in them, and bytes as they come from outside. Never part of a program that is shipped.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod copies;
pub mod emergency;
pub mod meetings;
pub mod neighbourhood;
pub mod outside;
pub mod postgres;
pub mod stores;
pub mod traces;

pub use copies::copies;
pub use neighbourhood::{Neighbourhood, neighbourhood, neighbourhood_of};
pub use stores::{TestStore, stores, twins};
