//! `cargo xtask`: the one developer script. It installs what tests need, runs them, takes
//! screenshots and measures. Nothing of the product is here.

mod bench;
mod bench_desks;
mod bench_pairs;
mod bench_records;
mod bench_tally;
mod install;
mod journeys;
mod postgres;
mod shots;
mod system;
mod tally;
mod test;
mod torture;

#[cfg(test)]
mod house;

use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Installs what is missing and runs every test.
    Test(test::Options),
    /// Measures pages, raising, appending and memory; prints a table and the machine.
    Bench(bench::Options),
    /// Strikes faults while people are at work, and counts what was acknowledged and lost.
    Torture(torture::Options),
    /// Takes screenshots of the demonstration's pages into `target/shots`.
    Shots(shots::Options),
}

fn main() -> ExitCode {
    let task = Cli::parse().task;
    let done = of_this_clone().and_then(|()| match task {
        Task::Test(options) => test::execute(&options),
        Task::Bench(options) => bench::run(&options).map(|()| ExitCode::SUCCESS),
        Task::Torture(options) => torture::run(&options),
        Task::Shots(options) => shots::take(&options).map(|()| ExitCode::SUCCESS),
    });
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Clones that share a target folder put their xtask at one path. Cargo tells each program it
/// runs from which clone; one that another clone put there just now must not test that other.
fn of_this_clone() -> Result<(), String> {
    let (built, asked) = (env!("CARGO_MANIFEST_DIR"), std::env::var_os("CARGO_MANIFEST_DIR"));
    if asked.is_some_and(|asked| asked != *built) {
        return Err(format!(
            "{built} has put its own xtask here: touch xtask/src/main.rs and run this again"
        ));
    }
    Ok(())
}

/// The repository's top folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Runs a command in the repository and fails when it does.
fn run(command: &mut Command) -> Result<(), String> {
    let name = format!("{command:?}");
    match command.current_dir(root()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{name}: {status}")),
        Err(error) => Err(format!("{name}: {error}")),
    }
}

/// Where cargo puts what it builds.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}
