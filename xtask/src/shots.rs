//! `cargo xtask shots`: pictures of the pages as a phone, a desktop, elder mode, English and
//! paper show them, for people to look at; nothing is compared.

use crate::{install, root, run, target};
use clap::Args;
use std::process::Command;

/// What to take pictures of.
#[derive(Debug, Args)]
pub struct Options {
    /// A server that runs already; a demonstration is started without it.
    #[arg(long)]
    url: Option<String>,
    /// Paths of pages; the usual ones without any. `worker:/desk` is seen signed in as `worker`.
    pages: Vec<String>,
}

/// Takes the pictures.
///
/// # Errors
/// When something is missing or a page does not come.
pub fn take(options: &Options) -> Result<(), String> {
    install::for_journeys()?;
    let mut command = Command::new(install::node());
    command.arg("e2e/shots.mjs").args(&options.pages);
    match &options.url {
        Some(url) => command.env("SHOTS_URL", url),
        None => {
            run(Command::new("cargo").args(["build", "--package", "yishi"]))?;
            command.env("YISHI", target().join("debug/yishi"))
        }
    };
    run(command.env("SHOTS", root().join("target/shots")))
}
