//! The receipt 回执: where it stands, the answer, evaluating it, saying more, taking it back. Whoever
//! holds its link reads it, whoever has its number and code, and the device it was opened from.

pub mod add;
pub mod erase;
pub mod evaluate;
pub mod find;
pub mod mine;
pub mod photo;
pub mod reissue;
pub mod show;
pub mod told;
pub mod withdraw;

use yishi_domain::matters::{Often, Telling};
use yishi_web::feature::{Family, Feature, Texts};
use yishi_web::routes::Route;

/// What it gives to the program.
pub static FEATURE: Feature =
    Feature { routes: ROUTES, texts: TEXTS, families: FAMILIES, ..Feature::named("receipt") };

static ROUTES: &[Route] = yishi_web::routes! {
    get "/mine" public mine::show;
    form "/mine" public mine::send;
    get "/receipt" public find::show;
    form "/receipt" public find::send;
    get "/r/{slug}/{secret}" link show::show;
    get "/r/{slug}/{secret}/photo/{digest}" link photo::show;
    form "/r/{slug}/{secret}/evaluate" link evaluate::send;
    parts "/r/{slug}/{secret}/add" link add::send;
    form "/r/{slug}/{secret}/told" link told::send;
    form "/r/{slug}/{secret}/withdraw" link withdraw::send;
    form "/r/{slug}/{secret}/reissue" link reissue::send;
    form "/r/{slug}/{secret}/erase" link erase::send;
};

static FAMILIES: &[Family] =
    &[Family::of("telling-", || Telling::WORDS.to_vec()), Family::of("often-", || Often::WORDS.to_vec())];

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];
