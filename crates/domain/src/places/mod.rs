//! Places 地点: the tree from district to household, the grid laid over buildings, and
//! the posters that carry a stairwell's QR code. Official codes are dated, since the
//! state renumbers; our own ids never change. People are another feature.

mod change;
mod events;
mod ids;
mod open;
mod poster;
mod reach;
mod refusals;
mod rights;
mod short;
mod state;
mod words;

pub use change::{Abbreviate, Close, Code, DrawGrid, Inside, PutPlate, Rename, RuleSignIn};
pub use events::{Event, PosterEvent};
pub use ids::PosterId;
pub use open::{Above, OpenPlace, found};
pub use poster::{IssuePoster, RevokePoster, Spot};
pub use reach::{Reach, SetParty};
pub use refusals::Refusal;
pub use rights::{CORRECT, ERASE, KEEP, RIGHTS};
pub use short::short_of;
pub use state::{Place, Poster};
pub use words::{PartyBody, PlaceKind, SecondStep};
