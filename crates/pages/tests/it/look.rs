//! The second look: what may be personal data in a text for everyone comes back marked, and is
//! published once somebody says of just this text that there is none.

use super::browser::Browser;
use super::meetings::{done, wrong_at};
use axum::http::StatusCode;
use yishi_kernel::Actor;
use yishi_kernel::personal::mark;
use yishi_office::matters::reads::matter;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{neighbourhood, stores};

#[tokio::test(flavor = "multi_thread")]
async fn what_may_be_personal_is_published_after_a_second_look_at_it() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let one = raising("lamp", here.building, "灯坏了");
        let id = office.raise(&Actor::visitor(), one).await.unwrap().matter;
        let number = matter(&office.db, here.community, id).await.unwrap().unwrap().number;
        let (form, public) = (format!("/w/xinglin/{number}/summarise"), format!("/c/xinglin/m/{number}"));
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let text = "活动用房 3-603 的灯坏了";
        let asked = worker.post(&form, &[("summarise-summary", text)]).await;
        wrong_at(&asked, &["summarise-summary"], &["3-603"]);
        assert!(asked.body.contains("活动用房 <mark>3-603</mark> 的灯坏了"), "{}", asked.body);
        let said = mark(text);
        let the_box =
            format!("type=\"checkbox\" id=\"summarise-summary-looked\" name=\"looked\" value=\"{said}\"");
        assert!(asked.body.contains(&the_box), "{}", asked.body);
        assert!(asked.body.contains("我已核对：这里没有个人信息"));
        assert_eq!(asked.body.matches("name=\"looked\"").count(), 1, "in the form that came back alone");

        // It counts for just that text, and never for what is certain.
        let other = [("summarise-summary", "活动用房 3-604 的灯坏了"), ("looked", said.as_str())];
        assert_eq!(worker.post(&form, &other).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let certain = "找15926048173开门";
        let looked = mark(certain);
        let sure = worker.post(&form, &[("summarise-summary", certain), ("looked", &looked)]).await;
        wrong_at(&sure, &["summarise-summary"], &["15926048173"]);
        assert!(!sure.body.contains("<mark>"));
        assert!(!visitor.get(&public).await.body.contains("活动用房"));

        done(&worker.post(&form, &[("summarise-summary", text), ("looked", &said)]).await);
        assert!(visitor.get(&public).await.body.contains(text), "{}", store.engine());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_everyone_reads_holds_nobodys_telephone() {
    let store = stores().await.swap_remove(0);
    let office = &store.office;
    let here = neighbourhood(office).await;
    let admin = Browser::new(office).signed_in(office, &here.administrator).await;
    let at = format!("/admin/places/{}", here.community);
    for (form, fields) in [
        ("rename", vec![("new-name", "杏林社区15926048173")]),
        ("open", vec![("name", "九号楼（找159 2604 8173）"), ("kind", "building")]),
        (
            "people/organisation",
            vec![("organisation-name", "王姐店15926048173"), ("organisation-kind", "market")],
        ),
        ("people/open", vec![("name", "小沈15926048173")]),
    ] {
        let answer = admin.post(&format!("{at}/{form}"), &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}: {}", answer.body);
        assert!(answer.body.contains("手机号"), "{form}");
    }
}
