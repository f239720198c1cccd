//! What can be done with a meeting on its page, each in a file of its own: form, reading and
//! carrying out together. Calling one, resolving and objecting have pages of their own.

pub mod adjourn;
pub mod ballot;
pub mod cancel;
pub mod conclude;
pub mod confirm;
pub mod dispatch_action;
pub mod dissent;
pub mod end;
pub mod enter;
mod erase;
pub mod hands;
pub mod open;
pub mod post;
pub mod publish;
pub mod put;
pub mod reply;
pub mod rule;
pub mod set_aside;
pub mod speak;
pub mod strike;
