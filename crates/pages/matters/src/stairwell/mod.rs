//! The steward's stairwells 楼道: which are one's own, and what is open in each. Raising for a
//! neighbour there is a story of raising.

pub mod list;
pub mod show;

use yishi_domain::matters::STAIRWELL;
use yishi_kernel::Role;
use yishi_web::feature::{Feature, Texts, Way};
use yishi_web::routes::Route;

/// What it gives to the program.
pub static FEATURE: Feature =
    Feature { routes: ROUTES, texts: TEXTS, nav: NAV, ..Feature::named("stairwell") };

static ROUTES: &[Route] = yishi_web::routes! {
    get "/stairwells" [STAIRWELL] list::show;
    get "/stairwell/{place}" [STAIRWELL] show::show;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static NAV: &[Way] = &[Way {
    href: "/stairwells",
    text: "stairwells-title",
    roles: &[
        Role::Steward,
        Role::BuildingHead,
        Role::GridSecretary,
        Role::GridHead,
        Role::CommunityWorker,
        Role::CommunitySecretary,
    ],
}];
