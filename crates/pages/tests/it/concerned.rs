//! What whom a matter is about finds of it on the pages: nothing that was said. Lists show what
//! the reader may open, and a raiser says whom it is about.

use super::browser::Browser;
use axum::http::StatusCode;
use yishi_kernel::Actor;
use yishi_office::matters::reads::matter;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{neighbourhood, stores};

const FORM: &str = "0190a1b2c3d43456789abcdefghjkmnpqrstuv";

#[tokio::test(flavor = "multi_thread")]
async fn no_list_tells_the_concerned_what_was_said() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let visitor = Browser::new(office);
        let mut complaint = raising("hall", here.stairwells[1], "办事大厅中午不开门");
        complaint.about = Some(here.committee);
        let complaint = office.raise(&Actor::visitor(), complaint).await.unwrap();
        let lamp = raising("lamp", here.stairwells[1], "楼道灯坏了");
        let lamp = office.raise(&Actor::visitor(), lamp).await.unwrap();
        let number = async |id| matter(&office.db, here.community, id).await.unwrap().unwrap().number;
        let (complaint, lamp) = (number(complaint.matter).await, number(lamp.matter).await);

        let stairwell = format!("/stairwell/{}", here.stairwells[1]);
        let page = format!("/w/xinglin/{lamp}");
        let search = format!("/desk?q={}", yishi_web::encoded("大厅"));
        let lists = ["/desk", &search, "/w/xinglin/topics/new", "/w/xinglin/owed", &stairwell, &page];
        for actor in [&here.worker, &here.secretary, &here.steward] {
            let browser = visitor.signed_in(office, actor).await;
            for list in lists {
                let shown = browser.get(list).await;
                assert!(!shown.body.contains("办事大厅中午"), "{list}");
            }
            assert_eq!(browser.get(&format!("/w/xinglin/{complaint}")).await.status, StatusCode::FORBIDDEN);
        }
        // The other one stands in the same lists, so that this proves something.
        let worker = visitor.signed_in(office, &here.worker).await;
        for list in ["/desk", "/w/xinglin/topics/new", &stairwell] {
            assert!(worker.get(list).await.body.contains("楼道灯坏了"), "{list}");
        }
        let street = visitor.signed_in(office, &here.officer).await;
        assert!(street.get(&format!("/w/xinglin/{complaint}")).await.body.contains("办事大厅中午不开门"));
        assert!(street.get("/desk").await.body.contains("办事大厅中午不开门"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_raiser_names_the_person_it_is_about_and_no_page_lists_who_works_there() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let visitor = Browser::new(office);
        let raise = format!("/at/{}/raise", here.building);
        assert!(!visitor.get(&raise).await.body.contains("沈知秋"));
        let said = [("form", FORM), ("text", "态度很差")];
        for nobody in ["李四", "罗", "某人"] {
            let wrong = visitor.post_parts(&raise, &[&said[..], &[("person", nobody)]].concat()).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(wrong.body.contains("id=\"person-error\"") && wrong.body.contains("<details open>"));
        }
        let raised = visitor.post_parts(&raise, &[&said[..], &[("person", " 沈知秋 ")]].concat()).await;
        assert_eq!(raised.status, StatusCode::SEE_OTHER, "{}", raised.body);
        let street = visitor.signed_in(office, &here.officer).await;
        let desk = street.get("/desk").await.body;
        assert!(desk.contains("态度很差"), "{desk}");
        let page = desk.split("href=\"/w/xinglin/").skip(1).find_map(|rest| {
            let number = rest.split('"').next().unwrap();
            number.parse::<i64>().ok()
        });
        let page = format!("/w/xinglin/{}", page.unwrap());
        assert!(street.get(&page).await.body.contains("杏林社区居民委员会 · 沈知秋"));
        for actor in [&here.worker, &here.colleague] {
            let browser = visitor.signed_in(office, actor).await;
            assert_eq!(browser.get(&page).await.status, StatusCode::FORBIDDEN);
        }
    }
}
