//! `cargo xtask torture`: faults, while people are at work. What was acknowledged, and written
//! down outside at once, must be there after each, once; whatever ends must say clearly why. It
//! prints a table, and fails on anything lost, doubled or unclear. No rule of the program is here.

mod chance;
mod check;
mod disk;
mod http;
pub mod limits;
mod load;
mod log;
mod process;
mod program;
mod proxy;
mod server;
mod witness;
mod world;

use crate::tally::Tally;
use crate::{install, postgres, target};
use chance::Chance;
use clap::{Args, ValueEnum};
use program::Program;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant, SystemTime};
use world::{Struck, World};

/// How much, on what, and by which chance.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// How many faults; each kind comes at least once.
    #[arg(long, default_value_t = 200)]
    pub faults: usize,
    /// The store.
    #[arg(long, value_enum, default_value_t = Store::Sqlite)]
    pub store: Store,
    /// The number that all chance follows from; another one each time without it.
    #[arg(long)]
    pub seed: Option<u64>,
    /// Only faults of this kind.
    #[arg(long, value_enum)]
    pub only: Vec<Kind>,
    /// Builds the program as it is shipped.
    #[arg(long)]
    pub release: bool,
    /// Tortures this program instead of building one.
    #[arg(long, value_name = "FILE")]
    pub program: Option<PathBuf>,
}

/// Where the store lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Store {
    /// In a folder.
    Sqlite,
    /// On a PostgreSQL server of its own.
    Postgres,
}

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Kind {
    /// `kill -9`.
    Killed,
    /// Asked to stop.
    Stopped,
    /// Two processes on one store, one of which is killed.
    TwoAtOnce,
    /// No file handles left.
    NoFiles,
    /// The clock goes forward and back.
    Clock,
    /// The disk is full.
    Full,
    /// Files may not grow.
    Limited,
    /// The folder may be read only.
    ReadOnly,
    /// The log is torn after what was synced.
    TornEnd,
    /// The log is cut within what was synced.
    CutLog,
    /// A byte of the log is another one.
    FlippedLog,
    /// A byte of the database is another one.
    FlippedFile,
    /// Connections to PostgreSQL are cut.
    Cut,
    /// PostgreSQL crashes and comes back.
    Crashed,
    /// A known loss, which the check must see.
    Scales,
}

impl Kind {
    /// What it is called in the table.
    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// Whether it can be struck on a store.
    fn fits(self, store: Store) -> bool {
        use Kind::{Crashed, Cut, CutLog, FlippedFile, FlippedLog, Full, Limited, ReadOnly, TornEnd};
        match self {
            Full | Limited | ReadOnly | TornEnd | CutLog | FlippedLog | FlippedFile => store == Store::Sqlite,
            Cut | Crashed => store == Store::Postgres,
            Kind::Killed | Kind::Stopped | Kind::TwoAtOnce | Kind::NoFiles | Kind::Clock | Kind::Scales => {
                true
            }
        }
    }

    /// Why it cannot be struck on this machine, if it cannot.
    fn impossible(self, folder: &Path) -> Option<String> {
        match self {
            Kind::Full => disk::no_mounts(folder),
            Kind::ReadOnly => disk::no_read_only(folder),
            Kind::Clock => process::no_other_clock().map(str::to_owned),
            _ => None,
        }
    }

    fn strike(self, world: &mut World) -> Result<Struck, String> {
        match self {
            Kind::Killed => process::killed(world),
            Kind::Stopped => process::stopped(world),
            Kind::TwoAtOnce => process::two_at_once(world),
            Kind::NoFiles => process::no_files(world),
            Kind::Clock => process::clock(world),
            Kind::Full => disk::full(world),
            Kind::Limited => disk::limited(world),
            Kind::ReadOnly => disk::read_only(world),
            Kind::TornEnd => log::torn_end(world),
            Kind::CutLog => log::cut_log(world),
            Kind::FlippedLog => log::flipped_log(world),
            Kind::FlippedFile => log::flipped_file(world),
            Kind::Cut => server::cut(world),
            Kind::Crashed => server::crashed(world),
            Kind::Scales => log::scales(world),
        }
    }
}

/// What all faults of a kind came to: a row of the table.
#[derive(Clone, Debug, Default)]
struct Row {
    times: usize,
    acknowledged: usize,
    lost: usize,
    twice: usize,
    away: usize,
    code: String,
    back: Duration,
    said: String,
}

/// Tortures, and prints what came of it.
///
/// # Errors
/// When something does not build or start.
pub fn run(options: &Options) -> Result<ExitCode, String> {
    let built = match &options.program {
        Some(program) => program.clone(),
        None => {
            let mut build = Command::new("cargo");
            build.args(["build", "--package", "yishi"]);
            if options.release {
                build.arg("--release");
            }
            crate::run(&mut build)?;
            target().join(if options.release { "release/yishi" } else { "debug/yishi" })
        }
    };
    if let Err(why) = install::for_torture() {
        // What needs it is skipped, and said to be.
        println!("not installed: {why}");
    }
    let Tally { failed, .. } = torture(options, &built)?;
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The short form, on both stores: each kind of fault once.
///
/// # Errors
/// When something does not start.
pub fn shortly(built: &Path) -> Result<Tally, String> {
    let mut tally = Tally::default();
    for store in [Store::Sqlite, Store::Postgres] {
        let options =
            Options { faults: 0, store, seed: None, only: Vec::new(), release: false, program: None };
        tally += torture(&options, built)?;
    }
    Ok(tally)
}

/// Tortures a program that was built; how many faults it withstood, and how much was wrong.
fn torture(options: &Options, built: &Path) -> Result<Tally, String> {
    let began = Instant::now();
    let seed = options.seed.unwrap_or_else(|| {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        now.map_or(0, |now| now.as_micros() as u64) % 1_000_000
    });
    println!("seed {seed}, {} faults, {:?}", options.faults, options.store);
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    // What is built meanwhile does not change what is tortured.
    let program = folder.path().join("yishi");
    std::fs::copy(built, &program).map_err(|error| format!("{}: {error}", built.display()))?;
    let server = match options.store {
        Store::Sqlite => None,
        Store::Postgres => Some(postgres::Server::start(&postgres::IN_A_HURRY)?),
    };
    let mut world = World::make(Program(program), folder.path(), server, seed)?;
    let (plan, skipped) = plan(options, folder.path(), &mut world.chance);
    let mut rows: BTreeMap<Kind, Row> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (n, kind) in plan.into_iter().enumerate() {
        let name = kind.name();
        let before = world.witness.counts().1;
        let (struck, after) = match kind.strike(&mut world).and_then(|struck| Ok((struck, world.after()?))) {
            Ok(both) => both,
            Err(why) => {
                wrong.push(format!("fault {n}, {name}: {why}"));
                println!("{n:>4} {name:<12} {why}");
                // What is left of it may keep everything after it from working.
                break;
            }
        };
        let row = rows.entry(kind).or_default();
        row.times += 1;
        row.acknowledged += world.witness.counts().1 - before;
        row.lost += after.found.lost.len();
        row.twice += after.found.twice.len();
        row.away += struck.turned.away + struck.turned.unanswered;
        row.back = row.back.max(struck.back).max(after.back);
        if !row.code.split(", ").any(|code| code == struck.code) {
            row.code =
                if row.code.is_empty() { struck.code } else { format!("{}, {}", row.code, struck.code) };
        }
        if !struck.said.is_empty() {
            row.said = struck.said;
        }
        let mut all = struck.wrong;
        all.extend(after.wrong);
        all.extend(struck.turned.strange.into_iter().take(1));
        all.extend(after.found.lost.iter().map(|one| format!("{one} is lost")));
        all.extend(after.found.twice.iter().map(|one| format!("{one} is there twice")));
        for one in &all {
            println!("{n:>4} {name:<12} {one}");
        }
        wrong.extend(all.into_iter().map(|one| format!("fault {n}, {name}: {one}")));
    }
    let found = world.all_pages()?;
    wrong.extend(found.lost.iter().map(|one| format!("{one} is not on its page in the end")));
    if options.only.is_empty() && options.store == Store::Sqlite {
        // The store makes no difference to either.
        wrong.extend(limits::torture(&mut world)?);
    }
    report(&rows, &skipped, &world, began.elapsed());
    for one in &wrong {
        println!("WRONG: {one}");
    }
    if !wrong.is_empty() {
        let kept = folder.keep();
        println!("the store and the outside log are kept in {}; again with --seed {seed}", kept.display());
    }
    let struck: usize = rows.values().map(|row| row.times).sum();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(Tally {
        passed: count(struck.saturating_sub(wrong.len())),
        failed: count(wrong.len()),
        skipped: count(skipped.len()),
    })
}

/// Which faults, in which order: each kind once, then by chance; and what cannot be struck here.
fn plan(options: &Options, folder: &Path, chance: &mut Chance) -> (Vec<Kind>, Vec<String>) {
    let mut kinds: Vec<Kind> = Kind::value_variants().to_vec();
    kinds.retain(|kind| kind.fits(options.store) && (options.only.is_empty() || options.only.contains(kind)));
    let mut skipped = Vec::new();
    kinds.retain(|kind| match kind.impossible(folder) {
        Some(why) => {
            skipped.push(format!("{}: {why}", kind.name()));
            false
        }
        None => true,
    });
    let mut plan = kinds.clone();
    chance.shuffle(&mut plan);
    while plan.len() < options.faults && !kinds.is_empty() {
        plan.push(kinds[usize::try_from(chance.below(kinds.len() as u64)).unwrap_or(0)]);
    }
    (plan, skipped)
}

fn report(rows: &BTreeMap<Kind, Row>, skipped: &[String], world: &World, took: Duration) {
    println!(
        "\n{:<13}{:>6}{:>13}{:>6}{:>7}{:>8}  {:<9}{:>8}  message",
        "kind", "times", "acknowledged", "lost", "twice", "turned", "code", "back s"
    );
    let mut all = Row::default();
    for (kind, row) in rows {
        println!(
            "{:<13}{:>6}{:>13}{:>6}{:>7}{:>8}  {:<9}{:>8.1}  {}",
            kind.name(),
            row.times,
            row.acknowledged,
            row.lost,
            row.twice,
            row.away,
            row.code,
            row.back.as_secs_f64(),
            row.said.chars().take(160).collect::<String>()
        );
        all.times += row.times;
        all.acknowledged += row.acknowledged;
        all.lost += row.lost;
        all.twice += row.twice;
        all.away += row.away;
    }
    let (sent, told) = world.witness.counts();
    println!(
        "{:<13}{:>6}{:>13}{:>6}{:>7}{:>8}  {sent} sent, {told} acknowledged in {:.0} s",
        "all",
        all.times,
        all.acknowledged,
        all.lost,
        all.twice,
        all.away,
        took.as_secs_f64()
    );
    for one in skipped {
        println!("skipped {one}");
    }
}
