//! Sealing: extends a ledger's tree over what was appended and signs a checkpoint. Also the
//! lease by which one process at a time does what only one should. When that is, is not known
//! here.

use crate::ledgers::{LedgerRow, head};
use crate::noted::Noted;
use crate::{Db, Fault, Keys, Value, args, query, row};
use yishi_kernel::{Moment, PlaceId};
use yishi_ledger::Digest;
use yishi_ledger::checkpoint::Checkpoint;
use yishi_ledger::tree::{Frontier, leaf_hash};

/// How long a process may be silent before another one takes over, in seconds.
const LEASE_SECONDS: i64 = 5;
/// Entries read at once.
const READ: i64 = 5_000;

row! {
    /// How far a ledger goes, and how far it is sealed.
    pub Stands, from "keeper k join head h on h.ledger = k.ledger" {
        /// The ledger.
        ledger: PlaceId = "k.ledger",
        /// Its word in links.
        slug: String = "k.slug",
        /// How many entries it has.
        number: i64 = "h.number",
        /// When the last one was recorded.
        at: Moment = "h.at",
        /// How many are under a checkpoint.
        sealed: i64 = "coalesce((select s.size from seal s where s.ledger = k.ledger order by s.size desc limit 1), 0)",
    }
}

query! {
    STANDS: Stands => "order by k.ledger", scans "one row a community";
    AT: Moment = "select at from event where ledger = ?1 and number = ?2";
    BEFORE: Vec<u8> = "select frontier from seal where ledger = ?1 and size <= ?2 order by size desc limit 1";
    UP_TO: [u8; 32] = "select digest from event where ledger = ?1 and number >= ?2 and number < ?3 order by number limit ?4";
    LAST: Vec<u8> = "select frontier from seal where ledger = ?1 order by size desc limit 1";
    SEAL: () = "insert into seal (ledger, size, frontier, checkpoint, at) values (?1, ?2, ?3, ?4, ?5)
         on conflict (ledger, size) do nothing";
    TAKE: () = "insert into lease (name, owner, until) values (?1, ?2, ?3)
         on conflict (name) do update set owner = excluded.owner, until = excluded.until
         where lease.owner = excluded.owner or lease.until <= ?4 or lease.until > ?5";
    WHO: String = "select owner from lease where name = ?1";
}

/// Seals whatever one ledger has not sealed yet. Returns the new size, if it grew.
pub async fn seal(db: &Db, keys: &Keys, row: &LedgerRow, now: Moment) -> Result<Option<i64>, Fault> {
    let Some(sealing) = sealing(db, keys, row, now).await? else { return Ok(None) };
    db.execute(vec![sealing.statement]).await?;
    keys.note(&[sealing.noted])?;
    Ok(Some(sealing.size))
}

/// A checkpoint that is signed and not recorded yet.
#[derive(Debug)]
pub struct Sealing {
    /// How many entries it covers.
    pub size: i64,
    /// What records it.
    pub statement: (&'static str, Vec<Value>),
    /// What is noted beside the keys once it is recorded.
    pub noted: Noted,
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
    // Asked for first: without the right one there is nothing to read for.
    let key = keys.of(row)?;
    let after = Some(frontier.size());
    extend(db, row.ledger, &mut frontier, i64::MAX).await?;
    let (size, root) = (size(&frontier), frontier.root());
    let note = Checkpoint { origin: row.origin.clone(), size: frontier.size(), root, after }.sign(&key);
    let statement = SEAL.with(args![row.ledger, size, frontier.to_bytes(), &note, now]);
    Ok(Some(Sealing { size, statement, noted: Noted::of(row, Some(note)) }))
}

/// Takes further entries into a tree, up to so many.
async fn extend(db: &Db, ledger: PlaceId, frontier: &mut Frontier, to: i64) -> Result<(), Fault> {
    loop {
        let digests = UP_TO.all(db, &args![ledger, size(frontier), to, READ]).await?;
        for digest in &digests {
            frontier.push(leaf_hash(&Digest(*digest)));
        }
        if (digests.len() as i64) < READ {
            return Ok(());
        }
    }
}

/// The root over the first entries of a ledger; nothing where it has fewer.
pub(crate) async fn root_at(db: &Db, ledger: PlaceId, entries: u64) -> Result<Option<Digest>, Fault> {
    let to = i64::try_from(entries).unwrap_or(i64::MAX);
    let sealed = BEFORE.first(db, &args![ledger, to]).await?;
    let mut frontier = sealed.and_then(|bytes| Frontier::from_bytes(&bytes)).unwrap_or_default();
    extend(db, ledger, &mut frontier, to).await?;
    Ok((frontier.size() == entries).then(|| frontier.root()))
}

/// How far each ledger goes and is sealed.
pub async fn stands(db: &Db) -> Result<Vec<Stands>, Fault> {
    STANDS.all(db, &[]).await
}

/// What is recorded and under no checkpoint, in all ledgers: for whoever watches the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lag {
    /// Ledgers with entries under no checkpoint.
    pub ledgers: u64,
    /// Such entries.
    pub entries: u64,
    /// How long ago the first of them was recorded, in seconds.
    pub seconds: u64,
}

/// How far sealing lags behind by now.
pub async fn lag(db: &Db, now: Moment) -> Result<Lag, Fault> {
    let mut lag = Lag::default();
    for one in stands(db).await?.into_iter().filter(|one| one.number > one.sealed) {
        lag.ledgers += 1;
        lag.entries += (one.number - one.sealed).unsigned_abs();
        let since = AT.first(db, &args![one.ledger, one.sealed]).await?.unwrap_or(now);
        lag.seconds = lag.seconds.max(u64::try_from((now.0 - since.0) / 1_000_000).unwrap_or(0));
    }
    Ok(lag)
}

fn size(frontier: &Frontier) -> i64 {
    i64::try_from(frontier.size()).unwrap_or(i64::MAX)
}

/// Takes or renews a lease. One that goes on for longer than anybody could have taken it, also
/// where two machines' clocks differ by as much as it lasts, is of a clock that was wrong: waiting
/// for its end might take a year.
pub async fn lease(db: &Db, name: &'static str, owner: &str, now: Moment) -> Result<Lease, Fault> {
    let (until, stale) = (now.plus_seconds(LEASE_SECONDS), now.plus_seconds(2 * LEASE_SECONDS));
    db.execute(vec![TAKE.with(args![name, owner, until, now, stale])]).await?;
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
