//! What can be done, to what, and at which of its stages. Who may do it is not said here.

use super::{State, Subject};
use crate::dispatch::OrderStage;
use crate::matters::StageKind;
use crate::meetings::{MeetingStage, TopicStage};

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Raise a matter for oneself (说事).
    Raise,
    /// Say "me too" (我也遇到).
    Join,
    /// Raise for a neighbour who consents (代说).
    RaiseForNeighbour,
    /// Read what residents wrote, with photos, but no contact.
    ReadPrivate,
    /// Look at a raiser's contact; each look is recorded.
    ReadContact,
    /// Sort into one of five outcomes and give it a holder (分流).
    Triage,
    /// Correct category or public summary, publish a photo.
    Publish,
    /// Take over, or hand to another holder (转办).
    HandOver,
    /// Report progress (进展).
    Progress,
    /// Answer (答复).
    Answer,
    /// Evaluate as one who raised or joined (评价).
    Evaluate,
    /// Close what was answered and evaluated (销号).
    Close,
    /// Merge and unmerge (归并).
    Merge,
    /// Work from a desk: the list of what needs one now.
    Desk,
    /// See a stairwell's matters as its steward.
    Stairwell,
    /// Import matters from a file.
    Import,
    /// Keep places and posters.
    KeepPlaces,
    /// Keep organisations, accounts and roles.
    KeepPeople,
    /// Erase a private value on its owner's wish (删除权).
    Erase,
    /// Call back somebody who was answered (回访).
    CallBack,
    /// Gather matters into a topic (立题).
    Gather,
    /// Conclude a topic (办结).
    Conclude,
    /// Give a topic up with a reason.
    DropTopic,
    /// Call, post, publish and end a meeting (召集).
    Convene,
    /// Hold a meeting: open it, put motions, have them counted, resolve (主持).
    Hold,
    /// Keep the register and enter shows of hands and ballots of people without a phone (登记).
    Register,
    /// Sign in by phone (签到).
    SignIn,
    /// Vote by phone (表决).
    Vote,
    /// Put a statement, proposal or plan forward (发言).
    Speak,
    /// Say whether an invited body comes (回执).
    ReplyInvitation,
    /// Confirm minutes as chair or recorder (确认纪要).
    ConfirmMinutes,
    /// Object to what was published (提出异议).
    Object,
    /// Rule on an objection (处理异议).
    RuleObjection,
    /// Send work or a letter, or ask for a whistle (派单).
    Order,
    /// Whistle, decline to, and rule whose an order is (吹哨).
    Blow,
    /// Report in, or sign for work (报到).
    ReportIn,
    /// Report progress on an order and finish it (办理).
    WorkOn,
    /// Say that an order is not one's own (退单).
    Dispute,
    /// Follow a letter up (跟催).
    FollowUp,
    /// Publish a photo of proof.
    PublishProof,
    /// Accept work or send it back (验收).
    Accept,
    /// Resume what was suspended.
    Settle,
    /// Withdraw an order.
    Withdraw,
}

impl Action {
    /// Every action, in the order of the permission table.
    pub const ALL: [Action; 43] = [
        Action::Raise,
        Action::Join,
        Action::RaiseForNeighbour,
        Action::ReadPrivate,
        Action::ReadContact,
        Action::Triage,
        Action::Publish,
        Action::HandOver,
        Action::Progress,
        Action::Answer,
        Action::Evaluate,
        Action::Close,
        Action::Merge,
        Action::Desk,
        Action::Stairwell,
        Action::Import,
        Action::KeepPlaces,
        Action::KeepPeople,
        Action::Erase,
        Action::CallBack,
        Action::Gather,
        Action::Conclude,
        Action::DropTopic,
        Action::Convene,
        Action::Hold,
        Action::Register,
        Action::SignIn,
        Action::Vote,
        Action::Speak,
        Action::ReplyInvitation,
        Action::ConfirmMinutes,
        Action::Object,
        Action::RuleObjection,
        Action::Order,
        Action::Blow,
        Action::ReportIn,
        Action::WorkOn,
        Action::Dispute,
        Action::FollowUp,
        Action::PublishProof,
        Action::Accept,
        Action::Settle,
        Action::Withdraw,
    ];

    /// The word of the permission table and of text keys.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Action::Raise => "raise",
            Action::Join => "join",
            Action::RaiseForNeighbour => "raise_for_neighbour",
            Action::ReadPrivate => "read_private",
            Action::ReadContact => "read_contact",
            Action::Triage => "triage",
            Action::Publish => "publish",
            Action::HandOver => "hand_over",
            Action::Progress => "progress",
            Action::Answer => "answer",
            Action::Evaluate => "evaluate",
            Action::Close => "close",
            Action::Merge => "merge",
            Action::Desk => "desk",
            Action::Stairwell => "stairwell",
            Action::Import => "import",
            Action::KeepPlaces => "keep_places",
            Action::KeepPeople => "keep_people",
            Action::Erase => "erase",
            Action::CallBack => "call_back",
            Action::Gather => "gather",
            Action::Conclude => "conclude",
            Action::DropTopic => "drop_topic",
            Action::Convene => "convene",
            Action::Hold => "hold",
            Action::Register => "register",
            Action::SignIn => "sign_in",
            Action::Vote => "vote",
            Action::Speak => "speak",
            Action::ReplyInvitation => "reply_invitation",
            Action::ConfirmMinutes => "confirm_minutes",
            Action::Object => "object",
            Action::RuleObjection => "rule_objection",
            Action::Order => "order",
            Action::Blow => "blow",
            Action::ReportIn => "report_in",
            Action::WorkOn => "work_on",
            Action::Dispute => "dispute",
            Action::FollowUp => "follow_up",
            Action::PublishProof => "publish_proof",
            Action::Accept => "accept",
            Action::Settle => "settle",
            Action::Withdraw => "withdraw",
        }
    }

    /// Whether one may do this to a matter that is about oneself or one's employer.
    pub(super) fn open_to_the_concerned(self) -> bool {
        !matches!(
            self,
            Action::Triage
                | Action::Close
                | Action::Evaluate
                | Action::Merge
                | Action::Publish
                | Action::CallBack
                | Action::Accept
        )
    }

    /// What it is done to.
    #[must_use]
    pub fn subject(self) -> Subject {
        match self {
            Action::Gather | Action::Conclude | Action::DropTopic => Subject::Topic,
            Action::Convene
            | Action::Hold
            | Action::Register
            | Action::SignIn
            | Action::Vote
            | Action::Speak
            | Action::ReplyInvitation
            | Action::ConfirmMinutes
            | Action::Object
            | Action::RuleObjection => Subject::Meeting,
            Action::Order
            | Action::Blow
            | Action::ReportIn
            | Action::WorkOn
            | Action::Dispute
            | Action::FollowUp
            | Action::PublishProof
            | Action::Accept
            | Action::Settle
            | Action::Withdraw => Subject::Order,
            _ => Subject::Matter,
        }
    }

    /// The stages of a matter in which this can be done; every one when it is not about a stage.
    pub(super) fn fits(self, state: State) -> bool {
        match state {
            State::Matter(stage) => self.fits_matter(stage),
            State::Topic(stage) => self.fits_topic(stage),
            State::Meeting(stage) => self.fits_meeting(stage),
            State::Order(stage) => self.fits_order(stage),
        }
    }

    fn fits_topic(self, stage: TopicStage) -> bool {
        match self {
            Action::Gather => matches!(stage, TopicStage::Open | TopicStage::Scheduled),
            Action::Conclude => stage == TopicStage::Decided,
            Action::DropTopic => stage == TopicStage::Open,
            _ => true,
        }
    }

    fn fits_meeting(self, stage: MeetingStage) -> bool {
        use MeetingStage::{Called, Confirmed, Held, Open, Published};
        match self {
            Action::Convene => matches!(stage, Called | Confirmed | Published),
            // Opening is holding it for the first time.
            Action::Hold => matches!(stage, Called | Open),
            Action::Register => matches!(stage, Called | Open | Held),
            Action::SignIn | Action::Vote => stage == Open,
            Action::Speak => matches!(stage, Called | Open),
            Action::ReplyInvitation => stage == Called,
            Action::ConfirmMinutes => stage == Held,
            Action::Object | Action::RuleObjection | Action::Order => stage == Published,
            _ => true,
        }
    }

    fn fits_order(self, stage: OrderStage) -> bool {
        use OrderStage::{Asked, Disputed, Done, InWork, Sent, Suspended};
        match self {
            Action::Blow => matches!(stage, Asked | Disputed),
            Action::ReportIn | Action::Dispute => matches!(stage, Sent | InWork),
            Action::WorkOn => stage == InWork,
            Action::FollowUp => matches!(stage, Sent | InWork),
            Action::Accept => stage == Done,
            Action::Settle => stage == Suspended,
            Action::Withdraw => matches!(stage, Asked | Sent | InWork | Disputed | Suspended),
            _ => true,
        }
    }

    fn fits_matter(self, stage: StageKind) -> bool {
        use StageKind::{Answered, Closed, InHand, Merged, Raised};
        match self {
            Action::Join => matches!(stage, Raised | InHand | Answered),
            Action::Triage => stage == Raised,
            Action::HandOver | Action::Progress | Action::Answer => stage == InHand,
            Action::Evaluate => matches!(stage, Answered | Closed),
            Action::Close => stage == Answered,
            Action::Merge => matches!(stage, Raised | InHand | Merged),
            Action::CallBack => matches!(stage, Answered | Closed),
            Action::Gather => matches!(stage, Raised | InHand),
            _ => true,
        }
    }
}
