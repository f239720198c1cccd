//! Choosing under a budget: the rules, the files, and real elections.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod elections;
mod file;
mod naive;
mod pabulib;
mod rules;
