//! Sealing: extends a ledger's tree over what was appended and signs a checkpoint. Also the
//! lease by which one process at a time does what only one should. When that is, is not known
//! here.

use crate::ledgers::{LedgerRow, head};
use crate::{Db, Fault, Keys, Value, args, query};
use yishi_kernel::Moment;
use yishi_ledger::Digest;
use yishi_ledger::checkpoint::Checkpoint;
use yishi_ledger::tree::{Frontier, leaf_hash};

/// How long a process may be silent before another one takes over, in seconds.
const LEASE_SECONDS: i64 = 5;
/// Entries read at once.
const READ: i64 = 5_000;

query! {
    LAST: Vec<u8> = "select frontier from seal where ledger = ?1 order by size desc limit 1";
    NEXT: [u8; 32] = "select digest from event where ledger = ?1 and number >= ?2 order by number limit ?3";
    SEAL: () = "insert into seal (ledger, size, frontier, checkpoint, at) values (?1, ?2, ?3, ?4, ?5)
         on conflict (ledger, size) do nothing";
    TAKE: () = "insert into lease (name, owner, until) values (?1, ?2, ?3)
         on conflict (name) do update set owner = excluded.owner, until = excluded.until
         where lease.owner = excluded.owner or lease.until <= ?4";
    WHO: String = "select owner from lease where name = ?1";
}

/// Seals whatever one ledger has not sealed yet. Returns the new size, if it grew.
pub async fn seal(db: &Db, keys: &Keys, row: &LedgerRow, now: Moment) -> Result<Option<i64>, Fault> {
    let Some(sealing) = sealing(db, keys, row, now).await? else { return Ok(None) };
    db.execute(vec![sealing.statement]).await?;
    Ok(Some(sealing.size))
}

/// A checkpoint that is signed and not recorded yet.
#[derive(Debug)]
pub struct Sealing {
    /// How many entries it covers.
    pub size: i64,
    /// What records it.
    pub statement: (&'static str, Vec<Value>),
}

/// Signs a checkpoint over what one ledger has not sealed yet, if it grew; several may be
/// recorded in one transaction.
pub async fn sealing(db: &Db, keys: &Keys, row: &LedgerRow, now: Moment) -> Result<Option<Sealing>, Fault> {
    let mut frontier = match LAST.first(db, &args![row.ledger]).await? {
        Some(bytes) => Frontier::from_bytes(&bytes).ok_or_else(|| Fault::unreadable("a frontier"))?,
        None => Frontier::new(),
    };
    if head(db, row.ledger).await? <= size(&frontier) {
        return Ok(None);
    }
    loop {
        let digests = NEXT.all(db, &args![row.ledger, size(&frontier), READ]).await?;
        for digest in &digests {
            frontier.push(leaf_hash(&Digest(*digest)));
        }
        if (digests.len() as i64) < READ {
            break;
        }
    }
    let key = keys.get(&row.slug)?;
    let checkpoint = Checkpoint { origin: row.origin.clone(), size: frontier.size(), root: frontier.root() };
    let size = size(&frontier);
    let statement = SEAL.with(args![row.ledger, size, frontier.to_bytes(), checkpoint.sign(&key), now]);
    Ok(Some(Sealing { size, statement }))
}

fn size(frontier: &Frontier) -> i64 {
    i64::try_from(frontier.size()).unwrap_or(i64::MAX)
}

/// Takes or renews a lease.
pub async fn lease(db: &Db, name: &'static str, owner: &str, now: Moment) -> Result<Lease, Fault> {
    let until = now.plus_seconds(LEASE_SECONDS);
    db.execute(vec![TAKE.with(args![name, owner, until, now])]).await?;
    let ours = WHO.first(db, &args![name]).await?.is_some_and(|holder| holder == owner);
    Ok(if ours { Lease::Held } else { Lease::Elsewhere })
}

/// Whether a lease is ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lease {
    /// Ours for some seconds.
    Held,
    /// Another process has it.
    Elsewhere,
}
