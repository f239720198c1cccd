//! Where is it? From the site one chooses the place first; by a poster it is known.

use axum::extract::Path;
use maud::{Markup, html};
use yishi_domain::places::PlaceKind;
use yishi_kernel::PlaceId;
use yishi_office::places::reads::{PlaceRow, below, children};
use yishi_web::texts::Locale;
use yishi_web::ui::{Nav, Page, Width};
use yishi_web::{Cx, Error};

/// A place of the community, with what lies in it that one may choose.
struct Group {
    place: PlaceRow,
    /// Its buildings.
    finer: Vec<(PlaceId, String)>,
    /// A market's stalls, which may be many.
    stalls: Vec<PlaceRow>,
}

/// With more buildings than this, each compound is folded up.
const MANY: usize = 40;

/// The buildings of one place, and the rest of it.
fn choices(group: &Group, t: Locale) -> Markup {
    let Group { place, finer, stalls: within } = group;
    html! {
        div.choices.tight {
            @for (id, name) in finer { a.button.second href={ "/at/" (id) "/raise" } { (name) } }
            a.button.second href={ "/at/" (place.id) "/raise" } {
                @if finer.is_empty() { (place.name) } @else { (t.say("choose-outside")) }
            }
        }
        (stalls(within, t))
    }
}

/// The stalls of a market by name and plate, folded up.
fn stalls(stalls: &[PlaceRow], t: Locale) -> Markup {
    html! {
        @if !stalls.is_empty() {
            details { summary { (t.with("choose-stalls", &[("count", &stalls.len())])) }
                div.choices.tight { @for stall in stalls {
                    a.button.second href={ "/at/" (stall.id) "/raise" } { (stall.name) @if let Some(plate) = &stall.plate { " · " (plate) } }
                } }
            }
        }
    }
}

/// `GET /c/{slug}/raise`
pub async fn show(cx: Cx, Path(slug): Path<String>) -> Result<Markup, Error> {
    let t = cx.locale;
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let db = &cx.app.office.db;
    let phases = below(db, &keeper, PlaceKind::Phase).await?;
    let buildings = below(db, &keeper, PlaceKind::Building).await?;
    let stalls_of_all = below(db, &keeper, PlaceKind::Stall).await?;
    let many = buildings.len() > MANY;
    let mut groups = Vec::new();
    for place in children(db, ledger.ledger, ledger.ledger).await? {
        if place.kind.takes_matters() && place.closed.is_none() {
            let within = |row: &&PlaceRow| row.id != place.id && row.path.contains(&place.id);
            let stalls = match place.kind {
                PlaceKind::Market => stalls_of_all.iter().filter(within).cloned().collect(),
                _ => Vec::new(),
            };
            let mut finer: Vec<(PlaceId, String)> = Vec::new();
            for building in buildings.iter().filter(within) {
                // Each phase of a compound has a 1号楼.
                let phase = phases.iter().find(|phase| building.path.contains(&phase.id));
                let name =
                    phase.map_or(building.name.clone(), |phase| format!("{} {}", phase.name, building.name));
                finer.push((building.id, name));
            }
            groups.push(Group { place, finer, stalls });
        }
    }
    // What has no parts to choose from is no card of its own: its name would stand there twice.
    let (whole, parted): (Vec<&Group>, Vec<&Group>) =
        groups.iter().partition(|group| group.finer.is_empty() && group.stalls.is_empty());
    let title = t.say("choose-title");
    let main = html! {
        h1 { (title) }
        p { (t.say("choose-lead")) }
        @for group in parted {
            // Whoever lives here finds the own compound first, and then the building.
            @if many && group.finer.len() > 1 { details { summary { (group.place.name) } section.card { (choices(group, t)) } } }
            @else { section.card { h2 { (group.place.name) } (choices(group, t)) } }
        }
        section.card {
            h2 { (t.say("choose-other")) }
            div.choices {
                @for Group { place, .. } in whole { a.button.second href={ "/at/" (place.id) "/raise" } { (place.name) } }
                a.button.second href={ "/at/" (ledger.ledger) "/raise" } { (t.with("choose-anywhere", &[("name", &keeper.name)])) }
            }
        }
    };
    let nav = Nav::Community { slug, name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}
