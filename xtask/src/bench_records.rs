//! `cargo xtask bench records`: what it takes to keep the books of a large store: to bring it in,
//! to verify it, to ask for its laws, to write a backup and to put it back. Each step is a process
//! of its own, so that its memory is its own too. Nothing here passes or fails.

use crate::bench::{Cost, Measured, cost, import};
use clap::Args;
use std::path::Path;
use std::process::Command;

/// How large a store.
#[derive(Debug, Args)]
pub struct Options {
    /// Matters in it.
    #[arg(long, default_value_t = 100_000)]
    matters: usize,
    #[command(flatten)]
    measured: Measured,
}

/// Measures a program on an SQLite store of its own, and prints.
///
/// # Errors
/// When a command fails.
pub fn run(options: &Options, machine: &str) -> Result<(), String> {
    let yishi = options.measured.program()?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let [data, file, back] = ["data", "backup.tar", "back"].map(|name| folder.path().join(name));
    let of = |args: &[&str], place: &Path| {
        let mut command = Command::new(&yishi);
        command.args(args).arg("--data").arg(place);
        command
    };
    let row = |name: &str, Cost { took, megabytes }: Cost| {
        let each = took.as_secs_f64() * 1e6 / options.matters as f64;
        println!("{name:<15}{:>9.1}{each:>13.0}{megabytes:>12}", took.as_secs_f64());
    };
    println!("\n{machine}\n{} matters on SQLite\n", options.matters);
    println!("{:<15}{:>9}{:>13}{:>12}", "what", "s", "µs a matter", "MB at most");
    row("import", import(&yishi, &data, folder.path(), options.matters)?.cost);
    row("ledger verify", cost(&mut of(&["ledger", "verify"], &data))?);
    row("audit", cost(&mut of(&["audit"], &data))?);
    row("backup", cost(of(&["backup", "--without-keys"], &data).arg("--to").arg(&file))?);
    row("restore", cost(of(&["restore"], &back).arg(&file))?);
    println!("\non disk: {} MB, the backup {} MB", megabytes(&data.join("yishi.db"))?, megabytes(&file)?);
    Ok(())
}

fn megabytes(file: &Path) -> Result<u64, String> {
    let data = file.metadata().map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(data.len() / 1_000_000)
}
