//! A sheet from the file to the desk: shown first, its columns put right, then all of it or none.

use super::browser::Browser;
use axum::http::StatusCode;
use yishi_domain::matters::{Answer, Outcome, Triage};
use yishi_kernel::{Actor, Holder, Role};
use yishi_office::matters::reads::{imported, matter, root_of};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{neighbourhood, stores};

const SHEET: &str = "编号,诉求内容,楼栋,来电人,联系电话,满意否\n\
    1,灯坏了,3,王某,13800001111,否\n\
    2,门坏了,3号楼,李某,1.38E+10,否\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_is_shown_put_right_and_imported_once() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let (link, sheet) = ("/w/xinglin/import", "/w/xinglin/import/sheet");
        assert_eq!(worker.get("/import").await.location, link);
        let files = |text: &str| vec![text.as_bytes().to_vec()];
        // Nothing, and what is no table, is told on the page.
        let none = worker.post_files(link, &[], &[]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        let old = worker.post_files(link, &[], &[b"\xd0\xcf\x11\xe0".to_vec()]).await;
        assert!(old.status == StatusCode::UNPROCESSABLE_ENTITY && old.body.contains("另存为 .xlsx"));
        assert!(worker.get(sheet).await.body.contains("只保留半小时"), "nothing was kept");
        let source = [("source", "热线")];
        let came = worker.post_files(link, &source, &files(SHEET)).await;
        assert_eq!((came.status, came.location.starts_with(sheet)), (StatusCode::SEE_OTHER, true));
        let shown = worker.get(&came.location).await.body;
        for part in ["第 3 行", "1.38E+10", "满意否", "请选它是什么"] {
            assert!(shown.contains(part), "{part}");
        }
        // Somebody else does not see it.
        let colleague = visitor.signed_in(office, &here.colleague).await;
        assert!(!colleague.get(sheet).await.body.contains("1.38E+10"));
        let pressed = worker.post(sheet, &[("source", "热线"), ("press", "import")]).await;
        assert_eq!(pressed.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(imported(&office.db, here.community, "热线/1").await.unwrap(), None);
        // Corrected in the sheet, and a column given up on the page.
        let right = SHEET.replace("1.38E+10", "13900002222");
        worker.post_files(link, &source, &files(&right)).await;
        let columns = ["id", "text", "place", "name", "contact", "leave-out"];
        let names: Vec<String> = (0..columns.len()).map(|n| format!("column-{n}")).collect();
        let chosen: Vec<(&str, &str)> =
            names.iter().map(String::as_str).zip(columns).chain([("source", "热线")]).collect();
        let with = |press| chosen.iter().copied().chain([("press", press)]).collect::<Vec<_>>();
        assert!(worker.post(sheet, &with("look")).await.body.contains("导入 2 件"));
        let done = worker.post(sheet, &with("import")).await;
        assert_eq!(done.location, "/w/xinglin/import?done=2");
        assert!(worker.get(&done.location).await.body.contains("已导入 2 件"));
        for id in ["热线/1", "热线/2"] {
            assert!(imported(&office.db, here.community, id).await.unwrap().is_some(), "{id}");
        }
        assert!(worker.get(sheet).await.body.contains("只保留半小时"), "nothing is kept of it");
        // The same file again.
        worker.post_files(link, &source, &files(&right)).await;
        let again = worker.post(sheet, &with("look")).await.body;
        assert!(again.contains("没有新的事项") && !again.contains("value=\"import\""));
        // Nobody else may.
        let steward = visitor.signed_in(office, &here.steward).await;
        assert_eq!(steward.get(link).await.status, StatusCode::FORBIDDEN);
        assert_eq!(steward.post_files(link, &source, &files(&right)).await.status, StatusCode::FORBIDDEN);
    }
}

/// A day's tickets: what an open matter says already is linked where somebody says so, and all go back
/// with what became of them.
#[tokio::test(flavor = "multi_thread")]
async fn tickets_that_repeat_a_matter_are_linked_and_answered_with_it() {
    const TICKETS: &str = "工单编号,诉求内容,诉求地址,来电人,来电号码\n\
        T1,南门路灯不亮，晚上看不见台阶,3号楼,王某,13800001111\n\
        T2,电梯里有异味,3号楼,李某,13800002222\n\
        T3,南门路灯不亮，看不见,3号楼,赵某,13800003333\n";
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let said = raising("before", here.building, "南门路灯不亮，老人晚上看不见台阶");
        let before = office.raise(&Actor::visitor(), said).await.unwrap().matter;
        let number = matter(&office.db, here.community, before).await.unwrap().unwrap().number.to_string();
        let (link, sheet) = ("/w/xinglin/import", "/w/xinglin/import/sheet");
        let source = [("source", "12345热线")];
        worker.post_files(link, &source, &[TICKETS.as_bytes().to_vec()]).await;
        let shown = worker.get(&format!("{sheet}?source=12345热线")).await.body;
        assert!(shown.contains("可能重复的（2 行）"), "{shown}");
        assert!(shown.contains("name=\"link-2\"") && shown.contains("name=\"link-4\""));
        assert!(!shown.contains("name=\"link-3\""), "what says something else is offered nothing");
        // One is the same, the other is left by itself.
        let pressed = [("source", "12345热线"), ("press", "import"), ("link-2", &number), ("link-4", "")];
        let done = worker.post(sheet, &pressed).await;
        assert_eq!(done.location, "/w/xinglin/import?done=3&linked=1", "{}", done.body);
        assert!(worker.get(&done.location).await.body.contains("1 件已归并"));
        let of = async |ticket: &str| {
            let id =
                imported(&office.db, here.community, &format!("12345热线/{ticket}")).await.unwrap().unwrap();
            root_of(&office.db, here.community, id).await.unwrap().unwrap()
        };
        assert_eq!(of("T1").await, before);
        assert!(of("T2").await != before && of("T3").await != before);
        // The same tickets again are known, the linked one too.
        worker.post_files(link, &source, &[TICKETS.as_bytes().to_vec()]).await;
        assert!(worker.get(&format!("{sheet}?source=12345热线")).await.body.contains("没有新的事项"));
        // Answered once, the reply goes out under the ticket's number, and no caller with it.
        let holder = Holder::Person(Role::CommunityWorker, here.community);
        let (category, reason) = ("02".to_owned(), String::new());
        let triage =
            Triage { outcome: Outcome::Public, category, holder, person: here.worker.account, reason };
        office.act(&here.worker, here.community, before, triage).await.unwrap();
        let answer = Answer { text: "已换新灯".to_owned(), word: String::new(), photos: Vec::new() };
        office.act(&here.worker, here.community, before, answer).await.unwrap();
        let replies = worker.get("/w/xinglin/import/replies/tickets.csv").await.body;
        let row = |ticket: &str| {
            replies.split("12345热线,").find(|row| row.starts_with(ticket)).unwrap().to_owned()
        };
        assert!(row("T1").contains("已换新灯") && row("T1").contains(&format!(",{number},")), "{replies}");
        assert!(!row("T2").contains("已换新灯") && !row("T3").contains("已换新灯"), "{replies}");
        assert!(!replies.contains("1380000") && !replies.contains("王某"), "{replies}");
        let xlsx = worker.get("/w/xinglin/import/replies/tickets.xlsx").await;
        assert_eq!(xlsx.status, StatusCode::OK);
        assert_eq!(worker.get("/w/xinglin/import/replies/other.csv").await.status, StatusCode::NOT_FOUND);
        let steward = visitor.signed_in(office, &here.steward).await;
        let denied = steward.get("/w/xinglin/import/replies/tickets.csv").await.status;
        assert_eq!(denied, StatusCode::FORBIDDEN);
    }
}
