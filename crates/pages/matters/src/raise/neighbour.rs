//! Raising for a neighbour who agrees: by the steward of a stairwell, or whoever looks after it.

use super::said::{Sending, danger, photos};
use super::spot::Spot;
use crate::matters::face::speaker::speaker;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::matters::{Behalf, Channel, Proof, RAISE_FOR_NEIGHBOUR, Refusal};
use yishi_domain::places::PlaceKind;
use yishi_kernel::PlaceId;
use yishi_office::FormKey;
use yishi_office::matters::Speaker;
use yishi_office::places::reads::children;
use yishi_web::form::Form;
use yishi_web::nav::staff_nav;
use yishi_web::read::Ticked;
use yishi_web::sent::SentParts;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{Fields, Page, Width};
use yishi_web::visitor::{fresh_form, made};
use yishi_web::{Cx, Error, Staff};

/// A stairwell, for somebody who may speak for the neighbours there.
pub(super) async fn stairwell(cx: &Cx, id: &str) -> Result<(Staff, Spot), Error> {
    let staff = cx.staff()?.clone();
    let id: PlaceId = id.parse().map_err(|_| Error::NotFound)?;
    let spot = Spot::find(cx, id, format!("/stairwell/{id}/raise"), Channel::Neighbour).await?;
    cx.may(&RAISE_FOR_NEIGHBOUR, &cx.resource(&spot.place).await?)?;
    Ok((staff, spot))
}

/// The homes there, as choices: none need be named.
async fn homes(cx: &Cx, spot: &Spot) -> Result<Vec<(String, String)>, Error> {
    let mut homes = vec![(String::new(), cx.locale.say("neighbour-home-none"))];
    let below = children(&cx.app.office.db, spot.ledger.ledger, spot.place.id).await?;
    let home = below.into_iter().filter(|place| place.kind == PlaceKind::Household);
    homes.extend(home.map(|home| (home.id.to_string(), home.name)));
    Ok(homes)
}

/// `GET /stairwell/{place}/raise`
pub async fn show(cx: Cx, Path(id): Path<String>) -> Result<Markup, Error> {
    let (staff, spot) = stairwell(&cx, &id).await?;
    let homes = homes(&cx, &spot).await?;
    Ok(page(&cx, &staff, &spot, &homes, &fresh_form(&cx)?, None))
}

fn page(
    cx: &Cx,
    staff: &Staff,
    spot: &Spot,
    homes: &[(String, String)],
    values: &Fields,
    slip: Option<&Slip>,
) -> Markup {
    let t = cx.locale;
    let f = Form::new(cx, "", "neighbour", spot.action.clone()).filled(values, slip).in_parts();
    let inner = html! {
        (f.hidden("form", values.get("form")))
        (f.area("text").hint("raise-text-hint"))
        (photos(&f, values))
        (danger(&f))
        (f.select("home", homes))
        (f.text("name"))
        (f.text("contact").label("raise-contact"))
        (f.check("consent"))
        (f.submit("neighbour-send", "wide"))
    };
    let title = t.say("neighbour-title");
    let main = html! {
        p.crumbs { a href={ "/stairwell/" (spot.place.id) } { (spot.name) } }
        h1 { (title) }
        (summary(slip, t))
        (f.bare(&inner))
    };
    let nav = staff_nav(cx, staff);
    let (locale, view, here) = (t, cx.view, spot.action.as_str());
    Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render()
}

/// `POST /stairwell/{place}/raise`
pub async fn send(cx: Cx, Path(id): Path<String>, sent: SentParts) -> Result<Response, Error> {
    let (staff, spot) = stairwell(&cx, &id).await?;
    let homes = homes(&cx, &spot).await?;
    let sending = Sending::of(&cx, &spot, sent).await?;
    let (text, mut r) = sending.read(cx.locale);
    let listed = |word: &str| homes.iter().any(|(home, _)| home == word);
    let home = r.word("home", |word| listed(word).then(|| word.parse().ok()), "form-choose");
    let speaker = speaker(&mut r, (String::new(), Proof::Neighbour));
    let consent = match r.ticked("consent") {
        Ticked::Yes => Some(cx.locale.say("neighbour-consent")),
        Ticked::No => {
            r.refuse("consent", Refusal::NoConsent);
            None
        }
    };
    let read = r.done(|| {
        let supporter = supporter(home?, sending.form);
        let speaker = Speaker { consent, supporter, ..speaker? };
        Some(sending.raising(&spot, Behalf::Neighbour, text?, speaker))
    });
    match sending.raise(&cx, read).await? {
        Ok(raised) => {
            let paper = format!("/stairwell/{}/receipt/{}", spot.place.id, raised.secret);
            let link = made(paper, &sending.form, &raised.form);
            Ok(Redirect::to(&link).into_response())
        }
        Err(slip) => Ok(slip.answer(page(&cx, &staff, &spot, &homes, &sending.values, Some(&slip)))),
    }
}

/// Whose voice counts. Without a home nobody can tell this neighbour from another: each counts
/// alone.
fn supporter(home: Option<PlaceId>, form: FormKey) -> String {
    match home {
        Some(id) => format!("household/{id}"),
        // What is said tells them apart where one form is sent for two.
        None => format!("neighbour/{}", form.beside().secret("neighbour")),
    }
}
