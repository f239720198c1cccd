//! A second keeper of accounts confirms or declines what the first one asked for. What needs a
//! second one is said where it is asked for: giving a role, making a link.

use super::grant::{Scope, granted};
use super::invite::{Reach, invited, within_reach};
use super::{Account, AccountEvent, KEEP, Refusal, Weighty};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::{Resource, Right};

/// Confirms what another keeper asked for: it is done now (复核).
#[derive(Clone, Copy, Debug)]
pub struct Confirm;

/// What must be known of what was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Confirming {
    /// Where the role is to hold, where one is to be given.
    pub scope: Option<Scope>,
    /// Where the person's roles reach.
    pub reach: Reach,
}

impl Command for Confirm {
    type On = Account;
    type Facts = Confirming;

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn resource(&self, _on: &Account, facts: &Confirming, ctx: &Context) -> Resource {
        Resource::at(facts.scope.as_ref().map_or(ctx.path, |scope| &scope.path))
    }

    fn decide(
        self,
        on: &Account,
        facts: &Confirming,
        ctx: &Context,
    ) -> Result<Decided<Account>, crate::Refusal> {
        let asked = on.waiting(ctx.now).ok_or(Refusal::NothingWaits)?;
        if asked.by == ctx.actor.account {
            return Err(Refusal::SamePerson.into());
        }
        match (&asked.what, &facts.scope) {
            (Weighty::Grant(grant), Some(scope)) => Ok(Decided::one(granted(grant, scope))),
            (Weighty::Grant(_), None) => Err(Refusal::NothingWaits.into()),
            (Weighty::Invite, _) => {
                within_reach(&facts.reach, ctx)?;
                Ok(Decided::one(invited(ctx)))
            }
        }
    }
}

/// Declines it, or takes it back.
#[derive(Clone, Copy, Debug)]
pub struct Decline;

impl Command for Decline {
    type On = Account;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn decide(self, on: &Account, (): &(), ctx: &Context) -> Result<Decided<Account>, crate::Refusal> {
        on.waiting(ctx.now).ok_or(Refusal::NothingWaits)?;
        Ok(Decided::one(AccountEvent::Declined {}))
    }
}
