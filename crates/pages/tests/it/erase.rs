//! Erasing who was present at a meeting, on its page.

use super::browser::Browser;
use super::meetings::{done, main_of, wrong_at};
use axum::http::StatusCode;
use yishi_kernel::Actor;
use yishi_office::meetings::reads::meeting;
use yishi_testkit::meetings::{by_phone, open_meeting};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{neighbourhood, stores};

#[tokio::test(flavor = "multi_thread")]
async fn who_was_present_is_erased_on_the_meetings_page_by_who_answers_for_the_community() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let dark = office.raise(&Actor::visitor(), raising("dark", here.compound, "太黑")).await.unwrap();
        let (_, id) = open_meeting(office, &here, "市场", &[dark.matter]).await;
        let seat = by_phone(office, &here, id, "q7").await.seat;
        let number = meeting(&office.db, here.community, id).await.unwrap().unwrap().number;
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let secretary = visitor.signed_in(office, &here.secretary).await;
        let page = format!("/w/xinglin/g/{number}");
        let (erase, whom) = (format!("{page}/erase"), format!("seat-{seat}"));
        assert!(main_of(&secretary.get(&page).await.body).contains("居民q7"));
        assert!(!worker.get(&page).await.body.contains(&erase), "not the worker's to do");

        let mut fields = vec![("erase-whom", whom.as_str()), ("erase-reason", "asked")];
        wrong_at(&secretary.post(&erase, &fields).await, &["erase-sure"], &[]);
        fields.push(("erase-sure", "yes"));
        assert_eq!(worker.post(&erase, &fields).await.status, StatusCode::FORBIDDEN);
        done(&secretary.post(&erase, &fields).await);
        assert!(!main_of(&secretary.get(&page).await.body).contains("居民q7"), "{}", store.engine());
    }
}
