//! Joint working: the street's officer writes down which parties act together and what they practise; everyone
//! reads what is in force, since when, with the list that shows it, and the versions before.

use super::browser::Browser;
use super::meetings::{hidden, main_of, wrong_at};
use axum::http::StatusCode;
use yishi_domain::joint::{Adopt, Evidence, JointId};
use yishi_office::Office;
use yishi_office::joint::reads::joint_work;
use yishi_testkit::neighbourhood::form;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

/// One that the street has adopted; its number in the street's ledger.
pub async fn adopted(office: &Office, here: &Neighbourhood, word: &str) -> i64 {
    let id = JointId(form(&format!("joint-{word}")).id("joint"));
    let adopt = Adopt {
        place: here.street,
        adopted: office.now(),
        parties: vec![(0, format!("党组织{word}"), format!("党（工）委{word}"))],
        practices: vec![(0, format!("每周一次联席会{word}"), Some(Evidence::Meetings))],
    };
    office.start(&here.officer, here.street, id, adopt).await.unwrap();
    joint_work(&office.db, here.street, id).await.unwrap().unwrap().number
}

#[tokio::test(flavor = "multi_thread")]
async fn the_street_adopts_its_parties_and_practices_and_everyone_reads_all_versions() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let visitor = Browser::new(office);
        let street = visitor.signed_in(office, &here.officer).await;
        let worker = visitor.signed_in(office, &here.worker).await;
        let public = "/c/xinglin/joint";
        let before = visitor.get(public).await.body;
        assert!(before.contains("还没有公布六方联动") && !before.contains("/w/"), "{}", main_of(&before));

        // It ships empty; the community writes none for the street.
        let to_form = "/w/xinglin/joint";
        assert_ne!(worker.get(to_form).await.status, StatusCode::OK);
        let page = street.get(to_form).await.body;
        let own = page
            .split("action=\"")
            .find_map(|rest| rest.split('"').next().filter(|at| at.ends_with("/joint")));
        let own = own.unwrap().to_owned();
        let today = office.now().date().to_string();
        let form = hidden(&page, "form");
        let none =
            street.post(&own, &[("form", form), ("adopted", today.as_str()), ("name-1", "物业")]).await;
        wrong_at(&none, &["who-1"], &["物业"]);
        let filled = [
            ("form", form),
            ("adopted", today.as_str()),
            ("name-1", "执法"),
            ("who-1", "清河街道综合执法队"),
            ("what-2", "吹哨半小时到场"),
            ("list-2", "orders"),
        ];
        let sent = street.post(&own, &filled).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", main_of(&sent.body));
        assert_eq!(street.post(&own, &filled).await.location, sent.location, "once");
        let shown = visitor.get(public).await.body;
        let main = main_of(&shown);
        for part in ["清河街道综合执法队", "吹哨半小时到场", "本地规则", "href=\"/c/xinglin/orders\""]
        {
            assert!(main.contains(part), "{part}: {main}");
        }
        assert!(!main.contains("历次版本"), "there is one: {main}");

        // The next one begins with it and takes its place; the one before stays to be read.
        let page = street.get(to_form).await.body;
        assert!(page.contains("吹哨半小时到场"), "{}", main_of(&page));
        office.clock.put(office.now().end_of_day_after(2));
        adopted(office, &here, "二").await;
        let now = visitor.get(public).await.body;
        let main = main_of(&now);
        assert!(main.contains("每周一次联席会二") && !main.contains("吹哨半小时到场"), "{main}");
        let old = main.split("href=\"/c/xinglin/joint?version=").skip(1).last().unwrap();
        let old = format!("{public}?version={}", old.split('"').next().unwrap());
        let old = visitor.get(&old).await.body;
        assert!(old.contains("吹哨半小时到场") && old.contains("以前的一版"), "{}", main_of(&old));
    }
}
