//! The market's journey through the office, on both stores: topics, meetings, votes,
//! objections, orders, calls back; each test is one story.

use super::office::{answer, rebuilt_is_the_same, said, seal_and_verify, to_worker};
use yishi_domain::dispatch::{Command as OrderCommand, Order, OrderKind, OrderStage, WhistleKind};
use yishi_domain::matters::{CallBack, Holder, Matter, PhotoDigest, Solved, StageKind};
use yishi_domain::meetings::{
    Choice, Coming, Command, Confirming, Fate, Meeting, MeetingStage, Passed, Ruling, SeatKind, SignedIn,
    StatementKind, Topic, TopicStage, Vote, VoteMode, Way,
};
use yishi_domain::{Actor, Denied, MatterId, MeetingId, OrderId, Refusal, TopicId};
use yishi_store::office::{Asking, RaisedMatter, Sending, Voter};
use yishi_store::reads::{dispatch as orders, meetings as reads};
use yishi_store::{Failure, Office};
use yishi_testkit::meetings::{
    DAY, action_id, agreed, by_phone, calling, dispatching, motion, open_meeting, opening, signing,
};
use yishi_testkit::neighbourhood::{form, joining, raising};
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

fn refused<T: std::fmt::Debug>(result: Result<T, Failure>) -> Refusal {
    match result {
        Err(Failure::Refused(refusal)) => refusal,
        other => panic!("should have been refused: {other:?}"),
    }
}

async fn raise(office: &Office, there: &Neighbourhood, word: &str) -> RaisedMatter {
    office.raise(&Actor::visitor(), raising(word, there.compound, "市场里面太黑。")).await.unwrap()
}

async fn matter(office: &Office, there: &Neighbourhood, id: MatterId) -> Matter {
    office.load::<Matter>(there.community, &id.into()).await.unwrap().state
}

async fn meeting(office: &Office, there: &Neighbourhood, id: MeetingId) -> Meeting {
    office.load::<Meeting>(there.community, &id.into()).await.unwrap().state
}

async fn topic(office: &Office, there: &Neighbourhood, id: TopicId) -> Topic {
    office.load::<Topic>(there.community, &id.into()).await.unwrap().state
}

async fn order(office: &Office, there: &Neighbourhood, id: OrderId) -> Order {
    office.load::<Order>(there.community, &id.into()).await.unwrap().state
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
    office.meet(&there.worker, ledger, id, motion(topic, VoteMode::Phones)).await.unwrap();
    for n in 0..3 {
        let seat = by_phone(office, there, id, &format!("{word}-{n}")).await.seat;
        let visitor = Actor::visitor();
        office.vote(&visitor, ledger, id, seat, 1, Choice::For, Voter::Own).await.unwrap();
    }
    office.end_vote(&there.worker, ledger, id, 1).await.unwrap();
    let due = office.now().plus_seconds(20 * DAY);
    let actions =
        vec![agreed("看车", there.market, Way::Work, due), agreed("照明", there.lamps, Way::Whistle, due)];
    let standard = "自行车停东门外划线区。".to_owned();
    office.meet(&there.worker, ledger, id, Command::Resolve { actions, standard }).await.unwrap();
    (topic, id)
}

/// The same, confirmed and published.
async fn published(
    office: &Office,
    there: &Neighbourhood,
    word: &str,
    matters: &[MatterId],
) -> (TopicId, MeetingId) {
    let (topic, id) = decided(office, there, word, matters).await;
    let minutes = office.db.put_blob("会议纪要".as_bytes().to_vec()).await.unwrap();
    for actor in [&there.secretary, &there.colleague] {
        let confirm = Command::Confirm { minutes: minutes.clone() };
        office.meet(actor, there.community, id, confirm).await.unwrap();
    }
    let publish = Command::Publish { at: "市场东门公告栏".to_owned() };
    office.meet(&there.worker, there.community, id, publish).await.unwrap();
    (topic, id)
}

/// What random histories seldom come to: a topic that is given up, an order that rests.
pub async fn seldom(office: &Office, there: &Neighbourhood) {
    let (ledger, worker) = (there.community, &there.worker);
    let [dark, bikes] =
        [raise(office, there, "s-dark").await.matter, raise(office, there, "s-bikes").await.matter];
    let given_up = office.open_topic(worker, ledger, opening("s", &[dark])).await.unwrap();
    office.gather(worker, ledger, given_up, vec![bikes]).await.unwrap();
    office.drop_topic(worker, ledger, given_up, "分开办理".to_owned()).await.unwrap();
    let (_, id) = published(office, there, "s-market", &[dark]).await;
    let mut hurried = dispatching(there, "看车");
    hurried.hurry = "节前必须到岗".to_owned();
    let work = office.dispatch_action(worker, ledger, id, hurried).await.unwrap();
    let (text, contact) = ("收费太高。".to_owned(), "谢大嫂".to_owned());
    let object = Command::Object { action: Some(action_id("看车")), text, contact };
    office.meet(&Actor::visitor(), ledger, id, object).await.unwrap();
    let rule = Command::Rule { number: 1, ruling: Ruling::Upheld, reason: "依据不足。".to_owned() };
    office.meet(&there.secretary, ledger, id, rule).await.unwrap();
    let finish_by = office.now().plus_seconds(DAY);
    let resume = OrderCommand::Resume { reason: "再议仍同意".to_owned(), finish_by };
    office.order(worker, ledger, work, resume).await.unwrap();
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
        office.work(worker, ledger, dark, to_worker(&there)).await.unwrap();
        office.merge(worker, ledger, again, dark).await.unwrap();
        office.work(worker, ledger, done, to_worker(&there)).await.unwrap();
        office.work(worker, ledger, done, answer("办好了。")).await.unwrap();

        // Nobody without a desk opens one; an answered or merged matter joins none.
        let gather = async |actor, word, matters: &[MatterId]| {
            office.open_topic(actor, ledger, opening(word, matters)).await
        };
        let visitor = Actor::visitor();
        assert_eq!(refused(gather(&visitor, "x", &[dark]).await), Refusal::Denied(Denied::SignIn));
        refused(gather(&there.keeper, "x", &[dark]).await);
        assert!(matches!(refused(gather(worker, "x", &[done]).await), Refusal::Denied(Denied::Stage(_))));
        refused(gather(worker, "x", &[again]).await);
        assert_eq!(refused(gather(worker, "x", &[]).await), Refusal::NoMatters);

        let id = gather(worker, "市场", &[dark, bikes, fees]).await.unwrap();
        // The same form sent again opens nothing, whatever else it says.
        assert_eq!(gather(worker, "市场", &[late]).await.unwrap(), id);
        assert_eq!(reads::topics(&office.db, ledger, None).await.unwrap().len(), 1);
        for one in [dark, bikes, fees] {
            let state = matter(office, &there, one).await;
            assert_eq!(state.topic(), Some(id));
            assert_eq!(state.stage(), Some(StageKind::InHand), "the topic sorts what was not sorted");
            assert_eq!(reads::topics_of(&office.db, ledger, one).await.unwrap()[0].id, id);
        }
        assert_eq!(refused(gather(worker, "other", &[bikes]).await), Refusal::InTopic);
        assert_eq!(refused(office.merge(worker, ledger, bikes, late).await), Refusal::InTopic);

        office.gather(worker, ledger, id, vec![late]).await.unwrap();
        assert_eq!(topic(office, &there, id).await.matters().len(), 4);
        // Given up: each goes on by itself, and may join another.
        office.drop_topic(worker, ledger, id, "改由物业直接办理".to_owned()).await.unwrap();
        assert_eq!(topic(office, &there, id).await.stage(), Some(TopicStage::Dropped));
        for one in [dark, bikes, fees, late] {
            let state = matter(office, &there, one).await;
            assert_eq!((state.topic(), state.stage()), (None, Some(StageKind::InHand)));
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
        let meet = async |actor: &Actor, id, command| office.meet(actor, ledger, id, command).await;
        let dark = raise(office, &there, "dark").await.matter;
        let about = office.open_topic(worker, ledger, opening("市场", &[dark])).await.unwrap();

        // Three days of notice, or a reason; two persons for the minutes.
        let soon = calling("soon", &there, &[about], office.now().plus_seconds(2 * DAY));
        let short = refused(office.call_meeting(worker, ledger, soon.clone()).await);
        assert!(matches!(short, Refusal::ShortNotice { .. }), "{short:?}");
        let starts = office.now().plus_seconds(5 * DAY);
        let call = calling("市场", &there, &[about], starts);
        let one = yishi_store::office::Calling { recorder: call.chair, ..call.clone() };
        assert_eq!(refused(office.call_meeting(worker, ledger, one).await), Refusal::OnePerson);
        let id = office.call_meeting(worker, ledger, call.clone()).await.unwrap();
        assert_eq!(office.call_meeting(worker, ledger, call).await.unwrap(), id, "the same form calls once");
        assert_eq!(topic(office, &there, about).await.stage(), Some(TopicStage::Scheduled));
        let door = meeting(office, &there, id).await.called().unwrap().door.get().cloned().unwrap();
        let found = reads::meeting_by_door(&office.db, &door).await.unwrap().unwrap();
        assert_eq!((found.id, found.stage), (id, MeetingStage::Called));

        // Bodies are invited and reply for themselves only.
        assert_eq!(reads::invitations(&office.db, there.lamps).await.unwrap().len(), 1);
        let reply =
            |organisation, coming, note: &str| Command::Reply { organisation, coming, note: note.to_owned() };
        meet(&there.lamp_officer, id, reply(there.lamps, Coming::Yes, "")).await.unwrap();
        refused(meet(&there.lamp_officer, id, reply(there.squad, Coming::Yes, "")).await);
        refused(meet(worker, id, reply(there.buses, Coming::Yes, "")).await);
        refused(meet(&there.squad_officer, id, reply(there.squad, Coming::No, "")).await);
        meet(worker, id, reply(there.squad, Coming::No, "电话告知：当日有任务")).await.unwrap();
        assert!(reads::invitations(&office.db, there.lamps).await.unwrap().is_empty());

        // Not before it was posted, not before its time.
        office.clock.put(starts);
        assert_eq!(refused(meet(worker, id, Command::Open).await), Refusal::NotPosted);
        office.clock.put(starts.plus_seconds(-DAY));
        meet(worker, id, Command::Post { at: "东门".to_owned(), photo: None }).await.unwrap();
        assert!(matches!(refused(meet(worker, id, Command::Open).await), Refusal::TooEarly { .. }));
        let seat = signing("early", SeatKind::Resident, SignedIn::Phone);
        refused(office.sign_in(&Actor::visitor(), ledger, id, seat).await);
        office.clock.put(starts);
        meet(worker, id, Command::Open).await.unwrap();

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
        let old = signing("old", SeatKind::Resident, SignedIn::Register);
        let old = office.sign_in(worker, ledger, id, old).await.unwrap().seat;
        let twice = signing("twice", SeatKind::Resident, SignedIn::Register);
        let twice = office.sign_in(worker, ledger, id, twice).await.unwrap().seat;
        assert_eq!(reads::present(&office.db, ledger, id).await.unwrap(), 6);
        office.strike(worker, ledger, twice, "重复登记".to_owned()).await.unwrap();
        assert_eq!(reads::present(&office.db, ledger, id).await.unwrap(), 5);
        let names = reads::names(&office.db, ledger, &[old]).await.unwrap();
        assert_eq!(names[&old], "居民old");

        // Statements; the market files its plan.
        let state = |form, text: &str| Command::State { form, organisation: None, text: text.to_owned() };
        meet(worker, id, state(StatementKind::Statement, "看不清秤。")).await.unwrap();
        meet(&there.market_keeper, id, state(StatementKind::Plan, "划线、统一门头。")).await.unwrap();
        refused(meet(&there.keeper, id, state(StatementKind::Plan, "没有受邀。")).await);
        assert_eq!(meeting(office, &there, id).await.plans(), &[(there.market, 2)]);

        // A show of hands, entered by two persons who first differ.
        meet(worker, id, motion(about, VoteMode::Hands)).await.unwrap();
        assert_eq!(refused(meet(worker, id, motion(about, VoteMode::Phones)).await), Refusal::VoteOpen);
        let hands = |hands| Command::EnterHands { motion: 1, hands, present: 99 };
        assert!(matches!(refused(meet(worker, id, hands([4, 2, 0])).await), Refusal::Miscount(_)));
        meet(worker, id, hands([3, 1, 1])).await.unwrap();
        meet(&there.colleague, id, hands([2, 1, 1])).await.unwrap();
        assert_eq!(refused(office.end_vote(worker, ledger, id, 1).await), Refusal::HandsDiffer);
        meet(&there.colleague, id, hands([3, 1, 1])).await.unwrap();
        office.end_vote(worker, ledger, id, 1).await.unwrap();
        let counted = |state: &Meeting, n: usize| match state.motions()[n].vote {
            Vote::Counted(counts, passed) => {
                ([counts.present, counts.in_favour, counts.against, counts.abstain], passed)
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(counted(&meeting(office, &there, id).await, 0), ([5, 3, 1, 1], Passed::Yes));

        // By phone: whoever is silent is present; whoever votes anew counts once; the worker
        // votes for who has no phone, and for nobody else.
        meet(worker, id, motion(about, VoteMode::Phones)).await.unwrap();
        let vote = async |actor: &Actor, seat, choice, voter| {
            office.vote(actor, ledger, id, seat, 2, choice, voter).await
        };
        vote(&visitor, phones[0].seat, Choice::Against, Voter::Own).await.unwrap();
        vote(&visitor, phones[0].seat, Choice::For, Voter::Own).await.unwrap();
        vote(&visitor, phones[1].seat, Choice::For, Voter::Own).await.unwrap();
        assert_eq!(
            refused(vote(worker, phones[1].seat, Choice::Against, Voter::Worker).await),
            Refusal::NoSeat
        );
        assert_eq!(refused(vote(worker, twice, Choice::For, Voter::Worker).await), Refusal::NoSeat);
        refused(vote(&visitor, old, Choice::For, Voter::Worker).await);
        vote(worker, old, Choice::Abstain, Voter::Worker).await.unwrap();
        assert_eq!(reads::votes(&office.db, ledger, id, 2).await.unwrap(), [2, 0, 1]);
        assert_eq!(refused(office.strike(worker, ledger, old, "x".to_owned()).await), Refusal::VoteOpen);
        office.end_vote(worker, ledger, id, 2).await.unwrap();
        assert_eq!(refused(vote(&visitor, phones[2].seat, Choice::For, Voter::Own).await), Refusal::NoVote);
        let state = meeting(office, &there, id).await;
        assert_eq!(counted(&state, 1), ([5, 2, 0, 1], Passed::No), "two of five present are no majority");

        // Resolved, confirmed by two over one text, published.
        let due = office.now().plus_seconds(20 * DAY);
        let resolve = |motion| {
            let mut action = agreed("看车", there.market, Way::Work, due);
            action.motion = motion;
            Command::Resolve { actions: vec![action], standard: "自行车停划线区。".to_owned() }
        };
        assert_eq!(refused(meet(worker, id, resolve(2)).await), Refusal::NothingPassed);
        meet(worker, id, resolve(1)).await.unwrap();
        let dissent = Command::Dissent { motion: Some(1), text: "招牌应照顾老摊位。".to_owned() };
        meet(worker, id, dissent).await.unwrap();
        let confirm = |minutes: &str| Command::Confirm { minutes: minutes.repeat(64) };
        refused(meet(worker, id, confirm("a")).await);
        meet(&there.secretary, id, confirm("a")).await.unwrap();
        meet(&there.colleague, id, confirm("b")).await.unwrap();
        let state = meeting(office, &there, id).await;
        assert_eq!(state.stage(), Some(MeetingStage::Held), "they must confirm the same text");
        assert_eq!(state.confirmed(Confirming::Chair), None);
        meet(&there.secretary, id, confirm("b")).await.unwrap();
        assert!(reads::standards(&office.db, ledger).await.unwrap().is_empty());
        meet(worker, id, Command::Publish { at: "东门".to_owned() }).await.unwrap();
        assert_eq!(reads::standards(&office.db, ledger).await.unwrap()[0].id, id);
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
        let meet = async |actor: &Actor, id, command| office.meet(actor, ledger, id, command).await;
        let dark = raise(office, &there, "dark").await.matter;
        let (about, id) = published(office, &there, "市场", &[dark]).await;
        let object = |action: Option<&str>| Command::Object {
            action: action.map(action_id),
            text: "收费太高。".to_owned(),
            contact: "谢大嫂".to_owned(),
        };
        let rule =
            |number, ruling| Command::Rule {
                number, ruling, reason: "依据不足，重新商议。".to_owned()
            };

        // Rejected with the reason: nothing else changes.
        meet(&Actor::visitor(), id, object(None)).await.unwrap();
        refused(meet(worker, id, rule(1, Ruling::Rejected)).await);
        meet(&there.secretary, id, rule(1, Ruling::Rejected)).await.unwrap();
        assert_eq!(topic(office, &there, about).await.stage(), Some(TopicStage::Decided));

        // In a hurry one action is on its way before the notice is over; without one it waits.
        let early = refused(office.dispatch_action(worker, ledger, id, dispatching(&there, "看车")).await);
        assert!(matches!(early, Refusal::NoticeRuns { .. }), "{early:?}");
        let mut hurried = dispatching(&there, "看车");
        hurried.hurry = "节前必须到岗".to_owned();
        let work = office.dispatch_action(worker, ledger, id, hurried.clone()).await.unwrap();
        let again = office.dispatch_action(worker, ledger, id, hurried).await;
        assert_eq!(refused(again), Refusal::Exists, "an action is sent once");
        assert_eq!(orders::of_topic(&office.db, ledger, about).await.unwrap().len(), 1);

        meet(&Actor::visitor(), id, object(Some("看车"))).await.unwrap();
        meet(&there.secretary, id, rule(2, Ruling::Upheld)).await.unwrap();
        assert_eq!(order(office, &there, work).await.stage(), Some(OrderStage::Suspended));
        let state = meeting(office, &there, id).await;
        assert_eq!(state.actions()[0].fate, Fate::Suspended(Some(work)));
        assert_eq!(state.actions()[1].fate, Fate::Waiting, "the objection was to one action");
        let state = topic(office, &there, about).await;
        assert_eq!(state.stage(), Some(TopicStage::Open), "the topic returns");

        // It is deliberated again; the suspended order goes on, or is withdrawn.
        let starts = office.now().plus_seconds(5 * DAY);
        let second = office.call_meeting(worker, ledger, calling("again", &there, &[about], starts)).await;
        let second = second.unwrap();
        assert_eq!(topic(office, &there, about).await.meetings(), [id, second]);
        let resume = OrderCommand::Resume {
            reason: "再议仍同意".to_owned(),
            finish_by: starts.plus_seconds(DAY),
        };
        office.order(worker, ledger, work, resume).await.unwrap();
        assert_eq!(order(office, &there, work).await.stage(), Some(OrderStage::Sent));
        let withdraw = OrderCommand::Withdraw { reason: "改由社区自办".to_owned() };
        office.order(worker, ledger, work, withdraw).await.unwrap();
        // Once the notice is over nobody objects any more.
        days(office, 7);
        assert_eq!(refused(meet(&Actor::visitor(), id, object(None)).await), Refusal::NoticeOver);
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
        let run = async |actor: &Actor, id, command| office.order(actor, ledger, id, command).await;
        let stage = async |id| order(office, &there, id).await.stage().unwrap();
        let note = |text: &str| text.to_owned();
        let report_in = || OrderCommand::ReportIn { organisation: None, note: String::new() };
        let done = |photos| OrderCommand::Done { note: "办好了。".to_owned(), photos };
        let dark = raise(office, &there, "dark").await.matter;
        let finish_by = office.now().plus_seconds(20 * DAY);
        let sending = |word: &str, kind, holder| Sending {
            form: form(word),
            kind,
            matter: dark,
            task: "补灯。".to_owned(),
            acceptance: "看得清秤".to_owned(),
            holder: Holder::Organisation(holder),
            person: None,
            finish_by,
        };

        // Only about what somebody is at work on; the same form sends once.
        let early = office.send_order(worker, ledger, sending("work", OrderKind::Work, there.property)).await;
        assert!(matches!(refused(early), Refusal::Denied(Denied::Stage(_))));
        office.work(worker, ledger, dark, to_worker(&there)).await.unwrap();
        let send = async |actor: &Actor, sending| office.send_order(actor, ledger, sending).await;
        let work = send(worker, sending("work", OrderKind::Work, there.property)).await.unwrap();
        assert_eq!(send(worker, sending("work", OrderKind::Work, there.property)).await.unwrap(), work);
        refused(send(worker, sending("x", OrderKind::Whistle, there.lamps)).await);
        refused(send(&there.keeper, sending("x", OrderKind::Work, there.property)).await);

        // The property company signs, works, finishes with a photo; the desk sends it back once.
        refused(run(&there.market_keeper, work, report_in()).await);
        run(&there.keeper, work, report_in()).await.unwrap();
        assert_eq!(refused(run(&there.keeper, work, report_in()).await), Refusal::Exists);
        let photo = PhotoDigest(office.db.put_blob(vec![7; 9]).await.unwrap());
        run(&there.keeper, work, done(vec![photo.clone()])).await.unwrap();
        refused(run(&there.keeper, work, OrderCommand::Accept { note: String::new() }).await);
        let back = OrderCommand::Return { reason: note("还有两盏不亮"), finish_by };
        run(worker, work, back).await.unwrap();
        assert_eq!(stage(work).await, OrderStage::InWork);
        run(&there.keeper, work, done(vec![])).await.unwrap();
        run(worker, work, OrderCommand::PublishPhoto(photo)).await.unwrap();
        run(worker, work, OrderCommand::Accept { note: String::new() }).await.unwrap();
        assert_eq!(stage(work).await, OrderStage::Accepted);

        // Asked by the community, blown by the street: one comes, one stands as late.
        let asking = Asking {
            form: form("whistle"),
            whistle: WhistleKind::Enforcement,
            matter: dark,
            task: "清理占道，补齐照明。".to_owned(),
            acceptance: "通道畅通".to_owned(),
            reason: "社区无执法权。".to_owned(),
            departments: vec![there.squad],
            lead: there.lamps,
            finish_by,
        };
        let whistle = office.ask_whistle(worker, ledger, asking.clone()).await.unwrap();
        assert_eq!(office.ask_whistle(worker, ledger, asking).await.unwrap(), whistle);
        assert_eq!(stage(whistle).await, OrderStage::Asked);
        assert!(orders::calling(&office.db, there.squad).await.unwrap().is_empty(), "not called yet");
        let blow = OrderCommand::Blow {
            whistle: WhistleKind::Enforcement,
            departments: vec![there.squad],
            lead: there.lamps,
            arrive_by: None,
            finish_by,
        };
        refused(run(worker, whistle, blow.clone()).await);
        run(&there.officer, whistle, blow).await.unwrap();
        for called in [there.lamps, there.squad] {
            assert_eq!(orders::calling(&office.db, called).await.unwrap()[0].id, whistle);
        }
        refused(run(&there.keeper, whistle, report_in()).await);
        run(&there.lamp_officer, whistle, report_in()).await.unwrap();
        days(office, 3);
        let state = order(office, &there, whistle).await;
        assert!(state.arrived(there.lamps).is_some() && state.arrived(there.squad).is_none());
        assert!(state.report_by().unwrap() < office.now(), "the squad is late");
        assert_eq!(refused(run(&there.squad_officer, whistle, done(vec![])).await), Refusal::OnlyLead);
        run(&there.squad_officer, whistle, report_in()).await.unwrap();
        run(&there.lamp_officer, whistle, done(vec![])).await.unwrap();
        run(worker, whistle, OrderCommand::Accept { note: String::new() }).await.unwrap();

        // "Not ours": the street rules, once.
        let mut asked = sending("dispute", OrderKind::Work, there.property);
        asked.holder = Holder::Organisation(there.market);
        let disputed = send(worker, asked).await.unwrap();
        let dispute = || OrderCommand::Dispute { reason: "产权不在我处。".to_owned() };
        run(&there.market_keeper, disputed, dispute()).await.unwrap();
        assert_eq!(stage(disputed).await, OrderStage::Disputed);
        let rule = OrderCommand::Rule {
            holder: Holder::Organisation(there.property),
            reason: note("属物业共用部位"),
            finish_by,
        };
        refused(run(worker, disputed, rule.clone()).await);
        run(&there.officer, disputed, rule).await.unwrap();
        refused(run(&there.keeper, disputed, dispute()).await);
        refused(run(&there.market_keeper, disputed, report_in()).await);
        run(&there.keeper, disputed, report_in()).await.unwrap();

        // A letter is followed up; nobody there can be summoned.
        let letter = send(worker, sending("letter", OrderKind::Letter, there.buses)).await.unwrap();
        let before = orders::order(&office.db, ledger, letter).await.unwrap().unwrap().next.unwrap().1;
        days(office, 10);
        run(worker, letter, OrderCommand::FollowUp { note: note("已列入下月计划") }).await.unwrap();
        let after = orders::order(&office.db, ledger, letter).await.unwrap().unwrap().next.unwrap().1;
        assert!(after > before);
        let late = orders::overdue(&office.db, ledger, after.plus_seconds(60 * DAY)).await.unwrap();
        assert!(late.iter().any(|row| row.id == letter) && late.iter().any(|row| row.id == disputed));
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
        office.merge(worker, ledger, again.matter, dark.matter).await.unwrap();
        let joined = office.join(&visitor, ledger, bikes.matter, joining("me-too")).await.unwrap();
        let (about, id) = published(office, &there, "市场", &[dark.matter, bikes.matter]).await;
        days(office, 6);
        let conclude = async || office.conclude_topic(worker, ledger, about).await;
        let unfinished = |refusal| match refusal {
            Refusal::Unfinished { orders, matters } => (orders, matters),
            other => panic!("{other:?}"),
        };
        assert_eq!(unfinished(refused(conclude().await)), (2, 2), "two actions wait, two are not answered");
        let over = office.meet(worker, ledger, id, Command::Conclude).await;
        assert_eq!(unfinished(refused(over)), (2, 0));

        let work = office.dispatch_action(worker, ledger, id, dispatching(&there, "看车")).await.unwrap();
        let whistle = office.dispatch_action(worker, ledger, id, dispatching(&there, "照明")).await.unwrap();
        office.meet(worker, ledger, id, Command::Conclude).await.unwrap();
        let finish_by = office.now().plus_seconds(9 * DAY);
        let decline = OrderCommand::Decline { reason: "由路灯所日常维修解决。".to_owned() };
        office.order(&there.officer, ledger, whistle, decline).await.unwrap();
        let report_in = OrderCommand::ReportIn { organisation: None, note: String::new() };
        let done = OrderCommand::Done { note: "管理员到岗。".to_owned(), photos: vec![] };
        office.order(&there.market_keeper, ledger, work, report_in).await.unwrap();
        office.order(&there.market_keeper, ledger, work, done).await.unwrap();
        assert_eq!(unfinished(refused(conclude().await)), (1, 2));
        office.order(worker, ledger, work, OrderCommand::Accept { note: String::new() }).await.unwrap();
        assert!(office.now() < finish_by);

        // One answer for everyone in the topic; who handled it does not call back.
        let tell = async |text: &str| office.answer_topic(worker, ledger, about, text.to_owned()).await;
        tell("都办好了。").await.unwrap();
        assert_eq!(refused(tell("再说一遍。").await), Refusal::NoMatters);
        conclude().await.unwrap();
        assert_eq!(topic(office, &there, about).await.stage(), Some(TopicStage::Concluded));
        let call = async |actor: &Actor, receipt, call| office.call_back(actor, ledger, receipt, call).await;
        let reached = |solved| CallBack::Reached(said(solved, ""));
        let own = call(worker, dark.receipt, reached(Solved::Yes)).await;
        assert_eq!(refused(own), Refusal::Denied(Denied::Handler));
        let colleague = &there.colleague;
        call(colleague, dark.receipt, CallBack::Missed { note: "无人接听".to_owned() }).await.unwrap();
        call(colleague, dark.receipt, reached(Solved::Yes)).await.unwrap();
        assert_eq!(refused(call(colleague, dark.receipt, reached(Solved::Yes)).await), Refusal::Evaluated);
        // The one who said the same gave the merged matter's receipt, and is asked too.
        call(colleague, again.receipt, reached(Solved::Yes)).await.unwrap();
        office.evaluate(&visitor, ledger, bikes.receipt, said(Solved::Yes, "")).await.unwrap();
        let close = || yishi_domain::matters::Command::Close { waiting: 0 };
        office.work(colleague, ledger, dark.matter, close()).await.unwrap();
        assert!(matches!(
            refused(office.work(colleague, ledger, bikes.matter, close()).await),
            Refusal::Waiting { waiting: 1, .. }
        ));

        // Not solved: it is taken up again, and may go before another meeting.
        call(colleague, joined.receipt, reached(Solved::No)).await.unwrap();
        let state = matter(office, &there, bikes.matter).await;
        assert_eq!((state.stage(), state.topic()), (Some(StageKind::InHand), None));
        office.open_topic(worker, ledger, opening("again", &[bikes.matter])).await.unwrap();
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
        office.meet(worker, ledger, id, motion(about, VoteMode::Phones)).await.unwrap();
        office.vote(&visitor, ledger, id, sat.seat, 1, Choice::For, Voter::Own).await.unwrap();
        seal_and_verify(&store).await;

        assert!(matches!(refused(office.erase_seat(worker, ledger, sat.seat).await), Refusal::Denied(_)));
        office.erase_seat(&there.secretary, ledger, sat.seat).await.unwrap();
        assert!(reads::names(&office.db, ledger, &[sat.seat]).await.unwrap().is_empty());
        assert_eq!(reads::seat_by_secret(&office.db, ledger, &sat.secret).await.unwrap(), None);
        const TYPED: &str =
            "select count(*) from private where value like '%居民1%' or value like '%device-1%'";
        assert_eq!(office.db.row(TYPED, &[]).await.unwrap().unwrap().int(0).unwrap(), 0);
        // Somebody was there, and the vote counts; the same device sits only once all the same.
        assert_eq!(by_phone(office, &there, id, "1").await.seat, sat.seat);
        office.end_vote(worker, ledger, id, 1).await.unwrap();
        let state = meeting(office, &there, id).await;
        let Vote::Counted(counts, _) = state.motions()[0].vote else { panic!("it is counted") };
        assert_eq!((counts.present, counts.in_favour), (1, 1));
        rebuilt_is_the_same(&store).await;
        seal_and_verify(&store).await;
    }
}
