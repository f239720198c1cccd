//! What pages say of their place: the telephone and hours, where they are said and where not;
//! phases of a compound and stalls of a market.

use super::browser::Browser;
use axum::http::StatusCode;
use yishi_domain::places::PlaceKind;
use yishi_office::matters::reads::matter;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{neighbourhood, stores};

/// The community's own telephone stands wherever somebody may need it, also where a page went
/// wrong; until it is said, and once it is taken back, the street's does.
#[tokio::test(flavor = "multi_thread")]
async fn the_nearest_telephone_stands_on_poster_receipt_board_help_and_error_pages() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let visitor = Browser::new(office);
        let keeper = visitor.signed_in(office, &here.administrator).await;
        let word = office.issue_poster(&here.administrator, here.stairwells[1]).await.unwrap();
        let raised = raising("phone", here.stairwells[1], "路灯不亮");
        let raised = office.raise(&here.worker, raised).await.unwrap();
        let public = [
            "/c/xinglin".to_owned(),
            format!("/q/{word}"),
            format!("/r/xinglin/{}", raised.secret),
            "/c/xinglin/m/999".to_owned(),
            "/help".to_owned(),
        ];
        let poster = format!("/admin/places/{}/poster/{word}", here.stairwells[1]);
        let shown = async |phone: &str, pages: &[String]| {
            let mut without = Vec::new();
            for path in pages {
                if !visitor.get(path).await.body.contains(phone) {
                    without.push(path.clone());
                }
            }
            if !keeper.get(&poster).await.body.contains(phone) {
                without.push(poster.clone());
            }
            without
        };
        assert_eq!(shown("class=\"reached\"", &public).await.len(), 6, "nobody has said one");
        let reach = async |place, phone: &str, hours: &str| {
            let path = format!("/admin/places/{place}/reach");
            keeper.post(&path, &[("phone", phone), ("hours", hours)]).await
        };
        assert_eq!(reach(here.street, "0951-8000000", "").await.status, StatusCode::SEE_OTHER);
        assert_eq!(shown("tel:09518000000", &public).await, [""; 0], "{}", store.engine());
        assert_eq!(
            reach(here.community, "0951-8123456", "周一至周五 8:30–17:30").await.status,
            StatusCode::SEE_OTHER
        );
        assert_eq!(shown("tel:09518123456", &public).await, [""; 0]);
        assert_eq!(shown("周一至周五 8:30–17:30", &public).await, [""; 0]);
        // Nobody's own number, nor a name beside the hours; what was typed stays.
        let wrong = reach(here.community, "13800001111", "找老王 13800001111").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("href=\"#phone\"") && wrong.body.contains("value=\"13800001111\""));
        let wrong = reach(here.community, "0951-8123456", "找老王 13800001111").await;
        assert!(wrong.body.contains("href=\"#hours\""));
        // Taken back, it is the street's again.
        assert_eq!(reach(here.community, "", "").await.status, StatusCode::SEE_OTHER);
        assert_eq!(shown("tel:09518000000", &public).await, [""; 0]);
        // A building has none of its own.
        assert_eq!(reach(here.building, "0951-8123456", "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

/// A market's stall has a plate and a code, is chosen from the list and has a poster; what is
/// raised there shows the market. A compound's phases tell its buildings apart.
#[tokio::test(flavor = "multi_thread")]
async fn stalls_and_phases_are_chosen_and_a_stall_stands_on_no_public_page() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let admin = &here.administrator;
        let open = async |parent, kind, name: &str| {
            office.open_place(admin, parent, kind, name, None).await.unwrap()
        };
        let market = open(here.community, PlaceKind::Market, "杏林集贸市场").await;
        let stall = open(market, PlaceKind::Stall, "水产摊").await;
        for (phase, name) in [("一期", "8号楼"), ("二期", "8号楼")] {
            let phase = open(here.compound, PlaceKind::Phase, phase).await;
            open(phase, PlaceKind::Building, name).await;
        }
        let visitor = Browser::new(office);
        let keeper = visitor.signed_in(office, admin).await;
        let page = format!("/admin/places/{stall}");
        for (act, field, value) in [("plate", "plate", "水产区8号"), ("code", "code", "SC-08")] {
            let answer = keeper.post(&format!("{page}/{act}"), &[(field, value)]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{act}: {}", answer.body);
        }
        let inside = keeper.get(&format!("/admin/places/{market}")).await.body;
        assert!(inside.contains("水产区8号") && inside.contains("SC-08"));
        let choose = visitor.get("/c/xinglin/raise").await.body;
        for name in ["水产区8号", "一期 8号楼", "二期 8号楼"] {
            assert!(choose.contains(name), "{name}");
        }
        for way in choose.split("href=\"").filter_map(|rest| rest.split('"').next()) {
            if way.starts_with("/at/") {
                assert_eq!(visitor.get(way).await.status, StatusCode::OK, "{way} is offered");
            }
        }
        assert!(choose.contains(&format!("/at/{stall}/raise")));
        let word = office.issue_poster(admin, stall).await.unwrap();
        let opened = visitor.get(&format!("/q/{word}")).await;
        assert_eq!(opened.status, StatusCode::OK);
        assert!(opened.body.contains("杏林集贸市场 水产摊"));
        let raised = office.raise(&here.worker, raising("stall", stall, "下水道堵了")).await.unwrap();
        let board = visitor.get("/c/xinglin").await.body;
        assert!(board.contains("杏林集贸市场") && !board.contains("水产"), "{board}");
        let opened = visitor.get(&format!("/q/{word}")).await.body;
        let number = matter(&office.db, here.community, raised.matter).await.unwrap().unwrap().number;
        assert!(opened.contains(&format!("/c/xinglin/m/{number}")), "what is open there");
    }
}
