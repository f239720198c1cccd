//! The deadlines of exclusions, as a rule pack gives them.

use serde::Deserialize;
use yishi_kernel::Section;
use yishi_kernel::due::Deadline;

/// How long ruling may take (剔除裁定时限).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rules {
    /// From asking, or from asking once more, to the ruling.
    pub rule: Deadline,
}

impl Section for Rules {
    const NAME: &'static str = "exclusion";
    const SHIPPED: &'static str = include_str!("rules.toml");
}
