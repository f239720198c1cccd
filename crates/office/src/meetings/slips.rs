//! What stands on one-time slips: a number, and a code that follows from it and the word of its
//! sheet. Nothing of it is kept but that word. Whether a slip holds is decided by the domain.

use yishi_domain::meetings::{Meeting, MeetingId};
use yishi_store::{blobs, word_of};

/// Characters of a code, without its number: 40 bits, which nobody guesses at a door.
const LENGTH: usize = 8;

/// A slip as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// Its number.
    pub number: u32,
    /// What is typed or scanned: number and code, such as `17-K3F9-QZ2M`.
    pub code: String,
    /// The member of the council whose slip it is, where it is one of a member.
    pub member: Option<u32>,
}

fn code(meeting: MeetingId, word: &str, number: u32) -> String {
    let all = word_of(&blobs::half_of(format!("slip/{meeting}/{word}/{number}").as_bytes()));
    all.chars().skip(all.len().saturating_sub(LENGTH)).collect::<String>().to_uppercase()
}

/// The slips of a meeting, in order, as far as the word of their sheet is kept.
#[must_use]
pub fn slips(id: MeetingId, meeting: &Meeting) -> Vec<Slip> {
    let mut slips = Vec::new();
    for sheet in &meeting.sitting.slips.sheets {
        let Some(word) = sheet.word.get() else { continue };
        slips.extend((sheet.first..sheet.first.saturating_add(sheet.count)).map(|number| {
            let code = code(id, word, number);
            let (front, back) = code.split_at(LENGTH / 2);
            let member = meeting.sitting.slips.member(number);
            Slip { number, code: format!("{number}-{front}-{back}"), member }
        }));
    }
    slips
}

/// The number of the slip whose code was typed, however it was: in small letters, with spaces or
/// full-width digits, with an O for a nought.
#[must_use]
pub fn read(id: MeetingId, meeting: &Meeting, typed: &str) -> Option<u32> {
    let plain: Vec<char> = typed.chars().filter_map(plain).collect();
    let (number, said) = plain.split_at_checked(plain.len().checked_sub(LENGTH)?)?;
    let number: u32 = number.iter().collect::<String>().parse().ok()?;
    let word = meeting.sitting.slips.sheet(number)?.word.get()?;
    (code(id, word, number) == said.iter().collect::<String>()).then_some(number)
}

/// A character as codes have it; nothing for what only parts them.
fn plain(typed: char) -> Option<char> {
    let narrow = match typed {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(typed) - 0xfee0)?,
        other => other,
    };
    match narrow.to_ascii_uppercase() {
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        one if one.is_ascii_alphanumeric() => Some(one),
        _ => None,
    }
}
