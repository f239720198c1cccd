//! Why the rules of matters say no. What every feature refuses for stands in the kernel.

use super::ids::MatterId;
use yishi_kernel::Moment;
use yishi_kernel::personal::Personal;
use yishi_kernel::refusal::{Arg, Args, Kind, Refuse};

/// What the rules of matters do not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Neither text nor photo.
    #[error("say something or attach a photo")]
    NothingSaid,
    /// Raising for a neighbour needs the neighbour's consent.
    #[error("the neighbour must agree first")]
    NoConsent,
    /// What is raised from the floor of a meeting is raised while it is held.
    #[error("the meeting is not open")]
    FloorClosed,
    /// What is raised from the floor of a meeting lies where that meeting reaches.
    #[error("the place lies outside of the meeting's")]
    FloorElsewhere,
    /// A matter cannot be merged into itself or into one merged into it.
    #[error("a matter cannot be merged into itself")]
    MergeSelf,
    /// A matter about somebody is carried only by one about the same.
    #[error("the other matter is not about the same body or person")]
    MergeAbout,
    /// What one desk is at work on is not carried by another desk's.
    #[error("the other matter is another desk's")]
    MergeDesk,
    /// It is about whoever was to hold it.
    #[error("it is about that body or person")]
    HolderConcerned,
    /// It was merged; the other one goes on.
    #[error("it was merged into another matter, which goes on")]
    MergedInto(MatterId),
    /// It is not merged into that one.
    #[error("it is not merged into that matter")]
    NotMerged,
    /// It came again after it was solved: the desk above sorts it.
    #[error("it went to the desk above, which sorts it")]
    SentUp,
    /// It will go to the desk above once it is sorted, and is answered there.
    #[error("once sorted it goes to the desk above, which answers it")]
    GoesUp,
    /// A topic has taken it up.
    #[error("a topic has taken it up")]
    InTopic,
    /// A note says something.
    #[error("write something")]
    NothingNoted,
    /// It was sorted and placed so already.
    #[error("it stands so already")]
    NothingMended,
    /// Not accepting something is an answer, with its reason.
    #[error("what is not accepted is answered with the reason")]
    RefusedByAnswer,
    /// An extension gives a later day.
    #[error("a later day than {0:?} is needed")]
    NotLater(Moment),
    /// People are in danger, and nothing protects them: that gets no more time.
    #[error("protect first: people are in danger")]
    Unprotected,
    /// It is closed: what sorting came to stays.
    #[error("it is closed, and what sorting came to stays")]
    SortedForGood,
    /// Whoever holds it has nothing to do at the other place.
    #[error("hand it over first: whoever holds it has no part there")]
    HolderElsewhere,
    /// A word for those who asked tells several what belongs to one of them.
    #[error("{receipts} will read it, and it holds personal data: {kind:?}")]
    ToldToSeveral {
        /// How many receipts will show it.
        receipts: u64,
        /// What it holds.
        kind: Personal,
        /// As it was typed; said only to whoever typed it.
        words: String,
    },
    /// Only what one has raised oneself can be said more about.
    #[error("only who raised it says more to it")]
    NotYours,
    /// Somebody opened it for a neighbour and has seen its link.
    #[error("whoever opened it for a neighbour has seen its link")]
    OpenedForAnother,
    /// A worker gives a receipt anew only to somebody whom they can check by what was given.
    #[error("nothing was given by which its holder could be checked")]
    NobodyToCheck,
    /// A steward gives anew only what she opened herself.
    #[error("only who opened it gives it anew")]
    NotOpener,
    /// Somebody who worked on it has seen its link.
    #[error("somebody who worked on it has seen its link")]
    LinkSeen,
    /// Its holder took it back.
    #[error("its holder took it back")]
    TakenBack,
    /// This device has not the receipt: it was opened elsewhere, or its code was typed too long ago.
    #[error("this device does not open the receipt; type its number and code")]
    NotHere,
    /// A short message goes to a mobile telephone.
    #[error("a short message goes to a mobile telephone: 11 digits that begin with 1")]
    NoMobile,
    /// A mail goes to an address.
    #[error("an address of electronic mail looks like name@example.cn")]
    NoMail,
    /// This link was replaced by another one.
    #[error("this link was replaced on that day")]
    LinkEnded(Moment),
    /// It has a danger whose protection was not lifted, and that was not cleared.
    #[error("it has an open danger")]
    InDanger,
    /// Some have not evaluated yet and may until then.
    #[error("{receipts} have not evaluated yet")]
    Waiting {
        /// How many receipts.
        receipts: u64,
        /// Until when they may.
        until: Moment,
    },
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::NothingSaid => "nothing-said",
            Refusal::NoConsent => "no-consent",
            Refusal::FloorClosed => "floor-closed",
            Refusal::FloorElsewhere => "floor-elsewhere",
            Refusal::MergeSelf => "merge-self",
            Refusal::MergeAbout => "merge-about",
            Refusal::MergeDesk => "merge-desk",
            Refusal::HolderConcerned => "holder-concerned",
            Refusal::MergedInto(_) => "merged-into",
            Refusal::NotMerged => "not-merged",
            Refusal::InTopic => "in-topic",
            Refusal::SentUp => "sent-up",
            Refusal::GoesUp => "goes-up",
            Refusal::NothingNoted => "nothing-noted",
            Refusal::NothingMended => "nothing-mended",
            Refusal::RefusedByAnswer => "refused-by-answer",
            Refusal::NotLater(_) => "extend-not-later",
            Refusal::Unprotected => "extend-unprotected",
            Refusal::SortedForGood => "sorted-for-good",
            Refusal::HolderElsewhere => "holder-elsewhere",
            Refusal::ToldToSeveral { .. } => "told-to-several",
            Refusal::NotYours => "not-yours",
            Refusal::OpenedForAnother => "opened-for-another",
            Refusal::NobodyToCheck => "nobody-to-check",
            Refusal::NotOpener => "not-opener",
            Refusal::LinkSeen => "link-seen",
            Refusal::TakenBack => "taken-back",
            Refusal::NotHere => "not-at-device",
            Refusal::NoMobile => "no-mobile",
            Refusal::NoMail => "no-mail",
            Refusal::LinkEnded(_) => "link-ended",
            Refusal::InDanger => "in-danger",
            Refusal::Waiting { .. } => "waiting",
        }
    }

    fn args(&self) -> Args {
        match self {
            Refusal::Waiting { receipts, until } => {
                vec![("waiting", Arg::Number(*receipts)), ("until", Arg::Day(*until))]
            }
            Refusal::NotLater(due) => vec![("due", Arg::Day(*due))],
            Refusal::LinkEnded(at) => vec![("date", Arg::Minute(*at))],
            Refusal::ToldToSeveral { receipts, kind, words } => vec![
                ("receipts", Arg::Number(*receipts)),
                ("what", Arg::word(*kind)),
                ("words", Arg::Text(words.clone())),
            ],
            _ => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Refusal::NothingSaid => Some("text"),
            Refusal::NothingNoted => Some("memo"),
            Refusal::NotLater(_) => Some("due"),
            Refusal::NoConsent => Some("consent"),
            Refusal::FloorElsewhere | Refusal::HolderElsewhere => Some("place"),
            Refusal::RefusedByAnswer | Refusal::SortedForGood => Some("outcome"),
            Refusal::MergeSelf | Refusal::MergeAbout | Refusal::MergeDesk => Some("into"),
            Refusal::ToldToSeveral { .. } => Some("word"),
            Refusal::HolderConcerned => Some("holder"),
            Refusal::NobodyToCheck => Some("known"),
            Refusal::NoMobile | Refusal::NoMail => Some("to"),
            _ => None,
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Refusal::Waiting { .. }
            | Refusal::InDanger
            | Refusal::OpenedForAnother
            | Refusal::LinkSeen
            | Refusal::TakenBack
            | Refusal::FloorClosed => Kind::Conflict,
            Refusal::NotHere | Refusal::LinkEnded(_) => Kind::Missing,
            _ => Kind::Rule,
        }
    }
}
