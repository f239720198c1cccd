//! What an administrator keeps: places and people. No matter is read here.

pub mod changes;
mod checklist;
pub mod close;
pub mod close_account;
pub mod close_organisation;
pub mod code;
pub mod confirm;
pub mod decline;
mod desk;
mod desks;
mod erase_door;
mod erase_person;
pub mod grant;
pub mod grid;
pub mod heir;
pub mod invite;
pub mod invite_all;
pub mod lay_out;
pub mod open;
pub mod open_account;
pub mod open_organisation;
pub mod party;
pub mod people;
pub mod places;
pub mod plate;
pub mod reach;
pub mod records;
pub mod rename;
pub mod revoke;
pub mod rosters;
pub mod short;
pub mod sign_in;

use rosters::Roster;
use yishi_domain::people::{
    CORRECT as CORRECT_ORGANISATION, ERASE as ERASE_PERSON, INVITE, KEEP as KEEP_PEOPLE, SEE,
};
use yishi_domain::places::{
    CORRECT as CORRECT_PLACE, ERASE as ERASE_DOOR, KEEP as KEEP_PLACES, PartyBody, SecondStep,
};
use yishi_kernel::Role;
use yishi_office::people::bodies::BodyColumn;
use yishi_office::people::roster::PersonColumn;
use yishi_office::places::roster::PlaceColumn;
use yishi_web::correct::Correct;
use yishi_web::erasing::Erase;
use yishi_web::feature::{Family, Feature, Texts, Way, words};
use yishi_web::routes::Route;
use yishi_web::sheet::{self, post};

/// What it gives to the program.
pub static FEATURE: Feature = Feature {
    routes: ROUTES,
    texts: TEXTS,
    families: FAMILIES,
    nav: NAV,
    desk: Some(|cx, desk| Box::pin(desk::needs(cx, desk))),
    ..Feature::named("admin")
};

static ROUTES: &[Route] = yishi_web::routes! {
    get "/admin" [KEEP_PLACES] places::top;
    get "/admin/desks" [KEEP_PLACES] desks::show;
    get "/admin/records" [KEEP_PLACES] records::show;
    get "/admin/places/{place}" [KEEP_PLACES] sheet::show::<places::KeptPlace>;
    form "/admin/places/{place}/open" [KEEP_PLACES] post::<open::Open>;
    form "/admin/places/{place}/lay-out" [KEEP_PLACES] post::<lay_out::LayOut>;
    form "/admin/places/{place}/rename" [KEEP_PLACES] post::<rename::Rename>;
    form "/admin/places/{place}/code" [KEEP_PLACES] post::<code::Code>;
    form "/admin/places/{place}/short" [KEEP_PLACES] post::<short::Short>;
    form "/admin/places/{place}/plate" [KEEP_PLACES] post::<plate::Plate>;
    form "/admin/places/{place}/reach" [KEEP_PLACES] post::<reach::Reach>;
    form "/admin/places/{place}/party" [KEEP_PLACES] post::<party::Party>;
    form "/admin/places/{place}/grid" [KEEP_PLACES] post::<grid::Grid>;
    form "/admin/places/{place}/sign-in" [KEEP_PLACES] post::<sign_in::SignIn>;
    form "/admin/places/{place}/close" [KEEP_PLACES] post::<close::Close>;
    form "/admin/places/{place}/correct-text" [CORRECT_PLACE] post::<Correct<places::KeptPlace>>;
    form "/admin/places/{place}/erase" [ERASE_DOOR] post::<Erase<places::KeptPlace>>;
    get "/admin/places/{place}/people" [KEEP_PEOPLE] sheet::show::<people::KeptPeople>;
    form "/admin/places/{place}/people/open" [KEEP_PEOPLE] post::<open_account::OpenAccount>;
    form "/admin/places/{place}/people/grant" [KEEP_PEOPLE] post::<grant::GrantRole>;
    form "/admin/places/{place}/people/revoke" [KEEP_PEOPLE] post::<revoke::Revoke>;
    form "/admin/places/{place}/people/close" [KEEP_PEOPLE] post::<close_account::CloseAccount>;
    form "/admin/places/{place}/people/close-organisation" [KEEP_PEOPLE] post::<close_organisation::CloseOrganisation>;
    form "/admin/places/{place}/people/invite" [INVITE] post::<invite::Invite>;
    form "/admin/places/{place}/people/invite-all" [INVITE] post::<invite_all::InviteAll>;
    form "/admin/places/{place}/people/confirm" [KEEP_PEOPLE] post::<confirm::Confirm>;
    form "/admin/places/{place}/people/decline" [KEEP_PEOPLE] post::<decline::Decline>;
    form "/admin/places/{place}/people/correct-text" [CORRECT_ORGANISATION] post::<Correct<people::KeptPeople>>;
    form "/admin/places/{place}/people/organisation" [KEEP_PEOPLE] post::<open_organisation::OpenOrganisation>;
    form "/admin/places/{place}/people/erase" [ERASE_PERSON] post::<Erase<people::KeptPeople>>;
    get "/admin/places/{place}/rosters" [KEEP_PEOPLE] rosters::hand_in::show;
    parts "/admin/places/{place}/rosters" [KEEP_PEOPLE] rosters::hand_in::send;
    get "/admin/places/{place}/rosters/{roster}" [KEEP_PEOPLE] rosters::sheet::show;
    form "/admin/places/{place}/rosters/{roster}" [KEEP_PEOPLE] rosters::sheet::send;
    get "/admin/places/{place}/rosters/{roster}/blank" [KEEP_PEOPLE] rosters::blank::file;
    get "/accounts" [SEE] changes::show;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static FAMILIES: &[Family] = &[
    Family::of("second-step-", || words(SecondStep::ALL, SecondStep::word)),
    Family::of("party-", || words(PartyBody::ALL, PartyBody::word)),
    Family::of("rosters-", || Roster::WORDS.to_vec()),
    Family::of("roster-places-", || PlaceColumn::WORDS.to_vec()),
    Family::of("roster-bodies-", || BodyColumn::WORDS.to_vec()),
    Family::of("roster-people-", || PersonColumn::WORDS.to_vec()),
];

static NAV: &[Way] = &[
    Way { href: "/admin", text: "admin-title", roles: &[Role::Administrator] },
    Way { href: "/admin/desks", text: "desks-title", roles: &[Role::Administrator] },
    Way { href: "/admin/records", text: "records-title", roles: &[Role::Administrator] },
    Way {
        href: "/accounts",
        text: "accounts-title",
        roles: &[Role::Administrator, Role::CommunitySecretary, Role::StreetOfficer],
    },
];
