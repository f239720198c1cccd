//! `cargo xtask bench`: pages and raising over HTTP with the server on one core and the load
//! on another, appending beside the bare drivers, memory and start. Prints a table and the
//! machine; nothing here passes or fails.

use crate::{bench_desks, bench_pairs, bench_records, bench_tally, postgres, system, target, torture};
use clap::{Args, Subcommand};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How much to measure.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Options {
    #[command(subcommand)]
    part: Option<Part>,
    #[command(flatten)]
    measured: Measured,
    /// Matters in the store.
    #[arg(long, default_value_t = 100_000)]
    matters: usize,
    /// Requests a second of the open loop.
    #[arg(long, default_value_t = 2_500)]
    rate: u32,
    /// Matters raised a second.
    #[arg(long, default_value_t = 1_000)]
    raises: u32,
    /// Seconds of each page's open loop.
    #[arg(long = "for", default_value_t = 20)]
    seconds: u32,
}

/// What is measured by itself.
#[derive(Debug, Subcommand)]
enum Part {
    /// Counts real elections about a budget beside `pabutools`.
    Tally(bench_tally::Options),
    /// Imports, verifies, audits, backs up and restores a large store.
    Records(bench_records::Options),
    /// Sets this program beside an older one, in turn.
    Pairs(bench_pairs::Options),
    /// Reads desks and inboxes of a community with many matters, most of them long ended.
    Desks(bench_desks::Options),
    /// Sends pictures made to take memory, and holds idle connections.
    Limits(Measured),
}

/// What is measured.
#[derive(Debug, Args)]
pub struct Measured {
    /// Measures this program instead of building one.
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
}

impl Measured {
    /// The program; it is built as it is shipped where none was named.
    ///
    /// # Errors
    /// When it does not build.
    pub fn program(&self) -> Result<PathBuf, String> {
        if let Some(program) = &self.program {
            return Ok(program.clone());
        }
        crate::run(Command::new("cargo").args(["build", "--release", "--package", "yishi"]))?;
        Ok(target().join("release/yishi"))
    }
}

/// Measures and prints.
///
/// # Errors
/// When something does not build, start or answer.
pub fn run(options: &Options) -> Result<(), String> {
    match &options.part {
        Some(Part::Tally(options)) => bench_tally::run(options, &machine()),
        Some(Part::Records(options)) => bench_records::run(options, &machine()),
        Some(Part::Pairs(options)) => bench_pairs::run(options, &machine()),
        Some(Part::Desks(options)) => bench_desks::run(options, &machine()),
        Some(Part::Limits(measured)) => {
            println!("{}\n{}", machine(), torture::limits::rows(&measured.program()?)?);
            Ok(())
        }
        None => all(options),
    }
}

fn all(options: &Options) -> Result<(), String> {
    let yishi = options.measured.program()?;
    crate::run(Command::new("cargo").args([
        "build",
        "--release",
        "--package",
        "yishi-store",
        "--package",
        "yishi-kernel",
        "--example",
        "append",
        "--example",
        "personal",
    ]))?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let data = folder.path().join("data");
    let mut table = String::new();

    let Imported { poster, first, cost } = import(&yishi, &data, folder.path(), options.matters)?;
    let _ = writeln!(
        table,
        "import of {} matters, all or none of each 100,000: {:.1} s",
        options.matters,
        cost.took.as_secs_f64()
    );

    let started = Instant::now();
    let (mut server, _, address) = start(&yishi, &data, "serve")?;
    let _ = writeln!(table, "start with them: {:.2} s", started.elapsed().as_secs_f64());
    // The sealer reads all new entries once; that is not what is measured.
    std::thread::sleep(std::time::Duration::from_secs(8));
    let base = format!("http://{address}");
    let raise = format!("{base}{poster}/raise");
    let ids = format!("{first}:{}:2", options.matters);
    let board = format!("{base}/c/xinglin");
    let page = format!("{base}/c/xinglin/m/{{id}}");
    let seconds = options.seconds.to_string();
    let rate = options.rate.to_string();
    let rows: [(&str, Vec<&str>); 4] = [
        ("board, closed loop", vec!["--target", &board, "--rate", "0", "--for", "10", "--connections", "16"]),
        (
            "matter, closed loop",
            vec!["--target", &page, "--ids", &ids, "--rate", "0", "--for", "10", "--connections", "16"],
        ),
        (
            "board, open loop, 1 % raises",
            vec!["--target", &board, "--rate", &rate, "--for", &seconds, "--mix", &raise],
        ),
        (
            "matter, open loop, 1 % raises",
            vec!["--target", &page, "--ids", &ids, "--rate", &rate, "--for", &seconds, "--mix", &raise],
        ),
    ];
    for (name, args) in &rows {
        let _ = writeln!(table, "{name}: {}", load(&yishi, args)?);
    }
    let raises = options.raises.to_string();
    let args = ["--target", &raise, "--raise", "--rate", &raises, "--for", "30"];
    let _ = writeln!(table, "raise by the form, durable: {}", load(&yishi, &args)?);
    let _ = writeln!(table, "memory after it (PSS): {:.0} MB", pss(server.id())?);
    stop(&mut server);
    table.push_str(&torture::limits::rows(&yishi)?);
    let appended = append(folder.path())? + &example("personal", &[])?;
    println!("\n{}\n{table}{appended}", machine());
    Ok(())
}

/// Matters in one file: each is imported as a whole, and takes 10 KB of memory meanwhile.
const IN_A_FILE: usize = 100_000;

/// A neighbourhood with many matters.
pub struct Imported {
    /// The address of a poster.
    pub poster: String,
    /// The number of the first matter that was imported.
    pub first: usize,
    /// What importing took, file after file.
    pub cost: Cost,
}

/// What a command took.
pub struct Cost {
    /// How long it ran.
    pub took: Duration,
    /// Most memory at once, in megabytes.
    pub megabytes: u64,
}

/// Makes a neighbourhood, then many matters in it by import.
///
/// # Errors
/// When a command fails.
pub fn import(yishi: &Path, data: &Path, folder: &Path, count: usize) -> Result<Imported, String> {
    let Shown { poster, place } = demonstration(yishi, data)?;
    let first = entries(yishi, data)?;
    let mut all = Cost { took: Duration::ZERO, megabytes: 0 };
    for from in (0..count).step_by(IN_A_FILE) {
        let csv = folder.join(format!("matters-{from}.csv"));
        let numbers = from..count.min(from + IN_A_FILE);
        std::fs::write(&csv, matters(numbers)).map_err(|error| error.to_string())?;
        let mut import = Command::new(yishi);
        import.args(["import", "matters"]).arg(&csv).args(["--place", &place, "--data"]).arg(data);
        let Cost { took, megabytes } = cost(&mut import)?;
        all = Cost { took: all.took + took, megabytes: all.megabytes.max(megabytes) };
    }
    Ok(Imported { poster, first, cost: all })
}

/// What a demonstration printed of its larger community.
pub struct Shown {
    /// The address of a poster.
    pub poster: String,
    /// The community's id.
    pub place: String,
}

/// Makes the demonstration's neighbourhood.
///
/// # Errors
/// When it does not start.
pub fn demonstration(yishi: &Path, data: &Path) -> Result<Shown, String> {
    let (mut demo, printed, address) = start(yishi, data, "demo")?;
    stop(&mut demo);
    let poster = printed.split_whitespace().find(|word| word.contains("/q/"));
    let poster = poster.ok_or("the demonstration printed no poster")?;
    let place = printed.lines().find_map(|line| line.trim().strip_prefix("id of 杏林社区: "));
    Ok(Shown {
        poster: poster.trim_start_matches(&format!("http://{address}")).to_owned(),
        place: place.ok_or("the demonstration printed no place")?.to_owned(),
    })
}

/// Runs a command to its end and answers with what it took.
pub fn cost(command: &mut Command) -> Result<Cost, String> {
    // A file takes all that it says; a pipe would hold it up.
    let mut said = tempfile::tempfile().map_err(|error| error.to_string())?;
    let errors = said.try_clone().map_err(|error| error.to_string())?;
    let began = Instant::now();
    let running = command.stdout(Stdio::null()).stderr(errors).spawn();
    let mut running = running.map_err(|error| format!("{command:?}: {error}"))?;
    let mut megabytes = 0;
    let status = loop {
        match running.try_wait().map_err(|error| error.to_string())? {
            Some(status) => break status,
            // The kernel tells the peak as long as it runs.
            None => megabytes = system::peak(running.id()).unwrap_or(megabytes),
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    if status.success() {
        return Ok(Cost { took: began.elapsed(), megabytes });
    }
    let mut text = String::new();
    let read = said.rewind().and_then(|()| said.read_to_string(&mut text));
    Err(format!(
        "{command:?}: {status}: {text}{}",
        read.err().map_or(String::new(), |error| error.to_string())
    ))
}

fn append(folder: &Path) -> Result<String, String> {
    let server = postgres::Server::start(&[])?;
    example("append", &[folder.join("append").as_os_str(), server.url().as_ref()])
}

/// What an example of ours prints.
///
/// # Errors
/// When it is not there, or fails.
pub fn example(name: &str, arguments: &[&OsStr]) -> Result<String, String> {
    let program = target().join("release/examples").join(name);
    let output = Command::new(program).args(arguments).output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Processor, cores, system: a figure without its machine says little.
fn machine() -> String {
    let field = |path: &str, name: &str| {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
        line.split_once([':', '='])
            .map_or(String::new(), |(_, value)| value.trim().trim_matches('"').to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "machine: {}, {cores} cores, {} memory, {}",
        field("/proc/cpuinfo", "model name"),
        field("/proc/meminfo", "MemTotal"),
        field("/etc/os-release", "PRETTY_NAME")
    )
}

fn matters(numbers: Range<usize>) -> String {
    const SAID: [&str; 4] = [
        "楼道灯坏了三天，老人晚上看不清台阶",
        "电动车没处停，都堆在单元门口",
        "绿化带的草没人修剪，蚊子很多",
        "公交站牌在拐弯处，上下车很危险",
    ];
    let mut csv = String::from("编号,内容,类别\n");
    for n in numbers {
        let _ = writeln!(csv, "{n},{}（第{n}件）,{:02}", SAID[n % 4], n % 14 + 1);
    }
    csv
}

/// Pinned to one core where there is more than one.
fn pinned(core: usize, program: &Path) -> Command {
    if std::thread::available_parallelism().map_or(1, usize::from) < 2 {
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command.args(["--cpu-list", &core.to_string()]).arg(program);
    command
}

/// Starts a program on one core; answers with what it printed and its address.
///
/// # Errors
/// When it stops before it serves.
pub fn start(yishi: &Path, data: &Path, what: &str) -> Result<(Child, String, String), String> {
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let address = free.map_err(|error| error.to_string())?.to_string();
    let mut child = pinned(0, yishi)
        .args([what, "--listen", &address, "--data"])
        .arg(data)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let mut printed = String::new();
    let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?);
    while !printed.contains("Serving") {
        if lines.read_line(&mut printed).map_err(|error| error.to_string())? == 0 {
            return Err(format!("the program stopped: {printed}"));
        }
    }
    Ok((child, printed, address))
}

/// Ends a program at once.
pub fn stop(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// Runs a command to its end and answers with what it printed.
fn quiet(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)))
}

/// Sends a load from another core; answers with the line that it prints.
///
/// # Errors
/// When nothing answers.
pub fn load(yishi: &Path, args: &[&str]) -> Result<String, String> {
    let printed = quiet(pinned(1, yishi).arg("load").args(args))?;
    println!("{}", printed.trim());
    Ok(printed.trim().to_owned())
}

/// What a load came to.
pub struct Load {
    pub answers: f64,
    pub a_second: f64,
    /// Half of them took less, in milliseconds.
    pub p50: f64,
    /// All but one in a hundred took less, in milliseconds.
    pub p99: f64,
    pub errors: usize,
}

impl Load {
    /// Reads the line that a load prints.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(line: &str) -> Result<Self, String> {
        let words: Vec<&str> =
            line.split_whitespace().map(|word| word.trim_end_matches([',', ';'])).collect();
        let beside = |word: &str, steps: isize| {
            let at = words.iter().position(|one| *one == word)?.checked_add_signed(steps)?;
            words.get(at)?.trim_end_matches("/s").parse::<f64>().ok()
        };
        let read = || {
            Some(Self {
                answers: beside("answers", -1)?,
                a_second: beside("=", 1)?,
                p50: beside("p50", 1)?,
                p99: beside("p99", 1)?,
                errors: beside("errors", -1)? as usize,
            })
        };
        read().ok_or_else(|| format!("no figures in {line}"))
    }
}

/// Entries of the community's ledger: the number of the next one.
fn entries(yishi: &Path, data: &Path) -> Result<usize, String> {
    let printed = quiet(Command::new(yishi).args(["ledger", "verify", "--data"]).arg(data))?;
    printed
        .lines()
        .find_map(|line| line.split_once("xinglin")?.1.split_whitespace().next()?.parse().ok())
        .ok_or_else(|| format!("no entries in {printed}"))
}

/// Memory that is the process's own share, in MB.
///
/// # Errors
/// When the process is gone.
pub fn pss(process: u32) -> Result<f64, String> {
    let text = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup"))
        .map_err(|error| error.to_string())?;
    let line = text.lines().find(|line| line.starts_with("Pss:")).ok_or("no Pss")?;
    let kb = line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).ok_or("no Pss")?;
    Ok(kb / 1024.0)
}
