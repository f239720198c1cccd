//! The first follower: extends each ledger's tree over what was appended and signs a
//! checkpoint, within a second. Several ledgers are sealed in one transaction, and then noted
//! beside the keys. A ledger whose key is missing or another's is told by itself.

use super::{Follower, Grown, Work};
use crate::{Failure, Office};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use yishi_kernel::{Moment, PlaceId};
use yishi_store::Fault;
use yishi_store::sealer::sealing;

/// How often the same ledger is told about.
const TELL: Duration = Duration::from_secs(60);

/// Seals what was appended.
#[derive(Debug)]
pub(super) struct Sealer {
    told: Mutex<BTreeMap<PlaceId, Instant>>,
}

impl Sealer {
    pub(super) const fn new() -> Self {
        Self { told: Mutex::new(BTreeMap::new()) }
    }

    /// Tells why a ledger is not sealed, once a minute: it is tried twice a second.
    fn tell(&self, one: &Grown, fault: &Fault) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let ledger = one.keeper.ledger;
        if told.get(&ledger).is_none_or(|told| told.elapsed() >= TELL) {
            told.insert(ledger, Instant::now());
            tracing::error!(%fault, ledger = one.keeper.slug, "a ledger is not sealed");
        }
    }
}

impl Follower for Sealer {
    fn name(&self) -> &'static str {
        "sealer"
    }

    fn follow<'a>(&'a self, office: &'a Office, grown: &'a [Grown]) -> Work<'a> {
        Box::pin(async move {
            let now = Moment(jiff::Timestamp::now().as_microsecond());
            let (mut statements, mut noted) = (Vec::new(), Vec::new());
            for one in grown {
                match sealing(&office.db, &office.keys, &one.keeper, now).await {
                    Ok(Some(sealing)) => {
                        statements.push(sealing.statement);
                        statements.push(one.followed(self.name(), sealing.size));
                        noted.push(sealing.noted);
                    }
                    Ok(None) => statements.push(one.followed(self.name(), one.to)),
                    // The others are sealed all the same.
                    Err(fault) => self.tell(one, &fault),
                }
            }
            office.db.execute(statements).await?;
            Ok(office.keys.note(&noted)?)
        })
    }
}

impl Office {
    /// Seals all that is under no checkpoint yet: before the program ends, so that nothing waits
    /// for its next start. What a ledger without its key holds stays unsealed, and is told.
    pub async fn seal(&self) -> Result<(), Failure> {
        for row in yishi_store::ledgers::ledgers(&self.db).await? {
            match yishi_store::sealer::seal(&self.db, &self.keys, &row, self.now()).await {
                Err(fault @ Fault::Key { .. }) => tracing::error!(%fault, "a ledger is not sealed"),
                sealed => drop(sealed?),
            }
        }
        Ok(())
    }
}
