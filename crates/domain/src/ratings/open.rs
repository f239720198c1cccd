//! Beginning a double assessment (开始互评): by itself, when the work of a whistle was accepted.

use super::{Assessment, Event, OPEN, Refusal, Rules};
use crate::dispatch::{Order, OrderId, OrderKind, OrderStage};
use yishi_kernel::{Context, Decided, Resource, Right, Start, Stream as _};

/// Begin it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// The order whose work was accepted.
    pub order: OrderId,
}

impl Start for Open {
    type Of = Assessment;
    type Facts = Order;

    fn right(&self) -> &'static Right {
        &OPEN
    }

    fn resource(&self, order: &Order, ctx: &Context) -> Resource {
        Resource { stage: None, ..order.resource(ctx.path, ctx.actor) }
    }

    fn start(self, order: &Order, ctx: &Context) -> Result<Decided<Assessment>, yishi_kernel::Refusal> {
        if order.kind != OrderKind::Whistle || order.stage != OrderStage::Accepted {
            return Err(Refusal::Order.into());
        }
        let came: Vec<_> =
            order.parties.iter().filter(|body| order.arrived.contains_key(body)).copied().collect();
        if came.is_empty() {
            return Err(Refusal::NobodyCame.into());
        }
        Ok(Decided::one(Event::Opened {
            order: self.order,
            source: order.source,
            place: order.place,
            desk: order.desk,
            street: order.street,
            came,
            due: ctx.due(&ctx.section::<Rules>().rate).at,
            rules: ctx.rules.digest().to_owned(),
        }))
    }
}
