//! The receipt 回执: number, who answers and by when, the answer, and evaluating it. Whoever
//! holds the link reads it; the link is the only key.

pub mod erase;
pub mod evaluate;
pub mod find;
pub mod photo;
pub mod show;

use yishi_web::feature::{Feature, Texts};
use yishi_web::routes::Route;

/// What it gives to the program.
pub static FEATURE: Feature = Feature { routes: ROUTES, texts: TEXTS, ..Feature::named("receipt") };

static ROUTES: &[Route] = yishi_web::routes! {
    get "/receipt" public find::show;
    get "/r/{slug}/{secret}" link show::show;
    get "/r/{slug}/{secret}/photo/{digest}" link photo::show;
    form "/r/{slug}/{secret}/evaluate" link evaluate::send;
    form "/r/{slug}/{secret}/erase" link erase::send;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];
