//! A result of owners: how it is found, and for whoever works on it who may see it.

use yishi_domain::ballots::{CORRECT, OwnersResult, OwnersResultId, READ};
use yishi_domain::meetings::Meeting;
use yishi_kernel::{Loaded, PlaceId, Right, StreamName};
use yishi_office::ballots::reads::{ResultRow, result};
use yishi_office::meetings::reads::{MeetingRow, meeting};
use yishi_office::places::reads::LedgerRow;
use yishi_web::correct::Correctable;
use yishi_web::sheet::{Found, Sheet, Thing};
use yishi_web::{Cx, Error};

/// A result of owners at work.
#[derive(Debug)]
pub struct ResultAtWork;

/// The page of a result, with who looks at it.
pub type Work = Sheet<ResultAtWork>;

/// A result with what it is about.
#[derive(Debug)]
pub struct Row {
    /// As listed.
    pub result: ResultRow,
    /// The meeting that recommended it.
    pub meeting: MeetingRow,
    /// What owners were asked.
    pub asked: String,
}

/// A result, whoever looks at it.
pub struct Held {
    /// The ledger it is in.
    pub ledger: LedgerRow,
    /// What it is about.
    pub row: Row,
    /// The same as loaded.
    pub loaded: Loaded<OwnersResult>,
    /// Its place and all above it.
    pub path: Vec<PlaceId>,
}

/// A result by its number.
pub async fn result_of(cx: &Cx, slug: &str, number: i64) -> Result<Held, Error> {
    let ledger = cx.ledger(slug).await?;
    let (office, db) = (&cx.app.office, &cx.app.office.db);
    let id: OwnersResultId = cx.numbered(ledger.ledger, number).await?;
    let row = result(db, ledger.ledger, id).await?.ok_or(Error::NotFound)?;
    let loaded = office.load::<OwnersResult>(ledger.ledger, &id.into()).await?;
    let path = office.path_at(row.place).await?;
    let of = meeting(db, ledger.ledger, row.meeting).await?.ok_or(Error::NotFound)?;
    let asked = office.load::<Meeting>(ledger.ledger, &row.meeting.into()).await?;
    let motion = asked.get().and_then(|meeting| meeting.sitting.motion(row.motion));
    let asked = motion.map(|motion| motion.text.to_string()).unwrap_or_default();
    Ok(Held { ledger, row: Row { result: row, meeting: of, asked }, loaded, path })
}

impl Thing for ResultAtWork {
    type At = (String, i64);
    type State = OwnersResult;
    type Row = Row;
    const FAMILY: &'static str = "owners-result";
    const SEEN_BY: &'static Right = &READ;

    async fn find(cx: &Cx, (slug, number): (String, i64)) -> Result<Found<Self>, Error> {
        let Held { ledger, row, loaded, path } = result_of(cx, &slug, number).await?;
        Found::new(ledger, row, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.result.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/w/{}/b/{}", found.ledger.slug, found.row.result.number)
    }
}

impl Correctable for ResultAtWork {
    const CORRECT: &'static Right = &CORRECT;
}
