//! The evaluation's section of a rule pack: how long one may evaluate, who is called back and how
//! often it is tried, and the formulas by which rates become one number.

use super::score::{Formula, Percent};
use serde::Deserialize;
use yishi_kernel::{Deadline, Section};

/// The rules of evaluation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rules {
    /// From the answer to the end of evaluation.
    pub evaluate: Deadline,
    /// Calling back.
    #[serde(default)]
    pub calls: Calls,
    /// The formulas that are known here: the first one is in force.
    #[serde(default = "shipped")]
    pub formulas: Vec<Formula>,
}

/// Who is called back, and how often (回访规则).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Calls {
    /// How many of a hundred are drawn to be called.
    pub percent: Percent,
    /// After how many calls that reached nobody they count as not reached.
    pub tries: u64,
    /// On how many different days these have to be.
    pub days: u64,
    /// Legal article or local rule.
    pub source: String,
}

impl Calls {
    /// Whether so many calls in vain, on so many days, are enough.
    #[must_use]
    pub fn are_enough(&self, tried: u64, days: u64) -> bool {
        tried >= self.tries && days >= self.days
    }
}

/// A pack of before this was ruled on.
impl Default for Calls {
    fn default() -> Self {
        let source = "本地规则".to_owned();
        Self { percent: Percent::WHOLE, tries: 3, days: 2, source }
    }
}

/// The formulas that ship with the program, for a pack of before there were any.
fn shipped() -> Vec<Formula> {
    #[derive(Deserialize)]
    struct Shipped {
        formulas: Vec<Formula>,
    }
    toml::from_str::<Shipped>(Rules::SHIPPED).map_or_else(|_| Vec::new(), |shipped| shipped.formulas)
}

impl Section for Rules {
    const NAME: &'static str = "evaluation";
    const SHIPPED: &'static str = include_str!("rules.toml");
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_shipped_rules_read_and_each_number_has_its_source() {
        let rules: Rules = toml::from_str(Rules::SHIPPED).unwrap();
        assert_eq!((rules.calls.percent, rules.calls.tries, rules.calls.days), (Percent::WHOLE, 3, 2));
        assert!(rules.calls.source.contains("本地规则"));
        let codes: Vec<&str> = rules.formulas.iter().map(|formula| formula.code.as_str()).collect();
        assert_eq!(codes, ["three_rates", "done_content_prompt"]);
        assert!(rules.formulas.iter().all(|formula| !formula.source.is_empty()));
    }

    #[test]
    fn a_pack_of_before_calls_everybody_and_has_the_shipped_formulas() {
        let before = "[evaluate]\ndays = 7\nsource = \"本地规则\"\n";
        let rules: Rules = toml::from_str(before).unwrap();
        let shipped: Rules = toml::from_str(Rules::SHIPPED).unwrap();
        assert_eq!((rules.calls.percent, rules.calls.tries), (Percent::WHOLE, 3));
        assert_eq!(rules.formulas, shipped.formulas);
    }

    #[test]
    fn a_formula_that_cannot_be_followed_does_not_read() {
        let shipped = Rules::SHIPPED;
        for (from, to, why) in [
            ("contacted = 10\n", "contacted = 11\n", "101"),
            ("contacted = 10\n", "liked = 10\n", "liked"),
            ("mostly = 90", "mostly = 101", "100"),
            ("decimals = 1", "decimals = 3", "decimals"),
        ] {
            assert!(shipped.contains(from), "{from}");
            let wrong = toml::from_str::<Rules>(&shipped.replace(from, to)).unwrap_err().to_string();
            assert!(wrong.contains(why), "{to}: {wrong}");
        }
    }
}
