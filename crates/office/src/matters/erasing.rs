//! Erasing what one neighbour gave, out of a matter that others may have joined too: by who
//! answers for the community, or by whoever holds the receipt. A whole matter with all its
//! receipts goes by [`Office::erase_matter`]. Whom it is about is known until it is closed, so that
//! they keep away from it, and goes then.

use super::reads::{entries_of, receipts_on, root_of};
use crate::erase::Entries;
use crate::{Erasing, Failure, Hand, Office};
use yishi_domain::matters::{ERASE_OWN, ERASE_SAID, How, Matter, MatterId, Receipt, ReceiptId, StageKind};
use yishi_kernel::record::Subject;
use yishi_kernel::{Actor, Claim, EraseReason, PlaceId, Stream as _, StreamName, may};

/// Kinds of entries in which whoever raised a matter speaks, in whatever version.
const SAID: [&str; 2] = ["matter.raised.", "matter.added."];

impl Office {
    /// Erases what came with one receipt, on its holder's wish: name and contact, what was said
    /// to an answer, and, where the matter was raised with it, the words and photos of that.
    /// Receipts of others, and what they are told, stay.
    ///
    /// # Errors
    /// When there is no such receipt, or the actor may not.
    pub async fn erase_receipt(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        receipt: ReceiptId,
        reason: EraseReason,
    ) -> Result<(), Failure> {
        let parts = self.given_with(ledger, receipt, reason).await?;
        self.erase_parts(actor, ledger, &parts).await
    }

    /// Erases what came with somebody's own receipt: name, contact and what was said to an
    /// answer at once, since they were given freely; what was raised as soon as it is closed and
    /// nobody works by it any more.
    ///
    /// # Errors
    /// When there is no such receipt, or somebody opened it for a neighbour and the matter is open.
    pub async fn erase_own(&self, actor: &Actor, ledger: PlaceId, receipt: ReceiptId) -> Result<(), Failure> {
        // Whoever has the link has the receipt.
        let holder = actor.showing(Claim::Receipt);
        self.carry_out(|| async {
            let now = self.now();
            let opened = self.load::<Receipt>(ledger, &receipt.into()).await?;
            let own = opened.must()?.matter;
            let carrier = root_of(&self.db, ledger, own).await?.unwrap_or(own);
            let carrier = self.load::<Matter>(ledger, &carrier.into()).await?;
            let carrier = carrier.must()?;
            let resource = carrier.resource(&self.path_of_matter(carrier).await?, &holder);
            let role = may(&holder, &ERASE_OWN, &resource, now)?;
            opened.must()?.is_erased_by_link(carrier.stage())?;
            let mut parts = self.given_with(ledger, receipt, EraseReason::Asked).await?;
            if may(&holder, &ERASE_SAID, &resource, now).is_err() {
                parts.retain(|(stream, _)| stream.kind() == Receipt::KIND);
            }
            self.erase_by(ledger, &parts, &Hand { account: holder.account, role, now }).await
        })
        .await
    }

    /// What goes of a matter with what its raiser takes back.
    pub(super) async fn of_raiser(&self, ledger: PlaceId, own: MatterId) -> Result<Vec<Subject>, Failure> {
        let carrier = root_of(&self.db, ledger, own).await?.unwrap_or(own);
        let carrier = self.load::<Matter>(ledger, &carrier.into()).await?;
        Ok(match carrier.must()?.stage() {
            StageKind::Closed => vec![Subject::Raiser, Subject::Case],
            _ => vec![Subject::Raiser],
        })
    }

    /// What belongs to whoever holds a receipt, in it and in the matter that was raised with it.
    async fn given_with(
        &self,
        ledger: PlaceId,
        receipt: ReceiptId,
        reason: EraseReason,
    ) -> Result<Vec<(StreamName, Erasing)>, Failure> {
        let opened = self.load::<Receipt>(ledger, &receipt.into()).await?;
        let opened = opened.must()?;
        let whose = self.of_raiser(ledger, opened.matter).await?;
        let of = |entries| Erasing { whose: whose.clone(), entries, reason };
        let mut parts = vec![(receipt.into(), of(Entries::All))];
        if opened.how == How::Raised {
            let stream = StreamName::from(opened.matter);
            let others = receipts_on(&self.db, ledger, opened.matter).await?;
            let entries = match others.iter().any(|other| *other != receipt) {
                // Nobody else is there whom the answer had a word for.
                false => Entries::All,
                true => {
                    let mut entries = entries_of(&self.db, ledger, &stream).await?;
                    entries.retain(|entry| SAID.iter().any(|kind| entry.kind.starts_with(kind)));
                    Entries::These(entries.into_iter().map(|entry| entry.version).collect())
                }
            };
            parts.push((stream, of(entries)));
        }
        Ok(parts)
    }
}
