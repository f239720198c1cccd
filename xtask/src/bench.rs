//! placeholder
use clap::Args;
/// Options
#[derive(Debug, Args)]
pub struct Options {}
/// Run
pub fn run(_: &Options) -> Result<(), String> {
    Ok(())
}
