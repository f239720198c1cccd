//! A double assessment: how it is found, and for those who rate who may see it.

use yishi_domain::ratings::{Assessment, AssessmentId, CORRECT, READ};
use yishi_kernel::{Right, StreamName};
use yishi_office::ratings::reads::{AssessmentRow, assessment};
use yishi_web::correct::Correctable;
use yishi_web::sheet::{Found, Sheet, Thing};
use yishi_web::{Cx, Error};

/// An assessment at work.
#[derive(Debug)]
pub struct AssessmentAtWork;

/// The page of one, with who looks at it.
pub type Job = Sheet<AssessmentAtWork>;

impl Thing for AssessmentAtWork {
    type At = (String, i64);
    type State = Assessment;
    type Row = AssessmentRow;
    const FAMILY: &'static str = "assessment";
    const SEEN_BY: &'static Right = &READ;

    async fn find(cx: &Cx, (slug, number): (String, i64)) -> Result<Found<Self>, Error> {
        let ledger = cx.ledger(&slug).await?;
        let office = &cx.app.office;
        let id: AssessmentId = cx.numbered(ledger.ledger, number).await?;
        let row = assessment(&office.db, ledger.ledger, id).await?.ok_or(Error::NotFound)?;
        let loaded = office.load::<Assessment>(ledger.ledger, &id.into()).await?;
        let path = office.path_at(row.place).await?;
        Found::new(ledger, row, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/w/{}/a/{}", found.ledger.slug, found.row.number)
    }
}

impl Correctable for AssessmentAtWork {
    const CORRECT: &'static Right = &CORRECT;
}
