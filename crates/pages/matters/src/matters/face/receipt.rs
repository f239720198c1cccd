//! A receipt (回执) by its secret, with the matter it was opened on and the one that carries
//! it now. What its page says is the feature's.

use yishi_office::matters::reads::{MatterRow, ReceiptRow, matter, receipt_by_secret, root_of};
use yishi_office::places::reads::LedgerRow;
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
}

/// Looks up what a receipt's link leads to.
pub async fn held(cx: &Cx, slug: &str, secret: &str) -> Result<Held, Error> {
    let ledger = cx.ledger(slug).await?;
    let db = &cx.app.office.db;
    let receipt = receipt_by_secret(db, ledger.ledger, secret).await?.ok_or(Error::NotFound)?;
    let own = matter(db, ledger.ledger, receipt.matter).await?.ok_or(Error::NotFound)?;
    let root = root_of(db, ledger.ledger, own.id).await?.unwrap_or(own.id);
    let root = if root == own.id {
        own.clone()
    } else {
        matter(db, ledger.ledger, root).await?.ok_or(Error::NotFound)?
    };
    Ok(Held { ledger, receipt, own, root })
}
