//! A body that came signs the record (签字), or says why it does not: by an account of its own, or
//! as whoever keeps the record enters what was signed on paper.

use super::{Event, Refusal, SIGN, Scene, SignedHow};
use yishi_kernel::access::roles::STEERS;
use yishi_kernel::named::Named;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Command, Context, Decided, OrganisationId, Right, Stream as _};

/// Sign it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// For which body; the actor's own when absent.
    pub body: Option<OrganisationId>,
}

/// Say why a body does not sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refuse {
    /// Which; the actor's own when absent.
    pub body: Option<OrganisationId>,
    /// Why.
    pub reason: String,
}

impl Command for Sign {
    type On = Scene;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &SIGN
    }

    fn names(&self) -> Vec<Named> {
        Named::bodies("body", self.body)
    }

    fn decide(self, on: &Scene, (): &(), ctx: &Context) -> Result<Decided<Scene>, yishi_kernel::Refusal> {
        let (body, how) = for_whom(on, self.body, ctx)?;
        Ok(Decided::one(Event::Signed { body, how }))
    }
}

impl Command for Refuse {
    type On = Scene;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &SIGN
    }

    fn names(&self) -> Vec<Named> {
        Named::bodies("body", self.body)
    }

    fn decide(self, on: &Scene, (): &(), ctx: &Context) -> Result<Decided<Scene>, yishi_kernel::Refusal> {
        let (body, _) = for_whom(on, self.body, ctx)?;
        Ok(Decided::one(Event::Refused { body, reason: ctx.line("reason", &self.reason)? }))
    }
}

/// The body for which somebody signs, and how: each for its own, whoever keeps the record for any.
fn for_whom(
    scene: &Scene,
    named: Option<OrganisationId>,
    ctx: &Context,
) -> Result<(OrganisationId, SignedHow), yishi_kernel::Refusal> {
    let own = |body: &OrganisationId| acts_for(*body, ctx);
    let (body, how) = match named {
        None => (scene.unsigned().find(own).ok_or(Refusal::NotOwn)?, SignedHow::Account),
        Some(body) if own(&body) => (body, SignedHow::Account),
        Some(body) if keeps(scene, ctx) => (body, SignedHow::Paper),
        Some(_) => return Err(Refusal::NotOwn.into()),
    };
    match scene.came.get(&body) {
        None => Err(Refusal::NotOwn.into()),
        Some(Some(_)) => Err(Common::Exists.into()),
        Some(None) => Ok((body, how)),
    }
}

/// Whether somebody acts for a body: by a role of it, or, at the desk, as one of its people.
pub(super) fn acts_for(body: OrganisationId, ctx: &Context) -> bool {
    ctx.actor.current(ctx.now).any(|grant| grant.organisation == Some(body))
        || (!ctx.role.of_organisation() && ctx.actor.is_of(body))
}

/// Whether somebody keeps the record: the body that does, or the desks here.
pub(super) fn keeps(scene: &Scene, ctx: &Context) -> bool {
    let desk = STEERS.has(ctx.role) && !scene.resource(ctx.path, ctx.actor).keeps_away(ctx.actor);
    desk || scene.keeping().is_some_and(|body| acts_for(body, ctx))
}
