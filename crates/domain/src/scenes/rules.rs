//! The deadline of records of scenes, as a rule pack gives it.

use serde::Deserialize;
use yishi_kernel::Section;
use yishi_kernel::due::Deadline;

/// How long those who came may take to sign (签字时限).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rules {
    /// From the record to the last signature.
    pub sign: Deadline,
}

impl Section for Rules {
    const NAME: &'static str = "scenes";
    const SHIPPED: &'static str = include_str!("rules.toml");
}
