//! How entries get into PostgreSQL: a batch of appends to one ledger under the lock of its head row,
//! each column of each table in one statement, and what is too much for one batch part by part in
//! one transaction. It decides nothing.

use super::changes::{Changes, Numbers};
use super::{Postgres, Server, UNLIMITED, Waiting, args_of, bound, dollars, rows_of};
use crate::append::{Answer, Prepared, PreparedValue, Write};
use crate::journal::Erased;
use crate::parts::{Part, Taking};
use crate::table::unversioned;
use crate::{AppendError, Appended, Fault};
use deadpool_postgres::Transaction;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio_postgres::types::ToSql;
use yishi_ledger::entry_digest;

/// Records a batch; when the engine refuses it, one by one, so that only the culprit fails.
/// Where the server itself is in the way all would fail again, and wait as long for it.
pub(super) async fn record_all(server: &Server, batch: Vec<Waiting>) {
    let mut waiting = Vec::new().into_iter();
    let mut now = batch;
    loop {
        let appends: Vec<&Prepared> = now.iter().map(|(append, _)| &**append).collect();
        let recorded = record(server, &appends).await;
        server.written.note(recorded.as_ref().err());
        match recorded {
            Ok(results) => {
                for ((_, reply), result) in now.into_iter().zip(results) {
                    // Whoever asked may be gone; what was written stays.
                    drop(reply.send(result));
                }
            }
            Err(fault) => {
                tracing::warn!(%fault, appends = now.len(), "a batch of appends failed and was rolled back");
                if now.len() > 1 && !fault.is_everyones() {
                    waiting = now.into_iter();
                } else {
                    let everyone = fault.is_everyones();
                    let fault = Arc::new(fault);
                    let rest = if everyone { waiting.by_ref().collect() } else { Vec::new() };
                    for (_, reply) in now.into_iter().chain(rest) {
                        drop(reply.send(Err(AppendError::met(&fault))));
                    }
                }
            }
        }
        match waiting.next() {
            Some(one) => now = vec![one],
            None => return,
        }
    }
}

/// Whether what an append found is still so. Rows of appends before it in the batch are not
/// written yet, so it must be the first that writes any.
async fn finds_the_same(
    transaction: &Transaction<'_>,
    append: &Prepared,
    changes: &Changes<'_>,
) -> Result<bool, Fault> {
    for Answer { sql, args, rows } in &append.answers {
        let statement = transaction.prepare_cached(&dollars(sql)).await?;
        let found = transaction.query(&statement, &args_of(&bound(args))).await?;
        if !changes.rows.is_empty() || rows_of(&found)? != *rows {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The columns of many entries, as `unnest` takes them.
#[derive(Default)]
struct Entries {
    number: Vec<i64>,
    stream: Vec<String>,
    version: Vec<i64>,
    kind: Vec<String>,
    at: Vec<i64>,
    envelope: Vec<String>,
    digest: Vec<Vec<u8>>,
}

/// The same of private values.
#[derive(Default)]
struct Privates {
    stream: Vec<String>,
    version: Vec<i64>,
    field: Vec<String>,
    salt: Vec<Vec<u8>>,
    value: Vec<String>,
    published: Vec<i64>,
}

/// Where a ledger stands: its next number and its last time.
struct Head {
    ledger: String,
    number: i64,
    at: i64,
}

impl Head {
    /// Locks it: nobody else writes to the ledger until the transaction ends.
    async fn locked(transaction: &Transaction<'_>, ledger: &str) -> Result<Self, Fault> {
        let begin = transaction
            .prepare_cached(
                "insert into head (ledger, number, at) values ($1, 0, 0) on conflict (ledger) do nothing",
            )
            .await?;
        let lock =
            transaction.prepare_cached("select number, at from head where ledger = $1 for update").await?;
        let head = match transaction.query_opt(&lock, &[&ledger]).await? {
            Some(head) => head,
            None => {
                transaction.execute(&begin, &[&ledger]).await?;
                transaction.query_one(&lock, &[&ledger]).await?
            }
        };
        Ok(Self { ledger: ledger.to_owned(), number: head.get(0), at: head.get(1) })
    }

    /// Keeps where it stands now.
    async fn advance(&self, transaction: &Transaction<'_>) -> Result<(), Fault> {
        let advance =
            transaction.prepare_cached("update head set number = $2, at = $3 where ledger = $1").await?;
        transaction.execute(&advance, &[&self.ledger, &self.number, &self.at]).await?;
        Ok(())
    }
}

async fn record(server: &Server, appends: &[&Prepared]) -> Result<Results, Fault> {
    let Some(first) = appends.first() else { return Ok(Vec::new()) };
    let mut connection = server.connection().await?;
    let transaction = connection.transaction().await?;
    let mut head = Head::locked(&transaction, &first.ledger).await?;
    let (results, erased) = write(&transaction, &mut head, appends).await?;
    head.advance(&transaction).await?;
    transaction.commit().await?;
    server.note(&erased);
    Ok(results)
}

impl Postgres {
    /// Takes an append in parts.
    pub(crate) fn take_parts(&self, ledger: String, mut taking: Taking) {
        let server = Arc::clone(&self.server);
        tokio::spawn(async move {
            let taken = take(&server, &ledger, &mut taking.parts).await;
            taking.answer(taken, &server.written);
        });
    }
}

/// All parts in one transaction, however long it takes.
async fn take(server: &Server, ledger: &str, parts: &mut mpsc::Receiver<Part>) -> Result<(), AppendError> {
    let mut connection = server.connection().await?;
    let transaction = connection.transaction().await.map_err(Fault::from)?;
    transaction.batch_execute(UNLIMITED).await.map_err(Fault::from)?;
    let mut head = Head::locked(&transaction, ledger).await?;
    let mut erased = Vec::new();
    loop {
        match parts.recv().await {
            Some(Part::Next(append)) => {
                let (results, gone) = write(&transaction, &mut head, &[&append]).await?;
                results.into_iter().collect::<Result<Vec<_>, _>>()?;
                erased.extend(gone);
            }
            Some(Part::Last) => break,
            // Whoever brought them gave up: nothing of it has happened.
            None => return Err(AppendError::Conflict),
        }
    }
    head.advance(&transaction).await?;
    transaction.commit().await.map_err(Fault::from)?;
    server.note(&erased);
    Ok(())
}

impl Server {
    /// Notes what was erased, before anybody is told that it was.
    fn note(&self, erased: &[Erased]) {
        if let Err(fault) = self.journal.append(erased) {
            tracing::error!(%fault, values = erased.len(), "what was erased is not noted: a backup made before would bring it back");
        }
    }
}

/// What became of each append.
type Results = Vec<Result<Appended, AppendError>>;

/// Writes appends to a ledger whose head is locked; what they erased comes along.
async fn write(
    transaction: &Transaction<'_>,
    head: &mut Head,
    appends: &[&Prepared],
) -> Result<(Results, Vec<Erased>), Fault> {
    let Head { ledger, number, at } = head;
    let ledger = &*ledger;
    let streams: Vec<&str> =
        appends.iter().flat_map(|append| &append.expected).map(|expected| expected.stream.as_str()).collect();
    let versions = transaction
        .prepare_cached(
            "select s.stream, (select version from event where ledger = $1 and stream = s.stream
              order by version desc limit 1)
             from unnest($2::text[]) as s(stream)",
        )
        .await?;
    let mut stands: HashMap<String, i64> = transaction
        .query(&versions, &[&ledger, &streams])
        .await?
        .iter()
        .filter_map(|row| Some((row.get(0), row.get::<_, Option<i64>>(1)?)))
        .collect();

    let mut numbers = recorded_before(transaction, ledger, appends).await?;
    let mut results = Vec::with_capacity(appends.len());
    let (mut entries, mut privates) = (Entries::default(), Privates::default());
    let mut changes = Changes::default();
    let mut erased = Vec::new();
    let mut jobs = Vec::new();
    for append in appends {
        let fits = append
            .expected
            .iter()
            .all(|expected| stands.get(&expected.stream).copied().unwrap_or(0) == expected.version);
        if !fits || !finds_the_same(transaction, append, &changes).await? {
            results.push(Err(AppendError::Conflict));
            continue;
        }
        *at = append.now.max(*at);
        results.push(Ok(Appended { first: u64::try_from(*number).unwrap_or_default(), at: *at }));
        for entry in &append.entries {
            let envelope = entry.draft.seal(*at, u64::try_from(*number).unwrap_or_default());
            entries.number.push(*number);
            entries.stream.push(entry.stream.clone());
            entries.version.push(entry.version);
            entries.kind.push(entry.kind.clone());
            entries.at.push(*at);
            entries.digest.push(entry_digest(&envelope).0.to_vec());
            entries.envelope.push(envelope);
            stands.insert(entry.stream.clone(), entry.version);
            if entry.version == 1 {
                numbers.insert((&entry.stream, None), *number);
            }
            numbers.entry((&entry.stream, Some(unversioned(&entry.kind)))).or_insert(*number);
            for PreparedValue { field, salt, value, published } in &entry.private {
                privates.stream.push(entry.stream.clone());
                privates.version.push(entry.version);
                privates.field.push(field.clone());
                privates.salt.push(salt.to_vec());
                privates.value.push(value.clone());
                privates.published.push(*published);
            }
            *number += 1;
        }
        erased.extend(append.erased());
        jobs.extend(&append.jobs);
        append.writes.iter().try_for_each(|write| changes.add(write, &numbers))?;
    }

    let insert = transaction
        .prepare_cached(
            "insert into event (ledger, number, stream, version, kind, at, envelope, digest)
             select $1, * from unnest($2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::bigint[], $7::text[], $8::bytea[])",
        )
        .await?;
    let e = &entries;
    transaction
        .execute(
            &insert,
            &[&ledger, &e.number, &e.stream, &e.version, &e.kind, &e.at, &e.envelope, &e.digest],
        )
        .await?;
    if !privates.stream.is_empty() {
        let keep = transaction
            .prepare_cached(
                "insert into private (ledger, stream, version, field, salt, value, published)
                 select $1, * from unnest($2::text[], $3::bigint[], $4::text[], $5::bytea[], $6::text[], $7::bigint[])",
            )
            .await?;
        let p = &privates;
        let values: [&(dyn ToSql + Sync); 7] =
            [&ledger, &p.stream, &p.version, &p.field, &p.salt, &p.value, &p.published];
        transaction.execute(&keep, &values).await?;
    }
    for Erased { stream, version, field, .. } in &erased {
        let erase = transaction
            .prepare_cached(
                "delete from private where ledger = $1 and stream = $2 and version = $3 and field = $4",
            )
            .await?;
        transaction.execute(&erase, &[&ledger, stream, &crate::append::int(*version), field]).await?;
    }
    changes.run(transaction).await?;
    for job in jobs {
        let (sql, values) = crate::outbox::add(job);
        let add = transaction.prepare_cached(&dollars(sql)).await?;
        transaction.execute(&add, &args_of(&bound(&values))).await?;
    }
    Ok((results, erased))
}

/// Numbers of entries recorded before that rows hold.
async fn recorded_before<'a>(
    transaction: &Transaction<'_>,
    ledger: &str,
    appends: &[&'a Prepared],
) -> Result<Numbers<'a>, Fault> {
    let (mut streams, mut fronts, mut wants) = (Vec::new(), Vec::new(), Vec::new());
    for append in appends {
        let begun: HashSet<&str> =
            append.entries.iter().filter(|entry| entry.version == 1).map(|entry| &*entry.stream).collect();
        for write in &append.writes {
            let Write::Put { row, stream } = write else { continue };
            for wanted in row.wants().filter(|_| !begun.contains(stream.as_str())) {
                streams.push(stream.as_str());
                fronts.push(wanted.map_or_else(String::new, |kind| format!("{kind}.")));
                wants.push(wanted);
            }
        }
    }
    if streams.is_empty() {
        return Ok(HashMap::new());
    }
    let find = transaction
        .prepare_cached(
            "select s.n, (select e.number from event e where e.ledger = $1 and e.stream = s.stream
              and substr(e.kind, 1, length(s.front)) = s.front order by e.version limit 1)
             from unnest($2::text[], $3::text[]) with ordinality as s(stream, front, n)",
        )
        .await?;
    let rows = transaction.query(&find, &[&ledger, &streams, &fronts]).await?;
    Ok(rows
        .iter()
        .filter_map(|row| {
            let place = usize::try_from(row.get::<_, i64>(0)).ok()?.checked_sub(1)?;
            Some(((*streams.get(place)?, *wants.get(place)?), row.get::<_, Option<i64>>(1)?))
        })
        .collect())
}
