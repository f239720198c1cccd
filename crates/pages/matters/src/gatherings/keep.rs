//! The gatherings of a community for whoever holds some, with the way to enter one; and the places
//! where somebody may hold them.

use super::face::items;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use std::collections::{BTreeMap, HashMap};
use yishi_domain::gatherings::OPEN;
use yishi_domain::places::PlaceKind;
use yishi_kernel::access::roles::{NEIGHBOURS, STEERS};
use yishi_kernel::{PlaceId, Resource, may};
use yishi_office::gatherings::reads::{GatheringRow, Which, gatherings};
use yishi_office::paging::{Key, Paged};
use yishi_office::places::reads::{LedgerRow, PlaceRow, below, ledger, paths_of, place, places};
use yishi_web::nav::{staff_nav, staff_nav_at};
use yishi_web::places::names_below;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error, Staff};

/// Somebody who holds gatherings in a community.
#[derive(Debug)]
pub struct Holding {
    /// Who.
    pub staff: Staff,
    /// The community's ledger.
    pub ledger: LedgerRow,
    /// Where they may hold them: the place's id and what it is called.
    pub sites: Vec<(String, String)>,
}

/// Somebody who holds gatherings in a community, with where.
///
/// # Errors
/// When nobody is signed in, there is no such community, or this person holds none there.
pub async fn holding(cx: &Cx, slug: &str) -> Result<Holding, Error> {
    let staff = cx.staff()?.clone();
    let ledger = cx.ledger(slug).await?;
    let own = cx.place(ledger.ledger).await?;
    let sites = sites(cx, &staff, &own).await?;
    if sites.is_empty() {
        cx.may(&OPEN, &cx.resource(&own).await?)?;
        // A street has no benches of its own.
        return Err(Error::NotFound);
    }
    Ok(Holding { staff, ledger, sites })
}

/// One's own doors first, then the community with what lies in it, down to buildings: of these the
/// ones where somebody may hold a gathering.
async fn sites(cx: &Cx, staff: &Staff, own: &PlaceRow) -> Result<Vec<(String, String)>, Error> {
    let db = &cx.app.office.db;
    let mut rows: Vec<(PlaceRow, String)> = Vec::new();
    for grant in staff.actor.current(cx.now).filter(|grant| NEIGHBOURS.has(grant.role)) {
        let Some(row) = place(db, grant.place).await?.filter(|row| row.ledger == own.ledger) else {
            continue;
        };
        let name = names_below(&row, &places(db, &row.path).await?).join(" ");
        rows.push((row, name));
    }
    if staff.actor.current(cx.now).any(|grant| STEERS.has(grant.role)) {
        let mut parts = vec![own.clone()];
        for kind in
            [PlaceKind::Compound, PlaceKind::Market, PlaceKind::RoadSection, PlaceKind::NaturalVillage]
        {
            parts.extend(below(db, own, kind).await?);
        }
        let names: BTreeMap<PlaceId, String> =
            parts.iter().skip(1).map(|part| (part.id, part.name.clone())).collect();
        rows.extend(parts.into_iter().map(|part| (part.clone(), part.name)));
        for building in below(db, own, PlaceKind::Building).await? {
            let part = building.path.iter().rev().find_map(|id| names.get(id));
            let name = [part, Some(&building.name)].into_iter().flatten().cloned().collect::<Vec<_>>();
            rows.push((building, name.join(" ")));
        }
    }
    let paths = paths_of(db, &rows.iter().map(|(row, _)| row.id).collect::<Vec<_>>()).await?;
    let mine = |row: &PlaceRow| {
        let path = paths.get(&row.id).map(|path| Resource::at(path));
        path.is_some_and(|resource| may(&staff.actor, &OPEN, &resource, cx.now).is_ok())
    };
    rows.retain(|(row, _)| row.closed.is_none() && row.kind.takes_matters() && mine(row));
    // The largest first among those that are steered; one's own door stands before them.
    rows.sort_by_key(|(row, _)| (!row.kind.below_building(), row.path.len()));
    let mut sites: Vec<(String, String)> = Vec::with_capacity(rows.len());
    for (row, name) in rows {
        let id = row.id.to_string();
        if sites.iter().all(|(other, _)| *other != id) {
            sites.push((id, name));
        }
    }
    Ok(sites)
}

/// `GET /gatherings`: leads to the gatherings of one's community, or to those of several; to none
/// for whoever holds none anywhere.
///
/// # Errors
/// When the store fails.
pub async fn own(cx: Cx) -> Result<Response, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let staff = cx.staff()?.clone();
    let mut found: BTreeMap<PlaceId, LedgerRow> = BTreeMap::new();
    let roles = || STEERS.roles.iter().chain(NEIGHBOURS.roles);
    for grant in staff.actor.current(cx.now).filter(|grant| roles().any(|role| *role == grant.role)) {
        let Some(row) = place(db, grant.place).await? else { continue };
        if let Some(row) = ledger(db, row.ledger).await? {
            found.insert(row.ledger, row);
        }
    }
    if let [only] = Vec::from_iter(found.values()).as_slice() {
        return Ok(Redirect::to(&format!("/w/{}/gatherings", only.slug)).into_response());
    }
    let mut named = Vec::with_capacity(found.len());
    for row in found.values() {
        named.push((row.slug.clone(), cx.place(row.ledger).await?.name));
    }
    let title = t.say("gatherings-title");
    let main = html! {
        h1 { (title) }
        @if named.is_empty() { (ui::empty(&t.say("gatherings-not-yours"))) }
        div.choices { @for (slug, name) in &named { a.button.second href={ "/w/" (slug) "/gatherings" } { (name) } } }
    };
    let nav = staff_nav(&cx, &staff);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render().into_response())
}

/// `GET /w/{slug}/gatherings`
///
/// # Errors
/// When this person holds none there.
pub async fn show(
    cx: Cx,
    Path(slug): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let here = holding(&cx, &slug).await?;
    let before = query.get("before").and_then(|key| Key::read(key));
    let Paged { rows, next } = gatherings(&cx.app.office.db, here.ledger.ledger, Which::All, before).await?;
    let (title, path) = (t.say("gatherings-title"), format!("/w/{slug}/gatherings"));
    // What one does not look after is read where everyone reads it.
    let ids: Vec<PlaceId> = rows.iter().filter_map(|row| row.at).collect();
    let paths = paths_of(&cx.app.office.db, &ids).await?;
    let front = |row: &GatheringRow| {
        let at = row.at.and_then(|at| paths.get(&at)).map(|path| Resource::at(path));
        let own = at.is_some_and(|at| may(&here.staff.actor, &OPEN, &at, cx.now).is_ok());
        format!("/{}/{slug}/h/", if own { 'w' } else { 'c' })
    };
    let main = html! {
        h1 { (title) }
        p { (t.say("gatherings-lead")) }
        p { a.button.giant href={ (path) "/new" } { (t.say("gathering-new")) } }
        p { a href={ "/c/" (slug) "/gatherings" } { (t.say("gathering-public")) } }
        @if rows.is_empty() { (ui::empty(&t.say("gatherings-none"))) }
        (items(&cx, &rows, front).await?)
        (ui::more(next.map(|next| ui::link(&path, &[("before", &next)])), &t.say("list-older")))
    };
    let nav = staff_nav_at(&cx, &here.staff, &slug);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}
