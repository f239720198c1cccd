//! The ledger 台账 as bytes: envelopes, commitments, the hash tree, signed checkpoints and
//! proofs, and a verifier that needs nothing but them.
//!
//! Pure: no input or output, no clock, no randomness. What stands here can never change,
//! since whatever was once sealed must verify for ever; golden files hold it.

pub mod canonical;
pub mod checkpoint;
mod digest;
mod envelope;
pub mod note;
pub mod proof;
pub mod tree;
pub mod verify;

pub use canonical::CanonicalError;
pub use digest::Digest;
pub use envelope::{Draft, Envelope, EnvelopeError, Parts, commitment, entry_digest};
