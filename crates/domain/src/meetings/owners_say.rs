//! What a confirmed result of owners makes of the motion that was recommended to them (业主答复).
//! Whether it may be confirmed is judged over the result.

use super::events::Event;
use super::state::Meeting;
use crate::ballots::{Agreed, OwnersResultId, Refusal as Why};
use yishi_kernel::command::Effect;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Context, Refusal};

/// The owners decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OwnersSay {
    /// On which motion.
    pub motion: u32,
    /// By which result.
    pub result: OwnersResultId,
    /// What.
    pub agreed: Agreed,
}

impl Effect for OwnersSay {
    type On = Meeting;

    fn apply(&self, meeting: Option<&Meeting>, _ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let motion =
            meeting.and_then(|meeting| meeting.sitting.motion(self.motion)).ok_or(Common::Unknown)?;
        if !motion.awaits_owners() {
            return Err(Why::NotAwaited.into());
        }
        let Self { motion, result, agreed } = *self;
        Ok(vec![Event::OwnersSaid { motion, result, agreed }])
    }
}
