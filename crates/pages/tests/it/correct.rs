//! Correcting a text that everyone reads, or taking it back, on the page of a thing.

use super::browser::Browser;
use super::meetings::{done, main_of, wrong_at};
use axum::http::StatusCode;
use yishi_domain::matters::Summarise;
use yishi_kernel::Actor;
use yishi_office::ledgers::entries_of;
use yishi_office::matters::reads::matter;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{neighbourhood, stores};

#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_corrected_and_taken_back_on_the_page_and_the_chain_says_so() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let one = raising("lamp", here.building, "灯坏了");
        let id = office.raise(&Actor::visitor(), one).await.unwrap().matter;
        let summary = Summarise { summary: "赵家门口灯坏".to_owned(), category: None };
        office.act(&here.worker, here.community, id, summary).await.unwrap();
        let number = matter(&office.db, here.community, id).await.unwrap().unwrap().number;
        let entries = entries_of(&office.db, here.community, &id.into()).await.unwrap();
        let version = entries.iter().find(|entry| entry.kind == "matter.summarised.1").unwrap().version;
        let which = format!("matter/{id}:{version}:summary");
        let (page, public) = (format!("/w/xinglin/{number}"), format!("/c/xinglin/m/{number}"));
        let form = format!("{page}/correct-text");
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let steward = visitor.signed_in(office, &here.steward).await;
        assert!(worker.get(&page).await.body.contains(&format!("value=\"{which}\"")), "it can be chosen");
        assert!(visitor.get(&public).await.body.contains("赵家门口灯坏"));

        let fields =
            |text| [("amend-which", which.as_str()), ("amend-text", text), ("amend-reason", "personal")];
        assert_eq!(steward.post(&form, &fields("灯坏了")).await.status, StatusCode::FORBIDDEN);
        wrong_at(&worker.post(&form, &fields("找 13800001111")).await, &["amend-text"], &["13800001111"]);
        let other = [("amend-which", "place/x:1:name"), ("amend-text", "别处"), ("amend-reason", "mistake")];
        assert_eq!(worker.post(&form, &other).await.status, StatusCode::NOT_FOUND, "of another thing");

        for (text, reads, told) in [
            ("楼前灯坏", "楼前灯坏", "更正了一处文字：含个人信息"),
            ("", "〔已撤回〕", "撤回了一处文字：含个人信息"),
        ] {
            done(&worker.post(&form, &fields(text)).await);
            let body = visitor.get(&public).await.body;
            let main = main_of(&body);
            assert!(main.contains(reads) && main.contains(told), "{}: {main}", store.engine());
            assert!(!main.contains("赵家门口灯坏"), "{main}");
        }
        assert!(!visitor.get("/c/xinglin").await.body.contains("赵家门口灯坏"));
    }
}
