//! Verifying all that a store holds, as `yishi ledger verify` does: its entries and checkpoints,
//! what is known from outside, tables against entries, files against their names, and what
//! features count again. Nothing is written, and others may go on recording.

use crate::features::{DERIVED, RECOUNTS};
use crate::places::reads::place;
use crate::{Office, recount};
use yishi_store::ledgers::{LedgerRow, ledgers, path_of};
use yishi_store::verify::{Known, Report, examine, wrong_times};
use yishi_store::{Db, Fault, Wrong, blobs, compare, noted};

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
            report.wrong.extend(elsewhere(&db).await?);
        }
        Ok(report)
    }

    /// What is wrong where the store lies, once it was verified: a head or a checkpoint of
    /// another time, another ledger's key, a list or a journal that was lost. Whoever verifies a copy may have
    /// no keys, and then nothing is missing beside them.
    pub async fn wrong_beside(&self, report: &Report) -> Result<Vec<Wrong>, Fault> {
        let rows = ledgers(&self.db).await?;
        let mut wrong = wrong_times(&self.db.still().await?, self.now()).await?;
        let other =
            |(row, other): (&LedgerRow, String)| Wrong::OtherKey { origin: row.origin.clone(), other };
        wrong.extend(self.keys.others(&rows).into_iter().map(other));
        if !self.keys.are_kept(&rows) {
            return Ok(wrong);
        }
        let noted = self.keys.noted()?;
        let list = self.keys.noted_at().display().to_string();
        for one in report.ledgers.iter().filter(|one| one.sealed > 0) {
            if noted.iter().all(|noted| noted.origin != one.origin) {
                wrong.push(Wrong::Unnoted { origin: one.origin.clone(), list: list.clone() });
            }
        }
        let journal = self.keys.journal();
        if report.amended && !journal.path().exists() {
            wrong.push(Wrong::NoJournal { journal: journal.path().display().to_string() });
        }
        Ok(wrong)
    }

    /// What is wrong with the ledgers' keys: each is missing, does not read, or is another's.
    pub async fn wrong_keys(&self) -> Result<Vec<Fault>, Fault> {
        let mut wrong = self.keys.wrong(&ledgers(&self.db).await?);
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

/// Ledgers that are found elsewhere than their own places lie.
async fn elsewhere(db: &Db) -> Result<Vec<Wrong>, Fault> {
    let mut wrong = Vec::new();
    for row in ledgers(db).await? {
        let own = place(db, row.ledger).await?.map(|place| place.path);
        if own.is_some() && path_of(db, row.ledger).await? != own {
            wrong.push(Wrong::Path { origin: row.origin });
        }
    }
    Ok(wrong)
}
