//! A topic at work: gathering, answering, giving up, and what its forms say when something is
//! wrong. How it goes on to a meeting is told there.

use super::browser::Browser;
use super::meetings::{done, hidden, main_of, wrong_at};
use axum::http::StatusCode;
use yishi_domain::matters::{MatterId, StageKind};
use yishi_domain::topics::TopicStage;
use yishi_kernel::Actor;
use yishi_office::Office;
use yishi_office::matters::reads::matter;
use yishi_office::topics::reads::{TopicRow, topics};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

const NEW: &str = "/w/xinglin/topics/new";

/// Three matters that nobody gathered yet.
async fn raised(office: &Office, here: &Neighbourhood) -> Vec<MatterId> {
    let mut raised = Vec::new();
    for (word, text) in [("lamp", "路灯坏了"), ("lamps", "晚上看不见路"), ("bench", "长椅断了")]
    {
        let one = office.raise(&Actor::visitor(), raising(word, here.building, text)).await.unwrap();
        raised.push(one.matter);
    }
    raised
}

/// A topic of one matter, opened by the form; its page.
async fn opened(worker: &Browser, matter: MatterId) -> String {
    let form = worker.get(NEW).await.body;
    let matter = matter.to_string();
    let fields =
        [("form", hidden(&form, "form")), ("matter", matter.as_str()), ("title", "路灯"), ("category", "02")];
    let opened = worker.post(NEW, &fields).await;
    done(&opened);
    opened.location
}

async fn only(office: &Office, here: &Neighbourhood) -> TopicRow {
    let mut all = topics(&office.db, here.community, None).await.unwrap().rows;
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_says_all_that_is_wrong_and_keeps_what_was_typed() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let raised = raised(office, &here).await;
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let form = worker.get(NEW).await.body;
        let word = hidden(&form, "form");
        let nothing = worker.post(NEW, &[("form", word), ("question", "换灯还是修线")]).await;
        wrong_at(&nothing, &["matter", "title", "category"], &["换灯还是修线", word]);
        let id = raised[0].to_string();
        let odd = [
            ("form", word),
            ("matter", id.as_str()),
            ("title", "找 13800001111"),
            ("question", "打 13800002222"),
            ("category", "no-such"),
        ];
        let odd = worker.post(NEW, &odd).await;
        wrong_at(&odd, &["title", "question", "category"], &["找 13800001111", "打 13800002222", "checked"]);
        assert!(topics(&office.db, here.community, None).await.unwrap().rows.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_topic_gathers_more_answers_everyone_and_is_given_up() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let raised = raised(office, &here).await;
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let page = opened(&worker, raised[0]).await;
        let shown = worker.get(&page).await.body;
        for form in ["answer", "gather", "drop"] {
            assert!(shown.contains(&format!("action=\"{page}/{form}\"")), "{form}: {}", main_of(&shown));
        }
        assert!(!shown.contains(&format!("action=\"{page}/conclude\"")), "nothing is decided");

        wrong_at(&worker.post(&format!("{page}/gather"), &[]).await, &["gather-matter"], &["晚上看不见路"]);
        let second = raised[1].to_string();
        done(&worker.post(&format!("{page}/gather"), &[("gather-matter", second.as_str())]).await);
        assert_eq!(only(office, &here).await.matters, 2);
        let again = worker.post(&format!("{page}/gather"), &[("gather-matter", second.as_str())]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "it is in already");

        let phone = [("answer-text", "请打 13800001111")];
        let phone = worker.post(&format!("{page}/answer"), &phone).await;
        wrong_at(&phone, &["answer-text"], &["请打 13800001111"]);
        done(&worker.post(&format!("{page}/answer"), &[("answer-text", "两盏灯都换好了")]).await);
        for id in &raised[..2] {
            let row = matter(&office.db, here.community, *id).await.unwrap().unwrap();
            assert_eq!(row.stage, StageKind::Answered);
        }
        // Nobody is left to answer, which is about no field; what was typed stays.
        let twice = worker.post(&format!("{page}/answer"), &[("answer-text", "再说一遍")]).await;
        wrong_at(&twice, &[], &["再说一遍"]);
        let early = worker.post(&format!("{page}/conclude"), &[]).await;
        assert_eq!(early.status, StatusCode::CONFLICT);

        wrong_at(&worker.post(&format!("{page}/drop"), &[]).await, &["drop-reason"], &[]);
        done(&worker.post(&format!("{page}/drop"), &[("drop-reason", "都已换好")]).await);
        assert_eq!(only(office, &here).await.stage, TopicStage::Dropped);
        let late = worker.post(&format!("{page}/drop"), &[("drop-reason", "又一次")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.body.contains("又一次"), "what was typed comes back: {}", main_of(&late.body));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_act_is_refused_to_whoever_has_no_right() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let raised = raised(office, &here).await;
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let page = opened(&worker, raised[0]).await;
        let before = only(office, &here).await;
        let second = raised[1].to_string();
        let fields =
            [("gather-matter", second.as_str()), ("answer-text", "换好了"), ("drop-reason", "不议了")];
        let verbs = ["gather", "answer", "drop", "conclude"];
        for verb in verbs {
            let nobody = visitor.post(&format!("{page}/{verb}"), &fields).await;
            assert!(nobody.location.starts_with("/signin?"), "{verb}");
            for who in [&here.steward, &here.keeper, &here.administrator] {
                let browser = visitor.signed_in(office, who).await;
                let answer = browser.post(&format!("{page}/{verb}"), &fields).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{verb}");
            }
        }
        for who in [&here.steward, &here.keeper, &here.administrator] {
            let browser = visitor.signed_in(office, who).await;
            assert_eq!(browser.get(&page).await.status, StatusCode::FORBIDDEN);
            assert_eq!(browser.post(NEW, &fields).await.status, StatusCode::FORBIDDEN);
        }
        let after = only(office, &here).await;
        assert_eq!((after.stage, after.matters), (before.stage, before.matters));
    }
}
