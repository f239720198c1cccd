//! Looking at a contact: for the lead handler and whoever calls back; and finding a matter by one
//! that is known already, for the desk that a caller rings. Each is recorded; the contact itself
//! is shown by the office.

use super::carrier::Carrier;
use super::events::ReceiptEvent;
use super::receipt::{Contact, Receipt};
use super::rights::{READ_CONTACT, SEEK_CONTACT};
use yishi_kernel::refusal::Common;
use yishi_kernel::{Command, Context, Decided, Refusal, Resource, Right};

/// Looks at the contact given with a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ViewContact;

impl Command for ViewContact {
    type On = Receipt;
    type Facts = Carrier;

    fn right(&self) -> &'static Right {
        &READ_CONTACT
    }

    fn resource(&self, _: &Receipt, carrier: &Carrier, ctx: &Context) -> Resource {
        carrier.resource(ctx.actor)
    }

    fn decide(self, receipt: &Receipt, _: &Carrier, _: &Context) -> Result<Decided<Receipt>, Refusal> {
        receipt.stands()?;
        match receipt.contact {
            Contact::Given => Ok(Decided::one(ReceiptEvent::ContactViewed {})),
            Contact::None => Err(Common::Unknown.into()),
        }
    }
}

/// Finds a receipt by the name or number that was given with it (按联系方式查找).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeekContact;

impl Command for SeekContact {
    type On = Receipt;
    type Facts = Carrier;

    fn right(&self) -> &'static Right {
        &SEEK_CONTACT
    }

    fn resource(&self, _: &Receipt, carrier: &Carrier, ctx: &Context) -> Resource {
        carrier.resource(ctx.actor)
    }

    /// Whoever finds somebody's matter by it has looked at whose it is.
    fn decide(self, _: &Receipt, _: &Carrier, _: &Context) -> Result<Decided<Receipt>, Refusal> {
        Ok(Decided::one(ReceiptEvent::ContactViewed {}))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::matters::laws::world::{Move, World, actors};
    use yishi_kernel::Denied;

    #[test]
    fn each_look_is_recorded_and_others_do_not_look() {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        world.step(1, Move::Triage { matter: 0, outcome: 1, to: 1 }).unwrap();
        let [visitor, handler, colleague, ..] = &actors()[..] else { panic!("people") };
        assert_eq!(world.on_receipt(visitor, 0, ViewContact).unwrap_err(), Denied::SignIn);
        assert_eq!(world.on_receipt(colleague, 0, ViewContact).unwrap_err(), Denied::NotHolder);
        world.on_receipt(handler, 0, ViewContact).unwrap();
        let (_, last) = world.book.records.last().unwrap();
        assert_eq!(last.kind, "receipt.contact_viewed.1");
        assert!(last.private.contains_key("by"));
    }

    #[test]
    fn the_desk_finds_by_a_contact_and_that_is_recorded() {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        let [visitor, _, colleague, ..] = &actors()[..] else { panic!("people") };
        assert_eq!(world.on_receipt(visitor, 0, SeekContact).unwrap_err(), Denied::SignIn);
        world.on_receipt(colleague, 0, SeekContact).unwrap();
        let (_, last) = world.book.records.last().unwrap();
        assert_eq!(last.kind, "receipt.contact_viewed.1");
    }
}
