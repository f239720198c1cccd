//! A matter at work: what was said, and what those who hold or steer it can do with it now, each
//! act in a file of its own. What somebody may not do is not shown as a button, and refused if
//! sent all the same. Passing it on and calling back are features of their own.

pub mod answer;
pub mod close;
pub mod contact;
mod erase;
pub mod extend;
pub mod get_in_touch;
pub mod hand_over;
pub mod job;
pub mod many;
pub mod mend;
pub mod merge;
pub mod note;
pub mod one_receipt;
pub mod progress;
mod propose;
pub mod receipts;
pub mod reissue;
pub mod show;
pub mod summarise;
pub mod triage;
pub mod unmerge;

use yishi_domain::matters::{
    ANSWER, CLOSE, CONTACT, CORRECT, ERASE, EXTEND, HAND_OVER, MEND, MERGE, NOTE, Outcome, PROGRESS, PUBLISH,
    READ, READ_CONTACT, REISSUE, TRIAGE, URGE,
};
use yishi_web::album::{PublishPhoto, photo};
use yishi_web::correct::Correct;
use yishi_web::erasing::Erase;
use yishi_web::feature::{Around, Family, Feature, Texts};
use yishi_web::routes::Route;
use yishi_web::sheet::{self, post, post_parts};
use yishi_web::urging::Urge;

/// What it gives to the program.
pub static FEATURE: Feature =
    Feature { routes: ROUTES, texts: TEXTS, families: FAMILIES, many: MANY, ..Feature::named("work") };

static MANY: Option<Around> = Some(|cx, desk, list| Box::pin(many::around(cx, desk, list)));

static ROUTES: &[Route] = yishi_web::routes! {
    form "/desk/many" signed_in many::send;
    get "/w/{slug}/{number}" [READ] sheet::show::<job::MatterAtWork>;
    get "/w/{slug}/{number}/photo/{digest}" [READ] photo::<job::MatterAtWork>;
    get "/w/{slug}/{number}/receipts" [READ] receipts::show;
    parts "/w/{slug}/{number}/triage" [TRIAGE] post_parts::<triage::Triage>;
    form "/w/{slug}/{number}/summarise" [PUBLISH] post::<summarise::Summarise>;
    form "/w/{slug}/{number}/publish-photo" [PUBLISH] post::<PublishPhoto<job::MatterAtWork>>;
    form "/w/{slug}/{number}/hand-over" [HAND_OVER] post::<hand_over::HandOver>;
    form "/w/{slug}/{number}/extend" [EXTEND] post::<extend::Extend>;
    form "/w/{slug}/{number}/mend" [MEND] post::<mend::Mend>;
    form "/w/{slug}/{number}/in-touch" [CONTACT] post::<get_in_touch::GetInTouch>;
    form "/w/{slug}/{number}/note" [NOTE] post::<note::Note>;
    parts "/w/{slug}/{number}/progress" [PROGRESS] post_parts::<progress::Progress>;
    parts "/w/{slug}/{number}/answer" [ANSWER] post_parts::<answer::Answer>;
    form "/w/{slug}/{number}/urge" [URGE] post::<Urge<job::MatterAtWork>>;
    form "/w/{slug}/{number}/close" [CLOSE] post::<close::Close>;
    form "/w/{slug}/{number}/merge" [MERGE] post::<merge::Merge>;
    form "/w/{slug}/{number}/unmerge" [MERGE] post::<unmerge::Unmerge>;
    form "/w/{slug}/{number}/contact" [READ_CONTACT] post::<contact::Contact>;
    form "/w/{slug}/{number}/correct-text" [CORRECT] post::<Correct<job::MatterAtWork>>;
    form "/w/{slug}/{number}/erase" [ERASE] post::<Erase<job::MatterAtWork>>;
    get "/w/{slug}/{number}/receipts/{receipt}" [READ] sheet::show::<one_receipt::ReceiptAtWork>;
    form "/w/{slug}/{number}/receipts/{receipt}/reissue" [REISSUE] post::<reissue::Reissue>;
    get "/w/{slug}/{number}/slip/{secret}" [REISSUE] reissue::slip;
    form "/w/{slug}/{number}/receipts/{receipt}/erase" [ERASE] post::<Erase<one_receipt::ReceiptAtWork>>;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static FAMILIES: &[Family] = &[
    Family::of("sort-", || Outcome::WORDS.to_vec()),
    Family::of("work-done-", || show::DONE.to_vec()),
    Family::of("many-do-", || many::Deed::WORDS.to_vec()),
    Family::of("many-send-", || many::Deed::WORDS.to_vec()),
];
