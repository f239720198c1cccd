//! People and organisations 人与单位: who takes part, in which roles, where and until when.
//! How somebody signs in (passwords, links, sessions) is no ledger data and not here.

mod events;
mod grant;
mod leave;
mod open;
mod refusals;
mod rights;
mod state;
mod words;

pub use events::{AccountEvent, OrganisationEvent};
pub use grant::{GrantRole, Scope, bound_to};
pub use leave::{CloseAccount, CloseOrganisation, Leaving, Post, RevokeRole, ended, heir_of};
pub use open::{OpenAccount, OpenOrganisation, found};
pub use refusals::Refusal;
pub use rights::{KEEP, RIGHTS};
pub use state::{Account, Organisation};
pub use words::OrganisationKind;
