//! Backups: one file with all that a store holds and cannot make anew, taken while others record,
//! the same for both engines. Rows of tables as lines of JSON, files by their digests, keys only
//! under a passphrase; read models are left out, since they follow from the entries. What becomes
//! of a backup that was read is the caller's business.

mod dump;
mod read;
mod sealed;
mod write;

pub use read::{Read, about, read};
pub use sealed::Passphrase;
pub use write::{Wanted, write};

use crate::noted::Noted;
use crate::{Db, Fault, args, query, row};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use yishi_kernel::Moment;

/// The form of backups that this program writes and reads.
const FORM: u32 = 1;
/// What stands first in a backup, and what stands last.
const ABOUT: &str = "about.json";
const DIGESTS: &str = "digests.json";
const KEYS: &str = "keys.sealed.json";
const ERASED: &str = "erased.jsonl";
const TABLES: &str = "tables/";
const FILES: &str = "files/";

/// What a backup says of itself: the first thing in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The form it is written in.
    pub form: u32,
    /// When it was taken.
    pub made: Moment,
    /// When it should be destroyed: by then somebody may have asked for what is in it to be erased.
    pub expires: Moment,
    /// The version of the program that wrote it.
    pub program: String,
    /// The engine that the store was on.
    pub engine: String,
    /// Its ledgers.
    pub ledgers: Vec<Held>,
}

/// A ledger as a backup holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Its word in links.
    pub slug: String,
    /// Its name and key, and the last checkpoint that was signed.
    #[serde(flatten)]
    pub noted: Noted,
    /// How many entries it has.
    pub entries: u64,
    /// The root over all of them, in base64.
    pub root: String,
}

/// The SHA-256 of each part of a backup but of this one, which is the last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Digests(BTreeMap<String, String>);

row! {
    /// A backup that was made of a store.
    pub Made, from "backup" {
        /// When.
        at: Moment,
        /// How many bytes it has.
        size: u64,
        /// When it should be destroyed.
        expires: Moment,
        /// The name of its file.
        file: String,
    }
}

query! {
    MADE: () = "insert into backup (at, size, expires, file) values (?1, ?2, ?3, ?4)
         on conflict (at) do nothing";
    LAST: Made => "order by at desc limit 1", scans "one row a backup";
}

/// The last backup that was made of a store.
pub async fn last(db: &Db) -> Result<Option<Made>, Fault> {
    LAST.first(db, &[]).await
}

/// Remembers in the store that a backup was made of it.
pub async fn remember(db: &Db, made: &Made) -> Result<(), Fault> {
    let size = i64::try_from(made.size).unwrap_or(i64::MAX);
    db.execute(vec![MADE.with(args![made.at, size, made.expires, &made.file])]).await
}
