//! `cargo xtask bench tally`: every real election by every rule, beside `pabutools` in the same
//! run where that is installed, and against the outcomes expected of it. Prints a table; an
//! outcome that differs fails.

use crate::{root, target};
use clap::Args;
use serde_json::Value;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// What to measure and beside what.
#[derive(Debug, Args)]
pub struct Options {
    /// Folder with `.pb` files and `expected_pabutools_1.2.3.json`.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Only files and rules whose line holds this text.
    #[arg(long, default_value = "")]
    only: String,
    /// Runs of ours per line; the fastest counts.
    #[arg(long, default_value_t = 3)]
    runs: u32,
    /// The interpreter that has `pabutools`.
    #[arg(long, default_value = "python3")]
    python: String,
    /// Seconds after which a run of `pabutools` is given up; 0 leaves it out.
    #[arg(long, default_value_t = 120)]
    limit: u32,
}

/// Names of rules in the expectations, then rule and utility.
const RULES: [(&str, &str, &str); 10] = [
    ("greedy_cost", "greedy", "cost"),
    ("greedy_card", "greedy", "cardinality"),
    ("greedy_borda", "greedy", "borda"),
    ("greedy_cardinal", "greedy", "score"),
    ("mes_cost", "mes", "cost"),
    ("mes_card", "mes", "cardinality"),
    ("mes_borda", "mes", "borda"),
    ("mes_cardinal", "mes", "score"),
    ("phragmen", "phragmen", "cost"),
    ("mes_cost_add1_greedy", "mes-add1", "cost"),
];
/// Megabytes that reading and counting may take, and how many times the file's size besides.
const MOST_MEMORY: (f64, f64) = (20.0, 10.0);

/// One rule on one file.
#[derive(Clone, Copy)]
struct Case<'a> {
    file: &'a str,
    rule: &'a str,
    utility: &'a str,
}

/// What one run of ours took.
struct Run {
    /// For reading and counting, as with the other program.
    seconds: f64,
    /// From the start of the process to its end.
    process: f64,
    megabytes: f64,
    selected: Vec<String>,
}

/// Measures and prints.
///
/// # Errors
/// When something does not build, read or run, or an outcome is not the expected one.
pub fn run(options: &Options, machine: &str) -> Result<(), String> {
    crate::run(Command::new("cargo").args([
        "build",
        "--release",
        "--package",
        "yishi-tally",
        "--example",
        "bench_budget",
    ]))?;
    let data = options.data.clone().unwrap_or_else(|| root().join("../shared/data/pabulib"));
    let Ok(expected) = std::fs::read_to_string(data.join("expected_pabutools_1.2.3.json")) else {
        println!("no real elections at {}: name their folder by --data", data.display());
        return Ok(());
    };
    let expected: Value = serde_json::from_str(&expected).map_err(|error| error.to_string())?;
    let installed = options.limit > 0
        && Command::new(&options.python)
            .args(["-c", "import pabutools"])
            .output()
            .is_ok_and(|output| output.status.success());
    println!("{machine}");
    if !installed {
        println!("pabutools is not run: set PYTHONPATH or --python to where it is installed");
    }
    println!(
        "{:<52} {:<20} {:>7} {:>9} {:>9} {:>8} {:>9} {:>6}  outcome",
        "file", "rule", "votes", "ours s", "theirs s", "times", "process s", "MB"
    );
    let (mut differ, mut over, mut lines) = (0, 0, 0);
    for (file, of_file) in expected.as_object().ok_or("no files among the expectations")? {
        let megabytes = of_file["bytes"].as_f64().unwrap_or_default() / 1e6;
        for (name, rule, utility) in RULES {
            let Some(of_rule) = of_file["rules"].get(name) else { continue };
            if !format!("{file} {name}").contains(&options.only) {
                continue;
            }
            let path = data.join(file);
            let case = Case { file: path.to_str().ok_or("a folder that is no text")?, rule, utility };
            let ours = ours(case, options.runs)?;
            let theirs = if installed { theirs(case, options)? } else { Theirs::NotRun };
            let fits = ours.megabytes <= MOST_MEMORY.0 + MOST_MEMORY.1 * megabytes;
            let mut verdicts = vec![agrees(&of_rule["selected"], &ours.selected)];
            if let Theirs::Took { selected, .. } = &theirs {
                verdicts.push(agrees(selected, &ours.selected));
            }
            let verdict = if verdicts.contains(&Some(false)) {
                differ += 1;
                "DIFFERS"
            } else if verdicts.contains(&Some(true)) {
                "as expected"
            } else {
                "no expectation"
            };
            lines += 1;
            over += i32::from(!fits);
            let (seconds, times) = match theirs {
                Theirs::Took { seconds, .. } => {
                    (format!("{seconds:.3}"), format!("{:.0}", seconds / ours.seconds))
                }
                Theirs::GaveUp => (
                    format!(">{}", options.limit),
                    format!(">{:.0}", f64::from(options.limit) / ours.seconds),
                ),
                Theirs::NotRun => ("-".to_owned(), "-".to_owned()),
            };
            println!(
                "{file:<52} {name:<20} {:>7} {:>9.4} {seconds:>9} {times:>8} {:>9.4} {:>6.1}  {verdict}{}",
                of_file["voters"],
                ours.seconds,
                ours.process,
                ours.megabytes,
                if fits { "" } else { ", too much memory" }
            );
        }
    }
    println!("{lines} lines, {differ} outcomes differ, {over} took too much memory");
    if differ > 0 { Err(format!("{differ} outcomes differ")) } else { Ok(()) }
}

/// Whether the outcome is the expected one; nothing where none is expected.
fn agrees(expected: &Value, selected: &[String]) -> Option<bool> {
    let mut expected: Vec<&str> = expected.as_array()?.iter().filter_map(Value::as_str).collect();
    expected.sort_unstable();
    Some(expected == selected)
}

/// The fastest of some runs: a process that reads, counts, explains and prints.
fn ours(case: Case<'_>, runs: u32) -> Result<Run, String> {
    let mut best: Option<Run> = None;
    for _ in 0..runs.max(1) {
        let begun = Instant::now();
        let output = Command::new(target().join("release/examples/bench_budget"))
            .args([case.file, case.rule, case.utility])
            .output()
            .map_err(|error| error.to_string())?;
        let process = begun.elapsed().as_secs_f64();
        if !output.status.success() {
            return Err(format!("{}: {}", case.file, String::from_utf8_lossy(&output.stderr)));
        }
        let told: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
        let selected = told["outcome"]["selected"].as_array().into_iter().flatten();
        let run = Run {
            seconds: seconds(&told),
            process,
            megabytes: told["peak_kb"].as_f64().unwrap_or_default() / 1000.0,
            selected: selected.filter_map(|id| id.as_str().map(str::to_owned)).collect(),
        };
        if best.as_ref().is_none_or(|best| run.seconds < best.seconds) {
            best = Some(run);
        }
    }
    best.ok_or_else(|| "no run".to_owned())
}

/// What `pabutools` took: its reading and counting, without the start of the interpreter.
enum Theirs {
    NotRun,
    GaveUp,
    Took { seconds: f64, selected: Value },
}

fn theirs(case: Case<'_>, options: &Options) -> Result<Theirs, String> {
    let output = Command::new(&options.python)
        .args(["-c", include_str!("bench_tally.py")])
        .args([case.file, case.rule, case.utility, &options.limit.to_string()])
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.code().is_none() {
        return Ok(Theirs::GaveUp);
    }
    if !output.status.success() {
        return Err(format!("pabutools: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let told: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    Ok(Theirs::Took { seconds: seconds(&told), selected: told["selected"].clone() })
}

/// For reading and counting.
fn seconds(told: &Value) -> f64 {
    ["read_s", "count_s"].iter().filter_map(|part| told[part].as_f64()).sum()
}
