//! A matter for somebody who works on it: who may see it, how it is found, and what its forms
//! have in common when they are read. Its page is in [`super::show`], each thing that can be
//! done in a file of its own.

use crate::read::Reader;
use crate::holders::holder;
use crate::features::matters::face::row_of;
use crate::sheet::{Found, Sheet, Thing};
use crate::{Cx, Error};
use std::sync::Arc;
use yishi_domain::matters::{Matter, READ};
use yishi_kernel::record::Staff;
use yishi_kernel::{AccountId, Context, Holder, Pack, PhotoDigest, Resource, Right, StreamName};
use yishi_office::matters::reads::MatterRow;

/// A matter at work.
#[derive(Debug)]
pub struct MatterAtWork;

/// The page of a matter, with who looks at it.
pub type Job = Sheet<MatterAtWork>;

/// A matter as listed, and the rules in force.
#[derive(Debug)]
pub struct Row {
    /// As listed.
    pub matter: MatterRow,
    /// The rules in force in its ledger.
    pub rules: Arc<Pack>,
}

impl Thing for MatterAtWork {
    type At = (String, i64);
    type State = Matter;
    type Row = Row;
    const FAMILY: &'static str = "work";
    const SEEN_BY: &'static Right = &READ;

    async fn find(cx: &Cx, (slug, number): (String, i64)) -> Result<Found<Self>, Error> {
        let (ledger, matter) = row_of(cx, &slug, number).await?;
        let loaded = cx.app.office.load::<Matter>(ledger.ledger, &matter.id.into()).await?;
        let path = cx.app.office.path_of_matter(loaded.must()?).await?;
        let rules = cx.rules(ledger.ledger).await?;
        Found::new(ledger, Row { matter, rules }, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.matter.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/w/{}/{}", found.ledger.slug, found.row.matter.number)
    }
}

impl Job {
    /// Whether this person may do this at its place.
    #[must_use]
    pub fn can_here(&self, right: &Right) -> bool {
        self.cx.may(right, &Resource::at(&self.path)).is_ok()
    }

    /// What a decision about it would know, so that all that is wrong with a form is found
    /// before the command stops at the first.
    fn context(&self) -> Context<'_> {
        let (now, actor, role) = (self.cx.now, &self.staff.actor, self.role);
        Context { now, actor, role, rules: &self.row.rules, path: &self.path }
    }

    /// A text for everyone to read, as long as a note may be.
    pub fn note(&self, r: &mut Reader<'_>, field: &'static str) -> Option<String> {
        r.taken(field, self.context().note(field, &r.text(field)))
    }

    /// A line for everyone to read.
    pub fn line(&self, r: &mut Reader<'_>, field: &'static str) -> Option<String> {
        r.taken(field, self.context().line(field, &r.text(field)))
    }

    /// A text only for some, or nothing.
    pub fn word(&self, r: &mut Reader<'_>, field: &'static str) -> Option<String> {
        let text = r.text(field);
        r.taken(field, self.context().private::<Staff>(field, &text)).map(|_| text)
    }

    /// The photos that came along.
    pub fn photos(&self, r: &mut Reader<'_>) -> Option<Vec<PhotoDigest>> {
        let photos = r.photos();
        r.taken("photos", self.context().photos::<Staff>(photos.clone())).map(|_| photos)
    }

    /// Who is to hold it: a body, or a person in a role.
    pub async fn holder(&self, r: &mut Reader<'_>) -> Option<(Holder, Option<AccountId>)> {
        let given = holder(&self.cx, &r.text("holder"), &self.path).await.ok();
        if given.is_none() {
            r.wrong("holder", "work-wrong-holder");
        }
        given
    }
}
