//! Joining at one moment: a device has one receipt on a matter.

use super::office::{rebuilt_is_the_same, refused};
use tokio::task::JoinSet;
use yishi_kernel::Actor;
use yishi_kernel::refusal::Common;
use yishi_office::matters::{Joining, reads};
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
            let receipts = reads::receipts(&office.db, ledger, matter).await.unwrap();
            assert_eq!(receipts.len(), 2, "{}: who raised it, and the device", store.engine());
        }
        rebuilt_is_the_same(&store).await;
    }
}
