//! What somebody who works here looks for from the desk, and what a feature finds of its things
//! ([`crate::feature::Feature::finds`]). How words are read stands in the kernel, what they mean
//! in the office; the page is a feature of its own.

use crate::{Cx, Error};
use maud::Markup;
use yishi_kernel::search::Asked;
use yishi_kernel::{PlaceId, StreamName};
use yishi_office::matters::reads::streams_by_number;
use yishi_store::Hit;

/// What is looked for.
#[derive(Debug)]
pub struct Quest {
    /// As it was typed.
    pub typed: String,
    /// As it reads.
    pub asked: Asked,
    /// In which ledgers.
    pub ledgers: Vec<PlaceId>,
    /// What has the number that was typed, each in its ledger.
    pub numbered: Vec<(PlaceId, StreamName)>,
    /// Where another page ended; nothing on the first one.
    pub behind: Option<Hit>,
}

/// What a feature found, as lines of lists.
#[derive(Debug, Default)]
pub struct Found {
    /// What has the number that was typed.
    pub numbered: Vec<Markup>,
    /// What was found by the name or number of whoever raised it.
    pub reached: Vec<Markup>,
    /// Everything else, the latest first.
    pub rows: Vec<Markup>,
    /// Behind which the next page begins, where there is one.
    pub next: Option<Hit>,
}

impl Quest {
    /// What was typed, and where another page ended.
    pub async fn read(cx: &Cx, ledgers: Vec<PlaceId>, typed: &str, behind: &str) -> Result<Self, Error> {
        let asked = Asked::read(typed);
        let behind = behind.parse().ok();
        let numbered = match (asked.number, behind) {
            (Some(number), None) => streams_by_number(&cx.app.office.db, &ledgers, number).await?,
            _ => Vec::new(),
        };
        Ok(Self { typed: typed.to_owned(), asked, ledgers, numbered, behind })
    }
}
