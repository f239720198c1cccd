//! The clocks of dangers, as a rule pack gives them, and the words that suggest one.

use super::Risk;
use serde::Deserialize;
use yishi_kernel::Section;
use yishi_kernel::due::Deadline;

/// How long each step may take (隐患时限), and what suggests a danger.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rules {
    /// From the tap to its being safe, where people may be hurt.
    pub life: Deadline,
    /// The same where water, power, gas or heat is cut off.
    pub supply: Deadline,
    /// From the tap to somebody's having seen it; and again at each desk above.
    pub seen: Deadline,
    /// From one look at the protection to the next.
    pub look: Deadline,
    /// From "no danger" to the second role's word.
    pub doubt: Deadline,
    /// What suggests a danger, the graver first.
    pub signs: Vec<Sign>,
}

/// What suggests a danger (提示用语).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Sign {
    /// Which risk.
    pub risk: Risk,
    /// Words of which one is enough.
    pub words: Vec<String>,
    /// Codes of categories of which one is enough.
    pub categories: Vec<String>,
    /// Legal article or local rule.
    pub source: String,
}

impl Rules {
    /// From the tap to its being safe.
    #[must_use]
    pub fn safe(&self, risk: Risk) -> &Deadline {
        match risk {
            Risk::Life => &self.life,
            Risk::Supply => &self.supply,
        }
    }

    /// What somebody's words and the category suggest. A person has to confirm it.
    #[must_use]
    pub fn suggests(&self, said: &str, category: &str) -> Option<Risk> {
        let fits = |sign: &&Sign| {
            sign.words.iter().any(|word| said.contains(word.as_str()))
                || sign.categories.iter().any(|code| code == category)
        };
        self.signs.iter().find(fits).map(|sign| sign.risk)
    }
}

impl Section for Rules {
    const NAME: &'static str = "dangers";
    const SHIPPED: &'static str = include_str!("rules.toml");
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_shipped_clocks_cite_a_source_and_the_graver_sign_counts() {
        let rules: Rules = toml::from_str(Rules::SHIPPED).unwrap();
        let clocks = [&rules.life, &rules.supply, &rules.seen, &rules.look, &rules.doubt];
        assert!(clocks.iter().all(|clock| !clock.source.trim().is_empty()));
        assert!(rules.signs.iter().all(|sign| !sign.source.trim().is_empty()));
        assert_eq!((rules.life.count, rules.supply.count, rules.seen.count), (120, 1_440, 30));
        assert_eq!(rules.suggests("外墙瓷砖掉落，差点砸到人，还停电了", ""), Some(Risk::Life));
        assert_eq!(rules.suggests("三号楼停电两天", ""), Some(Risk::Supply));
        assert_eq!(rules.suggests("灶台打不着", "16"), Some(Risk::Life), "gas, whatever is said of it");
        assert_eq!(rules.suggests("屋里冷", "15"), Some(Risk::Supply));
        assert_eq!(rules.suggests("想在楼前装张长椅", "09"), None);
    }
}
