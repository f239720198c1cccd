//! `yishi ledger`: verifying what a store holds, and writing its read models anew. What is wrong
//! is found in the store and the office; here it is asked for and printed.

use crate::{Data, Stop};
use clap::{Args, Subcommand};
use std::path::PathBuf;
use yishi_office::DERIVED;
use yishi_store::rebuild;
use yishi_store::verify::Known;

/// What to do with the ledgers.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Verifies entries, checkpoints, tables, files and counts; names what is wrong.
    Verify(Verify),
    /// Writes the read models anew from the entries.
    Rebuild(Data),
}

/// How to verify. What was kept elsewhere shows what nobody sees from inside: that all was cut
/// off, written anew and signed again.
#[derive(Debug, Args)]
pub struct Verify {
    #[command(flatten)]
    data: Data,
    /// A ledger's key as it was written down elsewhere, `origin+id+base64`; once for each ledger.
    #[arg(long = "key", value_name = "KEY")]
    keys: Vec<String>,
    /// A checkpoint that was kept elsewhere, as `/log/SLUG/checkpoint` gave it; once for each.
    #[arg(long = "checkpoint", value_name = "FILE")]
    checkpoints: Vec<PathBuf>,
    /// Ledgers that must be there, by their origins.
    #[arg(long, value_name = "ORIGIN", num_args = 1..)]
    expect: Vec<String>,
}

/// Verifies or rebuilds.
///
/// # Errors
/// When something is wrong with the store.
pub async fn run(what: What) -> Result<(), Stop> {
    match what {
        What::Verify(options) => verify(options).await,
        What::Rebuild(data) => rebuild(&data).await,
    }
}

async fn verify(options: Verify) -> Result<(), Stop> {
    let mut known = Known { origins: options.expect.into_iter().collect(), ..Known::default() };
    for text in options.keys {
        let key = text.parse().map_err(|error| Stop::Usage(format!("--key {text}: {error}")))?;
        known.keys.push(key);
    }
    for path in options.checkpoints {
        let read = std::fs::read_to_string(&path);
        let note = read.map_err(|error| Stop::Usage(format!("--checkpoint {}: {error}", path.display())))?;
        known.checkpoints.push(note);
    }
    let office = options.data.there().await?;
    let mut report = office.verify(known).await?;
    let beside = office.wrong_beside(&report).await?;
    report.wrong.extend(beside);
    let word = if report.wrong.is_empty() { "sound" } else { "read" };
    for ledger in &report.ledgers {
        let (origin, entries, sealed, root) = (&ledger.origin, ledger.entries, ledger.sealed, &ledger.root);
        println!("{word}: {origin}  {entries} entries, {sealed} sealed, root {root}");
    }
    if report.erased > 0 {
        println!("{} private values were erased", report.erased);
    }
    for fault in office.wrong_keys().await? {
        // Whoever verifies a copy need not have the keys.
        println!("note: {fault}");
    }
    if report.wrong.is_empty() { Ok(()) } else { Err(Stop::Unsound(report.wrong)) }
}

async fn rebuild(data: &Data) -> Result<(), Stop> {
    let office = data.existing().await?;
    let before = rebuild::digests(&office.db, &DERIVED).await?;
    let streams = rebuild::rebuild(&office.db, &DERIVED).await?;
    let after = rebuild::digests(&office.db, &DERIVED).await?;
    for ((table, old), (_, new)) in before.iter().zip(&after) {
        println!("{table:<14} {new}{}", if old == new { "" } else { "  (was different)" });
    }
    println!("{streams} streams");
    Ok(())
}
