//! The rulebook 规则簿 for the street: comparing the numbers of statutory meetings with the law in
//! force, and taking that back. What every page says of them is the face; the rules themselves are
//! a paper of the meetings.

pub mod acts;
pub mod confirmation;
pub mod face;
pub mod forums;
mod numbers;

use acts::withdraw::Withdraw;
use confirmation::ConfirmationAtWork;
use yishi_domain::meetings::Law;
use yishi_domain::rulebook::{CONFIRM, CORRECT, ConfirmationStage, READ, WITHDRAW};
use yishi_kernel::access::roles::STREET;
use yishi_web::correct::Correct;
use yishi_web::feature::{Family, Feature, Texts, Way};
use yishi_web::routes::Route;
use yishi_web::sheet::{self, post};

/// What it gives to the program.
pub static FEATURE: Feature =
    Feature { routes: ROUTES, texts: TEXTS, families: FAMILIES, nav: NAV, ..Feature::named("rulebook") };

static ROUTES: &[Route] = yishi_web::routes! {
    get "/c/{slug}/numbers" public numbers::show;
    get "/w/{slug}/forums" [CONFIRM] forums::show;
    form "/w/{slug}/forums" [CONFIRM] forums::send;
    get "/w/{slug}/forums/{number}" [READ] sheet::show::<ConfirmationAtWork>;
    form "/w/{slug}/forums/{number}/withdraw" [WITHDRAW] post::<Withdraw>;
    form "/w/{slug}/forums/{number}/correct-text" [CORRECT] post::<Correct<ConfirmationAtWork>>;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static NAV: &[Way] = &[Way { href: "/w/{slug}/forums", text: "forums-title", roles: STREET.roles }];

static FAMILIES: &[Family] = &[
    Family::of("number-of-", numbers::names),
    Family::of("numbers-of-", numbers::sections),
    Family::of("law-", || Law::WORDS.to_vec()),
    Family::of("confirmation-stage-", || ConfirmationStage::WORDS.to_vec()),
];
