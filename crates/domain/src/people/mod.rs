//! People and organisations 人与单位: who takes part, in which roles, where and until when.
//! That somebody got a link or set a password is an entry; the password itself, sessions and
//! known browsers are no ledger data and not here.

mod capacity;
mod confirm;
mod events;
mod grant;
mod invite;
mod leave;
mod open;
mod refusals;
mod rights;
mod second_step;
mod state;
mod words;

pub use capacity::Capacity;
pub use confirm::{Confirm, Confirming, Decline};
pub use events::{AccountEvent, OrganisationEvent};
pub use grant::{GrantRole, Scope, bound_to};
pub use invite::{Invite, Reach, SetCredential};
pub use leave::{CloseAccount, CloseOrganisation, Leaving, Post, RevokeRole, ended, heir_of};
pub use open::{Namesake, OpenAccount, OpenOrganisation, found, is_reserved};
pub use refusals::Refusal;
pub use rights::{CORRECT, ENTER, ERASE, INVITE, KEEP, RIGHTS, SEE};
pub use second_step::{Demanded, EndSecondStep, SetSecondStep, UseSpareCode};
pub use state::{Account, Asked, Change, Organisation, Weighty};
pub use words::{AccountChange, AskedChange, OrganisationKind};
