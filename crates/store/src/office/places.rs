//! Commands about places: the first one, those below it, codes, grids and posters.

use super::{Batch, Failure, Office, Step, founded};
use crate::reads::places::{PlaceRow, path_of, place};
use crate::{Fault, Value};
use uuid::Uuid;
use yishi_domain::matters::Decision;
use yishi_domain::places::{self, Command, Place, PlaceKind, Poster};
use yishi_domain::{Actor, PlaceId, PosterId, Refusal, StreamName, rules};

/// A place that keeps a ledger of its own, to be opened.
#[derive(Clone, Debug)]
pub struct NewLedger {
    /// The word in links: lower-case letters, digits and hyphens.
    pub slug: String,
    /// The host part of the origin: `host/slug` names the ledger for ever.
    pub host: String,
}

impl Office {
    /// Opens the first place and its ledger: `yishi init`.
    ///
    /// # Errors
    /// When the name or slug is not fit, or the store fails.
    pub async fn found(&self, kind: PlaceKind, name: &str, new: NewLedger) -> Result<PlaceId, Failure> {
        let now = self.now();
        let id = PlaceId(Uuid::now_v7());
        let event = places::found(kind, name, now)?;
        self.open_ledger(id, new).await?;
        let mut batch = Batch::new(id, now);
        let mut loaded = self.load::<Place>(id, &id.into()).await?;
        batch.record(id, &mut loaded, founded(vec![event]))?;
        self.adopt_rules(&mut batch).await?;
        match self.append(batch).await? {
            Step::Done(_) => Ok(id),
            Step::Again => Err(Fault::busy().into()),
        }
    }

    /// Opens a place below another one. One that keeps a ledger needs `new`.
    ///
    /// # Errors
    /// When the actor may not, or the name or slug is not fit.
    pub async fn open_place(
        &self,
        actor: &Actor,
        parent: PlaceId,
        kind: PlaceKind,
        name: &str,
        new: Option<NewLedger>,
    ) -> Result<PlaceId, Failure> {
        let now = self.now();
        let id = PlaceId(Uuid::now_v7());
        let above = place(&self.db, parent).await?.ok_or(Refusal::Unknown)?;
        let command =
            Command::Open { kind, parent: Some((above.kind, above.path.clone())), name: name.to_owned() };
        let decision = places::decide(id, &Place::default(), command, actor, now)?;
        let ledger = if kind.keeps_ledger() {
            self.open_ledger(id, new.ok_or(Refusal::Unknown)?).await?;
            id
        } else {
            above.ledger
        };
        let mut batch = Batch::new(ledger, now);
        let mut loaded = self.load::<Place>(ledger, &id.into()).await?;
        batch.record(id, &mut loaded, decision)?;
        if kind.keeps_ledger() {
            self.adopt_rules(&mut batch).await?;
        }
        match self.append(batch).await? {
            Step::Done(_) => Ok(id),
            Step::Again => Err(Fault::busy().into()),
        }
    }

    /// Renames, codes, draws or closes a place.
    ///
    /// # Errors
    /// The rule it would break.
    pub async fn change_place(&self, actor: &Actor, id: PlaceId, command: Command) -> Result<(), Failure> {
        let row = place(&self.db, id).await?.ok_or(Refusal::Unknown)?;
        self.carry_out(|| async {
            let now = self.now();
            let mut loaded = self.load::<Place>(row.ledger, &id.into()).await?;
            let decision = places::decide(id, &loaded.state, command.clone(), actor, now)?;
            let mut batch = Batch::new(row.ledger, now);
            batch.record(id, &mut loaded, decision)?;
            Ok(self.append(batch).await?.done(()))
        })
        .await
    }

    /// Issues a poster for a place and returns the word of its link.
    ///
    /// # Errors
    /// When the actor may not, or nothing can be raised there.
    pub async fn issue_poster(&self, actor: &Actor, at: PlaceId) -> Result<String, Failure> {
        let now = self.now();
        let row = place(&self.db, at).await?.ok_or(Refusal::Unknown)?;
        let id = PosterId(Uuid::now_v7());
        let word = crate::random_word(10)?;
        let decision = places::issue_poster(
            id,
            at,
            row.kind,
            self.building_of(&row).await?,
            word.clone(),
            &path_of(&self.db, &row).await?,
            actor,
            now,
        )?;
        self.record_new::<Poster>(row.ledger, id.into(), decision).await?;
        Ok(word)
    }

    /// Revokes a poster: its link leads nowhere any more.
    ///
    /// # Errors
    /// When the actor may not, or it was revoked before.
    pub async fn revoke_poster(&self, actor: &Actor, at: PlaceId, id: PosterId) -> Result<(), Failure> {
        let row = place(&self.db, at).await?.ok_or(Refusal::Unknown)?;
        let path = path_of(&self.db, &row).await?;
        self.carry_out(|| async {
            let now = self.now();
            let mut loaded = self.load::<Poster>(row.ledger, &id.into()).await?;
            if loaded.state.leads.as_ref().is_none_or(|(place, _)| *place != at) {
                return Err(Refusal::Unknown.into());
            }
            let decision = places::revoke_poster(&loaded.state, &path, actor, now)?;
            let mut batch = Batch::new(row.ledger, now);
            batch.record(id, &mut loaded, decision)?;
            Ok(self.append(batch).await?.done(()))
        })
        .await
    }

    /// The place itself or, below a building, its building.
    pub(super) async fn building_of(&self, row: &PlaceRow) -> Result<PlaceId, Failure> {
        if !row.kind.below_building() {
            return Ok(row.id);
        }
        for above in row.path.iter().rev().skip(1) {
            if place(&self.db, *above).await?.is_some_and(|place| !place.kind.below_building()) {
                return Ok(*above);
            }
        }
        Err(Refusal::Unknown.into())
    }

    /// Records a decision as the first of a new stream.
    pub(super) async fn record_new<S: crate::views::Viewed>(
        &self,
        ledger: PlaceId,
        stream: StreamName,
        decision: Decision<S::Event>,
    ) -> Result<(), Failure> {
        let mut batch = Batch::new(ledger, self.now());
        let mut loaded = yishi_domain::Loaded::<S>::default();
        batch.record(stream, &mut loaded, decision)?;
        match self.append(batch).await? {
            Step::Done(_) => Ok(()),
            Step::Again => Err(Refusal::Exists.into()),
        }
    }

    /// Makes the ledger's key and remembers where it is found.
    async fn open_ledger(&self, id: PlaceId, new: NewLedger) -> Result<(), Failure> {
        let slug_is_fit = (2..=32).contains(&new.slug.len())
            && new.slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !slug_is_fit {
            let error = yishi_domain::text::TextError::Empty;
            return Err(Refusal::Text { field: "slug", error }.into());
        }
        if crate::reads::places::ledger_by_slug(&self.db, &new.slug).await?.is_some() {
            return Err(Refusal::Exists.into());
        }
        let origin = format!("{}/{}", new.host, new.slug);
        let key = self.keys.make(&new.slug, &origin)?;
        const KEEP: &str = "insert into keeper (ledger, slug, origin, verifier) values (?1, ?2, ?3, ?4)";
        let row = vec![
            Value::from(id.0),
            Value::from(new.slug.as_str()),
            Value::from(origin.as_str()),
            Value::from(key.verifier().to_string()),
        ];
        self.db.execute(vec![(KEEP, row)]).await?;
        Ok(())
    }

    /// Adopts this program's rule pack in every ledger that stands at an earlier version, so
    /// that what is decided from now on can be traced to the text it was decided by.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn adopt_current_rules(&self) -> Result<(), Failure> {
        let stream = StreamName::of_rules(&self.rules.name);
        for row in crate::reads::places::ledgers(&self.db).await? {
            self.carry_out(|| async {
                let adopted = self.load::<rules::Adopted>(row.ledger, &stream).await?;
                if adopted.state.version >= Some(self.rules.version) {
                    return Ok(Step::Done(()));
                }
                let mut batch = Batch::new(row.ledger, self.now());
                self.adopt_rules_after(&mut batch, adopted).await?;
                Ok(self.append(batch).await?.done(()))
            })
            .await?;
        }
        Ok(())
    }

    async fn adopt_rules(&self, batch: &mut Batch) -> Result<(), Failure> {
        self.adopt_rules_after(batch, yishi_domain::Loaded::default()).await
    }

    async fn adopt_rules_after(
        &self,
        batch: &mut Batch,
        mut loaded: yishi_domain::Loaded<rules::Adopted>,
    ) -> Result<(), Failure> {
        let text = rules::DEFAULT;
        let sha256 = crate::blobs::digest_of(text.as_bytes());
        self.db.put_blob(text.as_bytes().to_vec()).await?;
        let adopted = rules::Event::Adopted { version: self.rules.version, sha256 };
        let stream = StreamName::of_rules(&self.rules.name);
        batch.record(stream, &mut loaded, founded(vec![adopted]))?;
        Ok(())
    }
}
