//! The deadlines of orders, as a rule pack gives them.

use super::{LimitClass, WhistleKind};
use crate::matters::CategoryCode;
use serde::Deserialize;
use yishi_kernel::Section;
use yishi_kernel::due::{Deadline, Unit};

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
    /// From sending to done: what is sudden, or endangers life and property.
    #[serde(default = "sudden")]
    pub limit_sudden: Deadline,
    /// The same: water, power, gas and heat.
    #[serde(default = "utilities")]
    pub limit_utilities: Deadline,
    /// The same: what is ordinary.
    #[serde(default = "ordinary")]
    pub limit_ordinary: Deadline,
    /// The same: what is complex.
    #[serde(default = "complex")]
    pub limit_complex: Deadline,
    /// Of which categories of matters an order is proposed as one of water, power, gas and heat.
    #[serde(default)]
    pub utilities: Vec<CategoryCode>,
}

// Packs of before the classes have none of them.

fn sudden() -> Deadline {
    limit(120, Unit::Minutes)
}

fn utilities() -> Deadline {
    limit(1_440, Unit::Minutes)
}

fn ordinary() -> Deadline {
    limit(7, Unit::Days)
}

fn complex() -> Deadline {
    limit(15, Unit::Days)
}

fn limit(count: u32, unit: Unit) -> Deadline {
    Deadline { count, unit, source: "DB11/T 2021 征求意见稿 2021-12".to_owned() }
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

    /// How long an order of a class may take.
    #[must_use]
    pub fn limit(&self, class: LimitClass) -> &Deadline {
        match class {
            LimitClass::Sudden => &self.limit_sudden,
            LimitClass::Utilities => &self.limit_utilities,
            LimitClass::Ordinary => &self.limit_ordinary,
            LimitClass::Complex => &self.limit_complex,
        }
    }

    /// The class that is proposed for an order about a matter of this category, of which so many
    /// dangers are open (建议时限类别). Whoever sends it chooses.
    #[must_use]
    pub fn proposes(&self, category: Option<&CategoryCode>, dangers: u64) -> LimitClass {
        match category {
            _ if dangers > 0 => LimitClass::Sudden,
            Some(code) if self.utilities.contains(code) => LimitClass::Utilities,
            Some(_) | None => LimitClass::Ordinary,
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_pack_of_before_the_classes_has_the_same_and_what_endangers_people_is_proposed_as_sudden() {
        let rules: Rules = toml::from_str(Rules::SHIPPED).unwrap();
        let before = [sudden(), utilities(), ordinary(), complex()];
        for (class, old) in LimitClass::ALL.iter().zip(before) {
            let shipped = rules.limit(*class);
            assert_eq!((shipped.count, shipped.unit), (old.count, old.unit));
        }
        let lamps = CategoryCode("02".to_owned());
        assert_eq!(rules.proposes(Some(&lamps), 0), LimitClass::Utilities);
        assert_eq!(rules.proposes(Some(&lamps), 1), LimitClass::Sudden);
        assert_eq!(rules.proposes(Some(&CategoryCode("03".to_owned())), 0), LimitClass::Ordinary);
        assert_eq!(rules.proposes(None, 0), LimitClass::Ordinary);
    }
}
