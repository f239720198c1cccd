//! The figures of a place for those who steer it: nine of all, then the same by parts, with a chart
//! above the table. Each number leads to the list behind it.

use super::asked::{Asked, Side};
use super::chart::{bars, lines};
use super::counted::{Counted, Names, Scope, count};
use super::money::by_source;
use super::report;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use std::collections::{BTreeSet, HashMap};
use yishi_domain::insight::{By, Count, Figure, Figures, Key, Span};
use yishi_kernel::PlaceId;
use yishi_kernel::access::roles::OFFICE;
use yishi_kernel::moment::Date;
use yishi_office::places::reads::{ledgers_of, places};
use yishi_web::dates::{Days, day_field};
use yishi_web::nav::{staff_nav, staff_nav_at};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Field, Page, Width};
use yishi_web::{Cx, Error, exports};

/// The figures of a part that stand in the table, in order.
const COLUMNS: [Figure; 7] = [
    Figure::Raised,
    Figure::Sorted,
    Figure::Answered,
    Figure::Solved,
    Figure::Satisfied,
    Figure::Reopened,
    Figure::Open,
];
/// How many parts the table shows; what is beyond has little each, and stands in one line.
const MOST: usize = 60;

/// `GET /figures`: to those of the place that one steers.
///
/// # Errors
/// When nobody is signed in.
pub async fn own(cx: Cx) -> Result<Response, Error> {
    let t = cx.locale;
    let staff = cx.staff()?;
    let steered = staff.actor.current(cx.now).filter(|grant| OFFICE.has(grant.role));
    let steered: BTreeSet<PlaceId> = steered.map(|grant| grant.place).collect();
    let ids: Vec<PlaceId> = steered.into_iter().collect();
    let db = &cx.app.office.db;
    let ledgers = ledgers_of(db, &ids).await?;
    if let [one] = ledgers.as_slice() {
        return Ok(Redirect::to(&format!("/w/{}/figures", one.slug)).into_response());
    }
    let named = places(db, &ids).await?;
    let title = t.say("figures-title");
    let name = |id: PlaceId| named.iter().find(|row| row.id == id).map_or("", |row| row.name.as_str());
    let main = html! {
        h1 { (title) }
        @if ledgers.is_empty() { (ui::empty(&t.say("figures-nowhere"))) }
        ul.links { @for ledger in &ledgers { li { a href={ "/w/" (ledger.slug) "/figures" } { (name(ledger.ledger)) } } } }
    };
    let (locale, view, here, nav) = (t, cx.view, cx.here.as_str(), staff_nav(&cx, staff));
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render().into_response())
}

/// `GET /w/{slug}/figures`
///
/// # Errors
/// When this person reads no figures there.
pub async fn show(
    cx: Cx,
    Path(slug): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let scope = Scope::open(&cx, &slug).await?;
    let asked = Asked::read(&query, cx.now.date());
    let counted = count(&cx, &scope.ids(), &asked).await?;
    let names = Names::of(&cx, scope.ledger.ledger, counted.parts.keys()).await?;
    let title = t.with("figures-of", &[("name", &scope.place.name)]);
    let days = days(&asked, t);
    let money = by_source(&cx, &scope, &asked).await?;
    let main = html! {
        h1 { (title) }
        (filters(&cx, &format!("/w/{slug}/figures"), &scope.parted(), &asked))
        p.state { (days) }
        p.soft.small { (t.say("figures-lead")) }
        (tiles(&slug, &asked, &counted.total, t))
        (aside(&slug, &asked, &counted.total, t))
        div.actions.no-print {
            (ui::print_button(t))
            a.button.second href=(asked.rates(&slug, "rates")) { (t.say("rates-title")) }
            (report::links(&slug, &asked, t))
            (exports::links(|form| asked.of(Figure::Raised, Side::Yes, None).file(&slug, form.ending()), &cx))
        }
        h2 { (t.word(asked.by)) }
        (parts(&slug, &asked, &counted, &names, t))
        (money)
        details.no-print { summary { (t.say("figures-formulas")) }
            dl { @for figure in Figure::ALL { dt { (t.word(*figure)) } dd { (t.say(&format!("formula-{}", figure.word()))) } } }
            p { (t.say("figures-days-formula")) }
        }
        p.soft.small { (t.with("export-made", &[("time", &t.time(cx.now))])) }
    };
    let nav = staff_nav_at(&cx, &scope.staff, &slug);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Wide, main }.render())
}

/// From which day to which, by the day of raising.
#[must_use]
pub fn days(asked: &Asked, t: Locale) -> String {
    let (from, to) = (t.dated(asked.period.from), t.dated(asked.period.to));
    t.with("figures-days", &[("from", &from), ("to", &to)])
}

/// Which days, and by what they are parted.
pub fn filters(cx: &Cx, action: &str, ways: &[By], asked: &Asked) -> Markup {
    let t = cx.locale;
    let by: Vec<(String, String)> = ways.iter().map(|by| (by.word().to_owned(), t.word(*by))).collect();
    let named = |day: Date| day.to_string();
    let (from, to) = (t.say("figures-from"), t.say("figures-to"));
    html! {
        form.filters.no-print method="get" action=(action) {
            div.row {
                (ui::select(Field::new("span", &t.say("figures-span")), &t.choices::<Span>(), asked.span.word()))
                (ui::select(Field::new("by", &t.say("figures-by")), &by, asked.by.word()))
                div.field { (ui::submit(&t.say("figures-show"), "second")) }
            }
            details open[asked.span == Span::Days] { summary { (t.say("figures-own-days")) }
                div.row {
                    (day_field(Field::new("from", &from), &named(asked.period.from), Days::Any, cx.now))
                    (day_field(Field::new("to", &to), &named(asked.period.to), Days::Any, cx.now))
                }
            }
        }
    }
}

/// The share of a count, to a tenth of a percent.
#[must_use]
pub fn share(count: &Count) -> String {
    match count.per_mille() {
        Some(share) if share % 10 == 0 => format!("{}%", share / 10),
        Some(share) => format!("{}.{}%", share / 10, share % 10),
        None => "—".to_owned(),
    }
}

/// What is left out of a count.
fn apart(count: &Count) -> u64 {
    count.apart.values().sum()
}

/// The nine figures of all.
fn tiles(slug: &str, asked: &Asked, total: &Figures, t: Locale) -> Markup {
    let tile = |figure: Figure| {
        let count = total.count(figure);
        let list = |side| asked.of(figure, side, None).list(slug);
        let whole = matches!(figure, Figure::Raised | Figure::Open);
        html! { div {
            dt { (t.word(figure)) }
            dd.big { a href=(list(Side::Yes)) { (count.yes) } @if !whole { " " span.share { "/ " (count.of) " · " (share(&count)) } } }
            // That few come again is good: those are none that are missing.
            @if !whole && figure != Figure::Reopened && count.of > count.yes {
                dd { a href=(list(Side::No)) { (t.with("figures-rest", &[("rest", &(count.of - count.yes))])) } }
            }
            @if apart(&count) > 0 && figure != Figure::Open {
                dd { a href=(list(Side::Apart)) { (t.with("figures-apart", &[("count", &apart(&count))])) } }
            }
        } }
    };
    let measured = |key: &str, days: Option<String>| {
        let said = days.map_or_else(|| "—".to_owned(), |days| t.with("figures-n-days", &[("days", &days)]));
        html! { div { dt { (t.say(key)) } dd.big { (said) } } }
    };
    html! {
        dl.figures {
            (tile(Figure::Raised)) (tile(Figure::Sorted)) (tile(Figure::Answered))
            (measured("figures-median", total.median().map(|median| median.to_string())))
            (tile(Figure::Solved)) (tile(Figure::Satisfied)) (tile(Figure::Reopened)) (tile(Figure::Open))
            (measured("figures-oldest", total.oldest.map(|days| days.to_string())))
        }
    }
}

/// Who takes part, and how many did without a phone.
fn aside(slug: &str, asked: &Asked, total: &Figures, t: Locale) -> Markup {
    let spoken = total.count(Figure::Spoken);
    let link = asked.of(Figure::Spoken, Side::Yes, None).list(slug);
    html! {
        p {
            (t.with("figures-receipts", &[("count", &total.receipts)])) " "
            a href=(link) { (t.with("figures-spoken", &[("count", &spoken.yes), ("of", &spoken.of), ("share", &share(&spoken))])) }
        }
    }
}

/// The chart and the table of the parts.
fn parts(slug: &str, asked: &Asked, counted: &Counted, names: &Names, t: Locale) -> Markup {
    let mut rows: Vec<(&Key, &Figures)> = counted.parts.iter().collect();
    // Months stand in their order, all else by how much was raised.
    if asked.by != By::Month {
        rows.sort_by_key(|(_, figures)| std::cmp::Reverse(figures.count(Figure::Raised).yes));
    }
    let alone =
        html! { @if counted.alone > 0 { p { (t.with("figures-alone", &[("count", &counted.alone)])) } } };
    if rows.is_empty() {
        return html! { (ui::empty(&t.say("figures-none"))) (alone) };
    }
    let rest = rows.split_off(rows.len().min(MOST));
    let title = t.with("figures-chart", &[("by", &t.word(asked.by))]);
    let raised = |figures: &Figures| figures.count(Figure::Raised).yes;
    let chart = if asked.by == By::Month {
        let of = |key: &Key, figures: &Figures| {
            let name = match key {
                Key::Month(month) => month.month().to_string(),
                _ => String::new(),
            };
            (name, [raised(figures), figures.count(Figure::Answered).yes])
        };
        lines(&title, &rows.iter().map(|(key, figures)| of(key, figures)).collect::<Vec<_>>())
    } else {
        let named = rows.iter().map(|(key, figures)| (names.name(key).to_owned(), raised(figures)));
        bars(&title, &named.collect::<Vec<_>>())
    };
    let cell = |key: Option<&Key>, figures: &Figures, figure: Figure| {
        let count = figures.count(figure);
        let link = asked.of(figure, Side::Yes, key).list(slug);
        html! { td.number {
            @if count.yes > 0 { a href=(link) { (count.yes) } } @else { "0" }
            @if !matches!(figure, Figure::Raised | Figure::Open) { " " span.share { (share(&count)) } }
        } }
    };
    let median = |figures: &Figures| figures.median().map_or_else(|| "—".to_owned(), |days| days.to_string());
    let line = |key: Option<&Key>, name: &str, figures: &Figures| {
        html! { tr {
            th scope="row" { (name) }
            @for figure in COLUMNS { (cell(key, figures, figure)) }
            td.number { (median(figures)) }
        } }
    };
    html! {
        figure { (chart) figcaption.soft.small { (t.say(if asked.by == By::Month { "figures-two-lines" } else { "figures-bars" })) } }
        div.scroll tabindex="0" role="group" aria-label=(title) { table.ledger {
            thead { tr {
                th scope="col" { (t.word(asked.by)) }
                @for figure in COLUMNS { th scope="col" { (t.word(figure)) } }
                th scope="col" { (t.say("figures-median-short")) }
            } }
            tbody {
                @for (key, figures) in &rows { (line(Some(key), names.name(key), figures)) }
                (line(None, &t.say("figures-total"), &counted.total))
            }
        } }
        @if !rest.is_empty() {
            @let raised = rest.iter().map(|(_, figures)| figures.count(Figure::Raised).yes).sum::<u64>();
            p { (t.with("figures-beyond", &[("parts", &rest.len()), ("count", &raised)])) }
        }
        (alone)
    }
}
