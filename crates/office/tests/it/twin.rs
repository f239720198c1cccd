//! Twin: the same commands, issued to both engines under the same clock, come to the same
//! answers, entries, tables and search results. Rebuild and replay: what the entries make
//! is what the appends made.

use super::duty::waits_are_in_the_table;
use super::moves;
use super::office::{answer, evaluate, rebuilt_is_the_same, said, seal_and_verify, to_worker};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, FileFailurePersistence, TestRunner};
use std::collections::BTreeMap;
use std::sync::Mutex;
use yishi_domain::evaluation::Solved;
use yishi_domain::matters::{
    Behalf, Channel, Close, HandOver, Matter, MergeInto, Outcome, Progress, Proof, PublishPhoto, Shown,
    Summarise, Triage, Unmerge,
};
use yishi_domain::people::{GrantRole, RevokeRole};
use yishi_domain::places::{DrawGrid, Rename};
use yishi_kernel::{Actor, EraseReason, Heir, Holder, PhotoDigest, PlaceId, Role, Stream, StreamName};
use yishi_office::matters::RaisedMatter;
use yishi_office::matters::reads::{self, BoardFilter};
use yishi_office::matters::search::SearchIn;
use yishi_office::matters::tables::BoardState;
use yishi_office::{DERIVED, Failure, Office, Viewed, rows_of};
use yishi_store::{Db, RowOf, Table, Value, duty, rebuild};
use yishi_testkit::neighbourhood::found;
use yishi_testkit::neighbourhood::{Neighbourhood, joining, raising};
use yishi_testkit::stores::START;
use yishi_testkit::{TestStore, twins};

const RUNS: u32 = 20;
const COMMANDS: usize = 60;
/// Kinds of moves about matters, see [`issue`].
const KINDS: u8 = moves::FIRST;
/// Runs and moves of histories that are about topics, meetings and orders.
const LATER_RUNS: u32 = 12;
const LATER_COMMANDS: usize = 160;

/// What is said, by number; some of it in the same words.
const TEXTS: [&str; 6] =
    ["楼道灯坏了", "楼道灯不亮，老人怕黑", "车棚漏雨", "电梯停运", "LED屏太亮，影响休息", "垃圾没人清"];

/// A command, by numbers, so that it shrinks and so that most of them make sense: `a` picks a
/// matter, `b` and `c` what is done with it and by whom.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    pub what: u8,
    pub a: usize,
    pub b: usize,
    pub c: usize,
}

fn early_move() -> impl Strategy<Value = Move> {
    // What happens late in a matter's life comes more often, so that it happens at all.
    let what = prop_oneof![3 => 0..KINDS, 1 => 9..KINDS, 1 => 9_u8..12, 1 => 14_u8..21];
    (what, 0_usize..5, 0_usize..8, 0_usize..6).prop_map(|(what, a, b, c)| Move { what, a, b, c })
}

/// A move about topics, meetings and orders, or among others one about matters.
fn later_move() -> impl Strategy<Value = Move> {
    let what = prop_oneof![
        2 => 0..KINDS,
        2 => moves::FIRST..moves::END,
        1 => 27_u8..29,
        1 => Just(32_u8),
        5 => 33_u8..35,
        2 => 35_u8..37,
        3 => 38_u8..41,
    ];
    (what, 0_usize..5, 0_usize..8, 0_usize..6).prop_map(|(what, a, b, c)| Move { what, a, b, c })
}

/// Something is said to begin with.
const SAID: [Move; 3] = [
    Move { what: 0, a: 0, b: 0, c: 4 },
    Move { what: 0, a: 1, b: 2, c: 3 },
    Move { what: 0, a: 2, b: 1, c: 5 },
];

fn after_something_is_said(
    one: impl Strategy<Value = Move>,
    commands: usize,
) -> impl Strategy<Value = Vec<Move>> {
    prop::collection::vec(one, commands - SAID.len()).prop_map(move |rest| [&SAID[..], &rest].concat())
}

/// A photo, stored; the same for the same number.
pub async fn photo(office: &Office, n: usize) -> PhotoDigest {
    PhotoDigest(office.db.put_blob(format!("photo {n}").into_bytes()).await.unwrap())
}

/// What happened so far, on both engines alike.
#[derive(Default)]
pub struct Known {
    pub matters: Vec<RaisedMatter>,
    pub receipts: Vec<RaisedMatter>,
}

pub fn outcome<T>(result: Result<T, Failure>) -> Result<T, String> {
    match result {
        Ok(done) => Ok(done),
        Err(Failure::Refused(refusal)) => Err(format!("{refusal:?}")),
        Err(Failure::Fault(fault)) => panic!("{fault}"),
    }
}

/// Issues a command and tells what came of it.
async fn issue(office: &Office, there: &Neighbourhood, known: &Known, one: Move) -> Result<String, String> {
    let Move { what, a, b, c } = one;
    if what >= moves::FIRST {
        return moves::issue(office, there, known, one).await;
    }
    let ledger = there.community;
    let visitor = Actor::visitor();
    let staff = [
        &there.worker,
        &there.colleague,
        &there.officer,
        &there.keeper,
        &there.steward,
        &there.administrator,
    ];
    // Mostly somebody who may.
    let desk =
        [&there.worker, &there.worker, &there.colleague, &there.colleague, &there.officer, &there.keeper];
    let done = |result| outcome(result).map(|()| String::new());
    if let 0..=4 = what {
        let places =
            [there.building, there.stairwells[0], there.stairwells[1], there.households[4], there.compound];
        let mut raise = raising(&format!("m{a}"), places[b % places.len()], TEXTS[c % TEXTS.len()]);
        raise.shown = if b == 7 { Shown::Around } else { Shown::Building };
        raise.about = [None, None, Some(there.property), Some(there.committee)][c % 4];
        raise.category = [None, Some("02".to_owned()), Some("xx".to_owned())][(a + b) % 3].clone();
        if b % 3 == 1 {
            raise.photos = vec![photo(office, a).await];
        }
        if c >= 3 {
            raise.speaker.name = "李阿姨".to_owned();
            raise.speaker.contact = "8123 4567".to_owned();
        }
        if what == 4 {
            raise.behalf = Behalf::Neighbour;
            raise.channel = Channel::Neighbour;
            raise.speaker.proof = Proof::Neighbour;
            raise.speaker.consent = (b != 1).then(|| "本人同意".to_owned());
            return outcome(office.raise(staff[c], raise).await).map(|raised| format!("{raised:?}"));
        }
        return outcome(office.raise(&visitor, raise).await).map(|raised| format!("{raised:?}"));
    }
    let (Some(matter), Some(receipt)) = (pick(&known.matters, a), pick(&known.receipts, b)) else {
        return Err("nothing yet".to_owned());
    };
    let id = matter.matter;
    // Mostly a receipt of that very matter.
    let own = known.receipts.iter().filter(|receipt| receipt.matter == id).collect::<Vec<_>>();
    let receipt = if c == 0 { receipt } else { own.get(b % own.len().max(1)).copied().unwrap_or(receipt) };
    match what {
        5..=8 => {
            let joined = office.join(&visitor, ledger, id, joining(&format!("m{a}-j{b}"))).await;
            outcome(joined).map(|joined| format!("{joined:?}"))
        }
        9 | 10 => done(office.act(desk[c], ledger, id, to_worker(there)).await),
        11 => {
            let (holder, outcome) = [
                (Holder::Organisation(there.property), Outcome::Private),
                (Holder::Desk(there.street), Outcome::Government),
                (Holder::Desk(ledger), Outcome::NotAccepted),
                (Holder::Organisation(there.property), Outcome::Owners),
            ][b % 4];
            let (category, reason) = ("99".to_owned(), "不属于社区职责，可向街道咨询。".to_owned());
            let triage = Triage { outcome, category, holder, person: None, reason };
            done(office.act(staff[c], ledger, id, triage).await)
        }
        12 if b > 3 => {
            let known = office.load::<Matter>(ledger, &id.into()).await.unwrap().state.unwrap();
            let Some(photo) = known.photos.first().cloned() else { return Err("no photo".to_owned()) };
            done(office.act(desk[c], ledger, id, PublishPhoto { photo }).await)
        }
        12 => {
            let summary = format!("{}（{b}）", TEXTS[b % TEXTS.len()]);
            let category = (c == 1).then(|| "03".to_owned());
            done(office.act(desk[c], ledger, id, Summarise { summary, category }).await)
        }
        13 => {
            let note = "正在安排。".to_owned();
            let photos = if b % 2 == 0 { vec![photo(office, 10 + b).await] } else { Vec::new() };
            done(office.act(desk[c], ledger, id, Progress { note, photos }).await)
        }
        14 | 15 => done(office.act(desk[c], ledger, id, answer(&format!("办好了（{b}）。"))).await),
        16 | 17 => {
            let solved = if c < 2 { Solved::No } else { Solved::Yes };
            let who = if c == 5 { staff[b % staff.len()] } else { &visitor };
            done(evaluate(office, who, ledger, receipt.receipt, said(solved, ["", "还行"][a % 2])).await)
        }
        18 => done(office.act(desk[c], ledger, id, Close).await),
        19 => {
            let into = pick(&known.matters, b).map_or(id, |other| other.matter);
            done(office.act(desk[c], ledger, id, MergeInto { into }).await)
        }
        20 => done(office.act(desk[c], ledger, id, Unmerge).await),
        21 => done(
            office.erase_matter([&there.officer, &there.worker][c % 2], ledger, id, EraseReason::Asked).await,
        ),
        22 => {
            let seen = office.view_contact(desk[c], ledger, receipt.receipt).await;
            outcome(seen).map(|seen| format!("{seen:?}"))
        }
        23 => {
            let (holder, person) = [
                (Holder::Person(Role::CommunityWorker, ledger), there.colleague.account),
                (Holder::Person(Role::Steward, there.building), there.steward.account),
                (Holder::Organisation(there.property), None),
            ][b % 3];
            let hand = HandOver { holder, person, reason: "转由他办理。".to_owned() };
            done(office.act(desk[c], ledger, id, hand).await)
        }
        24 => {
            let (place, name) = (there.stairwells[b % 2], format!("{a}单元"));
            done(office.change_place(&there.administrator, place, Rename { name }).await)
        }
        25 => {
            let buildings = [there.building, there.other_building];
            let buildings = (0..2).filter(|n| b & (1 << n) != 0).map(|n| buildings[n]).collect();
            done(office.change_place(&there.administrator, there.grid, DrawGrid { buildings }).await)
        }
        _ => {
            let to = there.keeper.account.unwrap();
            let (role, at) = (Role::BuildingHead, there.building);
            let change = if b % 2 == 0 {
                let until = (c == 1).then(|| office.now().plus_seconds(86_400));
                let grant = GrantRole { role, place: at, organisation: None, from: office.now(), until };
                office.grant(&there.administrator, to, grant).await
            } else {
                office
                    .revoke(&there.administrator, to, RevokeRole { role, place: at, heir: Heir::Desk })
                    .await
            };
            done(change)
        }
    }
}

pub fn pick(from: &[RaisedMatter], n: usize) -> Option<&RaisedMatter> {
    from.get(n % from.len().max(1))
}

/// Everything pages would list, and all entries but their random parts.
async fn listed(office: &Office, there: &Neighbourhood) -> Vec<String> {
    let db = &office.db;
    let ledger = there.community;
    let mut all = Vec::new();
    for state in [None, Some(BoardState::Open), Some(BoardState::Answered), Some(BoardState::Closed)] {
        for category in [None, Some("02".to_owned())] {
            for (around, building) in
                [(None, None), (Some(there.compound), None), (Some(there.compound), Some(there.building))]
            {
                let filter =
                    BoardFilter { category: category.clone(), state, around, building, before: None };
                all.push(format!("{:?}", reads::board(db, ledger, &filter).await.unwrap()));
                all.push(format!("{:?}", reads::board_count(db, ledger, &filter).await.unwrap()));
            }
        }
    }
    for words in
        ["楼道灯", "灯", "led", "电梯 停运", "漏雨", "3栋", "南苑3-2 灯", "停车", "安和物业", "沈知秋"]
    {
        for within in [SearchIn::Public, SearchIn::Entire] {
            all.push(format!("{:?}", found(office, ledger, words, within).await));
        }
    }
    let (paths, later) = ([vec![there.street, ledger]], START.plus_seconds(90 * 86_400));
    all.push(format!("{:?}", duty::due_of_each_below(db, &paths, later, 100).await.unwrap()));
    all.push(format!("{:?}", reads::at_place(db, ledger, there.stairwells[1], None).await.unwrap()));
    all.push(format!("{:?}", reads::at_building(db, ledger, there.building, None).await.unwrap()));
    all.extend(moves::listed(office, there).await);
    const ENTRIES: &str =
        "select ledger, number, stream, version, kind, at from event order by ledger, number";
    all.extend(db.rows(ENTRIES, &[]).await.unwrap().iter().map(|row| format!("{row:?}")));
    const PRIVATE: &str =
        "select ledger, stream, version, field, value from private order by ledger, stream, version, field";
    all.extend(db.rows(PRIVATE, &[]).await.unwrap().iter().map(|row| format!("{row:?}")));
    all
}

/// Histories about topics, meetings and orders, of so many moves each, always the same ones.
pub fn histories(moves: usize) -> impl Iterator<Item = Vec<Move>> {
    told(later_move(), moves)
}

/// The same about matters alone.
pub fn histories_of_matters(moves: usize) -> impl Iterator<Item = Vec<Move>> {
    told(early_move(), moves)
}

fn told(one: impl Strategy<Value = Move>, moves: usize) -> impl Iterator<Item = Vec<Move>> {
    let mut runner = TestRunner::deterministic();
    let one = prop::collection::vec(one, moves);
    std::iter::repeat_with(move || {
        let mut history = SAID.to_vec();
        history.extend(one.new_tree(&mut runner).unwrap().current());
        history
    })
    .take(40)
}

/// Runs the moves on all stores; returns which went through.
pub async fn run(there: &Neighbourhood, stores: &[TestStore], moves: &[Move]) -> Vec<u8> {
    let mut known = Known::default();
    let mut went = Vec::new();
    for (n, one) in moves.iter().enumerate() {
        // A day and a half lies between one and the next, so that deadlines pass.
        let now = START.plus_seconds(86_400 + n as i64 * 129_600);
        let mut results = Vec::new();
        for store in stores {
            store.office.clock.put(now);
            results.push(issue(&store.office, there, &known, *one).await);
        }
        for (result, store) in results.iter().zip(stores) {
            assert_eq!(*result, results[0], "{n}: {one:?} on {}", store.engine());
        }
        let Ok(_) = &results[0] else { continue };
        went.push(one.what);
        // Ids follow from forms, so asking again tells them and changes nothing.
        if one.what <= 8 {
            let raised = again(&stores[0].office, there, &known, *one).await;
            let list = if one.what <= 4 { &mut known.matters } else { &mut known.receipts };
            if !list.contains(&raised) {
                list.push(raised.clone());
            }
            if one.what <= 4 && !known.receipts.contains(&raised) {
                known.receipts.push(raised);
            }
        }
    }
    went
}

/// What a raising or joining that went through was told.
async fn again(office: &Office, there: &Neighbourhood, known: &Known, one: Move) -> RaisedMatter {
    let visitor = Actor::visitor();
    if one.what <= 4 {
        let same = raising(&format!("m{}", one.a), there.building, "x");
        return office.raise(&visitor, same).await.unwrap();
    }
    let matter = pick(&known.matters, one.a).unwrap().matter;
    let same = joining(&format!("m{}-j{}", one.a, one.b));
    office.join(&visitor, there.community, matter, same).await.unwrap().0
}

#[test]
fn both_engines_tell_the_same() {
    tell_the_same(&after_something_is_said(early_move(), COMMANDS), RUNS, 0..KINDS);
}

#[test]
fn both_engines_tell_the_same_of_meetings_and_orders() {
    tell_the_same(
        &after_something_is_said(later_move(), LATER_COMMANDS),
        LATER_RUNS,
        moves::FIRST..moves::END,
    );
}

fn tell_the_same(moves: &impl Strategy<Value = Vec<Move>>, runs: u32, kinds: std::ops::Range<u8>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let config = Config {
        cases: runs,
        max_shrink_iters: 60,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let went = Mutex::new(BTreeMap::<u8, usize>::new());
    let happened = Mutex::new(BTreeMap::<String, i64>::new());
    let checked = runner.run(moves, |moves| {
        runtime.block_on(async {
            let (there, stores) = twins().await;
            for what in run(&there, &stores, &moves).await {
                *went.lock().unwrap().entry(what).or_default() += 1;
            }
            let (lists, digests) = (
                listed(&stores[0].office, &there).await,
                rebuild::digests(&stores[0].office.db, &DERIVED).await.unwrap(),
            );
            for store in &stores[1..] {
                assert_eq!(rebuild::digests(&store.office.db, &DERIVED).await.unwrap(), digests);
                let other = listed(&store.office, &there).await;
                for (one, other) in lists.iter().zip(&other) {
                    assert_eq!(one, other);
                }
                assert_eq!(lists.len(), other.len());
            }
            const KINDS: &str = "select kind, count(*) from event group by kind order by kind";
            for row in stores[0].office.db.rows(KINDS, &[]).await.unwrap() {
                let kind = row.text(0).unwrap().to_owned();
                *happened.lock().unwrap().entry(kind).or_default() += row.int(1).unwrap();
            }
            for store in &stores {
                replayed_is_the_same(store).await;
                waits_are_in_the_table(store).await;
                rebuilt_is_the_same(store).await;
                waits_are_in_the_table(store).await;
                assert_eq!(listed(&store.office, &there).await, lists, "after a rebuild");
                seal_and_verify(store).await;
            }
        });
        Ok(())
    });
    if let Err(error) = checked {
        panic!("{error}");
    }
    let went = went.into_inner().unwrap();
    println!("went through, by kind: {went:?}; entries: {:?}", happened.lock().unwrap());
    assert!(
        kinds.into_iter().all(|what| went.contains_key(&what)),
        "every kind of command should make sense once"
    );
}

/// Replays every stream and holds the rows that its state makes against all tables.
async fn replayed_is_the_same(store: &TestStore) {
    let db = &store.office.db;
    let mut expected: BTreeMap<&'static str, Vec<Vec<Value>>> = BTreeMap::new();
    for (ledger, stream) in streams(db).await {
        for row in replay(&store.office, ledger, &stream).await {
            expected.entry(row.table.name).or_default().push(row.values);
        }
    }
    for table in DERIVED.tables() {
        let mut expected = expected.remove(table.name).unwrap_or_default();
        expected.sort();
        let mut stored = stored(db, table).await;
        stored.sort();
        assert_eq!(stored, expected, "{}: {}", store.engine(), table.name);
    }
    assert!(expected.is_empty(), "rows of tables that nobody declares: {expected:?}");
}

/// All streams there are.
pub async fn streams(db: &Db) -> Vec<(PlaceId, StreamName)> {
    let rows = db.rows("select ledger, stream from event where version = 1", &[]).await.unwrap();
    let read =
        |row: &yishi_store::Row| (PlaceId(row.uuid(0).unwrap()), StreamName::stored(row.text(1).unwrap()));
    rows.iter().map(read).collect()
}

/// What is done with a stream of whatever kind; the list of kinds is the domain's.
macro_rules! each_stream {
    ($($state:ty),+ $(,)?) => {
        async fn replay(office: &Office, ledger: PlaceId, stream: &StreamName) -> Vec<RowOf> {
            $(if stream.kind() == <$state as Stream>::KIND {
                return replayed::<$state>(office, ledger, stream).await;
            })+
            panic!("a stream of unknown kind {stream}")
        }

        /// What waits in a stream and which files it uses, as its state says.
        pub async fn waits_and_files(
            office: &Office,
            ledger: PlaceId,
            stream: &StreamName,
        ) -> (Vec<yishi_kernel::Wait>, Vec<String>) {
            $(if stream.kind() == <$state as Stream>::KIND {
                let state = office.load::<$state>(ledger, stream).await.unwrap().state.unwrap();
                return (state.waits(), state.files().into_iter().map(str::to_owned).collect());
            })+
            panic!("a stream of unknown kind {stream}")
        }
    };
}
yishi_domain::all_streams!(each_stream);

async fn replayed<S: Viewed>(office: &Office, ledger: PlaceId, stream: &StreamName) -> Vec<RowOf> {
    let loaded = office.load::<S>(ledger, stream).await.unwrap();
    assert_eq!(office.load::<S>(ledger, stream).await.unwrap(), loaded);
    // The writer fills in numbers of entries; here they are looked up.
    const ALL: &str = "select kind, number from event where ledger = ?1 and stream = ?2 order by version";
    let key = [Value::from(ledger), Value::from(stream.as_str())];
    let entries: Vec<(String, i64)> = (office.db.rows(ALL, &key).await.unwrap().iter())
        .map(|row| (row.text(0).unwrap().to_owned(), row.int(1).unwrap()))
        .collect();
    rows_of(ledger, stream, &loaded).0.into_iter().map(|row| row.numbered(&entries)).collect()
}

async fn stored(db: &Db, table: &'static Table) -> Vec<Vec<Value>> {
    // Columns in the order of the tables; a test may put SQL together once for each table.
    let columns: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let sql: &'static str = format!("select {} from {}", columns.join(", "), table.name).leak();
    db.rows(sql, &[]).await.unwrap().iter().map(|row| row.values().to_vec()).collect()
}
