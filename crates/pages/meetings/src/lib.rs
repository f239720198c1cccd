//! Pages about topics and meetings: gathering, calling, sitting, deciding, and a topic's whole
//! story. Each feature is a module; what it shows of its things on
//! pages of others is its `face`.

pub mod clearing;
pub mod councils;
pub mod meetings;
pub mod promises;
pub mod rulebook;
pub mod topics;
