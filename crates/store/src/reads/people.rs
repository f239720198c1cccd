//! Looking up organisations, accounts and who holds which role where.

use super::places::numbered;
use crate::{Db, Fault, Row, Value};
use yishi_domain::people::OrganisationKind;
use yishi_domain::{AccountId, Actor, Grant, Moment, OrganisationId, PlaceId, Role};

/// An organisation as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationRow {
    /// The ledger that keeps it.
    pub ledger: PlaceId,
    /// Its id.
    pub id: OrganisationId,
    /// What it is.
    pub kind: OrganisationKind,
    /// What it is called.
    pub name: String,
    /// The lowest place that covers it.
    pub place: PlaceId,
}

fn read_organisation(row: &Row) -> Result<OrganisationRow, Fault> {
    Ok(OrganisationRow {
        ledger: PlaceId(row.uuid(0)?),
        id: OrganisationId(row.uuid(1)?),
        kind: OrganisationKind::parse(row.text(2)?).ok_or(Fault::Row(2))?,
        name: row.text(3)?.to_owned(),
        place: PlaceId(row.uuid(4)?),
    })
}

/// An organisation by its id.
///
/// # Errors
/// When the store fails.
pub async fn organisation(db: &Db, id: OrganisationId) -> Result<Option<OrganisationRow>, Fault> {
    const FIND: &str = "select ledger, id, kind, name, place from organisation where id = ?1";
    db.row(FIND, &[Value::from(id.0)]).await?.as_ref().map(read_organisation).transpose()
}

/// The organisations that the ledgers of a path keep: those of the place and of all above it.
///
/// # Errors
/// When the store fails.
pub async fn organisations(db: &Db, path: &[PlaceId]) -> Result<Vec<OrganisationRow>, Fault> {
    if path.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "select ledger, id, kind, name, place from organisation where ledger in ({}) and closed is null order by ledger, id",
        numbered(path.len(), 1)
    );
    let args: Vec<Value> = path.iter().map(|id| Value::from(id.0)).collect();
    db.rows_of(sql, &args).await?.iter().map(read_organisation).collect()
}

/// An account as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    /// The ledger that keeps it.
    pub ledger: PlaceId,
    /// Its id.
    pub id: AccountId,
    /// The person's name.
    pub name: String,
    /// The employer.
    pub employer: Option<OrganisationId>,
}

fn read_account(row: &Row) -> Result<AccountRow, Fault> {
    Ok(AccountRow {
        ledger: PlaceId(row.uuid(0)?),
        id: AccountId(row.uuid(1)?),
        name: row.opt_text(2)?.unwrap_or("—").to_owned(),
        employer: row.opt_uuid(3)?.map(OrganisationId),
    })
}

/// An account by its id.
///
/// # Errors
/// When the store fails.
pub async fn account(db: &Db, id: AccountId) -> Result<Option<AccountRow>, Fault> {
    const FIND: &str = "select ledger, id, name, employer from account where id = ?1";
    db.row(FIND, &[Value::from(id.0)]).await?.as_ref().map(read_account).transpose()
}

/// The accounts a ledger keeps, oldest first, after one.
///
/// # Errors
/// When the store fails.
pub async fn accounts(db: &Db, ledger: PlaceId) -> Result<Vec<AccountRow>, Fault> {
    const FIND: &str = "select ledger, id, name, employer from account
         where ledger = ?1 and id is not null order by stream limit 500";
    db.rows(FIND, &[Value::from(ledger.0)]).await?.iter().map(read_account).collect()
}

/// An account as an actor, with all its roles.
///
/// # Errors
/// When the store fails.
pub async fn actor(db: &Db, id: AccountId) -> Result<Option<Actor>, Fault> {
    const ROLES: &str = "select r.role, r.place, r.organisation, r.since, r.until
         from account a join account_role r on r.ledger = a.ledger and r.stream = a.stream
         where a.id = ?1 order by r.n";
    let Some(row) = account(db, id).await? else {
        return Ok(None);
    };
    let grants = db
        .rows(ROLES, &[Value::from(id.0)])
        .await?
        .iter()
        .map(|row| {
            Ok(Grant {
                role: Role::parse(row.text(0)?).ok_or(Fault::Row(0))?,
                place: PlaceId(row.uuid(1)?),
                organisation: row.opt_uuid(2)?.map(OrganisationId),
                from: Moment(row.int(3)?),
                until: row.opt_int(4)?.map(Moment),
            })
        })
        .collect::<Result<_, Fault>>()?;
    Ok(Some(Actor { account: Some(row.id), employer: row.employer, grants }))
}

/// Somebody who holds a role now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleHolder {
    /// Who.
    pub id: AccountId,
    /// The person's name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// Where.
    pub place: PlaceId,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
}

/// Who holds a role at any of the places now.
///
/// # Errors
/// When the store fails.
pub async fn holders_at(db: &Db, places: &[PlaceId], now: Moment) -> Result<Vec<RoleHolder>, Fault> {
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "select r.id, a.name, r.role, r.place, r.organisation
         from account_role r join account a on a.ledger = r.ledger and a.stream = r.stream
         where r.place in ({}) and r.id is not null and r.since <= ?1 and (r.until is null or r.until > ?1)
         order by r.place, r.role, r.id limit 500",
        numbered(places.len(), 2)
    );
    let mut args = vec![Value::Int(now.0)];
    args.extend(places.iter().map(|id| Value::from(id.0)));
    db.rows_of(sql, &args)
        .await?
        .iter()
        .map(|row| {
            Ok(RoleHolder {
                id: AccountId(row.uuid(0)?),
                name: row.opt_text(1)?.unwrap_or("—").to_owned(),
                role: Role::parse(row.text(2)?).ok_or(Fault::Row(2))?,
                place: PlaceId(row.uuid(3)?),
                organisation: row.opt_uuid(4)?.map(OrganisationId),
            })
        })
        .collect()
}
