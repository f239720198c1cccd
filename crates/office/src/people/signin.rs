//! How somebody gets in: one-time links, passwords and sessions. That a link was made or a
//! password set is an entry (the domain's `invite`); what is kept here beside it is of no
//! ledger. Password hashing is the web's business; only hashes are kept.

use super::reads::actor;
use crate::places::reads::path_at;
use crate::{Failure, Office};
use std::collections::BTreeSet;
use yishi_domain::people::{self, Account, AccountChange, Invite, SetCredential};
use yishi_kernel::refusal::Common;
use yishi_kernel::text::skeleton;
use yishi_kernel::{AccountId, Actor, Moment, PlaceId};
use yishi_store::query::args_and;
use yishi_store::{Fault, args, blobs, query, random_word, row};

/// How long a browser is known after the last sign-in in it, in seconds.
const KNOWN_SECONDS: i64 = 365 * 86_400;
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

row! {
    /// What is kept of a sign-in.
    pub(crate) KeptCredential, from "credential" {
        username: String,
        hash: String,
    }
}

query! {
    INVITE: () = "insert into invitation (token, account, ledger, expires) values (?1, ?2, ?3, ?4)
         on conflict (token) do update set expires = excluded.expires";
    INVITED: SignedIn => "from invitation where token = ?1 and expires > ?2";
    END_LINKS: () = "delete from invitation where account = ?1";
    FORGET: () = "delete from credential where account = ?1";
    SET: () = "insert into credential (username, skeleton, account, ledger, hash, seen)
         values (?1, ?2, ?3, ?4, ?5, ?6)";
    NEWS: i64 = "select count(*) from account_change c join credential k on k.account = c.id
         where c.id = ?1 and c.at > k.seen and (c.who is null or c.who <> c.id)";
    SAW: () = "update credential set seen = ?2 where account = ?1";
    KNOW: () = "insert into known_browser (account, token, at) values (?1, ?2, ?3)
         on conflict (account, token) do update set at = excluded.at";
    KNOWN: i64 = "select count(*) from known_browser where account = ?1 and token = ?2 and at > ?3";
    FORGET_OLD: () = "delete from known_browser where account = ?1 and at <= ?2";
    FORGET_BROWSERS: () = "delete from known_browser where account = ?1";
    LOOKS: i64 = "select count(*) from credential where skeleton = ?1";
    CREDENTIAL: Credential => "where username = ?1";
    /// All of an account: there is one, unless somebody put another one in.
    pub(crate) KEPT: KeptCredential => "where account = ?1 order by username", sorts "one account's";
    USERNAME: String = "select username from credential where account = ?1";
    NAMED: AccountId = "select account from credential where account in (?1, …)";
    SWEEP: () = "delete from session where account = ?1 and expires <= ?2";
    START: () = "insert into session (token, account, ledger, created, expires) values (?1, ?2, ?3, ?4, ?5)";
    SESSION: SignedIn => "from session where token = ?1 and expires > ?2";
    END: () = "delete from session where token = ?1";
    END_ALL: () = "delete from session where account = ?1";
}

/// Words of links and cookies are stored as their digests only.
pub(super) fn token(word: &str) -> String {
    blobs::digest_of(word.as_bytes())
}

/// What an entry says of a sign-in: it tells nobody the name or the hash.
pub(crate) fn proof_of(username: &str, hash: &str) -> String {
    blobs::digest_of(format!("credential/{username}/{hash}").as_bytes())
}

impl Office {
    /// Makes a one-time link with which the person sets a password; those made before work no
    /// more. None where a second keeper of accounts must confirm it first.
    ///
    /// # Errors
    /// When the account is unknown, or the actor may not.
    pub async fn invite(&self, actor: &Actor, id: AccountId) -> Result<Option<Invitation>, Failure> {
        let ledger = self.ledger_of_account(id).await?;
        self.act(actor, ledger, id, Invite).await?;
        if self.load::<Account>(ledger, &id.into()).await?.must()?.waiting(self.now()).is_some() {
            return Ok(None);
        }
        self.new_link(id, ledger).await.map(Some)
    }

    /// The same for whoever runs the program on the machine: the first administrator's link, and
    /// the way back in when nobody is left who could make or confirm one.
    ///
    /// # Errors
    /// When the account is unknown.
    pub async fn invite_by_machine(&self, id: AccountId) -> Result<Invitation, Failure> {
        let ledger = self.ledger_of_account(id).await?;
        let path = path_at(&self.db, ledger).await?;
        // The largest place: whatever roles the person holds lie below it.
        let top = path.first().copied().unwrap_or(ledger);
        self.act(&Actor::system(top), ledger, id, Invite).await?;
        self.new_link(id, ledger).await
    }

    /// Whether a link was ever made for an account, or asked for.
    pub async fn was_invited(&self, ledger: PlaceId, id: AccountId) -> Result<bool, Failure> {
        let loaded = self.load::<Account>(ledger, &id.into()).await?;
        let account = loaded.must()?;
        let made = |what| matches!(what, AccountChange::Invited | AccountChange::Asked);
        Ok(account.changes.iter().any(|change| made(change.what) && change.role.is_none()))
    }

    /// Writes a link down that the ledger tells of already.
    pub(super) async fn new_link(&self, id: AccountId, ledger: PlaceId) -> Result<Invitation, Failure> {
        let word = self.word_for(&format!("link/{id}"), 26)?;
        let invited = self.load::<Account>(ledger, &id.into()).await?.must()?.invited;
        let expires = invited.ok_or(people::Refusal::LinkOver)?;
        let (end, new) = (END_LINKS.with(args![id]), INVITE.with(args![token(&word), id, ledger, expires]));
        self.db.execute(vec![end, new]).await?;
        Ok(Invitation { word, expires })
    }

    /// The account a one-time link belongs to, while it works.
    pub async fn invited(&self, word: &str) -> Result<Option<SignedIn>, Fault> {
        INVITED.first(&self.db, &args![token(word), self.now()]).await
    }

    /// The name an account signs in with, if it has one.
    pub async fn username(&self, of: AccountId) -> Result<Option<String>, Fault> {
        USERNAME.first(&self.db, &args![of]).await
    }

    /// Which of these accounts have a name to sign in with.
    pub async fn with_username(&self, of: &[AccountId]) -> Result<BTreeSet<AccountId>, Fault> {
        if of.is_empty() {
            return Ok(BTreeSet::new());
        }
        Ok(NAMED.all(&self.db, &args_and([], of.iter().copied())).await?.into_iter().collect())
    }

    /// Uses a one-time link up: sets the password's hash, and the user name where there was none
    /// before; ends every link and session of the account, and forgets its browsers.
    ///
    /// # Errors
    /// When the link does not work any more, or the user name is taken, or looks like one that is.
    pub async fn accept_invitation(
        &self,
        word: &str,
        username: &str,
        hash: &str,
    ) -> Result<SignedIn, Failure> {
        let who = self.invited(word).await?.ok_or(Common::Unknown)?;
        let kept = self.username(who.account).await?;
        let looks = LOOKS.first(&self.db, &args![skeleton(username)]).await?.unwrap_or_default();
        if kept.is_none() && looks > 0 {
            return Err(Common::Exists.into());
        }
        let username = kept.unwrap_or_else(|| username.to_owned());
        let actor = actor(&self.db, who.account).await?.ok_or(Common::Unknown)?;
        // The entry comes first and happens once: whoever uses the link at the same time is refused.
        let proof = proof_of(&username, hash);
        self.act(&actor, who.ledger, who.account, SetCredential { proof }).await?;
        let looks = skeleton(&username);
        let set = SET.with(args![username, looks, who.account, who.ledger, hash, self.now()]);
        let old =
            [&FORGET, &END_LINKS, &END_ALL, &FORGET_BROWSERS].map(|query| query.with(args![who.account]));
        self.db.execute(old.into_iter().chain([set]).collect()).await?;
        self.forget_second_step(who.account).await?;
        Ok(who)
    }

    /// Nobody gets in with an account any more: its password, second step, sessions, links and
    /// known browsers are gone.
    pub(crate) async fn shut_out(&self, id: AccountId) -> Result<(), Fault> {
        let gone =
            [&FORGET, &END_ALL, &END_LINKS, &FORGET_BROWSERS].map(|statement| statement.with(args![id]));
        self.db.execute(gone.into()).await?;
        self.forget_second_step(id).await
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

    /// Whether others changed something about the account since its last sign-in; it is told
    /// once.
    pub async fn has_news(&self, who: &SignedIn) -> Result<bool, Fault> {
        let news = NEWS.first(&self.db, &args![who.account]).await?.unwrap_or_default() > 0;
        self.db.execute(vec![SAW.with(args![who.account, self.now()])]).await?;
        Ok(news)
    }

    /// Remembers a browser in which an account signed in, by the word that it has or gets now.
    pub async fn know_browser(&self, who: &SignedIn, word: Option<&str>) -> Result<String, Fault> {
        let (word, now) = (word.map_or_else(|| random_word(26), |word| Ok(word.to_owned()))?, self.now());
        let old = FORGET_OLD.with(args![who.account, now.plus_seconds(-KNOWN_SECONDS)]);
        self.db.execute(vec![old, KNOW.with(args![who.account, token(&word), now])]).await?;
        Ok(word)
    }

    /// Whether the account signed in before in the browser with this word.
    pub async fn knows_browser(&self, who: &SignedIn, word: &str) -> Result<bool, Fault> {
        let since = self.now().plus_seconds(-KNOWN_SECONDS);
        let known = KNOWN.first(&self.db, &args![who.account, token(word), since]).await?;
        Ok(known.unwrap_or_default() > 0)
    }

    /// Ends a session.
    pub async fn end_session(&self, word: &str) -> Result<(), Fault> {
        self.db.execute(vec![END.with(args![token(word)])]).await
    }
}
