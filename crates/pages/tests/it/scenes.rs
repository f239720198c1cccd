//! A scene from the way on the order's page to what everyone reads of it: who came, what was found, who
//! does what, and that each body signs for itself. Names of persons reach no page of everyone's.

use super::browser::Browser;
use super::dispatch::in_hand;
use super::meetings::{hidden, main_of, wrong_at};
use axum::http::StatusCode;
use yishi_domain::dispatch::{Ask, Blow, OrderId, WhistleKind};
use yishi_domain::scenes::{self, Line, Open, SceneId, SceneStage};
use yishi_kernel::Actor;
use yishi_office::Office;
use yishi_office::dispatch::reads::order;
use yishi_office::scenes::reads::{SceneRow, scene};
use yishi_testkit::neighbourhood::form;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

/// A whistle that the lamps' department leads; its number.
pub async fn blown(office: &Office, here: &Neighbourhood, word: &str) -> (OrderId, i64) {
    let (raised, _) = in_hand(office, here, word).await;
    let finish_by = office.now().end_of_day_after(9);
    let ask = Ask {
        item: "department".to_owned(),
        whistle: WhistleKind::Hard,
        matter: raised.matter,
        task: format!("修好南门路灯{word}"),
        acceptance: format!("晚上全亮{word}"),
        reason: format!("电缆归路灯管理所{word}"),
        departments: vec![here.squad],
        lead: here.lamps,
        finish_by,
    };
    let (id, ledger) = (OrderId(form(&format!("scene-{word}")).id("order")), here.community);
    office.start(&here.worker, ledger, id, ask).await.unwrap();
    let (whistle, departments) = (WhistleKind::Hard, vec![here.squad]);
    let blow = Blow { whistle, departments, lead: here.lamps, arrive_by: None, finish_by };
    office.act(&here.officer, ledger, id, blow).await.unwrap();
    (id, order(&office.db, ledger, id).await.unwrap().unwrap().number)
}

/// What was agreed at the scene of such a whistle, written down by the worker and not signed; its number.
pub async fn written(office: &Office, here: &Neighbourhood, word: &str) -> (SceneId, i64) {
    let (order, _) = blown(office, here, word).await;
    let line = |row, body| Line {
        row,
        body,
        what: format!("补装路灯{word}"),
        due: office.now().end_of_day_after(5),
    };
    let open = Open {
        order,
        met: office.now(),
        came: vec![here.lamps, here.squad],
        people: "周建国".to_owned(),
        findings: format!("电缆被挖断{word}"),
        lines: vec![line(0, Some(here.lamps)), line(1, Some(here.squad)), line(2, None)],
    };
    let id = SceneId(form(&format!("scene-{word}")).id("scene"));
    office.start(&here.worker, here.community, id, open).await.unwrap();
    (id, row_of(office, here, id).await.number)
}

/// One that one body has signed, another has not and says why, and of which a line is done.
pub async fn signed(office: &Office, here: &Neighbourhood, word: &str) -> SceneId {
    let (id, _) = written(office, here, word).await;
    let ledger = here.community;
    office.act(&here.lamp_officer, ledger, id, scenes::Sign { body: None }).await.unwrap();
    let refuse = scenes::Refuse { body: None, reason: format!("不归执法队管{word}") };
    office.act(&here.squad_officer, ledger, id, refuse).await.unwrap();
    let done = scenes::Done { line: 0, note: format!("灯亮了{word}") };
    office.act(&here.lamp_officer, ledger, id, done).await.unwrap();
    id
}

async fn row_of(office: &Office, here: &Neighbourhood, id: SceneId) -> SceneRow {
    scene(&office.db, here.community, id).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_agreed_is_written_down_and_each_body_signs_for_itself() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (_, number) = blown(office, &here, "").await;
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let lamps = visitor.signed_in(office, &here.lamp_officer).await;
        let squad = visitor.signed_in(office, &here.squad_officer).await;

        // From the order's page, for whoever leads or steers; with whom it calls on the sheet.
        let at_order = format!("/w/xinglin/o/{number}");
        let to_form = format!("href=\"{at_order}/scene\"");
        for browser in [&worker, &lamps] {
            assert!(browser.get(&at_order).await.body.contains(&to_form));
        }
        assert!(!squad.get(&at_order).await.body.contains(&to_form), "it does not lead");
        assert_ne!(squad.get(&format!("{at_order}/scene")).await.status, StatusCode::OK);
        let sheet = worker.get(&format!("{at_order}/scene-sheet")).await.body;
        for part in ["报到签到单", "路灯管理所", "综合执法队", "主办", "协办", "内部存档件"]
        {
            assert!(sheet.contains(part), "{part}: {}", main_of(&sheet));
        }

        // All that is wrong at once, with all that was typed.
        let page = worker.get(&format!("{at_order}/scene")).await.body;
        let (own, other) = (here.lamps.to_string(), here.squad.to_string());
        let today = office.now().date().to_string();
        let time = yishi_web::dates::clock(office.now());
        let later = office.now().end_of_day_after(5).deadline_date().to_string();
        let day: &str = &later;
        let mut fields = vec![
            ("form", hidden(&page, "form")),
            ("date", today.as_str()),
            ("time", time.as_str()),
            ("came", own.as_str()),
            ("came", other.as_str()),
            ("findings", "电缆被挖断"),
            ("body-1", own.as_str()),
            ("what-1", "换电缆"),
            ("due-1", ""),
            ("body-2", ""),
            ("what-2", ""),
            ("due-2", ""),
            ("people", "周建国\n林晓东"),
        ];
        let answer = worker.post(&format!("{at_order}/scene"), &fields).await;
        wrong_at(&answer, &["due-1"], &["电缆被挖断", "周建国"]);
        fields[8].1 = day;
        fields[10].1 = "通知沿路住户";
        fields[11].1 = day;
        let sent = worker.post(&format!("{at_order}/scene"), &fields).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", main_of(&sent.body));
        let at = sent.location;
        assert_eq!(worker.post(&format!("{at_order}/scene"), &fields).await.location, at, "sent twice");

        // It waits for each that came; on the order's page it is no agreement yet.
        for browser in [&worker, &lamps, &squad] {
            assert!(browser.get("/desk").await.body.contains(&at), "{at}");
        }
        let public = at.replace("/w/", "/c/");
        let of_order = visitor.get(&format!("/c/xinglin/o/{number}")).await.body;
        assert!(of_order.contains(&public) && of_order.contains("2 个还没有签字"), "{}", main_of(&of_order));
        assert!(!of_order.contains("换电缆"));

        // Each signs for itself, or says why not.
        let own_form = lamps.get(&at).await.body;
        assert!(own_form.contains(&format!("{at}/sign")) && !own_form.contains(&other), "only its own");
        assert_eq!(lamps.post(&format!("{at}/sign"), &[("sign-body", own.as_str())]).await.location, at);
        let again = lamps.post(&format!("{at}/sign"), &[("sign-body", other.as_str())]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "not for another");
        let silent = [("refuse-body", other.as_str()), ("refuse-reason", "")];
        wrong_at(&squad.post(&format!("{at}/refuse"), &silent).await, &["refuse-reason"], &[]);
        let why = [("refuse-body", other.as_str()), ("refuse-reason", "没有占道")];
        assert_eq!(squad.post(&format!("{at}/refuse"), &why).await.location, at);
        let of_order = visitor.get(&format!("/c/xinglin/o/{number}")).await.body;
        assert!(of_order.contains("换电缆") && of_order.contains("按分工办理"), "{}", main_of(&of_order));
        assert!(!squad.get("/desk").await.body.contains(&at), "it owes nothing");

        // What is done; nobody but whoever took it on, or keeps the record, says so.
        let done = |line: &'static str| [("done-line", line), ("done-note", "已换好")];
        assert_eq!(lamps.post(&format!("{at}/done"), &done("0")).await.location, at);
        assert_eq!(
            lamps.post(&format!("{at}/done"), &done("1")).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(worker.post(&format!("{at}/done"), &done("1")).await.location, at);
        let shown = visitor.get(&public).await.body;
        for part in ["已结束", "本单位已签字", "不签字", "没有占道", "已换好", "会商〔"]
        {
            assert!(shown.contains(part), "{part}: {}", main_of(&shown));
        }

        // Names stand on the internal copy alone; the posted one masks them.
        assert!(!shown.contains("建国") && !shown.contains("晓东"));
        let posted = visitor.get(&format!("{public}/paper")).await.body;
        assert!(posted.contains("周**、林**") && !posted.contains("建国"), "{}", main_of(&posted));
        assert!(posted.contains("张贴地点"));
        let internal = squad.get(&format!("{at}/paper")).await.body;
        assert!(internal.contains("周建国") && internal.contains("内部存档件"), "{}", main_of(&internal));
        assert_ne!(visitor.get(&format!("{at}/paper")).await.status, StatusCode::OK);
        for file in [format!("{public}/paper.docx"), format!("{at}/paper.docx")] {
            assert_eq!(worker.get(&file).await.status, StatusCode::OK, "{file}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_on_paper_is_entered_by_whoever_keeps_the_record() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (id, number) = written(office, &here, "").await;
        let at = format!("/w/xinglin/x/{number}");
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        for body in [here.lamps, here.squad] {
            let fields = [("sign-body", body.to_string())];
            let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
            assert_eq!(worker.post(&format!("{at}/sign"), &fields).await.location, at);
        }
        assert_eq!(row_of(office, &here, id).await.stage, SceneStage::Agreed);
        let shown = visitor.get(&at.replace("/w/", "/c/")).await.body;
        assert!(shown.contains("已在纸上签字"), "{}", main_of(&shown));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_with_its_order() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (id, _) = written(office, &here, "").await;
        let row = row_of(office, &here, id).await;
        let withdraw = yishi_domain::dispatch::Withdraw { reason: "改为自办".to_owned() };
        office.act(&here.worker, here.community, row.order, withdraw).await.unwrap();
        office.act(&Actor::system(here.community), here.community, id, scenes::End).await.unwrap();
        let row = row_of(office, &here, id).await;
        assert_eq!((row.stage, row.unsigned), (SceneStage::Closed, 2));
    }
}
