//! The orders, whistles and letters of a community as a list to take away: those that are open, then
//! those that ended.

use super::face::called_by_number;
use super::list::doer;
use yishi_office::dispatch::reads::{OrderRow, ended, open};
use yishi_office::paging::{Key, Paged};
use yishi_office::papers::Numbered;
use yishi_office::places::reads::LedgerRow;
use yishi_spreadsheet::write::{Cell, Writing};
use yishi_web::exports::{List, count, day, deadline, yuan};
use yishi_web::names::Names;
use yishi_web::{Cx, Error};

/// The list.
pub const LIST: List = List {
    word: "orders",
    title: "dispatch-title",
    columns: &[
        ("list-number", 5),
        ("list-paper", 12),
        ("list-kind", 6),
        ("list-task", 20),
        ("list-body", 12),
        ("list-opened", 8),
        ("list-report-by", 8),
        ("list-due", 8),
        ("list-limit", 8),
        ("list-stage", 6),
        ("list-ended", 8),
        ("list-money", 8),
        ("list-source", 10),
    ],
    rows: |cx, ledger, out| Box::pin(rows(cx, ledger, out)),
};

async fn rows(cx: &Cx, ledger: &LedgerRow, out: &mut Writing) -> Result<(), Error> {
    let db = &cx.app.office.db;
    let mut names = Names::default();
    write(cx, &open(db, ledger.ledger).await?, &mut names, out).await?;
    let mut before = None;
    loop {
        let Paged { rows, next } = ended(db, ledger.ledger, before, None).await?;
        write(cx, &rows, &mut names, out).await?;
        let Some(next) = next else { return Ok(()) };
        before = Key::read(&next);
    }
}

async fn write(cx: &Cx, rows: &[OrderRow], names: &mut Names, out: &mut Writing) -> Result<(), Error> {
    let t = cx.locale;
    let numbers = cx.numbers(rows.iter().map(Numbered::key)).await?;
    for row in rows {
        let (fen, source) = row.money.clone().unzip();
        out.row(&[
            count(row.number),
            Cell::text(called_by_number(row, &numbers, t)),
            Cell::text(t.word(row.kind)),
            Cell::text(&row.task),
            Cell::text(doer(cx, row, names).await?),
            day(row.opened),
            deadline(row.report_by),
            deadline(row.finish_by),
            Cell::or_empty(row.limit.map(|class| Cell::text(t.word(class)))),
            Cell::text(t.word(row.stage)),
            Cell::or_empty(row.ended.map(day)),
            Cell::or_empty(fen.map(yuan)),
            Cell::or_empty(source.map(Cell::text)),
        ])?;
    }
    Ok(())
}
