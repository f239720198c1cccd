//! The street whistles: departments are called and reach the order from then on.

use super::ordered::called;
use super::{BLOW, Event, Order, Rules, WhistleKind};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::named::Named;
use yishi_kernel::{Moment, OrganisationId, Refusal, Right};

/// The street whistles (吹哨).
#[derive(Clone, Debug, PartialEq)]
pub struct Blow {
    /// Why.
    pub whistle: WhistleKind,
    /// Departments called, beside the lead.
    pub departments: Vec<OrganisationId>,
    /// Which of them leads.
    pub lead: OrganisationId,
    /// By when each reports in; by the rules when absent.
    pub arrive_by: Option<Moment>,
    /// By when it must be done.
    pub finish_by: Moment,
}

impl Command for Blow {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &BLOW
    }

    fn names(&self) -> Vec<Named> {
        let called = Named::bodies("departments", self.departments.iter().copied());
        called.into_iter().chain(Named::bodies("lead", [self.lead])).collect()
    }

    fn decide(self, _on: &Order, (): &(), ctx: &Context) -> Result<Decided<Order>, Refusal> {
        let finish_by = ctx.future("finish", self.finish_by)?;
        // What is done within hours begins within them.
        let by_rules = ctx.due(ctx.section::<Rules>().arrival(self.whistle)).at.min(finish_by);
        Ok(Decided::one(Event::Blown {
            whistle: self.whistle,
            departments: called(&self.departments, self.lead),
            lead: self.lead,
            arrive_by: ctx.future("arrive", self.arrive_by.unwrap_or(by_rules))?,
            finish_by,
        }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dispatch::laws::world::*;
    use crate::dispatch::{Accept, Done, OrderStage, OrderStep, Refusal::OnlyLead};
    use crate::testing::{body, place};
    use yishi_kernel::{Denied, HolderKey, Stream};

    #[test]
    fn only_the_street_whistles_and_departments_are_reached_from_then_on() {
        let mut world = World::asked();
        let street = HolderKey::desk(place(1));
        assert_eq!(world.next(), (OrderStep::Blow, street, world.now.end_of_day_after(1)));
        for who in [WORKER, COLLEAGUE, SECRETARY, LAMP_OFFICER, MARKET_STAFF] {
            assert!(needs_another_role(world.blow(who, WhistleKind::Hard)), "{who}");
        }
        assert_eq!(world.report_in(LAMP_OFFICER).unwrap_err(), Denied::Elsewhere, "only asked for");
        let ruling = world.rule(STREET, lamps());
        assert_eq!(ruling.unwrap_err(), at(OrderStage::Asked), "a ruling is no whistle");
        world.blow(STREET, WhistleKind::Emergency).unwrap();
        assert_eq!(world.next().2, world.now.plus_seconds(30 * 60));
        assert_eq!(world.blow(STREET, WhistleKind::Hard).unwrap_err(), at(OrderStage::Sent), "once");
        assert_eq!(world.report_in(MARKET_STAFF).unwrap_err(), Denied::Elsewhere);
        // A department that does not lead reports in, and the lead is still awaited.
        let awaited = |world: &World| world.order().waits().len();
        assert_eq!(awaited(&world), 2);
        world.report_in(SQUAD_OFFICER).unwrap();
        assert_eq!((world.order().stage, awaited(&world)), (OrderStage::Sent, 2), "and has its own part");
        world.report_in(LAMP_OFFICER).unwrap();
        assert_eq!(world.order().stage, OrderStage::InWork);
        assert!(world.order().arrived.contains_key(&body(SQUAD)));
        let done = Done { note: "三盏全亮".to_owned(), photos: Vec::new() };
        assert_eq!(world.act(SQUAD_OFFICER, done.clone()).unwrap_err(), OnlyLead);
        world.act(LAMP_OFFICER, done).unwrap();
        assert!(needs_another_role(world.act(LAMP_OFFICER, Accept { note: String::new() })));
        world.accept(SECRETARY).unwrap();
    }

    #[test]
    fn each_kind_has_its_time_to_arrive() {
        let times = [
            (WhistleKind::Hard, START.end_of_day_after(2)),
            (WhistleKind::Enforcement, START.end_of_day_after(1)),
            (WhistleKind::Emergency, START.plus_seconds(1_800)),
        ];
        for (kind, arrive_by) in times {
            let mut world = World::asked();
            world.blow(STREET, kind).unwrap();
            assert_eq!(world.order().report_by, arrive_by);
        }
    }
}
