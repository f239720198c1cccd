//! Traces 痕迹: the id of somebody who worked here, wherever it stands beside what they did. It goes
//! before their account's own values do: whatever breaks in between, the account is still there
//! to be erased again. What was done stays, with the role it was done in. A value that names
//! several goes whole.

use super::Account;
use crate::erase::{Entries, Hand};
use crate::features::registered;
use crate::registered::Asks;
use crate::{Erasing, Failure, Office};
use std::collections::BTreeMap;
use yishi_kernel::{AccountId, Actor, EraseReason, PlaceId, StreamName, ValueAt};
use yishi_store::{Db, Fault, args, query, row};

/// Things that are erased in one append.
const AT_ONCE: usize = 100;

row! {
    Trace, from "private" {
        ledger: PlaceId,
        stream: String,
        version: u64,
        field: String,
    }
}

query! {
    TRACES: Trace => "where value like ?1",
        scans "who worked here is seldom erased, and may have done something to anything";
}

/// Values by their streams, and these by their ledgers.
type Values = BTreeMap<PlaceId, BTreeMap<StreamName, Vec<ValueAt>>>;

async fn traces(db: &Db, id: AccountId) -> Result<Values, Fault> {
    let mut all = Values::new();
    for Trace { ledger, stream, version, field } in TRACES.all(db, &args![format!("%{id}%")]).await? {
        let values = all.entry(ledger).or_default().entry(StreamName::stored(&stream)).or_default();
        values.push(ValueAt { version, field });
    }
    Ok(all)
}

impl Office {
    /// Erases the id of whose account a stream is from all that was done by it or names it, in
    /// every ledger, some things in one append and the next in another. What still passes on
    /// from there is passed on first, since the job for it holds the id.
    pub(crate) async fn erase_traces(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        stream: &StreamName,
        reason: EraseReason,
    ) -> Result<(), Failure> {
        let role = registered(stream)?.may(self, actor, ledger, stream, Asks::Erase).await?;
        let Some(id) = self.load::<Account>(ledger, stream).await?.must()?.id else { return Ok(()) };
        self.finish_endings_of(id).await?;
        self.shut_out(id).await?;
        self.forget_inbox(id).await?;
        let hand = Hand { account: actor.account, role, now: self.now() };
        for (at, mut streams) in traces(&self.db, id).await? {
            if at == ledger {
                streams.remove(stream);
            }
            let of = |(stream, values)| {
                (stream, Erasing { whose: Vec::new(), entries: Entries::Values(values), reason })
            };
            let parts: Vec<(StreamName, Erasing)> = streams.into_iter().map(of).collect();
            for some in parts.chunks(AT_ONCE) {
                self.carry_out(|| self.erase_by(at, some, &hand)).await?;
            }
        }
        Ok(())
    }
}
