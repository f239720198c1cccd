//! The store on both engines: what is acknowledged is kept, in order and once; both tell
//! the same; what somebody alters is noticed.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod append;
mod blobs;
mod crowd;
mod durable;
mod golden;
mod market;
mod moves;
mod office;
mod outbox;
mod rules;
mod schema;
mod sealer;
mod tamper;
mod twin;
