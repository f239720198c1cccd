//! Topics 梳理: gathering matters into a topic, and the page on which those who steer see it
//! through; its chain for everyone, from raising to publishing. Its meetings are a feature of
//! their own.

pub mod answer;
pub mod chain;
pub mod conclude;
pub mod desk;
pub mod drop;
pub mod face;
pub mod file;
mod free;
pub mod gather;
pub mod new;
pub mod story;
pub mod topic;

use yishi_domain::topics::{
    ANSWER_ALL, CONCLUDE, CORRECT, DROP, GATHER, OPEN, READ, ReturnedFor, TopicStage, TopicStep,
};
use yishi_web::correct::Correct;
use yishi_web::feature::{Family, Feature, Texts};
use yishi_web::routes::Route;
use yishi_web::sheet::{self, post};

/// What it gives to the program.
pub static FEATURE: Feature = Feature {
    routes: ROUTES,
    lists: &[file::LIST],
    texts: TEXTS,
    families: FAMILIES,
    desk: Some(|cx, desk| Box::pin(desk::needs(cx, desk))),
    ..Feature::named("topics")
};

static ROUTES: &[Route] = yishi_web::routes! {
    get "/c/{slug}/t/{number}" public chain::show;
    get "/w/{slug}/topics/new" [OPEN] new::show;
    form "/w/{slug}/topics/new" [OPEN] new::send;
    get "/w/{slug}/t/{number}" [READ] sheet::show::<topic::TopicAtWork>;
    form "/w/{slug}/t/{number}/gather" [GATHER] post::<gather::Gather>;
    form "/w/{slug}/t/{number}/drop" [DROP] post::<drop::Drop>;
    form "/w/{slug}/t/{number}/answer" [ANSWER_ALL] post::<answer::AnswerAll>;
    form "/w/{slug}/t/{number}/correct-text" [CORRECT] post::<Correct<topic::TopicAtWork>>;
    form "/w/{slug}/t/{number}/conclude" [CONCLUDE] post::<conclude::Conclude>;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static FAMILIES: &[Family] = &[
    Family::of("topic-stage-", || TopicStage::WORDS.to_vec()),
    Family::of("topic-step-", || TopicStep::WORDS.to_vec()),
    Family::of("returned-for-", || ReturnedFor::WORDS.to_vec()),
];
