//! The market's journey through the office, on both stores: topics, meetings, votes,
//! objections, orders, calls back; each test is one story.

use super::office::{answer, evaluate, rebuilt_is_the_same, refused, said, seal_and_verify, to_worker};
use yishi_domain::dispatch::{
    self, Accept, Ask, AskAgain, Blow, Decline, Dispute, Done, FinishPart, FollowUp, Order, OrderId,
    OrderKind, OrderStage, OtherWay, PublishPhoto, ReportIn, Resume, Return, RulePart, SendInstead, SetPart,
    UrgePart, WhistleKind, Withdraw,
};
use yishi_domain::evaluation::{self, CallBack, CallWay, Contacted, Solved};
use yishi_domain::matters::{self, Close, Matter, MatterId, MergeInto, ReceiptId, StageKind};
use yishi_domain::meetings::{
    self, Cast, Choice, Coming, Conclude, Confirm, Confirming, Dissent, EnterHands, Fate, Meeting, MeetingId,
    MeetingStage, Open, Passed, Post, Publish, Reply, Resolve, Rule, Ruling, SeatId, SeatKind, SignedIn,
    Speak, StatementKind, Strike, Vote, VoteMode, Voter, Way,
};
use yishi_domain::topics::{self, AnswerAll, Gather, Topic, TopicId, TopicStage};
use yishi_kernel::command::Start;
use yishi_kernel::refusal::Common;
use yishi_kernel::{
    Actor, Claim, Denied, EraseReason, Holder, HolderKey, PhotoDigest, PlaceId, Refusal, StreamName,
};
use yishi_office::dispatch::order_after;
use yishi_office::dispatch::reads as orders;
use yishi_office::matters::RaisedMatter;
use yishi_office::meetings::reads;
use yishi_office::topics::reads::{topics as listed_topics, topics_of};
use yishi_office::{Failure, Load, Made, Office, Viewed, ledgers};
use yishi_store::duty::{self, Duty};
use yishi_testkit::meetings::{
    DAY, action_id, agreed, by_phone, by_register, calling, dispatching, motion, objecting, open_meeting,
    opening, signing,
};
use yishi_testkit::neighbourhood::{form, joining, raising};
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

/// Starts something under the id that its form gives it, and answers with that.
pub async fn begin<I, C>(
    office: &Office,
    actor: &Actor,
    ledger: PlaceId,
    (id, command): (I, C),
) -> Result<I, Failure>
where
    I: Copy + Into<StreamName>,
    C: Start<Of: Viewed, Facts: Load<C>>,
{
    office.start(actor, ledger, id, command).await.map(|_| id)
}

/// Votes: by phone with the word of the sign-in, or by the worker's hand.
pub async fn vote(office: &Office, actor: &Actor, ledger: PlaceId, cast: Cast) -> Result<(), Failure> {
    match cast.voter {
        Voter::Own => office.vote(&actor.showing(Claim::Seat), ledger, cast).await,
        Voter::Worker => office.vote(actor, ledger, cast).await,
    }
}

/// The id that a form gives an order.
pub fn order_id(word: &str) -> OrderId {
    OrderId(form(word).id("order"))
}

pub async fn raise(office: &Office, there: &Neighbourhood, word: &str) -> RaisedMatter {
    office.raise(&Actor::visitor(), raising(word, there.compound, "市场里面太黑。")).await.unwrap()
}

async fn state<S: Viewed>(office: &Office, there: &Neighbourhood, thing: impl Into<StreamName>) -> S {
    office.load::<S>(there.community, &thing.into()).await.unwrap().state.expect(S::KIND)
}

async fn matter(office: &Office, there: &Neighbourhood, id: MatterId) -> Matter {
    state(office, there, id).await
}

async fn meeting(office: &Office, there: &Neighbourhood, id: MeetingId) -> Meeting {
    state(office, there, id).await
}

async fn topic(office: &Office, there: &Neighbourhood, id: TopicId) -> Topic {
    state(office, there, id).await
}

async fn order(office: &Office, there: &Neighbourhood, id: OrderId) -> Order {
    state(office, there, id).await
}

fn at_another_stage(refusal: &Refusal) -> bool {
    matches!(refusal.denied(), Some(Denied::Stage(_)))
}

/// The reason that meetings have.
fn why(refusal: &Refusal) -> &meetings::Refusal {
    refusal.of().unwrap_or_else(|| panic!("{refusal:?}"))
}

/// A day later, so that deadlines pass and nothing happens at one moment.
fn days(office: &Office, days: i64) {
    office.clock.put(office.now().plus_seconds(days * DAY));
}

/// Three signed in vote for a motion by phone; it passes and the meeting resolves on two
/// actions: work for the market and a whistle for the lamps.
async fn decided(
    office: &Office,
    there: &Neighbourhood,
    word: &str,
    matters: &[MatterId],
) -> (TopicId, MeetingId) {
    let ledger = there.community;
    let (topic, id) = open_meeting(office, there, word, matters).await;
    let mut seats = Vec::new();
    for n in 0..3 {
        seats.push(by_phone(office, there, id, &format!("{word}-{n}")).await.seat);
    }
    office.act(&there.worker, ledger, id, motion(topic, VoteMode::Phones)).await.unwrap();
    for seat in seats {
        let cast = Cast { meeting: id, motion: 1, seat, choice: Choice::For, voter: Voter::Own };
        vote(office, &Actor::visitor(), ledger, cast).await.unwrap();
    }
    office.end_vote(&there.worker, ledger, id, 1).await.unwrap();
    let due = office.now().plus_seconds(20 * DAY);
    let actions =
        vec![agreed("看车", there.market, Way::Work, due), agreed("照明", there.lamps, Way::Whistle, due)];
    let standard = "自行车停东门外划线区。".to_owned();
    office.act(&there.worker, ledger, id, Resolve { actions, standard }).await.unwrap();
    (topic, id)
}

/// The same, confirmed and published.
pub async fn published(
    office: &Office,
    there: &Neighbourhood,
    word: &str,
    matters: &[MatterId],
) -> (TopicId, MeetingId) {
    let (topic, id) = decided(office, there, word, matters).await;
    let minutes = office.db.put_blob("会议纪要".as_bytes().to_vec()).await.unwrap();
    for actor in [&there.secretary, &there.colleague] {
        let confirm = Confirm { minutes: minutes.clone() };
        office.act(actor, there.community, id, confirm).await.unwrap();
    }
    let publish = Publish { at: "市场东门公告栏".to_owned() };
    office.act(&there.worker, there.community, id, publish).await.unwrap();
    (topic, id)
}

pub fn report_in() -> ReportIn {
    ReportIn { organisation: None, note: String::new() }
}

pub fn done(photos: Vec<PhotoDigest>) -> Done {
    Done { note: "办好了。".to_owned(), photos }
}

fn accept() -> Accept {
    Accept { note: String::new() }
}

#[tokio::test]
async fn matters_become_one_topic_and_keep_their_lineage() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker) = (there.community, &there.worker);
        let [dark, again, bikes, fees, late, done] = [
            raise(office, &there, "dark").await,
            raise(office, &there, "again").await,
            raise(office, &there, "bikes").await,
            raise(office, &there, "fees").await,
            raise(office, &there, "late").await,
            raise(office, &there, "done").await,
        ]
        .map(|raised| raised.matter);
        office.act(worker, ledger, dark, to_worker(&there)).await.unwrap();
        office.act(worker, ledger, again, MergeInto { into: dark }).await.unwrap();
        office.act(worker, ledger, done, to_worker(&there)).await.unwrap();
        office.act(worker, ledger, done, answer("办好了。")).await.unwrap();

        // Nobody without a desk opens one; an answered or merged matter joins none.
        let gather = async |actor, word, matters: &[MatterId]| {
            begin(office, actor, ledger, opening(word, matters)).await
        };
        let visitor = Actor::visitor();
        assert_eq!(refused(gather(&visitor, "x", &[dark]).await), Denied::SignIn);
        refused(gather(&there.keeper, "x", &[dark]).await);
        assert!(at_another_stage(&refused(gather(worker, "x", &[done]).await)));
        refused(gather(worker, "x", &[again]).await);
        assert_eq!(refused(gather(worker, "x", &[]).await), topics::Refusal::NoMatters);

        let id = gather(worker, "市场", &[dark, bikes, fees]).await.unwrap();
        // The same form sent again opens nothing, whatever else it says.
        assert_eq!(gather(worker, "市场", &[late]).await.unwrap(), id);
        assert_eq!(listed_topics(&office.db, ledger, None).await.unwrap().rows.len(), 1);
        for one in [dark, bikes, fees] {
            let state = matter(office, &there, one).await;
            assert_eq!(state.topic, Some(id));
            assert_eq!(state.stage(), StageKind::InHand, "the topic sorts what was not sorted");
            assert_eq!(topics_of(&office.db, ledger, one).await.unwrap()[0].id, id);
        }
        assert_eq!(refused(gather(worker, "other", &[bikes]).await), matters::Refusal::InTopic);
        let merged = office.act(worker, ledger, bikes, MergeInto { into: late }).await;
        assert_eq!(refused(merged), matters::Refusal::InTopic);

        office.act(worker, ledger, id, Gather { matters: vec![late] }).await.unwrap();
        assert_eq!(topic(office, &there, id).await.matters.len(), 4);
        // Given up: each goes on by itself, and may join another.
        office.act(worker, ledger, id, topics::Drop { reason: "改由物业直接办理".to_owned() }).await.unwrap();
        assert_eq!(topic(office, &there, id).await.stage, TopicStage::Dropped);
        for one in [dark, bikes, fees, late] {
            let state = matter(office, &there, one).await;
            assert_eq!((state.topic, state.stage()), (None, StageKind::InHand));
        }
        gather(worker, "new", &[bikes, late]).await.unwrap();
        rebuilt_is_the_same(&store).await;
        seal_and_verify(&store).await;
    }
}

#[tokio::test]
async fn a_meeting_is_called_posted_held_and_decides_by_hands_and_by_phone() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker) = (there.community, &there.worker);
        let dark = raise(office, &there, "dark").await.matter;
        let about = begin(office, worker, ledger, opening("市场", &[dark])).await.unwrap();

        // Three days of notice, or a reason; two persons for the minutes.
        let soon = calling("soon", &there, &[about], office.now().plus_seconds(2 * DAY));
        let short = refused(begin(office, worker, ledger, soon).await);
        assert!(matches!(why(&short), meetings::Refusal::ShortNotice { .. }), "{short:?}");
        let starts = office.now().plus_seconds(5 * DAY);
        let (id, call) = calling("市场", &there, &[about], starts);
        let one = meetings::Call { recorder: call.chair, ..call.clone() };
        assert_eq!(refused(begin(office, worker, ledger, (id, one)).await), meetings::Refusal::OnePerson);
        assert_eq!(office.start(worker, ledger, id, call.clone()).await.unwrap(), Made::Now);
        let twice = office.start(worker, ledger, id, call).await.unwrap();
        assert_eq!(twice, Made::Before, "the same form calls once");
        assert_eq!(reads::meetings(&office.db, ledger, None).await.unwrap().rows.len(), 1);
        assert_eq!(topic(office, &there, about).await.stage, TopicStage::Scheduled);
        let door = meeting(office, &there, id).await.agenda.door.get().cloned().unwrap();
        let found = reads::meeting_by_door(&office.db, &door).await.unwrap().unwrap();
        assert_eq!((found.id, found.stage), (id, MeetingStage::Called));

        // Bodies are invited and reply for themselves only.
        let invited = async || {
            let held = duty::held(&office.db, &[HolderKey::organisation(there.lamps)], 10).await.unwrap();
            held.iter().filter(|duty| duty.step == "reply").count()
        };
        assert_eq!(invited().await, 1);
        let reply = |organisation, coming, note: &str| Reply { organisation, coming, note: note.to_owned() };
        office.act(&there.lamp_officer, ledger, id, reply(there.lamps, Coming::Yes, "")).await.unwrap();
        refused(office.act(&there.lamp_officer, ledger, id, reply(there.squad, Coming::Yes, "")).await);
        refused(office.act(worker, ledger, id, reply(there.buses, Coming::Yes, "")).await);
        refused(office.act(&there.squad_officer, ledger, id, reply(there.squad, Coming::No, "")).await);
        office.act(worker, ledger, id, reply(there.squad, Coming::No, "电话告知：当日有任务")).await.unwrap();
        assert_eq!(invited().await, 0);

        // Not before it was posted, not before its time.
        office.clock.put(starts);
        assert_eq!(refused(office.act(worker, ledger, id, Open).await), meetings::Refusal::NotPosted);
        office.clock.put(starts.plus_seconds(-DAY));
        office.act(worker, ledger, id, Post { at: "东门".to_owned(), photo: None }).await.unwrap();
        let early = refused(office.act(worker, ledger, id, Open).await);
        assert!(matches!(why(&early), meetings::Refusal::TooEarly { .. }), "{early:?}");
        let seat = signing("early", SeatKind::Resident, SignedIn::Phone);
        refused(office.sign_in(&Actor::visitor(), ledger, id, seat).await);
        office.clock.put(starts);
        office.act(worker, ledger, id, Open).await.unwrap();

        // By phone as a resident or observer; members and guests at the door, by the worker.
        let mut phones = Vec::new();
        for n in 0..4 {
            phones.push(by_phone(office, &there, id, &format!("{n}")).await);
        }
        let again = by_phone(office, &there, id, "0").await;
        assert_eq!(again, phones[0], "the same device sits once");
        let secret = reads::seat_by_secret(&office.db, ledger, &phones[0].secret).await.unwrap().unwrap();
        assert_eq!(secret.id, phones[0].seat);
        let visitor = Actor::visitor();
        let member = signing("member", SeatKind::Member, SignedIn::Phone);
        refused(office.sign_in(&visitor, ledger, id, member).await);
        let mut guest = signing("guest", SeatKind::Invited, SignedIn::Register);
        guest.organisation = Some(there.lamps);
        office.sign_in(worker, ledger, id, guest).await.unwrap();
        let old = by_register(office, &there, id, "old").await;
        let twice = by_register(office, &there, id, "twice").await;
        assert_eq!(reads::present(&office.db, ledger, id).await.unwrap(), 6);
        office.act(worker, ledger, twice, Strike { reason: "重复登记".to_owned() }).await.unwrap();
        assert_eq!(reads::present(&office.db, ledger, id).await.unwrap(), 5);
        let names = reads::names(&office.db, ledger, &[old]).await.unwrap();
        assert_eq!(names[&old], "居民old");

        // Statements; the market files its plan.
        let say = |form, text: &str| Speak { form, organisation: None, text: text.to_owned() };
        office.act(worker, ledger, id, say(StatementKind::Statement, "看不清秤。")).await.unwrap();
        office
            .act(&there.market_keeper, ledger, id, say(StatementKind::Plan, "划线、统一门头。"))
            .await
            .unwrap();
        refused(office.act(&there.keeper, ledger, id, say(StatementKind::Plan, "没有受邀。")).await);
        assert_eq!(meeting(office, &there, id).await.sitting.plans, [(there.market, 2)]);

        // A show of hands, entered by two persons who first differ.
        office.act(worker, ledger, id, motion(about, VoteMode::Hands)).await.unwrap();
        assert_eq!(
            refused(office.act(worker, ledger, id, motion(about, VoteMode::Phones)).await),
            meetings::Refusal::VoteOpen
        );
        let hands = |hands| EnterHands { motion: 1, hands };
        let miscounted = refused(office.act(worker, ledger, id, hands([4, 2, 0])).await);
        assert!(matches!(why(&miscounted), meetings::Refusal::Miscount(_)), "{miscounted:?}");
        office.act(worker, ledger, id, hands([3, 1, 1])).await.unwrap();
        office.act(&there.colleague, ledger, id, hands([2, 1, 1])).await.unwrap();
        assert_eq!(refused(office.end_vote(worker, ledger, id, 1).await), meetings::Refusal::HandsDiffer);
        office.act(&there.colleague, ledger, id, hands([3, 1, 1])).await.unwrap();
        office.end_vote(worker, ledger, id, 1).await.unwrap();
        let counted = |state: &Meeting, n: usize| match state.sitting.motions[n].vote {
            Vote::Counted(counts, passed) => {
                ([counts.present, counts.in_favour, counts.against, counts.abstain], passed)
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(counted(&meeting(office, &there, id).await, 0), ([5, 3, 1, 1], Passed::Yes));

        // By phone: whoever is silent is present; whoever votes anew counts once; the worker
        // votes for who has no phone, and for nobody else.
        office.act(worker, ledger, id, motion(about, VoteMode::Phones)).await.unwrap();
        let vote = async |actor: &Actor, seat: SeatId, choice, voter| {
            vote(office, actor, ledger, Cast { meeting: id, motion: 2, seat, choice, voter }).await
        };
        vote(&visitor, phones[0].seat, Choice::Against, Voter::Own).await.unwrap();
        vote(&visitor, phones[0].seat, Choice::For, Voter::Own).await.unwrap();
        vote(&visitor, phones[1].seat, Choice::For, Voter::Own).await.unwrap();
        assert_eq!(
            refused(vote(worker, phones[1].seat, Choice::Against, Voter::Worker).await),
            meetings::Refusal::NoSeat
        );
        assert_eq!(refused(vote(worker, twice, Choice::For, Voter::Worker).await), meetings::Refusal::NoSeat);
        refused(vote(&visitor, old, Choice::For, Voter::Worker).await);
        let alone = refused(vote(worker, old, Choice::Abstain, Voter::Worker).await);
        assert_eq!(alone, meetings::Refusal::SecondPerson, "entered and voted for by one person");
        vote(&there.colleague, old, Choice::Abstain, Voter::Worker).await.unwrap();
        assert_eq!(reads::votes(&office.db, ledger, id, 2).await.unwrap(), [2, 0, 1]);
        let strike = office.act(worker, ledger, old, Strike { reason: "x".to_owned() }).await;
        assert_eq!(refused(strike), meetings::Refusal::VoteOpen);
        office.end_vote(worker, ledger, id, 2).await.unwrap();
        let late = refused(vote(&visitor, phones[2].seat, Choice::For, Voter::Own).await);
        assert_eq!(late, meetings::Refusal::NoVote);
        let state = meeting(office, &there, id).await;
        assert_eq!(counted(&state, 1), ([5, 2, 0, 1], Passed::No), "two of five present are no majority");

        // Resolved, confirmed by two over one text, published.
        let due = office.now().plus_seconds(20 * DAY);
        let resolve = |motion| {
            let mut action = agreed("看车", there.market, Way::Work, due);
            action.motion = motion;
            Resolve { actions: vec![action], standard: "自行车停划线区。".to_owned() }
        };
        assert_eq!(
            refused(office.act(worker, ledger, id, resolve(2)).await),
            meetings::Refusal::NothingPassed
        );
        office.act(worker, ledger, id, resolve(1)).await.unwrap();
        let dissent = Dissent { motion: Some(1), text: "招牌应照顾老摊位。".to_owned() };
        office.act(worker, ledger, id, dissent).await.unwrap();
        let confirm = |minutes: &str| Confirm { minutes: minutes.repeat(64) };
        refused(office.act(worker, ledger, id, confirm("a")).await);
        office.act(&there.secretary, ledger, id, confirm("a")).await.unwrap();
        office.act(&there.colleague, ledger, id, confirm("b")).await.unwrap();
        let state = meeting(office, &there, id).await;
        assert_eq!(state.stage, MeetingStage::Held, "they must confirm the same text");
        assert_eq!(state.outcome.confirmed.get(&Confirming::Chair), None);
        office.act(&there.secretary, ledger, id, confirm("b")).await.unwrap();
        assert!(reads::standards(&office.db, ledger, "", None).await.unwrap().rows.is_empty());
        office.act(worker, ledger, id, Publish { at: "东门".to_owned() }).await.unwrap();
        assert_eq!(reads::standards(&office.db, ledger, "", None).await.unwrap().rows[0].id, id);
        rebuilt_is_the_same(&store).await;
        seal_and_verify(&store).await;
    }
}

#[tokio::test]
async fn an_upheld_objection_suspends_the_order_and_returns_the_topic() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker) = (there.community, &there.worker);
        let dark = raise(office, &there, "dark").await.matter;
        let (about, id) = published(office, &there, "市场", &[dark]).await;
        let object = |action: Option<&str>| objecting(action.map(action_id), "device", "收费太高。");
        let rule =
            |number, ruling| Rule { number, ruling, reason: "依据不足，重新商议。".to_owned() };

        // Rejected with the reason: nothing else changes.
        office.act(&Actor::visitor(), ledger, id, object(None)).await.unwrap();
        refused(office.act(worker, ledger, id, rule(1, Ruling::Rejected)).await);
        office.act(&there.secretary, ledger, id, rule(1, Ruling::Rejected)).await.unwrap();
        assert_eq!(topic(office, &there, about).await.stage, TopicStage::Decided);

        // In a hurry one action is on its way before the notice is over; without one it waits.
        let early = refused(office.dispatch_action(worker, ledger, id, dispatching(&there, "看车")).await);
        assert!(matches!(why(&early), meetings::Refusal::NoticeRuns { .. }), "{early:?}");
        let mut hurried = dispatching(&there, "看车");
        hurried.hurry = Some("节前必须到岗".to_owned());
        let work = office.dispatch_action(worker, ledger, id, hurried.clone()).await.unwrap();
        let again = office.dispatch_action(worker, ledger, id, hurried).await;
        assert_eq!(refused(again), Common::Exists, "an action is sent once");
        assert_eq!(orders::of_topic(&office.db, ledger, about).await.unwrap().len(), 1);

        office.act(&Actor::visitor(), ledger, id, object(Some("看车"))).await.unwrap();
        office.act(&there.secretary, ledger, id, rule(2, Ruling::Upheld)).await.unwrap();
        assert_eq!(order(office, &there, work).await.stage, OrderStage::Suspended);
        let state = meeting(office, &there, id).await;
        assert_eq!(state.outcome.actions[0].fate, Fate::Suspended(Some(work)));
        assert_eq!(state.outcome.actions[1].fate, Fate::Waiting, "the objection was to one action");
        let state = topic(office, &there, about).await;
        assert_eq!(state.stage, TopicStage::Open, "the topic returns");

        // It is deliberated again; the suspended order goes on, or is withdrawn.
        let starts = office.now().plus_seconds(5 * DAY);
        let second = begin(office, worker, ledger, calling("again", &there, &[about], starts)).await;
        let second = second.unwrap();
        assert_eq!(topic(office, &there, about).await.meetings, [id, second]);
        let resume = Resume { reason: "再议仍同意".to_owned(), finish_by: starts.plus_seconds(DAY) };
        office.act(worker, ledger, work, resume).await.unwrap();
        assert_eq!(order(office, &there, work).await.stage, OrderStage::Sent);
        let withdraw = Withdraw { reason: "改由社区自办".to_owned() };
        office.act(worker, ledger, work, withdraw).await.unwrap();
        // Once the notice is over nobody objects any more.
        days(office, 7);
        assert_eq!(
            refused(office.act(&Actor::visitor(), ledger, id, object(None)).await),
            meetings::Refusal::NoticeOver
        );
        rebuilt_is_the_same(&store).await;
        seal_and_verify(&store).await;
    }
}

#[tokio::test]
async fn work_whistle_and_letter_run_their_course() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker) = (there.community, &there.worker);
        let stage = async |id| order(office, &there, id).await.stage;
        let note = |text: &str| text.to_owned();
        let dark = raise(office, &there, "dark").await.matter;
        let finish_by = office.now().plus_seconds(20 * DAY);
        let sending = |word: &str, kind, holder| {
            let send = dispatch::Send {
                item: "repair".to_owned(),
                kind,
                matter: dark,
                task: "补灯。".to_owned(),
                acceptance: "看得清秤".to_owned(),
                holder: Holder::Organisation(holder),
                person: None,
                finish_by,
            };
            (order_id(word), send)
        };

        // Only about what somebody is at work on; the same form sends once.
        let send = async |actor: &Actor, sending| begin(office, actor, ledger, sending).await;
        let early = send(worker, sending("work", OrderKind::Work, there.property)).await;
        assert!(at_another_stage(&refused(early)));
        office.act(worker, ledger, dark, to_worker(&there)).await.unwrap();
        let work = send(worker, sending("work", OrderKind::Work, there.property)).await.unwrap();
        assert_eq!(send(worker, sending("work", OrderKind::Work, there.property)).await.unwrap(), work);
        refused(send(worker, sending("x", OrderKind::Whistle, there.lamps)).await);
        refused(send(&there.keeper, sending("x", OrderKind::Work, there.property)).await);

        // The property company signs, works, finishes with a photo; the desk sends it back once.
        refused(office.act(&there.market_keeper, ledger, work, report_in()).await);
        office.act(&there.keeper, ledger, work, report_in()).await.unwrap();
        assert_eq!(refused(office.act(&there.keeper, ledger, work, report_in()).await), Common::Exists);
        let photo = PhotoDigest(office.db.put_blob(vec![7; 9]).await.unwrap());
        office.act(&there.keeper, ledger, work, done(vec![photo.clone()])).await.unwrap();
        refused(office.act(&there.keeper, ledger, work, accept()).await);
        let back = Return { reason: note("还有两盏不亮"), finish_by };
        office.act(worker, ledger, work, back).await.unwrap();
        assert_eq!(stage(work).await, OrderStage::InWork);
        office.act(&there.keeper, ledger, work, done(vec![])).await.unwrap();
        office.act(worker, ledger, work, PublishPhoto { photo }).await.unwrap();
        office.act(worker, ledger, work, accept()).await.unwrap();
        assert_eq!(stage(work).await, OrderStage::Accepted);

        // Asked by the community, blown by the street: one comes, one stands as late.
        let asking = Ask {
            item: "department".to_owned(),
            whistle: WhistleKind::Enforcement,
            matter: dark,
            task: "清理占道，补齐照明。".to_owned(),
            acceptance: "通道畅通".to_owned(),
            reason: "社区无执法权。".to_owned(),
            departments: vec![there.squad],
            lead: there.lamps,
            finish_by,
        };
        let whistle = order_id("whistle");
        for made in [Made::Now, Made::Before] {
            assert_eq!(office.start(worker, ledger, whistle, asking.clone()).await.unwrap(), made);
        }
        assert_eq!(stage(whistle).await, OrderStage::Asked);
        assert!(orders::calling(&office.db, &[there.squad]).await.unwrap().is_empty(), "not called yet");
        let blow = Blow {
            whistle: WhistleKind::Enforcement,
            departments: vec![there.squad],
            lead: there.lamps,
            arrive_by: None,
            finish_by,
        };
        refused(office.act(worker, ledger, whistle, blow.clone()).await);
        office.act(&there.officer, ledger, whistle, blow).await.unwrap();
        for called in [there.lamps, there.squad] {
            assert_eq!(orders::calling(&office.db, &[called]).await.unwrap()[0].id, whistle);
        }
        refused(office.act(&there.keeper, ledger, whistle, report_in()).await);
        office.act(&there.lamp_officer, ledger, whistle, report_in()).await.unwrap();
        days(office, 3);
        let state = order(office, &there, whistle).await;
        assert!(state.arrived.contains_key(&there.lamps) && !state.arrived.contains_key(&there.squad));
        assert!(state.report_by < office.now(), "the squad is late");
        let other = refused(office.act(&there.squad_officer, ledger, whistle, done(vec![])).await);
        assert_eq!(other, dispatch::Refusal::OnlyLead);
        // "Not ours" of the squad is about its part alone; the lead stays at work.
        let not_ours = Dispute { reason: note("不在执法范围") };
        office.act(&there.squad_officer, ledger, whistle, not_ours).await.unwrap();
        assert_eq!(stage(whistle).await, OrderStage::InWork);
        let rule = |to| RulePart { organisation: there.squad, to, reason: note("仍由执法队配合") };
        refused(office.act(worker, ledger, whistle, rule(Some(there.squad))).await);
        office.act(&there.officer, ledger, whistle, rule(Some(there.squad))).await.unwrap();
        let sooner = office.now().end_of_day_after(2);
        let set = SetPart { organisation: there.squad, reason: note("先清场"), finish_by: sooner };
        office.act(&there.officer, ledger, whistle, set).await.unwrap();
        office.act(&there.officer, ledger, whistle, UrgePart { organisation: there.squad }).await.unwrap();
        office.act(&there.squad_officer, ledger, whistle, report_in()).await.unwrap();
        let own = duty::held(&office.db, &[HolderKey::organisation(there.squad)], 9).await.unwrap();
        assert!(own.iter().any(|one| one.key() == Some((ledger, whistle)) && one.due == sooner), "{own:?}");
        rebuilt_is_the_same(&store).await;
        let part = FinishPart { organisation: None, note: note("已清场"), photos: vec![] };
        office.act(&there.squad_officer, ledger, whistle, part).await.unwrap();
        office.act(&there.lamp_officer, ledger, whistle, done(vec![])).await.unwrap();
        office.act(worker, ledger, whistle, accept()).await.unwrap();

        // "Not ours": the street rules, once.
        let disputed = send(worker, sending("dispute", OrderKind::Work, there.market)).await.unwrap();
        let dispute = || Dispute { reason: "产权不在我处。".to_owned() };
        office.act(&there.market_keeper, ledger, disputed, dispute()).await.unwrap();
        assert_eq!(stage(disputed).await, OrderStage::Disputed);
        let rule = dispatch::Rule {
            holder: Holder::Organisation(there.property),
            reason: note("属物业共用部位"),
            finish_by,
        };
        refused(office.act(worker, ledger, disputed, rule.clone()).await);
        office.act(&there.officer, ledger, disputed, rule).await.unwrap();
        refused(office.act(&there.keeper, ledger, disputed, dispute()).await);
        refused(office.act(&there.market_keeper, ledger, disputed, report_in()).await);
        office.act(&there.keeper, ledger, disputed, report_in()).await.unwrap();

        // A letter is followed up; nobody there can be summoned.
        let letter = send(worker, sending("letter", OrderKind::Letter, there.buses)).await.unwrap();
        let before = orders::order(&office.db, ledger, letter).await.unwrap().unwrap().next.unwrap().1;
        days(office, 10);
        office.act(worker, ledger, letter, FollowUp { note: note("已列入下月计划") }).await.unwrap();
        let after = orders::order(&office.db, ledger, letter).await.unwrap().unwrap().next.unwrap().1;
        assert!(after > before);
        let (paths, later) = ([vec![there.street, ledger]], after.plus_seconds(60 * DAY));
        let late = duty::due_of_each_below(&office.db, &paths, later, 100).await.unwrap();
        let late: Vec<_> = late.iter().filter_map(Duty::key).collect();
        assert!(late.contains(&(ledger, letter)) && late.contains(&(ledger, disputed)));
        rebuilt_is_the_same(&store).await;
        seal_and_verify(&store).await;
    }
}

#[tokio::test]
async fn everyone_is_answered_called_back_and_all_is_concluded() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker, visitor) = (there.community, &there.worker, Actor::visitor());
        let dark = raise(office, &there, "dark").await;
        let again = raise(office, &there, "again").await;
        let bikes = raise(office, &there, "bikes").await;
        office.act(worker, ledger, again.matter, MergeInto { into: dark.matter }).await.unwrap();
        let (joined, _) = office.join(&visitor, ledger, bikes.matter, joining("me-too")).await.unwrap();
        let (about, id) = published(office, &there, "市场", &[dark.matter, bikes.matter]).await;
        days(office, 6);
        let conclude = async || office.act(worker, ledger, about, topics::Conclude).await;
        let unfinished = |refusal: Refusal| match refusal.of() {
            Some(topics::Refusal::Unfinished { orders, matters }) => (*orders, *matters),
            _ => panic!("{refusal:?}"),
        };
        assert_eq!(unfinished(refused(conclude().await)), (2, 2), "two actions wait, two are not answered");
        let over = office.act(worker, ledger, id, Conclude).await;
        assert_eq!(refused(over), meetings::Refusal::Unfinished { actions: 2 });

        let work = office.dispatch_action(worker, ledger, id, dispatching(&there, "看车")).await.unwrap();
        let whistle = office.dispatch_action(worker, ledger, id, dispatching(&there, "照明")).await.unwrap();
        office.act(worker, ledger, id, Conclude).await.unwrap();
        let finish_by = office.now().plus_seconds(9 * DAY);
        let decline =
            Decline { reason: "由路灯所日常维修解决。".to_owned(), ways: vec![OtherWay::Letter] };
        office.act(&there.officer, ledger, whistle, decline).await.unwrap();
        // The action is free: by a letter, once, and asked again only with what is new.
        let letter = SendInstead {
            kind: OrderKind::Letter,
            holder: Holder::Organisation(there.lamps),
            person: None,
            finish_by,
        };
        refused(office.act(&there.lamp_officer, ledger, whistle, letter.clone()).await);
        office.act(worker, ledger, whistle, letter.clone()).await.unwrap();
        assert_eq!(refused(office.act(worker, ledger, whistle, letter).await), dispatch::Refusal::WentOn);
        let anew = |reason: &str| AskAgain {
            reason: reason.to_owned(),
            whistle: WhistleKind::Hard,
            departments: vec![there.squad],
            lead: there.lamps,
            finish_by,
        };
        let same = order(office, &there, whistle).await.asked.unwrap();
        let nothing = refused(office.act(worker, ledger, whistle, anew(&same)).await);
        assert_eq!(nothing, dispatch::Refusal::NothingNew);
        office.act(worker, ledger, whistle, anew("昨晚又有两位老人摔倒。")).await.unwrap();
        for (kind, stage) in [(OrderKind::Letter, OrderStage::Sent), (OrderKind::Whistle, OrderStage::Asked)]
        {
            let after = order_after(whistle, kind);
            let state = order(office, &there, after).await;
            assert_eq!((state.kind, state.stage, state.after), (kind, stage, Some(whistle)));
            assert_eq!(state.task, order(office, &there, whistle).await.task);
            let enough = Withdraw { reason: "改由市场自行解决。".to_owned() };
            office.act(worker, ledger, after, enough).await.unwrap();
        }
        rebuilt_is_the_same(&store).await;
        let done = Done { note: "管理员到岗。".to_owned(), photos: vec![] };
        office.act(&there.market_keeper, ledger, work, report_in()).await.unwrap();
        office.act(&there.market_keeper, ledger, work, done).await.unwrap();
        assert_eq!(unfinished(refused(conclude().await)), (1, 2));
        office.act(worker, ledger, work, accept()).await.unwrap();
        assert!(office.now() < finish_by);

        // One answer for everyone in the topic; who handled it does not call back.
        let tell =
            async |text: &str| office.act(worker, ledger, about, AnswerAll { text: text.to_owned() }).await;
        tell("都办好了。").await.unwrap();
        assert_eq!(refused(tell("再说一遍。").await), topics::Refusal::NoMatters);
        conclude().await.unwrap();
        assert_eq!(topic(office, &there, about).await.stage, TopicStage::Concluded);
        let call =
            async |actor: &Actor, receipt: ReceiptId, call| office.act(actor, ledger, receipt, call).await;
        let reached = |solved| CallBack::said(CallWay::Telephone, Contacted::Yes, said(solved, ""));
        let own = call(worker, dark.receipt, reached(Solved::Yes)).await;
        assert_eq!(refused(own), Denied::Handler);
        let colleague = &there.colleague;
        call(colleague, dark.receipt, CallBack::missed(CallWay::Telephone, "无人接听")).await.unwrap();
        call(colleague, dark.receipt, reached(Solved::Yes)).await.unwrap();
        let twice = call(colleague, dark.receipt, reached(Solved::Yes)).await;
        assert_eq!(refused(twice), evaluation::Refusal::Evaluated);
        // The one who said the same gave the merged matter's receipt, and is asked too.
        call(colleague, again.receipt, reached(Solved::Yes)).await.unwrap();
        evaluate(office, &visitor, ledger, bikes.receipt, said(Solved::Yes, "")).await.unwrap();
        office.act(colleague, ledger, dark.matter, Close).await.unwrap();
        let waiting = refused(office.act(colleague, ledger, bikes.matter, Close).await);
        let one = matches!(waiting.of(), Some(matters::Refusal::Waiting { receipts: 1, .. }));
        assert!(one, "{waiting:?}");

        // Not solved: it is taken up again, and may go before another meeting.
        call(colleague, joined.receipt, reached(Solved::No)).await.unwrap();
        let state = matter(office, &there, bikes.matter).await;
        assert_eq!((state.stage(), state.topic), (StageKind::InHand, None));
        begin(office, worker, ledger, opening("again", &[bikes.matter])).await.unwrap();
        rebuilt_is_the_same(&store).await;
        seal_and_verify(&store).await;
    }
}

#[tokio::test]
async fn who_sat_there_is_erased_and_what_was_sealed_still_verifies() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker, visitor) = (there.community, &there.worker, Actor::visitor());
        let dark = raise(office, &there, "dark").await.matter;
        let (about, id) = open_meeting(office, &there, "市场", &[dark]).await;
        let sat = by_phone(office, &there, id, "1").await;
        office.act(worker, ledger, id, motion(about, VoteMode::Phones)).await.unwrap();
        let cast = Cast { meeting: id, motion: 1, seat: sat.seat, choice: Choice::For, voter: Voter::Own };
        vote(office, &visitor, ledger, cast).await.unwrap();
        seal_and_verify(&store).await;

        let erase = async |actor| office.erase_seat(actor, ledger, sat.seat, EraseReason::Asked).await;
        // What is not counted yet would be counted without it.
        assert_eq!(refused(erase(&there.secretary).await), meetings::Refusal::VoteOpen);
        office.end_vote(worker, ledger, id, 1).await.unwrap();
        assert!(refused(erase(worker).await).denied().is_some());
        erase(&there.secretary).await.unwrap();
        // Asked again it is done already, and no second entry.
        let entries = ledgers::head(&office.db, ledger).await.unwrap();
        erase(&there.secretary).await.unwrap();
        assert_eq!(ledgers::head(&office.db, ledger).await.unwrap(), entries);
        assert!(reads::names(&office.db, ledger, &[sat.seat]).await.unwrap().is_empty());
        assert_eq!(reads::seat_by_secret(&office.db, ledger, &sat.secret).await.unwrap(), None);
        const TYPED: &str =
            "select count(*) from private where value like '%居民1%' or value like '%device-1%'";
        assert_eq!(office.db.row(TYPED, &[]).await.unwrap().unwrap().int(0).unwrap(), 0);
        assert_eq!(reads::votes(&office.db, ledger, id, 1).await.unwrap(), [0, 0, 0], "nobody's any more");
        // Somebody was there, and the vote counts; the same device sits only once all the same.
        assert_eq!(by_phone(office, &there, id, "1").await.seat, sat.seat);
        let state = meeting(office, &there, id).await;
        let Vote::Counted(counts, _) = state.sitting.motions[0].vote else { panic!("it is counted") };
        assert_eq!((counts.present, counts.in_favour), (1, 1));
        rebuilt_is_the_same(&store).await;
        seal_and_verify(&store).await;
    }
}
