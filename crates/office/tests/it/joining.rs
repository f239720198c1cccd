//! Joining at one moment: a device has one receipt on a matter.

use super::office::{rebuilt_is_the_same, refused};
use std::collections::BTreeSet;
use tokio::task::JoinSet;
use yishi_kernel::Actor;
use yishi_kernel::refusal::Common;
use yishi_office::matters::search::{Looking, SearchIn};
use yishi_office::matters::{Joining, reads};
use yishi_office::paging::{Key, PAGE};
use yishi_testkit::neighbourhood::{form, joining, raising};
use yishi_testkit::{neighbourhood, stores};

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
            let receipts = reads::receipts(&office.db, ledger, matter, None).await.unwrap().rows;
            assert_eq!(receipts.len(), 2, "{}: who raised it, and the device", store.engine());
        }
        rebuilt_is_the_same(&store).await;
    }
}

#[tokio::test]
async fn each_receipt_is_reached_however_many_there_are() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let ledger = there.community;
        let raised =
            office.raise(&Actor::visitor(), raising("many", there.building, "积水。")).await.unwrap();
        let many = PAGE * 2 + 3;
        let mut all = BTreeSet::from([raised.receipt]);
        for n in 1..many {
            let one = joining(&format!("many-{n}"));
            let (joined, _) = office.join(&Actor::visitor(), ledger, raised.matter, one).await.unwrap();
            all.insert(joined.receipt);
        }
        let (mut found, mut after) = (BTreeSet::new(), None);
        for shown in [PAGE, PAGE, 3] {
            let page = reads::receipts(&office.db, ledger, raised.matter, after).await.unwrap();
            assert_eq!(page.rows.len(), shown, "{}", store.engine());
            found.extend(page.rows.iter().map(|receipt| receipt.id));
            after = page.next.map(|next| Key::read(&next).unwrap());
            assert_eq!(after.is_some(), shown == PAGE);
        }
        assert_eq!(found, all);
        let last = *all.last().unwrap();
        let one = reads::receipt(&office.db, ledger, raised.matter, last).await.unwrap();
        assert_eq!(one.unwrap().id, last);
        let other =
            office.raise(&Actor::visitor(), raising("other", there.building, "积水。")).await.unwrap();
        let foreign = reads::receipt(&office.db, ledger, other.matter, last).await.unwrap();
        assert!(foreign.is_none(), "a receipt of another matter");
    }
}

#[tokio::test]
async fn each_hit_of_a_search_is_reached_however_many_there_are() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let say = |n: usize| raising(&format!("hit-{n}"), there.building, "楼道灯又不亮了");
        office.raise_all(&Actor::visitor(), there.building, (0..430).map(say)).await.unwrap();
        let (ledgers, words) = ([there.community], ["楼道灯".to_owned()]);
        let looking = Looking::of(&ledgers, &words, SearchIn::Entire);
        let (mut found, mut below) = (BTreeSet::new(), None);
        for page in 0.. {
            let hits = office.find(&looking, below, 20).await.unwrap();
            found.extend(hits.rows.iter().map(|row| row.id));
            below = hits.next;
            if below.is_none() {
                assert_eq!((page, hits.rows.len()), (21, 10), "{}", store.engine());
                break;
            }
            assert_eq!(hits.rows.len(), 20);
        }
        assert_eq!(found.len(), 430);
    }
}
