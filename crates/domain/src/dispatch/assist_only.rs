//! The community refuses to lead what it only assists 协助事项不当主办, whoever made it the lead: the street
//! by sending it, or by ruling. It cites the item of its list; the street rules, once.

use super::{Event, Order, OrderKind, REFUSE_LEAD, Refusal, Rules};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::{Actor, Denied, Holder, Published, Right};

/// That the community refused to lead (不当主办).
#[derive(Clone, Debug, PartialEq)]
pub struct Assist {
    /// The item that it cited.
    pub item: Published,
    /// Who leads by the street's ruling on that, and why.
    pub ruling: Option<(Holder, Published)>,
}

/// Refuses to lead it (不当主办).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssistOnly {
    /// The item of the list, by which the community only assists.
    pub item: String,
}

impl Order {
    /// Whether the community leads: its own people, or its committee.
    #[must_use]
    pub fn is_led_by_community(&self, actor: &Actor) -> bool {
        let own = |body| actor.committees.iter().any(|committee| committee.id == body);
        self.kind != OrderKind::Letter && self.lead().is_none_or(own)
    }
}

impl Command for AssistOnly {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &REFUSE_LEAD
    }

    fn decide(self, on: &Order, (): &(), ctx: &Context) -> Result<Decided<Order>, crate::Refusal> {
        if !on.is_led_by_community(ctx.actor) {
            return Err(Refusal::NotLedHere.into());
        }
        // What the street ruled on that is carried out.
        if on.assist.is_some() {
            return Err(Denied::stage(on.stage).into());
        }
        let due = ctx.due(&ctx.section::<Rules>().dispute).at;
        Ok(Decided::one(Event::AssistOnly { item: ctx.line("item", &self.item)?, due }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dispatch::laws::world::*;
    use crate::dispatch::{OrderStage, OrderStep};
    use crate::testing::{body, place};
    use yishi_kernel::HolderKey;
    use yishi_kernel::refusal::Common;

    fn refuse() -> AssistOnly {
        AssistOnly { item: "协助事项第 12 项：违法建设巡查".to_owned() }
    }

    #[test]
    fn what_the_community_only_assists_it_does_not_lead_and_the_street_rules_once() {
        let mut world = World::sent(OrderKind::Work, own_people());
        assert!(needs_another_role(world.act(STREET, refuse())), "it is the community's to say");
        let silent = world.act(WORKER, AssistOnly { item: " ".to_owned() }).unwrap_err();
        assert!(matches!(silent.of(), Some(Common::Text { field: "item", .. })), "{silent:?}");
        world.act(WORKER, refuse()).unwrap();
        let street = HolderKey::desk(place(1));
        assert_eq!(world.next(), (OrderStep::Rule, street, world.now.end_of_day_after(2)));
        assert!(needs_another_role(world.rule(SECRETARY, lamps())), "not by whoever refused");
        world.rule(STREET, own_people()).unwrap();
        assert_eq!(world.act(WORKER, refuse()).unwrap_err(), at(OrderStage::Sent), "once");
        let assist = world.order().assist.unwrap();
        assert_eq!(assist.ruling, Some((own_people(), text().into())));
    }

    #[test]
    fn also_where_a_ruling_made_the_community_lead_and_not_where_somebody_else_does() {
        let mut world = World::sent(OrderKind::Work, lamps());
        assert_eq!(world.act(WORKER, refuse()).unwrap_err(), Refusal::NotLedHere);
        world.dispute(LAMP_OFFICER).unwrap();
        world.rule(STREET, own_people()).unwrap();
        world.act(WORKER, refuse()).unwrap();
        world.rule(STREET, Holder::Organisation(body(SQUAD))).unwrap();
        world.report_in(SQUAD_OFFICER).unwrap();
    }
}
