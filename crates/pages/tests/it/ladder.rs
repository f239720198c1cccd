//! What a whistle waits for climbs by itself: reminded, pressed, reported to the street's Party
//! committee and to the district, each once and with its day, on the order's pages, on the desk of
//! whoever holds it, and on the street's list.

use super::browser::Browser;
use super::dispatch::in_hand;
use super::meetings::main_of;
use super::scenes::blown;
use yishi_domain::dispatch::{
    Ask, Blow, FollowUp, Order, OrderId, OrderKind, ReportIn, Rung, Send, WhistleKind,
};
use yishi_kernel::{Holder, StreamName};
use yishi_office::Office;
use yishi_office::background::Driver;
use yishi_office::dispatch::reads::order;
use yishi_testkit::neighbourhood::form;
use yishi_testkit::{neighbourhood, stores};

/// The program looks, though it looked a moment ago by the clock of this machine.
async fn look(office: &Office) {
    office.db.execute(vec![("delete from cursor where follower = 'ladder'", Vec::new())]).await.unwrap();
    Driver::OWN.round(office).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_come_climbs_to_the_streets_list_step_by_step_and_each_once() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        Driver::OWN.begin(office).await.unwrap();
        let (id, number) = blown(office, &here, "").await;
        let stream = StreamName::from(id);
        let now =
            async || -> Order { office.load::<Order>(here.community, &stream).await.unwrap().state.unwrap() };
        let visitor = Browser::new(office);
        let public = format!("/c/xinglin/o/{number}");
        let list = "/c/xinglin/ladder";
        assert!(!visitor.get(&public).await.body.contains("逐级督办"));
        for (n, said) in ["催办", "督办", "报街道党（工）委", "报区"].into_iter().enumerate() {
            office.clock.put(now().await.climbs().unwrap());
            look(office).await;
            look(office).await;
            let both: Vec<usize> = now().await.climbed().map(|one| one.rungs.len()).collect();
            assert_eq!(both, [n + 1, n + 1], "each once, for both bodies");
            let shown = visitor.get(&public).await.body;
            assert!(main_of(&shown).contains(&format!("<span class=\"badge late\">{said} ")), "{said}");
            let lamps = visitor.signed_in(office, &here.lamp_officer).await;
            let [desk, page] = [lamps.get("/desk").await, lamps.get(&format!("/w/xinglin/o/{number}")).await];
            assert!(desk.body.contains(said) && page.body.contains("逐级督办"), "{said}");
            let sheet = visitor.get(&format!("{public}/press-sheet")).await.body;
            assert!(main_of(&sheet).contains("督办单") && main_of(&sheet).contains(said), "{said}");
            let listed = visitor.get(list).await.body;
            assert_eq!(listed.contains(&public), n >= 2, "{said}: {}", main_of(&listed));
        }
        assert_eq!(now().await.climbed().next().unwrap().at().unwrap().0, Rung::District);
        // Whoever came is off the list; what it came to stays in the history.
        for officer in [&here.lamp_officer, &here.squad_officer] {
            let come = ReportIn { organisation: None, note: String::new() };
            office.act(officer, here.community, id, come).await.unwrap();
        }
        assert!(!visitor.get(list).await.body.contains(&public));
        assert!(visitor.get(&public).await.body.contains("逐级督办：报区"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn before_the_street_decides_it_sees_what_was_tried_and_where_it_was_talked_over() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, _) = in_hand(office, &here, "").await;
        let (ledger, worker) = (here.community, &here.worker);
        let finish_by = office.now().end_of_day_after(9);
        let send = Send {
            matter: raised.matter,
            kind: OrderKind::Letter,
            item: "repair".to_owned(),
            task: "请修路灯".to_owned(),
            acceptance: "晚上全亮".to_owned(),
            holder: Holder::Organisation(here.lamps),
            person: None,
            finish_by,
        };
        let letter = OrderId(form("tried").id("order"));
        office.start(worker, ledger, letter, send).await.unwrap();
        let note = "电话催过，没有日期".to_owned();
        office.act(worker, ledger, letter, FollowUp { note }).await.unwrap();
        let ask = Ask {
            item: "department".to_owned(),
            whistle: WhistleKind::Hard,
            matter: raised.matter,
            task: "修好南门路灯".to_owned(),
            acceptance: "晚上全亮".to_owned(),
            reason: "电缆归路灯管理所".to_owned(),
            departments: Vec::new(),
            lead: here.lamps,
            finish_by,
        };
        let id = OrderId(form("asked").id("order"));
        office.start(worker, ledger, id, ask).await.unwrap();
        let number = order(&office.db, ledger, id).await.unwrap().unwrap().number;
        let visitor = Browser::new(office);
        let street = visitor.signed_in(office, &here.officer).await;
        let at = format!("/w/xinglin/o/{number}");
        let page = street.get(&at).await.body;
        for part in ["吹哨之前的情况", "共 1 人次反映", "请修路灯", "电话催过，没有日期", "还没有开会议过"]
        {
            assert!(main_of(&page).contains(part), "{part}: {}", main_of(&page));
        }
        // Once it is decided it is history.
        let (whistle, departments) = (WhistleKind::Hard, Vec::new());
        let blow = Blow { whistle, departments, lead: here.lamps, arrive_by: None, finish_by };
        office.act(&here.officer, ledger, id, blow).await.unwrap();
        assert!(!street.get(&at).await.body.contains("吹哨之前的情况"));
    }
}
