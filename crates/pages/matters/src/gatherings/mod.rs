//! Gatherings 板凳会、小院谈话会、议事厅: entering one with three fields, writing its lines on one
//! screen, the paper for taking them down by hand, and what everyone reads of it. What becomes of a
//! line that is a matter stands on the matter's own pages.

pub mod beside;
pub mod call_off;
pub mod desk;
pub mod face;
pub mod gathering;
pub mod keep;
pub mod lines;
pub mod list;
pub mod new;
pub mod paper;
pub mod record;
pub mod sheet;
pub mod show;
pub mod slips;

use gathering::GatheringAtWork;
use yishi_domain::gatherings::{
    CALL_OFF, CORRECT, Form, GatheringStage, GatheringStep, LineKind, Mostly, OPEN, READ, RECORD,
};
use yishi_kernel::Role;
use yishi_web::correct::Correct;
use yishi_web::feature::{Family, Feature, Texts, Way};
use yishi_web::routes::Route;
use yishi_web::sheet::{self as page, post};

/// What it gives to the program.
pub static FEATURE: Feature = Feature {
    routes: ROUTES,
    texts: TEXTS,
    families: FAMILIES,
    nav: NAV,
    board: BOARD,
    desk: Some(|cx, desk| Box::pin(desk::needs(cx, desk))),
    beside: Some(|cx, thing| Box::pin(beside::gatherings(cx, thing))),
    ..Feature::named("gatherings")
};

static ROUTES: &[Route] = yishi_web::routes! {
    get "/c/{slug}/gatherings" public list::show;
    get "/c/{slug}/h/{number}" public show::show;
    get "/c/{slug}/h/{number}/paper" public paper::show;
    get "/c/{slug}/h/{number}/paper.docx" public paper::file;
    get "/gatherings" signed_in keep::own;
    get "/w/{slug}/gatherings" [OPEN] keep::show;
    get "/w/{slug}/gatherings/new" [OPEN] new::show;
    form "/w/{slug}/gatherings/new" [OPEN] new::send;
    get "/w/{slug}/h/{number}" [READ] page::show::<GatheringAtWork>;
    get "/w/{slug}/h/{number}/sheet" [READ] sheet::show;
    get "/w/{slug}/h/{number}/slips" [READ] slips::show;
    form "/w/{slug}/h/{number}/record" [RECORD] post::<record::Record>;
    form "/w/{slug}/h/{number}/off" [CALL_OFF] post::<call_off::CallOff>;
    form "/w/{slug}/h/{number}/correct-text" [CORRECT] post::<Correct<GatheringAtWork>>;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static NAV: &[Way] = &[Way {
    href: "/gatherings",
    text: "gatherings-title",
    roles: &[
        Role::Steward,
        Role::BuildingHead,
        Role::GridSecretary,
        Role::GridHead,
        Role::CommunityWorker,
        Role::CommunitySecretary,
    ],
}];

static BOARD: &[Way] = &[Way { href: "/c/{slug}/gatherings", text: "gatherings-title", roles: &[] }];

static FAMILIES: &[Family] = &[
    Family::of("gathering-form-", || Form::WORDS.to_vec()),
    Family::of("gathering-mostly-", || Mostly::WORDS.to_vec()),
    Family::of("gathering-stage-", || GatheringStage::WORDS.to_vec()),
    Family::of("gathering-step-", || GatheringStep::WORDS.to_vec()),
    Family::of("gathering-line-", || LineKind::WORDS.to_vec()),
];
