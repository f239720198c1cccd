//! Canonical JSON: one spelling for each value, so that anyone can write it again and hash
//! it. Sorted keys, NFC text, integers and strings only; arrays and objects of these.

use serde_json::Value;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Largest integer every JSON reader takes exactly (RFC 8785).
const SAFE: i64 = 1 << 53;

/// A value that has no canonical form, or text that is not in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalError {
    /// A float, a boolean, a null, or an integer beyond ±2^53.
    #[error("only integers up to 2^53 and strings are allowed, not {0}")]
    Value(String),
    /// Two keys of an object are the same once normalised.
    #[error("two keys are the same: {0}")]
    Key(String),
    /// Not JSON at all.
    #[error("not JSON: {0}")]
    Json(String),
    /// JSON, but spelled otherwise.
    #[error("not in canonical form")]
    Spelling,
}

/// The canonical form of a value.
///
/// # Errors
/// When it holds anything but integers, strings, arrays and objects.
pub fn to_string(value: &Value) -> Result<String, CanonicalError> {
    let mut out = String::new();
    write(&mut out, value)?;
    Ok(out)
}

/// Reads a text that must be in canonical form.
///
/// # Errors
/// When it is not.
pub fn parse(text: &str) -> Result<Value, CanonicalError> {
    let value = serde_json::from_str(text).map_err(|error| CanonicalError::Json(error.to_string()))?;
    if to_string(&value)? == text { Ok(value) } else { Err(CanonicalError::Spelling) }
}

pub(crate) fn write(out: &mut String, value: &Value) -> Result<(), CanonicalError> {
    match value {
        Value::Number(number) => match number.as_i64() {
            Some(int) if (-SAFE..=SAFE).contains(&int) => out.push_str(&int.to_string()),
            _ => return Err(CanonicalError::Value(number.to_string())),
        },
        Value::String(text) => write_text(out, text),
        Value::Array(values) => {
            out.push('[');
            for (n, value) in values.iter().enumerate() {
                if n > 0 {
                    out.push(',');
                }
                write(out, value)?;
            }
            out.push(']');
        }
        Value::Object(fields) => {
            write_object(out, fields.iter().map(|(key, value)| (key.as_str(), value)), write)?;
        }
        Value::Null | Value::Bool(_) => return Err(CanonicalError::Value(value.to_string())),
    }
    Ok(())
}

/// An object, its values written by `write_value`: the one place that knows the order of keys.
pub(crate) fn write_object<'a, V>(
    out: &mut String,
    fields: impl Iterator<Item = (&'a str, V)>,
    write_value: impl Fn(&mut String, V) -> Result<(), CanonicalError>,
) -> Result<(), CanonicalError> {
    // Normalised before they are sorted, since normalising can change their order or make
    // two the same. Sorted by UTF-16 code unit, as RFC 8785 has it.
    let mut fields: Vec<(String, V)> = fields.map(|(key, value)| (key.nfc().collect(), value)).collect();
    fields.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
    if let Some(twice) = fields.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        return Err(CanonicalError::Key(twice[0].0.clone()));
    }
    out.push('{');
    for (n, (key, value)) in fields.into_iter().enumerate() {
        if n > 0 {
            out.push(',');
        }
        write_text(out, &key);
        out.push(':');
        write_value(out, value)?;
    }
    out.push('}');
    Ok(())
}

/// A count or version, which has the same bounds as any integer here.
pub(crate) fn write_count(out: &mut String, count: u64) -> Result<(), CanonicalError> {
    if count > SAFE.unsigned_abs() {
        return Err(CanonicalError::Value(count.to_string()));
    }
    out.push_str(&count.to_string());
    Ok(())
}

/// A name that is also stored beside the envelope, byte for byte, and so is never normalised
/// on the way: it must be so already.
pub(crate) fn write_name(out: &mut String, name: &str) -> Result<(), CanonicalError> {
    if !is_nfc(name) {
        return Err(CanonicalError::Spelling);
    }
    write_text(out, name);
    Ok(())
}

/// A string with the shortest escapes of RFC 8785.
pub(crate) fn write_text(out: &mut String, text: &str) {
    let normal;
    let text = if is_nfc(text) {
        text
    } else {
        normal = text.nfc().collect::<String>();
        &normal
    };
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn one_value_has_one_spelling() {
        let value = json!({"b": [1, "e\u{301}\n"], "a": {"地点": -5}});
        assert_eq!(to_string(&value).unwrap(), r#"{"a":{"地点":-5},"b":[1,"é\n"]}"#);
        for text in [r#"{"b":1,"a":2}"#, r#"{"a": 1}"#, r#""\u0041""#, "1.0", "-0", "\"e\u{301}\""] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn floats_nulls_booleans_and_large_integers_have_none() {
        for value in [json!(1.5), json!(null), json!(true), json!(9_007_199_254_740_993_i64), json!(u64::MAX)]
        {
            assert!(matches!(to_string(&json!([value])), Err(CanonicalError::Value(_))));
        }
        let twice = json!({"\u{e9}": 1, "e\u{301}": 2});
        assert!(matches!(to_string(&twice), Err(CanonicalError::Key(_))));
    }

    fn values() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            (-SAFE..=SAFE).prop_map(|n| json!(n)),
            "\\PC{0,8}|[\\x00-\\x1f\"\\\\]{0,4}".prop_map(|s| json!(s))
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::Array),
                prop::collection::btree_map("[a-z\u{4e00}-\u{4e10}\u{ff5e}\u{1f600}]{1,4}", inner, 0..4)
                    .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn writing_and_reading_agree(value in values()) {
            let text = to_string(&value).unwrap();
            let read = parse(&text).unwrap();
            prop_assert_eq!(to_string(&read).unwrap(), text);
        }
    }
}
