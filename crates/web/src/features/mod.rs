//! The pages, one user story a file: form, check, command, view. Features do not know each
//! other (a test reads the sources): what several look up or show alike is in
//! [`crate::shared`]; fields, badges and lists are in [`crate::ui`]. Each says itself what it
//! gives to the program, and stands in the list below.

pub mod admin;
pub mod board;
pub mod desk;
pub mod dispatch;
pub mod evaluation;
pub mod front;
pub mod join;
pub mod ledger;
pub mod matters;
pub mod meetings;
pub mod posters;
pub mod raise;
pub mod receipt;
pub mod signin;
pub mod stairwell;
pub mod topics;
pub mod venues;
pub mod work;

use crate::feature::Feature;

/// All features. Ways of the navigation stand in this order.
pub static FEATURES: &[&Feature] = &[
    &front::FEATURE,
    &matters::FEATURE,
    &board::FEATURE,
    &join::FEATURE,
    &raise::FEATURE,
    &receipt::FEATURE,
    &signin::FEATURE,
    &desk::FEATURE,
    &work::FEATURE,
    &evaluation::FEATURE,
    &topics::FEATURE,
    &meetings::FEATURE,
    &dispatch::FEATURE,
    &venues::FEATURE,
    &stairwell::FEATURE,
    &admin::FEATURE,
    &posters::FEATURE,
    &ledger::FEATURE,
];
