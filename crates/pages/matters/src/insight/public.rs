//! The figures that everyone reads: those of one month, and how the last twelve went. Numbers that may
//! point at a door are left out. Only whole months, parted in one way, so that nothing comes out by
//! taking one list from another.

use super::asked::{Asked, Side};
use super::chart::{bars, lines};
use super::counted::{Counted, Names, count};
use super::rates;
use super::show::days;
use axum::extract::{Path, Query};
use axum::response::Response;
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::insight::{By, Figure, Figures, Key, LEAST, Month, Period, Span, hidden};
use yishi_office::insight::reads::{Short, short};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// The figures that everyone reads.
const SHOWN: [Figure; 3] = [Figure::Raised, Figure::Answered, Figure::Solved];
/// How many months back one sees.
const MONTHS: i32 = 11;

/// `GET /c/{slug}/figures`
///
/// # Errors
/// When there is no such place.
pub async fn show(
    cx: Cx,
    Path(slug): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Error> {
    let t = cx.locale;
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let today = Month::of(cx.now.date());
    let first = today.before(MONTHS);
    let named = query.get("month").and_then(|word| Month::read(word));
    let month = named.filter(|month| (first..=today).contains(month)).unwrap_or(today);
    let here = ui::link(&format!("/c/{slug}/figures"), &[("month", &month.to_string())]);
    let stamp = match cx.app.boards.look(&cx, ledger.ledger, &here).await? {
        Ok(page) => return Ok(page),
        Err(stamp) => stamp,
    };
    let asked = of_days(month.period());
    let counted = count(&cx, &[ledger.ledger], &asked).await?;
    let rates = rates::public::shown(&cx, ledger.ledger, &asked).await?;
    let mut months = Vec::new();
    for month in (0..=MONTHS).rev().map(|back| today.before(back)) {
        let short = short(&cx.app.office.db, ledger.ledger, month.period().moments()).await?;
        // What lies before the first matter is no month of nothing.
        if short.raised > 0 || !months.is_empty() {
            months.push((month, short));
        }
    }
    let names = Names::of(&cx, ledger.ledger, counted.parts.keys()).await?;
    let title = t.with("figures-public-of", &[("name", &keeper.name)]);
    let chosen: Vec<(String, String)> = (0..=MONTHS)
        .map(|back| today.before(back))
        .map(|month| {
            (
                month.to_string(),
                t.with("figures-month-of", &[("year", &month.year()), ("month", &month.month())]),
            )
        })
        .collect();
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) } { (t.with("board-of", &[("name", &keeper.name)])) } }
        h1 { (title) }
        form.filters.no-print method="get" action={ "/c/" (slug) "/figures" } { div.row {
            (ui::select(ui::Field::new("month", &t.say("figures-which-month")), &chosen, &month.to_string()))
            div.field { (ui::submit(&t.say("figures-show"), "second")) }
        } }
        p.state { (days(&asked, t)) }
        dl.figures { @for figure in SHOWN { (tile(&counted.total, figure, t)) } }
        (rates)
        div.actions.no-print { (ui::print_button(t)) }
        h2 { (t.word(By::Category)) }
        (by_category(&counted, &names, t))
        h2 { (t.say("figures-year")) }
        (by_month(&months, t))
        p.soft.small { (t.with("figures-hidden", &[("least", &LEAST)])) }
        p.soft.small { (t.with("export-made", &[("time", &t.time(cx.now))])) }
    };
    let nav = Nav::Community { slug: slug.clone(), name: keeper.name.clone() };
    let (locale, view) = (t, cx.view);
    let page = Page { locale, view, here: &here, title: &title, nav, width: Width::Wide, main }.render();
    Ok(cx.app.boards.keep(stamp, page))
}

fn of_days(period: Period) -> Asked {
    let (span, by, figure) = (Span::Days, By::Category, Figure::Raised);
    Asked { span, period, by, part: None, figure, side: Side::Yes }
}

/// A number, where it may be read.
pub(super) fn number(number: u64, t: Locale) -> String {
    if (1..LEAST).contains(&number) {
        t.with("figures-few", &[("least", &LEAST)])
    } else {
        number.to_string()
    }
}

fn tile(total: &Figures, figure: Figure, t: Locale) -> Markup {
    html! { div { dt { (t.word(figure)) } dd.big { (number(total.count(figure).yes, t)) } } }
}

/// The parts of the month, where their total may be read: without it nothing else is.
fn by_category(counted: &Counted, names: &Names, t: Locale) -> Markup {
    let total = counted.total.count(Figure::Raised).yes;
    if total < LEAST {
        return ui::empty(&t.say(if total == 0 { "figures-none" } else { "figures-too-few" }));
    }
    let mut rows: Vec<(&Key, &Figures)> = counted.parts.iter().collect();
    rows.sort_by_key(|(_, figures)| std::cmp::Reverse(figures.count(Figure::Raised).yes));
    let columns: Vec<(Vec<u64>, Vec<bool>)> = SHOWN
        .iter()
        .map(|figure| {
            let numbers: Vec<u64> = rows.iter().map(|(_, figures)| figures.count(*figure).yes).collect();
            let out = hidden(&numbers);
            (numbers, out)
        })
        .collect();
    let cell = |(numbers, out): &(Vec<u64>, Vec<bool>), n: usize| match (numbers.get(n), out.get(n)) {
        (Some(number), Some(false)) => number.to_string(),
        _ => "—".to_owned(),
    };
    let shown: Vec<(String, u64)> = rows
        .iter()
        .zip(&columns[0].1)
        .filter(|(_, out)| !**out)
        .map(|((key, figures), _)| (names.name(key).to_owned(), figures.count(Figure::Raised).yes))
        .collect();
    let title = t.with("figures-chart", &[("by", &t.word(By::Category))]);
    html! {
        @if shown.len() > 1 { figure { (bars(&title, &shown)) } }
        div.scroll tabindex="0" role="group" aria-label=(title) { table.ledger {
            thead { tr { th scope="col" { (t.word(By::Category)) } @for figure in SHOWN { th scope="col" { (t.word(figure)) } } } }
            tbody {
                @for (n, (key, _)) in rows.iter().enumerate().filter(|(n, _)| columns[0].1.get(*n) == Some(&false)) { tr {
                    th scope="row" { (names.name(key)) }
                    @for column in &columns { td.number { (cell(column, n)) } }
                } }
                @if rows.len() > shown.len() { tr {
                    th scope="row" { (t.with("figures-others", &[("parts", &(rows.len() - shown.len()))])) }
                    td.number { (total - shown.iter().map(|(_, raised)| raised).sum::<u64>()) }
                    @for _ in &SHOWN[1..] { td.number { "—" } }
                } }
                tr { th scope="row" { (t.say("figures-total")) } @for figure in SHOWN { td.number { (number(counted.total.count(figure).yes, t)) } } }
            }
        } }
    }
}

/// How the months went.
fn by_month(months: &[(Month, Short)], t: Locale) -> Markup {
    if months.is_empty() {
        return ui::empty(&t.say("figures-none"));
    }
    let drawn: Vec<(String, [u64; 2])> = months
        .iter()
        .map(|(month, Short { raised, answered })| {
            // Where a number is left out the line goes along the ground.
            let counts = [*raised, *answered].map(|number| if number < LEAST { 0 } else { number });
            (month.month().to_string(), counts)
        })
        .collect();
    let title = t.say("figures-year");
    let heads = [t.word(By::Month), t.word(Figure::Raised), t.word(Figure::Answered)];
    html! {
        figure { (lines(&title, &drawn)) figcaption.soft.small { (t.say("figures-two-lines")) } }
        div.scroll tabindex="0" role="group" aria-label=(title) { table.ledger {
            thead { tr { @for head in heads { th scope="col" { (head) } } } }
            tbody { @for (month, Short { raised, answered }) in months { tr {
                th scope="row" { (t.with("figures-month-of", &[("year", &month.year()), ("month", &month.month())])) }
                @for shown in [raised, answered] { td.number { (number(*shown, t)) } }
            } } }
        } }
    }
}
