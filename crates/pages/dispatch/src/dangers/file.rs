//! The dangers of a community as a list to take away: those that are open, then those that are over.

use yishi_office::dangers::reads::{DangerRow, ended, open};
use yishi_office::matters::reads::matters;
use yishi_office::paging::{Key, Paged};
use yishi_office::places::reads::LedgerRow;
use yishi_pages_matters::matters::face::{headline, spot};
use yishi_spreadsheet::write::{Cell, Writing};
use yishi_web::exports::{List, count, day, minute};
use yishi_web::{Cx, Error};

/// The list.
pub const LIST: List = List {
    word: "dangers",
    title: "danger-title",
    columns: &[
        ("list-number", 5),
        ("list-title", 20),
        ("list-place", 12),
        ("list-risk", 8),
        ("list-tapped", 9),
        ("list-protect-by", 9),
        ("list-seen", 9),
        ("list-protected", 9),
        ("list-safe", 9),
        ("list-stage", 6),
        ("list-ended", 8),
    ],
    rows: |cx, ledger, out| Box::pin(rows(cx, ledger, out)),
};

async fn rows(cx: &Cx, ledger: &LedgerRow, out: &mut Writing) -> Result<(), Error> {
    let db = &cx.app.office.db;
    write(cx, &open(db, ledger.ledger).await?, out).await?;
    let mut before = None;
    loop {
        let Paged { rows, next } = ended(db, ledger.ledger, before).await?;
        write(cx, &rows, out).await?;
        let Some(next) = next else { return Ok(()) };
        before = Key::read(&next);
    }
}

async fn write(cx: &Cx, rows: &[DangerRow], out: &mut Writing) -> Result<(), Error> {
    let t = cx.locale;
    let keys: Vec<_> = rows.iter().map(|row| (row.ledger, row.matter)).collect();
    let about = matters(&cx.app.office.db, &keys).await?;
    for row in rows {
        let Some(of) = about.iter().find(|matter| matter.id == row.matter) else { continue };
        let rules = cx.rules(row.ledger).await?;
        let at = |moment: Option<_>| Cell::or_empty(moment.map(minute));
        out.row(&[
            count(row.number),
            Cell::text(headline(&rules, of, t)),
            Cell::text(spot(of)),
            Cell::text(t.word(row.risk)),
            minute(row.tapped),
            minute(row.due),
            at(row.seen),
            at(row.protected.map(|(_, since)| since)),
            at(row.safe),
            Cell::text(t.word(row.stage)),
            Cell::or_empty(row.ended.map(day)),
        ])?;
    }
    Ok(())
}
