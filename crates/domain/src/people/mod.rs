//! People and organisations 人与单位: who takes part, in which roles, where and until when.
//! How somebody signs in (passwords, links, sessions) is no ledger data and not here.

use crate::access::{Action, Actor, Grant, Resource, Role, may};
use crate::ids::{AccountId, OrganisationId, PlaceId};
use crate::matters::Decision;
use crate::moment::Moment;
use crate::places::PlaceKind;
use crate::record::Sealed;
use crate::refusal::Refusal;
use crate::stream::Stream;
use crate::text;
use serde::{Deserialize, Serialize};

const NAME: usize = 40;

/// What an organisation is (单位类别).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    /// 居民委员会: matters about it go to the street.
    ResidentsCommittee,
    /// 物业公司
    PropertyCompany,
    /// 职能部门
    Department,
    /// 警务室
    PolicePost,
    /// 市场管理方
    Market,
    /// 共建（联盟）单位
    AllianceUnit,
    /// 业主委员会
    OwnersCommittee,
}

impl OrganisationKind {
    /// Every kind.
    pub const ALL: [OrganisationKind; 7] = [
        OrganisationKind::ResidentsCommittee,
        OrganisationKind::PropertyCompany,
        OrganisationKind::Department,
        OrganisationKind::PolicePost,
        OrganisationKind::Market,
        OrganisationKind::AllianceUnit,
        OrganisationKind::OwnersCommittee,
    ];

    /// The word that stands in the ledger and in text keys.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            OrganisationKind::ResidentsCommittee => "residents_committee",
            OrganisationKind::PropertyCompany => "property_company",
            OrganisationKind::Department => "department",
            OrganisationKind::PolicePost => "police_post",
            OrganisationKind::Market => "market",
            OrganisationKind::AllianceUnit => "alliance_unit",
            OrganisationKind::OwnersCommittee => "owners_committee",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// What can happen to an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum OrganisationEvent {
    /// It takes part.
    #[serde(rename = "organisation.opened.1")]
    Opened {
        /// When.
        time: Moment,
        /// What it is.
        organisation_kind: OrganisationKind,
        /// What it is called.
        name: String,
        /// The lowest place that covers it.
        place: PlaceId,
    },
    /// It takes part no more.
    #[serde(rename = "organisation.closed.1")]
    Closed {
        /// When.
        time: Moment,
    },
}

/// An organisation (单位).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organisation {
    /// What it is, what it is called and which place covers it.
    pub opened: Option<(OrganisationKind, String, PlaceId)>,
    /// When it was closed.
    pub closed: Option<Moment>,
}

impl Stream for Organisation {
    type Event = OrganisationEvent;

    fn evolve(&mut self, event: &OrganisationEvent) {
        match event {
            OrganisationEvent::Opened { organisation_kind, name, place, .. } => {
                self.opened = Some((*organisation_kind, name.clone(), *place));
            }
            OrganisationEvent::Closed { time } => self.closed = Some(*time),
        }
    }
}

/// Opens an organisation that a place covers.
///
/// # Errors
/// When the actor keeps no people there or the name is not fit.
pub fn open_organisation(
    kind: OrganisationKind,
    name: &str,
    path: &[PlaceId],
    actor: &Actor,
    now: Moment,
) -> Result<Decision<OrganisationEvent>, Refusal> {
    let role = keeper(path, actor, now)?;
    let place = *path.last().ok_or(Refusal::Unknown)?;
    let name = text::clean(name, NAME).map_err(|error| Refusal::Text { field: "name", error })?;
    let opened = OrganisationEvent::Opened { time: now, organisation_kind: kind, name, place };
    Ok(Decision { role, events: vec![opened] })
}

/// What can happen to an account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum AccountEvent {
    /// Somebody has an account.
    #[serde(rename = "account.opened.1")]
    Opened {
        /// When.
        time: Moment,
        /// The person's id.
        account: Sealed<AccountId>,
        /// The person's name.
        name: Sealed<String>,
        /// The employer, whose matters this person keeps hands off.
        employer: Option<OrganisationId>,
    },
    /// A role was given.
    #[serde(rename = "account.granted.1")]
    Granted {
        /// When.
        time: Moment,
        /// The role.
        role: Role,
        /// The place, building at the finest.
        place: PlaceId,
        /// The place itself, when it lies below a building.
        exact: Option<Sealed<PlaceId>>,
        /// The organisation, for roles of organisations.
        organisation: Option<OrganisationId>,
        /// From when it holds.
        from: Moment,
        /// Until when, exclusive.
        until: Option<Moment>,
    },
    /// A role ended.
    #[serde(rename = "account.revoked.1")]
    Revoked {
        /// When.
        time: Moment,
        /// The role.
        role: Role,
        /// The place, building at the finest.
        place: PlaceId,
        /// The place itself, when it lies below a building.
        exact: Option<Sealed<PlaceId>>,
    },
}

/// An account (账号). It exists once it was opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Account {
    /// The person's id, unless erased.
    pub id: Option<AccountId>,
    /// The employer.
    pub employer: Option<OrganisationId>,
    /// All roles ever held.
    pub grants: Vec<Grant>,
    /// When it was opened.
    pub opened: Option<Moment>,
}

impl Account {
    /// The account as an actor.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { account: self.id, employer: self.employer, grants: self.grants.clone() }
    }
}

impl Stream for Account {
    type Event = AccountEvent;

    fn evolve(&mut self, event: &AccountEvent) {
        match event {
            AccountEvent::Opened { time, account, employer, .. } => {
                self.id = account.get().copied();
                self.employer = *employer;
                self.opened = Some(*time);
            }
            AccountEvent::Granted { role, place, exact, organisation, from, until, .. } => {
                // A role whose exact place was erased reaches nowhere.
                let place = match exact {
                    None => *place,
                    Some(Sealed::Kept(exact)) => *exact,
                    Some(Sealed::Erased) => return,
                };
                let (role, organisation, from, until) = (*role, *organisation, *from, *until);
                self.grants.push(Grant { role, place, organisation, from, until });
            }
            AccountEvent::Revoked { time, role, place, exact } => {
                let place = exact.as_ref().map_or(Some(place), Sealed::get);
                for grant in &mut self.grants {
                    let open = grant.until.is_none_or(|until| until > *time);
                    if open && grant.role == *role && Some(&grant.place) == place {
                        grant.until = Some(*time);
                    }
                }
            }
        }
    }
}

/// Where a role is to hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Scope {
    /// The place itself.
    pub place: PlaceId,
    /// What it is.
    pub kind: PlaceKind,
    /// The place, or its building when it lies below one.
    pub building: PlaceId,
    /// The place and all above it.
    pub path: Vec<PlaceId>,
    /// The organisation, for roles of organisations.
    pub organisation: Option<OrganisationId>,
}

/// Opens an account; the person gets a one-time link from the shell.
///
/// # Errors
/// When the actor keeps no people there or the name is not fit.
pub fn open_account(
    id: AccountId,
    name: &str,
    employer: Option<OrganisationId>,
    path: &[PlaceId],
    actor: &Actor,
    now: Moment,
) -> Result<Decision<AccountEvent>, Refusal> {
    let role = keeper(path, actor, now)?;
    Ok(Decision { role, events: vec![opened(id, name, employer, now)?] })
}

/// The first administrator, made before there is anyone to ask: `yishi init`.
///
/// # Errors
/// When the name is not fit.
pub fn found(id: AccountId, name: &str, place: PlaceId, now: Moment) -> Result<Vec<AccountEvent>, Refusal> {
    let granted = AccountEvent::Granted {
        time: now,
        role: Role::Administrator,
        place,
        exact: None,
        organisation: None,
        from: now,
        until: None,
    };
    Ok(vec![opened(id, name, None, now)?, granted])
}

fn opened(
    id: AccountId,
    name: &str,
    employer: Option<OrganisationId>,
    now: Moment,
) -> Result<AccountEvent, Refusal> {
    let name = text::clean(name, NAME).map_err(|error| Refusal::Text { field: "name", error })?;
    Ok(AccountEvent::Opened { time: now, account: id.into(), name: name.into(), employer })
}

/// Gives a role for a time.
///
/// # Errors
/// When the actor keeps no people there, or the role does not fit the place.
pub fn grant(
    account: &Account,
    role: Role,
    scope: &Scope,
    from: Moment,
    until: Option<Moment>,
    actor: &Actor,
    now: Moment,
) -> Result<Decision<AccountEvent>, Refusal> {
    let acting = keeper(&scope.path, actor, now)?;
    if account.opened.is_none() {
        return Err(Refusal::Unknown);
    }
    if !fits(role, scope) || until.is_some_and(|until| until <= from) {
        return Err(Refusal::Scope);
    }
    let granted = AccountEvent::Granted {
        time: now,
        role,
        place: scope.building,
        exact: scope.kind.below_building().then_some(Sealed::Kept(scope.place)),
        organisation: scope.organisation,
        from,
        until,
    };
    Ok(Decision { role: acting, events: vec![granted] })
}

/// Ends a role now.
///
/// # Errors
/// When the actor keeps no people there, or the account does not hold it.
pub fn revoke(
    account: &Account,
    role: Role,
    scope: &Scope,
    actor: &Actor,
    now: Moment,
) -> Result<Decision<AccountEvent>, Refusal> {
    let acting = keeper(&scope.path, actor, now)?;
    if !account.actor().current(now).any(|grant| grant.role == role && grant.place == scope.place) {
        return Err(Refusal::NoGrant);
    }
    let revoked = AccountEvent::Revoked {
        time: now,
        role,
        place: scope.building,
        exact: scope.kind.below_building().then_some(Sealed::Kept(scope.place)),
    };
    Ok(Decision { role: acting, events: vec![revoked] })
}

/// Whether a role can be bound there.
fn fits(role: Role, scope: &Scope) -> bool {
    use PlaceKind::{Building, Community, District, Grid, Household, Stairwell, Street, Town, Village};
    let here = match role {
        Role::Visitor => false,
        Role::Resident => scope.kind == Household,
        Role::Steward => scope.kind == Stairwell,
        Role::BuildingHead => scope.kind == Building,
        Role::GridSecretary => matches!(scope.kind, Grid | PlaceKind::Compound),
        Role::CommunityWorker | Role::CommunitySecretary => {
            matches!(scope.kind, Community | Village)
        }
        Role::StreetOfficer => matches!(scope.kind, Street | Town),
        Role::DepartmentOfficer | Role::PropertyStaff => true,
        Role::Administrator => matches!(scope.kind, District | Street | Town | Community | Village),
    };
    here && role.of_organisation() == scope.organisation.is_some()
}

fn keeper(path: &[PlaceId], actor: &Actor, now: Moment) -> Result<Role, Refusal> {
    let resource = Resource { path: path.to_vec(), ..Resource::default() };
    Ok(may(actor, Action::KeepPeople, &resource, now)?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use uuid::Uuid;

    const NOW: Moment = Moment(100);

    fn stairwell() -> Scope {
        let [street, building, stairwell] = [1, 2, 3].map(|n| PlaceId(Uuid::from_u128(n)));
        Scope {
            place: stairwell,
            kind: PlaceKind::Stairwell,
            building,
            path: vec![street, building, stairwell],
            organisation: None,
        }
    }

    fn administrator() -> Actor {
        let mut account = Account::default();
        for event in found(AccountId(Uuid::from_u128(7)), "管理员", stairwell().path[0], Moment(0)).unwrap()
        {
            account.evolve(&event);
        }
        account.actor()
    }

    #[test]
    fn a_stewards_stairwell_is_private_and_the_role_ends() {
        let admin = administrator();
        let scope = stairwell();
        let mut account = Account::default();
        let id = AccountId(Uuid::from_u128(8));
        let opened = open_account(id, "周桂兰", None, &scope.path, &admin, NOW).unwrap();
        account.evolve(&opened.events[0]);
        let granted = grant(&account, Role::Steward, &scope, NOW, None, &admin, NOW).unwrap();
        let record = crate::record::encode(&granted.events[0]).unwrap();
        assert!(record.private.contains_key("exact"));
        assert!(!record.public.values().any(|value| value == &scope.place.to_string()));
        account.evolve(&granted.events[0]);
        assert_eq!(account.actor().current(NOW).count(), 1);

        let later = Moment(200);
        let revoked = revoke(&account, Role::Steward, &scope, &admin, later).unwrap();
        account.evolve(&revoked.events[0]);
        assert_eq!(account.actor().current(later).count(), 0);
        assert_eq!(revoke(&account, Role::Steward, &scope, &admin, later), Err(Refusal::NoGrant));
    }

    #[test]
    fn a_role_fits_its_kind_of_place() {
        let admin = administrator();
        let mut account = Account::default();
        account.evolve(&opened(AccountId(Uuid::from_u128(8)), "周桂兰", None, NOW).unwrap());
        let mut scope = stairwell();
        let give = |role, scope: &Scope| grant(&account, role, scope, NOW, None, &admin, NOW);
        assert_eq!(give(Role::CommunityWorker, &scope), Err(Refusal::Scope));
        assert_eq!(give(Role::PropertyStaff, &scope), Err(Refusal::Scope));
        scope.organisation = Some(OrganisationId(Uuid::from_u128(9)));
        assert!(give(Role::PropertyStaff, &scope).is_ok());
        assert_eq!(give(Role::Steward, &scope), Err(Refusal::Scope));
    }
}
