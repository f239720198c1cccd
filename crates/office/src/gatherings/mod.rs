//! Gatherings: their tables, what lists look up, what recording one must know, and whose the
//! receipts are that its lines bring. The link of such a receipt follows from it by the ledger's own
//! key, so that the slip can be printed again by whoever wrote the line, and no copy of the database
//! tells it.

mod facts;
pub mod reads;
pub(crate) mod tables;

use crate::matters::digest_of_supporter;
use crate::{FormKey, Office};
use yishi_domain::gatherings::{Said, Voice};
use yishi_domain::matters::{MatterId, Opening, Proof, ReceiptId};
use yishi_store::ledgers::LedgerRow;
use yishi_store::{Fault, blobs, word_of};

impl Office {
    /// A line that becomes a matter: ids and receipt follow from the form and the line's place in it.
    ///
    /// # Errors
    /// When the ledger's key cannot be read.
    pub fn line_raised(
        &self,
        ledger: &LedgerRow,
        form: &FormKey,
        row: usize,
        (text, consent): (String, String),
    ) -> Result<Said, Fault> {
        let voice = self.voice(ledger, form, row, consent)?;
        Ok(Said::Matter { id: MatterId(form.id(&format!("matter/{row}"))), text, voice })
    }

    /// A line that is a matter already, with one more voice.
    ///
    /// # Errors
    /// When the ledger's key cannot be read.
    pub fn line_known(
        &self,
        ledger: &LedgerRow,
        form: &FormKey,
        row: usize,
        (matter, consent): (MatterId, String),
    ) -> Result<Said, Fault> {
        Ok(Said::Known { matter, voice: self.voice(ledger, form, row, consent)? })
    }

    /// The secret of the link of a receipt that a line has brought.
    ///
    /// # Errors
    /// When the ledger's key cannot be read.
    pub fn secret_of_slip(&self, ledger: &LedgerRow, receipt: ReceiptId) -> Result<String, Fault> {
        let keyed = self.keys.keyed(ledger, "gathering-slip")?;
        Ok(word_of(&blobs::half_of(&keyed.digest(&receipt.to_string()))))
    }

    fn voice(&self, ledger: &LedgerRow, form: &FormKey, row: usize, consent: String) -> Result<Voice, Fault> {
        let receipt = ReceiptId(form.id(&format!("receipt/{row}")));
        let secret = self.secret_of_slip(ledger, receipt)?;
        // Nobody can tell this neighbour from another: each counts alone.
        let supporter = format!("neighbour/{}", form.secret(&format!("neighbour/{row}")));
        let opening = Opening {
            proof: Proof::Neighbour,
            secret: Some(blobs::digest_of(secret.as_bytes())),
            supporter: digest_of_supporter(ledger.ledger, &supporter),
            name: String::new(),
            contact: String::new(),
            consent: Some(consent),
        };
        Ok(Voice { receipt, opening })
    }
}
