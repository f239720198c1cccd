//! 业主共同决定: how the owners of a compound decide by law (民法典 art. 278), by heads and by
//! area, under three readings of who took part, with the numbers that decided. Whether a clause
//! on silent owners is valid, and whether a ballot was really served, is for people to judge.

mod area;
mod count;
mod date;
mod explain;
mod file;
mod json;
mod poll;
mod rules;

pub use area::{Area, NoArea};
pub use count::{Measure, Miscount, Missing, Reading, Side, Sums, decide};
pub use date::{Date, NoDate};
pub use explain::explain;
pub use poll::{Ballot, Channel, Choice, Outcome, Poll, Unit, Warning, count};
pub use rules::{Base, Invalid, Law, Matter, Pack, Requirement, Rules, Share};
