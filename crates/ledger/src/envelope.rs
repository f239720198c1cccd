//! The envelope of one entry: what anyone may read of it, and commitments to the rest.

use crate::canonical::{self, CanonicalError};
use crate::digest::{Digest, hex, unhex};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use unicode_normalization::is_nfc;

/// One entry of a ledger (台账条目).
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope {
    /// When it was recorded, in microseconds since the epoch; never decreasing in a ledger.
    pub at: i64,
    /// Versioned name of what happened.
    pub kind: String,
    /// Id of the node that keeps the ledger.
    pub ledger: String,
    /// 16 random bytes, so that nobody can guess an entry from its digest.
    pub nonce: [u8; 16],
    /// Gapless, from 0: the index of its leaf.
    pub number: u64,
    /// The place, a building at the finest.
    pub place: Option<String>,
    /// Commitments to private fields by name.
    pub private: BTreeMap<String, Digest>,
    /// Fields anyone may read.
    pub public: Map<String, Value>,
    /// The role it was done in.
    pub role: String,
    /// The stream it belongs to.
    pub stream: String,
    /// Its place in the stream, from 1.
    pub version: u64,
}

/// Text that is no envelope.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// It has no canonical form.
    #[error(transparent)]
    Canonical(#[from] CanonicalError),
    /// A field is missing, too much, or of the wrong type.
    #[error("the envelope's field {0} is missing, superfluous or malformed")]
    Field(String),
}

/// An envelope but for its time and number, written ahead so that whoever gives it its
/// place in the ledger only has to put two integers in.
#[derive(Clone, Debug)]
pub struct Draft {
    /// From `"kind"` to before the number.
    middle: String,
    /// From after the number to the end.
    end: String,
}

/// What an entry is made of before it has its place.
#[derive(Clone, Debug)]
pub struct Parts<'a> {
    /// See [`Envelope::kind`].
    pub kind: &'a str,
    /// See [`Envelope::ledger`].
    pub ledger: &'a str,
    /// See [`Envelope::nonce`].
    pub nonce: [u8; 16],
    /// See [`Envelope::place`].
    pub place: Option<&'a str>,
    /// See [`Envelope::private`].
    pub private: &'a BTreeMap<String, Digest>,
    /// See [`Envelope::public`].
    pub public: &'a Map<String, Value>,
    /// See [`Envelope::role`].
    pub role: &'a str,
    /// See [`Envelope::stream`].
    pub stream: &'a str,
    /// See [`Envelope::version`].
    pub version: u64,
}

impl Draft {
    /// Writes it.
    ///
    /// # Errors
    /// When a public field has no canonical form, two fields have one name, or a name is not
    /// normalised: what is sealed can never be mended, so nothing unreadable gets that far.
    pub fn new(parts: &Parts) -> Result<Draft, CanonicalError> {
        let mut middle = String::with_capacity(160);
        middle.push_str(",\"kind\":");
        canonical::write_name(&mut middle, parts.kind)?;
        middle.push_str(",\"ledger\":");
        canonical::write_name(&mut middle, parts.ledger)?;
        middle.push_str(",\"nonce\":\"");
        middle.push_str(&hex(&parts.nonce));
        middle.push_str("\",\"number\":");
        let mut end = String::with_capacity(512);
        if let Some(place) = parts.place {
            end.push_str(",\"place\":");
            canonical::write_name(&mut end, place)?;
        }
        if !parts.private.keys().all(|field| is_nfc(field)) {
            return Err(CanonicalError::Spelling);
        }
        end.push_str(",\"private\":");
        let private = parts.private.iter().map(|(field, commitment)| (field.as_str(), commitment));
        canonical::write_object(&mut end, private, |out, commitment| {
            canonical::write_text(out, &commitment.to_string());
            Ok(())
        })?;
        end.push_str(",\"public\":");
        let public = parts.public.iter().map(|(field, value)| (field.as_str(), value));
        canonical::write_object(&mut end, public, canonical::write)?;
        end.push_str(",\"role\":");
        canonical::write_name(&mut end, parts.role)?;
        end.push_str(",\"stream\":");
        canonical::write_name(&mut end, parts.stream)?;
        end.push_str(",\"version\":");
        canonical::write_count(&mut end, parts.version)?;
        end.push('}');
        Ok(Draft { middle, end })
    }

    /// The canonical envelope, once time and number are known.
    #[must_use]
    pub fn seal(&self, at: i64, number: u64) -> String {
        let mut out = String::with_capacity(self.middle.len() + self.end.len() + 48);
        out.push_str("{\"at\":");
        out.push_str(&at.to_string());
        out.push_str(&self.middle);
        out.push_str(&number.to_string());
        out.push_str(&self.end);
        out
    }
}

impl Envelope {
    /// Its canonical form.
    ///
    /// # Errors
    /// When a field has none.
    pub fn to_canonical(&self) -> Result<String, CanonicalError> {
        let draft = Draft::new(&Parts {
            kind: &self.kind,
            ledger: &self.ledger,
            nonce: self.nonce,
            place: self.place.as_deref(),
            private: &self.private,
            public: &self.public,
            role: &self.role,
            stream: &self.stream,
            version: self.version,
        })?;
        Ok(draft.seal(self.at, self.number))
    }

    /// Reads an envelope's JSON without asking for the canonical spelling: for what a store
    /// has checked before. Use [`Envelope::parse`] for anything that came from elsewhere.
    ///
    /// # Errors
    /// When a field is missing, too much, or of the wrong type.
    pub fn read(text: &str) -> Result<Self, EnvelopeError> {
        let value = serde_json::from_str(text).map_err(|error| CanonicalError::Json(error.to_string()))?;
        Self::from_value(value)
    }

    /// Reads a canonical envelope.
    ///
    /// # Errors
    /// When the text is anything else.
    pub fn parse(text: &str) -> Result<Self, EnvelopeError> {
        Self::from_value(canonical::parse(text)?)
    }

    fn from_value(value: Value) -> Result<Self, EnvelopeError> {
        let wrong = |field: &str| EnvelopeError::Field(field.to_owned());
        let Value::Object(mut fields) = value else {
            return Err(wrong("{}"));
        };
        let mut take = |name: &str| fields.remove(name).ok_or_else(|| wrong(name));
        let text = |value: Value, name: &str| match value {
            Value::String(text) => Ok(text),
            _ => Err(wrong(name)),
        };
        let count = |value: Value, name: &str| value.as_u64().ok_or_else(|| wrong(name));
        let private = match take("private")? {
            Value::Object(private) => private
                .into_iter()
                .map(|(field, value)| {
                    let commitment = value.as_str().and_then(|text| text.parse().ok());
                    commitment.map(|commitment| (field, commitment)).ok_or_else(|| wrong("private"))
                })
                .collect::<Result<_, _>>()?,
            _ => return Err(wrong("private")),
        };
        let Value::Object(public) = take("public")? else {
            return Err(wrong("public"));
        };
        let envelope = Envelope {
            at: take("at")?.as_i64().ok_or_else(|| wrong("at"))?,
            kind: text(take("kind")?, "kind")?,
            ledger: text(take("ledger")?, "ledger")?,
            nonce: unhex(&text(take("nonce")?, "nonce")?).ok_or_else(|| wrong("nonce"))?,
            number: count(take("number")?, "number")?,
            place: take("place").ok().map(|place| text(place, "place")).transpose()?,
            private,
            public,
            role: text(take("role")?, "role")?,
            stream: text(take("stream")?, "stream")?,
            version: count(take("version")?, "version")?,
        };
        match fields.into_iter().next() {
            Some((superfluous, _)) => Err(EnvelopeError::Field(superfluous)),
            None => Ok(envelope),
        }
    }
}

/// The digest of an entry: the data of its leaf, and all that the public log shows of it.
#[must_use]
pub fn entry_digest(envelope: &str) -> Digest {
    Digest::of(&[envelope.as_bytes()])
}

/// The commitment to a private field: `SHA-256(0x02 ‖ salt ‖ field ‖ 0x00 ‖ value)`, the
/// value as JSON text. The first byte keeps it apart from leaves (0x00) and nodes (0x01).
#[must_use]
pub fn commitment(salt: &[u8; 32], field: &str, value: &str) -> Digest {
    Digest::of(&[&[2], salt, field.as_bytes(), &[0], value.as_bytes()])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn sample() -> Envelope {
        Envelope {
            at: 1_767_225_600_000_000,
            kind: "matter.raised.1".to_owned(),
            ledger: "00000000-0000-4000-8000-000000000002".to_owned(),
            nonce: [7; 16],
            number: 12,
            place: Some("00000000-0000-4000-8000-000000000004".to_owned()),
            private: BTreeMap::from([("text".to_owned(), commitment(&[9; 32], "text", "\"楼道灯坏了\""))]),
            public: json!({"channel": "poster", "due": 1_767_312_000_000_000_i64})
                .as_object()
                .unwrap()
                .clone(),
            role: "visitor".to_owned(),
            stream: "matter/00000000-0000-4000-8000-000000000100".to_owned(),
            version: 1,
        }
    }

    /// These bytes were sealed by the first release and can never change.
    #[test]
    fn the_golden_envelope_stands() {
        let golden = include_str!("../tests/golden/envelope.json").trim_end();
        let digest = include_str!("../tests/golden/envelope.sha256").trim_end();
        assert_eq!(sample().to_canonical().unwrap(), golden);
        assert_eq!(entry_digest(golden).to_string(), digest);
        assert_eq!(Envelope::parse(golden).unwrap(), sample());
    }

    #[test]
    fn an_envelope_has_all_its_fields_and_no_other() {
        let text = sample().to_canonical().unwrap();
        assert!(Envelope::parse(&text.replace("\"role\":\"visitor\",", "")).is_err());
        assert!(Envelope::parse(&text.replace("\"stream\"", "\"s\":1,\"stream\"")).is_err());
        assert!(Envelope::parse(&text.replace("0707", "07zz")).is_err());
    }

    #[test]
    fn what_a_draft_seals_always_reads_back() {
        let public = |value: serde_json::Value| value.as_object().unwrap().clone();
        // Normalised, the first key sorts after the second; by code unit the face sorts first.
        let fields = public(json!({"e\u{301}": 1, "f": 2, "\u{ff5e}": 3, "\u{1f600}": 4}));
        let private = ["\u{ff5e}", "\u{1f600}"].map(|field| (field.to_owned(), Digest([1; 32])));
        let envelope = Envelope { public: fields, private: private.into(), ..sample() };
        let text = envelope.to_canonical().unwrap();
        assert_eq!(Envelope::parse(&text).unwrap().to_canonical().unwrap(), text);
        assert!(text.contains("\"public\":{\"f\":2,\"\u{e9}\":1,\"\u{1f600}\":4,\"\u{ff5e}\":3}"));
    }

    #[test]
    fn what_could_not_be_read_back_is_not_drafted() {
        let twice = json!({"e\u{301}": 1, "\u{e9}": 2}).as_object().unwrap().clone();
        let refused = |envelope: Envelope| envelope.to_canonical().unwrap_err();
        assert!(matches!(refused(Envelope { public: twice, ..sample() }), CanonicalError::Key(_)));
        let large = Envelope { version: (1 << 53) + 1, ..sample() };
        assert!(matches!(refused(large), CanonicalError::Value(_)));
        let name = "e\u{301}".to_owned();
        for envelope in [
            Envelope { private: BTreeMap::from([(name.clone(), Digest([1; 32]))]), ..sample() },
            Envelope { kind: name.clone(), ..sample() },
            Envelope { ledger: name.clone(), ..sample() },
            Envelope { place: Some(name.clone()), ..sample() },
            Envelope { role: name.clone(), ..sample() },
            Envelope { stream: name, ..sample() },
        ] {
            assert_eq!(refused(envelope), CanonicalError::Spelling);
        }
    }

    /// Computed by another program from the definition in the documentation.
    #[test]
    fn the_golden_commitment_stands() {
        let golden = include_str!("../tests/golden/commitment.sha256").trim_end();
        assert_eq!(commitment(&[9; 32], "text", "\"楼道灯坏了\"").to_string(), golden);
    }

    proptest! {
        #[test]
        fn any_changed_byte_shows(at in 0_usize..400, bit in 0_u8..8) {
            let text = sample().to_canonical().unwrap();
            let mut bytes = text.clone().into_bytes();
            let at = at % bytes.len();
            bytes[at] ^= 1 << bit;
            let digest = Digest::of(&[&bytes]);
            prop_assert_ne!(digest, entry_digest(&text));
        }

        #[test]
        fn a_draft_seals_to_the_envelope(at in 0_i64..1 << 52, number in 0_u64..1 << 50) {
            let envelope = Envelope { at, number, ..sample() };
            let text = envelope.to_canonical().unwrap();
            prop_assert_eq!(Envelope::parse(&text).unwrap(), envelope.clone());
            prop_assert_eq!(Envelope::read(&text).unwrap(), envelope);
        }

        #[test]
        fn a_commitment_binds_salt_field_and_value(a in "[ab]{1,4}", b in "[ab]{0,4}", c in "[ab]{1,4}", d in "[ab]{0,4}") {
            let same = (&a, &b) == (&c, &d);
            let salt = [1; 32];
            prop_assert_eq!(commitment(&salt, &a, &b) == commitment(&salt, &c, &d), same);
            prop_assert_ne!(commitment(&[1; 32], &a, &b), commitment(&[2; 32], &a, &b));
        }
    }
}
