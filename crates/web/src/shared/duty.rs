//! What comes to somebody: the ledgers one steers, whose work comes to one's desk, and what of
//! it one may read. No page is made here.

use crate::{Cx, Error, Staff};
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::matters::{Matter, MatterId, READ};
use yishi_kernel::access::roles::{OFFICE, STEERS};
use yishi_kernel::{HolderKey, Loaded, OrganisationId, PlaceId, Role, Stream as _, may};
use yishi_office::matters::reads::MatterRow;
use yishi_office::places::reads::{PlaceRow, ledgers_below, paths_of, place, places};

/// The places where somebody has a role, by their ids.
///
/// # Errors
/// When the store fails.
pub async fn grounds(cx: &Cx, staff: &Staff) -> Result<BTreeMap<PlaceId, PlaceRow>, Error> {
    let ids: BTreeSet<PlaceId> = staff.actor.current(cx.now).map(|grant| grant.place).collect();
    let ids: Vec<PlaceId> = ids.into_iter().collect();
    Ok(places(&cx.app.office.db, &ids).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// What somebody steers.
#[derive(Debug)]
pub struct Steered {
    /// The paths of the places whose desk it is: what is late there or below concerns them.
    pub paths: Vec<Vec<PlaceId>>,
    /// The ledgers: the own community's, or all below the own street.
    pub ledgers: BTreeSet<PlaceId>,
}

/// What somebody steers, who has roles in these places.
///
/// # Errors
/// When the store fails.
pub async fn steered(
    cx: &Cx,
    staff: &Staff,
    grounds: &BTreeMap<PlaceId, PlaceRow>,
) -> Result<Steered, Error> {
    let own: BTreeSet<PlaceId> =
        staff.actor.current(cx.now).filter(|grant| OFFICE.has(grant.role)).map(|grant| grant.place).collect();
    let paths: Vec<_> = own.iter().filter_map(|id| grounds.get(id)).map(|row| row.path.clone()).collect();
    let below = ledgers_below(&cx.app.office.db, &paths).await?;
    Ok(Steered { ledgers: own.into_iter().chain(below.into_iter().map(|row| row.ledger)).collect(), paths })
}

/// Whose work comes to this desk: the person, the organisation, the places whose desk it is.
#[must_use]
pub fn holders(cx: &Cx, staff: &Staff, grounds: &BTreeMap<PlaceId, PlaceRow>) -> Vec<HolderKey> {
    let mut keys: BTreeSet<HolderKey> = staff.actor.account.map(HolderKey::person).into_iter().collect();
    for grant in staff.actor.current(cx.now) {
        keys.extend(grant.organisation.map(HolderKey::organisation));
        match grant.role {
            role if OFFICE.has(role) => {
                keys.insert(HolderKey::desk(grant.place));
            }
            // A grid's secretary sorts at the community's desk what lies in the grid.
            Role::GridSecretary => {
                keys.extend(grounds.get(&grant.place).map(|row| HolderKey::desk(row.ledger)))
            }
            _ => {}
        }
    }
    keys.into_iter().collect()
}

/// The organisations somebody acts for.
#[must_use]
pub fn bodies(cx: &Cx, staff: &Staff) -> BTreeSet<OrganisationId> {
    staff.actor.current(cx.now).filter_map(|grant| grant.organisation).collect()
}

/// Whether only a part of a community's desk is this person's: a grid secretary's.
fn narrow(cx: &Cx, staff: &Staff) -> bool {
    staff.actor.current(cx.now).any(|grant| grant.role == Role::GridSecretary)
}

/// Only what this actor may read: a grid's secretary, say, not the whole community's desk.
///
/// # Errors
/// When the store fails.
pub async fn readable(cx: &Cx, staff: &Staff, rows: Vec<MatterRow>) -> Result<Vec<MatterRow>, Error> {
    if !narrow(cx, staff) {
        return Ok(rows);
    }
    let office = &cx.app.office;
    let keys: Vec<_> = rows.iter().map(|row| (row.ledger, row.id)).collect();
    let matters = office.load_all::<Matter, MatterId>(&keys).await?;
    let at = |matter: &Matter| matter.at().unwrap_or(matter.place);
    let wheres: Vec<PlaceId> = matters.values().filter_map(Loaded::get).map(at).collect();
    let paths = paths_of(&office.db, &wheres).await?;
    let reads = |row: &MatterRow| {
        let matter = matters.get(&(row.ledger, row.id)).and_then(Loaded::get)?;
        let resource = matter.resource(paths.get(&at(matter))?, &staff.actor);
        may(&staff.actor, &READ, &resource, cx.now).ok()
    };
    Ok(rows.into_iter().filter(|row| reads(row).is_some()).collect())
}

/// Those of some places that are this person's to steer, where only a part of the desk is.
///
/// # Errors
/// When the store fails.
pub async fn reached(cx: &Cx, staff: &Staff, at: &[PlaceId]) -> Result<BTreeSet<PlaceId>, Error> {
    if !narrow(cx, staff) {
        return Ok(at.iter().copied().collect());
    }
    let paths = paths_of(&cx.app.office.db, at).await?;
    let own = |path: &Vec<PlaceId>| staff.actor.current(cx.now).any(|grant| path.contains(&grant.place));
    Ok(paths.into_iter().filter(|(_, path)| own(path)).map(|(id, _)| id).collect())
}

/// Whether somebody steers a place of this ledger, or one above it.
///
/// # Errors
/// When the store fails.
pub async fn steers_in(cx: &Cx, staff: &Staff, ledger: PlaceId) -> Result<bool, Error> {
    let db = &cx.app.office.db;
    let above = place(db, ledger).await?.map(|row| row.path).unwrap_or_default();
    for grant in staff.actor.current(cx.now) {
        if !STEERS.has(grant.role) {
            continue;
        }
        let below = place(db, grant.place).await?.is_some_and(|row| row.ledger == ledger);
        if below || above.contains(&grant.place) {
            return Ok(true);
        }
    }
    Ok(false)
}
