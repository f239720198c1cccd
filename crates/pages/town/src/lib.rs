//! Pages about the place itself: the front, signing in, the desk, accounts and places, posters,
//! venues, the log. Each feature is a module; what it shows of its things on
//! pages of others is its `face`.

pub mod account;
pub mod admin;
pub mod desk;
pub mod front;
pub mod inbox;
pub mod ledger;
pub mod partners;
pub mod posters;
pub mod signin;
pub mod venues;
