//! A receipt: evaluating what was answered, saying more, taking it back, and finding a matter by the
//! number on it. How one comes back to it without its link is in `lost`.

use super::browser::{Browser, photo};
use super::dispatch::in_hand;
use super::meetings::done;
use axum::http::StatusCode;
use yishi_domain::matters::{Answer, Matter, StageKind};
use yishi_kernel::Actor;
use yishi_office::matters::reads::{BoardFilter, board, matter};
use yishi_testkit::neighbourhood::{joining, raising};
use yishi_testkit::{neighbourhood, stores};

#[tokio::test(flavor = "multi_thread")]
async fn an_evaluation_is_one_tap_and_what_else_one_likes_to_say() {
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
        assert!(wrong.body.contains("href=\"#solved\"") && wrong.body.contains("id=\"solved-error\""));
        // One tap, and then the rest, which nobody has to give.
        let two = browser.get(&page).await.body;
        let tapped = format!("{page}?solved=yes#evaluate");
        assert!(
            two.contains(&format!("href=\"{tapped}\"")) && !two.contains("name=\"satisfaction\""),
            "{two}"
        );
        let rest = browser.get(&format!("{page}?solved=yes")).await.body;
        assert!(rest.contains("name=\"solved\" value=\"yes\"") && rest.contains("name=\"satisfaction\""));
        assert!(!rest.contains("required"), "no one has to say how content they are");
        let done = browser.post(&path, &right).await;
        assert_eq!((done.status, done.location.clone()), (StatusCode::SEE_OTHER, format!("{page}?thanks")));
        let shown = browser.get(&done.location).await.body;
        assert!(shown.contains("谢谢您的评价！") && !shown.contains("id=\"evaluate\""), "{shown}");
        assert!(shown.contains("您写的：谢谢"), "what was written is shown back: {shown}");
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

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_solved_is_taken_up_again_and_the_page_says_so_on_top() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, _) = in_hand(office, &here, "again").await;
        let answer = Answer { text: "换好了。".to_owned(), word: String::new(), photos: vec![] };
        office.act(&here.worker, raised.ledger, raised.matter, answer).await.unwrap();
        let browser = Browser::new(office);
        let page = format!("/r/xinglin/{}", raised.secret);
        let said = browser.post(&format!("{page}/evaluate"), &[("solved", "no")]).await;
        assert_eq!(said.location, format!("{page}?again"), "{}", said.body);
        let shown = browser.get(&said.location).await.body;
        let banner = shown.find("已重新交办").unwrap();
        assert!(banner < shown.find("<h1>").unwrap() && shown.contains("前再答复您"), "{shown}");
        // The state comes first, then the answer, then what can be done, then all the rest.
        let order = [
            "class=\"state bits\"",
            "换好了。",
            "补一张照片或一句话",
            "不用办了",
            "class=\"chain\"",
            "class=\"receipt\"",
        ];
        let places: Vec<usize> = order.iter().map(|part| shown.find(part).unwrap()).collect();
        assert!(places.is_sorted(), "{places:?} {shown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sentence_and_a_photo_are_added_by_who_raised_it_and_once() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, number) = in_hand(office, &here, "more").await;
        let (joined, _) =
            office.join(&Actor::visitor(), raised.ledger, raised.matter, joining("also")).await.unwrap();
        let browser = Browser::new(office);
        let page = format!("/r/xinglin/{}", raised.secret);
        let nothing = browser.post_files(&format!("{page}/add"), &[("add-text", "")], &[]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nothing.body.contains("id=\"add-text-error\""), "{}", nothing.body);
        for _ in 0..2 {
            let more = [("add-text", "二楼也不亮了")];
            let sent = browser.post_files(&format!("{page}/add"), &more, &[photo(7)]).await;
            assert_eq!(sent.location, format!("{page}?added"), "{}", sent.body);
        }
        let shown = browser.get(&format!("{page}?added")).await.body;
        assert_eq!(shown.matches("二楼也不亮了").count(), 1, "{shown}");
        assert!(shown.contains("说事人补充了情况") && shown.contains("/photo/"), "{shown}");
        let worker = browser.signed_in(office, &here.worker).await;
        assert!(worker.get(&format!("/w/xinglin/{number}")).await.body.contains("二楼也不亮了"));
        // Whoever joined says what is new as a matter of its own.
        let page = format!("/r/xinglin/{}", joined.secret);
        let shown = browser.get(&page).await.body;
        assert!(!shown.contains(&format!("{page}/add")) && !shown.contains("二楼也不亮了"), "{shown}");
        let refused = browser.post_files(&format!("{page}/add"), &[("add-text", "我也看见了")], &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_works_on_ends_when_all_have_taken_it_back_and_leaves_the_board() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let raised = office.raise(&Actor::visitor(), raising("back", here.building, "灯坏了")).await.unwrap();
        let (joined, _) =
            office.join(&Actor::visitor(), raised.ledger, raised.matter, joining("back-2")).await.unwrap();
        let number = matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap().number;
        let browser = Browser::new(office);
        let take_back = async |secret: &str| {
            let page = format!("/r/xinglin/{secret}");
            let sent = browser.post(&format!("{page}/withdraw"), &[]).await;
            assert_eq!(sent.location, format!("{page}?withdrawn"), "{}", sent.body);
            browser.get(&sent.location).await.body
        };
        let shown = take_back(&raised.secret).await;
        assert!(shown.contains("您已撤回") && shown.contains("不再打扰您"), "{shown}");
        let page = format!("/r/xinglin/{}", raised.secret);
        assert!(!shown.contains(&format!("{page}/withdraw")) && !shown.contains(&format!("{page}/add")));
        assert_eq!(browser.post(&format!("{page}/withdraw"), &[]).await.status, StatusCode::CONFLICT);
        let listed =
            async || board(&office.db, here.community, &BoardFilter::default()).await.unwrap().rows.len();
        assert_eq!(listed().await, 1, "somebody else stands behind it");
        let worker = browser.signed_in(office, &here.worker).await;
        let work = worker.get(&format!("/w/xinglin/{number}")).await.body;
        assert!(work.contains("您已撤回") || work.contains("已撤回"), "{work}");

        take_back(&joined.secret).await;
        assert_eq!(listed().await, 0);
        let of = office.load::<Matter>(raised.ledger, &raised.matter.into()).await.unwrap();
        assert!(of.get().unwrap().is_withdrawn());
        let public = browser.get(&format!("/c/xinglin/m/{number}")).await.body;
        assert!(public.contains("提出人撤回") && !public.contains("/join"), "{public}");
        for law in office.audit().await.unwrap() {
            assert!(law.holds, "{law:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_hand_is_finished_and_asks_nobody_who_took_it_back() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, number) = in_hand(office, &here, "goes-on").await;
        let browser = Browser::new(office);
        let page = format!("/r/xinglin/{}", raised.secret);
        done(&browser.post(&format!("{page}/withdraw"), &[]).await);
        let answer = Answer { text: "换好了。".to_owned(), word: String::new(), photos: vec![] };
        office.act(&here.worker, raised.ledger, raised.matter, answer).await.unwrap();
        let shown = browser.get(&page).await.body;
        assert!(shown.contains("换好了。") && !shown.contains("id=\"evaluate\""), "{shown}");
        let colleague = browser.signed_in(office, &here.colleague).await;
        let owed = colleague.get("/w/xinglin/owed").await.body;
        assert!(!owed.contains("/callback/"), "nobody calls them: {owed}");
        let call = colleague.get(&format!("/w/xinglin/{number}/callback/{}", raised.receipt)).await;
        assert_eq!(call.status, StatusCode::NOT_FOUND);
        office.act(&here.worker, raised.ledger, raised.matter, yishi_domain::matters::Close).await.unwrap();
        let of = office.load::<Matter>(raised.ledger, &raised.matter.into()).await.unwrap();
        assert_eq!(of.get().unwrap().stage(), StageKind::Closed);
        for law in office.audit().await.unwrap() {
            assert!(law.holds, "{law:?}");
        }
    }
}
