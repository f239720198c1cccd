//! The tree of places: opening, renaming, codes, grids, closing.

use crate::shared::navigation::staff_nav;
use crate::shared::places::kept;
use crate::ui::{self, Field, Fields, Page, Width};
use crate::{Cx, Error};
use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::access::Action;
use yishi_domain::places::{Command, PlaceKind};
use yishi_domain::{PlaceId, Role};
use yishi_store::office::NewLedger;
use yishi_store::reads::places::{PlaceRow, below, children, ledger, ledgers, place, places, posters};

/// `GET /admin`: the places somebody is administrator of.
///
/// # Errors
/// When nobody is signed in, or is none.
pub async fn top(cx: Cx) -> Result<Redirect, Error> {
    let staff = cx.staff()?;
    let own = staff.actor.current(cx.now).find(|grant| grant.role == Role::Administrator);
    let own = own.ok_or(yishi_domain::Denied::Role { may: vec![Role::Administrator] })?;
    Ok(Redirect::to(&format!("/admin/places/{}", own.place)))
}

/// `GET /admin/places/{place}`
///
/// # Errors
/// When this person keeps no places here.
pub async fn show(cx: Cx, Path(id): Path<String>) -> Result<Markup, Error> {
    let place = kept(&cx, &id, Action::KeepPlaces).await?;
    view(&cx, &place, &Fields::default(), None).await
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

async fn view(cx: &Cx, own: &PlaceRow, values: &Fields, error: Option<&Error>) -> Result<Markup, Error> {
    let t = cx.locale;
    let db = &cx.app.office.db;
    let text = error.map(|error| error.text(t));
    let field = error.and_then(Error::field);
    let wrong = |name: &str| text.as_deref().filter(|_| field == Some(name));
    let above = places(db, &own.path).await?;
    let inside = inside(cx, own).await?;
    let kinds: Vec<(String, String)> = PlaceKind::ALL
        .into_iter()
        .filter(|kind| kind.lies_in(Some(own.kind)))
        .map(|kind| (kind.word().to_owned(), ui::place_kind(kind, t)))
        .collect();
    let posters = posters(db, own).await?;
    let keeps = ledger(db, own.id).await?;
    let action = format!("/admin/places/{}", own.id);
    let token = cx.token();
    let title = format!("{} · {}", own.name, ui::place_kind(own.kind, t));
    let main = html! {
        p.crumbs {
            @for id in &own.path { @if *id != own.id { @if let Some(row) = above.iter().find(|row| row.id == *id) {
                a href={ "/admin/places/" (row.id) } { (row.name) } " › "
            } } }
        }
        h1 { (title) }
        (ui::summary(t, text.as_deref().map(|text| (text, field))))
        @if own.closed.is_some() { div.notice.warn { p { (t.say("place-closed")) } } }
        @if let Some(row) = &keeps { (ui::facts(&[
            (t.say("ledger-origin"), html! { span.link-text { (row.origin) } }),
            (t.say("ledger-key"), html! { span.link-text { (row.verifier) } }),
            (t.say("place-id"), html! { span.link-text { (own.id) } }),
        ])) }
        div.actions { a.button.second href={ (action) "/people" } { (t.say("people-title")) } }
        h2 { (t.say("place-inside")) }
        @if inside.is_empty() { (ui::empty(&t.say("place-empty"))) }
        ul.list { @for row in &inside { li.item {
            h3 { a href={ "/admin/places/" (row.id) } { (row.name) } }
            p.meta { (ui::place_kind(row.kind, t)) @if let Some(code) = &row.code { " · " (code) } @if row.closed.is_some() { " · " (t.say("place-closed")) } }
        } } }
        @if own.closed.is_none() {
            @if !kinds.is_empty() { section.card { h2 { (t.say("place-open")) }
                form method="post" action={ (action) "/open" } {
                    (ui::hidden("token", &token))
                    div.row {
                        (ui::select(Field::new("kind", &t.say("place-kind")), &kinds, values.get("kind")))
                        (ui::text_field(Field::new("name", &t.say("place-name")).error(wrong("name")), values.get("name"), "off"))
                    }
                    @if kinds.iter().any(|(kind, _)| PlaceKind::parse(kind).is_some_and(PlaceKind::keeps_ledger)) {
                        (ui::text_field(Field::new("slug", &t.say("place-slug")).hint(&t.say("place-slug-hint")).error(wrong("slug")), values.get("slug"), "off"))
                    }
                    (ui::submit(&t.say("place-open"), ""))
                }
            } }
            @if own.kind.takes_matters() { section.card { h2 { (t.say("posters-title")) }
                p { (t.say("posters-lead")) }
                @for poster in &posters { div.actions {
                    a.button.second href={ (action) "/poster/" (poster.word) } { (t.say("poster-show")) }
                    form method="post" action={ (action) "/poster/" (poster.id) "/revoke" } { (ui::hidden("token", &token)) (ui::submit(&t.say("poster-revoke"), "danger")) }
                } }
                form method="post" action={ (action) "/poster" } { (ui::hidden("token", &token)) (ui::submit(&t.say("poster-issue"), "second")) }
            } }
            @if own.kind == PlaceKind::Grid { (grid_form(cx, own, &action).await?) }
            details { summary { (t.say("place-change")) }
                form.card method="post" action={ (action) "/rename" } {
                    (ui::hidden("token", &token))
                    (ui::text_field(Field::new("new-name", &t.say("place-rename")), &own.name, "off"))
                    (ui::submit(&t.say("place-rename"), "second"))
                }
                form.card method="post" action={ (action) "/code" } {
                    (ui::hidden("token", &token))
                    (ui::text_field(Field::new("code", &t.say("place-code")).hint(&t.say("place-code-hint")).error(wrong("code")), own.code.as_deref().unwrap_or_default(), "off"))
                    (ui::submit(&t.say("place-code-send"), "second"))
                }
                form.card method="post" action={ (action) "/close" } {
                    (ui::hidden("token", &token))
                    p { (t.say("place-close-lead")) }
                    (ui::submit(&t.say("place-close"), "danger"))
                }
            }
        }
    };
    let nav = staff_nav(cx, cx.staff()?);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &action, title: &title, nav, width: Width::Narrow, main }.render())
}

async fn grid_form(cx: &Cx, own: &PlaceRow, action: &str) -> Result<Markup, Error> {
    let t = cx.locale;
    let db = &cx.app.office.db;
    let keeper = cx.place(own.ledger).await?;
    let loaded = cx.app.office.load::<yishi_domain::places::Place>(own.ledger, &own.id.into()).await?;
    let mut options = Vec::new();
    for building in below(db, &keeper, PlaceKind::Building).await? {
        let around = match building.path.iter().rev().nth(1) {
            Some(id) => place(db, *id).await?.map(|row| row.name).unwrap_or_default(),
            None => String::new(),
        };
        options.push((building.id, format!("{around} {}", building.name)));
    }
    Ok(html! {
        section.card { h2 { (t.say("grid-title")) }
            form method="post" action={ (action) "/grid" } {
                (ui::hidden("token", &cx.token()))
                fieldset { legend { (t.say("grid-buildings")) }
                    @for (id, name) in &options {
                        label.check { input type="checkbox" name="building" value=(id) checked[loaded.state.buildings.contains(id)]; span { (name) } }
                    }
                }
                (ui::submit(&t.say("grid-send"), "second"))
            }
        }
    })
}

type Sent = Form<Vec<(String, String)>>;

async fn back(cx: &Cx, own: &PlaceRow, values: &Fields, done: Result<(), Error>) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/admin/places/{}", own.id)).into_response()),
        Err(error @ Error::Refused(_)) => {
            Ok((error.status(), view(cx, own, values, Some(&error)).await?).into_response())
        }
        Err(error) => Err(error),
    }
}

/// `POST /admin/places/{place}/open`
///
/// # Errors
/// When this person keeps no places here, or the form did not come from our page.
pub async fn open(cx: Cx, Path(id): Path<String>, Form(values): Sent) -> Result<Response, Error> {
    let values = Fields(values);
    cx.check(values.get("token"))?;
    let own = kept(&cx, &id, Action::KeepPlaces).await?;
    let kind = PlaceKind::parse(values.get("kind")).ok_or(Error::Malformed)?;
    let host = match ledger(&cx.app.office.db, own.ledger).await? {
        Some(row) => row.origin.rsplit_once('/').map_or(row.origin.clone(), |(host, _)| host.to_owned()),
        None => return Err(Error::NotFound),
    };
    let new = kind.keeps_ledger().then(|| NewLedger { slug: values.get("slug").trim().to_owned(), host });
    let opened = cx.app.office.open_place(&cx.actor(), own.id, kind, values.get("name"), new).await;
    back(&cx, &own, &values, opened.map(|_| ()).map_err(Error::from)).await
}

async fn change(cx: &Cx, id: &str, values: Fields, command: Command) -> Result<Response, Error> {
    cx.check(values.get("token"))?;
    let own = kept(cx, id, Action::KeepPlaces).await?;
    let done = cx.app.office.change_place(&cx.actor(), own.id, command).await;
    back(cx, &own, &values, done.map_err(Error::from)).await
}

/// `POST /admin/places/{place}/rename`
///
/// # Errors
/// When this person keeps no places here, or the form did not come from our page.
pub async fn rename(cx: Cx, Path(id): Path<String>, Form(values): Sent) -> Result<Response, Error> {
    let values = Fields(values);
    let name = values.get("new-name").to_owned();
    change(&cx, &id, values, Command::Rename { name }).await
}

/// `POST /admin/places/{place}/code`
///
/// # Errors
/// When this person keeps no places here, or the form did not come from our page.
pub async fn code(cx: Cx, Path(id): Path<String>, Form(values): Sent) -> Result<Response, Error> {
    let values = Fields(values);
    let (code, from) = (values.get("code").to_owned(), cx.now);
    change(&cx, &id, values, Command::Code { code, from }).await
}

/// `POST /admin/places/{place}/grid`
///
/// # Errors
/// When this person keeps no places here, or the form did not come from our page.
pub async fn grid(cx: Cx, Path(id): Path<String>, Form(values): Sent) -> Result<Response, Error> {
    let values = Fields(values);
    let buildings = values
        .all("building")
        .map(|id| id.parse::<PlaceId>().map_err(|_| Error::Malformed))
        .collect::<Result<_, _>>()?;
    change(&cx, &id, values, Command::DrawGrid { buildings }).await
}

/// `POST /admin/places/{place}/close`
///
/// # Errors
/// When this person keeps no places here, or the form did not come from our page.
pub async fn close(cx: Cx, Path(id): Path<String>, Form(values): Sent) -> Result<Response, Error> {
    change(&cx, &id, Fields(values), Command::Close).await
}
