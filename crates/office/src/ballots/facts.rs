//! What entering a result of owners must know, and confirming one: the meeting that recommended it.

use super::reads::STANDING;
use crate::{Case, Failure, Load};
use yishi_domain::ballots::{Asking, ConfirmResult, EnterResult, OwnersResult, Recommending};
use yishi_domain::meetings::Meeting;
use yishi_store::args;

impl Load<EnterResult> for Asking {
    async fn load(case: &mut Case<'_>, command: &EnterResult) -> Result<Self, Failure> {
        let meeting = case.must::<Meeting>(command.meeting).await?;
        case.lies_at(meeting.agenda.place).await?;
        let standing = case.find(&STANDING, &args![case.ledger, command.meeting, command.motion]).await?;
        Ok(Asking { meeting, others: standing.iter().sum() })
    }
}

impl Load<ConfirmResult> for Recommending {
    async fn load(case: &mut Case<'_>, _: &ConfirmResult) -> Result<Self, Failure> {
        let meeting = case.state::<OwnersResult>()?.meeting;
        Ok(Recommending { id: case.id()?, meeting: case.must::<Meeting>(meeting).await? })
    }
}
