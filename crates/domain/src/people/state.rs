//! An organisation and an account as their events made them.

use super::{AccountEvent, OrganisationEvent, OrganisationKind};
use yishi_kernel::record::Sealed;
use yishi_kernel::{AccountId, Actor, Grant, Moment, OrganisationId, PlaceId, Stamped, Stream};

/// An organisation (单位).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// What it is.
    pub kind: OrganisationKind,
    /// What it is called.
    pub name: String,
    /// The lowest place that covers it.
    pub place: PlaceId,
    /// When it was closed.
    pub closed: Option<Moment>,
}

impl Stream for Organisation {
    const KIND: &'static str = "organisation";
    type Event = OrganisationEvent;

    fn begin(first: &Stamped<OrganisationEvent>) -> Option<Self> {
        match &first.what {
            OrganisationEvent::Opened { organisation_kind, name, place } => {
                Some(Self { kind: *organisation_kind, name: name.clone(), place: *place, closed: None })
            }
            OrganisationEvent::Closed { .. } => None,
        }
    }

    fn evolve(&mut self, next: &Stamped<OrganisationEvent>) {
        match &next.what {
            OrganisationEvent::Opened { organisation_kind, name, place } => {
                self.kind = *organisation_kind;
                self.name.clone_from(name);
                self.place = *place;
            }
            OrganisationEvent::Closed { .. } => self.closed = Some(next.time),
        }
    }

    fn place(&self) -> Option<PlaceId> {
        Some(self.place)
    }
}

/// An account (账号).
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// The person's id, unless erased.
    pub id: Option<AccountId>,
    /// The employer.
    pub employer: Option<OrganisationId>,
    /// All roles ever held.
    pub grants: Vec<Grant>,
    /// When it was opened.
    pub opened: Moment,
    /// When it was closed.
    pub closed: Option<Moment>,
}

impl Account {
    /// The account as an actor.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { account: self.id, employer: self.employer, grants: self.grants.clone(), ..Actor::default() }
    }
}

impl Stream for Account {
    const KIND: &'static str = "account";
    type Event = AccountEvent;

    fn begin(first: &Stamped<AccountEvent>) -> Option<Self> {
        match &first.what {
            AccountEvent::Opened { account, employer, .. } => Some(Self {
                id: account.get().copied(),
                employer: *employer,
                grants: Vec::new(),
                opened: first.time,
                closed: None,
            }),
            AccountEvent::Granted { .. } | AccountEvent::Revoked { .. } | AccountEvent::Closed { .. } => None,
        }
    }

    fn evolve(&mut self, next: &Stamped<AccountEvent>) {
        match &next.what {
            AccountEvent::Opened { account, employer, .. } => {
                self.id = account.get().copied();
                self.employer = *employer;
                self.opened = next.time;
            }
            AccountEvent::Granted { role, place, exact, organisation, from, until } => {
                // A role whose exact place was erased reaches nowhere.
                let place = match exact {
                    None => *place,
                    Some(Sealed::Kept(exact)) => *exact,
                    Some(Sealed::Erased(_)) => return,
                };
                let (role, organisation, from, until) = (*role, *organisation, *from, *until);
                self.grants.push(Grant { role, place, organisation, from, until });
            }
            AccountEvent::Revoked { role, place, exact, .. } => {
                let place = exact.as_ref().map_or(Some(place), Sealed::get);
                for grant in &mut self.grants {
                    let open = grant.until.is_none_or(|until| until > next.time);
                    if open && grant.role == *role && Some(&grant.place) == place {
                        grant.until = Some(next.time);
                    }
                }
            }
            AccountEvent::Closed { .. } => {
                self.closed = Some(next.time);
                for grant in &mut self.grants {
                    grant.until = Some(grant.until.map_or(next.time, |until| until.min(next.time)));
                }
            }
        }
    }
}
