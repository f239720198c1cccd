//! The stairwells of one's own, a steward's or a building head's, and folded up below them all
//! others of the place one looks after.

use maud::{Markup, html};
use std::collections::{BTreeSet, HashMap};
use yishi_domain::places::PlaceKind;
use yishi_kernel::{Denied, PlaceId, Role};
use yishi_office::places::reads::{PlaceRow, below, place, places};
use yishi_web::nav::staff_nav;
use yishi_web::ui::{Page, Width};
use yishi_web::{Cx, Error};

/// With more stairwells than this, each building is folded up.
const MANY: usize = 12;

/// `GET /stairwells`
pub async fn show(cx: Cx) -> Result<Markup, Error> {
    let t = cx.locale;
    let staff = cx.staff()?.clone();
    let db = &cx.app.office.db;
    let (mut own, mut found) = (Vec::new(), Vec::new());
    for grant in staff.actor.current(cx.now) {
        let Some(row) = place(db, grant.place).await? else { continue };
        match grant.role {
            Role::Steward => own.push(row),
            Role::BuildingHead => own.extend(below(db, &row, PlaceKind::Stairwell).await?),
            Role::GridSecretary | Role::GridHead | Role::CommunityWorker | Role::CommunitySecretary => {
                found.extend(below(db, &row, PlaceKind::Stairwell).await?);
            }
            _ => {}
        }
    }
    // A place comes once, however many roles lead to it, and as one's own if one does.
    let mut seen = BTreeSet::new();
    own.retain(|row| seen.insert(row.id));
    found.retain(|row| seen.insert(row.id));
    if seen.is_empty() {
        return Err(Error::Denied(Denied::Role {
            may: vec![Role::Steward, Role::BuildingHead, Role::CommunityWorker],
        }));
    }
    let ids: BTreeSet<PlaceId> = own.iter().chain(&found).flat_map(|row| row.path.iter().copied()).collect();
    let names: HashMap<PlaceId, String> =
        places(db, &Vec::from_iter(ids)).await?.into_iter().map(|row| (row.id, row.name)).collect();
    let name = |path: &[PlaceId]| -> String {
        path.iter().filter_map(|id| names.get(id).map(String::as_str)).collect::<Vec<_>>().join(" ")
    };
    let named = |row: &PlaceRow| {
        let near = row.path.get(row.path.len().saturating_sub(3)..).unwrap_or_default();
        (row.id, name(near))
    };
    let buildings = |rows: &[PlaceRow]| {
        let mut buildings: Vec<(String, Vec<(PlaceId, String)>)> = Vec::new();
        for row in rows {
            let above = row.path.split_last().map(|(_, above)| above).unwrap_or_default();
            let building = name(above.get(above.len().saturating_sub(2)..).unwrap_or_default());
            match buildings.iter_mut().find(|(other, _)| *other == building) {
                Some((_, all)) => all.push(named(row)),
                None => buildings.push((building, vec![named(row)])),
            }
        }
        buildings
    };
    let title = t.say("stairwells-title");
    let main = html! {
        h1 { (title) }
        (shown(&buildings(&own)))
        @if own.is_empty() { (shown(&buildings(&found))) }
        @else if !found.is_empty() {
            details { summary { (t.with("stairwells-others", &[("count", &found.len())])) } (shown(&buildings(&found))) }
        }
    };
    let nav = staff_nav(&cx, &staff);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// Those of each building; very many are folded up, each with its building.
fn shown(buildings: &[(String, Vec<(PlaceId, String)>)]) -> Markup {
    let many = buildings.iter().map(|(_, all)| all.len()).sum::<usize>() > MANY;
    html! {
        @for (building, all) in buildings {
            @if many { details { summary { (building) } (choices(all)) } }
            @else { (choices(all)) }
        }
    }
}

fn choices(all: &[(PlaceId, String)]) -> Markup {
    html! {
        div.choices { @for (id, name) in all { a.button.second href={ "/stairwell/" (id) } { (name) } } }
    }
}
