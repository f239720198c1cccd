//! Ruling on an exclusion (裁定剔除): an officer of the street who has not handled the matter, and is
//! another one than asked, or than ruled before.

use super::{Event, Exclusion, ExclusionClass, RULE};
use crate::matters::Carrier;
use yishi_kernel::{Command, Context, Decided, Refusal, Resource, Right, Sealed, Stream as _};

/// Leaves it out (准予剔除).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Of which class it is, whatever was said.
    pub class: ExclusionClass,
    /// Why, for everyone to read.
    pub reason: String,
}

/// Lets it count (不予剔除).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refuse {
    /// Why, for everyone to read.
    pub reason: String,
}

/// Whoever worked on the matter rules no more on it than whoever asked.
fn ruled_over(on: &Exclusion, facts: &Carrier, ctx: &Context) -> Resource {
    let mut resource = on.resource(ctx.path, ctx.actor);
    resource.handlers.extend(facts.matter.handlers.iter().filter_map(Sealed::get));
    resource
}

impl Command for Grant {
    type On = Exclusion;
    type Facts = Carrier;

    fn right(&self) -> &'static Right {
        &RULE
    }

    fn resource(&self, on: &Exclusion, facts: &Carrier, ctx: &Context) -> Resource {
        ruled_over(on, facts, ctx)
    }

    fn decide(self, _: &Exclusion, _: &Carrier, ctx: &Context) -> Result<Decided<Exclusion>, Refusal> {
        Ok(Decided::one(Event::Granted { class: self.class, reason: ctx.line("reason", &self.reason)? }))
    }
}

impl Command for Refuse {
    type On = Exclusion;
    type Facts = Carrier;

    fn right(&self) -> &'static Right {
        &RULE
    }

    fn resource(&self, on: &Exclusion, facts: &Carrier, ctx: &Context) -> Resource {
        ruled_over(on, facts, ctx)
    }

    fn decide(self, _: &Exclusion, _: &Carrier, ctx: &Context) -> Result<Decided<Exclusion>, Refusal> {
        Ok(Decided::one(Event::Refused { reason: ctx.line("reason", &self.reason)? }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::exclusion::ExclusionStage;
    use crate::exclusion::laws::world::*;
    use crate::testing::account;
    use yishi_kernel::Denied;

    #[test]
    fn another_role_rules_and_nobody_who_worked_on_the_matter() {
        let mut world = World::new();
        world.ask(WORKER).unwrap();
        for who in [WORKER, SECRETARY, LAMPS] {
            assert!(needs_another_role(world.grant(who)), "{who}");
        }
        world.facts.carrier.matter.handlers = vec![Sealed::Kept(account(STREET))];
        assert_eq!(world.grant(STREET).unwrap_err(), Denied::Handler);
        world.grant(HEAD).unwrap();
        assert_eq!(world.exclusion().excludes(), Some(ExclusionClass::LegalChannel), "as the street says");
        assert_eq!(world.refuse(HEAD).unwrap_err(), Denied::Handler);
    }

    #[test]
    fn what_is_refused_counts_and_is_at_its_end() {
        let mut world = World::new();
        world.ask(WORKER).unwrap();
        world.refuse(STREET).unwrap();
        let exclusion = world.exclusion();
        assert_eq!((exclusion.stage, exclusion.excludes()), (ExclusionStage::Refused, None));
        assert!(exclusion.waits().is_empty());
        assert_eq!(world.grant(HEAD).unwrap_err(), Denied::stage(ExclusionStage::Refused));
    }
}
