//! How somebody gets in: one-time links, passwords and sessions. Password hashing is the web's
//! business; only hashes are kept here. Nothing of this is of a ledger.

use super::reads::account;
use crate::{Failure, Office};
use yishi_kernel::refusal::Common;
use yishi_kernel::{AccountId, Moment, PlaceId};
use yishi_store::{Fault, args, blobs, query, random_word, row};

/// How long a one-time link works, in seconds.
const INVITATION_SECONDS: i64 = 7 * 86_400;
/// How long a session lasts, in seconds.
const SESSION_SECONDS: i64 = 12 * 3_600;

/// A one-time link to set a password with; only its digest is stored.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The random word of the link.
    pub word: String,
    /// Until when it works.
    pub expires: Moment,
}

row! {
    /// Somebody who has a session.
    pub SignedIn {
        /// The account.
        account: AccountId,
        /// The ledger that keeps it.
        ledger: PlaceId,
    }
}

row! {
    Credential, from "credential" {
        account: AccountId,
        ledger: PlaceId,
        hash: String,
    }
}

query! {
    INVITE: () = "insert into invitation (token, account, ledger, expires) values (?1, ?2, ?3, ?4)";
    INVITED: SignedIn => "from invitation where token = ?1 and used is null and expires > ?2";
    USE: () = "update invitation set used = ?2 where token = ?1 and used is null";
    FORGET: () = "delete from credential where account = ?1";
    SET: () = "insert into credential (username, account, ledger, hash) values (?1, ?2, ?3, ?4)";
    CREDENTIAL: Credential => "where username = ?1";
    SWEEP: () = "delete from session where account = ?1 and expires <= ?2";
    START: () = "insert into session (token, account, ledger, created, expires) values (?1, ?2, ?3, ?4, ?5)";
    SESSION: SignedIn => "from session where token = ?1 and expires > ?2";
    END: () = "delete from session where token = ?1";
    UNINVITE: () = "delete from invitation where account = ?1";
    END_ALL: () = "delete from session where account = ?1";
}

/// Words of links and cookies are stored as their digests only.
fn token(word: &str) -> String {
    blobs::digest_of(word.as_bytes())
}

impl Office {
    /// Makes a one-time link with which the person sets a password.
    ///
    /// # Errors
    /// When the account is unknown.
    pub async fn invite(&self, id: AccountId) -> Result<Invitation, Failure> {
        let ledger = account(&self.db, id).await?.ok_or(Common::Unknown)?.ledger;
        let word = random_word(26)?;
        let expires = self.now().plus_seconds(INVITATION_SECONDS);
        self.db.execute(vec![INVITE.with(args![token(&word), id, ledger, expires])]).await?;
        Ok(Invitation { word, expires })
    }

    /// The account a one-time link belongs to, while it works.
    pub async fn invited(&self, word: &str) -> Result<Option<SignedIn>, Fault> {
        INVITED.first(&self.db, &args![token(word), self.now()]).await
    }

    /// Uses a one-time link up: sets user name and password hash, and ends all sessions.
    ///
    /// # Errors
    /// When the link does not work any more, or the user name is taken.
    pub async fn accept_invitation(
        &self,
        word: &str,
        username: &str,
        hash: &str,
    ) -> Result<SignedIn, Failure> {
        let who = self.invited(word).await?.ok_or(Common::Unknown)?;
        if self.credential(username).await?.is_some_and(|(owner, _)| owner.account != who.account) {
            return Err(Common::Exists.into());
        }
        self.set_credential(&who, username, hash).await?;
        self.db.execute(vec![USE.with(args![token(word), self.now()])]).await?;
        Ok(who)
    }

    /// Sets user name and password hash of an account and ends its sessions.
    ///
    /// # Errors
    /// When the user name is taken.
    pub async fn set_credential(&self, who: &SignedIn, username: &str, hash: &str) -> Result<(), Failure> {
        let set = SET.with(args![username, who.account, who.ledger, hash]);
        let (forget, end) = (FORGET.with(args![who.account]), END_ALL.with(args![who.account]));
        self.db.execute(vec![forget, set, end]).await?;
        Ok(())
    }

    /// Nobody gets in with an account any more: its password, sessions and links are gone.
    pub(crate) async fn shut_out(&self, id: AccountId) -> Result<(), Fault> {
        let gone = [FORGET.with(args![id]), END_ALL.with(args![id]), UNINVITE.with(args![id])];
        self.db.execute(gone.into()).await
    }

    /// The account and password hash of a user name.
    pub async fn credential(&self, username: &str) -> Result<Option<(SignedIn, String)>, Fault> {
        let found = CREDENTIAL.first(&self.db, &args![username]).await?;
        Ok(found.map(|Credential { account, ledger, hash }| (SignedIn { account, ledger }, hash)))
    }

    /// Starts a session and returns its word, for the cookie; only its digest is stored.
    pub async fn start_session(&self, who: &SignedIn) -> Result<String, Fault> {
        let word = random_word(26)?;
        let now = self.now();
        let expires = now.plus_seconds(SESSION_SECONDS);
        let sweep = SWEEP.with(args![who.account, now]);
        let start = START.with(args![token(&word), who.account, who.ledger, now, expires]);
        self.db.execute(vec![sweep, start]).await?;
        Ok(word)
    }

    /// Who has the session of a cookie's word.
    pub async fn session(&self, word: &str) -> Result<Option<SignedIn>, Fault> {
        SESSION.first(&self.db, &args![token(word), self.now()]).await
    }

    /// Ends a session.
    pub async fn end_session(&self, word: &str) -> Result<(), Fault> {
        self.db.execute(vec![END.with(args![token(word)])]).await
    }
}
