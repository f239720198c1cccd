//! Raising a matter 说事: from the QR code on the stairwell or from the site, without an
//! account and without scripts; a sentence or a photo is enough. Nothing typed is lost when
//! something is wrong.

use crate::feature::Feature;
use crate::routes::Route;
use crate::sent::SentParts;
use crate::shared::matter::headline;
use crate::shared::photos::stored;
use crate::shared::visitor::{form_bytes, fresh_form, speaker, supporter, with_device};
use crate::ui::{self, Field, Fields, Item, Nav, Page, Width};
use crate::{Cx, Error};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::matters::{Behalf, Channel, Shown};
use yishi_domain::places::PlaceKind;
use yishi_kernel::refusal::Common;
use yishi_kernel::{OrganisationId, PlaceId, Refusal};
use yishi_office::matters::Raising;
use yishi_office::matters::reads::at_building;
use yishi_office::people::reads::organisations;
use yishi_office::places::reads::{LedgerRow, PlaceRow, below, children, ledger, places, poster_place};

/// What it gives to the program.
pub static FEATURE: Feature = Feature { routes: ROUTES, ..Feature::named("raise") };

static ROUTES: &[Route] = crate::routes! {
    get "/c/{slug}/raise" public choose;
    get "/q/{word}" public poster;
    get "/q/{word}/raise" public form;
    parts "/q/{word}/raise" public send;
    get "/at/{place}/raise" public form_at;
    parts "/at/{place}/raise" public send_at;
};

/// A place to raise at, with where it lies.
struct Spot {
    place: PlaceRow,
    ledger: LedgerRow,
    keeper: String,
    /// From the compound or market down: what the resident knows it by.
    name: String,
    /// The link of the form.
    action: String,
    channel: Channel,
}

async fn spot(cx: &Cx, id: PlaceId, action: String, channel: Channel) -> Result<Spot, Error> {
    let db = &cx.app.office.db;
    let place = cx.place(id).await?;
    if place.closed.is_some() {
        return Err(Refusal::from(Common::Ended).into());
    }
    if !place.kind.takes_matters() {
        return Err(Error::NotFound);
    }
    let ledger = ledger(db, place.ledger).await?.ok_or(Error::NotFound)?;
    let above = places(db, &place.path).await?;
    let named = |id: &PlaceId| above.iter().find(|row| row.id == *id);
    // A door number stays off pages anyone can open.
    let name = place
        .path
        .iter()
        .skip_while(|id| **id != place.ledger)
        .skip(1)
        .filter_map(named)
        .filter(|row| row.kind != PlaceKind::Household)
        .map(|row| row.name.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    let keeper = named(&place.ledger).map(|row| row.name.clone()).unwrap_or_default();
    let name = if name.is_empty() { keeper.clone() } else { name };
    Ok(Spot { place, ledger, keeper, name, action, channel })
}

async fn poster_spot(cx: &Cx, word: &str) -> Result<Spot, Error> {
    let place = poster_place(&cx.app.office.db, word).await?.ok_or(Error::NotFound)?;
    spot(cx, place, format!("/q/{}/raise", ui::encoded(word)), Channel::Poster).await
}

/// `GET /q/{word}`: what the QR code opens.
pub async fn poster(cx: Cx, Path(word): Path<String>) -> Result<Markup, Error> {
    let t = cx.locale;
    let spot = poster_spot(&cx, &word).await?;
    let db = &cx.app.office.db;
    let building = spot
        .place
        .path
        .iter()
        .rev()
        .nth(usize::from(spot.place.kind == PlaceKind::Stairwell))
        .copied()
        .unwrap_or(spot.place.id);
    let rows = at_building(db, spot.ledger.ledger, building).await?;
    let slug = &spot.ledger.slug;
    let rules = cx.rules(spot.ledger.ledger).await?;
    let main = html! {
        h1 { (spot.name) }
        p.soft { (spot.keeper) }
        a.button.giant href=(spot.action) { (t.say("raise-action")) }
        p.hint { (t.say("raise-lead")) }
        h2 { (t.say("poster-here")) }
        @if rows.is_empty() { (ui::empty(&t.say("poster-nothing"))) }
        ul.list {
            @for row in &rows {
                (ui::item(&Item {
                    href: &format!("/c/{slug}/m/{}", row.number),
                    title: &headline(&rules, row, t),
                    meta: &row.raised.date().to_string(),
                    stage: row.stage,
                    next: None,
                    photo: None,
                }, cx.now, t))
            }
        }
        p { a.button.second href={ "/c/" (slug) } { (t.say("board-title")) } }
    };
    let nav = Nav::Community { slug: slug.clone(), name: spot.keeper.clone() };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &spot.name, nav, width: Width::Narrow, main }.render())
}

/// `GET /c/{slug}/raise`: where is it?
pub async fn choose(cx: Cx, Path(slug): Path<String>) -> Result<Markup, Error> {
    let t = cx.locale;
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let db = &cx.app.office.db;
    let mut groups = Vec::new();
    for place in children(db, ledger.ledger, ledger.ledger).await? {
        if place.kind.takes_matters() && place.closed.is_none() {
            let buildings = below(db, &place, PlaceKind::Building).await?;
            groups.push((place, buildings));
        }
    }
    let title = t.say("choose-title");
    let main = html! {
        h1 { (title) }
        p { (t.say("choose-lead")) }
        @for (place, buildings) in &groups {
            section.card {
                h2 { (place.name) }
                div.choices {
                    @for building in buildings { a.button.second href={ "/at/" (building.id) "/raise" } { (building.name) } }
                    a.button.second href={ "/at/" (place.id) "/raise" } {
                        @if buildings.is_empty() { (place.name) } @else { (t.say("choose-outside")) }
                    }
                }
            }
        }
        section.card {
            div.choices { a.button.second href={ "/at/" (ledger.ledger) "/raise" } { (t.with("choose-anywhere", &[("name", &keeper.name)])) } }
        }
    };
    let nav = Nav::Community { slug, name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// `GET /q/{word}/raise`
pub async fn form(cx: Cx, Path(word): Path<String>) -> Result<Response, Error> {
    let spot = poster_spot(&cx, &word).await?;
    fresh(&cx, &spot).await
}

/// `GET /at/{place}/raise`
pub async fn form_at(cx: Cx, Path(id): Path<String>) -> Result<Response, Error> {
    let spot = spot_at(&cx, &id).await?;
    fresh(&cx, &spot).await
}

async fn spot_at(cx: &Cx, id: &str) -> Result<Spot, Error> {
    let id: PlaceId = id.parse().map_err(|_| Error::NotFound)?;
    let spot = spot(cx, id, format!("/at/{id}/raise"), Channel::Web).await?;
    // Stairwells and doors are reached by their posters; listing them would tell who lives where.
    if spot.place.kind.below_building() { Err(Error::NotFound) } else { Ok(spot) }
}

async fn fresh(cx: &Cx, spot: &Spot) -> Result<Response, Error> {
    let page = page(cx, spot, &fresh_form(cx)?, None).await?;
    with_device(cx, page.into_response())
}

async fn page(cx: &Cx, spot: &Spot, values: &Fields, error: Option<&Error>) -> Result<Markup, Error> {
    let t = cx.locale;
    let text = error.map(|error| error.text(t));
    let field = error.and_then(Error::field);
    let wrong = |name: &str| text.as_deref().filter(|_| field == Some(name));
    let mut about = vec![(String::new(), t.say("raise-about-nobody"))];
    for row in organisations(&cx.app.office.db, &spot.place.path).await? {
        about.push((row.id.to_string(), row.name));
    }
    let kept: Vec<&str> = values.all("photo").collect();
    let title = t.say("raise-title");
    let main = html! {
        p.crumbs { (spot.keeper) }
        h1 { (title) }
        p { strong { (spot.name) } }
        (ui::summary(t, text.as_deref().map(|text| (text, field))))
        form method="post" action=(spot.action) enctype="multipart/form-data" {
            (ui::hidden("form", values.get("form")))
            (cx.marks())
            (ui::text_area(Field::new("text", &t.say("raise-text")).hint(&t.say("raise-text-hint")).error(wrong("text")), values.get("text"), "raise"))
            @for photo in &kept { (ui::hidden("photo", photo)) }
            @if !kept.is_empty() { div.notice { p { (t.with("raise-photos-kept", &[("count", &kept.len())])) } } }
            (ui::photos(Field::new("photos", &t.say("raise-photos")).hint(&t.say("raise-photos-hint")).error(wrong("photos"))))
            (ui::submit(&t.say("raise-send"), "wide"))
            details open[field.is_some_and(|field| matches!(field, "name" | "contact"))] {
                summary { (t.say("raise-more")) }
                (ui::select(Field::new("about", &t.say("raise-about")).hint(&t.say("raise-about-hint")), &about, values.get("about")))
                (ui::text_field(Field::new("name", &t.say("raise-name")).hint(&t.say("raise-name-hint")).error(wrong("name")), values.get("name"), "name"))
                (ui::text_field(Field::new("contact", &t.say("raise-contact")).hint(&t.say("raise-contact-hint")).error(wrong("contact")), values.get("contact"), "tel"))
                (ui::check(Field::new("around", &t.say("raise-around")).hint(&t.say("raise-around-hint")), values.get("around")))
                (ui::submit(&t.say("raise-send"), "wide second"))
            }
        }
        p.small.soft { (t.say("raise-privacy")) }
    };
    let nav = Nav::Community { slug: spot.ledger.slug.clone(), name: spot.keeper.clone() };
    let (locale, view, here) = (t, cx.view, spot.action.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// `POST /q/{word}/raise`
pub async fn send(cx: Cx, Path(word): Path<String>, sent: SentParts) -> Result<Response, Error> {
    let spot = poster_spot(&cx, &word).await?;
    take(&cx, &spot, sent).await
}

/// `POST /at/{place}/raise`
pub async fn send_at(cx: Cx, Path(id): Path<String>, sent: SentParts) -> Result<Response, Error> {
    let spot = spot_at(&cx, &id).await?;
    take(&cx, &spot, sent).await
}

async fn take(cx: &Cx, spot: &Spot, sent: SentParts) -> Result<Response, Error> {
    let (values, photo) = sent.read(cx).await?;
    let raised = match photo {
        Ok(()) => raise(cx, spot, &values).await,
        Err(error) => Err(error),
    };
    match raised {
        Ok(link) => Ok(Redirect::to(&link).into_response()),
        Err(Error::Fault(fault)) => Err(Error::Fault(fault)),
        Err(error) => {
            // What was typed comes back, and photos that were taken need not be chosen again.
            let page = page(cx, spot, &values, Some(&error)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

async fn raise(cx: &Cx, spot: &Spot, values: &Fields) -> Result<String, Error> {
    let form = form_bytes(values.get("form"))?;
    let raising = Raising {
        form,
        channel: spot.channel,
        behalf: Behalf::Own,
        place: spot.place.id,
        shown: if values.get("around") == "yes" { Shown::Around } else { Shown::Building },
        about: values.some("about").and_then(|id| id.parse::<OrganisationId>().ok()),
        category: None,
        title: None,
        text: values.get("text").to_owned(),
        photos: stored(cx, values).await?,
        occurred_at: None,
        source: None,
        speaker: speaker(values, supporter(cx, &spot.place).await?),
    };
    let raised = cx.app.office.raise(&cx.actor(), raising).await?;
    Ok(format!("/r/{}/{}?new", spot.ledger.slug, raised.secret))
}
