//! A change of a number as it was recorded. What is in force is said by the last one of each number.

use super::events::ChangeEvent;
use super::words::{Changing, Counted};
use std::collections::BTreeMap;
use yishi_kernel::access::Stage;
use yishi_kernel::rules::Change;
use yishi_kernel::{Actor, Moment, PlaceId, Published, Resource, Stamped, Stream};

/// A change of a number of the rules, for one place (规则改动).
#[derive(Clone, Debug, PartialEq)]
pub struct LocalChange {
    /// Which number.
    pub number: String,
    /// What it is now: none where it is again what the rules above say.
    pub now: Option<(Counted, i64, Published)>,
    /// What it was before.
    pub was: (Counted, i64),
    /// Why.
    pub reason: Published,
    /// Since when.
    pub at: Moment,
}

impl LocalChange {
    /// What was done.
    #[must_use]
    pub fn how(&self) -> Changing {
        if self.now.is_some() { Changing::Set } else { Changing::Dropped }
    }
}

impl Stream for LocalChange {
    const KIND: &'static str = "change";
    type Event = ChangeEvent;

    fn begin(first: &Stamped<ChangeEvent>) -> Option<Self> {
        Some(match &first.what {
            ChangeEvent::Set { number, counted, count, was_counted, was, source, reason } => Self {
                number: number.clone(),
                now: Some((*counted, *count, source.clone())),
                was: (*was_counted, *was),
                reason: reason.clone(),
                at: first.time,
            },
            ChangeEvent::Dropped { number, was_counted, was, reason } => Self {
                number: number.clone(),
                now: None,
                was: (*was_counted, *was),
                reason: reason.clone(),
                at: first.time,
            },
        })
    }

    fn evolve(&mut self, _: &Stamped<ChangeEvent>) {}

    fn resource(&self, path: &[PlaceId], _: &Actor) -> Resource {
        Resource { stage: Some(Stage::of(self.how())), ..Resource::at(path) }
    }
}

/// What is otherwise in a place after all its changes, the earliest first: of each number the last
/// one, unless that took it back.
#[must_use]
pub fn local(changes: impl IntoIterator<Item = (String, Option<Change>)>) -> Vec<Change> {
    let last: BTreeMap<String, Option<Change>> = changes.into_iter().collect();
    last.into_values().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_each_number_the_last_change_holds_and_one_that_was_taken_back_does_not() {
        let change =
            |of: &str, count: i64| Change { of: of.to_owned(), unit: None, count, source: String::new() };
        let all = [
            ("a".to_owned(), Some(change("a", 1))),
            ("b".to_owned(), Some(change("b", 2))),
            ("a".to_owned(), Some(change("a", 3))),
            ("b".to_owned(), None),
            ("c".to_owned(), None),
            ("c".to_owned(), Some(change("c", 4))),
        ];
        assert_eq!(local(all), [change("a", 3), change("c", 4)]);
        assert!(local([]).is_empty());
    }
}
