//! Which rules are in force in a ledger at a moment, kept by digest. A ledger's rulebook names
//! the packs it adopted and since when; their texts lie with the files. What a pack says is the
//! features' business.
//!
//! What is in force in a ledger is always one text that an entry of this ledger adopted: a
//! street's rules reach its communities, and a community's own override them, by being put
//! together before they are adopted ([`Layers`]). So a verdict's digest is found beside it.

mod facts;
mod lay;
pub mod reads;
mod reckon;
pub(crate) mod tables;

pub use facts::confirms_for;
pub(crate) use facts::standing;
pub use lay::Layers;
pub(crate) use lay::{AfterChange, LayAnew};
pub use reckon::Turn;
pub(crate) use reckon::{AfterAdoption, ReckonAnew, reckon};

use crate::Batch;
use crate::Viewed;
use crate::{Failure, Office};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use yishi_domain::features::RULES;
use yishi_domain::rulebook::{Adopted, adopt, stream};
use yishi_kernel::rules::{digest_of, shipped};
use yishi_kernel::{Moment, Pack, PlaceId, Role, Stamped, StreamName};
use yishi_store::Fault;

/// How long another process's adoption may go unnoticed.
const FRESH: Duration = Duration::from_secs(5);

impl Viewed for Adopted {}

/// What names a ledger's rulebook, the same in each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Book;

impl From<Book> for StreamName {
    fn from(_: Book) -> Self {
        stream()
    }
}

/// Packs by digest, and what each ledger adopted as last looked up.
pub(crate) struct Rulebooks {
    shipped: String,
    packs: Mutex<HashMap<String, Arc<Pack>>>,
    adopted: Mutex<HashMap<PlaceId, (Instant, Adopted)>>,
}

impl std::fmt::Debug for Rulebooks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rulebooks")
    }
}

impl Rulebooks {
    /// With the rules that ship with the program.
    pub(crate) fn new() -> Result<Self, Fault> {
        let text = shipped(RULES);
        let pack = Pack::read(&text, RULES).map_err(Fault::unreadable)?;
        let packs = HashMap::from([(pack.digest().to_owned(), Arc::new(pack))]);
        Ok(Self { shipped: text, packs: Mutex::new(packs), adopted: Mutex::default() })
    }

    fn known(&self, digest: &str) -> Option<Arc<Pack>> {
        self.packs.lock().unwrap_or_else(PoisonError::into_inner).get(digest).cloned()
    }

    fn keep(&self, pack: &Arc<Pack>) {
        let mut packs = self.packs.lock().unwrap_or_else(PoisonError::into_inner);
        packs.insert(pack.digest().to_owned(), Arc::clone(pack));
    }

    fn fresh(&self, ledger: PlaceId) -> Option<Adopted> {
        let adopted = self.adopted.lock().unwrap_or_else(PoisonError::into_inner);
        let (looked, book) = adopted.get(&ledger)?;
        (looked.elapsed() < FRESH).then(|| book.clone())
    }

    fn note(&self, ledger: PlaceId, book: Adopted) {
        let mut adopted = self.adopted.lock().unwrap_or_else(PoisonError::into_inner);
        adopted.insert(ledger, (Instant::now(), book));
    }

    fn forget(&self, ledger: PlaceId) {
        self.adopted.lock().unwrap_or_else(PoisonError::into_inner).remove(&ledger);
    }
}

/// Whether a ledger adopts something.
pub(crate) enum Adopting {
    /// It does.
    Now,
    /// It had already.
    Before,
}

impl Office {
    /// The rules that ship with the program.
    #[must_use]
    pub fn shipped_rules(&self) -> Arc<Pack> {
        let shipped = self.rulebooks.known(&digest_of(&self.rulebooks.shipped));
        shipped.unwrap_or_else(|| unreachable!("the shipped rules are read when the office opens"))
    }

    /// The rules in force in a ledger at a moment: the last pack that it adopted by then, or
    /// before its first entry the one that ships with the program.
    pub async fn rules(&self, ledger: PlaceId, moment: Moment) -> Result<Arc<Pack>, Fault> {
        let book = match self.rulebooks.fresh(ledger) {
            Some(book) => Some(book),
            None => {
                let book = self.load::<Adopted>(ledger, &stream()).await?.state;
                if let Some(book) = &book {
                    self.rulebooks.note(ledger, book.clone());
                }
                book
            }
        };
        match book.as_ref().and_then(|book| book.in_force(moment)) {
            Some(digest) => self.pack(digest).await,
            None => Ok(self.shipped_rules()),
        }
    }

    /// What several ledgers adopted: what was not looked up lately in one query.
    pub(crate) async fn books(
        &self,
        ledgers: impl IntoIterator<Item = PlaceId>,
    ) -> Result<BTreeMap<PlaceId, Adopted>, Fault> {
        let mut books = BTreeMap::new();
        let mut missing = Vec::new();
        for ledger in BTreeSet::from_iter(ledgers) {
            match self.rulebooks.fresh(ledger) {
                Some(book) => drop(books.insert(ledger, book)),
                None => missing.push((ledger, Book)),
            }
        }
        if missing.is_empty() {
            return Ok(books);
        }
        for ((ledger, _), loaded) in self.load_all::<Adopted, Book>(&missing).await? {
            if let Some(book) = loaded.state {
                self.rulebooks.note(ledger, book.clone());
                books.insert(ledger, book);
            }
        }
        Ok(books)
    }

    /// Since when the rules hold that are in force in a ledger at a moment; nothing before its
    /// first entry.
    pub async fn rules_since(&self, ledger: PlaceId, moment: Moment) -> Result<Option<Moment>, Fault> {
        let book = self.load::<Adopted>(ledger, &stream()).await?.state;
        Ok(book.and_then(|book| book.at(moment).map(|version| version.from)))
    }

    /// A pack by the digest under which entries cite it.
    pub async fn pack(&self, digest: &str) -> Result<Arc<Pack>, Fault> {
        if let Some(pack) = self.rulebooks.known(digest) {
            return Ok(pack);
        }
        let text = self.rules_text(digest).await?;
        let pack = Arc::new(Pack::read(&text, RULES).map_err(Fault::unreadable)?);
        self.rulebooks.keep(&pack);
        Ok(pack)
    }

    /// The text of a pack by the digest under which entries cite it.
    pub async fn rules_text(&self, digest: &str) -> Result<String, Fault> {
        if digest == self.shipped_rules().digest() {
            return Ok(self.rulebooks.shipped.clone());
        }
        let gone = || Fault::unreadable(format!("rules {digest} are gone"));
        String::from_utf8(self.db.blob(digest).await?.ok_or_else(gone)?).map_err(Fault::unreadable)
    }

    /// Adds the adoption of the shipped rules to a batch, unless they were adopted before.
    pub(crate) async fn adopting(&self, batch: &mut Batch, ledger: PlaceId) -> Result<Adopting, Failure> {
        let text = &self.rulebooks.shipped;
        let mut loaded = self.load::<Adopted>(ledger, &stream()).await?;
        let digest = digest_of(text);
        let Some(what) = adopt(loaded.get(), &digest, &digest) else { return Ok(Adopting::Before) };
        self.db.put_blob(text.as_bytes().to_vec()).await?;
        let adopted = Stamped { time: self.now(), by: None, what };
        batch.record(&stream(), &mut loaded, Role::System, vec![adopted])?;
        Ok(Adopting::Now)
    }
}
