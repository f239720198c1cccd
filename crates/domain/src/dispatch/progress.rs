//! Something was done on an order; the order goes on.

use super::report_in::acting_for;
use super::{Event, Order, WORK_ON};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::{PhotoDigest, Refusal, Right};

/// Something was done (进展).
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// What.
    pub note: String,
    /// Photos, stored already.
    pub photos: Vec<PhotoDigest>,
}

impl Command for Progress {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &WORK_ON
    }

    fn decide(self, on: &Order, (): &(), ctx: &Context) -> Result<Decided<Order>, Refusal> {
        let organisation = acting_for(on, None, ctx)?;
        let photos = ctx.photos(self.photos)?;
        let note = ctx.note("note", &self.note)?;
        Ok(Decided::one(Event::Progressed { organisation, note, photos }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dispatch::OrderKind;
    use crate::dispatch::laws::world::*;
    use yishi_kernel::refusal::Common;

    #[test]
    fn at_most_as_many_photos_as_the_rules_take() {
        let mut world = World::sent(OrderKind::Work, lamps());
        world.report_in(LAMP_OFFICER).unwrap();
        let photos = |n| vec![PhotoDigest(String::new()); n];
        let many = world.act(LAMP_OFFICER, Progress { note: text(), photos: photos(4) });
        assert_eq!(many.unwrap_err(), Common::TooManyPhotos { max: 3 });
        world.act(LAMP_OFFICER, Progress { note: text(), photos: photos(3) }).unwrap();
    }
}
