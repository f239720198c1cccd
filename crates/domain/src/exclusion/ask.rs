//! Asking that a matter be left out of the rates (申请剔除): by whoever handles it, once, while it is in
//! hand or its answer is being evaluated.

use super::{ASK, Event, Exclusion, ExclusionClass, Refusal, Rules};
use crate::matters::{Carrier, MatterId, StageKind};
use yishi_kernel::{Context, Decided, Denied, Holder, PlaceId, Resource, Right, Start};

/// Asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The matter.
    pub matter: MatterId,
    /// Of which class it is said to be.
    pub class: ExclusionClass,
    /// Why, for everyone to read.
    pub reason: String,
}

/// What asking must know.
#[derive(Clone, Debug, PartialEq)]
pub struct Handled {
    /// The matter as it stands.
    pub carrier: Carrier,
    /// The street's desk over it.
    pub street: PlaceId,
}

impl Start for Ask {
    type Of = Exclusion;
    type Facts = Handled;

    fn right(&self) -> &'static Right {
        &ASK
    }

    /// Bodies reach what they hold, the community what lies there.
    fn resource(&self, facts: &Handled, ctx: &Context) -> Resource {
        Resource { stage: None, ..facts.carrier.resource(ctx.actor) }
    }

    fn start(self, facts: &Handled, ctx: &Context) -> Result<Decided<Exclusion>, yishi_kernel::Refusal> {
        let Handled { carrier: Carrier { matter, .. }, street } = facts;
        match matter.stage() {
            StageKind::InHand | StageKind::Answered => {}
            stage @ (StageKind::Raised | StageKind::Closed | StageKind::Merged) => {
                return Err(Denied::stage(stage).into());
            }
        }
        if matter.desk == *street || matter.holder == Holder::Desk(*street) {
            return Err(Refusal::StreetsOwn.into());
        }
        Ok(Decided::one(Event::Asked {
            matter: self.matter,
            place: matter.place,
            street: *street,
            class: self.class,
            reason: ctx.line("reason", &self.reason)?,
            due: ctx.due(&ctx.section::<Rules>().rule).at,
            rules: ctx.rules.digest().to_owned(),
        }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::exclusion::laws::world::*;
    use crate::exclusion::{ExclusionStage, ExclusionStep};
    use crate::testing::{body, place};
    use yishi_kernel::{HolderKey, Stream as _};

    #[test]
    fn whoever_handles_it_asks_and_the_street_rules_by_a_day() {
        let mut world = World::new();
        assert!(needs_another_role(world.ask(STREET)), "nobody here is above the street");
        assert_eq!(world.ask(SQUAD).unwrap_err(), Denied::Elsewhere, "another body's");
        world.ask(WORKER).unwrap();
        let exclusion = world.exclusion();
        assert_eq!(exclusion.stage, ExclusionStage::Asked);
        assert_eq!(exclusion.excludes(), None, "it counts meanwhile");
        let [wait] = &exclusion.waits()[..] else { panic!("it waits") };
        assert_eq!(wait.step::<ExclusionStep>(), Some(ExclusionStep::Rule));
        assert_eq!((&wait.holder, wait.due), (&HolderKey::desk(place(1)), world.now.end_of_day_after(5)));
    }

    #[test]
    fn a_body_asks_for_what_it_holds_and_not_for_what_is_about_it() {
        let mut world = World::new();
        world.facts.carrier.matter.holder = Holder::Organisation(body(LAMPS_BODY));
        world.ask(LAMPS).unwrap();
        let mut world = World::new();
        world.facts.carrier.matter.holder = Holder::Organisation(body(LAMPS_BODY));
        world.facts.carrier.matter.about = Some(body(LAMPS_BODY));
        assert_eq!(world.ask(LAMPS).unwrap_err(), Denied::Concerned);
    }

    #[test]
    fn what_nobody_works_on_what_is_closed_and_what_the_street_handles_is_not_asked_for() {
        for stage in [StageKind::Raised, StageKind::Closed] {
            let mut world = World::new();
            world.facts.carrier.matter.own_stage = stage;
            assert_eq!(world.ask(WORKER).unwrap_err(), Denied::stage(stage));
        }
        let mut world = World::new();
        world.facts.carrier.matter.holder = Holder::Desk(place(1));
        assert_eq!(world.ask(WORKER).unwrap_err(), Refusal::StreetsOwn);
    }

    #[test]
    fn the_reason_is_for_everyone_and_names_nobody() {
        let mut world = World::new();
        assert!(world.ask_because(WORKER, " ").is_err());
        assert!(world.ask_because(WORKER, "致电 13800138000 核实").is_err());
    }
}
