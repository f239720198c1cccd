//! Matters and receipts: their tables, what lists look up, what commands about them must know,
//! and how forms become ids that are the same when they are sent twice.

pub(crate) mod audit;
pub mod code;
mod erasing;
pub(crate) mod facts;
pub(crate) mod forget;
pub mod import;
pub mod own;
pub mod partner;
pub mod readable;
pub mod reads;
pub mod repeats;
pub mod search;
pub mod tables;
pub mod told;

use crate::act::{Made, stands};
use crate::people::reads::body_of;
use crate::{Erasing, Failure, FormKey, Office};
use reads::receipts_on;
use yishi_domain::dangers::{DangerId, Marked, Risk};
use yishi_domain::matters::{
    Add, Behalf, Channel, Join, KnownBy, Matter, MatterId, Opening, Proof, Raise, Receipt, ReceiptId,
    Reissue, Shown, ViewContact,
};
use yishi_domain::meetings::MeetingId;
use yishi_kernel::{
    AccountId, Actor, Claim, EraseReason, Moment, OrganisationId, PhotoDigest, PlaceId, Sealed, Stream,
    StreamName,
};
use yishi_store::blobs;

/// Who supports something, as a ledger's receipts know it: the same device is another in another
/// ledger.
pub(crate) fn digest_of_supporter(ledger: PlaceId, supporter: &str) -> String {
    blobs::digest_of(format!("{ledger}/{supporter}").as_bytes())
}

/// Who speaks, as the receipt will know it.
#[derive(Clone, Debug)]
pub struct Speaker {
    /// What is the same for the same person: a device's word, a household's id, a row's key.
    pub supporter: String,
    /// What stands behind it.
    pub proof: Proof,
    /// A name; may be empty.
    pub name: String,
    /// A contact for questions; may be empty.
    pub contact: String,
    /// How the neighbour agreed, when raised for one.
    pub consent: Option<String>,
}

/// What somebody raises.
#[derive(Clone, Debug)]
pub struct Raising {
    /// What the form's word stands for. Sending the form twice raises once and shows the
    /// same receipt: the ids and the link's secret follow from it.
    pub form: FormKey,
    /// How it came in.
    pub channel: Channel,
    /// On whose behalf.
    pub behalf: Behalf,
    /// Where.
    pub place: PlaceId,
    /// How exactly the public may know the place.
    pub shown: Shown,
    /// The organisation it is about; where only a person is named, whom that person works for.
    pub about: Option<OrganisationId>,
    /// The person it is about.
    pub about_person: Option<AccountId>,
    /// What it is about.
    pub category: Option<String>,
    /// A headline.
    pub title: Option<String>,
    /// What is said.
    pub text: String,
    /// Photos, stored already.
    pub photos: Vec<PhotoDigest>,
    /// When it was first said, if earlier.
    pub occurred_at: Option<Moment>,
    /// Key of the imported row.
    pub source: Option<String>,
    /// The matter whose answer it goes on from.
    pub after: Option<MatterId>,
    /// The meeting from whose floor it is raised.
    pub floor: Option<MeetingId>,
    /// What is at risk, where somebody says that it is dangerous.
    pub danger: Option<Risk>,
    /// Who speaks.
    pub speaker: Speaker,
}

/// A matter that was raised, or found raised by the same form before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RaisedMatter {
    /// The ledger.
    pub ledger: PlaceId,
    /// The matter.
    pub matter: MatterId,
    /// The receipt.
    pub receipt: ReceiptId,
    /// The secret of the receipt's link.
    pub secret: String,
    /// The key that all of these follow from: the form's, or that of what stands beside.
    pub form: FormKey,
}

/// What the same form made before, with something else in it.
#[derive(Clone, Debug)]
pub struct SaidBefore {
    /// The first one.
    pub raised: RaisedMatter,
    /// It as it stands.
    pub matter: Matter,
    /// Its first receipt, which knows what was said more.
    pub receipt: Receipt,
}

/// Somebody joins.
#[derive(Clone, Debug)]
pub struct Joining {
    /// What the form's word stands for.
    pub form: FormKey,
    /// How it came in.
    pub channel: Channel,
    /// Who speaks.
    pub speaker: Speaker,
}

impl RaisedMatter {
    /// What follows from a form's random bytes.
    fn of(ledger: PlaceId, form: &FormKey) -> Self {
        Self {
            ledger,
            matter: MatterId(form.id("matter")),
            receipt: ReceiptId(form.id("receipt")),
            secret: form.secret("secret"),
            form: *form,
        }
    }
}

impl Raising {
    /// Whether it is about the same as a matter, and shown alike: only then one can be said more
    /// to the other, or be the same.
    #[must_use]
    pub fn is_alike(&self, matter: &Matter) -> bool {
        let person = matter.about_person.as_ref().and_then(Sealed::get).copied();
        (self.about, self.about_person, self.shown) == (matter.about, person, matter.shown)
    }

    fn command(self, raised: &RaisedMatter) -> Raise {
        let opening = self.speaker.opening(raised.ledger, &raised.secret);
        Raise {
            behalf: self.behalf,
            channel: self.channel,
            place: self.place,
            shown: self.shown,
            about: self.about,
            about_person: self.about_person,
            category: self.category,
            title: self.title,
            text: self.text,
            photos: self.photos,
            occurred_at: self.occurred_at,
            source: self.source,
            after: self.after,
            floor: self.floor,
            danger: self.danger.map(|risk| Marked { id: DangerId(raised.form.id("danger")), risk }),
            receipt: raised.receipt,
            opening,
        }
    }
}

impl Speaker {
    fn opening(self, ledger: PlaceId, secret: &str) -> Opening {
        // A row of a file has nobody to hand a link to.
        let linked = self.proof != Proof::Import;
        Opening {
            proof: self.proof,
            secret: linked.then(|| blobs::digest_of(secret.as_bytes())),
            // What stands for a device or household in one ledger; elsewhere it is another.
            supporter: digest_of_supporter(ledger, &self.supporter),
            name: self.name,
            contact: self.contact,
            consent: self.consent,
        }
    }
}

impl Office {
    /// Raises a matter and opens its first receipt.
    ///
    /// # Errors
    /// When nothing was said, the place is unknown or closed, or the actor may not.
    pub async fn raise(&self, actor: &Actor, raising: Raising) -> Result<RaisedMatter, Failure> {
        let raising = self.whole(raising).await?;
        let ledger = self.ledger_of(raising.place).await?;
        let thing = |key: &FormKey| {
            let raised = RaisedMatter::of(ledger, key);
            (raised.matter, raising.clone().command(&raised))
        };
        let key = self.make(actor, ledger, raising.form, thing).await?;
        Ok(RaisedMatter::of(ledger, &key))
    }

    /// The same with the body it is about where only a person is named: whom that person works for.
    /// What was raised is compared with what is raised now only in this form.
    ///
    /// # Errors
    /// When there is no such person.
    pub async fn whole(&self, raising: Raising) -> Result<Raising, Failure> {
        let about = match (raising.about, raising.about_person) {
            (None, Some(person)) => body_of(&self.db, person).await?,
            (about, _) => about,
        };
        Ok(Raising { about, ..raising })
    }

    /// What the same form has raised before, where there was something else in it and this was
    /// not raised beside it.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn said_before(&self, at: PlaceId, form: &FormKey) -> Result<Option<SaidBefore>, Failure> {
        let raised = RaisedMatter::of(self.ledger_of(at).await?, form);
        let loaded = self.load::<Matter>(raised.ledger, &raised.matter.into()).await?;
        if stands(&loaded, form.said().as_deref()) != Made::Otherwise {
            return Ok(None);
        }
        let beside = RaisedMatter::of(raised.ledger, &form.beside()).matter;
        if self.load::<Matter>(raised.ledger, &beside.into()).await?.version > 0 {
            return Ok(None);
        }
        let receipt = self.load::<Receipt>(raised.ledger, &raised.receipt.into()).await?.state;
        let both = loaded.state.zip(receipt);
        Ok(both.map(|(matter, receipt)| SaidBefore { raised, matter, receipt }))
    }

    /// Adds to what a form has raised or joined what its sender says more, once.
    ///
    /// # Errors
    /// When it was answered meanwhile, or is carried by another matter.
    pub async fn add(&self, actor: &Actor, ledger: PlaceId, to: ReceiptId, more: Add) -> Result<(), Failure> {
        // Whoever has the form, or the device that sent it, has the receipt.
        self.act(&actor.showing(Claim::Receipt), ledger, to, more).await
    }

    /// Raises many matters at one place, all or none: for files.
    ///
    /// # Errors
    /// When any of them is refused; then none was raised.
    pub async fn raise_all(
        &self,
        actor: &Actor,
        at: PlaceId,
        raisings: impl IntoIterator<Item = Raising, IntoIter: Send> + Send,
    ) -> Result<(), Failure> {
        let ledger = self.ledger_of(at).await?;
        let commands = raisings.into_iter().map(|raising| {
            let raised = RaisedMatter::of(ledger, &raising.form);
            (StreamName::from(raised.matter), raising.command(&raised))
        });
        self.start_all(actor, ledger, commands).await
    }

    /// Joins a matter, or the one that carries it: 我也遇到. The same device or household
    /// joins a matter once, however often it asks. Whether the same form has joined it before
    /// with something else in it comes along: then the first stands.
    ///
    /// # Errors
    /// When the matter is unknown or closed, or was joined from there before.
    pub async fn join(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        matter: MatterId,
        joining: Joining,
    ) -> Result<(RaisedMatter, Made), Failure> {
        let joined = RaisedMatter { matter, ..RaisedMatter::of(ledger, &joining.form) };
        let opening = joining.speaker.opening(ledger, &joined.secret);
        let command = Join { matter, channel: joining.channel, opening };
        let made = self.start_once(actor, ledger, joined.receipt, command, joining.form.said()).await?;
        Ok((joined, made))
    }

    /// Issues a receipt anew, and says the secret of its new link. What led to it before ends.
    ///
    /// # Errors
    /// When its holder is not known well enough, or the actor may not.
    pub async fn reissue(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        receipt: ReceiptId,
        known_by: KnownBy,
    ) -> Result<String, Failure> {
        let link = self.word_for("link", 26)?;
        let secret = blobs::digest_of(link.as_bytes());
        self.act(actor, ledger, receipt, Reissue { known_by, secret }).await?;
        Ok(link)
    }

    /// Shows the lead handler a contact, and records the look.
    ///
    /// # Errors
    /// When none was given, or the actor is not the lead handler.
    pub async fn view_contact(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        receipt: ReceiptId,
    ) -> Result<(Option<String>, Option<String>), Failure> {
        self.act(actor, ledger, receipt, ViewContact).await?;
        let seen = self.load::<Receipt>(ledger, &receipt.into()).await?;
        // What was said more stands for what was said first.
        let last = |field| (1..=seen.version).rev().find_map(|version| seen.private(version, field));
        Ok((last("name"), last("contact")))
    }

    /// Erases what was said with a matter and its receipts' names and contacts, on the
    /// owner's wish. The receipts' links go on leading to the answer.
    ///
    /// # Errors
    /// When the matter is unknown or the actor may not.
    pub async fn erase_matter(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        id: MatterId,
        reason: EraseReason,
    ) -> Result<(), Failure> {
        let receipts = receipts_on(&self.db, ledger, id).await?.into_iter().map(StreamName::from);
        let streams: Vec<StreamName> = [id.into()].into_iter().chain(receipts).collect();
        let whose = self.of_raiser(ledger, id).await?;
        self.erase(actor, ledger, &streams, &Erasing::all_of(&whose, reason)).await
    }

    /// The path of a matter's place with the grids over it; of an erased place, what is public.
    ///
    /// # Errors
    /// When the place is unknown.
    pub async fn path_of_matter(&self, matter: &Matter) -> Result<Vec<PlaceId>, Failure> {
        self.path_at(matter.at().unwrap_or(matter.place)).await
    }
}
