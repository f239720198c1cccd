//! The evaluation's section of a rule pack.

use serde::Deserialize;
use yishi_kernel::{Deadline, Section};

/// The rules of evaluation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rules {
    /// From the answer to the end of evaluation.
    pub evaluate: Deadline,
}

impl Section for Rules {
    const NAME: &'static str = "evaluation";
    const SHIPPED: &'static str = include_str!("rules.toml");
}
