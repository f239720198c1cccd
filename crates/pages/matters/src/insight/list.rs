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
struct After {
    ledger: PlaceId,
    at: At<MatterId>,
}

impl After {
    fn read(word: &str) -> Option<Self> {
        let (ledger, at) = word.split_once('.')?;
        Some(Self { ledger: ledger.parse().ok()?, at: At::read(at)? })
    }

    /// Whether a matter stands behind it: ledgers stand in the order of their ids.
    fn is_before(&self, known: &Known) -> bool {
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
    may_list(&cx, &asked).await?;
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
                _ => found.push((known, said)),
            }
        }
    }
    let keys: Vec<(PlaceId, MatterId)> =
        found.iter().map(|(known, _)| (known.fact.place.ledger, known.id)).collect();
    let rows: BTreeMap<MatterId, MatterRow> =
        matters(db, &keys).await?.into_iter().map(|row| (row.id, row)).collect();
    let supports = support_of(db, &keys).await?;
    let rules = cx.rules(scope.ledger.ledger).await?;
    let names = Names::of(&cx, scope.ledger.ledger, &asked.part).await?;
    let slug_of: BTreeMap<PlaceId, &str> =
        scope.ledgers.iter().map(|one| (one.ledger, one.slug.as_str())).collect();
    let next = found.last().filter(|_| more).map(|(known, _)| {
        let word = format!("{}.{}", known.fact.place.ledger, known.key());
        format!("{}&after={word}", asked.list(&slug))
    });
    let title = t.with("figures-list", &[("figure", &t.word(asked.figure)), ("name", &scope.place.name)]);
    let sides = [
        (Side::Yes, total.yes),
        (Side::No, total.of - total.yes),
        (Side::Apart, total.apart.values().sum::<u64>()),
    ];
    let line = |known: &Known, said: Said| {
        let Some(row) = rows.get(&known.id) else { return html! {} };
        let support = supports.get(&row.id).copied().unwrap_or_default();
        let shown = Item {
            href: &format!("/w/{}/{}", slug_of.get(&row.ledger).unwrap_or(&slug.as_str()), row.number),
            title: &headline(&rules, row, t),
            meta: &meta(row, support, t),
            stage: row.stage,
            next: row.next.filter(|(step, _)| *step != Step::Close),
            photo: None,
        };
        let why = match said {
            Said::Apart(why) => html! { p.meta { (t.word(why)) } },
            Said::Yes | Said::No => html! {},
        };
        item_with(&shown, &html! {}, &why, cx.now, t)
    };
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
        @if found.is_empty() { (ui::empty(&t.say("figures-none"))) }
        ul.list { @for (known, said) in &found { (line(known, *said)) } }
        (ui::more(next, &t.say("figures-more")))
    };
    let nav = staff_nav_at(&cx, &scope.staff, &slug);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Wide, main }.render())
}
