//! The promises of a community as a list to take away: those to be kept still, then those that ended.

use yishi_office::paging::{Key, Paged};
use yishi_office::places::reads::LedgerRow;
use yishi_office::promises::reads::{PromiseRow, ended, open};
use yishi_spreadsheet::write::{Cell, Writing};
use yishi_web::exports::{List, count, day, deadline};
use yishi_web::{Cx, Error};

/// The list.
pub const LIST: List = List {
    word: "promises",
    title: "promises-title",
    columns: &[
        ("list-number", 5),
        ("list-task", 20),
        ("list-body", 12),
        ("list-made", 8),
        ("list-first-day", 8),
        ("list-due", 8),
        ("list-renewals", 5),
        ("list-stage", 6),
        ("list-ended", 8),
        ("list-meeting", 16),
    ],
    rows: |cx, ledger, out| Box::pin(rows(cx, ledger, out)),
};

async fn rows(cx: &Cx, ledger: &LedgerRow, out: &mut Writing) -> Result<(), Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let mut write = |rows: &[PromiseRow]| {
        rows.iter().try_for_each(|row| {
            out.row(&[
                count(row.number),
                Cell::text(&row.what),
                Cell::text(&row.body_name),
                day(row.made),
                deadline(row.first),
                deadline(row.day),
                count(row.renewals),
                Cell::text(t.word(row.stage)),
                Cell::or_empty(row.ended.map(day)),
                Cell::text(&row.meeting_title),
            ])
        })
    };
    let mut after = None;
    loop {
        let Paged { rows, next } = open(db, ledger.ledger, after).await?;
        write(&rows)?;
        let Some(next) = next else { break };
        after = Key::read(&next);
    }
    let mut before = None;
    loop {
        let Paged { rows, next } = ended(db, ledger.ledger, before).await?;
        write(&rows)?;
        let Some(next) = next else { return Ok(()) };
        before = Key::read(&next);
    }
}
