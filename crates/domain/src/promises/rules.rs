//! The deadlines of promises, as a rule pack gives them.

use serde::Deserialize;
use yishi_kernel::Section;
use yishi_kernel::due::Deadline;

/// How long what is said of a promise may wait (表态时限). By when it is to be kept, whoever makes
/// it says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rules {
    /// From its being said to be kept to somebody else having looked.
    pub settle: Deadline,
}

impl Section for Rules {
    const NAME: &'static str = "promises";
    const SHIPPED: &'static str = include_str!("rules.toml");
}
