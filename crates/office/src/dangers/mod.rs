//! Dangers: their tables, what lists look up, what commands about them must know, and how they go
//! up a desk by themselves.

pub(crate) mod audit;
pub(crate) mod facts;
pub mod reads;
pub mod tables;
mod up;

pub(crate) use up::TakeUp;

use crate::matters::reads::root_of;
use crate::{Failure, Office};
use reads::open_of;
use yishi_domain::dangers::{Danger, DangerId, Refusal, Report, ReportAgain, Reporter, Risk};
use yishi_domain::matters::MatterId;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Actor, Claim, PlaceId};

impl Office {
    /// Marks a matter as dangerous: one that has an open danger already is reported once more, and
    /// keeps the earlier clock.
    ///
    /// # Errors
    /// When there is no such matter, it is at its end, or the actor may not.
    pub async fn report_danger(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        matter: MatterId,
        risk: Risk,
    ) -> Result<(), Failure> {
        let root = root_of(&self.db, ledger, matter).await?.ok_or(Common::Unknown)?;
        let by = match actor.claim {
            Claim::Receipt => Reporter::Holder,
            Claim::Seat | Claim::None => Reporter::AtWork,
        };
        let own = DangerId(self.id_of("danger"));
        let stands = self.load::<Danger>(ledger, &own.into()).await?.version > 0;
        if !stands && let Some(open) = open_of(&self.db, ledger, root).await?.first() {
            return self.act(actor, ledger, open.id, ReportAgain { by, risk }).await;
        }
        match self.start_by_form(actor, ledger, own, Report { by, matter: root, risk }).await {
            // Somebody else did at the same moment.
            Err(Failure::Refused(why)) if why.of() == Some(&Refusal::IsOpen) => {
                match open_of(&self.db, ledger, root).await?.first() {
                    Some(open) => self.act(actor, ledger, open.id, ReportAgain { by, risk }).await,
                    None => Err(why.into()),
                }
            }
            done => done,
        }
    }
}
