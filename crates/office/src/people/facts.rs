//! What commands about people must know: where a role is to hold, where those of somebody reach,
//! who keeps accounts there, and what hangs on a role that ends.

use super::reads::{NAMESAKES, RoleHolder, holders_at};
use crate::places::reads::{building_of, path_of, place};
use crate::{Case, Failure, Load};
use std::collections::BTreeSet;
use yishi_domain::people::{
    Account, CloseAccount, Confirm, Confirming, GrantRole, Invite, Leaving, Namesake, OpenAccount, Post,
    Reach, RevokeRole, Scope, Weighty,
};
use yishi_kernel::access::roles::{KEEPERS, OFFICE};
use yishi_kernel::refusal::Common;
use yishi_kernel::text::skeleton;
use yishi_kernel::{AccountId, HolderKey, Moment, PlaceId, Role};
use yishi_store::query::args_and;
use yishi_store::{Db, args, query};

query! {
    /// How many things wait for a person, or at a desk.
    WAITING: u64 = "select count(*) from duty where holder in (?1, …)";
}

/// Where a role holds.
///
/// # Errors
/// When there is no such place.
pub(crate) async fn scope_of(db: &Db, at: PlaceId, now: Moment) -> Result<Scope, Failure> {
    let row = place(db, at).await?.ok_or(Common::Unknown)?;
    let building = building_of(db, &row).await?;
    let path = path_of(db, &row).await?;
    let keepers = keepers(db, &path, now).await?;
    Ok(Scope { kind: row.kind, building, path, keepers })
}

/// Where a role that a command speaks of holds: it is decided there.
///
/// # Errors
/// When there is no such place, or it is none of the account's: an account that another
/// community keeps has no role here.
async fn scope(case: &mut Case<'_>, at: PlaceId) -> Result<Scope, Failure> {
    let row = place(case.db(), at).await?.ok_or(Common::Unknown)?;
    let keeper = place(case.db(), case.ledger).await?.ok_or(Common::Unknown)?;
    if !row.path.contains(&case.ledger) && !keeper.path.contains(&row.ledger) {
        return Err(Common::NotHere { field: "account" }.into());
    }
    case.lies_at(at).await?;
    scope_of(case.db(), at, case.now).await
}

/// Those who keep accounts at the end of a path now.
async fn keepers(db: &Db, path: &[PlaceId], now: Moment) -> Result<Vec<AccountId>, Failure> {
    let held = holders_at(db, path, now).await?;
    Ok(held.into_iter().filter(|held| held.role == Role::Administrator).map(|held| held.id).collect())
}

async fn reach(case: &Case<'_>) -> Result<Reach, Failure> {
    let mut paths = Vec::new();
    for grant in case.state::<Account>()?.actor().current(case.now) {
        paths.push(case.path_of(Some(grant.place)).await?);
    }
    let kept = case.path_of(None).await?;
    Ok(Reach { paths, keepers: keepers(case.db(), &kept, case.now).await? })
}

/// A post that somebody leaves, and what hangs on it.
async fn post(case: &Case<'_>, of: Option<AccountId>, role: Role, at: PlaceId) -> Result<Post, Failure> {
    let (db, scope) = (case.db(), scope_of(case.db(), at, case.now).await?);
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
        scope(case, command.place).await
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

impl Load<OpenAccount> for Namesake {
    async fn load(case: &mut Case<'_>, command: &OpenAccount) -> Result<Self, Failure> {
        let alike = args![case.ledger, skeleton(&command.name)];
        let count = case.find(&NAMESAKES, &alike).await?.into_iter().sum::<i64>();
        Ok(if count > 0 { Namesake::Somebody } else { Namesake::Nobody })
    }
}

impl Load<Invite> for Reach {
    async fn load(case: &mut Case<'_>, _: &Invite) -> Result<Self, Failure> {
        reach(case).await
    }
}

impl Load<Confirm> for Confirming {
    async fn load(case: &mut Case<'_>, _: &Confirm) -> Result<Self, Failure> {
        let asked = case.state::<Account>()?.asked.as_ref().map(|asked| &asked.what);
        let scope = match asked {
            Some(Weighty::Grant(grant)) => Some(scope(case, grant.place).await?),
            Some(Weighty::Invite) | None => None,
        };
        Ok(Self { scope, reach: reach(case).await? })
    }
}
