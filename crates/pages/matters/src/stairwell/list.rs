//! The stairwells of one's own: a steward's, or all below the place one looks after.

use maud::{Markup, html};
use yishi_domain::places::PlaceKind;
use yishi_kernel::{Denied, Role};
use yishi_office::places::reads::{below, place, places};
use yishi_web::nav::staff_nav;
use yishi_web::ui::{Page, Width};
use yishi_web::{Cx, Error};

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
    let mut named = Vec::new();
    for row in found {
        let above = places(db, &row.path).await?;
        let name: Vec<&str> = row
            .path
            .iter()
            .rev()
            .take(3)
            .rev()
            .filter_map(|id| above.iter().find(|place| place.id == *id))
            .map(|place| place.name.as_str())
            .collect();
        named.push((row.id, name.join(" ")));
    }
    let title = t.say("stairwells-title");
    let main = html! {
        h1 { (title) }
        div.choices { @for (id, name) in &named { a.button.second href={ "/stairwell/" (id) } { (name) } } }
    };
    let nav = staff_nav(&cx, &staff);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}
