//! Exclusions 剔除: the form by which whoever handles a matter asks that it be left out of the rates, what
//! everyone reads of it on the matter's page, the page on which the street rules, and the button of
//! a receipt by which it is ruled once more. What is counted is the insight's.

mod ask;
mod beside;
mod desk;
mod erase;
mod face;
mod object;
mod page;
mod rule;
mod show;

use page::ExclusionAtWork;
use yishi_domain::exclusion::{
    ASK, CORRECT, ERASE, ExclusionClass, ExclusionStage, ExclusionStep, READ, RULE,
};
use yishi_web::correct::Correct;
use yishi_web::erasing::Erase;
use yishi_web::feature::{Family, Feature, Texts};
use yishi_web::routes::Route;
use yishi_web::sheet::{self, post};

/// What it gives to the program.
pub static FEATURE: Feature = Feature {
    routes: ROUTES,
    texts: TEXTS,
    families: FAMILIES,
    desk: Some(|cx, desk| Box::pin(desk::needs(cx, desk))),
    beside: Some(|cx, thing| Box::pin(beside::exclusion(cx, thing))),
    ..Feature::named("exclusion")
};

static ROUTES: &[Route] = yishi_web::routes! {
    get "/w/{slug}/{number}/exclusion" [ASK] ask::show;
    form "/w/{slug}/{number}/exclusion" [ASK] ask::send;
    form "/r/{slug}/{secret}/exclusion" link object::send;
    get "/w/{slug}/n/{number}" [READ] sheet::show::<ExclusionAtWork>;
    form "/w/{slug}/n/{number}/grant" [RULE] post::<rule::Grant>;
    form "/w/{slug}/n/{number}/refuse" [RULE] post::<rule::Refuse>;
    form "/w/{slug}/n/{number}/correct-text" [CORRECT] post::<Correct<ExclusionAtWork>>;
    form "/w/{slug}/n/{number}/erase" [ERASE] post::<Erase<ExclusionAtWork>>;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static FAMILIES: &[Family] = &[
    Family::of("exclusion-class-", || ExclusionClass::WORDS.to_vec()),
    Family::of("exclusion-stage-", || ExclusionStage::WORDS.to_vec()),
    Family::of("exclusion-step-", || ExclusionStep::WORDS.to_vec()),
];
