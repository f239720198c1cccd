//! The short name by which a place's papers are numbered, where nobody chose one: its name without
//! the word for what it is.

/// What names of places end in that is no part of a short name, the longest first.
const ENDINGS: &[&str] = &[
    "社区居民委员会",
    "街道办事处",
    "村民委员会",
    "行政村",
    "街道",
    "社区",
    "镇",
    "乡",
    "村",
    "区",
    "县",
    "市",
];

/// The short name that follows from a name: 杏林 of 杏林社区. At least two characters are left,
/// since one names nothing.
#[must_use]
pub fn short_of(name: &str) -> &str {
    let name = name.trim();
    let without = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
    without.filter(|left| left.chars().count() >= 2).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_for_what_it_is_falls_away() {
        for (name, short) in [
            ("杏林社区", "杏林"),
            ("清河街道", "清河"),
            ("清河街道办事处", "清河"),
            ("双河镇", "双河"),
            ("李村", "李村"),
            ("上泉村", "上泉"),
            ("东区", "东区"),
            ("杏林", "杏林"),
            ("", ""),
        ] {
            assert_eq!(short_of(name), short, "{name}");
        }
    }
}
