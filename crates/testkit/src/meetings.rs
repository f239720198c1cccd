//! What tests of topics, meetings and orders share: forms as somebody fills them in, and a
//! meeting brought to where a test begins.

use crate::neighbourhood::{Neighbourhood, form};
use yishi_domain::matters::MatterId;
use yishi_domain::meetings::{
    ActionId, Call, DispatchAction, MeetingId, NewAction, Object, Open, Post, Put, SeatKind, SignedIn,
    VoteMode, Way,
};
use yishi_domain::topics::{OpenTopic, TopicId};
use yishi_kernel::{Actor, Holder, Moment, OrganisationId};
use yishi_office::Office;
use yishi_office::meetings::{SignedUp, Signing};
use yishi_store::blobs::digest_of;

/// Seconds of a day.
pub const DAY: i64 = 86_400;

/// A topic of matters, with the id that its form gives it.
#[must_use]
pub fn opening(word: &str, matters: &[MatterId]) -> (TopicId, OpenTopic) {
    let id = TopicId(form(&format!("topic-{word}")).id("topic"));
    let topic = OpenTopic {
        title: format!("{word}怎么办"),
        question: "由谁办、花多少钱、什么时候办好？".to_owned(),
        category: "11".to_owned(),
        matters: matters.to_vec(),
    };
    (id, topic)
}

/// A meeting of the market about topics, with the id that its form gives it: the secretary
/// chairs, the colleague records.
///
/// # Panics
/// When they have no accounts.
#[must_use]
pub fn calling(word: &str, there: &Neighbourhood, topics: &[TopicId], starts: Moment) -> (MeetingId, Call) {
    let form = form(&format!("meeting-{word}"));
    let call = Call {
        forum: "market".to_owned(),
        scheme: Some("six".to_owned()),
        title: "杏林集贸市场议事会".to_owned(),
        venue: "集贸市场二楼会议室".to_owned(),
        starts,
        hurry: None,
        topics: topics.to_vec(),
        entitled: None,
        invited: vec![there.market, there.lamps, there.squad],
        chair: there.secretary.account.unwrap(),
        recorder: there.colleague.account.unwrap(),
        door: form.secret("door"),
    };
    (MeetingId(form.id("meeting")), call)
}

/// A resident at a device, or at the door.
#[must_use]
pub fn signing(word: &str, kind: SeatKind, how: SignedIn) -> Signing {
    Signing { kind, how, organisation: None, person: format!("device-{word}"), name: format!("居民{word}") }
}

/// Signs a resident in by phone.
///
/// # Panics
/// When it is refused.
pub async fn by_phone(office: &Office, there: &Neighbourhood, meeting: MeetingId, word: &str) -> SignedUp {
    let one = signing(word, SeatKind::Resident, SignedIn::Phone);
    office.sign_in(&Actor::visitor(), there.community, meeting, one).await.unwrap()
}

/// Opens a topic of matters now, calls a meeting of four days later, posts its notice, and
/// opens it when it begins, on a clock that is set.
///
/// # Panics
/// When a command is refused.
pub async fn open_meeting(
    office: &Office,
    there: &Neighbourhood,
    word: &str,
    matters: &[MatterId],
) -> (TopicId, MeetingId) {
    let ledger = there.community;
    let (topic, open) = opening(word, matters);
    office.start(&there.worker, ledger, topic, open).await.unwrap();
    let starts = office.now().plus_seconds(5 * DAY);
    let (meeting, call) = calling(word, there, &[topic], starts);
    office.start(&there.worker, ledger, meeting, call).await.unwrap();
    let post = Post { at: "市场东门公告栏".to_owned(), photo: None };
    office.act(&there.worker, ledger, meeting, post).await.unwrap();
    office.clock.put(starts);
    office.act(&there.worker, ledger, meeting, Open).await.unwrap();
    (topic, meeting)
}

/// Puts a motion.
#[must_use]
pub fn motion(topic: TopicId, mode: VoteMode) -> Put {
    Put {
        topic, text: "聘停车管理员，统一门头，补齐照明。".to_owned(), mode, item: "order".to_owned()
    }
}

/// Somebody at a device objects.
#[must_use]
pub fn objecting(action: Option<ActionId>, device: &str, text: &str) -> Object {
    let (device, said) = (digest_of(device.as_bytes()), digest_of(format!("{device}/{text}").as_bytes()));
    Object { action, text: text.to_owned(), contact: "谢大嫂".to_owned(), device, said }
}

/// An action of a first motion.
#[must_use]
pub fn agreed(word: &str, owner: OrganisationId, way: Way, due: Moment) -> NewAction {
    NewAction {
        id: action_id(word),
        motion: 1,
        item: String::new(),
        task: format!("{word}：按方案办理。"),
        owner: Holder::Organisation(owner),
        way,
        due,
        fen: (way == Way::Work).then_some(300_000),
        source: "市场经营收入".to_owned(),
        acceptance: "现场验收".to_owned(),
    }
}

/// The id of an action, the same for the same word.
///
/// # Panics
/// Never: half a digest is an id.
#[must_use]
pub fn action_id(word: &str) -> ActionId {
    ActionId(form(&format!("action-{word}")).id("action"))
}

/// An action sent on its way once the notice is over.
#[must_use]
pub fn dispatching(there: &Neighbourhood, word: &str) -> DispatchAction {
    DispatchAction {
        action: action_id(word),
        hurry: None,
        whistle: yishi_domain::dispatch::WhistleKind::Hard,
        departments: vec![there.squad],
        reason: "线路产权属路灯管理所，社区协调两次未果。".to_owned(),
    }
}
