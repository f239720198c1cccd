//! Verifies what the store holds: entries, private values and checkpoints by themselves, and all
//! of it against what is known from outside. The rules are the ledger crate's; whether tables
//! say what entries say is `compare`'s business, and what votes came to is the office's.

use crate::journal::Erased;
use crate::ledgers::{LedgerRow, head, ledgers};
use crate::noted::Noted;
use crate::{Db, Fault, Wrong, args, query, row};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use yishi_kernel::{Amendment, Moment};
use yishi_ledger::checkpoint::Checkpoint;
use yishi_ledger::note::VerifierKey;
use yishi_ledger::verify::{Problem, Stored, Verifier};

/// Entries read at once.
const READ: i64 = 1_000;
/// How long an entry may stand under no checkpoint, in seconds: the program seals within one,
/// and may be started anew in between.
const SEALED_WITHIN: i64 = 3_600;

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

/// What is known of the ledgers from outside of their store, and what was erased.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Keys of ledgers, each with the ledger's origin for its name.
    pub keys: Vec<VerifierKey>,
    /// Checkpoints that were signed before.
    pub checkpoints: Vec<String>,
    /// Ledgers that must be there.
    pub origins: BTreeSet<String>,
    /// Values that were erased after the backup was made that this store was put back from.
    pub erased: BTreeSet<Erased>,
}

impl Known {
    /// Also what was noted beside the keys.
    pub fn noted(&mut self, noted: Vec<Noted>) -> Result<(), Fault> {
        for Noted { origin, verifier, checkpoint } in noted {
            // What somebody brings along goes before what lies beside the store.
            if self.key(&origin).is_none() {
                self.keys.push(verifier.parse().map_err(Fault::unreadable)?);
            }
            self.checkpoints.extend(checkpoint);
            self.origins.insert(origin);
        }
        Ok(())
    }

    fn key(&self, origin: &str) -> Option<&VerifierKey> {
        self.keys.iter().find(|key| key.name() == origin)
    }

    /// All ledgers that are known in any way.
    fn ledgers(&self) -> BTreeSet<&str> {
        let of_keys = self.keys.iter().map(VerifierKey::name);
        let of_notes = self.checkpoints.iter().map(|note| Checkpoint::origin_of(note));
        self.origins.iter().map(String::as_str).chain(of_keys).chain(of_notes).collect()
    }
}

/// What a store came to.
#[derive(Debug, Default)]
pub struct Report {
    /// Its ledgers, as far as they verified by themselves.
    pub ledgers: Vec<Verified>,
    /// Private values that were erased.
    pub erased: u64,
    /// Whether entries say that values were erased, corrected or taken back.
    pub amended: bool,
    /// All that is wrong.
    pub wrong: Vec<Wrong>,
}

/// Verifies every ledger of the store by itself, while others go on recording.
///
/// # Errors
/// The first thing that is wrong.
pub async fn verify(db: &Db) -> Result<Vec<Verified>, Unsound> {
    let mut verified = Vec::new();
    for row in ledgers(db).await? {
        verified.push(walk(db, &row, &[]).await?.verified);
    }
    Ok(verified)
}

/// Verifies every ledger of a store that stands still, also against what is known from outside,
/// and goes on to the next when something is wrong.
pub async fn examine(db: &Db, known: &Known, now: Moment) -> Result<Report, Fault> {
    let mut report = Report::default();
    let rows = ledgers(db).await?;
    let there = |origin: &str| rows.iter().any(|row| row.origin == origin);
    let gone = known.ledgers().into_iter().filter(|origin| !there(origin));
    report.wrong.extend(gone.map(|origin| Wrong::Gone { origin: origin.to_owned() }));
    for ledger in NAMELESS.all(db, &[]).await? {
        report.wrong.push(Wrong::Nameless { ledger });
    }
    if rows.is_empty() {
        report.wrong.push(Wrong::Nothing);
    }
    for row in &rows {
        let (marks, wrong) = marks(row, known)?;
        report.wrong.extend(wrong);
        match walk(db, row, &marks).await {
            Err(Unsound::Fault(fault)) => return Err(fault),
            Err(Unsound::Problem(problem)) => report.wrong.push(problem.into()),
            Ok(walked) => {
                report.wrong.extend(walked.wrong);
                let (erased, wrong) = missing(row, walked.missing, walked.named, known);
                report.erased += erased;
                report.wrong.extend(wrong);
                report.wrong.extend(in_time(db, row, &walked.verified, now).await?);
                report.wrong.extend(beside(db, row, &walked.verified).await?);
                report.amended |= walked.amended;
                report.ledgers.push(walked.verified);
            }
        }
    }
    Ok(report)
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
    Early, from "seal" {
        size: u64,
        at: Moment,
    }
}

row! {
    Cursor, from "cursor c join head h on h.ledger = c.ledger" {
        follower: String = "c.follower",
        number: i64 = "c.number",
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
    TOP: i64 = "select size from seal where ledger = ?1 order by size desc limit 1";
    SEALS: Seal => "where ledger = ?1 and size > ?2 and size <= ?3 order by size";
    STRAY: Stray => "where p.ledger = ?1 and not exists
           (select 1 from event e where e.ledger = p.ledger and e.stream = p.stream and e.version = p.version)
         limit 1", walks "whoever verifies looks at all of it";
    EARLY: Early => "where ledger = ?1 and at > ?2 order by size limit 1",
        walks "whoever verifies looks at all of it";
    CURSORS: Cursor => "where c.ledger = ?1 and c.number > h.number order by c.follower",
        scans "a few followers in each ledger";
    HEAD_AT: Moment = "select at from head where ledger = ?1";
    AT: Moment = "select at from event where ledger = ?1 and number = ?2";
    NAMELESS: String = "select h.ledger from head h
         where not exists (select 1 from keeper k where k.ledger = h.ledger) order by h.ledger",
        scans "one row a community";
}

/// Private values of an entry: field, salt, value.
type Private = Vec<(String, Vec<u8>, String)>;
/// A private value by stream, version and field.
type Place = (String, u64, String);

/// What an entry of erasure says was erased: a public field `values`.
#[derive(Deserialize)]
struct Erasure {
    values: Vec<ErasedValue>,
}

/// One of them; in the entry's own stream where it does not say.
#[derive(Deserialize)]
struct ErasedValue {
    stream: Option<String>,
    version: u64,
    field: String,
}

/// A ledger that was read through.
struct Walked {
    verified: Verified,
    wrong: Vec<Wrong>,
    /// Private values that are not kept, each with the number of its entry.
    missing: BTreeMap<Place, u64>,
    /// Those that entries say were erased.
    named: BTreeSet<Place>,
    /// Whether there are any.
    amended: bool,
}

/// The checkpoints from outside that a ledger must bear out.
fn marks(row: &LedgerRow, known: &Known) -> Result<(Vec<Checkpoint>, Vec<Wrong>), Fault> {
    let own: VerifierKey = row.verifier.parse().map_err(Fault::unreadable)?;
    let key = known.key(&row.origin).unwrap_or(&own);
    let mut wrong = Vec::new();
    let origin = row.origin.clone();
    if *key != own {
        wrong.push(Wrong::Key { origin: origin.clone() });
    }
    let mut marks = Vec::new();
    for note in known.checkpoints.iter().filter(|note| Checkpoint::origin_of(note) == origin) {
        match Checkpoint::open(note, key) {
            Ok(checkpoint) => marks.push(checkpoint),
            Err(error) => {
                wrong.push(Wrong::Unopened { origin: origin.clone(), why: error.to_string() });
            }
        }
    }
    marks.sort_by_key(|mark| mark.size);
    Ok((marks, wrong))
}

async fn walk(db: &Db, row: &LedgerRow, marks: &[Checkpoint]) -> Result<Walked, Unsound> {
    let key: VerifierKey = row.verifier.parse().map_err(Fault::unreadable)?;
    let ledger = row.ledger;
    let mut verifier = Verifier::new(&ledger.to_string());
    // Read first: others may go on recording while the entries are read.
    let recorded = head(db, ledger).await?.unsigned_abs();
    let top = TOP.first(db, &args![ledger]).await?.unwrap_or(0);
    // Of the checkpoints that were passed only the sizes stay: there may be millions.
    let (mut seals, mut looked, mut sizes) = (VecDeque::new(), -1, BTreeSet::new());
    let mut marks = marks.iter().peekable();
    let (mut wrong, mut missing, mut named) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
    let mut sealed = 0;
    let mut from = 0;
    loop {
        let entries = ENTRIES.all(db, &args![ledger, from, READ]).await?;
        let end = (entries.len() as i64) < READ;
        let last = entries.last().map_or(from, |entry| entry.number);
        // Those over these entries, and in the end all that are left.
        let to = if end { top } else { top.min(from + READ) };
        seals.extend(SEALS.all(db, &args![ledger, looked, to]).await?);
        looked = to;
        let mut kept: HashMap<i64, Private> = HashMap::new();
        for row in KEPT.all(db, &args![ledger, from, last]).await? {
            kept.entry(row.number).or_default().push((row.field, row.salt, row.value));
        }
        for entry in &entries {
            let lacking = verifier.push(&Stored {
                number: entry.number.unsigned_abs(),
                stream: &entry.stream,
                version: entry.version,
                kind: &entry.kind,
                at: entry.at,
                envelope: &entry.envelope,
                digest: &entry.digest,
                private: &kept.remove(&entry.number).unwrap_or_default(),
            })?;
            let place = |field| (entry.stream.clone(), entry.version, field);
            missing.extend(lacking.into_iter().map(|field| (place(field), entry.number.unsigned_abs())));
            named.extend(erased_by(entry)?);
            while let Some(seal) = seals.pop_front_if(|seal: &mut Seal| seal.size == verifier.size()) {
                let checkpoint = verifier.checkpoint(&seal.checkpoint, &key)?;
                follows(&verifier, &checkpoint, &sizes)?;
                sealed = verifier.size();
                sizes.insert(sealed);
            }
            while let Some(mark) = marks.next_if(|mark| mark.size == verifier.size()) {
                let (origin, size) = (row.origin.clone(), mark.size);
                if mark.root != verifier.root() {
                    wrong.push(Wrong::History { origin, size });
                } else if !sizes.contains(&size) {
                    wrong.push(Wrong::Seal { origin, size });
                }
            }
        }
        if end {
            break;
        }
        from += READ;
    }
    if let Some(seal) = seals.pop_front() {
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
    let has = verifier.size();
    wrong.extend(marks.map(|mark| Wrong::Behind { origin: row.origin.clone(), has, had: mark.size }));
    let (origin, root) = (row.origin.clone(), verifier.root().to_base64());
    let amended = !named.is_empty();
    Ok(Walked { verified: Verified { origin, entries: has, sealed, root }, wrong, missing, named, amended })
}

/// A checkpoint names the one before it: that one must be there.
fn follows(verifier: &Verifier, checkpoint: &Checkpoint, sizes: &BTreeSet<u64>) -> Result<(), Problem> {
    match checkpoint.after {
        Some(before) if before > 0 && !sizes.contains(&before) => {
            let size = checkpoint.size;
            let why = format!("the one before it, over {before} entries, was taken out");
            let fault = yishi_ledger::verify::Fault::Checkpoint { size, why };
            Err(verifier.problem(size.saturating_sub(1), fault))
        }
        _ => Ok(()),
    }
}

/// The values that an entry says are gone: they were erased, corrected or taken back.
fn erased_by(entry: &Entry) -> Result<Vec<Place>, Fault> {
    let stream = entry.stream.split('/').next().unwrap_or_default();
    if Amendment::kind_in(stream, &entry.kind).is_none() {
        return Ok(Vec::new());
    }
    let envelope = yishi_ledger::Envelope::read(&entry.envelope).map_err(Fault::unreadable)?;
    let erasure: Erasure =
        serde_json::from_value(serde_json::Value::Object(envelope.public)).map_err(Fault::unreadable)?;
    let place = |value: ErasedValue| {
        (value.stream.unwrap_or_else(|| entry.stream.clone()), value.version, value.field)
    };
    Ok(erasure.values.into_iter().map(place).collect())
}

/// What is missing and was not erased, and what was erased and is there; and how many were.
fn missing(
    row: &LedgerRow,
    mut missing: BTreeMap<Place, u64>,
    named: BTreeSet<Place>,
    known: &Known,
) -> (u64, Vec<Wrong>) {
    let all = missing.len();
    let kept: Vec<&Place> = named.iter().filter(|place| !missing.contains_key(*place)).collect();
    let mut wrong = Vec::new();
    let first = |(stream, version, field): &Place| format!("{stream}/{version}/{field}");
    if let Some(one) = kept.first() {
        let (origin, count) = (row.origin.clone(), kept.len() as u64);
        wrong.push(Wrong::Kept { origin, count, first: first(one) });
    }
    let ledger = row.ledger.to_string();
    missing.retain(|place, _| {
        let (stream, version, field) = place.clone();
        let erased = Erased { ledger: ledger.clone(), stream, version, field };
        !named.contains(place) && !known.erased.contains(&erased)
    });
    let count = missing.len() as u64;
    // By the order of the entries, and not of the streams' names.
    if let Some((place, number)) = missing.iter().min_by_key(|(_, number)| **number) {
        let origin = row.origin.clone();
        wrong.push(Wrong::Missing { origin, count, number: *number, first: first(place) });
    }
    (all as u64 - count, wrong)
}

/// Whether a ledger was sealed in time, and counts as many entries as it has.
async fn in_time(db: &Db, row: &LedgerRow, verified: &Verified, now: Moment) -> Result<Vec<Wrong>, Fault> {
    let mut wrong = Vec::new();
    let origin = row.origin.clone();
    let (has, says) = (verified.entries, head(db, row.ledger).await?.unsigned_abs());
    if has != says {
        wrong.push(Wrong::Head { origin: origin.clone(), has, says });
    }
    let first = i64::try_from(verified.sealed).unwrap_or(i64::MAX);
    if let Some(since) = AT.first(db, &args![row.ledger, first]).await?
        && since.plus_seconds(SEALED_WITHIN) < now
    {
        wrong.push(Wrong::Unsealed { origin, count: has - verified.sealed, since });
    }
    Ok(wrong)
}

/// What stands beside the entries and follows from them: by which word the ledger is found, how
/// far followers have come.
async fn beside(db: &Db, row: &LedgerRow, verified: &Verified) -> Result<Vec<Wrong>, Fault> {
    let mut wrong = Vec::new();
    let origin = || row.origin.clone();
    if row.origin.rsplit('/').next() != Some(row.slug.as_str()) {
        wrong.push(Wrong::Word { origin: origin(), slug: row.slug.clone() });
    }
    for Cursor { follower, number } in CURSORS.all(db, &args![row.ledger]).await? {
        wrong.push(Wrong::Cursor { origin: origin(), follower, at: number, has: verified.entries });
    }
    Ok(wrong)
}

/// The number of the last of so many entries.
fn last(entries: u64) -> i64 {
    i64::try_from(entries).unwrap_or(i64::MAX) - 1
}

/// Ledgers whose head tells another time than their last entry, which what is recorded next would
/// be given; and checkpoints that are not signed yet by this clock.
pub async fn wrong_times(db: &Db, now: Moment) -> Result<Vec<Wrong>, Fault> {
    let mut wrong = Vec::new();
    for row in ledgers(db).await? {
        let has = head(db, row.ledger).await?.unsigned_abs();
        let is = AT.first(db, &args![row.ledger, last(has)]).await?;
        let says = HEAD_AT.first(db, &args![row.ledger]).await?;
        if let Some((is, says)) = is.zip(says).filter(|(is, says)| is != says) {
            wrong.push(Wrong::HeadAt { origin: row.origin.clone(), is, says });
        }
        // A clock that was set back leaves moments that are not yet: those of entries are signed.
        let until = now.max(is.unwrap_or(now)).plus_seconds(SEALED_WITHIN);
        if let Some(Early { size, at }) = EARLY.first(db, &args![row.ledger, until]).await? {
            wrong.push(Wrong::SealAt { origin: row.origin, size, at });
        }
    }
    Ok(wrong)
}
