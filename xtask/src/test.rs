//! `cargo xtask test`: formatting, lints, docs, tests on both stores, journeys in a browser.
//! A step that fails does not keep the others from running; the last line counts everything.

use crate::install::{self, installed};
use crate::tally::{Tally, counted};
use crate::{postgres, root, run, target};
use clap::{Args, ValueEnum};
use std::process::{Command, ExitCode};
use std::time::Instant;

/// Which part to run; all without an option.
#[derive(Debug, Args)]
pub struct Options {
    /// Only these steps.
    #[arg(long, value_enum, num_args = 1..)]
    only: Vec<Step>,
}

/// A step, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Step {
    /// Formatting.
    Fmt,
    /// Lints; a warning fails.
    Clippy,
    /// Documentation; a warning fails.
    Doc,
    /// Tests of all crates, on both stores.
    Unit,
    /// Journeys in Chromium, each on both stores.
    E2e,
}

/// Runs the steps and says how long each took.
///
/// # Errors
/// When something that the tests need cannot be installed or started.
pub fn execute(options: &Options) -> Result<ExitCode, String> {
    let steps: Vec<Step> = Step::value_variants()
        .iter()
        .copied()
        .filter(|step| options.only.is_empty() || options.only.contains(step))
        .collect();
    if steps.contains(&Step::Unit) {
        install::for_units()?;
    }
    if steps.contains(&Step::E2e) {
        install::for_journeys()?;
    }
    let stores = steps.iter().any(|step| matches!(step, Step::Unit | Step::E2e));
    let server = stores.then(postgres::Server::start).transpose()?;
    let database = server.as_ref().map(postgres::Server::url).unwrap_or_default();
    let mut total = Tally::default();
    let mut report = String::new();
    for step in steps {
        let name = step.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
        println!("== {name}");
        let started = Instant::now();
        let tally = step.take(&database);
        if let Err(error) = &tally {
            eprintln!("xtask: {error}");
        }
        // A check is one test; so is whatever kept a runner from counting.
        let tally = tally.unwrap_or(Tally { failed: 1, ..Tally::default() });
        total += tally;
        report.push_str(&format!("{name:<8} {:>5} s  {tally}\n", started.elapsed().as_secs()));
    }
    drop(server);
    print!("\n== all\n{report}{total}\n");
    Ok(if total.failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

impl Step {
    fn take(self, database: &str) -> Result<Tally, String> {
        let check = |command: &mut Command| run(command).map(|()| Tally { passed: 1, ..Tally::default() });
        let cargo = |args: &str| {
            let mut command = Command::new("cargo");
            command.args(args.split(' '));
            command
        };
        match self {
            Self::Fmt => check(&mut cargo("fmt --all --check")),
            Self::Clippy => check(&mut cargo("clippy --workspace --all-targets -- --deny warnings")),
            Self::Doc => check(cargo("doc --workspace --no-deps").env("RUSTDOCFLAGS", "--deny warnings")),
            Self::Unit => {
                let runner = if installed("cargo-nextest") { "nextest run" } else { "test" };
                counted(
                    cargo(runner)
                        .args(["--workspace", "--no-fail-fast"])
                        .env("TEST_PG", database)
                        .env("YISHI_REQUIRE_PG", "1"),
                )
            }
            Self::E2e => {
                run(&mut cargo("build --package yishi"))?;
                counted(
                    Command::new(install::node())
                        .args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
                        .args(journeys()?)
                        .env("YISHI", target().join("debug/yishi"))
                        .env("TEST_PG", database),
                )
            }
        }
    }
}

/// The files of journeys, named one by one: what a folder means differs between Nodes.
fn journeys() -> Result<Vec<String>, String> {
    let entries = std::fs::read_dir(root().join("e2e")).map_err(|error| format!("e2e: {error}"))?;
    let mut files: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".test.mjs"))
        .map(|name| format!("e2e/{name}"))
        .collect();
    files.sort();
    Ok(files)
}
