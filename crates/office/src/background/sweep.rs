//! Sweeps files that no stream uses: photos of forms that were never sent, and photos that were
//! erased. A file that was put within the hour may belong to a form that is being filled in.

use super::{Repeated, Work};
use crate::Office;
use std::time::{Duration, SystemTime};
use yishi_store::duty::used;
use yishi_store::{Db, Fault};

/// How old a file must be.
const AGE: Duration = Duration::from_secs(3_600);
/// Files looked at in one go.
const AT_ONCE: usize = 2_000;

/// Sweeps unused files.
#[derive(Debug)]
pub(super) struct SweepFiles;

impl Repeated for SweepFiles {
    fn name(&self) -> &'static str {
        "sweep-files"
    }

    fn every(&self) -> Duration {
        Duration::from_secs(1_800)
    }

    fn run<'a>(&'a self, office: &'a Office) -> Work<'a> {
        Box::pin(async move {
            let Some(before) = SystemTime::now().checked_sub(AGE) else { return Ok(()) };
            Ok(sweep_unused(&office.db, before).await?)
        })
    }
}

/// Drops files that nobody has put since a moment and no stream uses, so many of them.
pub(crate) async fn sweep_unused(db: &Db, before: SystemTime) -> Result<(), Fault> {
    let old = db.old_blobs(before, AT_ONCE).await?;
    for some in old.chunks(200) {
        let used = used(db, some).await?;
        for digest in some.iter().filter(|digest| !used.contains(digest)) {
            db.drop_blob(digest, before).await?;
        }
    }
    Ok(())
}
