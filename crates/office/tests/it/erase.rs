//! Erasing goes by whose a value is: what belongs to somebody is gone from every table, what
//! belongs to others stays, every proof holds, and nothing that happens meanwhile is lost.

use super::market::published;
use super::office::{answer, evaluate, rebuilt_is_the_same, said, seal_and_verify, to_worker};
use super::twin::photo;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use yishi_domain::dispatch::{self, Order, OrderId, OrderKind, ReportIn};
use yishi_domain::evaluation::Solved;
use yishi_domain::matters::{Close, Matter, MergeInto, Progress, PublishPhoto, Receipt, StageKind};
use yishi_domain::meetings::{Object, Post};
use yishi_domain::places::{PlaceKind, PosterId};
use yishi_kernel::{Actor, EraseReason, Heir, Holder, PhotoDigest, Role, Sealed, StreamName, Subject};
use yishi_office::dispatch::reads as orders;
use yishi_office::matters::reads;
use yishi_office::places::reads::{place, poster_place, posters};
use yishi_office::{Amending, Batch, Erasing, Hand, Office, Registered, ledgers};
use yishi_store::{AppendError, Value, duty};
use yishi_testkit::meetings::{DAY, calling, objecting, opening};
use yishi_testkit::neighbourhood::{form, raising};
use yishi_testkit::traces::{holding, standing};
use yishi_testkit::{Neighbourhood, TestStore, neighbourhood, stores};

/// What was planted for a subject: in which streams, and by which words it would be found.
struct Planted {
    subject: Subject,
    streams: Vec<StreamName>,
    words: Vec<String>,
}

async fn planted(office: &Office, there: &Neighbourhood) -> Vec<Planted> {
    let (ledger, visitor) = (there.community, Actor::visitor());
    let words = |words: &[&str]| -> Vec<String> { words.iter().map(|word| (*word).to_owned()).collect() };
    // What somebody says, and what is said to them alone.
    let mut one = raising("planted", there.stairwells[0], "qsaid 我家密码锁坏了。");
    one.title = Some("qtitle 密码锁".to_owned());
    one.speaker.name = "qname 李阿姨".to_owned();
    one.speaker.contact = "qcontact".to_owned();
    one.photos = vec![photo(office, 77).await];
    let picture = one.photos[0].0.clone();
    let raised = office.raise(&visitor, one).await.unwrap();
    office.act(&there.worker, ledger, raised.matter, to_worker(there)).await.unwrap();
    let mut told = answer("换好了。");
    told.word = "qword 您辛苦".to_owned();
    office.act(&there.worker, ledger, raised.matter, told).await.unwrap();
    evaluate(office, &visitor, ledger, raised.receipt, said(Solved::Yes, "qcomment 谢谢")).await.unwrap();
    let receipt = office.load::<Receipt>(ledger, &raised.receipt.into()).await.unwrap().state.unwrap();
    let link = [receipt.secret.unwrap().get().cloned().unwrap(), receipt.supporter.get().cloned().unwrap()];
    // Whom something is about; their id stands with their account as well.
    let mut about = raising("about", there.compound, "态度差。");
    about.about_person = there.keeper.account;
    let about = office.raise(&visitor, about).await.unwrap().matter;
    // Who was at a meeting, and objected.
    let dark = office.raise(&visitor, raising("dark", there.compound, "太黑。")).await.unwrap().matter;
    let (_, meeting) = published(office, there, "qseat", &[dark]).await;
    let object = Object { contact: "qtell".to_owned(), ..objecting(None, "qdevice", "qobject 太贵。") };
    office.act(&visitor, ledger, meeting, object).await.unwrap();
    let mut at_meeting: Vec<StreamName> = super::twin::streams(&office.db)
        .await
        .into_iter()
        .map(|(_, stream)| stream)
        .filter(|stream| ["seat", "ballot"].contains(&stream.kind()))
        .collect();
    at_meeting.push(meeting.into());
    // Who works here, and where somebody lives.
    let account = office.open_account(&there.administrator, ledger, "qstaff 沈某", None).await.unwrap();
    let home = office
        .open_place(&there.administrator, there.stairwells[0], PlaceKind::Household, "qdoor 101", None)
        .await
        .unwrap();
    let poster = office.issue_poster(&there.administrator, there.stairwells[0]).await.unwrap();
    let row = place(&office.db, there.stairwells[0]).await.unwrap().unwrap();
    let poster_id: PosterId = posters(&office.db, &row).await.unwrap()[0].id;
    assert_eq!(poster_place(&office.db, &poster).await.unwrap(), Some(there.stairwells[0]));
    vec![
        Planted {
            subject: Subject::Raiser,
            streams: vec![raised.matter.into(), raised.receipt.into()],
            words: [words(&["qsaid", "qtitle", "qname", "qcontact", "qword", "qcomment"]), vec![picture]]
                .concat(),
        },
        Planted { subject: Subject::Case, streams: vec![about.into()], words: Vec::new() },
        Planted {
            subject: Subject::Speaker,
            streams: at_meeting,
            words: words(&["居民qseat", "qobject", "qtell"]),
        },
        Planted {
            subject: Subject::Staff,
            streams: vec![account.into()],
            words: vec!["qstaff".to_owned(), account.to_string()],
        },
        Planted {
            subject: Subject::Place,
            streams: vec![home.into(), poster_id.into()],
            words: vec!["qdoor".to_owned(), poster],
        },
        Planted { subject: Subject::Link, streams: vec![raised.receipt.into()], words: link.to_vec() },
    ]
}

/// Who may erase what belongs to a subject.
fn whoever_may(there: &Neighbourhood, subject: Subject) -> &Actor {
    match subject {
        Subject::Raiser | Subject::Case | Subject::Speaker | Subject::Link => &there.officer,
        Subject::Staff | Subject::Place => &there.administrator,
        Subject::Public => panic!("nobody's"),
    }
}

#[tokio::test]
async fn what_belongs_to_somebody_is_gone_from_every_table_and_file_and_the_rest_stays() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let ledger = there.community;
        let all = planted(office, &there).await;
        let subjects: Vec<Subject> = all.iter().map(|one| one.subject).collect();
        assert_eq!(subjects, Subject::ALL[..6], "something of each but what is for everyone");
        seal_and_verify(&store).await;
        let mut noted = 0;
        for (n, one) in all.iter().enumerate() {
            for words in all[n..].iter().flat_map(|one| &one.words) {
                let found = standing(&office.db, words).await;
                assert!(!found.is_empty(), "{}: {words} is there before it is erased", store.engine());
            }
            let actor = whoever_may(&there, one.subject);
            let what = Erasing::all_of(&[one.subject], EraseReason::Asked);
            let denied = office.erase(&Actor::visitor(), ledger, &one.streams, &what).await;
            assert!(denied.is_err(), "{:?}: not anybody", one.subject);
            let before = ledgers::head(&office.db, ledger).await.unwrap();
            office.erase(actor, ledger, &one.streams, &what).await.unwrap();
            for words in &one.words {
                assert_eq!(
                    standing(&office.db, words).await,
                    Vec::<String>::new(),
                    "{}: {words}",
                    store.engine()
                );
                let files = holding(store.folder(), words);
                assert_eq!(files, Vec::<PathBuf>::new(), "{}: {words}", store.engine());
            }
            noted += told(&store, before, one).await;
        }
        // Beside the keys stands where each of them stood, and nothing of what it was.
        let lines = office.keys.journal().read().unwrap();
        assert_eq!(lines.len(), noted, "{}: {lines:?}", store.engine());
        assert!(lines.iter().all(|line| line.ledger == ledger.to_string()));
        rebuilt_is_the_same(&store).await;
        for words in all.iter().flat_map(|one| &one.words) {
            assert_eq!(standing(&office.db, words).await, Vec::<String>::new(), "{words} after a rebuild");
        }
        seal_and_verify(&store).await;
        let left = left_by_subject(&store, &all).await;
        assert!(left.is_empty(), "{}: {left:?}", store.engine());
    }
}

/// Each stream says itself what was erased of it, by whom and why: how many values the entries
/// from a number on tell of.
async fn told(store: &TestStore, from: i64, one: &Planted) -> usize {
    const ENTRIES: &str = "select stream, kind, envelope from event where ledger = ?1 and number >= ?2";
    let db = &store.office.db;
    let ledger = ledgers::ledger_by_slug(db, "xinglin").await.unwrap().unwrap().ledger;
    let rows = db.rows(ENTRIES, &[Value::from(ledger), Value::from(from)]).await.unwrap();
    assert!(!rows.is_empty(), "{:?}", one.subject);
    let mut values = 0;
    for row in rows {
        let stream = StreamName::stored(row.text(0).unwrap());
        assert!(one.streams.contains(&stream), "{stream}");
        assert_eq!(row.text(1).unwrap(), format!("{}.erased.1", stream.kind()));
        let envelope: serde_json::Value = serde_json::from_str(row.text(2).unwrap()).unwrap();
        assert_eq!(envelope["public"]["reason"], "asked");
        assert!(envelope["private"]["by"].is_string(), "sealed who did it: {envelope}");
        let roles = ["street_officer", "administrator"];
        assert!(roles.contains(&envelope["role"].as_str().unwrap()), "{envelope}");
        let erased = envelope["public"]["values"].as_array().unwrap();
        for value in erased {
            let key = [
                Value::from(ledger),
                Value::from(stream.as_str()),
                Value::from(value["version"].as_i64().unwrap()),
                Value::from(value["field"].as_str().unwrap()),
            ];
            const KEPT: &str = "select count(*) from private where ledger = ?1 and stream = ?2
                 and version = ?3 and field = ?4";
            assert_eq!(db.row(KEPT, &key).await.unwrap().unwrap().int(0).unwrap(), 0, "{stream}: {value}");
        }
        values += erased.len();
    }
    values
}

/// Private values that stand in the streams of what was erased and say whose they are.
async fn left_by_subject(store: &TestStore, all: &[Planted]) -> BTreeMap<String, Vec<String>> {
    const KEPT: &str = "select version, field from private where stream = ?1 order by version, field";
    let mut left: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for stream in all.iter().filter(|one| one.subject == Subject::Speaker).flat_map(|one| &one.streams) {
        if ["seat", "ballot"].contains(&stream.kind()) {
            for row in store.office.db.rows(KEPT, &[Value::from(stream.as_str())]).await.unwrap() {
                let field = row.text(1).unwrap().to_owned();
                // The word of the link is asked for apart, and who did it is staff's.
                if field != "secret" && field != "by" {
                    left.entry(stream.to_string()).or_default().push(field);
                }
            }
        }
    }
    left
}

/// What somebody did by office stays, and who it was is gone from it: from matters, orders and
/// meetings, from what still had to pass on, and from copies that are put back.
#[tokio::test]
async fn who_worked_here_is_gone_from_all_that_they_did() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, visitor) = (there.community, Actor::visitor());
        let [gone, stays] = [&there.worker, &there.colleague].map(|actor| actor.account.unwrap());
        let mut matters = Vec::new();
        for word in ["one", "two", "three"] {
            matters
                .push(office.raise(&visitor, raising(word, there.compound, "太黑。")).await.unwrap().matter);
        }
        let [one, two, three] = <[_; 3]>::try_from(matters).unwrap();
        // She holds one, works on it, and sends an order; a colleague worked on it too; it is merged.
        office.act(&there.worker, ledger, one, to_worker(&there)).await.unwrap();
        office
            .act(&there.colleague, ledger, one, Progress { note: "去看过。".to_owned(), photos: vec![] })
            .await
            .unwrap();
        let order = OrderId(form("order").id("order"));
        let work = dispatch::Send {
            item: "repair".to_owned(),
            kind: OrderKind::Work,
            matter: one,
            task: "换灯。".to_owned(),
            acceptance: "亮了".to_owned(),
            holder: Holder::Organisation(there.property),
            person: None,
            finish_by: office.now().plus_seconds(9 * DAY),
        };
        office.start(&there.worker, ledger, order, work).await.unwrap();
        office.act(&there.worker, ledger, two, to_worker(&there)).await.unwrap();
        office.act(&there.worker, ledger, one, MergeInto { into: two }).await.unwrap();
        let (_, meeting) = published(office, &there, "m", &[three]).await;
        office.close_account(&there.administrator, gone, Heir::Desk).await.unwrap();
        seal_and_verify(&store).await;
        let (gone_id, stays_id) = (gone.to_string(), stays.to_string());
        let before = standing(&office.db, &gone_id).await;
        for place in ["private.\"value\"", "outbox.\"body\"", "account.\"id\""] {
            assert!(before.iter().any(|found| found == place), "{}: {before:?}", store.engine());
        }

        let what = Erasing::all_of(&[Subject::Staff, Subject::Place], EraseReason::Asked);
        let denied = office.erase(&there.officer, ledger, &[gone.into()], &what).await;
        assert!(denied.is_err() && standing(&office.db, &gone_id).await == before, "not anybody");
        office.erase(&there.administrator, ledger, &[gone.into()], &what).await.unwrap();
        assert_eq!(standing(&office.db, &gone_id).await, Vec::<String>::new(), "{}", store.engine());
        assert_eq!(holding(store.folder(), &gone_id), Vec::<PathBuf>::new(), "{}", store.engine());
        assert!(!standing(&office.db, &stays_id).await.is_empty(), "whoever is here still stays");
        // What was done stands, and each thing says that somebody was erased from it.
        let noted = office.keys.journal().read().unwrap();
        for stream in [StreamName::from(one), two.into(), order.into(), meeting.into()] {
            let entries = ledgers::entries_of(&office.db, ledger, &stream).await.unwrap();
            let last = entries.iter().rfind(|entry| entry.kind == format!("{}.erased.1", stream.kind()));
            assert_eq!(last.expect("erased").role, "administrator", "{stream}");
            assert!(
                noted.iter().any(|line| line.stream == stream.as_str() && line.field == "by"),
                "{stream}"
            );
        }
        rebuilt_is_the_same(&store).await;
        seal_and_verify(&store).await;
        assert_eq!(standing(&office.db, &gone_id).await, Vec::<String>::new(), "after a rebuild");
        let broken: Vec<_> = office.audit().await.unwrap().into_iter().filter(|law| !law.holds).collect();
        assert_eq!(broken, [], "{}", store.engine());
        // The street's officer did something in the community's ledger, and hers is another.
        office.erase_matter(&there.officer, ledger, two, EraseReason::Asked).await.unwrap();
        let officer = there.officer.account.unwrap();
        office.erase(&there.administrator, there.street, &[officer.into()], &what).await.unwrap();
        assert_eq!(standing(&office.db, &officer.to_string()).await, Vec::<String>::new());
        seal_and_verify(&store).await;
    }
}

/// A file goes with its last use, and not before.
#[tokio::test]
async fn a_photo_that_two_gave_goes_when_the_second_is_erased() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let photo = photo(office, 5).await;
        let mut raised = Vec::new();
        for word in ["one", "two"] {
            let mut one = raising(word, there.building, "我家门口的灯坏了。");
            one.photos = vec![photo.clone()];
            raised.push(office.raise(&Actor::visitor(), one).await.unwrap().matter);
        }
        for (matter, kept) in raised.into_iter().zip([true, false]) {
            office.erase_matter(&there.officer, there.community, matter, EraseReason::Asked).await.unwrap();
            assert_eq!(office.db.blob(&photo.0).await.unwrap().is_some(), kept, "{}", store.engine());
        }
    }
}

#[tokio::test]
async fn what_is_decided_meanwhile_is_not_written_over() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker) = (there.community, &there.worker);
        let one = raising("m", there.stairwells[0], "qsaid 我家密码锁坏了。");
        let raised = office.raise(&Actor::visitor(), one).await.unwrap();
        office.act(worker, ledger, raised.matter, to_worker(&there)).await.unwrap();
        // Read, then somebody answers, then it is to be recorded.
        let mut batch = Batch::new(ledger, office.now());
        let hand = Hand { account: None, role: Role::StreetOfficer, now: office.now() };
        let what = Erasing::all_of(&[Subject::Raiser], EraseReason::Asked);
        let of_matter = yishi_office::Of::<Matter>::stream();
        let stream = StreamName::from(raised.matter);
        let amending = Amending { db: &office.db, batch: &mut batch, stream: &stream, hand: &hand };
        of_matter.erase(amending, &what).await.unwrap();
        office.act(worker, ledger, raised.matter, answer("换好了。")).await.unwrap();
        let late = office.db.append(batch.into_append()).await;
        assert!(matches!(late, Err(AppendError::Conflict)), "{}: {late:?}", store.engine());
        assert!(!standing(&office.db, "qsaid").await.is_empty(), "nothing of it was recorded");
        let row = async || reads::matter(&office.db, ledger, raised.matter).await.unwrap().unwrap();
        assert_eq!(row().await.stage, StageKind::Answered);

        office.erase_matter(&there.officer, ledger, raised.matter, EraseReason::Asked).await.unwrap();
        assert_eq!(standing(&office.db, "qsaid").await, Vec::<String>::new());
        assert_eq!(row().await.stage, StageKind::Answered, "the answer stands");
        rebuilt_is_the_same(&store).await;
        seal_and_verify(&store).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_answers_while_it_is_erased_is_heard() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let ledger = there.community;
        for round in 0..20 {
            let one = raising(&format!("round-{round}"), there.building, "qsaid 我家密码锁坏了。");
            let raised = office.raise(&Actor::visitor(), one).await.unwrap();
            office.act(&there.worker, ledger, raised.matter, to_worker(&there)).await.unwrap();
            let (erased, answered) = tokio::join!(
                tokio::spawn({
                    let (office, officer) = (office.clone(), there.officer.clone());
                    async move { office.erase_matter(&officer, ledger, raised.matter, EraseReason::Asked).await }
                }),
                tokio::spawn({
                    let (office, worker) = (office.clone(), there.worker.clone());
                    async move { office.act(&worker, ledger, raised.matter, answer("换好了。")).await }
                }),
            );
            erased.unwrap().unwrap();
            answered.unwrap().unwrap();
            let row = reads::matter(&office.db, ledger, raised.matter).await.unwrap().unwrap();
            assert_eq!(row.stage, StageKind::Answered, "{}", store.engine());
        }
        assert_eq!(standing(&office.db, "qsaid").await, Vec::<String>::new(), "{}", store.engine());
        rebuilt_is_the_same(&store).await;
    }
}

#[tokio::test]
async fn a_receipts_link_works_after_its_words_are_erased() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, visitor) = (there.community, Actor::visitor());
        let mut one = raising("m", there.building, "我家密码锁坏了。");
        one.speaker.contact = "qcontact".to_owned();
        let raised = office.raise(&visitor, one).await.unwrap();
        office.erase_matter(&there.officer, ledger, raised.matter, EraseReason::Asked).await.unwrap();
        assert_eq!(standing(&office.db, "qcontact").await, Vec::<String>::new());
        let by_link = async || reads::receipt_by_secret(&office.db, ledger, &raised.secret).await.unwrap();
        assert_eq!(by_link().await.unwrap().id, raised.receipt, "{}", store.engine());
        office.act(&there.worker, ledger, raised.matter, to_worker(&there)).await.unwrap();
        office.act(&there.worker, ledger, raised.matter, answer("换好了。")).await.unwrap();
        evaluate(office, &visitor, ledger, raised.receipt, said(Solved::Yes, "好了")).await.unwrap();
        assert!(by_link().await.unwrap().evaluation.is_some());
        // The same device is known there still, and does not count twice.
        let mut again = yishi_testkit::neighbourhood::joining("m");
        again.form = yishi_testkit::neighbourhood::form("another form");
        assert!(office.join(&visitor, ledger, raised.matter, again).await.is_err());
        let state = office.load::<Receipt>(ledger, &raised.receipt.into()).await.unwrap().state.unwrap();
        assert!(state.secret.as_ref().and_then(Sealed::get).is_some());
        rebuilt_is_the_same(&store).await;
        assert_eq!(by_link().await.unwrap().id, raised.receipt, "after a rebuild");
        seal_and_verify(&store).await;
    }
}

/// Publishing shows what somebody gave; once that is erased nobody sees it any more, and nothing
/// says that they could.
#[tokio::test]
async fn a_published_photo_is_seen_no_more_once_whoever_gave_it_is_erased() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker) = (there.community, &there.worker);
        let mut photos = Vec::new();
        for n in 0..4 {
            photos.push(photo(office, n).await);
        }
        let [said, seen, done, hung] = <[_; 4]>::try_from(photos).unwrap();
        let all = [&said, &seen, &done, &hung].map(|photo| photo.0.clone());
        let used = async || -> BTreeSet<String> {
            duty::used(&office.db, &all).await.unwrap().into_iter().collect()
        };

        // A matter with a photo of whoever raised it and one of the worker's.
        let mut one = raising("m", there.stairwells[0], "我家门口的灯坏了。");
        one.photos = vec![said.clone()];
        let matter = office.raise(&Actor::visitor(), one).await.unwrap().matter;
        office.act(worker, ledger, matter, to_worker(&there)).await.unwrap();
        let progress = Progress { note: "已去看过。".to_owned(), photos: vec![seen.clone()] };
        office.act(worker, ledger, matter, progress).await.unwrap();
        for photo in [&said, &seen] {
            office.act(worker, ledger, matter, PublishPhoto { photo: photo.clone() }).await.unwrap();
        }
        // An order with a photo of the work, and a meeting with one of its notice.
        let send = dispatch::Send {
            item: "repair".to_owned(),
            kind: OrderKind::Work,
            matter,
            task: "换灯。".to_owned(),
            acceptance: "亮了".to_owned(),
            holder: Holder::Organisation(there.property),
            person: None,
            finish_by: office.now().plus_seconds(9 * DAY),
        };
        let order = OrderId(form("work").id("order"));
        office.start(worker, ledger, order, send).await.unwrap();
        let report_in = ReportIn { organisation: None, note: String::new() };
        office.act(&there.keeper, ledger, order, report_in).await.unwrap();
        let progress = dispatch::Progress { note: "换好一半。".to_owned(), photos: vec![done.clone()] };
        office.act(&there.keeper, ledger, order, progress).await.unwrap();
        office.act(worker, ledger, order, dispatch::PublishPhoto { photo: done.clone() }).await.unwrap();
        let (topic, open) = opening("灯", &[matter]);
        office.start(worker, ledger, topic, open).await.unwrap();
        let (meeting, call) = calling("灯", &there, &[topic], office.now().plus_seconds(5 * DAY));
        office.start(worker, ledger, meeting, call).await.unwrap();
        let post = Post { at: "东门".to_owned(), photo: Some(hung.clone()) };
        office.act(worker, ledger, meeting, post).await.unwrap();

        let published = async || {
            let of_matter = office.load::<Matter>(ledger, &matter.into()).await.unwrap().state.unwrap();
            let of_order = office.load::<Order>(ledger, &order.into()).await.unwrap().state.unwrap();
            let listed = reads::matter(&office.db, ledger, matter).await.unwrap().unwrap().photo;
            assert_eq!(listed, of_matter.published.first().cloned(), "{}", store.engine());
            let listed = orders::order(&office.db, ledger, order).await.unwrap().unwrap().photo;
            assert_eq!(listed.as_ref(), of_order.published.first().map(|photo| &photo.0));
            (of_matter.published, of_order.published)
        };
        let set = |some: &[&PhotoDigest]| some.iter().map(|one| (*one).clone()).collect::<BTreeSet<_>>();
        let names = |some: &[&PhotoDigest]| some.iter().map(|one| one.0.clone()).collect::<BTreeSet<_>>();
        assert_eq!(published().await, (set(&[&said, &seen]), set(&[&done])));
        assert_eq!(used().await, names(&[&said, &seen, &done, &hung]));

        office.erase_matter(&there.officer, ledger, matter, EraseReason::Asked).await.unwrap();
        assert_eq!(published().await, (set(&[&seen]), set(&[&done])), "{}", store.engine());
        assert_eq!(used().await, names(&[&seen, &done, &hung]), "nothing uses it");
        assert!(office.db.blob(&said.0).await.unwrap().is_none(), "{}: the file is gone", store.engine());
        let streams: [StreamName; 3] = [matter.into(), order.into(), meeting.into()];
        let all = Erasing::all_of(Subject::ALL, EraseReason::Asked);
        office.erase(&there.officer, ledger, &streams, &all).await.unwrap();
        assert_eq!(published().await, (set(&[]), set(&[])), "{}", store.engine());
        assert_eq!(used().await, names(&[&hung]), "a notice is nobody's own");
        rebuilt_is_the_same(&store).await;
        seal_and_verify(&store).await;
    }
}

/// What one neighbour gave goes without what others gave with the same matter, also where it is
/// the neighbour who has it erased; nobody else has, and then nothing is recorded.
#[tokio::test]
async fn one_neighbours_values_go_and_those_of_others_stay() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, visitor) = (there.community, Actor::visitor());
        let mut one = raising("first", there.stairwells[0], "qsaid 我家密码锁坏了。");
        (one.speaker.name, one.speaker.contact) = ("qname".to_owned(), "qcontact".to_owned());
        one.photos = vec![photo(office, 78).await];
        let picture = one.photos[0].0.clone();
        let raised = office.raise(&visitor, one).await.unwrap();
        let mut also = yishi_testkit::neighbourhood::joining("also");
        (also.speaker.name, also.speaker.contact) = ("xjoiner".to_owned(), "xreach".to_owned());
        let (joined, _) = office.join(&visitor, ledger, raised.matter, also).await.unwrap();
        office.act(&there.worker, ledger, raised.matter, to_worker(&there)).await.unwrap();
        let mut told = answer("换好了。");
        told.word = "qword 谢谢两位".to_owned();
        office.act(&there.worker, ledger, raised.matter, told).await.unwrap();

        let are_there = async |words: &[&str], there: bool| {
            for word in words {
                let found = standing(&office.db, word).await;
                assert_eq!(!found.is_empty(), there, "{}: {word} in {found:?}", store.engine());
                assert!(
                    there || holding(store.folder(), word).is_empty(),
                    "{}: {word} in a file",
                    store.engine()
                );
            }
        };
        let entries = async || ledgers::head(&office.db, ledger).await.unwrap();
        are_there(&["qname", "qcontact", "xjoiner", "xreach", "qsaid", "qword", &picture], true).await;
        for other in [&visitor, &there.worker, &there.keeper, &there.administrator] {
            let before = entries().await;
            assert!(office.erase_receipt(other, ledger, joined.receipt, EraseReason::Asked).await.is_err());
            assert_eq!(entries().await, before, "no entry");
        }
        // While somebody works by it the words stay, and how to be reached goes.
        office.erase_own(&visitor, ledger, raised.receipt).await.unwrap();
        are_there(&["qname", "qcontact"], false).await;
        are_there(&["xjoiner", "xreach", "qsaid", "qword", &picture], true).await;
        // Erased again there is nothing to record.
        let before = entries().await;
        office.erase_own(&visitor, ledger, raised.receipt).await.unwrap();
        assert_eq!(entries().await, before, "nothing to erase is no entry");
        // Somebody else's receipt, by whoever answers for the community.
        office.erase_receipt(&there.officer, ledger, joined.receipt, EraseReason::Asked).await.unwrap();
        are_there(&["xjoiner", "xreach"], false).await;
        are_there(&["qsaid", "qword", &picture], true).await;
        // Done with: now the own words go too, and what was told to the other one stays.
        for receipt in [raised.receipt, joined.receipt] {
            evaluate(office, &visitor, ledger, receipt, said(Solved::Yes, "")).await.unwrap();
        }
        office.act(&there.worker, ledger, raised.matter, Close).await.unwrap();
        office.erase_own(&visitor, ledger, joined.receipt).await.unwrap();
        are_there(&["qsaid", &picture], true).await;
        office.erase_own(&visitor, ledger, raised.receipt).await.unwrap();
        are_there(&["qsaid", &picture], false).await;
        are_there(&["qword"], true).await;
        rebuilt_is_the_same(&store).await;
        are_there(&["qsaid", "qname", "xjoiner"], false).await;
        seal_and_verify(&store).await;
    }
}
