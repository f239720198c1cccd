//! Adopting: an officer of the street writes down which parties act together and what they practise, with
//! the day of its adoption. The form begins with what is in force.

use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::joint::{ADOPT, Adopt, Evidence, JointId, JointWork, MOST, Refusal};
use yishi_kernel::rules::Limits;
use yishi_office::FormKey;
use yishi_office::dispatch::street_over;
use yishi_office::joint::reads::{joint_work, of_street};
use yishi_office::places::reads::{LedgerRow, PlaceRow};
use yishi_store::ledgers::ledger;
use yishi_web::form::Form;
use yishi_web::nav::staff_nav_at;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{Fields, Page, Width};
use yishi_web::visitor::{fresh_form, made, sent_form};
use yishi_web::{Cx, Error, Staff};

/// A day in seconds.
const DAY: i64 = 86_400;
/// How far back an adoption may lie: twenty years.
const BACK: i64 = 20 * 365 * DAY;

/// The street whose officer somebody is: the one of this address, or the one over it.
async fn kept(cx: &Cx, slug: &str) -> Result<(Staff, LedgerRow, PlaceRow), Error> {
    let staff = cx.staff()?.clone();
    let db = &cx.app.office.db;
    let street = cx.place(street_over(db, cx.ledger(slug).await?.ledger).await?).await?;
    cx.may(&ADOPT, &cx.resource(&street).await?)?;
    Ok((staff, ledger(db, street.id).await?.ok_or(Error::NotFound)?, street))
}

fn named(front: &str, row: usize) -> String {
    format!("{front}-{}", row + 1)
}

/// `GET /w/{slug}/joint`
pub async fn show(cx: Cx, Path(slug): Path<String>) -> Result<Markup, Error> {
    view(&cx, &slug, &fresh_form(&cx)?, None).await
}

async fn view(cx: &Cx, slug: &str, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let (t, office) = (cx.locale, &cx.app.office);
    let (staff, ledger, street) = kept(cx, slug).await?;
    let before = match of_street(&office.db, street.id).await?.first() {
        Some(row) => office.load::<JointWork>(row.ledger, &row.id.into()).await?.state,
        None => None,
    };
    let here = format!("/w/{}/joint", ledger.slug);
    let f = Form::new(cx, "", "joint", here.clone()).filled(values, slip);
    let lists: Vec<(String, String)> =
        Evidence::ALL.iter().map(|one| (one.word().to_owned(), t.word(*one))).collect();
    let inner = html! {
        (f.hidden("form", values.get("form")))
        (f.past_day("adopted", cx.now.plus_seconds(-BACK).date()).label("joint-day").start(cx.now.date().to_string()))
        h2 { (t.say("joint-parties")) }
        p.hint { (t.say("joint-parties-hint")) }
        @for row in 0..MOST { (party(&f, before.as_ref(), row)) }
        h2 { (t.say("joint-practices")) }
        p.hint { (t.say("joint-practices-hint")) }
        @for row in 0..MOST { (practice(&f, before.as_ref(), &lists, row)) }
        (f.submit("joint-send", "wide"))
    };
    let title = t.say("joint-title");
    let main = html! {
        p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } " · " a href={ "/c/" (ledger.slug) "/joint" } { (t.with("joint-of", &[("name", &street.name)])) } }
        h1 { (title) }
        p { (t.say("joint-lead")) }
        (summary(slip, t))
        (f.bare(&inner))
    };
    let nav = staff_nav_at(cx, &staff, &ledger.slug);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
}

fn party(f: &Form<'_>, before: Option<&JointWork>, row: usize) -> Markup {
    let known = before.and_then(|work| work.parties.get(row));
    let (name, who) = known.map(|one| (one.name.to_string(), one.who.to_string())).unwrap_or_default();
    let names = [named("name", row), named("who", row)];
    html! {
        fieldset.tile {
            legend { (f.t().with("joint-party", &[("number", &(row + 1))])) }
            (f.text(&names[0]).label("joint-party-name").start(name))
            (f.text(&names[1]).label("joint-party-who").start(who))
        }
    }
}

fn practice(f: &Form<'_>, before: Option<&JointWork>, lists: &[(String, String)], row: usize) -> Markup {
    let known = before.and_then(|work| work.practices.get(row));
    let what = known.map(|one| one.what.to_string()).unwrap_or_default();
    let list = known.and_then(|one| one.evidence).map_or("", |one| one.word());
    let names = [named("what", row), named("list", row)];
    html! {
        fieldset.tile {
            legend { (f.t().with("joint-practice", &[("number", &(row + 1))])) }
            (f.text(&names[0]).label("joint-practice-what").start(what))
            (f.select(&names[1], lists).label("joint-practice-list").start(list))
        }
    }
}

/// `POST /w/{slug}/joint`
pub async fn send(cx: Cx, Path(slug): Path<String>, Sent(values): Sent) -> Result<Response, Error> {
    let (staff, ledger, street) = kept(&cx, &slug).await?;
    let rules = cx.rules(ledger.ledger).await?;
    let form = sent_form(&cx, &values, &[])?;
    let office = &cx.app.office;
    let slip = match read(&street, rules.section(), Reader::new("", &values, cx.locale)) {
        Err(slip) => slip,
        Ok(adopt) => {
            let thing = |key: &FormKey| (JointId(key.id("joint")), adopt.clone());
            match office.make(&staff.actor, ledger.ledger, form, thing).await {
                Ok(key) => {
                    let id = thing(&key).0;
                    let row = joint_work(&office.db, ledger.ledger, id).await?.ok_or(Error::NotFound)?;
                    let page = format!("/c/{}/joint?version={}", ledger.slug, row.number);
                    return Ok(Redirect::to(&made(page, &form, &key)).into_response());
                }
                Err(failure) => Slip::bare(failure, &values, cx.locale)?,
            }
        }
    };
    Ok(slip.answer(view(&cx, &slug, &values, Some(&slip)).await?))
}

fn read(street: &PlaceRow, limits: &Limits, mut r: Reader<'_>) -> Result<Adopt, Slip> {
    // From the first moment of the day: today is not still to come.
    let adopted = r.day("adopted", "joint-wrong-day").map(|end| end.plus_seconds(-DAY));
    let (mut parties, mut practices, mut wrong) = (Vec::new(), Vec::new(), false);
    for row in 0..MOST {
        let fields = [named("name", row), named("who", row), named("what", row), named("list", row)];
        if r.some(&fields[0]).is_some() || r.some(&fields[1]).is_some() {
            match (r.line(&fields[0], limits), r.line(&fields[1], limits)) {
                (Some(name), Some(who)) => parties.push((row, name, who)),
                _ => wrong = true,
            }
        }
        if r.some(&fields[2]).is_some() || r.some(&fields[3]).is_some() {
            let evidence = r.some(&fields[3]).and_then(|word| Evidence::parse(&word));
            match r.line(&fields[2], limits) {
                Some(what) => practices.push((row, what, evidence)),
                None => wrong = true,
            }
        }
    }
    if parties.is_empty() && !wrong {
        r.refuse("name-1", Refusal::NoParties);
    }
    if practices.is_empty() && !wrong {
        r.refuse("what-1", Refusal::NoPractices);
    }
    r.done(|| Some(Adopt { place: street.id, adopted: adopted?, parties, practices }).filter(|_| !wrong))
}
