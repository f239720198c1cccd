//! Promises 表态: what bodies said at meetings that they will do by when, for everyone, on their
//! desks, and the page on which each is renewed, kept or shown as broken. They are entered on the
//! page of the meeting.

pub mod acts;
pub mod desk;
pub mod face;
pub mod file;
pub mod list;
pub mod promise;

use acts::{broken, done, kept, renew};
use promise::PromiseAtWork;
use yishi_domain::promises::{BREAK, CORRECT, DONE, KEEP, PromiseStage, PromiseStep, READ, RENEW, URGE};
use yishi_web::correct::Correct;
use yishi_web::feature::{Family, Feature, Texts, Way};
use yishi_web::nav::STEERING;
use yishi_web::routes::Route;
use yishi_web::sheet::{self, post};
use yishi_web::urging::Urge;

/// What it gives to the program.
pub static FEATURE: Feature = Feature {
    routes: ROUTES,
    lists: &[file::LIST],
    texts: TEXTS,
    families: FAMILIES,
    nav: NAV,
    board: BOARD,
    desk: Some(|cx, desk| Box::pin(desk::needs(cx, desk))),
    ..Feature::named("promises")
};

static ROUTES: &[Route] = yishi_web::routes! {
    get "/c/{slug}/promises" public list::show;
    get "/c/{slug}/p/{number}" public list::one;
    get "/w/{slug}/p/{number}" [READ] sheet::show::<PromiseAtWork>;
    form "/w/{slug}/p/{number}/renew" [RENEW] post::<renew::Renew>;
    form "/w/{slug}/p/{number}/done" [DONE] post::<done::Done>;
    form "/w/{slug}/p/{number}/urge" [URGE] post::<Urge<PromiseAtWork>>;
    form "/w/{slug}/p/{number}/kept" [KEEP] post::<kept::Kept>;
    form "/w/{slug}/p/{number}/broken" [BREAK] post::<broken::Broken>;
    form "/w/{slug}/p/{number}/correct-text" [CORRECT] post::<Correct<PromiseAtWork>>;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static NAV: &[Way] = &[Way { href: "/c/{slug}/promises", text: "promises-title", roles: STEERING }];

static BOARD: &[Way] = &[Way { href: "/c/{slug}/promises", text: "promises-title", roles: &[] }];

static FAMILIES: &[Family] = &[
    Family::of("promise-stage-", || PromiseStage::WORDS.to_vec()),
    Family::of("promise-step-", || PromiseStep::WORDS.to_vec()),
];
