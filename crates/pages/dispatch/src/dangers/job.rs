//! A danger for those who see to it: who may see its page, and how it is found. The page is in
//! [`super::handle`], each thing that can be done in a file of its own.

use super::face::{Held, danger_of};
use std::collections::BTreeSet;
use yishi_domain::dangers::{CORRECT, Danger, PUBLISH, PublishPhoto, READ};
use yishi_kernel::{PhotoDigest, Right, StreamName};
use yishi_office::dangers::reads::DangerRow;
use yishi_office::matters::reads::MatterRow;
use yishi_web::album::Album;
use yishi_web::correct::Correctable;
use yishi_web::sheet::{Found, Sheet, Thing};
use yishi_web::{Cx, Error};

/// A danger at work.
#[derive(Debug)]
pub struct DangerAtWork;

/// The page of a danger, with who looks at it.
pub type Job = Sheet<DangerAtWork>;

/// A danger as listed, and the matter that it is about.
#[derive(Debug)]
pub struct Row {
    /// As listed.
    pub danger: DangerRow,
    /// Its matter.
    pub matter: MatterRow,
}

impl Thing for DangerAtWork {
    type At = (String, i64);
    type State = Danger;
    type Row = Row;
    const FAMILY: &'static str = "danger";
    const SEEN_BY: &'static Right = &READ;

    async fn find(cx: &Cx, (slug, number): (String, i64)) -> Result<Found<Self>, Error> {
        let Held { ledger, row, loaded, matter, path } = danger_of(cx, &slug, number).await?;
        Found::new(ledger, Row { danger: row, matter }, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.danger.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/w/{}/d/{}", found.ledger.slug, found.row.danger.number)
    }
}

impl Album for DangerAtWork {
    type Publish = PublishPhoto;
    const PUBLISH: &'static Right = &PUBLISH;

    fn photos(state: &Self::State) -> (&BTreeSet<PhotoDigest>, &BTreeSet<PhotoDigest>) {
        (&state.photos, &state.published)
    }

    fn publish(photo: PhotoDigest) -> PublishPhoto {
        PublishPhoto { photo }
    }
}

impl Correctable for DangerAtWork {
    const CORRECT: &'static Right = &CORRECT;
}
