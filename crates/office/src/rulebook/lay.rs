//! Layers 规则分层: what ships lies at the bottom, over it what a street, town or township changed, over
//! that what a community changed. Which text that comes to is adopted as one, so that what was decided
//! names one text. Whatever made a layer otherwise is followed: in the place itself, and below it.

use super::reads::local_changes;
use crate::act::Try;
use crate::background::{Entry, Job, Plan, Reader};
use crate::places::reads::{path_at, places};
use crate::registered::Boxed;
use crate::{Batch, Failure, Office};
use yishi_domain::rulebook::{Adopted, adopt, base, stream};
use yishi_kernel::rules::{Change, Changed, changed, digest_of};
use yishi_kernel::{Loaded, Moment, PlaceId, Role, Stamped};
use yishi_store::outbox::Job as Asked;
use yishi_store::{Fault, ledgers};

/// The kind of the jobs that lay anew.
const KIND: &str = "lay";

/// Asks for the layers to be put together anew, once one of them is otherwise.
#[derive(Debug)]
pub(crate) struct AfterChange;

impl Reader for AfterChange {
    const NAME: &'static str = "lay";
    const OF: &'static [&'static str] =
        &["change.set.1", "change.dropped.1", "rules.adopted.1", "rules.adopted.2"];

    fn read(&self, entry: &Entry, plan: &mut Plan) -> Result<(), Fault> {
        plan.job(KIND, "anew", String::new(), entry.at);
        Ok(())
    }
}

/// Puts the layers of a place together anew, and those of what lies below it.
#[derive(Debug)]
pub(crate) struct LayAnew;

impl Job for LayAnew {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn run<'a>(&'a self, office: &'a Office, job: &'a Asked) -> Boxed<'a> {
        Box::pin(async move {
            let ledger = PlaceId(job.ledger);
            office.lay(ledger).await?;
            let path = path_at(&office.db, ledger).await?;
            for below in ledgers::ledgers_below(&office.db, &[path]).await? {
                if below.ledger != ledger {
                    office.lay(below.ledger).await?;
                }
            }
            Ok(())
        })
    }
}

/// The layers of a place (规则层): what lies below its own changes, and these.
#[derive(Clone, Debug, PartialEq)]
pub struct Layers {
    /// The street, town or township over it, where another one than itself lies there and has
    /// rules: its text lies below.
    pub above: Option<PlaceId>,
    /// The text below.
    pub below: String,
    /// The digest of the pack that ships, at the bottom.
    pub base: String,
    /// What is otherwise in the place itself.
    pub own: Vec<Change>,
}

impl Layers {
    /// What they come to.
    ///
    /// # Errors
    /// When the text below does not read.
    pub fn whole(&self) -> Result<Changed, Fault> {
        changed(&self.below, &self.own).map_err(Fault::unreadable)
    }
}

impl Office {
    /// The layers of a place that keeps a ledger, as they stand.
    pub async fn layers(&self, ledger: PlaceId) -> Result<Layers, Failure> {
        let book = self.load::<Adopted>(ledger, &stream()).await?;
        self.layers_with(ledger, &book, self.now()).await
    }

    async fn layers_with(
        &self,
        ledger: PlaceId,
        book: &Loaded<Adopted>,
        now: Moment,
    ) -> Result<Layers, Failure> {
        let own = local_changes(&self.db, ledger).await?;
        if let Some(street) = self.street_above(ledger).await? {
            let over = self.load::<Adopted>(street, &stream()).await?;
            if let Some(version) = over.get().and_then(|over| over.at(now)) {
                let below = self.rules_text(&version.sha256).await?;
                return Ok(Layers { above: Some(street), below, base: version.base.clone(), own });
            }
        }
        let shipped = digest_of(&self.rulebooks.shipped);
        let base = base(book.get(), &shipped).to_owned();
        let below = self.rules_text(&base).await?;
        Ok(Layers { above: None, below, base, own })
    }

    /// The street, town or township over a place that keeps a ledger, where another than itself lies
    /// there.
    async fn street_above(&self, ledger: PlaceId) -> Result<Option<PlaceId>, Fault> {
        let path = ledgers::path_of(&self.db, ledger).await?.unwrap_or_default();
        let streets = places(&self.db, &path).await?.into_iter().filter(|place| place.kind.is_street());
        let streets: Vec<PlaceId> = streets.map(|place| place.id).collect();
        let nearest = path.into_iter().rfind(|place| streets.contains(place));
        Ok(nearest.filter(|street| *street != ledger))
    }

    /// Adopts what the layers of a place come to, unless it is what was adopted last.
    pub async fn lay(&self, ledger: PlaceId) -> Result<(), Failure> {
        self.carry_out(|| async {
            let now = self.now();
            let mut book = self.load::<Adopted>(ledger, &stream()).await?;
            let layers = self.layers_with(ledger, &book, now).await?;
            let text = layers.whole()?.text;
            let Some(what) = adopt(book.get(), &digest_of(&text), &layers.base) else {
                return Ok(Try::Done(()));
            };
            // The text at the bottom is one of this program, or lies with the files by now.
            if layers.base == digest_of(&self.rulebooks.shipped) {
                self.db.put_blob(self.rulebooks.shipped.clone().into_bytes()).await?;
            }
            self.db.put_blob(text.into_bytes()).await?;
            let mut batch = Batch::new(ledger, now);
            let adopted = Stamped { time: now, by: None, what };
            batch.record(&stream(), &mut book, Role::System, vec![adopted])?;
            self.append(batch).await
        })
        .await?;
        self.rulebooks.forget(ledger);
        Ok(())
    }

    /// Lays the rules that ship with the program below those of every ledger that has others there,
    /// so that what is decided from now on can be traced to the text it was decided by: those of
    /// streets first, since communities stand on them.
    pub async fn adopt_shipped_rules(&self) -> Result<(), Failure> {
        let shipped = digest_of(&self.rulebooks.shipped);
        let ledgers = ledgers::ledgers(&self.db).await?;
        let books = self.books(ledgers.iter().map(|row| row.ledger)).await?;
        let stands = |ledger: PlaceId| {
            books.get(&ledger).and_then(Adopted::last).is_some_and(|last| last.base == shipped)
        };
        let mut later = Vec::new();
        for ledger in ledgers.iter().map(|row| row.ledger).filter(|ledger| !stands(*ledger)) {
            match self.street_above(ledger).await? {
                None => self.lay(ledger).await?,
                Some(_) => later.push(ledger),
            }
        }
        for ledger in later {
            self.lay(ledger).await?;
        }
        Ok(())
    }
}
