//! The deadlines of orders, as a rule pack gives them.

use super::WhistleKind;
use serde::Deserialize;
use yishi_kernel::Section;
use yishi_kernel::due::Deadline;

/// How long each step of an order may take (派单时限).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rules {
    /// From sending work to its being signed for.
    pub sign: Deadline,
    /// From asking for a whistle to the street's decision.
    pub blow: Deadline,
    /// The same in an emergency.
    pub emergency_decision: Deadline,
    /// From a whistle to reporting in: emergencies.
    pub emergency: Deadline,
    /// The same: joint enforcement.
    pub enforcement: Deadline,
    /// The same: hard problems.
    pub hard: Deadline,
    /// From a letter, or from following it up, to following it up.
    pub follow_up: Deadline,
    /// From "not ours" to the street's ruling.
    pub dispute: Deadline,
    /// From done to accepted.
    pub accept: Deadline,
    /// By what a community need not lead what it only assists (不当主办的依据); packs of before have none.
    #[serde(default)]
    pub assisting: Option<Cited>,
    /// From an upheld objection to going on or withdrawing.
    pub settle: Deadline,
}

/// What a rule of words goes by.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Cited {
    /// The law, or the local rule.
    pub source: String,
}

impl Rules {
    /// How long the street may take to decide on a whistle.
    #[must_use]
    pub fn decision(&self, whistle: WhistleKind) -> &Deadline {
        match whistle {
            WhistleKind::Emergency => &self.emergency_decision,
            WhistleKind::Hard | WhistleKind::Enforcement => &self.blow,
        }
    }

    /// How long those called may take to report in.
    pub(super) fn arrival(&self, whistle: WhistleKind) -> &Deadline {
        match whistle {
            WhistleKind::Emergency => &self.emergency,
            WhistleKind::Enforcement => &self.enforcement,
            WhistleKind::Hard => &self.hard,
        }
    }
}

impl Section for Rules {
    const NAME: &'static str = "dispatch";
    const SHIPPED: &'static str = include_str!("rules.toml");
}
