//! Looking up organisations, accounts and who holds which role where.

use crate::Failure;
use crate::paging::{Key, MORE, Paged, below};
use crate::places::reads::places;
use std::collections::BTreeSet;
use yishi_domain::people::{AccountChange, Asked, AskedChange, Capacity, OrganisationKind};
use yishi_kernel::access::Committee;
use yishi_kernel::access::roles::LOCAL;
use yishi_kernel::refusal::Common;
use yishi_kernel::text::skeleton;
use yishi_kernel::{AccountId, Actor, Grant, Moment, OrganisationId, PlaceId, Role};
use yishi_store::query::{args_and, args_and_pairs};
use yishi_store::{Db, Fault, args, query, row};

row! {
    /// An organisation as listed.
    pub OrganisationRow, from "organisation" {
        /// The ledger that keeps it.
        ledger: PlaceId,
        /// Its id.
        id: OrganisationId,
        /// What it is.
        kind: OrganisationKind,
        /// What it is called.
        name: String,
        /// The lowest place that covers it.
        place: PlaceId,
    }
}

row! {
    /// An account as listed.
    pub AccountRow, from "account" {
        /// The ledger that keeps it.
        ledger: PlaceId,
        /// Its id.
        id: AccountId,
        /// The person's name.
        name: String = "coalesce(name, '—')",
        /// The employer.
        employer: Option<OrganisationId>,
    }
}

row! {
    /// Something that waits for a second keeper of accounts.
    pub AskedRow, from "account a left join organisation o on o.id = a.asked_body" {
        /// The ledger that keeps the account.
        ledger: PlaceId = "a.ledger",
        /// Whose account it is.
        id: Option<AccountId> = "a.id",
        /// The person's name.
        name: String = "coalesce(a.name, '—')",
        /// What was asked for.
        asked: AskedChange = "a.asked",
        /// The role that is to be given.
        role: Option<Role> = "a.asked_role",
        /// What the body is that it is to be held for.
        body: Option<OrganisationKind> = "o.kind",
        /// Since when it waits.
        at: Moment = "a.asked_at",
        /// Who asked.
        by: Option<AccountId> = "a.asked_by",
    }
}

row! {
    /// Something that happened to an account.
    pub ChangeRow, from "account_change c join account a on a.ledger = c.ledger and a.stream = c.stream
         left join organisation o on o.id = c.body" {
        /// When.
        at: Moment = "c.at",
        /// Which change it is.
        change: String = "c.change",
        /// The person's name.
        name: String = "coalesce(a.name, '—')",
        /// What.
        what: AccountChange = "c.what",
        /// The role it was about.
        role: Option<Role> = "c.role",
        /// What the body of that role is.
        body: Option<OrganisationKind> = "o.kind",
        /// Whose account it is.
        id: Option<AccountId> = "c.id",
        /// Who did it.
        by: Option<AccountId> = "c.who",
    }
}

row! {
    /// Somebody's name.
    pub NameRow, from "account" {
        /// Who.
        id: AccountId,
        /// The name.
        name: String = "coalesce(name, '—')",
    }
}

row! {
    RoleHeld, from "account a join account_role r on r.ledger = a.ledger and r.stream = a.stream" {
        role: Role = "r.role",
        place: PlaceId = "r.place",
        organisation: Option<OrganisationId> = "r.organisation",
        since: Moment = "r.since",
        until: Option<Moment> = "r.until",
    }
}

row! {
    /// Somebody who holds a role now.
    pub RoleHolder, from "account_role r join account a on a.ledger = r.ledger and a.stream = r.stream" {
        /// Who.
        id: AccountId = "r.id",
        /// The person's name.
        name: String = "coalesce(a.name, '—')",
        /// The role.
        role: Role = "r.role",
        /// Where.
        place: PlaceId = "r.place",
        /// For which organisation.
        organisation: Option<OrganisationId> = "r.organisation",
    }
}

query! {
    ORGANISATION: OrganisationRow => "where id = ?1";
    SOME: OrganisationRow => "where id in (?1, …)", scans "by an index, unless most of few are asked for";
    pub(super) ORGANISATIONS: OrganisationRow => "where ledger in (?1, …) and closed is null order by ledger, id",
        walks "a ledger has few bodies";
    ACCOUNT: AccountRow => "where id = ?1";
    pub(super) NAMESAKES: i64 = "select count(*) from account where ledger = ?1 and skeleton = ?2 and closed is null";
    NAMED: AccountId = "select id from account where (ledger, skeleton) in (values (?1, ?2), …) and id is not null",
        scans "by an index, unless most of few are asked for";
    ACCOUNTS: AccountRow => "where ledger = ?1 and id is not null and closed is null order by stream",
        walks "a ledger's accounts, without those who were erased or are no longer here";
    FORMER: AccountRow => "where ledger = ?1 and id is not null and closed is not null order by stream",
        walks "a ledger's accounts, those of people who are no longer here";
    ASKED: AskedRow => "where a.ledger in (?2, …) and a.asked_at > ?1 order by a.ledger, a.asked_at";
    CHANGES: ChangeRow => "where c.ledger in (?5, …) and c.at > ?1 and (c.at, c.change) < (?2, ?3) order by c.at desc, c.change desc limit ?4";
    CHANGES_OF: ChangeRow => "where c.id = ?1 and (c.at, c.change) < (?2, ?3) order by c.at desc, c.change desc limit ?4";
    NAMES: NameRow => "where id in (?1, …)", scans "by an index, unless most of few are asked for";
    ROLES: RoleHeld => "where a.id = ?1 order by r.n", sorts "one account's roles";
    COMMITTEES: OrganisationRow => "where ledger in (?1, …) and kind = 'residents_committee' order by ledger, id",
        scans "by an index, unless most of few are asked for";
    HOLDERS: RoleHolder => "where r.place in (?2, …) and r.id is not null
         and r.since <= ?1 and (r.until is null or r.until > ?1)
         order by r.place, r.role, r.id";
}

/// An organisation by its id.
pub async fn organisation(db: &Db, id: OrganisationId) -> Result<Option<OrganisationRow>, Fault> {
    ORGANISATION.first(db, &args![id]).await
}

/// Several organisations by their ids, in any order.
pub async fn some(db: &Db, ids: &[OrganisationId]) -> Result<Vec<OrganisationRow>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    SOME.all(db, &args_and([], ids.iter().copied())).await
}

/// The organisations that the ledgers of a path keep: those of the place and of all above it.
pub async fn organisations(db: &Db, path: &[PlaceId]) -> Result<Vec<OrganisationRow>, Fault> {
    if path.is_empty() {
        return Ok(Vec::new());
    }
    ORGANISATIONS.all(db, &args_and([], path.iter().copied())).await
}

/// An account by its id.
pub async fn account(db: &Db, id: AccountId) -> Result<Option<AccountRow>, Fault> {
    ACCOUNT.first(db, &args![id]).await
}

/// The people of some ledgers who have one of some names, whole.
pub async fn named(db: &Db, ledgers: &[PlaceId], names: &[String]) -> Result<Vec<AccountId>, Fault> {
    let of = |ledger: &PlaceId| names.iter().map(|name| (*ledger, skeleton(name))).collect::<Vec<_>>();
    let args = args_and_pairs([], ledgers.iter().flat_map(of));
    if args.is_empty() { Ok(Vec::new()) } else { NAMED.all(db, &args).await }
}

/// The accounts a ledger keeps.
pub async fn accounts(db: &Db, ledger: PlaceId) -> Result<Vec<AccountRow>, Fault> {
    ACCOUNTS.all(db, &args![ledger]).await
}

/// The accounts a ledger kept of people who are no longer here and were not erased.
pub async fn former(db: &Db, ledger: PlaceId) -> Result<Vec<AccountRow>, Fault> {
    FORMER.all(db, &args![ledger]).await
}

/// What waits for a second keeper of accounts in some ledgers.
pub async fn asked(db: &Db, ledgers: &[PlaceId], now: Moment) -> Result<Vec<AskedRow>, Fault> {
    if ledgers.is_empty() {
        return Ok(Vec::new());
    }
    let since = now.plus_seconds(-Asked::SECONDS);
    ASKED.all(db, &args_and(args![since], ledgers.iter().copied())).await
}

/// A page of what happened to the accounts of some ledgers after a moment, the latest first.
pub async fn changes(
    db: &Db,
    ledgers: &[PlaceId],
    after: Moment,
    before: Option<Key<String>>,
) -> Result<Paged<ChangeRow>, Fault> {
    let (at, change) = below(before);
    let rows = match ledgers {
        [] => Vec::new(),
        some => CHANGES.all(db, &args_and(args![after, at, change, MORE], some.iter().copied())).await?,
    };
    Ok(Paged::of(rows, newest))
}

/// A page of what happened to an account, the latest first.
pub async fn changes_of(
    db: &Db,
    id: AccountId,
    before: Option<Key<String>>,
) -> Result<Paged<ChangeRow>, Fault> {
    let (at, change) = below(before);
    Ok(Paged::of(CHANGES_OF.all(db, &args![id, at, change, MORE]).await?, newest))
}

impl AskedRow {
    /// In what whoever is to get the role will act.
    #[must_use]
    pub fn capacity(&self) -> Option<Capacity> {
        self.role.map(|role| Capacity { role, body: self.body })
    }
}

impl ChangeRow {
    /// In what its person acts, or acted, by that role.
    #[must_use]
    pub fn capacity(&self) -> Option<Capacity> {
        self.role.map(|role| Capacity { role, body: self.body })
    }
}

/// By what lists of changes are ordered.
fn newest(row: &ChangeRow) -> (Moment, String) {
    (row.at, row.change.clone())
}

/// The names of some people.
pub async fn names(db: &Db, ids: &[AccountId]) -> Result<Vec<NameRow>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    NAMES.all(db, &args_and([], ids.iter().copied())).await
}

/// An account as an actor, with all its roles.
pub async fn actor(db: &Db, id: AccountId) -> Result<Option<Actor>, Fault> {
    let Some(row) = account(db, id).await? else {
        return Ok(None);
    };
    let grant = |held: RoleHeld| Grant {
        role: held.role,
        place: held.place,
        organisation: held.organisation,
        from: held.since,
        until: held.until,
    };
    let grants: Vec<Grant> = ROLES.all(db, &args![id]).await?.into_iter().map(grant).collect();
    let committees = committees_of(db, &grants).await?;
    let (account, employer) = (Some(row.id), row.employer);
    Ok(Some(Actor { account, employer, committees, grants, ..Actor::default() }))
}

/// The residents' committees whose roles these are: those of the ledgers that keep their places.
async fn committees_of(db: &Db, grants: &[Grant]) -> Result<Vec<Committee>, Fault> {
    let local = grants.iter().filter(|grant| LOCAL.has(grant.role)).map(|grant| grant.place);
    let local: BTreeSet<PlaceId> = local.collect();
    let wheres = places(db, &Vec::from_iter(local)).await?;
    let ledgers: BTreeSet<PlaceId> = wheres.iter().map(|row| row.ledger).collect();
    if ledgers.is_empty() {
        return Ok(Vec::new());
    }
    let found = COMMITTEES.all(db, &args_and([], ledgers)).await?;
    Ok(found.into_iter().map(|row| Committee { id: row.id, desk: row.ledger }).collect())
}

/// The body whose office somebody's roles are of, that they act for, or that employs them: a
/// worker whom an agency employs is the committee's all the same.
///
/// # Errors
/// When there is no such account.
pub(crate) async fn body_of(db: &Db, id: AccountId) -> Result<Option<OrganisationId>, Failure> {
    let person = actor(db, id).await?.ok_or(Common::Unknown)?;
    let of_office = person.committees.first().map(|committee| committee.id);
    let acts_for = person.grants.iter().find_map(|grant| grant.organisation);
    Ok(of_office.or(acts_for).or(person.employer))
}

/// Who holds a role at any of the places now.
pub async fn holders_at(db: &Db, places: &[PlaceId], now: Moment) -> Result<Vec<RoleHolder>, Fault> {
    if places.is_empty() {
        return Ok(Vec::new());
    }
    HOLDERS.all(db, &args_and(args![now], places.iter().copied())).await
}

/// Whether somebody holds a role at any of the places now.
pub(crate) async fn holds_at(db: &Db, id: AccountId, places: &[PlaceId], now: Moment) -> Result<bool, Fault> {
    let held = ROLES.all(db, &args![id]).await?;
    let holds = |held: &RoleHeld| {
        places.contains(&held.place) && held.since <= now && held.until.is_none_or(|until| now < until)
    };
    Ok(held.iter().any(holds))
}
