//! The councils of a community for whoever keeps their rolls, and beginning one.

use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::councils::{FOUND, Found, has_council};
use yishi_kernel::PlaceId;
use yishi_office::councils::council_of;
use yishi_office::councils::reads::{council, councils};
use yishi_office::places::reads::{LedgerRow, children};
use yishi_web::form::Form;
use yishi_web::nav::staff_nav_at;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::{Cx, Error, Staff};

/// The community whose councils somebody keeps.
async fn kept(cx: &Cx, slug: &str) -> Result<(Staff, LedgerRow), Error> {
    let staff = cx.staff()?.clone();
    let ledger = cx.ledger(slug).await?;
    let place = cx.place(ledger.ledger).await?;
    cx.may(&FOUND, &cx.resource(&place).await?)?;
    Ok((staff, ledger))
}

/// `GET /w/{slug}/councils`
///
/// # Errors
/// When this person keeps no rolls there.
pub async fn show(cx: Cx, Path(slug): Path<String>) -> Result<Markup, Error> {
    view(&cx, &slug, &cx.typed(), None).await
}

async fn view(cx: &Cx, slug: &str, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let t = cx.locale;
    let (staff, ledger) = kept(cx, slug).await?;
    let db = &cx.app.office.db;
    let there = councils(db, ledger.ledger).await?;
    let mut rows = Vec::new();
    for row in &there {
        rows.push((cx.place(row.place).await?.name, row.number));
    }
    let mut places = vec![cx.place(ledger.ledger).await?];
    places.extend(children(db, ledger.ledger, ledger.ledger).await?);
    let without = |place: &PlaceId| !there.iter().any(|row| row.place == *place);
    let free: Vec<(String, String)> = places
        .into_iter()
        .filter(|place| has_council(place.kind) && place.closed.is_none() && without(&place.id))
        .map(|place| (place.id.to_string(), place.name))
        .collect();
    let here = format!("/w/{slug}/councils");
    let f = Form::new(cx, "", "council", here.clone()).filled(values, slip);
    let title = t.say("councils-keep");
    let main = html! {
        h1 { (title) }
        p { (t.say("councils-keep-lead")) }
        (summary(slip, t))
        @if rows.is_empty() { (ui::empty(&t.say("councils-none"))) }
        ul.list { @for (name, number) in &rows { li.card { h2 { a href={ "/w/" (slug) "/c/" (number) } { (t.with("council-of", &[("place", name)])) } } } } }
        @if !free.is_empty() {
            (f.card(&t.say("council-found"), &html! { (f.select("place", &free)) (f.submit("council-found-send", "wide")) }))
        }
    };
    let nav = staff_nav_at(cx, &staff, slug);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// `POST /w/{slug}/councils`
///
/// # Errors
/// When this person keeps no rolls there.
pub async fn send(cx: Cx, Path(slug): Path<String>, Sent(values): Sent) -> Result<Response, Error> {
    let (staff, ledger) = kept(&cx, &slug).await?;
    let mut r = Reader::new("", &values, cx.locale);
    let place: Option<PlaceId> = r.id("place", "form-choose");
    let slip = match r.done(|| place) {
        Ok(place) => {
            let id = council_of(place);
            let office = cx.office();
            match office.start(&staff.actor, ledger.ledger, id, Found { place }).await {
                Ok(_) => {
                    let row = council(&office.db, ledger.ledger, id).await?.ok_or(Error::NotFound)?;
                    return Ok(Redirect::to(&format!("/w/{slug}/c/{}", row.number)).into_response());
                }
                Err(failure) => {
                    let error = Error::from(failure);
                    let field = error.field().map(str::to_owned);
                    Slip::of(error, field, &values, cx.locale)?
                }
            }
        }
        Err(slip) => slip,
    };
    let page = view(&cx, &slug, &values, Some(&slip)).await?;
    Ok(slip.answer(page))
}
