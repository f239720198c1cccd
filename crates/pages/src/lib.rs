//! All pages: the list of features, in which each stands once. Nothing registers itself; the
//! program gives this list to the kit. The tests of the site as a whole are here.

use yishi_pages_dispatch::dispatch;
use yishi_pages_matters::{board, evaluation, join, matters, raise, receipt, stairwell, work};
use yishi_pages_meetings::{meetings, topics};
use yishi_pages_town::{admin, desk, front, ledger, posters, signin, venues};
use yishi_web::feature::Feature;

pub use yishi_pages_town::signin::hash as password_hash;

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
