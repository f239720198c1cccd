//! A danger from the resident's tap to the fence that goes when the lasting work is accepted: who
//! sees it when, that nothing gives it more time, and that nobody alone says there is none.

use super::browser::{Browser, photo};
use super::dispatch::triage;
use super::meetings::{done, hidden, main_of};
use axum::http::StatusCode;
use yishi_domain::dangers::{
    Clear, Danger, DangerId, DangerStage, Doubt, Fail, Lift, LookAgain, MakeSafe, Protect, Protection, Risk,
    Uphold,
};
use yishi_domain::dispatch::{Accept, Done, OrderId, OrderKind, ReportIn, Send};
use yishi_domain::matters::{Answer, Close, MergeInto, Refusal};
use yishi_domain::places::PlaceKind;
use yishi_domain::topics::{OpenTopic, TopicId};
use yishi_kernel::{Actor, Holder, Moment, PhotoDigest};
use yishi_office::Office;
use yishi_office::background::Driver;
use yishi_office::dangers::reads::{DangerRow, danger, of_matter, open_of};
use yishi_office::ledgers::head;
use yishi_office::matters::reads::matter;
use yishi_office::matters::{RaisedMatter, Raising};
use yishi_testkit::neighbourhood::{form, raising};
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

const FORM: &str = "0190a1b2c3d43456789abcdefghjkmnpqrstuv";
const OTHER: &str = "0190a1b2c3d44456789abcdefghjkmnpqrstuv";
const MINUTE: i64 = 60;
/// 2026-11-23 20:10 in China.
const MONDAY: Moment = Moment(1_795_435_800_000_000);

/// A matter at the second stairwell that was raised as dangerous, and the danger's number.
pub async fn reported(office: &Office, here: &Neighbourhood, word: &str) -> (RaisedMatter, i64) {
    let marked = Raising {
        danger: Some(Risk::Life),
        ..raising(word, here.stairwells[1], "外墙瓷砖掉下来，差点砸到人")
    };
    let raised = office.raise(&Actor::visitor(), marked).await.unwrap();
    let row = only(office, &raised).await;
    (raised, row.number)
}

async fn only(office: &Office, raised: &RaisedMatter) -> DangerRow {
    let open = open_of(&office.db, raised.ledger, raised.matter).await.unwrap();
    assert_eq!(open.len(), 1);
    open[0]
}

/// One whose protection was tried, failed, looked at, and lifted after the work was accepted.
pub async fn lifted(office: &Office, here: &Neighbourhood, word: &str, photo: PhotoDigest) {
    let (raised, _) = reported(office, here, word).await;
    let (ledger, id) = (raised.ledger, only(office, &raised).await.id);
    let (note, photos) = ("已拉围挡".to_owned(), vec![photo]);
    let fence = Protect { step: Protection::Fence, note: note.clone(), photos: photos.clone() };
    office.act(&here.keeper, ledger, id, fence.clone()).await.unwrap();
    office.act(&here.officer, ledger, id, Fail { reason: "围挡没有围住".to_owned() }).await.unwrap();
    office.act(&here.keeper, ledger, id, fence).await.unwrap();
    office.act(&here.officer, ledger, id, MakeSafe { note: "围住了".to_owned() }).await.unwrap();
    let look = LookAgain { note: "完好".to_owned(), photos: photos.clone() };
    office.act(&here.keeper, ledger, id, look).await.unwrap();
    let publish = yishi_domain::dangers::PublishPhoto { photo: photos[0].clone() };
    office.act(&here.worker, ledger, id, publish).await.unwrap();
    accepted(office, here, &raised, word).await;
    office.act(&here.worker, ledger, id, Lift { note: "外墙已加固".to_owned(), photos }).await.unwrap();
}

/// One that a worker and the secretary say is none, after the secretary did not think so.
pub async fn cleared(office: &Office, here: &Neighbourhood, word: &str) {
    let (raised, _) = reported(office, here, word).await;
    let (ledger, id) = (raised.ledger, only(office, &raised).await.id);
    let doubt = || Doubt { reason: "是装修掉下的旧瓷砖".to_owned() };
    office.act(&here.worker, ledger, id, doubt()).await.unwrap();
    office.act(&here.secretary, ledger, id, Uphold { reason: "再看看墙面".to_owned() }).await.unwrap();
    office.act(&here.worker, ledger, id, doubt()).await.unwrap();
    office.act(&here.secretary, ledger, id, Clear { note: "已看过墙面".to_owned() }).await.unwrap();
}

/// Work for the company about a matter in hand, done and accepted.
async fn accepted(office: &Office, here: &Neighbourhood, raised: &RaisedMatter, word: &str) {
    triage(office, here, raised.ledger, raised.matter).await;
    let id = ordered(office, here, raised, word).await;
    finish(office, here, raised, id).await;
}

async fn ordered(office: &Office, here: &Neighbourhood, raised: &RaisedMatter, word: &str) -> OrderId {
    let send = Send {
        kind: OrderKind::Work,
        matter: raised.matter,
        item: "repair".to_owned(),
        task: "加固三号楼外墙瓷砖".to_owned(),
        acceptance: "敲击无空鼓".to_owned(),
        holder: Holder::Organisation(here.property),
        person: None,
        finish_by: office.now().end_of_day_after(20),
    };
    let id = OrderId(form(word).id("order"));
    office.start(&here.worker, raised.ledger, id, send).await.unwrap();
    id
}

async fn finish(office: &Office, here: &Neighbourhood, raised: &RaisedMatter, id: OrderId) {
    let ledger = raised.ledger;
    let here_now = ReportIn { organisation: None, note: String::new() };
    office.act(&here.keeper, ledger, id, here_now).await.unwrap();
    let work = Done { note: "全部加固".to_owned(), photos: Vec::new() };
    office.act(&here.keeper, ledger, id, work).await.unwrap();
    office.act(&here.colleague, ledger, id, Accept { note: String::new() }).await.unwrap();
}

/// So many minutes later.
fn later(office: &Office, minutes: i64) {
    office.clock.put(office.now().plus_seconds(minutes * MINUTE));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fallen_tile_is_fenced_within_the_hour_and_the_fence_goes_when_the_wall_is_mended() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let word = office.issue_poster(&here.administrator, here.stairwells[1]).await.unwrap();
        let tap = MONDAY;
        office.clock.put(tap);
        let resident = Browser::new(office);
        let worker = resident.signed_in(office, &here.worker).await;
        let company = resident.signed_in(office, &here.keeper).await;
        let street = resident.signed_in(office, &here.officer).await;

        // One tap on the box, and the page says whom to ring, that nobody has seen it, and by when.
        let page = resident.get(&format!("/q/{word}/raise")).await.body;
        assert!(page.contains("有危险（可能伤人或断水断电断气）") && page.contains("value=\"life\""));
        let fields = [("form", FORM), ("text", "外墙瓷砖掉下来了"), ("danger", "life")];
        let sent = resident.post_files(&format!("/q/{word}/raise"), &fields, &[photo(7)]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", main_of(&sent.body));
        let receipt = sent.location.split('?').next().unwrap().to_owned();
        let told = resident.get(&receipt).await.body;
        for part in
            ["tel:120", "tel:119", "tel:110", "请马上离远一点", "安和物业", "还没有人确认看到", "22:10"]
        {
            assert!(told.contains(part), "{part}: {}", main_of(&told));
        }
        let rows = yishi_office::dangers::reads::open(&office.db, here.community).await.unwrap();
        let (row, ledger) = (rows[0], here.community);
        assert_eq!(rows.len(), 1);
        let due = tap.plus_seconds(120 * MINUTE);
        assert!(row.tapped.0 - tap.0 < 1_000_000 && row.due.0 - due.0 < 1_000_000, "{}", row.due.minute());
        let number = matter(&office.db, ledger, row.matter).await.unwrap().unwrap().number;
        let (open, at_work) =
            (format!("/c/xinglin/d/{}", row.number), format!("/w/xinglin/d/{}", row.number));
        assert!(resident.get(&open).await.body.contains("还没有人确认看到"));
        assert!(resident.get(&format!("/c/xinglin/m/{number}")).await.body.contains("还没有人确认看到"));

        // The worker and the company have it first, above all else; the street not yet.
        for desk in [&worker, &company] {
            let body = desk.get("/desk").await.body;
            assert!(body.contains("隐患（1）：先处置这些") && body.contains(&at_work), "{}", main_of(&body));
        }
        later(office, 29);
        assert!(!street.get("/desk").await.body.contains(&at_work));
        // Unseen at 20:40 it tops the desk of the street's officer, whether or not the program has
        // written down yet that it went up.
        later(office, 2);
        let body = street.get("/desk").await.body;
        let first = main_of(&body).find("<li").unwrap();
        assert!(main_of(&body)[first..].find(&at_work).unwrap() < 300, "{}", main_of(&body));
        Driver::OWN.begin(office).await.unwrap();
        Driver::OWN.round(office).await.unwrap();
        assert!(street.get("/desk").await.body.contains(&at_work));
        assert!(resident.get(&open).await.body.contains("已报清河街道"));
        assert!(resident.get(&receipt).await.body.contains("清河街道"));

        // The caretaker fences at 21:30 with a photo, which is missed where there is none.
        later(office, 49);
        let protect = format!("{at_work}/protect");
        let bare = company.post_parts(&protect, &[("protect-step", "fence")]).await;
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(bare.body.contains("请附一张现场照片"), "{}", main_of(&bare.body));
        let page = company.get(&at_work).await.body;
        assert!(page.contains("外墙瓷砖掉下来了") && page.contains("2单元"), "what, and where exactly");
        done(&company.post_files(&protect, &[("protect-step", "fence")], &[photo(8)]).await);
        let shown = resident.get(&format!("/c/xinglin/m/{number}")).await.body;
        assert!(
            shown.contains("已设围挡，<span class=\"whole\">2026年11月23日 21:30"),
            "{}",
            main_of(&shown)
        );
        assert!(shown.contains("等另一个人到现场核实") && !shown.contains("还没有人确认看到"));
        // Nobody confirms what they did; the officer does.
        let own = company.post(&format!("{at_work}/confirm"), &[]).await;
        assert_eq!(own.status, StatusCode::FORBIDDEN);
        done(&street.post(&format!("{at_work}/confirm"), &[("confirm-note", "围住了")]).await);
        assert!(resident.get(&receipt).await.body.contains("已由另一个人现场核实"));

        // Next day: a topic takes it up, a second report is merged into it; the clock stays.
        let due = row.due;
        office.clock.put(tap.plus_seconds(14 * 3_600));
        let worker = resident.signed_in(office, &here.worker).await;
        let second = Raising {
            danger: Some(Risk::Supply),
            ..raising("second", here.stairwells[1], "三号楼门口瓷砖又掉了两块")
        };
        let second = office.raise(&Actor::visitor(), second).await.unwrap();
        office.act(&here.worker, ledger, second.matter, MergeInto { into: row.matter }).await.unwrap();
        let open_topic = OpenTopic {
            title: "三号楼外墙".to_owned(),
            question: "怎样彻底加固".to_owned(),
            category: "01".to_owned(),
            matters: vec![row.matter],
        };
        office.start(&here.worker, ledger, TopicId(form("wall").id("topic")), open_topic).await.unwrap();
        for one in of_matter(&office.db, ledger, row.matter).await.unwrap() {
            let stays = if one.id == row.id { due } else { one.tapped.plus_seconds(24 * 3_600) };
            assert_eq!(one.due, stays);
        }
        // The worker alone does not say that there is no danger.
        let alone = worker.post(&format!("{at_work}/clear"), &[]).await;
        assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(alone.body.contains("一个人不能认定没有危险"), "{}", main_of(&alone.body));
        let silent = worker.post(&format!("{at_work}/doubt"), &[("doubt-reason", "")]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        done(&worker.post(&format!("{at_work}/doubt"), &[("doubt-reason", "看上去已经稳了")]).await);
        assert!(worker.get(&at_work).await.body.contains("隐患仍在，时限不变"));
        assert!(resident.get(&open).await.body.contains("看上去已经稳了"), "everyone reads the reason");
        let secretary = resident.signed_in(office, &here.secretary).await;
        assert!(secretary.get("/desk").await.body.contains(&at_work));
        done(&secretary.post(&format!("{at_work}/uphold"), &[("uphold-reason", "敲着还是空的")]).await);

        // Closed it cannot be, and the fence stays, until the work was accepted.
        let first = RaisedMatter { matter: row.matter, ..second.clone() };
        let order = OrderId(form("wall").id("order"));
        assert_eq!(ordered(office, &here, &first, "wall").await, order);
        let lift = [("lift-note", "外墙已全部加固")];
        let early = worker.post_parts(&format!("{at_work}/lift"), &lift).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", early.location);
        assert!(early.body.contains("还没有彻底解决"), "{}", main_of(&early.body));
        finish(office, &here, &first, order).await;
        let answer = Answer { text: "外墙已加固".to_owned(), word: String::new(), photos: Vec::new() };
        office.act(&here.worker, ledger, row.matter, answer).await.unwrap();
        office.clock.put(office.now().plus_seconds(30 * 24 * 3_600));
        let close = office.act(&here.worker, ledger, row.matter, Close).await.unwrap_err();
        assert!(close.to_string().contains("open danger"), "{close}");
        let worker = resident.signed_in(office, &here.worker).await;
        done(&worker.post_parts(&format!("{at_work}/lift"), &lift).await);
        assert!(resident.get(&receipt).await.body.contains("已彻底解决，防护已解除"));
        // The second one's own clock ran out, and stands until that is settled too.
        let left = open_of(&office.db, ledger, row.matter).await.unwrap();
        assert_eq!((left.len(), left[0].stage), (1, DangerStage::Reported));
        let id = left[0].id;
        office.act(&here.worker, ledger, id, Doubt { reason: "同一处，墙已加固".to_owned() }).await.unwrap();
        office.act(&here.officer, ledger, id, Clear { note: String::new() }).await.unwrap();
        office.act(&here.worker, ledger, row.matter, Close).await.unwrap();
        let secret = &second.secret;
        let other = resident.get(&format!("/r/xinglin/{secret}")).await.body;
        assert!(other.contains("外墙已加固"), "both are answered");
        assert!(other.contains("同一处，墙已加固"), "and the reason is told");
        let found = office.audit().await.unwrap();
        assert!(found.iter().all(|law| law.holds), "{found:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_reports_a_danger_with_one_tap_once_and_a_worker_joins_the_same_clock() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let raised = office
            .raise(&Actor::visitor(), raising("gas", here.stairwells[1], "楼道里有燃气味，闻着头晕"))
            .await
            .unwrap();
        let (resident, ledger) = (Browser::new(office), raised.ledger);
        let worker = resident.signed_in(office, &here.worker).await;
        let number = matter(&office.db, ledger, raised.matter).await.unwrap().unwrap().number;
        let receipt = format!("/r/xinglin/{}", raised.secret);
        // The words suggest it; a person has to tap.
        let page = resident.get(&receipt).await.body;
        assert!(page.contains("这件事有危险吗？"), "{}", main_of(&page));
        assert!(open_of(&office.db, ledger, raised.matter).await.unwrap().is_empty());
        assert!(worker.get(&format!("/w/xinglin/{number}")).await.body.contains("这件事有危险吗？"));
        let before = head(&office.db, ledger).await.unwrap();
        let report = format!("{receipt}/danger");
        let once = hidden(&page, "once").to_owned();
        for _ in 0..2 {
            let sent = resident.post(&report, &[("once", &once), ("danger", "supply")]).await;
            assert_eq!(sent.location, receipt, "{}", main_of(&sent.body));
        }
        assert_eq!(head(&office.db, ledger).await.unwrap(), before + 1, "{}", store.engine());
        let first = only(office, &raised).await;
        assert_eq!(first.due, first.tapped.plus_seconds(24 * 3_600));
        // Somebody graver comes: the clock gets earlier, and never later again.
        later(office, 10);
        done(&worker.post(&format!("/w/xinglin/{number}/danger"), &[("danger", "life")]).await);
        let graver = only(office, &raised).await;
        assert_eq!((graver.id, graver.risk), (first.id, Risk::Life));
        assert!(graver.due < first.due);
        later(office, 10);
        resident.post(&report, &[("danger", "supply")]).await;
        assert_eq!(only(office, &raised).await.due, graver.due);
        // Nobody else's receipt, and no stranger, reports on it.
        let strange = resident.post(&format!("/w/xinglin/{number}/danger"), &[("danger", "life")]).await;
        assert!(strange.location.starts_with("/signin?"), "{}", strange.location);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_form_sent_again_with_the_box_ticked_reports_what_stands() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let resident = Browser::new(office).at_device(&"a".repeat(26), "");
        let at = format!("/at/{}/raise", here.building);
        let fields = [("form", OTHER), ("text", "井盖没了")];
        let sent = resident.post_parts(&at, &fields).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", main_of(&sent.body));
        let ticked = [fields[0], fields[1], ("danger", "life")];
        let asked = resident.post_parts(&at, &ticked).await;
        assert_eq!(asked.status, StatusCode::CONFLICT);
        assert!(asked.body.contains("checked"), "what was ticked stays ticked: {}", main_of(&asked.body));
        let added = resident.post_parts(&at, &[ticked[0], ticked[1], ticked[2], ("again", "add")]).await;
        assert!(added.location.ends_with("?added"), "{} {}", added.location, main_of(&added.body));
        let open = yishi_office::dangers::reads::open(&office.db, here.community).await.unwrap();
        assert_eq!(open.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_asked_before_the_clock_of_a_danger_runs() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let resident = Browser::new(office).at_device(&"a".repeat(26), "");
        let at = format!("/at/{}/raise", here.building);
        let first = resident.post_parts(&at, &[("form", OTHER), ("text", "楼前灯不亮")]).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", main_of(&first.body));
        // The same device at the same place: asked about, but where people are in danger.
        let fields = [("form", FORM), ("text", "楼前井盖没了"), ("danger", "life")];
        assert_eq!(resident.post_parts(&at, &fields[..2]).await.status, StatusCode::CONFLICT);
        let sent = resident.post_parts(&at, &fields).await;
        assert!(sent.location.ends_with("?new"), "{} {}", sent.location, main_of(&sent.body));
        let open = yishi_office::dangers::reads::open(&office.db, here.community).await.unwrap();
        assert_eq!(open.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ends_a_matter_waits_for_its_danger_and_its_fence_for_the_lasting_work() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let photo = PhotoDigest(office.db.put_blob(photo(9)).await.unwrap());
        lifted(office, &here, "tile", photo).await;
        cleared(office, &here, "glass").await;
        let over = yishi_office::dangers::reads::ended(&office.db, here.community, None).await.unwrap().rows;
        let stages: Vec<_> = over.iter().map(|row| row.stage).collect();
        assert_eq!(stages, [DangerStage::Cleared, DangerStage::Lifted]);
        // Whoever answered takes no fence away by that, where nobody was ordered anything.
        let (raised, _) = reported(office, &here, "door").await;
        let (ledger, id) = (raised.ledger, only(office, &raised).await.id);
        let protect = Protect {
            step: Protection::Close,
            note: String::new(),
            photos: vec![PhotoDigest(office.db.put_blob(super::browser::photo(3)).await.unwrap())],
        };
        office.act(&here.worker, ledger, id, protect).await.unwrap();
        office.act(&here.colleague, ledger, id, MakeSafe { note: String::new() }).await.unwrap();
        triage(office, &here, ledger, raised.matter).await;
        let answer = Answer { text: "门已换".to_owned(), word: String::new(), photos: Vec::new() };
        office.act(&here.worker, ledger, raised.matter, answer).await.unwrap();
        let lift = || Lift { note: "门已换".to_owned(), photos: Vec::new() };
        for who in [&here.worker, &here.colleague] {
            assert!(office.act(who, ledger, id, lift()).await.is_err());
        }
        office.clock.put(office.now().plus_seconds(30 * 24 * 3_600));
        let early = office.act(&here.worker, ledger, raised.matter, Close).await.unwrap_err();
        let yishi_office::Failure::Refused(why) = early else { panic!("{early}") };
        assert_eq!(why.of(), Some(&Refusal::InDanger));
        office.act(&here.secretary, ledger, id, lift()).await.unwrap();
        office.act(&here.worker, ledger, raised.matter, Close).await.unwrap();
        let state = office.load::<Danger>(ledger, &id.into()).await.unwrap();
        assert_eq!(state.must().unwrap().stage, DangerStage::Lifted);
        assert!(danger(&office.db, ledger, DangerId(form("none").id("none"))).await.unwrap().is_none());
        assert!(office.audit().await.unwrap().iter().all(|law| law.holds));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_danger_in_a_market_is_told_its_manager_and_the_board_says_that_one_is_open() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let market =
            office.open_place(&here.administrator, here.community, PlaceKind::Market, "早市", None).await;
        let marked =
            Raising { danger: Some(Risk::Life), ..raising("wire", market.unwrap(), "电线垂下来了") };
        let visitor = Browser::new(office);
        assert!(!visitor.get("/c/xinglin").await.body.contains("处隐患没有解除"));
        let raised = office.raise(&Actor::visitor(), marked).await.unwrap();
        let id = only(office, &raised).await.id;
        let danger = office.load::<Danger>(raised.ledger, &id.into()).await.unwrap();
        let told: Vec<_> = danger.must().unwrap().called.iter().copied().collect();
        assert_eq!(told, [here.market]);
        let at = format!("/w/xinglin/d/{}", only(office, &raised).await.number);
        let keeper = visitor.signed_in(office, &here.market_keeper).await;
        assert!(keeper.get("/desk").await.body.contains(&at));
        let company = visitor.signed_in(office, &here.keeper).await;
        assert_eq!(company.get(&at).await.status, StatusCode::FORBIDDEN);
        assert!(visitor.get("/c/xinglin").await.body.contains("现在有 1 处隐患没有解除"));
        // Another body that is told has it too.
        let worker = visitor.signed_in(office, &here.worker).await;
        done(&worker.post(&format!("{at}/call"), &[("call-organisation", &here.property.to_string())]).await);
        assert_eq!(company.get(&at).await.status, StatusCode::OK);
        assert!(company.get("/desk").await.body.contains(&at));
    }
}

/// A desk whose clocks nobody may quietly change: the law of the books finds it.
#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_somebody_made_later_is_found() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        reported(office, &here, "tile").await;
        const LATER: &str = "update danger set due = due + 86400000000, first_due = first_due + 86400000000";
        office.db.execute(vec![(LATER, Vec::new())]).await.unwrap();
        let found = office.audit().await.unwrap();
        let clock = found.iter().find(|law| law.law.starts_with("an open danger")).unwrap();
        assert!(!clock.holds, "{}", store.engine());
    }
}
