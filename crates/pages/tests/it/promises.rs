//! Promises made at meetings: entered in one line, on the body's desk with a clock, red past their
//! day wherever they are shown, given a later day only with a reason, kept by the word of two.

use super::browser::Browser;
use super::meetings::{done, hidden, main_of, open, scene, wrong_at};
use axum::http::StatusCode;
use yishi_domain::promises::PromiseStage;
use yishi_kernel::Moment;
use yishi_office::Office;
use yishi_office::promises::reads::{PromiseRow, open as promised};
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

const DAY: i64 = 86_400;

async fn only(office: &Office, here: &Neighbourhood) -> PromiseRow {
    promised(&office.db, here.community, None).await.unwrap().rows.remove(0)
}

fn day(at: Moment) -> String {
    at.date().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_is_red_past_its_day_until_it_is_renewed_and_kept() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let mut scene = scene(office, &here).await;
        let (row, page, _) = open(office, &here, &mut scene).await;
        let keeper = scene.visitor.signed_in(office, &here.keeper).await;
        let friday = office.now().plus_seconds(3 * DAY);

        // Entered on the meeting's page: who, what, by when; what is wrong is told at its field.
        let form = scene.worker.get(&page).await.body;
        let property = here.property.to_string();
        let fields = |what: &'static str, due: String| {
            [
                ("promise-form", hidden(&form, "promise-form").to_owned()),
                ("promise-body", property.clone()),
                ("promise-what", what.to_owned()),
                ("promise-due", due),
            ]
        };
        let sent = async |who: &Browser, fields: &[(&'static str, String)]| {
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            who.post(&format!("{page}/promise"), &fields).await
        };
        let wrong = sent(&scene.worker, &fields("周五前修好门灯", "不知道".to_owned())).await;
        wrong_at(&wrong, &["promise-due"], &["周五前修好门灯"]);
        let right = fields("周五前修好五号楼门灯", day(friday));
        done(&sent(&scene.worker, &right).await);
        done(&sent(&scene.worker, &right).await);
        assert_eq!(promised(&office.db, here.community, None).await.unwrap().rows.len(), 1, "once");
        let made = only(office, &here).await;
        let (public, own) =
            (format!("/c/xinglin/p/{}", made.number), format!("/w/xinglin/p/{}", made.number));

        // It shows at once: for everyone, on the screen, on the body's desk.
        let notice = format!("/c/xinglin/g/{}", row.number);
        let room = format!("{page}/room");
        for (who, path) in [
            (&scene.visitor, notice.as_str()),
            (&scene.visitor, "/c/xinglin/promises"),
            (&scene.visitor, &public),
            (&scene.worker, &room),
            (&keeper, "/desk"),
        ] {
            let body = who.get(path).await.body;
            assert!(body.contains("周五前修好五号楼门灯"), "{path}: {}", main_of(&body));
        }
        let stranger = scene.visitor.signed_in(office, &here.lamp_officer).await;
        assert_eq!(stranger.get(&own).await.status, StatusCode::FORBIDDEN);

        // Past its day it is red: for everyone, on the body's desk and on the community's.
        office.clock.put(friday.plus_seconds(2 * DAY));
        let worker = scene.visitor.signed_in(office, &here.worker).await;
        let colleague = scene.visitor.signed_in(office, &here.colleague).await;
        let keeper = scene.visitor.signed_in(office, &here.keeper).await;
        let list = scene.visitor.get("/c/xinglin/promises").await.body;
        assert!(list.contains("已过期，未兑现") && list.contains("有 1 项已经过期"), "{}", main_of(&list));
        assert!(scene.visitor.get(&notice).await.body.contains("已过期，未兑现"));
        for desk in [&keeper, &worker] {
            let body = desk.get("/desk").await.body;
            let line = body.split("<li").find(|line| line.contains(&format!("{own}\""))).unwrap_or_default();
            assert!(line.contains("late"), "{}", main_of(&body));
        }

        // One tap on the community's desk urges the body, which reads it on its own.
        let desk = worker.get("/desk?tab=urge").await.body;
        assert!(desk.contains(&format!("formaction=\"{own}/urge\"")), "{}", main_of(&desk));
        done(&worker.post(&format!("{own}/urge"), &[]).await);
        assert!(keeper.get("/desk").await.body.contains("催办 1 次"), "{}", store.engine());
        assert!(scene.visitor.get(&public).await.body.contains("催办：请承办方抓紧办"));

        // A later day needs a reason, and is later; the old one stays on show.
        let renewed = office.now().plus_seconds(4 * DAY);
        let renew = async |reason: &str, due: String| {
            keeper.post(&format!("{own}/renew"), &[("renew-reason", reason), ("renew-due", &due)]).await
        };
        wrong_at(&renew("", day(renewed)).await, &["renew-reason"], &[]);
        wrong_at(&renew("配件没到", day(made.day)).await, &["renew-due"], &["配件没到"]);
        done(&renew("配件没到", day(renewed)).await);
        let list = scene.visitor.get("/c/xinglin/promises").await.body;
        assert!(!list.contains("已过期，未兑现") && list.contains("改期 1 次"), "{}", main_of(&list));
        let chain = scene.visitor.get(&public).await.body;
        assert!(chain.contains("配件没到") && chain.contains("在会上表态"), "{}", main_of(&chain));

        // Kept by the word of two: the manager says so, and a worker has looked.
        done(&keeper.post(&format!("{own}/done"), &[("done-note", "门灯换好了，当晚全亮")]).await);
        assert_eq!(keeper.post(&format!("{own}/kept"), &[]).await.status, StatusCode::FORBIDDEN);
        let desk = colleague.get("/desk").await.body;
        assert!(desk.contains("待核实兑现"), "{}", main_of(&desk));
        done(&colleague.post(&format!("{own}/kept"), &[]).await);
        assert!(promised(&office.db, here.community, None).await.unwrap().rows.is_empty());
        let list = scene.visitor.get("/c/xinglin/promises").await.body;
        assert!(
            list.contains("已兑现") && list.contains("改期 1 次"),
            "the renewal stays: {}",
            main_of(&list)
        );
        assert_eq!(made.stage, PromiseStage::Open);
        for desk in [&keeper, &colleague] {
            assert!(!desk.get("/desk").await.body.contains(&own), "nothing waits any more");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_promise_stays_on_show_and_minutes_say_what_was_promised() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let mut scene = scene(office, &here).await;
        let (row, page, _) = open(office, &here, &mut scene).await;
        let keeper = scene.visitor.signed_in(office, &here.keeper).await;
        let due = day(office.now().plus_seconds(3 * DAY));
        let form = keeper.get(&page).await.body;
        let (of_committee, property) = (here.committee.to_string(), here.property.to_string());
        let own = [
            ("promise-form", hidden(&form, "promise-form")),
            ("promise-body", property.as_str()),
            ("promise-what", "周五前清理楼道杂物"),
            ("promise-due", &due),
        ];
        let mut others = own;
        others[1].1 = &of_committee;
        let refused = keeper.post(&format!("{page}/promise"), &others).await;
        assert!(refused.status.is_client_error(), "a body promises for itself: {}", refused.status);
        done(&keeper.post(&format!("{page}/promise"), &own).await);
        let made = only(office, &here).await;
        let path = format!("/w/xinglin/p/{}", made.number);
        done(&scene.worker.post(&format!("{page}/adjourn"), &[("adjourn-reason", "下次再议")]).await);
        let minutes = scene.visitor.get(&format!("/c/xinglin/g/{}/minutes", row.number)).await.body;
        assert!(minutes.contains("安和物业服务公司表态：周五前清理楼道杂物"), "{}", main_of(&minutes));
        done(&scene.worker.post(&format!("{path}/broken"), &[("broken-reason", "公司没有派人来")]).await);
        let again = [("renew-reason", "再给几天"), ("renew-due", &due)];
        let again = keeper.post(&format!("{path}/renew"), &again).await;
        assert!(again.status.is_client_error(), "what has ended stays so");
        let list = scene.visitor.get("/c/xinglin/promises").await.body;
        assert!(list.contains("没有兑现") && list.contains("周五前清理楼道杂物"), "{}", main_of(&list));
        let chain = scene.visitor.get(&format!("/c/xinglin/p/{}", made.number)).await.body;
        assert!(chain.contains("公司没有派人来"), "{}", main_of(&chain));
    }
}
