//! Why a command about a meeting, a sign-in or a ballot was refused.

use super::words::MeetingStage;
use crate::people::OrganisationKind;
use yishi_kernel::refusal::{Arg, Args};
use yishi_kernel::{Moment, Refuse};
use yishi_tally::everyday::Miscount;

/// A command about a meeting that the rules do not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A meeting needs a topic.
    #[error("choose at least one topic")]
    NoTopics,
    /// The rule pack knows no such forum.
    #[error("unknown forum")]
    Forum,
    /// A statutory meeting whose numbers no street, town or township has confirmed as they stand.
    #[error("the numbers of this statutory meeting are not confirmed")]
    Unconfirmed,
    /// The numbers are others now than those that were confirmed when it was called.
    #[error("the numbers of this statutory meeting changed since it was called")]
    FiguresChanged,
    /// The rule pack knows no such set of parties.
    #[error("unknown set of parties")]
    Scheme,
    /// Chair and recorder are two persons.
    #[error("chair and recorder must be two persons")]
    OnePerson,
    /// Whom a meeting concerns neither chairs it nor keeps its minutes (回避).
    #[error("whom it concerns may not chair or record")]
    ChairConcerned,
    /// Whom a meeting concerns owes none of its actions (回避).
    #[error("whom it concerns may not owe an action")]
    OwnerConcerned,
    /// The forum's rule needs to know how many have a vote.
    #[error("say how many have a vote")]
    Entitled,
    /// The forum must have such a body, and the place has one.
    #[error("this forum must invite a body of this kind")]
    MustInvite(OrganisationKind),
    /// The notice is shorter than the forum asks, and no reason is given.
    #[error("the notice is too short")]
    ShortNotice {
        /// From when it may begin.
        earliest: Moment,
    },
    /// A stairwell is told too late.
    #[error("the households are told too late")]
    Ahead {
        /// From when it may begin.
        earliest: Moment,
    },
    /// It lies further ahead than neighbours plan.
    #[error("it lies too far ahead")]
    Far,
    /// Only a stairwell has a meeting of its households.
    #[error("this is no stairwell")]
    NoStairwell,
    /// It is the meeting of a stairwell's households, which is held on a page of its own.
    #[error("a stairwell's meeting is held on its own page")]
    OfStairwell,
    /// The matter is not one of the stairwell that is open.
    #[error("this is no open matter of the stairwell")]
    NotOfStairwell,
    /// Nobody was ticked.
    #[error("tick the households that came")]
    NobodyCame,
    /// A household of another stairwell.
    #[error("only households of this stairwell have a voice here")]
    OtherDoor,
    /// The minutes say nothing.
    #[error("write at least one line")]
    NoLines,
    /// More lines than the rule allows.
    #[error("at most {most} lines")]
    TooManyLines {
        /// How many there may be.
        most: usize,
    },
    /// A line is about what is not theirs to settle.
    #[error("a stairwell does not decide this")]
    NotSettledHere {
        /// The field of the line.
        field: &'static str,
        /// The words by which one sees it.
        said: String,
        /// By which article.
        article: String,
    },
    /// No hand was raised.
    #[error("enter how many households raised a hand")]
    NoHands,
    /// It does not begin yet.
    #[error("it does not begin yet")]
    TooEarly {
        /// When it begins.
        starts: Moment,
    },
    /// The notice does not hang yet.
    #[error("post the notice first")]
    NotPosted,
    /// It is held then and there already.
    #[error("it is held then and there already")]
    NotMoved,
    /// The body was not invited.
    #[error("it was not invited")]
    NotInvited,
    /// Not in this stage of the meeting.
    #[error("not in this stage of the meeting")]
    Stage(MeetingStage),
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
    /// No slip of this meeting has such a code.
    #[error("no slip of this meeting has this code")]
    SlipUnknown,
    /// The slip was used by somebody else.
    #[error("this slip was used already")]
    SlipUsed,
    /// No second person has said that the slip was handed out.
    #[error("this slip does not hold yet")]
    SlipWaits,
    /// This phone has a vote already.
    #[error("this phone has a vote already")]
    OneVote,
    /// Only members of the council vote at this meeting, and this is none, or one who sits there
    /// already.
    #[error("only members of the council vote here, each once")]
    NoMember,
    /// Another person must do it.
    #[error("somebody else must do this")]
    SecondPerson,
    /// Nobody has a vote yet.
    #[error("nobody has a vote yet")]
    EmptyRoll,
    /// Came after the roll was closed for this motion.
    #[error("the roll was closed before")]
    AfterRoll,
    /// More slips than can be handed out.
    #[error("so many slips cannot be made at once")]
    SlipCount,
    /// Two persons have not entered the same show of hands.
    #[error("two persons must enter the same show of hands")]
    HandsDiffer,
    /// The votes do not fit the number of those present.
    #[error(transparent)]
    Miscount(#[from] Miscount),
    /// Nothing was passed to carry out.
    #[error("no motion was passed for this")]
    NothingPassed,
    /// Something was passed and has to be carried out.
    #[error("a motion was passed: end with a resolution")]
    SomethingPassed,
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
    /// Something agreed is not on its way.
    #[error("{actions} actions are not on their way")]
    Unfinished {
        /// How many actions.
        actions: u64,
    },
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::NoTopics => "no-topics",
            Refusal::Forum => "forum",
            Refusal::Unconfirmed => "unconfirmed",
            Refusal::FiguresChanged => "figures-changed",
            Refusal::Scheme => "scheme",
            Refusal::OnePerson => "one-person",
            Refusal::ChairConcerned => "chair-concerned",
            Refusal::OwnerConcerned => "owner-concerned",
            Refusal::Entitled => "entitled",
            Refusal::MustInvite(_) => "must-invite",
            Refusal::ShortNotice { .. } => "short-notice",
            Refusal::Ahead { .. } => "ahead",
            Refusal::Far => "far",
            Refusal::NoStairwell => "no-stairwell",
            Refusal::OfStairwell => "of-stairwell",
            Refusal::NotOfStairwell => "not-of-stairwell",
            Refusal::NobodyCame => "nobody-came",
            Refusal::OtherDoor => "other-door",
            Refusal::NoLines => "no-lines",
            Refusal::TooManyLines { .. } => "too-many-lines",
            Refusal::NotSettledHere { .. } => "not-settled-here",
            Refusal::NoHands => "no-hands",
            Refusal::TooEarly { .. } => "too-early",
            Refusal::NotPosted => "not-posted",
            Refusal::NotMoved => "not-moved",
            Refusal::NotInvited => "not-invited",
            Refusal::Stage(_) => "meeting-stage",
            Refusal::NotOnAgenda => "not-on-agenda",
            Refusal::VoteOpen => "vote-open",
            Refusal::Counting => "counting",
            Refusal::NoVote => "no-vote",
            Refusal::NoSeat => "no-seat",
            Refusal::SlipUnknown => "slip-unknown",
            Refusal::SlipUsed => "slip-used",
            Refusal::SlipWaits => "slip-waits",
            Refusal::OneVote => "one-vote",
            Refusal::NoMember => "no-member-here",
            Refusal::SecondPerson => "second-person",
            Refusal::EmptyRoll => "empty-roll",
            Refusal::AfterRoll => "after-roll",
            Refusal::SlipCount => "slip-count",
            Refusal::HandsDiffer => "hands-differ",
            Refusal::Miscount(_) => "miscount",
            Refusal::NothingPassed => "nothing-passed",
            Refusal::SomethingPassed => "something-passed",
            Refusal::NoticeRuns { .. } => "notice-runs",
            Refusal::NoticeOver => "notice-over",
            Refusal::ObjectionOpen => "objection-open",
            Refusal::Unfinished { .. } => "unfinished",
        }
    }

    fn args(&self) -> Args {
        match self {
            Refusal::MustInvite(kind) => vec![("kind", Arg::word(*kind))],
            Refusal::ShortNotice { earliest } => vec![("earliest", Arg::Day(*earliest))],
            Refusal::Ahead { earliest } => vec![("earliest", Arg::Minute(*earliest))],
            Refusal::NotSettledHere { said, article, .. } => {
                vec![("said", Arg::Text(said.clone())), ("source", Arg::Text(article.clone()))]
            }
            Refusal::TooManyLines { most } => vec![("most", Arg::Number(*most as u64))],
            Refusal::TooEarly { starts } => vec![("starts", Arg::Minute(*starts))],
            Refusal::Stage(stage) => vec![("stage", Arg::word(*stage))],
            Refusal::NoticeRuns { until } => vec![("until", Arg::Day(*until))],
            Refusal::Miscount(miscount) => {
                let said = miscount.sentence();
                vec![("why", Arg::Said { zh: said.zh, en: said.en })]
            }
            // The text is the one for topics, which counts orders and matters.
            Refusal::Unfinished { actions } => {
                vec![("orders", Arg::Number(*actions)), ("matters", Arg::Number(0))]
            }
            _ => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        Some(match self {
            Refusal::NoTopics => "topic",
            Refusal::Forum | Refusal::Unconfirmed => "forum",
            Refusal::Scheme => "scheme",
            Refusal::NotMoved => "date",
            Refusal::OnePerson => "recorder",
            Refusal::ChairConcerned => "chair",
            Refusal::Entitled => "entitled",
            Refusal::MustInvite(_) | Refusal::NotInvited => "organisation",
            Refusal::ShortNotice { .. } | Refusal::NoticeRuns { .. } => "hurry",
            Refusal::Miscount(_) => "for",
            Refusal::SlipUnknown | Refusal::SlipUsed | Refusal::SlipWaits | Refusal::OneVote => "slip",
            Refusal::SlipCount => "count",
            Refusal::NoMember => "member",
            Refusal::Ahead { .. } | Refusal::Far => "when",
            Refusal::NotOfStairwell => "matter",
            Refusal::NobodyCame | Refusal::OtherDoor => "door",
            Refusal::NoLines | Refusal::TooManyLines { .. } => "line-1",
            Refusal::NotSettledHere { field, .. } => field,
            Refusal::NoHands => "for",
            _ => return None,
        })
    }
}
