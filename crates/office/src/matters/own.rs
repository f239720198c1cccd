//! What one device or one resident has raised or joined 我的事: found by the digest that stands for
//! the device in each ledger, so that nobody but whoever has its word finds the same one in two of
//! them. Whether a device may show it is the pages' to say.

use super::digest_of_supporter;
use super::reads::ReceiptRow;
use crate::paging::{Key, MORE, Paged, below};
use yishi_domain::matters::{How, MatterId, ReceiptId};
use yishi_kernel::{AccountId, Moment, PlaceId};
use yishi_store::query::args_and_pairs;
use yishi_store::{Db, Fault, args, query, row};

row! {
    /// A receipt of one's own, with the ledger it is in.
    pub OwnReceipt {
        /// The ledger.
        ledger: PlaceId = "r.ledger",
        /// The receipt.
        id: ReceiptId = "r.id",
        /// When it was opened.
        opened: Moment = "r.opened",
        /// The matter it was opened on.
        matter: MatterId = "r.matter",
        /// The matter that carries that one.
        root: MatterId = "f.root",
        /// By raising or joining.
        how: How = "r.how",
        /// When its holder took it back.
        withdrawn: Option<Moment> = "r.withdrawn",
    }
}

query! {
    // Few ledgers, few receipts of each: from the device's digests to their receipts.
    OF_DEVICE: OwnReceipt => "from (values (?4, ?5), …) v cross join receipt r
         join family f on f.ledger = r.ledger and f.member = r.matter
         where r.ledger = v.column1 and r.supporter = v.column2 and (r.opened, r.id) < (?1, ?2)
         order by r.opened desc, r.id desc limit ?3", scans "one digest of the device a ledger";
    OF_ACCOUNT: OwnReceipt => "from receipt r join family f on f.ledger = r.ledger and f.member = r.matter
         where r.account = ?1 and (r.opened, r.id) < (?2, ?3)
         order by r.opened desc, r.id desc limit ?4", sorts "what one resident has said";
    IS_OF_DEVICE: i64 = "select count(*) from receipt where ledger = ?1 and id = ?2 and supporter = ?3";
}

/// The receipts that a device has in some ledgers, the latest first.
pub async fn of_device(
    db: &Db,
    ledgers: &[PlaceId],
    device: &str,
    before: Option<Key<ReceiptId>>,
) -> Result<Paged<OwnReceipt>, Fault> {
    if ledgers.is_empty() {
        return Ok(Paged { rows: Vec::new(), next: None });
    }
    let (opened, id) = below(before);
    let own = ledgers.iter().map(|ledger| (*ledger, digest_of_supporter(*ledger, &of(device))));
    let rows = OF_DEVICE.all(db, &args_and_pairs(args![opened, id, MORE], own)).await?;
    Ok(Paged::of(rows, |row| (row.opened, row.id)))
}

/// The receipts bound to an account, the latest first.
pub async fn of_account(
    db: &Db,
    account: AccountId,
    before: Option<Key<ReceiptId>>,
) -> Result<Paged<OwnReceipt>, Fault> {
    let (opened, id) = below(before);
    let rows = OF_ACCOUNT.all(db, &args![account, opened, id, MORE]).await?;
    Ok(Paged::of(rows, |row| (row.opened, row.id)))
}

/// Whether a receipt was opened from a device.
pub async fn is_of_device(
    db: &Db,
    ledger: PlaceId,
    receipt: &ReceiptRow,
    device: &str,
) -> Result<bool, Fault> {
    let own = digest_of_supporter(ledger, &of(device));
    Ok(IS_OF_DEVICE.first(db, &args![ledger, receipt.id, own]).await? == Some(1))
}

/// Whose voice a device is.
fn of(device: &str) -> String {
    format!("device/{device}")
}
