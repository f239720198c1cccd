//! Matters from a sheet 批量导入: a file is handed in, shown as it would be read, its columns are put
//! right, and one press raises all or none. What rows are made of is the office's; nothing is kept
//! of a file that nobody said yes to.

mod hand_in;
mod preview;
mod repeats;
mod replies;
mod said;

use yishi_domain::matters::IMPORT;
use yishi_kernel::Role;
use yishi_office::matters::import::Column;
use yishi_web::feature::{Family, Feature, Texts, Way};
use yishi_web::routes::Route;

/// What it gives to the program.
pub static FEATURE: Feature =
    Feature { routes: ROUTES, texts: TEXTS, families: FAMILIES, nav: NAV, ..Feature::named("import") };

static ROUTES: &[Route] = yishi_web::routes! {
    get "/import" signed_in hand_in::own;
    get "/w/{slug}/import" [IMPORT] hand_in::show;
    parts "/w/{slug}/import" [IMPORT] hand_in::send;
    get "/w/{slug}/import/sheet" [IMPORT] preview::show;
    form "/w/{slug}/import/sheet" [IMPORT] preview::send;
    get "/w/{slug}/import/replies/{name}" [IMPORT] replies::serve;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static FAMILIES: &[Family] = &[Family::of("import-column-", || Column::WORDS.to_vec())];

static NAV: &[Way] = &[Way {
    href: "/import",
    text: "import-title",
    roles: &[Role::CommunityWorker, Role::CommunitySecretary],
}];
