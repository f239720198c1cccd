//! Messages to people outside 消息发送: the words of each, sending those that wait, and the page by
//! which an administrator sees how it goes. Who is told what is the office's, how it leaves the
//! courier's.

pub mod again;
pub mod send;
pub mod show;
pub mod test;

use yishi_courier::Trouble;
use yishi_domain::places::KEEP;
use yishi_kernel::Role;
use yishi_office::matters::told::News;
use yishi_web::feature::{Family, Feature, Texts, Way};
use yishi_web::routes::Route;

/// What it gives to the program.
pub static FEATURE: Feature =
    Feature { routes: ROUTES, texts: TEXTS, families: FAMILIES, nav: NAV, ..Feature::named("messages") };

static ROUTES: &[Route] = yishi_web::routes! {
    get "/admin/messages" [KEEP] show::show;
    form "/admin/messages/again" [KEEP] again::send;
    form "/admin/messages/test" [KEEP] test::send;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static FAMILIES: &[Family] =
    &[Family::of("news-", || News::WORDS.to_vec()), Family::of("trouble-", || Trouble::WORDS.to_vec())];

static NAV: &[Way] =
    &[Way { href: "/admin/messages", text: "messages-title", roles: &[Role::Administrator] }];
