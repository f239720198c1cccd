//! Figures 统计: what is counted of matters and by what formula, over plain facts of each, with what
//! was left out counted beside. Nothing is read here, and nobody who works is counted: the finest
//! that a figure knows of them is a body or a tier.

mod count;
mod days;
mod fact;
mod group;
mod period;
mod rates;
mod rights;
mod small;
mod wilson;
mod words;

pub use count::{Count, Figures};
pub use days::{Days, Median};
pub use fact::{Fact, Place, Verdict};
pub use group::Key;
pub use period::{Month, Period};
pub use rates::{FEW, Heard, HeardBy, RATES, Rates, Spoken, Tally, Voice};
pub use rights::{FIGURES, RIGHTS};
pub use small::{LEAST, hidden};
pub use wilson::Interval;
pub use words::{Apart, By, Figure, Left, Said, Span, Tier};
