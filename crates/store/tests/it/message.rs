//! Messages that wait: one for each stream, taken by one process at a time, sent at least once under
//! the same id, and in the end left for a person.

use uuid::Uuid;
use yishi_kernel::{Moment, StreamName};
use yishi_store::message::{self, Message};
use yishi_testkit::stores;
use yishi_testkit::stores::START;

const LEDGER: Uuid = Uuid::from_u128(1);

yishi_kernel::words! {
    /// Why not.
    Why as "why" {
        /// No answer.
        Silent = "silent",
    }
}

fn receipt(n: u128) -> StreamName {
    StreamName::of("receipt", &Uuid::from_u128(n))
}

fn after(seconds: i64) -> Moment {
    START.plus_seconds(seconds)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_while_a_message_waits_is_told_with_it() {
    for store in stores().await {
        let db = &store.office.db;
        let add = |entry, due| message::add(LEDGER, &receipt(2), entry, due);
        db.execute(vec![add(5, after(10)), add(5, after(10)), add(8, after(99))]).await.unwrap();
        assert_eq!(message::take(db, "one", after(9)).await.unwrap(), None);
        let taken = message::take(db, "one", after(10)).await.unwrap().unwrap();
        assert_eq!((taken.first, taken.last), (5, 8));
        // What comes while it is being sent is told by another one.
        db.execute(vec![add(9, after(20))]).await.unwrap();
        message::done(db, &taken, after(11)).await.unwrap();
        let next = message::take(db, "one", after(11)).await.unwrap().unwrap();
        assert_eq!((next.first, next.last), (9, 9));
        assert_ne!(next.id(), taken.id());
        message::done(db, &next, after(12)).await.unwrap();
        assert_eq!(message::take(db, "one", after(999)).await.unwrap(), None);
        assert_eq!(message::stands(db).await.unwrap(), message::Stands::default());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_whose_sender_died_is_sent_again_under_its_id() {
    for store in stores().await {
        let db = &store.office.db;
        db.execute(vec![message::add(LEDGER, &receipt(2), 5, START)]).await.unwrap();
        let taken = message::take(db, "one", START).await.unwrap().unwrap();
        // It was sent, and whoever sent it was killed before saying so.
        assert_eq!(message::take(db, "two", after(119)).await.unwrap(), None, "{}", store.engine());
        let again = message::take(db, "two", after(121)).await.unwrap().unwrap();
        assert_eq!(again.id(), taken.id());
        message::done(db, &again, after(122)).await.unwrap();
        assert_eq!(message::take(db, "one", after(999)).await.unwrap(), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_many_messages_is_taken_by_one_of_two() {
    for store in stores().await {
        let db = &store.office.db;
        let all = (0..40).map(|n| message::add(LEDGER, &receipt(n), 5, START));
        db.execute(all.collect()).await.unwrap();
        let take_all = async |owner: &str| {
            let mut taken = Vec::new();
            // Where the other one was quicker there is nothing for a moment.
            for _ in 0..200 {
                if let Some(message) = message::take(db, owner, START).await.unwrap() {
                    message::done(db, &message, START).await.unwrap();
                    taken.push(message.stream);
                }
            }
            taken
        };
        let (one, two) = tokio::join!(take_all("one"), take_all("two"));
        let mut both = [one, two].concat();
        both.sort();
        let count = both.len();
        both.dedup();
        assert_eq!((count, both.len()), (40, 40), "{}", store.engine());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_fails_is_given_up_and_seen() {
    for store in stores().await {
        let db = &store.office.db;
        db.execute(vec![message::add(LEDGER, &receipt(2), 5, START)]).await.unwrap();
        let mut now = START;
        let mut first = None::<Message>;
        for _ in 0..message::TRIES {
            let taken = message::take(db, "one", now).await.unwrap().unwrap();
            assert_eq!(first.get_or_insert_with(|| taken.clone()).id(), taken.id());
            message::failed(db, &taken, Why::Silent, now).await.unwrap();
            assert_eq!(message::take(db, "one", now).await.unwrap(), None, "not before its time");
            now = now.plus_seconds(86_400);
        }
        assert_eq!(message::take(db, "one", now).await.unwrap(), None);
        let stands = message::stands(db).await.unwrap();
        assert_eq!((stands.waiting, stands.failing, stands.given_up), (0, 0, 1));
        let failing = message::failing(db).await.unwrap();
        assert_eq!((failing[0].why.as_str(), failing[0].count), ("silent", 1));
        // A person has it tried again; so does news.
        message::again(db, now).await.unwrap();
        let taken = message::take(db, "one", now).await.unwrap().unwrap();
        assert_eq!(taken.tries, 0);
        // In the night it waits, which is no failure.
        message::later(db, &taken, now.plus_seconds(60)).await.unwrap();
        assert_eq!(message::take(db, "one", now).await.unwrap(), None);
        let woken = message::take(db, "one", now.plus_seconds(60)).await.unwrap().unwrap();
        assert_eq!((woken.tries, woken.id()), (0, taken.id()));
    }
}
