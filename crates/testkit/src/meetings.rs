//! What tests of topics, meetings and orders share: forms as somebody fills them in, and a
//! meeting brought to where a test begins.

use crate::neighbourhood::{Neighbourhood, form};
use std::sync::atomic::{AtomicUsize, Ordering};
use yishi_domain::ballots::{EnterResult, OwnersResultId, Part};
use yishi_domain::matters::MatterId;
use yishi_domain::meetings::{
    ActionId, Admit, Admitting, Call, CallStairwell, Come, Confirm, DispatchAction, EnterHands, IssueSlips,
    Meeting, MeetingId, NewAction, Object, Open, Post, Publish, Put, ReleaseSlips, Resolve, Seat, SeatId,
    SeatKind, SendUp, Settle, SignedIn, VoteMode, Way,
};
use yishi_domain::rulebook::{self, ConfirmationId};
use yishi_domain::topics::{OpenTopic, TopicId};
use yishi_kernel::{Actor, Holder, Moment, OrganisationId, PhotoDigest};
use yishi_office::meetings::{SignedUp, Signing, slips};
use yishi_office::{Failure, Office};
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

/// The street's confirmation of a statutory forum's numbers, with the id that its form gives it.
#[must_use]
pub fn confirming(word: &str, forum: &str, now: Moment) -> (ConfirmationId, rulebook::Confirm) {
    let read = "国家法律法规数据库公布的现行文本".to_owned();
    let confirm = rulebook::Confirm { forum: forum.to_owned(), read, on: now.end_of_day_after(0) };
    (ConfirmationId(form(&format!("forum-{word}")).id("forum")), confirm)
}

/// A resident at a device, or at the door.
#[must_use]
pub fn signing(word: &str, kind: SeatKind, how: SignedIn) -> Signing {
    let (person, name) = (format!("device-{word}"), format!("居民{word}"));
    Signing { kind, how, organisation: None, person, name, slip: None, member: None }
}

/// How many slips a meeting of these tests has: more than anybody needs.
pub const SLIPS: u32 = 500;

/// The worker makes slips, and the colleague says that all were handed out.
///
/// # Panics
/// When it is refused.
pub async fn hand_out_slips(office: &Office, there: &Neighbourhood, meeting: MeetingId) {
    let word = form(&format!("slips-{meeting}")).secret("slips");
    office.act(&there.worker, there.community, meeting, IssueSlips { count: SLIPS, word }).await.unwrap();
    let release = ReleaseSlips { upto: SLIPS };
    office.act(&there.colleague, there.community, meeting, release).await.unwrap();
}

/// The code of a slip that nobody has used.
///
/// # Panics
/// When there are none.
pub async fn fresh_slip(office: &Office, there: &Neighbourhood, meeting: MeetingId) -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    slip(office, there, meeting, NEXT.fetch_add(1, Ordering::SeqCst)).await
}

/// The code of one of the slips that were handed out, the same one for the same number.
///
/// # Panics
/// When none were.
pub async fn slip(office: &Office, there: &Neighbourhood, meeting: MeetingId, nth: usize) -> String {
    let loaded = office.load::<Meeting>(there.community, &meeting.into()).await.unwrap();
    let all = slips::slips(meeting, loaded.get().unwrap());
    all[nth % all.len()].code.clone()
}

/// Signs a resident in by phone, with a slip: once, however often it is asked for.
///
/// # Panics
/// When it is refused.
pub async fn by_phone(office: &Office, there: &Neighbourhood, meeting: MeetingId, word: &str) -> SignedUp {
    let ledger = there.community;
    let one = signing(word, SeatKind::Resident, SignedIn::Phone);
    let signed = office.sign_in(&Actor::visitor(), ledger, meeting, one).await.unwrap();
    let loaded = office.load::<Meeting>(ledger, &meeting.into()).await.unwrap();
    if loaded.get().unwrap().sitting.slips.issued() == 0 {
        hand_out_slips(office, there, meeting).await;
    }
    loop {
        let seat = office.load::<Seat>(ledger, &signed.seat.into()).await.unwrap();
        if seat.get().unwrap().admitted {
            return signed;
        }
        let slip = fresh_slip(office, there, meeting).await;
        match office.show_slip(&Actor::visitor(), ledger, signed.seat, &slip).await {
            // Somebody had it, or the same form came twice, or a vote is being counted.
            Ok(()) | Err(Failure::Refused(_)) => {}
            Err(failure) => panic!("{failure}"),
        }
    }
}

/// The worker enters a resident at the register, and the colleague confirms it.
///
/// # Panics
/// When it is refused.
pub async fn by_register(office: &Office, there: &Neighbourhood, meeting: MeetingId, word: &str) -> SeatId {
    let one = signing(word, SeatKind::Resident, SignedIn::Register);
    let seat = office.sign_in(&there.worker, there.community, meeting, one).await.unwrap().seat;
    let admit = Admit { by: Admitting::Second };
    office.act(&there.colleague, there.community, seat, admit).await.unwrap();
    seat
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
    hand_out_slips(office, there, meeting).await;
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
        reason: "线路产权属路灯管理所，已协调两次未果。".to_owned(),
    }
}

/// A meeting that recommended a shed to the owners, published: its topic and itself.
///
/// # Panics
/// When a command is refused.
pub async fn recommended(
    office: &Office,
    there: &Neighbourhood,
    word: &str,
    matters: &[MatterId],
) -> (TopicId, MeetingId) {
    let (ledger, worker) = (there.community, &there.worker);
    let (topic, meeting) = open_meeting(office, there, word, matters).await;
    for n in 0..3 {
        by_register(office, there, meeting, &format!("{word}-{n}")).await;
    }
    let put = Put { item: "new_common".to_owned(), ..motion(topic, VoteMode::Hands) };
    office.act(worker, ledger, meeting, put).await.unwrap();
    for who in [worker, &there.colleague] {
        office.act(who, ledger, meeting, EnterHands { motion: 1, hands: [2, 1, 0] }).await.unwrap();
    }
    office.end_vote(worker, ledger, meeting, 1).await.unwrap();
    let due = office.now().plus_seconds(60 * DAY);
    let actions = vec![agreed(word, there.property, Way::Work, due)];
    let resolve = Resolve { actions, standard: String::new() };
    office.act(worker, ledger, meeting, resolve).await.unwrap();
    let minutes = office.db.put_blob("会议纪要".as_bytes().to_vec()).await.unwrap();
    for actor in [&there.secretary, &there.colleague] {
        let confirm = Confirm { minutes: minutes.clone() };
        office.act(actor, ledger, meeting, confirm).await.unwrap();
    }
    office.act(worker, ledger, meeting, Publish { at: "南门公告栏".to_owned() }).await.unwrap();
    (topic, meeting)
}

/// What owners decided on the first motion of a meeting: 84 of 120 heads took part with 70 % of the
/// area, and 66 of them agreed with 78 % of that.
#[must_use]
pub fn owners(office: &Office, meeting: MeetingId, paper: PhotoDigest) -> EnterResult {
    EnterResult {
        meeting,
        motion: 1,
        total: Part { heads: 120, area: 1_200_000 },
        took_part: Part { heads: 84, area: 840_000 },
        in_favour: Part { heads: 66, area: 655_200 },
        decided: office.now().end_of_day_after(0),
        paper: vec![paper],
        kept: "业委会档案柜".to_owned(),
    }
}

/// The id of a result, the same for the same word.
///
/// # Panics
/// Never: half a digest is an id.
#[must_use]
pub fn result_id(word: &str) -> OwnersResultId {
    OwnersResultId(form(&format!("owners-{word}")).id("owners_result"))
}

/// The households of the second stairwell are called by their steward, two hours from now.
///
/// # Panics
/// When a command is refused.
pub async fn stairwell_called(
    office: &Office,
    there: &Neighbourhood,
    word: &str,
    matter: Option<MatterId>,
) -> MeetingId {
    let id = MeetingId(form(&format!("stairs-{word}")).id("meeting"));
    let call = CallStairwell {
        stairwell: there.stairwells[1],
        title: format!("{word}：楼道里的自行车放哪儿"),
        matter,
        venue: "楼门口".to_owned(),
        starts: office.now().plus_seconds(2 * 3_600),
        door: form(&format!("stairs-{word}")).secret("door"),
    };
    office.start(&there.steward, there.community, id, call).await.unwrap();
    id
}

/// The same, held by two households and settled in two lines.
///
/// # Panics
/// When a command is refused.
pub async fn stairwell_settled(
    office: &Office,
    there: &Neighbourhood,
    word: &str,
    matter: Option<MatterId>,
) -> MeetingId {
    let (steward, ledger) = (&there.steward, there.community);
    let id = stairwell_called(office, there, word, matter).await;
    office.clock.put(office.now().plus_seconds(2 * 3_600));
    let doors = there.households[3..5].to_vec();
    office.act(steward, ledger, id, Come { doors }).await.unwrap();
    if matter.is_some() {
        office.act(steward, ledger, id, SendUp { raised: None }).await.unwrap();
    }
    let lines = ["自行车周日前放进车棚", "楼道灯请物业三日内换"].map(str::to_owned).to_vec();
    office.act(steward, ledger, id, Settle { lines, hands: [2, 0, 0] }).await.unwrap();
    id
}
