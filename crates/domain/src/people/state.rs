//! An organisation and an account as their events made them.

use super::{AccountChange, AccountEvent, AskedChange, OrganisationEvent, OrganisationKind};
use yishi_kernel::record::{Sealed, Staff};
use yishi_kernel::{
    AccountId, Actor, Grant, Moment, OrganisationId, PlaceId, Published, Role, Stamped, Stream,
};

/// An organisation (单位).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// What it is.
    pub kind: OrganisationKind,
    /// What it is called.
    pub name: Published,
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
    /// Until when the link works that was made last, until it is used.
    pub invited: Option<Moment>,
    /// The digest of what it signs in with, once something was set.
    pub proof: Option<Sealed<String, Staff>>,
    /// The digest of the second step that the person signs in with.
    pub second_step: Option<Sealed<String, Staff>>,
    /// What was asked for last that a second keeper confirms, until that is done or declined.
    pub asked: Option<Asked>,
    /// All that happened to it, in order.
    pub changes: Vec<Change>,
}

/// Something that waits for a second keeper (待复核).
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Since when.
    pub at: Moment,
    /// Who asked for it, unless erased.
    pub by: Option<AccountId>,
    /// What.
    pub what: Weighty,
}

/// What nobody does alone.
#[derive(Clone, Debug, PartialEq)]
pub enum Weighty {
    /// Giving this role.
    Grant(Grant),
    /// Making a sign-in link.
    Invite,
}

impl Weighty {
    /// Its word.
    #[must_use]
    pub fn change(&self) -> AskedChange {
        match self {
            Weighty::Grant(_) => AskedChange::Grant,
            Weighty::Invite => AskedChange::Invite,
        }
    }
}

impl Asked {
    /// How long it waits, in seconds: what nobody confirmed for a week is not wanted.
    pub const SECONDS: i64 = 7 * 86_400;
}

/// Something that happened to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub at: Moment,
    /// What.
    pub what: AccountChange,
    /// The role it was about.
    pub role: Option<Role>,
    /// The body of that role.
    pub body: Option<OrganisationId>,
    /// Who did it, unless erased.
    pub by: Option<AccountId>,
}

impl Change {
    fn of(event: &Stamped<AccountEvent>) -> Self {
        let (what, role, body) = match &event.what {
            AccountEvent::Opened { .. } => (AccountChange::Opened, None, None),
            AccountEvent::Granted { role, organisation, .. } => {
                (AccountChange::Granted, Some(*role), *organisation)
            }
            AccountEvent::Revoked { role, .. } => (AccountChange::Revoked, Some(*role), None),
            AccountEvent::Invited { .. } => (AccountChange::Invited, None, None),
            AccountEvent::CredentialSet { .. } => (AccountChange::CredentialSet, None, None),
            AccountEvent::SecondStepSet { .. } => (AccountChange::SecondStepSet, None, None),
            AccountEvent::SecondStepEnded {} => (AccountChange::SecondStepEnded, None, None),
            AccountEvent::SpareCodeUsed {} => (AccountChange::SpareCodeUsed, None, None),
            AccountEvent::Asked { role, organisation, .. } => (AccountChange::Asked, *role, *organisation),
            AccountEvent::Declined {} => (AccountChange::Declined, None, None),
            AccountEvent::Closed { .. } => (AccountChange::Closed, None, None),
        };
        let by = event.by.as_ref().and_then(Sealed::get).copied();
        Self { at: event.time, what, role, body, by }
    }
}

impl Account {
    /// What waits for a second keeper now.
    #[must_use]
    pub fn waiting(&self, now: Moment) -> Option<&Asked> {
        self.asked.as_ref().filter(|asked| asked.at.plus_seconds(Asked::SECONDS) > now)
    }

    /// What happened, and by whom: a second step that ended because a password was set by a link
    /// was ended by whoever made the link. A role that was taken back was that of the body for which
    /// it was held.
    fn change_of(&self, event: &Stamped<AccountEvent>) -> Change {
        let mut change = Change::of(event);
        if let Some(ended) = self.grants.iter().find(|grant| ends(event, grant)) {
            change.body = ended.organisation;
        }
        let by_link = change.what == AccountChange::SecondStepEnded
            && self
                .changes
                .last()
                .is_some_and(|last| (last.what, last.at) == (AccountChange::CredentialSet, change.at));
        let made = self.changes.iter().rfind(|made| made.what == AccountChange::Invited);
        match made.filter(|_| by_link) {
            Some(made) => Change { by: made.by, ..change },
            None => change,
        }
    }

    fn ask(&mut self, event: &Stamped<AccountEvent>, what: Weighty) {
        let by = event.by.as_ref().and_then(Sealed::get).copied();
        self.asked = Some(Asked { at: event.time, by, what });
    }

    fn asks_for(&self, role: Role) -> bool {
        matches!(&self.asked, Some(Asked { what: Weighty::Grant(grant), .. }) if grant.role == role)
    }

    /// The account as an actor.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { account: self.id, employer: self.employer, grants: self.grants.clone(), ..Actor::default() }
    }
}

/// The place itself; nothing where it was erased.
fn reached(place: PlaceId, exact: Option<&Sealed<PlaceId, yishi_kernel::record::Place>>) -> Option<PlaceId> {
    match exact {
        None => Some(place),
        Some(exact) => exact.get().copied(),
    }
}

/// Whether a role ends by being taken back.
fn ends(event: &Stamped<AccountEvent>, grant: &Grant) -> bool {
    let AccountEvent::Revoked { role, place, exact, .. } = &event.what else { return false };
    let open = grant.until.is_none_or(|until| until > event.time);
    open && grant.role == *role && Some(grant.place) == reached(*place, exact.as_ref())
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
                invited: None,
                proof: None,
                second_step: None,
                asked: None,
                changes: vec![Change::of(first)],
            }),
            _ => None,
        }
    }

    fn evolve(&mut self, next: &Stamped<AccountEvent>) {
        self.changes.push(self.change_of(next));
        match &next.what {
            AccountEvent::Opened { account, employer, .. } => {
                self.id = account.get().copied();
                self.employer = *employer;
                self.opened = next.time;
            }
            AccountEvent::Granted { role, place, exact, organisation, from, until } => {
                let (role, organisation, from, until) = (*role, *organisation, *from, *until);
                if self.asks_for(role) {
                    self.asked = None;
                }
                // A role whose exact place was erased reaches nowhere.
                let Some(place) = reached(*place, exact.as_ref()) else { return };
                self.grants.push(Grant { role, place, organisation, from, until });
            }
            AccountEvent::Invited { expires } => {
                self.invited = Some(*expires);
                if self.asked.as_ref().is_some_and(|asked| asked.what == Weighty::Invite) {
                    self.asked = None;
                }
            }
            AccountEvent::CredentialSet { proof } => {
                self.invited = None;
                self.proof = Some(proof.clone());
            }
            AccountEvent::SecondStepSet { proof } => self.second_step = Some(proof.clone()),
            AccountEvent::SecondStepEnded {} => self.second_step = None,
            AccountEvent::SpareCodeUsed {} => {}
            AccountEvent::Asked { change: AskedChange::Invite, .. } => self.ask(next, Weighty::Invite),
            AccountEvent::Asked { role, place, exact, organisation, from, until, .. } => {
                let place = place.and_then(|place| reached(place, exact.as_ref()));
                if let (Some(role), Some(place), Some(from)) = (*role, place, *from) {
                    let (organisation, until) = (*organisation, *until);
                    self.ask(next, Weighty::Grant(Grant { role, place, organisation, from, until }));
                }
            }
            AccountEvent::Declined {} => self.asked = None,
            AccountEvent::Revoked { .. } => {
                for grant in self.grants.iter_mut().filter(|grant| ends(next, grant)) {
                    grant.until = Some(next.time);
                }
            }
            AccountEvent::Closed { .. } => {
                self.closed = Some(next.time);
                self.invited = None;
                self.asked = None;
                for grant in &mut self.grants {
                    grant.until = Some(grant.until.map_or(next.time, |until| until.min(next.time)));
                }
            }
        }
    }
}
