//! Emergencies 紧急情形: the form that enters one about a matter, what everyone reads of it (what is
//! freed, why, by which article, and its accounts), and the page on which another role confirms it
//! and its one line is sent. Fencing at once needs none: that is the danger's page.

mod accounts;
mod basis;
pub mod beside;
mod confirm;
pub mod desk;
pub mod enter;
mod erase;
pub mod face;
mod handle;
mod reject;
mod send;
pub mod show;

use basis::BasisAtWork;
use yishi_domain::emergency::{
    ACCOUNT, Applicant, BasisStage, BasisStep, CONFIRM, CORRECT, ENTER, ERASE, READ, REJECT, SEND,
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
    beside: Some(|cx, thing| Box::pin(beside::bases(cx, thing))),
    ..Feature::named("emergency")
};

static ROUTES: &[Route] = yishi_web::routes! {
    get "/c/{slug}/e/{number}" public show::show;
    get "/w/{slug}/{number}/emergency" [ENTER] enter::show;
    parts "/w/{slug}/{number}/emergency" [ENTER] enter::send;
    get "/w/{slug}/e/{number}" [READ] sheet::show::<BasisAtWork>;
    get "/w/{slug}/e/{number}/photo/{digest}" [READ] show::photo;
    form "/w/{slug}/e/{number}/confirm" [CONFIRM] post::<confirm::Confirm>;
    form "/w/{slug}/e/{number}/reject" [REJECT] post::<reject::Reject>;
    form "/w/{slug}/e/{number}/send" [SEND] post::<send::Work>;
    form "/w/{slug}/e/{number}/whistle" [SEND] post::<send::Whistle>;
    form "/w/{slug}/e/{number}/account" [ACCOUNT] post::<accounts::Account>;
    form "/w/{slug}/e/{number}/correct-text" [CORRECT] post::<Correct<BasisAtWork>>;
    form "/w/{slug}/e/{number}/erase" [ERASE] post::<Erase<BasisAtWork>>;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static FAMILIES: &[Family] = &[
    Family::of("basis-stage-", || BasisStage::WORDS.to_vec()),
    Family::of("basis-step-", || BasisStep::WORDS.to_vec()),
    Family::of("basis-applicant-", || Applicant::WORDS.to_vec()),
];
