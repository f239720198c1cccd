//! The laws on texts that were corrected or taken back and on values that were erased: each holds
//! of a healthy store, and is told with what to do when somebody changes the store by hand.

use super::endings::sound;
use super::market::published;
use super::office::{answer, rebuilt_is_the_same, seal_and_verify, to_worker};
use super::seldom::seldom;
use yishi_domain::dispatch::{Order, Resume};
use yishi_domain::matters::{MatterId, Summarise};
use yishi_domain::meetings::{Adjourn, Confirm, MeetingId, Rule, Ruling};
use yishi_domain::topics::TopicId;
use yishi_kernel::{Actor, CorrectReason, EraseReason, StreamName, ValueAt};
use yishi_office::audit::Found;
use yishi_office::ledgers::entries_of;
use yishi_office::matters::reads::matter;
use yishi_office::{Correcting, Office};
use yishi_store::{Db, Value, args};
use yishi_testkit::meetings::{DAY, dispatching, objecting, open_meeting};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::traces::standing;
use yishi_testkit::{Neighbourhood, TestStore, neighbourhood, stores};

fn reads_now(version: u64, field: &str, text: Option<&str>) -> Correcting {
    let value = ValueAt { version, field: field.to_owned() };
    Correcting { value, text: text.map(str::to_owned), reason: CorrectReason::Personal }
}

/// The version of the last entry of a kind.
async fn version(office: &Office, there: &Neighbourhood, stream: &StreamName, kind: &str) -> u64 {
    let entries = entries_of(&office.db, there.community, stream).await.unwrap();
    entries.iter().rfind(|entry| entry.kind == kind).unwrap_or_else(|| panic!("{kind}")).version
}

/// What was made, of some kinds of things, and what became of their texts.
struct Made {
    there: Neighbourhood,
    /// A matter whose summary was corrected twice, and when it was written.
    corrected: (MatterId, u64),
    /// One whose summary was taken back.
    taken_back: (MatterId, u64),
    /// A meeting whose action's task was corrected while an order carries it out.
    meeting: MeetingId,
}

async fn summarised(
    office: &Office,
    there: &Neighbourhood,
    word: &str,
    texts: &[Option<&str>],
) -> (MatterId, u64) {
    let ledger = there.community;
    let raised = office.raise(&Actor::visitor(), raising(word, there.building, "灯坏了")).await.unwrap();
    let (id, stream) = (raised.matter, StreamName::from(raised.matter));
    office.act(&there.worker, ledger, id, to_worker(there)).await.unwrap();
    let summary = Summarise { summary: "赵家门口灯坏".to_owned(), category: None };
    office.act(&there.worker, ledger, id, summary).await.unwrap();
    let at = version(office, there, &stream, "matter.summarised.1").await;
    for text in texts {
        office.correct(&there.worker, ledger, &stream, &reads_now(at, "summary", *text)).await.unwrap();
    }
    (id, at)
}

/// A store with texts that were corrected, taken back and erased, of many kinds of things.
async fn made(office: &Office) -> Made {
    let there = neighbourhood(office).await;
    let ledger = there.community;
    seldom(office, &there).await;
    let corrected = summarised(office, &there, "corrected", &[Some("门口灯坏"), Some("楼前灯坏")]).await;
    let taken_back = summarised(office, &there, "back", &[Some("门口灯坏"), None]).await;
    let (erased, _) = summarised(office, &there, "erased", &[]).await;
    office.act(&there.worker, ledger, erased, answer("换好了。")).await.unwrap();
    office.erase_matter(&there.officer, ledger, erased, EraseReason::Asked).await.unwrap();
    let (_, meeting) = published(office, &there, "quoted", &[corrected.0]).await;
    let mut hurried = dispatching(&there, "看车");
    hurried.hurry = Some("节前必须到岗".to_owned());
    office.dispatch_action(&there.worker, ledger, meeting, hurried).await.unwrap();
    let at = version(office, &there, &meeting.into(), "meeting.resolved.1").await;
    let what = reads_now(at, "actions/0/task", Some("看车棚"));
    office.correct(&there.worker, ledger, &meeting.into(), &what).await.unwrap();
    Made { there, corrected, taken_back, meeting }
}

#[tokio::test]
async fn every_law_on_texts_holds_where_texts_of_all_kinds_were_corrected_taken_back_and_erased() {
    for store in stores().await {
        let office = &store.office;
        let there = made(office).await.there;
        sound(office).await;
        // All that stand published, one after the other: half of them read otherwise, half are gone.
        const KEPT: &str = "select p.stream, p.version, p.field from private p join event e
             on e.ledger = p.ledger and e.stream = p.stream and e.version = p.version where p.published = 1
             and p.field <> 'minutes' and e.kind not like '%.corrected.1' order by p.stream, p.version, p.field";
        let mut kinds = std::collections::BTreeSet::new();
        for (n, row) in office.db.rows(KEPT, &[]).await.unwrap().iter().enumerate() {
            let stream = StreamName::stored(row.text(0).unwrap());
            let version = row.int(1).unwrap().unsigned_abs();
            let what = reads_now(version, row.text(2).unwrap(), (n % 2 == 0).then_some("已经更正。"));
            for actor in [&there.worker, &there.secretary, &there.officer, &there.administrator] {
                if office.correct(actor, there.community, &stream, &what).await.is_ok() {
                    kinds.insert(stream.kind().to_owned());
                    break;
                }
            }
        }
        for kind in ["matter", "topic", "meeting", "order", "place", "organisation", "venue"] {
            assert!(kinds.contains(kind), "{kind}: {kinds:?}");
        }
        sound(office).await;
        for law in ["served", "not kept", "taken back", "show", "found by", "went with", "minutes"] {
            let found =
                office.audit().await.unwrap().into_iter().find(|found| found.law.contains(law)).unwrap();
            assert!(found.checked > 0 && found.remedy.is_none(), "{law}: {found:?}");
        }
        rebuilt_is_the_same(&store).await;
        sound(office).await;
        seal_and_verify(&store).await;
    }
}

/// Changes the store by hand, sees that a law is told with what to do, and puts it back.
async fn told(
    store: &TestStore,
    law: &str,
    spoil: (&'static str, Vec<Value>),
    mend: (&'static str, Vec<Value>),
) {
    let office = &store.office;
    office.db.execute(vec![spoil]).await.unwrap();
    let broken: Vec<Found> = office.audit().await.unwrap().into_iter().filter(|found| !found.holds).collect();
    let told = broken.iter().find(|found| found.law.contains(law));
    let told = told.unwrap_or_else(|| panic!("{} {law}: {broken:?}", store.engine()));
    assert!(told.example.is_some() && told.checked > 0, "{told:?}");
    assert!(told.remedy.is_some_and(|remedy| !remedy.is_empty()), "{told:?}");
    office.db.execute(vec![mend]).await.unwrap();
    sound(office).await;
}

const PUT: &str = "insert into private (ledger, stream, version, field, salt, value, published)
     values (?1, ?2, ?3, ?4, ?5, ?6, 1)";
const TAKE: &str = "delete from private where ledger = ?1 and stream = ?2 and version = ?3 and field = ?4";

#[tokio::test]
async fn each_law_on_texts_that_is_broken_by_hand_is_told_with_what_to_do() {
    for store in stores().await {
        let office = &store.office;
        let Made { there, corrected, taken_back, meeting } = made(office).await;
        let ledger = there.community;
        sound(office).await;
        let [(fixed, at), (gone, then)] = [corrected, taken_back].map(|(id, at)| (StreamName::from(id), at));
        let at_of = |stream: &StreamName, version: u64, field: &str| {
            args![ledger, stream.as_str(), version.cast_signed(), field].to_vec()
        };
        let put = |stream: &StreamName, version: u64, field: &str, value: &str| {
            let mut all = at_of(stream, version, field);
            all.extend([Value::Blob(vec![7; 32]), Value::from(format!("{value:?}").as_str())]);
            (PUT, all)
        };

        // The old text lies where it lay: where the text was corrected, and where it was taken back.
        for (stream, version) in [(&fixed, at), (&gone, then)] {
            let old = || put(stream, version, "summary", "赵家门口灯坏");
            told(&store, "not kept", old(), (TAKE, at_of(stream, version, "summary"))).await;
        }
        told(
            &store,
            "taken back",
            put(&gone, then, "summary", "赵家"),
            (TAKE, at_of(&gone, then, "summary")),
        )
        .await;
        // A digest of minutes that went with what they quote, and a name that was erased.
        let confirmed = version(office, &there, &meeting.into(), "meeting.confirmed.1").await;
        let minutes = || at_of(&meeting.into(), confirmed, "minutes");
        told(&store, "not kept", put(&meeting.into(), confirmed, "minutes", "ab"), (TAKE, minutes())).await;

        // The newest reading says something else, or is marked as if nobody might read it.
        const SAYS: &str =
            "update private set value = ?5 where ledger = ?1 and stream = ?2 and version = ?3 and field = ?4";
        let newest = version(office, &there, &fixed, "matter.corrected.1").await;
        let says = |value: &str| {
            let mut all = at_of(&fixed, newest, "text");
            all.push(Value::from(format!("{value:?}").as_str()));
            (SAYS, all)
        };
        told(&store, "newest commitment", says("赵家门口灯坏"), says("楼前灯坏")).await;
        const HIDE: &str = "update private set published = 1 - published
             where ledger = ?1 and stream = ?2 and version = ?3 and field = ?4";
        let hide = || (HIDE, at_of(&fixed, newest, "text"));
        told(&store, "newest commitment", hide(), hide()).await;

        // A table, and the index of terms.
        const SUMMARY: &str = "update matter set summary = ?3 where ledger = ?1 and id = ?2";
        let summary = |text: &str| (SUMMARY, args![ledger, fixed.id(), text].to_vec());
        told(&store, "tables show", summary("赵家门口灯坏"), summary("楼前灯坏")).await;
        let row = matter(&office.db, ledger, fixed.id().parse().unwrap()).await.unwrap().unwrap();
        assert_eq!(row.summary.as_deref(), Some("楼前灯坏"));
        let index = match &office.db {
            Db::Sqlite(_) => {
                "insert or replace into matter_search (rowid, public, entire)
                 select doc, 'a赵家', 'b赵家' from matter where ledger = ?1 and id = ?2"
            }
            Db::Postgres(_) => {
                "update matter_search set public = array['赵家']
                 where ledger = ?1 and doc = (select doc from matter where ledger = ?1 and id = ?2)"
            }
        };
        office.db.execute(vec![(index, args![ledger, fixed.id()].to_vec())]).await.unwrap();
        let broken = office.audit().await.unwrap().into_iter().find(|found| !found.holds).unwrap();
        assert!(broken.law.contains("found by") && broken.remedy.unwrap().contains("rebuild"), "{broken:?}");
        rebuilt(office).await;
        sound(office).await;

        // A job with a text in it.
        for body in [r#"{"text":"赵家"}"#, r#"{"holder":{"key":"赵家","to":null}}"#] {
            let id = uuid::Uuid::from_u128(7).to_string();
            const ADD: &str = "insert into outbox (ledger, id, kind, body, due, leased, tries)
                 values (?1, ?2, 'ending', ?3, 1, 0, 0)";
            let add = (ADD, args![ledger, id.as_str(), body].to_vec());
            let done =
                ("delete from outbox where ledger = ?1 and id = ?2", args![ledger, id.as_str()].to_vec());
            told(&store, "jobs", add, done).await;
        }

        // The entry by which the minutes came again, and the one by which a copy went along.
        const OTHERWISE: &str =
            "update event set envelope = replace(envelope, ?3, ?4) where ledger = ?1 and kind = ?2";
        let otherwise =
            |kind: &str, from: &str, to: &str| (OTHERWISE, args![ledger, kind, from, to].to_vec());
        let (again, open) = ("\"meeting.reissued.1\"", "\"meeting.opened.1\"");
        let kind = "meeting.reissued.1";
        told_only(&store, "minutes", otherwise(kind, again, open)).await;
        office.db.execute(vec![otherwise(kind, open, again)]).await.unwrap();
        let (task, acceptance) = ("\"task/task\"", "\"task/acceptance\"");
        let kind = "order.corrected.1";
        told_only(&store, "went with", otherwise(kind, task, acceptance)).await;
        office.db.execute(vec![otherwise(kind, acceptance, task)]).await.unwrap();
        sound(office).await;
    }
}

/// Changes the store by hand and sees that a law is told.
async fn told_only(store: &TestStore, law: &str, spoil: (&'static str, Vec<Value>)) {
    store.office.db.execute(vec![spoil]).await.unwrap();
    let broken =
        store.office.audit().await.unwrap().into_iter().find(|found| found.law.contains(law)).unwrap();
    assert!(
        !broken.holds && broken.example.is_some() && broken.remedy.is_some(),
        "{} {broken:?}",
        store.engine()
    );
}

async fn rebuilt(office: &Office) {
    yishi_store::rebuild::rebuild(&office.db, &yishi_office::DERIVED).await.unwrap();
}

#[tokio::test]
async fn why_an_order_rests_and_a_topic_came_back_goes_with_the_ruling_and_the_adjournment() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker) = (there.community, &there.worker);
        let raise = async |word| {
            office.raise(&Actor::visitor(), raising(word, there.compound, "太黑")).await.unwrap().matter
        };
        let (topic, meeting) = published(office, &there, "ruled", &[raise("ruled").await]).await;
        let mut hurried = dispatching(&there, "看车");
        hurried.hurry = Some("节前必须到岗".to_owned());
        let order = office.dispatch_action(worker, ledger, meeting, hurried).await.unwrap();
        office
            .act(&Actor::visitor(), ledger, meeting, objecting(None, "device", "收费太高。"))
            .await
            .unwrap();
        // Longer than a topic says it, and of two lines.
        let reason = format!("qruled 赵家提出，\n依据不足。{}", "重新商议。".repeat(40));
        let rule = Rule { number: 1, ruling: Ruling::Upheld, reason };
        office.act(&there.secretary, ledger, meeting, rule).await.unwrap();
        let finish_by = office.now().plus_seconds(DAY);
        office
            .act(worker, ledger, order, Resume { reason: "再议仍同意".to_owned(), finish_by })
            .await
            .unwrap();
        let (adjourned, sitting) =
            open_meeting(office, &there, "adjourned", &[raise("adjourned").await]).await;
        office
            .act(worker, ledger, sitting, Adjourn { reason: "qadjourned 赵家缺席".to_owned() })
            .await
            .unwrap();

        let returned = async |topic: TopicId| {
            let entries = entries_of(&office.db, ledger, &topic.into()).await.unwrap();
            entries.iter().find(|entry| entry.kind == "topic.returned.1").unwrap().text("reason")
        };
        for (meeting, kind, mark, topic) in [
            (meeting, "meeting.ruled.1", "qruled", topic),
            (sitting, "meeting.adjourned.1", "qadjourned", adjourned),
        ] {
            let stream = StreamName::from(meeting);
            let at = version(office, &there, &stream, kind).await;
            assert!(returned(topic).await.is_some_and(|reason| reason.starts_with(mark)));
            for (text, old) in [(Some("qsecond 依据不足"), mark), (None, "qsecond")] {
                let what = reads_now(at, "reason", text);
                let by = if mark == "qruled" { &there.secretary } else { worker };
                office.correct(by, ledger, &stream, &what).await.unwrap();
                assert_eq!(standing(&office.db, old).await, Vec::<String>::new(), "{} {old}", store.engine());
                assert_eq!(returned(topic).await.as_deref(), text, "{}", store.engine());
            }
        }
        let rests = version(office, &there, &order.into(), "order.suspended.1").await;
        let entries = entries_of(&office.db, ledger, &order.into()).await.unwrap();
        assert!(entries.iter().any(|entry| entry.version == rests && entry.text("reason").is_none()));
        assert!(office.load::<Order>(ledger, &order.into()).await.unwrap().state.is_some());
        // The minutes that both would confirm again are another text.
        let minutes = office.db.put_blob("会议纪要，第2版".as_bytes().to_vec()).await.unwrap();
        for actor in [&there.secretary, &there.colleague] {
            office.act(actor, ledger, meeting, Confirm { minutes: minutes.clone() }).await.unwrap();
        }
        sound(office).await;
        rebuilt_is_the_same(&store).await;
        seal_and_verify(&store).await;

        // A copy of which no entry says that it went.
        const OTHERWISE: &str =
            "update event set envelope = replace(envelope, '\"field\":\"reason\"', '\"field\":\"reasons\"')
             where ledger = ?1 and kind like 'topic.%' and kind not like '%.returned.1'";
        told_only(&store, "went with", (OTHERWISE, args![ledger].to_vec())).await;
    }
}
