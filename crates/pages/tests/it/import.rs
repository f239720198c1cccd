//! A sheet from the file to the desk: shown first, its columns put right, then all of it or none.

use super::browser::Browser;
use axum::http::StatusCode;
use yishi_office::matters::reads::imported;
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
