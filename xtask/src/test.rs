//! `cargo xtask test`: formatting, lints, docs, tests on both stores, journeys in a browser.

use crate::{postgres, target};
use clap::Args;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Which part to run; all without an option.
#[derive(Debug, Args)]
pub struct Options {
    /// Only this step: fmt, clippy, doc, unit or e2e.
    #[arg(long)]
    only: Option<String>,
}

const STEPS: [(&str, fn() -> Result<(), String>); 5] =
    [("fmt", fmt), ("clippy", clippy), ("doc", doc), ("unit", unit), ("e2e", e2e)];

/// Runs the steps and says how long each took.
///
/// # Errors
/// The first step that failed.
pub fn run(options: &Options) -> Result<(), String> {
    let wanted = |name: &str| options.only.as_deref().is_none_or(|only| only == name);
    if !STEPS.iter().any(|(name, _)| wanted(name)) {
        return Err("--only takes fmt, clippy, doc, unit or e2e".to_owned());
    }
    install()?;
    for (name, step) in STEPS.iter().filter(|(name, _)| wanted(name)) {
        println!("== {name}");
        let started = Instant::now();
        step()?;
        println!("== {name} done in {} s", started.elapsed().as_secs());
    }
    Ok(())
}

fn fmt() -> Result<(), String> {
    crate::run(Command::new("cargo").args(["fmt", "--all", "--check"]))
}

fn clippy() -> Result<(), String> {
    crate::run(Command::new("cargo").args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ]))
}

fn doc() -> Result<(), String> {
    crate::run(
        Command::new("cargo")
            .args(["doc", "--workspace", "--no-deps"])
            .env("RUSTDOCFLAGS", "--deny warnings"),
    )
}

fn unit() -> Result<(), String> {
    let server = postgres::Server::start()?;
    let mut command = Command::new("cargo");
    if installed("cargo-nextest") {
        command.args(["nextest", "run", "--workspace", "--no-fail-fast"]);
    } else {
        command.args(["test", "--workspace", "--no-fail-fast"]);
    }
    crate::run(command.env("TEST_PG", server.url()).env("YISHI_REQUIRE_PG", "1"))
}

/// Journeys in Chromium, each on both stores.
fn e2e() -> Result<(), String> {
    let server = postgres::Server::start()?;
    crate::run(Command::new("cargo").args(["build", "--package", "yishi"]))?;
    crate::run(
        Command::new("node")
            .args(["--test", "--test-concurrency=1", "--test-reporter=spec", "e2e/"])
            .env("YISHI", target().join("debug/yishi"))
            .env("TEST_PG", server.url()),
    )
}

/// Whether a program is on the path.
fn installed(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(program).exists())
}

/// Installs what is missing, and says what.
///
/// # Errors
/// When it cannot be installed.
pub fn install() -> Result<(), String> {
    let mut missing = Vec::new();
    let mut need = |there: bool, package: &'static str| {
        if !there {
            missing.push(package);
        }
    };
    need(installed("chromium"), "chromium");
    need(Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists(), "fonts-noto-cjk");
    need(postgres::binaries().is_some(), "postgresql");
    need(installed("strace"), "strace");
    need(installed("node"), "nodejs");
    need(installed("npm"), "npm");
    if !missing.is_empty() {
        println!("installing Debian packages: {}", missing.join(" "));
        let sudo = if installed("sudo") && !is_root() { Some("sudo") } else { None };
        let apt = |args: &[&str]| {
            let mut command = match sudo {
                Some(sudo) => {
                    let mut command = Command::new(sudo);
                    command.arg("apt-get");
                    command
                }
                None => Command::new("apt-get"),
            };
            crate::run(command.args(args).env("DEBIAN_FRONTEND", "noninteractive"))
        };
        apt(&["update", "--quiet"])?;
        let mut args = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
        args.extend(&missing);
        apt(&args)?;
    }
    if !crate::root().join("e2e/node_modules/playwright-core").exists() {
        println!("installing npm packages of e2e/");
        crate::run(
            Command::new("npm")
                .args(["ci", "--prefix", "e2e", "--no-audit", "--no-fund"])
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
        )?;
    }
    Ok(())
}

/// Whether this is the superuser, who may neither run PostgreSQL nor sandbox Chromium.
pub fn is_root() -> bool {
    std::fs::read_to_string("/proc/self/status")
        .is_ok_and(|status| status.lines().any(|line| line.starts_with("Uid:\t0\t")))
}
