//! A command whose facts changed while it was decided is decided anew: what it looked at in
//! other streams must still stand there when it is recorded.

use super::office::{answer, evaluate, refused, said, to_worker};
use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::task::JoinSet;
use yishi_domain::dispatch::{self, Order, OrderId, OrderKind, Send, Source, Task, Withdraw};
use yishi_domain::evaluation::Solved;
use yishi_domain::matters::{self, Answer, Close, Event, Matter, MatterId, Summarise};
use yishi_domain::meetings::{
    self, Count, EndVote, EnterHands, Meeting, MeetingId, Resolve, SeatId, SeatKind, SignIn, SignedIn, Vote,
    VoteMode,
};
use yishi_domain::topics::{self, AnswerAll, Conclude, TopicId};
use yishi_kernel::{
    Actor, Command, Context, Decided, Denied, Holder, Moment, PlaceId, Refusal, Resource, Right, Start,
    StreamName,
};
use yishi_office::matters::reads;
use yishi_office::meetings::reads::present;
use yishi_office::{Case, Failure, Load, Made, Office};
use yishi_testkit::meetings::{DAY, SLIPS, action_id, by_phone, motion, open_meeting};
use yishi_testkit::neighbourhood::{form, joining, raising};
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

/// Notes what another matter is about; as often as it is told, somebody says that anew between
/// its looking there and its being recorded.
#[derive(Clone, Debug)]
struct Quote {
    other: MatterId,
    meddler: Actor,
    meddles: usize,
    looked: Arc<AtomicUsize>,
}

/// The other matter.
struct Quoted(Matter);

impl Command for Quote {
    type On = Matter;
    type Facts = Quoted;

    fn right(&self) -> &'static Right {
        &matters::PROGRESS
    }

    fn decide(self, _: &Matter, other: &Quoted, ctx: &Context) -> Result<Decided<Matter>, Refusal> {
        let note = ctx.note("note", other.0.summary.as_deref().unwrap_or_default())?;
        Ok(Decided::one(Event::Progressed { note, photos: None }))
    }
}

impl Load<Quote> for Quoted {
    async fn load(case: &mut Case<'_>, command: &Quote) -> Result<Self, Failure> {
        let other = case.must::<Matter>(command.other).await?;
        let looked = command.looked.fetch_add(1, Ordering::SeqCst);
        if looked < command.meddles {
            let anew = Summarise { summary: format!("第{}次改写", looked + 1), category: None };
            case.office.act(&command.meddler, case.ledger, command.other, anew).await?;
        }
        Ok(Quoted(other))
    }
}

#[tokio::test]
async fn what_was_looked_at_still_stands_when_it_is_recorded() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker) = (there.community, &there.worker);
        let mut ids = Vec::new();
        for word in ["own", "other"] {
            let raised = office.raise(&Actor::visitor(), raising(word, there.building, "积水。")).await;
            ids.push(raised.unwrap().matter);
        }
        office.act(worker, ledger, ids[0], to_worker(&there)).await.unwrap();
        let first = Summarise { summary: "门口积水".to_owned(), category: None };
        office.act(worker, ledger, ids[1], first).await.unwrap();
        for (meddles, note) in [(0, "门口积水"), (1, "第1次改写"), (3, "第3次改写")] {
            let looked = Arc::new(AtomicUsize::new(0));
            let meddler = there.colleague.clone();
            let quote = Quote { other: ids[1], meddler, meddles, looked: Arc::clone(&looked) };
            office.act(worker, ledger, ids[0], quote).await.unwrap();
            assert_eq!(looked.load(Ordering::SeqCst), meddles + 1, "decided anew each time");
            let chain = reads::entries(&office.db, ledger, ids[0]).await.unwrap();
            let last = chain.last().unwrap();
            assert_eq!(
                last.text("note").as_deref(),
                Some(note),
                "{}: by what stood there in the end",
                store.engine()
            );
        }
        let chain = reads::entries(&office.db, ledger, ids[0]).await.unwrap();
        assert_eq!(chain.iter().filter(|entry| entry.kind == "matter.progressed.1").count(), 3, "once each");
    }
}

/// A command; when it has looked for the first time, and before it is recorded, somebody else
/// does something.
#[derive(Clone)]
struct While<C> {
    command: C,
    meanwhile: Arc<Mutex<Option<Meanwhile>>>,
    looked: Arc<AtomicUsize>,
}

type Meanwhile = Pin<Box<dyn Future<Output = ()> + std::marker::Send>>;

/// What it found.
struct Looked<F>(F);

impl<C> While<C> {
    fn new(command: C, meanwhile: impl Future<Output = ()> + std::marker::Send + 'static) -> Self {
        let meanwhile: Meanwhile = Box::pin(meanwhile);
        Self { command, meanwhile: Arc::new(Mutex::new(Some(meanwhile))), looked: Arc::default() }
    }
}

impl<C: fmt::Debug> fmt::Debug for While<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.command.fmt(f)
    }
}

impl<C: Command> Command for While<C> {
    type On = C::On;
    type Facts = Looked<C::Facts>;

    fn right(&self) -> &'static Right {
        self.command.right()
    }

    fn resource(&self, on: &C::On, found: &Self::Facts, ctx: &Context) -> Resource {
        self.command.resource(on, &found.0, ctx)
    }

    fn decide(self, on: &C::On, found: &Self::Facts, ctx: &Context) -> Result<Decided<C::On>, Refusal> {
        self.command.decide(on, &found.0, ctx)
    }
}

impl<C: Start> Start for While<C> {
    type Of = C::Of;
    type Facts = Looked<C::Facts>;

    fn right(&self) -> &'static Right {
        self.command.right()
    }

    fn at(&self) -> Option<PlaceId> {
        self.command.at()
    }

    fn resource(&self, found: &Self::Facts, ctx: &Context) -> Resource {
        self.command.resource(&found.0, ctx)
    }

    fn start(self, found: &Self::Facts, ctx: &Context) -> Result<Decided<C::Of>, Refusal> {
        self.command.start(&found.0, ctx)
    }
}

impl<C: Sync, F: Load<C>> Load<While<C>> for Looked<F> {
    async fn load(case: &mut Case<'_>, command: &While<C>) -> Result<Self, Failure> {
        let found = F::load(case, &command.command).await?;
        command.looked.fetch_add(1, Ordering::SeqCst);
        let meanwhile = command.meanwhile.lock().unwrap().take();
        if let Some(meanwhile) = meanwhile {
            meanwhile.await;
        }
        Ok(Looked(found))
    }
}

#[tokio::test]
async fn whoever_joins_while_it_is_answered_is_told_what_all_may_know_or_comes_later() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker) = (there.community, &there.worker);
        let raised = office.raise(&Actor::visitor(), raising("m", there.building, "积水。")).await.unwrap();
        let matter = raised.matter;
        office.act(worker, ledger, matter, to_worker(&there)).await.unwrap();
        let joins = |word: &'static str| {
            let office = office.clone();
            async move { assert!(office.join(&Actor::visitor(), ledger, matter, joining(word)).await.is_ok()) }
        };
        let word = "打了您的电话 13800001111".to_owned();
        let told = While::new(Answer { word, ..answer("疏通了。") }, joins("meanwhile"));
        let why = refused(office.act(worker, ledger, matter, told.clone()).await);
        assert_eq!(told.looked.load(Ordering::SeqCst), 2, "{}: decided anew", store.engine());
        assert!(
            matches!(why.of(), Some(matters::Refusal::ToldToSeveral { receipts: 2, .. })),
            "{}: {why:?}",
            store.engine()
        );

        // Once it is answered, whoever joins is owed no more than that, and holds nothing up.
        office.act(worker, ledger, matter, answer("疏通了。")).await.unwrap();
        for receipt in reads::receipts(&office.db, ledger, matter, None).await.unwrap().rows {
            let solved = said(Solved::Yes, "谢谢");
            evaluate(office, &Actor::visitor(), ledger, receipt.id, solved).await.unwrap();
        }
        let close = While::new(Close, joins("late"));
        office.act(worker, ledger, matter, close).await.unwrap();
    }
}

/// Three have signed in, and a motion is put.
async fn put(office: &Office, there: &Neighbourhood, mode: VoteMode) -> (TopicId, MeetingId) {
    let raised = office.raise(&Actor::visitor(), raising("dark", there.compound, "太黑。")).await.unwrap();
    let (topic, meeting) = open_meeting(office, there, "市场", &[raised.matter]).await;
    for n in 0..3 {
        by_phone(office, there, meeting, &n.to_string()).await;
    }
    office.act(&there.worker, there.community, meeting, motion(topic, mode)).await.unwrap();
    (topic, meeting)
}

/// One more who comes to the meeting, as its form would be sent.
fn comes(meeting: MeetingId, word: &str) -> (SeatId, SignIn) {
    let sign_in = SignIn {
        meeting,
        kind: SeatKind::Resident,
        how: SignedIn::Phone,
        organisation: None,
        person: format!("device-{word}"),
        name: format!("居民{word}"),
        secret: None,
        slip: Some(if word == "after" { SLIPS - 1 } else { SLIPS }),
        member: None,
    };
    (SeatId(form(word).id("seat")), sign_in)
}

async fn counted(office: &Office, ledger: PlaceId, meeting: MeetingId) -> [u64; 2] {
    let loaded = office.load::<Meeting>(ledger, &meeting.into()).await.unwrap();
    match loaded.must().unwrap().sitting.motions[0].vote {
        Vote::Counted(counts, _) => [counts.present, counts.in_favour],
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn hands_are_entered_over_the_roll_that_was_closed() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let ledger = there.community;
        let (_, meeting) = put(office, &there, VoteMode::Hands).await;
        let hands = EnterHands { motion: 1, hands: [3, 0, 0] };
        let (seat, sign_in) = comes(meeting, "late");
        let enter = While::new(hands, {
            let office = office.clone();
            let come = async move { office.start(&Actor::visitor(), ledger, seat, sign_in).await };
            async move { assert_eq!(come.await.unwrap(), Made::Now) }
        });
        office.act(&there.worker, ledger, meeting, enter.clone()).await.unwrap();
        assert_eq!(enter.looked.load(Ordering::SeqCst), 1, "{}: the roll was closed", store.engine());
        let entered = number(office, ledger, meeting.into(), "meeting.hands_entered.1").await;
        assert!(number(office, ledger, seat.into(), "seat.entered.1").await < entered);
        office.act(&there.colleague, ledger, meeting, hands).await.unwrap();
        office.end_vote(&there.worker, ledger, meeting, 1).await.unwrap();
        assert_eq!(counted(office, ledger, meeting).await, [3, 3], "{}", store.engine());
    }
}

#[tokio::test]
async fn whoever_signs_in_while_a_vote_ends_is_counted_or_waits_until_it_is() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker, visitor) = (there.community, &there.worker, Actor::visitor());
        let (_, meeting) = put(office, &there, VoteMode::Phones).await;
        let is_counting = |why: Refusal| assert_eq!(why, meetings::Refusal::Counting);

        // Who came before it had ended is there, though the one who ended it did not see that.
        let (before, sign_in) = comes(meeting, "before");
        let end = While::new(EndVote { motion: 1 }, {
            let office = office.clone();
            async move { assert!(office.start(&Actor::visitor(), ledger, before, sign_in).await.is_ok()) }
        });
        // Who looked before that, and comes after it, is told to wait.
        let (after, sign_in) = comes(meeting, "after");
        let late = While::new(sign_in.clone(), {
            let (office, worker, end) = (office.clone(), worker.clone(), end.clone());
            async move { office.act(&worker, ledger, meeting, end).await.unwrap() }
        });
        is_counting(refused(office.start(&visitor, ledger, after, late.clone()).await));
        assert_eq!(late.looked.load(Ordering::SeqCst), 2, "{}: decided anew", store.engine());

        // So is who comes while it is counted.
        let count = While::new(Count { motion: 1 }, {
            let (office, sign_in) = (office.clone(), sign_in.clone());
            async move { is_counting(refused(office.start(&Actor::visitor(), ledger, after, sign_in).await)) }
        });
        office.act(worker, ledger, meeting, count.clone()).await.unwrap();
        assert_eq!(count.looked.load(Ordering::SeqCst), 1, "{}: nothing came between", store.engine());
        assert_eq!(counted(office, ledger, meeting).await, [3, 0], "{}", store.engine());
        assert_eq!(office.start(&visitor, ledger, after, sign_in).await.unwrap(), Made::Now);
        assert_eq!(present(&office.db, ledger, meeting).await.unwrap(), 5);
    }
}

/// Opens an order about a topic, by a way that no feature has yet.
#[derive(Clone, Debug)]
struct Further(dispatch::Event);

impl Start for Further {
    type Of = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &dispatch::ORDER
    }

    fn at(&self) -> Option<PlaceId> {
        match self.0 {
            dispatch::Event::Sent { place, .. } => Some(place),
            _ => None,
        }
    }

    fn start(self, (): &(), _: &Context) -> Result<Decided<Order>, Refusal> {
        Ok(Decided::one(self.0))
    }
}

fn further(there: &Neighbourhood, topic: TopicId, meeting: MeetingId, now: Moment) -> Further {
    Further(dispatch::Event::Sent {
        order: OrderKind::Work,
        source: Source::Action { topic, meeting, action: action_id("further") },
        about: None,
        task: Task { task: "补灯。".into(), acceptance: "亮了".into(), money: None },
        place: there.compound,
        desk: there.community,
        street: there.street,
        holder: Holder::Organisation(there.market),
        person: None,
        report_by: now.plus_seconds(DAY),
        finish_by: now.plus_seconds(9 * DAY),
        rules: String::new(),
    })
}

#[tokio::test]
async fn no_topic_is_concluded_over_an_order_that_was_opened_meanwhile() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker) = (there.community, &there.worker);
        let (topic, meeting) = put(office, &there, VoteMode::Hands).await;
        for actor in [worker, &there.colleague] {
            let hands = EnterHands { motion: 1, hands: [3, 0, 0] };
            office.act(actor, ledger, meeting, hands).await.unwrap();
        }
        office.end_vote(worker, ledger, meeting, 1).await.unwrap();
        let resolve = Resolve { actions: Vec::new(), standard: "各家门前自理。".to_owned() };
        office.act(worker, ledger, meeting, resolve).await.unwrap();
        office.act(worker, ledger, topic, AnswerAll { text: "已议定。".to_owned() }).await.unwrap();

        let order = OrderId(form("further").id("order"));
        let conclude = While::new(Conclude, {
            let (office, worker) = (office.clone(), worker.clone());
            let further = further(&there, topic, meeting, office.now());
            async move { assert!(office.start(&worker, ledger, order, further).await.is_ok()) }
        });
        let why = refused(office.act(worker, ledger, topic, conclude.clone()).await);
        assert_eq!(why, topics::Refusal::Unfinished { orders: 1, matters: 0 }, "{}", store.engine());
        assert_eq!(conclude.looked.load(Ordering::SeqCst), 2, "{}: decided anew", store.engine());

        office.act(worker, ledger, order, Withdraw { reason: "不再需要。".to_owned() }).await.unwrap();
        office.act(worker, ledger, topic, Conclude).await.unwrap();
    }
}

/// The number of the first entry of a kind in a stream.
async fn number(office: &Office, ledger: PlaceId, stream: StreamName, kind: &str) -> i64 {
    let entries = yishi_store::ledgers::entries_of(&office.db, ledger, &stream).await.unwrap();
    entries.iter().find(|entry| entry.kind == kind).expect(kind).number
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_order_leaves_about_a_matter_that_was_answered_meanwhile() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker) = (there.community, &there.worker);
        for round in 0..20 {
            let word = format!("round-{round}");
            let raised = office.raise(&Actor::visitor(), raising(&word, there.building, "积水。")).await;
            let matter = raised.unwrap().matter;
            office.act(worker, ledger, matter, to_worker(&there)).await.unwrap();
            let finish_by = office.now().plus_seconds(9 * 86_400);
            let mut sending = JoinSet::new();
            for n in 0..4 {
                let (office, worker) = (office.clone(), worker.clone());
                let order = OrderId(form(&format!("{word}-{n}")).id("order"));
                let send = Send {
                    item: "repair".to_owned(),
                    kind: OrderKind::Work,
                    matter,
                    task: "疏通。".to_owned(),
                    acceptance: "不再积水".to_owned(),
                    holder: Holder::Organisation(there.property),
                    person: None,
                    finish_by,
                };
                sending.spawn(async move { (order, office.start(&worker, ledger, order, send).await) });
            }
            if round % 2 == 0 {
                tokio::task::yield_now().await;
            }
            office.act(worker, ledger, matter, answer("疏通了。")).await.unwrap();
            let answered = number(office, ledger, matter.into(), "matter.answered.1").await;
            for (order, sent) in sending.join_all().await {
                if sent.is_ok() {
                    let sent = number(office, ledger, order.into(), "order.sent.1").await;
                    assert!(sent < answered, "{}: sent at {sent}, answered at {answered}", store.engine());
                } else {
                    assert!(matches!(refused(sent).denied(), Some(Denied::Stage(_))));
                }
            }
        }
    }
}
