//! The list behind a rate: the matters whose people said so, said otherwise, or said nothing, with how
//! many of them. Who said what is not there.

use super::super::asked::{Asked, Side};
use super::super::counted::{Names, Scope, may_list};
use super::super::list::{After, Found, listed};
use super::super::show::days;
use super::counted::CallsOf;
use super::show::parted;
use axum::extract::{Path, Query};
use maud::{Markup, html};
use std::collections::{BTreeMap, HashMap};
use yishi_domain::evaluation::Measure;
use yishi_domain::insight::{Key, Left, RATES, Spoken, Tally};
use yishi_office::insight::reads::Facts;
use yishi_office::paging::PAGE;
use yishi_web::nav::staff_nav_at;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /w/{slug}/figures/rates/list`
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
    let given = |name: &str| query.get(name).map_or("", String::as_str);
    let measure = Measure::parse(given("rate")).filter(|one| RATES.contains(one)).unwrap_or(Measure::Solved);
    let why = Left::parse(given("why"));
    may_list(&cx, &scope.ids(), &asked).await?;
    let after = query.get("after").and_then(|word| After::read(word));
    let calls = CallsOf::of(&cx, scope.ids()).await?;
    let (mut total, mut found, mut more) = (Tally::default(), Vec::new(), false);
    let mut facts = Facts::between(&cx.app.office.db, &scope.ids(), asked.period.moments());
    while let Some(page) = facts.next().await? {
        for known in page {
            if asked.part.as_ref().is_some_and(|part| *part != Key::of(asked.by, &known.fact)) {
                continue;
            }
            let mut here: BTreeMap<Option<Left>, u64> = BTreeMap::new();
            for spoken in calls.heard(&known).into_iter().filter_map(|one| one.of(measure)) {
                total.add(spoken);
                match (asked.side, spoken) {
                    (Side::Yes, Spoken::Yes | Spoken::Mostly) | (Side::No, Spoken::No) => {
                        *here.entry(None).or_default() += 1;
                    }
                    (Side::Apart, Spoken::Apart(left)) if why.is_none_or(|why| why == left) => {
                        *here.entry(Some(left)).or_default() += 1;
                    }
                    _ => {}
                }
            }
            if here.is_empty() || after.is_some_and(|after| !after.is_before(&known)) {
                continue;
            }
            let said = here.iter().map(|(left, count)| match left {
                Some(left) => t.named(&t.word(*left), count),
                None => t.with("rates-people", &[("count", count)]),
            });
            let note = said.collect::<Vec<_>>().join(t.pick("；", "; "));
            match found.len() {
                PAGE => more = true,
                _ => found.push(Found { known, note }),
            }
        }
    }
    let names = Names::of(&cx, scope.ledger.ledger, &asked.part).await?;
    let link = |side| asked.behind(&slug, measure, side, asked.part.as_ref());
    let own = match why {
        Some(why) if asked.side == Side::Apart => format!("{}&why={}", link(asked.side), why.word()),
        _ => link(asked.side),
    };
    let title = t.with("figures-list", &[("figure", &t.word(measure)), ("name", &scope.place.name)]);
    let said = total.yes + total.mostly;
    let sides =
        [(Side::Yes, said), (Side::No, total.of - said), (Side::Apart, total.apart.values().sum::<u64>())];
    let main = html! {
        p.crumbs { a href=(asked.rates(&slug, "rates")) { (t.with("rates-of", &[("name", &scope.place.name)])) } }
        h1 { (title) }
        @if let Some(part) = &asked.part { p.state { (t.named(&t.word(asked.by), names.name(part))) } }
        p { (days(&asked, t)) }
        ul.tabs { @for (side, count) in sides {
            li { a href=(link(side)) aria-current=[(side == asked.side).then_some("page")] { (t.word(side)) " " (count) } }
        } }
        @if let Some(why) = why.filter(|_| asked.side == Side::Apart) { p.state { (t.word(why)) } }
        p.soft.small { (t.say("rates-list-lead")) }
        (listed(&cx, &scope, &slug, &found).await?)
        (ui::more(found.last().filter(|_| more).map(|last| format!("{own}&after={}", After::word(&last.known))), &t.say("figures-more")))
    };
    let nav = staff_nav_at(&cx, &scope.staff, &slug);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Wide, main }.render())
}
