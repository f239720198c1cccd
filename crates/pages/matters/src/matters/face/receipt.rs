//! A receipt (回执) by its link or on a device that has it, with the matter it was opened on and the one that carries
//! it now. What its page says is the feature's.

use yishi_domain::matters::{KnownBy, ReceiptId, Refusal as Why};
use yishi_kernel::Refusal;
use yishi_office::matters::own::is_of_device;
use yishi_office::matters::reads::{
    MatterRow, ReceiptRow, link_ended, matter, receipt_by_id, receipt_by_secret, root_of,
};
use yishi_office::places::reads::LedgerRow;
use yishi_web::visitor::Keeps;
use yishi_web::{Cx, Error};

/// What a receipt's link leads to.
#[derive(Debug)]
pub struct Held {
    /// The ledger it is in.
    pub ledger: LedgerRow,
    /// The receipt.
    pub receipt: ReceiptRow,
    /// The matter it was opened on.
    pub own: MatterRow,
    /// The matter that carries it now.
    pub root: MatterRow,
    /// By what whoever asks is known to hold it.
    pub by: KnownBy,
}

/// Looks up what a receipt's link leads to: its secret or, on a device that has it, its id.
pub async fn held(cx: &Cx, slug: &str, key: &str) -> Result<Held, Error> {
    let ledger = cx.ledger(slug).await?;
    let (receipt, by) = match key.parse::<ReceiptId>() {
        Ok(id) => at_device(cx, &ledger, id).await?,
        Err(_) => (by_link(cx, &ledger, key).await?, KnownBy::Link),
    };
    let db = &cx.app.office.db;
    let own = matter(db, ledger.ledger, receipt.matter).await?.ok_or(Error::NotFound)?;
    let root = root_of(db, ledger.ledger, own.id).await?.unwrap_or(own.id);
    let root = if root == own.id {
        own.clone()
    } else {
        matter(db, ledger.ledger, root).await?.ok_or(Error::NotFound)?
    };
    Ok(Held { ledger, receipt, own, root, by })
}

/// The same by its link alone, for a paper that says the link.
pub async fn linked(cx: &Cx, slug: &str, secret: &str) -> Result<Held, Error> {
    let held = held(cx, slug, secret).await?;
    if held.by == KnownBy::Link { Ok(held) } else { Err(Error::NotFound) }
}

async fn by_link(cx: &Cx, ledger: &LedgerRow, secret: &str) -> Result<ReceiptRow, Error> {
    let db = &cx.app.office.db;
    match receipt_by_secret(db, ledger.ledger, secret).await? {
        Some(receipt) => Ok(receipt),
        None => Err(match link_ended(db, ledger.ledger, secret).await? {
            Some(at) => Refusal::from(Why::LinkEnded(at)).into(),
            None => Error::NotFound,
        }),
    }
}

/// A receipt without its link: where it was opened, by the account it is bound to, or where its
/// code was typed a while ago. Whether there is one at all is said to nobody else.
async fn at_device(cx: &Cx, ledger: &LedgerRow, id: ReceiptId) -> Result<(ReceiptRow, KnownBy), Error> {
    let office = &cx.app.office;
    let not_here = || Error::from(Refusal::from(Why::NotHere));
    let receipt = receipt_by_id(&office.db, ledger.ledger, id).await?.ok_or_else(not_here)?;
    if let (Keeps::Own, Some(device)) = (Keeps::of(cx), &cx.device)
        && is_of_device(&office.db, ledger.ledger, &receipt, device).await?
    {
        return Ok((receipt, KnownBy::Device));
    }
    let account = cx.staff.as_ref().and_then(|staff| staff.actor.account);
    if account.is_some() && account == receipt.account {
        return Ok((receipt, KnownBy::Device));
    }
    let passes = match &cx.pass {
        Some(pass) => office.passes(pass, ledger, receipt.id, receipt.reissued).unwrap_or_default(),
        None => false,
    };
    if passes { Ok((receipt, KnownBy::Code)) } else { Err(not_here()) }
}
