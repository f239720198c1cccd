//! The deadline of gatherings, as a rule pack gives it.

use serde::Deserialize;
use yishi_kernel::Section;
use yishi_kernel::due::Deadline;

/// How long the record of a gathering may wait (记录时限).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rules {
    /// From its beginning to its record.
    pub record: Deadline,
}

impl Section for Rules {
    const NAME: &'static str = "gatherings";
    const SHIPPED: &'static str = include_str!("rules.toml");
}
