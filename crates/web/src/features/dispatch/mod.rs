//! Dispatch 派单·吹哨: the public chain of a topic, orders for everyone to read, and the page
//! on which those they call report in, work and finish. Evaluation is a feature of its own.

pub mod chain;
pub mod forms;
pub mod handle;
pub mod list;
pub mod new;
pub mod show;
