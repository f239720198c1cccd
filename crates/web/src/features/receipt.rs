//! The receipt 回执: number, who answers and by when, the answer, and evaluating it. Whoever
//! holds the link reads it; the link is the only key.

use crate::feature::Feature;
use crate::routes::Route;
use crate::sent::Sent;
use crate::shared::chain::Chain;
use crate::shared::matter::row_of;
use crate::shared::photos::{Small, send_photo};
use crate::shared::receipt::{Held, held};
use crate::ui::{self, Field, Fields, Nav, Page, Width};
use crate::{Cx, Error};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::evaluation::{Evaluate, Evaluation, Satisfaction, Solved};
use yishi_domain::matters::{How, Matter, StageKind, Step};
use yishi_domain::places::PlaceKind;
use yishi_kernel::{Claim, Loaded, PhotoDigest};
use yishi_office::places::reads::ledgers;

/// What it gives to the program.
pub static FEATURE: Feature = Feature { routes: ROUTES, ..Feature::named("receipt") };

static ROUTES: &[Route] = crate::routes! {
    get "/receipt" public find;
    get "/r/{slug}/{secret}" link show;
    get "/r/{slug}/{secret}/photo/{digest}" link photo;
    form "/r/{slug}/{secret}/evaluate" link evaluate;
};

/// `GET /r/{slug}/{secret}`
pub async fn show(
    cx: Cx,
    Path((slug, secret)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let held = held(&cx, &slug, &secret).await?;
    let fresh = query.contains_key("new");
    view(&cx, &slug, &secret, &held, &cx.typed(), None, fresh.then_some("receipt-new")).await
}

async fn view(
    cx: &Cx,
    slug: &str,
    secret: &str,
    held: &Held,
    values: &Fields,
    error: Option<&Error>,
    note: Option<&str>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let office = &cx.app.office;
    let (root, own, receipt) = (&held.root, &held.own, &held.receipt);
    let keeper = cx.place(held.ledger.ledger).await?;
    let rules = cx.rules(held.ledger.ledger).await?;
    let said = office.load::<Matter>(held.ledger.ledger, &own.id.into()).await?;
    let answers = match root.id == own.id {
        true => said.clone(),
        false => office.load::<Matter>(held.ledger.ledger, &root.id.into()).await?,
    };
    // Whoever joined is told what was answered, not what a neighbour wrote.
    let private: Loaded<Matter> = match receipt.how {
        How::Raised => said,
        How::Joined => Loaded::default(),
    };
    let chain = Chain::load(&office.db, held.ledger.ledger, own.id, Some(&private)).await?;
    let carrying = Chain::load(&office.db, held.ledger.ledger, root.id, Some(&answers)).await?;
    let evaluated = receipt.evaluation.filter(|(answer, _, _)| Some(*answer) >= root.answered);
    let asks = matches!(root.stage, StageKind::Answered | StageKind::Closed) && evaluated.is_none();
    let link = format!("{}/r/{slug}/{secret}", cx.app.public_url);
    let photo = |digest: &PhotoDigest| Some(format!("/r/{slug}/{secret}/photo/{}", digest.0));
    let others = format!("/c/{slug}/m/");
    let title = t.with("receipt-title", &[("number", &own.number)]);
    let main = html! {
        @if note.is_some() { span data-forget="raise" {} }
        @if let Some(note) = note { div.notice role="status" { p { strong { (t.say(note)) } } } }
        section.receipt {
            div.split {
                div {
                    h1 { (t.say("receipt-heading")) }
                    p.number { (t.with("matter-number", &[("number", &own.number)])) }
                    (ui::bits("", &format!("{} · {} · {}", keeper.name, own.place_name, receipt.opened.minute())))
                }
                (ui::qr(&link, &t.say("receipt-qr")))
            }
            (ui::facts(&[
                (t.say("fact-stage"), html! { (ui::stage_badge(root.stage, t)) }),
                (t.say("receipt-who"), html! { (carrying.holds(t).unwrap_or_else(|| t.with("holder-desk", &[("place", &keeper.name)]))) }),
                (t.say("receipt-when"), html! { @match root.next {
                    Some((Step::Close, at)) if at > cx.now => (t.with("receipt-evaluate-by", &[("date", &at.deadline_date())])),
                    Some((Step::Close, _)) => (t.say("receipt-answered")),
                    Some((_, at)) => (ui::due(at, cx.now, t)),
                    None => (t.say("receipt-done")),
                } }),
            ]))
            p.small { (t.say("receipt-keep")) }
            p.link-text { (link) }
        }
        div.actions.no-print { (ui::print_button(t)) a.button.second href={ "/c/" (slug) "/m/" (root.number) } { (t.say("receipt-public")) } }
        @if root.id != own.id { div.notice.warn { p { (t.with("receipt-carried", &[("number", &root.number)])) } } }
        (ui::steps(root.stage, t))
        @if let Some((answer, word)) = carrying.answers().first() {
            section.notice {
                h2 { (t.say("answer-title")) }
                p.pre { (answer) }
                @if let Some(word) = word { p.pre { strong { (t.say("answer-word-shown")) } " " (word) } }
            }
        }
        @if let Some((_, solved, satisfaction)) = evaluated {
            div.notice { p {
                (t.with("receipt-evaluated", &[
                    ("solved", &t.word(solved)),
                    ("satisfaction", &t.word(satisfaction)),
                ]))
            } }
        }
        @if asks { (questions(cx, slug, secret, values, error)) }
        h2 { (t.say("chain-title")) }
        (chain.view(t, &rules, &others, &photo))
        @if root.id != own.id {
            h2 { (t.with("receipt-carrier-chain", &[("number", &root.number)])) }
            (carrying.view(t, &rules, &others, &|_| None))
        }
    };
    let nav = Nav::Community { slug: slug.to_owned(), name: keeper.name };
    let here = format!("/r/{slug}/{secret}");
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
}

fn questions(cx: &Cx, slug: &str, secret: &str, values: &Fields, error: Option<&Error>) -> Markup {
    let t = cx.locale;
    let text = error.map(|error| error.text(t));
    let field = error.and_then(Error::field);
    let (solved, satisfaction) = (t.choices::<Solved>(), t.choices::<Satisfaction>());
    html! {
        section.card.no-print #evaluate {
            h2 { (t.say("evaluate-title")) }
            p { (t.say("evaluate-lead")) }
            (ui::summary(t, text.as_deref().map(|text| (text, field))))
            form method="post" action={ "/r/" (slug) "/" (secret) "/evaluate" } {
                (cx.marks())
                (ui::radios(Field::new("solved", &t.say("evaluate-solved")), &solved, values.get("solved")))
                (ui::radios(Field::new("satisfaction", &t.say("evaluate-satisfaction")), &satisfaction, values.get("satisfaction")))
                (ui::text_area(Field::new("comment", &t.say("evaluate-comment")).hint(&t.say("evaluate-comment-hint")), values.get("comment"), ""))
                (ui::submit(&t.say("evaluate-send"), "wide"))
            }
        }
    }
}

/// `POST /r/{slug}/{secret}/evaluate`
pub async fn evaluate(
    cx: Cx,
    Path((slug, secret)): Path<(String, String)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let held = held(&cx, &slug, &secret).await?;
    let solved = Solved::parse(values.get("solved"));
    let satisfaction = Satisfaction::parse(values.get("satisfaction"));
    let (Some(solved), Some(satisfaction)) = (solved, satisfaction) else {
        let error = Error::Malformed;
        let page = view(&cx, &slug, &secret, &held, &values, Some(&error), None).await?;
        return Ok((error.status(), page).into_response());
    };
    let evaluation = Evaluation { solved, satisfaction, comment: values.get("comment").to_owned() };
    let (ledger, office) = (held.ledger.ledger, &cx.app.office);
    // Whoever has the link has the receipt.
    let actor = cx.actor().showing(Claim::Receipt);
    match office.act(&actor, ledger, held.receipt.id, Evaluate(evaluation)).await.map_err(Error::from) {
        Ok(()) => Ok(Redirect::to(&format!("/r/{slug}/{secret}")).into_response()),
        Err(Error::Fault(fault)) => Err(Error::Fault(fault)),
        Err(error) => {
            let page = view(&cx, &slug, &secret, &held, &values, Some(&error), None).await?;
            Ok((error.status(), page).into_response())
        }
    }
}

/// `GET /r/{slug}/{secret}/photo/{digest}`: a photo of the own matter.
pub async fn photo(
    cx: Cx,
    Path((slug, secret, digest)): Path<(String, String, String)>,
    small: Small,
) -> Result<Response, Error> {
    let held = held(&cx, &slug, &secret).await?;
    let loaded = cx.app.office.load::<Matter>(held.ledger.ledger, &held.own.id.into()).await?;
    let matter = loaded.must()?;
    let photos = match held.receipt.how {
        How::Raised => &matter.photos,
        How::Joined => &matter.published,
    };
    if !photos.contains(&PhotoDigest(digest.clone())) {
        return Err(Error::NotFound);
    }
    send_photo(&cx, &digest, &small).await
}

/// `GET /receipt`: how to find one's receipt again, or a matter by its number.
pub async fn find(cx: Cx, Query(query): Query<HashMap<String, String>>) -> Result<Response, Error> {
    let t = cx.locale;
    let db = &cx.app.office.db;
    let communities = ledgers(db).await?;
    let mut options = Vec::new();
    for row in communities {
        let place = cx.place(row.ledger).await?;
        if matches!(place.kind, PlaceKind::Community | PlaceKind::Village) {
            options.push((row.slug, place.name));
        }
    }
    let number: String = query
        .get("number")
        .map(String::as_str)
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let slug = query.get("slug").cloned().unwrap_or_default();
    let mut missing = None;
    if !number.is_empty() {
        match row_of(&cx, &slug, number.parse().unwrap_or(-1)).await {
            Ok(_) => return Ok(Redirect::to(&format!("/c/{slug}/m/{number}")).into_response()),
            Err(Error::NotFound) => missing = Some(t.say("find-missing")),
            Err(error) => return Err(error),
        }
    }
    let title = t.say("find-receipt");
    let main = html! {
        h1 { (title) }
        p { (t.say("find-lead")) }
        (ui::summary(t, missing.as_deref().map(|text| (text, Some("number")))))
        form method="get" action="/receipt" {
            (ui::select(Field::new("slug", &t.say("find-community")), &options, &slug))
            (ui::text_field(Field::new("number", &t.say("find-number")).hint(&t.say("find-number-hint")).error(missing.as_deref()), &number, "off"))
            (ui::submit(&t.say("find-action"), "wide"))
        }
    };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav: Nav::None, width: Width::Narrow, main }
        .render()
        .into_response())
}
