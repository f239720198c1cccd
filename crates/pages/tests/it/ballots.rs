//! The owners' gate on pages: recommended and never passed, refused with the article and with the
//! numbers, entered by one and confirmed by another, and then sent once.

use super::browser::{Browser, photo};
use super::meetings::{done, main_of};
use axum::http::StatusCode;
use yishi_kernel::Actor;
use yishi_office::dispatch::reads::open;
use yishi_office::meetings::reads::meeting;
use yishi_testkit::meetings::recommended;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{neighbourhood, stores};

const FORM: &str = "0190a1b2c3d43456789abcdefghjkmnpqrstuv";

fn said(heads: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("owners-1-form", FORM),
        ("owners-1-total-heads", "120"),
        ("owners-1-total-area", "12000"),
        ("owners-1-part-heads", heads),
        ("owners-1-part-area", "8400.00"),
        ("owners-1-yes-heads", "66"),
        ("owners-1-yes-area", "6552"),
        ("owners-1-kept", "业委会档案柜"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shed_is_recommended_and_sent_once_the_owners_agreed() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let raised =
            office.raise(&Actor::visitor(), raising("shed", here.building, "没有车棚")).await.unwrap();
        let (_, id) = recommended(office, &here, "车棚", &[raised.matter]).await;
        let number = meeting(&office.db, here.community, id).await.unwrap().unwrap().number;
        let hall = format!("/w/xinglin/g/{number}");
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let colleague = visitor.signed_in(office, &here.colleague).await;

        // Wherever it is shown it is a recommendation.
        for path in [hall.clone(), format!("/c/xinglin/g/{number}"), format!("/c/xinglin/g/{number}/minutes")]
        {
            let page = worker.get(&path).await.body;
            // The forum's own rule says of ties that they do not pass.
            let main = main_of(&page).replace("票数相等不通过", "");
            // What was confirmed as the minutes is the testkit's own line.
            assert!(path.ends_with("/minutes") || main.contains("建议"), "{path}: {main}");
            assert!(!main.contains("通过"), "{path}: {main}");
        }

        // No order leaves before the owners said so.
        let send = [("dispatch-1-hurry", "雨季将到")];
        let refused = worker.post(&format!("{hall}/dispatch"), &nth(&send)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("第278条"), "{}", main_of(&refused.body));

        // Too few took part; the paper is missing; then it is entered.
        let day = office.now().deadline_date().to_string();
        let enter = format!("{hall}/owners");
        let with_day = |mut fields: Vec<(&'static str, &'static str)>, day: &'static str| {
            fields.push(("owners-1-decided", day));
            fields.push(("owners-nth", "1"));
            fields
        };
        let day: &'static str = day.leak();
        let few = worker.post_files(&enter, &with_day(said("79"), day), &[photo(7)]).await;
        assert_eq!(few.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(few.body.contains("120 户中 79 户参加，不到三分之二（80 户）"), "{}", main_of(&few.body));
        let bare = worker.post_parts(&enter, &with_day(said("84"), day)).await;
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        let entered = worker.post_files(&enter, &with_day(said("84"), day), &[photo(7)]).await;
        done(&entered);
        let result = entered.location;
        assert!(result.starts_with("/w/xinglin/b/"), "{result}");
        let again = worker.post_files(&enter, &with_day(said("84"), day), &[photo(7)]).await;
        assert_eq!(again.location, result, "the same form is the same result");

        // Whoever entered it does not confirm it; it stands on the desk for somebody else.
        let own = worker.post(&format!("{result}/confirm"), &[]).await;
        assert_eq!(own.status, StatusCode::FORBIDDEN);
        let refused = worker.post(&format!("{hall}/dispatch"), &nth(&send)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(colleague.get("/desk").await.body.contains(&result));
        for who in [&here.lamp_officer, &here.steward] {
            let other = visitor.signed_in(office, who).await;
            assert_eq!(other.get(&result).await.status, StatusCode::FORBIDDEN);
        }
        done(&colleague.post(&format!("{result}/confirm"), &[]).await);
        let public = visitor.get(&result.replace("/w/", "/c/")).await.body;
        for part in ["业主同意", "84 户", "80 户", "66 户", "63 户", "8400 平方米", "6552 平方米"]
        {
            assert!(main_of(&public).contains(part), "{part}: {}", main_of(&public));
        }

        done(&worker.post(&format!("{hall}/dispatch"), &nth(&send)).await);
        let orders = open(&office.db, here.community).await.unwrap();
        let order = orders.iter().find(|order| order.meeting == Some(id)).unwrap();
        let page = visitor.get(&format!("/c/xinglin/o/{}", order.number)).await.body;
        assert!(page.contains(&result.replace("/w/", "/c/")), "it names the result");
        let audited = office.audit().await.unwrap();
        let wrong: Vec<_> = audited.iter().filter(|law| !law.holds).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}

/// Fields of the first of several forms.
fn nth<'a>(fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [&[("dispatch-nth", "1")], fields].concat()
}
