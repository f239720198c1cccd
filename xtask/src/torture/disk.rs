//! Faults of the disk: full, files that may not grow, a folder that cannot be written to.

use super::program::{Place, Served};
use super::world::{Struck, World, copy};
use crate::system::is_root;
use rustix::process::Resource;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A folder on which something is mounted, until nobody holds it any more.
struct Mounted(PathBuf);

impl Drop for Mounted {
    fn drop(&mut self) {
        drop(mount("umount", &[], &self.0));
    }
}

fn mount(command: &str, args: &[&str], at: &Path) -> Result<(), String> {
    let output = Command::new(command).args(args).arg(at).stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("{command}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command}: {}", String::from_utf8_lossy(&output.stderr).trim()))
}

/// Why nothing can be mounted here, if nothing can.
pub fn no_mounts(folder: &Path) -> Option<String> {
    let at = folder.join("mount");
    if let Err(error) = std::fs::create_dir_all(&at) {
        return Some(error.to_string());
    }
    mount("mount", &["-t", "tmpfs", "tmpfs"], &at).map(|()| drop(Mounted(at))).err()
}

/// The disk runs full, and somebody makes room.
pub fn full(world: &mut World) -> Result<Struck, String> {
    let at = world.folder.join("disk");
    std::fs::create_dir_all(&at).map_err(|error| error.to_string())?;
    let own = world.place.data.clone();
    let room = size(&own)? / 1024 + world.chance.between(200, 900);
    mount("mount", &["-t", "tmpfs", "-o", &format!("size={room}k"), "tmpfs"], &at)?;
    let mounted = Mounted(at.clone());
    copy(&own, &at)?;
    let served = world.program.serve(&Place::folder(&at))?;
    let load = world.load(&[served.at]);
    let silent = still_well(&served);
    mount("mount", &["-o", "remount,size=1g"], &at)?;
    let struck = Struck::outlived(served, load)?;
    std::fs::remove_dir_all(&own).map_err(|error| error.to_string())?;
    copy(&at, &own)?;
    drop(mounted);
    Ok(struck.but(silent).demand_told("the disk is full"))
}

/// Waits until the program says that its store fails; that it does not, if it does not.
fn still_well(served: &Served) -> Option<String> {
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(15) {
        if served.health().is_some_and(|(status, body)| status == 503 && body.contains("the store fails")) {
            return None;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Some("/healthz did not say that the store fails".to_owned())
}

fn size(folder: &Path) -> Result<u64, String> {
    let fault = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let data = entry.metadata().map_err(fault)?;
        // A file takes whole pages, and a folder one.
        bytes += if data.is_dir() { size(&entry.path())? + 4096 } else { data.len().next_multiple_of(4096) };
    }
    Ok(bytes)
}

/// Files may not grow any more, and then they may again.
pub fn limited(world: &mut World) -> Result<Struck, String> {
    // Who ignores the signal is told by an error.
    let served = world.program.serve_in(&world.place, "trap '' XFSZ;", &[]).map_err(|(error, _)| error)?;
    let load = world.load_for_a_while(&[served.at]);
    let lengths = ["yishi.db", "yishi.db-wal"]
        .map(|name| world.place.data.join(name).metadata().map_or(0, |data| data.len()));
    let [file, log] = lengths;
    let limit = file.max(log) + world.chance.below(200_000);
    served.limit(Resource::Fsize, Some(if log > file / 2 { log + 30_000 } else { limit }))?;
    let silent = still_well(&served);
    served.limit(Resource::Fsize, None)?;
    Ok(Struck::outlived(served, load)?.but(silent).demand_told("a batch of writes failed"))
}

/// A folder that may be read only: the program does not start, and says why.
pub fn read_only(world: &mut World) -> Result<Struck, String> {
    // It was killed before, so that there is a log to be brought in.
    let Struck { turned, .. } = world.killed()?;
    let folder = world.place.data.clone();
    let read_only = ReadOnly::make(&folder)?;
    let started = world.program.serve_in(&world.place, "", &[]);
    drop(read_only);
    let Err((_, Some(ended))) = started else { return Err("it serves what it cannot write to".to_owned()) };
    let said = ended.said.trim();
    let clear = said.contains(&folder.display().to_string()) && said.contains("; ");
    let unclear = (!clear).then(|| format!("it does not say where and what to do: {said}"));
    Ok(Struck::ended(turned, &ended).demand_end("1").but(unclear))
}

/// A folder that may be read only, until nobody holds this any more.
enum ReadOnly {
    Mounted { _mounted: Mounted },
    Closed(PathBuf),
}

impl ReadOnly {
    fn make(folder: &Path) -> Result<Self, String> {
        if !is_root() {
            let closed = Self::Closed(folder.to_owned());
            modes(folder, 0o555)?;
            return Ok(closed);
        }
        let text = folder.to_str().ok_or("the folder has an odd name")?;
        mount("mount", &["--bind", text], folder)?;
        let mounted = Mounted(folder.to_owned());
        mount("mount", &["-o", "remount,ro,bind"], folder)?;
        Ok(Self::Mounted { _mounted: mounted })
    }

    /// Why it cannot be made here, if it cannot.
    fn impossible(folder: &Path) -> Option<String> {
        if is_root() { no_mounts(folder) } else { None }
    }
}

impl Drop for ReadOnly {
    fn drop(&mut self) {
        if let Self::Closed(folder) = self {
            drop(modes(folder, 0o700));
        }
    }
}

/// Why no folder can be closed here, if none can.
pub fn no_read_only(folder: &Path) -> Option<String> {
    ReadOnly::impossible(folder)
}

fn modes(folder: &Path, mode: u32) -> Result<(), String> {
    let fault = |error: std::io::Error| format!("{}: {error}", folder.display());
    let set = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode));
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let folder = entry.file_type().map_err(fault)?.is_dir();
        set(&entry.path(), if folder { mode } else { mode & 0o666 }).map_err(fault)?;
    }
    set(folder, mode).map_err(fault)
}
