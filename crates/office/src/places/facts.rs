//! What commands about places must know: what they lie in.

use super::reads::{building_of, ledgers_below, place};
use crate::{Case, Failure, Load};
use yishi_domain::places::{Above, Close, Inside, IssuePoster, OpenPlace, Spot};
use yishi_kernel::PlaceId;
use yishi_kernel::refusal::Common;
use yishi_store::{args, duty, query};

impl Load<OpenPlace> for Above {
    async fn load(case: &mut Case<'_>, command: &OpenPlace) -> Result<Self, Failure> {
        let row = place(case.db(), command.parent).await?.ok_or(Common::Unknown)?;
        Ok(Above { kind: row.kind, path: row.path })
    }
}

query! {
    /// How many places of a ledger stand.
    STANDING: u64 = "select count(*) from place where ledger = ?1 and closed is null",
        scans "places of one ledger, when it is to end";
}

impl Load<Close> for Inside {
    async fn load(case: &mut Case<'_>, _: &Close) -> Result<Self, Failure> {
        let own: PlaceId = case.id()?;
        let row = place(case.db(), own).await?.ok_or(Common::Unknown)?;
        let mut inside = Inside::default();
        if !row.kind.keeps_ledger() {
            return Ok(inside);
        }
        for keeper in ledgers_below(case.db(), &[row.path]).await? {
            let key = args![keeper.ledger];
            inside.places += case.find(&STANDING, &key).await?.iter().sum::<u64>();
            inside.things += case.find(&duty::COUNT, &key).await?.iter().sum::<u64>();
        }
        // It stands itself.
        inside.places = inside.places.saturating_sub(1);
        Ok(inside)
    }
}

impl Load<IssuePoster> for Spot {
    async fn load(case: &mut Case<'_>, command: &IssuePoster) -> Result<Self, Failure> {
        let row = place(case.db(), command.place).await?.ok_or(Common::Unknown)?;
        Ok(Spot { kind: row.kind, building: building_of(case.db(), &row).await? })
    }
}
