//! What every feature is made of: moments, ids, words, entries and streams, rights, refusals,
//! what waits, deadlines and rules. It knows no feature, and nothing here reads a clock, a
//! database, the network or randomness: times, ids and random bytes come in as arguments.

pub mod access;
pub mod amend;
pub mod cell;
pub mod command;
pub mod context;
pub mod due;
pub mod ids;
pub mod mail;
pub mod moment;
pub mod money;
pub mod named;
pub mod number;
pub mod personal;
pub mod phone;
pub mod photo;
pub mod record;
pub mod refusal;
pub mod rules;
pub mod search;
pub mod stream;
pub mod text;
pub mod urging;
pub mod wait;
pub mod when;
pub mod words;

pub use access::{Actor, Claim, Denied, Grant, Resource, Right, Role, may};
pub use amend::{Amendment, CorrectReason, Entry, EraseReason, ValueAt};
pub use command::{Also, Command, Decided, Effect, Start};
pub use context::Context;
pub use due::{Clock, Deadline, Due};
pub use ids::{AccountId, OrganisationId, PlaceId};
pub use moment::Moment;
pub use money::Money;
pub use named::Named;
pub use photo::PhotoDigest;
pub use record::{Published, Record, Sealed, Subject};
pub use refusal::{Refusal, Refuse};
pub use rules::{Pack, Section};
pub use stream::{Loaded, Stamped, Stream, StreamName};
pub use urging::{Urge, Urgeable, Urged, Urging};
pub use wait::{Ended, Heir, Holder, HolderKey, Passing, Wait, Whom};
pub use words::Word;

// For what the macros write: whoever declares a word need not know how it is written.
#[doc(hidden)]
pub use serde;
