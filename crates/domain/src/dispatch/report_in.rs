//! A body reports in, or the community's own people sign for the work.

use super::{Event, Order, REPORT_IN, Refusal};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::refusal::{Common, optional};
use yishi_kernel::{Denied, OrganisationId, Right, Stream as _};

/// A body reports in, or signs for the work (报到、签收).
#[derive(Clone, Debug, PartialEq)]
pub struct ReportIn {
    /// Which; the actor's own, or the lead, when absent.
    pub organisation: Option<OrganisationId>,
    /// Who came, what was found; may be empty.
    pub note: String,
}

impl Command for ReportIn {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &REPORT_IN
    }

    fn decide(self, on: &Order, (): &(), ctx: &Context) -> Result<Decided<Order>, crate::Refusal> {
        let organisation = acting_for(on, self.organisation, ctx)?;
        let before = match organisation {
            Some(body) => on.arrived.contains_key(&body),
            None => on.signed.is_some(),
        };
        if before {
            return Err(Common::Exists.into());
        }
        if let Some(body) = organisation.filter(|body| on.parts.contains_key(body)) {
            on.open_part(body)?;
        }
        let note = optional(ctx.line("note", &self.note))?;
        Ok(Decided::one(Event::ReportedIn { organisation, note }))
    }
}

/// The body somebody acts for: one's own where one belongs to one of those called; else, at
/// the desk, the one named, or the lead. Whom the order concerns answers for nobody else.
pub(super) fn acting_for(
    order: &Order,
    named: Option<OrganisationId>,
    ctx: &Context,
) -> Result<Option<OrganisationId>, crate::Refusal> {
    if ctx.role.of_organisation() {
        let own = || ctx.actor.current(ctx.now).filter_map(|grant| grant.organisation);
        let found = own()
            .find(|body| Some(*body) == order.lead())
            .or_else(|| own().find(|body| order.parties.contains(body)));
        return found.map(Some).ok_or(Denied::Elsewhere.into());
    }
    if order.resource(ctx.path, ctx.actor).keeps_away(ctx.actor) {
        let called = order.lead().into_iter().chain(order.parties.iter().copied());
        let own = called.filter(|body| order.parties.contains(body)).find(|body| ctx.actor.is_of(*body));
        return match own {
            Some(own) if named.is_none_or(|named| named == own) => Ok(Some(own)),
            _ => Err(Denied::Concerned.into()),
        };
    }
    match named.or(order.lead()) {
        Some(body) if !order.parties.contains(&body) => Err(Refusal::NotCalled.into()),
        body => Ok(body),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dispatch::laws::world::*;
    use crate::dispatch::{Blow, OrderKind, OrderStage, OrderStep, WhistleKind};
    use crate::testing::body;
    use yishi_kernel::{Holder, HolderKey};

    #[test]
    fn work_is_signed_for_in_a_day_and_once() {
        let mut world = World::sent(OrderKind::Work, Holder::Organisation(body(MARKET)));
        let market = HolderKey::organisation(body(MARKET));
        assert_eq!(world.next(), (OrderStep::ReportIn, market.clone(), world.now.end_of_day_after(1)));
        assert_eq!(world.done(MARKET_STAFF).unwrap_err(), at(OrderStage::Sent), "signed for first");
        world.report_in(MARKET_STAFF).unwrap();
        assert_eq!(world.report_in(MARKET_STAFF).unwrap_err(), Common::Exists);
        assert_eq!(world.next(), (OrderStep::Finish, market, world.order().finish_by));
    }

    #[test]
    fn the_desk_enters_only_those_who_were_called() {
        let mut world = World::sent(OrderKind::Work, lamps());
        let enter = |of| ReportIn { organisation: Some(body(of)), note: String::new() };
        assert_eq!(world.act(WORKER, enter(SQUAD)).unwrap_err(), Refusal::NotCalled);
        world.act(WORKER, enter(LAMPS)).unwrap();
    }

    #[test]
    fn whom_an_order_concerns_answers_for_no_other_body() {
        let mut world = World::asked_of(body(LAMPS));
        let blow = Blow {
            whistle: WhistleKind::Hard,
            departments: vec![body(COMMITTEE)],
            lead: body(LAMPS),
            arrive_by: None,
            finish_by: world.now.plus_seconds(DAY),
        };
        world.act(STREET, blow).unwrap();
        let enter = |of| ReportIn { organisation: of, note: String::new() };
        assert_eq!(world.act(WORKER, enter(Some(body(LAMPS)))).unwrap_err(), Denied::Concerned);
        world.act(WORKER, enter(None)).unwrap();
        assert!(world.order().arrived.contains_key(&body(COMMITTEE)));
        assert_eq!(world.order().stage, OrderStage::Sent, "the lead has not come");
    }
}
