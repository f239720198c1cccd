//! Who is there for what waits: a person with a role that reaches its place, a body that takes
//! part, the desk of a place that stands. One answer for whoever passes things on, for the
//! commands that give them to somebody, and for the audit.

use crate::meetings::reads::OPEN;
use crate::places::reads::{paths_of, places};
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::meetings::MeetingId;
use yishi_kernel::{AccountId, HolderKey, Moment, OrganisationId, PlaceId, Role, StreamName, Whom};
use yishi_store::query::args_and;
use yishi_store::{Db, Fault, Guard, Value, args, query, row};

/// Names looked up at once.
const AT_ONCE: usize = 200;

row! {
    Held, from "account_role r" {
        id: AccountId = "r.id",
        role: Role = "r.role",
        place: PlaceId = "r.place",
    }
}

query! {
    ROLES: Held => "join account a on a.ledger = r.ledger and a.stream = r.stream
         where a.id in (?2, …) and r.since <= ?1 and (r.until is null or r.until > ?1)
         order by r.id, r.n", sorts "the roles of a few";
    BODIES: OrganisationId = "select id from organisation where id in (?1, …) and closed is null order by id";
}

/// Who is there.
#[derive(Debug, Default)]
pub(crate) struct Roll {
    people: BTreeMap<AccountId, BTreeSet<PlaceId>>,
    bodies: BTreeSet<OrganisationId>,
    desks: BTreeSet<PlaceId>,
    paths: BTreeMap<PlaceId, Vec<PlaceId>>,
}

/// Whether a role is one to work on something in.
fn works(role: Role) -> bool {
    !matches!(role, Role::Visitor | Role::Resident | Role::Administrator | Role::VenueKeeper | Role::System)
}

impl Roll {
    /// Looks up whether these are there.
    pub(crate) async fn of<'a>(
        db: &Db,
        now: Moment,
        who: impl Iterator<Item = (&'a HolderKey, PlaceId)>,
    ) -> Result<Self, Fault> {
        Self::guarded(db, now, who).await.map(|(roll, _)| roll)
    }

    /// The same with what must still stand so when something is recorded because of it.
    pub(crate) async fn guarded<'a>(
        db: &Db,
        now: Moment,
        who: impl Iterator<Item = (&'a HolderKey, PlaceId)>,
    ) -> Result<(Self, Vec<Guard>), Fault> {
        let (mut people, mut bodies, mut desks, mut wheres) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for (holder, at) in who {
            match holder.whom() {
                Whom::Person(id) => {
                    people.insert(id);
                    wheres.insert(at);
                }
                Whom::Organisation(id) => {
                    bodies.insert(id);
                }
                Whom::Desk(id) => {
                    desks.insert(id);
                }
                Whom::Nobody => {}
            }
        }
        let (mut roll, mut guards) = (Self::default(), Vec::new());
        for some in Vec::from_iter(people).chunks(AT_ONCE) {
            let args: Vec<Value> = args_and(args![now], some.iter().copied());
            let (found, answer) = ROLES.answer(db, &args).await?;
            guards.push(Guard::Found(answer));
            for held in found.into_iter().filter(|held| works(held.role)) {
                roll.people.entry(held.id).or_default().insert(held.place);
            }
        }
        for some in Vec::from_iter(bodies).chunks(AT_ONCE) {
            let (found, answer) = BODIES.answer(db, &args_and([], some.iter().copied())).await?;
            guards.push(Guard::Found(answer));
            roll.bodies.extend(found);
        }
        for some in Vec::from_iter(desks).chunks(AT_ONCE) {
            let standing = places(db, some).await?.into_iter().filter(|row| row.closed.is_none());
            roll.desks.extend(standing.map(|row| row.id));
        }
        for some in Vec::from_iter(wheres).chunks(AT_ONCE) {
            roll.paths.extend(paths_of(db, some).await?);
        }
        Ok((roll, guards))
    }

    /// Whether a holder is there for something at this place.
    pub(crate) fn is_there(&self, holder: &HolderKey, at: PlaceId) -> bool {
        match holder.whom() {
            Whom::Person(id) => {
                let (held, path) = (self.people.get(&id), self.paths.get(&at));
                held.zip(path).is_some_and(|(held, path)| path.iter().any(|place| held.contains(place)))
            }
            Whom::Organisation(id) => self.bodies.contains(&id),
            Whom::Desk(id) => self.desks.contains(&id),
            Whom::Nobody => false,
        }
    }
}

/// Meetings that are not at their end, with the places they are about.
pub(crate) async fn open_meetings(db: &Db) -> Result<Vec<(PlaceId, StreamName, PlaceId)>, Fault> {
    let rows = OPEN.all(db, &[]).await?;
    let id = |id: MeetingId| StreamName::from(id);
    Ok(rows.into_iter().map(|row| (row.ledger, id(row.id), row.place)).collect())
}
