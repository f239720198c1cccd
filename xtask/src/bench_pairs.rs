//! `cargo xtask bench pairs --before FILE`: two programs beside each other, run in turn, each from
//! the same store of its own, put back before each run. Closed loops of pages are asked by the
//! program measured, since what asks bounds them; what raises something, by each program itself,
//! which knows its own form. A machine's mood changes within minutes: so pair by pair.
//! Prints medians and the middle of each pair's ratio; nothing here passes or fails.

use crate::bench::{Imported, Load, Measured, import, load, pss, start, stop};
use crate::system;
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// What is set beside what.
#[derive(Debug, Args)]
pub struct Options {
    /// The program as it was.
    #[arg(long, value_name = "FILE")]
    before: PathBuf,
    #[command(flatten)]
    measured: Measured,
    /// Runs of each program.
    #[arg(long, default_value_t = 9)]
    pairs: usize,
    /// Matters in each store.
    #[arg(long, default_value_t = 50_000)]
    matters: usize,
    /// Requests a second of the open loops.
    #[arg(long, default_value_t = 2_500)]
    rate: u32,
    /// Matters raised a second.
    #[arg(long, default_value_t = 1_000)]
    raises: u32,
    /// Seconds of each load.
    #[arg(long = "for", default_value_t = 5)]
    seconds: u32,
}

/// What a run is asked: name, arguments beside the target, which target.
const LOADS: [(&str, Target, Pace); 6] = [
    ("board, closed loop, 16 connections", Target::Board, Pace::Closed(16)),
    ("matter, closed loop, 16 connections", Target::Matter, Pace::Closed(16)),
    ("board, open loop, 1 % raises", Target::Board, Pace::Open),
    ("matter, open loop, 1 % raises", Target::Matter, Pace::Open),
    ("raising, closed loop, 64 connections", Target::Raise, Pace::Closed(64)),
    ("raising, open loop", Target::Raise, Pace::Open),
];

#[derive(Clone, Copy)]
enum Target {
    Board,
    Matter,
    Raise,
}

#[derive(Clone, Copy)]
enum Pace {
    Closed(u32),
    Open,
}

/// A program, and the store that it made.
struct Side {
    yishi: PathBuf,
    kept: PathBuf,
    imported: Imported,
}

/// Measures both and prints.
///
/// # Errors
/// When something does not build, start or answer.
pub fn run(options: &Options, machine: &str) -> Result<(), String> {
    let now = options.measured.program()?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let side = |name: &str, yishi: PathBuf| {
        let own = folder.path().join(name);
        std::fs::create_dir(&own).map_err(|error| error.to_string())?;
        let kept = own.join("kept");
        let imported = import(&yishi, &kept, &own, options.matters)?;
        Ok::<_, String>(Side { yishi, kept, imported })
    };
    let sides = [side("before", options.before.clone())?, side("now", now.clone())?];
    let mut names = Vec::new();
    let mut runs: [Vec<Vec<f64>>; 2] = Default::default();
    for pair in 1..=options.pairs {
        for (side, runs) in sides.iter().zip(&mut runs) {
            let figures = measure(side, &now, &folder.path().join("run"), options)?;
            names = figures.iter().map(|(name, _)| name.clone()).collect();
            runs.push(figures.into_iter().map(|(_, figure)| figure).collect());
        }
        eprintln!("pair {pair} of {}", options.pairs);
    }
    println!("\n{machine}\n{} matters on SQLite, {} pairs\n", options.matters, options.pairs);
    println!("| what | before | now | now to before | of each pair |\n|---|---|---|---|---|");
    for (row, name) in names.iter().enumerate() {
        let [before, now] =
            [0, 1].map(|side: usize| runs[side].iter().map(|run| run[row]).collect::<Vec<_>>());
        let ratios = before.iter().zip(&now).map(|(before, now)| now / before).collect();
        let [before, now, each] = [median(before), median(now), median(ratios)];
        println!("| {name} | {before:.2} | {now:.2} | {:.2} | {each:.2} |", now / before);
    }
    Ok(())
}

/// One run of one program: what was measured, by name.
fn measure(side: &Side, asking: &Path, data: &Path, options: &Options) -> Result<Vec<(String, f64)>, String> {
    if data.exists() {
        std::fs::remove_dir_all(data).map_err(|error| error.to_string())?;
    }
    crate::run(Command::new("cp").arg("-a").arg(&side.kept).arg(data))?;
    let (mut server, _, address) = start(&side.yishi, data, "serve")?;
    // The sealer reads all new entries once; that is not what is measured.
    std::thread::sleep(Duration::from_secs(8));
    let base = format!("http://{address}");
    let raise = format!("{base}{}/raise", side.imported.poster);
    let ids = format!("{}:{}:2", side.imported.first, options.matters);
    let mut figures = Vec::new();
    for (name, target, pace) in LOADS {
        let mut args = match target {
            Target::Board => vec!["--target".to_owned(), format!("{base}/c/xinglin")],
            Target::Matter => {
                vec![
                    "--target".to_owned(),
                    format!("{base}/c/xinglin/m/{{id}}"),
                    "--ids".to_owned(),
                    ids.clone(),
                ]
            }
            Target::Raise => vec!["--target".to_owned(), raise.clone(), "--raise".to_owned()],
        };
        args.extend(["--for".to_owned(), options.seconds.to_string(), "--rate".to_owned()]);
        match (pace, target) {
            (Pace::Closed(connections), _) => {
                args.extend(["0".to_owned(), "--connections".to_owned(), connections.to_string()]);
            }
            (Pace::Open, Target::Raise) => args.push(options.raises.to_string()),
            (Pace::Open, _) => args.extend([options.rate.to_string(), "--mix".to_owned(), raise.clone()]),
        }
        let busy = system::busy(server.id()).ok_or("the program is gone")?;
        let by = if matches!((pace, target), (Pace::Closed(_), Target::Board | Target::Matter)) {
            asking
        } else {
            &side.yishi
        };
        let printed = load(by, &args.iter().map(String::as_str).collect::<Vec<_>>())?;
        let busy = system::busy(server.id()).ok_or("the program is gone")? - busy;
        let Load { answers, a_second, p50, p99, errors } = Load::read(&printed)?;
        if errors > 0 {
            return Err(format!("{name}: {errors} errors"));
        }
        match pace {
            Pace::Closed(_) => {
                figures.push((format!("{name}: answers a second"), a_second));
                figures.push((
                    format!("{name}: µs of the server's processor an answer"),
                    busy.as_secs_f64() * 1e6 / answers,
                ));
            }
            Pace::Open => {
                figures.push((format!("{name}: p50, ms"), p50));
                figures.push((format!("{name}: p99, ms"), p99));
            }
        }
    }
    figures.push(("memory after it (PSS), MB".to_owned(), pss(server.id())?));
    stop(&mut server);
    Ok(figures)
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    let middle = of.len() / 2;
    if of.len() % 2 == 1 { of[middle] } else { f64::midpoint(of[middle - 1], of[middle]) }
}
