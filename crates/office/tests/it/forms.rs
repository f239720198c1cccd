//! A form that is sent again: what stands is found by what was sent and by whom, also at one
//! moment, after a restart and when the tables were made anew.

use super::office::rebuilt_is_the_same;
use std::collections::{BTreeMap, BTreeSet};
use tokio::task::JoinSet;
use yishi_domain::matters::{Add, Matter, Receipt};
use yishi_kernel::Actor;
use yishi_office::matters::search::SearchIn;
use yishi_office::matters::{RaisedMatter, Raising};
use yishi_testkit::neighbourhood::{form, raising};
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

/// What a device says by the one form.
fn saying(there: &Neighbourhood, device: &str, text: &str) -> Raising {
    let form = form("one").sent(device, text.as_bytes());
    Raising { form, ..raising("one", there.building, text) }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_that_was_said_is_lost_and_nothing_is_made_twice() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let mut sent = JoinSet::new();
        for n in 0..24 {
            let (device, text) = (["device/a", "device/b"][n % 2], ["灯坏了", "井盖响", "漏水"][n / 2 % 3]);
            let (office, raising) = (office.clone(), saying(&there, device, text));
            sent.spawn(async move {
                let raised = office.raise(&Actor::visitor(), raising).await.unwrap();
                ((device, text), raised)
            });
        }
        let mut told: BTreeMap<(&str, &str), Vec<RaisedMatter>> = BTreeMap::new();
        for (who, raised) in sent.join_all().await {
            told.entry(who).or_default().push(raised);
        }
        let mut secrets = BTreeSet::new();
        for ((device, text), raised) in &told {
            assert!(raised.iter().all(|one| one == &raised[0]), "{}: {device} {text}", store.engine());
            assert!(secrets.insert(raised[0].secret.clone()), "{}: of another", store.engine());
            let stream = raised[0].matter.into();
            let matter = office.load::<Matter>(there.community, &stream).await.unwrap();
            assert_eq!(matter.private::<String>(1, "text").as_deref(), Some(*text), "{}", store.engine());
        }
        assert_eq!(secrets.len(), 6);
        // What was kept to tell them apart says nothing of what was said.
        let kept = "select count(*) from private where field = 'sent' and (value like '%灯%' or length(value) <> 34)";
        assert_eq!(office.db.row(kept, &[]).await.unwrap().unwrap().int(0).unwrap(), 0);
        rebuilt_is_the_same(&store).await;
        for ((device, text), raised) in told {
            let again = office.raise(&Actor::visitor(), saying(&there, device, text)).await.unwrap();
            assert_eq!(again, raised[0], "{}", store.engine());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_added_at_one_moment_is_added_once() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let first = office.raise(&Actor::visitor(), saying(&there, "device/a", "井盖响")).await.unwrap();
        let more = saying(&there, "device/a", "井盖响，孩子绊倒了");
        let before = office.said_before(there.building, &more.form).await.unwrap().unwrap();
        assert_eq!(before.raised.secret, first.secret);
        assert!(office.said_before(there.building, &first.form).await.unwrap().is_none());
        let add = Add {
            text: more.text.clone(),
            photos: Vec::new(),
            name: String::new(),
            contact: "87651234".to_owned(),
            said: more.form.said().unwrap(),
        };
        let mut sent = JoinSet::new();
        for _ in 0..8 {
            let (office, first, add) = (office.clone(), first.clone(), add.clone());
            sent.spawn(async move {
                office.add(&Actor::visitor(), first.ledger, first.receipt, add).await.unwrap()
            });
        }
        sent.join_all().await;
        let added = office.load::<Matter>(first.ledger, &first.matter.into()).await.unwrap();
        assert_eq!(added.version, 2, "{}", store.engine());
        let receipt = office.load::<Receipt>(first.ledger, &first.receipt.into()).await.unwrap();
        assert_eq!(receipt.version, 2, "{}", store.engine());
        let found =
            yishi_testkit::neighbourhood::found(office, there.community, "绊倒", SearchIn::Entire).await;
        assert_eq!(found.len(), 1, "{}", store.engine());
        rebuilt_is_the_same(&store).await;
    }
}
