//! Places 地点: the tree from district to household, the grid laid over buildings, and
//! the posters that carry a stairwell's QR code. Official codes are dated, since the
//! state renumbers; our own ids never change. People are another feature.

mod called;
mod change;
mod events;
mod find;
mod ids;
mod lay;
mod listed;
mod open;
mod ordinal;
mod plan;
mod poster;
mod reach;
mod refusals;
mod rights;
mod short;
mod state;
mod words;

pub use called::{Spoken, called, joined, spoken};
pub use change::{Abbreviate, Beside, Close, Code, DrawGrid, Inside, PutPlate, Rename, RuleSignIn};
pub use events::{Event, PosterEvent};
pub use find::{Fit, fit};
pub use ids::PosterId;
pub use lay::{End, Laying, NewPlace, Standing, Under};
pub use listed::{NoStep, Step, steps};
pub use open::{Above, OpenPlace, found};
pub use plan::{Floors, Level, MOST, NoPlan, Plan, Wrong, key};
pub use poster::{IssuePoster, RevokePoster, Spot};
pub use reach::{Reach, SetParty};
pub use refusals::Refusal;
pub use rights::{CORRECT, ERASE, KEEP, RIGHTS};
pub use short::short_of;
pub use state::{Place, Poster};
pub use words::{PartyBody, PlaceKind, SecondStep};
