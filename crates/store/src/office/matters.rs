//! Commands about matters and receipts, one for each thing a user does.

use super::{Batch, Failure, Office, Step, TRIES, derived, derived_id};
use crate::Fault;
use crate::reads::matters::{family_of, root_of, waiting};
use crate::reads::places::{PlaceRow, desk_of, path_of, place};
use yishi_domain::access::Claim;
use yishi_domain::matters::{
    self, Channel, Command, Context, Decision, Evaluation, Matter, Opening, PhotoDigest, Proof, Raise,
    Receipt, Shown, Start,
};
use yishi_domain::places::PlaceKind;
use yishi_domain::{
    Actor, Loaded, MatterId, Moment, OrganisationId, PlaceId, ReceiptId, Refusal, StreamName,
};

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
    /// 16 random bytes made with the form. Sending the form twice raises once and shows the
    /// same receipt: the ids and the link's secret follow from it.
    pub form: [u8; 16],
    /// How it came in.
    pub channel: Channel,
    /// On whose behalf.
    pub start: Start,
    /// Where.
    pub place: PlaceId,
    /// How exactly the public may know the place.
    pub shown: Shown,
    /// The organisation it is about.
    pub about: Option<OrganisationId>,
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
}

/// Somebody joins.
#[derive(Clone, Debug)]
pub struct Joining {
    /// 16 random bytes made with the form.
    pub form: [u8; 16],
    /// How it came in.
    pub channel: Channel,
    /// Who speaks.
    pub speaker: Speaker,
}

/// A receipt, the matter that carries it, and the path of its place.
pub(super) struct Carried {
    pub(super) of_receipt: Loaded<Receipt>,
    pub(super) root: MatterId,
    pub(super) of_matter: Loaded<Matter>,
    pub(super) path: Vec<PlaceId>,
}

impl Office {
    /// Raises a matter and opens its first receipt.
    ///
    /// # Errors
    /// When nothing was said, the place is unknown or closed, or the actor may not.
    pub async fn raise(&self, actor: &Actor, raising: Raising) -> Result<RaisedMatter, Failure> {
        let row = self.open_place_row(raising.place).await?;
        for later in 0..TRIES {
            // Two at one moment may meet in the search index: the second one is raised after it.
            let now = Moment(self.now().0 + i64::try_from(later).unwrap_or_default());
            let mut batch = Batch::new(row.ledger, now);
            let raised = self.raise_in(&mut batch, actor, &row, raising.clone()).await?;
            if let Step::Done(_) = self.append(batch).await? {
                return Ok(raised);
            }
            // The streams are named by the form: if they exist, the form was sent before.
            if crate::reads::matters::matter(&self.db, row.ledger, raised.matter).await?.is_some() {
                return Ok(raised);
            }
        }
        Err(Fault::busy().into())
    }

    /// Raises many matters at one place, all or none: for files.
    ///
    /// # Errors
    /// When any of them is refused; then none was raised.
    pub async fn raise_all(&self, actor: &Actor, at: PlaceId, raisings: Vec<Raising>) -> Result<(), Failure> {
        let row = self.open_place_row(at).await?;
        let mut batch = Batch::new(row.ledger, self.now());
        for raising in raisings {
            self.raise_in(&mut batch, actor, &row, raising).await?;
            // Each after the other, in the order of the file; the clock goes along, so that
            // whatever is raised next comes after all of them.
            batch.now.0 = self.now().0.max(batch.now.0 + 1);
        }
        match self.append(batch).await? {
            Step::Done(_) => Ok(()),
            Step::Again => Err(Refusal::Exists.into()),
        }
    }

    async fn raise_in(
        &self,
        batch: &mut Batch,
        actor: &Actor,
        row: &PlaceRow,
        raising: Raising,
    ) -> Result<RaisedMatter, Failure> {
        if !row.kind.takes_matters() {
            return Err(Refusal::PlaceKind.into());
        }
        let path = path_of(&self.db, row).await?;
        let ledger = row.ledger;
        let matter = MatterId(derived_id(&raising.form, "matter"));
        let receipt = ReceiptId(derived_id(&raising.form, "receipt"));
        let secret = crate::word_of(&derived(&raising.form, "secret"));
        let raised = RaisedMatter { ledger, matter, receipt, secret };
        let account = (raising.start == Start::Own).then_some(actor.account).flatten();
        let input = Raise {
            channel: raising.channel,
            exact: row.id,
            building: self.building_of(row).await?,
            around: self.around(row).await?,
            shown: raising.shown,
            desk: desk_of(&self.db, ledger, raising.about).await?,
            about: raising.about,
            about_person: None,
            category: raising.category,
            title: raising.title,
            text: raising.text,
            photos: raising.photos,
            occurred_at: raising.occurred_at,
            source: raising.source,
            opening: self.opening(ledger, &raised.secret, raising.channel, raising.speaker, account),
        };
        let ctx = Context { now: batch.now, actor, rules: &self.rules, path: &path, claim: Claim::None };
        let done = matters::raise(matter, input, raising.start, &ctx)?;
        let mut of_matter = Loaded::<Matter>::default();
        batch.record(matter, &mut of_matter, Decision { role: done.role, events: vec![done.matter] })?;
        let mut of_receipt = Loaded::<Receipt>::default();
        batch.record(receipt, &mut of_receipt, Decision { role: done.role, events: vec![done.receipt] })?;
        Ok(raised)
    }

    /// Joins a matter, or the one that carries it: 我也遇到. The same device or household
    /// joins a matter once, however often it asks.
    ///
    /// # Errors
    /// When the matter is unknown or closed.
    pub async fn join(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        matter: MatterId,
        joining: Joining,
    ) -> Result<RaisedMatter, Failure> {
        let supporter = self.supporter(ledger, &joining.speaker.supporter);
        self.carry_out(|| async {
            let now = self.now();
            let root = root_of(&self.db, ledger, matter).await?.ok_or(Refusal::Unknown)?;
            if let Some(receipt) =
                crate::reads::matters::receipt_of(&self.db, ledger, root, &supporter).await?
            {
                // Whoever joined before has a receipt already. Its link is shown again only to
                // the very form that made it.
                let own = ReceiptId(derived_id(&joining.form, "receipt")) == receipt;
                return if own { Ok(Step::Done(())) } else { Err(Refusal::Exists.into()) };
            }
            let loaded = self.load::<Matter>(ledger, &root.into()).await?;
            let path = self.path_of_matter(&loaded.state).await?;
            let ctx = Context { now, actor, rules: &self.rules, path: &path, claim: Claim::None };
            let secret = crate::word_of(&derived(&joining.form, "secret"));
            let opening =
                self.opening(ledger, &secret, joining.channel, joining.speaker.clone(), actor.account);
            let joined = matters::join(root, &loaded.state, opening, &ctx)?;
            let mut batch = Batch::new(ledger, now);
            // Nobody joins between an answer and its recording.
            batch.guard(&StreamName::from(root), loaded.version);
            let receipt = ReceiptId(derived_id(&joining.form, "receipt"));
            let mut of_receipt = self.load::<Receipt>(ledger, &receipt.into()).await?;
            if of_receipt.version > 0 {
                return Ok(Step::Done(()));
            }
            batch.record(
                receipt,
                &mut of_receipt,
                Decision { role: joined.role, events: vec![joined.receipt] },
            )?;
            Ok(self.append(batch).await?.done(()))
        })
        .await?;
        Ok(RaisedMatter {
            ledger,
            matter,
            receipt: ReceiptId(derived_id(&joining.form, "receipt")),
            secret: crate::word_of(&derived(&joining.form, "secret")),
        })
    }

    /// A receipt with the matter that carries it.
    pub(super) async fn carried(&self, ledger: PlaceId, receipt: ReceiptId) -> Result<Carried, Failure> {
        let of_receipt = self.load::<Receipt>(ledger, &receipt.into()).await?;
        let own = of_receipt.state.matter().ok_or(Refusal::Unknown)?;
        let root = root_of(&self.db, ledger, own).await?.ok_or(Refusal::Unknown)?;
        let of_matter = self.load::<Matter>(ledger, &root.into()).await?;
        let path = self.path_of_matter(&of_matter.state).await?;
        Ok(Carried { of_receipt, root, of_matter, path })
    }

    /// Evaluates the answer that stands on a receipt. The caller has checked the secret.
    ///
    /// # Errors
    /// Before an answer, twice for one answer, or by whoever handled the matter.
    pub async fn evaluate(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        receipt: ReceiptId,
        evaluation: Evaluation,
    ) -> Result<(), Failure> {
        self.carry_out(|| async {
            let now = self.now();
            let Carried { mut of_receipt, root, mut of_matter, path } = self.carried(ledger, receipt).await?;
            let ctx = Context { now, actor, rules: &self.rules, path: &path, claim: Claim::Receipt };
            let done = matters::evaluate(&of_receipt.state, &of_matter.state, evaluation.clone(), &ctx)?;
            let mut batch = Batch::new(ledger, now);
            batch.record(
                receipt,
                &mut of_receipt,
                Decision { role: done.role, events: vec![done.receipt] },
            )?;
            match done.matter {
                Some(event) => {
                    batch.record(root, &mut of_matter, Decision { role: done.role, events: vec![event] })?;
                }
                // The answer evaluated must still be the standing one.
                None => batch.guard(&root.into(), of_matter.version),
            }
            Ok(self.append(batch).await?.done(()))
        })
        .await
    }

    /// Carries out a command on one matter. Closing counts here who has yet to evaluate.
    ///
    /// # Errors
    /// The rule it would break.
    pub async fn work(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        matter: MatterId,
        command: Command,
    ) -> Result<(), Failure> {
        self.carry_out(|| async {
            let now = self.now();
            let mut loaded = self.load::<Matter>(ledger, &matter.into()).await?;
            let path = self.path_of_matter(&loaded.state).await?;
            let command = match &command {
                Command::Close { .. } => Command::Close {
                    waiting: waiting(&self.db, ledger, matter, loaded.state.answered()).await?,
                },
                command => command.clone(),
            };
            let ctx = Context { now, actor, rules: &self.rules, path: &path, claim: Claim::None };
            let decision = matters::decide(matter, &loaded.state, command, &ctx)?;
            let mut batch = Batch::new(ledger, now);
            batch.record(matter, &mut loaded, decision)?;
            Ok(self.append(batch).await?.done(()))
        })
        .await
    }

    /// Merges one matter into another of the same ledger (归并).
    ///
    /// # Errors
    /// When either was answered, they are the same, or the actor may not.
    pub async fn merge(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        member: MatterId,
        into: MatterId,
    ) -> Result<(), Failure> {
        self.pair(actor, ledger, member, into, |other| {
            (Command::MergeInto { into }, Command::Absorb { member, other: Box::new(other.clone()) })
        })
        .await
    }

    /// Lets a merged matter go on by itself again.
    ///
    /// # Errors
    /// When it is not merged, the whole was answered, or the actor may not.
    pub async fn unmerge(&self, actor: &Actor, ledger: PlaceId, member: MatterId) -> Result<(), Failure> {
        let loaded = self.load::<Matter>(ledger, &member.into()).await?;
        let into = loaded.state.merged_into().ok_or(Refusal::NotMerged)?;
        self.pair(actor, ledger, member, into, |_| (Command::Unmerge, Command::Release { member })).await
    }

    async fn pair(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        member: MatterId,
        into: MatterId,
        commands: impl Fn(&Matter) -> (Command, Command),
    ) -> Result<(), Failure> {
        if member == into {
            return Err(Refusal::MergeSelf.into());
        }
        self.carry_out(|| async {
            let now = self.now();
            let mut of_member = self.load::<Matter>(ledger, &member.into()).await?;
            let mut of_into = self.load::<Matter>(ledger, &into.into()).await?;
            let (there, here) = commands(&of_member.state);
            let decided = {
                let (path_there, path_here) = (
                    self.path_of_matter(&of_member.state).await?,
                    self.path_of_matter(&of_into.state).await?,
                );
                let rules = &self.rules;
                let ctx = Context { now, actor, rules, path: &path_there, claim: Claim::None };
                let of_there = matters::decide(member, &of_member.state, there, &ctx)?;
                let ctx = Context { path: &path_here, ..ctx };
                (of_there, matters::decide(into, &of_into.state, here, &ctx)?)
            };
            let mut batch = Batch::new(ledger, now);
            batch.record(member, &mut of_member, decided.0)?;
            batch.record(into, &mut of_into, decided.1)?;
            Ok(self.append(batch).await?.done(()))
        })
        .await
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
        self.carry_out(|| async {
            let now = self.now();
            let Carried { mut of_receipt, root: _, of_matter, path } = self.carried(ledger, receipt).await?;
            let ctx = Context { now, actor, rules: &self.rules, path: &path, claim: Claim::None };
            let (role, event) = matters::contact_viewed(&of_receipt.state, &of_matter.state, &ctx)?;
            let seen = (of_receipt.private(1, "name"), of_receipt.private(1, "contact"));
            let mut batch = Batch::new(ledger, now);
            batch.record(receipt, &mut of_receipt, Decision { role, events: vec![event] })?;
            Ok(self.append(batch).await?.done(seen))
        })
        .await
    }

    /// Erases what was said with a matter and its receipts' names and contacts, on the
    /// owner's wish (个人信息保护法 art. 47). Every proof stays valid.
    ///
    /// # Errors
    /// When the matter is unknown or the actor may not.
    pub async fn erase(&self, actor: &Actor, ledger: PlaceId, matter: MatterId) -> Result<(), Failure> {
        const TYPED: [&str; 8] =
            ["title", "text", "photos", "name", "contact", "consent", "comment", "source"];
        let now = self.now();
        let of_matter = self.load::<Matter>(ledger, &matter.into()).await?;
        if of_matter.version == 0 {
            return Err(Refusal::Unknown.into());
        }
        let path = self.path_of_matter(&of_matter.state).await?;
        let resource = of_matter.state.resource(&path, Claim::None);
        yishi_domain::access::may(actor, yishi_domain::Action::Erase, &resource, now)?;
        let mut batch = Batch::new(ledger, now);
        let left = self.without(ledger, &matter.into(), &of_matter, &TYPED).await?;
        batch.erase(&matter.into(), &of_matter, &left);
        for receipt in crate::reads::matters::receipts_on(&self.db, ledger, matter).await? {
            let kept = self.load::<Receipt>(ledger, &receipt.into()).await?;
            let left = self.without(ledger, &receipt.into(), &kept, &TYPED).await?;
            batch.erase(&receipt.into(), &kept, &left);
        }
        match self.append(batch).await? {
            Step::Done(_) => Ok(()),
            Step::Again => Err(Fault::busy().into()),
        }
    }

    /// A stream as it will be once the fields are erased: replayed without them.
    pub(super) async fn without<S: crate::views::Viewed>(
        &self,
        ledger: PlaceId,
        stream: &StreamName,
        kept: &Loaded<S>,
        fields: &[&str],
    ) -> Result<Loaded<S>, Fault> {
        const ENTRIES: &str =
            "select version, envelope from event where ledger = ?1 and stream = ?2 order by version";
        let key = [crate::Value::from(ledger.0), crate::Value::from(stream.as_str())];
        let mut loaded = Loaded::<S>::default();
        for row in self.db.rows(ENTRIES, &key).await? {
            let version = u64::try_from(row.int(0)?).unwrap_or_default();
            let left = kept
                .private
                .iter()
                .filter(|((at, field), _)| *at == version && !fields.contains(&field.as_str()))
                .map(|((_, field), value)| (field.clone(), value.clone()))
                .collect();
            super::push_entry(&mut loaded, row.text(1)?, left)?;
        }
        Ok(loaded)
    }

    fn opening(
        &self,
        ledger: PlaceId,
        secret: &str,
        channel: Channel,
        speaker: Speaker,
        account: Option<yishi_domain::AccountId>,
    ) -> Opening {
        // A row of a file has nobody to hand a link to.
        let linked = speaker.proof != Proof::Import;
        Opening {
            proof: speaker.proof,
            channel,
            secret: linked.then(|| crate::blobs::digest_of(secret.as_bytes())),
            supporter: self.supporter(ledger, &speaker.supporter),
            account,
            name: speaker.name,
            contact: speaker.contact,
            consent: speaker.consent,
        }
    }

    /// What stands for a device or household in one ledger; elsewhere it is another.
    fn supporter(&self, ledger: PlaceId, word: &str) -> String {
        crate::blobs::digest_of(format!("{ledger}/{word}").as_bytes())
    }

    async fn open_place_row(&self, id: PlaceId) -> Result<PlaceRow, Failure> {
        let row = place(&self.db, id).await?.ok_or(Refusal::Unknown)?;
        if row.closed.is_some() {
            return Err(Refusal::Ended.into());
        }
        Ok(row)
    }

    /// The smallest place around this one that says little about who lives there.
    async fn around(&self, row: &PlaceRow) -> Result<PlaceId, Failure> {
        for id in row.path.iter().rev() {
            let kind =
                if *id == row.id { Some(row.kind) } else { place(&self.db, *id).await?.map(|row| row.kind) };
            let fine = matches!(
                kind,
                Some(PlaceKind::Building | PlaceKind::Stairwell | PlaceKind::Household) | None
            );
            if !fine {
                return Ok(*id);
            }
        }
        Err(Refusal::Unknown.into())
    }

    /// The path of a matter's place with the grids over it; of an erased place, what is public.
    ///
    /// # Errors
    /// When the store fails or the place is unknown.
    pub async fn path_of_matter(&self, matter: &Matter) -> Result<Vec<PlaceId>, Failure> {
        let at = matter.exact().or(matter.place()).ok_or(Refusal::Unknown)?;
        let row = place(&self.db, at).await?.ok_or(Refusal::Unknown)?;
        Ok(path_of(&self.db, &row).await?)
    }

    /// The matters one stands for, itself included.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn family(&self, ledger: PlaceId, matter: MatterId) -> Result<Vec<MatterId>, Fault> {
        family_of(&self.db, ledger, matter).await
    }
}
