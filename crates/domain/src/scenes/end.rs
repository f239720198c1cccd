//! What was agreed at the scene ends with its order (随单办结): the program says so when that is
//! accepted or withdrawn. Who had not signed by then stays so.

use super::{END, Event, Scene};
use crate::dispatch::Order;
use yishi_kernel::{Command, Context, Decided, Right};

/// End it, where its order is at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End;

impl Command for End {
    type On = Scene;
    type Facts = Order;

    fn right(&self) -> &'static Right {
        &END
    }

    fn decide(self, _: &Scene, order: &Order, _: &Context) -> Result<Decided<Scene>, yishi_kernel::Refusal> {
        let ended = order.ended.map(|_| Event::Ended {});
        Ok(Decided::all(ended.into_iter().collect()))
    }
}
