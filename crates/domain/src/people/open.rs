//! An organisation or an account is opened; the first administrator before there is anyone to
//! ask.

use super::{Account, AccountEvent, KEEP, Organisation, OrganisationEvent, OrganisationKind};
use yishi_kernel::command::{Decided, Start};
use yishi_kernel::context::{self, Context};
use yishi_kernel::named::Named;
use yishi_kernel::personal::Looked;
use yishi_kernel::text::skeleton;
use yishi_kernel::{AccountId, Moment, OrganisationId, PlaceId, Refusal, Right, Role};

/// Longest name of a person or an organisation, in characters.
const NAME: usize = 40;

/// Opens an organisation that a place covers.
#[derive(Clone, Debug)]
pub struct OpenOrganisation {
    /// The lowest place that covers it.
    pub place: PlaceId,
    /// What it is.
    pub kind: OrganisationKind,
    /// What it is called.
    pub name: String,
}

impl Start for OpenOrganisation {
    type Of = Organisation;
    type Facts = ();

    fn at(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn start(self, (): &(), ctx: &Context) -> Result<Decided<Organisation>, Refusal> {
        let name = ctx.name("name", &self.name, NAME)?;
        let (organisation_kind, place, name) = (self.kind, self.place, name.into());
        Ok(Decided::one(OrganisationEvent::Opened { organisation_kind, name, place }))
    }
}

/// Opens an account; the person gets a one-time link from the shell.
#[derive(Clone, Debug)]
pub struct OpenAccount {
    /// The person's id, random.
    pub id: AccountId,
    /// The place whose keeper opens it.
    pub place: PlaceId,
    /// The person's name.
    pub name: String,
    /// The employer, whose matters this person keeps hands off.
    pub employer: Option<OrganisationId>,
}

/// Whether somebody whose account the ledger keeps has a name that looks like this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namesake {
    /// Somebody has.
    Somebody,
    /// Nobody has.
    Nobody,
}

impl Start for OpenAccount {
    type Of = Account;
    type Facts = Namesake;

    fn at(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn names(&self) -> Vec<Named> {
        Named::bodies("employer", self.employer)
    }

    fn start(self, namesake: &Namesake, ctx: &Context) -> Result<Decided<Account>, Refusal> {
        if is_reserved(&self.name) {
            return Err(super::Refusal::ReservedName.into());
        }
        let opened = opened(self.id, &self.name, self.employer, &ctx.actor.looked)?;
        // Whoever chooses somebody from a list knows people by their names alone.
        match namesake {
            Namesake::Somebody => Err(super::Refusal::Namesake.into()),
            Namesake::Nobody => Ok(Decided::one(opened)),
        }
    }
}

/// Names of the program, and of whoever keeps it for everyone.
const RESERVED: [&str; 12] = [
    "管理员",
    "超级管理员",
    "系统管理员",
    "系统",
    "议事",
    "客服",
    "官方",
    "admin",
    "administrator",
    "root",
    "system",
    "yishi",
];

/// Whether a name looks like that of the program itself: nobody is to speak in it.
#[must_use]
pub fn is_reserved(name: &str) -> bool {
    let looks = skeleton(name);
    RESERVED.iter().any(|reserved| skeleton(reserved) == looks)
}

/// The first administrator, made before there is anyone to ask: `yishi init`.
///
/// # Errors
/// When the name is not fit.
pub fn found(id: AccountId, name: &str, place: PlaceId, now: Moment) -> Result<Vec<AccountEvent>, Refusal> {
    let granted = AccountEvent::Granted {
        role: Role::Administrator,
        place,
        exact: None,
        organisation: None,
        from: now,
        until: None,
    };
    Ok(vec![opened(id, name, None, &Looked::default())?, granted])
}

fn opened(
    id: AccountId,
    name: &str,
    employer: Option<OrganisationId>,
    looked: &Looked,
) -> Result<AccountEvent, Refusal> {
    let name = context::public_name("name", name, NAME, looked)?;
    Ok(AccountEvent::Opened { account: id.into(), name: name.into(), employer })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::testing::{Book, account, body, context, keeper, person, place, rules};
    use yishi_kernel::Denied;
    use yishi_kernel::refusal::Common;
    use yishi_kernel::text::TextError;

    #[test]
    fn nobody_is_called_like_the_program_or_its_keeper() {
        for name in ["管理员", " 管 理员 ", "系统", "admin", "Ａｄｍｉｎ", "ad\u{200b}min", "adrnin", "ROOT"]
        {
            assert!(is_reserved(name), "{name}");
        }
        for name in ["王管理", "沈知秋", "adminwang", "停车管理员"] {
            assert!(!is_reserved(name), "{name}");
        }
    }

    #[test]
    fn the_keeper_of_a_place_opens_organisations_and_accounts_there() {
        let (rules, path) = (rules(), [1, 2].map(place));
        let actor = keeper(1);
        let ctx = context(Moment(5), &actor, &rules, &path);
        let mut book = Book::default();
        let kind = OrganisationKind::PropertyCompany;
        let company = |name: &str| OpenOrganisation { place: place(2), kind, name: name.to_owned() };
        book.start(body(50), company("安和物业"), &(), &ctx).unwrap();
        assert_eq!(book.state::<Organisation>(body(50)).place, place(2));
        let silent = book.start(body(51), company(" "), &(), &ctx);
        assert_eq!(silent.unwrap_err(), Common::Text { field: "name", error: TextError::Empty });
        let employer = Some(body(50));
        let open = OpenAccount { id: account(8), place: place(2), name: "周桂兰".to_owned(), employer };
        let taken = book.start(account(8), open.clone(), &Namesake::Somebody, &ctx);
        assert_eq!(taken.unwrap_err(), crate::people::Refusal::Namesake);
        book.start(account(8), open.clone(), &Namesake::Nobody, &ctx).unwrap();
        assert_eq!(book.state::<Account>(account(8)).actor().employer, employer);
        for (role, at) in [(Role::Administrator, 7), (Role::CommunitySecretary, 2)] {
            let other = person(9, role, at);
            let refused = book.start(
                account(9),
                open.clone(),
                &Namesake::Nobody,
                &context(Moment(5), &other, &rules, &path),
            );
            let denied = refused.unwrap_err();
            assert!(matches!(denied.denied(), Some(Denied::Elsewhere | Denied::Role { .. })), "{denied:?}");
        }
    }
}
