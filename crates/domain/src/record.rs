//! How an event becomes a ledger entry and back: its public fields, and its private
//! ones apart, so that a private value can be erased and every proof stays valid.
//! Hashing and salting are the ledger's business, not ours.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The only key of the object that carries a private value between serde and
/// [`Record`]; it never reaches the ledger.
const MARK: &str = "~";

/// A private value of an event (私密字段): committed to in the ledger, kept apart, erasable.
/// [`Sealed::is`] never holds for an erased one.
#[derive(Clone, Debug)]
pub enum Sealed<T> {
    /// The value is at hand.
    Kept(T),
    /// The value was erased under the right of deletion (个人信息保护法 art. 47).
    Erased,
}

impl<T> Sealed<T> {
    /// The value, unless it was erased.
    pub fn get(&self) -> Option<&T> {
        match self {
            Sealed::Kept(value) => Some(value),
            Sealed::Erased => None,
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

impl<T> From<T> for Sealed<T> {
    fn from(value: T) -> Self {
        Sealed::Kept(value)
    }
}

impl<T: PartialEq> PartialEq for Sealed<T> {
    /// Two states are the same when the same values are kept and the same are erased.
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: Serialize> Serialize for Sealed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        BTreeMap::from([(MARK, self.get())]).serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Sealed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Marked<T> {
            #[serde(rename = "~")]
            value: Option<T>,
        }
        Ok(match Marked::deserialize(deserializer)?.value {
            Some(value) => Sealed::Kept(value),
            None => Sealed::Erased,
        })
    }
}

/// An event as the ledger takes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Versioned name of the event's kind, such as `matter.raised.1`.
    pub kind: String,
    /// Fields anyone may read.
    pub public: Map<String, Value>,
    /// Private fields by name, each as JSON text.
    pub private: BTreeMap<String, String>,
}

/// An entry that cannot be read as an event.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The event did not turn into an object with a `kind`: a fault in this program.
    #[error("an event must be an object with a kind")]
    NoObject,
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
pub fn encode<E: Serialize>(event: &E) -> Result<Record, RecordError> {
    let Ok(Value::Object(fields)) = serde_json::to_value(event) else {
        return Err(RecordError::NoObject);
    };
    let mut record = Record { kind: String::new(), public: Map::new(), private: BTreeMap::new() };
    for (name, value) in fields {
        match value {
            Value::String(kind) if name == "kind" => record.kind = kind,
            Value::Object(mut object) if object.len() == 1 && object.contains_key(MARK) => {
                let value = object.remove(MARK).unwrap_or_default();
                record.private.insert(name, value.to_string());
            }
            Value::Null => {}
            value => {
                record.public.insert(name, value);
            }
        }
    }
    if record.kind.is_empty() {
        return Err(RecordError::NoObject);
    }
    Ok(record)
}

/// The event of an entry. `private` has a row for each private field the entry commits
/// to: its JSON text, or `None` when it was erased.
///
/// # Errors
/// When the kind is unknown or its fields do not fit.
pub fn decode<E: DeserializeOwned>(
    kind: &str,
    public: Map<String, Value>,
    private: &BTreeMap<String, Option<String>>,
) -> Result<E, RecordError> {
    let mut fields = public;
    fields.insert("kind".to_owned(), Value::String(kind.to_owned()));
    for (name, text) in private {
        let value = match text {
            None => Value::Null,
            Some(text) => serde_json::from_str(text).map_err(|_| RecordError::Private(name.clone()))?,
        };
        let marked = Map::from_iter([(MARK.to_owned(), value)]);
        fields.insert(name.clone(), Value::Object(marked));
    }
    serde_json::from_value(Value::Object(fields))
        .map_err(|source| RecordError::Fields { kind: kind.to_owned(), source })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(tag = "kind")]
    enum Toy {
        #[serde(rename = "toy.made.1")]
        Made {
            size: i64,
            owner: Sealed<String>,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            note: Option<Sealed<Vec<String>>>,
        },
    }

    #[test]
    fn private_fields_are_kept_apart_and_survive_erasure() {
        let event = Toy::Made { size: 3, owner: "甲".to_owned().into(), note: None };
        let record = encode(&event).unwrap();
        assert_eq!(record.kind, "toy.made.1");
        assert_eq!(record.private["owner"], "\"甲\"");
        assert!(!record.public.contains_key("owner") && !record.public.contains_key("note"));

        let kept = record.private.iter().map(|(k, v)| (k.clone(), Some(v.clone()))).collect();
        let again: Toy = decode(&record.kind, record.public.clone(), &kept).unwrap();
        assert_eq!(again, event);

        let erased = BTreeMap::from([("owner".to_owned(), None)]);
        let again: Toy = decode(&record.kind, record.public, &erased).unwrap();
        assert_eq!(again, Toy::Made { size: 3, owner: Sealed::Erased, note: None });
    }

    #[test]
    fn an_unknown_kind_is_an_error_that_names_it() {
        let error = decode::<Toy>("toy.lost.1", Map::new(), &BTreeMap::new()).unwrap_err();
        assert!(error.to_string().contains("toy.lost.1"));
    }
}
