//! Raising for oneself: by the poster where one stands, or at a place chosen on the site. Who has
//! said something here by the same form, or in the same words, is asked before it is made twice.

use super::before::{self, Again, Before};
use super::said::{Sending, danger, photos};
use super::spot::Spot;
use crate::matters::face::speaker::{speaker, supporter};
use crate::matters::face::{headline, row_of};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::matters::{Behalf, Channel, Shown, StageKind};
use yishi_domain::places::PlaceKind;
use yishi_kernel::PlaceId;
use yishi_office::matters::Raising;
use yishi_office::matters::reads::{MatterRow, at_building};
use yishi_office::paging::Paged;
use yishi_office::places::reads::{path_of, poster_led};
use yishi_web::form::Form;
use yishi_web::holders::{bodies, working_there};
use yishi_web::read::Ticked;
use yishi_web::sent::SentParts;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{Fields, Nav, Page, Width};
use yishi_web::visitor::{fresh_form, with_device};
use yishi_web::{Cx, Error};

/// The field that names the matter whose answer something new is said after, by its number.
const AFTER: &str = "after";

/// `GET /q/{word}/raise`
pub async fn by_poster(cx: Cx, Path(word): Path<String>) -> Result<Response, Error> {
    match Spot::of_poster(&cx, &word).await {
        Ok(spot) => fresh(&cx, &spot, None).await,
        Err(error) => Spot::over(&cx, poster_led(&cx.app.office.db, &word).await?, error).await,
    }
}

/// `POST /q/{word}/raise`
pub async fn send_by_poster(cx: Cx, Path(word): Path<String>, sent: SentParts) -> Result<Response, Error> {
    let spot = Spot::of_poster(&cx, &word).await?;
    take(&cx, &spot, sent).await
}

/// `GET /at/{place}/raise`
pub async fn at(
    cx: Cx,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Error> {
    match chosen(&cx, &id).await {
        Ok(spot) => fresh(&cx, &spot, query.get(AFTER).map(String::as_str)).await,
        Err(error) => Spot::over(&cx, id.parse().ok(), error).await,
    }
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
    // A stall is chosen from the list, since who trades there hangs over it.
    match spot.place.kind {
        PlaceKind::Stairwell | PlaceKind::Household => Err(Error::NotFound),
        _ => Ok(spot),
    }
}

async fn fresh(cx: &Cx, spot: &Spot, after: Option<&str>) -> Result<Response, Error> {
    let mut values = fresh_form(cx)?;
    if let Some(number) = after.filter(|number| number.parse::<i64>().is_ok()) {
        values.0.push((AFTER.to_owned(), number.to_owned()));
    }
    let page = page(cx, spot, &values, None, None).await?;
    with_device(cx, page.into_response())
}

async fn page(
    cx: &Cx,
    spot: &Spot,
    values: &Fields,
    slip: Option<&Slip>,
    before: Option<&Before>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let f = Form::new(cx, "", "raise", spot.action.clone()).filled(values, slip).in_parts();
    let mut about = vec![(String::new(), t.say("raise-about-nobody"))];
    about.extend(bodies(cx, &spot.place.path).await?);
    let wrong = |field: &str| slip.is_some_and(|slip| slip.at(field).is_some());
    let more =
        ["about", "person", "name", "contact", "around"].iter().any(|field| values.some(field).is_some());
    let open = ["about", "person", "name", "contact"].into_iter().any(wrong) || (before.is_some() && more);
    let inner = html! {
        (f.hidden("form", values.get("form")))
        @if let Some(number) = values.some(AFTER) {
            (f.hidden(AFTER, number))
            p.soft { (t.with("raise-after", &[("number", &number)])) }
        }
        (f.area("text").keep("raise"))
        (photos(&f, values))
        (danger(&f))
        @match before {
            Some(before) => (before.choices(t)),
            None => (f.submit("raise-send", "wide")),
        }
        details open[open] {
            summary { (t.say("raise-more")) }
            (f.select("about", &about))
            @if let Some(told) = spot.above.told(t) { p.soft { (t.say("raise-about-committee")) " " (told) } }
            (f.text("person"))
            (f.completed("name", "name"))
            (f.completed("contact", "tel"))
            (f.check("around"))
            @if before.is_none() { (f.submit("raise-send", "wide second")) }
        }
    };
    let title = t.say("raise-title");
    let main = html! {
        p.crumbs { (spot.keeper) }
        h1 { (title) }
        p { strong { (spot.name) } }
        @if let Some(told) = spot.desk.told(t) { div.notice.warn { p { (told) } } }
        (summary(slip, t))
        @if slip.is_none() && before.is_none() { (near(cx, spot).await?) }
        @if let Some(before) = before { (before.told(&spot.ledger.slug, t)) }
        (f.bare(&inner))
        p.small.soft { (t.say("raise-privacy")) }
    };
    let nav = Nav::Community { slug: spot.ledger.slug.clone(), name: spot.keeper.clone() };
    let (locale, view, here) = (t, cx.view, spot.action.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// How many open things of the place are shown before anything is sent.
const NEAR: usize = 3;

/// What is open at the building, for whoever has it too to join instead of raising it again.
async fn near(cx: &Cx, spot: &Spot) -> Result<Markup, Error> {
    let t = cx.locale;
    if !spot.place.kind.is_spot() {
        return Ok(html! {});
    }
    let Paged { rows, .. } = at_building(&cx.app.office.db, spot.ledger.ledger, spot.building, None).await?;
    let open = |row: &&MatterRow| matches!(row.stage, StageKind::Raised | StageKind::InHand);
    let rules = cx.rules(spot.ledger.ledger).await?;
    let rows: Vec<_> = rows.iter().filter(open).take(NEAR).collect();
    Ok(html! {
        @if !rows.is_empty() {
            details.near {
                summary { (t.say("raise-near")) }
                ul.list { @for row in rows {
                    @let link = format!("/c/{}/m/{}", spot.ledger.slug, row.number);
                    li {
                        a href=(link) { (headline(&rules, row, t)) } " " span.soft { (t.brief(row.raised.date())) }
                        p { a.button.second href={ (link) "/join" } { (t.say("raise-near-join")) } }
                    }
                } }
            }
        }
    })
}

async fn take(cx: &Cx, spot: &Spot, sent: SentParts) -> Result<Response, Error> {
    let sending = Sending::of(cx, spot, sent).await?;
    let values = &sending.values;
    let voice = supporter(cx, &spot.place).await?;
    let (text, mut r) = sending.read(cx.locale);
    let speaker = speaker(&mut r, voice);
    let about = r.id_or_none("about");
    let about_person = match r.some("person") {
        Some(name) => {
            let path = path_of(&cx.app.office.db, &spot.place).await?;
            let found = working_there(cx, &name, about, &path).await?;
            if found.is_none() {
                r.wrong("person", "raise-wrong-person");
            }
            found
        }
        None => None,
    };
    let shown = match r.ticked("around") {
        Ticked::Yes => Shown::Around,
        Ticked::No => Shown::Building,
    };
    let after = match values.some(AFTER).and_then(|number| number.parse().ok()) {
        Some(number) => Some(row_of(cx, &spot.ledger.slug, number).await?.1.id),
        None => None,
    };
    let read = r.done(|| {
        let raising = sending.raising(spot, Behalf::Own, text?, speaker?);
        Some(Raising { about, about_person, shown, after, ..raising })
    });
    let raising = match read {
        Ok(raising) => cx.app.office.whole(raising).await?,
        Err(slip) => return Ok(slip.answer(page(cx, spot, values, Some(&slip), None).await?)),
    };
    let again = Again::of(values);
    let first = Before::find(cx, spot, &raising).await?;
    let slug = &spot.ledger.slug;
    if let Some(link) = first.as_ref().and_then(|before| before.added(slug, &raising)) {
        return Ok(Redirect::to(&link).into_response());
    }
    let slip = match (&first, again) {
        (Some(before), None) => {
            return Ok(
                (StatusCode::CONFLICT, page(cx, spot, values, None, Some(before)).await?).into_response()
            );
        }
        (Some(before), Some(Again::Add)) if before.takes_more() => match before.add(cx, slug, &raising).await
        {
            Ok(link) => return Ok(Redirect::to(&link).into_response()),
            Err(error) => Slip::bare(error, values, cx.locale)?,
        },
        _ => match sending.raise(cx, Ok(raising.clone())).await? {
            Ok(raised) => {
                let note = if raised.form == sending.form { "new" } else { "beside" };
                let link = format!("/r/{slug}/{}?{note}", raised.secret);
                return before::remember(cx, &raising, &raised, Redirect::to(&link).into_response());
            }
            Err(slip) => slip,
        },
    };
    Ok(slip.answer(page(cx, spot, values, Some(&slip), first.as_ref()).await?))
}
