//! Why a command was refused: a typed reason that says which rule, which date, who may.
//! The words users see are in the web crate's texts under `refusal-<word>`.

use crate::access::Denied;
use crate::ids::MatterId;
use crate::moment::Moment;
use crate::text::TextError;

/// A command that the rules do not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// This actor may not do this here, now.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// A text field was not taken.
    #[error("{field}: {error}")]
    Text {
        /// Name of the field in forms.
        field: &'static str,
        /// What is wrong with it.
        error: TextError,
    },
    /// Neither text nor photo.
    #[error("say something or attach a photo")]
    NothingSaid,
    /// More photos than the rules take.
    #[error("at most {max} photos")]
    TooManyPhotos {
        /// The most there may be.
        max: usize,
    },
    /// Raising for a neighbour needs the neighbour's consent.
    #[error("the neighbour must agree first")]
    NoConsent,
    /// The thing does not exist in this ledger.
    #[error("there is no such thing here")]
    Unknown,
    /// It already exists.
    #[error("it already exists")]
    Exists,
    /// The rule pack knows no such category.
    #[error("unknown category {0}")]
    Category(String),
    /// A matter cannot be merged into itself or into one merged into it.
    #[error("a matter cannot be merged into itself")]
    MergeSelf,
    /// It was merged; the other one goes on.
    #[error("it was merged into another matter, which goes on")]
    MergedInto(MatterId),
    /// It is not merged into that one.
    #[error("it is not merged into that matter")]
    NotMerged,
    /// This receipt has evaluated the standing answer already.
    #[error("this answer was evaluated already")]
    Evaluated,
    /// Some have not evaluated yet and may until then.
    #[error("{waiting} have not evaluated yet")]
    Waiting {
        /// How many receipts.
        waiting: u64,
        /// Until when they may.
        until: Moment,
    },
    /// A topic needs at least one matter that is not in it yet.
    #[error("choose at least one matter")]
    NoMatters,
    /// A topic has taken it up.
    #[error("a topic has taken it up")]
    InTopic,
    /// No topic has taken it up.
    #[error("no topic has taken it up")]
    NotInTopic,
    /// The topic does not wait for this meeting.
    #[error("the topic does not wait for this meeting")]
    TopicElsewhere,
    /// A meeting needs a topic.
    #[error("choose at least one topic")]
    NoTopics,
    /// The rule pack knows no such forum.
    #[error("unknown forum")]
    Forum,
    /// The rule pack knows no such set of parties.
    #[error("unknown set of parties")]
    Scheme,
    /// Chair and recorder are two persons.
    #[error("chair and recorder must be two persons")]
    OnePerson,
    /// The forum's rule needs to know how many have a vote.
    #[error("say how many have a vote")]
    Entitled,
    /// The forum must have such a body, and the place has one.
    #[error("this forum must invite a body of this kind")]
    MustInvite(crate::people::OrganisationKind),
    /// The time lies in the past.
    #[error("the time lies in the past")]
    Past,
    /// The notice is shorter than the forum asks, and no reason is given.
    #[error("the notice is too short")]
    ShortNotice {
        /// From when it may begin.
        earliest: Moment,
    },
    /// It does not begin yet.
    #[error("it does not begin yet")]
    TooEarly {
        /// When it begins.
        starts: Moment,
    },
    /// The notice does not hang yet.
    #[error("post the notice first")]
    NotPosted,
    /// The body was not invited, or not called.
    #[error("it was not invited")]
    NotInvited,
    /// Not in this stage of the meeting.
    #[error("not in this stage of the meeting")]
    MeetingStage(crate::meetings::MeetingStage),
    /// The topic is not on the agenda.
    #[error("the topic is not on the agenda")]
    NotOnAgenda,
    /// A vote is open, or not counted yet.
    #[error("end and count the open vote first")]
    VoteOpen,
    /// The votes are being counted.
    #[error("votes are being counted; try again in a moment")]
    Counting,
    /// There is no such vote to take part in.
    #[error("there is no such vote now")]
    NoVote,
    /// Signed in without a vote, or not at this meeting.
    #[error("this sign-in has no vote here")]
    NoSeat,
    /// Two persons have not entered the same show of hands.
    #[error("two persons must enter the same show of hands")]
    HandsDiffer,
    /// The votes do not fit the number of those present.
    #[error(transparent)]
    Miscount(yishi_tally::everyday::Miscount),
    /// Nothing was passed to carry out.
    #[error("no motion was passed for this")]
    NothingPassed,
    /// Something was passed and has to be carried out.
    #[error("a motion was passed: end with a resolution")]
    SomethingPassed,
    /// Only an organisation can owe this.
    #[error("choose an organisation")]
    NeedsOrganisation,
    /// The notice period runs.
    #[error("the notice period runs")]
    NoticeRuns {
        /// Until when.
        until: Moment,
    },
    /// The notice period is over.
    #[error("the notice period is over")]
    NoticeOver,
    /// An objection waits to be ruled on.
    #[error("rule on the objection first")]
    ObjectionOpen,
    /// Something is not at its end.
    #[error("{orders} orders and {matters} matters are not at their end")]
    Unfinished {
        /// Orders and actions.
        orders: u64,
        /// Matters not answered.
        matters: u64,
    },
    /// Only the street whistles.
    #[error("only the street whistles")]
    OnlyStreet,
    /// Only the lead finishes a whistle.
    #[error("only the lead finishes it")]
    OnlyLead,
    /// Only letters are followed up.
    #[error("only letters are followed up")]
    NotALetter,
    /// The holder stays the same.
    #[error("it is held there already")]
    SameHolder,
    /// No such photo, or published already.
    #[error("no such photo to publish")]
    Photo,
    /// A place of this kind cannot lie in that one.
    #[error("this kind of place cannot lie there")]
    PlaceKind,
    /// The place or poster is closed.
    #[error("it is closed")]
    Ended,
    /// A role must be bound to a place of its kind, or to an organisation.
    #[error("this role must be bound to another kind of place or organisation")]
    Scope,
    /// The account does not hold this role.
    #[error("the account does not hold this role")]
    NoGrant,
}

impl Refusal {
    /// The word of text keys: `refusal-<word>`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Refusal::Denied(_) => "denied",
            Refusal::Text { error: TextError::Empty, .. } => "text-empty",
            Refusal::Text { error: TextError::TooLong { .. }, .. } => "text-too-long",
            Refusal::Text { error: TextError::Personal(_), .. } => "text-personal",
            Refusal::NothingSaid => "nothing-said",
            Refusal::TooManyPhotos { .. } => "too-many-photos",
            Refusal::NoConsent => "no-consent",
            Refusal::Unknown => "unknown",
            Refusal::Exists => "exists",
            Refusal::Category(_) => "category",
            Refusal::MergeSelf => "merge-self",
            Refusal::MergedInto(_) => "merged-into",
            Refusal::NotMerged => "not-merged",
            Refusal::Evaluated => "evaluated",
            Refusal::Waiting { .. } => "waiting",
            Refusal::NoMatters => "no-matters",
            Refusal::InTopic => "in-topic",
            Refusal::NotInTopic => "not-in-topic",
            Refusal::TopicElsewhere => "topic-elsewhere",
            Refusal::NoTopics => "no-topics",
            Refusal::Forum => "forum",
            Refusal::Scheme => "scheme",
            Refusal::OnePerson => "one-person",
            Refusal::Entitled => "entitled",
            Refusal::MustInvite(_) => "must-invite",
            Refusal::Past => "past",
            Refusal::ShortNotice { .. } => "short-notice",
            Refusal::TooEarly { .. } => "too-early",
            Refusal::NotPosted => "not-posted",
            Refusal::NotInvited => "not-invited",
            Refusal::MeetingStage(_) => "meeting-stage",
            Refusal::NotOnAgenda => "not-on-agenda",
            Refusal::VoteOpen => "vote-open",
            Refusal::Counting => "counting",
            Refusal::NoVote => "no-vote",
            Refusal::NoSeat => "no-seat",
            Refusal::HandsDiffer => "hands-differ",
            Refusal::Miscount(_) => "miscount",
            Refusal::NothingPassed => "nothing-passed",
            Refusal::SomethingPassed => "something-passed",
            Refusal::NeedsOrganisation => "needs-organisation",
            Refusal::NoticeRuns { .. } => "notice-runs",
            Refusal::NoticeOver => "notice-over",
            Refusal::ObjectionOpen => "objection-open",
            Refusal::Unfinished { .. } => "unfinished",
            Refusal::OnlyStreet => "only-street",
            Refusal::OnlyLead => "only-lead",
            Refusal::NotALetter => "not-a-letter",
            Refusal::SameHolder => "same-holder",
            Refusal::Photo => "photo",
            Refusal::PlaceKind => "place-kind",
            Refusal::Ended => "ended",
            Refusal::Scope => "scope",
            Refusal::NoGrant => "no-grant",
        }
    }
}
