//! Joint working 六方联动、六个实行: what a street adopted, for everyone, with the versions before; the form by
//! which its officers adopt the next one; and the page on which a text of one is corrected.

mod face;
mod list;
mod new;
mod work;

use work::JointAtWork;
use yishi_domain::joint::{ADOPT, CORRECT, Evidence};
use yishi_kernel::access::roles::STREET;
use yishi_web::correct::Correct;
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
    ..Feature::named("joint")
};

static ROUTES: &[Route] = yishi_web::routes! {
    get "/c/{slug}/joint" public list::show;
    get "/w/{slug}/joint" [ADOPT] new::show;
    form "/w/{slug}/joint" [ADOPT] new::send;
    get "/w/{slug}/j/{number}" [CORRECT] sheet::show::<JointAtWork>;
    form "/w/{slug}/j/{number}/correct-text" [CORRECT] post::<Correct<JointAtWork>>;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static NAV: &[Way] = &[Way { href: "/w/{slug}/joint", text: "joint-title", roles: STREET.roles }];

static BOARD: &[Way] = &[Way { href: "/c/{slug}/joint", text: "joint-title", roles: &[] }];

static FAMILIES: &[Family] = &[Family::of("evidence-", || Evidence::WORDS.to_vec())];
