//! `cargo xtask bench desks`: the desk and the inbox of those who work in a community with very many
//! matters, most of which ended long ago, read in an open loop by people signed in. The store is
//! made by the same acts as people do (`crates/office/examples/lived.rs`), which takes a while: it
//! can be kept. Prints a table; nothing here passes or fails.

use crate::bench::{Load, Measured, demonstration, example, load, pss, start, stop};
use clap::Args;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// How large a community, and how it is asked.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    measured: Measured,
    /// Matters in it.
    #[arg(long, default_value_t = 1_000_000)]
    matters: usize,
    /// So many of them are open.
    #[arg(long, default_value_t = 50_000)]
    open: usize,
    /// Requests a second.
    #[arg(long, default_value_t = 50)]
    rate: u32,
    /// Seconds of each page.
    #[arg(long = "for", default_value_t = 10)]
    seconds: u32,
    /// Keeps the store in this folder; one that is there already is asked as it is.
    #[arg(long, value_name = "FOLDER")]
    keep: Option<PathBuf>,
}

/// Whose pages, and which.
const PAGES: [(&str, &str, &str); 10] = [
    ("desk of a worker", "worker", "/desk"),
    ("desk of a secretary", "secretary", "/desk"),
    ("desk of the street", "street", "/desk"),
    ("desk of a body", "property", "/desk"),
    ("inbox of a worker", "worker", "/inbox"),
    ("inbox of a secretary", "secretary", "/inbox"),
    ("inbox of a body", "property", "/inbox"),
    ("list for today of a worker", "worker", "/desk/today"),
    ("who is owed an answer", "secretary", "/w/xinglin/owed"),
    ("public board", "", "/c/xinglin"),
];

/// Measures and prints.
///
/// # Errors
/// When something does not build, start or answer.
pub fn run(options: &Options, machine: &str) -> Result<(), String> {
    let yishi = options.measured.program()?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let data = options.keep.clone().unwrap_or_else(|| folder.path().join("data"));
    if !data.exists() {
        let built = ["build", "--release", "--package", "yishi-office", "--example", "lived"];
        crate::run(Command::new("cargo").args(built))?;
        let place = demonstration(&yishi, &data)?.place;
        let numbers = [options.matters, options.open].map(|number| number.to_string());
        let [all, open] = &numbers;
        let arguments: [&OsStr; 4] = [data.as_os_str(), place.as_ref(), all.as_ref(), open.as_ref()];
        println!("{}", example("lived", &arguments)?);
    }
    let (mut server, _, address) = start(&yishi, &data, "serve")?;
    // What is written out and sealed once is not what is measured.
    std::thread::sleep(Duration::from_secs(8));
    let (rate, seconds) = (options.rate.to_string(), options.seconds.to_string());
    let mut table = String::from("| what | p50 ms | p99 ms | errors |\n|---|---|---|---|\n");
    for (name, who, path) in PAGES {
        let (target, account) = (format!("http://{address}{path}"), format!("{who}:yishi-demo-2026"));
        let mut args = vec!["--target", &target, "--rate", &rate, "--for", &seconds];
        if !who.is_empty() {
            args.extend(["--as", &account]);
        }
        let Load { p50, p99, errors, .. } = Load::read(&load(&yishi, &args)?)?;
        table.push_str(&format!("| {name} | {p50:.1} | {p99:.1} | {errors} |\n"));
    }
    let memory = pss(server.id())?;
    stop(&mut server);
    let Options { matters, open, rate, .. } = options;
    println!("\n{machine}\n{matters} matters on SQLite, {open} open; {rate} requests a second\n");
    println!("{table}\nmemory after it (PSS): {memory:.0} MB");
    Ok(())
}
