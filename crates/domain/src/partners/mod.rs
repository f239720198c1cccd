//! Partners 合作方系统: the programs of organisations that read and raise matters by the interface,
//! each with a token that an administrator opened, for a place, until a day. What such a program
//! may do is said here; how its token is kept and known is the office's.

mod events;
mod ids;
mod open;
mod refusals;
mod revoke;
mod rights;
mod state;
mod words;

pub use events::Event;
pub use ids::PartnerId;
pub use open::{Ground, OpenPartner};
pub use refusals::Refusal;
pub use revoke::Revoke;
pub use rights::{KEEP, RIGHTS};
pub use state::Partner;
pub use words::PartnerMay;
