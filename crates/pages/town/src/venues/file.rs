//! The venues of a community as a list to take away.

use yishi_office::paging::{Key, Paged};
use yishi_office::places::reads::LedgerRow;
use yishi_office::venues::reads::{Which, venues};
use yishi_spreadsheet::write::{Cell, Writing};
use yishi_web::exports::{List, count, day, yuan};
use yishi_web::names::Names;
use yishi_web::{Cx, Error};

/// The list.
pub const LIST: List = List {
    word: "venues",
    title: "venues-title",
    columns: &[
        ("list-number", 5),
        ("list-title", 14),
        ("list-place", 12),
        ("list-price", 6),
        ("list-per", 6),
        ("list-access", 10),
        ("list-stage", 6),
        ("list-looked", 8),
    ],
    rows: |cx, ledger, out| Box::pin(rows(cx, ledger, out)),
};

async fn rows(cx: &Cx, ledger: &LedgerRow, out: &mut Writing) -> Result<(), Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let mut names = Names::default();
    let mut before = None;
    loop {
        let Paged { rows, next } = venues(db, ledger.ledger, Which::Listed, before).await?;
        for row in &rows {
            let (fen, per) = row.price.unzip();
            out.row(&[
                count(row.number),
                Cell::text(&row.name),
                Cell::text(names.place(db, row.place).await?),
                Cell::or_empty(fen.map(yuan)),
                Cell::or_empty(per.map(|per| Cell::text(t.word(per)))),
                Cell::text(t.word(row.access)),
                Cell::text(t.word(row.stage)),
                day(row.looked),
            ])?;
        }
        let Some(next) = next else { return Ok(()) };
        before = Key::read(&next);
    }
}
