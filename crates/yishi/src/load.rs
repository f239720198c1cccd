//! placeholder
use crate::Stop;
use clap::Args;
/// Options
#[derive(Debug, Args)]
pub struct Options {}
/// Run
pub async fn run(_options: Options) -> Result<(), Stop> {
    Ok(())
}
