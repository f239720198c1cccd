//! The inbox: what came to a person, a desk or a body stands there until it was seen, what they did
//! themselves does not, and what falls due comes by the clock. The list for the day, and the days that
//! a calendar program reads by a link that can be ended.

use super::browser::Browser;
use super::dispatch::triage;
use axum::http::StatusCode;
use yishi_domain::dispatch::{Dispute, OrderId, OrderKind, Send};
use yishi_domain::people::RevokeRole;
use yishi_kernel::{Actor, Heir, Holder, HolderKey, Role};
use yishi_office::Office;
use yishi_office::background::Driver;
use yishi_office::paging::Paged;
use yishi_testkit::neighbourhood::{form, raising};
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

/// Follows what was recorded, and looks at the clock once more.
async fn follow(office: &Office) {
    const AGAIN: &str = "delete from cursor where follower in ('inbox-soon', 'inbox-overdue')";
    office.db.execute(vec![(AGAIN, Vec::new())]).await.unwrap();
    Driver::OWN.begin(office).await.unwrap();
    Driver::OWN.round(office).await.unwrap();
}

fn pass(office: &Office, seconds: i64) {
    office.clock.put(office.now().plus_seconds(seconds));
}

async fn news(office: &Office, actor: &Actor) -> Vec<&'static str> {
    let Paged { rows, .. } = office.inbox(actor, None).await.unwrap();
    rows.iter().map(|row| row.news.word()).collect()
}

async fn order(office: &Office, here: &Neighbourhood, word: &str) -> OrderId {
    let raised = office.raise(&Actor::visitor(), raising(word, here.building, "路灯不亮")).await.unwrap();
    triage(office, here, raised.ledger, raised.matter).await;
    let send = Send {
        item: "repair".to_owned(),
        kind: OrderKind::Work,
        matter: raised.matter,
        task: "换路灯".to_owned(),
        acceptance: "全亮".to_owned(),
        holder: Holder::Organisation(here.lamps),
        person: None,
        finish_by: office.now().end_of_day_after(9),
    };
    let id = OrderId(form(word).id("order"));
    office.start(&here.worker, raised.ledger, id, send).await.unwrap();
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_stands_there_until_it_was_seen_and_what_one_did_oneself_does_not() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let lamps = Browser::new(office).signed_in(office, &here.lamp_officer).await;
        assert!(lamps.get("/inbox").await.body.contains("没有新的"));

        // A resident's matter came to the desk; the worker, who sorted it and sent the order, is told
        // nothing of that, and the body that is to do it is.
        let id = order(office, &here, "one").await;
        follow(office).await;
        assert_eq!(office.unseen(&here.lamp_officer).await.unwrap(), 1, "{}", store.engine());
        assert_eq!(news(office, &here.lamp_officer).await, ["assigned"]);
        assert_eq!(news(office, &here.worker).await, [""; 0], "who does it knows it");
        let desk = lamps.get("/desk").await.body;
        assert!(desk.contains("收件箱（1）"), "{desk}");
        let page = lamps.get("/inbox").await.body;
        assert!(page.contains("交给您办") && page.contains("fresh"), "{page}");
        // Seen: it stands there still, and is new no more.
        assert_eq!(office.unseen(&here.lamp_officer).await.unwrap(), 0);
        let again = lamps.get("/inbox").await.body;
        assert!(again.contains("交给您办") && !again.contains("fresh"), "{again}");
        // What somebody has seen is theirs alone, and no moment of looking is kept.
        const KEPT: &str = "select s.upto from inbox_seen s where not exists
             (select 1 from arrival a where a.came = s.upto)";
        assert!(office.db.rows(KEPT, &[]).await.unwrap().is_empty());

        // The body says that it is not theirs: that is news at the desk, where nobody did it.
        let dispute = Dispute { reason: "不归路灯所管，是小区里的灯。".to_owned() };
        office.act(&here.lamp_officer, here.community, id, dispute).await.unwrap();
        pass(office, 5);
        follow(office).await;
        let told = news(office, &here.officer).await;
        let at_desk = news(office, &here.secretary).await;
        assert!(told.contains(&"disputed") || at_desk.contains(&"disputed"), "{told:?} {at_desk:?}");
        // Followed once more, nothing is new: an entry is looked at once.
        let before = office.db.rows("select * from arrival order by 1, 2, 3", &[]).await.unwrap();
        let back = "update cursor set number = 0 where follower = 'inbox'";
        office.db.execute(vec![(back, Vec::new())]).await.unwrap();
        pass(office, 5);
        follow(office).await;
        let after = office.db.rows("select * from arrival order by 1, 2, 3", &[]).await.unwrap();
        assert_eq!(before, after);
    }
}

/// Found by a list of all streams: nobody was told that a scene waits for them.
#[tokio::test(flavor = "multi_thread")]
async fn a_scene_to_sign_and_work_agreed_there_come_to_each_body() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (id, number) = super::scenes::written(office, &here, "news").await;
        follow(office).await;
        let lamps = Browser::new(office).signed_in(office, &here.lamp_officer).await;
        let at = format!("/w/xinglin/x/{number}");
        let page = lamps.get("/inbox").await.body;
        assert!(page.contains(&at) && page.contains("交给您办"), "{}: {page}", store.engine());
        assert!(news(office, &here.squad_officer).await.contains(&"assigned"));
        // Who signs knows it; that another one does not sign, whoever keeps the record should know.
        let sign = yishi_domain::scenes::Sign { body: None };
        office.act(&here.lamp_officer, here.community, id, sign).await.unwrap();
        let refuse = yishi_domain::scenes::Refuse { body: None, reason: "没有占道".to_owned() };
        office.act(&here.squad_officer, here.community, id, refuse).await.unwrap();
        lamps.get("/inbox").await;
        pass(office, 5);
        follow(office).await;
        // All have answered: what was agreed waits for whoever took it on.
        assert_eq!(office.unseen(&here.lamp_officer).await.unwrap(), 1, "{}", store.engine());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_falls_due_comes_by_the_clock_and_the_list_for_the_day_has_it() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        order(office, &here, "due").await;
        follow(office).await;
        let lamps = Browser::new(office).signed_in(office, &here.lamp_officer).await;
        lamps.get("/inbox").await;
        // What is to be done first is reporting in; then it is overdue.
        let due = office.db.rows("select due from duty where kind = 'order'", &[]).await.unwrap();
        let due = due.iter().map(|row| row.int(0).unwrap()).min().unwrap();
        office.clock.put(yishi_kernel::Moment(due).plus_seconds(-3_600));
        follow(office).await;
        assert_eq!(news(office, &here.lamp_officer).await, ["soon"], "{}", store.engine());
        pass(office, 3_700);
        follow(office).await;
        assert_eq!(news(office, &here.lamp_officer).await, ["overdue"]);
        assert_eq!(office.unseen(&here.lamp_officer).await.unwrap(), 1);
        // Whoever was signed in a day ago comes anew.
        let lamps = Browser::new(office).signed_in(office, &here.lamp_officer).await;
        let list = lamps.get("/desk/today").await.body;
        assert!(list.contains("今日清单") && list.contains("已超期（1）"), "{list}");
        assert!(list.contains("print-only") && list.contains("qr"), "{list}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_reads_days_by_its_link_and_nothing_of_anybody() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        order(office, &here, "ical").await;
        let browser = Browser::new(office);
        let staff = browser.signed_in(office, &here.worker).await;
        let desk = HolderKey::desk(here.community);
        let made = staff.post("/inbox/calendars/make", &[("desk", desk.as_str())]).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.body);
        let link = |page: &str| {
            let from = page.find("/calendar/").unwrap();
            let rest = &page[from..];
            rest[..rest.find(".ics").unwrap() + 4].to_owned()
        };
        let first = link(&made.body);
        assert!(!staff.get("/inbox/calendars").await.body.contains("/calendar/"), "it is shown once");
        let kept = office.db.rows("select token from calendar_link", &[]).await.unwrap();
        assert!(!first.contains(kept[0].text(0).unwrap()), "only its digest is kept");

        office.raise(&Actor::visitor(), raising("open", here.stairwells[1], "楼道灯坏了")).await.unwrap();
        let days = browser.get(&first).await;
        assert_eq!(days.status, StatusCode::OK);
        assert_eq!(days.header("content-type"), Some("text/calendar; charset=utf-8"));
        assert_eq!(days.header("cache-control"), Some("no-store"));
        assert!(days.cookie("device").is_none());
        let text = &days.body;
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains("BEGIN:VEVENT") && unfolded.contains("LOCATION:"), "{unfolded}");
        // Nothing finer than a building, and nothing that was said.
        for never in ["楼道灯坏了", "单元"] {
            assert!(!unfolded.contains(never), "{never}: {unfolded}");
        }
        let uid = |text: &str| text.lines().find(|line| line.starts_with("UID:")).unwrap().to_owned();
        assert_eq!(uid(&browser.get(&first).await.body.replace("\r\n ", "")), uid(&unfolded));

        // Made anew the one before ends; a desk that is not theirs has none.
        let second = link(&staff.post("/inbox/calendars/make", &[("desk", desk.as_str())]).await.body);
        assert_eq!(browser.get(&first).await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.get(&second).await.status, StatusCode::OK);
        let street = HolderKey::desk(here.street);
        let not = staff.post("/inbox/calendars/make", &[("desk", street.as_str())]).await;
        assert_eq!(not.status, StatusCode::NOT_FOUND);
        // It ends with the role, and when its owner says so.
        let third = link(&staff.post("/inbox/calendars/make", &[("desk", desk.as_str())]).await.body);
        staff.post("/inbox/calendars/end", &[("desk", desk.as_str())]).await;
        assert_eq!(browser.get(&third).await.status, StatusCode::NOT_FOUND);
        let own = link(&staff.post("/inbox/calendars/make", &[("desk", desk.as_str())]).await.body);
        let account = here.worker.account.unwrap();
        let role = Role::CommunityWorker;
        let revoke = RevokeRole { role, place: here.community, heir: Heir::Desk };
        office.revoke(&here.administrator, account, revoke).await.unwrap();
        assert_eq!(browser.get(&own).await.status, StatusCode::NOT_FOUND);
    }
}
