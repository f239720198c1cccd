//! The store on both engines: what is acknowledged is kept, in order and once; it is sealed;
//! its tables are as the program declares them. What features do with it is tested in the
//! office.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod append;
mod blobs;
mod durable;
mod faults;
mod message;
mod modes;
mod outbox;
mod sealer;
mod tls;
mod upkeep;
mod view;
