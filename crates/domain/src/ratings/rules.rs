//! The deadline of double assessments, as a rule pack gives it.

use serde::Deserialize;
use yishi_kernel::Section;
use yishi_kernel::due::Deadline;

/// How long both sides may take (互评时限).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rules {
    /// From acceptance to the last rating.
    pub rate: Deadline,
}

impl Section for Rules {
    const NAME: &'static str = "ratings";
    const SHIPPED: &'static str = include_str!("rules.toml");
}
