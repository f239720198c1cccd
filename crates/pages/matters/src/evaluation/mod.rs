//! Evaluation 评事: who is owed an answer or has not said yet whether it helped, and calling
//! those back. What an evaluation brings about stands in the domain.

pub mod callback;
pub mod calls;
pub mod owed;

use calls::Ask;
use yishi_domain::evaluation::{CALL_BACK, CallWay, Contacted, OWED};
use yishi_domain::insight::Left;
use yishi_web::feature::{Family, Feature, Texts, Way};
use yishi_web::nav::STEERING;
use yishi_web::routes::Route;

/// What it gives to the program.
pub static FEATURE: Feature =
    Feature { routes: ROUTES, texts: TEXTS, families: FAMILIES, nav: NAV, ..Feature::named("evaluation") };

static ROUTES: &[Route] = yishi_web::routes! {
    get "/w/{slug}/owed" [OWED] owed::show;
    get "/w/{slug}/{number}/callback/{receipt}" [CALL_BACK] callback::form;
    form "/w/{slug}/{number}/callback/{receipt}" [CALL_BACK] callback::send;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static NAV: &[Way] = &[Way { href: "/w/{slug}/owed", text: "unanswered-nav", roles: STEERING }];

static FAMILIES: &[Family] = &[
    Family::of("contacted-", || Contacted::WORDS.to_vec()),
    Family::of("call-way-", || CallWay::WORDS.to_vec()),
    Family::of("unanswered-apart-", || vec![Left::Declined.word(), Left::NotDrawn.word()]),
    Family::of("ask-", || Ask::WORDS.to_vec()),
];
