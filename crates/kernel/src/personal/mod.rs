//! Personal data in a text for everyone (个人信息保护法 arts. 25, 28): telephones, papers, bank
//! cards, doors, number plates, addresses. Each kind is looked for at every start in the folded
//! text, so that no neighbour, separator or other spelling hides it; what is found is told as a
//! span of the text as it was typed, and how sure it is. Names are not found, and nothing is
//! refused here.

mod contacts;
#[cfg(test)]
mod corpus;
mod doors;
mod fold;
mod landings;
mod looked;
mod marks;
mod numbers;
mod offices;
#[cfg(test)]
mod tests;

pub use looked::{Looked, mark};

use crate::words::Word;
use fold::Folded;
use std::ops::Range;

/// The kinds of personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Personal {
    /// A mobile number (手机号).
    Phone,
    /// A landline (固定电话).
    Landline,
    /// An identity card number (身份证号).
    Identity,
    /// The number of a passport or permit (护照、通行证号).
    Passport,
    /// A bank card number (银行卡号).
    Card,
    /// A door number (门牌号).
    Door,
    /// A number plate (车牌号).
    Plate,
    /// An e-mail address (电子邮箱).
    Mail,
    /// A name in a chat program (微信、QQ 号).
    Chat,
}

impl Word for Personal {
    const FAMILY: &'static str = "personal";

    fn every() -> &'static [Self] {
        use Personal::{Card, Chat, Door, Identity, Landline, Mail, Passport, Phone, Plate};
        &[Phone, Landline, Identity, Passport, Card, Door, Plate, Mail, Chat]
    }

    fn as_word(self) -> &'static str {
        match self {
            Personal::Phone => "phone",
            Personal::Landline => "landline",
            Personal::Identity => "identity",
            Personal::Passport => "passport",
            Personal::Card => "card",
            Personal::Door => "door",
            Personal::Plate => "plate",
            Personal::Mail => "mail",
            Personal::Chat => "chat",
        }
    }
}

/// How sure it is that something is personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// It may be something else: an amount, a number of a thing, an office's telephone.
    Likely,
    /// It is.
    Certain,
}

/// A piece of personal data in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Personal,
    /// How sure that is.
    pub sure: Sure,
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
        let mut hits = hits(&folded);
        hits.extend(folded.meant().iter().flat_map(self::hits));
        let hits = joined(hits);
        if hits.is_empty() {
            return joined(found);
        }
        folded.strike(hits.iter().map(|hit| &hit.span));
        found.extend(hits);
    }
}

/// Notes a kind, how sure it is, and the cells that hold it.
type Note<'n> = dyn FnMut(Personal, Sure, Range<usize>) + 'n;

fn hits(folded: &Folded) -> Vec<Found> {
    let mut hits = Vec::new();
    let mut note = |kind, sure, cells: Range<usize>| {
        let (Some(first), Some(last)) = (folded.cells.get(cells.start), folded.cells.get(cells.end - 1))
        else {
            return;
        };
        hits.push(Found { kind, sure, span: first.span.start..last.span.end });
    };
    numbers::find(folded, &mut note);
    doors::find(folded, &mut note);
    landings::find(folded, &mut note);
    marks::find(folded, &mut note);
    contacts::find(folded, &mut note);
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
                last.sure = last.sure.max(hit.sure);
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
