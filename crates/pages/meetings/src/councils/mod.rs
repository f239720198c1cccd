//! Councils 议事会: how many standing members speak for whom, for everyone; and the roll with names
//! for whoever keeps it. Who of them sits at a meeting is shown there.

pub mod enrol;
pub mod face;
pub mod keep;
pub mod leave;
pub mod list;
pub mod roll;
pub mod roster;

use yishi_domain::councils::{ERASE, FOUND, KEEP, LeftFor, MemberKind};
use yishi_kernel::access::roles::CHIEFS;
use yishi_office::councils::roster::MemberColumn;
use yishi_web::erasing::Erase;
use yishi_web::feature::{Family, Feature, Texts, Way};
use yishi_web::routes::Route;
use yishi_web::sheet::{self, post};

/// What it gives to the program.
pub static FEATURE: Feature = Feature {
    routes: ROUTES,
    texts: TEXTS,
    families: FAMILIES,
    nav: NAV,
    board: BOARD,
    ..Feature::named("councils")
};

static ROUTES: &[Route] = yishi_web::routes! {
    get "/c/{slug}/councils" public list::show;
    get "/w/{slug}/councils" [FOUND] keep::show;
    form "/w/{slug}/councils" [FOUND] keep::send;
    get "/w/{slug}/c/{number}" [KEEP] sheet::show::<roll::KeptCouncil>;
    form "/w/{slug}/c/{number}/enrol" [KEEP] post::<enrol::Enrol>;
    form "/w/{slug}/c/{number}/leave" [KEEP] post::<leave::Leave>;
    get "/w/{slug}/c/{number}/roster" [KEEP] roster::hand_in;
    parts "/w/{slug}/c/{number}/roster" [KEEP] roster::send;
    get "/w/{slug}/c/{number}/roster/sheet" [KEEP] roster::show;
    form "/w/{slug}/c/{number}/roster/sheet" [KEEP] roster::press;
    get "/w/{slug}/c/{number}/roster/blank" [KEEP] roster::blank;
    form "/w/{slug}/c/{number}/erase" [ERASE] post::<Erase<roll::KeptCouncil>>;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static NAV: &[Way] = &[Way { href: "/w/{slug}/councils", text: "councils-keep", roles: CHIEFS.roles }];

static BOARD: &[Way] = &[Way { href: "/c/{slug}/councils", text: "councils-title", roles: &[] }];

static FAMILIES: &[Family] = &[
    Family::of("member-kind-", || MemberKind::WORDS.to_vec()),
    Family::of("roster-council-", || MemberColumn::WORDS.to_vec()),
    Family::of("left-for-", || LeftFor::WORDS.to_vec()),
];
