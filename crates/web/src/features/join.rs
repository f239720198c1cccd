//! Joining a matter: 我也遇到. Whoever joins is owed an answer too, and gets a receipt.

use crate::feature::Feature;
use crate::routes::Route;
use crate::sent::Sent;
use crate::shared::matter::{headline, row_of};
use crate::shared::visitor::{form_bytes, fresh_form, speaker, supporter, with_device};
use crate::ui::{self, Field, Fields, Nav, Page, Width};
use crate::{Cx, Error};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::matters::Channel;
use yishi_office::matters::Joining;

/// What it gives to the program.
pub static FEATURE: Feature = Feature { routes: ROUTES, ..Feature::named("join") };

static ROUTES: &[Route] = crate::routes! {
    get "/c/{slug}/m/{number}/join" public form;
    form "/c/{slug}/m/{number}/join" public send;
};

async fn page(
    cx: &Cx,
    slug: &str,
    number: i64,
    values: &Fields,
    error: Option<&Error>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let (ledger, row) = row_of(cx, slug, number).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let rules = cx.rules(ledger.ledger).await?;
    let text = error.map(|error| error.text(t));
    let field = error.and_then(Error::field);
    let wrong = |name: &str| text.as_deref().filter(|_| field == Some(name));
    let title = t.say("join-title");
    let main = html! {
        h1 { (title) }
        div.card { p { strong { (headline(&rules, &row, t)) } } p.soft { (t.with("matter-number", &[("number", &row.number)])) } }
        (ui::summary(t, text.as_deref().map(|text| (text, field))))
        p { (t.say("join-lead")) }
        form method="post" action={ "/c/" (slug) "/m/" (number) "/join" } {
            (ui::hidden("form", values.get("form")))
            (cx.marks())
            (ui::submit(&t.say("join-send"), "wide"))
            details { summary { (t.say("join-more")) }
                (ui::text_field(Field::new("name", &t.say("raise-name")).hint(&t.say("raise-name-hint")).error(wrong("name")), values.get("name"), "name"))
                (ui::text_field(Field::new("contact", &t.say("raise-contact")).hint(&t.say("raise-contact-hint")).error(wrong("contact")), values.get("contact"), "tel"))
            }
        }
    };
    let nav = Nav::Community { slug: slug.to_owned(), name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// `GET /c/{slug}/m/{number}/join`
pub async fn form(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Response, Error> {
    let page = page(&cx, &slug, number, &fresh_form(&cx)?, None).await?;
    with_device(&cx, page.into_response())
}

/// `POST /c/{slug}/m/{number}/join`
pub async fn send(
    cx: Cx,
    Path((slug, number)): Path<(String, i64)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let (ledger, row) = row_of(&cx, &slug, number).await?;
    let place = cx.place(ledger.ledger).await?;
    let joining = Joining {
        form: form_bytes(values.get("form"))?,
        channel: Channel::Web,
        speaker: speaker(&values, supporter(&cx, &place).await?),
    };
    match cx.app.office.join(&cx.actor(), ledger.ledger, row.id, joining).await.map_err(Error::from) {
        Ok(joined) => Ok(Redirect::to(&format!("/r/{slug}/{}?new", joined.secret)).into_response()),
        Err(Error::Fault(fault)) => Err(Error::Fault(fault)),
        Err(error) => {
            let page = page(&cx, &slug, number, &values, Some(&error)).await?;
            Ok((error.status(), page).into_response())
        }
    }
}
