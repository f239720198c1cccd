//! The matters behind a figure as a file, in the columns of the ledger that communities keep on paper
//! (办理台账). Nobody is named in it: of those who work it says the tier and the body.

use super::asked::Asked;
use super::counted::{Names, Scope, may_list};
use super::rates;
use super::report;
use super::show::days;
use crate::matters::face::{category, headline, spot};
use axum::extract::{Path, Query};
use axum::response::Response;
use std::collections::{BTreeMap, HashMap};
use yishi_domain::insight::{Figure, Key, Said};
use yishi_domain::matters::{MatterId, Step, Timed};
use yishi_kernel::{Moment, Pack, PlaceId};
use yishi_office::insight::reads::{Facts, Known};
use yishi_office::matters::reads::{MatterRow, matters};
use yishi_spreadsheet::write::{Cell, Column, Head, Writing};
use yishi_web::exports::{count, minute, send, wanted};
use yishi_web::texts::Locale;
use yishi_web::{Cx, Error};

/// The columns of the ledger, each with its width in characters.
const COLUMNS: [(&str, u16); 24] = [
    ("ledger-number", 5),
    ("ledger-community", 8),
    ("ledger-raised", 9),
    ("ledger-channel", 6),
    ("ledger-place", 10),
    ("ledger-category", 8),
    ("ledger-what", 20),
    ("ledger-outcome", 8),
    ("ledger-tier", 5),
    ("ledger-body", 10),
    ("ledger-sort-by", 9),
    ("ledger-sorted", 9),
    ("figure-sorted", 4),
    ("ledger-answer-by", 9),
    ("ledger-answered", 9),
    ("figure-answered", 4),
    ("ledger-receipts", 4),
    ("figure-solved", 4),
    ("figure-satisfied", 4),
    ("ledger-reopened", 4),
    ("ledger-stage", 6),
    ("ledger-closed", 9),
    ("figure-spoken", 4),
    ("ledger-apart", 8),
];
/// How many matters are looked up at once.
const AT_ONCE: usize = 1_000;

/// `GET /w/{slug}/figures/{name}`
///
/// # Errors
/// When this person reads no figures there, or there is no such file.
pub async fn serve(
    cx: Cx,
    Path((slug, name)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let scope = Scope::open(&cx, &slug).await?;
    let (word, form) = match wanted(&name) {
        Ok(wanted) => wanted,
        Err(_) => return report::serve(&cx, &scope, &slug, &name).await,
    };
    let asked = Asked::read(&query, cx.now.date());
    match word {
        "ledger" => {}
        "rates" => return rates::file::serve(&cx, &scope, &asked, form).await,
        _ => return Err(Error::NotFound),
    }
    may_list(&cx, &scope.ids(), &asked).await?;
    let head = head(&cx, &scope, &asked).await?;
    let communities: Vec<Key> = scope.ids().into_iter().map(Key::Community).collect();
    let communities = Names::of(&cx, scope.ledger.ledger, &communities).await?;
    let rules = cx.rules(scope.ledger.ledger).await?;
    let mut writing = Writing::begin(form, &head)?;
    let mut facts = Facts::between(db, &scope.ids(), asked.period.moments());
    while let Some(page) = facts.next().await? {
        let wanted = |known: &Known| {
            asked.part.as_ref().is_none_or(|part| *part == Key::of(asked.by, &known.fact))
                && asked.side.takes(known.fact.said(asked.figure, cx.now))
        };
        let page: Vec<Known> = page.into_iter().filter(wanted).collect();
        for some in page.chunks(AT_ONCE) {
            let keys: Vec<(PlaceId, MatterId)> =
                some.iter().map(|known| (known.fact.place.ledger, known.id)).collect();
            let rows: BTreeMap<MatterId, MatterRow> =
                matters(db, &keys).await?.into_iter().map(|row| (row.id, row)).collect();
            let bodies: Vec<Key> = some.iter().map(|known| Key::Body(known.fact.place.body)).collect();
            let bodies = Names::of(&cx, scope.ledger.ledger, &bodies).await?;
            for known in some {
                let Some(row) = rows.get(&known.id) else { continue };
                let called = Called {
                    community: communities.name(&Key::Community(row.ledger)),
                    body: known.fact.place.body.map(|body| bodies.name(&Key::Body(Some(body)))),
                };
                writing.row(&cells(known, row, &called, &rules, cx.now, t))?;
            }
        }
    }
    send(&cx, form, &head, writing).await
}

async fn head(cx: &Cx, scope: &Scope, asked: &Asked) -> Result<Head, Error> {
    let t = cx.locale;
    let mut lines = vec![days(asked, t)];
    if let Some(part) = &asked.part {
        let names = Names::of(cx, scope.ledger.ledger, [part]).await?;
        lines.push(t.named(&t.word(asked.by), names.name(part)));
    }
    let which = [("figure", t.word(asked.figure)), ("side", t.word(asked.side))];
    let which: Vec<(&str, &dyn std::fmt::Display)> =
        which.iter().map(|(name, value)| (*name, value as &dyn std::fmt::Display)).collect();
    lines.push(t.with("ledger-which", &which));
    lines.push(t.with("export-made", &[("time", &t.time(cx.now))]));
    let columns = COLUMNS.iter().map(|(key, width)| Column::new(t.say(key), *width)).collect();
    Ok(Head { title: t.with("ledger-title", &[("name", &scope.place.name)]), lines, columns })
}

/// What a matter's community and body are called.
struct Called<'a> {
    community: &'a str,
    body: Option<&'a str>,
}

fn cells(
    known: &Known,
    row: &MatterRow,
    called: &Called<'_>,
    rules: &Pack,
    now: Moment,
    t: Locale,
) -> Vec<Cell> {
    let fact = &known.fact;
    let at = |moment: Option<Moment>| Cell::or_empty(moment.map(minute));
    // The first step as it was taken, else when the one that waits is due.
    let step = |taken: Option<Timed>, step: Step| {
        let due = fact.next.filter(|(next, _)| *next == step).map(|(_, due)| due);
        (at(taken.map(|taken| taken.due).or(due)), at(taken.map(|taken| taken.at)))
    };
    let said = |figure| match fact.said(figure, now) {
        Said::Yes => Cell::text(t.say("ledger-yes")),
        Said::No => Cell::text(t.say("ledger-no")),
        Said::Apart(_) => Cell::Empty,
    };
    let (sort_by, sorted) = step(fact.sorted, Step::Triage);
    let (answer_by, answered) = step(fact.answered, Step::Answer);
    vec![
        count(known.number),
        Cell::text(called.community),
        minute(fact.raised),
        Cell::text(t.word(fact.channel)),
        Cell::text(spot(row)),
        Cell::text(category(rules, &row.category, t)),
        Cell::text(headline(rules, row, t)),
        Cell::or_empty(known.outcome.map(|outcome| Cell::text(t.word(outcome)))),
        Cell::text(t.word(fact.place.tier)),
        Cell::or_empty(called.body.map(Cell::text)),
        sort_by,
        sorted,
        said(Figure::Sorted),
        answer_by,
        answered,
        said(Figure::Answered),
        count(fact.verdict.receipts),
        said(Figure::Solved),
        said(Figure::Satisfied),
        count(fact.reopened),
        Cell::text(t.word(fact.stage)),
        at(known.closed),
        said(Figure::Spoken),
        Cell::or_empty(fact.apart().map(|why| Cell::text(t.word(why)))),
    ]
}
