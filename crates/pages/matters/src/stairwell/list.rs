//! The stairwells of one's own: a steward's, or all below the place one looks after.

use maud::{Markup, html};
use std::collections::{BTreeSet, HashMap};
use yishi_domain::places::PlaceKind;
use yishi_kernel::{Denied, PlaceId, Role};
use yishi_office::places::reads::{PlaceRow, below, place, places};
use yishi_web::nav::staff_nav;
use yishi_web::ui::{Page, Width};
use yishi_web::{Cx, Error};

/// With more stairwells than this, each building is folded up.
const MANY: usize = 40;

/// `GET /stairwells`
pub async fn show(cx: Cx) -> Result<Markup, Error> {
    let t = cx.locale;
    let staff = cx.staff()?.clone();
    let db = &cx.app.office.db;
    let mut found = Vec::new();
    for grant in staff.actor.current(cx.now) {
        let Some(row) = place(db, grant.place).await? else { continue };
        match grant.role {
            Role::Steward => found.push(row),
            Role::BuildingHead
            | Role::GridSecretary
            | Role::GridHead
            | Role::CommunityWorker
            | Role::CommunitySecretary => {
                found.extend(below(db, &row, PlaceKind::Stairwell).await?);
            }
            _ => {}
        }
    }
    if found.is_empty() {
        return Err(Error::Denied(Denied::Role {
            may: vec![Role::Steward, Role::BuildingHead, Role::CommunityWorker],
        }));
    }
    found.dedup_by_key(|row| row.id);
    let ids: BTreeSet<PlaceId> = found.iter().flat_map(|row| row.path.iter().copied()).collect();
    let names: HashMap<PlaceId, String> =
        places(db, &Vec::from_iter(ids)).await?.into_iter().map(|row| (row.id, row.name)).collect();
    let name = |path: &[PlaceId]| -> String {
        path.iter().filter_map(|id| names.get(id).map(String::as_str)).collect::<Vec<_>>().join(" ")
    };
    let named = |row: &PlaceRow| {
        let near = row.path.get(row.path.len().saturating_sub(3)..).unwrap_or_default();
        (row.id, name(near))
    };
    // Very many are folded up, each with its building.
    let many = found.len() > MANY;
    let mut buildings: Vec<(String, Vec<(PlaceId, String)>)> = Vec::new();
    for row in &found {
        let above = row.path.split_last().map(|(_, above)| above).unwrap_or_default();
        let building = name(above.get(above.len().saturating_sub(2)..).unwrap_or_default());
        match buildings.iter_mut().find(|(other, _)| *other == building) {
            Some((_, own)) => own.push(named(row)),
            None => buildings.push((building, vec![named(row)])),
        }
    }
    let title = t.say("stairwells-title");
    let main = html! {
        h1 { (title) }
        @for (building, own) in &buildings {
            @if many { details { summary { (building) } (choices(own)) } }
            @else { (choices(own)) }
        }
    };
    let nav = staff_nav(&cx, &staff);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

fn choices(own: &[(PlaceId, String)]) -> Markup {
    html! {
        div.choices { @for (id, name) in own { a.button.second href={ "/stairwell/" (id) } { (name) } } }
    }
}
