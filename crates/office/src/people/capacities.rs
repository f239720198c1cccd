//! In what people acted and act: of an entry by whose account and at which moment it was done, so
//! that a later post changes nothing of it; of roles by the bodies they are held for. A body that
//! was renamed or closed stays what it was. Whose account an entry was by is read here and told
//! nowhere; once it was erased the role alone is known.

use crate::people::reads::some as organisations;
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::people::{Capacity, OrganisationKind};
use yishi_kernel::{Grant, Moment, PlaceId, Role};
use yishi_store::ledgers::EntryRow;
use yishi_store::query::args_and;
use yishi_store::{Db, Fault, args, query, row};

row! {
    /// A role that whoever did an entry ever held for a body.
    Held, from "event e cross join account a cross join account_role r cross join organisation o" {
        number: i64 = "e.number",
        role: Role = "r.role",
        since: Moment = "r.since",
        until: Option<Moment> = "r.until",
        kind: OrganisationKind = "o.kind",
    }
}

query! {
    // The id stands there as JSON, between quotes; it is looked up entry by entry.
    HELD: Held => "where e.ledger = ?1 and e.number in (?2, …) and a.id =
           (select substr(p.value, 2, 36) from private p where p.ledger = e.ledger and p.stream = e.stream
             and p.version = e.version and p.field = 'by')
         and r.ledger = a.ledger and r.stream = a.stream and o.id = r.organisation";
}

/// In what some entries of a ledger were done.
#[derive(Clone, Debug, Default)]
pub struct Capacities(BTreeMap<i64, BTreeSet<OrganisationKind>>);

impl Capacities {
    /// Looks up what must be known of these entries, at once; mostly that is nothing.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn of_entries<'a>(
        db: &Db,
        ledger: PlaceId,
        entries: impl IntoIterator<Item = &'a EntryRow>,
    ) -> Result<Self, Fault> {
        let asked = entries.into_iter().filter(|entry| Capacity::asks_body(role_of(entry)));
        let asked: BTreeMap<i64, &EntryRow> = asked.map(|entry| (entry.number, entry)).collect();
        let mut bodies = Self::default();
        if asked.is_empty() {
            return Ok(bodies);
        }
        for held in HELD.all(db, &args_and(args![ledger], asked.keys().copied())).await? {
            let Some(entry) = asked.get(&held.number) else { continue };
            let at = done_at(entry);
            let then = held.since <= at && held.until.is_none_or(|until| at < until);
            if then && held.role == role_of(entry) {
                bodies.0.entry(held.number).or_default().insert(held.kind);
            }
        }
        Ok(bodies)
    }

    /// In what an entry was done. Where somebody held the role for bodies of two kinds at that
    /// moment, nobody knows for which of them.
    #[must_use]
    pub fn of(&self, entry: &EntryRow) -> Capacity {
        let bodies = self.0.get(&entry.number).filter(|bodies| bodies.len() == 1);
        Capacity { role: role_of(entry), body: bodies.and_then(BTreeSet::first).copied() }
    }
}

/// In what somebody who holds these roles acts, in their order.
///
/// # Errors
/// When the store fails.
pub async fn held<'a>(db: &Db, grants: impl IntoIterator<Item = &'a Grant>) -> Result<Vec<Capacity>, Fault> {
    let grants = Vec::from_iter(grants);
    let asked = grants.iter().filter(|grant| Capacity::asks_body(grant.role));
    let bodies: BTreeSet<_> = asked.filter_map(|grant| grant.organisation).collect();
    let rows = organisations(db, &Vec::from_iter(bodies)).await?;
    let kind = |grant: &Grant| {
        let row = rows.iter().find(|row| Some(row.id) == grant.organisation);
        Capacity { role: grant.role, body: row.map(|row| row.kind) }
    };
    Ok(grants.into_iter().map(kind).collect())
}

fn role_of(entry: &EntryRow) -> Role {
    Role::parse(&entry.role).unwrap_or(Role::Visitor)
}

/// When it was decided: a role may have ended before it was recorded.
fn done_at(entry: &EntryRow) -> Moment {
    entry.public.get("time").and_then(serde_json::Value::as_i64).map_or(entry.at, Moment)
}
