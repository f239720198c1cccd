//! People and organisations 人与单位: who takes part, in which roles, where and until when.
//! How somebody signs in (passwords, links, sessions) is no ledger data and not here.

mod events;
mod grant;
mod open;
mod refusals;
mod rights;
mod state;
mod words;

pub use events::{AccountEvent, OrganisationEvent};
pub use grant::{GrantRole, RevokeRole, Scope, bound_to};
pub use open::{OpenAccount, OpenOrganisation, found};
pub use refusals::Refusal;
pub use rights::{ERASE, KEEP, RIGHTS};
pub use state::{Account, Organisation};
pub use words::OrganisationKind;
