//! The rules of a neighbourhood that governs itself, as pure functions: what may happen, who
//! may do it and by which numbers, one room a feature. [`features`] lists them.
//!
//! Nothing here reads a clock, a database, the network or randomness: times, ids
//! and random bytes come in as arguments, so that every decision can be replayed.

pub mod ballots;
pub mod clearing;
pub mod councils;
pub mod dangers;
pub mod dispatch;
pub mod emergency;
pub mod evaluation;
pub mod exclusion;
pub mod features;
pub mod gatherings;
pub mod insight;
pub mod joint;
pub mod matters;
pub mod meetings;
pub mod papers;
pub mod partners;
pub mod people;
pub mod places;
pub mod promises;
pub mod ratings;
pub mod rulebook;
pub mod scenes;
pub mod topics;
pub mod venues;

#[cfg(test)]
mod testing;

pub use yishi_kernel::{
    AccountId, Actor, Claim, Context, Denied, Grant, Holder, HolderKey, Loaded, Moment, Money,
    OrganisationId, Pack, PhotoDigest, PlaceId, Refusal, Resource, Right, Role, Sealed, Stamped, Stream,
    StreamName, access, command, context, record, refusal, rules, search, stream, text,
};
