//! Places: their tables, the tree around them, and the ledgers that some of them keep. What may
//! be changed about them is decided in the domain.

pub(crate) mod addressed;
pub(crate) mod facts;
pub(crate) mod lay_out;
pub mod local;
pub mod meant;
pub mod reads;
pub mod roster;
pub(crate) mod tables;

use crate::Batch;
use crate::act::Try;
use crate::endings::Ending;
use crate::{Failure, Load, Office};
use reads::{ledger_by_slug, place, posters_of};
use uuid::Uuid;
use yishi_domain::places::{self, IssuePoster, OpenPlace, Place, PlaceKind, Poster, PosterId, RevokePoster};
use yishi_kernel::command::Command;
use yishi_kernel::personal::{Looked, mark};
use yishi_kernel::refusal::Common;
use yishi_kernel::text::{self, TextError};
use yishi_kernel::{Actor, Loaded, PlaceId, Role, Stamped};
use yishi_store::noted::Noted;
use yishi_store::{Fault, ledgers};

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
    /// When the name or slug is not fit.
    pub async fn found(&self, kind: PlaceKind, name: &str, new: NewLedger) -> Result<PlaceId, Failure> {
        let id = PlaceId(Uuid::now_v7());
        let what = places::found(kind, name)?;
        self.open_ledger(id, &[id], new).await?;
        let now = self.now();
        let mut batch = Batch::new(id, now);
        let opened = vec![Stamped { time: now, by: None, what }];
        batch.record(&id.into(), &mut Loaded::<Place>::default(), Role::Administrator, opened)?;
        self.adopting(&mut batch, id).await?;
        match self.append(batch).await? {
            Try::Done(()) => Ok(id),
            Try::Again => Err(Fault::Busy.into()),
        }
    }

    /// Opens a place below another one. One that keeps a ledger needs `new`, and begins it with
    /// the rules that it goes by.
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
        let id = PlaceId(self.id_of("place"));
        let above = place(&self.db, parent).await?.ok_or(Common::Unknown)?;
        let command = OpenPlace { parent, kind, name: name.to_owned() };
        if !kind.keeps_ledger() {
            self.start_by_form(actor, above.ledger, id, command).await?;
            return Ok(id);
        }
        let new = new.ok_or(Common::Unknown)?;
        // The same form, sent again: its word in links is its own by now.
        if self.load::<Place>(id, &id.into()).await?.version > 0 {
            self.start_by_form(actor, id, id, command).await?;
            return Ok(id);
        }
        // Whether the actor may is asked before a key is made.
        self.would_start(actor, id, id, command.clone()).await?;
        let path: Vec<PlaceId> = above.path.iter().copied().chain([id]).collect();
        self.open_ledger(id, &path, new).await?;
        self.start_by_form(actor, id, id, command).await?;
        self.lay(id).await?;
        Ok(id)
    }

    /// Renames, codes or draws a place.
    pub async fn change_place<C>(&self, actor: &Actor, id: PlaceId, command: C) -> Result<(), Failure>
    where
        C: Command<On = Place, Facts: Load<C>>,
    {
        let row = place(&self.db, id).await?.ok_or(Common::Unknown)?;
        self.act(actor, row.ledger, id, command).await
    }

    /// Closes a place, with all that lies in it.
    ///
    /// # Errors
    /// When the actor may not, or it keeps a ledger in which something is left.
    pub async fn close_place(&self, actor: &Actor, id: PlaceId) -> Result<(), Failure> {
        let row = place(&self.db, id).await?.ok_or(Common::Unknown)?;
        self.act(actor, row.ledger, id, places::Close).await?;
        self.ended(&Ending::Place(id)).await
    }

    /// Issues a poster for a place and returns the word of its link.
    ///
    /// # Errors
    /// When the actor may not, or nothing can be raised there.
    pub async fn issue_poster(&self, actor: &Actor, at: PlaceId) -> Result<String, Failure> {
        let ledger = self.ledger_of(at).await?;
        let word = self.word_for("poster", 10)?;
        let command = IssuePoster { place: at, word: word.clone() };
        self.start_by_form(actor, ledger, PosterId(self.id_of("poster")), command).await?;
        Ok(word)
    }

    /// Issues a poster for each of these places of one ledger that has none: all or none.
    ///
    /// # Errors
    /// When the actor may not, or nothing can be raised at one of them.
    pub async fn issue_posters(&self, actor: &Actor, ledger: PlaceId, at: &[PlaceId]) -> Result<(), Failure> {
        let there = posters_of(&self.db, ledger, at).await?;
        let mut commands = Vec::new();
        for place in at.iter().copied().filter(|place| !there.contains_key(place)) {
            let purpose = format!("poster/{place}");
            let word = self.word_for(&purpose, 10)?;
            let id = PosterId(self.id_of(&purpose));
            commands.push((id.into(), IssuePoster { place, word }));
        }
        match self.start_all(actor, ledger, commands).await {
            // The same form, sent twice at once.
            Err(Failure::Refused(refusal)) if refusal == Common::Exists => Ok(()),
            issued => issued,
        }
    }

    /// Revokes a poster: its link leads nowhere any more.
    ///
    /// # Errors
    /// When the actor may not, or it was revoked before.
    pub async fn revoke_poster(&self, actor: &Actor, at: PlaceId, id: PosterId) -> Result<(), Failure> {
        let ledger = self.ledger_of(at).await?;
        let poster = self.load::<Poster>(ledger, &id.into()).await?;
        if poster.must()?.leads.as_ref().is_none_or(|(place, _)| *place != at) {
            return Err(Common::Unknown.into());
        }
        self.act(actor, ledger, id, RevokePoster).await
    }

    /// The ledger that keeps a place.
    ///
    /// # Errors
    /// When there is no such place.
    pub(crate) async fn ledger_of(&self, at: PlaceId) -> Result<PlaceId, Failure> {
        Ok(place(&self.db, at).await?.ok_or(Common::Unknown)?.ledger)
    }

    /// The path of a place: itself, all above it, and the grids over it.
    ///
    /// # Errors
    /// When there is no such place.
    pub async fn path_at(&self, at: PlaceId) -> Result<Vec<PlaceId>, Failure> {
        reads::path_at(&self.db, at).await
    }

    /// Makes the ledger's key and remembers where it is found.
    async fn open_ledger(&self, id: PlaceId, path: &[PlaceId], new: NewLedger) -> Result<(), Failure> {
        let slug_is_fit = (2..=32).contains(&new.slug.len())
            && new.slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !slug_is_fit {
            return Err(Common::Text { field: "slug", error: TextError::Empty }.into());
        }
        // It stands in every address; what is only likely to be somebody's is a word like another.
        text::public_line(&new.slug, 32, &Looked::at([mark(&new.slug)]))
            .map_err(|error| Common::Text { field: "slug", error })?;
        if ledger_by_slug(&self.db, &new.slug).await?.is_some() {
            return Err(Common::Exists.into());
        }
        let origin = format!("{}/{}", new.host, new.slug);
        let key = self.keys.make(&new.slug, &origin)?;
        let verifier = key.verifier().to_string();
        ledgers::keep(&self.db, id, path, &new.slug, &origin, &verifier).await?;
        self.keys.note(&[Noted { origin, verifier, checkpoint: None }])?;
        Ok(())
    }
}
