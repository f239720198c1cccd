//! The topics of a community as a list to take away.

use yishi_office::paging::{Key, Paged};
use yishi_office::papers::Numbered;
use yishi_office::places::reads::LedgerRow;
use yishi_office::topics::reads::topics;
use yishi_pages_matters::matters::face::category;
use yishi_spreadsheet::write::{Cell, Writing};
use yishi_web::exports::{List, count, day, deadline};
use yishi_web::numbers::called;
use yishi_web::{Cx, Error};

/// The list.
pub const LIST: List = List {
    word: "topics",
    title: "topics-list",
    columns: &[
        ("list-number", 5),
        ("list-paper", 12),
        ("list-title", 20),
        ("list-category", 8),
        ("list-matters", 5),
        ("list-opened", 8),
        ("list-stage", 6),
        ("list-due", 8),
        ("list-ended", 8),
    ],
    rows: |cx, ledger, out| Box::pin(rows(cx, ledger, out)),
};

async fn rows(cx: &Cx, ledger: &LedgerRow, out: &mut Writing) -> Result<(), Error> {
    let t = cx.locale;
    let rules = cx.rules(ledger.ledger).await?;
    let mut before = None;
    loop {
        let Paged { rows, next } = topics(&cx.app.office.db, ledger.ledger, before).await?;
        let numbers = cx.numbers(rows.iter().map(Numbered::key)).await?;
        for row in &rows {
            out.row(&[
                count(row.number),
                Cell::text(called(&numbers, row, t)),
                Cell::text(&row.title),
                Cell::text(category(&rules, &row.category.0, t)),
                count(row.matters),
                day(row.opened),
                Cell::text(t.word(row.stage)),
                Cell::or_empty(row.next.map(|(_, due)| deadline(due))),
                Cell::or_empty(row.ended.map(day)),
            ])?;
        }
        let Some(next) = next else { return Ok(()) };
        before = Key::read(&next);
    }
}
