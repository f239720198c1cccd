//! People and organisations: their tables, who holds which role where, and how somebody gets in.
//! What may be changed about them is decided in the domain.

pub mod bodies;
pub mod capacities;
pub mod desks;
pub(crate) mod facts;
pub mod reads;
pub(crate) mod recount;
pub mod roster;
pub mod second_step;
pub mod signin;
pub(crate) mod tables;
mod totp;
pub(crate) mod traces;

use signin::token;
pub use signin::{Invitation, SignedIn};
pub use totp::Secret;

use crate::Batch;
use crate::act::Try;
use crate::endings::Ending;
use crate::{Failure, Office};
use reads::{account, organisation};
use uuid::Uuid;
use yishi_domain::people::{
    self, Account, CloseAccount, CloseOrganisation, Confirm, Decline, GrantRole, OpenAccount,
    OpenOrganisation, OrganisationKind, RevokeRole,
};
use yishi_kernel::refusal::Common;
use yishi_kernel::{AccountId, Actor, Heir, HolderKey, Loaded, OrganisationId, PlaceId, Role, Stamped};
use yishi_store::Fault;

impl Office {
    /// The first administrator of a place: `yishi init`.
    ///
    /// # Errors
    /// When the name is not fit.
    pub async fn found_administrator(&self, at: PlaceId, name: &str) -> Result<AccountId, Failure> {
        let now = self.now();
        let id = AccountId(Uuid::new_v4());
        let events = people::found(id, name, at, now)?;
        let events = events.into_iter().map(|what| Stamped { time: now, by: None, what }).collect();
        let mut batch = Batch::new(at, now);
        batch.record(&id.into(), &mut Loaded::<Account>::default(), Role::Administrator, events)?;
        match self.append(batch).await? {
            Try::Done(()) => Ok(id),
            Try::Again => Err(Fault::Busy.into()),
        }
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
        let ledger = self.ledger_of(at).await?;
        let id = OrganisationId(self.id_of("organisation"));
        let command = OpenOrganisation { place: at, kind, name: name.to_owned() };
        self.start_by_form(actor, ledger, id, command).await?;
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
        let ledger = self.ledger_of(at).await?;
        let id = AccountId(self.timeless_id_of("account"));
        let command = OpenAccount { id, place: at, name: name.to_owned(), employer };
        self.start_by_form(actor, ledger, id, command).await?;
        Ok(id)
    }

    /// Gives an account a role for a time; one that steers only once a second keeper of accounts
    /// confirmed it, where there is one.
    ///
    /// # Errors
    /// When the actor may not, or the role does not fit the place.
    pub async fn grant(&self, actor: &Actor, to: AccountId, grant: GrantRole) -> Result<(), Failure> {
        let ledger = self.ledger_of_account(to).await?;
        self.act(actor, ledger, to, grant).await
    }

    /// Confirms what another keeper of accounts asked for; the link, where one was made by it.
    ///
    /// # Errors
    /// When nothing waits, or this actor asked for it.
    pub async fn confirm(&self, actor: &Actor, of: AccountId) -> Result<Option<Invitation>, Failure> {
        let ledger = self.ledger_of_account(of).await?;
        let before = self.load::<Account>(ledger, &of.into()).await?.must()?.invited;
        self.act(actor, ledger, of, Confirm).await?;
        match self.load::<Account>(ledger, &of.into()).await?.must()?.invited {
            after if after == before => Ok(None),
            _ => self.new_link(of, ledger).await.map(Some),
        }
    }

    /// Declines it, or takes it back.
    ///
    /// # Errors
    /// When nothing waits.
    pub async fn decline(&self, actor: &Actor, of: AccountId) -> Result<(), Failure> {
        let ledger = self.ledger_of_account(of).await?;
        self.act(actor, ledger, of, Decline).await
    }

    /// Ends a role now. What was held in it passes on.
    ///
    /// # Errors
    /// When the actor may not, the account does not hold it, or nobody would be left.
    pub async fn revoke(&self, actor: &Actor, from: AccountId, revoke: RevokeRole) -> Result<(), Failure> {
        let ledger = self.ledger_of_account(from).await?;
        let heir = revoke.heir;
        self.act(actor, ledger, from, revoke).await?;
        self.ended(&Ending::of(&HolderKey::person(from), heir)).await
    }

    /// Closes an account: all its roles end, and nobody gets in with it any more.
    ///
    /// # Errors
    /// When the actor may not, it is the actor's own, or nobody would be left.
    pub async fn close_account(&self, actor: &Actor, id: AccountId, heir: Heir) -> Result<(), Failure> {
        let ledger = self.ledger_of_account(id).await?;
        self.act(actor, ledger, id, CloseAccount { heir }).await?;
        self.shut_out(id).await?;
        self.ended(&Ending::of(&HolderKey::person(id), heir)).await
    }

    /// Closes an organisation: it takes part no more, and its people's roles end.
    ///
    /// # Errors
    /// When the actor may not, or it was closed before.
    pub async fn close_organisation(
        &self,
        actor: &Actor,
        id: OrganisationId,
        heir: Heir,
    ) -> Result<(), Failure> {
        let ledger = organisation(&self.db, id).await?.ok_or(Common::Unknown)?.ledger;
        self.act(actor, ledger, id, CloseOrganisation { heir }).await?;
        self.ended(&Ending::of(&HolderKey::organisation(id), heir)).await
    }

    /// The ledger that an account is kept in.
    ///
    /// # Errors
    /// When there is no such account.
    pub(crate) async fn ledger_of_account(&self, id: AccountId) -> Result<PlaceId, Failure> {
        Ok(account(&self.db, id).await?.ok_or(Common::Unknown)?.ledger)
    }
}
