//! The one answer to "may this actor do this here, now, and if not why". Default is
//! deny. Pages, lists and commands all ask here; `docs/permissions.txt` is printed from it.

mod action;
mod table;

pub use action::Action;
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
    let answered = resource.state == Some(State::Matter(StageKind::Answered));
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
        // The lead handler calls whoever raised it; once it is answered, so does whoever calls
        // back, who is somebody else. Nobody else needs the number.
        Action::ReadContact if !(mine || answered && grant.role.steers()) => Err(Denied::NotHolder),
        Action::ConfirmMinutes if !mine => Err(Denied::NotHolder),
        // Neighbours work on what they were given; those who steer may step in.
        Action::HandOver | Action::Progress | Action::Answer if grant.role.neighbours() && !mine => {
            Err(Denied::NotHolder)
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
