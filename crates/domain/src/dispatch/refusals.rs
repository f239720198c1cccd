//! Why something cannot be done to an order.

use yishi_kernel::refusal::{Arg, Args};
use yishi_kernel::{Moment, Refuse};

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Only the street whistles.
    #[error("only the street whistles")]
    OnlyStreet,
    /// Only the lead finishes a whistle.
    #[error("only the lead finishes it")]
    OnlyLead,
    /// Somebody else leads it.
    #[error("the community does not lead it")]
    NotLedHere,
    /// Who declines says what is left.
    #[error("it needs a way that is left")]
    NoWay,
    /// What the street declined is asked again from there, with what is new.
    #[error("the street declined it, and it is asked again from there")]
    AskedBefore,
    /// Asking again needs what is new.
    #[error("nothing is new")]
    NothingNew,
    /// It went on like that already.
    #[error("it went on like that already")]
    WentOn,
    /// The body has no part beside the lead.
    #[error("it has no part beside the lead")]
    NotBeside,
    /// Its part is for the street to rule on.
    #[error("the street rules on that part by {0:?}")]
    PartDisputed(Moment),
    /// Nobody said "not ours" of that part.
    #[error("nobody said that the part was not theirs")]
    PartUndisputed,
    /// Its part is done.
    #[error("that part is done")]
    PartDone,
    /// A part is done with the whole at the latest.
    #[error("the whole is due by {0:?}")]
    PartLater(Moment),
    /// Who has not come reports nothing done.
    #[error("it has not reported in")]
    ReportFirst,
    /// Only letters are followed up.
    #[error("only letters are followed up")]
    NotALetter,
    /// A letter has no day that can be put off.
    #[error("a letter is followed up instead")]
    LetterFollowed,
    /// A whistle's day is the street's.
    #[error("the street has set that day, and alone puts it off")]
    StreetsDay,
    /// An extension gives a later day.
    #[error("a later day than {0:?} is needed")]
    NotLater(Moment),
    /// The body was not called.
    #[error("it was not called")]
    NotCalled,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::OnlyStreet => "only-street",
            Refusal::OnlyLead => "only-lead",
            Refusal::NotLedHere => "not-led-here",
            Refusal::NoWay => "no-other-way",
            Refusal::AskedBefore => "whistle-asked-before",
            Refusal::NothingNew => "nothing-new",
            Refusal::WentOn => "order-went-on",
            Refusal::NotBeside => "not-beside",
            Refusal::PartDisputed(_) => "part-disputed",
            Refusal::PartUndisputed => "part-undisputed",
            Refusal::PartDone => "part-done",
            Refusal::PartLater(_) => "part-later",
            Refusal::ReportFirst => "report-first",
            Refusal::NotALetter => "not-a-letter",
            Refusal::LetterFollowed => "letter-followed",
            Refusal::StreetsDay => "streets-day",
            Refusal::NotLater(_) => "extend-not-later",
            Refusal::NotCalled => "not-invited",
        }
    }

    fn args(&self) -> Args {
        match self {
            Refusal::NotLater(due) | Refusal::PartLater(due) | Refusal::PartDisputed(due) => {
                vec![("due", Arg::Day(*due))]
            }
            _ => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Refusal::NotLater(_) | Refusal::PartLater(_) => Some("finish"),
            Refusal::NoWay => Some("ways"),
            Refusal::NothingNew => Some("reason"),
            _ => None,
        }
    }
}
