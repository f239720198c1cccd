//! What commands about people must know: where a role is to hold, and what hangs on one that ends.

use super::reads::{RoleHolder, holders_at};
use crate::places::reads::{building_of, path_of, place};
use crate::{Case, Failure, Load};
use std::collections::BTreeSet;
use yishi_domain::people::{Account, CloseAccount, GrantRole, Leaving, Post, RevokeRole, Scope};
use yishi_kernel::access::roles::{KEEPERS, OFFICE};
use yishi_kernel::refusal::Common;
use yishi_kernel::{AccountId, HolderKey, PlaceId, Role};
use yishi_store::query::args_and;
use yishi_store::{Db, query};

query! {
    /// How many things wait for a person, or at a desk.
    WAITING: u64 = "select count(*) from duty where holder in (?1, …)";
}

/// Where a role holds.
///
/// # Errors
/// When there is no such place.
pub(crate) async fn scope_of(db: &Db, at: PlaceId) -> Result<Scope, Failure> {
    let row = place(db, at).await?.ok_or(Common::Unknown)?;
    let building = building_of(db, &row).await?;
    Ok(Scope { kind: row.kind, building, path: path_of(db, &row).await? })
}

/// A post that somebody leaves, and what hangs on it.
async fn post(case: &Case<'_>, of: Option<AccountId>, role: Role, at: PlaceId) -> Result<Post, Failure> {
    let (db, scope) = (case.db(), scope_of(case.db(), at).await?);
    let (mut others, mut waiting) = (0, 0);
    if KEEPERS.has(role) || OFFICE.has(role) {
        let same = |other: &RoleHolder| match KEEPERS.has(role) {
            true => KEEPERS.has(other.role),
            false => OFFICE.has(other.role) && other.place == at,
        };
        let there = holders_at(db, &scope.path, case.now).await?;
        let there = there.into_iter().filter(same).map(|other| other.id);
        others = there.filter(|id| Some(*id) != of).collect::<BTreeSet<_>>().len() as u64;
        let keys = [HolderKey::desk(at)].into_iter().chain(of.map(HolderKey::person));
        waiting = WAITING.all(db, &args_and([], &keys.collect::<Vec<_>>())).await?.iter().sum();
    }
    Ok(Post { role, scope, others, waiting })
}

impl Load<GrantRole> for Scope {
    async fn load(case: &mut Case<'_>, command: &GrantRole) -> Result<Self, Failure> {
        scope_of(case.db(), command.place).await
    }
}

impl Load<RevokeRole> for Leaving {
    async fn load(case: &mut Case<'_>, command: &RevokeRole) -> Result<Self, Failure> {
        let own = case.state::<Account>()?.id;
        Ok(Leaving { posts: vec![post(case, own, command.role, command.place).await?] })
    }
}

impl Load<CloseAccount> for Leaving {
    async fn load(case: &mut Case<'_>, _: &CloseAccount) -> Result<Self, Failure> {
        let account = case.state::<Account>()?;
        let mut posts = Vec::new();
        for grant in account.actor().current(case.now) {
            posts.push(post(case, account.id, grant.role, grant.place).await?);
        }
        Ok(Leaving { posts })
    }
}
