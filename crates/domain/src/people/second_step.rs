//! Somebody signs in with a second step beside the password, or with the password alone again.
//! The code and its secret are the office's and stand in no entry.

use super::{Account, AccountEvent, ENTER, Refusal};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::refusal::Common;
use yishi_kernel::{AccountId, Right};

/// Signs in with a second step from now on (开启两步登录).
#[derive(Clone, Debug)]
pub struct SetSecondStep {
    /// A digest of what is kept of it.
    pub proof: String,
    /// That of the one in whose place it is put: nobody replaces one without knowing of it.
    pub instead_of: Option<String>,
}

/// Gets in by a code for whoever lost the telephone (使用备用码).
#[derive(Clone, Copy, Debug)]
pub struct UseSpareCode;

/// Signs in with the password alone again (关闭两步登录).
#[derive(Clone, Copy, Debug)]
pub struct EndSecondStep;

/// Whether the place or one above it asks everyone for a second step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demanded {
    /// It does.
    Yes,
    /// It does not.
    No,
}

impl Command for SetSecondStep {
    type On = Account;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &ENTER
    }

    fn decide(self, on: &Account, (): &(), ctx: &Context) -> Result<Decided<Account>, crate::Refusal> {
        own(on, ctx)?;
        let set = on.second_step.as_ref().map(|proof| proof.get().cloned().unwrap_or_default());
        if set != self.instead_of {
            return Err(Common::Exists.into());
        }
        Ok(Decided::one(AccountEvent::SecondStepSet { proof: self.proof.into() }))
    }
}

impl Command for UseSpareCode {
    type On = Account;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &ENTER
    }

    fn decide(self, on: &Account, (): &(), ctx: &Context) -> Result<Decided<Account>, crate::Refusal> {
        own(on, ctx)?;
        match on.second_step {
            None => Err(Common::Unknown.into()),
            Some(_) => Ok(Decided::one(AccountEvent::SpareCodeUsed {})),
        }
    }
}

impl Command for EndSecondStep {
    type On = Account;
    type Facts = Demanded;

    fn right(&self) -> &'static Right {
        &ENTER
    }

    fn decide(
        self,
        on: &Account,
        demanded: &Demanded,
        ctx: &Context,
    ) -> Result<Decided<Account>, crate::Refusal> {
        own(on, ctx)?;
        match (demanded, &on.second_step) {
            (_, None) => Err(Common::Unknown.into()),
            (Demanded::Yes, Some(_)) => Err(Refusal::SecondStep.into()),
            (Demanded::No, Some(_)) => Ok(Decided::one(AccountEvent::SecondStepEnded {})),
        }
    }
}

/// Nobody changes how somebody else signs in.
fn own(on: &Account, ctx: &Context) -> Result<(), Common> {
    let own: Option<AccountId> = on.id.filter(|id| ctx.actor.account == Some(*id));
    own.map(|_| ()).ok_or(Common::Unknown)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::people::{AccountChange, Invite, Namesake, OpenAccount, Reach, SetCredential};
    use crate::testing::{Book, account, context, person, place, rules};
    use yishi_kernel::{Moment, Role};

    #[test]
    fn only_the_person_sets_it_and_ends_it_where_it_is_not_demanded() {
        let (rules, path) = (rules(), [place(1)]);
        let (admin, own) = (person(7, Role::Administrator, 1), person(8, Role::StreetOfficer, 1));
        let by = |actor| context(Moment(5), actor, &rules, &path);
        let mut book = Book::default();
        let open =
            OpenAccount { id: account(8), place: place(1), name: "秦望舒".to_owned(), employer: None };
        book.start(account(8), open, &Namesake::Nobody, &by(&admin)).unwrap();
        let set = |proof: &str, instead_of: Option<&str>| SetSecondStep {
            proof: proof.to_owned(),
            instead_of: instead_of.map(str::to_owned),
        };
        assert_eq!(book.act(account(8), set("a", None), &(), &by(&admin)).unwrap_err(), Common::Unknown);
        assert_eq!(book.act(account(8), UseSpareCode, &(), &by(&own)).unwrap_err(), Common::Unknown);
        book.act(account(8), set("a", None), &(), &by(&own)).unwrap();
        // Whoever has the password alone puts no other in its place.
        for instead_of in [None, Some("x")] {
            let refused = book.act(account(8), set("b", instead_of), &(), &by(&own));
            assert_eq!(refused.unwrap_err(), Common::Exists);
        }
        book.act(account(8), set("b", Some("a")), &(), &by(&own)).unwrap();
        assert_eq!(book.act(account(8), UseSpareCode, &(), &by(&admin)).unwrap_err(), Common::Unknown);
        book.act(account(8), UseSpareCode, &(), &by(&own)).unwrap();
        let ended = book.act(account(8), EndSecondStep, &Demanded::No, &by(&admin));
        assert_eq!(ended.unwrap_err(), Common::Unknown);
        let ended = book.act(account(8), EndSecondStep, &Demanded::Yes, &by(&own));
        assert_eq!(ended.unwrap_err(), Refusal::SecondStep);
        book.act(account(8), EndSecondStep, &Demanded::No, &by(&own)).unwrap();
        assert_eq!(book.state::<Account>(account(8)).second_step, None);
        // What the person did is told as that; what a link did, as its maker's doing.
        let told = |book: &Book| {
            let changes = book.state::<Account>(account(8)).changes;
            changes.last().map(|change| (change.what, change.by))
        };
        assert_eq!(told(&book), Some((AccountChange::SecondStepEnded, Some(account(8)))));
        book.act(account(8), set("c", None), &(), &by(&own)).unwrap();
        book.act(
            account(8),
            Invite,
            &Reach { paths: vec![vec![place(1)]], keepers: [account(7)].into() },
            &by(&admin),
        )
        .unwrap();
        book.act(account(8), SetCredential { proof: "d".to_owned() }, &(), &by(&own)).unwrap();
        assert_eq!(told(&book), Some((AccountChange::SecondStepEnded, Some(account(7)))));
    }
}
