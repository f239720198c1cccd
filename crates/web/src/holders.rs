//! Who could do something at a place: people in their roles and organisations, as choices of
//! a form, and back. Who may choose is asked before.

use crate::{Cx, Error, Staff, ui};
use std::collections::BTreeSet;
use yishi_kernel::refusal::Common;
use yishi_kernel::{AccountId, Holder, OrganisationId, PlaceId, Refusal, Resource, Role};
use yishi_office::people::reads::{actor, holders_at, organisations};
use yishi_office::places::reads::place;

/// Whoever could hold something there: people of the place and those over it, oneself first,
/// then organisations.
pub async fn holders(cx: &Cx, staff: &Staff, path: &[PlaceId]) -> Result<Vec<(String, String)>, Error> {
    let t = cx.locale;
    let me = staff.actor.account;
    let mut options = Vec::new();
    for holder in holders_at(&cx.app.office.db, path, cx.now).await? {
        if matches!(holder.role, Role::Resident | Role::Administrator) || holder.organisation.is_some() {
            continue;
        }
        let name =
            if Some(holder.id) == me { t.with("holder-me", &[("name", &holder.name)]) } else { holder.name };
        let text = format!("{name} · {}", ui::role(holder.role, t));
        options.push((format!("person/{}/{}/{}", holder.role.word(), holder.place, holder.id), text));
    }
    // Oneself first: most matters stay with whoever sorts them.
    options.sort_by_key(|(value, _)| !me.is_some_and(|me| value.ends_with(&me.to_string())));
    options
        .extend(bodies(cx, path).await?.into_iter().map(|(id, name)| (format!("organisation/{id}"), name)));
    Ok(options)
}

/// Whoever could hold something that may be about somebody: the same without the persons who keep
/// away from it. Bodies stay: they are asked to answer for themselves.
///
/// # Errors
/// When the store fails.
pub async fn fitting(cx: &Cx, staff: &Staff, resource: &Resource) -> Result<Vec<(String, String)>, Error> {
    let mut options = holders(cx, staff, &resource.path).await?;
    let away = away(cx, resource).await?;
    let person = |value: &str| -> Option<AccountId> {
        value.strip_prefix("person/")?.rsplit('/').next()?.parse().ok()
    };
    options.retain(|(value, _)| person(value).is_none_or(|id| !away.contains(&id)));
    Ok(options)
}

/// Those who work at a thing's place and keep away from it.
///
/// # Errors
/// When the store fails.
pub async fn away(cx: &Cx, resource: &Resource) -> Result<BTreeSet<AccountId>, Error> {
    let db = &cx.app.office.db;
    let mut away = BTreeSet::new();
    // What went past the people below is about somebody, too.
    if resource.about.is_empty() && resource.about_persons.is_empty() {
        return Ok(away);
    }
    for holder in holders_at(db, &resource.path, cx.now).await? {
        if actor(db, holder.id).await?.is_some_and(|person| resource.keeps_away(&person)) {
            away.insert(holder.id);
        }
    }
    Ok(away)
}

/// Somebody of this name who works for a place, or for a body there where one is given: a
/// raiser may name one, whom no page lists.
///
/// # Errors
/// When the store fails.
pub async fn working_there(
    cx: &Cx,
    name: &str,
    body: Option<OrganisationId>,
    path: &[PlaceId],
) -> Result<Option<AccountId>, Error> {
    let db = &cx.app.office.db;
    for one in holders_at(db, path, cx.now).await? {
        if one.name != name.trim() || matches!(one.role, Role::Resident | Role::Administrator) {
            continue;
        }
        let person = actor(db, one.id).await?;
        if body.is_none_or(|body| person.is_some_and(|person| person.is_of(body))) {
            return Ok(Some(one.id));
        }
    }
    Ok(None)
}

/// Organisations of a place and of those over it, by id and name.
pub async fn bodies(cx: &Cx, path: &[PlaceId]) -> Result<Vec<(String, String)>, Error> {
    let rows = organisations(&cx.app.office.db, path).await?;
    Ok(rows.into_iter().map(|row| (row.id.to_string(), row.name)).collect())
}

/// The holder a form names: `person/role/place/account` or `organisation/id`.
pub async fn holder(cx: &Cx, word: &str, path: &[PlaceId]) -> Result<(Holder, Option<AccountId>), Error> {
    let parts: Vec<&str> = word.split('/').collect();
    let db = &cx.app.office.db;
    match parts.as_slice() {
        ["organisation", id] => {
            let id: OrganisationId = id.parse().map_err(|_| Error::Malformed)?;
            if !organisations(db, path).await?.iter().any(|row| row.id == id) {
                return Err(Refusal::from(Common::NotHere { field: "holder" }).into());
            }
            Ok((Holder::Organisation(id), None))
        }
        ["person", role, at, id] => {
            let role = Role::parse(role).ok_or(Error::Malformed)?;
            let at: PlaceId = at.parse().map_err(|_| Error::Malformed)?;
            let id: AccountId = id.parse().map_err(|_| Error::Malformed)?;
            // Only somebody who holds that role over this place now.
            let holders = holders_at(db, path, cx.now).await?;
            if !holders.iter().any(|holder| holder.id == id && holder.role == role && holder.place == at) {
                return Err(Refusal::from(Common::Unknown).into());
            }
            // A stairwell would tell who lives there; its building does not.
            let public = match place(db, at).await? {
                Some(row) if row.kind.below_building() => row.path.iter().rev().nth(1).copied().unwrap_or(at),
                _ => at,
            };
            Ok((Holder::Person(role, public), Some(id)))
        }
        _ => Err(Error::Malformed),
    }
}
