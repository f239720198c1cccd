//! Another body is told of a danger: a gas company, the enforcement squad. The clock stays.

use super::{CALL, Danger, Event};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::named::Named;
use yishi_kernel::refusal::Common;
use yishi_kernel::{OrganisationId, Refusal, Right};

/// Tells another body (通知).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// Which.
    pub organisation: OrganisationId,
}

impl Command for Call {
    type On = Danger;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &CALL
    }

    fn names(&self) -> Vec<Named> {
        Named::bodies("organisation", [self.organisation])
    }

    fn decide(self, on: &Danger, (): &(), _: &Context) -> Result<Decided<Danger>, Refusal> {
        if on.called.contains(&self.organisation) {
            return Err(Common::Exists.into());
        }
        Ok(Decided::one(Event::Called { organisation: self.organisation }))
    }
}
