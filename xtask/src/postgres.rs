//! A PostgreSQL server of our own for one run: in a temporary folder, on a free port of
//! this machine, gone afterwards.

use crate::system::is_root;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// What a database of tests need not survive: nobody cuts the machine's power. What the server
/// itself goes through it survives all the same. How statements are planned must not depend on
/// whether somebody tidied up meanwhile.
pub const IN_A_HURRY: [&str; 3] = ["fsync=off", "full_page_writes=off", "autovacuum=off"];

/// A running server.
pub struct Server {
    folder: tempfile::TempDir,
    binaries: PathBuf,
    port: u16,
    /// How it is started.
    options: String,
}

/// The folder with the newest server's programs.
pub fn binaries() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|folder| folder.join("initdb").exists())
        .collect();
    versions.sort();
    versions.pop()
}

/// A command as a user that PostgreSQL agrees to run as.
fn as_postgres(program: &Path) -> Command {
    if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

fn quietly(command: &mut Command) -> Result<(), String> {
    let output = command.current_dir("/").output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)))
}

impl Server {
    /// Starts one with these settings besides the usual ones, each `name=value`.
    ///
    /// # Errors
    /// When PostgreSQL is not installed or does not start.
    pub fn start(settings: &[&str]) -> Result<Self, String> {
        let binaries = binaries().ok_or("no PostgreSQL in /usr/lib/postgresql")?;
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        if is_root() {
            quietly(Command::new("chown").arg("postgres").arg(folder.path()))?;
        }
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .map_err(|error| error.to_string())?
            .port();
        let data = folder.path().join("data");
        quietly(
            as_postgres(&binaries.join("initdb"))
                .args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--pgdata"])
                .arg(&data),
        )?;
        let mut options = format!(
            "-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories={} -c max_connections=300",
            folder.path().display()
        );
        for setting in settings {
            options.push_str(&format!(" -c {setting}"));
        }
        let server = Self { folder, binaries, port, options };
        server.begin()?;
        Ok(server)
    }

    /// A run of its program over its data.
    fn control(&self, args: &[&str]) -> Command {
        let mut command = as_postgres(&self.binaries.join("pg_ctl"));
        command.args(args).arg("--pgdata").arg(self.folder.path().join("data"));
        command
    }

    fn begin(&self) -> Result<(), String> {
        let log = self.folder.path().join("log");
        let started = self
            .control(&["start", "--wait", "--silent"])
            .arg("--log")
            .arg(&log)
            .args(["--options", &self.options])
            // The server outlives pg_ctl and must not hold our pipes.
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .current_dir("/")
            .status()
            .map_err(|error| error.to_string())?;
        if started.success() {
            return Ok(());
        }
        Err(format!("PostgreSQL did not start: {}", std::fs::read_to_string(&log).unwrap_or_default()))
    }

    /// Ends it as a crash would, and starts it again after a while.
    ///
    /// # Errors
    /// When it does not.
    pub fn crash(&self, down: Duration) -> Result<(), String> {
        quietly(&mut self.control(&["stop", "--mode=immediate", "--silent"]))?;
        std::thread::sleep(down);
        self.begin()
    }

    /// Tells a database something in its own words.
    ///
    /// # Errors
    /// When it refuses.
    pub fn tell(&self, database: &str, sql: &str) -> Result<(), String> {
        let port = self.port.to_string();
        quietly(
            Command::new(self.binaries.join("psql"))
                .args(["--host=127.0.0.1", "--username=postgres", "--no-psqlrc", "--quiet", "--port", &port])
                .args(["--set=ON_ERROR_STOP=1", "--dbname", database, "--command", sql]),
        )
    }

    /// Where it listens on this machine.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address of its first database.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let stopped = quietly(&mut self.control(&["stop", "--mode=immediate", "--silent"]));
        if let Err(error) = stopped {
            eprintln!("xtask: {error}");
        }
    }
}
