//! What places are called by those who look for them (地点的叫法): 3号楼 is 3栋, 3幢, ３号楼 and
//! 三号楼 as well, 杏林南苑 is 南苑, and 南苑3-2 is a stairwell. A name becomes keys, and so does a
//! word of a search; which places have a key is looked up elsewhere.

use super::PlaceKind;
use std::collections::BTreeSet;
use yishi_kernel::{number, search};

/// What a word may say: a place, by a key for it and for each place around it that was named, the
/// outermost first, and what else stands in the word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spoken {
    /// The keys, at least one: each place lies in the one before it.
    pub keys: Vec<String>,
    /// What else stands in the word, which says no place.
    pub rest: Vec<String>,
}

/// What stands behind a building's number.
const BUILDINGS: [&str; 5] = ["号楼", "#楼", "栋", "幢", "座"];
/// What stands behind a stairwell's.
const STAIRWELL: &str = "单元";
/// What many names end in, and nobody looks for by itself.
const GENERAL: [&str; 7] = ["住宅小区", "小区", "社区", "集贸市场", "农贸市场", "市场", "街道"];
/// Signs that some buildings and stairwells have in place of a number.
const SIGNS: &str = "甲乙丙丁东西南北中";
/// Most characters of a name, and of what a word says of one.
const LONGEST: usize = 24;

/// The keys by which a place of a kind and name is found. A household is found by none: its name is
/// its door, which is private.
#[must_use]
pub fn called(kind: PlaceKind, name: &str) -> BTreeSet<String> {
    let whole: String = search::plain(name).chars().take(LONGEST).collect();
    let numbered = |key: fn(&str) -> String, suffixes: &[&str]| {
        let found = Labels::of(name)
            .map(|labels| if kind == PlaceKind::Building { labels.building } else { labels.stairwell });
        let bare = || {
            let bare = suffixes.iter().find_map(|suffix| whole.strip_suffix(suffix)).unwrap_or(&whole);
            label(bare, 0).filter(|(_, end)| *end == bare.chars().count()).map(|(label, _)| label)
        };
        found.flatten().or_else(bare).map(|label| key(&label))
    };
    let own = match kind {
        PlaceKind::Household => return BTreeSet::new(),
        PlaceKind::Building => numbered(building, &["号", "楼"]),
        PlaceKind::Stairwell => numbered(stairwell, &["门", "梯"]),
        PlaceKind::Stall => None,
        _ => return parts_of(&whole),
    };
    [Some(whole.clone()), own].into_iter().flatten().filter(|key| !key.is_empty()).collect()
}

/// All that a name begins or ends with and that may be said for it.
fn parts_of(whole: &str) -> BTreeSet<String> {
    let short = GENERAL.iter().find_map(|general| whole.strip_suffix(general)).unwrap_or(whole);
    let mut parts = BTreeSet::from([whole.to_owned()]);
    for name in [whole, short] {
        let chars: Vec<char> = name.chars().collect();
        for n in 2..=chars.len() {
            parts.insert(chars[..n].iter().collect());
            parts.insert(chars[chars.len() - n..].iter().collect());
        }
    }
    let says_little = |part: &String| GENERAL.iter().any(|general| general.ends_with(part.as_str()));
    parts.retain(|part| !part.is_empty() && (part == whole || !says_little(part)));
    parts
}

/// What a word of a search may say about places, the likeliest first; nothing where it says none.
#[must_use]
pub fn spoken(word: &str) -> Vec<Spoken> {
    let word: String = word.chars().take(LONGEST * 2).collect();
    let some = |texts: &[&str]| -> Vec<String> {
        texts.iter().filter(|text| !text.is_empty()).map(|text| (*text).to_owned()).collect()
    };
    let mut all = Vec::new();
    if let Some(labels) = Labels::of(&word) {
        let keys: Vec<String> =
            [labels.building.as_deref().map(building), labels.stairwell.as_deref().map(stairwell)]
                .into_iter()
                .flatten()
                .collect();
        let (before, after) = (search::plain(&labels.before), labels.after.as_str());
        if !before.is_empty() {
            let keys = std::iter::once(before.clone()).chain(keys.iter().cloned()).collect();
            all.push(Spoken { keys, rest: some(&[after]) });
        }
        all.push(Spoken { keys, rest: some(&[&before, after]) });
    }
    let plain: Vec<char> = search::plain(&word).chars().collect();
    for n in (2..=plain.len().min(LONGEST)).rev() {
        let [name, rest] = [&plain[..n], &plain[n..]].map(|part| part.iter().collect::<String>());
        all.push(Spoken { keys: vec![name], rest: some(&[&rest]) });
    }
    all
}

/// Words of a search, with a stairwell's number taken to that of a building that stands before it:
/// 3号楼 2单元 is one place.
#[must_use]
pub fn joined(words: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for word in words {
        let own = Labels::of(word).is_some_and(|labels| labels.is_alone() && labels.building.is_none());
        let before = all.last().and_then(|before| Labels::of(before));
        match all.last_mut() {
            Some(last)
                if own
                    && before.is_some_and(|labels| labels.after.is_empty() && labels.stairwell.is_none()) =>
            {
                last.push_str(word);
            }
            _ => all.push(word.clone()),
        }
    }
    all
}

/// By what a building or stairwell is known whose name is nothing but its number, however that is
/// written: 3栋 is 3号楼.
pub(super) fn numbered(kind: PlaceKind, name: &str) -> Option<String> {
    if !matches!(kind, PlaceKind::Building | PlaceKind::Stairwell) {
        return None;
    }
    let labels = Labels::of(name).filter(Labels::is_alone)?;
    match (kind, labels.building, labels.stairwell) {
        (PlaceKind::Building, Some(label), None) => Some(building(&label)),
        (PlaceKind::Stairwell, None, Some(label)) => Some(stairwell(&label)),
        _ => None,
    }
}

/// Whether a text names a building with something around it: 南苑3号楼, 3号楼2单元, 3号楼502.
pub(super) fn names_several(text: &str) -> bool {
    Labels::of(text).is_some_and(|labels| {
        let several = labels.building.is_some() && labels.stairwell.is_some();
        several || !labels.after.is_empty() || (labels.building.is_some() && !labels.before.is_empty())
    })
}

fn building(label: &str) -> String {
    format!("#b{label}")
}

fn stairwell(label: &str) -> String {
    format!("#u{label}")
}

/// The numbers of a building and a stairwell in a word, and what stands around them.
struct Labels {
    before: String,
    building: Option<String>,
    stairwell: Option<String>,
    after: String,
}

impl Labels {
    /// Whether nothing else stands in the word.
    fn is_alone(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    /// The first that a text names.
    fn of(text: &str) -> Option<Self> {
        let text = search::Asked::read(text).words.concat();
        let chars: Vec<char> = text.chars().collect();
        let is_start = |at: usize| {
            // Not within a number or word: 13号楼 is not 3号楼, and 3-2-502 says nothing of a building 2.
            let same = |a: char, b: char| a == '-' || (class(a).is_some() && class(a) == class(b));
            at == 0 || !same(chars[at - 1], chars[at])
        };
        (0..chars.len()).filter(|at| is_start(*at)).find_map(|at| Self::from(&chars, at))
    }

    fn from(chars: &[char], at: usize) -> Option<Self> {
        let text: String = chars.iter().collect();
        let rest = |from: usize| chars[from.min(chars.len())..].iter().collect::<String>();
        let (first, end) = label(&text, at)?;
        let unit = |from: usize, units: &[&str]| {
            let rest = rest(from);
            units.iter().find(|unit| rest.starts_with(**unit)).map(|unit| from + unit.chars().count())
        };
        let done = |building, stairwell, end| {
            Some(Self {
                before: chars[..at].iter().collect(),
                building,
                stairwell,
                after: search::plain(&rest(end)),
            })
        };
        if let Some(end) = unit(end, &[STAIRWELL]) {
            return done(None, Some(first), end);
        }
        if let Some(end) = unit(end, &BUILDINGS) {
            let next = if rest(end).starts_with('-') { end + 1 } else { end };
            let within = label(&text, next).and_then(|(label, end)| Some((label, unit(end, &[STAIRWELL])?)));
            return match within {
                Some((second, end)) => done(Some(first), Some(second), end),
                None => done(Some(first), None, end),
            };
        }
        // 3-2, but neither 3-2-502, which is a door, nor the date 11-30日.
        let (second, last) = label(&text, end + 1).filter(|_| rest(end).starts_with('-'))?;
        match unit(last, &[STAIRWELL]) {
            Some(last) => done(Some(first), Some(second), last),
            None if last == chars.len() => done(Some(first), Some(second), last),
            None => None,
        }
    }
}

/// Of what kind a character of a label is; others stand in none.
fn class(c: char) -> Option<u8> {
    match c {
        c if c.is_ascii_alphanumeric() => Some(0),
        c if "零〇一二三四五六七八九十百廿卅两".contains(c) => Some(1),
        c if SIGNS.contains(c) => Some(2),
        _ => None,
    }
}

/// The label at a character of a text, as it is compared, and where it ends.
fn label(text: &str, at: usize) -> Option<(String, usize)> {
    let chars: Vec<char> = text.chars().skip(at).collect();
    let kind = chars.first().copied().and_then(class)?;
    let same = chars.iter().take_while(|c| class(**c) == Some(kind)).count();
    let many = if kind == 2 { 1 } else { same };
    let written: String = chars[..many].iter().collect();
    let label = match number::count(&written) {
        Ok(number) => number.to_string(),
        Err(_) => written,
    };
    Some((label, at + many))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Whether a word says a place of this name, alone.
    fn says(word: &str, kind: PlaceKind, name: &str) -> bool {
        let keys = called(kind, name);
        let words = search::Asked::read(word).words;
        let [word] = words.as_slice() else { return false };
        spoken(word)
            .iter()
            .any(|said| said.rest.is_empty() && said.keys.last().is_some_and(|key| keys.contains(key)))
    }

    #[test]
    fn a_building_is_found_however_its_number_is_written() {
        for name in ["3号楼", "3栋", "３幢", "三号楼", "3", "3号", "03号楼", "南苑3号楼", "3#楼"]
        {
            for word in ["3号楼", "3栋", "3幢", "３号楼", "三号楼", "3棟", "三號樓", "3#楼", "南苑3号楼"]
            {
                assert!(says(word, PlaceKind::Building, name), "{word} is {name}");
            }
            for word in ["13号楼", "4号楼", "3", "2单元", "十三栋"] {
                let own = word == "3" && name == "3";
                assert!(own || !says(word, PlaceKind::Building, name), "{word} is not {name}");
            }
        }
        for (word, name) in [("A座", "A座"), ("ａ座", "A栋"), ("十二栋", "12号楼"), ("东座", "东座")]
        {
            assert!(says(word, PlaceKind::Building, name), "{word} is {name}");
        }
    }

    #[test]
    fn a_stairwell_is_said_with_its_building_or_without() {
        let keys = |word: &str| {
            let words = search::Asked::read(word).words;
            spoken(&words[0]).first().map(|said| (said.keys.clone(), said.rest.clone()))
        };
        let all = |keys: &[&str], rest: &[&str]| {
            let texts = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
            Some((texts(keys), texts(rest)))
        };
        for word in
            ["南苑3-2", "南苑３－２", "南苑3栋2单元", "南苑三号楼二单元", "南苑3号楼-2单元", "南苑3-2单元"]
        {
            assert_eq!(keys(word), all(&["南苑", "#b3", "#u2"], &[]), "{word}");
        }
        assert_eq!(keys("3-2"), all(&["#b3", "#u2"], &[]));
        assert_eq!(keys("2单元"), all(&["#u2"], &[]));
        assert_eq!(keys("3号楼灯坏"), all(&["#b3"], &["灯坏"]));
        assert!(called(PlaceKind::Stairwell, "2单元").contains("#u2"));
        assert!(called(PlaceKind::Stairwell, "3-2").contains("#u2"));
        let words = |raw: &str| joined(&search::Asked::read(raw).words);
        assert_eq!(words("灯 南苑3号楼 2单元 坏"), ["灯", "南苑3号楼2单元", "坏"]);
        assert_eq!(words("2单元 3号楼"), ["2单元", "3号楼"]);
        // A door is none of these.
        assert!(spoken("3-2-502").iter().all(|said| !said.keys[0].starts_with('#')));
        assert!(called(PlaceKind::Household, "502").is_empty());
    }

    #[test]
    fn a_name_is_found_by_what_people_say_of_it() {
        let keys = called(PlaceKind::Compound, "杏林南苑小区");
        for said in ["杏林南苑小区", "杏林南苑", "南苑", "杏林", "南苑小区"] {
            assert!(keys.contains(said), "{said}");
        }
        for said in ["小区", "住宅小区", "苑", "林南"] {
            assert!(!keys.contains(said), "{said}");
        }
        assert!(!called(PlaceKind::Market, "杏林集贸市场").contains("集贸市场"));
        assert!(called(PlaceKind::Market, "杏林集贸市场").contains("杏林集贸"));
    }

    proptest! {
        #[test]
        fn every_building_and_stairwell_is_said_by_its_numbers(number in 1_u32..300, stairwell in 1_u32..20, unit in 0_usize..5) {
            let word = format!("{number}{}{stairwell}单元", BUILDINGS[unit]);
            let names = [format!("{number}号楼"), format!("{stairwell}单元")];
            let said = spoken(&search::Asked::read(&word).words[0]).remove(0);
            prop_assert_eq!(&said.keys, &vec![building(&number.to_string()), super::stairwell(&stairwell.to_string())]);
            prop_assert!(called(PlaceKind::Building, &names[0]).contains(&said.keys[0]));
            prop_assert!(called(PlaceKind::Stairwell, &names[1]).contains(&said.keys[1]));
        }

        #[test]
        fn whatever_is_typed_says_places_by_keys_and_loses_nothing(raw in "[3三A栋号楼单元南苑灯#－-]{1,16}|\\PC{1,30}") {
            for word in search::Asked::read(&raw).words {
                for said in spoken(&word) {
                    prop_assert!(!said.keys.is_empty() && said.keys.iter().all(|key| !key.is_empty()));
                    prop_assert!(said.rest.iter().all(|rest| !rest.is_empty()));
                }
            }
            for kind in PlaceKind::ALL {
                prop_assert!(called(*kind, &raw).len() <= 4 * LONGEST + 2);
            }
        }
    }
}
