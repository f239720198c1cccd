//! Clearing runs 清账: the sheets for everyone, with what they came to and what came of what was said
//! the time before; and the pages on which a secretary begins a run, sees each item marked and signs.
//! What is done with a thing is done on its own page.

pub mod acts;
pub mod begin;
pub mod compare;
pub mod desk;
pub mod file;
pub mod item;
pub mod list;
pub mod many;
pub mod paper;
pub mod run;
pub mod show;
pub mod things;

use acts::{finish, lift, on_track, take_up};
use item::ItemAtWork;
use run::RunAtWork;
use yishi_domain::clearing::{
    CORRECT, FINISH, ItemStage, ItemStep, LIFT, ON_TRACK, OPEN, Outcome, READ, READ_ITEM, RunStage, RunStep,
    TAKE_UP, Verdict,
};
use yishi_kernel::access::roles::CHIEFS;
use yishi_web::correct::Correct;
use yishi_web::feature::{Family, Feature, Texts, Way};
use yishi_web::routes::Route;
use yishi_web::sheet::{self, post};

/// What it gives to the program.
pub static FEATURE: Feature = Feature {
    routes: ROUTES,
    texts: TEXTS,
    families: FAMILIES,
    nav: NAV,
    board: BOARD,
    desk: Some(|cx, desk| Box::pin(desk::needs(cx, desk))),
    ..Feature::named("clearing")
};

static ROUTES: &[Route] = yishi_web::routes! {
    get "/c/{slug}/clearing" public list::show;
    get "/c/{slug}/k/{number}" public show::show;
    get "/c/{slug}/k/{number}/compare" public compare::show;
    get "/c/{slug}/k/{number}/list/{name}" public file::serve;
    get "/c/{slug}/k/{number}/paper" public paper::show;
    get "/c/{slug}/k/{number}/paper.docx" public paper::file;
    get "/w/{slug}/clearing" [OPEN] begin::show;
    form "/w/{slug}/clearing" [OPEN] begin::send;
    get "/w/{slug}/k/{number}" [READ] sheet::show::<RunAtWork>;
    form "/w/{slug}/k/{number}/on-track" [READ] many::send;
    form "/w/{slug}/k/{number}/finish" [FINISH] post::<finish::Finish>;
    get "/w/{slug}/ki/{number}" [READ_ITEM] sheet::show::<ItemAtWork>;
    form "/w/{slug}/ki/{number}/on-track" [ON_TRACK] post::<on_track::OnTrack>;
    form "/w/{slug}/ki/{number}/lift" [LIFT] post::<lift::Lift>;
    form "/w/{slug}/ki/{number}/take-up" [TAKE_UP] post::<take_up::TakeUp>;
    form "/w/{slug}/ki/{number}/correct-text" [CORRECT] post::<Correct<ItemAtWork>>;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static NAV: &[Way] = &[Way { href: "/w/{slug}/clearing", text: "clearing-title", roles: CHIEFS.roles }];

static BOARD: &[Way] = &[Way { href: "/c/{slug}/clearing", text: "clearing-title", roles: &[] }];

static FAMILIES: &[Family] = &[
    Family::of("clearing-kind-", || things::KINDS.to_vec()),
    Family::of("clearing-stage-", || RunStage::WORDS.to_vec()),
    Family::of("clearing-step-", || RunStep::WORDS.to_vec()),
    Family::of("clearing-item-stage-", || ItemStage::WORDS.to_vec()),
    Family::of("clearing-item-step-", || ItemStep::WORDS.to_vec()),
    Family::of("clearing-outcome-", || Outcome::WORDS.to_vec()),
    Family::of("clearing-verdict-", || Verdict::WORDS.to_vec()),
];
