//! The office: every command a user can issue is carried out here, as load → decide → append,
//! written once ([`Office::act`]). Each feature has a room with its tables, what it looks up,
//! and what its commands must know. It decides nothing itself and renders nothing.

mod act;
mod amending;
pub mod audit;
pub mod background;
pub mod ballots;
mod batch;
mod case;
pub mod columns;
mod concern;
mod correct;
pub mod councils;
pub mod dangers;
pub mod dispatch;
pub mod emergency;
mod endings;
mod erase;
pub mod evaluation;
pub mod features;
mod form_key;
pub mod insight;
mod many;
pub mod matters;
pub mod meetings;
pub mod office;
mod once;
pub mod paging;
pub mod papers;
pub mod partners;
pub mod people;
pub mod places;
pub mod promises;
mod recount;
mod registered;
pub mod relations;
pub mod restore;
pub mod roster;
pub mod rulebook;
pub mod topics;
pub mod venues;
mod verify;
mod viewed;

pub use act::Made;
pub use amending::Amending;
pub use batch::Batch;
pub use case::{Case, Load};
pub use correct::Correcting;
pub use endings::Ending;
pub use erase::{Erasing, Hand};
pub use features::DERIVED;
pub use form_key::FormKey;
pub use office::{Clock, Failure, Office};
pub use registered::{Asks, Registered};
pub use viewed::{Of, Viewed, rows_of};
pub use yishi_store::ledgers;
