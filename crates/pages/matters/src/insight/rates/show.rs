//! The page of the three rates: each with its numerator and base, what was left out and why, and the
//! parts in the order of their names.

use super::super::asked::{Asked, Side};
use super::super::counted::{Names, Scope};
use super::super::show::{days, filters};
use super::counted::{CallsOf, Counted, PARTED, count, formulas};
use super::formula;
use axum::extract::{Path, Query};
use maud::{Markup, html};
use std::collections::{BTreeSet, HashMap};
use yishi_domain::evaluation::{Measure, Percent};
use yishi_domain::insight::{By, FEW, Key, Left, RATES, Rates, Tally};
use yishi_web::nav::staff_nav_at;
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error, exports};

/// `GET /w/{slug}/figures/rates`
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
    let asked = parted(&Asked::read(&query, cx.now.date()), &scope);
    let calls = CallsOf::of(&cx, scope.ids()).await?;
    let counted = count(&cx, &calls, &scope.ids(), &asked).await?;
    let names = Names::of(&cx, scope.ledger.ledger, counted.parts.keys()).await?;
    let formulas = formulas(&cx, &scope).await?;
    let mostly = formulas.first().map_or(Percent::WHOLE, |formula| formula.mostly);
    let title = t.with("rates-of", &[("name", &scope.place.name)]);
    let by: Vec<By> = parts_of(&scope);
    let (said, owed) = counted.total.sample();
    let main = html! {
        p.crumbs.no-print { a href=(asked.page(&slug)) { (t.with("figures-of", &[("name", &scope.place.name)])) } }
        h1 { (title) }
        (filters(&cx, &format!("/w/{slug}/figures/rates"), &by, &asked))
        p.state { (days(&asked, t)) }
        p { (t.with("rates-sample", &[("said", &said), ("owed", &owed)])) }
        p.soft.small { (t.say("rates-lead")) }
        @if calls.least() < 100 { p.soft.small { (t.with("rates-draw", &[("percent", &calls.least())])) } }
        dl.figures { @for measure in RATES { (tile(&slug, &asked, measure, &counted.total.tally(measure), mostly, t)) } }
        div.actions.no-print {
            (ui::print_button(t))
            (exports::links(|form| asked.rates(&slug, &format!("rates.{}", form.ending())), &cx))
        }
        (left_out(&slug, &asked, &counted.total, t))
        h2 { (t.word(asked.by)) }
        (parts(&slug, &asked, &counted, &names, mostly, t))
        (formula::shown(&counted.total, &formulas, t))
        p.soft.small { (t.with("export-made", &[("time", &t.time(cx.now))])) }
    };
    let nav = staff_nav_at(&cx, &scope.staff, &slug);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Wide, main }.render())
}

/// By what the rates of a place can be parted.
fn parts_of(scope: &Scope) -> Vec<By> {
    let own = scope.parted();
    PARTED.iter().copied().filter(|by| own.contains(by)).collect()
}

/// What is asked for, parted as rates may be.
pub(super) fn parted(asked: &Asked, scope: &Scope) -> Asked {
    let ways = parts_of(scope);
    match ways.first() {
        Some(first) if !ways.contains(&asked.by) => Asked { by: *first, part: None, ..asked.clone() },
        _ => asked.clone(),
    }
}

/// A rate in percent; a word where nobody said anything.
pub(super) fn percent(tally: &Tally, mostly: Percent, t: Locale) -> String {
    tally.share(mostly).map_or_else(|| t.say("rates-none"), |share| format!("{share}%"))
}

/// The numerator as it is written: whole, or with the part that "mostly" makes.
pub(super) fn numerator(tally: &Tally, mostly: Percent) -> String {
    let all = tally.hundredths(mostly);
    let digits = format!("{}.{:02}", all / 100, all % 100);
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Within what a rate of few lies.
fn within(tally: &Tally, mostly: Percent) -> Option<(String, String)> {
    let interval = tally.interval(mostly).filter(|_| tally.is_few())?;
    let tenths = |share: u64| format!("{}.{}%", share / 10, share % 10);
    Some((tenths(interval.low), tenths(interval.high)))
}

/// The same as a sentence.
pub(super) fn few(tally: &Tally, mostly: Percent, t: Locale) -> Option<String> {
    let (low, high) = within(tally, mostly)?;
    Some(t.with("rates-few", &[("few", &FEW), ("low", &low), ("high", &high)]))
}

fn tile(slug: &str, asked: &Asked, measure: Measure, tally: &Tally, mostly: Percent, t: Locale) -> Markup {
    let list = |side| asked.behind(slug, measure, side, None);
    let no = tally.of - tally.yes - tally.mostly;
    html! { div {
        dt { (t.word(measure)) }
        dd.big { (percent(tally, mostly, t)) }
        @if tally.of > 0 {
            dd { a href=(list(Side::Yes)) { (numerator(tally, mostly)) } " / " (tally.of) }
            @if tally.mostly > 0 { dd { (t.with("rates-mostly", &[("yes", &tally.yes), ("mostly", &tally.mostly), ("percent", &mostly.get())])) } }
        }
        @if no > 0 { dd { a href=(list(Side::No)) { (t.with(&format!("rates-not-{}", measure.word()), &[("count", &no)])) } } }
        @if let Some(few) = few(tally, mostly, t) { dd { (few) } }
    } }
}

/// Who is in no rate, or not in this one, with the reason: a line each.
fn left_out(slug: &str, asked: &Asked, total: &Rates, t: Locale) -> Markup {
    let tallies = RATES.map(|measure| (measure, total.tally(measure)));
    let reasons: BTreeSet<Left> = tallies.iter().flat_map(|(_, tally)| tally.apart.keys().copied()).collect();
    if reasons.is_empty() {
        return html! {};
    }
    let title = t.say("rates-left");
    html! {
        h2 { (title) }
        div.scroll tabindex="0" role="group" aria-label=(title) { table.ledger {
            thead { tr { th scope="col" { (t.say("rates-why")) } @for (measure, _) in &tallies { th scope="col" { (t.word(*measure)) } } } }
            tbody { @for why in reasons { tr {
                th scope="row" { (t.word(why)) }
                @for (measure, tally) in &tallies { td.number {
                    @match tally.apart.get(&why) {
                        Some(count) => a href={ (asked.behind(slug, *measure, Side::Apart, None)) "&why=" (why.word()) } { (count) },
                        None => "0",
                    }
                } }
            } } }
        } }
    }
}

fn parts(slug: &str, asked: &Asked, counted: &Counted, names: &Names, mostly: Percent, t: Locale) -> Markup {
    let alone =
        html! { @if counted.alone > 0 { p { (t.with("figures-alone", &[("count", &counted.alone)])) } } };
    if counted.parts.is_empty() {
        return html! { (ui::empty(&t.say("figures-none"))) (alone) };
    }
    let rows = by_name(counted, names, asked.by);
    let cell = |key: Option<&Key>, rates: &Rates, measure: Measure| {
        let tally = rates.tally(measure);
        html! { td.number {
            (percent(&tally, mostly, t))
            @if tally.of > 0 {
                " " span.share { a href=(asked.behind(slug, measure, Side::Yes, key)) { (numerator(&tally, mostly)) } "/" (tally.of) }
                @if let Some((low, high)) = within(&tally, mostly) { br; span.share { (low) "–" (high) } }
            }
        } }
    };
    let line = |key: Option<&Key>, name: &str, rates: &Rates| {
        html! { tr { th scope="row" { (name) } @for measure in RATES { (cell(key, rates, measure)) } } }
    };
    html! {
        div.scroll tabindex="0" role="group" aria-label=(t.word(asked.by)) { table.ledger {
            thead { tr { th scope="col" { (t.word(asked.by)) } @for measure in RATES { th scope="col" { (t.word(measure)) } } } }
            tbody {
                @for (key, rates) in rows { (line(Some(key), names.name(key), rates)) }
                (line(None, &t.say("figures-total"), &counted.total))
            }
        } }
        p.soft.small { (t.with("rates-few-note", &[("few", &FEW)])) }
        p.soft.small { (t.say("rates-no-ranks")) }
        (alone)
    }
}

/// The parts in the order of their names, months in theirs: never by what they come to.
pub(super) fn by_name<'c>(counted: &'c Counted, names: &Names, by: By) -> Vec<(&'c Key, &'c Rates)> {
    let mut rows: Vec<(&Key, &Rates)> = counted.parts.iter().collect();
    if by != By::Month {
        rows.sort_by_key(|(key, _)| names.name(key).to_owned());
    }
    rows
}
