//! The store: one [`Db`] over SQLite or PostgreSQL, the ledgers' tables, and the means by which
//! features declare read models and statements, each once: see [`table!`], [`query!`] and
//! [`row!`]. What waits is one table for all of them: [`duty`].
//!
//! It knows no feature, no rules and no pages, and nothing leaves the machine.

pub mod amended;
mod append;
pub mod backup;
pub mod blobs;
pub mod compare;
mod db;
pub mod duty;
mod fault;
mod indexed;
pub mod journal;
mod keyed;
mod keys;
pub mod ledgers;
mod mark;
pub mod message;
mod migrate;
pub mod noted;
pub mod outbox;
mod own;
mod parts;
mod postgres;
pub mod query;
pub mod rebuild;
mod remembered;
pub mod replay;
pub mod sealer;
mod sealing;
mod setting;
mod sought;
mod sqlite;
pub mod statements;
mod streams;
pub mod table;
mod tls;
mod torn;
mod upkeep;
pub mod verify;
mod views;
mod wrong;

pub use append::{Answer, Append, AppendError, Appended, Guard, NewEntry, Write};
pub use db::{Db, Location, Row};
pub use fault::{Fault, told};
pub use keyed::Keyed;
pub use keys::{Keys, SECRETS};
pub use mark::DEMO_HOST;
pub use parts::Parts;
pub use replay::{Shown, load, load_all};
pub use sought::{Hit, Sought};
pub use table::{RowOf, Rows, SearchIndex, Table};
pub use views::{Derived, TermsOf};
pub use wrong::Wrong;
pub use yishi_kernel::cell::Value;

/// Letters and digits that are not mistaken for each other when read aloud or from paper.
const ALPHABET: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz0";

/// Random bytes from the operating system.
pub fn random<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Fault::Random)?;
    Ok(bytes)
}

/// A random word of so many characters, five bits each.
pub fn random_word(length: usize) -> Result<String, Fault> {
    let mut bytes = vec![0; length];
    getrandom::fill(&mut bytes).map_err(|_| Fault::Random)?;
    Ok(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect())
}

/// 128 bits as a word of 26 characters.
#[must_use]
pub fn word_of(bytes: &[u8; 16]) -> String {
    let mut bits = u128::from_be_bytes(*bytes);
    let mut word = vec![b'0'; 26];
    for place in word.iter_mut().rev() {
        *place = ALPHABET[(bits & 31) as usize];
        bits >>= 5;
    }
    word.into_iter().map(char::from).collect()
}
