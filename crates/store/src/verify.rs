//! Verifies what the store holds against the ledgers' keys and checkpoints, and names the
//! first entry that is wrong. The rules are the ledger crate's.

use crate::ledgers::{LedgerRow, head, ledgers};
use crate::{Db, Fault, args, query, row};
use std::collections::HashMap;
use yishi_ledger::note::VerifierKey;
use yishi_ledger::verify::{Problem, Stored, Verifier};

/// Entries read at once.
const READ: i64 = 1_000;

/// A ledger that verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Its origin.
    pub origin: String,
    /// Its entries.
    pub entries: u64,
    /// Of these covered by a checkpoint.
    pub sealed: u64,
    /// Root over all entries, in base64.
    pub root: String,
}

/// Why a ledger did not verify.
#[derive(Debug, thiserror::Error)]
pub enum Unsound {
    /// Something is wrong with an entry.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// It could not be read at all.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Verifies every ledger of the store.
///
/// # Errors
/// The first thing that is wrong.
pub async fn verify(db: &Db) -> Result<Vec<Verified>, Unsound> {
    let mut verified = Vec::new();
    for row in ledgers(db).await? {
        verified.push(verify_one(db, &row).await?);
    }
    Ok(verified)
}

row! {
    Entry, from "event" {
        number: i64,
        stream: String,
        version: u64,
        kind: String,
        at: i64,
        envelope: String,
        digest: Vec<u8>,
    }
}

row! {
    Kept, from "event e join private p
         on p.ledger = e.ledger and p.stream = e.stream and p.version = e.version" {
        number: i64 = "e.number",
        field: String = "p.field",
        salt: Vec<u8> = "p.salt",
        value: String = "p.value",
    }
}

row! {
    Seal, from "seal" {
        size: u64,
        checkpoint: String,
    }
}

row! {
    Stray, from "private p" {
        stream: String = "p.stream",
        version: i64 = "p.version",
        field: String = "p.field",
    }
}

query! {
    ENTRIES: Entry => "where ledger = ?1 and number >= ?2 order by number limit ?3";
    KEPT: Kept => "where e.ledger = ?1 and e.number >= ?2 and e.number <= ?3 order by e.number, p.field";
    SEALS: Seal => "where ledger = ?1 order by size", walks "whoever verifies looks at all of it";
    STRAY: Stray => "where p.ledger = ?1 and not exists
           (select 1 from event e where e.ledger = p.ledger and e.stream = p.stream and e.version = p.version)
         limit 1", walks "whoever verifies looks at all of it";
}

/// Private values of an entry: field, salt, value.
type Private = Vec<(String, Vec<u8>, String)>;

async fn verify_one(db: &Db, row: &LedgerRow) -> Result<Verified, Unsound> {
    let key: VerifierKey = row.verifier.parse().map_err(Fault::unreadable)?;
    let ledger = row.ledger;
    let mut verifier = Verifier::new(&ledger.to_string());
    // Read first: others may go on recording while the entries are read.
    let recorded = head(db, ledger).await?.unsigned_abs();
    let seals = SEALS.all(db, &args![ledger]).await?;
    let mut seals = seals.iter().peekable();
    let mut sealed = 0;
    let mut from = 0;
    loop {
        let entries = ENTRIES.all(db, &args![ledger, from, READ]).await?;
        let last = entries.last().map_or(from, |entry| entry.number);
        let mut kept: HashMap<i64, Private> = HashMap::new();
        for row in KEPT.all(db, &args![ledger, from, last]).await? {
            kept.entry(row.number).or_default().push((row.field, row.salt, row.value));
        }
        for entry in &entries {
            verifier.push(&Stored {
                number: entry.number.unsigned_abs(),
                stream: &entry.stream,
                version: entry.version,
                kind: &entry.kind,
                at: entry.at,
                envelope: &entry.envelope,
                digest: &entry.digest,
                private: &kept.remove(&entry.number).unwrap_or_default(),
            })?;
            while let Some(seal) = seals.peek() {
                if seal.size != verifier.size() {
                    break;
                }
                verifier.checkpoint(&seal.checkpoint, &key)?;
                sealed = verifier.size();
                seals.next();
            }
        }
        if (entries.len() as i64) < READ {
            break;
        }
        from += READ;
    }
    if let Some(seal) = seals.next() {
        // A checkpoint covers more entries than there are: some were cut off.
        let why = "the ledger has fewer entries".to_owned();
        let fault = yishi_ledger::verify::Fault::Checkpoint { size: seal.size, why };
        return Err(verifier.problem(verifier.size(), fault).into());
    }
    if verifier.size() < recorded {
        let fault = yishi_ledger::verify::Fault::Missing(recorded);
        return Err(verifier.problem(verifier.size(), fault).into());
    }
    // The rows of entries were checked with them; these belong to none.
    if let Some(stray) = STRAY.first(db, &args![ledger]).await? {
        let name = format!("{}/{}/{}", stray.stream, stray.version, stray.field);
        return Err(verifier.problem(verifier.size(), yishi_ledger::verify::Fault::Private(name)).into());
    }
    Ok(Verified {
        origin: row.origin.clone(),
        entries: verifier.size(),
        sealed,
        root: verifier.root().to_base64(),
    })
}
