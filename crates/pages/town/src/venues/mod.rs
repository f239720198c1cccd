//! Venues 场地: the directory for everyone by what they need, a page and a poster for each venue,
//! and the pages on which their keepers put them in and right.

pub mod close;
pub mod confirm;
pub mod correct;
pub mod file;
pub mod form;
pub mod keep;
pub mod list;
pub mod new;
pub mod poster;
pub mod print;
pub mod reopen;
pub mod show;
pub mod told;
pub mod venue;

use maud::{Markup, html};
use yishi_domain::venues::{
    AMEND, Access, CLOSE, CONFIRM, CORRECT, Need, OPEN, Per, READ, REOPEN, Toilet, VenueStage, Welcome,
};
use yishi_kernel::access::roles::HOSTS;
use yishi_web::Error;
use yishi_web::feature::{Family, Feature, Texts, Way};
use yishi_web::routes::Route;
use yishi_web::sheet::{self, Slip, post};
use yishi_web::ui::Fields;

/// What it gives to the program.
pub static FEATURE: Feature = Feature {
    routes: ROUTES,
    lists: &[file::LIST],
    texts: TEXTS,
    families: FAMILIES,
    nav: NAV,
    board: BOARD,
    ..Feature::named("venues")
};

static ROUTES: &[Route] = yishi_web::routes! {
    get "/c/{slug}/venues" public list::show;
    get "/c/{slug}/venues/sheet" public print::show;
    get "/c/{slug}/v/{number}" public show::show;
    get "/c/{slug}/v/{number}/poster" public poster::show;
    get "/w/{slug}/venues" [OPEN] keep::show;
    get "/w/{slug}/venues/new" [OPEN] new::show;
    form "/w/{slug}/venues/new" [OPEN] new::send;
    get "/w/{slug}/v/{number}" [READ] sheet::show::<venue::KeptVenue>;
    form "/w/{slug}/v/{number}/correct" [CORRECT] post::<correct::Correct>;
    form "/w/{slug}/v/{number}/confirm" [CONFIRM] post::<confirm::Confirm>;
    form "/w/{slug}/v/{number}/close" [CLOSE] post::<close::Close>;
    form "/w/{slug}/v/{number}/correct-text" [AMEND] post::<yishi_web::correct::Correct<venue::KeptVenue>>;
    form "/w/{slug}/v/{number}/reopen" [REOPEN] post::<reopen::Reopen>;
};

/// What a keeper can do with a venue, in the order of its page.
async fn acts(sheet: &venue::Keeping, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    Ok(html! {
        (sheet.form::<reopen::Reopen>(values, slip).await?)
        (sheet.form::<correct::Correct>(values, slip).await?)
        (sheet.form::<confirm::Confirm>(values, slip).await?)
        (sheet.form::<close::Close>(values, slip).await?)
    })
}

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static NAV: &[Way] = &[Way { href: "/w/{slug}/venues", text: "venues-keep", roles: HOSTS.roles }];

static BOARD: &[Way] = &[Way { href: "/c/{slug}/venues", text: "venues-title", roles: &[] }];

static FAMILIES: &[Family] = &[
    Family::of("need-", || Need::WORDS.to_vec()),
    Family::of("venue-stage-", || VenueStage::WORDS.to_vec()),
    Family::of("venue-access-", || Access::WORDS.to_vec()),
    Family::of("venue-toilet-", || Toilet::WORDS.to_vec()),
    Family::of("venue-per-", || Per::WORDS.to_vec()),
    Family::of("venue-welcome-", || Welcome::WORDS.to_vec()),
];
