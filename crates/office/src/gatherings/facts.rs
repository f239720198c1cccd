//! What entering and recording a gathering must know: its place, and the matters that its lines
//! repeat.

use crate::matters::facts::{carrier, spot};
use crate::matters::reads::root_of;
use crate::places::reads::place;
use crate::{Case, Failure, Load};
use std::collections::BTreeMap;
use uuid::Uuid;
use yishi_domain::gatherings::{Gathering, Ground, Open, Record, Said};
use yishi_domain::matters::MatterId;
use yishi_kernel::PlaceId;
use yishi_kernel::refusal::Common;

impl Load<Open> for Ground {
    async fn load(case: &mut Case<'_>, command: &Open) -> Result<Self, Failure> {
        ground(case, command.place, command.record.as_ref()).await
    }
}

impl Load<Record> for Ground {
    async fn load(case: &mut Case<'_>, command: &Record) -> Result<Self, Failure> {
        let gathering = case.state::<Gathering>()?;
        let at = gathering.at.get().copied().unwrap_or(gathering.place);
        ground(case, at, Some(command)).await
    }
}

async fn ground(case: &mut Case<'_>, at: PlaceId, record: Option<&Record>) -> Result<Ground, Failure> {
    let row = place(case.db(), at).await?;
    let row = row.filter(|row| row.ledger == case.ledger).ok_or(Common::NotHere { field: "place" })?;
    let mut known = BTreeMap::new();
    for line in record.iter().flat_map(|record| &record.lines) {
        let Said::Known { matter, .. } = &line.what else { continue };
        let root = root_of(case.db(), case.ledger, *matter).await?.ok_or(Common::Unknown)?;
        known.insert(*matter, carrier(case, root).await?);
    }
    // Rights are judged where it is held, whatever its lines are about.
    case.lies_at(row.id).await?;
    // Each line gets a matter of its own.
    let none = MatterId(Uuid::nil());
    Ok(Ground { spot: spot(case.db(), none, &row).await?, known })
}
