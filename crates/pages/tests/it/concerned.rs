//! What whom a matter is about finds of it on the pages: nothing that was said. Lists show what
//! the reader may open, and a raiser says whom it is about.

use super::browser::Browser;
use axum::http::StatusCode;
use yishi_domain::matters::MergeInto;
use yishi_kernel::Actor;
use yishi_office::matters::reads::{BoardFilter, board, matter};
use yishi_office::topics::reads::topic as topic_row;
use yishi_testkit::meetings::opening;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{neighbourhood, stores};

const FORM: &str = "0190a1b2c3d43456789abcdefghjkmnpqrstuv";
const OTHER_FORM: &str = "0190a1b2c3d4456789abcdefghjkmnpqrstuvw";
const THIRD_FORM: &str = "0190a1b2c3d456789abcdefghjkmnpqrstuvwx";

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
        let lists = ["/desk", "/w/xinglin/topics/new", "/w/xinglin/owed", &stairwell, &page];
        for actor in [&here.worker, &here.secretary, &here.steward] {
            let browser = visitor.signed_in(office, actor).await;
            for list in lists {
                let shown = browser.get(list).await;
                assert!(!shown.body.contains("办事大厅中午"), "{list}");
            }
            let found = browser.post("/desk/find", &[("q", "大厅")]).await;
            assert!(!found.body.contains("办事大厅中午"));
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

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_about_somebody_is_not_added_to_one_that_they_read() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let browser = Browser::new(office).at_device("aaaaaaaaaaaaaaaaaaaaaaaaaa", "");
        let raise = format!("/at/{}/raise", here.building);
        let first = browser.post_parts(&raise, &[("form", FORM), ("text", "门禁坏了")]).await;
        // The same form with a person in it, whether or not something else was written.
        for text in ["门禁坏了", "是小沈故意弄坏门禁的"] {
            let named = [("form", FORM), ("text", text), ("person", "沈知秋"), ("contact", "87651234")];
            let told = browser.post_parts(&raise, &named).await;
            assert_eq!(told.status, StatusCode::CONFLICT, "{}", told.body);
            assert!(
                !told.body.contains("value=\"add\"") && told.body.contains("value=\"new\""),
                "{}",
                told.body
            );
        }
        let named =
            [("form", FORM), ("text", "是小沈故意弄坏门禁的"), ("person", "沈知秋"), ("again", "add")];
        let added = browser.post_parts(&raise, &named).await;
        assert!(added.location.ends_with("?beside"), "{}", added.location);
        // The same words by another form: those about somebody are not those about nobody.
        let said = format!("said={}", first.cookie("said").unwrap());
        let device = browser.at_device("aaaaaaaaaaaaaaaaaaaaaaaaaa", &said);
        let fresh = [("form", THIRD_FORM), ("text", "门禁坏了")];
        assert_eq!(device.post_parts(&raise, &fresh).await.status, StatusCode::CONFLICT);
        let about = [&fresh[..], &[("person", "沈知秋")]].concat();
        let told = device.post_parts(&raise, &about).await;
        assert_eq!(told.status, StatusCode::CONFLICT, "{}", told.body);
        let about = device.post_parts(&raise, &[&about[..], &[("again", "new")]].concat()).await;
        assert_eq!(about.status, StatusCode::SEE_OTHER, "{}", about.body);

        // The first one, about nobody, is the oldest.
        let mut rows = board(&office.db, here.community, &BoardFilter::default()).await.unwrap().rows;
        let number = rows.pop().unwrap().number;
        let worker = browser.signed_in(office, &here.worker).await;
        let page = worker.get(&format!("/w/xinglin/{number}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("故意"), "{}", page.body);

        // Said about the same person, more fits, though the body is filled in only as it is raised.
        let same = [("form", OTHER_FORM), ("text", "态度差"), ("person", "罗大川")];
        browser.post_parts(&raise, &[&same[..], &[("again", "new")]].concat()).await;
        let more = [("form", OTHER_FORM), ("text", "态度差，还骂人"), ("person", "罗大川")];
        let told = browser.post_parts(&raise, &more).await;
        assert!(told.body.contains("value=\"add\""), "{}", told.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_says_whose_desk_answers_what_is_about_the_committee() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let visitor = Browser::new(office);
        let mut complaint = raising("hall", here.building, "办事大厅中午不开门");
        complaint.about = Some(here.committee);
        let complaint = office.raise(&Actor::visitor(), complaint).await.unwrap();
        let member =
            office.raise(&Actor::visitor(), raising("too", here.building, "大厅没人")).await.unwrap();
        let pages = [
            format!("/r/xinglin/{}", complaint.secret),
            format!(
                "/c/xinglin/m/{}",
                matter(&office.db, here.community, complaint.matter).await.unwrap().unwrap().number
            ),
            format!("/r/xinglin/{}", member.secret),
        ];
        let answers =
            async |page: &str, desk: &str| visitor.get(page).await.body.contains(&format!("{desk}值班人员"));
        assert!(answers(&pages[2], "杏林社区").await, "nothing is about them yet");
        let merge = MergeInto { into: complaint.matter };
        office.act(&here.officer, here.community, member.matter, merge).await.unwrap();
        for page in &pages {
            assert!(answers(page, "清河街道").await && !answers(page, "杏林社区").await, "{page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_matter_names_is_offered_nowhere_and_finds_no_page_of_it() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let visitor = Browser::new(office);
        let mut named = raising("named", here.building, "他说话很难听");
        named.about_person = here.officer.account;
        let on = office.raise(&Actor::visitor(), named).await.unwrap();
        let number = matter(&office.db, here.community, on.matter).await.unwrap().unwrap().number;
        let worker = visitor.signed_in(office, &here.worker).await;
        let street = visitor.signed_in(office, &here.officer).await;
        let page = format!("/w/xinglin/{number}");
        let offered = format!("/{}\"", here.officer.account.unwrap());
        assert!(!worker.get(&page).await.body.contains(&offered));
        super::dispatch::triage(office, &here, here.community, on.matter).await;
        assert!(!worker.get(&format!("{page}/order?kind=work")).await.body.contains(&offered));
        let (topic, open) = opening("named", &[on.matter]);
        office.start(&here.worker, here.community, topic, open).await.unwrap();
        let row = topic_row(&office.db, here.community, topic).await.unwrap().unwrap();
        let called = format!("/w/xinglin/meetings/new?topic={}", row.number);
        let chairs = worker.get(&called).await.body;
        assert!(!chairs.contains("秦望舒") && chairs.contains("陆怀瑾"), "{chairs}");
        for page in [&page, &format!("{page}/order"), &format!("/w/xinglin/t/{}", row.number)] {
            let denied = street.get(page).await;
            assert_eq!(denied.status, StatusCode::FORBIDDEN, "{page}");
            assert!(!denied.body.contains("由街道办理") && denied.body.contains("与此事无关的人"), "{page}");
        }
    }
}
