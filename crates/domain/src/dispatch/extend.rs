//! Extending 延期: an order at work gets a later day, for a reason that everyone reads. Who has not
//! reported in gets none, and a letter is followed up instead.

use super::{EXTEND, Event, Order, OrderKind, Refusal};
use yishi_kernel::access::roles::STREET;
use yishi_kernel::{Command, Context, Decided, Moment, Right};

/// Gives an order a later day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extend {
    /// Why.
    pub reason: String,
    /// By when it must be done now.
    pub finish_by: Moment,
}

impl Command for Extend {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &EXTEND
    }

    fn decide(self, on: &Order, (): &(), ctx: &Context) -> Result<Decided<Order>, crate::Refusal> {
        match on.kind {
            OrderKind::Letter => return Err(Refusal::LetterFollowed.into()),
            // The street has set that day.
            OrderKind::Whistle if !STREET.has(ctx.role) => return Err(Refusal::StreetsDay.into()),
            OrderKind::Whistle | OrderKind::Work => {}
        }
        if self.finish_by <= on.finish_by {
            return Err(Refusal::NotLater(on.finish_by).into());
        }
        let reason = ctx.line("reason", &self.reason)?;
        let finish_by = ctx.future("finish", self.finish_by)?;
        Ok(Decided::one(Event::Extended { reason, finish_by }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dispatch::OrderStep;
    use crate::dispatch::laws::world::*;
    use yishi_kernel::Denied;

    fn extend(finish_by: Moment) -> Extend {
        Extend { reason: "配件没有到".to_owned(), finish_by }
    }

    #[test]
    fn what_is_at_work_gets_a_later_day_and_what_nobody_signed_for_gets_none() {
        let mut world = World::sent(OrderKind::Work, lamps());
        let due = world.order().finish_by;
        let refused = world.act(WORKER, extend(due.plus_seconds(DAY))).unwrap_err();
        assert!(matches!(refused.denied(), Some(Denied::Stage(_))));
        world.report_in(LAMP_OFFICER).unwrap();
        assert_eq!(world.act(WORKER, extend(due)).unwrap_err(), Refusal::NotLater(due));
        world.act(WORKER, extend(due.plus_seconds(DAY))).unwrap();
        assert_eq!((world.next().0, world.next().2), (OrderStep::Finish, due.plus_seconds(DAY)));
        assert!(
            world.act(LAMP_OFFICER, extend(due.plus_seconds(9 * DAY))).is_err(),
            "nobody extends their own"
        );
    }

    #[test]
    fn a_letter_is_followed_up_and_a_whistles_day_is_the_streets() {
        let mut letter = World::sent(OrderKind::Letter, lamps());
        letter.act(WORKER, crate::dispatch::FollowUp { note: "在排期".to_owned() }).unwrap();
        let later = letter.order().finish_by.plus_seconds(DAY);
        assert_eq!(letter.act(WORKER, extend(later)).unwrap_err(), Refusal::LetterFollowed);
    }
}
