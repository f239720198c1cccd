//! The numbers of the rule pack 规则数字 that is in force in a community or street, for everyone: each
//! deadline and limit with where it comes from, since when the pack holds, and what is otherwise than
//! in the pack that ships with the program. Who may change them is not said here.

use axum::extract::Path;
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use yishi_domain::features::RULES;
use yishi_kernel::due::Unit;
use yishi_kernel::rules::{Number, numbers, shipped};
use yishi_store::Fault;
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// The numbers that ship with the program.
static SHIPPED: LazyLock<Vec<Number>> = LazyLock::new(|| numbers(&shipped(RULES)).unwrap_or_default());

/// What they are of: each has a text.
pub(super) fn names() -> Vec<&'static str> {
    SHIPPED.iter().map(|number| number.of.as_str()).collect()
}

/// The sections that have numbers: each has a text.
pub(super) fn sections() -> Vec<&'static str> {
    let mut all: Vec<&str> = SHIPPED.iter().map(|number| number.section.as_str()).collect();
    all.dedup();
    all
}

/// `GET /c/{slug}/numbers`
pub async fn show(cx: Cx, Path(slug): Path<String>) -> Result<Markup, Error> {
    let t = cx.locale;
    let office = &cx.app.office;
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let pack = cx.rules(ledger.ledger).await?;
    let since = office.rules_since(ledger.ledger, cx.now).await?;
    let here = numbers(&office.rules_text(pack.digest()).await?).map_err(Fault::unreadable)?;
    let usual: BTreeMap<&str, &Number> = SHIPPED.iter().map(|number| (number.of.as_str(), number)).collect();
    let mut parts: BTreeMap<&str, Vec<&Number>> = BTreeMap::new();
    for number in &here {
        parts.entry(&number.section).or_default().push(number);
    }
    let title = t.with("numbers-title", &[("name", &keeper.name)]);
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) "/meetings" } { (t.with("meetings-title", &[("name", &keeper.name)])) } }
        h1 { (title) }
        p { (t.say("numbers-lead")) }
        p { a href={ "/c/" (slug) "/rules" } { (t.say("papers-rules")) } " · " a href={ "/c/" (slug) "/calendar" } { (t.say("calendar-title")) } }
        @if let Some(since) = since { p.state { (t.with("numbers-since", &[("date", &t.dated(since.date()))])) } }
        @for (section, numbers) in parts {
            section {
                h2 { (t.first(&[&format!("numbers-of-{section}")]).unwrap_or_else(|| section.to_owned())) }
                table.ledger { tbody { @for number in numbers { (row(number, usual.get(number.of.as_str()).copied(), t)) } } }
            }
        }
        p.soft.small { (t.with("numbers-digest", &[("digest", &pack.digest())])) }
        div.actions.no-print { (ui::print_button(t)) }
    };
    let nav = Nav::Community { slug, name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

fn row(number: &Number, usual: Option<&Number>, t: Locale) -> Markup {
    // A later program may know numbers that this one has no name for.
    let name = t.first(&[&format!("number-of-{}", number.of)]).unwrap_or_else(|| number.of.clone());
    let other = usual.filter(|usual| (usual.unit, usual.count) != (number.unit, number.count));
    html! { tr {
        th scope="row" { (name) br; span.soft.small { (number.source) } }
        td.number {
            strong { (amount(number, t)) }
            @if let Some(usual) = other { br; span.badge { (t.with("numbers-otherwise", &[("usual", &amount(usual, t))])) } }
        }
    } }
}

fn amount(number: &Number, t: Locale) -> String {
    let count = number.count;
    let said = |key: &str, count: i64| t.with(key, &[("count", &count)]);
    match number.unit {
        Some(Unit::Days) => said("numbers-days", count),
        Some(Unit::WorkingDays) => said("numbers-working-days", count),
        Some(Unit::Months) => said("numbers-months", count),
        Some(Unit::Minutes) if count % 60 == 0 => said("numbers-hours", count / 60),
        Some(Unit::Minutes) => said("numbers-minutes", count),
        Some(Unit::WorkingMinutes) => said("numbers-working-minutes", count),
        None => count.to_string(),
    }
}
