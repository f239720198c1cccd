//! A year of a community, simulated: residents, stewards, workers, the street and the bodies do what
//! people do, late and forgetful ones too, on a clock that jumps from one thing due to the next. What
//! must hold is checked at every step. Who does what is said in `people`, one file a kind of
//! person; what must hold in `laws`; what carries it out is a [`Town`]: the domain in memory
//! ([`Memory`]), or an office over a store. Never part of a program that is shipped.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a simulation that goes wrong says so at once")]

mod cast;
mod chance;
mod deed;
mod facts;
mod laws;
mod memory;
mod people;
mod tally;
mod town;
mod year;

pub use cast::{Cast, Home};
pub use chance::Chance;
pub use deed::Deed;
pub use memory::Memory;
pub use tally::Tally;
pub use town::{Held, News, Town};
pub use year::{DAY, HOUR, MINUTE, Year};

pub use yishi_kernel::Urge;

#[doc(hidden)]
pub use yishi_domain as domain;
