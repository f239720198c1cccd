//! The street rules whose a disputed order is; it is not disputed again.

use super::{Event, Order, OrderKind, RULE, Rules};
use crate::matters::stays_above;
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::named::Named;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Holder, Moment, Refusal, Right};

/// The street rules whose it is (裁定).
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Who leads from now on.
    pub holder: Holder,
    /// Why.
    pub reason: String,
    /// By when it must be done.
    pub finish_by: Moment,
}

impl Command for Rule {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &RULE
    }

    fn names(&self) -> Vec<Named> {
        Named::holder("holder", self.holder, None)
    }

    fn decide(self, on: &Order, (): &(), ctx: &Context) -> Result<Decided<Order>, Refusal> {
        if on.kind != OrderKind::Work && self.holder.organisation().is_none() {
            return Err(Common::NeedsOrganisation.into());
        }
        stays_above(self.holder, &on.about, on.desk, ctx)?;
        Ok(Decided::one(Event::Ruled {
            holder: self.holder,
            reason: ctx.note("reason", &self.reason)?,
            report_by: ctx.due(&ctx.section::<Rules>().sign).at,
            finish_by: ctx.future("finish", self.finish_by)?,
        }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dispatch::laws::world::*;
    use crate::dispatch::{Decline, OrderStage, OrderStep, OtherWay, WhistleKind};
    use crate::matters::Refusal::HolderConcerned;
    use crate::testing::{body, place};
    use yishi_kernel::access::About;
    use yishi_kernel::{Denied, HolderKey, Stream};

    #[test]
    fn what_went_above_because_of_the_committee_is_not_ruled_to_be_its_own_peoples() {
        let world = World::sent(OrderKind::Work, lamps());
        let mut order = Order { desk: place(1), ..world.order() };
        order.concerns(About { bodies: [body(COMMITTEE)].into(), ..About::default() });
        let finish_by = world.now.plus_seconds(DAY);
        let rule = |to| Rule { holder: Holder::Desk(place(to)), reason: text(), finish_by };
        let below = rule(2).decide(&order, &(), &world.ctx(STREET));
        assert_eq!(below.unwrap_err(), HolderConcerned);
        assert!(rule(1).decide(&order, &(), &world.ctx(STREET)).is_ok());
    }

    #[test]
    fn not_ours_is_ruled_on_by_the_street_in_two_days_and_not_said_again() {
        let mut world = World::asked();
        world.blow(STREET, WhistleKind::Hard).unwrap();
        world.dispute(LAMP_OFFICER).unwrap();
        let street = HolderKey::desk(place(1));
        assert_eq!(world.next(), (OrderStep::Rule, street, world.now.end_of_day_after(2)));
        assert_eq!(world.report_in(LAMP_OFFICER).unwrap_err(), at(OrderStage::Disputed));
        assert_eq!(world.blow(STREET, WhistleKind::Hard).unwrap_err(), at(OrderStage::Disputed));
        let decline = world.act(STREET, Decline { reason: text(), ways: vec![OtherWay::Own] });
        assert_eq!(decline.unwrap_err(), at(OrderStage::Disputed));
        assert_eq!(world.rule(STREET, own_people()).unwrap_err(), Common::NeedsOrganisation);
        let squad = Holder::Organisation(body(SQUAD));
        assert!(needs_another_role(world.rule(SECRETARY, squad)));
        world.rule(STREET, squad).unwrap();
        assert_eq!(world.next().1, HolderKey::organisation(body(SQUAD)));
        // Whoever it was taken from does not reach it any more.
        assert_eq!(world.report_in(LAMP_OFFICER).unwrap_err(), Denied::Elsewhere);
        assert_eq!(world.dispute(SQUAD_OFFICER).unwrap_err(), at(OrderStage::Sent));
        world.report_in(SQUAD_OFFICER).unwrap();
        world.done(SQUAD_OFFICER).unwrap();
        world.accept(WORKER).unwrap();
    }
}
