//! A role is given for a time, bound to a place of its kind. How it ends stands beside.

use super::{Account, AccountEvent, AskedChange, KEEP, Refusal};
use crate::places::PlaceKind;
use yishi_kernel::access::roles::{KEEPERS, STEERS};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::named::Named;
use yishi_kernel::record::{self, Sealed};
use yishi_kernel::refusal::Common;
use yishi_kernel::{AccountId, Grant, Moment, OrganisationId, PlaceId, Resource, Right, Role};

/// Where a role is to hold, or held.
#[derive(Clone, Debug, PartialEq)]
pub struct Scope {
    /// What the place is.
    pub kind: PlaceKind,
    /// The place, or its building when it lies below one.
    pub building: PlaceId,
    /// The place and all above it.
    pub path: Vec<PlaceId>,
    /// Those who keep accounts there now.
    pub keepers: Vec<AccountId>,
}

impl Scope {
    /// The place itself, where that may stand only in private.
    pub(super) fn exact(&self, place: PlaceId) -> Option<Sealed<PlaceId, record::Place>> {
        self.kind.below_building().then_some(Sealed::Kept(place))
    }
}

/// Gives a role for a time (任职).
#[derive(Clone, Debug)]
pub struct GrantRole {
    /// The role.
    pub role: Role,
    /// The place itself.
    pub place: PlaceId,
    /// The organisation, for roles of organisations.
    pub organisation: Option<OrganisationId>,
    /// From when it holds.
    pub from: Moment,
    /// Until when, exclusive; open when absent.
    pub until: Option<Moment>,
}

impl Command for GrantRole {
    type On = Account;
    type Facts = Scope;

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn names(&self) -> Vec<Named> {
        Named::bodies("organisation", self.organisation)
    }

    /// Over the place where it is to hold: an account itself lies nowhere.
    fn resource(&self, _on: &Account, facts: &Scope, _ctx: &Context) -> Resource {
        Resource::at(&facts.path)
    }

    fn decide(self, on: &Account, facts: &Scope, ctx: &Context) -> Result<Decided<Account>, crate::Refusal> {
        if on.closed.is_some() {
            return Err(Common::Ended.into());
        }
        if on.id.is_some() && on.id == ctx.actor.account {
            return Err(Refusal::Oneself.into());
        }
        let bound = self.role.of_organisation() == self.organisation.is_some();
        let over = self.until.is_some_and(|until| until <= self.from);
        if !bound_to(self.role, facts.kind) || !bound || over {
            return Err(Refusal::Scope.into());
        }
        let Self { role, place, organisation, from, until } = self;
        if weighs(role) && somebody_else(&facts.keepers, ctx) {
            if on.waiting(ctx.now).is_some() {
                return Err(Refusal::Waits.into());
            }
            return Ok(Decided::one(AccountEvent::Asked {
                change: AskedChange::Grant,
                role: Some(role),
                place: Some(facts.building),
                exact: facts.exact(place),
                organisation,
                from: Some(from),
                until,
            }));
        }
        Ok(Decided::one(granted(&Grant { role, place, organisation, from, until }, facts)))
    }
}

/// The event that a role was given.
pub(super) fn granted(grant: &Grant, scope: &Scope) -> AccountEvent {
    let (role, place, exact) = (grant.role, scope.building, scope.exact(grant.place));
    let (organisation, from, until) = (grant.organisation, grant.from, grant.until);
    AccountEvent::Granted { role, place, exact, organisation, from, until }
}

/// Whether a role keeps accounts or steers: nobody gives it alone, and whoever holds it gets no
/// new link from one person alone, where there are two who keep accounts.
pub(super) fn weighs(role: Role) -> bool {
    KEEPERS.has(role) || STEERS.has(role)
}

/// Whether somebody else keeps accounts there.
pub(super) fn somebody_else(keepers: &[AccountId], ctx: &Context) -> bool {
    keepers.iter().any(|keeper| Some(*keeper) != ctx.actor.account)
}

/// Whether a role can be bound to such a place.
#[must_use]
pub fn bound_to(role: Role, kind: PlaceKind) -> bool {
    use PlaceKind::{Building, District, Grid, Household, Stairwell};
    match role {
        Role::Visitor | Role::System => false,
        Role::Resident => kind == Household,
        Role::Steward => kind == Stairwell,
        Role::BuildingHead => kind == Building,
        Role::GridSecretary | Role::GridHead => matches!(kind, Grid | PlaceKind::Compound),
        Role::CommunityWorker | Role::CommunitySecretary | Role::VenueKeeper => kind.is_community(),
        Role::StreetOfficer => kind.is_street(),
        Role::DepartmentOfficer | Role::PropertyStaff => true,
        Role::Administrator => kind == District || kind.is_street() || kind.is_community(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::people::{Leaving, OpenAccount, Post, RevokeRole, found};
    use crate::testing::{Book, account, body, context, place, rules};
    use yishi_kernel::{Actor, Heir, Loaded, Stamped};

    const NOW: Moment = Moment(100);
    const ID: u128 = 8;

    fn stairwell() -> Scope {
        let (kind, path) = (PlaceKind::Stairwell, [1, 2, 3].map(place).to_vec());
        Scope { kind, building: place(2), path, keepers: vec![account(7)] }
    }

    fn administrator() -> Actor {
        let mut loaded = Loaded::<Account>::default();
        for what in found(account(7), "管理员", place(1), Moment(0)).unwrap() {
            loaded.push(&Stamped { time: Moment(0), by: None, what }, []);
        }
        loaded.must().unwrap().actor()
    }

    /// A book with one account that holds no role.
    fn opened(ctx: &Context) -> Book {
        let open =
            OpenAccount { id: account(ID), place: place(1), name: "周桂兰".to_owned(), employer: None };
        let mut book = Book::default();
        book.start(account(ID), open, &crate::people::Namesake::Nobody, ctx).unwrap();
        book
    }

    fn give(role: Role, organisation: Option<OrganisationId>) -> GrantRole {
        GrantRole { role, place: place(3), organisation, from: NOW, until: None }
    }

    #[test]
    fn a_stewards_stairwell_is_private_and_the_role_ends() {
        let (rules, admin, scope, path) = (rules(), administrator(), stairwell(), [place(1)]);
        let ctx = context(NOW, &admin, &rules, &path);
        let mut book = opened(&ctx);
        book.act(account(ID), give(Role::Steward, None), &scope, &ctx).unwrap();
        let loaded = book.loaded::<Account>(account(ID));
        assert_eq!(loaded.private::<PlaceId>(2, "exact"), Some(place(3)));
        assert_eq!(loaded.must().unwrap().actor().current(NOW).count(), 1);

        let later = context(Moment(200), &admin, &rules, &path);
        let revoke = RevokeRole { role: Role::Steward, place: place(3), heir: Heir::Desk };
        let leaving = Leaving { posts: vec![Post { role: Role::Steward, scope, others: 0, waiting: 0 }] };
        book.act(account(ID), revoke.clone(), &leaving, &later).unwrap();
        assert_eq!(book.state::<Account>(account(ID)).actor().current(later.now).count(), 0);
        let again = book.act(account(ID), revoke, &leaving, &later);
        assert_eq!(again.unwrap_err(), Refusal::NoGrant);
    }

    #[test]
    fn a_granted_stairwell_stands_in_no_public_field() {
        let (rules, admin, scope, path) = (rules(), administrator(), stairwell(), [place(1)]);
        let ctx = context(NOW, &admin, &rules, &path);
        let on: Account = opened(&ctx).state(account(ID));
        let decided = give(Role::Steward, None).decide(&on, &scope, &ctx).unwrap();
        let stamped = yishi_kernel::command::stamped(decided.events[0].clone(), &ctx);
        let record = record::encode(&stamped).unwrap();
        assert!(record.private.contains_key("exact"));
        assert!(!record.public.values().any(|value| value == &place(3).to_string()));
    }

    #[test]
    fn a_role_fits_its_kind_of_place() {
        let (rules, admin, scope, path) = (rules(), administrator(), stairwell(), [place(1)]);
        let ctx = context(NOW, &admin, &rules, &path);
        let mut book = opened(&ctx);
        let mut give = |command| book.act(account(ID), command, &scope, &ctx);
        let company = Some(body(9));
        let over = GrantRole { until: Some(NOW), ..self::give(Role::Steward, None) };
        for wrong in [
            self::give(Role::CommunityWorker, None),
            self::give(Role::PropertyStaff, None),
            self::give(Role::Steward, company),
            self::give(Role::System, None),
            over,
        ] {
            assert_eq!(give(wrong).unwrap_err(), Refusal::Scope);
        }
        assert!(give(self::give(Role::PropertyStaff, company)).is_ok());
    }
}
