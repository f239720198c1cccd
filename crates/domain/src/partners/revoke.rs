//! Revoking a partner's token: it holds no more from then on (停用).

use super::{Event, KEEP, Partner};
use yishi_kernel::refusal::Common;
use yishi_kernel::{Command, Context, Decided, Refusal, Right};

/// Revoke it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revoke;

impl Command for Revoke {
    type On = Partner;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn decide(self, on: &Partner, (): &(), _: &Context) -> Result<Decided<Partner>, Refusal> {
        if on.revoked.is_some() {
            return Err(Common::Ended.into());
        }
        Ok(Decided::one(Event::Revoked {}))
    }
}
