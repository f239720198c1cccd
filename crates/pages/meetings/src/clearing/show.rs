//! The sheet of a run for everyone 清账单: what it came to, by body, and every item with what became of
//! it and why. While the run is open there is nothing to read but that it is.

use super::things::{Things, holder, kind, page};
use axum::extract::{Path, Query};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::clearing::sheet::{Figures, Line, by_holder, figures};
use yishi_domain::clearing::{HeldBy, Outcome, RunId, Waited};
use yishi_kernel::{Moment, PlaceId};
use yishi_office::clearing::reads::{ItemRow, RunRow, after as next_run, all_items, items, run};
use yishi_office::paging::Key;
use yishi_office::papers::Numbered as _;
use yishi_web::exports::links;
use yishi_web::names::Names;
use yishi_web::numbers::{called, small};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// A run's row by number.
///
/// # Errors
/// When there is none.
pub async fn row_of(cx: &Cx, ledger: PlaceId, number: i64) -> Result<RunRow, Error> {
    let id: RunId = cx.numbered(ledger, number).await?;
    run(&cx.app.office.db, ledger, id).await?.ok_or(Error::NotFound)
}

/// A run with all its lines, and when the one before began.
pub(super) struct Cleared {
    pub(super) rows: Vec<ItemRow>,
    pub(super) lines: Vec<Line>,
    pub(super) before: Option<RunRow>,
}

impl Cleared {
    pub(super) async fn load(cx: &Cx, row: &RunRow) -> Result<Self, Error> {
        let db = &cx.app.office.db;
        let rows = all_items(db, row.ledger, row.id).await?;
        let mut lines = Vec::with_capacity(rows.len());
        for row in &rows {
            lines.push(row.line()?);
        }
        let before = match row.before {
            Some(id) => run(db, row.ledger, id).await?,
            None => None,
        };
        Ok(Self { rows, lines, before })
    }

    fn since(&self) -> Option<Moment> {
        self.before.as_ref().map(|before| before.opened)
    }

    pub(super) fn whole(&self, row: &RunRow) -> Figures {
        figures(self.lines.iter(), row.opened, self.since())
    }

    /// What each who held something comes to, by name; the one with the most first.
    pub(super) async fn parts(
        &self,
        cx: &Cx,
        row: &RunRow,
        t: Locale,
    ) -> Result<Vec<(String, Figures)>, Error> {
        let (mut names, mut parts) = (Names::default(), Vec::new());
        for (who, figures) in by_holder(&self.lines, row.opened, self.since()) {
            parts.push((holder(cx, who, &mut names, t).await?, figures));
        }
        Ok(parts)
    }
}

/// `GET /c/{slug}/k/{number}`
pub async fn show(
    cx: Cx,
    Path((slug, number)): Path<(String, i64)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let row = row_of(&cx, ledger.ledger, number).await?;
    let numbers = cx.numbers([row.key()]).await?;
    let title = called(&numbers, &row, t);
    let link = format!("/c/{slug}/k/{number}");
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) "/clearing" } { (t.say("clearing-title")) } }
        h1 { (t.say("clearing-sheet")) }
        p { strong { (title) } }
        @if row.finished.is_some() { (small(row.number, t)) }
        @match &row.finished {
            None => p.notice { (t.with("clearing-open-public", &[("day", &t.day(row.opened.date())), ("count", &row.items)])) },
            Some((at, sha256)) => {
                (sheet(&cx, &slug, &row, *at, sha256, &query).await?)
            }
        }
    };
    let nav = Nav::Community { slug: slug.clone(), name: keeper.name };
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &link, title: &title, nav, width: Width::Narrow, main }.render())
}

async fn sheet(
    cx: &Cx,
    slug: &str,
    row: &RunRow,
    at: Moment,
    sha256: &str,
    query: &HashMap<String, String>,
) -> Result<Markup, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let link = format!("/c/{slug}/k/{}", row.number);
    let cleared = Cleared::load(cx, row).await?;
    let parts = cleared.parts(cx, row, t).await?;
    let key = query.get("after").map_or("", String::as_str);
    let listed = items(db, row.ledger, row.id, Key::read(key)).await?;
    let next = listed.next.map(|next| format!("{}#items", ui::link(&link, &[("after", &next)])));
    let after = next_run(db, row).await?;
    Ok(html! {
        p { (period(row, at, t)) }
        p { (t.say("clearing-signed-by")) }
        div.actions.no-print {
            a.button.second href={ (link) "/paper" } { (t.say("clearing-print")) }
            (links(|form| format!("{link}/list/sheet.{}", form.ending()), cx))
        }
        @if cleared.before.is_some() { p.no-print { a href={ (link) "/compare" } { (t.say("clearing-compare")) } } }
        @if let Some(after) = after { p.no-print { a href={ "/c/" (slug) "/k/" (after.number) } { (t.say("clearing-next")) } } }
        (facts(&cleared.whole(row), t))
        h2 { (t.say("clearing-by-body")) }
        (by_body(&parts, t))
        h2 #items { (t.say("clearing-items")) }
        (lines(cx, slug, "/c", &listed.rows).await?)
        (ui::more(next, &t.say("clearing-more")))
        p.small.soft { (t.with("clearing-digest", &[("sha256", &sha256)])) }
        (ui::for_group(&pasted(cx, &link, row, at, &cleared.whole(row)), t))
    })
}

/// The sheet in a few lines for a chat group.
fn pasted(cx: &Cx, link: &str, row: &RunRow, at: Moment, figures: &Figures) -> String {
    let t = cx.locale;
    let count = |name: String, count: u64| format!("{name}{}{count}", t.pick("：", ": "));
    let mut lines = vec![t.say("clearing-sheet"), period(row, at, t)];
    lines.push(count(t.say("clearing-total"), figures.total));
    lines.push(count(t.say("clearing-late"), figures.overdue));
    lines.extend(figures.by.iter().map(|(one, came)| count(t.word(*one), *came)));
    lines.push(format!("{}{link}", cx.app.public_url));
    lines.join("\n")
}

/// From when to when.
pub(super) fn period(row: &RunRow, at: Moment, t: Locale) -> String {
    t.with("clearing-period", &[("from", &t.day(row.opened.date())), ("to", &t.day(at.date()))])
}

/// What a run came to.
pub(super) fn facts(figures: &Figures, t: Locale) -> Markup {
    let mut rows = vec![
        (t.say("clearing-total"), figures.total),
        (t.say("clearing-fresh"), figures.fresh),
        (t.say("clearing-late"), figures.overdue),
    ];
    rows.extend(
        Outcome::ALL.iter().map(|one| (t.word(*one), figures.by.get(one).copied().unwrap_or_default())),
    );
    html! {
        (ui::counts(&rows))
        @if let Some((since, number)) = figures.oldest {
            p { (t.with("clearing-oldest", &[("number", &number), ("day", &t.day(since.date()))])) }
        }
    }
}

/// What each body's things came to, without what there is none of.
fn by_body(parts: &[(String, Figures)], t: Locale) -> Markup {
    html! {
        ul.list { @for (name, figures) in parts {
            li.item {
                h3 { (name) }
                p.meta { (t.say("clearing-total")) " " (figures.total) " · " (t.say("clearing-late")) " " (figures.overdue) }
                p { @for (n, (one, count)) in figures.by.iter().enumerate() { @if n > 0 { " · " } (t.word(*one)) " " (count) } }
            }
        } }
    }
}

/// Items with what became of them. Below `/w` each leads to its own page.
///
/// # Errors
/// When the store fails.
pub async fn lines(cx: &Cx, slug: &str, front: &str, rows: &[ItemRow]) -> Result<Markup, Error> {
    let t = cx.locale;
    let Some(ledger) = rows.first().map(|row| row.ledger) else { return Ok(html! {}) };
    let things = Things::of(cx, ledger, rows, t).await?;
    let mut names = Names::default();
    let mut held = Vec::new();
    for row in rows {
        held.push(holder(cx, HeldBy::stored(&row.holder), &mut names, t).await?);
    }
    Ok(html! {
        ul.list { @for (row, held) in rows.iter().zip(&held) {
            li.item {
                h3 { @match page(row, front, slug) {
                    Some(href) => a href=(href) { (things.name(row, t)) },
                    None => (things.name(row, t)),
                } }
                p.meta { (kind(row, t)) " · " (t.with("clearing-line", &[("number", &row.entry), ("holder", held), ("day", &t.brief(row.due.deadline_date()))])) }
                p { (became(row, t)) }
                @if let Some(said) = &row.said { p.quote { (said) } }
                @if let Some(answer) = &row.answer { p.quote { (t.say("clearing-answered")) (answer) } }
                @if front == "/w" { p.no-print { a.button.second href={ "/w/" (slug) "/ki/" (row.number) } { (t.say("clearing-enter")) } } }
            }
        } }
    })
}

/// What became of an item, with its day.
pub(super) fn became(row: &ItemRow, t: Locale) -> Markup {
    let day = row.day.map(|day| t.with("clearing-until", &[("day", &t.brief(day.deadline_date()))]));
    html! {
        @match row.outcome {
            Some((outcome, _)) => { span.badge.done { (t.word(outcome)) } },
            None => { span.badge.late { (t.word(row.stage)) } " " (step(row, t)) },
        }
        @if let Some(day) = day { " " (day) }
    }
}

/// The step that waited.
pub(super) fn step(row: &ItemRow, t: Locale) -> String {
    let step = row.step.split_once('/').and_then(|(family, step)| Waited::of(family, step));
    step.map_or_else(String::new, |step| t.say(&step.key()))
}
