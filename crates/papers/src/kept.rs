//! Who reads a copy: the internal one carries names, the posted one masks residents and gives
//! members of the Party as a number (PIPL 25 and 28). They are two types, and a [`Person`] is only
//! written by one of them, so that an internal copy is never served where a posted one is meant.

use crate::{Block, Paper};
use std::marker::PhantomData;

/// Somebody who stands on a paper. What they are called is only written by a kind of copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    name: String,
    group: Group,
}

/// As what somebody stands on a roll.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Group {
    /// A resident, or whoever comes for nobody but themselves.
    Resident,
    /// As a member of the Party, which is nobody else's business.
    Party,
    /// For an office or body, in public.
    Office,
}

impl Person {
    /// A resident.
    #[must_use]
    pub fn resident(name: &str) -> Self {
        Self { name: name.to_owned(), group: Group::Resident }
    }

    /// Somebody who stands there as a member of the Party (党员代表).
    #[must_use]
    pub fn party(name: &str) -> Self {
        Self { name: name.to_owned(), group: Group::Party }
    }

    /// Somebody who does an office.
    #[must_use]
    pub fn office(name: &str) -> Self {
        Self { name: name.to_owned(), group: Group::Office }
    }

    /// The first character, the others masked: 王**.
    fn masked(&self) -> String {
        let mut characters = self.name.chars();
        match characters.next() {
            Some(first) => {
                std::iter::once(first).chain(characters.map(|_| '*').chain(['*']).take(2)).collect()
            }
            None => String::new(),
        }
    }
}

mod only_these {
    pub trait Sealed {}
    impl Sealed for super::Internal {}
    impl Sealed for super::Posted {}
}

/// A kind of copy.
pub trait Kept: only_these::Sealed {
    /// What stands on it, so that nobody hangs up the wrong one.
    const MARK: &'static str;

    /// How somebody is written; nothing where they are only counted.
    fn write(person: &Person) -> Option<String>;
}

/// The copy for those who may see names (内部存档件).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Internal {}

/// The copy that hangs where everyone reads it (公开张贴件).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posted {}

impl Kept for Internal {
    const MARK: &'static str = "内部存档件，含个人信息，不得张贴、转发";

    fn write(person: &Person) -> Option<String> {
        Some(person.name.clone())
    }
}

impl Kept for Posted {
    const MARK: &'static str = "";

    fn write(person: &Person) -> Option<String> {
        match person.group {
            Group::Resident => Some(person.masked()),
            Group::Party => None,
            Group::Office => Some(person.name.clone()),
        }
    }
}

/// A paper as one kind of copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet<K> {
    paper: Paper,
    kept: PhantomData<K>,
}

impl<K: Kept> Sheet<K> {
    /// The copy, marked as what it is.
    #[must_use]
    pub fn new(mut paper: Paper) -> Self {
        if !K::MARK.is_empty() {
            paper.blocks.push(Block::Small(K::MARK.to_owned()));
        }
        Self { paper, kept: PhantomData }
    }

    /// The paper, to be laid out.
    #[must_use]
    pub fn paper(&self) -> &Paper {
        &self.paper
    }

    /// Some people in a line, those who are only counted as a number.
    #[must_use]
    pub fn people(people: &[Person]) -> String {
        let written: Vec<String> = people.iter().filter_map(K::write).collect();
        let counted = people.len() - written.len();
        let mut line = written.join("、");
        if counted > 0 {
            line.push_str(&format!("{}党员代表{counted}人", if line.is_empty() { "" } else { "，" }));
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some() -> Vec<Person> {
        vec![
            Person::resident("王桂兰"),
            Person::resident("李明"),
            Person::party("陈向阳"),
            Person::office("陆怀瑾"),
        ]
    }

    #[test]
    fn a_posted_copy_masks_residents_and_counts_members_of_the_party() {
        assert_eq!(Sheet::<Posted>::people(&some()), "王**、李**、陆怀瑾，党员代表1人");
        assert_eq!(Sheet::<Internal>::people(&some()), "王桂兰、李明、陈向阳、陆怀瑾");
        assert_eq!(Sheet::<Posted>::people(&[Person::party("陈向阳")]), "党员代表1人");
    }

    #[test]
    fn an_internal_copy_says_that_it_is_one() {
        let paper = Paper { title: "签到表".to_owned(), ..Paper::default() };
        assert!(
            Sheet::<Internal>::new(paper.clone()).paper().words().iter().any(|line| line == Internal::MARK)
        );
        assert_eq!(Sheet::<Posted>::new(paper).paper().words(), ["签到表"]);
    }

    proptest! {
        #[test]
        fn no_posted_copy_tells_more_than_the_first_character(name in "[一-龥]{2,6}") {
            let person = Person::resident(&name);
            let shown = Sheet::<Posted>::people(&[person]);
            let rest: String = name.chars().skip(1).collect();
            prop_assert!(!shown.contains(&rest) && shown.starts_with(name.chars().next().unwrap_or('?')));
            prop_assert_eq!(shown.chars().count(), 3, "nor how long the name is");
            prop_assert_eq!(Sheet::<Posted>::people(&[Person::party(&name)]), "党员代表1人");
        }
    }
}
