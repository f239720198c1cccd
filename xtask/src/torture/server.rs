//! Faults of PostgreSQL: its connections are cut, or it crashes and comes back.

use super::world::{Struck, World};
use std::time::Duration;

/// All connections to it are cut, several times.
pub fn cut(world: &mut World) -> Result<Struck, String> {
    let served = world.serve()?;
    let load = world.load_for_a_while(&[served.at]);
    for _ in 0..world.chance.between(2, 6) {
        if let Some((_, proxy)) = &world.server {
            proxy.cut();
        }
        load.until(15, Duration::from_secs(5));
    }
    Struck::outlived(served, load)
}

/// It crashes, is away for a while, and comes back.
pub fn crashed(world: &mut World) -> Result<Struck, String> {
    let served = world.serve()?;
    let load = world.load_for_a_while(&[served.at]);
    let away = Duration::from_millis(world.chance.between(0, 900));
    let Some((server, _)) = &world.server else { return Err("there is no server".to_owned()) };
    server.crash(away)?;
    Ok(Struck::outlived(served, load)?.demand_told("postgresql: "))
}
