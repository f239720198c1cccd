//! The one thread that writes: whatever is waiting is made durable in one transaction, and what is
//! too much for one is taken part by part in a transaction of its own. It decides nothing.

use super::terms::{forget, put_terms};
use super::{
    ADVANCE, BATCH, ERASE, FIRST, FIRST_OF, HEAD, Head, IN_PARTS, INSERT, KEEP, MOMENT, PATIENCE, Statements,
    VERSION, WRITING, bound, query, remember,
};
use crate::append::{Answer, Expected, Prepared, PreparedValue, Way, Write};
use crate::fault::Written;
use crate::journal::{Erased, Journal};
use crate::parts::{Part, Taking};
use crate::query::Shape as _;
use crate::table::{Wanted, fill};
use crate::{AppendError, Appended, Fault, Value};
use rusqlite::{Connection, TransactionBehavior};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::Instant;
use tokio::sync::oneshot;
use yishi_ledger::entry_digest;

/// What the writer is asked.
pub(super) enum Asked {
    /// What is written with others.
    Task(Task),
    /// What is written by itself.
    Parts(Taking),
}

/// What is written in one transaction with others.
pub(super) enum Task {
    Append(Box<Prepared>, oneshot::Sender<Result<Appended, AppendError>>),
    Execute(Statements, oneshot::Sender<Result<(), Fault>>),
    Close(oneshot::Sender<Result<(), Fault>>),
}

/// Which file it is, whatever it is called: moved away or deleted, what is written to it is lost.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Which(u64, u64);

impl Which {
    pub(super) fn at(path: &Path) -> std::io::Result<Self> {
        use std::os::unix::fs::MetadataExt as _;
        path.metadata().map(|data| Self(data.dev(), data.ino()))
    }
}

/// The one that writes.
pub(super) struct Writer {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
    pub(super) which: Which,
    pub(super) journal: Journal,
    pub(super) written: Written,
}

impl Writer {
    /// Takes what is waiting, makes it durable at once, answers.
    pub(super) fn write_all(mut self, asked: &mpsc::Receiver<Asked>) {
        let mut expected = 1;
        while let Ok(first) = asked.recv() {
            let (mut batch, mut parts) = (Vec::new(), None);
            let mut next = Some(first);
            // Those just answered are about to come back: a moment's patience saves a sync for
            // each. Somebody alone never waits.
            let patience = Instant::now() + PATIENCE;
            while batch.len() < BATCH {
                match next.take().map_or_else(|| asked.try_recv(), Ok) {
                    Ok(Asked::Parts(taking)) => {
                        parts = Some(taking);
                        break;
                    }
                    Ok(Asked::Task(task)) => batch.push(task),
                    // Asleep for a moment, not until the next task: being woken for each of them
                    // would cost more than the sync that is saved.
                    Err(_) if batch.len() < expected && Instant::now() < patience => {
                        std::thread::sleep(MOMENT);
                    }
                    Err(_) => break,
                }
            }
            // Half of them: while one half is written, the other can get ready.
            expected = batch.len().div_ceil(2);
            self.write_each(batch);
            if let Some(taking) = parts {
                self.take(taking);
            }
        }
    }

    /// Writes a batch, and where one of it is to blame for a failure, each by itself.
    fn write_each(&mut self, batch: Vec<Task>) {
        if batch.is_empty() {
            return;
        }
        let Err((batch, fault)) = self.write(batch) else { return };
        // Nothing of the batch has happened. Where one of it is to blame, only that one
        // fails; where the store is, all would fail again.
        if batch.len() == 1 || fault.is_everyones() {
            fail(batch, fault);
            return;
        }
        let mut rest = batch.into_iter();
        while let Some(task) = rest.next() {
            let Err((mut tasks, fault)) = self.write(vec![task]) else { continue };
            if fault.is_everyones() {
                tasks.extend(rest.by_ref());
            }
            fail(tasks, fault);
        }
    }

    /// Takes an append that comes in parts: all of them in one transaction.
    fn take(&mut self, mut taking: Taking) {
        // Where a size cannot be set, the one before does as well.
        let _ = remember(&self.connection, IN_PARTS);
        let taken = self.try_take(&mut taking.parts);
        let _ = remember(&self.connection, WRITING);
        if let Ok(erased) = &taken {
            if !erased.is_empty() {
                empty_log(&self.connection);
            }
            note(&self.journal, erased);
        }
        taking.answer(taken.map(|_| ()), &self.written);
    }

    fn try_take(
        &mut self,
        parts: &mut tokio::sync::mpsc::Receiver<Part>,
    ) -> Result<Vec<Erased>, AppendError> {
        let begun = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = begun.map_err(Fault::from)?;
        let (mut heads, mut erased) = (HashMap::new(), Vec::new());
        loop {
            match parts.blocking_recv() {
                Some(Part::Next(append)) => {
                    apply(&transaction, &mut heads, &append)?;
                    erased.extend(append.erased());
                }
                Some(Part::Last) => break,
                // Whoever brought them gave up: nothing of it has happened.
                None => return Err(AppendError::Conflict),
            }
        }
        advance(&transaction, &heads)?;
        if Which::at(&self.path).ok() != Some(self.which) {
            return Err(Fault::Gone(self.path.clone()).into());
        }
        transaction.commit().map_err(Fault::from)?;
        Ok(erased)
    }

    /// One transaction over a batch. On failure the batch comes back with why, and nothing of
    /// it has happened.
    fn write(&mut self, batch: Vec<Task>) -> Result<(), (Vec<Task>, Fault)> {
        let results = self.try_write(&batch);
        self.written.note(results.as_ref().err());
        let results = match results {
            Ok(results) => results,
            Err(fault) => {
                tracing::warn!(%fault, tasks = batch.len(), "a batch of writes failed and was rolled back");
                return Err((batch, fault));
            }
        };
        let erased = erased(&batch, &results);
        let closing = batch.iter().any(|task| matches!(task, Task::Close(_)));
        if closing || !erased.is_empty() {
            empty_log(&self.connection);
        }
        note(&self.journal, &erased);
        // Durable now: only now may anyone be told.
        for (task, result) in batch.into_iter().zip(results) {
            // Whoever asked may be gone; what was written stays.
            match task {
                Task::Append(_, reply) => drop(reply.send(result.unwrap_or(Err(Fault::Stopped.into())))),
                Task::Execute(_, reply) | Task::Close(reply) => drop(reply.send(Ok(()))),
            }
        }
        Ok(())
    }

    /// What became of each append; nothing for what is no append.
    fn try_write(&mut self, batch: &[Task]) -> Result<Vec<Option<Result<Appended, AppendError>>>, Fault> {
        let mut results = Vec::with_capacity(batch.len());
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut heads = HashMap::new();
        for task in batch {
            results.push(match task {
                Task::Append(append, _) => match apply(&transaction, &mut heads, append) {
                    Err(AppendError::Fault(fault)) => return Err(fault),
                    result => Some(result),
                },
                Task::Execute(statements, _) => {
                    run(&transaction, statements)?;
                    None
                }
                Task::Close(_) => None,
            });
        }
        advance(&transaction, &heads)?;
        if Which::at(&self.path).ok() != Some(self.which) {
            return Err(Fault::Gone(self.path.clone()));
        }
        transaction.commit()?;
        Ok(results)
    }
}

/// Keeps where ledgers stand now.
fn advance(connection: &Connection, heads: &Heads) -> Result<(), Fault> {
    for (ledger, (number, at)) in heads {
        connection.prepare_cached(ADVANCE.statement.text())?.execute((ledger, number, at))?;
    }
    Ok(())
}

/// Tells all of them why nothing of it has happened.
fn fail(tasks: Vec<Task>, fault: Fault) {
    let fault = Arc::new(fault);
    for task in tasks {
        // Whoever asked may be gone.
        match task {
            Task::Append(_, reply) => drop(reply.send(Err(AppendError::met(&fault)))),
            Task::Execute(_, reply) | Task::Close(reply) => {
                drop(reply.send(Err(Fault::Met(Arc::clone(&fault)))));
            }
        }
    }
}

/// What the appends of a batch erased.
fn erased(batch: &[Task], results: &[Option<Result<Appended, AppendError>>]) -> Vec<Erased> {
    let done = batch.iter().zip(results).filter_map(|(task, result)| match (task, result) {
        (Task::Append(append, _), Some(Ok(_))) => Some(append.erased()),
        _ => None,
    });
    done.flatten().collect()
}

/// Notes what was erased, before anybody is told that it was.
fn note(journal: &Journal, erased: &[Erased]) {
    if let Err(fault) = journal.append(erased) {
        tracing::error!(%fault, values = erased.len(), "what was erased is not noted: a backup made before would bring it back");
    }
}

/// Writes the log back and empties it: it holds pages from before an erasure, and a file that
/// is copied without it lacks what is in it. A reader may be in the way; then the next checkpoint
/// does it.
fn empty_log(connection: &Connection) {
    let done = connection.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get::<_, i64>(0));
    if !matches!(done, Ok(0)) {
        tracing::warn!(?done, "the write-ahead log could not be emptied");
    }
}

fn run(connection: &Connection, statements: &Statements) -> Result<(), Fault> {
    for (sql, args) in statements {
        let args = bound(args);
        match sql {
            Cow::Borrowed(sql) => connection.prepare_cached(sql)?.execute(args)?,
            // Put together for once: not worth keeping.
            Cow::Owned(sql) => connection.prepare(sql)?.execute(args)?,
        };
    }
    Ok(())
}

/// Next number and last time of each ledger, as this transaction leaves them.
type Heads = HashMap<String, (i64, i64)>;

/// Records one append. A conflict is found before anything of it is written.
fn apply(connection: &Connection, heads: &mut Heads, append: &Prepared) -> Result<Appended, AppendError> {
    let sqlite = |error: rusqlite::Error| AppendError::Fault(error.into());
    let mut version = connection.prepare_cached(VERSION.statement.text()).map_err(sqlite)?;
    // A stream that is to begin is not looked up: the entry that would begin it a second time
    // is refused.
    for Expected { stream, version: expected, .. } in
        append.expected.iter().filter(|expected| expected.way == Way::Look)
    {
        let mut rows = version.query((&append.ledger, stream)).map_err(sqlite)?;
        let stands = match rows.next().map_err(sqlite)? {
            Some(row) => row.get::<_, i64>(0).map_err(sqlite)?,
            None => 0,
        };
        if stands != *expected {
            return Err(AppendError::Conflict);
        }
    }
    for Answer { sql, args, rows } in &append.answers {
        if query(connection, sql, args)? != *rows {
            return Err(AppendError::Conflict);
        }
    }
    record(connection, heads, append).map_err(AppendError::Fault)?.ok_or(AppendError::Conflict)
}

/// Nothing when the first entry's stream is there already; then nothing is written either.
fn record(connection: &Connection, heads: &mut Heads, append: &Prepared) -> Result<Option<Appended>, Fault> {
    let head = match heads.get_mut(&append.ledger) {
        Some(head) => head,
        None => {
            let rows = query(connection, HEAD.statement.text(), &[Value::from(append.ledger.as_str())])?;
            let head = match rows.into_iter().next() {
                Some(row) => Head::read(&mut row.0.into_iter()).map(|head| (head.number, head.at))?,
                None => (0, 0),
            };
            heads.entry(append.ledger.clone()).or_insert(head)
        }
    };
    let at = append.now.max(head.1);
    let first = head.0;
    let mut insert = connection.prepare_cached(INSERT.statement.text())?;
    let mut keep = connection.prepare_cached(KEEP.statement.text())?;
    for entry in &append.entries {
        let number = head.0;
        let envelope = entry.draft.seal(at, u64::try_from(number).unwrap_or_default());
        let digest = entry_digest(&envelope);
        let written = insert.execute((
            &append.ledger,
            number,
            &entry.stream,
            entry.version,
            &entry.kind,
            at,
            &envelope,
            &digest.0[..],
        ))?;
        if written == 0 {
            // Past the first entry the whole transaction has to go.
            return if number == first { Ok(None) } else { Err(Fault::Exists(entry.stream.clone())) };
        }
        for PreparedValue { field, salt, value, published } in &entry.private {
            keep.execute((&append.ledger, &entry.stream, entry.version, field, &salt[..], value, published))?;
        }
        *head = (number + 1, at);
    }
    for (stream, version, field) in &append.erasures {
        connection.prepare_cached(ERASE.statement.text())?.execute((
            &append.ledger,
            stream,
            crate::append::int(*version),
            field,
        ))?;
    }
    let numbers = Numbers { append, first, begun: OnceCell::new() };
    for change in &append.writes {
        write_row(connection, &numbers, change)?;
        if let (Write::Terms { index, .. }, false) = (change, append.erasures.is_empty()) {
            forget(connection, index)?;
        }
    }
    for job in &append.jobs {
        let (sql, values) = crate::outbox::add(job);
        connection.prepare_cached(sql)?.execute(bound(&values))?;
    }
    Ok(Some(Appended { first: u64::try_from(first).unwrap_or_default(), at }))
}

/// Numbers of streams' first entries: of those that begin in this append, and of others.
struct Numbers<'a> {
    append: &'a Prepared,
    first: i64,
    begun: OnceCell<HashMap<&'a str, i64>>,
}

impl Numbers<'_> {
    fn of(&self, connection: &Connection, stream: &str, wanted: Wanted) -> Result<i64, Fault> {
        if let Some(kind) = wanted {
            // Also where it is an entry of this append, which stands there by now.
            let mut find = connection.prepare_cached(FIRST_OF.statement.text())?;
            let front = format!("{kind}.");
            return Ok(find.query_row((&self.append.ledger, stream, &front), |row| row.get(0))?);
        }
        let begun = self.begun.get_or_init(|| {
            let numbered = self.append.entries.iter().zip(self.first..);
            let first = numbered.filter(|(entry, _)| entry.version == 1);
            first.map(|(entry, number)| (entry.stream.as_str(), number)).collect()
        });
        if let Some(number) = begun.get(stream) {
            return Ok(*number);
        }
        let mut find = connection.prepare_cached(FIRST.statement.text())?;
        Ok(find.query_row((&self.append.ledger, stream), |row| row.get(0))?)
    }
}

fn write_row(connection: &Connection, numbers: &Numbers<'_>, change: &Write) -> Result<(), Fault> {
    match change {
        Write::Put { row, stream } => {
            let mut put = connection.prepare_cached(row.table.put_values_sql())?;
            let mut known = HashMap::new();
            for wanted in row.wants() {
                known.insert(wanted, numbers.of(connection, stream, wanted)?);
            }
            if known.is_empty() {
                put.execute(bound(&row.values))?;
            } else {
                let mut values = row.values.clone();
                fill(&mut values, |wanted| known.get(&wanted).copied());
                put.execute(bound(&values))?;
            }
        }
        Write::Delete { table, key } => {
            connection.prepare_cached(&table.delete_sql())?.execute(bound(key))?;
        }
        Write::Terms { index, doc, columns, .. } => put_terms(connection, index, *doc, columns)?,
    }
    Ok(())
}
