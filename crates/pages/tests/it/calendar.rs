//! The working calendar 工作日历 on a page: what is off and worked by which notice, a deadline day by
//! day, and how what a matter was promised is reckoned.

use super::browser::Browser;
use axum::http::StatusCode;
use yishi_kernel::{Actor, Moment};
use yishi_office::matters::reads::matter;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{neighbourhood, stores};

fn at(text: &str) -> Moment {
    Moment::at(text.parse().unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_is_reckoned_day_by_day_and_what_does_not_read_is_told_beside_its_field() {
    for store in stores().await {
        let office = &store.office;
        neighbourhood(office).await;
        office.clock.put(at("2026-09-28T15:00"));
        let visitor = Browser::new(office);
        let page = visitor.get("/c/xinglin/calendar").await;
        assert_eq!(page.status, StatusCode::OK);
        for told in [
            "2026年10月1日（星期四）至2026年10月7日",
            "2026年10月10日（星期六）",
            "国办发明电",
            "2027年的放假安排还没有公布",
        ] {
            assert!(page.body.contains(told), "{told}: {}", page.body);
        }
        let asked = |from: &str, count: &str, unit: &str| {
            format!("/c/xinglin/calendar?from={from}&count={count}&unit={unit}")
        };
        let found = visitor.get(&asked("2026-09-28T15:00", "3", "working_days")).await.body;
        for told in ["最迟：2026年10月8日（星期四）", "起算当天，不算", "第3天", "放假"]
        {
            assert!(found.contains(told), "{told}: {found}");
        }
        assert!(!found.contains("暂定"), "both years that matter are announced");
        let provisional = visitor.get(&asked("2026-12-31T15:00", "1", "working_days")).await.body;
        assert!(provisional.contains("暂定：2027年"), "{provisional}");
        for (from, count, unit, told) in [
            ("soon", "3", "days", "请填写日期和时间"),
            ("2026-09-28T15:00", "1001", "days", "最多算到 1000"),
            ("2026-09-28T15:00", "3", "moons", "请选择单位"),
        ] {
            let wrong = visitor.get(&asked(from, count, unit)).await;
            assert_eq!(wrong.status, StatusCode::OK);
            assert!(wrong.body.contains(told), "{told}: {}", wrong.body);
            assert!(wrong.body.contains(&format!("value=\"{count}\"")), "what was typed stays");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_leads_to_how_it_was_reckoned_and_says_where_it_is_provisional() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let visitor = Browser::new(office);
        for (now, link, provisional) in [
            ("2026-11-27T18:00", "from=2026-11-27T18%3A00&amp;count=1&amp;unit=working_days", false),
            ("2026-12-31T18:00", "from=2026-12-31T18%3A00&amp;count=1&amp;unit=working_days", true),
        ] {
            office.clock.put(at(now));
            let raised =
                office.raise(&Actor::visitor(), raising(now, here.building, "路灯不亮。")).await.unwrap();
            let row = matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap();
            let page = visitor.get(&format!("/c/xinglin/m/{}", row.number)).await.body;
            assert!(page.contains(link) && page.contains("怎么算的"), "{page}");
            assert_eq!(page.contains("暂定"), provisional, "{page}");
            let shown =
                visitor.get(&format!("/c/xinglin/calendar?{}", link.replace("&amp;", "&"))).await.body;
            let due = if provisional { "最迟：2027年1月4日" } else { "最迟：2026年11月30日" };
            assert!(shown.contains(due), "{shown}");
        }
    }
}
