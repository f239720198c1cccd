//! The meetings of a community as a list to take away.

use super::face::forum_name;
use yishi_domain::meetings::Rules;
use yishi_office::meetings::reads::meetings;
use yishi_office::paging::{Key, Paged};
use yishi_office::papers::Numbered;
use yishi_office::places::reads::LedgerRow;
use yishi_spreadsheet::write::{Cell, Writing};
use yishi_web::exports::{List, count, deadline, minute};
use yishi_web::numbers::called;
use yishi_web::{Cx, Error};

/// The list.
pub const LIST: List = List {
    word: "meetings",
    title: "meetings-list",
    columns: &[
        ("list-number", 5),
        ("list-paper", 12),
        ("list-title", 20),
        ("list-forum", 10),
        ("list-starts", 9),
        ("list-venue", 12),
        ("list-stage", 6),
        ("list-objections", 8),
        ("list-standard", 24),
    ],
    rows: |cx, ledger, out| Box::pin(rows(cx, ledger, out)),
};

async fn rows(cx: &Cx, ledger: &LedgerRow, out: &mut Writing) -> Result<(), Error> {
    let t = cx.locale;
    let pack = cx.rules(ledger.ledger).await?;
    let rules = pack.section::<Rules>();
    let mut before = None;
    loop {
        let Paged { rows, next } = meetings(&cx.app.office.db, ledger.ledger, before).await?;
        let numbers = cx.numbers(rows.iter().map(Numbered::key)).await?;
        for row in &rows {
            out.row(&[
                count(row.number),
                Cell::text(called(&numbers, row, t)),
                Cell::text(&row.title),
                Cell::text(forum_name(rules, &row.forum, t)),
                minute(row.starts),
                Cell::text(&row.venue),
                Cell::text(t.word(row.stage)),
                Cell::or_empty(row.until.map(deadline)),
                Cell::or_empty(row.standard.as_ref().map(Cell::text)),
            ])?;
        }
        let Some(next) = next else { return Ok(()) };
        before = Key::read(&next);
    }
}
