//! The sheet of a run as a list to take away.

use super::show::{Cleared, row_of, step};
use super::things::{Things, holder, kind};
use axum::extract::Path;
use axum::response::Response;
use yishi_domain::clearing::HeldBy;
use yishi_office::papers::Numbered as _;
use yishi_spreadsheet::write::{Cell, Column, Head, Writing};
use yishi_web::exports::{count, day, deadline, send, wanted};
use yishi_web::names::Names;
use yishi_web::numbers::called;
use yishi_web::{Cx, Error};

/// Its columns, each with its width in characters.
const COLUMNS: [(&str, u16); 10] = [
    ("clearing-column-number", 6),
    ("clearing-column-kind", 8),
    ("clearing-column-what", 24),
    ("clearing-column-since", 9),
    ("clearing-holder", 12),
    ("clearing-column-step", 10),
    ("clearing-column-due", 9),
    ("clearing-column-outcome", 10),
    ("clearing-column-day", 9),
    ("clearing-column-said", 20),
];

/// `GET /c/{slug}/k/{number}/list/{name}`
pub async fn serve(
    cx: Cx,
    Path((slug, number, name)): Path<(String, i64, String)>,
) -> Result<Response, Error> {
    let t = cx.locale;
    let (word, form) = wanted(&name)?;
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let row = row_of(&cx, ledger.ledger, number).await?;
    if word != "sheet" || row.finished.is_none() {
        return Err(Error::NotFound);
    }
    let title = called(&cx.numbers([row.key()]).await?, &row, t);
    let head = Head {
        title: format!("{}{}{title}", keeper.name, t.pick("", ": ")),
        lines: vec![t.with("export-made", &[("time", &t.time(cx.now))])],
        columns: COLUMNS.iter().map(|(key, width)| Column::new(t.say(key), *width)).collect(),
    };
    let cleared = Cleared::load(&cx, &row).await?;
    let (things, mut names) = (Things::of(&cx, ledger.ledger, &cleared.rows, t).await?, Names::default());
    let mut writing = Writing::begin(form, &head)?;
    for item in &cleared.rows {
        writing.row(&[
            count(item.entry),
            Cell::text(kind(item, t)),
            Cell::text(things.name(item, t)),
            day(item.since),
            Cell::text(holder(&cx, HeldBy::stored(&item.holder), &mut names, t).await?),
            Cell::text(step(item, t)),
            deadline(item.due),
            Cell::or_empty(item.outcome.map(|(outcome, _)| Cell::text(t.word(outcome)))),
            Cell::or_empty(item.day.map(deadline)),
            Cell::or_empty(item.said.as_ref().map(Cell::text)),
        ])?;
    }
    send(&cx, form, &head, writing).await
}
