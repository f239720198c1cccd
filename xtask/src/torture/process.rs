//! Faults of the process: killed, asked to stop, two of it on one store, no files left, and a
//! clock that goes forward and back.

use super::world::{Struck, World};
use crate::install;
use rustix::process::Resource;
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

/// `kill -9` in the middle of everything.
pub fn killed(world: &mut World) -> Result<Struck, String> {
    Ok(world.killed()?.demand_end("signal 9"))
}

/// A polite request to stop, in the middle of everything.
pub fn stopped(world: &mut World) -> Result<Struck, String> {
    let served = world.serve()?;
    let load = world.load_for_a_while(&[served.at]);
    let began = std::time::Instant::now();
    let ended = served.stop()?;
    let took = began.elapsed();
    let turned = load.end()?;
    let slow = (took >= Duration::from_secs(10)).then(|| format!("it took {took:?} to stop"));
    Ok(Struck::ended(turned, &ended).demand_end("0").but(slow))
}

/// Two processes on one store; one is killed, the other goes on.
pub fn two_at_once(world: &mut World) -> Result<Struck, String> {
    let (one, other) = (world.serve()?, world.serve()?);
    let load = world.load_for_a_while(&[one.at, other.at]);
    one.kill()?;
    load.until(20, Duration::from_secs(5));
    Struck::outlived(other, load)
}

/// No file left for the process, while many connections are held.
pub fn no_files(world: &mut World) -> Result<Struck, String> {
    // Few from the start, or few that are left.
    let from_the_start = world.chance.below(2) == 0;
    let before = if from_the_start { "ulimit -n 64;" } else { "" };
    let served = world.program.serve_in(&world.place, before, &[]).map_err(|(error, _)| error)?;
    let load = world.load_for_a_while(&[served.at]);
    if !from_the_start {
        let open = std::fs::read_dir(format!("/proc/{}/fd", served.id()));
        let open = open.map_err(|error| error.to_string())?.count() as u64;
        served.limit(Resource::Nofile, Some(open + world.chance.below(6)))?;
    }
    let held: Vec<_> = (0..200).filter_map(|_| TcpStream::connect(served.at).ok()).collect();
    std::thread::sleep(Duration::from_millis(300));
    drop(held);
    Struck::outlived(served, load)
}

/// The clock is set forward and back under the running program.
pub fn clock(world: &mut World) -> Result<Struck, String> {
    let library = install::other_clock().ok_or("no libfaketime")?;
    let said_by = world.folder.join("clock");
    let set = |offset: &str| {
        std::fs::write(&said_by, format!("{offset}\n")).map_err(|error| format!("the clock: {error}"))
    };
    set("+0")?;
    let variables = [
        ("LD_PRELOAD", text(&library)?),
        ("FAKETIME_TIMESTAMP_FILE", text(&said_by)?),
        ("FAKETIME_NO_CACHE", "1"),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ("DONT_FAKE_MONOTONIC", "1"),
    ];
    let served = world.program.serve_in(&world.place, "", &variables).map_err(|(error, _)| error)?;
    let load = world.load_for_a_while(&[served.at]);
    let steps = ["+90s", "-2h", "+1d", "-1d", "+40d", "-40d"];
    let first = usize::try_from(world.chance.below(steps.len() as u64)).unwrap_or(0);
    for n in 0..2 {
        set(steps[(first + n) % steps.len()])?;
        load.until(10, Duration::from_secs(5));
    }
    set("+0")?;
    Struck::outlived(served, load)
}

/// Why the clock cannot be set here, if it cannot.
pub fn no_other_clock() -> Option<&'static str> {
    install::other_clock().is_none().then_some("the Debian package libfaketime is not installed")
}

fn text(path: &Path) -> Result<&str, String> {
    path.to_str().ok_or_else(|| format!("{} is an odd name", path.display()))
}
