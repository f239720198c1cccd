//! 日历与时限: which days are worked in the mainland, shifted ones 调休 included, and when something
//! is due that may take so many minutes, days, months, working days or working hours, with the
//! reckoning day by day. It is told all it reckons with: it has no clock, and knows nobody's rules.

mod days;
mod reckon;
mod span;

pub use days::{Calendar, Day, DayKind, Unreadable, Window, Year};
pub use reckon::{Beyond, Deadline, Pauses, Step, Taken, deadline};
pub use span::{NoSpan, Span, Unit};
