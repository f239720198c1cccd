//! Commands about organisations, accounts and roles, and how somebody gets in: one-time
//! links and sessions. Password hashing is the web's business; only hashes are kept here.

use super::{Batch, Failure, Office, founded};
use crate::reads::people::account;
use crate::reads::places::{path_of, place};
use crate::{Fault, Value};
use uuid::Uuid;
use yishi_domain::people::{self, Account, Organisation, OrganisationKind, Scope};
use yishi_domain::{AccountId, Actor, Moment, OrganisationId, PlaceId, Refusal, Role};

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

/// Somebody who has a session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The account.
    pub account: AccountId,
    /// The ledger that keeps it.
    pub ledger: PlaceId,
}

impl Office {
    /// The first administrator of a place: `yishi init`.
    ///
    /// # Errors
    /// When the name is not fit or the store fails.
    pub async fn found_administrator(&self, at: PlaceId, name: &str) -> Result<AccountId, Failure> {
        let now = self.now();
        let id = AccountId(Uuid::new_v4());
        let events = people::found(id, name, at, now)?;
        self.record_new::<Account>(at, id.into(), founded(events)).await?;
        Ok(id)
    }

    /// Opens an organisation that a place covers.
    ///
    /// # Errors
    /// When the actor may not or the name is not fit.
    pub async fn open_organisation(
        &self,
        actor: &Actor,
        at: PlaceId,
        kind: OrganisationKind,
        name: &str,
    ) -> Result<OrganisationId, Failure> {
        let row = place(&self.db, at).await?.ok_or(Refusal::Unknown)?;
        let id = OrganisationId(Uuid::now_v7());
        let decision = people::open_organisation(kind, name, &row.path, actor, self.now())?;
        self.record_new::<Organisation>(row.ledger, id.into(), decision).await?;
        Ok(id)
    }

    /// Opens an account in the ledger of a place.
    ///
    /// # Errors
    /// When the actor may not or the name is not fit.
    pub async fn open_account(
        &self,
        actor: &Actor,
        at: PlaceId,
        name: &str,
        employer: Option<OrganisationId>,
    ) -> Result<AccountId, Failure> {
        let row = place(&self.db, at).await?.ok_or(Refusal::Unknown)?;
        let id = AccountId(Uuid::new_v4());
        let decision = people::open_account(id, name, employer, &row.path, actor, self.now())?;
        self.record_new::<Account>(row.ledger, id.into(), decision).await?;
        Ok(id)
    }

    /// Gives a role for a time.
    ///
    /// # Errors
    /// When the actor may not, or the role does not fit the place.
    #[expect(clippy::too_many_arguments, reason = "each is one fact of the role")]
    pub async fn grant(
        &self,
        actor: &Actor,
        to: AccountId,
        role: Role,
        at: PlaceId,
        organisation: Option<OrganisationId>,
        from: Moment,
        until: Option<Moment>,
    ) -> Result<(), Failure> {
        let scope = self.scope(at, organisation).await?;
        self.change_account(to, |account, now| people::grant(account, role, &scope, from, until, actor, now))
            .await
    }

    /// Ends a role now.
    ///
    /// # Errors
    /// When the actor may not, or the account does not hold it.
    pub async fn revoke(
        &self,
        actor: &Actor,
        from: AccountId,
        role: Role,
        at: PlaceId,
    ) -> Result<(), Failure> {
        let scope = self.scope(at, None).await?;
        self.change_account(from, |account, now| people::revoke(account, role, &scope, actor, now)).await
    }

    async fn scope(&self, at: PlaceId, organisation: Option<OrganisationId>) -> Result<Scope, Failure> {
        let row = place(&self.db, at).await?.ok_or(Refusal::Unknown)?;
        let building = self.building_of(&row).await?;
        let path = path_of(&self.db, &row).await?;
        Ok(Scope { place: at, kind: row.kind, building, path, organisation })
    }

    async fn change_account(
        &self,
        id: AccountId,
        decide: impl Fn(
            &Account,
            Moment,
        ) -> Result<yishi_domain::matters::Decision<people::AccountEvent>, Refusal>,
    ) -> Result<(), Failure> {
        let ledger = account(&self.db, id).await?.ok_or(Refusal::Unknown)?.ledger;
        self.carry_out(|| async {
            let now = self.now();
            let mut loaded = self.load::<Account>(ledger, &id.into()).await?;
            let decision = decide(&loaded.state, now)?;
            let mut batch = Batch::new(ledger, now);
            batch.record(id, &mut loaded, decision)?;
            Ok(self.append(batch).await?.done(()))
        })
        .await
    }

    /// Makes a one-time link with which the person sets a password.
    ///
    /// # Errors
    /// When the account is unknown or the store fails.
    pub async fn invite(&self, id: AccountId) -> Result<Invitation, Failure> {
        let ledger = account(&self.db, id).await?.ok_or(Refusal::Unknown)?.ledger;
        let word = crate::random_word(26)?;
        let expires = self.now().plus_seconds(INVITATION_SECONDS);
        const INVITE: &str =
            "insert into invitation (token, account, ledger, expires) values (?1, ?2, ?3, ?4)";
        let row = vec![
            Value::from(crate::blobs::digest_of(word.as_bytes())),
            Value::from(id.0),
            Value::from(ledger.0),
            Value::Int(expires.0),
        ];
        self.db.execute(vec![(INVITE, row)]).await?;
        Ok(Invitation { word, expires })
    }

    /// The account a one-time link belongs to, while it works.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn invited(&self, word: &str) -> Result<Option<SignedIn>, Fault> {
        const FIND: &str =
            "select account, ledger from invitation where token = ?1 and used is null and expires > ?2";
        let key = [Value::from(crate::blobs::digest_of(word.as_bytes())), Value::Int(self.now().0)];
        let row = self.db.row(FIND, &key).await?;
        row.map(|row| Ok(SignedIn { account: AccountId(row.uuid(0)?), ledger: PlaceId(row.uuid(1)?) }))
            .transpose()
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
        let who = self.invited(word).await?.ok_or(Refusal::Unknown)?;
        if self.credential(username).await?.is_some_and(|(owner, _)| owner.account != who.account) {
            return Err(Refusal::Exists.into());
        }
        self.set_credential(&who, username, hash).await?;
        const USE: &str = "update invitation set used = ?2 where token = ?1 and used is null";
        let key = vec![Value::from(crate::blobs::digest_of(word.as_bytes())), Value::Int(self.now().0)];
        self.db.execute(vec![(USE, key)]).await?;
        Ok(who)
    }

    /// Sets user name and password hash of an account and ends its sessions.
    ///
    /// # Errors
    /// When the store fails or the user name is taken.
    pub async fn set_credential(&self, who: &SignedIn, username: &str, hash: &str) -> Result<(), Failure> {
        const FORGET: &str = "delete from credential where account = ?1";
        const SET: &str = "insert into credential (username, account, ledger, hash) values (?1, ?2, ?3, ?4)";
        const END: &str = "delete from session where account = ?1";
        let account = || Value::from(who.account.0);
        let row = vec![Value::from(username), account(), Value::from(who.ledger.0), Value::from(hash)];
        self.db.execute(vec![(FORGET, vec![account()]), (SET, row), (END, vec![account()])]).await?;
        Ok(())
    }

    /// The account and password hash of a user name.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn credential(&self, username: &str) -> Result<Option<(SignedIn, String)>, Fault> {
        const FIND: &str = "select account, ledger, hash from credential where username = ?1";
        let row = self.db.row(FIND, &[Value::from(username)]).await?;
        row.map(|row| {
            let who = SignedIn { account: AccountId(row.uuid(0)?), ledger: PlaceId(row.uuid(1)?) };
            Ok((who, row.text(2)?.to_owned()))
        })
        .transpose()
    }

    /// Starts a session and returns its word, for the cookie; only its digest is stored.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn start_session(&self, who: &SignedIn) -> Result<String, Fault> {
        let word = crate::random_word(26)?;
        let now = self.now();
        const START: &str =
            "insert into session (token, account, ledger, created, expires) values (?1, ?2, ?3, ?4, ?5)";
        const SWEEP: &str = "delete from session where account = ?1 and expires <= ?2";
        let row = vec![
            Value::from(crate::blobs::digest_of(word.as_bytes())),
            Value::from(who.account.0),
            Value::from(who.ledger.0),
            Value::Int(now.0),
            Value::Int(now.plus_seconds(SESSION_SECONDS).0),
        ];
        let sweep = vec![Value::from(who.account.0), Value::Int(now.0)];
        self.db.execute(vec![(SWEEP, sweep), (START, row)]).await?;
        Ok(word)
    }

    /// Who has the session of a cookie's word.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn session(&self, word: &str) -> Result<Option<SignedIn>, Fault> {
        const FIND: &str = "select account, ledger from session where token = ?1 and expires > ?2";
        let key = [Value::from(crate::blobs::digest_of(word.as_bytes())), Value::Int(self.now().0)];
        let row = self.db.row(FIND, &key).await?;
        row.map(|row| Ok(SignedIn { account: AccountId(row.uuid(0)?), ledger: PlaceId(row.uuid(1)?) }))
            .transpose()
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn end_session(&self, word: &str) -> Result<(), Fault> {
        const END: &str = "delete from session where token = ?1";
        self.db.execute(vec![(END, vec![Value::from(crate::blobs::digest_of(word.as_bytes()))])]).await?;
        Ok(())
    }
}
