//! The code of a receipt 回执码: eight digits beside its number, by which whoever has lost the link
//! comes to it. It follows from the receipt by the ledger's own key and stands nowhere, so that a
//! copy of the database tells none. Each time the receipt is issued anew it is another one. How
//! often one may try is asked where it is typed.

use super::reads::{CODED, matter_by_number};
use crate::Office;
use std::fmt;
use yishi_domain::matters::{MatterId, ReceiptId};
use yishi_kernel::Moment;
use yishi_kernel::text::folded;
use yishi_store::ledgers::LedgerRow;
use yishi_store::{Fault, Keyed, args, blobs, word_of};

/// How many codes there are: eight digits.
const CODES: u64 = 100_000_000;
/// How long whoever typed a code has the receipt open, in seconds.
const OPEN: i64 = 2 * 60 * 60;

/// The code of a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code(u64);

impl Code {
    fn of(keyed: &Keyed, receipt: ReceiptId, reissued: u64) -> Self {
        let [a, b, c, d, e, f, g, h, ..] = keyed.digest(&format!("{receipt}/{reissued}"));
        Self(u64::from_be_bytes([a, b, c, d, e, f, g, h]) % CODES)
    }

    /// A code as somebody types it: full-width digits are digits, and what parts them is left out.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let digits: String = folded(text).chars().filter(|c| ![' ', '-', '.'].contains(c)).collect();
        let fits = digits.len() == 8 && digits.bytes().all(|digit| digit.is_ascii_digit());
        digits.parse().ok().filter(|_| fits).map(Self)
    }
}

impl fmt::Display for Code {
    /// In two halves, as one reads it aloud.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04} {:04}", self.0 / 10_000, self.0 % 10_000)
    }
}

impl Office {
    fn codes(&self, ledger: &LedgerRow) -> Result<Keyed, Fault> {
        self.keys.keyed(ledger, "receipt-code")
    }

    /// The code of a receipt that was issued anew so many times.
    ///
    /// # Errors
    /// When the ledger's key cannot be read.
    pub fn code_of(&self, ledger: &LedgerRow, receipt: ReceiptId, reissued: u64) -> Result<Code, Fault> {
        Ok(Code::of(&self.codes(ledger)?, receipt, reissued))
    }

    /// The receipt of this code on the matter of this number. For a number that nothing has, the
    /// same steps are taken.
    ///
    /// # Errors
    /// When the store fails, or the ledger's key cannot be read.
    pub async fn receipt_by_code(
        &self,
        ledger: &LedgerRow,
        number: i64,
        code: Code,
    ) -> Result<Option<(ReceiptId, u64)>, Fault> {
        let matter = matter_by_number(&self.db, ledger.ledger, number).await?;
        let matter = matter.map_or(MatterId(uuid::Uuid::nil()), |row| row.id);
        let keyed = self.codes(ledger)?;
        let receipts = CODED.all(&self.db, &args![ledger.ledger, matter]).await?;
        let found = receipts.iter().find(|one| Code::of(&keyed, one.id, one.reissued) == code);
        Ok(found.map(|one| (one.id, one.reissued)))
    }

    /// A pass for whoever has typed the code of a receipt: with it a browser has it open for two
    /// hours, and no longer than the code stands.
    ///
    /// # Errors
    /// When the ledger's key cannot be read.
    pub fn pass(&self, ledger: &LedgerRow, receipt: ReceiptId, reissued: u64) -> Result<String, Fault> {
        let until = self.now().plus_seconds(OPEN);
        let seal = seal_of_pass(&self.passes_of(ledger)?, receipt, reissued, until);
        Ok(format!("{receipt}.{}.{seal}", until.0))
    }

    /// Whether a pass opens this receipt now.
    ///
    /// # Errors
    /// When the ledger's key cannot be read.
    pub fn passes(
        &self,
        pass: &str,
        ledger: &LedgerRow,
        receipt: ReceiptId,
        reissued: u64,
    ) -> Result<bool, Fault> {
        let mut parts = pass.split('.');
        let (Some(id), Some(until), Some(seal)) = (parts.next(), parts.next(), parts.next()) else {
            return Ok(false);
        };
        let Ok(until) = until.parse().map(Moment) else { return Ok(false) };
        let fits = id == receipt.to_string() && self.now() < until;
        let keyed = self.passes_of(ledger)?;
        Ok(fits && keyed.same(seal, &seal_of_pass(&keyed, receipt, reissued, until)))
    }

    fn passes_of(&self, ledger: &LedgerRow) -> Result<Keyed, Fault> {
        self.keys.keyed(ledger, "receipt-pass")
    }
}

fn seal_of_pass(keyed: &Keyed, receipt: ReceiptId, reissued: u64, until: Moment) -> String {
    word_of(&blobs::half_of(&keyed.digest(&format!("{receipt}/{reissued}/{}", until.0))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_parted() {
        for text in ["0123 4567", "01234567", "０１２３ ４５６７", " 0123-4567 ", "01 23 45 67", "0123.4567"]
        {
            assert_eq!(Code::read(text).map(|code| code.to_string()), Some("0123 4567".to_owned()), "{text}");
        }
        for text in ["", "1234", "123456789", "0123456x", "+1234567", "一二三四五六七八"] {
            assert_eq!(Code::read(text), None, "{text}");
        }
    }
}
