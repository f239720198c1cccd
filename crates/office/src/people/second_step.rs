//! The second step of signing in: the secret that an app shares, the codes that were used, and
//! those by which somebody gets in who lost the telephone. Entries tell that it was set or ended,
//! and a digest of what counts: whatever else stands in the database lets nobody in. Who signed in
//! so far waits here for the code.

use super::reads::actor;
use super::totp::Secret;
use super::{SignedIn, token};
use crate::{Case, Failure, Load, Office};
use yishi_domain::people::{Account, Demanded, EndSecondStep, SetSecondStep, UseSpareCode};
use yishi_domain::places::SecondStep;
use yishi_kernel::refusal::Common;
use yishi_kernel::text::folded;
use yishi_kernel::{AccountId, PlaceId};
use yishi_store::query::args_and;
use yishi_store::{Db, Fault, args, blobs, query, random_word, row};

/// How long whoever gave the password may take for the code, in seconds.
const WAITS: i64 = 600;
/// How many codes there are for whoever loses the telephone.
const SPARE: usize = 10;

row! {
    /// What is kept of a second step.
    pub(super) Kept, from "second_step" {
        secret: String,
        spare: String,
    }
}

row! {
    /// A secret, and whose it is.
    Sealed, from "second_step" {
        account: AccountId,
        secret: String,
    }
}

query! {
    SEALED: Sealed => "order by account", scans "one of each who signs in with a second step";
    SET: () = "insert into second_step (account, proof, secret, spare) values (?1, ?2, ?3, ?4)";
    KEPT: Kept => "where account = ?1 and proof = ?2";
    DROP: () = "delete from second_step where account = ?1 and proof = ?2";
    DROP_OTHERS: () = "delete from second_step where account = ?1 and proof <> ?2";
    SPEND: () = "insert into spent_code (account, code, at) values (?1, ?2, ?3)";
    SPENT: String = "select code from spent_code where account = ?1";
    SWEEP_SPENT: () = "delete from spent_code where account = ?1 and code >= 'step' and at < ?2";
    END: () = "delete from second_step where account = ?1";
    END_SPENT: () = "delete from spent_code where account = ?1";
    WAIT: () = "insert into half_session (token, account, ledger, expires) values (?1, ?2, ?3, ?4)";
    SWEEP: () = "delete from half_session where account = ?1 and expires <= ?2";
    WAITING: SignedIn => "from half_session where token = ?1 and expires > ?2";
    OVER: () = "delete from half_session where account = ?1";
    DEMANDED: i64 = "select count(*) from place where id in (?2, …) and second_step = ?1";
}

/// What an entry says of what is kept.
fn proof_of(kept: &Kept) -> String {
    blobs::digest_of(format!("second-step/{}/{}", kept.secret, kept.spare).as_bytes())
}

/// What is kept of the second step that an entry tells of, unless somebody changed it since.
pub(super) async fn kept(db: &Db, of: AccountId, proof: &str) -> Result<Option<Kept>, Fault> {
    let kept = KEPT.first(db, &args![of, proof]).await?;
    Ok(kept.filter(|kept| proof_of(kept) == proof))
}

/// Whether a place on the path asks everyone for it.
async fn demanded(db: &Db, path: &[PlaceId]) -> Result<Demanded, Fault> {
    let asked = args_and(args![SecondStep::Required], path.iter().copied());
    let count = DEMANDED.first(db, &asked).await?.unwrap_or_default();
    Ok(if count > 0 { Demanded::Yes } else { Demanded::No })
}

impl Load<EndSecondStep> for Demanded {
    async fn load(case: &mut Case<'_>, _: &EndSecondStep) -> Result<Self, Failure> {
        let path = case.path_of(None).await?;
        Ok(demanded(case.db(), &path).await?)
    }
}

impl Office {
    /// What is wrong with the key that second steps are sealed with, where there are any.
    pub(crate) async fn wrong_key_of_second_steps(&self) -> Result<Option<Fault>, Fault> {
        for Sealed { account, secret } in SEALED.all(&self.db, &[]).await? {
            match self.keys.unseal(&account.to_string(), &secret) {
                Ok(_) => {}
                Err(fault @ Fault::Sealing(_)) => return Ok(Some(fault)),
                Err(fault) => return Err(fault),
            }
        }
        Ok(None)
    }

    /// The digest of somebody's second step, where one is set.
    pub async fn second_step_of(&self, who: &SignedIn) -> Result<Option<String>, Fault> {
        let account = self.load::<Account>(who.ledger, &who.account.into()).await?.state;
        let set = account.and_then(|account| account.second_step);
        Ok(set.map(|proof| proof.get().cloned().unwrap_or_default()))
    }

    /// Whether somebody signs in with a second step.
    pub async fn has_second_step(&self, who: &SignedIn) -> Result<bool, Fault> {
        Ok(self.second_step_of(who).await?.is_some())
    }

    /// How many codes are left for when the telephone is lost.
    pub async fn spare_codes_left(&self, who: &SignedIn) -> Result<usize, Fault> {
        let Some(proof) = self.second_step_of(who).await? else { return Ok(0) };
        let Some(kept) = kept(&self.db, who.account, &proof).await? else { return Ok(0) };
        let spent = SPENT.all(&self.db, &args![who.account]).await?;
        Ok(kept.spare.split(' ').filter(|code| spent.iter().all(|one| one != code)).count())
    }

    /// Whether everyone whose account a ledger keeps must.
    ///
    /// # Errors
    /// When there is no such ledger.
    pub async fn demands_second_step(&self, ledger: PlaceId) -> Result<Demanded, Failure> {
        let path = self.path_at(ledger).await?;
        Ok(demanded(&self.db, &path).await?)
    }

    /// Sets the second step of an account, and answers the codes for whoever loses the telephone:
    /// only their digests are kept. One that is set already is replaced only by whoever names its
    /// digest; the caller has asked for the password then.
    ///
    /// # Errors
    /// When another one is set.
    pub async fn set_second_step(
        &self,
        who: &SignedIn,
        secret: &Secret,
        instead_of: Option<String>,
    ) -> Result<Vec<String>, Failure> {
        let own = actor(&self.db, who.account).await?.ok_or(Common::Unknown)?;
        let codes = (0..SPARE).map(|_| random_word(10)).collect::<Result<Vec<_>, _>>()?;
        let spare = codes.iter().map(|code| token(code)).collect::<Vec<_>>().join(" ");
        let kept = Kept { secret: self.keys.seal(&who.account.to_string(), &secret.text())?, spare };
        let proof = proof_of(&kept);
        // It counts from its entry on: whoever stops in between has none, or the one of before.
        let set = SET.with(args![who.account, proof.clone(), kept.secret, kept.spare]);
        self.db.execute(vec![set]).await?;
        let command = SetSecondStep { proof: proof.clone(), instead_of };
        if let Err(failure) = self.act(&own, who.ledger, who.account, command).await {
            self.db.execute(vec![DROP.with(args![who.account, proof])]).await?;
            return Err(failure);
        }
        let old = vec![DROP_OTHERS.with(args![who.account, proof]), END_SPENT.with(args![who.account])];
        self.db.execute(old).await?;
        Ok(codes)
    }

    /// Ends it. The caller has asked for the password.
    ///
    /// # Errors
    /// When it is not set, or the place asks everyone for it.
    pub async fn end_second_step(&self, who: &SignedIn) -> Result<(), Failure> {
        let own = actor(&self.db, who.account).await?.ok_or(Common::Unknown)?;
        self.act(&own, who.ledger, who.account, EndSecondStep).await?;
        Ok(self.forget_second_step(who.account).await?)
    }

    /// Nothing is kept of it, and nobody is waited for.
    pub(super) async fn forget_second_step(&self, of: AccountId) -> Result<(), Fault> {
        self.db.execute([&END, &END_SPENT, &OVER].map(|query| query.with(args![of])).to_vec()).await
    }

    /// Whether a code is right, and was not used before; it is used up by this.
    ///
    /// # Errors
    /// When the key is not there that its secret is sealed with, or another one is
    /// ([`Fault::Sealing`]): spare codes are taken all the same, and a new link ends the second step.
    pub async fn takes_code(&self, who: &SignedIn, typed: &str) -> Result<bool, Failure> {
        let Some(proof) = self.second_step_of(who).await? else { return Ok(false) };
        let Some(kept) = kept(&self.db, who.account, &proof).await? else {
            tracing::error!("a second step of signing in is not as it was set; verify the store");
            return Ok(false);
        };
        let word: String = folded(typed).chars().filter(char::is_ascii_alphanumeric).collect();
        let spare = Some(token(&word)).filter(|code| kept.spare.split(' ').any(|one| one == code));
        let is_spare = spare.is_some();
        let code = match spare {
            Some(code) => code,
            None => {
                let secret = self.keys.unseal(&who.account.to_string(), &kept.secret);
                let secret =
                    secret.inspect_err(|fault| tracing::error!(%fault, "a code cannot be checked"))?;
                let secret = Secret::parse(&secret).ok_or_else(|| Fault::unreadable("a second step"))?;
                let Some(step) = secret.step(typed, self.now()) else { return Ok(false) };
                format!("step {step}")
            }
        };
        let spent = async || SPENT.all(&self.db, &args![who.account]).await.map(|all| all.contains(&code));
        if spent().await? {
            return Ok(false);
        }
        // The key of the table lets one of several in that come at once.
        let now = self.now();
        let old = SWEEP_SPENT.with(args![who.account, now.plus_seconds(-WAITS)]);
        match self.db.execute(vec![old, SPEND.with(args![who.account, code.clone(), now])]).await {
            Ok(()) => {}
            Err(_) if spent().await? => return Ok(false),
            Err(fault) => return Err(fault.into()),
        }
        if is_spare {
            let own = actor(&self.db, who.account).await?.ok_or(Common::Unknown)?;
            self.act(&own, who.ledger, who.account, UseSpareCode).await?;
        }
        Ok(true)
    }

    /// Notes that somebody gave the right password, and answers the word by which the code is
    /// waited for; only its digest is kept.
    pub async fn wait_for_code(&self, who: &SignedIn) -> Result<String, Fault> {
        let (word, now) = (random_word(26)?, self.now());
        let sweep = SWEEP.with(args![who.account, now]);
        let wait = WAIT.with(args![token(&word), who.account, who.ledger, now.plus_seconds(WAITS)]);
        self.db.execute(vec![sweep, wait]).await?;
        Ok(word)
    }

    /// Who gave the right password and is waited for under this word.
    pub async fn waited_for(&self, word: &str) -> Result<Option<SignedIn>, Fault> {
        WAITING.first(&self.db, &args![token(word), self.now()]).await
    }

    /// Nobody is waited for any more.
    pub async fn waits_no_more(&self, of: AccountId) -> Result<(), Fault> {
        self.db.execute(vec![OVER.with(args![of])]).await
    }
}
