//! Classes of limits 时限类别: whoever sends, asks or whistles chooses one of four, and by when it is to be
//! done follows from it through the calendar in force; another day only with a reason, which everyone
//! reads. What a meeting agreed, or an emergency frees, has a day of its own.

use super::{Ask, AskAgain, Blow, Event, GoingOn, LimitClass, Order, Origin, Rules, Send, SendInstead};
use yishi_kernel::named::Named;
use yishi_kernel::{Command, Context, Decided, Moment, Refusal, Resource, Right, Start};

/// What is dispatched, by a class of limits (按类别定时限).
#[derive(Clone, Debug, PartialEq)]
pub struct Limited<C> {
    /// What is sent, asked for or whistled. Its day is the one of the class.
    pub order: C,
    /// The class.
    pub class: LimitClass,
    /// Another day than that.
    pub other: Option<OtherDay>,
}

/// Another day than the class gives (另定日期).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherDay {
    /// Which.
    pub day: Moment,
    /// Why, for everyone to read.
    pub reason: String,
}

impl<C> Limited<C> {
    /// By when it is to be done, and what is recorded of that.
    fn limit(&self, ctx: &Context) -> Result<(Moment, Event), Refusal> {
        let (day, reason) = match &self.other {
            None => (ctx.due(ctx.section::<Rules>().limit(self.class)).at, None),
            Some(OtherDay { day, reason }) => (ctx.future("finish", *day)?, Some(ctx.line("other", reason)?)),
        };
        Ok((day, Event::Limited { class: self.class, reason }))
    }
}

macro_rules! starts {
    ($($of:ident),+) => {$(
        impl Start for Limited<$of> {
            type Of = Order;
            type Facts = Origin;

            fn right(&self) -> &'static Right {
                self.order.right()
            }

            fn names(&self) -> Vec<Named> {
                self.order.names()
            }

            fn resource(&self, facts: &Origin, ctx: &Context) -> Resource {
                self.order.resource(facts, ctx)
            }

            fn start(self, facts: &Origin, ctx: &Context) -> Result<Decided<Order>, Refusal> {
                let (finish_by, limited) = self.limit(ctx)?;
                let mut decided = $of { finish_by, ..self.order }.start(facts, ctx)?;
                decided.events.push(limited);
                Ok(decided)
            }
        }
    )+};
}

starts!(Send, Ask);

impl Command for Limited<Blow> {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        self.order.right()
    }

    fn names(&self) -> Vec<Named> {
        self.order.names()
    }

    fn decide(self, on: &Order, facts: &(), ctx: &Context) -> Result<Decided<Order>, Refusal> {
        let (finish_by, limited) = self.limit(ctx)?;
        let mut decided = Blow { finish_by, ..self.order }.decide(on, facts, ctx)?;
        decided.events.push(limited);
        Ok(decided)
    }
}

macro_rules! goes_on {
    ($($by:ident),+) => {$(
        impl Command for Limited<$by> {
            type On = Order;
            type Facts = GoingOn;

            fn right(&self) -> &'static Right {
                self.order.right()
            }

            fn names(&self) -> Vec<Named> {
                self.order.names()
            }

            /// It is the next order's.
            fn decide(self, on: &Order, facts: &GoingOn, ctx: &Context) -> Result<Decided<Order>, Refusal> {
                let (finish_by, limited) = self.limit(ctx)?;
                let facts = GoingOn { limited: Some(limited), ..facts.clone() };
                $by { finish_by, ..self.order }.decide(on, &facts, ctx)
            }
        }
    )+};
}

goes_on!(SendInstead, AskAgain);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::dispatch::OrderKind;
    use crate::dispatch::laws::world::*;
    use yishi_kernel::refusal::Common;

    fn limited(class: LimitClass, other: Option<OtherDay>) -> Limited<Send> {
        Limited { order: send(OrderKind::Work, own_people(), START), class, other }
    }

    fn decided(order: Limited<Send>, world: &World) -> Result<(Moment, Event), Refusal> {
        let events = order.start(&origin(), &world.ctx(WORKER))?.events;
        let Some(Event::Sent { finish_by, .. }) = events.first() else { panic!("{events:?}") };
        Ok((*finish_by, events.last().cloned().unwrap()))
    }

    #[test]
    fn the_day_follows_from_the_class_and_hours_run_through_the_night() {
        let world = World::new();
        let day = |class| decided(limited(class, None), &world).unwrap().0;
        assert_eq!(day(LimitClass::Sudden), world.now.plus_seconds(2 * 3_600));
        assert_eq!(day(LimitClass::Utilities), world.now.plus_seconds(24 * 3_600));
        assert_eq!(day(LimitClass::Ordinary), world.now.end_of_day_after(7));
        assert_eq!(day(LimitClass::Complex), world.now.end_of_day_after(15));
        let said = decided(limited(LimitClass::Complex, None), &world).unwrap().1;
        assert_eq!(said, Event::Limited { class: LimitClass::Complex, reason: None });
    }

    #[test]
    fn another_day_needs_a_reason_and_lies_ahead() {
        let world = World::new();
        let day = world.now.plus_seconds(3 * DAY);
        let other = |day, reason: &str| {
            let other = Some(OtherDay { day, reason: reason.to_owned() });
            decided(limited(LimitClass::Ordinary, other), &world)
        };
        let silent = other(day, " ").unwrap_err();
        assert!(matches!(silent.of(), Some(Common::Text { field: "other", .. })), "{silent:?}");
        assert_eq!(other(START, "配件三天到").unwrap_err(), Common::Past { field: "finish" });
        let (by, said) = other(day, "配件三天到").unwrap();
        assert_eq!(by, day);
        let reason = Some("配件三天到".into());
        assert_eq!(said, Event::Limited { class: LimitClass::Ordinary, reason });
    }

    #[test]
    fn it_is_the_next_orders_where_one_goes_on_and_the_streets_where_it_whistles() {
        let mut world = World::asked();
        let blow = Blow {
            whistle: crate::dispatch::WhistleKind::Hard,
            departments: Vec::new(),
            lead: crate::testing::body(LAMPS),
            arrive_by: None,
            finish_by: START,
        };
        world.act(STREET, Limited { order: blow, class: LimitClass::Complex, other: None }).unwrap();
        let order = world.order();
        assert_eq!(order.limit, Some(LimitClass::Complex));
        assert_eq!(order.finish_by, world.now.end_of_day_after(15));
    }
}
