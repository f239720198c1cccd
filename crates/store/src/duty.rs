//! What waits, for whom and until when, of all streams in one table: desks, what is overdue
//! and what a superior sees are queries over it. It holds what is open and nothing else. Also
//! which files streams use, so that those that nobody uses can be swept.

use crate::ledgers::below;
use crate::query::{args_and, args_and_pairs};
use crate::{Db, Fault, args, query, row, table};
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use yishi_kernel::cell::{HolderWord, Number, Value};
use yishi_kernel::{HolderKey, Moment, PlaceId, StreamName, Wait};

table! {
    /// One thing that waits (待办).
    pub Duty in "duty", key (ledger, stream, n) edition 2 {
        ledger: PlaceId,
        stream: String,
        n: u32,
        number: Number,
        kind: String,
        family: String,
        step: String,
        holder: HolderWord,
        due: Moment,
        place: Option<PlaceId>,
    }
    index duty_holder (holder, due, ledger, stream, n);
    index duty_ledger (ledger, due, stream, n);
    index duty_due (due, ledger, stream, n);
}

table! {
    /// A file that a stream uses.
    pub FileUse in "file_use", key (ledger, stream, digest) {
        ledger: PlaceId,
        stream: String,
        digest: String,
    }
    index file_use_digest (digest);
}

row! {
    Counted, from "duty" {
        holder: HolderWord = "holder",
        count: u64 = "count(*)",
    }
}

/// Where a page of what waits ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    due: Moment,
    ledger: String,
    stream: String,
    n: i64,
}

impl Key {
    /// Before all of it.
    pub const FIRST: Key = Key { due: Moment(i64::MIN), ledger: String::new(), stream: String::new(), n: -1 };
}

impl Key {
    /// Before all of a ledger, in the order of ledgers and streams.
    #[must_use]
    pub fn before(ledger: PlaceId) -> Self {
        Self { ledger: ledger.to_string(), ..Self::FIRST }
    }
}

impl From<&Duty> for Key {
    fn from(duty: &Duty) -> Self {
        let (ledger, stream) = (duty.ledger.to_string(), duty.stream.clone());
        Self { due: duty.due, ledger, stream, n: i64::from(duty.n) }
    }
}

query! {
    HELD: Duty => "where holder in (?2, …) order by due, ledger, stream, n limit ?1",
        scans "by holder and then sorted, or in the order of due where most of all is theirs";
    HELD_OF: Duty => "where holder in (?3, …) and kind = ?2 order by due, ledger, stream, n limit ?1",
        scans "by holder and then sorted, or in the order of due where most of all is theirs";
    LATE: Duty => "where ledger = ?1 and due <= ?2 order by due, stream, n limit ?3";
    STEPS: Duty => "where ledger = ?1 and kind = ?2 and step in (?4, …) order by due, stream, n limit ?3",
        walks "what is open in one ledger, in the order of due";
    HELD_AFTER: Duty => "where holder = ?1 and (due, ledger, stream, n) > (?2, ?3, ?4, ?5)
         order by due, ledger, stream, n limit ?6";
    ALL_AFTER: Duty => "where (ledger, stream, n) > (?1, ?2, ?3) order by ledger, stream, n limit ?4";
    COUNTS: Counted => "where holder in (?1, …) group by holder";
    /// How many things wait in a ledger.
    pub COUNT: u64 = "select count(*) from duty where ledger = ?1", walks "what is open in one ledger, when it is to end";
    OF_THINGS: Duty => "join (select d.ledger as of_ledger, d.stream as of_stream, d.n as of_n
           from (values (?1, ?2), …) v cross join duty d where d.ledger = v.column1 and d.stream = v.column2) these
         on of_ledger = duty.ledger and of_stream = duty.stream and of_n = duty.n";
    OF_STREAM: Duty => "where ledger = ?1 and stream = ?2 order by n";
    /// Over all ledgers that lie at or below some places, whose paths begin with one of these: of
    /// streams of every kind so many.
    DUE_OF_EACH: Duty => "join (select d.ledger as late_ledger, d.stream as late_stream, d.n as late_n,
           row_number() over (partition by d.kind order by d.due, d.ledger, d.stream) as nth from duty d
           where d.n = 0 and d.due <= ?1 and d.ledger in (select k.ledger from (values (?3, ?4), …) v
             join keeper k on k.path >= v.column1 and k.path < v.column2)) late
         on late_ledger = duty.ledger and late_stream = duty.stream and late_n = duty.n
         where nth <= ?2 order by duty.due, duty.ledger, duty.stream",
        scans "one row a community; what is late is found by an index, and numbered kind by kind";
    FILES: FileUse => "where ledger = ?1 and stream in (?2, …)";
    USED: String = "select distinct digest from file_use where digest in (?1, …)";
    ALL_USED: String = "select distinct digest from file_use where digest > ?1 order by digest limit ?2";
}

impl Duty {
    /// The rows of what waits in a stream.
    #[must_use]
    pub fn of(ledger: PlaceId, stream: &StreamName, waits: Vec<Wait>) -> Vec<Duty> {
        let duty = |(n, wait): (u32, Wait)| Duty {
            ledger,
            stream: stream.as_str().to_owned(),
            n,
            number: Number::Own,
            kind: stream.kind().to_owned(),
            family: wait.family.to_owned(),
            step: wait.step.to_owned(),
            holder: wait.holder.into(),
            due: wait.due,
            place: wait.place,
        };
        (0..).zip(waits).map(duty).collect()
    }

    /// The part of the stream's name after the slash.
    #[must_use]
    pub fn id(&self) -> &str {
        self.stream.split_once('/').map_or("", |(_, id)| id)
    }

    /// The ledger and id of what it is about, where that is a thing with such an id.
    #[must_use]
    pub fn key<I: FromStr + Copy + Into<StreamName>>(&self) -> Option<(PlaceId, I)> {
        let id: I = self.id().parse().ok()?;
        (id.into().as_str() == self.stream).then_some((self.ledger, id))
    }
}

impl FileUse {
    /// The rows of the files that a stream uses.
    #[must_use]
    pub fn of(ledger: PlaceId, stream: &StreamName, files: &[&str]) -> Vec<FileUse> {
        let mut digests: Vec<&str> = files.to_vec();
        digests.sort();
        digests.dedup();
        let used =
            |digest: &str| FileUse { ledger, stream: stream.as_str().to_owned(), digest: digest.to_owned() };
        digests.into_iter().map(used).collect()
    }
}

/// What waits for any of some holders, the most urgent first.
pub async fn held(db: &Db, holders: &[HolderKey], limit: i64) -> Result<Vec<Duty>, Fault> {
    if holders.is_empty() {
        return Ok(Vec::new());
    }
    HELD.all(db, &args_and(args![limit], holders)).await
}

/// The same of streams of one kind: what must not be missed however much else is late.
pub async fn held_of(db: &Db, kind: &str, holders: &[HolderKey], limit: i64) -> Result<Vec<Duty>, Fault> {
    if holders.is_empty() {
        return Ok(Vec::new());
    }
    HELD_OF.all(db, &args_and(args![limit, kind], holders)).await
}

/// What waits for a holder, a page after another.
pub async fn held_after(db: &Db, holder: &HolderKey, after: &Key, limit: i64) -> Result<Vec<Duty>, Fault> {
    let Key { due, ledger, stream, n } = after;
    HELD_AFTER.all(db, &args![holder, *due, ledger, stream, *n, limit]).await
}

/// All that waits anywhere, a page after another.
pub async fn all_after(db: &Db, after: &Key, limit: i64) -> Result<Vec<Duty>, Fault> {
    let Key { ledger, stream, n, .. } = after;
    ALL_AFTER.all(db, &args![ledger, stream, *n, limit]).await
}

/// How many things wait for each of some holders; those for whom nothing does are left out.
pub async fn counts(db: &Db, holders: &[HolderKey]) -> Result<BTreeMap<HolderKey, u64>, Fault> {
    if holders.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = COUNTS.all(db, &args_and([], holders)).await?;
    Ok(found.into_iter().map(|row| (HolderKey::stored(&row.holder.0), row.count)).collect())
}

/// What is overdue in a ledger, the longest first.
pub async fn late(db: &Db, ledger: PlaceId, now: Moment, limit: i64) -> Result<Vec<Duty>, Fault> {
    LATE.all(db, &args![ledger, now, limit]).await
}

/// The next steps that are due by a moment in all ledgers at or below places of these paths, the
/// longest first, at most so many of each kind of stream. What bodies beside the one whose step it is have to
/// do is theirs.
pub async fn due_of_each_below(
    db: &Db,
    paths: &[Vec<PlaceId>],
    by: Moment,
    limit: i64,
) -> Result<Vec<Duty>, Fault> {
    if paths.is_empty() {
        return Ok(Vec::new());
    }
    DUE_OF_EACH.all(db, &args_and_pairs(args![by, limit], paths.iter().map(|path| below(path)))).await
}

/// What waits in a ledger in streams of one kind at some of their steps, the most urgent first.
pub async fn at_steps(
    db: &Db,
    ledger: PlaceId,
    kind: &str,
    steps: &[&str],
    limit: i64,
) -> Result<Vec<Duty>, Fault> {
    if steps.is_empty() {
        return Ok(Vec::new());
    }
    STEPS.all(db, &args_and(args![ledger, kind, limit], steps.iter().copied())).await
}

/// What waits in some streams, given by ledger and name.
pub async fn of_things(
    db: &Db,
    things: impl IntoIterator<Item = (PlaceId, String)>,
) -> Result<Vec<Duty>, Fault> {
    let asked = args_and_pairs([], things);
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    OF_THINGS.all(db, &asked).await
}

/// What waits in a stream.
pub async fn of_stream(db: &Db, ledger: PlaceId, stream: &StreamName) -> Result<Vec<Duty>, Fault> {
    OF_STREAM.all(db, &args![ledger, stream.as_str()]).await
}

/// The files that some streams of a ledger use, by their digests: what was erased is no more
/// among them, whatever public entries say.
pub async fn files_of(
    db: &Db,
    ledger: PlaceId,
    streams: &[StreamName],
) -> Result<BTreeMap<StreamName, BTreeSet<String>>, Fault> {
    let mut files: BTreeMap<StreamName, BTreeSet<String>> = BTreeMap::new();
    if streams.is_empty() {
        return Ok(files);
    }
    for used in FILES.all(db, &args_and(args![ledger], streams.iter().map(StreamName::as_str))).await? {
        files.entry(StreamName::stored(&used.stream)).or_default().insert(used.digest);
    }
    Ok(files)
}

/// Which of these files some stream uses.
pub async fn used(db: &Db, digests: &[String]) -> Result<Vec<String>, Fault> {
    if digests.is_empty() {
        return Ok(Vec::new());
    }
    let args: Vec<Value> = digests.iter().map(Value::from).collect();
    USED.all(db, &args).await
}

/// The files that any stream uses, in the order of their digests, from one on.
pub async fn used_after(db: &Db, digest: &str, limit: i64) -> Result<Vec<String>, Fault> {
    ALL_USED.all(db, &args![digest, limit]).await
}
