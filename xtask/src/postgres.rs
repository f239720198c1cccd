//! A PostgreSQL server of our own for one run: in a temporary folder, on a free port of
//! this machine, gone afterwards.

use crate::system::is_root;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A running server.
pub struct Server {
    folder: tempfile::TempDir,
    binaries: PathBuf,
    port: u16,
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
        let log = folder.path().join("log");
        let started = as_postgres(&binaries.join("pg_ctl"))
            .args(["start", "--wait", "--silent", "--log"])
            .arg(&log)
            .arg("--pgdata")
            .arg(&data)
            .args(["--options", &options])
            // The server outlives pg_ctl and must not hold our pipes.
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .current_dir("/")
            .status()
            .map_err(|error| error.to_string())?;
        if !started.success() {
            return Err(format!(
                "PostgreSQL did not start: {}",
                std::fs::read_to_string(&log).unwrap_or_default()
            ));
        }
        Ok(Self { folder, binaries, port })
    }

    /// The address of its first database.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let stopped = quietly(
            as_postgres(&self.binaries.join("pg_ctl"))
                .args(["stop", "--mode=immediate", "--silent", "--pgdata"])
                .arg(self.folder.path().join("data")),
        );
        if let Err(error) = stopped {
            eprintln!("xtask: {error}");
        }
    }
}
