//! What waits is one table: it holds what the states say is waiting and nothing else, whoever
//! asks for whom. Which files are used likewise.

use super::market::{begin, order_id};
use super::office::{answer, rebuilt_is_the_same, to_worker};
use super::twin::{photo, streams, waits_and_files};
use std::collections::BTreeSet;
use yishi_domain::dispatch::{self, Accept, Done, OrderKind, ReportIn};
use yishi_domain::matters::{Close, Progress};
use yishi_domain::places::PlaceKind;
use yishi_kernel::{Actor, EraseReason, Holder, HolderKey, PlaceId, StreamName};
use yishi_office::matters::reads::matter;
use yishi_office::places::NewLedger;
use yishi_store::Value;
use yishi_store::duty::{self, Duty};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{TestStore, neighbourhood, stores};

const DAY: i64 = 86_400;

/// Holds both tables against what each stream's state says.
pub async fn waits_are_in_the_table(store: &TestStore) {
    const DUTY: &str = "select ledger, stream, n, kind, family, step, holder, due, place from duty";
    const FILES: &str = "select ledger, stream, digest from file_use";
    const NUMBERS: &str = "select count(*) from duty d left join event e
         on e.ledger = d.ledger and e.stream = d.stream and e.version = 1 and e.number = d.number
         where e.number is null";
    let db = &store.office.db;
    let (mut waiting, mut used) = (BTreeSet::new(), BTreeSet::new());
    for (ledger, stream) in streams(db).await {
        let (waits, files) = waits_and_files(&store.office, ledger, &stream).await;
        for (n, wait) in (0..).zip(waits) {
            waiting.insert(vec![
                Value::from(ledger),
                Value::from(stream.as_str()),
                Value::Int(n),
                Value::from(stream.kind()),
                Value::from(wait.family),
                Value::from(wait.step),
                Value::from(&wait.holder),
                Value::from(wait.due),
                Value::from(wait.place),
            ]);
        }
        let row = |digest| vec![Value::from(ledger), Value::from(stream.as_str()), Value::from(digest)];
        used.extend(files.into_iter().map(row));
    }
    let stored = async |sql: &'static str| -> BTreeSet<Vec<Value>> {
        db.rows(sql, &[]).await.unwrap().iter().map(|row| row.values().to_vec()).collect()
    };
    assert_eq!(stored(DUTY).await, waiting, "{}", store.engine());
    assert_eq!(stored(FILES).await, used, "{}", store.engine());
    assert_eq!(db.row(NUMBERS, &[]).await.unwrap().unwrap().int(0).unwrap(), 0, "numbers of first entries");
}

fn steps(found: &[Duty]) -> Vec<(&str, &str)> {
    found.iter().map(|duty| (duty.family.as_str(), duty.step.as_str())).collect()
}

#[tokio::test]
async fn what_waits_goes_from_hand_to_hand_and_is_gone_when_it_is_over() {
    for store in stores().await {
        let office = &store.office;
        let db = &office.db;
        let there = neighbourhood(office).await;
        let (ledger, worker) = (there.community, &there.worker);
        let (desk, own) = (HolderKey::desk(ledger), HolderKey::person(worker.account.unwrap()));
        let held = async |holder: &HolderKey| duty::held(db, std::slice::from_ref(holder), 10).await.unwrap();
        assert!(held(&desk).await.is_empty());

        let stairwell = there.stairwells[0];
        let raised = office.raise(&Actor::visitor(), raising("m", stairwell, "楼道灯坏了。")).await.unwrap();
        let stream: StreamName = raised.matter.into();
        let waiting = held(&desk).await;
        assert_eq!(steps(&waiting), [("step", "triage")], "{}", store.engine());
        assert_eq!((waiting[0].kind.as_str(), waiting[0].id()), ("matter", stream.id()));
        assert_eq!(waiting[0].place, Some(stairwell), "where it really is");
        let row = matter(db, ledger, raised.matter).await.unwrap().unwrap();
        assert_eq!(waiting[0].number, yishi_kernel::cell::Number::Is(row.number));

        office.act(worker, ledger, raised.matter, to_worker(&there)).await.unwrap();
        assert!(held(&desk).await.is_empty());
        let waiting = held(&own).await;
        assert_eq!(steps(&waiting), [("step", "answer")]);

        // Late from its moment on, for the ledger and for whoever is above it.
        let due = waiting[0].due;
        let new = NewLedger { slug: "elsewhere".to_owned(), host: "yishi.local".to_owned() };
        let elsewhere = office
            .open_place(&there.administrator, there.street, PlaceKind::Community, "别处社区", Some(new))
            .await
            .unwrap();
        let below = async |path: &[PlaceId], now| {
            duty::due_of_each_below(db, &[path.to_vec()], now, 10).await.unwrap()
        };
        for (now, late) in [(due.plus_seconds(-1), vec![]), (due, waiting.clone())] {
            assert_eq!(duty::late(db, ledger, now, 10).await.unwrap(), late, "{}", store.engine());
            assert_eq!(below(&[there.street], now).await, late);
            assert_eq!(below(&[there.street, ledger], now).await, late);
            assert!(below(&[there.street, elsewhere], now).await.is_empty());
            assert!(duty::late(db, elsewhere, now, 10).await.unwrap().is_empty());
        }

        // An order about it waits beside it, for each body that is called.
        let finish_by = office.now().plus_seconds(9 * DAY);
        let send = dispatch::Send {
            item: "repair".to_owned(),
            kind: OrderKind::Work,
            matter: raised.matter,
            task: "换灯。".to_owned(),
            acceptance: "亮了".to_owned(),
            holder: Holder::Organisation(there.property),
            person: None,
            finish_by,
        };
        let order = begin(office, worker, ledger, (order_id("work"), send)).await.unwrap();
        let company = HolderKey::organisation(there.property);
        assert_eq!(steps(&held(&company).await), [("order-step", "report_in")]);
        let report_in = ReportIn { organisation: None, note: String::new() };
        office.act(&there.keeper, ledger, order, report_in).await.unwrap();
        assert_eq!(steps(&held(&company).await), [("order-step", "finish")]);
        let done = Done { note: "换好了。".to_owned(), photos: vec![] };
        office.act(&there.keeper, ledger, order, done).await.unwrap();
        assert!(held(&company).await.is_empty());
        assert_eq!(steps(&held(&desk).await), [("order-step", "accept")]);
        office.act(worker, ledger, order, Accept { note: String::new() }).await.unwrap();
        assert!(duty::of_stream(db, ledger, &order.into()).await.unwrap().is_empty());

        office.act(worker, ledger, raised.matter, answer("换好了。")).await.unwrap();
        assert!(held(&own).await.is_empty());
        assert_eq!(steps(&held(&desk).await), [("step", "close")]);
        waits_are_in_the_table(&store).await;
        office.clock.put(office.now().plus_seconds(9 * DAY));
        office.act(&there.colleague, ledger, raised.matter, Close).await.unwrap();
        assert!(duty::of_stream(db, ledger, &stream).await.unwrap().is_empty());
        assert!(held(&desk).await.is_empty());
        rebuilt_is_the_same(&store).await;
        waits_are_in_the_table(&store).await;
    }
}

#[tokio::test]
async fn a_file_is_used_until_the_last_who_used_it_is_gone() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker) = (there.community, &there.worker);
        let (said, seen) = (photo(office, 1).await, photo(office, 2).await);
        let mut ids = Vec::new();
        for word in ["a", "b"] {
            let mut one = raising(word, there.building, "楼道灯坏了。");
            one.photos = vec![said.clone(), said.clone()];
            ids.push(office.raise(&Actor::visitor(), one).await.unwrap().matter);
        }
        let rules = office.shipped_rules().digest().to_owned();
        let all = [said.0.clone(), seen.0.clone(), rules.clone()];
        let used = async || -> BTreeSet<String> {
            duty::used(&office.db, &all).await.unwrap().into_iter().collect()
        };
        let these =
            |some: &[&String]| -> BTreeSet<String> { some.iter().map(|one| (*one).clone()).collect() };
        assert_eq!(used().await, these(&[&said.0, &rules]), "{}", store.engine());
        office.act(worker, ledger, ids[0], to_worker(&there)).await.unwrap();
        let progress = Progress { note: "已去看过。".to_owned(), photos: vec![seen.clone()] };
        office.act(worker, ledger, ids[0], progress).await.unwrap();
        assert_eq!(used().await, these(&[&said.0, &seen.0, &rules]));
        office.erase_matter(&there.officer, ledger, ids[0], EraseReason::Asked).await.unwrap();
        assert_eq!(used().await, these(&[&said.0, &seen.0, &rules]), "the other one still has it");
        office.erase_matter(&there.officer, ledger, ids[1], EraseReason::Asked).await.unwrap();
        assert_eq!(used().await, these(&[&seen.0, &rules]), "what the worker saw is no word of the raiser");
        waits_are_in_the_table(&store).await;
        rebuilt_is_the_same(&store).await;
        waits_are_in_the_table(&store).await;
    }
}
