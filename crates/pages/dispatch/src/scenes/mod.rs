//! Scenes 现场会商: the sheet on which those who come sign in, the record of what they found and
//! agreed, its signatures, and what is still to be done of it. It stands beside its order.

mod beside;
mod desk;
mod done;
mod erase;
mod face;
mod lines;
mod new;
mod paper;
mod refuse;
mod scene;
mod sheet;
mod show;
mod sign;

use scene::SceneAtWork;
use yishi_domain::scenes::{CORRECT, DONE, ERASE, OPEN, READ, SIGN, SceneStage, SceneStep, SignedHow};
use yishi_web::correct::Correct;
use yishi_web::erasing::Erase;
use yishi_web::feature::{Family, Feature, Texts};
use yishi_web::routes::Route;
use yishi_web::sheet::{self as at_work, post};

/// What it gives to the program.
pub static FEATURE: Feature = Feature {
    routes: ROUTES,
    texts: TEXTS,
    families: FAMILIES,
    desk: Some(|cx, desk| Box::pin(desk::needs(cx, desk))),
    beside: Some(|cx, thing| Box::pin(beside::scenes(cx, thing))),
    ..Feature::named("scenes")
};

static ROUTES: &[Route] = yishi_web::routes! {
    get "/c/{slug}/x/{number}" public show::show;
    get "/c/{slug}/x/{number}/paper" public paper::show;
    get "/c/{slug}/x/{number}/paper.docx" public paper::file;
    get "/w/{slug}/o/{number}/scene" [OPEN] new::show;
    form "/w/{slug}/o/{number}/scene" [OPEN] new::send;
    get "/w/{slug}/o/{number}/scene-sheet" [OPEN] sheet::show;
    get "/w/{slug}/o/{number}/scene-sheet.docx" [OPEN] sheet::file;
    get "/w/{slug}/x/{number}" [READ] at_work::show::<SceneAtWork>;
    get "/w/{slug}/x/{number}/paper" [READ] paper::show_names;
    get "/w/{slug}/x/{number}/paper.docx" [READ] paper::file_names;
    form "/w/{slug}/x/{number}/sign" [SIGN] post::<sign::Sign>;
    form "/w/{slug}/x/{number}/refuse" [SIGN] post::<refuse::Refuse>;
    form "/w/{slug}/x/{number}/done" [DONE] post::<done::Done>;
    form "/w/{slug}/x/{number}/correct-text" [CORRECT] post::<Correct<SceneAtWork>>;
    form "/w/{slug}/x/{number}/erase" [ERASE] post::<Erase<SceneAtWork>>;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static FAMILIES: &[Family] = &[
    Family::of("scene-stage-", || SceneStage::WORDS.to_vec()),
    Family::of("scene-step-", || SceneStep::WORDS.to_vec()),
    Family::of("scene-signed-", || SignedHow::WORDS.to_vec()),
];
