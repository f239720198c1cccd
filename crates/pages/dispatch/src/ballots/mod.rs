//! Ballots 业主共同决定: whose decision something is, said wherever it is picked, put to the vote or
//! sent; and what owners decided, for everyone to read, confirmed by a second person. It is entered
//! on the page of the meeting that recommended it, where hands are counted.

mod confirm;
pub mod desk;
mod erase;
pub mod face;
mod handle;
mod reject;
pub mod result;
pub mod show;

use yishi_domain::ballots::{
    Agreed, CONFIRM, CORRECT, ERASE, READ, REJECT, ResultStage, ResultStep, Scope, Who,
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
    ..Feature::named("ballots")
};

static ROUTES: &[Route] = yishi_web::routes! {
    get "/c/{slug}/b/{number}" public show::show;
    get "/w/{slug}/b/{number}" [READ] sheet::show::<result::ResultAtWork>;
    get "/w/{slug}/b/{number}/photo/{digest}" [READ] show::photo;
    form "/w/{slug}/b/{number}/confirm" [CONFIRM] post::<confirm::Confirm>;
    form "/w/{slug}/b/{number}/reject" [REJECT] post::<reject::Reject>;
    form "/w/{slug}/b/{number}/correct-text" [CORRECT] post::<Correct<result::ResultAtWork>>;
    form "/w/{slug}/b/{number}/erase" [ERASE] post::<Erase<result::ResultAtWork>>;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static FAMILIES: &[Family] = &[
    Family::of("who-", || Who::WORDS.to_vec()),
    Family::of("owners-scope-", || Scope::WORDS.to_vec()),
    Family::of("owners-result-stage-", || ResultStage::WORDS.to_vec()),
    Family::of("owners-result-step-", || ResultStep::WORDS.to_vec()),
    Family::of("owners-agreed-", || Agreed::WORDS.to_vec()),
];
