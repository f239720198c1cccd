//! The page of a place for whoever keeps it: what lies in it, and what can be changed.

use super::close::Close;
use super::code::Code;
use super::grid::Grid;
use super::lay_out::{LayOut, added};
use super::open::Open;
use super::party::Party;
use super::plate::Plate;
use super::reach::Reach;
use super::rename::Rename;
use super::rosters::way;
use super::short::Short;
use super::sign_in::SignIn;
use axum::extract::Query;
use axum::response::Redirect;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use yishi_domain::places::{CORRECT, KEEP, Place, PlaceKind};
use yishi_kernel::{Denied, PlaceId, Right, Role, StreamName};
use yishi_office::places::reads::{
    PlaceRow, all_below, children_page, found_below, inside_of, ledger, ledgers_below, path_of, places,
    posters,
};
use yishi_web::correct::{Correct, Correctable};
use yishi_web::erasing::Erase;
use yishi_web::form::Form;
use yishi_web::nav::staff_nav;
use yishi_web::sheet::{Found, Sheet, Shown, Thing};
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Field, Fields, Page, Width};
use yishi_web::{Cx, Error};

/// A place, for whoever keeps it.
#[derive(Debug)]
pub struct KeptPlace;

/// The page of a place.
pub type Keeping = Sheet<KeptPlace>;

impl Thing for KeptPlace {
    type At = String;
    type State = Place;
    type Row = PlaceRow;
    const FAMILY: &'static str = "place";
    const SEEN_BY: &'static Right = &KEEP;

    async fn find(cx: &Cx, id: String) -> Result<Found<Self>, Error> {
        let row = cx.place(id.parse().map_err(|_| Error::NotFound)?).await?;
        let db = &cx.app.office.db;
        let ledger = ledger(db, row.ledger).await?.ok_or(Error::NotFound)?;
        let loaded = cx.app.office.load(row.ledger, &row.id.into()).await?;
        let path = path_of(db, &row).await?;
        Found::new(ledger, row, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/admin/places/{}", found.row.id)
    }
}

/// `GET /admin`: the places somebody is administrator of.
pub async fn top(cx: Cx) -> Result<Redirect, Error> {
    let staff = cx.staff()?;
    let own = staff.actor.current(cx.now).find(|grant| grant.role == Role::Administrator);
    let own = own.ok_or(Denied::Role { may: vec![Role::Administrator] })?;
    Ok(Redirect::to(&format!("/admin/places/{}", own.place)))
}

/// With more places than this in it, a place is searched.
const FEW: u64 = 20;
/// The field of the search, and of the page of the list.
const WORDS: &str = "q";
const AFTER: &str = "after";

/// The keepers of ledgers directly below a place.
async fn keepers(cx: &Cx, top: &PlaceRow) -> Result<Vec<PlaceRow>, Error> {
    let db = &cx.app.office.db;
    let below: Vec<PlaceId> =
        ledgers_below(db, std::slice::from_ref(&top.path)).await?.iter().map(|row| row.ledger).collect();
    let mut keepers = places(db, &below).await?;
    keepers.retain(|row| row.path.iter().rev().nth(1) == Some(&top.id));
    keepers.sort_by_key(|row| row.id);
    Ok(keepers)
}

/// What lies in a place: how much of each kind, a search, and one level of it in pages, each with
/// what lies in it in turn.
async fn inside(sheet: &Keeping) -> Result<Markup, Error> {
    let (cx, t, own) = (&sheet.cx, sheet.cx.locale, &sheet.row);
    let db = &cx.app.office.db;
    let asked = asked(cx);
    let link = sheet.link();
    let words = asked.get(WORDS).map(|words| words.trim()).unwrap_or_default();
    let all: Vec<(String, u64)> = (all_below(db, own).await?.into_iter())
        .map(|(kind, count)| (ui::place_kind(kind, t), count))
        .collect();
    let many = all.iter().map(|(_, count)| count).sum::<u64>() > FEW;
    let after = asked.get(AFTER).and_then(|key| {
        let (kind, id) = key.rsplit_once('_')?;
        Some((PlaceKind::parse(kind)?, id.parse().ok()?))
    });
    let list = if words.is_empty() {
        let page = children_page(db, own, after).await?;
        let keepers = if after.is_none() { keepers(cx, own).await? } else { Vec::new() };
        let rows: Vec<PlaceRow> = page.rows.into_iter().chain(keepers).collect();
        let next = page.next.map(|next| ui::link(&link, &[(AFTER, &next)]));
        let rows: Vec<(PlaceRow, String)> = rows.into_iter().map(|row| (row.clone(), row.name)).collect();
        html! {
            @if rows.is_empty() { (ui::empty(&t.say("place-empty"))) }
            (lines(cx, &rows).await?)
            (ui::more(next, &t.say("place-more")))
        }
    } else {
        let (found, count) = found_below(db, own, words).await?;
        let shown = found.len();
        let rows: Vec<(PlaceRow, String)> =
            found.into_iter().map(|(row, names)| (row, names.join(" "))).collect();
        html! {
            p role="status" { (t.with("place-found", &[("count", &count), ("words", &words)])) " " a href=(link) { (t.say("place-all")) } }
            (lines(cx, &rows).await?)
            @if count > shown { p.soft { (t.with("place-found-more", &[("count", &(count - shown))])) } }
        }
    };
    Ok(html! {
        h2 id="inside" { (t.say("place-inside")) }
        @if !all.is_empty() { (ui::counts(&all)) }
        @if many {
            form.filters.no-print method="get" action=(link) role="search" { div.row {
                (ui::text_field(Field::new(WORDS, &t.say("place-find")).hint(&t.say("place-find-hint")), words, "off"))
                div.field { (ui::submit(&t.say("place-find-send"), "second")) }
            } }
        }
        (list)
    })
}

/// Places as lines, each under this name and with what lies in it.
async fn lines(cx: &Cx, rows: &[(PlaceRow, String)]) -> Result<Markup, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let mut counts = BTreeMap::new();
    let ledgers: BTreeSet<PlaceId> = rows.iter().map(|(row, _)| row.ledger).collect();
    for ledger in ledgers {
        let own: Vec<PlaceId> =
            rows.iter().filter(|(row, _)| row.ledger == ledger).map(|(row, _)| row.id).collect();
        counts.extend(inside_of(db, ledger, &own).await?);
    }
    let meta = |row: &PlaceRow| {
        let mut meta = vec![ui::place_kind(row.kind, t)];
        meta.extend(row.plate.clone());
        meta.extend(row.code.clone());
        let inside = counts.get(&row.id).into_iter().flatten();
        meta.extend(inside.map(|(kind, count)| format!("{} {count}", ui::place_kind(*kind, t))));
        if row.closed.is_some() {
            meta.push(t.say("place-closed"));
        }
        meta.join(" · ")
    };
    Ok(html! { ul.list { @for (row, name) in rows { li.item {
        h3 { a href={ "/admin/places/" (row.id) } { (name) } }
        (ui::bits("meta", &meta(row)))
    } } } })
}

/// What the link of a page asks for.
fn asked(cx: &Cx) -> HashMap<String, String> {
    let uri = cx.here.parse().unwrap_or_default();
    Query::try_from_uri(&uri).map(|Query(asked)| asked).unwrap_or_default()
}

impl Shown for KeptPlace {
    async fn show(sheet: &Keeping, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t, own) = (&sheet.cx, sheet.cx.locale, &sheet.row);
        let db = &cx.app.office.db;
        let above = places(db, &own.path).await?;
        let keeps = ledger(db, own.id).await?;
        let link = sheet.link();
        let title = format!("{} · {}", own.name, ui::place_kind(own.kind, t));
        let main = html! {
            p.crumbs {
                @for id in &own.path { @if *id != own.id { @if let Some(row) = above.iter().find(|row| row.id == *id) {
                    a href={ "/admin/places/" (row.id) } { (row.name) } " › "
                } } }
            }
            h1 { (title) }
            (summary(slip, t))
            @if let Some(count) = added(cx) { div.notice role="status" { p { (t.with("plan-added", &[("count", &count)])) } } }
            @if own.closed.is_some() { div.notice.warn { p { (t.say("place-closed")) } } }
            div.actions { a.button.second href={ (link) "/people" } { (t.say("people-title")) }
                @if keeps.is_some() { " " a.button.second href={ (link) "/partners" } { (t.say("partners-title")) } }
                (way(own, cx))
            }
            (inside(sheet).await?)
            (sheet.form::<Correct<KeptPlace>>(values, slip).await?)
            @if own.closed.is_none() {
                (sheet.form::<LayOut>(values, slip).await?)
                (sheet.form::<Open>(values, slip).await?)
                (posters_of(sheet).await?)
                (sheet.form::<Grid>(values, slip).await?)
                (sheet.form::<Reach>(values, slip).await?)
                details { summary { (t.say("place-change")) }
                    (sheet.form::<Rename>(values, slip).await?)
                    (sheet.form::<Short>(values, slip).await?)
                    (sheet.form::<Code>(values, slip).await?)
                    (sheet.form::<Plate>(values, slip).await?)
                    (sheet.form::<Party>(values, slip).await?)
                    (sheet.form::<SignIn>(values, slip).await?)
                    (sheet.form::<Close>(values, slip).await?)
                }
            }
            (sheet.form::<Erase<KeptPlace>>(values, slip).await?)
            // For whoever imports and verifies, and nobody else.
            @if let Some(row) = &keeps { details { summary { (t.say("place-record")) } (ui::facts(&[
                (t.say("ledger-origin"), html! { span.link-text { (row.origin) } }),
                (t.say("ledger-key"), html! { span.link-text { (row.verifier) } }),
                (t.say("place-id"), html! { span.link-text { (own.id) } }),
            ])) } }
        };
        let nav = staff_nav(cx, &sheet.staff);
        let (locale, view) = (t, cx.view);
        Ok(Page { locale, view, here: &link, title: &title, nav, width: Width::Narrow, main }.render())
    }
}

/// What has stairwells or buildings in it, each with a poster of its own.
const DIVIDED: &[PlaceKind] = &[
    PlaceKind::Community,
    PlaceKind::Village,
    PlaceKind::NaturalVillage,
    PlaceKind::Compound,
    PlaceKind::Phase,
    PlaceKind::Market,
    PlaceKind::Building,
];

/// The posters of a place; what becomes of one is a feature of its own.
async fn posters_of(sheet: &Keeping) -> Result<Markup, Error> {
    if !sheet.row.kind.takes_matters() {
        return Ok(html! {});
    }
    let (t, link) = (sheet.cx.locale, sheet.link());
    let posters = posters(&sheet.cx.app.office.db, &sheet.row).await?;
    let form = |to: String| Form::new(&sheet.cx, "", "poster", format!("{link}/poster{to}"));
    let issue = form(String::new());
    Ok(html! {
        section.card { h2 { (t.say("posters-title")) }
            p { (t.say("posters-lead")) }
            @for poster in &posters { div.actions {
                a.button.second href={ (link) "/poster/" (poster.word) } { (t.say("poster-show")) }
                @let revoke = form(format!("/{}/revoke", poster.id));
                (revoke.bare(&revoke.submit("poster-revoke", "danger")))
            } }
            (issue.bare(&issue.submit("poster-issue", "second")))
            @if DIVIDED.contains(&sheet.row.kind) { p { a href={ (link) "/posters" } { (t.say("posters-all")) } } }
        }
    })
}

impl Correctable for KeptPlace {
    const CORRECT: &'static Right = &CORRECT;
}
