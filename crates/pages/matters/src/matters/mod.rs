//! Matters for other programs. Their pages are still features of their own.

pub mod api;
pub mod desk;
pub mod face;
pub mod finds;

use yishi_domain::evaluation::{Reached, Satisfaction, Solved};
use yishi_domain::matters::{CameTo, Channel, How, KnownBy, Outcome, Proof, StageKind, Step};
use yishi_office::matters::repeats::Level;
use yishi_office::matters::tables::BoardState;
use yishi_web::feature::{Family, Feature, Texts};
use yishi_web::routes::Route;

/// What it gives to the program.
pub static FEATURE: Feature = Feature {
    routes: ROUTES,
    texts: TEXTS,
    families: FAMILIES,
    api: Some(api::description),
    desk: Some(|cx, desk| Box::pin(desk::needs(cx, desk))),
    finds: Some(|cx, desk, quest| Box::pin(finds::finds(cx, desk, quest))),
    ..Feature::named("matters")
};

static ROUTES: &[Route] = yishi_web::routes! {
    get "/api/v1/{slug}/matters" public api::matters;
    json "/api/v1/{slug}/matters" token api::raise;
    get "/api/v1/{slug}/matters/{number}" public api::matter;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static FAMILIES: &[Family] = &[
    Family::of("stage-", || StageKind::WORDS.to_vec()),
    Family::of("outcome-", || Outcome::WORDS.to_vec()),
    Family::of("came-to-", || CameTo::WORDS.to_vec()),
    Family::of("step-", || Step::WORDS.to_vec()),
    Family::of("solved-", || Solved::WORDS.to_vec()),
    Family::of("satisfaction-", || Satisfaction::WORDS.to_vec()),
    Family::of("reached-", || Reached::WORDS.to_vec()),
    Family::of("state-", || BoardState::WORDS.to_vec()),
    Family::of("channel-", || Channel::WORDS.to_vec()),
    Family::of("how-", || How::WORDS.to_vec()),
    Family::of("proof-", || Proof::WORDS.to_vec()),
    Family::of("known-by-", || KnownBy::WORDS.to_vec()),
    Family::of("level-", || Level::WORDS.to_vec()),
    Family::open("entry-"),
];
