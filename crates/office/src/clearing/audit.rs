//! What must hold of every clearing run: it took in as many things as it says, and once it is signed
//! its sheet is the one that was signed, whoever computes it.

use super::facts::sheet;
use super::reads::all_items;
use crate::Office;
use crate::audit::{Law, Looked, Looking, RESTORE, Things, thing};
use yishi_domain::clearing::sheet::text;
use yishi_domain::clearing::{Run, RunId};
use yishi_kernel::rules::digest_of;
use yishi_kernel::{Moment, PlaceId};
use yishi_store::{query, row};

row! {
    Line, from "clearing" {
        ledger: PlaceId,
        id: RunId,
        place: PlaceId,
        items: u64,
        opened: Moment,
        sha256: Option<String>,
    }
}

query! {
    LINES: Line => "where (ledger, id) > (?1, ?2) order by ledger, id limit ?3";
}

thing!(Line => Run);

/// A signed sheet is computed again, byte for byte.
#[derive(Debug)]
pub(crate) struct Signed;

impl Law for Signed {
    fn says(&self) -> &'static str {
        "a clearing run has all items that it took in, and its signed sheet is computed again to the byte"
    }

    fn remedy(&self) -> &'static str {
        RESTORE
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(async move {
            let (mut looked, mut all) = (Looked::default(), Things::of(&LINES));
            while let Some(line) = all.line(office).await? {
                let rows = all_items(&office.db, line.ledger, line.id).await?;
                let sheet = sheet(line.id, line.place, line.opened, &rows)?;
                let again = digest_of(&text(&sheet.head, &sheet.lines));
                let same = line.sha256.as_ref().is_none_or(|signed| *signed == again);
                let wrong = match (rows.len() as u64 == line.items, same) {
                    (true, true) => None,
                    (false, _) => Some(format!("{} of {} items", rows.len(), line.items)),
                    (true, false) => Some("its sheet is another one".to_owned()),
                };
                looked.thing(&line, wrong);
            }
            Ok(looked)
        })
    }
}
