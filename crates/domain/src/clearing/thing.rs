//! What a run takes in, named so that the envelope holds it: a thing's stream, the step that waited,
//! and who held it, without anybody's name. Any feature's things can be taken in.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use yishi_kernel::{HolderKey, OrganisationId, PlaceId, StreamName, Whom};

/// A thing that waits, by its kind and id (事项、议题、单、表态……).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Thing(String);

/// A step that waits: the family of its word, and the word (下一步).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Waited(String);

/// Who held a thing (承办): a body, a desk, or one of the community's own people, whoever that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeldBy {
    /// The desk of a place.
    Desk(PlaceId),
    /// An organisation.
    Body(OrganisationId),
    /// Somebody of the community's own people.
    Own,
}

/// Two words with a stroke between them, neither of which anybody wrote.
fn is_pair(text: &str, second: impl Fn(&str) -> bool) -> bool {
    let word =
        |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b"_-".contains(&b));
    text.split_once('/').is_some_and(|(first, rest)| word(first) && (second(rest)))
}

impl Thing {
    /// A thing by the name of its stream; nothing where that is no kind and id.
    #[must_use]
    pub fn of(stream: &StreamName) -> Option<Self> {
        let id = |text: &str| text.len() == 36 && uuid::Uuid::parse_str(text).is_ok();
        is_pair(stream.as_str(), id).then(|| Self(stream.as_str().to_owned()))
    }

    /// The name of its stream.
    #[must_use]
    pub fn stream(&self) -> StreamName {
        StreamName::stored(&self.0)
    }

    /// As stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Waited {
    /// A step by the family of its word and the word; nothing where these are no words of ours.
    #[must_use]
    pub fn of(family: &str, step: &str) -> Option<Self> {
        let text = format!("{family}/{step}");
        let word = |text: &str| {
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b"_-".contains(&b))
        };
        is_pair(&text, word).then_some(Self(text))
    }

    /// As stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The key of its text.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.replace('/', "-")
    }
}

impl HeldBy {
    /// Whoever a key names, without their name.
    #[must_use]
    pub fn of(key: &HolderKey) -> Self {
        match key.whom() {
            Whom::Desk(place) => Self::Desk(place),
            Whom::Organisation(body) => Self::Body(body),
            Whom::Person(_) | Whom::Nobody => Self::Own,
        }
    }

    /// As stored.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::Desk(place) => HolderKey::desk(place).as_str().to_owned(),
            Self::Body(body) => HolderKey::organisation(body).as_str().to_owned(),
            Self::Own => "own".to_owned(),
        }
    }

    /// One that was stored.
    #[must_use]
    pub fn stored(text: &str) -> Self {
        Self::of(&HolderKey::stored(text))
    }
}

impl<'de> Deserialize<'de> for Thing {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::of(&StreamName::stored(&text)).ok_or_else(|| D::Error::custom("no kind and id of a thing"))
    }
}

impl<'de> Deserialize<'de> for Waited {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let step = text.split_once('/').and_then(|(family, step)| Self::of(family, step));
        step.ok_or_else(|| D::Error::custom("no step"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::testing::{account, body, place};

    #[test]
    fn nobodys_words_and_nobodys_name_are_part_of_it() {
        for text in
            ["matter", "matter/", "matter/请打给王女士", "/x", "事项/00000000-0000-4000-8000-000000000001"]
        {
            assert_eq!(Thing::of(&StreamName::stored(text)), None, "{text}");
        }
        assert_eq!(Waited::of("order-step", "report_in").unwrap().key(), "order-step-report_in");
        assert_eq!(Waited::of("step", "找王女士"), None);
        assert_eq!(HeldBy::of(&HolderKey::person(account(3))), HeldBy::Own);
        for held in [HeldBy::Own, HeldBy::Desk(place(2)), HeldBy::Body(body(5))] {
            assert_eq!(HeldBy::stored(&held.key()), held);
        }
    }
}
