//! Verifies what the store holds against the ledgers' keys and checkpoints, and names the
//! first entry that is wrong. The rules are the ledger crate's.

use crate::reads::places::{LedgerRow, ledgers};
use crate::{Db, Fault, Value};
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

async fn verify_one(db: &Db, row: &LedgerRow) -> Result<Verified, Unsound> {
    const ENTRIES: &str = "select number, stream, version, kind, at, envelope, digest from event
         where ledger = ?1 and number >= ?2 order by number limit ?3";
    const SEALS: &str = "select size, checkpoint from seal where ledger = ?1 order by size";
    const PRIVATE: &str = "select field, salt, value from private
         where ledger = ?1 and stream = ?2 and version = ?3 order by field";
    let key: VerifierKey = row.verifier.parse().map_err(Fault::unreadable)?;
    let ledger = Value::from(row.ledger.0);
    let mut verifier = Verifier::new(&row.ledger.to_string());
    // Read first: others may go on recording while the entries are read.
    const HEAD: &str = "select number from head where ledger = ?1";
    let head = db.row(HEAD, std::slice::from_ref(&ledger)).await?.map(|row| row.int(0)).transpose()?;
    let recorded = head.unwrap_or_default().unsigned_abs();
    let seals = db.rows(SEALS, std::slice::from_ref(&ledger)).await?;
    let mut seals = seals.iter().peekable();
    let mut sealed = 0;
    let mut from = 0;
    loop {
        let rows = db.rows(ENTRIES, &[ledger.clone(), Value::Int(from), Value::Int(READ)]).await?;
        for entry in &rows {
            let args = [ledger.clone(), Value::from(entry.text(1)?), Value::Int(entry.int(2)?)];
            let private = db
                .rows(PRIVATE, &args)
                .await?
                .iter()
                .map(|row| Ok((row.text(0)?.to_owned(), row.blob(1)?.to_vec(), row.text(2)?.to_owned())))
                .collect::<Result<Vec<_>, Fault>>()?;
            verifier.push(&Stored {
                number: entry.int(0)?.unsigned_abs(),
                stream: entry.text(1)?,
                version: entry.int(2)?.unsigned_abs(),
                kind: entry.text(3)?,
                at: entry.int(4)?,
                envelope: entry.text(5)?,
                digest: entry.blob(6)?,
                private: &private,
            })?;
            while let Some(seal) = seals.peek() {
                if seal.int(0)?.unsigned_abs() != verifier.size() {
                    break;
                }
                verifier.checkpoint(seal.text(1)?, &key)?;
                sealed = verifier.size();
                seals.next();
            }
        }
        if (rows.len() as i64) < READ {
            break;
        }
        from += READ;
    }
    if let Some(seal) = seals.next() {
        // A checkpoint covers more entries than there are: some were cut off.
        let size = seal.int(0)?.unsigned_abs();
        let why = "the ledger has fewer entries".to_owned();
        let fault = yishi_ledger::verify::Fault::Checkpoint { size, why };
        return Err(verifier.problem(verifier.size(), fault).into());
    }
    if verifier.size() < recorded {
        let fault = yishi_ledger::verify::Fault::Missing(recorded);
        return Err(verifier.problem(verifier.size(), fault).into());
    }
    // The rows of entries were checked with them; these belong to none.
    const STRAY: &str = "select stream, version, field from private p
         where ledger = ?1 and not exists
           (select 1 from event e where e.ledger = p.ledger and e.stream = p.stream and e.version = p.version)
         limit 1";
    if let Some(stray) = db.row(STRAY, std::slice::from_ref(&ledger)).await? {
        let name = format!("{}/{}/{}", stray.text(0)?, stray.int(1)?, stray.text(2)?);
        return Err(verifier.problem(verifier.size(), yishi_ledger::verify::Fault::Private(name)).into());
    }
    Ok(Verified {
        origin: row.origin.clone(),
        entries: verifier.size(),
        sealed,
        root: verifier.root().to_base64(),
    })
}
