//! A matter for somebody who works on it: who may see it, how it is found, and what its forms
//! have in common when they are read. Its page is in [`super::show`], each thing that can be
//! done in a file of its own.

use crate::matters::face::row_of;
use std::collections::BTreeSet;
use yishi_domain::matters::{CORRECT, Matter, PUBLISH, PublishPhoto, READ};
use yishi_kernel::{AccountId, Holder, OrganisationId, PhotoDigest, Right, StreamName};
use yishi_office::matters::reads::MatterRow;
use yishi_web::album::Album;
use yishi_web::correct::Correctable;
use yishi_web::holders::{fitting, holder};
use yishi_web::read::Reader;
use yishi_web::sheet::{Found, Sheet, Thing};
use yishi_web::{Cx, Error};

/// A matter at work.
#[derive(Debug)]
pub struct MatterAtWork;

/// The page of a matter, with who looks at it.
pub type Job = Sheet<MatterAtWork>;

impl Thing for MatterAtWork {
    type At = (String, i64);
    type State = Matter;
    type Row = MatterRow;
    const FAMILY: &'static str = "work";
    const SEEN_BY: &'static Right = &READ;

    async fn find(cx: &Cx, (slug, number): (String, i64)) -> Result<Found<Self>, Error> {
        let (ledger, matter) = row_of(cx, &slug, number).await?;
        let loaded = cx.app.office.load::<Matter>(ledger.ledger, &matter.id.into()).await?;
        let path = cx.app.office.path_of_matter(loaded.must()?).await?;
        Found::new(ledger, matter, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/w/{}/{}", found.ledger.slug, found.row.number)
    }
}

/// Whoever could hold it: none of those whom it is about, nor of the office that it went past.
pub async fn choices(job: &Job) -> Result<Vec<(String, String)>, Error> {
    let mut choices = fitting(&job.cx, &job.staff, job.resource()).await?;
    let body = |value: &str| -> Option<OrganisationId> { value.strip_prefix("organisation/")?.parse().ok() };
    choices.retain(|(value, _)| body(value).is_none_or(|body| !job.resource().about.contains(&body)));
    Ok(choices)
}

/// Who is to hold it: a body, or a person in a role.
pub async fn given(job: &Job, r: &mut Reader<'_>) -> Option<(Holder, Option<AccountId>)> {
    let given = holder(&job.cx, &r.text("holder"), &job.path).await.ok();
    if given.is_none() {
        r.wrong("holder", "work-wrong-holder");
    }
    given
}

impl Album for MatterAtWork {
    type Publish = PublishPhoto;
    const PUBLISH: &'static Right = &PUBLISH;

    fn photos(state: &Self::State) -> (&BTreeSet<PhotoDigest>, &BTreeSet<PhotoDigest>) {
        (&state.photos, &state.published)
    }

    fn publish(photo: PhotoDigest) -> PublishPhoto {
        PublishPhoto { photo }
    }
}

impl Correctable for MatterAtWork {
    const CORRECT: &'static Right = &CORRECT;
}
