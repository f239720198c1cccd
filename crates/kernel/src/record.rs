//! How an event becomes a ledger entry and back: its public fields, and its private
//! ones apart, so that a private value can be erased and every proof stays valid. So can texts
//! written for everyone: they are served as long as they are kept.
//! Hashing and salting are the ledger's business, not ours.

use crate::amend::{Amendment, Entry};
use crate::moment::Moment;
use crate::stream::{Stamped, Stream};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

/// The key of the object that carries a private value between serde and [`Record`], and the
/// key beside it that says whose it is; neither reaches the ledger.
const MARK: &str = "~";
const WHOSE: &str = "whose";
/// The fields that every entry may carry beside its own.
const TIME: &str = "time";
const BY: &str = "by";
/// The private field of an entry that a form brought about: a digest of what was sent, by which
/// the form is told from the same one with something else in it. It is no part of the event.
pub const SENT: &str = "sent";

crate::words! {
    /// Whose a private value is (归属): who may wish it erased.
    Subject as "subject" {
        /// Whoever raised, joined or supports something, and what they said about it.
        Raiser = "raiser",
        /// Whom something is about. It is known as long as that is open, whatever its raiser takes
        /// back, so that they keep away; then it goes with what the raiser took back.
        Case = "case",
        /// Whoever spoke, sat, voted or objected at a meeting.
        Speaker = "speaker",
        /// Whoever did something by office or account.
        Staff = "staff",
        /// A place below a building, which says where somebody lives.
        Place = "place",
        /// A word by which somebody finds an answer or a vote again, and a digest that is the
        /// same for the same device: it says nothing by itself, and without it no answer would
        /// reach anybody.
        Link = "link",
        /// Everyone's to read (公开): a text that somebody wrote for that. It can be corrected and
        /// taken back.
        Public = "public",
    }
}

/// A type that says whose a private value is; it never reaches the bytes.
pub trait Whose: Copy + std::fmt::Debug + Send + Sync + 'static {
    /// Whose.
    const SUBJECT: Subject;
}

macro_rules! whose {
    ($($(#[$doc:meta])* $name:ident),+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {}

        impl Whose for $name {
            const SUBJECT: Subject = Subject::$name;
        }
    )+};
}

whose! {
    /// See [`Subject::Raiser`].
    Raiser,
    /// See [`Subject::Case`].
    Case,
    /// See [`Subject::Speaker`].
    Speaker,
    /// See [`Subject::Staff`].
    Staff,
    /// See [`Subject::Place`].
    Place,
    /// See [`Subject::Link`].
    Link,
    /// See [`Subject::Public`].
    Public
}

/// A private value of an event (私密字段): committed to in the ledger, kept apart, erasable.
/// Its type says whose it is, so that erasing somebody's values needs no list of fields.
/// [`Sealed::is`] never holds for an erased one.
#[derive(Clone, Debug)]
pub enum Sealed<T, W> {
    /// The value is at hand.
    Kept(T),
    /// The value was erased under the right of deletion (个人信息保护法 art. 47).
    Erased(PhantomData<W>),
}

impl<T, W> Sealed<T, W> {
    /// An erased value.
    #[must_use]
    pub fn erased() -> Self {
        Sealed::Erased(PhantomData)
    }

    /// The value, unless it was erased.
    pub fn get(&self) -> Option<&T> {
        match self {
            Sealed::Kept(value) => Some(value),
            Sealed::Erased(_) => None,
        }
    }

    /// Whether this is that value; an erased one never is.
    pub fn is(&self, other: &T) -> bool
    where
        T: PartialEq,
    {
        self.get() == Some(other)
    }
}

impl<T, W> From<T> for Sealed<T, W> {
    fn from(value: T) -> Self {
        Sealed::Kept(value)
    }
}

impl<T: PartialEq, W> PartialEq for Sealed<T, W> {
    /// Two states are the same when the same values are kept and the same are erased.
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: Serialize, W: Whose> Serialize for Sealed<T, W> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Marked<'a, T> {
            #[serde(rename = "~")]
            value: Option<&'a T>,
            whose: Subject,
        }
        Marked { value: self.get(), whose: W::SUBJECT }.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>, W> Deserialize<'de> for Sealed<T, W> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Marked<T> {
            #[serde(rename = "~")]
            value: Option<T>,
        }
        Ok(match Marked::deserialize(deserializer)?.value {
            Some(value) => Sealed::Kept(value),
            None => Sealed::erased(),
        })
    }
}

/// A text written for everyone to read (公开文字): committed to in the ledger and kept apart, so
/// that it can be corrected and taken back. It reads as text; one that was taken back as
/// [`Published::TAKEN_BACK`], so that nothing that quotes it is left without words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Published(Sealed<String, Public>);

impl Published {
    /// What is read in place of a text that was taken back. Texts that people write are not
    /// translated, and this stands for one of them.
    pub const TAKEN_BACK: &'static str = "〔已撤回〕";

    /// The text, unless it was taken back.
    #[must_use]
    pub fn get(&self) -> Option<&str> {
        self.0.get().map(String::as_str)
    }
}

impl Eq for Published {}

impl Deref for Published {
    type Target = str;

    fn deref(&self) -> &str {
        self.get().unwrap_or(Self::TAKEN_BACK)
    }
}

impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl From<String> for Published {
    fn from(text: String) -> Self {
        Self(Sealed::Kept(text))
    }
}

impl From<&str> for Published {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<Published> for String {
    fn from(text: Published) -> Self {
        text.to_string()
    }
}

impl PartialEq<str> for Published {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<&str> for Published {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

/// An event as the ledger takes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Versioned name of the event's kind, such as `matter.raised.1`.
    pub kind: String,
    /// Fields anyone may read.
    pub public: Map<String, Value>,
    /// Private fields by name, each as JSON text. One within another field is named by the way
    /// to it: `actions/0/task`.
    pub private: BTreeMap<String, String>,
    /// Whose each private field is.
    pub whose: BTreeMap<String, Subject>,
}

impl Record {
    /// Its fields that are texts for everyone to read.
    #[must_use]
    pub fn published(&self) -> BTreeSet<String> {
        let open = self.whose.iter().filter(|(_, whose)| **whose == Subject::Public);
        open.map(|(field, _)| field.clone()).collect()
    }

    /// Takes what is private out of a field and notes it, however deep it lies; nothing is left
    /// of a field that is private itself.
    fn keep_apart(&mut self, way: &str, value: Value) -> Result<Option<Value>, RecordError> {
        Ok(match value {
            Value::Object(mut object) if object.contains_key(MARK) => {
                let value = object.remove(MARK).unwrap_or_default();
                let whose = object.get(WHOSE).and_then(Value::as_str).and_then(Subject::parse);
                self.whose.insert(way.to_owned(), whose.ok_or(RecordError::NoObject)?);
                self.private.insert(way.to_owned(), value.to_string());
                None
            }
            Value::Object(object) => {
                let mut left = Map::new();
                for (name, value) in object {
                    if let Some(value) = self.keep_apart(&format!("{way}/{name}"), value)? {
                        left.insert(name, value);
                    }
                }
                Some(Value::Object(left))
            }
            Value::Array(items) => {
                let mut left = Vec::with_capacity(items.len());
                for (n, item) in items.into_iter().enumerate() {
                    // A place in a list cannot be left empty: what is private lies in its items.
                    let item = self.keep_apart(&format!("{way}/{n}"), item)?;
                    left.push(item.ok_or(RecordError::NoObject)?);
                }
                Some(Value::Array(left))
            }
            value => Some(value),
        })
    }
}

/// Puts a private value back where it was taken from; nothing where there is no such place.
fn put_back(public: &mut Map<String, Value>, way: &str, value: Value) -> Option<()> {
    let Some((place, name)) = way.rsplit_once('/') else {
        public.insert(way.to_owned(), value);
        return Some(());
    };
    let mut steps = place.split('/');
    let mut at = public.get_mut(steps.next()?)?;
    for step in steps {
        at = match at {
            Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?)?,
            Value::Object(fields) => fields.get_mut(step)?,
            _ => return None,
        };
    }
    at.as_object_mut()?.insert(name.to_owned(), value);
    Some(())
}

/// The fields of a stored entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields {
    /// Those anyone may read.
    pub public: Map<String, Value>,
    /// A row for each private field the entry commits to: its JSON text, or `None` when it
    /// was erased.
    pub private: BTreeMap<String, Option<String>>,
}

/// An entry that cannot be read as an event.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The event did not turn into an object with a `kind`: a fault in this program.
    #[error("an event must be an object with a kind")]
    NoObject,
    /// The entry does not say when it happened.
    #[error("entry of kind {0} has no time")]
    NoTime(String),
    /// The entry's fields do not fit its kind.
    #[error("entry of kind {kind}: {source}")]
    Fields {
        /// The entry's kind.
        kind: String,
        /// What did not fit.
        source: serde_json::Error,
    },
    /// A private value is not JSON.
    #[error("private value of field {0} cannot be read")]
    Private(String),
}

/// An event's entry. Events are enums tagged by `kind`, whose private fields are [`Sealed`].
///
/// # Errors
/// Only for a type that is no such enum.
pub fn encode<E: Serialize>(event: &Stamped<E>) -> Result<Record, RecordError> {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(&event.what) else {
        return Err(RecordError::NoObject);
    };
    fields.insert(TIME.to_owned(), Value::from(event.time.0));
    if let Some(by) = &event.by {
        fields.insert(BY.to_owned(), serde_json::to_value(by).map_err(|_| RecordError::NoObject)?);
    }
    let mut record =
        Record { kind: String::new(), public: Map::new(), private: BTreeMap::new(), whose: BTreeMap::new() };
    for (name, value) in fields {
        match value {
            Value::String(kind) if name == "kind" => record.kind = kind,
            Value::Null => {}
            value => {
                if let Some(value) = record.keep_apart(&name, value)? {
                    record.public.insert(name, value);
                }
            }
        }
    }
    if record.kind.is_empty() {
        return Err(RecordError::NoObject);
    }
    Ok(record)
}

/// The event of an entry of a stream, turned into the newest form first.
///
/// # Errors
/// When the kind is unknown or its fields do not fit.
pub fn decode<S: Stream>(kind: &str, fields: Fields) -> Result<Stamped<S::Event>, RecordError> {
    let (kind, fields) = S::upcast(kind.to_owned(), fields);
    read(kind, fields)
}

/// What an entry of a stream says: an event of its own, or what happened to its values.
///
/// # Errors
/// When the kind is unknown or its fields do not fit.
pub fn entry<S: Stream>(kind: &str, fields: Fields) -> Result<Stamped<Entry<S::Event>>, RecordError> {
    match Amendment::kind_in(S::KIND, kind) {
        Some(own) => Ok(read::<Amendment>(own.to_owned(), fields)?.map(Entry::Amended)),
        None => Ok(decode::<S>(kind, fields)?.map(Entry::Own)),
    }
}

fn read<E: DeserializeOwned>(kind: String, fields: Fields) -> Result<Stamped<E>, RecordError> {
    let Fields { mut public, private } = fields;
    let time = public.remove(TIME).and_then(|time| time.as_i64());
    let time = time.map(Moment).ok_or_else(|| RecordError::NoTime(kind.clone()))?;
    let mut by = None;
    for (name, text) in private {
        if name == SENT {
            continue;
        }
        let value = match text {
            None => Value::Null,
            Some(text) => serde_json::from_str(&text).map_err(|_| RecordError::Private(name.clone()))?,
        };
        if name == BY {
            let account = serde_json::from_value(value)
                .map_err(|source| RecordError::Fields { kind: kind.clone(), source })?;
            by = Some(match account {
                Some(account) => Sealed::Kept(account),
                None => Sealed::erased(),
            });
            continue;
        }
        let value = Value::Object(Map::from_iter([(MARK.to_owned(), value)]));
        put_back(&mut public, &name, value).ok_or(RecordError::Private(name))?;
    }
    public.insert("kind".to_owned(), Value::String(kind.clone()));
    let what = serde_json::from_value(Value::Object(public))
        .map_err(|source| RecordError::Fields { kind, source })?;
    Ok(Stamped { time, by, what })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ids::AccountId;
    use uuid::Uuid;

    /// A toy in its third form: `size` was called `big` first, and `note` came last.
    #[derive(Clone, Debug, PartialEq)]
    struct Toy {
        size: i64,
        note: Option<String>,
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(tag = "kind", deny_unknown_fields)]
    enum Event {
        #[serde(rename = "toy.made.3")]
        Made { size: i64, owner: Sealed<String, Raiser>, note: Option<Sealed<String, Speaker>> },
    }

    impl Stream for Toy {
        const KIND: &'static str = "toy";
        type Event = Event;

        fn begin(first: &Stamped<Event>) -> Option<Self> {
            let Event::Made { size, note, .. } = &first.what;
            Some(Self { size: *size, note: note.as_ref().and_then(Sealed::get).cloned() })
        }

        fn evolve(&mut self, next: &Stamped<Event>) {
            if let Some(state) = Self::begin(next) {
                *self = state;
            }
        }

        fn upcast(kind: String, mut fields: Fields) -> (String, Fields) {
            // The first form called the size `big`, the second had no note.
            if kind == "toy.made.1"
                && let Some(big) = fields.public.remove("big")
            {
                fields.public.insert("size".to_owned(), big);
            }
            match kind.as_str() {
                "toy.made.1" | "toy.made.2" => ("toy.made.3".to_owned(), fields),
                _ => (kind, fields),
            }
        }
    }

    fn made(by: Option<Sealed<AccountId, Staff>>) -> Stamped<Event> {
        let what = Event::Made { size: 3, owner: "甲".to_owned().into(), note: None };
        Stamped { time: Moment(7), by, what }
    }

    fn kept(record: &Record) -> Fields {
        let private = record.private.iter().map(|(k, v)| (k.clone(), Some(v.clone()))).collect();
        Fields { public: record.public.clone(), private }
    }

    #[test]
    fn private_fields_are_kept_apart_say_whose_they_are_and_survive_erasure() {
        let event = made(Some(AccountId(Uuid::from_u128(9)).into()));
        let record = encode(&event).unwrap();
        assert_eq!(record.kind, "toy.made.3");
        assert_eq!(record.private["owner"], "\"甲\"");
        assert_eq!(record.public["time"], 7);
        assert!(record.private["by"].contains("0009"));
        assert_eq!((record.whose["owner"], record.whose["by"]), (Subject::Raiser, Subject::Staff));
        assert!(!record.public.contains_key("owner") && !record.public.contains_key("note"));
        assert_eq!(decode::<Toy>(&record.kind, kept(&record)).unwrap(), event);

        let mut erased = kept(&record);
        erased.private.values_mut().for_each(|value| *value = None);
        let again = decode::<Toy>(&record.kind, erased).unwrap();
        assert_eq!(again.by, Some(Sealed::erased()));
        assert_eq!(again.what, Event::Made { size: 3, owner: Sealed::erased(), note: None });
    }

    #[test]
    fn three_forms_of_a_kind_read_as_the_newest_and_only_that_is_written() {
        let newest = kept(&encode(&made(None)).unwrap());
        let mut first = newest.clone();
        let size = first.public.remove("size").unwrap();
        first.public.insert("big".to_owned(), size);
        let forms = [("toy.made.1", first), ("toy.made.2", newest.clone()), ("toy.made.3", newest)];
        for (kind, fields) in forms {
            let event = decode::<Toy>(kind, fields).unwrap();
            assert_eq!(event, made(None), "{kind}");
            assert_eq!(encode(&event).unwrap().kind, "toy.made.3");
        }
    }

    #[test]
    fn what_a_form_sent_is_no_part_of_the_event() {
        let event = made(None);
        let mut fields = kept(&encode(&event).unwrap());
        fields.private.insert(SENT.to_owned(), Some("\"ab\"".to_owned()));
        assert_eq!(decode::<Toy>("toy.made.3", fields).unwrap(), event);
    }

    #[test]
    fn a_field_that_a_kind_does_not_have_is_an_error() {
        let mut fields = kept(&encode(&made(None)).unwrap());
        fields.public.insert("colour".to_owned(), Value::from("red"));
        let error = decode::<Toy>("toy.made.3", fields).unwrap_err();
        assert!(error.to_string().contains("colour"), "{error}");
    }

    #[test]
    fn an_unknown_kind_is_an_error_that_names_it() {
        let fields = kept(&encode(&made(None)).unwrap());
        let error = decode::<Toy>("toy.lost.1", fields).unwrap_err();
        assert!(error.to_string().contains("toy.lost.1"));
        assert!(matches!(decode::<Toy>("toy.made.3", Fields::default()), Err(RecordError::NoTime(_))));
    }
}
