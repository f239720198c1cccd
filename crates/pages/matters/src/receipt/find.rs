//! How to come back to one's receipt without its link: by number and code or, where the code is gone
//! too, at the desk; and to a matter's public page by its number. How often a code may be tried is
//! counted by device, by network and by number, so that neither one stranger nor many guess it, and
//! none of them locks its holder out for good.

use crate::matters::face::row_of;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use std::time::{Duration, Instant};
use yishi_kernel::number;
use yishi_kernel::text::folded;
use yishi_office::matters::code::Code;
use yishi_office::places::local::Reached;
use yishi_office::places::reads::ledgers;
use yishi_web::client::Client;
use yishi_web::cookies::Life;
use yishi_web::form::Form;
use yishi_web::local;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::tries::{Bucket, Pace};
use yishi_web::ui::{Fields, Nav, Page, Width};
use yishi_web::visitor::{PASS, with_cookie, with_device};
use yishi_web::{Cx, Error};

const DAY: Duration = Duration::from_hours(24);
/// Wrong codes for one number from one device, a day.
const DEVICE: Pace = Pace { at_once: 5, each: DAY };
/// Wrong codes from one network, a day: many households may share one address.
const NETWORK: Pace = Pace { at_once: 30, each: DAY };
/// Wrong codes for one number from anywhere: two hundred in a day, of a hundred million codes; and
/// whoever used them up for others locks nobody out for longer than ten minutes.
const NUMBER: Pace = Pace { at_once: 50, each: Duration::from_mins(10) };

/// A community where something may have been raised.
struct Community {
    slug: String,
    name: String,
    reached: Option<Reached>,
}

async fn communities(cx: &Cx) -> Result<Vec<Community>, Error> {
    let mut found = Vec::new();
    for row in ledgers(&cx.app.office.db).await? {
        let place = cx.place(row.ledger).await?;
        if place.kind.is_community() {
            let local = cx.app.office.local(Some(row.ledger)).await?;
            found.push(Community { slug: row.slug, name: place.name, reached: local.reached.clone() });
        }
    }
    Ok(found)
}

/// `GET /receipt`
pub async fn show(cx: Cx, Query(asked): Query<Vec<(String, String)>>) -> Result<Response, Error> {
    let t = cx.locale;
    let asked = Fields(asked);
    let mut missing = None;
    if !asked.get("number").trim().is_empty() {
        // No thing goes by a number below one.
        let number = number::item(asked.get("number")).unwrap_or(0);
        match row_of(&cx, asked.get("slug"), number).await {
            Ok((ledger, row)) => {
                return Ok(Redirect::to(&format!("/c/{}/m/{}", ledger.slug, row.number)).into_response());
            }
            Err(Error::NotFound) => {
                let mut slip = Slip::default();
                slip.add(Some("number".to_owned()), t.say("find-missing"));
                missing = Some(slip);
            }
            Err(error) => return Err(error),
        }
    }
    let page = page(&cx, &asked, missing.as_ref()).await?;
    with_device(&cx, page.into_response())
}

async fn page(cx: &Cx, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let t = cx.locale;
    let communities = communities(cx).await?;
    let choices: Vec<_> = communities.iter().map(|one| (one.slug.clone(), one.name.clone())).collect();
    let code = Form::new(cx, "open", "find", "/receipt".to_owned()).filled(values, slip);
    let public = Form::new(cx, "", "find", "/receipt".to_owned()).filled(values, slip);
    let asked = values.some("number").is_some();
    let title = t.say("find-code-title");
    let main = html! {
        p.crumbs { a href="/mine" { (t.say("find-receipt")) } }
        h1 { (title) }
        p { (t.say("find-code-lead")) }
        (summary(slip, t))
        (code.bare(&html! {
            (code.select("slug", &choices).label("find-community"))
            (code.item("number").label("find-number"))
            (code.item("code"))
            (code.submit("find-code-action", "wide"))
        }))
        details {
            summary { (t.say("find-desk-title")) }
            p { (t.say("find-desk")) }
            ul { @for one in communities.iter().filter_map(|one| one.reached.as_ref()) { li { (local::reached(one, t)) } } }
        }
        details open[asked] {
            summary { (t.say("find-title")) }
            p { (t.say("find-lead")) }
            // Asked for, not sent: nothing is changed by it, and the answer can be kept as a link.
            form method="get" action="/receipt" {
                (public.select("slug", &choices).label("find-community"))
                (public.item("number"))
                (public.submit("find-action", "second"))
            }
        }
    };
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: "/receipt", title: &title, nav: Nav::None, width: Width::Narrow, main }
        .render())
}

/// `POST /receipt`: opens the receipt of a number and a code on this device, for two hours.
pub async fn send(cx: Cx, client: Client, Sent(values): Sent) -> Result<Response, Error> {
    let t = cx.locale;
    let mut r = Reader::new("open", &values, t);
    let number = r.item("number", "find-wrong-number");
    let typed = r.text("code");
    let code = Code::read(&typed);
    if code.is_none() {
        // The last digits of a telephone are known to many: they lead to the desk.
        r.wrong("code", if is_tail(&typed) { "find-tail" } else { "find-wrong-code" });
    }
    let ledger = cx.ledger(values.get("open-slug")).await;
    let read = match ledger {
        Ok(ledger) => r.done(|| Some((ledger, number?, code?))),
        Err(Error::NotFound) => {
            r.wrong("slug", "form-choose");
            r.done(|| None)
        }
        Err(error) => return Err(error),
    };
    let (ledger, number, code) = match read {
        Ok(read) => read,
        Err(slip) => return Ok(slip.answer(page(&cx, &values, Some(&slip)).await?)),
    };
    let told = async |key: &str| {
        let local = cx.app.office.local(Some(ledger.ledger)).await?;
        let mut slip = Slip::default();
        let phone = local
            .reached
            .as_ref()
            .map(|one| t.with("find-ring", &[("name", &one.name), ("phone", &one.phone)]));
        slip.add(Some("open-code".to_owned()), format!("{}{}", t.say(key), phone.unwrap_or_default()));
        Ok::<_, Error>(slip)
    };
    let Ok(taken) = cx.app.tries.take(&buckets(&cx, client, &ledger.slug, number), Instant::now()) else {
        let slip = told("find-too-often").await?;
        return Ok((StatusCode::TOO_MANY_REQUESTS, page(&cx, &values, Some(&slip)).await?).into_response());
    };
    let Some((receipt, reissued)) = cx.app.office.receipt_by_code(&ledger, number, code).await? else {
        let slip = told("find-no-such").await?;
        return Ok(slip.answer(page(&cx, &values, Some(&slip)).await?));
    };
    cx.app.tries.give_back(&taken);
    let pass = cx.app.office.pass(&ledger, receipt, reissued)?;
    let opened = Redirect::to(&format!("/r/{}/{receipt}?opened", ledger.slug)).into_response();
    Ok(with_cookie(opened, &cx.app.cookies.set(PASS, &pass, Life::Visit)))
}

fn is_tail(typed: &str) -> bool {
    let digits: String = folded(typed).split_whitespace().collect();
    digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_digit())
}

/// What a try is counted by. Each day has buckets of its own.
fn buckets(cx: &Cx, client: Client, slug: &str, number: i64) -> Vec<Bucket> {
    let (number, day) = (format!("{slug}/{number}"), cx.now.date().to_string());
    let network = client.network();
    let device = cx.device.as_deref().unwrap_or(&network);
    let each = Bucket::of(&["code", "device", device, &number, &day], DEVICE);
    let all = Bucket::of(&["code", "number", &number], NUMBER);
    // What runs on this machine is one address for whoever it asks for.
    let network = (!client.is_here()).then(|| Bucket::of(&["code", "network", &network, &day], NETWORK));
    [each, all].into_iter().chain(network).collect()
}
