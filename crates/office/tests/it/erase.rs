//! Erasing goes by whose a value is: what belongs to somebody is gone from every table, what
//! belongs to others stays, every proof holds, and nothing that happens meanwhile is lost.

use super::market::published;
use super::office::{answer, evaluate, rebuilt_is_the_same, said, seal_and_verify, to_worker};
use super::twin::photo;
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::dispatch::{self, Order, OrderId, OrderKind, ReportIn};
use yishi_domain::evaluation::Solved;
use yishi_domain::matters::{Matter, Progress, PublishPhoto, Receipt, StageKind};
use yishi_domain::meetings::{Ballot, Meeting, Object, Post, Seat};
use yishi_domain::people::Account;
use yishi_domain::places::{Place, PlaceKind, Poster, PosterId};
use yishi_kernel::{Actor, Holder, PhotoDigest, PlaceId, Sealed, StreamName, Subject};
use yishi_office::dispatch::reads as orders;
use yishi_office::matters::reads;
use yishi_office::places::reads::{place, poster_place, posters};
use yishi_office::{Batch, Office, Registered};
use yishi_store::{AppendError, Db, Value, duty, verify};
use yishi_testkit::meetings::{DAY, calling, objecting, opening};
use yishi_testkit::neighbourhood::{form, raising};
use yishi_testkit::{Neighbourhood, TestStore, neighbourhood, stores};

/// Where some words stand: the tables of the database, by searching all of them.
async fn standing(db: &Db, words: &str) -> Vec<String> {
    const SQLITE: &str = "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c
         where m.type = 'table'";
    const POSTGRES: &str = "select table_name::text, column_name::text from information_schema.columns
         where table_schema = 'public'";
    let (columns, holds) = match db {
        Db::Sqlite(_) => (SQLITE, "instr(hex(COLUMN), ?2) > 0 or instr(COLUMN, ?1) > 0"),
        Db::Postgres(_) => (POSTGRES, "strpos(COLUMN::text, ?1) > 0 or strpos(upper(COLUMN::text), ?2) > 0"),
    };
    let hex: String = words.bytes().map(|byte| format!("{byte:02X}")).collect();
    let mut found = Vec::new();
    for row in db.rows(columns, &[]).await.unwrap() {
        let (table, column) = (row.text(0).unwrap(), format!("\"{}\"", row.text(1).unwrap()));
        let sql = format!("select count(*) from {table} where {}", holds.replace("COLUMN", &column));
        // A test may put SQL together once for each column.
        let count = db.row(sql.leak(), &[Value::from(words), Value::from(hex.as_str())]).await.unwrap();
        // A file that nobody uses any more is swept by itself; on SQLite it lies in a folder.
        if table == "blob" {
            continue;
        }
        if count.unwrap().int(0).unwrap() > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}

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

/// A batch that erases what belongs to a subject in streams of whatever kind.
async fn erasing(office: &Office, ledger: PlaceId, planted: &Planted) -> Batch {
    let mut batch = Batch::new(ledger, office.now());
    for stream in &planted.streams {
        let known: [&dyn Registered; 9] = [
            &yishi_office::Of::<Matter>::stream(),
            &yishi_office::Of::<Receipt>::stream(),
            &yishi_office::Of::<Meeting>::stream(),
            &yishi_office::Of::<Seat>::stream(),
            &yishi_office::Of::<Ballot>::stream(),
            &yishi_office::Of::<Account>::stream(),
            &yishi_office::Of::<Place>::stream(),
            &yishi_office::Of::<Poster>::stream(),
            &yishi_office::Of::<Order>::stream(),
        ];
        let kind = known
            .into_iter()
            .find(|kind| kind.kind() == stream.kind())
            .unwrap_or_else(|| panic!("{}", stream.kind()));
        kind.erase(office, &mut batch, stream, &[planted.subject]).await.unwrap();
    }
    batch
}

#[tokio::test]
async fn what_belongs_to_somebody_is_gone_from_every_table_and_the_rest_stays() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let all = planted(office, &there).await;
        let subjects: Vec<Subject> = all.iter().map(|one| one.subject).collect();
        assert_eq!(subjects, Subject::ALL, "something of each");
        let roots = seal_and_verify(&store).await;
        for (n, one) in all.iter().enumerate() {
            for words in all[n..].iter().flat_map(|one| &one.words) {
                let found = standing(&office.db, words).await;
                assert!(!found.is_empty(), "{}: {words} is there before it is erased", store.engine());
            }
            let batch = erasing(office, there.community, one).await;
            office.db.append(batch.into_append()).await.unwrap();
            for words in &one.words {
                let found = standing(&office.db, words).await;
                assert_eq!(found, Vec::<String>::new(), "{}: {words}", store.engine());
            }
        }
        rebuilt_is_the_same(&store).await;
        for words in all.iter().flat_map(|one| &one.words) {
            assert_eq!(standing(&office.db, words).await, Vec::<String>::new(), "{words} after a rebuild");
        }
        assert_eq!(verify::verify(&office.db).await.unwrap(), roots, "no root moved");
        let left = left_by_subject(&store, &all).await;
        assert!(left.is_empty(), "{}: {left:?}", store.engine());
    }
}

/// Private values that stand in the streams of what was erased and say whose they are.
async fn left_by_subject(store: &TestStore, all: &[Planted]) -> BTreeMap<String, Vec<String>> {
    const KEPT: &str = "select field from private where stream = ?1 order by version, field";
    let mut left: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for stream in all.iter().filter(|one| one.subject == Subject::Speaker).flat_map(|one| &one.streams) {
        if ["seat", "ballot"].contains(&stream.kind()) {
            for row in store.office.db.rows(KEPT, &[Value::from(stream.as_str())]).await.unwrap() {
                let field = row.text(0).unwrap().to_owned();
                // The word of the link is asked for apart.
                if field != "secret" {
                    left.entry(stream.to_string()).or_default().push(field);
                }
            }
        }
    }
    left
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
        let planted = Planted {
            subject: Subject::Raiser,
            streams: vec![raised.matter.into(), raised.receipt.into()],
            words: Vec::new(),
        };
        // Read, then somebody answers, then it is to be recorded.
        let batch = erasing(office, ledger, &planted).await;
        office.act(worker, ledger, raised.matter, answer("换好了。")).await.unwrap();
        let late = office.db.append(batch.into_append()).await;
        assert!(matches!(late, Err(AppendError::Conflict)), "{}: {late:?}", store.engine());
        assert!(!standing(&office.db, "qsaid").await.is_empty(), "nothing of it was recorded");
        let row = async || reads::matter(&office.db, ledger, raised.matter).await.unwrap().unwrap();
        assert_eq!(row().await.stage, StageKind::Answered);

        office.erase_matter(&there.officer, ledger, raised.matter).await.unwrap();
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
                    async move { office.erase_matter(&officer, ledger, raised.matter).await }
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
        office.erase_matter(&there.officer, ledger, raised.matter).await.unwrap();
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

        office.erase_matter(&there.officer, ledger, matter).await.unwrap();
        assert_eq!(published().await, (set(&[&seen]), set(&[&done])), "{}", store.engine());
        assert_eq!(used().await, names(&[&seen, &done, &hung]), "it will be swept");
        for subject in Subject::ALL {
            let words = Vec::new();
            let streams = vec![matter.into(), order.into(), meeting.into()];
            let batch = erasing(office, ledger, &Planted { subject: *subject, streams, words }).await;
            office.db.append(batch.into_append()).await.unwrap();
        }
        assert_eq!(published().await, (set(&[]), set(&[])), "{}", store.engine());
        assert_eq!(used().await, names(&[&hung]), "a notice is nobody's own");
        rebuilt_is_the_same(&store).await;
        seal_and_verify(&store).await;
    }
}
