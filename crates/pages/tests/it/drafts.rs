//! What was typed into a form is never lost when the session ends, and comes back to the same
//! account only.

use super::browser::{Answer, Browser};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use yishi_domain::matters::{Outcome, Triage};
use yishi_kernel::{Actor, Holder, Role};
use yishi_office::Office;
use yishi_office::matters::reads::matter;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

/// A matter in the worker's hand; the link of its page.
async fn in_hand(office: &Office, here: &Neighbourhood) -> String {
    let raised = office.raise(&Actor::visitor(), raising("draft", here.building, "灯坏了")).await.unwrap();
    let command = Triage {
        outcome: Outcome::Public,
        category: "02".to_owned(),
        holder: Holder::Person(Role::CommunityWorker, here.community),
        person: here.worker.account,
        reason: String::new(),
    };
    office.act(&here.worker, raised.ledger, raised.matter, command).await.unwrap();
    let row = matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap();
    format!("/w/xinglin/{}", row.number)
}

/// The marks that the first form of a page carries, as they are sent.
fn marks(page: &str) -> Vec<(String, String)> {
    ["token", "who", "page"]
        .map(|name| {
            let from = format!("name=\"{name}\" value=\"");
            let value = page.split(&from).nth(1).unwrap().split('"').next().unwrap();
            (name.to_owned(), value.to_owned())
        })
        .into()
}

/// Sends a form as the browser that shows a page would, whoever is signed in now.
async fn send(browser: &Browser, path: &str, page: &str, fields: &[(&str, &str)]) -> Answer {
    let marks = marks(page);
    let marks = marks.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let pairs: Vec<String> = marks
        .chain(fields.iter().copied())
        .map(|(name, value)| format!("{name}={}", yishi_web::encoded(value)))
        .collect();
    let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    browser.send(request, Body::from(pairs.join("&"))).await
}

/// The same in parts, with a file at the end.
async fn send_parts(browser: &Browser, path: &str, page: &str, fields: &[(&str, &str)]) -> Answer {
    let mut body = String::new();
    let marks = marks(page);
    let marks = marks.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    for (name, value) in marks.chain(fields.iter().copied()) {
        body.push_str(&format!(
            "--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        ));
    }
    body.push_str(
        "--part\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"a.jpg\"\r\n\r\nnot a photo\r\n--part--\r\n",
    );
    let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=part");
    browser.send(request, Body::from(body)).await
}

const TYPED: &str = "已经修好，<b>请各位</b>看一看";

#[tokio::test(flavor = "multi_thread")]
async fn the_form_is_filled_in_again_for_the_same_account_and_nobody_else() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let page = in_hand(office, &here).await;
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let opened = worker.get(&page).await.body;
        office.end_session(worker.session().unwrap()).await.unwrap();

        // The session is over: to sign in, and back to the form's page.
        let fields = [("answer-text", TYPED), ("answer-word", "师傅来过"), ("password", "secret word")];
        let sent = send_parts(&worker, &format!("{page}/answer"), &opened, &fields).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        assert_eq!(sent.location, format!("/signin?back={page}&typed=kept"));
        let sign_in = visitor.get(&sent.location).await.body;
        assert!(sign_in.contains("同一个账号") && !sign_in.contains("请各位"));

        // Nobody and no other account sees it.
        let colleague = visitor.signed_in(office, &here.colleague).await;
        for other in [&visitor, &colleague] {
            let body = other.get(&page).await.body;
            assert!(!body.contains("请各位") && !body.contains("师傅来过") && !body.contains("填回"));
        }

        // The same account has everything but the photo, with a word about that.
        let again = visitor.signed_in(office, &here.worker).await;
        let filled = again.get(&page).await.body;
        assert!(filled.contains("已经修好，&lt;b&gt;请各位&lt;/b&gt;看一看</textarea>"), "{filled}");
        assert!(filled.contains("师傅来过") && filled.contains("照片要重新选择"));
        assert!(!filled.contains("secret word"));
        let desk = again.get("/desk").await.body;
        assert!(!desk.contains("填回"), "only on its own page");

        // Once it was sent it is gone.
        let done = send_parts(&again, &format!("{page}/answer"), &filled, &[("answer-text", TYPED)]).await;
        assert_eq!(done.status, StatusCode::UNPROCESSABLE_ENTITY, "no photo: told with what was typed");
        assert!(done.body.contains("请各位"));
        let answered = again.post_parts(&format!("{page}/answer"), &[("answer-text", TYPED)]).await;
        assert_eq!(answered.location, page);
        assert!(!again.get(&page).await.body.contains("填回"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signed_in_anew_meanwhile_gets_the_form_back_at_once() {
    let store = stores().await.swap_remove(0);
    let office = &store.office;
    let here = neighbourhood(office).await;
    let page = in_hand(office, &here).await;
    let visitor = Browser::new(office);
    let old = visitor.signed_in(office, &here.worker).await;
    let opened = old.get(&page).await.body;
    let path = format!("{page}/summarise");
    let fields = [("summarise-summary", "三号楼 楼道灯不亮")];

    // Another account is signed in on the same computer: nothing happens, nothing is shown.
    let colleague = visitor.signed_in(office, &here.colleague).await;
    let refused = send(&colleague, &path, &opened, &fields).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.body.contains("另一个账号") && !refused.body.contains("楼道灯不亮"));
    assert!(!colleague.get(&page).await.body.contains("楼道灯不亮"));

    // The same account in a new session: the form again, not carried out.
    let again = visitor.signed_in(office, &here.worker).await;
    let back = send(&again, &path, &opened, &fields).await;
    assert_eq!((back.status, back.location.as_str()), (StatusCode::SEE_OTHER, page.as_str()));
    let filled = again.get(&page).await.body;
    assert!(filled.contains("三号楼 楼道灯不亮</textarea>") && filled.contains("填回"));
    let sent = send(&again, &path, &filled, &fields).await;
    let done = format!("{page}?done=summarise");
    assert_eq!((sent.status, sent.location), (StatusCode::SEE_OTHER, done));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_too_large_to_be_kept_is_told() {
    let store = stores().await.swap_remove(0);
    let office = &store.office;
    let here = neighbourhood(office).await;
    let page = in_hand(office, &here).await;
    let visitor = Browser::new(office);
    let worker = visitor.signed_in(office, &here.worker).await;
    let opened = worker.get(&page).await.body;
    office.end_session(worker.session().unwrap()).await.unwrap();
    let long = "很长的话 ".repeat(8_000);
    let sent = send(&worker, &format!("{page}/summarise"), &opened, &[("summarise-summary", &long)]).await;
    assert_eq!(sent.location, format!("/signin?back={page}&typed=lost"));
    assert!(visitor.get(&sent.location).await.body.contains("没能保留"));
    // A form in which nothing was typed only leads back.
    let empty = send(&worker, &format!("{page}/close"), &opened, &[]).await;
    assert_eq!(empty.location, format!("/signin?back={page}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_led_elsewhere_by_what_a_form_says() {
    let store = stores().await.swap_remove(0);
    let office = &store.office;
    let here = neighbourhood(office).await;
    let page = in_hand(office, &here).await;
    let visitor = Browser::new(office);
    let request = Request::post(format!("{page}/summarise"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let body = "who=x&page=//evil.example&summarise-summary=a+b";
    let sent = visitor.send(request, Body::from(body)).await;
    assert_eq!(sent.location, "/signin?back=/desk&typed=kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_photo_is_taken_before_the_token_has_come() {
    let store = stores().await.swap_remove(0);
    let office = &store.office;
    let here = neighbourhood(office).await;
    let page = in_hand(office, &here).await;
    let worker = Browser::new(office).signed_in(office, &here.worker).await;
    let file = "--part\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"a.jpg\"\r\n\r\nx\r\n";
    let token =
        format!("--part\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{}\r\n", worker.token());
    let post = async |body: String| {
        let request = Request::post(format!("{page}/answer"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=part");
        worker.send(request, Body::from(body)).await
    };
    assert_eq!(post(format!("{file}{token}--part--\r\n")).await.status, StatusCode::FORBIDDEN);
    // In the right order it is taken, and the photo found to be none.
    let answer = post(format!("{token}{file}--part--\r\n")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_was_too_late_keeps_what_they_wrote() {
    let store = stores().await.swap_remove(0);
    let office = &store.office;
    let here = neighbourhood(office).await;
    let page = in_hand(office, &here).await;
    // A resident's account may not do this at all: the page that says so holds the text.
    let keeper = Browser::new(office).signed_in(office, &here.keeper).await;
    let refused = keeper.post(&format!("{page}/summarise"), &[("summarise-summary", "写了 很久")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.body.contains("写了 很久</textarea>"), "{}", refused.body);
}
