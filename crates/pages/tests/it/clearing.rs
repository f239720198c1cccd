//! Clearing runs on both stores: all that is open is taken in, what happens to a thing marks it by
//! itself, nothing is signed while something is unmarked, and the next run says what was kept.

use super::browser::Browser;
use super::meetings::{done, hidden, main_of, wrong_at};
use axum::http::StatusCode;
use yishi_domain::clearing::{Finish, Open, Outcome, RunId};
use yishi_domain::matters::{Answer, Close, Extend, MatterId, Outcome as Sorted, Triage};
use yishi_kernel::{Actor, Holder};
use yishi_office::Office;
use yishi_office::background::Driver;
use yishi_office::clearing::reads::{ItemRow, RunRow, all_items, open, runs};
use yishi_testkit::neighbourhood::{form, raising};
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

const DAY: i64 = 86_400;

/// The numbers of a run that is open and of one of its items.
pub async fn begun(office: &Office, here: &Neighbourhood, word: &str) -> [i64; 2] {
    let run = RunId(form(word).id("clearing"));
    office.start(&here.secretary, here.community, run, Open).await.unwrap();
    let row = open(&office.db, here.community).await.unwrap().unwrap();
    [row.number, all_items(&office.db, here.community, row.id).await.unwrap()[0].number]
}

async fn sorted(office: &Office, here: &Neighbourhood, word: &str) -> MatterId {
    let raised = office.raise(&Actor::visitor(), raising(word, here.building, "灯不亮")).await.unwrap();
    let triage = Triage {
        outcome: Sorted::Public,
        category: "02".to_owned(),
        holder: Holder::Desk(here.community),
        person: None,
        reason: String::new(),
    };
    office.act(&here.worker, raised.ledger, raised.matter, triage).await.unwrap();
    raised.matter
}

async fn now_running(office: &Office, here: &Neighbourhood) -> (RunRow, Vec<ItemRow>) {
    Driver::OWN.round(office).await.unwrap();
    let row = runs(&office.db, here.community, None).await.unwrap().rows.remove(0);
    let items = all_items(&office.db, here.community, row.id).await.unwrap();
    (row, items)
}

#[tokio::test(flavor = "multi_thread")]
async fn several_of_one_holder_are_marked_at_once_and_nothing_that_is_overdue() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        Driver::OWN.begin(office).await.unwrap();
        let mut all = Vec::new();
        for word in ["one", "two", "three"] {
            all.push(sorted(office, &here, word).await);
        }
        let run = begun(office, &here, "several").await[0];
        let at = format!("/w/xinglin/k/{run}");
        let (_, items) = now_running(office, &here).await;
        let id = |of: MatterId| {
            let own = items.iter().find(|item| item.thing == format!("matter/{of}"));
            own.unwrap().id.to_string()
        };
        let ids: Vec<String> = all.iter().map(|of| id(*of)).collect();
        let browser = Browser::new(office);
        let worker = browser.signed_in(office, &here.worker).await;
        let lamps = browser.signed_in(office, &here.lamp_officer).await;

        // One form for the holder, in which each can be ticked.
        let page = worker.get(&at).await.body;
        let path = format!("{at}/on-track");
        assert!(page.contains(&path) && ids.iter().all(|id| page.contains(id)), "{}", main_of(&page));
        let nth = page.split("name=\"track-nth\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let (of_items, of_next) = (format!("track-{nth}-items"), format!("track-{nth}-next"));
        let fields = |ids: &[&String], next: &str| -> Vec<(String, String)> {
            let ticked = ids.iter().map(|id| (of_items.clone(), (*id).clone()));
            let rest = [("track-nth".to_owned(), nth.to_owned()), (of_next.clone(), next.to_owned())];
            ticked.chain(rest).collect()
        };
        async fn send(
            browser: &Browser,
            path: &str,
            fields: Vec<(String, String)>,
        ) -> super::browser::Answer {
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            browser.post(path, &fields).await
        }
        assert_eq!(send(&lamps, &path, fields(&[&ids[0]], "周四进场")).await.status, StatusCode::FORBIDDEN);
        let silent = send(&worker, &path, fields(&[&ids[0], &ids[1]], "")).await;
        wrong_at(&silent, &[&of_next], &[]);
        wrong_at(&send(&worker, &path, fields(&[], "周四进场")).await, &[&of_items], &["周四进场"]);

        // Each is an entry of its own, by whoever sent it.
        let sent = send(&worker, &path, fields(&[&ids[0], &ids[1]], "周四进场")).await;
        assert_eq!(sent.location, format!("{at}#left"), "{}", main_of(&sent.body));
        let (_, marked) = now_running(office, &here).await;
        let said = |n: usize| marked.iter().find(|item| item.id.to_string() == ids[n]).unwrap().said.clone();
        assert_eq!(
            [said(0), said(1), said(2)],
            [Some("周四进场".to_owned()), Some("周四进场".to_owned()), None]
        );

        // What became overdue cannot be ticked, nor is it taken.
        office.clock.put(office.now().plus_seconds(30 * DAY));
        let worker = browser.signed_in(office, &here.worker).await;
        assert!(!worker.get(&at).await.body.contains(&path), "nothing is left that could be ticked");
        let late = send(&worker, &path, fields(&[&ids[2]], "周四进场")).await;
        assert!(late.body.contains("不能记为按期在办"), "{}", main_of(&late.body));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_signed_once_something_became_of_each_and_the_next_one_says_what_was_kept() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        Driver::OWN.begin(office).await.unwrap();
        let [closed, put_off, later, late] = [
            sorted(office, &here, "closed").await,
            sorted(office, &here, "put-off").await,
            sorted(office, &here, "later").await,
            sorted(office, &here, "late").await,
        ];
        let visitor = Browser::new(office);
        let secretary = visitor.signed_in(office, &here.secretary).await;
        let worker = visitor.signed_in(office, &here.worker).await;

        // It begins by one press, and the same press is one run.
        let page = secretary.get("/w/xinglin/clearing").await.body;
        let fields = [("form", hidden(&page, "form"))];
        let begun = secretary.post("/w/xinglin/clearing", &fields).await;
        done(&begun);
        assert_eq!(secretary.post("/w/xinglin/clearing", &fields).await.location, begun.location);
        let (row, items) = now_running(office, &here).await;
        let run = format!("/w/xinglin/k/{}", row.number);
        assert_eq!((items.len(), row.items), (4, 4));
        let item = |of: MatterId| {
            let own = items.iter().find(|item| item.thing == format!("matter/{of}")).unwrap();
            format!("/w/xinglin/ki/{}", own.number)
        };
        assert_eq!(worker.post("/w/xinglin/clearing", &fields).await.status, StatusCode::FORBIDDEN);
        assert!(secretary.get("/desk").await.body.contains(&run), "it waits on the secretary's desk");

        // It is not signed while something is unmarked, and says how many.
        let told = secretary.post(&format!("{run}/finish"), &[]).await;
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", main_of(&told.body));
        assert!(told.body.contains("还有 4 件"), "{}", main_of(&told.body));

        // What happens to a thing marks it by itself.
        let (worker_of, ledger) = (&here.worker, here.community);
        let answer = Answer { text: "修好了".to_owned(), word: String::new(), photos: Vec::new() };
        office.act(worker_of, ledger, closed, answer).await.unwrap();
        let due = office.now().plus_seconds(20 * DAY);
        let extend = Extend { reason: "配件没有到".to_owned(), due };
        office.act(worker_of, ledger, put_off, extend).await.unwrap();
        // What is not due yet gets a line, with its day as it is.
        done(&worker.post(&format!("{}/on-track", item(later)), &[("on-track-next", "周四进场")]).await);
        let (_, marked) = now_running(office, &here).await;
        let became = |of: MatterId| {
            let own = marked.iter().find(|item| item.thing == format!("matter/{of}")).unwrap();
            own.outcome.map(|(outcome, _)| outcome)
        };
        assert_eq!(became(closed), Some(Outcome::Advanced), "answered, and evaluated next");
        assert_eq!(became(put_off), Some(Outcome::Extended));
        assert_eq!((became(later), became(late)), (Some(Outcome::OnTrack), None));

        // What is overdue is not on track; it goes up, and the street has it on its desk.
        office.clock.put(office.now().plus_seconds(8 * DAY));
        let secretary = visitor.signed_in(office, &here.secretary).await;
        let worker = visitor.signed_in(office, &here.worker).await;
        let told = worker.post(&format!("{}/on-track", item(late)), &[("on-track-next", "在办")]).await;
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(told.body.contains("不能记为按期在办"), "{}", main_of(&told.body));
        let lift = [("lift-reason", "产权不清，社区协调不动")];
        done(&worker.post(&format!("{}/lift", item(late)), &lift).await);
        let officer = visitor.signed_in(office, &here.officer).await;
        assert!(officer.get("/desk").await.body.contains(&item(late)), "it waits at the street");
        // The day of what was on track came meanwhile: that is told, and it is seen to.
        let told = secretary.post(&format!("{run}/finish"), &[]).await;
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", main_of(&told.body));
        done(&worker.post(&format!("{}/lift", item(later)), &lift).await);
        office.act(worker_of, ledger, closed, Close).await.unwrap();
        now_running(office, &here).await;
        done(&secretary.post(&format!("{run}/finish"), &[]).await);

        // The sheet is everyone's, with its number, each item and its reason.
        let public = format!("/c/xinglin/k/{}", row.number);
        let sheet = visitor.get(&public).await.body;
        for said in ["清〔2026〕1号", "产权不清，社区协调不动", "延期", "办结", "校验码"]
        {
            assert!(sheet.contains(said), "{said}: {}", main_of(&sheet));
        }
        assert!(!sheet.contains("灯不亮"), "nobody's own words");
        assert!(visitor.get(&format!("{public}/paper")).await.body.contains("清账单"));
        let file = visitor.get(&format!("{public}/list/sheet.csv")).await;
        assert_eq!(file.status, StatusCode::OK);
        assert_eq!(visitor.get(&format!("{public}/compare")).await.status, StatusCode::NOT_FOUND);
        // What was signed stays, and the street answers all the same.
        let told = worker.post(&format!("{}/lift", item(put_off)), &lift).await;
        assert_eq!(told.status, StatusCode::CONFLICT, "{}", main_of(&told.body));
        done(
            &officer.post(&format!("{}/take-up", item(late)), &[("take-up-note", "街道周三现场办公")]).await,
        );

        // A month later: what was put off is open still, and its day has passed.
        office.clock.put(office.now().plus_seconds(30 * DAY));
        let second = RunId(form("second").id("clearing"));
        office.start(&here.secretary, ledger, second, Open).await.unwrap();
        let (row, items) = now_running(office, &here).await;
        assert_eq!(items.len(), 3);
        let worker = visitor.signed_in(office, &here.worker).await;
        for item in &items {
            let page = format!("/w/xinglin/ki/{}", item.number);
            done(&worker.post(&format!("{page}/lift"), &lift).await);
        }
        office.act(&here.secretary, ledger, second, Finish).await.unwrap();
        let compared = visitor.get(&format!("/c/xinglin/k/{}/compare", row.number)).await.body;
        assert!(compared.contains("过期没有兑现"), "{}", main_of(&compared));
        assert!(visitor.get("/c/xinglin/clearing").await.body.contains("清〔2026〕2号"));
        let laws = office.audit().await.unwrap();
        assert!(laws.iter().all(|law| law.holds), "{laws:?}");
    }
}
