//! Going on after the street declined 另行派出、再次请求: what it was about is sent by another way, or the
//! street is asked again with what is new. What was agreed in a meeting is free for that like any other.
//! The declined order stays as it is, and each names the other.

use super::{Desks, Event, GO_ON, Order, OrderId, OrderKind, Ordered, Refusal, Source, To, WhistleKind};
use crate::ballots::Leave;
use crate::matters::{StageKind, ToHold};
use yishi_kernel::named::Named;
use yishi_kernel::{
    AccountId, Command, Context, Decided, Denied, Holder, Moment, OrganisationId, Resource, Right,
};

/// What going on must know.
#[derive(Clone, Debug, PartialEq)]
pub struct GoingOn {
    /// The declined order itself.
    pub id: OrderId,
    /// The one by which it goes on.
    pub next: OrderId,
    /// Where the matter stands that it comes from, where it comes from one.
    pub matter: Option<StageKind>,
    /// Whoever is to do it, as far as that is a person.
    pub to: ToHold,
    /// By which class of limits its day follows, where somebody chose one.
    pub limited: Option<Event>,
}

impl GoingOn {
    fn on(
        self,
        order: &Order,
        (kind, to): (OrderKind, To),
        finish_by: Moment,
        ctx: &Context,
    ) -> Result<Decided<Order>, crate::Refusal> {
        // What an emergency frees leaves by its own way.
        if matches!(order.leave, Some(Leave::Emergency(_))) {
            return Err(Denied::stage(order.stage).into());
        }
        if let Some(stage) = self.matter.filter(|stage| *stage != StageKind::InHand) {
            return Err(Denied::stage(stage).into());
        }
        if order.went_on.contains_key(&kind) {
            return Err(Refusal::WentOn.into());
        }
        let at = Resource { desk: Some(order.desk), ..Resource::at(ctx.path) }.concerning(&order.about);
        self.to.must_not_keep_away(&at)?;
        let ordered = Ordered {
            source: order.source,
            desks: Desks { place: order.place, desk: order.desk, street: order.street },
            about: match order.source {
                Source::Matter(_) => order.about.bodies.first().copied(),
                Source::Action { .. } => None,
            },
            decides: order.decides.clone(),
            leave: order.leave,
            task: order.task.clone(),
            to,
            finish_by,
            after: Some(self.id),
            limited: self.limited,
        };
        Ok(Decided::one(Event::GoneOn { order: kind, next: self.next }).and(self.next, ordered))
    }
}

/// Sends it by another way (另行派出).
#[derive(Clone, Debug, PartialEq)]
pub struct SendInstead {
    /// Work or a letter.
    pub kind: OrderKind,
    /// Who is to do it.
    pub holder: Holder,
    /// The person, when a person is to.
    pub person: Option<AccountId>,
    /// By when it must be done.
    pub finish_by: Moment,
}

impl Command for SendInstead {
    type On = Order;
    type Facts = GoingOn;

    fn right(&self) -> &'static Right {
        &GO_ON
    }

    fn names(&self) -> Vec<Named> {
        Named::holder("holder", self.holder, self.person)
    }

    fn decide(self, on: &Order, facts: &GoingOn, ctx: &Context) -> Result<Decided<Order>, crate::Refusal> {
        let Self { kind, holder, person, finish_by } = self;
        facts.clone().on(on, (kind, To::Sent { kind, holder, person }), finish_by, ctx)
    }
}

/// Asks the street again (再次请求吹哨).
#[derive(Clone, Debug, PartialEq)]
pub struct AskAgain {
    /// What is new since the street declined, for everyone to read.
    pub reason: String,
    /// Why the street should whistle.
    pub whistle: WhistleKind,
    /// Departments asked for, beside the lead.
    pub departments: Vec<OrganisationId>,
    /// Which of them leads.
    pub lead: OrganisationId,
    /// By when it should be done.
    pub finish_by: Moment,
}

impl Command for AskAgain {
    type On = Order;
    type Facts = GoingOn;

    fn right(&self) -> &'static Right {
        &GO_ON
    }

    fn names(&self) -> Vec<Named> {
        let called = Named::bodies("departments", self.departments.iter().copied());
        called.into_iter().chain(Named::bodies("lead", [self.lead])).collect()
    }

    fn decide(self, on: &Order, facts: &GoingOn, ctx: &Context) -> Result<Decided<Order>, crate::Refusal> {
        let Self { reason, whistle, departments, lead, finish_by } = self;
        if on.asked.as_deref().is_some_and(|before| words(before) == words(&reason)) {
            return Err(Refusal::NothingNew.into());
        }
        let to = To::Asked { whistle, reason, departments, lead };
        facts.clone().on(on, (OrderKind::Whistle, to), finish_by, ctx)
    }
}

/// What a text says, whatever stands between.
fn words(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::dispatch::laws::world::*;
    use crate::dispatch::{Decline, OrderStage, OtherWay};
    use crate::testing::body;
    use uuid::Uuid;
    use yishi_kernel::refusal::Common;

    fn declined() -> World {
        let mut world = World::asked();
        world.act(STREET, Decline { reason: text(), ways: vec![OtherWay::Letter, OtherWay::Own] }).unwrap();
        world
    }

    fn facts(matter: StageKind) -> GoingOn {
        let id = |n| OrderId(Uuid::from_u128(n));
        GoingOn { id: id(4_000), next: id(4_001), matter: Some(matter), to: ToHold::default(), limited: None }
    }

    fn again(world: &World, reason: &str) -> AskAgain {
        AskAgain {
            reason: reason.to_owned(),
            whistle: WhistleKind::Hard,
            departments: vec![body(SQUAD)],
            lead: body(LAMPS),
            finish_by: world.now.plus_seconds(9 * DAY),
        }
    }

    #[test]
    fn the_street_is_asked_again_only_with_what_is_new() {
        let world = declined();
        let (order, ctx) = (world.order(), world.ctx(WORKER));
        assert_eq!(order.ways.len(), 2);
        let ask = |text: &str| again(&world, text).decide(&order, &facts(StageKind::InHand), &ctx);
        // The same with other marks is the same.
        assert_eq!(ask("社区，无权 处置。").unwrap_err(), Refusal::NothingNew);
        let decided = ask("昨晚又有两位老人摔倒").unwrap();
        assert!(matches!(decided.events[..], [Event::GoneOn { order: OrderKind::Whistle, .. }]));
        assert_eq!(decided.also.len(), 1);
        let closed = again(&world, "又有人摔倒").decide(&order, &facts(StageKind::Closed), &ctx);
        assert_eq!(closed.unwrap_err(), Denied::stage(StageKind::Closed));
    }

    #[test]
    fn what_was_declined_goes_on_once_by_each_way_and_only_once_it_was_declined() {
        let mut world = declined();
        let instead = SendInstead {
            kind: OrderKind::Letter,
            holder: lamps(),
            person: None,
            finish_by: world.now.plus_seconds(9 * DAY),
        };
        world.act_knowing(WORKER, instead.clone(), &facts(StageKind::InHand)).unwrap();
        let order = world.order();
        assert_eq!((order.stage, order.went_on.len()), (OrderStage::Declined, 1));
        let twice = world.act_knowing(WORKER, instead.clone(), &facts(StageKind::InHand));
        assert_eq!(twice.unwrap_err(), Refusal::WentOn);
        let anew = again(&world, "又有人摔倒");
        let other = GoingOn { next: OrderId(Uuid::from_u128(4_002)), ..facts(StageKind::InHand) };
        world.act_knowing(WORKER, anew, &other).unwrap();
        let mut open = World::asked();
        let early = open.act_knowing(WORKER, instead, &facts(StageKind::InHand));
        assert_eq!(early.unwrap_err(), at(OrderStage::Asked));
    }

    #[test]
    fn an_empty_word_of_what_is_new_is_none() {
        let mut world = declined();
        let silent = world.act_knowing(WORKER, again(&world, ""), &facts(StageKind::InHand));
        let silent = silent.unwrap_err();
        assert!(matches!(silent.of(), Some(Common::Text { field: "reason", .. })), "{silent:?}");
    }

    #[test]
    fn a_matter_whose_whistle_was_declined_is_not_asked_for_anew() {
        let world = World::new();
        let before = crate::dispatch::Origin { declined: Some(facts(StageKind::InHand).id), ..origin() };
        let ask = ask(world.now.plus_seconds(DAY));
        let refused = yishi_kernel::Start::start(ask, &before, &world.ctx(WORKER));
        assert_eq!(refused.unwrap_err(), Refusal::AskedBefore);
    }
}
