//! Saying more 补充: whoever holds a receipt adds a sentence or a photo to what they raised, or how
//! to be reached, while it is not answered yet; so does whoever sends a form again with more in it.
//! Whether it is the same form, and from the same device, is known to whoever asks.

use super::carrier::Carrier;
use super::effects::TakeIn;
use super::events::ReceiptEvent;
use super::opening::Opening;
use super::receipt::Receipt;
use super::refusals::Refusal as Why;
use super::rights::ADD;
use super::words::How;
use yishi_kernel::context::private;
use yishi_kernel::{Command, Context, Decided, PhotoDigest, Refusal, Resource, Right};

/// Adds to a matter what its raiser says more, and to the receipt how to be reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Add {
    /// What is said; may be left empty.
    pub text: String,
    /// Photos, stored already.
    pub photos: Vec<PhotoDigest>,
    /// A name; may be left empty.
    pub name: String,
    /// A contact; may be left empty.
    pub contact: String,
    /// A digest of all of this, so that the same is added once.
    pub said: String,
}

impl Command for Add {
    type On = Receipt;
    type Facts = Carrier;

    fn right(&self) -> &'static Right {
        &ADD
    }

    fn resource(&self, _: &Receipt, carrier: &Carrier, ctx: &Context) -> Resource {
        carrier.resource(ctx.actor)
    }

    fn decide(
        self,
        receipt: &Receipt,
        carrier: &Carrier,
        ctx: &Context,
    ) -> Result<Decided<Receipt>, Refusal> {
        if receipt.added.contains(&self.said) {
            return Ok(Decided::all(Vec::new()));
        }
        receipt.stands()?;
        let added = ReceiptEvent::Added {
            said: self.said.into(),
            name: private("name", &self.name, Opening::LINE)?,
            contact: private("contact", &self.contact, Opening::LINE)?,
        };
        let (text, photos) = (ctx.private("text", &self.text)?, ctx.photos(self.photos)?);
        if text.is_none() && photos.is_none() {
            return Ok(Decided::one(added));
        }
        // Of a merged matter the words would lie where nobody looks for them.
        if receipt.how != How::Raised || receipt.matter != carrier.root {
            return Err(Why::NotYours.into());
        }
        Ok(Decided::one(added).and(carrier.root, TakeIn { text, photos }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::matters::laws::world::{Move, World, actors, matter_id};
    use crate::matters::{Contact, StageKind};
    use yishi_kernel::{Actor, Claim, Denied};

    fn more(text: &str, contact: &str) -> Add {
        let said = format!("{text}/{contact}");
        let (text, contact) = (text.to_owned(), contact.to_owned());
        Add { text, photos: Vec::new(), name: String::new(), contact, said }
    }

    #[test]
    fn what_is_said_more_is_added_once_and_to_what_one_raised_oneself() {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        world.step(0, Move::Join { matter: 0 }).unwrap();
        let holder = Actor::visitor().showing(Claim::Receipt);
        let whole = more("井盖响，孩子绊倒了", "87651234");
        assert_eq!(world.on_receipt(&actors()[1], 0, whole.clone()).unwrap_err(), Denied::NoReceipt);
        for _ in 0..2 {
            world.on_receipt(&holder, 0, whole.clone()).unwrap();
        }
        let kinds = |world: &World, kind: &str| world.book.entries.iter().filter(|one| one.1 == kind).count();
        assert_eq!((kinds(&world, "matter.added.1"), kinds(&world, "receipt.added.1")), (1, 1));
        assert_eq!(world.receipts()[0].1.contact, Contact::Given);
        // Whoever joined says how to be reached, and nothing to another's matter.
        world.on_receipt(&holder, 1, more("", "5550123")).unwrap();
        assert_eq!(world.on_receipt(&holder, 1, more("我也看见了", "")).unwrap_err(), Why::NotYours);
        assert_eq!(kinds(&world, "matter.added.1"), 1);
    }

    #[test]
    fn what_was_answered_is_not_added_to() {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        world.step(1, Move::Triage { matter: 0, outcome: 1, to: 1 }).unwrap();
        world.step(1, Move::Answer { matter: 0 }).unwrap();
        let holder = Actor::visitor().showing(Claim::Receipt);
        let refused = world.on_receipt(&holder, 0, more("还有一处", "")).unwrap_err();
        assert_eq!(refused.denied(), Some(&Denied::stage(StageKind::Answered)));
        assert_eq!(world.matter(matter_id(0)).unwrap().photos.len(), 0);
    }
}
