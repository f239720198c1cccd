//! What people sign in with, against what the entries say was set: whoever puts another password
//! into the database, another name for it, or another second step, is found out.

use super::second_step;
use super::signin::{KEPT, proof_of};
use crate::recount::{Found, Recount};
use yishi_domain::people::Account;
use yishi_kernel::{PlaceId, Sealed, Stream as _, StreamName};
use yishi_store::{Db, args, load};

/// Sign-ins of accounts.
#[derive(Debug)]
pub(crate) struct Credentials;

impl Recount for Credentials {
    fn kind(&self) -> &'static str {
        Account::KIND
    }

    fn recount<'a>(&'a self, db: &'a Db, ledger: PlaceId, stream: &'a StreamName) -> Found<'a> {
        Box::pin(async move {
            let Some(account) = load::<Account>(db, ledger, stream).await?.state else {
                return Ok(Vec::new());
            };
            // One whose owner was erased signs in no more, and neither is known.
            let Some(id) = account.id else { return Ok(Vec::new()) };
            if account.proof.as_ref().is_some_and(|proof| proof.get().is_none()) {
                return Ok(Vec::new());
            }
            let set = account.proof.as_ref().and_then(Sealed::get);
            let kept = KEPT.all(db, &args![id]).await?;
            if set.is_some() && account.closed.is_none() && kept.is_empty() {
                return Ok(vec!["somebody set a password and has none: it was taken out of the database; send the person a new link, after finding out who took it out".to_owned()]);
            }
            let others = kept.iter().filter(|one| set != Some(&proof_of(&one.username, &one.hash)));
            let mut told: Vec<String> = others.map(|_| {
                "somebody signs in with another name or password than was set by the link; send the person a new link, after finding out who changed it".to_owned()
            }).collect();
            if let Some(proof) = account.second_step.as_ref().and_then(Sealed::get)
                && second_step::kept(db, id, proof).await?.is_none()
            {
                told.push("the second step of somebody's sign-in is not the one that was set; send the person a new link, after finding out who changed it".to_owned());
            }
            Ok(told)
        })
    }
}
