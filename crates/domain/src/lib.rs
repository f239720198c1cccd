//! The rules of a neighbourhood that governs itself, as pure functions: what may
//! happen ([`matters`], [`meetings`], [`dispatch`], [`places`], [`people`]), who may do it ([`access`]) and by
//! which numbers ([`rules`]).
//!
//! Nothing here reads a clock, a database, the network or randomness: times, ids
//! and random bytes come in as arguments, so that every decision can be replayed.

pub mod access;
pub mod context;
pub mod dispatch;
pub mod ids;
pub mod matters;
pub mod meetings;
pub mod moment;
pub mod people;
pub mod places;
pub mod record;
pub mod refusal;
pub mod rules;
pub mod search;
pub mod stream;
pub mod text;
mod words;

pub use access::{Action, Actor, Denied, Grant, Resource, Role};
pub use context::{Context, Decision};
pub use ids::{
    AccountId, ActionId, BallotId, MatterId, MeetingId, OrderId, OrganisationId, PlaceId, PosterId,
    ReceiptId, SeatId, TopicId,
};
pub use moment::Moment;
pub use record::{Record, Sealed};
pub use refusal::Refusal;
pub use stream::{Loaded, Stream, StreamName};
