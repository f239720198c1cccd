//! Somebody gets a one-time link, and sets a password by it. The link's word and the password
//! are the office's; here is who may, when it needs a second person, and that it happens once.

use super::grant::{somebody_else, weighs};
use super::{Account, AccountEvent, AskedChange, ENTER, INVITE, Refusal};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::{AccountId, PlaceId, Resource, Right};

/// How long a link works, in seconds.
const SECONDS: i64 = 7 * 86_400;

/// Makes a one-time link; those made before work no more (发登录链接).
#[derive(Clone, Copy, Debug)]
pub struct Invite;

/// Where somebody's roles reach, and who else keeps accounts there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Each place of a role that holds now, with all above it.
    pub paths: Vec<Vec<PlaceId>>,
    /// Those who keep accounts where the account is kept.
    pub keepers: Vec<AccountId>,
}

impl Command for Invite {
    type On = Account;
    type Facts = Reach;

    fn right(&self) -> &'static Right {
        &INVITE
    }

    fn decide(self, on: &Account, facts: &Reach, ctx: &Context) -> Result<Decided<Account>, crate::Refusal> {
        within_reach(facts, ctx)?;
        let steers = on.actor().current(ctx.now).any(|grant| weighs(grant.role));
        // Whoever runs the program on the machine is the way out when nobody else can confirm.
        if steers && ctx.actor.account.is_some() && somebody_else(&facts.keepers, ctx) {
            if on.waiting(ctx.now).is_some() {
                return Err(Refusal::Waits.into());
            }
            return Ok(Decided::one(AccountEvent::Asked {
                change: AskedChange::Invite,
                role: None,
                place: None,
                exact: None,
                organisation: None,
                from: None,
                until: None,
            }));
        }
        Ok(Decided::one(invited(ctx)))
    }
}

/// A new link lets whoever makes it in as somebody else: so it is made only by those who keep
/// accounts everywhere that person's roles reach.
pub(super) fn within_reach(facts: &Reach, ctx: &Context) -> Result<(), crate::Refusal> {
    for path in &facts.paths {
        ctx.may(&INVITE, &Resource::at(path))?;
    }
    Ok(())
}

/// The event that a link was made now.
pub(super) fn invited(ctx: &Context) -> AccountEvent {
    AccountEvent::Invited { expires: ctx.now.plus_seconds(SECONDS) }
}

/// Sets the own password, by the link.
#[derive(Clone, Debug)]
pub struct SetCredential {
    /// A digest of what is kept of it, and of the user name.
    pub proof: String,
}

impl Command for SetCredential {
    type On = Account;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &ENTER
    }

    fn decide(self, on: &Account, (): &(), ctx: &Context) -> Result<Decided<Account>, crate::Refusal> {
        let own = on.id.is_some() && on.id == ctx.actor.account;
        if !own || on.invited.is_none_or(|expires| expires <= ctx.now) {
            return Err(Refusal::LinkOver.into());
        }
        // The way back in for whoever lost password and telephone alike.
        let ended = on.second_step.as_ref().map(|_| AccountEvent::SecondStepEnded {});
        let set = AccountEvent::CredentialSet { proof: self.proof.into() };
        Ok(Decided::all([set].into_iter().chain(ended).collect()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::people::{Confirm, Confirming, Decline, GrantRole, Namesake, OpenAccount, Scope, Weighty};
    use crate::places::PlaceKind;
    use crate::testing::{Book, account, context, person, place, rules};
    use yishi_kernel::{Actor, Denied, Moment, Pack, Role};

    const NOW: Moment = Moment(1_000_000);
    const DAY: i64 = 86_400;

    /// A book with the account 8, opened by the administrator 7.
    fn book(rules: &Pack) -> Book {
        let admin = person(7, Role::Administrator, 1);
        let open =
            OpenAccount { id: account(8), place: place(1), name: "周桂兰".to_owned(), employer: None };
        let mut book = Book::default();
        book.start(account(8), open, &Namesake::Nobody, &context(NOW, &admin, rules, &[place(1)])).unwrap();
        book
    }

    fn reach(keepers: &[u128]) -> Reach {
        Reach { paths: vec![vec![place(1)]], keepers: keepers.iter().copied().map(account).collect() }
    }

    fn scope(keepers: &[u128]) -> Scope {
        let (kind, path) = (PlaceKind::Street, vec![place(1)]);
        Scope { kind, building: place(1), path, keepers: keepers.iter().copied().map(account).collect() }
    }

    fn give(role: Role) -> GrantRole {
        GrantRole { role, place: place(1), organisation: None, from: NOW, until: None }
    }

    fn confirming(keepers: &[u128]) -> Confirming {
        Confirming { scope: Some(scope(keepers)), reach: reach(keepers) }
    }

    const PATH: [PlaceId; 1] = [PlaceId(uuid::Uuid::from_u128(1))];

    /// A moment at which somebody acts on the account.
    fn by<'a>(rules: &'a Pack, now: Moment, actor: &'a Actor) -> Context<'a> {
        context(now, actor, rules, &PATH)
    }

    #[test]
    fn a_link_sets_a_password_once_and_for_its_own_person_only() {
        let (rules, admin) = (rules(), person(7, Role::Administrator, 1));
        let mut book = book(&rules);
        let (own, other) = (person(8, Role::Resident, 1), person(9, Role::Resident, 1));
        let enter = |book: &mut Book, actor: &Actor, now: Moment| {
            book.act(account(8), SetCredential { proof: "a digest".to_owned() }, &(), &by(&rules, now, actor))
        };
        assert_eq!(enter(&mut book, &own, NOW).unwrap_err(), Refusal::LinkOver, "no link yet");
        let invite = |book: &mut Book, now: Moment| {
            book.act(account(8), Invite, &reach(&[7]), &by(&rules, now, &admin)).unwrap();
        };
        invite(&mut book, NOW);
        assert_eq!(enter(&mut book, &other, NOW).unwrap_err(), Refusal::LinkOver, "another person");
        let late = NOW.plus_seconds(7 * DAY);
        assert_eq!(enter(&mut book, &own, late).unwrap_err(), Refusal::LinkOver, "too late");
        invite(&mut book, late);
        enter(&mut book, &own, late.plus_seconds(1)).unwrap();
        assert_eq!(enter(&mut book, &own, late.plus_seconds(2)).unwrap_err(), Refusal::LinkOver, "once");
        let kinds: Vec<&str> = book.entries.iter().map(|(_, kind, _)| kind.as_str()).collect();
        let wanted =
            ["account.opened.1", "account.invited.1", "account.invited.1", "account.credential_set.1"];
        assert_eq!(kinds, wanted);
    }

    #[test]
    fn nobody_gives_a_role_to_oneself() {
        let rules = rules();
        let mut book = book(&rules);
        let mut own = person(8, Role::Administrator, 1);
        for role in [Role::StreetOfficer, Role::Administrator, Role::DepartmentOfficer] {
            let refused = book.act(account(8), give(role), &scope(&[8]), &by(&rules, NOW, &own));
            assert_eq!(refused.unwrap_err(), Refusal::Oneself, "{role:?}");
        }
        own.account = Some(account(7));
        book.act(account(8), give(Role::StreetOfficer), &scope(&[7]), &by(&rules, NOW, &own)).unwrap();
    }

    #[test]
    fn where_there_are_two_a_role_that_steers_needs_both() {
        let (rules, one, two) =
            (rules(), person(7, Role::Administrator, 1), person(9, Role::Administrator, 1));
        for role in [Role::Administrator, Role::StreetOfficer] {
            let mut book = book(&rules);
            let grant = |book: &mut Book, actor: &Actor| {
                book.act(account(8), give(role), &scope(&[7, 9]), &by(&rules, NOW, actor))
            };
            let confirm = |book: &mut Book, actor: &Actor, now: Moment| {
                book.act(account(8), Confirm, &confirming(&[7, 9]), &by(&rules, now, actor))
            };
            grant(&mut book, &one).unwrap();
            let holds = |book: &Book| {
                let state: Account = book.state(account(8));
                state.actor().current(NOW.plus_seconds(30 * DAY)).count()
            };
            assert_eq!(holds(&book), 0, "asked for, not given");
            assert_eq!(grant(&mut book, &one).unwrap_err(), Refusal::Waits);
            assert_eq!(confirm(&mut book, &one, NOW).unwrap_err(), Refusal::SamePerson);
            let outsider = person(10, Role::StreetOfficer, 1);
            assert!(matches!(
                confirm(&mut book, &outsider, NOW).unwrap_err().denied(),
                Some(Denied::Role { .. })
            ));
            let late = NOW.plus_seconds(7 * DAY);
            assert_eq!(confirm(&mut book, &two, late).unwrap_err(), Refusal::NothingWaits);
            confirm(&mut book, &two, NOW.plus_seconds(60)).unwrap();
            assert_eq!(holds(&book), 1);
            assert_eq!(confirm(&mut book, &two, NOW).unwrap_err(), Refusal::NothingWaits);
        }
        // What neither keeps accounts nor steers is given at once.
        let mut book = book(&rules);
        let at_community = Scope { kind: PlaceKind::Community, ..scope(&[7, 9]) };
        book.act(account(8), give(Role::VenueKeeper), &at_community, &by(&rules, NOW, &one)).unwrap();
        assert_eq!(book.state::<Account>(account(8)).grants.len(), 1);
    }

    #[test]
    fn where_there_are_two_nobody_alone_makes_a_link_for_whoever_steers() {
        let (rules, one, two) =
            (rules(), person(7, Role::Administrator, 1), person(9, Role::Administrator, 1));
        let mut book = book(&rules);
        book.act(account(8), give(Role::StreetOfficer), &scope(&[7]), &by(&rules, NOW, &one)).unwrap();
        let invite = |book: &mut Book, actor: &Actor| {
            book.act(account(8), Invite, &reach(&[7, 9]), &by(&rules, NOW, actor))
        };
        invite(&mut book, &one).unwrap();
        let state: Account = book.state(account(8));
        assert_eq!(
            (state.invited, state.waiting(NOW).map(|asked| &asked.what)),
            (None, Some(&Weighty::Invite))
        );
        book.act(account(8), Decline, &(), &by(&rules, NOW, &two)).unwrap();
        assert_eq!(book.state::<Account>(account(8)).waiting(NOW), None);
        invite(&mut book, &one).unwrap();
        book.act(account(8), Confirm, &confirming(&[7, 9]), &by(&rules, NOW, &two)).unwrap();
        let state: Account = book.state(account(8));
        assert!(state.invited.is_some() && state.waiting(NOW).is_none());
        // The program itself, for whoever runs it: the way out when nobody else can.
        let machine = Actor::system(place(1));
        invite(&mut book, &machine).unwrap();
    }

    #[test]
    fn whoever_keeps_accounts_of_a_community_lets_nobody_in_who_acts_for_the_street() {
        let rules = rules();
        let mut book = book(&rules);
        let below = person(7, Role::Administrator, 2);
        let path = [1, 2].map(place);
        let own = Reach { paths: vec![path.to_vec()], keepers: vec![account(7)] };
        book.act(account(8), Invite, &own, &context(NOW, &below, &rules, &path)).unwrap();
        let above = Reach { paths: vec![path.to_vec(), vec![place(1)]], keepers: vec![account(7)] };
        let refused = book.act(account(8), Invite, &above, &context(NOW, &below, &rules, &path));
        assert_eq!(refused.unwrap_err().denied(), Some(&Denied::Elsewhere));
    }
}
