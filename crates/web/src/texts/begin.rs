//! How a sentence begins that begins with a value: in English with a capital, also where the value
//! is "the people of the community". Texts are written without a thought of it; the values at their
//! beginnings are found when the English file is read. Chinese has no capitals.

use fluent_bundle::{FluentArgs, FluentValue};

/// The function that [`sentences`] puts around a value.
pub(super) const CAPITAL: &str = "CAPITAL";

/// A file of texts in which each value that begins a sentence is put in by [`CAPITAL`].
pub(super) fn sentences(file: &str) -> String {
    let mut parts = file.split("{ $");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(" }") {
            Some((name, rest)) if is_name(name) && begins(&out, rest) => {
                out.push_str(&format!("{{ {CAPITAL}(${name}) }}{rest}"));
            }
            _ => {
                out.push_str("{ $");
                out.push_str(part);
            }
        }
    }
    out
}

/// Whether a value begins a sentence that stands between these: it is all of its text, or the first
/// of it and goes on in words, or another sentence ended before it. What only stands before a dot,
/// a dash or a bracket is a name in a list.
fn begins(before: &str, rest: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let text = match line.split_once(" = ") {
        Some((key, text)) if !key.starts_with(' ') => text,
        _ => line.trim_start().split_once("] ").map_or(line.trim_start(), |(_, text)| text),
    };
    let mut next = rest.chars();
    let goes_on = match next.next() {
        Some(' ') => next.next().is_some_and(|after| after.is_ascii_alphabetic()),
        Some('\n') | None => true,
        Some(mark) => [';', ':', ',', '.', '\'', '’'].contains(&mark),
    };
    (text.is_empty() && goes_on) || [". ", "! ", "? "].iter().any(|end| text.ends_with(end))
}

fn is_name(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

/// The value of [`CAPITAL`].
pub(super) fn begun<'a>(values: &[FluentValue<'a>], _: &FluentArgs<'_>) -> FluentValue<'a> {
    match values {
        [FluentValue::String(text)] => FluentValue::String(capital(text).into()),
        [other] => other.clone(),
        _ => FluentValue::Error,
    }
}

/// A text that begins with a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn a_value_is_put_in_by_it_where_a_sentence_begins_and_nowhere_else() {
        for (text, read) in [
            ("a = { $name } have seen it", "a = { CAPITAL($name) } have seen it"),
            ("a = { $why }; { $name } is told", "a = { CAPITAL($why) }; { $name } is told"),
            ("a = Told { $name }. { $why } now", "a = Told { $name }. { CAPITAL($why) } now"),
            ("a = { $name }", "a = { CAPITAL($name) }"),
            ("a = { $name }\nb = { $at } · { $by }", "a = { CAPITAL($name) }\nb = { $at } · { $by }"),
            ("a = { $date } · { $role }", "a = { $date } · { $role }"),
            ("a = { $task } — { $name }, by { $by }", "a = { $task } — { $name }, by { $by }"),
            ("a = { $kind } { $paper }", "a = { $kind } { $paper }"),
            ("a = { $n ->\n    [0] { $who } came\n", "a = { $n ->\n    [0] { CAPITAL($who) } came\n"),
            (
                "a = { $n ->\n    [one] 1 is\n} late, { $who } said",
                "a = { $n ->\n    [one] 1 is\n} late, { $who } said",
            ),
            (
                "a = { $n ->\n    [one] 1 day\n}. { $why } now",
                "a = { $n ->\n    [one] 1 day\n}. { CAPITAL($why) } now",
            ),
        ] {
            assert_eq!(sentences(text), read);
        }
    }
}
