//! The number of a paper as it is written, 杏林会〔2026〕4号, and as people type it when they look
//! for one. Which thing has it is not known here.

use std::fmt;

/// The number of a paper (文号): who issued it and as what, the year, and which one of the year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperNumber {
    /// The short name of whoever issued it, with the word of the kind.
    pub front: String,
    /// The year, in full.
    pub year: u32,
    /// Which one of its kind in the year, from 1.
    pub rank: u64,
}

/// GB/T 9704—2012 7.2.5: the year in full within six-cornered brackets, the number without
/// leading zeros and without 第, then 号.
impl fmt::Display for PaperNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}〔{}〕{}号", self.front, self.year, self.rank)
    }
}

impl PaperNumber {
    /// The number that somebody typed who looks for a paper, with whatever brackets the keyboard had
    /// or none, spaces, full-width digits, with 第 or without 号; nothing where it is no such number.
    #[must_use]
    pub fn read(raw: &str) -> Option<Self> {
        const OPEN: [char; 8] = ['〔', '[', '(', '（', '【', '［', '{', '﹝'];
        const CLOSE: [char; 8] = ['〕', ']', ')', '）', '】', '］', '}', '﹞'];
        let plain: String = raw.chars().filter(|c| !c.is_whitespace()).map(half).collect();
        let (front, year, rest) = match plain.split_once(OPEN) {
            Some((front, rest)) => {
                let (year, rest) = rest.split_once(CLOSE)?;
                (front, year, rest)
            }
            None => bare(&plain)?,
        };
        let rank = rest.trim_start_matches('第').trim_end_matches('号');
        let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
        if front.is_empty() || year.len() != 4 || !digits(year) || !digits(rank) {
            return None;
        }
        let rank: u64 = rank.parse().ok()?;
        (rank > 0).then_some(PaperNumber { front: front.to_owned(), year: year.parse().ok()?, rank })
    }
}

/// A number without brackets: words, a year of this or the next century, and the rest.
fn bare(plain: &str) -> Option<(&str, &str, &str)> {
    let from = plain.find(|c: char| c.is_ascii_digit())?;
    let (front, digits) = plain.split_at(from);
    let (year, rest) = digits.split_at_checked(4)?;
    (year.starts_with("20") || year.starts_with("21")).then_some((
        front,
        year,
        rest.trim_start_matches(['年', '-']),
    ))
}

/// A digit as it stands on most keyboards.
fn half(c: char) -> char {
    let digit = u32::from(c).wrapping_sub(u32::from('０'));
    char::from_digit(digit, 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn however_it_is_typed_it_is_the_same_number() {
        let meant = Some(PaperNumber { front: "杏林会".to_owned(), year: 2026, rank: 4 });
        for typed in [
            "杏林会〔2026〕4号",
            "杏林会[2026]4号",
            "杏林会(2026)4",
            " 杏林会（２０２６） ４ 号",
            "杏林会【2026】第4号",
            "杏林会〔2026〕004号",
            "杏林会2026 4号",
            "杏林会 2026年第4号",
            "杏林会2026-4",
        ] {
            assert_eq!(PaperNumber::read(typed), meant, "{typed}");
        }
        assert_eq!(meant.map(|number| number.to_string()).as_deref(), Some("杏林会〔2026〕4号"));
    }

    #[test]
    fn what_is_no_number_of_a_paper_is_let_be() {
        for typed in [
            "",
            "路灯",
            "杏林会",
            "〔2026〕4号",
            "杏林会〔26〕4号",
            "杏林会〔2026〕号",
            "杏林会〔2026〕0号",
            "楼道(东)2",
            "杏林会〔2026〕四号",
            "杏林会2026",
            "2026年4号",
            "3号楼2026",
            "路灯13800001111",
        ] {
            assert_eq!(PaperNumber::read(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(front in "[一-龥]{1,8}", year in 2000_u32..2200, rank in 1_u64..u64::MAX) {
            let number = PaperNumber { front, year, rank };
            prop_assert_eq!(PaperNumber::read(&number.to_string()), Some(number));
        }

        #[test]
        fn whatever_is_typed_is_read_or_let_be(raw in ".{0,40}") {
            let _ = PaperNumber::read(&raw);
        }
    }
}
