//! Raising for oneself: by the poster where one stands, or at a place chosen on the site.

use super::said::{Sending, photos};
use super::spot::Spot;
use crate::matters::face::speaker::{speaker, supporter};
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::matters::{Behalf, Channel, Shown};
use yishi_kernel::PlaceId;
use yishi_office::matters::Raising;
use yishi_web::form::Form;
use yishi_web::holders::bodies;
use yishi_web::read::Ticked;
use yishi_web::sent::SentParts;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{Fields, Nav, Page, Width};
use yishi_web::visitor::{fresh_form, with_device};
use yishi_web::{Cx, Error};

/// `GET /q/{word}/raise`
pub async fn by_poster(cx: Cx, Path(word): Path<String>) -> Result<Response, Error> {
    fresh(&cx, &Spot::of_poster(&cx, &word).await?).await
}

/// `POST /q/{word}/raise`
pub async fn send_by_poster(cx: Cx, Path(word): Path<String>, sent: SentParts) -> Result<Response, Error> {
    let spot = Spot::of_poster(&cx, &word).await?;
    take(&cx, &spot, sent).await
}

/// `GET /at/{place}/raise`
pub async fn at(cx: Cx, Path(id): Path<String>) -> Result<Response, Error> {
    fresh(&cx, &chosen(&cx, &id).await?).await
}

/// `POST /at/{place}/raise`
pub async fn send_at(cx: Cx, Path(id): Path<String>, sent: SentParts) -> Result<Response, Error> {
    let spot = chosen(&cx, &id).await?;
    take(&cx, &spot, sent).await
}

async fn chosen(cx: &Cx, id: &str) -> Result<Spot, Error> {
    let id: PlaceId = id.parse().map_err(|_| Error::NotFound)?;
    let spot = Spot::find(cx, id, format!("/at/{id}/raise"), Channel::Web).await?;
    // Stairwells and doors are reached by their posters; listing them would tell who lives where.
    if spot.place.kind.below_building() { Err(Error::NotFound) } else { Ok(spot) }
}

async fn fresh(cx: &Cx, spot: &Spot) -> Result<Response, Error> {
    let page = page(cx, spot, &fresh_form(cx)?, None).await?;
    with_device(cx, page.into_response())
}

async fn page(cx: &Cx, spot: &Spot, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let t = cx.locale;
    let f = Form::new(cx, "", "raise", spot.action.clone()).filled(values, slip).in_parts();
    let mut about = vec![(String::new(), t.say("raise-about-nobody"))];
    about.extend(bodies(cx, &spot.place.path).await?);
    let wrong = |field: &str| slip.is_some_and(|slip| slip.at(field).is_some());
    let inner = html! {
        (f.hidden("form", values.get("form")))
        (f.area("text").keep("raise"))
        (photos(&f, values))
        (f.submit("raise-send", "wide"))
        details open[wrong("name") || wrong("contact")] {
            summary { (t.say("raise-more")) }
            (f.select("about", &about))
            (f.completed("name", "name"))
            (f.completed("contact", "tel"))
            (f.check("around"))
            (f.submit("raise-send", "wide second"))
        }
    };
    let title = t.say("raise-title");
    let main = html! {
        p.crumbs { (spot.keeper) }
        h1 { (title) }
        p { strong { (spot.name) } }
        (summary(slip, t))
        (f.bare(&inner))
        p.small.soft { (t.say("raise-privacy")) }
    };
    let nav = Nav::Community { slug: spot.ledger.slug.clone(), name: spot.keeper.clone() };
    let (locale, view, here) = (t, cx.view, spot.action.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

async fn take(cx: &Cx, spot: &Spot, sent: SentParts) -> Result<Response, Error> {
    let sending = Sending::of(cx, spot, sent).await?;
    let voice = supporter(cx, &spot.place).await?;
    let (text, mut r) = sending.read(cx.locale);
    let speaker = speaker(&mut r, voice);
    let about = r.id_or_none("about");
    let shown = match r.ticked("around") {
        Ticked::Yes => Shown::Around,
        Ticked::No => Shown::Building,
    };
    let read = r.done(|| {
        let raising = sending.raising(spot, Behalf::Own, text?, speaker?);
        Some(Raising { about, shown, ..raising })
    });
    match sending.raise(cx, read).await? {
        Ok(raised) => {
            Ok(Redirect::to(&format!("/r/{}/{}?new", spot.ledger.slug, raised.secret)).into_response())
        }
        Err(slip) => Ok(slip.answer(page(cx, spot, &sending.values, Some(&slip)).await?)),
    }
}
