//! What is looked for in an index of terms, as each engine asks for it. What somebody typed, and
//! what it may mean, is not known here.

use crate::Fault;
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;
use yishi_kernel::PlaceId;

/// What is looked for: each of some words, in any of several ways, each of which is all of some
/// terms. A word that can be had in no way finds nothing, and so does no word at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought(pub Vec<Vec<Vec<String>>>);

/// Where something stands in what was found: the latest first, one ledger after another where
/// several things have the same number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The number by which the index knows it.
    pub doc: i64,
    /// Its ledger.
    pub ledger: PlaceId,
}

impl Hit {
    /// Behind each that there is.
    pub const FIRST: Self = Self { doc: i64::MAX, ledger: PlaceId(Uuid::max()) };
}

impl fmt::Display for Hit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.doc, self.ledger)
    }
}

impl FromStr for Hit {
    type Err = Fault;

    fn from_str(word: &str) -> Result<Self, Fault> {
        let read = || {
            let (doc, ledger) = word.split_once('_')?;
            Some(Self { doc: doc.parse().ok()?, ledger: ledger.parse().ok()? })
        };
        read().ok_or_else(|| Fault::unreadable(format!("{word} is no place in a search")))
    }
}

impl Sought {
    /// Whether it can find anything.
    pub(crate) fn is_vain(&self) -> bool {
        let none = |ways: &Vec<Vec<String>>| ways.iter().all(Vec::is_empty);
        self.0.is_empty() || self.0.iter().any(none)
    }

    /// The ways that say something, word by word.
    fn words(&self) -> impl Iterator<Item = Vec<&Vec<String>>> {
        self.0.iter().map(|ways| ways.iter().filter(|way| !way.is_empty()).collect())
    }

    /// As FTS5 reads it; `marked` is how a term stands in the column that is meant.
    pub(crate) fn of_sqlite(&self, marked: impl Fn(&str) -> String) -> String {
        // Each term in quotes is a plain word to FTS5, whatever it holds.
        let term = |term: &String| format!("\"{}\"", marked(&term.replace('"', "")));
        let way = |way: &Vec<String>| {
            let terms: Vec<String> = way.iter().map(term).collect();
            if terms.len() == 1 { terms.concat() } else { format!("({})", terms.join(" AND ")) }
        };
        let words = self.words().map(|ways| {
            let ways: Vec<String> = ways.into_iter().map(way).collect();
            format!("({})", ways.join(" OR "))
        });
        words.collect::<Vec<_>>().join(" AND ")
    }

    /// As PostgreSQL reads it of a column of arrays, with what stands for each argument after so
    /// many others.
    pub(crate) fn of_postgres(&self, column: &str, others: usize) -> (String, Vec<Vec<String>>) {
        let mut arguments: Vec<Vec<String>> = Vec::new();
        let mut asked = |way: &str, terms: Vec<String>| {
            arguments.push(terms);
            format!("{column} {way} ${}", others + arguments.len())
        };
        let mut conditions = Vec::new();
        // What must hold in any case is asked for at once: an index then knows what is rarest.
        let (sure, open): (Vec<_>, Vec<_>) = self.words().partition(|ways| ways.len() == 1);
        let sure: Vec<String> = sure.into_iter().flatten().flatten().cloned().collect();
        if !sure.is_empty() {
            conditions.push(asked("@>", sure));
        }
        for ways in open {
            let (alone, many): (Vec<_>, Vec<_>) = ways.into_iter().partition(|way| way.len() == 1);
            let mut any: Vec<String> = many.into_iter().map(|way| asked("@>", way.clone())).collect();
            if !alone.is_empty() {
                any.push(asked("&&", alone.into_iter().flatten().cloned().collect()));
            }
            conditions.push(format!("({})", any.join(" or ")));
        }
        (conditions.join(" and "), arguments)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn sought(words: &[&[&[&str]]]) -> Sought {
        let way = |way: &&[&str]| way.iter().map(|term| (*term).to_owned()).collect();
        Sought(words.iter().map(|ways| ways.iter().map(way).collect()).collect())
    }

    #[test]
    fn each_engine_is_asked_for_every_word_in_any_way() {
        let asked = sought(&[&[&["路灯"]], &[&["3号", "号楼"], &["·place·1"], &["·place·2"]]]);
        assert_eq!(
            asked.of_sqlite(|term| format!("a{term}")),
            r#"("a路灯") AND (("a3号" AND "a号楼") OR "a·place·1" OR "a·place·2")"#
        );
        let (condition, arguments) = asked.of_postgres("entire", 3);
        assert_eq!(condition, "entire @> $4 and (entire @> $5 or entire && $6)");
        assert_eq!(arguments[0], ["路灯"]);
        assert_eq!(arguments[2], ["·place·1", "·place·2"]);
    }

    #[test]
    fn nothing_asked_for_finds_nothing() {
        for vain in [sought(&[]), sought(&[&[]]), sought(&[&[&["灯"]], &[&[]]])] {
            assert!(vain.is_vain(), "{vain:?}");
        }
        assert!(!sought(&[&[&[], &["灯"]]]).is_vain());
    }

    #[test]
    fn a_place_in_a_search_is_read_as_it_is_written() {
        let hit = Hit { doc: 7, ledger: PlaceId(Uuid::from_u128(9)) };
        assert_eq!(hit.to_string().parse::<Hit>().unwrap(), hit);
        for other in ["", "7", "x_y", "7_"] {
            assert!(other.parse::<Hit>().is_err());
        }
    }
}
