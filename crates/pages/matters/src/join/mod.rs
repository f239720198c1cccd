//! Joining a matter: 我也遇到. Whoever joins is owed an answer too, and gets a receipt.

use crate::matters::face::speaker::{speaker, supporter};
use crate::matters::face::{headline, row_of};
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::matters::{Add, Channel};
use yishi_office::matters::{Joining, RaisedMatter, Speaker};
use yishi_office::{Failure, Made};
use yishi_web::feature::{Feature, Texts};
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::routes::Route;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{Fields, Nav, Page, Width};
use yishi_web::visitor::{fresh_form, sent_form, with_device};
use yishi_web::{Cx, Error};

/// What it gives to the program.
pub static FEATURE: Feature = Feature { routes: ROUTES, texts: TEXTS, ..Feature::named("join") };

static ROUTES: &[Route] = yishi_web::routes! {
    get "/c/{slug}/m/{number}/join" public form;
    form "/c/{slug}/m/{number}/join" public send;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

/// `GET /c/{slug}/m/{number}/join`
pub async fn form(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Response, Error> {
    let page = page(&cx, &slug, number, &fresh_form(&cx)?, None).await?;
    with_device(&cx, page.into_response())
}

async fn page(
    cx: &Cx,
    slug: &str,
    number: i64,
    values: &Fields,
    slip: Option<&Slip>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let (ledger, row) = row_of(cx, slug, number).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let rules = cx.rules(ledger.ledger).await?;
    let f = Form::new(cx, "", "join", format!("/c/{slug}/m/{number}/join")).filled(values, slip);
    let wrong = |field: &str| slip.is_some_and(|slip| slip.at(field).is_some());
    let inner = html! {
        (f.hidden("form", values.get("form")))
        (f.submit("join-send", "wide"))
        details open[wrong("name") || wrong("contact")] {
            summary { (t.say("join-more")) }
            (f.completed("name", "name").label("raise-name"))
            (f.completed("contact", "tel").label("raise-contact"))
        }
    };
    let title = t.say("join-title");
    let main = html! {
        h1 { (title) }
        div.card { p { strong { (headline(&rules, &row, t)) } } p.soft { (t.with("matter-number", &[("number", &row.number)])) } }
        (summary(slip, t))
        p { (t.say("join-lead")) }
        (f.bare(&inner))
    };
    let nav = Nav::Community { slug: slug.to_owned(), name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// `POST /c/{slug}/m/{number}/join`
pub async fn send(
    cx: Cx,
    Path((slug, number)): Path<(String, i64)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let (ledger, row) = row_of(&cx, &slug, number).await?;
    let place = cx.place(ledger.ledger).await?;
    let form = sent_form(&cx, &values, &[])?;
    let voice = supporter(&cx, &place).await?;
    let mut r = Reader::new("", &values, cx.locale);
    let speaker = speaker(&mut r, voice);
    let slip = match r.done(|| Some(Joining { form, channel: Channel::Web, speaker: speaker? })) {
        Ok(joining) => match cx.app.office.join(&cx.actor(), ledger.ledger, row.id, joining.clone()).await {
            Ok((joined, made)) => {
                let note = match made {
                    Made::Now | Made::Before => "new",
                    Made::Otherwise => more(&cx, &joined, joining.speaker).await?,
                };
                return Ok(Redirect::to(&format!("/r/{slug}/{}?{note}", joined.secret)).into_response());
            }
            Err(failure) => Slip::bare(failure, &values, cx.locale)?,
        },
        Err(slip) => slip,
    };
    let page = page(&cx, &slug, number, &values, Some(&slip)).await?;
    Ok(slip.answer(page))
}

/// The same form, sent again with another name or contact: that is added to the receipt, unless
/// the matter was answered meanwhile. What the receipt says then is its page's note.
async fn more(cx: &Cx, joined: &RaisedMatter, speaker: Speaker) -> Result<&'static str, Error> {
    let more = Add {
        text: String::new(),
        photos: Vec::new(),
        name: speaker.name,
        contact: speaker.contact,
        said: joined.form.said().unwrap_or_default(),
    };
    match cx.app.office.add(&cx.actor(), joined.ledger, joined.receipt, more).await {
        Ok(()) => Ok("added"),
        Err(Failure::Refused(_)) => Ok("stands"),
        Err(failure) => Err(failure.into()),
    }
}
