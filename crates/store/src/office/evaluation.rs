//! Calling back: those without a link, or who do not use it, are asked by somebody other than
//! whoever handled their matter.

use super::matters::Carried;
use super::{Batch, Failure, Office};
use yishi_domain::access::Claim;
use yishi_domain::context::{Context, Decision};
use yishi_domain::matters::{self, CallBack};
use yishi_domain::{Actor, PlaceId, ReceiptId};

impl Office {
    /// Records a call back and what was said in it; "not solved" takes the matter up again.
    ///
    /// # Errors
    /// By the handler, before an answer, or when this answer was evaluated already.
    pub async fn call_back(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        receipt: ReceiptId,
        call: CallBack,
    ) -> Result<(), Failure> {
        self.carry_out(|| async {
            let now = self.now();
            let Carried { mut of_receipt, root, mut of_matter, path } = self.carried(ledger, receipt).await?;
            let ctx = Context { now, actor, rules: &self.rules, path: &path, claim: Claim::None };
            let done = matters::call_back(&of_receipt.state, &of_matter.state, call.clone(), &ctx)?;
            let mut batch = Batch::new(ledger, now);
            batch.record(receipt, &mut of_receipt, Decision { role: done.role, events: done.receipt })?;
            match done.matter {
                Some(event) => {
                    batch.record(root, &mut of_matter, Decision { role: done.role, events: vec![event] })?;
                }
                None => batch.guard(&root.into(), of_matter.version),
            }
            Ok(self.append(batch).await?.done(()))
        })
        .await
    }
}
