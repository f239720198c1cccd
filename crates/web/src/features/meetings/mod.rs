//! Topics and meetings 梳理、议事、决事: gathering matters, calling and holding a meeting,
//! signing in and voting, minutes, the notice and its objections. One user story a file.

pub mod call;
pub mod conduct;
pub mod desk;
pub mod door;
pub mod files;
mod forms;
mod hall;
pub mod handle;
pub mod list;
mod parts;
pub mod resolve;
pub mod room;
pub mod seat;
pub mod show;
pub mod topic;
#[path = "../topics/desk.rs"]
pub mod topics_desk;

use crate::feature::{Family, Feature, Texts, Way};
use crate::nav::STEERING;
use crate::routes::Route;
use yishi_domain::{meetings, topics};

/// What it gives to the program.
pub static FEATURE: Feature = Feature {
    routes: ROUTES,
    texts: TEXTS,
    families: FAMILIES,
    nav: NAV,
    board: BOARD,
    desk: Some(|cx, desk| {
        Box::pin(async move {
            let mut a = desk::needs(cx, desk).await?;
            a.extend(topics_desk::needs(cx, desk).await?);
            Ok(a)
        })
    }),
    ..Feature::named("meetings")
};

static ROUTES: &[Route] = crate::routes! {
    get "/c/{slug}/meetings" public list::show;
    get "/c/{slug}/standards" public list::agreed;
    get "/c/{slug}/g/{number}" public show::show;
    get "/c/{slug}/g/{number}/photo/{digest}" public show::photo;
    get "/c/{slug}/g/{number}/minutes" public files::minutes;
    get "/c/{slug}/g/{number}/calendar.ics" public files::calendar;
    form "/c/{slug}/g/{number}/object" public show::object;
    get "/g/{door}" public door::form;
    form "/g/{door}" public door::send;
    get "/v/{slug}/{secret}" link seat::show;
    form "/v/{slug}/{secret}/vote" link seat::vote;
    get "/w/{slug}/topics/new" [topics::OPEN] topic::form;
    form "/w/{slug}/topics/new" [topics::OPEN] topic::send;
    get "/w/{slug}/t/{number}" [topics::READ] topic::show;
    form "/w/{slug}/t/{number}/gather" [topics::GATHER] topic::gather;
    form "/w/{slug}/t/{number}/drop" [topics::DROP] topic::drop;
    form "/w/{slug}/t/{number}/answer" [topics::ANSWER_ALL] topic::reply;
    form "/w/{slug}/t/{number}/conclude" [topics::CONCLUDE] topic::conclude;
    get "/w/{slug}/meetings/new" [meetings::CALL] call::form;
    form "/w/{slug}/meetings/new" [meetings::CALL] call::send;
    get "/w/{slug}/g/{number}" [meetings::READ] handle::show;
    get "/w/{slug}/g/{number}/room" [meetings::HOLD] room::show;
    parts "/w/{slug}/g/{number}/post" [meetings::CONVENE] conduct::post;
    form "/w/{slug}/g/{number}/reply" [meetings::REPLY] conduct::reply;
    form "/w/{slug}/g/{number}/open" [meetings::HOLD] conduct::open;
    form "/w/{slug}/g/{number}/cancel" [meetings::CONVENE] conduct::cancel;
    form "/w/{slug}/g/{number}/register" [meetings::REGISTER] conduct::enter;
    form "/w/{slug}/g/{number}/strike" [meetings::REGISTER] conduct::strike;
    form "/w/{slug}/g/{number}/state" [meetings::SPEAK] conduct::state;
    form "/w/{slug}/g/{number}/put" [meetings::HOLD] conduct::put;
    form "/w/{slug}/g/{number}/hands" [meetings::REGISTER] conduct::hands;
    form "/w/{slug}/g/{number}/ballot" [meetings::REGISTER] conduct::ballot;
    form "/w/{slug}/g/{number}/end" [meetings::HOLD] conduct::end;
    get "/w/{slug}/g/{number}/resolve" [meetings::HOLD] resolve::form;
    form "/w/{slug}/g/{number}/resolve" [meetings::HOLD] resolve::send;
    form "/w/{slug}/g/{number}/adjourn" [meetings::HOLD] conduct::adjourn;
    form "/w/{slug}/g/{number}/dissent" [meetings::REGISTER] conduct::dissent;
    form "/w/{slug}/g/{number}/confirm" [meetings::CONFIRM] conduct::confirm;
    form "/w/{slug}/g/{number}/publish" [meetings::CONVENE] conduct::publish;
    form "/w/{slug}/g/{number}/rule" [meetings::RULE] conduct::rule;
    form "/w/{slug}/g/{number}/dispatch" [meetings::DISPATCH] conduct::dispatch;
    form "/w/{slug}/g/{number}/conclude" [meetings::CONVENE] conduct::conclude;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static NAV: &[Way] = &[Way { href: "/c/{slug}/meetings", text: "desk-meetings", roles: STEERING }];

static BOARD: &[Way] = &[
    Way { href: "/c/{slug}/meetings", text: "desk-meetings", roles: &[] },
    Way { href: "/c/{slug}/standards", text: "board-standards", roles: &[] },
];

static FAMILIES: &[Family] = &[
    Family::of("topic-stage-", || topics::TopicStage::WORDS.to_vec()),
    Family::of("topic-step-", || topics::TopicStep::WORDS.to_vec()),
    Family::of("returned-for-", || topics::ReturnedFor::WORDS.to_vec()),
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
];
