//! Partners 合作方系统: the tokens by which programs of organisations read and raise matters, for
//! whoever keeps a place: who has one, until when, when it was used last; opening and revoking. The
//! interface itself is a part of matters.

mod kept;
mod open;
mod revoke;

use yishi_domain::partners::{KEEP, PartnerMay};
use yishi_web::feature::{Family, Feature, Texts};
use yishi_web::routes::Route;
use yishi_web::sheet::{self, post};

/// What it gives to the program.
pub static FEATURE: Feature =
    Feature { routes: ROUTES, texts: TEXTS, families: FAMILIES, ..Feature::named("partners") };

static ROUTES: &[Route] = yishi_web::routes! {
    get "/admin/places/{place}/partners" [KEEP] sheet::show::<kept::KeptPartners>;
    form "/admin/places/{place}/partners/open" [KEEP] post::<open::Open>;
    form "/admin/places/{place}/partners/revoke" [KEEP] post::<revoke::Revoke>;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static FAMILIES: &[Family] = &[Family::of("partner-may-", || PartnerMay::WORDS.to_vec())];
