//! Raising a matter 说事: for oneself, by the QR code on the stairwell or from the site, without
//! an account and without scripts; or for a neighbour who agrees. A sentence or a photo is
//! enough, and nothing typed is lost when something is wrong. What a steward's stairwell has
//! open is a feature of its own.

mod before;
pub mod choose;
pub mod neighbour;
pub mod own;
pub mod paper;
pub mod poster;
mod said;
mod spot;

use yishi_domain::matters::RAISE_FOR_NEIGHBOUR;
use yishi_web::feature::{Feature, Texts};
use yishi_web::routes::Route;

/// What it gives to the program.
pub static FEATURE: Feature = Feature { routes: ROUTES, texts: TEXTS, ..Feature::named("raise") };

static ROUTES: &[Route] = yishi_web::routes! {
    get "/c/{slug}/raise" public choose::show;
    get "/q/{word}" public poster::show;
    get "/q/{word}/raise" public own::by_poster;
    parts "/q/{word}/raise" public own::send_by_poster;
    get "/at/{place}/raise" public own::at;
    parts "/at/{place}/raise" public own::send_at;
    get "/stairwell/{place}/raise" [RAISE_FOR_NEIGHBOUR] neighbour::show;
    parts "/stairwell/{place}/raise" [RAISE_FOR_NEIGHBOUR] neighbour::send;
    get "/stairwell/{place}/receipt/{secret}" [RAISE_FOR_NEIGHBOUR] paper::show;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];
