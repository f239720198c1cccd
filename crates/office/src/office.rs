//! What the office is made of: the store, the clock, the signing keys and the rulebooks; and
//! the ids that follow from a form's random bytes.

use crate::Viewed;
use crate::concern::tell;
use crate::features::DERIVED;
use crate::once::Once;
use crate::rulebook::Rulebooks;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use yishi_kernel::refusal::Common;
use yishi_kernel::{Denied, Loaded, Moment, PlaceId, Refusal, StreamName};
use yishi_store::{Db, Fault, Keys, Location};

/// Where the time comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands where it was put: for tests and for a demo's history.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock set to a moment.
    #[must_use]
    pub fn set_to(moment: Moment) -> Self {
        Clock::Set(Arc::new(AtomicI64::new(moment.0)))
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Moment {
        match self {
            Clock::System => Moment(jiff::Timestamp::now().as_microsecond()),
            // Time goes on by a microsecond with each look, so that nothing happens twice at once.
            Clock::Set(micros) => Moment(micros.fetch_add(1, Ordering::Relaxed)),
        }
    }

    /// Puts a set clock; the system's clock stays as it is.
    pub fn put(&self, moment: Moment) {
        if let Clock::Set(micros) = self {
            micros.store(moment.0, Ordering::Relaxed);
        }
    }
}

/// Why a command did not go through.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// There is no such thing, the actor may not, or a rule says no; the user learns why.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Something of ours is broken.
    #[error(transparent)]
    Fault(#[from] Fault),
}

macro_rules! reasons {
    ($($reason:ty),+) => {$(
        impl From<$reason> for Failure {
            fn from(reason: $reason) -> Self {
                Failure::Refused(reason.into())
            }
        }
    )+};
}
reasons!(
    Common,
    Denied,
    yishi_domain::matters::Refusal,
    yishi_domain::meetings::Refusal,
    yishi_domain::people::Refusal
);

/// Where commands are carried out. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Office {
    /// The store.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// The ledgers' signing keys.
    pub keys: Arc<Keys>,
    pub(crate) rulebooks: Arc<Rulebooks>,
    pub(crate) locals: Arc<crate::places::local::Locals>,
    pub(crate) doors: Arc<crate::meetings::Doors>,
    /// The form that it works for.
    pub(crate) once: Option<Arc<Once>>,
}

impl Office {
    /// An office on a store.
    pub async fn open(location: &Location, clock: Clock) -> Result<Self, Fault> {
        let db = Db::open(location, &DERIVED).await?;
        Self::on(db, &location.keys(), clock)
    }

    /// An office on a store that is open.
    pub fn on(db: Db, keys: &Path, clock: Clock) -> Result<Self, Fault> {
        Ok(Self {
            db,
            clock,
            keys: Arc::new(Keys::in_folder(keys.to_owned())),
            rulebooks: Arc::new(Rulebooks::new()?),
            locals: Arc::default(),
            doors: Arc::default(),
            once: None,
        })
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// A stream as it stands, and told whom what it follows from is about; an empty one when it
    /// does not exist.
    pub async fn load<S: Viewed>(&self, ledger: PlaceId, stream: &StreamName) -> Result<Loaded<S>, Fault> {
        let mut loaded: Loaded<S> = yishi_store::load(&self.db, ledger, stream).await?;
        if let Some(state) = &mut loaded.state {
            tell(&self.db, &mut [(ledger, state)]).await?;
        }
        Ok(loaded)
    }

    /// Several streams as they stand, by ledger and id, in as many queries as one; those that
    /// do not exist are left out.
    pub async fn load_all<S, I>(
        &self,
        keys: &[(PlaceId, I)],
    ) -> Result<BTreeMap<(PlaceId, I), Loaded<S>>, Fault>
    where
        S: Viewed,
        I: Copy + Ord + Into<StreamName>,
    {
        let mut all: BTreeMap<(PlaceId, I), Loaded<S>> = yishi_store::load_all(&self.db, keys).await?;
        let states =
            all.iter_mut().filter_map(|((ledger, _), loaded)| Some((*ledger, loaded.state.as_mut()?)));
        tell(&self.db, &mut Vec::from_iter(states)).await?;
        Ok(all)
    }
}
