//! A PostgreSQL server for tests: the one that `TEST_PG` names, else one of our own for
//! each test process, in a temporary folder, gone when the process is. Each caller gets a
//! fresh database. Nothing here is about tables; opening the store makes those.

use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio_postgres::NoTls;

/// A server that is running.
struct Server {
    /// Address without the name of a database: `postgres://user@host:port`.
    base: String,
    /// The database to sign in to for making others.
    first: String,
    /// Stops a server of our own once its input ends, as it does however this process ends.
    _guard: Option<Child>,
}

static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();
static COUNT: AtomicU64 = AtomicU64::new(0);

/// A database of its own, dropped with this value.
#[derive(Debug)]
pub struct Database {
    name: String,
    /// Its address.
    pub url: String,
}

impl Database {
    /// Makes one, starting the server first when nobody has.
    ///
    /// # Errors
    /// When there is no server and none can be started.
    pub async fn fresh() -> Result<Self, String> {
        let server = server()?;
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{}_{count}", std::process::id(), uuid::Uuid::new_v4().simple());
        run(server, &format!("create database {name} template template0 encoding 'UTF8'")).await?;
        // A handshake for each connection would take longer than most tests.
        Ok(Self { url: format!("{}/{name}?sslmode=disable", server.base), name })
    }

    /// Its address with these settings, and the host by this name.
    #[must_use]
    pub fn with(&self, host: &str, settings: &str) -> String {
        let plain = self.url.replace("?sslmode=disable", "").replace("127.0.0.1", host);
        format!("{plain}?{settings}")
    }

    /// Whether the server is one of our own, which knows TLS by the certificate of [`authority`].
    #[must_use]
    pub fn is_our_own() -> bool {
        std::env::var("TEST_PG").is_err()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let name = std::mem::take(&mut self.name);
        // The runtime of the test may be on its way out, so this has one of its own.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                run(server()?, &format!("drop database if exists {name} with (force)")).await
            })
        });
        if let Err(error) = dropped.join().unwrap() {
            eprintln!("testkit: {error}");
        }
    }
}

/// The file with the certificate of the authority that vouches for the server as `localhost`.
#[must_use]
pub fn authority() -> PathBuf {
    tls("ca.pem")
}

/// That of an authority which vouches for nobody.
#[must_use]
pub fn another_authority() -> PathBuf {
    tls("other.pem")
}

fn tls(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tls").join(name)
}

fn server() -> Result<&'static Server, String> {
    let server = SERVER.get_or_init(|| match std::env::var("TEST_PG") {
        Ok(url) => named(&url),
        Err(_) => start(),
    });
    server.as_ref().map_err(String::clone)
}

async fn run(server: &Server, sql: &str) -> Result<(), String> {
    let url = format!("{}/{}", server.base, server.first);
    let (client, connection) =
        tokio_postgres::connect(&url, NoTls).await.map_err(|error| format!("{url}: {error}"))?;
    let served = tokio::spawn(connection);
    let done = client.batch_execute(sql).await.map_err(|error| format!("{sql}: {error:?}"));
    drop(client);
    let _ = served.await;
    done
}

/// The server of an address that names a database at its end.
fn named(url: &str) -> Result<Server, String> {
    let (base, first) = url.rsplit_once('/').ok_or("TEST_PG must be postgres://user@host:port/database")?;
    Ok(Server { base: base.to_owned(), first: first.to_owned(), _guard: None })
}

/// The folder with the newest server's programs.
fn binaries() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|folder| folder.join("initdb").exists())
        .collect();
    versions.sort();
    versions.pop()
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

/// A command as a user that PostgreSQL agrees to run as.
fn as_postgres(program: &Path) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir("/").stdin(Stdio::null());
    command
}

fn quietly(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)))
}

fn start() -> Result<Server, String> {
    let binaries = binaries().ok_or("no PostgreSQL in /usr/lib/postgresql")?;
    let folder =
        tempfile::Builder::new().prefix("yishi-pg-").tempdir().map_err(|error| error.to_string())?.keep();
    if is_root() {
        quietly(Command::new("chown").arg("postgres").arg(&folder))?;
    }
    let data = folder.join("data");
    quietly(
        as_postgres(&binaries.join("initdb"))
            .args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"])
            .arg("--pgdata")
            .arg(&data),
    )?;
    for name in ["server.pem", "server.key"] {
        // The server takes a key only where it is its own and nobody else reads it.
        let here = folder.join(name);
        std::fs::copy(tls(name), &here).map_err(|error| error.to_string())?;
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        std::fs::set_permissions(&here, mode).map_err(|error| error.to_string())?;
        if is_root() {
            quietly(Command::new("chown").arg("postgres").arg(&here))?;
        }
    }
    let log = folder.join("log");
    // Another process may take the port between our looking and the server's listening.
    for _ in 0..3 {
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .map_err(|error| error.to_string())?
            .port();
        // What these tests are after does not survive the process anyway: no syncs.
        let options = format!(
            "-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories={0} -c max_connections=300 \
             -c fsync=off -c full_page_writes=off -c synchronous_commit=on -c autovacuum=off \
             -c ssl=on -c ssl_cert_file={0}/server.pem -c ssl_key_file={0}/server.key",
            folder.display()
        );
        let started = as_postgres(&binaries.join("pg_ctl"))
            .args(["start", "--wait", "--silent", "--log"])
            .arg(&log)
            .arg("--pgdata")
            .arg(&data)
            .args(["--options", &options])
            // The server outlives pg_ctl and must not hold our pipes.
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .map_err(|error| error.to_string())?;
        if started.success() {
            let guard = guard(&binaries, &folder)?;
            let base = format!("postgres://postgres@127.0.0.1:{port}");
            return Ok(Server { base, first: "postgres".to_owned(), _guard: Some(guard) });
        }
    }
    Err(format!("PostgreSQL did not start: {}", std::fs::read_to_string(&log).unwrap_or_default()))
}

/// A shell that waits for its input to end, then stops the server and removes its folder.
fn guard(binaries: &Path, folder: &Path) -> Result<Child, String> {
    let script =
        "read -r _; \"$1/pg_ctl\" stop --mode=immediate --silent --pgdata \"$2/data\"; rm -rf \"$2\"";
    as_postgres(Path::new("/bin/sh"))
        .args(["-c", script, "sh"])
        .arg(binaries)
        .arg(folder)
        .stdin(Stdio::piped())
        // A signal to the tests' group, such as Ctrl-C, must not end the guard before its work.
        .process_group(0)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| error.to_string())
}
