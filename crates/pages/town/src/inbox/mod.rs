//! The inbox 收件箱: what came to somebody, or to a desk or body they work for, since they looked last,
//! and the links by which a calendar program reads the days of their desks. What a line tells of a
//! thing is what their desk shows of it; of things that wait for others it tells the number.

mod calendar;
mod links;
mod show;

use yishi_office::inbox::News;
use yishi_web::feature::{Family, Feature, Texts, Way, words};
use yishi_web::routes::Route;

/// What it gives to the program.
pub static FEATURE: Feature =
    Feature { routes: ROUTES, texts: TEXTS, families: FAMILIES, nav: NAV, ..Feature::named("inbox") };

static ROUTES: &[Route] = yishi_web::routes! {
    get "/inbox" signed_in show::show;
    get "/inbox/calendars" signed_in links::show;
    form "/inbox/calendars/make" signed_in links::make;
    form "/inbox/calendars/end" signed_in links::end;
    get "/calendar/{secret}" link calendar::show;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static FAMILIES: &[Family] = &[Family::of("arrival-", || words(News::ALL, News::word))];

static NAV: &[Way] = &[Way { href: "/inbox", text: "inbox-nav", roles: WORKING }];

/// Those who work here: residents find theirs on their receipts.
pub(crate) const WORKING: &[yishi_kernel::Role] = &[
    yishi_kernel::Role::Steward,
    yishi_kernel::Role::BuildingHead,
    yishi_kernel::Role::GridSecretary,
    yishi_kernel::Role::GridHead,
    yishi_kernel::Role::CommunityWorker,
    yishi_kernel::Role::CommunitySecretary,
    yishi_kernel::Role::StreetOfficer,
    yishi_kernel::Role::DepartmentOfficer,
    yishi_kernel::Role::PropertyStaff,
    yishi_kernel::Role::VenueKeeper,
    yishi_kernel::Role::Administrator,
];
