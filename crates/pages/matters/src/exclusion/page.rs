//! An exclusion: how it is found, and for whoever works on it who may see it.

use yishi_domain::exclusion::{CORRECT, Exclusion, ExclusionId, READ};
use yishi_kernel::{Right, StreamName};
use yishi_office::exclusion::reads::{ExclusionRow, exclusion};
use yishi_office::matters::reads::{MatterRow, matter};
use yishi_web::correct::Correctable;
use yishi_web::sheet::{Found, Sheet, Thing};
use yishi_web::{Cx, Error};

/// An exclusion at work.
#[derive(Debug)]
pub struct ExclusionAtWork;

/// The page of one, with who looks at it.
pub type Job = Sheet<ExclusionAtWork>;

/// An exclusion with the matter that it is about.
#[derive(Debug)]
pub struct Row {
    /// As listed.
    pub exclusion: ExclusionRow,
    /// The matter.
    pub matter: MatterRow,
}

impl Thing for ExclusionAtWork {
    type At = (String, i64);
    type State = Exclusion;
    type Row = Row;
    const FAMILY: &'static str = "exclusion";
    const SEEN_BY: &'static Right = &READ;

    async fn find(cx: &Cx, (slug, number): (String, i64)) -> Result<Found<Self>, Error> {
        let ledger = cx.ledger(&slug).await?;
        let (office, db) = (&cx.app.office, &cx.app.office.db);
        let id: ExclusionId = cx.numbered(ledger.ledger, number).await?;
        let row = exclusion(db, ledger.ledger, id).await?.ok_or(Error::NotFound)?;
        let loaded = office.load::<Exclusion>(ledger.ledger, &id.into()).await?;
        let path = office.path_at(row.place).await?;
        let matter = matter(db, ledger.ledger, row.matter).await?.ok_or(Error::NotFound)?;
        Found::new(ledger, Row { exclusion: row, matter }, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.exclusion.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/w/{}/n/{}", found.ledger.slug, found.row.exclusion.number)
    }
}

impl Correctable for ExclusionAtWork {
    const CORRECT: &'static Right = &CORRECT;
}
