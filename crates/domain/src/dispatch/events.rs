//! What can happen to an order.

use super::{LimitClass, OrderId, OrderKind, OrderStep, OtherWay, Rung, WhistleKind};
use crate::ballots::{Decides, Leave};
use crate::matters::MatterId;
use crate::meetings::{ActionId, MeetingId};
use crate::topics::TopicId;
use serde::{Deserialize, Serialize};
use yishi_kernel::record::{Sealed, Staff};
use yishi_kernel::{
    AccountId, Ended, Holder, Moment, Money, OrganisationId, PhotoDigest, PlaceId, Published, Urging,
};

/// What an order comes from: an action of a meeting, or a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Source {
    /// An action that a meeting agreed on, about a topic.
    Action {
        /// The topic.
        topic: TopicId,
        /// The meeting.
        meeting: MeetingId,
        /// The action.
        action: ActionId,
    },
    /// A matter in hand.
    Matter(MatterId),
}

/// What is to be done (任务).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// What, for everyone to read.
    pub task: Published,
    /// How one sees that it is done (验收标准).
    pub acceptance: Published,
    /// What it costs, where it costs anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub money: Option<Money>,
}

/// What can happen to an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Event {
    /// Work or a letter was sent (派单、去函).
    #[serde(rename = "order.sent.1")]
    Sent {
        /// Work or letter.
        order: OrderKind,
        /// Where it comes from.
        source: Source,
        /// The organisation that the matter is about which it comes from, as it was then. Whom an
        /// order is about is looked up whenever it is loaded.
        about: Option<OrganisationId>,
        /// What is to be done.
        task: Task,
        /// The place, a building at the finest.
        place: PlaceId,
        /// The desk that sent it and accepts it.
        desk: PlaceId,
        /// The street's desk, which rules on disputes.
        street: PlaceId,
        /// Who is to do it.
        holder: Holder,
        /// The person, when a person is to.
        person: Option<Sealed<AccountId, Staff>>,
        /// By when it must be signed for.
        report_by: Moment,
        /// By when it must be done.
        finish_by: Moment,
        /// The digest of the rule pack of the deadlines.
        rules: String,
    },
    /// The community asks the street to whistle (请求吹哨).
    #[serde(rename = "order.asked.1")]
    Asked {
        /// Why the street should whistle.
        whistle: WhistleKind,
        /// Where it comes from.
        source: Source,
        /// The organisation that the matter is about which it comes from, as it was then. Whom an
        /// order is about is looked up whenever it is loaded.
        about: Option<OrganisationId>,
        /// What is to be done.
        task: Task,
        /// Why the community cannot do it, and what it has tried.
        reason: Published,
        /// The place, a building at the finest.
        place: PlaceId,
        /// The desk that asks and accepts.
        desk: PlaceId,
        /// The street's desk.
        street: PlaceId,
        /// Departments asked for.
        departments: Vec<OrganisationId>,
        /// Which of them leads (主办).
        lead: OrganisationId,
        /// By when it should be done.
        finish_by: Moment,
        /// By when the street decides.
        due: Moment,
        /// The digest of the rule pack of the deadlines.
        rules: String,
    },
    /// Whose decision it carries out, said as it is sent or asked for (由谁决定).
    #[serde(rename = "order.decides.1")]
    Decides {
        /// Whose, and by which article.
        decides: Decides,
        /// By what it leaves, where that is not the community's to say.
        #[serde(skip_serializing_if = "Option::is_none")]
        leave: Option<Leave>,
    },
    /// The street whistles (吹哨).
    #[serde(rename = "order.blown.1")]
    Blown {
        /// Why.
        whistle: WhistleKind,
        /// Departments called.
        departments: Vec<OrganisationId>,
        /// Which of them leads.
        lead: OrganisationId,
        /// By when each reports in.
        arrive_by: Moment,
        /// By when it must be done.
        finish_by: Moment,
    },
    /// The street does not whistle (不予吹哨).
    #[serde(rename = "order.declined.1")]
    Declined {
        /// Why.
        reason: Published,
    },
    /// Which ways are left, said as the street declines (其他办法).
    #[serde(rename = "order.ways_left.1")]
    WaysLeft {
        /// Which.
        ways: Vec<OtherWay>,
    },
    /// After it was declined it went on by another order: by another way, or asked again with what is
    /// new (另行派出、再次请求).
    #[serde(rename = "order.gone_on.1")]
    GoneOn {
        /// What the other one is.
        order: OrderKind,
        /// Which.
        next: OrderId,
    },
    /// By which class of limits its day follows, said as it is sent, asked for or blown (时限类别).
    #[serde(rename = "order.limited.1")]
    Limited {
        /// Which.
        class: LimitClass,
        /// Why it has another day than the class gives, where it has, for everyone to read.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<Published>,
    },
    /// It comes after one that was declined, said as it is sent or asked for (接续).
    #[serde(rename = "order.comes_after.1")]
    ComesAfter {
        /// Which.
        declined: OrderId,
    },
    /// A body has reported in, or signed for the work (报到、签收).
    #[serde(rename = "order.reported_in.1")]
    ReportedIn {
        /// Which; none for the community's own people.
        organisation: Option<OrganisationId>,
        /// Who came, what was found; for everyone to read.
        note: Option<Published>,
    },
    /// Something was done (进展).
    #[serde(rename = "order.progressed.1")]
    Progressed {
        /// By which body.
        organisation: Option<OrganisationId>,
        /// What, for everyone to read.
        note: Published,
        /// Photos, private until published.
        photos: Option<Sealed<Vec<PhotoDigest>, Staff>>,
    },
    /// A letter was followed up (催办).
    #[serde(rename = "order.followed_up.1")]
    FollowedUp {
        /// What came of it, for everyone to read.
        note: Published,
        /// When to follow up again.
        due: Moment,
    },
    /// A calendar that came later makes its next step due sooner (重算时限).
    #[serde(rename = "order.reckoned.1")]
    Reckoned {
        /// By when.
        due: Moment,
        /// The rules with that calendar.
        rules: String,
    },
    /// Whoever its next step waits for was urged (催办、督办).
    #[serde(rename = "order.urged.1")]
    Urged {
        /// How.
        how: Urging,
    },
    /// What is overdue of a whistle climbed by a step of the ladder (逐级督办).
    #[serde(rename = "order.escalated.1")]
    Escalated {
        /// Which step.
        rung: Rung,
        /// What waits.
        step: OrderStep,
        /// For which body; none where a desk or person here holds it.
        #[serde(skip_serializing_if = "Option::is_none")]
        organisation: Option<OrganisationId>,
        /// By when it was to be done.
        due: Moment,
        /// When it climbs again, where there is a step above.
        #[serde(skip_serializing_if = "Option::is_none")]
        next: Option<Moment>,
    },
    /// "Not ours" (退单申请).
    #[serde(rename = "order.disputed.1")]
    Disputed {
        /// Who says so.
        organisation: Option<OrganisationId>,
        /// Why.
        reason: Published,
        /// By when the street rules.
        due: Moment,
    },
    /// The community refuses to lead what it only assists (协助事项不当主办).
    #[serde(rename = "order.assist_only.1")]
    AssistOnly {
        /// The item of the list that it cites, for everyone to read.
        item: Published,
        /// By when the street rules.
        due: Moment,
    },
    /// The street ruled whose it is (裁定).
    #[serde(rename = "order.ruled.1")]
    Ruled {
        /// Who leads from now on.
        holder: Holder,
        /// Why.
        reason: Published,
        /// By when it must report in.
        report_by: Moment,
        /// By when it must be done.
        finish_by: Moment,
    },
    /// The part of a body beside the lead has a day of its own (分办期限).
    #[serde(rename = "order.part_set.1")]
    PartSet {
        /// Whose.
        organisation: OrganisationId,
        /// Why.
        reason: Published,
        /// By when its part is done.
        finish_by: Moment,
    },
    /// A body beside the lead has done its part (协办部分办结).
    #[serde(rename = "order.part_done.1")]
    PartDone {
        /// Which.
        organisation: OrganisationId,
        /// What was done, for everyone to read.
        note: Published,
        /// Photos, private until published.
        photos: Option<Sealed<Vec<PhotoDigest>, Staff>>,
    },
    /// "Not ours" of a body beside the lead: of its own part alone (协办退单申请).
    #[serde(rename = "order.part_disputed.1")]
    PartDisputed {
        /// Who says so.
        organisation: OrganisationId,
        /// Why.
        reason: Published,
        /// By when the street rules.
        due: Moment,
    },
    /// The street ruled whose that part is (协办裁定).
    #[serde(rename = "order.part_ruled.1")]
    PartRuled {
        /// Who said that it was not theirs.
        organisation: OrganisationId,
        /// Whose it is from now on; none where it is not needed.
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<OrganisationId>,
        /// Why.
        reason: Published,
        /// By when that body reports in.
        report_by: Moment,
        /// By when its part is done, where that is not the whole's day.
        #[serde(skip_serializing_if = "Option::is_none")]
        finish_by: Option<Moment>,
    },
    /// A body beside the lead was urged (催办、督办).
    #[serde(rename = "order.part_urged.1")]
    PartUrged {
        /// Which.
        organisation: OrganisationId,
        /// How.
        how: Urging,
    },
    /// Whoever was to do it, or to come, is no longer there (移交).
    #[serde(rename = "order.passed_on.1")]
    PassedOn {
        /// The body that is no longer there, where it is one.
        organisation: Option<OrganisationId>,
        /// Who is to do it, or leads, from now on.
        holder: Holder,
        /// The person, when a person is to.
        person: Option<Sealed<AccountId, Staff>>,
        /// Why.
        why: Ended,
    },
    /// It gets a later day, for a reason (延期).
    #[serde(rename = "order.extended.1")]
    Extended {
        /// Why.
        reason: Published,
        /// By when it must be done now.
        finish_by: Moment,
    },
    /// It is done, with proof (办结).
    #[serde(rename = "order.done.1")]
    Done {
        /// By which body.
        organisation: Option<OrganisationId>,
        /// What was done, for everyone to read.
        note: Published,
        /// Photos, private until published.
        photos: Option<Sealed<Vec<PhotoDigest>, Staff>>,
        /// By when it is accepted or sent back.
        due: Moment,
    },
    /// A photo was published, by an act of its own.
    #[serde(rename = "order.photo_published.1")]
    PhotoPublished {
        /// Which.
        photo: PhotoDigest,
    },
    /// It is accepted (验收).
    #[serde(rename = "order.accepted.1")]
    Accepted {
        /// A word with it.
        note: Option<Published>,
    },
    /// It is not accepted: to be done again (返工).
    #[serde(rename = "order.returned.1")]
    Returned {
        /// Why.
        reason: Published,
        /// By when.
        finish_by: Moment,
    },
    /// An objection was upheld: it rests (暂停).
    #[serde(rename = "order.suspended.1")]
    Suspended {
        /// Why.
        reason: Published,
        /// By when it goes on or is withdrawn.
        due: Moment,
    },
    /// It goes on (恢复).
    #[serde(rename = "order.resumed.1")]
    Resumed {
        /// Why.
        reason: Published,
        /// By when it must be done.
        finish_by: Moment,
    },
    /// It is withdrawn (撤回).
    #[serde(rename = "order.withdrawn.1")]
    Withdrawn {
        /// Why.
        reason: Published,
    },
}
