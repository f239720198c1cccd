//! What pages say where somebody leaves and where matters are merged: the work is on somebody's
//! desk, and on the page of the matter that goes on.

use super::browser::Browser;
use super::dispatch::in_hand;
use axum::http::StatusCode;
use yishi_domain::dispatch::{OrderId, OrderKind, Send};
use yishi_domain::matters::HandOver;
use yishi_kernel::{Actor, Holder, Role};
use yishi_office::dispatch::reads::order;
use yishi_office::matters::reads::matter;
use yishi_testkit::neighbourhood::{form, raising};
use yishi_testkit::{neighbourhood, stores};

#[tokio::test(flavor = "multi_thread")]
async fn what_a_former_worker_held_is_on_a_colleagues_desk_and_not_on_theirs() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, number) = in_hand(office, &here, "left").await;
        let give = HandOver {
            holder: Holder::Person(Role::CommunityWorker, here.community),
            person: here.colleague.account,
            reason: "转办".to_owned(),
        };
        office.act(&here.worker, raised.ledger, raised.matter, give).await.unwrap();
        let visitor = Browser::new(office);
        let (worker, former) =
            (visitor.signed_in(office, &here.worker).await, visitor.signed_in(office, &here.colleague).await);
        let admin = visitor.signed_in(office, &here.administrator).await;
        let link = format!("/w/xinglin/{number}");
        assert!(!worker.get("/desk").await.body.contains(&link));
        assert!(former.get("/desk").await.body.contains(&link));

        let people = format!("/admin/places/{}/people", here.community);
        let page = admin.get(&people).await.body;
        assert!(page.contains("手上还有 1 件未办"), "whoever takes the role back is told");
        let account = here.colleague.account.unwrap().to_string();
        let at = here.community.to_string();
        let fields = [("account", account.as_str()), ("role", "community_worker"), ("at", &at)];
        let wrong = [&fields[..], &[("heir", "person/nobody")]].concat();
        assert_eq!(
            admin.post(&format!("{people}/revoke"), &wrong).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(admin.post(&format!("{people}/revoke"), &fields).await.status, StatusCode::SEE_OTHER);

        assert!(worker.get("/desk").await.body.contains(&link), "{}", store.engine());
        assert!(!former.get("/desk").await.body.contains(&link));
        let public = visitor.get(&format!("/c/xinglin/m/{number}")).await.body;
        assert!(public.contains("原承办人离任"));
        let page = admin.get(&people).await.body;
        assert!(!page.contains("手上还有"));

        // The others cannot leave the desk empty, and are told what to do.
        let account = here.worker.account.unwrap().to_string();
        let fields = [("account", account.as_str()), ("role", "community_worker"), ("at", &at)];
        assert_eq!(admin.post(&format!("{people}/revoke"), &fields).await.status, StatusCode::SEE_OTHER);
        let account = here.secretary.account.unwrap().to_string();
        let fields = [("account", account.as_str()), ("role", "community_secretary"), ("at", &at)];
        let last = admin.post(&format!("{people}/revoke"), &fields).await;
        assert_eq!(last.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", last.body);
        assert!(last.body.contains("请先任命接任的人"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merged_matters_order_stands_on_both_pages_of_the_one_that_goes_on() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (x, _) = in_hand(office, &here, "x").await;
        let y = office.raise(&Actor::visitor(), raising("y", here.building, "也不亮")).await.unwrap();
        let other = matter(&office.db, y.ledger, y.matter).await.unwrap().unwrap().number;
        let id = OrderId(form("order-x").id("order"));
        let send = Send {
            matter: x.matter,
            kind: OrderKind::Work,
            task: "换灯。".to_owned(),
            acceptance: "亮了".to_owned(),
            holder: Holder::Organisation(here.property),
            person: None,
            finish_by: office.now().plus_seconds(864_000),
        };
        office.start(&here.worker, x.ledger, id, send).await.unwrap();
        let sent = order(&office.db, x.ledger, id).await.unwrap().unwrap().number;
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let own = matter(&office.db, x.ledger, x.matter).await.unwrap().unwrap().number;
        let merged =
            worker.post(&format!("/w/xinglin/{own}/merge"), &[("merge-into", &other.to_string())]).await;
        assert_eq!(merged.status, StatusCode::SEE_OTHER, "{}", merged.body);
        assert!(
            worker.get(&format!("/w/xinglin/{other}")).await.body.contains(&format!("/w/xinglin/o/{sent}"))
        );
        let public = visitor.get(&format!("/c/xinglin/m/{other}")).await.body;
        assert!(public.contains(&format!("/c/xinglin/o/{sent}")) && public.contains("办理中"));
        let receipt = visitor.get(&format!("/r/xinglin/{}", x.secret)).await.body;
        assert!(receipt.contains("办理中") && !receipt.contains("已说，待分流"), "{}", store.engine());
        let order = visitor.get(&format!("/c/xinglin/o/{sent}")).await.body;
        for number in [own, other] {
            assert!(order.contains(&format!("/c/xinglin/m/{number}\"")), "the order leads to {number}");
        }
    }
}
