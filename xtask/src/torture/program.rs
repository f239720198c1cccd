//! The program under torture: started on a store, asked, killed, and what it says when it ends.

use super::http::Request;
use crate::system;
use rustix::process::{Pid, Resource, Rlimit, Signal, kill_process, prlimit};
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::{SocketAddr, TcpListener};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long starting, stopping or getting well again may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often it is looked at meanwhile.
const LOOK: Duration = Duration::from_millis(20);

/// Where a store lies, as the command line is told.
#[derive(Clone, Debug)]
pub struct Place {
    /// The folder of an SQLite store, or of the keys.
    pub data: PathBuf,
    /// The address of a PostgreSQL database.
    pub database: Option<String>,
}

impl Place {
    /// An SQLite store elsewhere.
    pub fn folder(data: &Path) -> Self {
        Self { data: data.to_owned(), database: None }
    }

    fn tell(&self, command: &mut Command) {
        command.arg("--data").arg(&self.data);
        if let Some(database) = &self.database {
            command.args(["--database", database]);
        }
    }
}

/// How a process ended, and its last words.
#[derive(Clone, Debug)]
pub struct Ended {
    /// How.
    pub status: ExitStatus,
    /// What it said on its standard error.
    pub said: String,
}

impl Ended {
    /// Its code, or the signal that ended it.
    pub fn code(&self) -> String {
        match (self.status.code(), self.status.signal()) {
            (Some(code), _) => code.to_string(),
            (None, Some(signal)) => format!("signal {signal}"),
            (None, None) => "?".to_owned(),
        }
    }
}

/// The program's file.
#[derive(Clone, Debug)]
pub struct Program(pub PathBuf);

impl Program {
    /// Runs a command on a store to its end; what it prints, and how it ended.
    pub fn run(&self, args: &[&str], place: &Place) -> Result<(String, Ended), String> {
        let mut command = Command::new(&self.0);
        command.args(args);
        place.tell(&mut command);
        let output = command.output().map_err(|error| format!("{}: {error}", self.0.display()))?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Ok((String::from_utf8_lossy(&output.stdout).into_owned(), Ended { status: output.status, said }))
    }

    /// The same, of which only the output counts.
    pub fn must(&self, args: &[&str], place: &Place) -> Result<String, String> {
        let (printed, ended) = self.run(args, place)?;
        if ended.status.success() {
            return Ok(printed);
        }
        Err(format!("yishi {} ended with {}: {}", args.join(" "), ended.code(), last(&ended.said)))
    }

    /// Serves a store, and answers once it does.
    pub fn serve(&self, place: &Place) -> Result<Served, String> {
        self.serve_in(place, "", &[]).map_err(|(error, _)| error)
    }

    /// Serves a store out of a shell that first does something, with these variables. Where the
    /// program ends instead, how it ended comes back beside the error.
    pub fn serve_in(
        &self,
        place: &Place,
        before: &str,
        variables: &[(&str, &str)],
    ) -> Result<Served, (String, Option<Ended>)> {
        self.start("serve", place, before, variables).map(|(served, _)| served)
    }

    /// Makes the demonstration's neighbourhood and serves it; what it printed comes back too.
    pub fn demonstrate(&self, place: &Place) -> Result<(Served, String), String> {
        self.start("demo", place, "", &[]).map_err(|(error, _)| error)
    }

    fn start(
        &self,
        what: &str,
        place: &Place,
        before: &str,
        variables: &[(&str, &str)],
    ) -> Result<(Served, String), (String, Option<Ended>)> {
        let plain = |error: std::io::Error| (format!("{}: {error}", self.0.display()), None);
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let at = free.map_err(plain)?;
        // The shell is gone by the time the program runs: the process is the program's.
        let mut command = Command::new("sh");
        command.args(["-c", &format!("{before} exec \"$0\" \"$@\"")]).arg(&self.0);
        command.args([what, "--listen", &at.to_string()]);
        place.tell(&mut command);
        command.envs(variables.iter().copied()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let began = Instant::now();
        let mut child = command.spawn().map_err(plain)?;
        let said = Arc::new(Mutex::new(String::new()));
        let listening = child.stderr.take().map(|errors| {
            let said = Arc::clone(&said);
            std::thread::spawn(move || {
                for line in BufReader::new(errors).lines().map_while(Result::ok) {
                    let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
                    said.push_str(&line);
                    said.push('\n');
                }
            })
        });
        let output = child.stdout.take();
        let mut served = Served { child, at, said, listening, took: Duration::ZERO };
        let mut printed = String::new();
        let mut lines = BufReader::new(output.ok_or(("no output".to_owned(), None))?);
        while !printed.contains("Serving") {
            if lines.read_line(&mut printed).map_err(plain)? == 0 {
                let ended = served.ended().map_err(|error| (error, None))?;
                let why = format!("it did not start ({}): {}", ended.code(), last(&ended.said));
                return Err((why, Some(ended)));
            }
        }
        served.took = began.elapsed();
        // Whatever it prints later must not stop it.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        Ok((served, printed))
    }
}

/// A program at work, killed when nobody holds it any more.
pub struct Served {
    child: Child,
    /// Where it answers.
    pub at: SocketAddr,
    said: Arc<Mutex<String>>,
    listening: Option<JoinHandle<()>>,
    /// How long it took to start.
    pub took: Duration,
}

impl Drop for Served {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            drop(self.child.kill());
            drop(self.child.wait());
        }
    }
}

impl Served {
    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it said on its standard error so far.
    pub fn said(&self) -> String {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Kills it, which leaves it no time for anything.
    pub fn kill(mut self) -> Result<Ended, String> {
        self.child.kill().map_err(|error| error.to_string())?;
        self.ended()
    }

    /// Asks it to stop, and waits until it did.
    pub fn stop(mut self) -> Result<Ended, String> {
        kill_process(Pid::from_child(&self.child), Signal::TERM).map_err(|error| error.to_string())?;
        self.ended()
    }

    fn ended(&mut self) -> Result<Ended, String> {
        let until = Instant::now() + PATIENCE;
        let status = loop {
            match self.child.try_wait().map_err(|error| error.to_string())? {
                Some(status) => break status,
                None if Instant::now() > until => return Err("it does not end".to_owned()),
                None => std::thread::sleep(LOOK),
            }
        };
        if let Some(listening) = self.listening.take() {
            drop(listening.join());
        }
        Ok(Ended { status, said: self.said() })
    }

    /// Sets how much of something it may have from now on, and answers with what it might before.
    pub fn limit(&self, what: Resource, to: Option<u64>) -> Result<Option<u64>, String> {
        let process = Some(Pid::from_child(&self.child));
        let before = prlimit(process, what, Rlimit { current: to, maximum: None });
        // Who is not the superuser may not raise what is the most.
        let before = before.or_else(|_| {
            let now = prlimit_of(self.id(), what)?;
            prlimit(process, what, Rlimit { current: to.or(now.maximum), maximum: now.maximum })
        });
        before.map(|before| before.current).map_err(|error| error.to_string())
    }

    /// What it says of itself: nothing where it does not answer within a second.
    pub fn health(&self) -> Option<(u16, String)> {
        let answer = Request::get("/healthz", "").within(self.at, Duration::from_secs(1))?;
        Some((answer.status, answer.body))
    }

    /// Waits until it says that it is well, and answers how long that took.
    pub fn well(&self) -> Result<Duration, String> {
        let began = Instant::now();
        loop {
            let health = self.health();
            if health.as_ref().is_some_and(|(status, _)| *status == 200) {
                return Ok(began.elapsed());
            }
            if began.elapsed() > PATIENCE {
                return Err(format!("it does not get well: {health:?}; it said: {}", last(&self.said())));
            }
            std::thread::sleep(LOOK);
        }
    }

    /// The most memory it had since its peak was last forgotten, in megabytes.
    pub fn peak(&self) -> Result<u64, String> {
        system::peak(self.id()).ok_or_else(|| format!("process {} tells no peak", self.id()))
    }

    /// Forgets its peak so far; the kernel may not let everybody.
    pub fn forget_peak(&self) {
        drop(std::fs::write(format!("/proc/{}/clear_refs", self.id()), "5"));
    }
}

/// The limits of a process as the kernel prints them.
fn prlimit_of(process: u32, what: Resource) -> Result<Rlimit, rustix::io::Errno> {
    let name = if what == Resource::Nofile { "Max open files" } else { "Max file size" };
    let mut text = String::new();
    let read = std::fs::File::open(format!("/proc/{process}/limits"));
    let read = read.and_then(|mut file| file.read_to_string(&mut text));
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let (Ok(_), Some(line)) = (read, line) else { return Err(rustix::io::Errno::SRCH) };
    let mut limits = line.split_whitespace().map(|limit| limit.parse::<u64>().ok());
    Ok(Rlimit { current: limits.next().flatten(), maximum: limits.next().flatten() })
}

/// The last thing that somebody said, without the marks of a log.
pub fn last(said: &str) -> String {
    plain(said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default())
}

/// A line of the log without its time, its colours and where in the program it was said.
pub fn plain(line: &str) -> String {
    let mut plain = String::new();
    let mut coloured = false;
    for letter in line.chars() {
        match letter {
            '\u{1b}' => coloured = true,
            'm' if coloured => coloured = false,
            _ if !coloured => plain.push(letter),
            _ => {}
        }
    }
    let logged = [" WARN ", " ERROR "].iter().find_map(|level| plain.split_once(level));
    let said = logged.and_then(|(_, rest)| rest.split_once(": ")).map_or(plain.as_str(), |(_, said)| said);
    said.trim_start_matches("yishi: ").trim().to_owned()
}
