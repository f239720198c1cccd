//! A receipt: evaluating what was answered, and finding a matter by the number on it.

use super::browser::Browser;
use super::dispatch::in_hand;
use axum::http::StatusCode;
use yishi_domain::matters::Answer;
use yishi_testkit::{neighbourhood, stores};

#[tokio::test(flavor = "multi_thread")]
async fn an_evaluation_with_nothing_chosen_is_told_at_both_questions() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, _) = in_hand(office, &here, "evaluate").await;
        let browser = Browser::new(office);
        let page = format!("/r/xinglin/{}", raised.secret);
        let path = format!("{page}/evaluate");
        let right = [("solved", "yes"), ("satisfaction", "satisfied"), ("comment", "谢谢")];
        let early = browser.post(&path, &right).await;
        assert_eq!(early.status, StatusCode::CONFLICT, "there is nothing to evaluate yet");
        assert!(
            early.body.contains("notice bad") && early.body.contains("谢谢</textarea>"),
            "{}",
            early.body
        );

        let answer = Answer { text: "换好了。".to_owned(), word: String::new(), photos: vec![] };
        office.act(&here.worker, raised.ledger, raised.matter, answer).await.unwrap();
        let wrong = browser.post(&path, &[("comment", "三楼 还是黑的")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["solved", "satisfaction"] {
            assert!(wrong.body.contains(&format!("href=\"#{field}\"")), "{field}");
            assert!(wrong.body.contains(&format!("id=\"{field}-error\"")), "{field}");
        }
        assert!(wrong.body.contains("三楼 还是黑的</textarea>"));
        let done = browser.post(&path, &right).await;
        assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, page.as_str()));
        let shown = browser.get(&page).await.body;
        assert!(shown.contains("谢谢！") && !shown.contains("id=\"evaluate\""), "{shown}");
        let again = browser.post(&path, &right).await;
        assert!(again.status.is_client_error() && again.body.contains("notice bad"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_matter_is_found_by_the_number_on_its_receipt() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (_, number) = in_hand(office, &here, "find").await;
        let browser = Browser::new(office);
        let found = browser.get(&format!("/receipt?slug=xinglin&number=%20{number}")).await;
        assert_eq!((found.status, found.location), (StatusCode::SEE_OTHER, format!("/c/xinglin/m/{number}")));
        let mark = "%EF%BC%83";
        let marked = browser.get(&format!("/receipt?slug=xinglin&number={mark}{number}")).await;
        assert_eq!(marked.location, format!("/c/xinglin/m/{number}"));
        let word = browser.get("/receipt?slug=xinglin&number=abc").await;
        assert!(word.body.contains("href=\"#number\"") && word.body.contains("value=\"abc\""));
        let missing = browser.get("/receipt?slug=xinglin&number=999999").await;
        assert_eq!(missing.status, StatusCode::OK);
        assert!(missing.body.contains("href=\"#number\"") && missing.body.contains("value=\"999999\""));
        assert!(!browser.get("/receipt").await.body.contains("notice bad"));
    }
}
