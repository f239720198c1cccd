//! `cargo xtask test`: formatting, lints, docs, tests on both stores, torture, journeys in a
//! browser.
//! A step that fails does not keep the others from running; the last line counts everything.

use crate::system::installed;
use crate::tally::{Tally, counted};
use crate::{install, journeys, postgres, run, target, torture};
use clap::{Args, ValueEnum};
use std::process::{Command, ExitCode};
use std::time::Instant;

/// Which part to run; all without an option.
#[derive(Debug, Args)]
pub struct Options {
    /// Only these steps.
    #[arg(long, value_enum, num_args = 1..)]
    only: Vec<Step>,
    /// Only the journey of this name, in a browser, on each store it is for.
    #[arg(long, value_name = "NAME", conflicts_with = "only")]
    journey: Option<String>,
}

/// Most journeys side by side: each has a browser and a server of its own.
const MOST_AT_ONCE: usize = 4;

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
    /// Faults while people are at work, each kind once on each store it is for.
    Torture,
    /// Journeys in Chromium, each on both stores.
    E2e,
}

/// Runs the steps and says how long each took.
///
/// # Errors
/// When something that the tests need cannot be installed or started.
pub fn execute(options: &Options) -> Result<ExitCode, String> {
    let (journeys, only) = match &options.journey {
        Some(name) => (journeys::named(name)?, vec![Step::E2e]),
        None => (journeys::all()?, options.only.clone()),
    };
    let steps: Vec<Step> = Step::value_variants()
        .iter()
        .copied()
        .filter(|step| only.is_empty() || only.contains(step))
        .collect();
    if steps.contains(&Step::Unit) {
        install::for_units()?;
    }
    if steps.contains(&Step::Torture) {
        install::for_torture()?;
    }
    if steps.contains(&Step::E2e) {
        install::for_journeys()?;
    }
    let stores = steps.iter().any(|step| matches!(step, Step::Unit | Step::E2e));
    let server = stores.then(|| postgres::Server::start(&postgres::IN_A_HURRY)).transpose()?;
    let database = server.as_ref().map(postgres::Server::url).unwrap_or_default();
    let mut total = Tally::default();
    let mut report = String::new();
    // Where the tests of all crates were just built, so was the program, with the same features.
    let build = if steps.contains(&Step::Unit) { "--workspace --all-targets" } else { "--package yishi" };
    for step in steps {
        let name = step.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
        println!("== {name}");
        let started = Instant::now();
        let tally = step.take(&database, build, &journeys);
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
    fn take(self, database: &str, build: &str, journeys: &[String]) -> Result<Tally, String> {
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
                        .env("YISHI_REQUIRE_PG", "1")
                        .env("YISHI_REQUIRE_OFFICE", "1"),
                )
            }
            Self::Torture => {
                run(&mut cargo(&format!("build {build}")))?;
                torture::shortly(&target().join("debug/yishi"))
            }
            Self::E2e => {
                run(&mut cargo(&format!("build {build}")))?;
                // What is built meanwhile, here or in another clone, does not change what is tested.
                let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
                let (program, looked) = (folder.path().join("yishi"), folder.path().join("looked"));
                std::fs::copy(target().join("debug/yishi"), &program)
                    .and_then(|_| std::fs::create_dir(&looked))
                    .map_err(|error| format!("the program to test: {error}"))?;
                let tally = counted(
                    Command::new(install::node())
                        .args(["--test", "--test-reporter=spec"])
                        .arg(format!("--test-concurrency={}", at_once()))
                        .args(journeys)
                        .env("YISHI", &program)
                        .env("TEST_PG", database)
                        .env("LOOKED", &looked),
                )?;
                if tally.passed + tally.failed == 0 {
                    return Err("no journey ran".to_owned());
                }
                Ok(tally)
            }
        }
    }
}

/// How many files of journeys run side by side.
fn at_once() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(MOST_AT_ONCE)
}
