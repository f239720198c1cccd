//! Figures 统计: what is counted of matters and by what formula, over plain facts of each, with what
//! was left out counted beside. Nothing is read here, and nobody who works is counted: the finest
//! that a figure knows of them is a body or a tier.

mod count;
mod days;
mod fact;
mod group;
mod period;
mod rights;
mod small;
mod words;

pub use count::{Count, Figures};
pub use days::{Days, Median};
pub use fact::{Fact, Place, Verdict};
pub use group::Key;
pub use period::{Month, Period};
pub use rights::{FIGURES, RIGHTS};
pub use small::{LEAST, hidden};
pub use words::{Apart, By, Figure, Said, Span, Tier};
