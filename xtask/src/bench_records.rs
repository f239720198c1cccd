//! `cargo xtask bench records`: how long it takes to keep the books of a large store: to verify
//! it, to ask for its laws, to write a backup and to put it back. Nothing here passes or fails.

use crate::bench::{imported, quiet};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// How large a store.
#[derive(Debug, Args)]
pub struct Options {
    /// Matters in it.
    #[arg(long, default_value_t = 100_000)]
    matters: usize,
    /// Measures this program instead of building one.
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
}

impl Options {
    /// The program that was named, if one was.
    pub fn program(&self) -> Option<&Path> {
        self.program.as_deref()
    }
}

/// Measures a program on an SQLite store of its own, and prints.
///
/// # Errors
/// When a command fails.
pub fn run(options: &Options, yishi: &Path, machine: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let [data, file, back] = ["data", "backup.tar", "back"].map(|name| folder.path().join(name));
    let importing = Instant::now();
    imported(yishi, &data, folder.path(), options.matters)?;
    println!("\n{machine}\n{} matters on SQLite, import {:.1} s", options.matters, seconds(importing));
    let of = |command: &mut Command, place: &Path| quiet(command.arg("--data").arg(place)).map(drop);
    let yishi = || Command::new(yishi);
    let timed = |name: &str, done: &mut dyn FnMut() -> Result<(), String>| {
        let began = Instant::now();
        done()?;
        println!("{name}: {:.1} s", seconds(began));
        Ok::<(), String>(())
    };
    timed("ledger verify", &mut || of(yishi().args(["ledger", "verify"]), &data))?;
    timed("audit", &mut || of(yishi().arg("audit"), &data))?;
    timed("backup", &mut || of(yishi().args(["backup", "--without-keys", "--to"]).arg(&file), &data))?;
    let size = file.metadata().map_err(|error| error.to_string())?.len();
    println!("its size: {:.0} MB", size as f64 / 1e6);
    timed("restore", &mut || of(yishi().arg("restore").arg(&file), &back))
}

fn seconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64()
}
