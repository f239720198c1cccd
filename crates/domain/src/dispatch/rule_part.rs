//! The street rules on "not ours" of a body beside the lead: it stays, another one takes the part, or
//! nobody is needed for it. The rest of the whistle goes on meanwhile.

use super::{Event, Order, PartStage, RULE_PART, Refusal, Rules};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::named::Named;
use yishi_kernel::{OrganisationId, Right};

/// Rules whose a part is (协办裁定).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulePart {
    /// Who says that it is not theirs.
    pub organisation: OrganisationId,
    /// Whose it is from now on; none where it is not needed.
    pub to: Option<OrganisationId>,
    /// Why.
    pub reason: String,
}

impl Command for RulePart {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &RULE_PART
    }

    fn names(&self) -> Vec<Named> {
        Named::bodies("to", self.to)
    }

    fn decide(self, on: &Order, (): &(), ctx: &Context) -> Result<Decided<Order>, crate::Refusal> {
        let Self { organisation, to, reason } = self;
        let part = on.parts.get(&organisation).ok_or(Refusal::NotBeside)?;
        if !matches!(part.stage, PartStage::Disputed(_)) {
            return Err(Refusal::PartUndisputed.into());
        }
        let reason = ctx.note("reason", &reason)?;
        let report_by = ctx.due(&ctx.section::<Rules>().sign).at;
        let finish_by = part.own_day.filter(|day| *day > ctx.now);
        Ok(Decided::one(Event::PartRuled { organisation, to, reason, report_by, finish_by }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dispatch::laws::world::*;
    use crate::dispatch::{OrderStage, OrderStep};
    use crate::testing::{body, place};
    use yishi_kernel::{Denied, HolderKey, Stream as _};

    fn rule(to: Option<u128>) -> RulePart {
        RulePart { organisation: body(SQUAD), to: to.map(body), reason: text() }
    }

    fn disputed() -> World {
        let mut world = World::blown();
        world.dispute(SQUAD_OFFICER).unwrap();
        world
    }

    #[test]
    fn not_ours_of_one_beside_the_lead_stops_nobody_else() {
        let mut world = World::blown();
        let lead = world.next();
        assert_eq!(world.act(STREET, rule(None)).unwrap_err(), Refusal::PartUndisputed);
        world.dispute(SQUAD_OFFICER).unwrap();
        assert_eq!((world.next(), world.order().stage), (lead, OrderStage::Sent));
        let wait = world.order().part_wait(body(SQUAD)).unwrap();
        assert_eq!(wait.step(), Some(OrderStep::RulePart));
        assert_eq!((wait.holder, wait.due), (HolderKey::desk(place(1)), world.now.end_of_day_after(2)));
        let due = wait.due;
        assert_eq!(world.report_in(SQUAD_OFFICER).unwrap_err(), Refusal::PartDisputed(due));
        assert_eq!(world.dispute(SQUAD_OFFICER).unwrap_err(), Refusal::PartDisputed(due));
        world.report_in(LAMP_OFFICER).unwrap();
        world.done(LAMP_OFFICER).unwrap();
        world.accept(WORKER).unwrap();
    }

    #[test]
    fn the_street_alone_rules_and_whom_it_names_comes() {
        let mut world = disputed();
        assert!(needs_another_role(world.act(WORKER, rule(None))));
        world.act(STREET, rule(Some(SQUAD))).unwrap();
        assert_eq!(world.dispute(SQUAD_OFFICER).unwrap_err(), at(OrderStage::Sent), "ruled on");
        world.report_in(SQUAD_OFFICER).unwrap();

        let mut world = disputed();
        world.act(STREET, rule(Some(MARKET))).unwrap();
        assert_eq!(world.report_in(SQUAD_OFFICER).unwrap_err(), Denied::Elsewhere);
        world.report_in(MARKET_STAFF).unwrap();
        assert_eq!(world.order().lead(), Some(body(LAMPS)));

        let mut world = disputed();
        world.act(STREET, rule(None)).unwrap();
        assert_eq!(world.order().waits().len(), 1);

        // The lead does it as well.
        let mut world = disputed();
        world.act(STREET, rule(Some(LAMPS))).unwrap();
        assert!(world.order().parts.is_empty());
    }
}
