//! The pieces pages are made of: the frame, fields, badges, lists, the chain. Typed, plain
//! functions; escaping is maud's. No data is looked up here.

mod form;
mod page;
mod parts;

pub use form::{
    Field, Fields, Input, Keep, check, checks, file, hidden, input, photo_named, photos_named, radios,
    radios_or_none, select, submit, text_area, text_field,
};
pub use page::{Nav, Page, Width};
pub use parts::{
    GROUP, bits, capacity, counts, due, due_in_full, empty, facts, for_group, jumps, more, organisation_kind,
    photos, place_kind, print_button, qr, role, to_copy, urgency, yuan,
};

/// Bytes of a link's query value, percent-encoded.
#[must_use]
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                out.push(char::from(byte))
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A link of a path and what it asks for, in this order; what is empty is left out. The same
/// page has one link, whatever else stood in the address.
#[must_use]
pub fn link(path: &str, asked: &[(&str, &str)]) -> String {
    let mut link = path.to_owned();
    for (name, value) in asked.iter().filter(|(_, value)| !value.is_empty()) {
        let sign = if link.contains('?') { '&' } else { '?' };
        link.push_str(&format!("{sign}{name}={}", encoded(value)));
    }
    link
}
