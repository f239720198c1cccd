//! What was typed into a form, until the answer is on its way: whose it is, and whether all of it
//! came. Error pages and drafts live from it. How a form is read is not known here.

use crate::own_path::OwnPath;
use crate::ui::Fields;
use crate::{Cx, Error, drafts::Photos};
use yishi_office::FormKey;

/// A photo that came with a form before and stays with it: marked by [`crate::photos::Mark`].
pub(crate) const PHOTO: &str = "photo";

/// The mark of a text that whoever sends the form has looked at twice ([`crate::slip`]).
pub const LOOKED: &str = "looked";

/// A form's own word in it: what it asks for is done once.
pub(crate) const ONCE: &str = "once";

/// The session's token in a form, whose form it is, the page that shows it, and its word: written
/// by [`Cx::marks`], and no value of the form's own.
const MARKS: [&str; 4] = ["token", "who", "page", ONCE];

/// Whose form was sent, as far as it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    /// It says nothing: nobody was signed in when it was made.
    Nobodys,
    /// The account's that is signed in.
    Own,
    /// Another account's than the one signed in.
    Anothers,
    /// An account's, and nobody is signed in now.
    Ended,
}

/// How much of a form came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All of it.
    Whole,
    /// Its beginning: the rest is missing, or was too much.
    Part,
    /// All but what is never shown again, as a password: it cannot be sent as it was.
    NoSecret,
}

/// What was typed into a form.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    pub whose: Whose,
    pub who: String,
    pub page: OwnPath,
    pub values: Fields,
    pub photos: Photos,
    pub extent: Extent,
    /// How the form is sent, where that is not as usual.
    pub encoding: Option<&'static str>,
}

impl Typed {
    /// What came in these values, and whose they were when they were judged. Where it cannot be said who sends them, they keep their marks:
    /// sent again, they are judged then.
    pub fn of(
        cx: Option<&Cx>,
        judged: Option<Whose>,
        mut values: Fields,
        photos: Photos,
        extent: Extent,
    ) -> Self {
        let secrets = values.0.iter().filter(|(name, value)| is_secret(name) && !value.is_empty()).count();
        values.0.retain(|(name, _)| !is_secret(name));
        let extent = if secrets > 0 && extent == Extent::Whole { Extent::NoSecret } else { extent };
        let page = OwnPath::or(values.get("page"), "/desk");
        let (whose, who) = match cx {
            None => (Whose::Nobodys, String::new()),
            Some(cx) => {
                let whose = judged.unwrap_or_else(|| judge(cx, &values).0);
                let own = cx.who().filter(|_| whose == Whose::Own);
                (whose, own.unwrap_or_else(|| values.get("who").to_owned()))
            }
        };
        let values = match cx {
            None => values,
            // Sent once more as it was, it is the same form.
            Some(_) => {
                let once = values.0.iter().find(|(name, _)| name == ONCE).cloned();
                let mut values = unmarked(values);
                values.0.extend(once);
                values
            }
        };
        Self { whose, who, page, values, photos, extent, encoding: None }
    }

    /// What a person wrote in words.
    pub fn texts(&self) -> Vec<&str> {
        self.values.texts()
    }

    /// Whether there is anything to keep but what the form brought along: ids, digests, and
    /// its own random word.
    pub fn is_worth_keeping(&self) -> bool {
        self.last().is_some()
    }

    /// Which of the values that somebody gave came last: it may have been cut off.
    pub fn last(&self) -> Option<usize> {
        self.values.0.iter().rposition(|(name, value)| name != PHOTO && !is_brought(value))
    }
}

/// Whether a form brings a value along: an id, a digest, or its own random word.
fn is_brought(value: &str) -> bool {
    let plain = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    value.is_empty() || FormKey::of(value).is_some() || (plain && matches!(value.len(), 26 | 36 | 64))
}

/// The values without what is no value.
pub(super) fn unmarked(mut values: Fields) -> Fields {
    values.0.retain(|(name, _)| !is_mark(name));
    values
}

/// Whether a value is none of the form's own.
pub(super) fn is_mark(name: &str) -> bool {
    MARKS.contains(&name)
}

/// Tells whoever acts what they have looked at twice: the whole form says it.
pub(super) fn looked_at(cx: &Cx, values: &Fields) {
    cx.looked.take(values.all(LOOKED).map(str::to_owned));
}

/// Whether a field is never shown again.
fn is_secret(name: &str) -> bool {
    name.contains("password") || name == "secret"
}

/// Whether the form may be taken, and whose it is.
pub(super) fn judge(cx: &Cx, values: &Fields) -> (Whose, Result<(), Error>) {
    let who = values.get("who");
    let Some(own) = cx.who() else {
        let whose = if who.is_empty() { Whose::Nobodys } else { Whose::Ended };
        return (whose, Ok(()));
    };
    if cx.fits(values.get("token")) {
        return (Whose::Own, Ok(()));
    }
    let whose = match who {
        "" => Whose::Nobodys,
        who if who == own => Whose::Own,
        _ => Whose::Anothers,
    };
    (whose, Err(Error::Forged))
}
