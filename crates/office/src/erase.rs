//! Erasing what belongs to somebody, on their wish (个人信息保护法 art. 47), alike for whatever
//! feature it stands in: one append deletes the values, writes the rows anew without them and
//! records that it was done. Files that nothing uses any more go with it. Whose a value is, its
//! type says; who may erase it, each feature.

use crate::act::Try;
use crate::amending::Amending;
use crate::features::registered;
use crate::registered::Asks;
use crate::{Batch, Failure, Office};
use std::time::SystemTime;
use yishi_domain::people::Account;
use yishi_kernel::record::Subject;
use yishi_kernel::{AccountId, Actor, EraseReason, Moment, PlaceId, Role, Stream as _, StreamName, ValueAt};
use yishi_store::duty::used;

/// What somebody wishes erased of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasing {
    /// Whose values.
    pub whose: Vec<Subject>,
    /// In which entries.
    pub entries: Entries,
    /// Why.
    pub reason: EraseReason,
}

/// Entries of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entries {
    /// All of them.
    All,
    /// Those of these versions.
    These(Vec<u64>),
    /// These values alone, whosever they are.
    Values(Vec<ValueAt>),
}

/// Who does it, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hand {
    /// The account, where one did.
    pub account: Option<AccountId>,
    /// In which role.
    pub role: Role,
    /// When.
    pub now: Moment,
}

impl Erasing {
    /// All that belongs to some subjects.
    #[must_use]
    pub fn all_of(whose: &[Subject], reason: EraseReason) -> Self {
        Self { whose: whose.to_vec(), entries: Entries::All, reason }
    }

    pub(crate) fn takes(&self, value: &ValueAt, whose: Subject) -> bool {
        match &self.entries {
            Entries::All => self.whose.contains(&whose),
            Entries::These(versions) => versions.contains(&value.version) && self.whose.contains(&whose),
            Entries::Values(values) => values.contains(value),
        }
    }
}

/// Whether it is who somebody was who worked here.
fn is_somebody(stream: &StreamName, what: &Erasing) -> bool {
    stream.kind() == Account::KIND && what.entries == Entries::All && what.whose.contains(&Subject::Staff)
}

impl Office {
    /// Erases what belongs to somebody in streams of one ledger, all at once. Every proof stays
    /// valid. Who somebody was who worked here goes from whatever they did, too.
    ///
    /// # Errors
    /// When a stream does not exist, or the actor may not erase in one of them. What was erased
    /// before is gone, and no error.
    pub async fn erase(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        streams: &[StreamName],
        what: &Erasing,
    ) -> Result<(), Failure> {
        let parts: Vec<_> = streams.iter().map(|stream| (stream.clone(), what.clone())).collect();
        self.erase_parts(actor, ledger, &parts).await
    }

    /// Erases something else in each of some streams, all at once.
    pub(crate) async fn erase_parts(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        parts: &[(StreamName, Erasing)],
    ) -> Result<(), Failure> {
        for (stream, what) in parts.iter().filter(|(stream, what)| is_somebody(stream, what)) {
            self.erase_traces(actor, ledger, stream, what.reason).await?;
        }
        self.carry_out(|| async {
            let now = self.now();
            let mut batch = Batch::new(ledger, now);
            for (stream, what) in parts {
                let kind = registered(stream)?;
                let role = kind.may(self, actor, ledger, stream, Asks::Erase).await?;
                let hand = Hand { account: actor.account, role, now };
                let amending = Amending { db: &self.db, batch: &mut batch, stream, hand: &hand };
                kind.erase(amending, what).await?;
            }
            self.append(batch).await
        })
        .await
    }

    /// Tries to erase by a hand that was found to be allowed to.
    pub(crate) async fn erase_by(
        &self,
        ledger: PlaceId,
        parts: &[(StreamName, Erasing)],
        hand: &Hand,
    ) -> Result<Try<()>, Failure> {
        let mut batch = Batch::new(ledger, hand.now);
        for (stream, what) in parts {
            let amending = Amending { db: &self.db, batch: &mut batch, stream, hand };
            registered(stream)?.erase(amending, what).await?;
        }
        self.append(batch).await
    }

    /// Drops those of some files that no stream uses any more, unless somebody brings one anew.
    pub(crate) async fn drop_unused(&self, files: &[String]) -> Result<(), Failure> {
        if files.is_empty() {
            return Ok(());
        }
        let before = SystemTime::now();
        let used = used(&self.db, files).await?;
        for digest in files.iter().filter(|digest| !used.contains(digest)) {
            self.db.drop_blob(digest, before).await?;
        }
        Ok(())
    }
}
