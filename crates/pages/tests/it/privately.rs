//! What is for some only reaches those and nobody else: words to those who asked, what a body
//! reads while it holds something, and who says whether it helped.

use super::browser::Browser;
use super::dispatch::{in_hand, triage};
use super::meetings::done;
use axum::http::StatusCode;
use yishi_domain::evaluation::{CallBack, CallWay, Contacted, Evaluate, Evaluation, Satisfaction, Solved};
use yishi_domain::matters::{Answer, Matter, MergeInto, Outcome, StageKind, Triage};
use yishi_kernel::{Actor, Claim, Holder};
use yishi_office::Office;
use yishi_office::matters::RaisedMatter;
use yishi_office::matters::reads::{BoardFilter, board, matter, receipts};
use yishi_testkit::neighbourhood::{joining, raising};
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

const FORM: &str = "0190a1b2c3d43456789abcdefghjkmnpqrstuv";

fn said(text: &str, word: &str) -> Answer {
    Answer { text: text.to_owned(), word: word.to_owned(), photos: vec![] }
}

async fn answer(office: &Office, here: &Neighbourhood, of: &RaisedMatter, text: &str, word: &str) {
    office.act(&here.worker, of.ledger, of.matter, said(text, word)).await.unwrap();
}

fn not_solved() -> Evaluation {
    Evaluation { solved: Solved::No, satisfaction: Satisfaction::Not, comment: String::new() }
}

async fn page(office: &Office, of: &RaisedMatter) -> String {
    Browser::new(office).get(&format!("/r/xinglin/{}", of.secret)).await.body
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_joins_after_the_answer_reads_it_and_raises_what_is_new() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, number) = in_hand(office, &here, "late").await;
        let (early, _) =
            office.join(&Actor::visitor(), raised.ledger, raised.matter, joining("early")).await.unwrap();
        answer(office, &here, &raised, "灯换好了", "谢谢两位提醒").await;
        let (late, _) =
            office.join(&Actor::visitor(), raised.ledger, raised.matter, joining("stranger")).await.unwrap();

        for of in [&raised, &early] {
            let page = page(office, of).await;
            assert!(page.contains("谢谢两位提醒") && page.contains("id=\"evaluate\""), "{page}");
        }
        let shown = page(office, &late).await;
        assert!(
            shown.contains("灯换好了") && !shown.contains("谢谢两位") && !shown.contains("id=\"evaluate\"")
        );
        let visitor = Browser::new(office);
        let no = [("solved", "no"), ("satisfaction", "not")];
        let refused = visitor.post(&format!("/r/xinglin/{}/evaluate", late.secret), &no).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        let row = matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap();
        assert_eq!(row.stage, StageKind::Answered);
        // Nobody is to call them back about it, nor waits for them.
        let colleague = visitor.signed_in(office, &here.colleague).await;
        let owed = colleague.get("/w/xinglin/owed").await.body;
        assert_eq!(owed.matches("/callback/").count(), 2, "{owed}");

        // What is new is a matter of its own, and both say so.
        let way = format!("/at/{}/raise?after={number}", row.place);
        assert!(shown.contains(&way), "{shown}");
        let form = visitor.get(&way).await.body;
        assert!(form.contains(&format!("name=\"after\" value=\"{number}\"")), "{form}");
        let number = number.to_string();
        let fresh = [("form", FORM), ("text", "又不亮了"), ("after", number.as_str())];
        done(&visitor.post_files(&format!("/at/{}/raise", row.place), &fresh, &[]).await);
        let new = board(&office.db, here.community, &BoardFilter::default()).await.unwrap().rows.remove(0);
        let chain = visitor.get(&format!("/c/xinglin/m/{}", new.number)).await.body;
        assert!(chain.contains(&format!("/c/xinglin/m/{number}")), "{chain}");
        let odd = [("form", FORM), ("text", "又不亮了"), ("after", "999999"), ("again", "new")];
        let odd = visitor.post_files(&format!("/at/{}/raise", row.place), &odd, &[]).await;
        assert_eq!(odd.status, StatusCode::NOT_FOUND);

        // Those who had asked close it with what they say, without the one who came later.
        for of in [&raised, &early] {
            let yes = Evaluation { solved: Solved::Yes, ..not_solved() };
            let holder = Actor::visitor().showing(Claim::Receipt);
            office
                .act(&holder, of.ledger, of.receipt, Evaluate { said: yes, contacted: None })
                .await
                .unwrap();
        }
        let close = yishi_domain::matters::Close;
        office.act(&here.worker, raised.ledger, raised.matter, close).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_for_several_tells_nothing_of_one_of_them_and_for_one_it_may() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, number) = in_hand(office, &here, "word").await;
        office.join(&Actor::visitor(), raised.ledger, raised.matter, joining("word-2")).await.unwrap();
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let path = format!("/w/xinglin/{number}/answer");
        let word = "已打您的电话 13800001111";
        let wrong = worker.post_parts(&path, &[("answer-text", "换好了"), ("answer-word", word)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        for told in ["href=\"#answer-word\"", "13800001111", "2 张回执"] {
            assert!(wrong.body.contains(told), "{told}: {}", wrong.body);
        }
        done(&worker.post_parts(&path, &[("answer-text", "换好了"), ("answer-word", "谢谢大家")]).await);
        let (alone, number) = in_hand(office, &here, "alone").await;
        let path = format!("/w/xinglin/{number}/answer");
        done(&worker.post_parts(&path, &[("answer-text", "换好了"), ("answer-word", word)]).await);
        assert!(page(office, &alone).await.contains("13800001111"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_merged_in_reads_the_answers_and_not_what_a_neighbour_wrote() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (root, _) = in_hand(office, &here, "root").await;
        answer(office, &here, &root, "先换了灯泡", "单独说给第一位").await;
        let holder = Actor::visitor().showing(Claim::Receipt);
        office
            .act(&holder, root.ledger, root.receipt, Evaluate { said: not_solved(), contacted: None })
            .await
            .unwrap();
        let member = office
            .raise(&Actor::visitor(), raising("member", here.building, "楼道黑，我母亲摔了"))
            .await
            .unwrap();
        office.act(&here.worker, root.ledger, member.matter, MergeInto { into: root.matter }).await.unwrap();
        answer(office, &here, &root, "又换了线", "说给两位").await;
        let shown = page(office, &member).await;
        for (text, told) in [
            ("先换了灯泡", true),
            ("又换了线", true),
            ("说给两位", true),
            ("我母亲摔了", true),
            ("单独说给第一位", false),
            ("南门路灯不亮", false),
        ] {
            assert_eq!(shown.contains(text), told, "{text}: {shown}");
        }
        let first = page(office, &root).await;
        assert!(first.contains("单独说给第一位") && !first.contains("我母亲摔了"), "{first}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_reads_what_it_holds_until_it_has_answered() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let raised =
            office.raise(&Actor::visitor(), raising("body", here.building, "门禁坏了")).await.unwrap();
        let to_property = Triage {
            outcome: Outcome::Public,
            category: "02".to_owned(),
            holder: Holder::Organisation(here.property),
            person: None,
            reason: String::new(),
        };
        office.act(&here.worker, raised.ledger, raised.matter, to_property).await.unwrap();
        let number = matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap().number;
        let (page, keeper) = (format!("/w/xinglin/{number}"), Browser::new(office));
        let keeper = keeper.signed_in(office, &here.keeper).await;
        assert!(keeper.get(&page).await.body.contains("门禁坏了"));
        let answer = [("answer-text", "门禁修好了"), ("answer-word", "")];
        let sent = keeper.post_parts(&format!("{page}/answer"), &answer).await;
        assert_eq!((sent.status, sent.location.as_str()), (StatusCode::SEE_OTHER, "/desk?passed"));
        assert!(keeper.get("/desk?passed").await.body.contains("页面不再对您开放"));
        let over = keeper.get(&page).await;
        assert!(over.status.is_client_error() && !over.body.contains("门禁坏了"), "{}", over.body);
        // Found wanting, it is theirs again.
        let holder = Actor::visitor().showing(Claim::Receipt);
        office
            .act(&holder, raised.ledger, raised.receipt, Evaluate { said: not_solved(), contacted: None })
            .await
            .unwrap();
        assert!(keeper.get(&page).await.body.contains("门禁坏了"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_worker_opened_for_a_neighbour_is_heard_by_a_colleague() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let path = format!("/stairwell/{}/raise", here.stairwells[1]);
        let fields = [("form", FORM), ("text", "门口消防栓滴水"), ("home", ""), ("consent", "yes")];
        let paper = worker.post_files(&path, &fields, &[]).await;
        done(&paper);
        assert!(worker.get(&paper.location).await.body.contains("由没有经办的同事来问您"));
        let secret = paper.location.rsplit('/').next().unwrap().to_owned();
        let row = board(&office.db, here.community, &BoardFilter::default()).await.unwrap().rows.remove(0);
        triage(office, &here, row.ledger, row.id).await;
        office.act(&here.worker, row.ledger, row.id, said("换了阀门", "")).await.unwrap();

        // Signed out, with the link that they printed.
        let anybody = Browser::new(office);
        let link = format!("/r/xinglin/{secret}");
        let shown = anybody.get(&link).await.body;
        assert!(shown.contains("换了阀门") && !shown.contains("id=\"evaluate\""), "{shown}");
        let yes = [("solved", "yes"), ("satisfaction", "satisfied")];
        assert_eq!(anybody.post(&format!("{link}/evaluate"), &yes).await.status, StatusCode::CONFLICT);
        let receipt = receipts(&office.db, row.ledger, row.id, None).await.unwrap().rows.remove(0);
        assert_eq!(receipt.evaluation, None);
        let call = CallBack::said(
            CallWay::Telephone,
            Contacted::Yes,
            Evaluation { solved: Solved::Yes, ..not_solved() },
        );
        assert!(office.act(&here.worker, row.ledger, receipt.id, call.clone()).await.is_err());
        office.act(&here.colleague, row.ledger, receipt.id, call).await.unwrap();
        let closed = office.load::<Matter>(row.ledger, &row.id.into()).await.unwrap();
        assert_eq!(closed.get().unwrap().stage(), StageKind::Answered);
        let work = worker.get(&format!("/w/xinglin/{}", row.number)).await.body;
        assert!(work.contains("由工作人员代为反映"), "marked: {work}");
    }
}
