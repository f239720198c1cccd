//! Councils: their table, what pages and meetings look up, and what founding one must know.

mod facts;
pub mod reads;
pub mod roster;
pub(crate) mod tables;

use crate::erase::{Entries, Erasing};
use crate::ledgers::{EntryRow, entries_of};
use crate::{Failure, Office};
use serde_json::Value;
use yishi_domain::councils::CouncilId;
use yishi_kernel::record::Subject;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Actor, EraseReason, PlaceId};
use yishi_store::blobs;

/// The council of a place: one for each.
#[must_use]
pub fn council_of(place: PlaceId) -> CouncilId {
    CouncilId(blobs::id_of(format!("council/{place}").as_bytes()))
}

impl Office {
    /// Erases the name of somebody on the roll, on their wish. That there was such a member, and
    /// from when until when, stays.
    ///
    /// # Errors
    /// When there is no such member, or the actor may not.
    pub async fn erase_member(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        council: CouncilId,
        member: u32,
        reason: EraseReason,
    ) -> Result<(), Failure> {
        let is_it = |entry: &EntryRow| {
            entry.kind.starts_with("council.enrolled.")
                && entry.public.get("member").and_then(Value::as_u64) == Some(member.into())
        };
        let entries = entries_of(&self.db, ledger, &council.into()).await?;
        let version = entries.into_iter().find(is_it).ok_or(Common::Unknown)?.version;
        let what = Erasing { whose: vec![Subject::Speaker], entries: Entries::These(vec![version]), reason };
        self.erase(actor, ledger, &[council.into()], &what).await
    }
}
