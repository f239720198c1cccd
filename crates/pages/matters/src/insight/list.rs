//! The list behind a figure: the matters that it says something of, those of which it could and does
//! not, and those that it leaves out with the reason, each counted.

use super::asked::{Asked, Side};
use super::counted::{Names, Scope, may_list};
use super::show::days;
use crate::matters::face::{Item, headline, item_with, meta};
use axum::extract::{Path, Query};
use maud::{Markup, html};
use std::collections::{BTreeMap, HashMap};
use yishi_domain::insight::{Count, Key, Said};
use yishi_domain::matters::{MatterId, Step};
use yishi_kernel::PlaceId;
use yishi_office::insight::reads::{Facts, Key as At, Known};
use yishi_office::matters::reads::{MatterRow, matters, support_of};
use yishi_office::paging::PAGE;
use yishi_web::nav::staff_nav_at;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error, exports};

/// Where a page of the list begins: behind this matter of this ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    ledger: PlaceId,
    at: At<MatterId>,
}

impl After {
    /// The one that an address names.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        let (ledger, at) = word.split_once('.')?;
        Some(Self { ledger: ledger.parse().ok()?, at: At::read(at)? })
    }

    /// How an address says it.
    #[must_use]
    pub fn word(known: &Known) -> String {
        format!("{}.{}", known.fact.place.ledger, known.key())
    }

    /// Whether a matter stands behind it: ledgers stand in the order of their ids.
    #[must_use]
    pub fn is_before(&self, known: &Known) -> bool {
        let key = known.key();
        (known.fact.place.ledger, key.at, key.id) > (self.ledger, self.at.at, self.at.id)
    }
}

/// `GET /w/{slug}/figures/list`
///
/// # Errors
/// When this person reads no figures there.
pub async fn show(
    cx: Cx,
    Path(slug): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let scope = Scope::open(&cx, &slug).await?;
    let asked = Asked::read(&query, cx.now.date());
    may_list(&cx, &scope.ids(), &asked).await?;
    let after = query.get("after").and_then(|word| After::read(word));
    let (mut total, mut found, mut more) = (Count::default(), Vec::new(), false);
    let mut facts = Facts::between(db, &scope.ids(), asked.period.moments());
    while let Some(page) = facts.next().await? {
        for known in page {
            if asked.part.as_ref().is_some_and(|part| *part != Key::of(asked.by, &known.fact)) {
                continue;
            }
            let said = known.fact.said(asked.figure, cx.now);
            total.add(said);
            if !asked.side.takes(said) || after.is_some_and(|after| !after.is_before(&known)) {
                continue;
            }
            match found.len() {
                PAGE => more = true,
                _ => {
                    let note = match said {
                        Said::Apart(why) => t.word(why),
                        Said::Yes | Said::No => String::new(),
                    };
                    found.push(Found { known, note });
                }
            }
        }
    }
    let names = Names::of(&cx, scope.ledger.ledger, &asked.part).await?;
    let next = found.last().filter(|_| more);
    let next = next.map(|last| format!("{}&after={}", asked.list(&slug), After::word(&last.known)));
    let title = t.with("figures-list", &[("figure", &t.word(asked.figure)), ("name", &scope.place.name)]);
    let sides = [
        (Side::Yes, total.yes),
        (Side::No, total.of - total.yes),
        (Side::Apart, total.apart.values().sum::<u64>()),
    ];
    let main = html! {
        p.crumbs { a href=(asked.page(&slug)) { (t.with("figures-of", &[("name", &scope.place.name)])) } }
        h1 { (title) }
        @if let Some(part) = &asked.part { p.state { (t.named(&t.word(asked.by), names.name(part))) } }
        p { (days(&asked, t)) }
        p.soft.small { (t.say(&format!("formula-{}", asked.figure.word()))) }
        ul.tabs { @for (side, count) in sides {
            li { a href=(asked.of(asked.figure, side, asked.part.as_ref()).list(&slug)) aria-current=[(side == asked.side).then_some("page")] {
                (t.word(side)) " " (count)
            } }
        } }
        @if asked.side == Side::Apart { ul { @for (why, count) in &total.apart { li { (t.named(&t.word(*why), count)) } } } }
        div.actions.no-print {
            (exports::links(|form| asked.file(&slug, form.ending()), &cx))
            (ui::print_button(t))
        }
        (listed(&cx, &scope, &slug, &found).await?)
        (ui::more(next, &t.say("figures-more")))
    };
    let nav = staff_nav_at(&cx, &scope.staff, &slug);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Wide, main }.render())
}

/// A matter of the list, and what is said beneath it.
#[derive(Debug)]
pub struct Found {
    /// The matter.
    pub known: Known,
    /// Why it is there; may be empty.
    pub note: String,
}

/// Matters as a list.
///
/// # Errors
/// When the store fails.
pub async fn listed(cx: &Cx, scope: &Scope, slug: &str, found: &[Found]) -> Result<Markup, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let keys: Vec<(PlaceId, MatterId)> =
        found.iter().map(|one| (one.known.fact.place.ledger, one.known.id)).collect();
    let rows: BTreeMap<MatterId, MatterRow> =
        matters(db, &keys).await?.into_iter().map(|row| (row.id, row)).collect();
    let supports = support_of(db, &keys).await?;
    let rules = cx.rules(scope.ledger.ledger).await?;
    let slug_of: BTreeMap<PlaceId, &str> =
        scope.ledgers.iter().map(|one| (one.ledger, one.slug.as_str())).collect();
    let line = |one: &Found| {
        let Some(row) = rows.get(&one.known.id) else { return html! {} };
        let support = supports.get(&row.id).copied().unwrap_or_default();
        let shown = Item {
            href: &format!("/w/{}/{}", slug_of.get(&row.ledger).unwrap_or(&slug), row.number),
            title: &headline(&rules, row, t),
            meta: &meta(row, support, t),
            stage: row.stage,
            next: row.next.filter(|(step, _)| *step != Step::Close),
            photo: None,
        };
        let note = html! { @if !one.note.is_empty() { p.meta { (one.note) } } };
        item_with(&shown, &html! {}, &note, cx.now, t)
    };
    Ok(html! {
        @if found.is_empty() { (ui::empty(&t.say("figures-none"))) }
        ul.list { @for one in found { (line(one)) } }
    })
}
