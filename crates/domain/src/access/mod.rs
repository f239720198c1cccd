//! The one answer to "may this actor do this here, now, and if not why". Default is
//! deny. Pages, lists and commands all ask here; `docs/permissions.txt` is printed from it.

mod table;

pub use table::permission_table;

use crate::ids::{AccountId, OrganisationId, PlaceId};
use crate::matters::StageKind;
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
}

impl Action {
    /// Every action, in the order of the permission table.
    pub const ALL: [Action; 19] = [
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
        }
    }

    /// Whether one may do this to a matter that is about oneself or one's employer.
    fn open_to_the_concerned(self) -> bool {
        !matches!(self, Action::Triage | Action::Close | Action::Evaluate | Action::Merge | Action::Publish)
    }

    /// The stages of a matter in which this can be done; every one when it is not about a stage.
    fn fits(self, stage: StageKind) -> bool {
        use StageKind::{Answered, Closed, InHand, Merged, Raised};
        match self {
            Action::Join => matches!(stage, Raised | InHand | Answered),
            Action::Triage => stage == Raised,
            Action::HandOver | Action::Progress | Action::Answer => stage == InHand,
            Action::Evaluate => matches!(stage, Answered | Closed),
            Action::Close => stage == Answered,
            Action::Merge => matches!(stage, Raised | InHand | Merged),
            _ => true,
        }
    }
}

/// What it would be done to: a place, or a matter there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resource {
    /// The place and all above it, in any order.
    pub path: Vec<PlaceId>,
    /// The matter's stage, when it is about a matter.
    pub stage: Option<StageKind>,
    /// The person who holds it.
    pub holder: Option<AccountId>,
    /// The organisation that holds it.
    pub holding: Option<OrganisationId>,
    /// The organisation it is about.
    pub about: Option<OrganisationId>,
    /// The person it is about.
    pub about_person: Option<AccountId>,
    /// Those who ever held or answered it.
    pub handlers: Vec<AccountId>,
    /// Whether the actor holds a receipt of it: its secret link, or an account it is bound to.
    pub claim: Claim,
}

/// Whether the actor has a claim to an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Claim {
    /// Shows a receipt.
    Receipt,
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
    /// Not in this stage.
    #[error("not in this stage")]
    Stage(StageKind),
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
    if action == Action::Evaluate && actor.account.is_some_and(|account| resource.handlers.contains(&account))
    {
        return Err(Denied::Handler);
    }
    match resource.stage {
        Some(stage) if !action.fits(stage) => Err(Denied::Stage(stage)),
        _ => Ok(role),
    }
}

/// About oneself, or about one's employer. A department or property company may well
/// answer for itself, but neither sort, close nor rate what is said about it.
fn is_concerned(actor: &Actor, resource: &Resource) -> bool {
    let employer = resource.about.is_some() && actor.employer == resource.about;
    let organisation =
        resource.about.is_some() && actor.grants.iter().any(|grant| grant.organisation == resource.about);
    let person = resource.about_person.is_some() && actor.account == resource.about_person;
    employer || organisation || person
}

fn role_for(actor: &Actor, action: Action, resource: &Resource, now: Moment) -> Result<Role, Denied> {
    match action {
        // What a resident does needs no role; the best one held here is what is recorded.
        Action::Raise | Action::Join => return Ok(resident_role(actor, resource, now)),
        Action::Evaluate => {
            return match resource.claim {
                Claim::Receipt => Ok(resident_role(actor, resource, now)),
                Claim::None => Err(Denied::NoReceipt),
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
        Action::Raise | Action::Join | Action::Evaluate => true,
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
    let ours = grant.organisation.is_some() && resource.holding == grant.organisation;
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
        Resource { path: vec![place(1), place(2), place(3)], stage: Some(stage), ..Resource::default() }
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

    #[test]
    fn a_contact_is_for_the_lead_handler_only() {
        let worker = person(9, Role::CommunityWorker, 2);
        let mut resource = matter(StageKind::InHand);
        assert_eq!(may(&worker, Action::ReadContact, &resource, NOW), Err(Denied::NotHolder));
        resource.holder = worker.account;
        assert_eq!(may(&worker, Action::ReadContact, &resource, NOW), Ok(Role::CommunityWorker));
    }
}
