//! All pages: the list of features, in which each stands once. Nothing registers itself; the
//! program gives this list to the kit. The tests of the site as a whole are here.

use yishi_web::feature::Feature;

pub use yishi_pages_matters::messages::send::run as send_messages;
pub use yishi_pages_town::signin::hash as password_hash;

/// All features. Ways of the navigation stand in this order.
pub static FEATURES: &[&Feature] = &[
    &yishi_pages_town::front::FEATURE,
    &yishi_pages_matters::matters::FEATURE,
    &yishi_pages_matters::board::FEATURE,
    &yishi_pages_matters::join::FEATURE,
    &yishi_pages_matters::raise::FEATURE,
    &yishi_pages_matters::receipt::FEATURE,
    &yishi_pages_town::signin::FEATURE,
    &yishi_pages_town::desk::FEATURE,
    &yishi_pages_town::inbox::FEATURE,
    &yishi_pages_matters::work::FEATURE,
    &yishi_pages_matters::evaluation::FEATURE,
    &yishi_pages_matters::insight::FEATURE,
    &yishi_pages_meetings::topics::FEATURE,
    &yishi_pages_meetings::meetings::FEATURE,
    &yishi_pages_meetings::promises::FEATURE,
    &yishi_pages_meetings::clearing::FEATURE,
    &yishi_pages_meetings::rulebook::FEATURE,
    &yishi_pages_dispatch::dangers::FEATURE,
    &yishi_pages_meetings::councils::FEATURE,
    &yishi_pages_dispatch::dispatch::FEATURE,
    &yishi_pages_dispatch::scenes::FEATURE,
    &yishi_pages_dispatch::ratings::FEATURE,
    &yishi_pages_dispatch::joint::FEATURE,
    &yishi_pages_dispatch::ballots::FEATURE,
    &yishi_pages_dispatch::emergency::FEATURE,
    &yishi_pages_matters::exclusion::FEATURE,
    &yishi_pages_town::venues::FEATURE,
    &yishi_pages_town::partners::FEATURE,
    &yishi_pages_matters::import::FEATURE,
    &yishi_pages_matters::stairwell::FEATURE,
    &yishi_pages_matters::gatherings::FEATURE,
    &yishi_pages_town::admin::FEATURE,
    &yishi_pages_matters::messages::FEATURE,
    &yishi_pages_town::posters::FEATURE,
    &yishi_pages_town::ledger::FEATURE,
    &yishi_pages_town::account::FEATURE,
];
