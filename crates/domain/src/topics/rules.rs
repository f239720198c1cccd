//! The numbers of topics and where they come from.

use serde::Deserialize;
use yishi_kernel::{Deadline, Section};

/// The section of topics in a rule pack (议题规则).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rules {
    /// From being taken up by a topic to the answer.
    pub consult: Deadline,
    /// From opening a topic to calling a meeting.
    pub call: Deadline,
}

impl Section for Rules {
    const NAME: &'static str = "topics";
    const SHIPPED: &'static str = include_str!("rules.toml");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn each_number_names_its_source() {
        let rules = testing::rules();
        let Rules { consult, call } = rules.section();
        assert_eq!((consult.count, call.count), (30, 10));
        assert!([consult, call].iter().all(|deadline| !deadline.source.trim().is_empty()));
    }
}
