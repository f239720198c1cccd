//! Meetings 议事、决事: calling and holding a meeting, signing in and voting, minutes, the notice
//! and its objections. Gathering what is talked over is a feature of its own.

pub mod acts;
pub mod beside;
pub mod call;
pub mod desk;
pub mod door;
pub mod doorway;
pub mod face;
pub mod file;
pub mod files;
pub mod floor;
pub mod hall;
pub mod handle;
pub mod heard;
pub mod list;
pub mod minutes;
pub mod object;
pub mod papers;
mod parts;
pub mod register;
pub mod resolve;
pub mod room;
pub mod seat;
pub mod show;
pub mod slip;
pub mod slips;
pub mod turnout;

use acts::{
    adjourn, admit, ballot, cancel, conclude, confirm, dispatch_action, dissent, end, enter,
    floor as from_floor, hands, open, presence, promise, publish, put, reply, reschedule, rule, set_aside,
    speak, strike,
};
use yishi_domain::meetings::{
    self, CALL, CALL_STAIRWELL, CONFIRM, CONVENE, CORRECT, DISPATCH, ERASE, HOLD, HOLD_STAIRWELL, OWNERS,
    READ, READ_STAIRWELL, REGISTER, REPLY, RULE, SPEAK,
};
use yishi_web::correct::Correct;
use yishi_web::erasing::Erase;
use yishi_web::feature::{Family, Feature, Texts, Way};
use yishi_web::nav::STEERING;
use yishi_web::routes::Route;
use yishi_web::sheet::{self, post, post_parts};

/// What it gives to the program.
pub static FEATURE: Feature = Feature {
    routes: ROUTES,
    lists: &[file::LIST],
    texts: TEXTS,
    families: FAMILIES,
    nav: NAV,
    board: BOARD,
    desk: Some(|cx, desk| Box::pin(desk::needs(cx, desk))),
    beside: Some(|cx, thing| Box::pin(beside::floor(cx, thing))),
    ..Feature::named("meetings")
};

static ROUTES: &[Route] = yishi_web::routes! {
    get "/c/{slug}/meetings" public list::show;
    get "/c/{slug}/standards" public list::agreed;
    get "/c/{slug}/g/{number}" public show::show;
    get "/c/{slug}/g/{number}/photo/{digest}" public show::photo;
    get "/c/{slug}/g/{number}/minutes" public files::minutes;
    get "/c/{slug}/g/{number}/calendar.ics" public files::calendar;
    get "/c/{slug}/g/{number}/papers/{paper}" public papers::serve::posted;
    get "/c/{slug}/rules" public papers::rules::show;
    get "/c/{slug}/rules.docx" public papers::rules::file;
    form "/c/{slug}/g/{number}/object" public object::send;
    get "/g/{door}" public door::show;
    form "/g/{door}" link door::send;
    get "/g/{door}/raise" public floor::show;
    form "/g/{door}/raise" link floor::send;
    get "/v/{slug}/{secret}" link seat::show;
    form "/v/{slug}/{secret}/vote" link seat::vote;
    form "/v/{slug}/{secret}/slip" link seat::slip;
    form "/v/{slug}/{secret}/presence" link seat::presence;
    get "/w/{slug}/meetings/new" [CALL] call::show;
    form "/w/{slug}/meetings/new" [CALL] call::send;
    get "/stairwell/{place}/meet" [CALL_STAIRWELL] doorway::call::show;
    form "/stairwell/{place}/meet" [CALL_STAIRWELL] doorway::call::send;
    get "/w/{slug}/s/{number}" [READ_STAIRWELL] sheet::show::<doorway::door::AtTheDoor>;
    get "/w/{slug}/s/{number}/notice" [READ_STAIRWELL] doorway::notice::show;
    form "/w/{slug}/s/{number}/come" [HOLD_STAIRWELL] post::<doorway::come::Come>;
    form "/w/{slug}/s/{number}/settle" [HOLD_STAIRWELL] post::<doorway::settle::Settle>;
    form "/w/{slug}/s/{number}/up" [HOLD_STAIRWELL] post::<doorway::up::Up>;
    form "/w/{slug}/s/{number}/off" [HOLD_STAIRWELL] post::<doorway::call_off::CallOff>;
    get "/w/{slug}/g/{number}" [READ] sheet::show::<hall::MeetingAtWork>;
    get "/w/{slug}/g/{number}/room" [HOLD] room::show;
    get "/w/{slug}/g/{number}/papers/{paper}" [REGISTER] papers::serve::internal;
    get "/w/{slug}/g/{number}/bundle.zip" [REGISTER] papers::bundle::show;
    parts "/w/{slug}/g/{number}/post" [CONVENE] post_parts::<acts::post::Post>;
    form "/w/{slug}/g/{number}/reply" [REPLY] post::<reply::Reply>;
    form "/w/{slug}/g/{number}/open" [HOLD] post::<open::Open>;
    form "/w/{slug}/g/{number}/move" [CONVENE] post::<reschedule::Reschedule>;
    form "/w/{slug}/g/{number}/cancel" [CONVENE] post::<cancel::Cancel>;
    form "/w/{slug}/g/{number}/register" [REGISTER] post::<enter::Enter>;
    get "/w/{slug}/g/{number}/slips" [REGISTER] slips::show;
    form "/w/{slug}/g/{number}/slips" [REGISTER] post::<acts::slips::Issue>;
    form "/w/{slug}/g/{number}/release" [REGISTER] post::<acts::slips::Release>;
    form "/w/{slug}/g/{number}/admit" [REGISTER] post::<admit::Admit>;
    form "/w/{slug}/g/{number}/presence" [REGISTER] post::<presence::Presence>;
    form "/w/{slug}/g/{number}/floor" [REGISTER] post::<from_floor::Floor>;
    get "/w/{slug}/g/{number}/slip/{secret}" [READ] slip::show;
    form "/w/{slug}/g/{number}/promise" [READ] post::<promise::Promise>;
    form "/w/{slug}/g/{number}/strike" [REGISTER] post::<strike::Strike>;
    form "/w/{slug}/g/{number}/state" [SPEAK] post::<speak::Speak>;
    form "/w/{slug}/g/{number}/put" [HOLD] post::<put::Put>;
    form "/w/{slug}/g/{number}/hands" [REGISTER] post::<hands::Hands>;
    form "/w/{slug}/g/{number}/ballot" [REGISTER] post::<ballot::Ballot>;
    form "/w/{slug}/g/{number}/end" [HOLD] post::<end::End>;
    get "/w/{slug}/g/{number}/resolve" [HOLD] resolve::show;
    form "/w/{slug}/g/{number}/resolve" [HOLD] resolve::send;
    form "/w/{slug}/g/{number}/adjourn" [HOLD] post::<adjourn::Adjourn>;
    form "/w/{slug}/g/{number}/dissent" [REGISTER] post::<dissent::Dissent>;
    form "/w/{slug}/g/{number}/confirm" [CONFIRM] post::<confirm::Confirm>;
    form "/w/{slug}/g/{number}/publish" [CONVENE] post::<publish::Publish>;
    form "/w/{slug}/g/{number}/rule" [RULE] post::<rule::Rule>;
    form "/w/{slug}/g/{number}/dispatch" [DISPATCH] post::<dispatch_action::DispatchAction>;
    parts "/w/{slug}/g/{number}/owners" [OWNERS] post_parts::<acts::owners::Owners>;
    form "/w/{slug}/g/{number}/set-aside" [CONVENE] post::<set_aside::SetAside>;
    form "/w/{slug}/g/{number}/correct-text" [CORRECT] post::<Correct<hall::MeetingAtWork>>;
    form "/w/{slug}/g/{number}/erase" [ERASE] post::<Erase<hall::MeetingAtWork>>;
    form "/w/{slug}/g/{number}/conclude" [CONVENE] post::<conclude::Conclude>;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static NAV: &[Way] = &[Way { href: "/c/{slug}/meetings", text: "desk-meetings", roles: STEERING }];

static BOARD: &[Way] = &[
    Way { href: "/c/{slug}/meetings", text: "desk-meetings", roles: &[] },
    Way { href: "/c/{slug}/standards", text: "board-standards", roles: &[] },
];

static FAMILIES: &[Family] = &[
    Family::of("meeting-stage-", || meetings::MeetingStage::WORDS.to_vec()),
    Family::of("meeting-step-", || meetings::MeetingStep::WORDS.to_vec()),
    Family::of("statement-", || meetings::StatementKind::WORDS.to_vec()),
    Family::of("seat-", || meetings::SeatKind::WORDS.to_vec()),
    Family::of("signed-", || meetings::SignedIn::WORDS.to_vec()),
    Family::of("mode-", || meetings::VoteMode::WORDS.to_vec()),
    Family::of("choice-", || meetings::Choice::WORDS.to_vec()),
    Family::of("coming-", || meetings::Coming::WORDS.to_vec()),
    Family::of("passed-", || meetings::Passed::WORDS.to_vec()),
    Family::of("confirming-", || meetings::Confirming::WORDS.to_vec()),
    Family::of("ruling-", || meetings::Ruling::WORDS.to_vec()),
    Family::of("way-", || meetings::Way::WORDS.to_vec()),
    Family::of("paper-", || papers::MeetingPaper::ALL.map(papers::MeetingPaper::word).to_vec()),
];
