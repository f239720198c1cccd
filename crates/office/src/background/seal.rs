//! The first follower: extends each ledger's tree over what was appended and signs a
//! checkpoint, within a second. Several ledgers are sealed in one transaction.

use super::{Follower, Grown, Work};
use crate::Office;
use yishi_kernel::Moment;
use yishi_store::sealer::sealing;

/// Seals what was appended.
#[derive(Debug)]
pub(super) struct Sealer;

impl Follower for Sealer {
    fn name(&self) -> &'static str {
        "sealer"
    }

    fn follow<'a>(&'a self, office: &'a Office, grown: &'a [Grown]) -> Work<'a> {
        Box::pin(async move {
            let now = Moment(jiff::Timestamp::now().as_microsecond());
            let mut statements = Vec::new();
            for one in grown {
                match sealing(&office.db, &office.keys, &one.keeper, now).await {
                    Ok(Some(sealing)) => {
                        statements.push(sealing.statement);
                        statements.push(one.followed(self.name(), sealing.size));
                    }
                    Ok(None) => statements.push(one.followed(self.name(), one.to)),
                    // One ledger's key is missing: the others are sealed all the same.
                    Err(fault) => tracing::error!(%fault, ledger = one.keeper.slug, "a ledger is not sealed"),
                }
            }
            Ok(office.db.execute(statements).await?)
        })
    }
}
