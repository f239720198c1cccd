//! What comes to somebody: the ledgers one steers, whose work comes to one's desk, and what of
//! it one may read. No page is made here.

use crate::{Cx, Error, Staff};
use std::collections::BTreeSet;
use yishi_domain::matters::{Matter, READ};
use yishi_kernel::access::roles::{OFFICE, STEERS};
use yishi_kernel::{HolderKey, OrganisationId, PlaceId, Role, Stream as _, may};
use yishi_office::matters::reads::MatterRow;
use yishi_office::places::reads::{ledgers, path_of, place};

/// The ledgers somebody steers: the own community's, or all below the own street.
///
/// # Errors
/// When the store fails.
pub async fn steered(cx: &Cx, staff: &Staff) -> Result<BTreeSet<PlaceId>, Error> {
    let db = &cx.app.office.db;
    let mut steered = BTreeSet::new();
    for grant in staff.actor.current(cx.now) {
        match grant.role {
            Role::CommunityWorker | Role::CommunitySecretary => {
                steered.insert(grant.place);
            }
            Role::StreetOfficer => {
                steered.insert(grant.place);
                for row in ledgers(db).await? {
                    if place(db, row.ledger).await?.is_some_and(|row| row.path.contains(&grant.place)) {
                        steered.insert(row.ledger);
                    }
                }
            }
            _ => {}
        }
    }
    Ok(steered)
}

/// Whose work comes to this desk: the person, the organisation, the places whose desk it is.
///
/// # Errors
/// When the store fails.
pub async fn holders(cx: &Cx, staff: &Staff) -> Result<Vec<HolderKey>, Error> {
    let db = &cx.app.office.db;
    let mut keys: BTreeSet<HolderKey> = staff.actor.account.map(HolderKey::person).into_iter().collect();
    for grant in staff.actor.current(cx.now) {
        if let Some(organisation) = grant.organisation {
            keys.insert(HolderKey::organisation(organisation));
        }
        match grant.role {
            role if OFFICE.has(role) => {
                keys.insert(HolderKey::desk(grant.place));
            }
            // A grid's secretary sorts at the community's desk what lies in the grid.
            Role::GridSecretary => {
                if let Some(row) = place(db, grant.place).await? {
                    keys.insert(HolderKey::desk(row.ledger));
                }
            }
            _ => {}
        }
    }
    Ok(keys.into_iter().collect())
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
    let mut readable = Vec::new();
    for row in rows {
        let loaded = cx.app.office.load::<Matter>(row.ledger, &row.id.into()).await?;
        let matter = loaded.must()?;
        let path = cx.app.office.path_of_matter(matter).await?;
        let resource = matter.resource(&path, &staff.actor);
        if may(&staff.actor, &READ, &resource, cx.now).is_ok() {
            readable.push(row);
        }
    }
    Ok(readable)
}

/// Whether what lies at a place is this person's to steer, where only a part of the desk is.
///
/// # Errors
/// When the store fails.
pub async fn reaches(cx: &Cx, staff: &Staff, at: PlaceId) -> Result<bool, Error> {
    if !narrow(cx, staff) {
        return Ok(true);
    }
    let db = &cx.app.office.db;
    let Some(row) = place(db, at).await? else { return Ok(false) };
    let path = path_of(db, &row).await?;
    Ok(staff.actor.current(cx.now).any(|grant| path.contains(&grant.place)))
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
