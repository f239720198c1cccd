//! The table of papers that are numbered. The number itself stands nowhere: it is how many of its
//! kind stand before it in the ledger that year, so that none is left out or taken twice, and a
//! table made anew says the same.

use yishi_domain::papers::PaperKind;
use yishi_kernel::cell::Number;
use yishi_kernel::{Moment, PlaceId, StreamName};
use yishi_store::table::TableRow as _;
use yishi_store::{Table, table};

/// The tables of papers.
pub(crate) static TABLES: &[&Table] = &[PaperLine::TABLE];

table! {
    /// Papers. `number` is that of the entry by which it was issued, `thing` that of the first
    /// entry of the thing it is of.
    pub(crate) PaperLine in "paper", key (ledger, stream, kind) {
        ledger: PlaceId,
        stream: String,
        kind: PaperKind,
        year: u32,
        number: Number,
        thing: Number,
        issuer: PlaceId,
        at: Moment,
    }
    index paper_year (ledger, kind, year, number);
}

/// A paper that a thing has brought about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issued {
    /// What it is.
    pub kind: PaperKind,
    /// The entry by which it was issued.
    pub by: Number,
    /// When it was.
    pub at: Moment,
    /// The place that issues it, where that is another than the one that keeps the ledger.
    pub issuer: Option<PlaceId>,
}

impl Issued {
    /// One that was issued when its thing began.
    #[must_use]
    pub fn first(kind: PaperKind, at: Moment) -> Self {
        Self { kind, by: Number::Own, at, issuer: None }
    }

    /// One that was issued by a later entry of its thing, named without its version.
    #[must_use]
    pub fn later(kind: PaperKind, entry: &'static str, at: Moment) -> Self {
        Self { kind, by: Number::Of(entry), at, issuer: None }
    }
}

/// The rows of a thing's papers.
pub(crate) fn lines(ledger: PlaceId, stream: &StreamName, issued: Vec<Issued>) -> Vec<PaperLine> {
    let line = |Issued { kind, by, at, issuer }| PaperLine {
        ledger,
        stream: stream.as_str().to_owned(),
        kind,
        year: u32::try_from(at.date().year()).unwrap_or_default(),
        number: by,
        thing: Number::Own,
        issuer: issuer.unwrap_or(ledger),
        at,
    };
    issued.into_iter().map(line).collect()
}
