//! An emergency basis: how it is found, and for whoever works on it who may see it.

use yishi_domain::emergency::{Basis, BasisId, CORRECT, READ};
use yishi_kernel::{Loaded, PlaceId, Right, StreamName};
use yishi_office::emergency::reads::{BasisRow, basis};
use yishi_office::matters::reads::{MatterRow, matter};
use yishi_office::places::reads::LedgerRow;
use yishi_web::correct::Correctable;
use yishi_web::sheet::{Found, Sheet, Thing};
use yishi_web::{Cx, Error};

/// An emergency basis at work.
#[derive(Debug)]
pub struct BasisAtWork;

/// The page of one, with who looks at it.
pub type Job = Sheet<BasisAtWork>;

/// A basis with what it is about.
#[derive(Debug)]
pub struct Row {
    /// As listed.
    pub basis: BasisRow,
    /// The matter that it is about.
    pub matter: MatterRow,
}

/// A basis, whoever looks at it.
pub struct Held {
    /// The ledger it is in.
    pub ledger: LedgerRow,
    /// What it is about.
    pub row: Row,
    /// The same as loaded.
    pub loaded: Loaded<Basis>,
    /// Its place and all above it.
    pub path: Vec<PlaceId>,
}

/// A basis by its number.
pub async fn basis_of(cx: &Cx, slug: &str, number: i64) -> Result<Held, Error> {
    let ledger = cx.ledger(slug).await?;
    let (office, db) = (&cx.app.office, &cx.app.office.db);
    let id: BasisId = cx.numbered(ledger.ledger, number).await?;
    let row = basis(db, ledger.ledger, id).await?.ok_or(Error::NotFound)?;
    let loaded = office.load::<Basis>(ledger.ledger, &id.into()).await?;
    let path = office.path_at(row.place).await?;
    let matter = matter(db, ledger.ledger, row.matter).await?.ok_or(Error::NotFound)?;
    Ok(Held { ledger, row: Row { basis: row, matter }, loaded, path })
}

impl Thing for BasisAtWork {
    type At = (String, i64);
    type State = Basis;
    type Row = Row;
    const FAMILY: &'static str = "basis";
    const SEEN_BY: &'static Right = &READ;

    async fn find(cx: &Cx, (slug, number): (String, i64)) -> Result<Found<Self>, Error> {
        let Held { ledger, row, loaded, path } = basis_of(cx, &slug, number).await?;
        Found::new(ledger, row, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.basis.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/w/{}/e/{}", found.ledger.slug, found.row.basis.number)
    }
}

impl Correctable for BasisAtWork {
    const CORRECT: &'static Right = &CORRECT;
}
