//! A text for everyone is corrected or taken back: the old one is gone from every table and file,
//! the new one stands wherever the old one stood, an entry says so, and every proof holds.

use super::market::published;
use super::office::{answer, rebuilt_is_the_same, refused, seal_and_verify, to_worker};
use std::collections::BTreeSet;
use std::path::PathBuf;
use yishi_domain::dispatch::Order;
use yishi_domain::matters::{Matter, Summarise};
use yishi_domain::meetings::{Confirm, Confirming, Meeting, MeetingStage};
use yishi_domain::topics::AnswerAll;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Actor, CorrectReason, Published, StreamName, ValueAt};
use yishi_office::ledgers::{EntryRow, entries_of};
use yishi_office::matters::reads;
use yishi_office::meetings::reads as meetings;
use yishi_office::topics::reads as topics;
use yishi_office::{Correcting, Office};
use yishi_store::verify::Known;
use yishi_store::{Value, Wrong};
use yishi_testkit::meetings::dispatching;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::traces::{holding, standing};
use yishi_testkit::{Neighbourhood, TestStore, neighbourhood, stores};

/// What is to be read at a place of an entry from now on.
fn reads_now(version: u64, field: &str, text: Option<&str>) -> Correcting {
    let value = ValueAt { version, field: field.to_owned() };
    Correcting { value, text: text.map(str::to_owned), reason: CorrectReason::Personal }
}

/// The last entry of a kind.
async fn entry(office: &Office, there: &Neighbourhood, stream: &StreamName, kind: &str) -> EntryRow {
    let entries = entries_of(&office.db, there.community, stream).await.unwrap();
    entries.into_iter().rfind(|entry| entry.kind == kind).unwrap_or_else(|| panic!("{kind}"))
}

/// That words stand nowhere any more.
async fn gone(store: &TestStore, words: &str) {
    let engine = store.engine();
    assert_eq!(standing(&store.office.db, words).await, Vec::<String>::new(), "{engine}: {words}");
    assert_eq!(holding(store.folder(), words), Vec::<PathBuf>::new(), "{engine}: {words}");
}

#[tokio::test]
async fn a_corrected_text_stands_everywhere_and_the_old_one_nowhere() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker) = (there.community, &there.worker);
        let raised = office.raise(&Actor::visitor(), raising("m", there.building, "灯坏了")).await.unwrap();
        let (id, stream) = (raised.matter, StreamName::from(raised.matter));
        office.act(worker, ledger, id, to_worker(&there)).await.unwrap();
        let summary = Summarise { summary: "qfirst 王阿姨家门口灯坏".to_owned(), category: None };
        office.act(worker, ledger, id, summary).await.unwrap();
        office.act(worker, ledger, id, answer("qanswer 王阿姨说好了。")).await.unwrap();
        seal_and_verify(&store).await;
        let at = entry(office, &there, &stream, "matter.summarised.1").await.version;
        assert!(!standing(&office.db, "qfirst").await.is_empty());

        // Not by anybody, nor what is no text for everyone, nor with somebody's number.
        let correct = async |actor, what: &Correcting| office.correct(actor, ledger, &stream, what).await;
        let first = reads_now(at, "summary", Some("qsecond 门口灯坏"));
        let visitor = Actor::visitor();
        assert!(refused(correct(&visitor, &first).await).denied().is_some());
        let private = reads_now(1, "text", Some("灯坏了"));
        assert_eq!(refused(correct(worker, &private).await), Common::Unknown);
        let number = reads_now(at, "summary", Some("找 13800001111"));
        assert_eq!(refused(correct(worker, &number).await).field(), Some("text"));

        for (old, new) in
            [("qfirst", Some("qsecond 门口灯坏")), ("qsecond", Some("qthird 楼前灯坏")), ("qthird", None)]
        {
            correct(worker, &reads_now(at, "summary", new)).await.unwrap();
            gone(&store, old).await;
            let row = reads::matter(&office.db, ledger, id).await.unwrap().unwrap();
            assert_eq!(row.summary.as_deref(), Some(new.unwrap_or(Published::TAKEN_BACK)));
            let state = office.load::<Matter>(ledger, &stream).await.unwrap().state.unwrap();
            assert_eq!(state.summary.as_ref().and_then(Published::get), new, "{}", store.engine());
            let told = entry(office, &there, &stream, "matter.summarised.1").await;
            assert_eq!(told.text("summary").as_deref(), new, "what a chain quotes");
            rebuilt_is_the_same(&store).await;
            seal_and_verify(&store).await;
        }
        // Once it is taken back there is nothing to correct.
        let again = reads_now(at, "summary", Some("又写一遍"));
        assert_eq!(refused(correct(worker, &again).await), Common::Unknown);
        let corrected = entry(office, &there, &stream, "matter.corrected.1").await;
        assert_eq!(corrected.public["reason"], "personal");
        assert_eq!(corrected.public["version"].as_u64(), Some(at));
        assert_eq!(corrected.role, "community_worker");
        assert_eq!(entry(office, &there, &stream, "matter.taken_back.1").await.public["reason"], "personal");
        assert!(!standing(&office.db, "qanswer").await.is_empty(), "nothing else went");
        let noted = office.keys.journal().read().unwrap();
        assert!(noted.iter().any(|line| line.field == "summary" && line.version == at));
    }
}

#[tokio::test]
async fn minutes_that_quote_a_corrected_text_are_confirmed_again() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker) = (there.community, &there.worker);
        let dark =
            office.raise(&Actor::visitor(), raising("d", there.compound, "太黑")).await.unwrap().matter;
        let (topic, id) = published(office, &there, "qmeet", &[dark]).await;
        let state = async || office.load::<Meeting>(ledger, &id.into()).await.unwrap().state.unwrap();
        let mut old = state().await.outcome.minutes().unwrap().to_owned();

        // The title of a topic on its agenda stands in the minutes too.
        for stream in [StreamName::from(id), topic.into()] {
            assert!(!standing(&office.db, &old).await.is_empty(), "{old} is there");
            let what = reads_now(1, "title", Some("qright 路灯"));
            office.correct(worker, ledger, &stream, &what).await.unwrap();
            let now = state().await;
            assert_eq!(now.stage, MeetingStage::Published, "the notice goes on");
            assert_eq!(now.outcome.minutes(), None, "{}", store.engine());
            assert!(now.outcome.reissued.is_some());
            assert_eq!(office.db.blob(&old).await.unwrap(), None, "the old text is gone");
            gone(&store, &old).await;
            // Anew by both, of another text.
            let minutes = office.db.put_blob(format!("纪要 {stream}").into_bytes()).await.unwrap();
            let both = [(&there.secretary, Confirming::Chair), (&there.colleague, Confirming::Recorder)];
            for (actor, seat) in both {
                let confirm = Confirm { minutes: minutes.clone() };
                office.act(actor, ledger, id, confirm).await.unwrap();
                assert!(state().await.outcome.confirmed.contains_key(&seat));
            }
            let now = state().await;
            assert_eq!((now.outcome.minutes(), now.outcome.reissued), (Some(minutes.as_str()), None));
            assert_eq!(now.stage, MeetingStage::Published);
            let unasked = Confirm { minutes: "ab".repeat(32) };
            refused(office.act(&there.secretary, ledger, id, unasked).await);
            old = minutes;
        }
        assert_eq!(meetings::meeting(&office.db, ledger, id).await.unwrap().unwrap().title, "qright 路灯");
        assert_eq!(topics::topic(&office.db, ledger, topic).await.unwrap().unwrap().title, "qright 路灯");
        rebuilt_is_the_same(&store).await;
        seal_and_verify(&store).await;
    }
}

#[tokio::test]
async fn an_answer_to_all_matters_of_a_topic_is_one_text_and_the_same_words_elsewhere_are_another() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker) = (there.community, &there.worker);
        let raise = async |word| {
            office.raise(&Actor::visitor(), raising(word, there.compound, "太黑")).await.unwrap().matter
        };
        let [one, other, apart] = [raise("one").await, raise("other").await, raise("apart").await];
        let (topic, _) = published(office, &there, "qmeet", &[one, other]).await;
        let text = "qall 赵家门口的灯装好了。";
        office.act(worker, ledger, topic, AnswerAll { text: text.to_owned() }).await.unwrap();
        office.act(worker, ledger, apart, to_worker(&there)).await.unwrap();
        office.act(worker, ledger, apart, answer(text)).await.unwrap();
        let says = async |matter| {
            let told = entry(office, &there, &StreamName::from(matter), "matter.answered.1").await;
            (told.version, told.text("text"))
        };
        for new in [Some("qsecond 楼前的灯装好了。"), None] {
            let what = reads_now(says(one).await.0, "text", new);
            office.correct(worker, ledger, &one.into(), &what).await.unwrap();
            for matter in [one, other] {
                assert_eq!(says(matter).await.1.as_deref(), new, "{}", store.engine());
            }
            assert_eq!(says(apart).await.1.as_deref(), Some(text), "{}", store.engine());
        }
        gone(&store, "qsecond").await;
        rebuilt_is_the_same(&store).await;
        seal_and_verify(&store).await;
    }
}

/// A text for everyone that is kept: its stream, version and field.
type Kept = (StreamName, u64, String);

/// All that stand in a ledger and somebody wrote: no digests of minutes, and nothing that is
/// itself a correction.
async fn texts(office: &Office, there: &Neighbourhood) -> Vec<Kept> {
    const KEPT: &str =
        "select p.stream, p.version, p.field from private p join event e on e.ledger = p.ledger
         and e.stream = p.stream and e.version = p.version where p.ledger = ?1 and p.published = 1
         and p.field <> 'minutes' and e.kind not like '%.corrected.1' order by p.stream, p.version, p.field";
    let rows = office.db.rows(KEPT, &[there.community.into()]).await.unwrap();
    let kept = |row: &yishi_store::Row| {
        let stream = StreamName::stored(row.text(0).unwrap());
        (stream, row.int(1).unwrap().unsigned_abs(), row.text(2).unwrap().to_owned())
    };
    rows.iter().map(kept).collect()
}

/// Whoever of the neighbourhood may, does.
async fn by_whoever_may(office: &Office, there: &Neighbourhood, stream: &StreamName, what: &Correcting) {
    for actor in [&there.worker, &there.secretary, &there.officer, &there.administrator] {
        if office.correct(actor, there.community, stream, what).await.is_ok() {
            return;
        }
    }
    panic!("nobody may: {stream} {what:?}");
}

#[tokio::test]
async fn every_kind_of_text_for_everyone_can_be_corrected_and_taken_back() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        super::seldom::seldom(office, &there).await;
        let all = texts(office, &there).await;
        let mut kinds = BTreeSet::new();
        // Each says what nothing else says.
        for (n, (stream, version, field)) in all.iter().enumerate() {
            let text = format!("qmark{n:03} 说明");
            by_whoever_may(office, &there, stream, &reads_now(*version, field, Some(&text))).await;
            assert!(!standing(&office.db, &text).await.is_empty(), "{stream} {field}");
            kinds.insert((stream.kind().to_owned(), field.clone()));
        }
        assert!(kinds.len() > 20, "{kinds:?}");
        for (n, (stream, version, field)) in all.iter().enumerate() {
            // One that was a copy went with another one.
            let mark = format!("qmark{n:03}");
            if standing(&office.db, &mark).await.is_empty() {
                continue;
            }
            let text = (n % 2 == 0).then_some("已经更正。");
            by_whoever_may(office, &there, stream, &reads_now(*version, field, text)).await;
        }
        gone(&store, "qmark").await;
        rebuilt_is_the_same(&store).await;
        gone(&store, "qmark").await;
        seal_and_verify(&store).await;
        let report = office.verify(Known::default()).await.unwrap();
        assert_eq!(report.wrong, vec![], "{}", store.engine());
    }
}

#[tokio::test]
async fn the_same_twice_is_once_and_whom_it_concerns_may_not() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker) = (there.community, &there.worker);
        let dark =
            office.raise(&Actor::visitor(), raising("d", there.compound, "太黑")).await.unwrap().matter;
        let (topic, meeting) = published(office, &there, "qmeet", &[dark]).await;
        let stream = StreamName::from(topic);
        let count = async || entries_of(&office.db, ledger, &stream).await.unwrap().len();
        let before = count().await;
        for text in [Some("路灯"), None] {
            let what = reads_now(1, "title", text);
            office.correct(worker, ledger, &stream, &what).await.unwrap();
            let once = count().await;
            office.correct(worker, ledger, &stream, &what).await.unwrap();
            assert_eq!(count().await, once, "{}: {text:?}", store.engine());
        }
        assert_eq!(count().await, before + 2);
        // What was never there is no text that was taken back.
        let never = reads_now(1, "colour", None);
        assert_eq!(refused(office.correct(worker, ledger, &stream, &never).await), Common::Unknown);

        // What was agreed is said again in the order that carries it out.
        let mut hurried = dispatching(&there, "看车");
        hurried.hurry = Some("节前必须到岗".to_owned());
        let order = office.dispatch_action(worker, ledger, meeting, hurried).await.unwrap();
        let order = async || office.load::<Order>(ledger, &order.into()).await.unwrap().state.unwrap();
        let old = order().await.task.task.to_string();
        let entry = entry(office, &there, &meeting.into(), "meeting.resolved.1").await;
        let all = entry.published.keys().filter(|field| field.ends_with("/task"));
        let field = all.into_iter().find(|field| entry.text(field) == Some(old.clone())).unwrap();
        let what = reads_now(entry.version, field, Some("qtask 看车"));
        office.correct(worker, ledger, &meeting.into(), &what).await.unwrap();
        assert_eq!(order().await.task.task, "qtask 看车", "{}", store.engine());
        gone(&store, &old).await;
        rebuilt_is_the_same(&store).await;
        seal_and_verify(&store).await;
    }
}

#[tokio::test]
async fn a_private_value_that_was_marked_as_published_is_found_and_so_is_a_text_that_was_taken_away() {
    for store in stores().await {
        let (office, there) = (&store.office, neighbourhood(&store.office).await);
        let raised = office.raise(&Actor::visitor(), raising("m", there.building, "灯坏了")).await.unwrap();
        office.act(&there.worker, there.community, raised.matter, to_worker(&there)).await.unwrap();
        office.act(&there.worker, there.community, raised.matter, answer("换好了。")).await.unwrap();
        seal_and_verify(&store).await;
        let wrong = async || office.verify(Known::default()).await.unwrap().wrong;
        assert_eq!(wrong().await, vec![], "{}", store.engine());
        const TURN: &str = "update private set published = 1 - published
             where stream = ?1 and version = ?2 and field = 'text'";
        let stream = StreamName::from(raised.matter);
        let answered = entry(office, &there, &stream, "matter.answered.1").await.version;
        let named = || Value::from(stream.as_str());
        for version in [1, answered.cast_signed()] {
            let turn =
                async || office.db.execute(vec![(TURN, vec![named(), Value::Int(version)])]).await.unwrap();
            turn().await;
            let found = wrong().await;
            assert!(matches!(found.as_slice(), [Wrong::Marked { .. }]), "{}: {found:?}", store.engine());
            turn().await;
            assert_eq!(wrong().await, vec![], "{}", store.engine());
        }
        const TAKE: &str = "delete from private where stream = ?1 and published = 1";
        office.db.execute(vec![(TAKE, vec![named()])]).await.unwrap();
        let found = wrong().await;
        assert!(
            found.iter().any(|wrong| matches!(wrong, Wrong::Missing { .. })),
            "{}: {found:?}",
            store.engine()
        );
    }
}
