//! The rulebook 规则簿: the numbers of the rules for everyone, changing them for whoever answers for a
//! place, and for the street comparing the numbers of statutory meetings with the law in force, and
//! taking that back. What every page says of those is the face; the rules themselves are a paper of the
//! meetings.

pub mod acts;
mod amount;
mod change;
pub mod confirmation;
pub mod face;
pub mod forums;
mod number;
mod numbers;

use acts::withdraw::Withdraw;
use change::ChangeAtWork;
use confirmation::ConfirmationAtWork;
use yishi_domain::meetings::Law;
use yishi_domain::rulebook::{
    CHANGE, CONFIRM, CORRECT, CORRECT_CHANGE, ConfirmationStage, Counted, READ, WITHDRAW,
};
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
    get "/c/{slug}/numbers/{of}" public number::show;
    get "/w/{slug}/numbers/{of}" [CHANGE] number::edit;
    form "/w/{slug}/numbers/{of}" [CHANGE] number::send;
    form "/w/{slug}/numbers/{of}/drop" [CHANGE] number::drop;
    get "/w/{slug}/changes/{number}" [CORRECT_CHANGE] sheet::show::<ChangeAtWork>;
    form "/w/{slug}/changes/{number}/correct-text" [CORRECT_CHANGE] post::<Correct<ChangeAtWork>>;
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
    Family::of("counted-", || Counted::WORDS.to_vec()),
    Family::of("law-", || Law::WORDS.to_vec()),
    Family::of("confirmation-stage-", || ConfirmationStage::WORDS.to_vec()),
];
