//! A body beside the lead reports its part done. The whole is the lead's to report done.

use super::{Event, FINISH_PART, Order};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::{OrganisationId, PhotoDigest, Refusal, Right};

/// Its part is done (协办部分办结).
#[derive(Clone, Debug, PartialEq)]
pub struct FinishPart {
    /// Which; the actor's own when absent.
    pub organisation: Option<OrganisationId>,
    /// What was done.
    pub note: String,
    /// Photos as proof, stored already.
    pub photos: Vec<PhotoDigest>,
}

impl Command for FinishPart {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &FINISH_PART
    }

    fn decide(self, on: &Order, (): &(), ctx: &Context) -> Result<Decided<Order>, Refusal> {
        let organisation = on.beside(self.organisation, ctx)?;
        on.open_part(organisation)?;
        // Who has not come has done nothing.
        if !on.arrived.contains_key(&organisation) {
            return Err(super::Refusal::ReportFirst.into());
        }
        let (note, photos) = (ctx.note("note", &self.note)?, ctx.photos(self.photos)?);
        Ok(Decided::one(Event::PartDone { organisation, note, photos }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dispatch::Refusal::{NotBeside, PartDone, ReportFirst};
    use crate::dispatch::laws::world::*;
    use crate::dispatch::{OrderStage, OrderStep, PartStage};
    use crate::testing::body;
    use yishi_kernel::{Denied, HolderKey, Stream as _};

    fn finish(of: Option<u128>) -> FinishPart {
        FinishPart { organisation: of.map(body), note: text(), photos: Vec::new() }
    }

    #[test]
    fn a_body_beside_the_lead_has_its_own_steps_and_the_lead_keeps_its_time() {
        let mut world = World::blown();
        let lead = world.next();
        assert_eq!(world.act(SQUAD_OFFICER, finish(None)).unwrap_err(), ReportFirst);
        world.report_in(SQUAD_OFFICER).unwrap();
        let finish_by = world.order().finish_by;
        let own = world.order().part_wait(body(SQUAD)).unwrap();
        assert_eq!(own.step(), Some(OrderStep::FinishPart));
        assert_eq!((own.holder, own.due), (HolderKey::organisation(body(SQUAD)), finish_by));
        // Also before the lead came.
        world.act(SQUAD_OFFICER, finish(None)).unwrap();
        assert_eq!(world.act(SQUAD_OFFICER, finish(None)).unwrap_err(), PartDone);
        assert_eq!((world.next(), world.order().stage), (lead, OrderStage::Sent));
        assert_eq!(world.order().waits().len(), 1, "the lead alone");
        assert_eq!(world.order().parts[&body(SQUAD)].stage, PartStage::Done(world.now));
    }

    #[test]
    fn a_part_is_finished_by_its_body_or_entered_at_the_desk_and_the_lead_has_none() {
        let mut world = World::blown();
        world.report_in(SQUAD_OFFICER).unwrap();
        world.report_in(LAMP_OFFICER).unwrap();
        assert_eq!(world.act(LAMP_OFFICER, finish(None)).unwrap_err(), NotBeside);
        assert_eq!(world.act(LAMP_OFFICER, finish(Some(SQUAD))).unwrap_err(), Denied::Elsewhere);
        world.act(WORKER, finish(Some(SQUAD))).unwrap();
        world.done(LAMP_OFFICER).unwrap();
        world.accept(WORKER).unwrap();
    }

    #[test]
    fn whoever_is_late_beside_the_lead_does_not_hold_up_the_whole() {
        let mut world = World::blown();
        world.report_in(LAMP_OFFICER).unwrap();
        world.now = world.order().finish_by.plus_seconds(DAY);
        assert_eq!(world.order().waits().len(), 2, "each is late by its own");
        world.done(LAMP_OFFICER).unwrap();
        world.accept(WORKER).unwrap();
        assert_eq!(world.order().parts[&body(SQUAD)].stage, PartStage::Open, "never done, and it shows");
    }
}
