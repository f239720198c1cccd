//! The numbers of the rule pack 规则数字 that is in force in a community or street, for everyone: each
//! deadline and limit with where it comes from, since when the pack holds, and what is otherwise than
//! in the pack that ships with the program. Who changes one does so on the number's own page.

use super::amount::{amount, name, section_name};
use axum::extract::Path;
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use yishi_domain::features::RULES;
use yishi_kernel::rules::{Number, numbers, shipped};
use yishi_office::places::reads::ledgers_below;
use yishi_office::rulebook::reads::local_changes;
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
    let mut otherwise = Vec::new();
    for number in &here {
        parts.entry(&number.section).or_default().push(number);
        otherwise
            .extend(usual.get(number.of.as_str()).filter(|usual| differs(usual, number)).map(|_| number));
    }
    let communities = if keeper.kind.is_street() {
        below(&cx, &keeper.path, &slug).await?
    } else {
        html! {}
    };
    let title = t.with("numbers-title", &[("name", &keeper.name)]);
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) "/meetings" } { (t.with("meetings-title", &[("name", &keeper.name)])) } }
        h1 { (title) }
        p { (t.say("numbers-lead")) }
        p { a href={ "/c/" (slug) "/rules" } { (t.say("papers-rules")) } " · " a href={ "/c/" (slug) "/calendar" } { (t.say("calendar-title")) } }
        @if let Some(since) = since { p.state { (t.with("numbers-since", &[("date", &t.dated(since.date()))])) } }
        @if !otherwise.is_empty() {
            p { (t.with("numbers-differ", &[("count", &otherwise.len())])) }
            ul { @for number in &otherwise { li { a href={ "#" (number.of) } { (name(number, t)) } } } }
        }
        (communities)
        @for (section, numbers) in parts {
            section {
                h2 { (section_name(section, t)) }
                table.ledger { tbody { @for number in numbers { (row(number, usual.get(number.of.as_str()).copied(), &slug, t)) } } }
            }
        }
        p.soft.small { (t.with("numbers-digest", &[("digest", &pack.digest())])) }
        div.actions.no-print { (ui::print_button(t)) }
    };
    let nav = Nav::Community { slug, name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// Which rules are in force in the communities of a street, since when, and how many numbers each
/// has changed for itself.
async fn below(cx: &Cx, path: &[yishi_kernel::PlaceId], street: &str) -> Result<Markup, Error> {
    let (t, office) = (cx.locale, &cx.app.office);
    let mut rows = Vec::new();
    for keeper in ledgers_below(&office.db, &[path.to_vec()]).await? {
        if keeper.slug != street {
            let name = cx.place(keeper.ledger).await?.name;
            let since = office.rules_since(keeper.ledger, cx.now).await?;
            let own = local_changes(&office.db, keeper.ledger).await?.len();
            rows.push((name, keeper.slug, since, own));
        }
    }
    rows.sort();
    Ok(html! { @if !rows.is_empty() {
        section {
            h2 { (t.say("numbers-below")) }
            div.card { @for (name, slug, since, own) in &rows { p {
                a href={ "/c/" (slug) "/numbers" } { (name) }
                br; span.soft.small {
                    @if let Some(since) = since { (t.with("numbers-since", &[("date", &t.dated(since.date()))])) " · " }
                    (t.with("numbers-own", &[("count", own)]))
                }
            } } }
        }
    } })
}

fn differs(usual: &Number, here: &Number) -> bool {
    (usual.unit, usual.count) != (here.unit, here.count)
}

fn row(number: &Number, usual: Option<&Number>, slug: &str, t: Locale) -> Markup {
    let other = usual.filter(|usual| differs(usual, number));
    html! { tr #(number.of) {
        th scope="row" { a href={ "/c/" (slug) "/numbers/" (number.of) } { (name(number, t)) } br; span.soft.small { (number.source) } }
        td.number {
            strong { (amount(number.unit, number.count, t)) }
            @if let Some(usual) = other { br; span.badge { (t.with("numbers-otherwise", &[("usual", &amount(usual.unit, usual.count, t))])) } }
        }
    } }
}
