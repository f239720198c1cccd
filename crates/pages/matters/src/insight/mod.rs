//! Figures 统计: for those who steer a place its figures with the list behind each, as page, print and
//! file; for everyone those of a month, with small numbers left out. How each is counted is the
//! domain's.

pub mod asked;
pub mod chart;
pub mod counted;
pub mod face;
pub mod file;
pub mod list;
pub mod money;
pub mod public;
pub mod rates;
pub mod report;
pub mod show;

use asked::Side;
use report::Report;
use yishi_domain::evaluation::Measure;
use yishi_domain::insight::{Apart, By, FIGURES, Figure, Left, RATES, Span, Tier};
use yishi_kernel::access::roles::OFFICE;
use yishi_web::feature::{Family, Feature, Texts, Way, words};
use yishi_web::routes::Route;

/// What it gives to the program.
pub static FEATURE: Feature = Feature {
    routes: ROUTES,
    texts: TEXTS,
    families: FAMILIES,
    nav: NAV,
    board: BOARD,
    ..Feature::named("insight")
};

static ROUTES: &[Route] = yishi_web::routes! {
    get "/figures" signed_in show::own;
    get "/w/{slug}/figures" [FIGURES] show::show;
    get "/w/{slug}/figures/list" [FIGURES] list::show;
    get "/w/{slug}/figures/rates" [FIGURES] rates::show::show;
    get "/w/{slug}/figures/rates/list" [FIGURES] rates::list::show;
    get "/w/{slug}/figures/{name}" [FIGURES] file::serve;
    get "/c/{slug}/figures" public public::show;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static NAV: &[Way] = &[Way { href: "/figures", text: "figures-title", roles: OFFICE.roles }];

static BOARD: &[Way] = &[Way { href: "/c/{slug}/figures", text: "figures-public", roles: &[] }];

static FAMILIES: &[Family] = &[
    Family::of("figure-", || Figure::WORDS.to_vec()),
    Family::of("formula-", || Figure::WORDS.to_vec()),
    Family::of("measure-", || Measure::WORDS.to_vec()),
    Family::of("rates-not-", || words(&RATES, Measure::word)),
    Family::of("left-", || Left::WORDS.to_vec()),
    Family::of("apart-", || Apart::WORDS.to_vec()),
    Family::of("by-", || By::WORDS.to_vec()),
    Family::of("tier-", || Tier::WORDS.to_vec()),
    Family::of("span-", || Span::WORDS.to_vec()),
    Family::of("report-", || Report::WORDS.to_vec()),
    Family::of("side-", || Side::WORDS.to_vec()),
];
