//! `yishi backup` and `yishi restore`: the command line of both. What is in a backup is the
//! store's business, and putting it back the office's.

use crate::{Data, Stop};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use yishi_office::Clock;
use yishi_office::restore::{self, NotRestored, Restoring};
use yishi_store::Fault;
use yishi_store::backup::{self, Passphrase, Wanted};

/// How to make a backup.
#[derive(Debug, Args)]
pub struct Backup {
    #[command(flatten)]
    data: Data,
    /// The file to write; it must not be there yet.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// After how many days it should be destroyed.
    #[arg(long, default_value_t = 30)]
    days: u32,
    #[command(flatten)]
    keys: KeysBy,
}

/// How to put one back.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup.
    file: PathBuf,
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    keys: KeysBy,
    /// The journal of erasures (`keys/erased.jsonl`) of the store that was lost, where it does not
    /// lie in the folder that the backup is put into.
    #[arg(long, value_name = "FILE")]
    erased: Option<PathBuf>,
    /// What is put up with.
    #[arg(long, value_enum)]
    accept: Vec<Accept>,
}

/// Where the passphrase of the keys comes from.
#[derive(Debug, Args)]
struct KeysBy {
    /// File with the passphrase that seals the signing keys; or set YISHI_PASSPHRASE.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Leaves the signing keys out: they are kept elsewhere.
    #[arg(long, conflicts_with = "passphrase_file")]
    without_keys: bool,
}

/// What somebody puts up with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Accept {
    /// The backup should have been destroyed by now.
    Expired,
    /// What was recorded after it is lost.
    Older,
}

impl KeysBy {
    fn passphrase(&self) -> Result<Option<Passphrase>, Stop> {
        if self.without_keys {
            return Ok(None);
        }
        let text = match &self.passphrase_file {
            Some(path) => Some(
                std::fs::read_to_string(path)
                    .map_err(|error| Stop::Usage(format!("--passphrase-file {}: {error}", path.display())))?,
            ),
            None => std::env::var("YISHI_PASSPHRASE").ok(),
        };
        let usage = |fault: Fault| Stop::Usage(fault.to_string());
        text.as_deref().map(Passphrase::new).transpose().map_err(usage)
    }
}

/// Writes a backup.
///
/// # Errors
/// When the file is there already, or cannot be written.
pub async fn backup(options: Backup) -> Result<(), Stop> {
    let keys = options.keys.passphrase()?;
    if keys.is_none() && !options.keys.without_keys {
        return Err(Stop::Usage(
            "the signing keys need a passphrase: give --passphrase-file FILE, or --without-keys if they are kept elsewhere".to_owned(),
        ));
    }
    let office = options.data.existing().await?;
    let wanted = Wanted { now: office.now(), days: options.days, keys };
    let made = backup::write(&office.db, &office.keys, &options.to, &wanted).await?;
    backup::remember(&office.db, &made).await?;
    let with = if wanted.keys.is_some() { "with its keys" } else { "without its keys" };
    println!(
        "{}: {} bytes, {with}; destroy it by {}",
        options.to.display(),
        made.size,
        made.expires.minute()
    );
    println!(
        "Keep {} apart from it: what was erased is not brought back by it.",
        journal(&options.data).display()
    );
    Ok(())
}

fn journal(data: &Data) -> PathBuf {
    data.location().keys().join("erased.jsonl")
}

/// Puts a backup back.
///
/// # Errors
/// When it does not verify; then nothing was replaced.
pub async fn restore(options: Restore) -> Result<(), Stop> {
    let passphrase = options.keys.passphrase()?;
    let accepting = |one: &Accept| match one {
        Accept::Expired => restore::Accept::Expired,
        Accept::Older => restore::Accept::Older,
    };
    let accepting: Vec<_> = options.accept.iter().map(accepting).collect();
    let location = options.data.location();
    let restoring = Restoring {
        file: &options.file,
        to: &location,
        passphrase: passphrase.as_ref(),
        erased: options.erased.as_deref(),
        accepting: &accepting,
        now: Clock::System.now(),
    };
    let journal = journal(&options.data).exists() || options.erased.is_some();
    let restored = restore::restore(restoring).await.map_err(|not| match not {
        NotRestored::Fault(fault) => Stop::Fault(fault),
        NotRestored::Unsound(wrong) => Stop::Unsound(wrong),
        not => Stop::Usage(not.to_string()),
    })?;
    for ledger in &restored.ledgers {
        println!("sound: {}  {} entries, root {}", ledger.origin, ledger.entries, ledger.root);
    }
    println!("As it was on {}.", restored.about.made.minute());
    println!("{} values stayed out: they were erased since.", restored.left_out);
    if !journal {
        println!(
            "note: there was no journal of erasures; give the one of the lost store with --erased, if it is left"
        );
    }
    for fault in &restored.keys {
        println!("note: {fault}");
    }
    if let Some(before) = &restored.before {
        println!(
            "What was there before lies in {}; delete it once it is no longer needed.",
            before.display()
        );
    }
    let unsealed = restored.keys.iter().filter(|fault| matches!(fault, Fault::Key { .. })).count();
    let mut lacking = Vec::new();
    if unsealed > 0 {
        let all = restored.ledgers.len();
        lacking.push(format!(
            "{unsealed} of {all} ledgers are without their keys, and nothing new of them is sealed"
        ));
    }
    if unsealed < restored.keys.len() {
        lacking.push("whoever signs in with a second step cannot".to_owned());
    }
    if !lacking.is_empty() {
        println!(
            "NOT WHOLE until the keys lie in {}: {}. Put them there, or put the backup back again with the \
             passphrase of its keys.",
            location.keys().display(),
            lacking.join("; ")
        );
    }
    Ok(())
}
