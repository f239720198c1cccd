//! Dispatch 派单·吹哨: orders for everyone to read, and the page on which those they call report
//! in, work and finish. Evaluation is a feature of its own.

pub mod accept;
pub mod ask_again;
pub mod assist_only;
mod before;
pub mod beside;
pub mod blow;
pub mod decline;
pub mod desk;
pub mod dispute;
pub mod done;
mod erase;
pub mod extend;
pub mod face;
pub mod file;
pub mod finish_part;
pub mod follow_up;
pub mod forms;
pub mod handle;
pub mod job;
pub mod ladder;
mod limits;
pub mod list;
pub mod new;
pub mod paper;
mod press_sheet;
pub mod progress;
pub mod report_in;
pub mod resume;
pub mod rule;
pub mod rule_part;
pub mod send_back;
pub mod send_instead;
pub mod set_part;
pub mod show;
pub mod urge_part;
pub mod withdraw;

use yishi_domain::dispatch::{
    ACCEPT, BLOW, CORRECT, DISPUTE, ERASE, EXTEND, FINISH_PART, FOLLOW_UP, GO_ON, LimitClass, ORDER,
    OrderKind, OrderStage, OrderStep, OtherWay, PUBLISH, READ, REFUSE_LEAD, REPORT_IN, RULE, RULE_PART, Rung,
    SET_PART, SETTLE, URGE, WITHDRAW, WORK_ON, WhistleKind,
};
use yishi_kernel::access::roles::STREET;
use yishi_web::album::{PublishPhoto, photo};
use yishi_web::correct::Correct;
use yishi_web::erasing::Erase;
use yishi_web::feature::{Family, Feature, Texts, Way, words};
use yishi_web::nav::STEERING;
use yishi_web::routes::Route;
use yishi_web::sheet::{self, post, post_parts};
use yishi_web::urging::Urge;

/// What it gives to the program.
pub static FEATURE: Feature = Feature {
    routes: ROUTES,
    lists: &[file::LIST],
    texts: TEXTS,
    families: FAMILIES,
    nav: NAV,
    board: BOARD,
    desk: Some(|cx, desk| Box::pin(desk::needs(cx, desk))),
    beside: Some(|cx, thing| Box::pin(beside::orders(cx, thing))),
    ..Feature::named("dispatch")
};

static ROUTES: &[Route] = yishi_web::routes! {
    get "/c/{slug}/orders" public list::show;
    get "/c/{slug}/ladder" public ladder::show;
    get "/c/{slug}/o/{number}" public show::show;
    get "/c/{slug}/o/{number}/photo/{digest}" public show::photo;
    get "/c/{slug}/o/{number}/paper" public paper::show;
    get "/c/{slug}/o/{number}/paper.docx" public paper::file;
    get "/c/{slug}/o/{number}/press-sheet" public press_sheet::show;
    get "/c/{slug}/o/{number}/press-sheet.docx" public press_sheet::file;
    get "/w/{slug}/{number}/order" [ORDER] new::show;
    form "/w/{slug}/{number}/order" [ORDER] new::send;
    get "/w/{slug}/o/{number}" [READ] sheet::show::<job::OrderAtWork>;
    get "/w/{slug}/o/{number}/photo/{digest}" [READ] photo::<job::OrderAtWork>;
    form "/w/{slug}/o/{number}/report-in" [REPORT_IN] post::<report_in::ReportIn>;
    parts "/w/{slug}/o/{number}/progress" [WORK_ON] post_parts::<progress::Progress>;
    parts "/w/{slug}/o/{number}/done" [WORK_ON] post_parts::<done::Done>;
    parts "/w/{slug}/o/{number}/finish-part" [FINISH_PART] post_parts::<finish_part::FinishPart>;
    form "/w/{slug}/o/{number}/set-part" [SET_PART] post::<set_part::SetPart>;
    form "/w/{slug}/o/{number}/rule-part" [RULE_PART] post::<rule_part::RulePart>;
    form "/w/{slug}/o/{number}/urge-part" [URGE] post::<urge_part::UrgePart>;
    form "/w/{slug}/o/{number}/dispute" [DISPUTE] post::<dispute::Dispute>;
    form "/w/{slug}/o/{number}/assist-only" [REFUSE_LEAD] post::<assist_only::AssistOnly>;
    form "/w/{slug}/o/{number}/follow-up" [FOLLOW_UP] post::<follow_up::FollowUp>;
    form "/w/{slug}/o/{number}/extend" [EXTEND] post::<extend::Extend>;
    form "/w/{slug}/o/{number}/urge" [URGE] post::<Urge<job::OrderAtWork>>;
    form "/w/{slug}/o/{number}/blow" [BLOW] post::<blow::Blow>;
    form "/w/{slug}/o/{number}/decline" [BLOW] post::<decline::Decline>;
    form "/w/{slug}/o/{number}/instead" [GO_ON] post::<send_instead::SendInstead>;
    form "/w/{slug}/o/{number}/again" [GO_ON] post::<ask_again::AskAgain>;
    form "/w/{slug}/o/{number}/rule" [RULE] post::<rule::Rule>;
    form "/w/{slug}/o/{number}/accept" [ACCEPT] post::<accept::Accept>;
    form "/w/{slug}/o/{number}/return" [ACCEPT] post::<send_back::SendBack>;
    form "/w/{slug}/o/{number}/resume" [SETTLE] post::<resume::Resume>;
    form "/w/{slug}/o/{number}/withdraw" [WITHDRAW] post::<withdraw::Withdraw>;
    form "/w/{slug}/o/{number}/correct-text" [CORRECT] post::<Correct<job::OrderAtWork>>;
    form "/w/{slug}/o/{number}/erase" [ERASE] post::<Erase<job::OrderAtWork>>;
    form "/w/{slug}/o/{number}/publish-photo" [PUBLISH] post::<PublishPhoto<job::OrderAtWork>>;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static NAV: &[Way] = &[
    Way { href: "/c/{slug}/orders", text: "dispatch-title", roles: STEERING },
    Way { href: "/c/{slug}/ladder", text: "ladder-title", roles: STREET.roles },
];

static BOARD: &[Way] = &[Way { href: "/c/{slug}/orders", text: "dispatch-title", roles: &[] }];

static FAMILIES: &[Family] = &[
    Family::of("limit-class-", || words(LimitClass::ALL, |word| word.word())),
    Family::of("order-kind-", || words(OrderKind::ALL, |word| word.word())),
    Family::of("order-stage-", || words(OrderStage::ALL, |word| word.word())),
    Family::of("order-step-", || words(OrderStep::ALL, |word| word.word())),
    Family::of("other-way-", || words(OtherWay::ALL, |word| word.word())),
    Family::of("rung-", || Rung::WORDS.to_vec()),
    Family::of("whistle-", || words(WhistleKind::ALL, |word| word.word())),
];
