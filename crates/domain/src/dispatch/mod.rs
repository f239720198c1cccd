//! Dispatch 派单·吹哨: an action or a matter becomes work for somebody, a whistle of the
//! street that calls departments, or a letter to a body nobody here can summon. Each is one
//! order with a clock. Who was asked and who must answer whom stands in matters.

mod decide;
mod order;
mod words;

#[cfg(test)]
mod laws;

pub use decide::{Ask, Command, Send, ask, decide, send, suspend};
pub use order::{Event, Order, Source, Task};
pub use words::{OrderKind, OrderStage, OrderStep, WhistleKind};
