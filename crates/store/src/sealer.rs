//! The sealer: extends each ledger's tree over what was appended and signs a checkpoint,
//! within a second. One process at a time seals a ledger; it holds a lease.

use crate::reads::places::{LedgerRow, ledgers};
use crate::{Db, Fault, Keys, Value};
use std::time::Duration;
use yishi_domain::Moment;
use yishi_ledger::Digest;
use yishi_ledger::checkpoint::Checkpoint;
use yishi_ledger::tree::{Frontier, leaf_hash};

/// How often it looks.
const PERIOD: Duration = Duration::from_millis(500);
/// How long a process may be silent before another one takes over, in seconds.
const LEASE_SECONDS: i64 = 5;
/// Entries read at once.
const READ: i64 = 5_000;

/// Seals whatever one ledger has not sealed yet. Returns the new size, if it grew.
///
/// # Errors
/// When the store fails or the key is missing.
pub async fn seal(db: &Db, keys: &Keys, row: &LedgerRow, now: Moment) -> Result<Option<i64>, Fault> {
    const LAST: &str = "select frontier from seal where ledger = ?1 order by size desc limit 1";
    const NEXT: &str = "select digest from event where ledger = ?1 and number >= ?2 order by number limit ?3";
    const HEAD: &str = "select number from head where ledger = ?1";
    let ledger = Value::from(row.ledger.0);
    let mut frontier = match db.row(LAST, std::slice::from_ref(&ledger)).await? {
        Some(row) => Frontier::from_bytes(row.blob(0)?).ok_or_else(|| Fault::unreadable("a frontier"))?,
        None => Frontier::new(),
    };
    let sealed = size(&frontier);
    let head = db.row(HEAD, std::slice::from_ref(&ledger)).await?.map(|row| row.int(0)).transpose()?;
    if head.unwrap_or_default() <= sealed {
        return Ok(None);
    }
    loop {
        let entries = db.rows(NEXT, &[ledger.clone(), Value::Int(size(&frontier)), Value::Int(READ)]).await?;
        for entry in &entries {
            let digest = <[u8; 32]>::try_from(entry.blob(0)?).map_err(|_| Fault::Row(0))?;
            frontier.push(leaf_hash(&Digest(digest)));
        }
        if (entries.len() as i64) < READ {
            break;
        }
    }
    let key = keys.get(&row.slug)?;
    let checkpoint = Checkpoint { origin: row.origin.clone(), size: frontier.size(), root: frontier.root() };
    const SEAL: &str = "insert into seal (ledger, size, frontier, checkpoint, at) values (?1, ?2, ?3, ?4, ?5)
         on conflict (ledger, size) do nothing";
    let values = vec![
        ledger,
        Value::Int(size(&frontier)),
        Value::Blob(frontier.to_bytes()),
        Value::Text(checkpoint.sign(&key)),
        Value::Int(now.0),
    ];
    db.execute(vec![(SEAL, values)]).await?;
    Ok(Some(size(&frontier)))
}

fn size(frontier: &Frontier) -> i64 {
    i64::try_from(frontier.size()).unwrap_or(i64::MAX)
}

/// Takes or renews a lease.
///
/// # Errors
/// When the store fails.
pub async fn lease(db: &Db, name: &'static str, owner: &str, now: Moment) -> Result<Lease, Fault> {
    const TAKE: &str = "insert into lease (name, owner, until) values (?1, ?2, ?3)
         on conflict (name) do update set owner = excluded.owner, until = excluded.until
         where lease.owner = excluded.owner or lease.until <= ?4";
    const WHO: &str = "select owner from lease where name = ?1";
    let until = now.plus_seconds(LEASE_SECONDS);
    let args = vec![Value::from(name), Value::from(owner), Value::Int(until.0), Value::Int(now.0)];
    db.execute(vec![(TAKE, args)]).await?;
    let row = db.row(WHO, &[Value::from(name)]).await?;
    let ours = row.is_some_and(|row| row.text(0).is_ok_and(|holder| holder == owner));
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

/// Seals all ledgers again and again, until the task is dropped.
pub async fn run(office: crate::Office) {
    let owner = crate::random_word(12).unwrap_or_else(|_| std::process::id().to_string());
    let mut renew = 0_i64;
    loop {
        tokio::time::sleep(PERIOD).await;
        // The lease is about processes, so it goes by the machine's clock, not a set one.
        let now = Moment(jiff::Timestamp::now().as_microsecond());
        let sealed = async {
            if now.0 >= renew {
                if lease(&office.db, "sealer", &owner, now).await? == Lease::Elsewhere {
                    return Ok(());
                }
                renew = now.plus_seconds(LEASE_SECONDS / 2).0;
            }
            for row in ledgers(&office.db).await? {
                seal(&office.db, &office.keys, &row, now).await?;
            }
            Ok::<(), Fault>(())
        };
        if let Err(fault) = sealed.await {
            tracing::error!(%fault, "sealing failed; it is tried again");
        }
    }
}
