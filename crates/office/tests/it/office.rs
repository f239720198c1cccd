//! Whole stories through the office, on both stores.

use yishi_domain::evaluation::{self, Evaluate, Evaluation, Satisfaction, Solved};
use yishi_domain::matters::{
    self, Answer, Close, Matter, MatterId, MergeInto, Outcome, ReceiptId, StageKind, Summarise, Triage,
};
use yishi_domain::people::GrantRole;
use yishi_domain::places::{DrawGrid, PlaceKind};
use yishi_kernel::refusal::Common;
use yishi_kernel::{Actor, Claim, Denied, EraseReason, Holder, PlaceId, Refusal, Role};
use yishi_office::matters::RaisedMatter;
use yishi_office::matters::readable;
use yishi_office::matters::reads;
use yishi_office::matters::search::SearchIn;
use yishi_office::places::NewLedger;
use yishi_office::{DERIVED, Failure, Office};
use yishi_store::{Value, Wrong, ledgers, rebuild, sealer, verify};
use yishi_testkit::neighbourhood::found as found_by;
use yishi_testkit::neighbourhood::{Neighbourhood, joining, raising};
use yishi_testkit::{TestStore, neighbourhood, stores};

const DAY: i64 = 86_400;

pub fn to_worker(there: &Neighbourhood) -> Triage {
    Triage {
        outcome: Outcome::Public,
        category: "02".to_owned(),
        holder: Holder::Person(Role::CommunityWorker, there.community),
        person: there.worker.account,
        reason: String::new(),
    }
}

pub fn answer(text: &str) -> Answer {
    Answer { text: text.to_owned(), word: "谢谢您。".to_owned(), photos: vec![] }
}

pub fn said(solved: Solved, comment: &str) -> Evaluation {
    let satisfaction = match solved {
        Solved::Yes => Satisfaction::Satisfied,
        Solved::No => Satisfaction::Not,
    };
    Evaluation { solved, satisfaction, comment: comment.to_owned() }
}

/// Whoever shows a receipt says what the answer was worth.
pub async fn evaluate(
    office: &Office,
    actor: &Actor,
    ledger: PlaceId,
    receipt: ReceiptId,
    said: Evaluation,
) -> Result<(), Failure> {
    office.act(&actor.showing(Claim::Receipt), ledger, receipt, Evaluate { said, contacted: None }).await
}

pub fn refused<T: std::fmt::Debug>(result: Result<T, Failure>) -> Refusal {
    match result {
        Err(Failure::Refused(refusal)) => refusal,
        other => panic!("should have been refused: {other:?}"),
    }
}

async fn stage(office: &Office, there: &Neighbourhood, matter: MatterId) -> StageKind {
    let loaded = office.load::<Matter>(there.community, &matter.into()).await.unwrap();
    loaded.must().unwrap().stage()
}

async fn entries(office: &Office) -> i64 {
    office.db.row("select count(*) from event", &[]).await.unwrap().unwrap().int(0).unwrap()
}

/// Seals what there is and verifies it.
pub async fn seal_and_verify(store: &TestStore) -> Vec<verify::Verified> {
    let office = &store.office;
    for row in ledgers::ledgers(&office.db).await.unwrap() {
        sealer::seal(&office.db, &office.keys, &row, office.now()).await.unwrap();
    }
    let verified = verify::verify(&office.db).await.unwrap();
    // Nor is anything else wrong: tables, files and counts are as the entries say.
    let mut report = office.verify(verify::Known::default()).await.unwrap();
    // Tests name photos that nobody took.
    report.wrong.retain(|wrong| !matches!(wrong, Wrong::File { .. }));
    assert_eq!(report.wrong, [], "{}", store.engine());
    assert_eq!(report.ledgers, verified);
    assert!(verified.iter().all(|ledger| ledger.entries == ledger.sealed && ledger.entries > 0));
    verified
}

pub async fn rebuilt_is_the_same(store: &TestStore) {
    let db = &store.office.db;
    let before = rebuild::digests(db, &DERIVED).await.unwrap();
    assert!(rebuild::rebuild(db, &DERIVED).await.unwrap() > 0);
    assert_eq!(rebuild::digests(db, &DERIVED).await.unwrap(), before, "{}", store.engine());
}

#[tokio::test]
async fn from_a_word_on_the_stairs_to_an_answer_for_everyone() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let ledger = there.community;
        let visitor = Actor::visitor();

        let mut first = raising("lamp", there.stairwells[1], "2单元楼道灯坏了三天，老人晚上看不清台阶。");
        first.speaker.name = "李阿姨".to_owned();
        first.speaker.contact = "8123 4567".to_owned();
        let lamp = office.raise(&visitor, first).await.unwrap();
        let dark = office.raise(&visitor, raising("dark", there.building, "3号楼晚上太黑。")).await.unwrap();
        let (joined, _) = office.join(&visitor, ledger, lamp.matter, joining("me-too")).await.unwrap();
        assert_ne!(joined.receipt, lamp.receipt);
        assert_eq!(stage(office, &there, lamp.matter).await, StageKind::Raised);

        // Nobody evaluates before there is an answer; a visitor sorts nothing.
        refused(evaluate(office, &visitor, ledger, lamp.receipt, said(Solved::Yes, "")).await);
        let denied = refused(office.act(&visitor, ledger, lamp.matter, to_worker(&there)).await);
        assert_eq!(denied, Denied::SignIn);

        office.act(&there.worker, ledger, lamp.matter, to_worker(&there)).await.unwrap();
        let summary = Summarise { summary: "3号楼楼道灯不亮".to_owned(), category: None };
        office.act(&there.worker, ledger, lamp.matter, summary).await.unwrap();
        office.act(&there.worker, ledger, dark.matter, MergeInto { into: lamp.matter }).await.unwrap();
        assert_eq!(stage(office, &there, dark.matter).await, StageKind::Merged);
        assert_eq!(reads::root_of(&office.db, ledger, dark.matter).await.unwrap(), Some(lamp.matter));
        let mut family = vec![lamp.matter, dark.matter];
        family.sort();
        assert_eq!(reads::family_of(&office.db, ledger, lamp.matter).await.unwrap(), family);
        // Whoever joins the merged one joins the one that carries it.
        let (late, _) = office.join(&visitor, ledger, dark.matter, joining("late")).await.unwrap();
        let support = reads::support(&office.db, ledger, &[lamp.matter]).await.unwrap();
        assert_eq!(support[&lamp.matter].others, 4, "two raised, two joined");

        // The lead handler may call; each look stands in the ledger. A colleague may not.
        let contact = office.view_contact(&there.worker, ledger, lamp.receipt).await.unwrap();
        assert_eq!(contact, (Some("李阿姨".to_owned()), Some("8123 4567".to_owned())));
        let denied = refused(office.view_contact(&there.colleague, ledger, lamp.receipt).await);
        assert_eq!(denied, Denied::NotHolder);

        office.act(&there.worker, ledger, lamp.matter, answer("灯泡换好了，请您看看。")).await.unwrap();
        assert_eq!(stage(office, &there, lamp.matter).await, StageKind::Answered);
        evaluate(office, &visitor, ledger, joined.receipt, said(Solved::Yes, "")).await.unwrap();
        let again = evaluate(office, &visitor, ledger, joined.receipt, said(Solved::Yes, "")).await;
        assert_eq!(refused(again), evaluation::Refusal::Evaluated);
        // The merged matter's own receipt says no: the whole is taken up again.
        evaluate(office, &visitor, ledger, dark.receipt, said(Solved::No, "三楼还是黑的")).await.unwrap();
        assert_eq!(stage(office, &there, lamp.matter).await, StageKind::InHand);
        refused(office.act(&there.colleague, ledger, lamp.matter, Close).await);

        office.act(&there.worker, ledger, lamp.matter, answer("三楼的线也接好了。")).await.unwrap();
        for receipt in [lamp.receipt, joined.receipt, dark.receipt] {
            evaluate(office, &visitor, ledger, receipt, said(Solved::Yes, "亮了")).await.unwrap();
        }
        let waiting = refused(office.act(&there.colleague, ledger, lamp.matter, Close).await);
        let why = waiting.of::<matters::Refusal>();
        assert!(matches!(why, Some(matters::Refusal::Waiting { receipts: 1, .. })), "{waiting:?}");
        evaluate(office, &visitor, ledger, late.receipt, said(Solved::Yes, "")).await.unwrap();
        office.act(&there.colleague, ledger, lamp.matter, Close).await.unwrap();
        assert_eq!(stage(office, &there, lamp.matter).await, StageKind::Closed);
        refused(office.join(&visitor, ledger, lamp.matter, joining("too-late")).await);

        let chain = reads::entries(&office.db, ledger, lamp.matter).await.unwrap();
        let kinds: Vec<&str> = chain.iter().map(|entry| entry.kind.as_str()).collect();
        assert_eq!(
            kinds,
            [
                "matter.raised.1",
                "matter.triaged.1",
                "matter.summarised.1",
                "matter.absorbed.1",
                "matter.answered.1",
                "matter.reopened.1",
                "matter.answered.1",
                "matter.closed.1"
            ]
        );
        rebuilt_is_the_same(&store).await;
        seal_and_verify(&store).await;
    }
}

#[tokio::test]
async fn who_is_silent_does_not_keep_a_matter_open() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let ledger = there.community;
        let raised =
            office.raise(&Actor::visitor(), raising("m", there.building, "门口积水。")).await.unwrap();
        office.act(&there.worker, ledger, raised.matter, to_worker(&there)).await.unwrap();
        office.act(&there.worker, ledger, raised.matter, answer("疏通了。")).await.unwrap();
        refused(office.act(&there.colleague, ledger, raised.matter, Close).await);
        office.clock.put(office.now().plus_seconds(9 * DAY));
        office.act(&there.colleague, ledger, raised.matter, Close).await.unwrap();
        assert_eq!(stage(office, &there, raised.matter).await, StageKind::Closed);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_are_raised_at_one_moment_and_found_in_their_ledger_only() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        // Enough of them that some would have the same number in the search index.
        for n in 0..200 {
            let one = raising(&format!("moment {n}"), there.building, "电梯坏了");
            office.raise(&Actor::visitor(), one).await.unwrap();
        }
        let new = NewLedger { slug: "elsewhere".to_owned(), host: "yishi.local".to_owned() };
        let elsewhere = office
            .open_place(&there.administrator, there.street, PlaceKind::Community, "别处社区", Some(new))
            .await
            .unwrap();
        let hall = office
            .open_place(&there.administrator, elsewhere, PlaceKind::Facility, "活动室", None)
            .await
            .unwrap();
        office.raise(&Actor::visitor(), raising("elsewhere", hall, "电梯坏了")).await.unwrap();
        let counted = "select count(*) from matter where ledger = ?1";
        let rows = office.db.rows(counted, &[Value::from(there.community.0)]).await.unwrap();
        assert_eq!(rows[0].int(0).unwrap(), 200, "{}", store.engine());
        let found = found_by(office, there.community, "电梯", SearchIn::Entire).await;
        assert!(found.len() > 1 && found.iter().all(|row| row.ledger == there.community));
        let found = found_by(office, elsewhere, "电梯", SearchIn::Entire).await;
        assert_eq!(found.len(), 1, "{}", store.engine());
    }
}

#[tokio::test]
async fn the_same_form_raises_once() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let before = entries(office).await;
        let mut sent = tokio::task::JoinSet::new();
        for _ in 0..12 {
            let (office, place) = (office.clone(), there.stairwells[0]);
            sent.spawn(async move {
                office.raise(&Actor::visitor(), raising("twice", place, "灯不亮")).await.unwrap()
            });
        }
        let shown: Vec<RaisedMatter> = sent.join_all().await;
        assert!(shown.iter().all(|raised| *raised == shown[0]), "everyone sees the same receipt");
        assert_eq!(entries(office).await, before + 2, "one matter and one receipt");

        let ledger = there.community;
        let visitor = Actor::visitor();
        let (one, _) = office.join(&visitor, ledger, shown[0].matter, joining("n")).await.unwrap();
        assert_eq!(office.join(&visitor, ledger, shown[0].matter, joining("n")).await.unwrap().0, one);
        // The same device with another form does not count again.
        let mut other = joining("n");
        other.form = yishi_testkit::neighbourhood::form("another form");
        assert_eq!(refused(office.join(&visitor, ledger, shown[0].matter, other).await), Common::Exists);
        assert_eq!(entries(office).await, before + 3);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_join_at_once_while_it_is_answered() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let ledger = there.community;
        let raised =
            office.raise(&Actor::visitor(), raising("m", there.building, "门口积水。")).await.unwrap();
        office.act(&there.worker, ledger, raised.matter, to_worker(&there)).await.unwrap();
        let mut joins = tokio::task::JoinSet::new();
        for n in 0..40 {
            let office = office.clone();
            joins.spawn(async move {
                let one = joining(&format!("n{n}"));
                office.join(&Actor::visitor(), ledger, raised.matter, one).await.map(|_| ())
            });
        }
        office.act(&there.worker, ledger, raised.matter, answer("疏通了。")).await.unwrap();
        for joined in joins.join_all().await {
            joined.unwrap();
        }
        let support = reads::support(&office.db, ledger, &[raised.matter]).await.unwrap();
        assert_eq!(support[&raised.matter].others, 41);
        rebuilt_is_the_same(&store).await;
    }
}

#[tokio::test]
async fn what_is_erased_is_gone_and_every_proof_stays() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let ledger = there.community;
        let mut secret = raising("m", there.stairwells[0], "我家密码锁坏了，电话告诉你们。");
        secret.title = Some("密码锁".to_owned());
        secret.speaker.name = "李阿姨".to_owned();
        secret.speaker.contact = "8123 4567".to_owned();
        let raised = office.raise(&Actor::visitor(), secret).await.unwrap();
        let other = raising("n", there.stairwells[0], "隔壁也有一把密码锁。");
        let other = office.raise(&Actor::visitor(), other).await.unwrap();
        let mut word = joining("neighbour");
        word.speaker.name = "王大爷".to_owned();
        office.join(&Actor::visitor(), ledger, raised.matter, word).await.unwrap();
        let roots = seal_and_verify(&store).await;
        let found = async || -> Vec<MatterId> {
            let rows = found_by(office, ledger, "密码锁", SearchIn::Entire).await;
            rows.iter().map(|row| row.id).collect()
        };
        assert_eq!(found().await, [other.matter, raised.matter], "{}", store.engine());

        let denied =
            refused(office.erase_matter(&there.worker, ledger, raised.matter, EraseReason::Asked).await);
        assert!(denied.denied().is_some(), "{denied:?}");
        office.erase_matter(&there.officer, ledger, raised.matter, EraseReason::Asked).await.unwrap();
        assert_eq!(found().await, [other.matter], "{}", store.engine());
        let left = "select count(*) from private where value like '%李阿姨%' or value like '%王大爷%'
             or value like '%8123 4567%' or value like '%电话%'";
        assert_eq!(office.db.row(left, &[]).await.unwrap().unwrap().int(0).unwrap(), 0);
        let keys = [(ledger, raised.matter), (ledger, other.matter)];
        let rows = reads::matters(&office.db, &keys).await.unwrap();
        let rows = office.readable(&there.worker, rows).await.unwrap();
        let said = readable::said(&office.db, &rows).await.unwrap();
        assert_eq!(said.keys().copied().collect::<Vec<_>>(), [other.matter]);
        rebuilt_is_the_same(&store).await;
        assert_eq!(found().await, [other.matter], "{}", store.engine());
        // What was sealed before is the beginning of what is sealed now.
        let now = seal_and_verify(&store).await;
        let grew = |now: &verify::Verified, before: &verify::Verified| now.entries - before.entries;
        let added: Vec<u64> = now.iter().zip(&roots).map(|(now, before)| grew(now, before)).collect();
        assert_eq!(added, [0, 3], "the matter and both receipts say that it was done");

        // It can still be worked on, and is still erased after that.
        office.act(&there.worker, ledger, raised.matter, to_worker(&there)).await.unwrap();
        office.act(&there.worker, ledger, raised.matter, answer("换好了。")).await.unwrap();
        evaluate(office, &Actor::visitor(), ledger, raised.receipt, said_yes()).await.unwrap();
        rebuilt_is_the_same(&store).await;
        seal_and_verify(&store).await;
    }
}

fn said_yes() -> Evaluation {
    said(Solved::Yes, "")
}

#[tokio::test]
async fn an_erased_word_is_not_left_in_the_file() {
    let store = TestStore::sqlite().await;
    let office = &store.office;
    let there = neighbourhood(office).await;
    let marked = raising("m", there.stairwells[0], "zqxjkvbwmarker 我家密码锁坏了。");
    let raised = office.raise(&Actor::visitor(), marked).await.unwrap();
    let holds = || {
        ["yishi.db", "yishi.db-wal"].into_iter().filter(|name| {
            let bytes = std::fs::read(store.folder().join(name)).unwrap_or_default();
            bytes.windows(14).any(|window| window == b"zqxjkvbwmarker")
        })
    };
    assert!(holds().count() > 0);
    office.erase_matter(&there.officer, there.community, raised.matter, EraseReason::Asked).await.unwrap();
    assert_eq!(holds().collect::<Vec<_>>(), Vec::<&str>::new());
}

#[tokio::test]
async fn both_are_found_by_two_characters() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let texts = ["电梯停运两天了", "楼梯扶手松了 LED灯闪", "停车位ＬＥＤ屏坏了", "𰻞𰻞面馆油烟，梯"];
        let mut ids = Vec::new();
        for (n, text) in texts.iter().enumerate() {
            let one = raising(&n.to_string(), there.building, text);
            ids.push(office.raise(&Actor::visitor(), one).await.unwrap().matter);
        }
        for (words, expected) in [
            ("电梯", vec![0]),
            ("梯", vec![3, 1, 0]),
            ("led", vec![2, 1]),
            ("LED 停车", vec![2]),
            ("停", vec![2, 0]),
            ("电", vec![0]),
            ("燈閃", vec![1]),
            ("ＬＥＤ", vec![2, 1]),
            ("le", vec![2, 1]),
            ("面馆", vec![3]),
            ("𰻞𰻞", vec![3]),
            ("𰻞面", vec![3]),
            ("没有的词", vec![]),
            ("\" OR 电梯", vec![]),
            ("，。", vec![]),
        ] {
            let rows = found_by(office, there.community, words, SearchIn::Entire).await;
            let found: Vec<MatterId> = rows.iter().map(|row| row.id).collect();
            let expected: Vec<MatterId> = expected.into_iter().map(|n: usize| ids[n]).collect();
            assert_eq!(found, expected, "{}: {words}", store.engine());
            // What was said is not public.
            let rows = found_by(office, there.community, words, SearchIn::Public).await;
            assert_eq!(rows, [], "{}: {words}", store.engine());
        }
    }
}

#[tokio::test]
async fn a_poster_leads_to_its_place_until_it_is_revoked() {
    use yishi_office::places::reads::{path_of, place, poster_place, posters};
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let stairwell = there.stairwells[0];
        let denied = refused(office.issue_poster(&there.worker, stairwell).await);
        assert!(denied.denied().is_some(), "{denied:?}");
        let old = office.issue_poster(&there.administrator, stairwell).await.unwrap();
        let new = office.issue_poster(&there.administrator, stairwell).await.unwrap();
        assert_eq!(poster_place(&office.db, &old).await.unwrap(), Some(stairwell));
        let row = place(&office.db, stairwell).await.unwrap().unwrap();
        let listed = posters(&office.db, &row).await.unwrap();
        assert_eq!(listed.len(), 2);
        let old_id = listed.iter().find(|row| row.word == old).unwrap().id;
        office.revoke_poster(&there.administrator, stairwell, old_id).await.unwrap();
        assert_eq!(poster_place(&office.db, &old).await.unwrap(), None);
        assert_eq!(poster_place(&office.db, &new).await.unwrap(), Some(stairwell));
        assert_eq!(poster_place(&office.db, "no such word").await.unwrap(), None);

        // A building that is drawn into a grid and out of it again.
        for buildings in [vec![there.building, there.other_building], vec![there.other_building]] {
            let inside = buildings.contains(&there.building);
            office.change_place(&there.administrator, there.grid, DrawGrid { buildings }).await.unwrap();
            let path = path_of(&office.db, &row).await.unwrap();
            assert_eq!(path.contains(&there.grid), inside, "{}", store.engine());
        }
        rebuilt_is_the_same(&store).await;
        seal_and_verify(&store).await;
    }
}

#[tokio::test]
async fn a_role_holds_from_when_to_when_it_is_given() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let ledger = there.community;
        let raised = office.raise(&Actor::visitor(), raising("m", there.building, "积水。")).await.unwrap();
        let id = there.keeper.account.unwrap();
        let (from, until) = (office.now().plus_seconds(DAY), office.now().plus_seconds(2 * DAY));
        let (role, until_then) = (Role::CommunityWorker, Some(until));
        let grant = GrantRole { role, place: ledger, organisation: None, from, until: until_then };
        office.grant(&there.administrator, id, grant).await.unwrap();
        let actor = yishi_office::people::reads::actor(&office.db, id).await.unwrap().unwrap();
        let sort = || office.act(&actor, ledger, raised.matter, to_worker(&there));
        assert!(refused(sort().await).denied().is_some(), "not yet");
        office.clock.put(until);
        assert!(refused(sort().await).denied().is_some(), "no longer");
        office.clock.put(from);
        sort().await.unwrap();
        rebuilt_is_the_same(&store).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_joins_once_it_is_closed() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let ledger = there.community;
        for round in 0..25 {
            let word = format!("round-{round}");
            // Not at one spot, where it would go up to the street when it comes again.
            let one = raising(&word, there.compound, "门口积水。");
            let matter = office.raise(&Actor::visitor(), one).await.unwrap().matter;
            office.act(&there.worker, ledger, matter, to_worker(&there)).await.unwrap();
            office.act(&there.worker, ledger, matter, answer("疏通了。")).await.unwrap();
            // A week to evaluate is longer where a holiday lies at its end.
            office.clock.put(office.now().plus_seconds(20 * DAY));
            let mut callers = tokio::task::JoinSet::new();
            for n in 0..8 {
                let (office, one) = (office.clone(), joining(&format!("{word}-{n}")));
                callers.spawn(async move {
                    office.join(&Actor::visitor(), ledger, matter, one).await.map(|_| ())
                });
                if n == 3 {
                    let (office, colleague) = (store.office.clone(), there.colleague.clone());
                    callers.spawn(async move {
                        // Those who are joining get in its way, but not for ever.
                        loop {
                            match office.act(&colleague, ledger, matter, Close).await {
                                Err(Failure::Fault(yishi_store::Fault::Busy)) => {}
                                done => break done,
                            }
                        }
                    });
                }
            }
            for done in callers.join_all().await {
                let denied = |refusal: &Refusal| matches!(refusal.denied(), Some(Denied::Stage(_)));
                assert!(
                    matches!(&done, Ok(()) | Err(Failure::Fault(yishi_store::Fault::Busy)))
                        || matches!(&done, Err(Failure::Refused(refusal)) if denied(refusal)),
                    "{done:?}"
                );
            }
            assert_eq!(stage(office, &there, matter).await, StageKind::Closed);
            let chain = reads::entries(&office.db, ledger, matter).await.unwrap();
            let closed = chain.last().unwrap().number;
            for receipt in reads::receipts_on(&office.db, ledger, matter).await.unwrap() {
                const OPENED: &str =
                    "select number from event where ledger = ?1 and stream = ?2 and version = 1";
                let key = [Value::from(ledger.0), Value::from(format!("receipt/{receipt}"))];
                let opened = office.db.row(OPENED, &key).await.unwrap().unwrap().int(0).unwrap();
                assert!(opened < closed, "{}: joined at {opened}, closed at {closed}", store.engine());
            }
        }
    }
}

#[tokio::test]
async fn a_rebuild_mends_whatever_stands_in_the_tables() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let buildings = vec![there.building, there.other_building];
        office.change_place(&there.administrator, there.grid, DrawGrid { buildings }).await.unwrap();
        office.issue_poster(&there.administrator, there.stairwells[0]).await.unwrap();
        for word in ["a", "b"] {
            office.raise(&Actor::visitor(), raising(word, there.building, "楼道灯坏了。")).await.unwrap();
        }
        super::seldom::seldom(office, &there).await;
        let found = async || {
            let rows = found_by(office, there.community, "楼道灯", SearchIn::Entire).await;
            rows.iter().map(|row| row.id).collect::<Vec<_>>()
        };
        let (before, hits) = (rebuild::digests(&office.db, &DERIVED).await.unwrap(), found().await);
        assert_eq!(hits.len(), 2);
        for table in DERIVED.tables() {
            // A stray row, and another one gone.
            let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
            let rest = names[1..].join(", ").replace("doc", "doc + 1000000");
            let stray = format!(
                "insert into {0} select 'stray', {rest} from {0} where ledger = (select min(ledger) from {0})",
                table.name
            );
            let key = names[..table.key].join(", ");
            let gone = format!(
                "delete from {0} where ({key}) in (select {key} from {0} where ledger <> 'stray' limit 1)",
                table.name
            );
            for sql in [stray, gone] {
                office.db.execute(vec![(String::leak(sql), vec![])]).await.unwrap();
            }
        }
        office.db.execute(vec![("delete from matter_search", vec![])]).await.unwrap();
        let spoiled = rebuild::digests(&office.db, &DERIVED).await.unwrap();
        assert!(spoiled.iter().zip(&before).all(|(one, other)| one != other), "{spoiled:?}");
        rebuild::rebuild(&office.db, &DERIVED).await.unwrap();
        assert_eq!(rebuild::digests(&office.db, &DERIVED).await.unwrap(), before, "{}", store.engine());
        assert_eq!(found().await, hits, "{}", store.engine());
    }
}

#[tokio::test]
async fn files_are_raised_in_their_order_all_or_none() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let visitor = Actor::visitor();
        let rows = |file: usize| {
            let row = move |n: usize| (format!("{file}-{n}"), format!("第{file}份第{n}件"));
            // More than one part of what the store takes at a time.
            (0..1_200).map(row).map(|(word, text)| raising(&word, there.building, &text)).collect::<Vec<_>>()
        };
        // Many in a row under a clock that stands still: no two may be taken for one.
        for file in 0..2 {
            office.raise_all(&visitor, there.building, rows(file)).await.unwrap();
        }
        let before = entries(office).await;
        let mut third = rows(9);
        third[1_199].text = String::new();
        let empty = refused(office.raise_all(&visitor, there.building, third).await);
        assert_eq!(empty, matters::Refusal::NothingSaid);
        let mut twice = rows(9);
        twice.push(rows(0).remove(0));
        assert_eq!(refused(office.raise_all(&visitor, there.building, twice).await), Common::Exists);
        assert_eq!(entries(office).await, before, "none of them");
        let order = "select e.number from matter m join event e on e.ledger = m.ledger
             and e.stream = 'matter/' || m.id and e.version = 1 order by m.raised, m.id";
        let numbers: Vec<i64> =
            office.db.rows(order, &[]).await.unwrap().iter().map(|row| row.int(0).unwrap()).collect();
        assert_eq!(numbers.len(), 2_400);
        assert!(numbers.is_sorted(), "{}", store.engine());
    }
}
