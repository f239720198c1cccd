//! Emergencies: their table, what entering and sending one must know. That nothing of the owners'
//! left without them or by anything but such a basis is the ballots' law.

mod facts;
pub mod reads;
pub(crate) mod tables;
