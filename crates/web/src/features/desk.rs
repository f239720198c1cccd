//! The desk 工作台: one list of what needs me now, the most urgent first, with the reason.

use crate::shared::matter::meta;
use crate::shared::navigation::staff_nav;
use crate::texts::Locale;
use crate::ui::{self, Item, Page, Width};
use crate::{Cx, Error, Staff};
use axum::extract::Query;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use yishi_domain::access::{Action, Claim, may};
use yishi_domain::matters::{HolderKey, Matter, Step};
use yishi_domain::text::excerpt;
use yishi_domain::{MatterId, PlaceId, Role};
use yishi_store::reads::matters::{MatterRow, SearchIn, desk, find, overdue, said, support};
use yishi_store::reads::places::{children, ledger, ledgers, place};

/// Most matters on a desk; beyond that those that can wait are left out, and the page says so.
const LONGEST: usize = 100;

/// The ledgers somebody steers: the own community's, or all below the own street.
async fn steered(cx: &Cx, staff: &Staff) -> Result<BTreeSet<PlaceId>, Error> {
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
async fn holders(cx: &Cx, staff: &Staff) -> Result<Vec<HolderKey>, Error> {
    let db = &cx.app.office.db;
    let mut keys: BTreeSet<HolderKey> = staff.actor.account.map(HolderKey::person).into_iter().collect();
    for grant in staff.actor.current(cx.now) {
        if let Some(organisation) = grant.organisation {
            keys.insert(HolderKey::organisation(organisation));
        }
        match grant.role {
            Role::CommunityWorker | Role::CommunitySecretary | Role::StreetOfficer => {
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

/// Why a matter is on this desk.
fn reason(row: &MatterRow, held: bool, t: Locale) -> String {
    match (row.next, held) {
        (Some((step, _)), true) => t.say(&format!("step-{}", step.word())),
        (Some((Step::Triage | Step::Answer | Step::Close, _)), false) | (None, _) => t.say("step-overdue"),
    }
}

/// `GET /desk`
///
/// # Errors
/// When nobody is signed in.
pub async fn show(cx: Cx, Query(query): Query<HashMap<String, String>>) -> Result<Markup, Error> {
    let t = cx.locale;
    let staff = cx.staff()?.clone();
    let db = &cx.app.office.db;
    let words = query.get("q").map(|words| words.trim().to_owned()).unwrap_or_default();
    let steered = steered(&cx, &staff).await?;
    let mut rows = Vec::new();
    let mut held = BTreeSet::new();
    if words.is_empty() {
        for row in desk(db, &holders(&cx, &staff).await?).await? {
            held.insert(row.id);
            rows.push(row);
        }
        // Whoever steers a place sees what is late there, whoever holds it.
        for ledger in &steered {
            for row in overdue(db, *ledger, cx.now).await? {
                if !held.contains(&row.id) {
                    rows.push(row);
                }
            }
        }
        rows.sort_by_key(|row| (row.next.map(|(_, due)| due), row.id));
    } else {
        for ledger in &steered {
            rows.extend(find(db, *ledger, &words, SearchIn::Entire).await?);
        }
        held.extend(rows.iter().map(|row| row.id));
    }
    let rows = readable(&cx, &staff, rows).await?;
    let mut items = Vec::new();
    let mut slugs = BTreeMap::new();
    for (place, rows) in by_ledger(&rows) {
        let ids: Vec<MatterId> = rows.iter().map(|row| row.id).collect();
        let texts = said(db, place, &ids).await?;
        let supports = support(db, place, &ids).await?;
        if let Some(row) = ledger(db, place).await? {
            slugs.insert(place, row.slug);
        }
        for row in rows {
            let title = match texts.get(&row.id) {
                Some(text) => excerpt(text, 42),
                None => row.summary.clone().unwrap_or_else(|| t.say("desk-photo-only")),
            };
            let support = supports.get(&row.id).copied().unwrap_or_default();
            items.push((row.clone(), title, meta(row, support, t)));
        }
    }
    items.sort_by_key(|(row, _, _)| (row.next.map(|(_, due)| due), row.id));
    items.truncate(LONGEST);
    let late = items.iter().filter(|(row, _, _)| row.next.is_some_and(|(_, due)| due <= cx.now)).count();
    let roles: Vec<String> = staff.actor.current(cx.now).map(|grant| ui::role(grant.role, t)).collect();
    let boards = boards(&cx, &staff).await?;
    let title = t.say("desk-title");
    let main = html! {
        h1 { (title) }
        (ui::bits("soft", &format!("{} · {}", staff.name, roles.join(" · "))))
        @if !words.is_empty() { p { (t.with("desk-found", &[("words", &words), ("count", &items.len())])) " " a href="/desk" { (t.say("desk-all")) } } }
        @else { p { (t.with("desk-lead", &[("count", &items.len()), ("late", &late)])) } }
        @if !steered.is_empty() {
            form.filters.no-print method="get" action="/desk" { div.row {
                (ui::text_field(ui::Field::new("q", &t.say("desk-search")), &words, "off"))
                div.field { (ui::submit(&t.say("filter-action"), "second")) }
            } }
        }
        @if items.len() >= LONGEST { div.notice.warn { p { (t.with("desk-cut", &[("count", &LONGEST)])) } } }
        @if items.is_empty() { (ui::empty(&t.say("desk-empty"))) }
        ul.list {
            @for (row, title, meta) in &items {
                (ui::item(&Item {
                    href: &format!("/w/{}/{}", slugs.get(&row.ledger).map_or("", String::as_str), row.number),
                    title: &format!("{} — {title}", reason(row, held.contains(&row.id), t)),
                    meta,
                    stage: row.stage,
                    next: row.next,
                    photo: None,
                }, cx.now, t))
            }
        }
        @if !boards.is_empty() {
            h2 { (t.say("desk-boards")) }
            ul { @for (slug, name) in &boards { li { a href={ "/c/" (slug) } { (name) } } } }
        }
    };
    let nav = staff_nav(&cx, &staff);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Wide, main }.render())
}

/// Only what this actor may read: a grid's secretary, say, not the whole community's desk.
async fn readable(cx: &Cx, staff: &Staff, rows: Vec<MatterRow>) -> Result<Vec<MatterRow>, Error> {
    let narrow = staff.actor.current(cx.now).any(|grant| grant.role == Role::GridSecretary);
    if !narrow {
        return Ok(rows);
    }
    let mut readable = Vec::new();
    for row in rows {
        let loaded = cx.app.office.load::<Matter>(row.ledger, &row.id.into()).await?;
        let path = cx.app.office.path_of_matter(&loaded.state).await?;
        let resource = loaded.state.resource(&path, Claim::None);
        if may(&staff.actor, Action::ReadPrivate, &resource, cx.now).is_ok() {
            readable.push(row);
        }
    }
    Ok(readable)
}

fn by_ledger(rows: &[MatterRow]) -> BTreeMap<PlaceId, Vec<&MatterRow>> {
    let mut groups: BTreeMap<PlaceId, Vec<&MatterRow>> = BTreeMap::new();
    for row in rows {
        groups.entry(row.ledger).or_default().push(row);
    }
    groups
}

/// Public boards of the communities this person works in.
async fn boards(cx: &Cx, staff: &Staff) -> Result<Vec<(String, String)>, Error> {
    let db = &cx.app.office.db;
    let mut ids = steered(cx, staff).await?;
    for grant in staff.actor.current(cx.now) {
        if let Some(row) = place(db, grant.place).await? {
            ids.insert(row.ledger);
        }
    }
    let mut boards = Vec::new();
    for id in ids {
        let has_board = !children(db, id, id).await?.is_empty();
        if let (true, Some(row), Some(place)) = (has_board, ledger(db, id).await?, place(db, id).await?) {
            boards.push((row.slug, place.name));
        }
    }
    Ok(boards)
}
