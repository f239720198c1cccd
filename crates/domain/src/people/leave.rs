//! Leaving (离任、停用): a role, an account or an organisation ends. What was held in it passes to
//! whoever is named, else to the desk that each thing belongs to; so nobody leaves whose work
//! would then wait at an empty desk, and no place is left without a keeper.

use super::{Account, AccountEvent, KEEP, Organisation, OrganisationEvent, Refusal, Scope};
use yishi_kernel::access::roles::{KEEPERS, OFFICE};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::record::{Sealed, Staff};
use yishi_kernel::refusal::Common;
use yishi_kernel::{AccountId, Grant, Heir, Holder, PlaceId, Resource, Right, Role};

/// Ends a role now (免职).
#[derive(Clone, Debug)]
pub struct RevokeRole {
    /// The role.
    pub role: Role,
    /// The place itself.
    pub place: PlaceId,
    /// Who takes over what was held in it.
    pub heir: Heir,
}

/// Closes an account: somebody is no longer here (停用账号).
#[derive(Clone, Debug)]
pub struct CloseAccount {
    /// Who takes over what was held.
    pub heir: Heir,
}

/// Closes an organisation: it takes part no more (单位停用).
#[derive(Clone, Debug)]
pub struct CloseOrganisation {
    /// Who takes over what it held.
    pub heir: Heir,
}

/// The posts that somebody leaves, and what hangs on each: one for a role, all for an account.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leaving {
    /// The posts.
    pub posts: Vec<Post>,
}

/// A post that somebody leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// The role.
    pub role: Role,
    /// Where it held.
    pub scope: Scope,
    /// How many others are there for the same: at the same desk, or keeping the same place.
    pub others: u64,
    /// How many things wait for this person or at that desk.
    pub waiting: u64,
}

impl Post {
    /// That somebody is left for what hangs on it.
    fn may_be_left(&self) -> Result<(), Refusal> {
        match (self.role, self.others) {
            (role, 0) if KEEPERS.has(role) => Err(Refusal::LastKeeper),
            (role, 0) if OFFICE.has(role) && self.waiting > 0 => {
                Err(Refusal::LastAtDesk { things: self.waiting })
            }
            _ => Ok(()),
        }
    }
}

/// The heir as an entry names them: nobody, where the desk of each thing takes over.
fn named(heir: Heir) -> (Option<Holder>, Option<Sealed<AccountId, Staff>>) {
    match heir {
        Heir::Desk => (None, None),
        Heir::Named(holder, person) => (Some(holder), person.map(Sealed::Kept)),
    }
}

/// The heir that an entry names.
#[must_use]
pub fn heir_of(to: Option<Holder>, person: Option<&Sealed<AccountId, Staff>>) -> Heir {
    match to {
        None => Heir::Desk,
        Some(holder) => Heir::Named(holder, person.and_then(Sealed::get).copied()),
    }
}

/// A role that ends with something else: with the body it was held for, or with its place.
#[must_use]
pub fn ended(grant: &Grant, scope: &Scope) -> AccountEvent {
    let exact = scope.exact(grant.place);
    AccountEvent::Revoked { role: grant.role, place: scope.building, exact, to: None, person: None }
}

impl Command for RevokeRole {
    type On = Account;
    type Facts = Leaving;

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn resource(&self, _on: &Account, facts: &Leaving, _ctx: &Context) -> Resource {
        Resource::at(facts.posts.first().map_or(&[], |post| &post.scope.path))
    }

    fn decide(
        self,
        on: &Account,
        facts: &Leaving,
        ctx: &Context,
    ) -> Result<Decided<Account>, crate::Refusal> {
        let held = |grant: &Grant| grant.role == self.role && grant.place == self.place;
        let post = facts.posts.first().ok_or(Refusal::NoGrant)?;
        if !on.actor().current(ctx.now).any(held) {
            return Err(Refusal::NoGrant.into());
        }
        post.may_be_left()?;
        let (role, place, exact) = (self.role, post.scope.building, post.scope.exact(self.place));
        let (to, person) = named(self.heir);
        Ok(Decided::one(AccountEvent::Revoked { role, place, exact, to, person }))
    }
}

impl Command for CloseAccount {
    type On = Account;
    type Facts = Leaving;

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn decide(
        self,
        on: &Account,
        facts: &Leaving,
        ctx: &Context,
    ) -> Result<Decided<Account>, crate::Refusal> {
        if on.closed.is_some() {
            return Err(Common::Ended.into());
        }
        if on.id.is_some() && on.id == ctx.actor.account {
            return Err(Refusal::OwnAccount.into());
        }
        facts.posts.iter().try_for_each(Post::may_be_left)?;
        let (to, person) = named(self.heir);
        Ok(Decided::one(AccountEvent::Closed { to, person }))
    }
}

impl Command for CloseOrganisation {
    type On = Organisation;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn decide(
        self,
        on: &Organisation,
        (): &(),
        _ctx: &Context,
    ) -> Result<Decided<Organisation>, crate::Refusal> {
        if on.closed.is_some() {
            return Err(Common::Ended.into());
        }
        let (to, person) = named(self.heir);
        Ok(Decided::one(OrganisationEvent::Closed { to, person }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::people::{GrantRole, Namesake, OpenAccount};
    use crate::places::PlaceKind;
    use crate::testing::{Book, account, context, keeper, place, rules};
    use yishi_kernel::Moment;

    fn post(role: Role, others: u64, waiting: u64) -> Leaving {
        let scope = Scope {
            kind: PlaceKind::Community,
            building: place(2),
            path: [1, 2].map(place).to_vec(),
            keepers: Vec::new(),
        };
        Leaving { posts: vec![Post { role, scope, others, waiting }] }
    }

    #[test]
    fn nobody_leaves_an_empty_desk_where_something_waits_nor_a_place_without_a_keeper() {
        let (rules, actor, path) = (rules(), keeper(1), [1, 2].map(place));
        let ctx = context(Moment(5), &actor, &rules, &path);
        for (role, others, waiting, refused) in [
            (Role::CommunityWorker, 0, 3, Some(Refusal::LastAtDesk { things: 3 })),
            (Role::CommunityWorker, 0, 0, None),
            (Role::CommunityWorker, 1, 3, None),
            (Role::Steward, 0, 3, None),
            (Role::Administrator, 0, 0, Some(Refusal::LastKeeper)),
            (Role::Administrator, 1, 0, None),
        ] {
            let mut book = Book::default();
            let open =
                OpenAccount { id: account(8), place: place(2), name: "顾明远".to_owned(), employer: None };
            book.start(account(8), open, &Namesake::Nobody, &ctx).unwrap();
            let kind = if role == Role::Steward { PlaceKind::Stairwell } else { PlaceKind::Community };
            let scope = Scope { kind, building: place(2), path: path.to_vec(), keepers: Vec::new() };
            let grant = GrantRole { role, place: place(2), organisation: None, from: Moment(5), until: None };
            book.act(account(8), grant, &scope, &ctx).unwrap();
            let later = context(Moment(9), &actor, &rules, &path);
            let facts = post(role, others, waiting);
            let revoke = RevokeRole { role, place: place(2), heir: Heir::Desk };
            let alone = book.act(account(8), CloseAccount { heir: Heir::Desk }, &facts, &later);
            assert_eq!(alone.err(), refused.clone().map(Into::into), "{role:?}");
            if refused.is_some() {
                assert_eq!(book.act(account(8), revoke, &facts, &later).err(), refused.map(Into::into));
                continue;
            }
            let closed: Account = book.state(account(8));
            assert_eq!((closed.closed, closed.actor().current(Moment(9)).count()), (Some(Moment(9)), 0));
            assert_eq!(book.act(account(8), revoke, &facts, &later).unwrap_err(), Refusal::NoGrant);
        }
    }
}
