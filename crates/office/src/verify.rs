//! Verifying all that a store holds, as `yishi ledger verify` does: its entries and checkpoints,
//! what is known from outside, tables against entries, files against their names, and what
//! features count again. Nothing is written, and others may go on recording.

use crate::features::{DERIVED, RECOUNTS};
use crate::{Office, recount};
use yishi_store::verify::{Known, Report, examine};
use yishi_store::{Fault, Wrong, blobs, compare, noted};

impl Office {
    /// Verifies the store by itself, by what lies beside the keys, and by what somebody brings
    /// along who kept it elsewhere.
    pub async fn verify(&self, mut known: Known) -> Result<Report, Fault> {
        known.noted(self.keys.noted()?)?;
        known.erased.extend(self.keys.journal().read()?);
        let db = self.db.still().await?;
        let mut report = examine(&db, &known, self.now()).await?;
        // Where entries are not what was recorded, nothing follows from them.
        if !report.wrong.iter().any(|wrong| matches!(wrong, Wrong::Entry(_))) {
            report.wrong.extend(compare::compare(&db, &DERIVED).await?);
            report.wrong.extend(compare::marks(&db, &DERIVED).await?);
            report.wrong.extend(blobs::wrong_files(&db).await?);
            report.wrong.extend(recount::recount(&db, RECOUNTS).await?);
        }
        Ok(report)
    }

    /// What is wrong with the ledgers' keys: each is missing, does not read, or is another's.
    pub async fn wrong_keys(&self) -> Result<Vec<Fault>, Fault> {
        let mut wrong = self.keys.wrong(&yishi_store::ledgers::ledgers(&self.db).await?);
        wrong.extend(self.wrong_key_of_second_steps().await?);
        Ok(wrong)
    }

    /// What the store lacks of what lies beside the keys: it was emptied, shortened or replaced
    /// by an older one. Where nothing is lacking, what was not noted yet is noted.
    pub async fn behind(&self) -> Result<Vec<Wrong>, Fault> {
        let wrong = noted::behind(&self.db, &self.keys).await?;
        if wrong.is_empty() {
            noted::note_missing(&self.db, &self.keys).await?;
        }
        Ok(wrong)
    }
}
