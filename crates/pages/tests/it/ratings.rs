//! Both sides of a whistle rate each other after acceptance: once, never themselves; what they said is
//! shown once it has ended, and counted by year, by name.

use super::browser::Browser;
use super::meetings::{main_of, wrong_at};
use super::scenes::blown;
use axum::http::StatusCode;
use yishi_domain::dispatch::{Accept, Done, OrderId, ReportIn};
use yishi_domain::ratings::{AssessmentId, AssessmentStage, End, Grade, Grades, Open, RateBody, RateStreet};
use yishi_kernel::Actor;
use yishi_office::Office;
use yishi_office::background::Driver;
use yishi_office::ratings::assessment_of;
use yishi_office::ratings::reads::assessment;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

/// A whistle to which both bodies came and whose work was accepted, with its assessment; the numbers
/// of both.
pub async fn accepted(office: &Office, here: &Neighbourhood, word: &str) -> (AssessmentId, [i64; 2]) {
    let (order, number) = blown(office, here, word).await;
    let ledger = here.community;
    for officer in [&here.lamp_officer, &here.squad_officer] {
        let come = ReportIn { organisation: None, note: String::new() };
        office.act(officer, ledger, order, come).await.unwrap();
    }
    let done = Done { note: format!("全亮了{word}"), photos: Vec::new() };
    office.act(&here.lamp_officer, ledger, order, done).await.unwrap();
    office.act(&here.worker, ledger, order, Accept { note: String::new() }).await.unwrap();
    let id = begun(office, here, order).await;
    let row = assessment(&office.db, ledger, id).await.unwrap().unwrap();
    (id, [number, row.number])
}

async fn begun(office: &Office, here: &Neighbourhood, order: OrderId) -> AssessmentId {
    let (id, ledger) = (assessment_of(order), here.community);
    office.start(&Actor::system(ledger), ledger, id, Open { order }).await.unwrap();
    id
}

/// One in which both sides have said all that they say.
pub async fn rated(office: &Office, here: &Neighbourhood, word: &str) -> [i64; 2] {
    let (id, numbers) = accepted(office, here, word).await;
    let ledger = here.community;
    let grades = Grades { response: Grade::Good, presence: Grade::Fair, result: Grade::Good };
    for (officer, body) in [(&here.lamp_officer, here.lamps), (&here.squad_officer, here.squad)] {
        let rate = RateBody { body, grades, note: format!("当天到场{word}") };
        office.act(&here.officer, ledger, id, rate).await.unwrap();
        let rate = RateStreet { body, grades, note: format!("派人对接{word}") };
        office.act(officer, ledger, id, rate).await.unwrap();
    }
    numbers
}

#[tokio::test(flavor = "multi_thread")]
async fn both_sides_rate_each_other_once_and_read_it_when_it_has_ended() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (id, [whistle, number]) = accepted(office, &here, "").await;
        let at = format!("/w/xinglin/a/{number}");
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let lamps = visitor.signed_in(office, &here.lamp_officer).await;
        let squad = visitor.signed_in(office, &here.squad_officer).await;
        let street = visitor.signed_in(office, &here.officer).await;
        for browser in [&street, &lamps, &squad] {
            assert!(browser.get("/desk").await.body.contains(&at));
            assert!(browser.get(&format!("/w/xinglin/o/{whistle}")).await.body.contains(&at));
        }
        // The community reads it and rates nobody.
        let page = worker.get(&at).await.body;
        assert!(!page.contains("/rate-body\"") && !page.contains("/rate-street\""), "{}", main_of(&page));
        assert!(!worker.get("/desk").await.body.contains(&at));
        let (own, other) = (here.lamps.to_string(), here.squad.to_string());
        let send = async |browser: &Browser, act: &str, body: &str, grade: &str, note: &str| {
            let fields = ["body", "response", "presence", "result", "note"].map(|field| {
                let value = match field {
                    "body" => body,
                    "note" => note,
                    _ => grade,
                };
                (format!("{act}-{field}"), value.to_owned())
            });
            let fields = fields.each_ref().map(|(name, value)| (name.as_str(), value.as_str()));
            browser.post(&format!("{at}/{act}"), &fields).await
        };
        assert_ne!(send(&worker, "rate-body", &own, "good", "").await.location, at);
        let missing = send(&street, "rate-body", &own, "", "当天就到").await;
        let fields = ["rate-body-response", "rate-body-presence", "rate-body-result"];
        wrong_at(&missing, &fields, &["当天就到"]);
        assert_eq!(send(&street, "rate-body", &own, "good", "当天就到").await.location, at);
        assert_ne!(send(&street, "rate-body", &own, "poor", "").await.location, at, "once");
        assert_ne!(send(&lamps, "rate-street", &other, "poor", "").await.location, at, "only for its own");
        assert_eq!(send(&lamps, "rate-street", &own, "fair", "没有人带路").await.location, at);

        // Until it has ended nobody reads what the other side said, nor is it counted.
        let public = format!("/c/xinglin/o/{whistle}");
        for (browser, page) in [(&visitor, &public), (&lamps, &at), (&street, &at), (&worker, &at)] {
            let shown = main_of(&browser.get(page).await.body).to_owned();
            assert!(shown.contains("应评 4 份，已评 2 份"), "{page}: {shown}");
            assert!(!shown.contains("当天就到") && !shown.contains("没有人带路"), "{page}: {shown}");
        }
        assert!(!visitor.get("/c/xinglin/ratings").await.body.contains("<td>"));
        let paper = lamps.get(&format!("{at}/paper")).await.body;
        assert!(paper.contains("双向评价表") && !paper.contains("当天就到"), "{}", main_of(&paper));
        assert_eq!(lamps.get(&format!("{at}/paper.docx")).await.status, StatusCode::OK);

        // When its time is over it waits for nobody, and who said nothing is told as that.
        office.clock.put(office.now().end_of_day_after(20));
        office.act(&Actor::system(here.community), here.community, id, End).await.unwrap();
        let squad = visitor.signed_in(office, &here.squad_officer).await;
        assert!(!squad.get("/desk").await.body.contains(&at));
        let shown = visitor.get(&public).await.body;
        let shown = main_of(&shown);
        for part in ["当天就到", "没有人带路", "没有评价", "路灯管理所"] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        let paper =
            visitor.signed_in(office, &here.lamp_officer).await.get(&format!("{at}/paper")).await.body;
        assert!(paper.contains("当天就到") && paper.contains("一般"), "{}", main_of(&paper));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_is_counted_by_name_with_how_many_said_it() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        for n in 0..2 {
            rated(office, &here, &n.to_string()).await;
        }
        let page = Browser::new(office).get("/c/xinglin/ratings").await.body;
        let main = main_of(&page);
        // Four of the street, two of each body.
        assert_eq!((main.matches("4 份").count(), main.matches("2 份").count()), (1, 2), "{main}");
        assert_eq!((main.matches("<table>").count(), main.matches("<td>4</td>").count()), (3, 3), "{main}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_begins_it_with_acceptance_and_ends_it_in_time() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        Driver::OWN.begin(office).await.unwrap();
        let (order, _) = blown(office, &here, "").await;
        let ledger = here.community;
        let come = ReportIn { organisation: None, note: String::new() };
        office.act(&here.lamp_officer, ledger, order, come).await.unwrap();
        let done = Done { note: "全亮了".to_owned(), photos: Vec::new() };
        office.act(&here.lamp_officer, ledger, order, done).await.unwrap();
        let id = assessment_of(order);
        Driver::OWN.round(office).await.unwrap();
        assert!(assessment(&office.db, ledger, id).await.unwrap().is_none(), "it is not accepted");
        office.act(&here.worker, ledger, order, Accept { note: String::new() }).await.unwrap();
        let stage = async || {
            Driver::OWN.round(office).await.unwrap();
            assessment(&office.db, ledger, id).await.unwrap().unwrap().stage
        };
        assert_eq!(stage().await, AssessmentStage::Open);
        office.clock.put(office.now().end_of_day_after(20));
        assert_eq!(stage().await, AssessmentStage::Closed);
    }
}
