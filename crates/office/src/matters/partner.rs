//! What a partner's program raises 合作方系统提交: once for each number of its own, however often it
//! sends that. The ids follow from the number by the ledger's key, so that nobody else comes to the
//! receipt by knowing the number.

use super::{RaisedMatter, Raising, Speaker};
use crate::act::Made;
use crate::partners::Known;
use crate::places::addressed::addressed;
use crate::places::reads::{PlaceRow, by_code, place};
use crate::{Failure, FormKey, Office};
use std::collections::BTreeSet;
use yishi_domain::matters::{Behalf, Channel, Matter, Proof, Shown};
use yishi_domain::partners::Refusal;
use yishi_kernel::context::name;
use yishi_kernel::{Actor, OrganisationId, PlaceId, Sealed};
use yishi_store::ledgers::LedgerRow;
use yishi_store::{blobs, word_of};

/// The longest number of a partner's own, in characters.
const NUMBER: usize = 64;

/// What a partner's program hands in.
#[derive(Clone, Debug)]
pub struct HandedIn {
    /// The partner's own number for it.
    pub id: String,
    /// What is said.
    pub text: String,
    /// A headline.
    pub title: Option<String>,
    /// Where: a place's id, its official code, or what it is called; without it the community.
    pub place: Option<String>,
    /// What it is about.
    pub category: Option<String>,
    /// The name of whoever said it.
    pub name: String,
    /// How they are reached.
    pub contact: String,
}

/// How a partner's number stands with a matter that it raised.
fn source(organisation: OrganisationId, number: &str) -> String {
    format!("partner/{organisation}/{number}")
}

fn refused(why: Refusal) -> Failure {
    Failure::Refused(why.into())
}

/// The number by which a partner raised a matter, where it did.
#[must_use]
pub fn number_of(matter: &Matter, organisation: OrganisationId) -> Option<String> {
    let kept = matter.source.as_ref().and_then(Sealed::get)?;
    kept.strip_prefix(&source(organisation, "")).map(str::to_owned)
}

impl Office {
    /// Raises what a partner's program hands in, once for each number of that partner's. Whether it
    /// was raised now or before comes along.
    ///
    /// # Errors
    /// When the number stands for something else already, the place is not known, or the rules say no.
    pub async fn raise_for_partner(
        &self,
        partner: &Known,
        row: &LedgerRow,
        said: HandedIn,
    ) -> Result<(RaisedMatter, Made), Failure> {
        let number = name("id", &said.id, NUMBER)?;
        let at = self.where_said(row.ledger, said.place.as_deref()).await?;
        let key = source(partner.organisation, &number);
        let seed = self.keys.keyed(row, "partner-number")?.digest(&key);
        let content = [
            &at.to_string(),
            &said.text,
            said.title.as_deref().unwrap_or_default(),
            said.category.as_deref().unwrap_or_default(),
            &said.name,
            &said.contact,
        ]
        .join("\u{0}");
        let form = FormKey::named(&word_of(&blobs::half_of(&seed))).sent(&key, content.as_bytes());
        let raising = Raising {
            form,
            channel: Channel::Partner,
            behalf: Behalf::Own,
            place: at,
            shown: Shown::Building,
            about: None,
            about_person: None,
            category: said.category,
            title: said.title,
            text: said.text,
            photos: Vec::new(),
            occurred_at: None,
            source: Some(key.clone()),
            after: None,
            floor: None,
            danger: None,
            speaker: Speaker {
                supporter: key,
                proof: Proof::Partner,
                name: said.name,
                contact: said.contact,
                consent: None,
            },
        };
        let raised = RaisedMatter::of(row.ledger, &form);
        let command = raising.command(&raised);
        let made =
            self.start_once(&Actor::visitor(), row.ledger, raised.matter, command, form.said()).await?;
        match made {
            Made::Otherwise => Err(refused(Refusal::OtherContent)),
            Made::Now | Made::Before => Ok((raised, made)),
        }
    }

    /// The place that a partner names in a community.
    async fn where_said(&self, ledger: PlaceId, said: Option<&str>) -> Result<PlaceId, Failure> {
        let Some(said) = said.map(str::trim).filter(|said| !said.is_empty()) else { return Ok(ledger) };
        let found = match said.parse::<PlaceId>() {
            Ok(id) => place(&self.db, id).await?,
            Err(_) => by_code(&self.db, ledger, said).await?,
        };
        let here = |row: &PlaceRow| row.ledger == ledger && row.closed.is_none();
        if let Some(row) = found.filter(here) {
            return Ok(row.id);
        }
        let own = place(&self.db, ledger).await?.ok_or_else(|| refused(Refusal::NoPlace))?;
        let named = addressed(&self.db, &own, &BTreeSet::from([said])).await?;
        named.get(said).copied().ok_or_else(|| refused(Refusal::NoPlace))
    }
}
