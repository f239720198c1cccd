//! Two runs side by side: what was said of each thing at the run before, and what came of it.

use super::show::{Cleared, row_of};
use super::things::{Things, page};
use axum::extract::Path;
use maud::{Markup, html};
use std::collections::BTreeMap;
use yishi_domain::clearing::Verdict;
use yishi_domain::clearing::sheet::verdict;
use yishi_office::clearing::reads::ItemRow;
use yishi_office::papers::Numbered as _;
use yishi_web::numbers::called;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/k/{number}/compare`
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let t = cx.locale;
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let row = row_of(&cx, ledger.ledger, number).await?;
    let now = Cleared::load(&cx, &row).await?;
    let before = now.before.clone().filter(|_| row.finished.is_some()).ok_or(Error::NotFound)?;
    let then = Cleared::load(&cx, &before).await?;
    let of: BTreeMap<_, _> = now.lines.iter().map(|line| (line.thing.as_str(), line)).collect();
    let mut said: BTreeMap<Verdict, Vec<&ItemRow>> = BTreeMap::new();
    for (old, line) in then.rows.iter().zip(&then.lines) {
        if let Some(verdict) = verdict(line, of.get(line.thing.as_str()).copied(), row.opened) {
            said.entry(verdict).or_default().push(old);
        }
    }
    let things = Things::of(&cx, ledger.ledger, &then.rows, t).await?;
    let numbers = cx.numbers([row.key(), before.key()]).await?;
    let title = t.say("clearing-compare");
    let count = |one: &Verdict| said.get(one).map_or(0, Vec::len) as u64;
    // What was missed is what people look for.
    let order = [Verdict::Missed, Verdict::Running, Verdict::Ended];
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) "/k/" (number) } { (called(&numbers, &row, t)) } }
        h1 { (title) }
        p { (t.with("clearing-compare-lead", &[("before", &called(&numbers, &before, t)), ("day", &t.day(before.opened.date())), ("now", &t.day(row.opened.date()))])) }
        div.actions.no-print { (ui::print_button(t)) }
        (ui::counts(&order.map(|one| (t.word(one), count(&one)))))
        @for one in order {
            @if let Some(rows) = said.get(&one) {
                h2 { (t.word(one)) }
                ul.list { @for old in rows {
                    li.item {
                        h3 { @match page(old, "/c", &slug) {
                            Some(href) => a href=(href) { (things.name(old, t)) },
                            None => (things.name(old, t)),
                        } }
                        @if let Some((outcome, _)) = old.outcome {
                            p.meta { (t.with("clearing-said", &[("outcome", &t.word(outcome))])) @if let Some(day) = old.day { " " (t.with("clearing-until", &[("day", &t.brief(day.deadline_date()))])) } }
                        }
                        @if let Some(words) = &old.said { p.quote { (words) } }
                    }
                } }
            }
        }
        @if said.is_empty() { (ui::empty(&t.say("clearing-nothing-said"))) }
    };
    let nav = Nav::Community { slug: slug.clone(), name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}
