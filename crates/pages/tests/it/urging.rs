//! Urging 催办、督办 from a desk and from a page: who sees which button, what it leads to, that it is
//! not repeated within a day, that it stands out on the other's desk and in the history for everyone.

use super::browser::Browser;
use super::dispatch::in_hand;
use axum::http::StatusCode;
use yishi_domain::dispatch::{Order, OrderId, OrderKind, ReportIn, Send};
use yishi_kernel::{Holder, Moment, Stream as _};
use yishi_office::Office;
use yishi_office::dispatch::reads::order;
use yishi_testkit::neighbourhood::form;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

const DAY: i64 = 86_400;

/// Work that the property company has signed for, to be done in so many days.
async fn work(office: &Office, here: &Neighbourhood, word: &str, days: i64) -> (OrderId, String) {
    let (raised, _) = in_hand(office, here, word).await;
    let send = Send {
        item: "repair".to_owned(),
        kind: OrderKind::Work,
        matter: raised.matter,
        task: "换门灯".to_owned(),
        acceptance: "夜里亮".to_owned(),
        holder: Holder::Organisation(here.property),
        person: None,
        finish_by: office.now().plus_seconds(days * DAY),
    };
    let id = OrderId(form(word).id("order"));
    office.start(&here.worker, here.community, id, send).await.unwrap();
    let sign = ReportIn { organisation: None, note: String::new() };
    office.act(&here.keeper, here.community, id, sign).await.unwrap();
    let number = order(&office.db, here.community, id).await.unwrap().unwrap().number;
    (id, format!("/w/xinglin/o/{number}"))
}

/// The worker, her colleague, the street's officer and the company's manager, signed in at a moment.
async fn at(office: &Office, here: &Neighbourhood, now: Moment) -> [Browser; 4] {
    office.clock.put(now);
    let visitor = Browser::new(office);
    [
        visitor.signed_in(office, &here.worker).await,
        visitor.signed_in(office, &here.colleague).await,
        visitor.signed_in(office, &here.officer).await,
        visitor.signed_in(office, &here.keeper).await,
    ]
}

/// The line of a desk that leads to a page.
fn line<'a>(desk: &'a str, page: &str) -> &'a str {
    let list = desk.split("id=\"list\"").nth(1).unwrap_or_default();
    let one = list.split("<li ").find(|one| one.contains(&format!("href=\"{page}")));
    one.unwrap_or_else(|| panic!("{page}: {desk}"))
}

/// How many things a tab says it has.
fn count(desk: &str, tab: &str) -> usize {
    let tabs = desk.split("class=\"tabs").nth(1).unwrap_or_default().split("</nav>").next().unwrap();
    let one = tabs.split("<a ").find(|one| one.contains(&format!(">{tab} ")));
    let number = one.and_then(|one| one.split("<b>").nth(1)?.split('<').next()?.parse().ok());
    number.unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_tap_on_the_desk_urges_and_the_other_desk_reads_it_first() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (id, page) = work(office, &here, "work", 9).await;
        let visitor = Browser::new(office);
        let loaded = office.load::<Order>(here.community, &id.into()).await.unwrap();
        let due = loaded.must().unwrap().waits()[0].due;

        // While there is time nothing is urged, from neither side.
        let [worker, ..] = at(office, &here, due.plus_seconds(-3 * DAY)).await;
        assert_eq!(count(&worker.get("/desk").await.body, "待催办"), 0);
        assert!(!worker.get(&page).await.body.contains(&format!("{page}/urge")));
        let early = worker.post(&format!("{page}/urge"), &[]).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(early.body.contains("还不用催"), "{}", early.body);

        // On its last day it is there, with the one button that is one's own to press.
        let [worker, colleague, officer, keeper] = at(office, &here, due.plus_seconds(-DAY / 2)).await;
        // The street sees what the worker herself is late with as well.
        for (who, said, there) in [(&worker, ">催办</button>", 1), (&officer, ">督办</button>", 2)] {
            let desk = who.get("/desk?tab=urge").await.body;
            assert_eq!(count(&desk, "待催办"), there, "{desk}");
            let line = line(&desk, &page);
            assert!(line.contains(&format!("formaction=\"{page}/urge\"")) && line.contains(said), "{line}");
            assert!(line.contains("快到期"), "{line}");
            assert!(who.get(&page).await.body.contains(said));
        }
        let tapped = worker.post(&format!("{page}/urge"), &[("page", "/desk?tab=urge")]).await;
        assert_eq!(tapped.status, StatusCode::SEE_OTHER, "{}", tapped.body);
        assert_eq!(tapped.location, "/desk?tab=urge&done=urge");
        let desk = worker.get(&tapped.location).await.body;
        assert!(
            desk.contains("已经催过") && count(&desk, "待催办") == 0 && count(&desk, "已催办") == 1,
            "{desk}"
        );
        let urged = worker.get("/desk?tab=urged").await.body;
        assert!(line(&urged, &page).contains("以后可以再催"), "{urged}");
        // A colleague is told when again; the street is above and has its own word.
        let again = colleague.post(&format!("{page}/urge"), &[]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains("刚催过"), "{}", again.body);
        let pressed = officer.post(&format!("{page}/urge"), &[("page", page.as_str())]).await;
        assert_eq!(pressed.location, format!("{page}?done=urge"), "{}", pressed.body);
        let told = officer.get(&pressed.location).await.body;
        assert!(told.contains("已经催过") && told.contains("/desk/next?after="), "{told}");

        // Whoever holds it reads it in the line; who urged is nobody's to read.
        let theirs = keeper.get("/desk").await.body;
        let line = line(&theirs, &page);
        assert!(line.contains("催办 1 次") && line.contains("上级督办 1 次"), "{line}");
        assert!(!line.contains("formaction"), "nobody urges themselves");
        let public = visitor.get(&page.replace("/w/", "/c/")).await.body;
        assert!(public.contains("催办：请承办方抓紧办") && public.contains("上级督办"), "{public}");
        assert!(!public.contains("沈知秋") && !public.contains("秦望舒"));
        assert_eq!(keeper.post(&format!("{page}/urge"), &[]).await.status, StatusCode::FORBIDDEN);

        // Once its day has passed since, it is urged again at once, and then a day later.
        let [worker, colleague, ..] = at(office, &here, due.plus_seconds(60)).await;
        assert_eq!(count(&worker.get("/desk").await.body, "待催办"), 1);
        let urged = format!("{page}?done=urge");
        assert_eq!(colleague.post(&format!("{page}/urge"), &[("page", &page)]).await.location, urged);
        assert_eq!(
            worker.post(&format!("{page}/urge"), &[]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            store.engine()
        );
        // The clock goes on by a moment each time it is asked.
        let [worker, _, _, keeper] = at(office, &here, due.plus_seconds(120 + DAY)).await;
        assert_eq!(worker.post(&format!("{page}/urge"), &[("page", &page)]).await.location, urged);
        assert!(keeper.get("/desk").await.body.contains("催办 3 次"), "{}", store.engine());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_urged_stands_first_on_the_desk_that_owes_it() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (_, early) = work(office, &here, "early", 9).await;
        let (_, late) = work(office, &here, "late", 10).await;
        office.clock.put(office.now().plus_seconds(11 * DAY));
        let [worker, _, _, keeper] = at(office, &here, office.now()).await;
        let before =
            |desk: &str| desk.find(&format!("href=\"{early}\"")) < desk.find(&format!("href=\"{late}\""));
        assert!(before(&keeper.get("/desk").await.body), "what is due first is first");
        assert_eq!(worker.post(&format!("{late}/urge"), &[]).await.location, "/desk?done=urge");
        assert!(!before(&keeper.get("/desk").await.body), "{}", store.engine());
    }
}
