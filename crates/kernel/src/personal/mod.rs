//! Personal data in a text for everyone (个人信息保护法 arts. 25, 28): telephones, identity cards,
//! bank cards, doors, number plates, e-mail addresses. Each kind is looked for at every start in
//! the folded text, so that no neighbour, separator or other spelling hides it; what is found is
//! told as a span of the text as it was typed. Names are not found, and nothing is refused here.

mod doors;
mod fold;
mod marks;
mod numbers;
#[cfg(test)]
mod tests;

use crate::words::Word;
use fold::Folded;
use std::ops::Range;

/// The kinds of personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Personal {
    /// A mobile number (手机号).
    Phone,
    /// A landline with its area code (固定电话).
    Landline,
    /// An identity card number (身份证号).
    Identity,
    /// A bank card number (银行卡号).
    Card,
    /// A door number (门牌号).
    Door,
    /// A number plate (车牌号).
    Plate,
    /// An e-mail address (电子邮箱).
    Mail,
}

impl Word for Personal {
    const FAMILY: &'static str = "personal";

    fn every() -> &'static [Self] {
        use Personal::{Card, Door, Identity, Landline, Mail, Phone, Plate};
        &[Phone, Landline, Identity, Card, Door, Plate, Mail]
    }

    fn as_word(self) -> &'static str {
        match self {
            Personal::Phone => "phone",
            Personal::Landline => "landline",
            Personal::Identity => "identity",
            Personal::Card => "card",
            Personal::Door => "door",
            Personal::Plate => "plate",
            Personal::Mail => "mail",
        }
    }
}

/// A piece of personal data in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Personal,
    /// Where it stands, in bytes of the text as it was given, on bounds of characters.
    pub span: Range<usize>,
}

/// All personal data in a text, in order and without overlap.
#[must_use]
pub fn find(text: &str) -> Vec<Found> {
    let mut folded = Folded::of(text);
    let mut found = Vec::new();
    // What was found is struck out and the rest is looked through once more: a number beside it
    // may now begin or end where it did not. So nothing is left once all of it is masked.
    loop {
        let hits = joined(hits(&folded));
        if hits.is_empty() {
            return joined(found);
        }
        folded.strike(hits.iter().map(|hit| &hit.span));
        found.extend(hits);
    }
}

/// Notes a kind and the cells that hold it.
type Note<'n> = dyn FnMut(Personal, Range<usize>) + 'n;

fn hits(folded: &Folded) -> Vec<Found> {
    let mut hits = Vec::new();
    let mut note = |kind, cells: Range<usize>| {
        let (Some(first), Some(last)) = (folded.cells.get(cells.start), folded.cells.get(cells.end - 1))
        else {
            return;
        };
        hits.push(Found { kind, span: first.span.start..last.span.end });
    };
    numbers::find(folded, &mut note);
    doors::find(folded, &mut note);
    marks::find(folded, &mut note);
    hits
}

/// In order, and those that overlap as one, of the kind that is longest: an identity number
/// also holds what could be a mobile number.
fn joined(mut hits: Vec<Found>) -> Vec<Found> {
    hits.sort_by_key(|hit| (hit.span.start, hit.span.end));
    let mut out: Vec<Found> = Vec::with_capacity(hits.len());
    let mut longest = 0;
    for hit in hits {
        match out.last_mut() {
            Some(last) if hit.span.start < last.span.end => {
                if hit.span.len() > longest {
                    longest = hit.span.len();
                    last.kind = hit.kind;
                }
                last.span.end = last.span.end.max(hit.span.end);
            }
            _ => {
                longest = hit.span.len();
                out.push(hit);
            }
        }
    }
    out
}
