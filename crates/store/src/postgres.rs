//! PostgreSQL: a pool of connections; appends to one ledger queue up in this process and
//! are recorded together under the lock of the ledger's head row, which also keeps other
//! processes in line.

mod changes;
mod record;
mod terms;

use crate::append::Prepared;
use crate::db::Hold;
use crate::fault::{Written, broke_off};
use crate::journal::Journal;
use crate::table::Engine;
use crate::tls::Address;
use crate::{AppendError, Appended, Fault, Row, Value, migrate};
use deadpool_postgres::{
    ClientWrapper, Hook, HookError, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod,
    Runtime, Timeouts,
};
use record::record_all;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, SimpleQueryMessage};

/// Most appends in one transaction.
const BATCH: usize = 256;
/// How long a queue waits for as many appends as it had the last time.
const PATIENCE: Duration = Duration::from_millis(4);
/// Connections kept by one process.
const CONNECTIONS: usize = 16;
/// How long anyone waits for a connection, free or new.
const WAIT: Duration = Duration::from_secs(5);
/// How long a page waits for a lock and for a statement: less than the page itself is waited for.
const LIMITS: &str = "set lock_timeout = '5s'; set statement_timeout = '25s'";
/// What makes tables or steps of the schema takes as long as it takes.
const UNLIMITED: &str = "set local lock_timeout = 0; set local statement_timeout = 0";
/// How long the server has to say that it is well.
const WELL: Duration = Duration::from_secs(2);
/// How long a server that went away without a word is taken for there.
const SILENT: Duration = Duration::from_secs(15);

type Reply = oneshot::Sender<Result<Appended, AppendError>>;
type Waiting = (Box<Prepared>, Reply);
type Queues = HashMap<String, mpsc::UnboundedSender<Waiting>>;

/// A PostgreSQL database. Cheap to clone.
#[derive(Clone)]
pub struct Postgres {
    server: Arc<Server>,
    queues: Arc<Mutex<Queues>>,
    /// The only reader of one that stands still: its transaction has begun.
    still: Option<Arc<tokio::sync::Mutex<Client>>>,
    pub(crate) asked: Arc<AtomicU64>,
}

/// The connections to the server.
struct Server {
    pool: Pool,
    address: Address,
    /// The one that holds the tables for this process: free when it is gone.
    using: tokio::sync::Mutex<Client>,
    /// The tables this process goes by; nothing while it makes them.
    tables: Mutex<Option<Tables>>,
    /// The one by which it is asked whether it is well, whatever waits for the others.
    health: tokio::sync::Mutex<Option<Client>>,
    /// Whether pages are served: then nothing waits for long.
    serving: Arc<AtomicBool>,
    written: Written,
    journal: Journal,
}

/// Tables by name, with the digests of their declarations.
type Tables = Vec<(String, String)>;

/// The key of the lock on the tables.
const TABLES_LOCK: i64 = 7_113_116;

impl std::fmt::Debug for Postgres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Postgres")
    }
}

/// A value on its way in.
#[derive(Debug)]
struct Bound<'a>(&'a Value);

/// A value on its way out.
struct Found(Value);

impl ToSql for Bound<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut tokio_postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self.0 {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(int) => int.to_sql(ty, out),
            Value::Text(text) => text.to_sql(ty, out),
            Value::Blob(bytes) => bytes.to_sql(ty, out),
            Value::Number | Value::NumberOf(_) => Err("a number was not filled in".into()),
        }
    }

    fn accepts(ty: &Type) -> bool {
        <i64 as ToSql>::accepts(ty) || <String as ToSql>::accepts(ty) || <Vec<u8> as ToSql>::accepts(ty)
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Found {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Found(match *ty {
            Type::INT8 => Value::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => Value::Int(i32::from_sql(ty, raw)?.into()),
            Type::BYTEA => Value::Blob(Vec::from_sql(ty, raw)?),
            _ => Value::Text(String::from_sql(ty, raw)?),
        }))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Found(Value::Null))
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT8 | Type::INT4 | Type::BYTEA) || <String as FromSql>::accepts(ty)
    }
}

/// `?1` to `$1`; nothing else in our SQL is a question mark. Which index SQLite is to take,
/// PostgreSQL finds by itself.
fn dollars(sql: &str) -> String {
    let dollars = sql.replace('?', "$");
    let Some((before, after)) = dollars.split_once(" indexed by ") else { return dollars };
    let rest = after.split_once(' ').map_or("", |(_, rest)| rest);
    format!("{before} {rest}")
}

fn bound(values: &[Value]) -> Vec<Bound<'_>> {
    values.iter().map(Bound).collect()
}

fn args_of<'a>(values: &'a [Bound<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

impl Server {
    /// A connection for work, once it is sure that the tables are still this program's.
    async fn connection(&self) -> Result<Object, Fault> {
        self.keep_hold().await?;
        self.pool.get().await.map_err(|error| match error {
            PoolError::Timeout(_) => Fault::Pool(format!("no connection was free for {} s", WAIT.as_secs())),
            error => Fault::Pool(crate::told(&error)),
        })
    }

    /// Takes hold of the tables again where the server has forgotten it, as it does when it
    /// was started anew; if another program made them anew meanwhile, this one stops here.
    async fn keep_hold(&self) -> Result<(), Fault> {
        // While somebody else asks the same, that one finds out.
        let Ok(mut using) = self.using.try_lock() else { return Ok(()) };
        if !using.is_closed() {
            return Ok(());
        }
        let tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner).clone();
        // Nobody makes tables without holding them alone.
        let Some(tables) = tables else { return Err(Fault::Pool("the server went away".to_owned())) };
        let client = connect(&self.address).await.map_err(|error| Fault::Pool(crate::told(&error)))?;
        if !hold(&client, Hold::Shared).await? {
            return Err(Fault::Remade);
        }
        let now = client.query("select name, digest from view order by name", &[]).await?;
        if now.iter().map(|row| (row.get(0), row.get(1))).collect::<Tables>() != tables {
            return Err(Fault::Superseded);
        }
        *using = client;
        Ok(())
    }
}

async fn connect(address: &Address) -> Result<Client, tokio_postgres::Error> {
    let (client, connection) = address.config.connect(address.tls.clone()).await?;
    tokio::spawn(async move {
        // Ends with the client, or when the server is gone: then the lock is, too.
        drop(connection.await);
    });
    Ok(client)
}

/// An address with what this program wants of every connection.
fn prepared(url: &str) -> Result<Address, Fault> {
    let mut address = Address::of(url)?;
    let config = &mut address.config;
    // Whatever the server's default: what is acknowledged is durable.
    let options = format!("-c synchronous_commit=on {}", config.get_options().unwrap_or_default());
    config.options(options);
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(WAIT);
    }
    config.keepalives_idle(SILENT).tcp_user_timeout(SILENT);
    Ok(address)
}

/// What helps with a database that lets nobody in.
fn advice(error: &tokio_postgres::Error) -> &'static str {
    match error.code() {
        Some(code) if *code == SqlState::INVALID_CATALOG_NAME => {
            "make the database first, as with createdb, or name another one in --database"
        }
        Some(code)
            if [SqlState::INVALID_PASSWORD, SqlState::INVALID_AUTHORIZATION_SPECIFICATION].contains(code) =>
        {
            "see that user and password in --database are right, and that pg_hba.conf lets them in"
        }
        Some(_) => "see the log of the database server",
        None => "see that the server runs there, and that host, port and sslmode in --database are right",
    }
}

async fn hold(client: &Client, hold: Hold) -> Result<bool, Fault> {
    let lock = match hold {
        Hold::Shared => "select pg_try_advisory_lock_shared($1)",
        Hold::Alone => "select pg_try_advisory_lock($1)",
    };
    Ok(client.query_one(lock, &[&TABLES_LOCK]).await?.get(0))
}

impl Postgres {
    pub(crate) async fn open(url: &str, journal: Journal) -> Result<Self, Fault> {
        let address = prepared(url)?;
        let unusable = |source: Fault, next| Fault::Unusable {
            what: address.name.clone(),
            source: Box::new(source),
            next,
        };
        let using = connect(&address).await.map_err(|error| {
            let next = advice(&error);
            unusable(error.into(), next)
        })?;
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let serving = Arc::<AtomicBool>::default();
        let limited = Arc::clone(&serving);
        let pool =
            Pool::builder(Manager::from_config(address.config.clone(), address.tls.clone(), recycling))
                .max_size(CONNECTIONS)
                .runtime(Runtime::Tokio1)
                .timeouts(Timeouts { wait: Some(WAIT), create: Some(WAIT), recycle: Some(WAIT) })
                .post_create(Hook::async_fn(move |client: &mut ClientWrapper, _| {
                    let limited = limited.load(Ordering::Relaxed);
                    Box::pin(async move {
                        if limited {
                            client.batch_execute(LIMITS).await.map_err(HookError::Backend)?;
                        }
                        Ok(())
                    })
                }))
                .build()
                .map_err(|error| Fault::Pool(error.to_string()))?;
        let server = Server {
            pool,
            address: address.clone(),
            using: tokio::sync::Mutex::new(using),
            tables: Mutex::default(),
            health: tokio::sync::Mutex::default(),
            serving,
            written: Written::default(),
            journal,
        };
        let (server, queues, asked) = (Arc::new(server), Arc::default(), Arc::default());
        let postgres = Self { server, queues, still: None, asked };
        let next = "start the program that made it, or give this one a database of its own";
        postgres.migrate().await.map_err(|fault| unusable(fault, next))?;
        Ok(postgres)
    }

    /// Whether there is a store of ours in a database; nothing is made there.
    pub(crate) async fn is_made(url: &str) -> Result<bool, Fault> {
        let address = prepared(url)?;
        let client = connect(&address).await.map_err(|error| Fault::Unusable {
            what: address.name.clone(),
            next: advice(&error),
            source: Box::new(error.into()),
        })?;
        Ok(client.query_one("select to_regclass('migration') is not null", &[]).await?.get(0))
    }

    /// From now on pages are served, and nothing waits for long.
    pub(crate) fn serve(&self) {
        self.server.serving.store(true, Ordering::Relaxed);
        // Those that were opened before know of no limit.
        self.server.pool.retain(|_, _| false);
    }

    /// Whether the server answers, over a connection that nothing else waits for, and took what
    /// was last to be written.
    pub(crate) async fn is_well(&self) -> Result<(), Fault> {
        self.server.written.is_well()?;
        let silent = || Fault::Pool(format!("no answer for {} s", WELL.as_secs()));
        let asked = async {
            let mut kept = self.server.health.lock().await;
            // Taken out: one whose answer never came is not asked again.
            let client = match kept.take().filter(|client| !client.is_closed()) {
                Some(client) => client,
                None => connect(&self.server.address).await?,
            };
            client.simple_query("select 1").await?;
            *kept = Some(client);
            Ok::<(), tokio_postgres::Error>(())
        };
        Ok(tokio::time::timeout(WELL, asked).await.map_err(|_| silent())??)
    }

    /// Takes hold of the tables if nobody is in the way, and says whether it did.
    pub(crate) async fn try_hold(&self, how: Hold) -> Result<bool, Fault> {
        hold(&*self.server.using.lock().await, how).await
    }

    /// Lets go of them.
    pub(crate) async fn let_go(&self) -> Result<(), Fault> {
        let client = self.server.using.lock().await;
        Ok(client.batch_execute("select pg_advisory_unlock_all()").await?)
    }

    /// Remembers by which tables it goes from now on; by none while it makes them.
    pub(crate) fn go_by(&self, tables: Option<Tables>) {
        *self.server.tables.lock().unwrap_or_else(PoisonError::into_inner) = tables;
    }

    async fn connection(&self) -> Result<Object, Fault> {
        self.server.connection().await
    }

    async fn migrate(&self) -> Result<(), Fault> {
        let mut connection = self.connection().await?;
        let transaction = connection.transaction().await?;
        // Several processes may start at once; one of them takes the steps.
        transaction.batch_execute(UNLIMITED).await?;
        transaction.batch_execute("select pg_advisory_xact_lock(7113115)").await?;
        transaction.batch_execute(migrate::REMEMBER).await?;
        let taken = transaction.query("select number, checksum from migration order by number", &[]).await?;
        let taken: Vec<(i64, String)> = taken.iter().map(|row| (row.get(0), row.get(1))).collect();
        for (migration, checksum) in migrate::pending(&taken)? {
            transaction.batch_execute(&migrate::for_engine(migration.text, Engine::Postgres)).await?;
            let insert = "insert into migration (number, checksum) values ($1, $2)";
            transaction.execute(insert, &[&migration.number, &checksum]).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// The same, read through one transaction that begins now.
    pub(crate) async fn still(&self) -> Result<Self, Fault> {
        let client = connect(&self.server.address).await?;
        client.batch_execute("begin isolation level repeatable read, read only").await?;
        // The transaction stands where its first read finds the database.
        client.batch_execute("set local statement_timeout = 0; select count(*) from migration").await?;
        Ok(Self { still: Some(Arc::new(tokio::sync::Mutex::new(client))), ..self.clone() })
    }

    pub(crate) async fn rows(&self, sql: &str, args: &[Value]) -> Result<Vec<Row>, Fault> {
        if let Some(still) = &self.still {
            let client = still.lock().await;
            return rows_of(&client.query(&dollars(sql), &args_of(&bound(args))).await?);
        }
        match self.read(sql, args).await {
            // A connection that was cut meanwhile; reading changes nothing, and another one may do.
            Err(Fault::Postgres(error)) if broke_off(&error) => self.read(sql, args).await,
            read => read,
        }
    }

    async fn read(&self, sql: &str, args: &[Value]) -> Result<Vec<Row>, Fault> {
        let connection = self.connection().await?;
        let statement = connection.prepare_cached(&dollars(sql)).await?;
        rows_of(&connection.query(&statement, &args_of(&bound(args))).await?)
    }

    pub(crate) async fn execute(
        &self,
        statements: Vec<(Cow<'static, str>, Vec<Value>)>,
    ) -> Result<(), Fault> {
        let done = self.try_execute(statements).await;
        self.server.written.note(done.as_ref().err());
        done
    }

    async fn try_execute(&self, statements: Vec<(Cow<'static, str>, Vec<Value>)>) -> Result<(), Fault> {
        let mut connection = self.connection().await?;
        let transaction = connection.transaction().await?;
        if statements.iter().any(|(sql, _)| matches!(sql, Cow::Owned(_))) {
            transaction.batch_execute(UNLIMITED).await?;
        }
        for (sql, args) in &statements {
            let statement = match sql {
                Cow::Borrowed(sql) => transaction.prepare_cached(&dollars(sql)).await?,
                // Put together for once: not worth keeping.
                Cow::Owned(sql) => transaction.prepare(&dollars(sql)).await?,
            };
            transaction.execute(&statement, &args_of(&bound(args))).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// The plan by indexes, wherever they serve at all.
    pub(crate) async fn plan(&self, sql: &str) -> Result<Vec<String>, Fault> {
        let count = (1..).take_while(|n| sql.contains(&format!("?{n}"))).count();
        let nothing = vec!["null"; count].join(", ");
        let given = if count == 0 { String::new() } else { format!("({nothing})") };
        let off = ["seqscan", "bitmapscan", "hashjoin", "mergejoin"]
            .map(|way| format!("set local enable_{way} = off;"));
        let explain = format!(
            "begin; set local plan_cache_mode = force_generic_plan; {} prepare planned as {};
             explain (costs off) execute planned{given}; deallocate planned; commit",
            off.concat(),
            dollars(sql),
        );
        let connection = self.connection().await?;
        let answer = connection.simple_query(&explain).await;
        if answer.is_err() {
            connection.batch_execute("rollback").await?;
        }
        let line = |message: &SimpleQueryMessage| match message {
            SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
            _ => None,
        };
        Ok(answer?.iter().filter_map(line).collect())
    }

    pub(crate) async fn append(&self, append: Prepared) -> Result<Appended, AppendError> {
        let (reply, answer) = oneshot::channel();
        let queue = self.queue(&append.ledger);
        queue.send((Box::new(append), reply)).map_err(|_| Fault::Stopped)?;
        answer.await.map_err(|_| Fault::Stopped)?
    }

    /// The queue of a ledger; the first append to it starts the task that empties it.
    fn queue(&self, ledger: &str) -> mpsc::UnboundedSender<Waiting> {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(queue) = queues.get(ledger).filter(|queue| !queue.is_closed()) {
            return queue.clone();
        }
        let (queue, mut waiting) = mpsc::unbounded_channel::<Waiting>();
        queues.insert(ledger.to_owned(), queue.clone());
        let server = Arc::clone(&self.server);
        tokio::spawn(async move {
            let mut batch = Vec::with_capacity(BATCH);
            let mut expected = 1;
            while waiting.recv_many(&mut batch, BATCH).await > 0 {
                // Those just answered are about to come back: a moment's patience saves a
                // transaction for each. Somebody alone never waits.
                let patience = tokio::time::Instant::now() + PATIENCE;
                while batch.len() < expected.min(BATCH) {
                    let room = BATCH - batch.len();
                    match tokio::time::timeout_at(patience, waiting.recv_many(&mut batch, room)).await {
                        Ok(more) if more > 0 => {}
                        _ => break,
                    }
                }
                expected = batch.len();
                record_all(&server, std::mem::take(&mut batch)).await;
            }
        });
        queue
    }
}

fn rows_of(found: &[tokio_postgres::Row]) -> Result<Vec<Row>, Fault> {
    let row = |row: &tokio_postgres::Row| {
        let values = (0..row.len())
            .map(|n| row.try_get::<_, Found>(n).map(|found| found.0))
            .collect::<Result<_, _>>()?;
        Ok(Row(values))
    };
    found.iter().map(row).collect()
}
