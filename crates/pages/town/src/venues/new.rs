//! Putting a venue into the directory.

use super::form::{fields, read};
use super::keep::kept;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::venues::{OpenVenue, VenueId, holds_venues};
use yishi_office::FormKey;
use yishi_office::places::reads::{PlaceRow, children};
use yishi_office::venues::reads::venue;
use yishi_web::form::Form;
use yishi_web::nav::staff_nav_at;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::visitor::{fresh_form, made, sent_form};
use yishi_web::{Cx, Error};

/// The places where a venue can lie: the community and what lies in it, two levels down.
async fn sites(cx: &Cx, own: &PlaceRow) -> Result<Vec<(String, String)>, Error> {
    let db = &cx.app.office.db;
    let fits = |row: &PlaceRow| holds_venues(row.kind) && row.closed.is_none();
    let mut sites = vec![(own.id.to_string(), own.name.clone())];
    for row in children(db, own.ledger, own.id).await?.into_iter().filter(fits) {
        let below = children(db, own.ledger, row.id).await?;
        sites.push((row.id.to_string(), row.name.clone()));
        let named = |one: &PlaceRow| (one.id.to_string(), format!("{} {}", row.name, one.name));
        sites.extend(below.iter().filter(|one| fits(one)).map(named));
    }
    Ok(sites)
}

/// `GET /w/{slug}/venues/new`
///
/// # Errors
/// When this person keeps no venues there.
pub async fn show(cx: Cx, Path(slug): Path<String>) -> Result<Markup, Error> {
    view(&cx, &slug, &fresh_form(&cx)?, None).await
}

async fn view(cx: &Cx, slug: &str, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let t = cx.locale;
    let (staff, _, own) = kept(cx, slug).await?;
    let sites = sites(cx, &own).await?;
    let here = format!("/w/{slug}/venues/new");
    let f = Form::new(cx, "", "venue", here.clone()).filled(values, slip);
    let title = t.say("venue-new");
    let inner = html! {
        (ui::hidden("form", values.get("form")))
        (f.select("place", &sites))
        (fields(&f, None))
        (f.submit("venue-new", "wide"))
    };
    let main = html! {
        p.crumbs { a href={ "/w/" (slug) "/venues" } { (t.say("venues-keep")) } }
        h1 { (title) }
        (summary(slip, t))
        (f.bare(&inner))
    };
    let nav = staff_nav_at(cx, &staff, slug);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// `POST /w/{slug}/venues/new`
///
/// # Errors
/// When this person keeps no venues there, or the form did not come from our page.
pub async fn send(cx: Cx, Path(slug): Path<String>, Sent(values): Sent) -> Result<Response, Error> {
    let (staff, ledger, _) = kept(&cx, &slug).await?;
    let form = sent_form(&cx, &values, &[])?;
    let mut r = Reader::new("", &values, cx.locale);
    let (place, details) = (r.id("place", "form-choose"), read(&mut r));
    let slip = match r.done(|| Some(OpenVenue { place: place?, details: details? })) {
        Ok(open) => {
            let office = &cx.app.office;
            let thing = |key: &FormKey| (VenueId(key.id("venue")), open.clone());
            match office.make(&staff.actor, ledger.ledger, form, thing).await {
                Ok(key) => {
                    let row =
                        venue(&office.db, ledger.ledger, thing(&key).0).await?.ok_or(Error::NotFound)?;
                    let link = made(format!("/w/{slug}/v/{}", row.number), &form, &key);
                    return Ok(Redirect::to(&link).into_response());
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
