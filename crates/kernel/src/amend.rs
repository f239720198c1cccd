//! What can happen to the values of entries, whatever stream they stand in: somebody's are erased
//! on their wish, a text for everyone is corrected or taken back. It is an entry of that stream
//! like any other, so that everyone can tell it from destroying evidence. Who may is each
//! feature's; deleting is the store's.

use crate::record::{Published, Record, RecordError, encode};
use crate::stream::{Stamped, Stream};
use serde::{Deserialize, Serialize};

crate::words! {
    /// Why a value was erased (删除原因): the grounds of 个人信息保护法 art. 47.
    EraseReason as "erase-reason" {
        /// Whoever it belongs to asked for it, or took a consent back (本人要求、撤回同意).
        Asked = "asked",
        /// It has served its purpose, or its time is over (目的已实现、期限届满).
        Served = "served",
        /// It should not have been taken in (不应收集).
        Unlawful = "unlawful",
    }
}

crate::words! {
    /// Why a text for everyone was corrected or taken back (更正、撤回原因).
    CorrectReason as "correct-reason" {
        /// It is wrong, or badly put (有误).
        Mistake = "mistake",
        /// It says something of a person that not everyone may know (含个人信息).
        Personal = "personal",
        /// It hurts somebody, or breaks the law (内容不当).
        Harmful = "harmful",
    }
}

/// Where a value stands in its stream.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueAt {
    /// The version of the entry.
    pub version: u64,
    /// The field.
    pub field: String,
}

/// What happened to values of a stream. The kind stands behind that of the stream:
/// `matter.erased.1`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Amendment {
    /// Private values were erased (删除个人信息).
    #[serde(rename = "erased.1")]
    Erased {
        /// Which.
        values: Vec<ValueAt>,
        /// Why.
        reason: EraseReason,
    },
    /// A text for everyone reads otherwise from now on (更正). The old one is gone.
    #[serde(rename = "corrected.1")]
    Corrected {
        /// The version of the entry that it stands in.
        version: u64,
        /// The field.
        field: String,
        /// All that is gone: the old text, and what goes with it.
        values: Vec<ValueAt>,
        /// What it says now.
        text: Published,
        /// Why.
        reason: CorrectReason,
    },
    /// Texts for everyone were taken back (撤回).
    #[serde(rename = "taken_back.1")]
    TakenBack {
        /// Which, and what goes with them.
        values: Vec<ValueAt>,
        /// Why.
        reason: CorrectReason,
    },
}

impl Amendment {
    /// The kinds, without the stream's.
    pub const KINDS: &'static [&'static str] = &["erased.1", "corrected.1", "taken_back.1"];

    /// The kind of what a text reads now.
    pub const CORRECTED: &'static str = "corrected.1";

    /// The kind of what reads nowhere any more.
    pub const TAKEN_BACK: &'static str = "taken_back.1";

    /// The kind without the stream's, where it is one.
    #[must_use]
    pub fn kind_in<'a>(stream: &str, kind: &'a str) -> Option<&'a str> {
        let own = kind.strip_prefix(stream)?.strip_prefix('.')?;
        Self::KINDS.contains(&own).then_some(own)
    }
}

/// What an entry of a stream says: what happened to the thing, or to values of its entries.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry<E> {
    /// To the thing.
    Own(E),
    /// To values.
    Amended(Amendment),
}

impl<E> Entry<E> {
    /// What happened to the thing, if that is what it says.
    pub fn own(&self) -> Option<&E> {
        match self {
            Entry::Own(event) => Some(event),
            Entry::Amended(_) => None,
        }
    }
}

/// What happened to values of a stream, as its entry.
///
/// # Errors
/// None that a caller could bring about.
pub fn amended<S: Stream>(amendment: &Stamped<Amendment>) -> Result<Record, RecordError> {
    let record = encode(amendment)?;
    Ok(Record { kind: format!("{}.{}", S::KIND, record.kind), ..record })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ids::AccountId;
    use crate::moment::Moment;
    use crate::record::{Fields, entry};
    use crate::stream::Loaded;
    use serde_json::json;
    use uuid::Uuid;

    #[derive(Clone, Debug, PartialEq)]
    struct Toy(u32);

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(tag = "kind", deny_unknown_fields)]
    enum Event {
        #[serde(rename = "toy.made.1")]
        Made {},
        #[serde(rename = "toy.moved.1")]
        Moved {},
    }

    impl Stream for Toy {
        const KIND: &'static str = "toy";
        type Event = Event;

        fn begin(_: &Stamped<Event>) -> Option<Self> {
            Some(Self(0))
        }

        fn evolve(&mut self, _: &Stamped<Event>) {
            self.0 += 1;
        }
    }

    #[test]
    fn erasing_is_an_entry_of_the_stream_that_says_what_why_and_sealed_by_whom() {
        let values = vec![ValueAt { version: 1, field: "text".to_owned() }];
        let what = Amendment::Erased { values, reason: EraseReason::Asked };
        let by = Some(AccountId(Uuid::from_u128(9)).into());
        let erased = Stamped { time: Moment(7), by, what };
        let record = amended::<Toy>(&erased).unwrap();
        assert_eq!(record.kind, "toy.erased.1");
        let expected = json!({ "time": 7, "reason": "asked", "values": [{ "version": 1, "field": "text" }] });
        assert_eq!(serde_json::Value::Object(record.public.clone()), expected);
        assert_eq!(record.private.keys().collect::<Vec<_>>(), ["by"]);

        let private = record.private.into_iter().map(|(field, text)| (field, Some(text))).collect();
        let again = entry::<Toy>(&record.kind, Fields { public: record.public, private }).unwrap();
        assert_eq!(again, erased.map(Entry::Amended));
        // It takes a version and changes nothing else.
        let mut toy = Loaded::<Toy>::default();
        toy.take(Stamped { time: Moment(1), by: None, what: Entry::Own(Event::Made {}) }, []);
        toy.take(again, []);
        assert_eq!((toy.version, toy.state.clone()), (2, Some(Toy(0))));
        toy.take(Stamped { time: Moment(9), by: None, what: Entry::Own(Event::Moved {}) }, []);
        assert_eq!((toy.version, toy.state), (3, Some(Toy(1))));
    }

    #[test]
    fn the_same_word_of_another_stream_or_a_later_form_is_not_taken_for_it() {
        assert_eq!(Amendment::kind_in("toy", "toy.erased.1"), Some("erased.1"));
        for other in ["toys.erased.1", "toy.erased.2", "toy.made.1", "erased.1"] {
            assert_eq!(Amendment::kind_in("toy", other), None, "{other}");
        }
    }
}
