//! Having an exclusion ruled once more (请求再次裁定): whoever holds a receipt on the matter, once. It counts
//! until then, and nobody has to say why.

use super::{Event, Exclusion, OBJECT, Refusal, Rules};
use crate::matters::{MatterId, Receipt, ReceiptId};
use yishi_kernel::{Command, Context, Decided, Denied, Right};

/// Has it ruled once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Object {
    /// By which receipt.
    pub receipt: ReceiptId,
}

/// What that must know.
#[derive(Clone, Debug, PartialEq)]
pub struct Objecting {
    /// The receipt.
    pub receipt: Receipt,
    /// The matter that carries it.
    pub carrying: MatterId,
}

impl Command for Object {
    type On = Exclusion;
    type Facts = Objecting;

    fn right(&self) -> &'static Right {
        &OBJECT
    }

    fn decide(
        self,
        on: &Exclusion,
        facts: &Objecting,
        ctx: &Context,
    ) -> Result<Decided<Exclusion>, yishi_kernel::Refusal> {
        facts.receipt.stands()?;
        if facts.carrying != on.matter && facts.receipt.matter != on.matter {
            return Err(Denied::NoReceipt.into());
        }
        if on.objected.is_some() {
            return Err(Refusal::RuledTwice.into());
        }
        let due = ctx.due(&ctx.section::<Rules>().rule).at;
        Ok(Decided::one(Event::Objected { due, rules: ctx.rules.digest().to_owned() }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::exclusion::laws::world::*;
    use crate::exclusion::{ExclusionClass, ExclusionStage};
    use uuid::Uuid;

    #[test]
    fn whoever_raised_it_has_it_ruled_once_more_by_another_one() {
        let mut world = World::new();
        world.ask(WORKER).unwrap();
        assert_eq!(world.object().unwrap_err(), Denied::stage(ExclusionStage::Asked));
        world.grant(STREET).unwrap();
        world.object().unwrap();
        assert_eq!(world.exclusion().excludes(), None, "it counts until then");
        assert_eq!(world.grant(STREET).unwrap_err(), Denied::Handler, "not by whoever ruled first");
        world.grant(HEAD).unwrap();
        let exclusion = world.exclusion();
        assert_eq!(exclusion.excludes(), Some(ExclusionClass::LegalChannel));
        assert!(exclusion.first.is_some() && exclusion.again.is_some());
        assert_eq!(world.object().unwrap_err(), Refusal::RuledTwice);
    }

    #[test]
    fn nobody_else_does() {
        let mut world = World::new();
        world.ask(WORKER).unwrap();
        world.grant(STREET).unwrap();
        world.objecting.carrying = MatterId(Uuid::from_u128(7_777));
        world.objecting.receipt.matter = MatterId(Uuid::from_u128(7_777));
        assert_eq!(world.object().unwrap_err(), Denied::NoReceipt);
        let mut world = World::new();
        world.ask(WORKER).unwrap();
        world.grant(STREET).unwrap();
        world.objecting.receipt.withdrawn = Some(world.now);
        assert!(world.object().is_err(), "they took it back");
    }
}
