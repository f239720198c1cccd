//! What was said of each body and of the street in a year, counted, for everyone: in the order of
//! names, each with how many said it; nothing is reckoned from it.

use axum::extract::{Path, Query};
use maud::{Markup, html};
use std::collections::{BTreeMap, HashMap};
use yishi_domain::ratings::{Grade, Question};
use yishi_kernel::{HolderKey, PlaceId, Whom};
use yishi_office::ratings::reads::{said, years};
use yishi_web::names::Names;
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/ratings`
///
/// # Errors
/// When there is no such community.
pub async fn show(
    cx: Cx,
    Path(slug): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let all = years(db, ledger.ledger).await?;
    let asked = query.get("year").and_then(|year| year.parse::<u64>().ok());
    let year = asked.filter(|year| all.contains(year)).or(all.first().copied());
    let rows = match year.and_then(|year| u32::try_from(year).ok()) {
        Some(year) => counted(&cx, ledger.ledger, year).await?,
        None => Vec::new(),
    };
    let title = t.say("ratings-title");
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) "/orders" } { (t.say("dispatch-title")) } }
        h1 { (title) }
        p { (t.say("ratings-lead")) }
        @if all.len() > 1 { p.no-print { @for one in &all {
            a.button.second href={ "/c/" (slug) "/ratings?year=" (one) } { (one) } " "
        } } }
        @match year {
            None => p { (t.say("ratings-none")) },
            Some(year) => {
                h2 { (t.with("ratings-year", &[("year", &year)])) }
                ul.list { @for (name, counted) in &rows { li.item.calm {
                    p { strong { (name) } " " span.soft { (t.with("ratings-count", &[("count", &counted.ratings)])) } }
                    (table(&counted.answers, name, t))
                } } }
            }
        }
        div.actions.no-print { (ui::print_button(t)) }
    };
    let nav = Nav::Community { slug, name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// What was said of one: how many said something, and how often each answer was given.
#[derive(Default)]
struct Counted {
    ratings: u64,
    answers: Answers,
}

type Answers = BTreeMap<(Question, Grade), u64>;

/// By name.
async fn counted(cx: &Cx, ledger: PlaceId, year: u32) -> Result<Vec<(String, Counted)>, Error> {
    let (db, mut of) = (&cx.app.office.db, BTreeMap::<String, Counted>::new());
    for row in said(db, ledger, year).await? {
        let counted = of.entry(row.of).or_default();
        counted.ratings += row.count;
        for (question, grade) in [
            (Question::Response, row.response),
            (Question::Presence, row.presence),
            (Question::Result, row.result),
        ] {
            *counted.answers.entry((question, grade)).or_default() += row.count;
        }
    }
    let (mut names, mut found) = (Names::default(), Vec::with_capacity(of.len()));
    for (key, counted) in of {
        let name = match HolderKey::stored(&key).whom() {
            Whom::Organisation(body) => names.organisation(db, body).await?,
            Whom::Desk(place) => names.place(db, place).await?,
            Whom::Person(_) | Whom::Nobody => continue,
        };
        found.push((name, counted));
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(found)
}

fn table(answers: &Answers, name: &str, t: Locale) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(name) { table {
            thead { tr {
                th scope="col" { (t.say("ratings-question")) }
                @for grade in Grade::ALL { th scope="col" { (t.word(*grade)) } }
            } }
            tbody { @for question in Question::ALL { tr {
                th scope="row" { (t.word(*question)) }
                @for grade in Grade::ALL { td { (answers.get(&(*question, *grade)).copied().unwrap_or_default()) } }
            } } }
        } }
    }
}
