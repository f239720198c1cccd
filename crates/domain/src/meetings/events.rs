//! What can happen to a meeting, to somebody's presence and to a ballot, as it stands in the
//! ledger for ever. No rules here.

use super::ids::{ActionId, MeetingId, SeatId};
use super::words::{
    Choice, Coming, Confirming, Passed, Ruling, SeatKind, SignedIn, StatementKind, VoteMode, Way,
};
use crate::ballots::{Agreed as OwnersAgreed, Decides, OwnersResultId};
use crate::councils::CouncilId;
use crate::dispatch::OrderId;
use crate::matters::MatterId;
use crate::rulebook::{ConfirmationId, Figures};
use crate::topics::TopicId;
use serde::{Deserialize, Serialize};
use yishi_kernel::record::{Link, Place, Speaker, Staff};
use yishi_kernel::{
    AccountId, Deadline, Ended, Holder, Moment, Money, OrganisationId, PhotoDigest, PlaceId, Published,
    Sealed,
};
use yishi_tally::everyday::Rule;

/// An outside body that is invited and owes a reply (受邀单位).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invited {
    /// Which.
    pub organisation: OrganisationId,
    /// By when it must say whether it comes.
    pub reply_by: Moment,
}

/// One thing that a resolution says shall be done (决议事项).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreed {
    /// Its id.
    pub id: ActionId,
    /// The motion it follows from.
    pub motion: u32,
    /// What shall be done.
    pub task: Published,
    /// Who owes it.
    pub owner: Holder,
    /// By which way.
    pub way: Way,
    /// By when.
    pub due: Moment,
    /// What it costs, where it costs anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub money: Option<Money>,
    /// How one sees that it is done (验收标准).
    pub acceptance: Published,
}

/// A line of the minutes of a stairwell's meeting: what, who, by when, in short (一条纪要).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minute {
    /// For everyone to read.
    pub text: Published,
}

/// What can happen to a meeting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
#[expect(clippy::large_enum_variant, reason = "few events are alive at once")]
pub enum Event {
    /// It was called (会议通知).
    #[serde(rename = "meeting.called.1")]
    Called {
        /// The forum of the rule pack.
        forum: String,
        /// The set of parties shown with it, where one is.
        scheme: Option<String>,
        /// What it is called.
        title: Published,
        /// The place it is about, a building at the finest.
        place: PlaceId,
        /// Where it is held.
        venue: Published,
        /// When it begins.
        starts: Moment,
        /// From when it may begin, by the forum's notice.
        earliest: Moment,
        /// Why the notice is shorter, where it is (缩短通知期).
        hurry: Option<Published>,
        /// Its topics, in the order of the agenda.
        topics: Vec<TopicId>,
        /// How many have a vote in this forum, where that is known.
        entitled: Option<u64>,
        /// Bodies invited.
        invited: Vec<Invited>,
        /// The desk that convenes it.
        desk: PlaceId,
        /// Who chairs (主持人).
        chair: Sealed<AccountId, Staff>,
        /// Who records (记录人).
        recorder: Sealed<AccountId, Staff>,
        /// The word of the code shown in the room.
        door: Sealed<String, Place>,
        /// How long the result is published for objections.
        publication: Deadline,
        /// The digest of the rules of its numbers.
        rules: String,
        /// By when the notice must hang.
        due: Moment,
    },
    /// Whose votes decide, as the notice says (表决人员).
    #[serde(rename = "meeting.roll_set.1")]
    RollSet {
        /// The council whose members vote; nobody else does.
        council: CouncilId,
    },
    /// It is a statutory meeting, by numbers that the street confirmed (法定会议依据).
    #[serde(rename = "meeting.basis_set.1")]
    BasisSet {
        /// The street, town or township in whose ledger that stands.
        street: PlaceId,
        /// The confirmation.
        confirmation: ConfirmationId,
        /// The numbers that it is of.
        figures: Figures,
    },
    /// It is the meeting of one stairwell's households (楼门议事会), with the matter that it was
    /// called about, where it was about one.
    #[serde(rename = "meeting.at_stairwell.1")]
    AtStairwell {
        /// Which stairwell; its building is public.
        stairwell: Sealed<PlaceId, Place>,
        /// The matter.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        matter: Option<MatterId>,
    },
    /// Households came; those ticked last are those that were there (到会户).
    #[serde(rename = "meeting.households_came.1")]
    HouseholdsCame {
        /// Which.
        doors: Sealed<Vec<PlaceId>, Place>,
        /// How many.
        households: u64,
    },
    /// What the households cannot settle is a matter of the desk above (上交).
    #[serde(rename = "meeting.sent_up.1")]
    SentUp {
        /// Which.
        matter: MatterId,
    },
    /// The households settled it, or did not: the minutes, and the hands on them (楼门会纪要).
    #[serde(rename = "meeting.settled.1")]
    Settled {
        /// The minutes, a few lines.
        lines: Vec<Minute>,
        /// Households that were there.
        present: u64,
        /// 赞成
        in_favour: u64,
        /// 反对
        against: u64,
        /// 弃权
        abstain: u64,
        /// What it came to by the forum's rule.
        passed: Passed,
    },
    /// The notice hangs, with proof (张贴通知).
    #[serde(rename = "meeting.posted.1")]
    Posted {
        /// Where.
        at: Published,
        /// A photo of it; public, since it shows a notice.
        photo: Option<PhotoDigest>,
    },
    /// An invited body says whether it comes (回执).
    #[serde(rename = "meeting.replied.1")]
    Replied {
        /// Which.
        organisation: OrganisationId,
        /// Whether.
        coming: Coming,
        /// A word with it.
        note: Option<Published>,
    },
    /// Whoever chairs or records is no longer there (移交).
    #[serde(rename = "meeting.passed_on.1")]
    PassedOn {
        /// As what.
        seat: Confirming,
        /// Who does from now on; nobody, where it falls to the desk.
        person: Option<Sealed<AccountId, Staff>>,
        /// Why.
        why: Ended,
    },
    /// An invited body takes part no more (取消邀请).
    #[serde(rename = "meeting.uninvited.1")]
    Uninvited {
        /// Which.
        organisation: OrganisationId,
        /// Why.
        why: Ended,
    },
    /// It is held at another time, or elsewhere (改期): a new notice tells so, and those invited say
    /// again whether they come.
    #[serde(rename = "meeting.moved.1")]
    Moved {
        /// When it was to begin until then.
        from: Moment,
        /// When it begins.
        starts: Moment,
        /// Where it is held.
        venue: Published,
        /// From when it may begin, by the forum's notice.
        earliest: Moment,
        /// Why the notice is shorter, where it is (缩短通知期).
        hurry: Option<Published>,
        /// Until when those invited say whether they come.
        reply_by: Moment,
        /// By when the new notice must hang.
        due: Moment,
        /// The digest of the rules of these times.
        rules: String,
        /// Why.
        reason: Published,
    },
    /// It begins (开会).
    #[serde(rename = "meeting.opened.1")]
    Opened {
        /// By when it is to be held to its end.
        due: Moment,
    },
    /// Somebody put something forward, in short (发言).
    #[serde(rename = "meeting.stated.1")]
    Stated {
        /// Its number in the meeting, from 1.
        number: u32,
        /// What it is.
        form: StatementKind,
        /// The body it comes from, where it comes from one.
        organisation: Option<OrganisationId>,
        /// In short, for everyone to read.
        text: Published,
    },
    /// One-time slips were made, numbered on (票条). Their codes follow from the word.
    #[serde(rename = "meeting.slips_issued.1")]
    SlipsIssued {
        /// The number of the first.
        first: u32,
        /// How many.
        count: u32,
        /// The word that their codes follow from.
        word: Sealed<String, Place>,
        /// The members whose slips they are, one each in order; empty where they are anybody's.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        members: Vec<u32>,
    },
    /// A second person says that the slips up to this number were handed out, one to each: only
    /// now do they hold (核发票条).
    #[serde(rename = "meeting.slips_released.1")]
    SlipsReleased {
        /// The number of the last.
        upto: u32,
    },
    /// The roll is closed for the next motion: who has a vote on it (核定名册).
    #[serde(rename = "meeting.roll_closed.1")]
    RollClosed {
        /// Its number in the meeting, from 1.
        roll: u32,
        /// How many have a vote.
        present: u64,
    },
    /// A motion is put to the vote (提请表决).
    #[serde(rename = "meeting.put.1")]
    Put {
        /// Its number in the meeting, from 1.
        motion: u32,
        /// The topic it belongs to.
        topic: TopicId,
        /// What is put.
        text: Published,
        /// How it is voted on.
        mode: VoteMode,
        /// The rule it is decided by.
        rule: Rule,
        /// The digest of the rules that it stands in.
        rules: String,
    },
    /// Whose decision a motion is, said with it (由谁决定).
    #[serde(rename = "meeting.decides.1")]
    Decides {
        /// Which motion.
        motion: u32,
        /// Whose, and by which article.
        decides: Decides,
    },
    /// One of two persons entered a show of hands (举手计数).
    #[serde(rename = "meeting.hands_entered.1")]
    HandsEntered {
        /// Of which motion.
        motion: u32,
        /// 赞成
        in_favour: u64,
        /// 反对
        against: u64,
        /// 弃权
        abstain: u64,
    },
    /// Nobody may vote on the motion any more; who is present by now is counted.
    #[serde(rename = "meeting.vote_ended.1")]
    VoteEnded {
        /// Which motion.
        motion: u32,
    },
    /// The count (计票).
    #[serde(rename = "meeting.counted.1")]
    Counted {
        /// Of which motion.
        motion: u32,
        /// Present with a vote.
        present: u64,
        /// 赞成
        in_favour: u64,
        /// 反对
        against: u64,
        /// 弃权
        abstain: u64,
        /// What it came to by the motion's rule.
        passed: Passed,
    },
    /// A counted vote was counted anew, since somebody on its roll was struck (重新计票). Actions
    /// of a motion that no longer passes fall away.
    #[serde(rename = "meeting.recounted.1")]
    Recounted {
        /// On which motion.
        motion: u32,
        /// On its roll and not struck.
        present: u64,
        /// 赞成
        in_favour: u64,
        /// 反对
        against: u64,
        /// 弃权
        abstain: u64,
        /// What it comes to by the motion's rule.
        passed: Passed,
    },
    /// The meeting ends with what shall be done (决议).
    #[serde(rename = "meeting.resolved.1")]
    Resolved {
        /// What shall be done.
        actions: Vec<Agreed>,
        /// The standard agreed for the time to come (省事).
        standard: Option<Published>,
        /// By when the minutes must be confirmed.
        due: Moment,
    },
    /// Whose decision an agreed action is, said with the resolution (由谁决定).
    #[serde(rename = "meeting.action_decides.1")]
    ActionDecides {
        /// Which action.
        action: ActionId,
        /// Whose, and by which article.
        decides: Decides,
    },
    /// The owners decided on what was recommended to them (业主共同决定).
    #[serde(rename = "meeting.owners_said.1")]
    OwnersSaid {
        /// Which motion.
        motion: u32,
        /// Their result.
        result: OwnersResultId,
        /// What they decided.
        agreed: OwnersAgreed,
    },
    /// The owners came to no decision on what was recommended to them: it rests (搁置).
    #[serde(rename = "meeting.set_aside.1")]
    SetAside {
        /// Which motion.
        motion: u32,
        /// Why, for everyone to read.
        reason: Published,
    },
    /// The meeting ends without a decision; its topics return (休会).
    #[serde(rename = "meeting.adjourned.1")]
    Adjourned {
        /// Why.
        reason: Published,
        /// By when the minutes must be confirmed.
        due: Moment,
    },
    /// Somebody present disagrees and wants it kept (保留意见).
    #[serde(rename = "meeting.dissented.1")]
    Dissented {
        /// With which motion.
        motion: Option<u32>,
        /// In short, for everyone to read.
        text: Published,
    },
    /// Chair or recorder confirms the minutes (确认纪要).
    #[serde(rename = "meeting.confirmed.1")]
    Confirmed {
        /// As what.
        seat: Confirming,
        /// SHA-256 of the confirmed text, in hex; it goes with a text that the minutes quote,
        /// since it tells who guesses that text that they guessed right.
        minutes: Published,
        /// By when the other one must, or the result must be published.
        due: Moment,
    },
    /// A text that the minutes quote was corrected or taken back: they are written anew and have
    /// to be confirmed again (重新确认纪要).
    #[serde(rename = "meeting.reissued.1")]
    Reissued {
        /// By when.
        due: Moment,
    },
    /// The result is published (公示).
    #[serde(rename = "meeting.published.1")]
    Published {
        /// Where it hangs.
        at: Published,
        /// Until when objections are taken.
        until: Moment,
    },
    /// Somebody objects (异议).
    #[serde(rename = "meeting.objected.1")]
    Objected {
        /// Its number in the meeting, from 1. What is said against the same while one waits has
        /// the number of that one: all of it is ruled on together.
        number: u32,
        /// To which action; to all of it otherwise.
        action: Option<ActionId>,
        /// Who objects, as a digest that is the same for the same device, where one is known.
        device: Option<Sealed<String, Link>>,
        /// A digest of what was sent, so that the same is taken once.
        said: Option<Sealed<String, Link>>,
        /// In own words.
        text: Sealed<String, Speaker>,
        /// A name or contact for the answer, where given.
        contact: Option<Sealed<String, Speaker>>,
        /// By when it must be ruled on.
        due: Moment,
    },
    /// An objection was ruled on (异议处理).
    #[serde(rename = "meeting.ruled.1")]
    Ruled {
        /// Which.
        number: u32,
        /// How.
        ruling: Ruling,
        /// Why, for everyone to read: the answer to whoever objected.
        reason: Published,
    },
    /// An action is on its way (派单).
    #[serde(rename = "meeting.dispatched.1")]
    Dispatched {
        /// Which action.
        action: ActionId,
        /// The order that carries it out.
        order: OrderId,
        /// Why before the notice is over, where it is (先行办理).
        hurry: Option<Published>,
    },
    /// All is on its way and the notice is over.
    #[serde(rename = "meeting.concluded.1")]
    Concluded {},
    /// It is not held (取消会议).
    #[serde(rename = "meeting.cancelled.1")]
    Cancelled {
        /// Why.
        reason: Published,
    },
}

/// What can happen to somebody's presence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum SeatEvent {
    /// Somebody signed in, with a vote at once where residents and members had one: as it was
    /// before slips and a second person. No longer written.
    #[serde(rename = "seat.taken.1")]
    Taken {
        /// At which meeting.
        meeting: MeetingId,
        /// In what capacity.
        seat: SeatKind,
        /// How.
        how: SignedIn,
        /// The body that sent them, where one did.
        organisation: Option<OrganisationId>,
        /// A digest that is the same for the same device, account or line of the register.
        person: Sealed<String, Speaker>,
        /// The name as given.
        name: Sealed<String, Speaker>,
        /// SHA-256 of the word by which this person votes by phone, in hex.
        secret: Option<Sealed<String, Link>>,
    },
    /// Somebody signed in, with a voice and no vote yet (签到).
    #[serde(rename = "seat.entered.1")]
    Entered {
        /// At which meeting.
        meeting: MeetingId,
        /// In what capacity.
        seat: SeatKind,
        /// How.
        how: SignedIn,
        /// The body that sent them, where one did.
        organisation: Option<OrganisationId>,
        /// A digest that is the same for the same device, account or line of the register.
        person: Sealed<String, Speaker>,
        /// The name as given.
        name: Sealed<String, Speaker>,
        /// SHA-256 of the word by which this person votes by phone, in hex.
        secret: Option<Sealed<String, Link>>,
        /// Their number on the roll of the council.
        member: Option<Sealed<u32, Speaker>>,
    },
    /// They have a vote from now on: by a slip, or since a second person confirmed the line of
    /// the register (确认表决资格).
    #[serde(rename = "seat.admitted.1")]
    Admitted {
        /// The number of the slip, where one was shown.
        slip: Option<u32>,
        /// How many rolls had been closed before.
        after: u32,
        /// Their number on the roll of the council, where it is a member's slip.
        member: Option<Sealed<u32, Speaker>>,
    },
    /// They left, and take their vote along (离会).
    #[serde(rename = "seat.left.1")]
    Left {
        /// How many rolls had been closed before.
        after: u32,
    },
    /// They came back (返会).
    #[serde(rename = "seat.returned.1")]
    Returned {
        /// How many rolls had been closed before.
        after: u32,
    },
    /// Their slip was shown once more, by somebody else (票条重复使用).
    #[serde(rename = "seat.challenged.1")]
    Challenged {},
    /// The sign-in does not count (划除).
    #[serde(rename = "seat.struck.1")]
    Struck {
        /// Why.
        reason: Published,
    },
}

/// What can happen to a ballot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum BallotEvent {
    /// A vote was cast, or cast anew: the last one counts (投票). Only one that was entered at
    /// the register says by whom.
    #[serde(rename = "ballot.cast.1")]
    Cast {
        /// At which meeting.
        meeting: MeetingId,
        /// On which motion.
        motion: u32,
        /// Whose.
        seat: Sealed<SeatId, Speaker>,
        /// The vote.
        choice: Sealed<Choice, Speaker>,
    },
}
