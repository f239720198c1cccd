//! What pages say where somebody leaves and where matters are merged: the work is on somebody's
//! desk, and on the page of the matter that goes on.

use super::browser::Browser;
use super::dispatch::in_hand;
use axum::http::StatusCode;
use yishi_domain::dispatch::{OrderId, OrderKind, Send};
use yishi_domain::matters::HandOver;
use yishi_domain::people::GrantRole;
use yishi_domain::places::PlaceKind;
use yishi_kernel::{Actor, Heir, Holder, Role};
use yishi_office::dispatch::reads::order;
use yishi_office::matters::reads::matter;
use yishi_office::people::reads::actor;
use yishi_office::places::NewLedger;
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

/// Where nobody works yet, whoever says something knows that before; the desk above sees to it, and
/// where nobody is there either, the administrator is told until somebody is.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_where_nobody_works_is_seen_to_above_or_told_to_the_administrator() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let new = NewLedger { slug: "liuxi".to_owned(), host: "yishi.local".to_owned() };
        let kind = PlaceKind::Community;
        let empty =
            office.open_place(&here.administrator, here.street, kind, "柳溪社区", Some(new)).await.unwrap();
        let compound =
            office.open_place(&here.administrator, empty, PlaceKind::Compound, "柳溪园", None).await.unwrap();
        let visitor = Browser::new(office);
        let (street, admin) = (
            visitor.signed_in(office, &here.officer).await,
            visitor.signed_in(office, &here.administrator).await,
        );
        // Where somebody works nothing is said.
        let told = visitor.get(&format!("/at/{}/raise", here.building)).await.body;
        assert!(!told.contains("还没有人值班"), "{told}");
        let told = visitor.get(&format!("/at/{compound}/raise")).await.body;
        assert!(told.contains("柳溪社区还没有人值班，由清河街道办理。"), "{told}");
        let raised = office.raise(&Actor::visitor(), raising("m", compound, "灯坏了")).await.unwrap();
        let number = matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap().number;
        let link = format!("/w/liuxi/{number}");
        assert!(street.get("/desk").await.body.contains(&link), "{}", store.engine());
        assert_eq!(street.get(&link).await.status, StatusCode::OK);
        assert!(!admin.get("/desk").await.body.contains("没有人值班 —"));
        let page = admin.get("/admin/desks").await.body;
        assert!(page.contains("柳溪社区") && page.contains("现在由清河街道办理"), "{page}");
        assert!(office.audit().await.unwrap().iter().all(|law| law.holds));

        // The street's officer leaves without anybody after her: then nobody is there.
        let law = async || {
            let all = office.audit().await.unwrap();
            all.into_iter().find(|law| law.law.contains("at a desk")).unwrap()
        };
        let until = office.now().plus_seconds(3_600);
        let grant = GrantRole {
            role: Role::StreetOfficer,
            place: here.street,
            organisation: None,
            from: office.now(),
            until: Some(until),
        };
        let guest = office.open_account(&here.administrator, here.street, "代班", None).await.unwrap();
        office.grant(&here.administrator, guest, grant).await.unwrap();
        office.close_account(&here.administrator, here.officer.account.unwrap(), Heir::Desk).await.unwrap();
        office.clock.put(until.plus_seconds(1));
        assert!(!law().await.holds, "{:?}", law().await);
        let told = visitor.get(&format!("/at/{compound}/raise")).await.body;
        assert!(told.contains("柳溪社区还没有人值班：") && told.contains("目前没有人办理"), "{told}");
        // About the committee it would be the street's, where nobody is either.
        let told = visitor.get(&format!("/at/{}/raise", here.building)).await.body;
        assert!(told.contains("反映居委会的：") && told.contains("清河街道还没有人值班"), "{told}");
        let desk = admin.get("/desk").await.body;
        assert!(desk.contains("没有人值班 — 柳溪社区") && desk.contains("等着办的有 1 件"), "{desk}");

        // Somebody comes, and it is theirs alone.
        let came = office.open_account(&here.administrator, empty, "柳新", None).await.unwrap();
        let grant = GrantRole {
            role: Role::CommunityWorker,
            place: empty,
            organisation: None,
            from: office.now(),
            until: None,
        };
        office.grant(&here.administrator, came, grant).await.unwrap();
        assert!(law().await.holds && !admin.get("/desk").await.body.contains("没有人值班 —"));
        let own = actor(&office.db, came).await.unwrap().unwrap();
        assert!(visitor.signed_in(office, &own).await.get("/desk").await.body.contains(&link));
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
            item: "repair".to_owned(),
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
        assert!(receipt.contains("办理中") && !receipt.contains("已收到，待安排"), "{}", store.engine());
        let order = visitor.get(&format!("/c/xinglin/o/{sent}")).await.body;
        for number in [own, other] {
            assert!(order.contains(&format!("/c/xinglin/m/{number}\"")), "the order leads to {number}");
        }
    }
}
