//! The page of a place for whoever keeps it: what lies in it, and what can be changed.

use super::close::Close;
use super::code::Code;
use super::grid::Grid;
use super::open::Open;
use super::party::Party;
use super::plate::Plate;
use super::reach::Reach;
use super::rename::Rename;
use super::short::Short;
use super::sign_in::SignIn;
use axum::response::Redirect;
use maud::{Markup, html};
use yishi_domain::places::{CORRECT, KEEP, Place};
use yishi_kernel::{Denied, Right, Role, StreamName};
use yishi_office::places::reads::{PlaceRow, children, ledger, ledgers, path_of, place, places, posters};
use yishi_web::correct::{Correct, Correctable};
use yishi_web::erasing::Erase;
use yishi_web::form::Form;
use yishi_web::nav::staff_nav;
use yishi_web::sheet::{Found, Sheet, Shown, Thing};
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Fields, Page, Width};
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

/// Children that the same ledger keeps, and keepers of ledgers below.
async fn inside(cx: &Cx, top: &PlaceRow) -> Result<Vec<PlaceRow>, Error> {
    let db = &cx.app.office.db;
    let mut inside = children(db, top.ledger, top.id).await?;
    for row in ledgers(db).await? {
        if let Some(keeper) = place(db, row.ledger).await?
            && keeper.path.iter().rev().nth(1) == Some(&top.id)
        {
            inside.push(keeper);
        }
    }
    Ok(inside)
}

impl Shown for KeptPlace {
    async fn show(sheet: &Keeping, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t, own) = (&sheet.cx, sheet.cx.locale, &sheet.row);
        let db = &cx.app.office.db;
        let above = places(db, &own.path).await?;
        let inside = inside(cx, own).await?;
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
            @if own.closed.is_some() { div.notice.warn { p { (t.say("place-closed")) } } }
            @if let Some(row) = &keeps { (ui::facts(&[
                (t.say("ledger-origin"), html! { span.link-text { (row.origin) } }),
                (t.say("ledger-key"), html! { span.link-text { (row.verifier) } }),
                (t.say("place-id"), html! { span.link-text { (own.id) } }),
            ])) }
            div.actions { a.button.second href={ (link) "/people" } { (t.say("people-title")) } }
            h2 { (t.say("place-inside")) }
            @if inside.is_empty() { (ui::empty(&t.say("place-empty"))) }
            ul.list { @for row in &inside { li.item {
                h3 { a href={ "/admin/places/" (row.id) } { (row.name) } }
                p.meta { (ui::place_kind(row.kind, t)) @if let Some(plate) = &row.plate { " · " (plate) } @if let Some(code) = &row.code { " · " (code) } @if row.closed.is_some() { " · " (t.say("place-closed")) } }
            } } }
            (sheet.form::<Correct<KeptPlace>>(values, slip).await?)
            @if own.closed.is_none() {
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
        };
        let nav = staff_nav(cx, &sheet.staff);
        let (locale, view) = (t, cx.view);
        Ok(Page { locale, view, here: &link, title: &title, nav, width: Width::Narrow, main }.render())
    }
}

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
        }
    })
}

impl Correctable for KeptPlace {
    const CORRECT: &'static Right = &CORRECT;
}
