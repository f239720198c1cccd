//! What can be done with a meeting on its page, each in a file of its own: form, reading and
//! carrying out together. Calling one, resolving and objecting have pages of their own.

pub mod adjourn;
pub mod admit;
pub mod ballot;
pub mod cancel;
pub mod conclude;
pub mod confirm;
pub mod dispatch_action;
pub mod dissent;
pub mod end;
pub mod enter;
mod erase;
pub mod floor;
pub mod hands;
pub mod open;
pub mod owners;
pub mod post;
pub mod presence;
pub mod promise;
pub mod publish;
pub mod put;
pub mod reply;
pub mod reschedule;
pub mod rule;
pub mod set_aside;
pub mod slips;
pub mod speak;
pub mod strike;
