//! Why a command was refused: a typed reason of a feature that says which rule, which date,
//! who may. Each feature has its own; what every feature needs stands here. The words users
//! see are texts under `refusal-<word>`.

use crate::access::Denied;
use crate::moment::Moment;
use crate::text::TextError;
use crate::words::Word;
use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// A reason of a feature for which its rules do not allow a command (拒绝).
pub trait Refuse: std::error::Error + Send + Sync + PartialEq + Sized + 'static {
    /// The word of its text's key: `refusal-<word>`.
    fn word(&self) -> &'static str;

    /// What is put into the text.
    fn args(&self) -> Args {
        Vec::new()
    }

    /// The name of the form's field it is about.
    fn field(&self) -> Option<&'static str> {
        None
    }

    /// What kind of no it is.
    fn kind(&self) -> Kind {
        Kind::Rule
    }
}

/// What kind of no a refusal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// This actor may not.
    Denied,
    /// There is no such thing.
    Missing,
    /// It has gone on meanwhile, or was done before.
    Conflict,
    /// A rule says no, or something typed does not fit.
    Rule,
}

/// Values by the names that a text gives them.
pub type Args = Vec<(&'static str, Arg)>;

/// A value put into a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// A number.
    Number(u64),
    /// As it is.
    Text(String),
    /// The last day of a deadline.
    Day(Moment),
    /// A time of day.
    Minute(Moment),
    /// A word of a family.
    Word {
        /// The family.
        family: &'static str,
        /// The word.
        word: &'static str,
    },
    /// The same in both languages, where somebody else has said it already.
    Said {
        /// In Chinese.
        zh: String,
        /// In English.
        en: String,
    },
}

impl Arg {
    /// A word.
    #[must_use]
    pub fn word<W: Word>(word: W) -> Self {
        Arg::Word { family: W::FAMILY, word: word.as_word() }
    }
}

/// What every feature refuses for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Common {
    /// The thing does not exist in this ledger.
    #[error("there is no such thing here")]
    Unknown,
    /// No such body, person or place belongs where it is decided.
    #[error("{field}: there is no such thing here")]
    NotHere {
        /// Name of the field in forms.
        field: &'static str,
    },
    /// It already exists.
    #[error("it already exists")]
    Exists,
    /// The form was sent before, with something else in it.
    #[error("the form was sent before with something else in it")]
    SentOtherwise,
    /// It is closed.
    #[error("it is closed")]
    Ended,
    /// A text field was not taken.
    #[error("{field}: {error}")]
    Text {
        /// Name of the field in forms.
        field: &'static str,
        /// What is wrong with it.
        error: TextError,
    },
    /// More photos than the rules take.
    #[error("at most {max} photos")]
    TooManyPhotos {
        /// The most there may be.
        max: usize,
    },
    /// No such photo, or published already.
    #[error("no such photo to publish")]
    Photo,
    /// The rule pack knows no such category.
    #[error("unknown category {0}")]
    Category(String),
    /// The holder stays the same.
    #[error("it is held there already")]
    SameHolder,
    /// Only an organisation can owe this.
    #[error("choose an organisation")]
    NeedsOrganisation,
    /// The time lies in the past.
    #[error("the time lies in the past")]
    Past {
        /// Name of the field in forms.
        field: &'static str,
    },
    /// A list has more rows than one file takes.
    #[error("a file takes {most} rows at most")]
    ListTooLong {
        /// The most it takes.
        most: u32,
    },
}

impl Refuse for Common {
    fn word(&self) -> &'static str {
        match self {
            Common::Unknown => "unknown",
            Common::NotHere { .. } => "not-here",
            Common::Exists => "exists",
            Common::SentOtherwise => "sent-otherwise",
            Common::Ended => "ended",
            Common::Text { error: TextError::Empty, .. } => "text-empty",
            Common::Text { error: TextError::TooLong { .. }, .. } => "text-too-long",
            Common::Text { error: TextError::Personal { .. }, .. } => "text-personal",
            Common::Text { error: TextError::Unsure { .. }, .. } => "text-unsure",
            Common::TooManyPhotos { .. } => "too-many-photos",
            Common::Photo => "photo",
            Common::Category(_) => "category",
            Common::SameHolder => "same-holder",
            Common::NeedsOrganisation => "needs-organisation",
            Common::Past { .. } => "past",
            Common::ListTooLong { .. } => "list-too-long",
        }
    }

    fn args(&self) -> Args {
        match self {
            Common::Text { error: TextError::TooLong { have, max }, .. } => {
                vec![("have", Arg::Number(*have as u64)), ("max", Arg::Number(*max as u64))]
            }
            Common::Text { error: TextError::Personal { kind, words }, .. } => {
                vec![("what", Arg::word(*kind)), ("words", Arg::Text(words.clone()))]
            }
            Common::Text { error: TextError::Unsure { text, found }, .. } => found
                .first()
                .map(|first| {
                    vec![
                        ("what", Arg::word(first.kind)),
                        ("words", Arg::Text(text[first.span.clone()].to_owned())),
                    ]
                })
                .unwrap_or_default(),
            Common::TooManyPhotos { max } => vec![("max", Arg::Number(*max as u64))],
            Common::Category(code) => vec![("code", Arg::Text(code.clone()))],
            Common::ListTooLong { most } => vec![("most", Arg::Number(u64::from(*most)))],
            _ => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Common::Text { field, .. } | Common::Past { field } | Common::NotHere { field } => Some(field),
            Common::TooManyPhotos { .. } => Some("photos"),
            Common::Category(_) => Some("category"),
            Common::SameHolder => Some("holder"),
            _ => None,
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Common::Unknown => Kind::Missing,
            Common::Exists | Common::SentOtherwise => Kind::Conflict,
            _ => Kind::Rule,
        }
    }
}

/// A command that was refused, whatever the feature. It compares with the reasons of features:
/// `refusal == matters::Refusal::MergeSelf`.
#[derive(Clone)]
pub struct Refusal(Arc<dyn Said>);

/// A [`Refuse`] of any feature.
trait Said: Send + Sync {
    fn word(&self) -> &'static str;
    fn args(&self) -> Args;
    fn field(&self) -> Option<&'static str>;
    fn kind(&self) -> Kind;
    fn text(&self) -> String;
    fn shown(&self) -> String;
    fn any(&self) -> &dyn Any;
    fn same(&self, other: &dyn Any) -> bool;
}

impl<R: Refuse> Said for R {
    fn word(&self) -> &'static str {
        Refuse::word(self)
    }

    fn args(&self) -> Args {
        Refuse::args(self)
    }

    fn field(&self) -> Option<&'static str> {
        Refuse::field(self)
    }

    fn kind(&self) -> Kind {
        Refuse::kind(self)
    }

    fn text(&self) -> String {
        self.to_string()
    }

    fn shown(&self) -> String {
        format!("{self:?}")
    }

    fn any(&self) -> &dyn Any {
        self
    }

    fn same(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<R>() == Some(self)
    }
}

impl Refusal {
    /// The word of its text's key: `refusal-<word>`; of what an actor may not do,
    /// `denied-<word>`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        self.0.word()
    }

    /// What is put into the text.
    #[must_use]
    pub fn args(&self) -> Args {
        self.0.args()
    }

    /// The name of the form's field it is about.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        self.0.field()
    }

    /// What kind of no it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind()
    }

    /// Why this actor may not, where that is the reason.
    #[must_use]
    pub fn denied(&self) -> Option<&Denied> {
        self.of()
    }

    /// The reason, if it is one of that feature.
    #[must_use]
    pub fn of<R: Refuse>(&self) -> Option<&R> {
        self.0.any().downcast_ref()
    }
}

impl<R: Refuse> From<R> for Refusal {
    fn from(reason: R) -> Self {
        Self(Arc::new(reason))
    }
}

impl PartialEq for Refusal {
    fn eq(&self, other: &Self) -> bool {
        self.0.same(other.0.any())
    }
}

impl<R: Refuse> PartialEq<R> for Refusal {
    fn eq(&self, other: &R) -> bool {
        self.0.same(other)
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.shown())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text())
    }
}

impl std::error::Error for Refusal {}

/// A text that may be left empty.
///
/// # Errors
/// Any refusal but that it is empty.
pub fn optional<T>(text: Result<T, Refusal>) -> Result<Option<T>, Refusal> {
    match text {
        Ok(text) => Ok(Some(text)),
        Err(refusal) => match refusal.of::<Common>() {
            Some(Common::Text { error: TextError::Empty, .. }) => Ok(None),
            _ => Err(refusal),
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[derive(Clone, Debug, PartialEq, thiserror::Error)]
    enum Own {
        #[error("the notice runs until {0:?}")]
        Runs(Moment),
    }

    impl Refuse for Own {
        fn word(&self) -> &'static str {
            "notice-runs"
        }

        fn args(&self) -> Args {
            let Own::Runs(until) = self;
            vec![("until", Arg::Day(*until))]
        }
    }

    #[test]
    fn a_features_reason_is_told_apart_from_any_other() {
        let refusal = Refusal::from(Own::Runs(Moment(5)));
        assert_eq!(refusal, Own::Runs(Moment(5)));
        assert_ne!(refusal, Refusal::from(Own::Runs(Moment(6))));
        assert_ne!(refusal, Refusal::from(Common::Exists));
        assert_eq!(refusal.of::<Own>(), Some(&Own::Runs(Moment(5))));
        assert_eq!((refusal.word(), refusal.kind(), refusal.field()), ("notice-runs", Kind::Rule, None));
        assert_eq!(refusal.args(), [("until", Arg::Day(Moment(5)))]);
    }

    #[test]
    fn an_empty_text_may_be_left_out_and_a_long_one_not() {
        let text = |error| -> Result<String, Refusal> { Err(Common::Text { field: "note", error }.into()) };
        assert_eq!(optional(text(TextError::Empty)), Ok(None));
        let long = TextError::TooLong { have: 9, max: 3 };
        assert_eq!(optional(text(long.clone())).unwrap_err(), Common::Text { field: "note", error: long });
    }
}
