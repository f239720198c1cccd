//! What commands about places must know: what they lie in.

use super::reads::{PlaceRow, building_of, ledgers_below, place, places};
use crate::{Case, Failure, Load};
use yishi_domain::places::{Above, Beside, Close, Inside, IssuePoster, OpenPlace, PlaceKind, Rename, Spot};
use yishi_kernel::PlaceId;
use yishi_kernel::refusal::Common;
use yishi_store::{args, duty, query, row};

query! {
    /// What the places of a kind are called that stand in a place.
    SIBLINGS: Sibling => "where ledger = ?1 and parent = ?2 and kind = ?3 and closed is null order by id";
    /// How many places of a ledger stand.
    STANDING: u64 = "select count(*) from place where ledger = ?1 and closed is null",
        scans "places of one ledger, when it is to end";
}

row! {
    Sibling, from "place" {
        id: PlaceId,
        name: String = "coalesce(name, door, '')",
    }
}

/// What the places of a kind in a place are called, but for one: they must still be called so when
/// the decision is recorded.
async fn siblings(
    case: &mut Case<'_>,
    parent: &PlaceRow,
    kind: PlaceKind,
    own: Option<PlaceId>,
) -> Result<Vec<String>, Failure> {
    if kind.keeps_ledger() {
        // Each keeps a ledger of its own.
        let below = ledgers_below(case.db(), std::slice::from_ref(&parent.path)).await?;
        let below: Vec<PlaceId> = below.iter().map(|row| row.ledger).collect();
        let near = |row: &PlaceRow| {
            row.kind == kind && row.closed.is_none() && row.path.iter().rev().nth(1) == Some(&parent.id)
        };
        let rows = places(case.db(), &below).await?;
        return Ok(rows
            .into_iter()
            .filter(|row| near(row) && Some(row.id) != own)
            .map(|row| row.name)
            .collect());
    }
    let rows = case.find(&SIBLINGS, &args![parent.ledger, parent.id, kind]).await?;
    Ok(rows.into_iter().filter(|row| Some(row.id) != own).map(|row| row.name).collect())
}

impl Load<OpenPlace> for Above {
    async fn load(case: &mut Case<'_>, command: &OpenPlace) -> Result<Self, Failure> {
        let row = place(case.db(), command.parent).await?.ok_or(Common::Unknown)?;
        let siblings = siblings(case, &row, command.kind, None).await?;
        Ok(Above { kind: row.kind, path: row.path, siblings })
    }
}

impl Load<Rename> for Beside {
    async fn load(case: &mut Case<'_>, _: &Rename) -> Result<Self, Failure> {
        let own = place(case.db(), case.id()?).await?.ok_or(Common::Unknown)?;
        let Some(parent) = own.path.iter().rev().nth(1) else { return Ok(Beside::default()) };
        let Some(parent) = place(case.db(), *parent).await? else { return Ok(Beside::default()) };
        Ok(Beside { siblings: siblings(case, &parent, own.kind, Some(own.id)).await? })
    }
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
