//! Dangers 隐患: what everyone reads of them and whom to ring, the way to report one from a receipt
//! or from the page of a matter, and the page on which those who were told protect, confirm and
//! look again. Marking one while raising is a box of the form of raising.

pub mod beside;
pub mod call;
pub mod clear;
pub mod confirm;
pub mod desk;
pub mod doubt;
mod erase;
pub mod face;
pub mod fail;
pub mod file;
pub mod handle;
pub mod job;
pub mod lift;
pub mod list;
pub mod look;
pub mod protect;
pub mod report;
pub mod see;
pub mod show;
pub mod uphold;

use yishi_domain::dangers::{
    CALL, CLEAR, CONFIRM, CORRECT, DOUBT, DangerStage, DangerStep, ERASE, FAIL, LIFT, LOOK, PROTECT, PUBLISH,
    Protection, READ, REPORT, Risk, SEE, UPHOLD,
};
use yishi_web::album::{PublishPhoto, photo};
use yishi_web::correct::Correct;
use yishi_web::erasing::Erase;
use yishi_web::feature::{Family, Feature, Texts, Way, words};
use yishi_web::nav::STEERING;
use yishi_web::routes::Route;
use yishi_web::sheet::{self, post, post_parts};

/// What it gives to the program.
pub static FEATURE: Feature = Feature {
    routes: ROUTES,
    lists: &[file::LIST],
    texts: TEXTS,
    families: FAMILIES,
    nav: NAV,
    board: BOARD,
    desk: Some(|cx, desk| Box::pin(desk::needs(cx, desk))),
    beside: Some(|cx, thing| Box::pin(beside::ask(cx, thing))),
    above: Some(|cx, thing| Box::pin(beside::above(cx, thing))),
    ..Feature::named("dangers")
};

static ROUTES: &[Route] = yishi_web::routes! {
    get "/c/{slug}/dangers" public list::show;
    get "/c/{slug}/d/{number}" public show::show;
    get "/c/{slug}/d/{number}/photo/{digest}" public show::photo;
    form "/r/{slug}/{secret}/danger" link report::by_receipt;
    form "/w/{slug}/{number}/danger" [REPORT] report::at_work;
    get "/w/{slug}/d/{number}" [READ] sheet::show::<job::DangerAtWork>;
    get "/w/{slug}/d/{number}/photo/{digest}" [READ] photo::<job::DangerAtWork>;
    form "/w/{slug}/d/{number}/see" [SEE] post::<see::See>;
    form "/w/{slug}/d/{number}/call" [CALL] post::<call::Call>;
    parts "/w/{slug}/d/{number}/protect" [PROTECT] post_parts::<protect::Protect>;
    form "/w/{slug}/d/{number}/confirm" [CONFIRM] post::<confirm::Confirm>;
    parts "/w/{slug}/d/{number}/look" [LOOK] post_parts::<look::Look>;
    form "/w/{slug}/d/{number}/fail" [FAIL] post::<fail::Fail>;
    form "/w/{slug}/d/{number}/doubt" [DOUBT] post::<doubt::Doubt>;
    form "/w/{slug}/d/{number}/clear" [CLEAR] post::<clear::Clear>;
    form "/w/{slug}/d/{number}/uphold" [UPHOLD] post::<uphold::Uphold>;
    parts "/w/{slug}/d/{number}/lift" [LIFT] post_parts::<lift::Lift>;
    form "/w/{slug}/d/{number}/correct-text" [CORRECT] post::<Correct<job::DangerAtWork>>;
    form "/w/{slug}/d/{number}/erase" [ERASE] post::<Erase<job::DangerAtWork>>;
    form "/w/{slug}/d/{number}/publish-photo" [PUBLISH] post::<PublishPhoto<job::DangerAtWork>>;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static NAV: &[Way] = &[Way { href: "/c/{slug}/dangers", text: "danger-title", roles: STEERING }];

static BOARD: &[Way] = &[Way { href: "/c/{slug}/dangers", text: "danger-title", roles: &[] }];

static FAMILIES: &[Family] = &[
    Family::of("danger-risk-", || words(Risk::ALL, |word| word.word())),
    Family::of("danger-stage-", || words(DangerStage::ALL, |word| word.word())),
    Family::of("danger-step-", || words(DangerStep::ALL, |word| word.word())),
    Family::of("protection-", || words(Protection::ALL, |word| word.word())),
    Family::of("protected-", || words(Protection::ALL, |word| word.word())),
];
