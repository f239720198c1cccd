//! Venues 场地: where people can go to do something, when, for how much and how one gets in. All
//! of it is public. Menus, courses and bookings are not here.

mod close;
mod confirm;
mod correct;
mod details;
mod events;
mod hours;
mod ids;
mod open;
mod refusals;
mod reopen;
mod rights;
#[cfg(test)]
mod sample;
mod state;
mod words;

pub use close::{Close, Closure};
pub use confirm::Confirm;
pub use correct::Correct;
pub use details::{Capacity, Details, Guests, Price};
pub use events::Event;
pub use hours::{Hours, HoursError, NoTime, Span, TimeOfDay};
pub use ids::VenueId;
pub use open::{OpenVenue, Site, holds_venues};
pub use refusals::Refusal;
pub use reopen::Reopen;
pub use rights::{AMEND, CLOSE, CONFIRM, CORRECT, OPEN, READ, REOPEN, RIGHTS};
pub use state::Venue;
pub use words::{Access, Need, Per, Toilet, VenueStage, Weekday, Welcome};
