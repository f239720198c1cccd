//! A command whose facts changed while it was decided is decided anew: what it looked at in
//! other streams must still stand there when it is recorded.

use super::office::{answer, evaluate, rebuilt_is_the_same, refused, said, to_worker};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::task::JoinSet;
use yishi_domain::dispatch::{OrderId, OrderKind, Send};
use yishi_domain::evaluation::Solved;
use yishi_domain::matters::{self, Close, Event, Matter, MatterId, Summarise, Waiting};
use yishi_kernel::refusal::Common;
use yishi_kernel::{Actor, Command, Context, Decided, Denied, Holder, Refusal, Right, StreamName};
use yishi_office::matters::{Joining, reads};
use yishi_office::{Case, Failure, Load, derived_id};
use yishi_testkit::neighbourhood::{form, joining, raising};
use yishi_testkit::{neighbourhood, stores};

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
            assert_eq!(last.public["note"], note, "{}: by what stood there in the end", store.engine());
        }
        let chain = reads::entries(&office.db, ledger, ids[0]).await.unwrap();
        assert_eq!(chain.iter().filter(|entry| entry.kind == "matter.progressed.1").count(), 3, "once each");
    }
}

/// Closes a matter; between its counting who waits and its being recorded, somebody joins.
#[derive(Clone, Debug)]
struct CloseWhileJoined {
    matter: MatterId,
    looked: Arc<AtomicUsize>,
}

/// Who waits.
struct Counted(Waiting);

impl Command for CloseWhileJoined {
    type On = Matter;
    type Facts = Counted;

    fn right(&self) -> &'static Right {
        Close.right()
    }

    fn decide(self, matter: &Matter, counted: &Counted, ctx: &Context) -> Result<Decided<Matter>, Refusal> {
        Close.decide(matter, &counted.0, ctx)
    }
}

impl Load<CloseWhileJoined> for Counted {
    async fn load(case: &mut Case<'_>, command: &CloseWhileJoined) -> Result<Self, Failure> {
        let waiting = <Waiting as Load<Close>>::load(case, &Close).await?;
        if command.looked.fetch_add(1, Ordering::SeqCst) == 0 {
            case.office.join(&Actor::visitor(), case.ledger, command.matter, joining("late")).await?;
        }
        Ok(Counted(waiting))
    }
}

#[tokio::test]
async fn nobody_who_joins_meanwhile_is_closed_over_unheard() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker) = (there.community, &there.worker);
        let raised = office.raise(&Actor::visitor(), raising("m", there.building, "积水。")).await.unwrap();
        let matter = raised.matter;
        office.act(worker, ledger, matter, to_worker(&there)).await.unwrap();
        office.act(worker, ledger, matter, answer("疏通了。")).await.unwrap();
        let solved = said(Solved::Yes, "谢谢");
        evaluate(office, &Actor::visitor(), ledger, raised.receipt, solved).await.unwrap();
        let looked = Arc::new(AtomicUsize::new(0));
        let close = CloseWhileJoined { matter, looked: Arc::clone(&looked) };
        let why = refused(office.act(worker, ledger, matter, close).await);
        assert_eq!(looked.load(Ordering::SeqCst), 2, "{}: decided anew", store.engine());
        assert!(
            matches!(why.of(), Some(matters::Refusal::Waiting { receipts: 1, .. })),
            "{}: {why:?}",
            store.engine()
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_device_has_one_receipt_however_many_forms_it_sends_at_once() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let ledger = there.community;
        for round in 0..10 {
            let word = format!("round-{round}");
            let raised = office.raise(&Actor::visitor(), raising(&word, there.building, "积水。")).await;
            let matter = raised.unwrap().matter;
            let mut sent = JoinSet::new();
            for n in 0..6 {
                let joining = Joining { form: form(&format!("{word}-{n}")), ..joining("same") };
                let office = office.clone();
                sent.spawn(async move { office.join(&Actor::visitor(), ledger, matter, joining).await });
            }
            let (joined, others): (Vec<_>, Vec<_>) =
                sent.join_all().await.into_iter().partition(Result::is_ok);
            assert_eq!(joined.len(), 1, "{}", store.engine());
            assert!(others.into_iter().all(|other| refused(other) == Common::Exists));
            let receipts = reads::receipts(&office.db, ledger, matter).await.unwrap();
            assert_eq!(receipts.len(), 2, "{}: who raised it, and the device", store.engine());
        }
        rebuilt_is_the_same(&store).await;
    }
}

/// The number of the first entry of a kind in a stream.
async fn number(
    office: &yishi_office::Office,
    ledger: yishi_kernel::PlaceId,
    stream: StreamName,
    kind: &str,
) -> i64 {
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
                let order = OrderId(derived_id(&form(&format!("{word}-{n}")), "order"));
                let send = Send {
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
