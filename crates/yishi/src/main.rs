//! `yishi`: one program for a street office. This file reads the command line and wires the
//! parts together; what they do is in the crates.

mod backup;
mod deadline;
mod demo;
mod import;
mod ledger;
mod load;
mod serve;
mod tally;

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use yishi_domain::places::PlaceKind;
use yishi_kernel::{AccountId, text};
use yishi_office::people::reads::accounts;
use yishi_office::places::NewLedger;
use yishi_office::{Clock, Office, ledgers};
use yishi_store::{Location, Wrong, told};

/// 议事: the system by which a residential neighbourhood governs itself.
#[derive(Debug, Parser)]
#[command(name = "yishi", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes a fresh invented neighbourhood and serves it.
    Demo(demo::Options),
    /// Makes the first place, its key and a one-time administrator link.
    Init(Init),
    /// Makes a one-time sign-in link for a user name: the way back in when no administrator can.
    Invite(Invite),
    /// Tells or keeps the address under which people reach the program.
    Address(Address),
    /// Serves the pages.
    Serve(serve::Options),
    /// Imports matters from a file.
    Import {
        #[command(subcommand)]
        what: ImportWhat,
    },
    /// Verifies or rebuilds what the store holds.
    Ledger {
        #[command(subcommand)]
        what: ledger::What,
    },
    /// Asks whether the laws of the books hold, one line of JSON each; ends with 1 where one does
    /// not. Ask it of a store that nobody is writing to.
    Audit(Data),
    /// Writes all that a store holds to one file, while it is in use.
    Backup(backup::Backup),
    /// Puts a backup back, once it is verified.
    Restore(backup::Restore),
    /// Counts a file of votes exactly, by a stated rule.
    Tally {
        #[command(subcommand)]
        what: tally::What,
    },
    /// Says when something is due by the working calendar, and how that was reckoned.
    Deadline(deadline::Options),
    /// Sends load to a server on this machine and prints how it answered.
    Load(load::Options),
}

#[derive(Debug, Subcommand)]
enum ImportWhat {
    /// Matters, one a row.
    Matters(import::Options),
}

/// Where the data lies.
#[derive(Clone, Debug, Args)]
pub struct Data {
    /// Folder of an SQLite store, or of the keys when `--database` is given.
    #[arg(long, env = "YISHI_DATA", default_value = "yishi-data")]
    data: PathBuf,
    /// PostgreSQL database, `postgres://…`.
    #[arg(long, env = "YISHI_DATABASE")]
    database: Option<String>,
}

#[derive(Debug, Args)]
struct Init {
    #[command(flatten)]
    data: Data,
    /// What the first place is: street, town, or district.
    #[arg(long, default_value = "street")]
    kind: String,
    /// What it is called.
    #[arg(long, default_value = "街道办事处")]
    name: String,
    /// Its word in links: small letters, digits, hyphens.
    #[arg(long, default_value = "street")]
    slug: String,
    /// The host that, with the word, names each ledger for ever.
    #[arg(long, default_value = "yishi.local")]
    host: String,
    /// Name of the administrator.
    #[arg(long, default_value = "管理员")]
    administrator: String,
    /// The address under which people reach the program: it is kept, and stands in QR codes.
    #[arg(long, env = "YISHI_PUBLIC_URL")]
    public_url: Option<String>,
}

#[derive(Debug, Args)]
struct Address {
    #[command(flatten)]
    data: Data,
    /// The address to keep, such as `https://yishi.example`; without one the kept one is told.
    address: Option<String>,
}

#[derive(Debug, Args)]
struct Invite {
    #[command(flatten)]
    data: Data,
    /// The name that the person signs in with; of somebody who never did, the person's name.
    #[arg(long)]
    user: String,
    /// The address under which people reach the program, unless the one that is kept.
    #[arg(long, env = "YISHI_PUBLIC_URL")]
    public_url: Option<String>,
}

/// Why the program stops, and what to do next.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// The store or a command failed.
    #[error(transparent)]
    Failure(#[from] yishi_office::Failure),
    /// The store failed.
    #[error(transparent)]
    Fault(#[from] yishi_store::Fault),
    /// Laws of the books do not hold.
    #[error("{0} laws of the books do not hold: the lines above name the first thing for each")]
    Broken(usize),
    /// The store does not verify.
    #[error("NOT SOUND{}", lines(.0))]
    Unsound(Vec<Wrong>),
    /// The store is not the one that was noted beside its keys.
    #[error(
        "this store is not as it was{}\nPut the newest backup back with `yishi restore`. If it is known why, and the store is right as it is, move {} away and start again.",
        lines(.0), .1.display()
    )]
    Behind(Vec<Wrong>, PathBuf),
    /// Something the user has to change.
    #[error("{0}")]
    Usage(String),
}

/// What is wrong, each on a line of its own.
fn lines(wrong: &[Wrong]) -> String {
    wrong.iter().map(|one| format!("\n  {one}")).collect()
}

impl Data {
    fn location(&self) -> Location {
        match &self.database {
            None => Location::Directory(self.data.clone()),
            Some(url) => Location::Postgres { url: url.clone(), keys: self.data.join("keys") },
        }
    }

    /// Opens the store for commands.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn office(&self, clock: Clock) -> Result<Office, Stop> {
        Ok(Office::open(&self.location(), clock).await?)
    }

    /// Opens a store that must be there already, and be as it was left: not emptied, cut short or
    /// replaced by an older one.
    ///
    /// # Errors
    /// When there is none, or it lacks what was noted beside its keys.
    pub async fn existing(&self) -> Result<Office, Stop> {
        let office = self.there().await?;
        self.as_it_was(&office).await?;
        if ledgers::ledgers(&office.db).await?.is_empty() {
            return Err(self.nothing("there is no place yet"));
        }
        Ok(office)
    }

    /// What is not there, and what to do.
    fn nothing(&self, what: &str) -> Stop {
        let init = match self.database {
            None => format!("yishi init --data {}", self.data.display()),
            Some(_) => "yishi init --database …".to_owned(),
        };
        let place = self.location().name();
        Stop::Usage(format!(
            "{what} in {place}; make one with `{init}`, or put a backup back with `yishi restore`"
        ))
    }

    /// That a store has all that was noted beside its keys.
    async fn as_it_was(&self, office: &Office) -> Result<(), Stop> {
        let wrong = office.behind().await?;
        match wrong.is_empty() {
            true => Ok(()),
            false => Err(Stop::Behind(wrong, self.location().keys().join("ledgers.jsonl"))),
        }
    }

    /// Opens a store that must be there already, whatever became of it.
    ///
    /// # Errors
    /// When there is none.
    pub async fn there(&self) -> Result<Office, Stop> {
        if !self.location().is_made().await? {
            return Err(self.nothing("there is no store"));
        }
        self.office(Clock::System).await
    }
}

/// How long work that nobody waits for any more may hold up the end of the program.
const LOOSE_ENDS: Duration = Duration::from_millis(500);

fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("YISHI_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let command = Cli::parse().command;
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("yishi: the system gives no threads: {error}");
            return ExitCode::FAILURE;
        }
    };
    let done = runtime.block_on(run(command));
    runtime.shutdown_timeout(LOOSE_ENDS);
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            eprintln!("yishi: {}", told(&stop));
            match stop {
                Stop::Usage(_) => ExitCode::from(2),
                _ => ExitCode::FAILURE,
            }
        }
    }
}

async fn run(command: Command) -> Result<(), Stop> {
    match command {
        Command::Demo(options) => demo::run(options).await,
        Command::Init(options) => init(options).await,
        Command::Invite(options) => invite(options).await,
        Command::Address(options) => address(options).await,
        Command::Serve(options) => serve::run(options).await,
        Command::Import { what: ImportWhat::Matters(options) } => import::run(options).await,
        Command::Audit(data) => audit(&data.existing().await?).await,
        Command::Ledger { what } => ledger::run(what).await,
        Command::Backup(options) => backup::backup(options).await,
        Command::Restore(options) => backup::restore(options).await,
        Command::Tally { what } => tally::run(&what),
        Command::Deadline(options) => deadline::run(&options),
        Command::Load(options) => load::run(options).await,
    }
}

async fn audit(office: &Office) -> Result<(), Stop> {
    let mut broken = 0_usize;
    for found in office.audit().await? {
        broken += usize::from(!found.holds);
        println!("{}", serde_json::to_string(&found).map_err(|error| Stop::Usage(error.to_string()))?);
    }
    if broken == 0 { Ok(()) } else { Err(Stop::Broken(broken)) }
}

/// Where the program is reached when nobody said so: on this machine alone.
const HERE: &str = "http://127.0.0.1:8080";

/// An address as it is kept and printed, without what would break the links made of it.
///
/// # Errors
/// When it is none.
fn address_of(typed: &str) -> Result<String, Stop> {
    let typed = typed.trim().trim_end_matches('/');
    let host = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://"));
    let fit = host.is_some_and(|host| {
        !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#' | '"' | '<'))
    });
    if fit {
        return Ok(typed.to_owned());
    }
    Err(Stop::Usage(format!(
        "{typed} is no address: write it as in a browser, such as https://yishi.example"
    )))
}

async fn address(options: Address) -> Result<(), Stop> {
    let office = options.data.existing().await?;
    if let Some(typed) = &options.address {
        office.db.keep_address(&address_of(typed)?).await?;
    }
    let kept = office.db.address().await?;
    office.db.close().await?;
    match kept {
        Some(kept) => println!("{kept}"),
        None => println!("no address is kept; keep one with `yishi address https://…`"),
    }
    if options.address.is_some() {
        println!("It stands in QR codes from the next start of the program.");
    }
    Ok(())
}

async fn init(options: Init) -> Result<(), Stop> {
    let given = options.public_url.as_deref().map(address_of).transpose()?;
    let office = options.data.office(Clock::System).await?;
    // Where ledgers were noted and are gone, a new one in their place would hide it.
    options.data.as_it_was(&office).await?;
    if !ledgers::ledgers(&office.db).await?.is_empty() {
        return Err(Stop::Usage("there is a place already; go on with `yishi serve`".to_owned()));
    }
    let kind = PlaceKind::parse(&options.kind)
        .filter(|kind| kind.lies_in(None))
        .ok_or_else(|| Stop::Usage("--kind is street, town or district".to_owned()))?;
    let new = NewLedger { slug: options.slug, host: options.host };
    let place = office.found(kind, &options.name, new).await?;
    let administrator = office.found_administrator(place, &options.administrator).await?;
    let invitation = office.invite_by_machine(administrator).await?;
    if let Some(given) = &given {
        office.db.keep_address(given).await?;
    }
    office.seal().await?;
    office.db.close().await?;
    let public_url = given.as_deref().unwrap_or(HERE);
    let folder = options.data.data.display();
    println!("{} ({}) is there; its id is {place}", options.name, options.kind);
    println!("Start the program:       yishi serve --data {folder}");
    println!("Administrator, once:     {public_url}/invite/{}", invitation.word);
    println!("The link works for 7 days. Keep {} safe.", options.data.location().keys().display());
    if given.is_none() {
        println!("Before posters are printed: yishi address --data {folder} https://…");
    }
    Ok(())
}

/// Leaves an entry like any other link, which the person and those above see.
async fn invite(options: Invite) -> Result<(), Stop> {
    let office = options.data.existing().await?;
    let account = invited(&office, &options.user).await?;
    let invitation = office.invite_by_machine(account).await?;
    let address = match options.public_url.as_deref() {
        Some(given) => address_of(given)?,
        None => office.db.address().await?.unwrap_or_else(|| HERE.to_owned()),
    };
    office.db.close().await?;
    println!("{address}/invite/{}", invitation.word);
    println!("It works once, for 7 days; links made before for this account work no more.");
    println!("Using it sets a new password and ends the second step of signing in, if there is one.");
    Ok(())
}

/// Whose link it is: the account's that signs in with this name, else the one of somebody so
/// called who has never signed in, as the first administrator whose link was lost.
async fn invited(office: &Office, user: &str) -> Result<AccountId, Stop> {
    let typed = text::line(user, 200).unwrap_or_default();
    if let Some((who, _)) = office.credential(&typed.to_lowercase()).await? {
        return Ok(who.account);
    }
    let mut found = Vec::new();
    for ledger in ledgers::ledgers(&office.db).await? {
        for row in accounts(&office.db, ledger.ledger).await? {
            if row.name == typed && office.username(row.id).await?.is_none() {
                found.push(row.id);
            }
        }
    }
    match found[..] {
        [one] => Ok(one),
        [] => Err(Stop::Usage(format!(
            "nobody signs in as {typed}; give the user name with --user, or the name of somebody who has not \
             signed in yet. Accounts that were closed get no link: open a new one under /admin"
        ))),
        _ => Err(Stop::Usage(format!(
            "several people called {typed} have not signed in yet; an administrator sends them links under /admin"
        ))),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn init_of(folder: &std::path::Path, public_url: Option<&str>) -> Init {
        Init {
            data: Data { data: folder.to_owned(), database: None },
            kind: "street".to_owned(),
            name: "镜湖街道".to_owned(),
            slug: "jinghu".to_owned(),
            host: "yishi.test".to_owned(),
            administrator: "管理员".to_owned(),
            public_url: public_url.map(str::to_owned),
        }
    }

    #[test]
    fn an_address_is_written_as_in_a_browser() {
        assert_eq!(address_of(" https://yishi.example/ ").unwrap(), "https://yishi.example");
        assert_eq!(address_of("http://10.0.0.5:8080/yishi").unwrap(), "http://10.0.0.5:8080/yishi");
        for other in ["", "yishi.example", "https://", "ftp://yishi.example", "https://a b", "https://a?b"] {
            assert!(address_of(other).unwrap_err().to_string().contains("https://yishi.example"), "{other}");
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_address_given_at_first_is_kept_until_another_is() {
        let folder = tempfile::tempdir().unwrap();
        let kept = async || {
            let data = Data { data: folder.path().to_owned(), database: None };
            let office = data.existing().await.unwrap();
            let kept = office.db.address().await.unwrap();
            office.db.close().await.unwrap();
            kept
        };
        let refused = init(init_of(folder.path(), Some("yishi.example"))).await;
        assert!(matches!(refused, Err(Stop::Usage(_))), "nothing is made under a wrong address");
        init(init_of(folder.path(), Some("https://yishi.example/"))).await.unwrap();
        assert_eq!(kept().await.as_deref(), Some("https://yishi.example"));
        let data = Data { data: folder.path().to_owned(), database: None };
        address(Address { data, address: Some("https://other.example".to_owned()) }).await.unwrap();
        assert_eq!(kept().await.as_deref(), Some("https://other.example"));
        let bare = tempfile::tempdir().unwrap();
        init(init_of(bare.path(), None)).await.unwrap();
        let data = Data { data: bare.path().to_owned(), database: None };
        assert_eq!(data.existing().await.unwrap().db.address().await.unwrap(), None);
    }
}
