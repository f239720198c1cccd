//! Ratings 双考核: the page on which the street that whistled and the bodies that came say what they
//! think of each other, and what was said of each in a year, counted, for everyone.

mod assessment;
mod beside;
mod desk;
mod grades;
mod list;
mod paper;
mod rate;
mod said;
mod show;

use assessment::AssessmentAtWork;
use yishi_domain::ratings::{
    AssessmentStage, AssessmentStep, CORRECT, Grade, Question, RATE_BODY, RATE_STREET, READ,
};
use yishi_web::correct::Correct;
use yishi_web::feature::{Family, Feature, Texts};
use yishi_web::routes::Route;
use yishi_web::sheet::{self, post};

/// What it gives to the program.
pub static FEATURE: Feature = Feature {
    routes: ROUTES,
    texts: TEXTS,
    families: FAMILIES,
    desk: Some(|cx, desk| Box::pin(desk::needs(cx, desk))),
    beside: Some(|cx, thing| Box::pin(beside::ratings(cx, thing))),
    ..Feature::named("ratings")
};

static ROUTES: &[Route] = yishi_web::routes! {
    get "/c/{slug}/ratings" public list::show;
    get "/w/{slug}/a/{number}" [READ] sheet::show::<AssessmentAtWork>;
    get "/w/{slug}/a/{number}/paper" [READ] paper::show;
    get "/w/{slug}/a/{number}/paper.docx" [READ] paper::file;
    form "/w/{slug}/a/{number}/rate-body" [RATE_BODY] post::<rate::Body>;
    form "/w/{slug}/a/{number}/rate-street" [RATE_STREET] post::<rate::Street>;
    form "/w/{slug}/a/{number}/correct-text" [CORRECT] post::<Correct<AssessmentAtWork>>;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static FAMILIES: &[Family] = &[
    Family::of("assessment-stage-", || AssessmentStage::WORDS.to_vec()),
    Family::of("assessment-step-", || AssessmentStep::WORDS.to_vec()),
    Family::of("assessment-question-", || Question::WORDS.to_vec()),
    Family::of("assessment-grade-", || Grade::WORDS.to_vec()),
];
