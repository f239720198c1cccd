//! Tables of organisations, accounts and the roles they hold.

use crate::Viewed;
use crate::endings::Ending;
use yishi_domain::people::{
    Account, AccountChange, AccountEvent, AskedChange, CORRECT, ERASE, Organisation, OrganisationEvent,
    OrganisationKind, Weighty, heir_of,
};
use yishi_kernel::text::skeleton;
use yishi_kernel::{AccountId, HolderKey, Loaded, Moment, OrganisationId, PlaceId, Right, Role};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, table};

/// The tables of people.
pub(crate) static TABLES: &[&Table] =
    &[OrganisationLine::TABLE, AccountLine::TABLE, AccountRole::TABLE, AccountChanged::TABLE];

table! {
    /// Organisations.
    pub(crate) OrganisationLine in "organisation", key (ledger, id) {
        ledger: PlaceId,
        id: OrganisationId,
        kind: OrganisationKind,
        name: String,
        place: PlaceId,
        closed: Option<Moment>,
    }
    index organisation_by_id (id);
}

table! {
    /// Accounts by the stream that is named by the digest of their id.
    pub(crate) AccountLine in "account", key (ledger, stream) {
        ledger: PlaceId,
        stream: String,
        id: Option<AccountId>,
        name: Option<String>,
        skeleton: Option<String>,
        employer: Option<OrganisationId>,
        opened: Moment,
        closed: Option<Moment>,
        asked: Option<AskedChange>,
        asked_role: Option<Role>,
        asked_body: Option<OrganisationId>,
        asked_at: Option<Moment>,
        asked_by: Option<AccountId>,
    }
    index account_by_id (id);
    index account_asked (ledger, asked_at);
    index account_looks (ledger, skeleton);
}

table! {
    /// Roles held, past ones too; `place` is the place itself.
    pub(crate) AccountRole in "account_role", key (ledger, stream, n) {
        ledger: PlaceId,
        stream: String,
        n: i64,
        id: Option<AccountId>,
        role: Role,
        place: PlaceId,
        organisation: Option<OrganisationId>,
        since: Moment,
        until: Option<Moment>,
    }
    index account_role_place (place, role, id);
    index account_role_organisation (organisation, role, id);
}

table! {
    /// What happened to accounts; `change` is what lists tell those of one moment apart by.
    pub(crate) AccountChanged in "account_change", key (ledger, stream, n) {
        ledger: PlaceId,
        stream: String,
        n: i64,
        change: String,
        id: Option<AccountId>,
        at: Moment,
        what: AccountChange,
        role: Option<Role>,
        body: Option<OrganisationId>,
        who: Option<AccountId>,
    }
    index account_change_at (ledger, at, change);
    index account_change_of (id, at, change);
}

impl Viewed for Organisation {
    const CORRECT: Option<&'static Right> = Some(&CORRECT);

    fn ending(id: &str, _: &Self, event: &OrganisationEvent) -> Option<Ending> {
        match event {
            OrganisationEvent::Closed { to, person } => {
                let key = HolderKey::organisation(id.parse().ok()?);
                Some(Ending::of(&key, heir_of(*to, person.as_ref())))
            }
            OrganisationEvent::Opened { .. } => None,
        }
    }

    fn rows(ledger: PlaceId, id: &str, body: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        let (kind, name, place, closed) = (body.kind, body.name.to_string(), body.place, body.closed);
        Rows::of(OrganisationLine { ledger, id, kind, name, place, closed })
    }
}

impl Viewed for Account {
    const ERASE: Option<&'static Right> = Some(&ERASE);

    fn ending(_: &str, account: &Self, event: &AccountEvent) -> Option<Ending> {
        match event {
            AccountEvent::Revoked { to, person, .. } | AccountEvent::Closed { to, person } => {
                Some(Ending::of(&HolderKey::person(account.id?), heir_of(*to, person.as_ref())))
            }
            AccountEvent::Opened { .. }
            | AccountEvent::Invited { .. }
            | AccountEvent::CredentialSet { .. }
            | AccountEvent::SecondStepSet { .. }
            | AccountEvent::SecondStepEnded {}
            | AccountEvent::SpareCodeUsed {}
            | AccountEvent::Granted { .. }
            | AccountEvent::Asked { .. }
            | AccountEvent::Declined {} => None,
        }
    }

    fn rows(ledger: PlaceId, id: &str, account: &Self, loaded: &Loaded<Self>) -> Rows {
        let asked = account.asked.as_ref();
        let asked_grant = asked.and_then(|asked| match &asked.what {
            Weighty::Grant(grant) => Some(grant),
            Weighty::Invite => None,
        });
        let name: Option<String> = loaded.private(1, "name");
        Rows::of(AccountLine {
            ledger,
            stream: id.to_owned(),
            id: account.id,
            skeleton: name.as_deref().map(skeleton),
            name,
            employer: account.employer,
            opened: account.opened,
            closed: account.closed,
            asked: asked.map(|asked| asked.what.change()),
            asked_role: asked_grant.map(|grant| grant.role),
            asked_body: asked_grant.and_then(|grant| grant.organisation),
            asked_at: asked.map(|asked| asked.at),
            asked_by: asked.and_then(|asked| asked.by),
        })
        .and(account.grants.iter().zip(0..).map(|(grant, n)| AccountRole {
            ledger,
            stream: id.to_owned(),
            n,
            id: account.id,
            role: grant.role,
            place: grant.place,
            organisation: grant.organisation,
            since: grant.from,
            until: grant.until,
        }))
        .and(account.changes.iter().zip(0..).map(|(change, n)| AccountChanged {
            ledger,
            stream: id.to_owned(),
            n,
            change: format!("{id}.{n:06}"),
            id: account.id,
            at: change.at,
            what: change.what,
            role: change.role,
            body: change.body,
            who: change.by,
        }))
    }
}
