//! The one answer to "may this actor do this here, now, and if not why". Default is
//! deny. Pages, lists and commands all ask here; `docs/permissions.txt` is printed from it.

mod table;

pub use table::permission_table;

use crate::dispatch::OrderStage;
use crate::ids::{AccountId, OrganisationId, PlaceId};
use crate::matters::StageKind;
use crate::meetings::{MeetingStage, TopicStage};
use crate::moment::Moment;
use serde::{Deserialize, Serialize};

/// The roles people act in (角色).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Whoever comes without an account (来访者).
    Visitor,
    /// Somebody whose household is confirmed (居民).
    Resident,
    /// Stairwell steward, 楼道红管家.
    Steward,
    /// Building head, 楼栋长.
    BuildingHead,
    /// Secretary of the grid branch, 网格党支部书记.
    GridSecretary,
    /// Community worker, 社区工作者.
    CommunityWorker,
    /// Secretary of the community Party committee, 社区党委书记.
    CommunitySecretary,
    /// Officer of the street office or town, 街道干部.
    StreetOfficer,
    /// Officer of a department, 部门专管员.
    DepartmentOfficer,
    /// Staff of the property company, 物业人员.
    PropertyStaff,
    /// Keeps places and accounts, 管理员; sees no matter's content.
    Administrator,
}

impl Role {
    /// Every role, in the order of the permission table.
    pub const ALL: [Role; 11] = [
        Role::Visitor,
        Role::Resident,
        Role::Steward,
        Role::BuildingHead,
        Role::GridSecretary,
        Role::CommunityWorker,
        Role::CommunitySecretary,
        Role::StreetOfficer,
        Role::DepartmentOfficer,
        Role::PropertyStaff,
        Role::Administrator,
    ];

    /// The word that stands in the ledger and in text keys.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Role::Visitor => "visitor",
            Role::Resident => "resident",
            Role::Steward => "steward",
            Role::BuildingHead => "building_head",
            Role::GridSecretary => "grid_secretary",
            Role::CommunityWorker => "community_worker",
            Role::CommunitySecretary => "community_secretary",
            Role::StreetOfficer => "street_officer",
            Role::DepartmentOfficer => "department_officer",
            Role::PropertyStaff => "property_staff",
            Role::Administrator => "administrator",
        }
    }

    /// The role of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }

    /// Whether the role belongs to an organisation and reaches only what that holds.
    #[must_use]
    pub fn of_organisation(self) -> bool {
        matches!(self, Role::DepartmentOfficer | Role::PropertyStaff)
    }

    /// Those who sort and steer a place's matters.
    fn steers(self) -> bool {
        matches!(
            self,
            Role::GridSecretary | Role::CommunityWorker | Role::CommunitySecretary | Role::StreetOfficer
        )
    }

    /// Those who look after neighbours' doors.
    fn neighbours(self) -> bool {
        matches!(self, Role::Steward | Role::BuildingHead)
    }
}

/// A role held somewhere, for a time (任职).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The place it is bound to: it reaches that place and all below it.
    pub place: PlaceId,
    /// The organisation it is bound to, for roles of organisations.
    pub organisation: Option<OrganisationId>,
    /// From when it holds.
    pub from: Moment,
    /// Until when, exclusive; open when absent.
    pub until: Option<Moment>,
}

impl Grant {
    fn holds_at(&self, now: Moment) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

/// Who acts: an account with its roles, or a visitor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// The account, unless a visitor.
    pub account: Option<AccountId>,
    /// The employer, whose matters this person keeps hands off.
    pub employer: Option<OrganisationId>,
    /// Roles held, past and future ones too.
    pub grants: Vec<Grant>,
}

impl Actor {
    /// Somebody without an account.
    #[must_use]
    pub fn visitor() -> Self {
        Self::default()
    }

    /// The roles that hold now.
    pub fn current(&self, now: Moment) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(move |grant| grant.holds_at(now))
    }
}

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

/// What an action is done to, as far as its rights depend on where that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A matter, or a place.
    Matter,
    /// A topic.
    Topic,
    /// A meeting.
    Meeting,
    /// An order.
    Order,
}

/// Where a thing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// A matter.
    Matter(StageKind),
    /// A topic.
    Topic(TopicStage),
    /// A meeting.
    Meeting(MeetingStage),
    /// An order.
    Order(OrderStage),
}

impl State {
    /// The word of the stage in the ledger and in text keys.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            State::Matter(stage) => stage.word(),
            State::Topic(stage) => stage.word(),
            State::Meeting(stage) => stage.word(),
            State::Order(stage) => stage.word(),
        }
    }

    /// What kind of thing stands there.
    #[must_use]
    pub fn subject(self) -> Subject {
        match self {
            State::Matter(_) => Subject::Matter,
            State::Topic(_) => Subject::Topic,
            State::Meeting(_) => Subject::Meeting,
            State::Order(_) => Subject::Order,
        }
    }

    /// Every stage of such a thing.
    #[must_use]
    pub fn all(subject: Subject) -> Vec<State> {
        match subject {
            Subject::Matter => StageKind::ALL.iter().copied().map(State::Matter).collect(),
            Subject::Topic => TopicStage::ALL.iter().copied().map(State::Topic).collect(),
            Subject::Meeting => MeetingStage::ALL.iter().copied().map(State::Meeting).collect(),
            Subject::Order => OrderStage::ALL.iter().copied().map(State::Order).collect(),
        }
    }
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
    fn open_to_the_concerned(self) -> bool {
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
    fn fits(self, state: State) -> bool {
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

/// What it would be done to: a place, or a matter, topic, meeting or order there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resource {
    /// The place and all above it, in any order.
    pub path: Vec<PlaceId>,
    /// Where it stands, when it is about more than a place.
    pub state: Option<State>,
    /// The person who holds it.
    pub holder: Option<AccountId>,
    /// The organisation that holds it.
    pub holding: Option<OrganisationId>,
    /// Further organisations that take part: invited to a meeting, called by an order.
    pub parties: Vec<OrganisationId>,
    /// The organisation it is about.
    pub about: Option<OrganisationId>,
    /// The person it is about.
    pub about_person: Option<AccountId>,
    /// Those who ever held or answered it.
    pub handlers: Vec<AccountId>,
    /// Whether the actor holds a receipt of it, or a seat at it: its secret link, or an
    /// account it is bound to.
    pub claim: Claim,
}

/// Whether the actor has a claim to an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Claim {
    /// Shows a receipt.
    Receipt,
    /// Shows the sign-in of a meeting.
    Seat,
    /// Shows none.
    #[default]
    None,
}

/// Why something may not be done. Pages print it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// Nobody is signed in, and this needs one of the roles.
    #[error("sign in first")]
    SignIn,
    /// None of the actor's roles may do this.
    #[error("this needs another role")]
    Role {
        /// The roles that may.
        may: Vec<Role>,
    },
    /// The role is right, but for another place or organisation.
    #[error("this belongs to another place or organisation")]
    Elsewhere,
    /// Only whoever holds the matter may.
    #[error("only the holder may do this")]
    NotHolder,
    /// The matter is about the actor or the actor's employer: it goes to the street.
    #[error("the matter is about you or your employer; the street decides")]
    Concerned,
    /// Whoever handled a matter does not evaluate it.
    #[error("whoever handled a matter does not evaluate it")]
    Handler,
    /// Evaluating needs a receipt.
    #[error("this needs a receipt")]
    NoReceipt,
    /// Voting needs a sign-in.
    #[error("sign in at the meeting first")]
    NoSeat,
    /// Not in this stage.
    #[error("not in this stage")]
    Stage(State),
}

impl Denied {
    /// The word of text keys: `denied-<word>`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Denied::SignIn => "sign-in",
            Denied::Role { .. } => "role",
            Denied::Elsewhere => "elsewhere",
            Denied::NotHolder => "not-holder",
            Denied::Concerned => "concerned",
            Denied::Handler => "handler",
            Denied::NoReceipt => "no-receipt",
            Denied::NoSeat => "no-seat",
            Denied::Stage(_) => "stage",
        }
    }
}

/// Whether `actor` may do `action` to `resource` at `now`: the role it is done in, or why not.
///
/// # Errors
/// The reason for which most would have to change least: the stage last.
pub fn may(actor: &Actor, action: Action, resource: &Resource, now: Moment) -> Result<Role, Denied> {
    let role = role_for(actor, action, resource, now)?;
    if !action.open_to_the_concerned() && is_concerned(actor, resource) {
        return Err(Denied::Concerned);
    }
    let handled = actor.account.is_some_and(|account| resource.handlers.contains(&account));
    if handled && matches!(action, Action::Evaluate | Action::CallBack | Action::Accept) {
        return Err(Denied::Handler);
    }
    match resource.state {
        Some(state) if !action.fits(state) => Err(Denied::Stage(state)),
        _ => Ok(role),
    }
}

/// About oneself, or about one's employer. A department or property company may well
/// answer for itself, but neither sort, close nor rate what is said about it, nor accept
/// what it did.
fn is_concerned(actor: &Actor, resource: &Resource) -> bool {
    let own = |body: &OrganisationId| {
        actor.employer == Some(*body) || actor.grants.iter().any(|grant| grant.organisation == Some(*body))
    };
    let organisation = resource.about.iter().chain(&resource.parties).any(own);
    let person = resource.about_person.is_some() && actor.account == resource.about_person;
    organisation || person
}

fn role_for(actor: &Actor, action: Action, resource: &Resource, now: Moment) -> Result<Role, Denied> {
    match action {
        // What a resident does needs no role; the best one held here is what is recorded.
        Action::Raise | Action::Join | Action::SignIn | Action::Object => {
            return Ok(resident_role(actor, resource, now));
        }
        Action::Evaluate => {
            return match resource.claim {
                Claim::Receipt => Ok(resident_role(actor, resource, now)),
                Claim::Seat | Claim::None => Err(Denied::NoReceipt),
            };
        }
        Action::Vote => {
            return match resource.claim {
                Claim::Seat => Ok(resident_role(actor, resource, now)),
                Claim::Receipt | Claim::None => Err(Denied::NoSeat),
            };
        }
        _ => {}
    }
    let mut reason = if actor.account.is_none() {
        Denied::SignIn
    } else {
        Denied::Role { may: Role::ALL.into_iter().filter(|role| has_power(*role, action)).collect() }
    };
    for grant in actor.current(now).filter(|grant| has_power(grant.role, action)) {
        match reach(actor, grant, action, resource) {
            Ok(()) => return Ok(grant.role),
            Err(denied) => {
                if reason != Denied::NotHolder {
                    reason = denied;
                }
            }
        }
    }
    Err(reason)
}

fn resident_role(actor: &Actor, resource: &Resource, now: Moment) -> Role {
    let here = |grant: &&Grant| grant.role == Role::Resident && resource.path.contains(&grant.place);
    match actor.current(now).find(here) {
        Some(_) => Role::Resident,
        None => Role::Visitor,
    }
}

/// Which roles have an action at all, wherever they hold it.
fn has_power(role: Role, action: Action) -> bool {
    match action {
        Action::Raise | Action::Join | Action::Evaluate | Action::SignIn | Action::Vote | Action::Object => {
            true
        }
        Action::CallBack => role.steers() || role.neighbours(),
        Action::Gather
        | Action::Conclude
        | Action::DropTopic
        | Action::Convene
        | Action::Hold
        | Action::Register
        | Action::ConfirmMinutes
        | Action::Order
        | Action::FollowUp
        | Action::PublishProof
        | Action::Accept
        | Action::Settle
        | Action::Withdraw => role.steers(),
        Action::Speak | Action::ReplyInvitation => role.steers() || role.of_organisation(),
        Action::RuleObjection => matches!(role, Role::CommunitySecretary | Role::StreetOfficer),
        Action::Blow => role == Role::StreetOfficer,
        Action::ReportIn | Action::WorkOn | Action::Dispute => role.steers() || role.of_organisation(),
        Action::RaiseForNeighbour => role.steers() || role.neighbours(),
        Action::ReadPrivate | Action::HandOver | Action::Progress | Action::Answer | Action::Desk => {
            role.steers() || role.neighbours() || role.of_organisation()
        }
        Action::ReadContact => role.steers() || role.neighbours(),
        Action::Triage | Action::Publish | Action::Close | Action::Merge => role.steers(),
        Action::Stairwell => role.steers() || role.neighbours(),
        Action::Import => {
            matches!(role, Role::CommunityWorker | Role::CommunitySecretary | Role::StreetOfficer)
        }
        Action::Erase => matches!(role, Role::CommunitySecretary | Role::StreetOfficer),
        Action::KeepPlaces | Action::KeepPeople => role == Role::Administrator,
    }
}

/// Whether a role that has the action reaches this resource with it.
fn reach(actor: &Actor, grant: &Grant, action: Action, resource: &Resource) -> Result<(), Denied> {
    let mine = resource.holder.is_some() && resource.holder == actor.account;
    let ours = grant
        .organisation
        .is_some_and(|own| resource.holding == Some(own) || resource.parties.contains(&own));
    if grant.role.of_organisation() {
        return match action {
            Action::Desk => Ok(()),
            _ if ours || mine => Ok(()),
            _ => Err(Denied::Elsewhere),
        };
    }
    if !resource.path.contains(&grant.place) {
        return Err(Denied::Elsewhere);
    }
    match action {
        // The lead handler calls whoever raised it; nobody else needs the number.
        Action::ReadContact if !mine => Err(Denied::NotHolder),
        Action::ConfirmMinutes if !mine => Err(Denied::NotHolder),
        // Neighbours work on what they were given; those who steer may step in.
        Action::HandOver | Action::Progress | Action::Answer if grant.role.neighbours() && !mine => {
            Err(Denied::NotHolder)
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use uuid::Uuid;

    const NOW: Moment = Moment(1_000);

    fn place(n: u128) -> PlaceId {
        PlaceId(Uuid::from_u128(n))
    }

    fn person(n: u128, role: Role, at: u128) -> Actor {
        Actor {
            account: Some(AccountId(Uuid::from_u128(n))),
            employer: None,
            grants: vec![Grant { role, place: place(at), organisation: None, from: Moment(0), until: None }],
        }
    }

    fn matter(stage: StageKind) -> Resource {
        let state = Some(State::Matter(stage));
        Resource { path: vec![place(1), place(2), place(3)], state, ..Resource::default() }
    }

    #[test]
    fn a_role_reaches_its_place_and_all_below_while_it_lasts() {
        let resource = matter(StageKind::Raised);
        let worker = person(9, Role::CommunityWorker, 2);
        assert_eq!(may(&worker, Action::Triage, &resource, NOW), Ok(Role::CommunityWorker));
        let other = person(9, Role::CommunityWorker, 7);
        assert_eq!(may(&other, Action::Triage, &resource, NOW), Err(Denied::Elsewhere));
        let mut former = worker.clone();
        former.grants[0].until = Some(NOW);
        assert!(matches!(may(&former, Action::Triage, &resource, NOW), Err(Denied::Role { .. })));
        assert_eq!(may(&Actor::visitor(), Action::Triage, &resource, NOW), Err(Denied::SignIn));
    }

    #[test]
    fn nobody_sorts_what_is_about_them_or_their_employer() {
        let mut worker = person(9, Role::CommunityWorker, 2);
        let committee = OrganisationId(Uuid::from_u128(50));
        worker.employer = Some(committee);
        let mut resource = matter(StageKind::Raised);
        resource.about = Some(committee);
        assert_eq!(may(&worker, Action::Triage, &resource, NOW), Err(Denied::Concerned));
        let street = person(10, Role::StreetOfficer, 1);
        assert_eq!(may(&street, Action::Triage, &resource, NOW), Ok(Role::StreetOfficer));
        resource.about = None;
        resource.about_person = worker.account;
        assert_eq!(may(&worker, Action::Merge, &resource, NOW), Err(Denied::Concerned));
    }

    #[test]
    fn the_handler_does_not_evaluate() {
        let worker = person(9, Role::CommunityWorker, 2);
        let mut resource = matter(StageKind::Answered);
        resource.handlers = vec![worker.account.unwrap()];
        resource.claim = Claim::Receipt;
        assert_eq!(may(&worker, Action::Evaluate, &resource, NOW), Err(Denied::Handler));
        let colleague = person(8, Role::CommunityWorker, 2);
        assert_eq!(may(&colleague, Action::Evaluate, &resource, NOW), Ok(Role::Visitor));
        // Closing judges nothing: those who asked have, or their time has run out. In a
        // street with one officer a ban would leave the matter without an exit.
        assert_eq!(may(&worker, Action::Close, &resource, NOW), Ok(Role::CommunityWorker));
    }

    #[test]
    fn an_organisation_reaches_only_what_it_holds() {
        let company = OrganisationId(Uuid::from_u128(50));
        let mut staff = person(9, Role::PropertyStaff, 2);
        staff.grants[0].organisation = Some(company);
        let mut resource = matter(StageKind::InHand);
        assert_eq!(may(&staff, Action::Answer, &resource, NOW), Err(Denied::Elsewhere));
        resource.holding = Some(company);
        assert_eq!(may(&staff, Action::Answer, &resource, NOW), Ok(Role::PropertyStaff));
        assert!(may(&staff, Action::ReadContact, &resource, NOW).is_err());
    }

    fn officer(n: u128, role: Role, body: u128) -> Actor {
        let mut officer = person(n, role, 1);
        officer.grants[0].organisation = Some(OrganisationId(Uuid::from_u128(body)));
        officer
    }

    fn at(state: State) -> Resource {
        Resource { path: vec![place(1), place(2), place(3)], state: Some(state), ..Resource::default() }
    }

    fn role_or_word(result: Result<Role, Denied>) -> &'static str {
        result.map_or_else(|denied| denied.word(), Role::word)
    }

    #[test]
    fn only_a_street_officer_whistles_and_only_in_the_own_street() {
        let asked = at(State::Order(OrderStage::Asked));
        for role in Role::ALL {
            let may = may(&person(9, role, 1), Action::Blow, &asked, NOW);
            assert_eq!(may.is_ok(), role == Role::StreetOfficer, "{role:?}");
        }
        let other = person(9, Role::StreetOfficer, 7);
        assert_eq!(may(&other, Action::Blow, &asked, NOW), Err(Denied::Elsewhere));
        assert_eq!(may(&Actor::visitor(), Action::Blow, &asked, NOW), Err(Denied::SignIn));
    }

    #[test]
    fn a_body_reaches_only_orders_and_meetings_it_was_called_to() {
        let residents_too = |action| {
            matches!(action, Action::Raise | Action::Join | Action::SignIn | Action::Object | Action::Desk)
        };
        for role in [Role::DepartmentOfficer, Role::PropertyStaff] {
            let officer = officer(9, role, 50);
            for action in Action::ALL {
                for state in State::all(action.subject()) {
                    let elsewhere = may(&officer, action, &at(state), NOW);
                    assert!(elsewhere.is_err() || residents_too(action), "{action:?} {state:?}");
                }
            }
            let meeting = Resource {
                parties: vec![OrganisationId(Uuid::from_u128(50))],
                ..at(State::Meeting(MeetingStage::Called))
            };
            let order = Resource { state: Some(State::Order(OrderStage::Sent)), ..meeting.clone() };
            assert_eq!(may(&officer, Action::ReplyInvitation, &meeting, NOW), Ok(role));
            assert_eq!(may(&officer, Action::Speak, &meeting, NOW), Ok(role));
            assert_eq!(may(&officer, Action::ReportIn, &order, NOW), Ok(role));
            assert_eq!(may(&officer, Action::Dispute, &order, NOW), Ok(role));
            // Called, and still neither holding the meeting nor accepting the work.
            for action in [Action::Convene, Action::Hold, Action::Register, Action::ConfirmMinutes] {
                assert_eq!(role_or_word(may(&officer, action, &meeting, NOW)), "role");
            }
            for action in [Action::Order, Action::Accept, Action::Settle, Action::Withdraw, Action::FollowUp]
            {
                assert_eq!(role_or_word(may(&officer, action, &order, NOW)), "role");
            }
        }
    }

    #[test]
    fn nobody_accepts_work_of_their_own_or_of_their_employer() {
        let done = at(State::Order(OrderStage::Done));
        let worker = person(9, Role::CommunityWorker, 2);
        assert_eq!(may(&worker, Action::Accept, &done, NOW), Ok(Role::CommunityWorker));
        let did = Resource { handlers: vec![worker.account.unwrap()], ..done.clone() };
        assert_eq!(may(&worker, Action::Accept, &did, NOW), Err(Denied::Handler));
        let company = OrganisationId(Uuid::from_u128(50));
        let lead = Resource { about: Some(company), ..done.clone() };
        let called = Resource { parties: vec![company], ..done };
        let mut employed = worker.clone();
        employed.employer = Some(company);
        // Somebody who is a worker here and staff of the company as well.
        let mut both = worker.clone();
        both.grants.extend(officer(9, Role::PropertyStaff, 50).grants);
        for own in [&employed, &both] {
            assert_eq!(may(own, Action::Accept, &lead, NOW), Err(Denied::Concerned));
            assert_eq!(may(own, Action::Accept, &called, NOW), Err(Denied::Concerned));
        }
        assert!(may(&worker, Action::Accept, &called, NOW).is_ok());
        // To be invited keeps nobody's employee from holding the meeting.
        let meeting = Resource { state: Some(State::Meeting(MeetingStage::Called)), ..called };
        assert!(may(&employed, Action::Hold, &meeting, NOW).is_ok());
    }

    #[test]
    fn chair_and_recorder_alone_confirm_minutes() {
        let mut held = at(State::Meeting(MeetingStage::Held));
        let secretary = person(9, Role::CommunitySecretary, 2);
        assert_eq!(may(&secretary, Action::ConfirmMinutes, &held, NOW), Err(Denied::NotHolder));
        held.holder = secretary.account;
        assert!(may(&secretary, Action::ConfirmMinutes, &held, NOW).is_ok());
        let street = person(8, Role::StreetOfficer, 1);
        assert_eq!(may(&street, Action::ConfirmMinutes, &held, NOW), Err(Denied::NotHolder));
        held.state = Some(State::Meeting(MeetingStage::Confirmed));
        assert_eq!(role_or_word(may(&secretary, Action::ConfirmMinutes, &held, NOW)), "stage");
    }

    #[test]
    fn anybody_signs_in_and_objects_and_whoever_has_a_seat_votes() {
        let open = at(State::Meeting(MeetingStage::Open));
        let published = at(State::Meeting(MeetingStage::Published));
        let seated = Resource { claim: Claim::Seat, ..open.clone() };
        let receipt = Resource { claim: Claim::Receipt, ..open.clone() };
        for actor in
            [Actor::visitor(), person(9, Role::CommunityWorker, 7), officer(9, Role::PropertyStaff, 50)]
        {
            assert_eq!(may(&actor, Action::SignIn, &open, NOW), Ok(Role::Visitor));
            assert_eq!(may(&actor, Action::Object, &published, NOW), Ok(Role::Visitor));
            assert_eq!(role_or_word(may(&actor, Action::Object, &open, NOW)), "stage");
            assert_eq!(may(&actor, Action::Vote, &open, NOW), Err(Denied::NoSeat));
            assert_eq!(may(&actor, Action::Vote, &receipt, NOW), Err(Denied::NoSeat));
            assert_eq!(may(&actor, Action::Vote, &seated, NOW), Ok(Role::Visitor));
            assert_eq!(may(&actor, Action::Evaluate, &seated, NOW), Err(Denied::NoReceipt));
            for action in [Action::Register, Action::Hold, Action::RuleObjection] {
                assert!(may(&actor, action, &seated, NOW).is_err());
            }
        }
        let resident = person(9, Role::Resident, 3);
        assert_eq!(may(&resident, Action::Vote, &seated, NOW), Ok(Role::Resident));
        let late = Resource { state: Some(State::Meeting(MeetingStage::Held)), ..seated };
        assert_eq!(role_or_word(may(&resident, Action::Vote, &late, NOW)), "stage");
    }

    #[test]
    fn objections_are_ruled_on_by_the_secretary_or_the_street() {
        let published = at(State::Meeting(MeetingStage::Published));
        for role in Role::ALL {
            let rules = matches!(role, Role::CommunitySecretary | Role::StreetOfficer);
            assert_eq!(may(&person(9, role, 1), Action::RuleObjection, &published, NOW).is_ok(), rules);
        }
    }

    #[test]
    fn whoever_handled_a_matter_does_not_call_back() {
        let worker = person(9, Role::CommunityWorker, 2);
        let mut resource = matter(StageKind::Answered);
        assert!(may(&worker, Action::CallBack, &resource, NOW).is_ok());
        resource.handlers = vec![worker.account.unwrap()];
        assert_eq!(may(&worker, Action::CallBack, &resource, NOW), Err(Denied::Handler));
        let steward = person(8, Role::Steward, 3);
        assert_eq!(may(&steward, Action::CallBack, &resource, NOW), Ok(Role::Steward));
        resource.about_person = steward.account;
        assert_eq!(may(&steward, Action::CallBack, &resource, NOW), Err(Denied::Concerned));
        let officer = officer(7, Role::DepartmentOfficer, 50);
        assert_eq!(role_or_word(may(&officer, Action::CallBack, &resource, NOW)), "role");
    }

    #[test]
    fn who_keeps_places_and_accounts_takes_no_part_otherwise() {
        let administrator = person(9, Role::Administrator, 1);
        let keeps = |action| matches!(action, Action::KeepPlaces | Action::KeepPeople);
        let as_anybody =
            |action| matches!(action, Action::Raise | Action::Join | Action::SignIn | Action::Object);
        for action in Action::ALL {
            for state in State::all(action.subject()) {
                let allowed = may(&administrator, action, &at(state), NOW).is_ok();
                assert!(!allowed || keeps(action) || as_anybody(action), "{action:?}");
            }
        }
    }

    #[test]
    fn a_contact_is_for_the_lead_handler_only() {
        let worker = person(9, Role::CommunityWorker, 2);
        let mut resource = matter(StageKind::InHand);
        assert_eq!(may(&worker, Action::ReadContact, &resource, NOW), Err(Denied::NotHolder));
        resource.holder = worker.account;
        assert_eq!(may(&worker, Action::ReadContact, &resource, NOW), Ok(Role::CommunityWorker));
    }
}
