//! Erasing on pages: who was present at a meeting, one neighbour of a matter, who worked on an
//! order, where somebody lives, and who worked here.

use super::browser::Browser;
use super::dispatch::triage;
use super::meetings::{done, main_of, wrong_at};
use axum::http::StatusCode;
use yishi_domain::dispatch::{OrderId, OrderKind, Progress, ReportIn, Send};
use yishi_domain::matters::{Behalf, Channel};
use yishi_domain::places::PlaceKind;
use yishi_kernel::{Actor, Heir, Holder, PhotoDigest};
use yishi_office::Office;
use yishi_office::background::Driver;
use yishi_office::dispatch::reads::order;
use yishi_office::ledgers::head;
use yishi_office::matters::RaisedMatter;
use yishi_office::matters::reads::matter;
use yishi_office::meetings::reads::meeting;
use yishi_testkit::meetings::{by_phone, open_meeting};
use yishi_testkit::neighbourhood::{form, joining, raising};
use yishi_testkit::traces::standing;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

/// What a form of erasing sends.
const SURE: [(&str, &str); 2] = [("erase-reason", "asked"), ("erase-sure", "yes")];

/// That some words stand in a store.
async fn stand(office: &Office, words: &[&str]) {
    for word in words {
        assert!(!standing(&office.db, word).await.is_empty(), "{word} is gone");
    }
}

/// That some words stand nowhere in a store any more.
async fn gone(office: &Office, words: &[&str]) {
    for word in words {
        let found = standing(&office.db, word).await;
        assert!(found.is_empty(), "{word} in {found:?}");
    }
}

/// A matter with words and a contact, joined by somebody else with theirs; and its number.
async fn of_two(office: &Office, here: &Neighbourhood, word: &str) -> (RaisedMatter, RaisedMatter, i64) {
    let mut one = raising(word, here.building, &format!("{word}-said 灯坏了"));
    (one.speaker.name, one.speaker.contact) = (format!("{word}-name"), format!("{word}-contact"));
    let raised = office.raise(&Actor::visitor(), one).await.unwrap();
    let mut also = joining(&format!("{word}-also"));
    (also.speaker.name, also.speaker.contact) = (format!("{word}-second"), format!("{word}-phone"));
    let (joined, _) = office.join(&Actor::visitor(), here.community, raised.matter, also).await.unwrap();
    let number = matter(&office.db, here.community, raised.matter).await.unwrap().unwrap().number;
    (raised, joined, number)
}

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

#[tokio::test(flavor = "multi_thread")]
async fn one_receipt_is_erased_by_who_answers_for_the_community_and_the_others_stay() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, joined, number) = of_two(office, &here, "qa").await;
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let secretary = visitor.signed_in(office, &here.secretary).await;
        let receipts = format!("/w/xinglin/{number}/receipts");
        let page = format!("{receipts}/{}", joined.receipt);
        let erase = format!("{page}/erase");
        assert!(main_of(&secretary.get(&receipts).await.body).contains(&page));
        assert!(!worker.get(&page).await.body.contains(&erase), "not the worker's to do");
        let before = head(&office.db, here.community).await.unwrap();
        wrong_at(&secretary.post(&erase, &SURE[..1]).await, &["erase-sure"], &[]);
        for other in [&worker, &visitor.signed_in(office, &here.keeper).await] {
            assert_eq!(other.post(&erase, &SURE).await.status, StatusCode::FORBIDDEN);
        }
        let foreign = format!("{receipts}/{}/erase", here.community);
        assert_eq!(secretary.post(&foreign, &SURE).await.status, StatusCode::NOT_FOUND);
        assert_eq!(head(&office.db, here.community).await.unwrap(), before, "no entry");
        stand(office, &["qa-said", "qa-name", "qa-contact", "qa-second", "qa-phone"]).await;

        done(&secretary.post(&erase, &SURE).await);
        gone(office, &["qa-second", "qa-phone"]).await;
        stand(office, &["qa-said", "qa-name", "qa-contact"]).await;
        done(&secretary.post(&format!("{receipts}/{}/erase", raised.receipt), &SURE).await);
        gone(office, &["qa-said", "qa-name", "qa-contact"]).await;
        // The link still leads to the answer.
        let shown = visitor.get(&format!("/r/xinglin/{}", joined.secret)).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", store.engine());

        // What is about the committee is kept from its office, erasing too.
        let mut about = raising("about", here.building, "qb-said 不公平");
        about.about = Some(here.committee);
        let about = office.raise(&Actor::visitor(), about).await.unwrap();
        let number = matter(&office.db, here.community, about.matter).await.unwrap().unwrap().number;
        let erase = format!("/w/xinglin/{number}/receipts/{}/erase", about.receipt);
        assert_eq!(secretary.post(&erase, &SURE).await.status, StatusCode::FORBIDDEN);
        stand(office, &["qb-said"]).await;
        done(&visitor.signed_in(office, &here.officer).await.post(&erase, &SURE).await);
        gone(office, &["qb-said"]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_holds_a_receipt_has_it_erased_without_asking_anybody() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, _, _) = of_two(office, &here, "qc").await;
        triage(office, &here, here.community, raised.matter).await;
        let visitor = Browser::new(office);
        let page = format!("/r/xinglin/{}", raised.secret);
        assert!(main_of(&visitor.get(&page).await.body).contains("请删除我的信息"));
        let before = head(&office.db, here.community).await.unwrap();
        wrong_at(&visitor.post(&format!("{page}/erase"), &[]).await, &["own-sure"], &[]);
        let nobodys = visitor.post("/r/xinglin/nothing/erase", &[("own-sure", "yes")]).await;
        assert_eq!(nobodys.status, StatusCode::NOT_FOUND);
        assert_eq!(head(&office.db, here.community).await.unwrap(), before, "no entry");
        let answer = visitor.post(&format!("{page}/erase"), &[("own-sure", "yes")]).await;
        assert_eq!((answer.status, answer.location), (StatusCode::SEE_OTHER, format!("{page}?erased")));
        gone(office, &["qc-name", "qc-contact"]).await;
        // The words are still worked by; the other neighbour's are nobody's but theirs.
        stand(office, &["qc-said", "qc-second", "qc-phone"]).await;
        let told = visitor.get(&format!("{page}?erased")).await.body;
        assert!(main_of(&told).contains("已删除"), "{}", main_of(&told));
    }
}

/// A matter that the worker opened for a neighbour and has in hand, its page, and its receipt.
async fn for_neighbour(office: &Office, here: &Neighbourhood, word: &str) -> (RaisedMatter, String) {
    let mut said = raising(word, here.building, &format!("{word}-said 楼梯灯"));
    (said.behalf, said.channel) = (Behalf::Neighbour, Channel::Neighbour);
    said.speaker.consent = Some("他当面同意".to_owned());
    (said.speaker.name, said.speaker.contact) = (format!("{word}-name"), format!("{word}-contact"));
    let raised = office.raise(&here.worker, said).await.unwrap();
    triage(office, here, here.community, raised.matter).await;
    let number = matter(&office.db, here.community, raised.matter).await.unwrap().unwrap().number;
    (raised, format!("/w/xinglin/{number}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_opened_for_a_neighbour_is_erased_at_the_matter_and_not_by_its_link() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, page) = for_neighbour(office, &here, "qn").await;
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let colleague = visitor.signed_in(office, &here.colleague).await;
        let receipt = format!("/r/xinglin/{}", raised.secret);
        let erase = async || visitor.post(&format!("{receipt}/erase"), &[("own-sure", "yes")]).await;
        let call = format!("{page}/callback/{}", raised.receipt);
        let refused = async || {
            let before = head(&office.db, here.community).await.unwrap();
            let shown = visitor.get(&receipt).await.body;
            assert!(!shown.contains(&format!("{receipt}/erase")), "{}", main_of(&shown));
            assert!(main_of(&shown).contains("别人代您开的"), "{}", main_of(&shown));
            let answer = erase().await;
            assert_eq!(answer.status, StatusCode::CONFLICT, "{}", store.engine());
            assert!(main_of(&answer.body).contains("请告诉社区或街道负责人"), "{}", main_of(&answer.body));
            assert_eq!(head(&office.db, here.community).await.unwrap(), before, "no entry");
            stand(office, &["qn-name", "qn-contact", "qn-said"]).await;
        };
        refused().await;
        done(&worker.post_parts(&format!("{page}/answer"), &[("answer-text", "修好了")]).await);
        refused().await;
        // Who answers for the community has it erased; who calls back reads that, and no advice
        // that leads nowhere.
        let secretary = visitor.signed_in(office, &here.secretary).await;
        done(&secretary.post(&format!("{page}/receipts/{}/erase", raised.receipt), &SURE).await);
        gone(office, &["qn-name", "qn-contact"]).await;
        let told = colleague.get(&call).await.body;
        let today = office.now().date();
        let date = format!("已于{}年{}月{}日", today.year(), today.month(), today.day());
        assert!(main_of(&told).contains(&date), "{}", main_of(&told));
        assert!(!main_of(&told).contains("链接"), "{}", main_of(&told));
        // Nothing waits any more: then the link is as good as any other.
        let (raised, page) = for_neighbour(office, &here, "qm").await;
        done(&worker.post_parts(&format!("{page}/answer"), &[("answer-text", "修好了")]).await);
        let solved = [
            ("way", "telephone"),
            ("reached", "yes"),
            ("contacted", "yes"),
            ("solved", "yes"),
            ("satisfaction", "satisfied"),
        ];
        done(&colleague.post(&format!("{page}/callback/{}", raised.receipt), &solved).await);
        done(&worker.post(&format!("{page}/close"), &[]).await);
        let receipt = format!("/r/xinglin/{}", raised.secret);
        done(&visitor.post(&format!("{receipt}/erase"), &[("own-sure", "yes")]).await);
        gone(office, &["qm-name", "qm-contact", "qm-said"]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_worked_on_an_order_where_somebody_lives_and_who_worked_here_is_erased_on_their_pages() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (ledger, admin) = (here.community, &here.administrator);
        let visitor = Browser::new(office);
        let keeper = visitor.signed_in(office, admin).await;
        let worker = visitor.signed_in(office, &here.worker).await;
        let secretary = visitor.signed_in(office, &here.secretary).await;
        let company = visitor.signed_in(office, &here.keeper).await;

        // An order with a photo of the work.
        let raised = office.raise(&Actor::visitor(), raising("m", here.building, "灯坏了")).await.unwrap();
        triage(office, &here, ledger, raised.matter).await;
        let send = Send {
            item: "repair".to_owned(),
            kind: OrderKind::Work,
            matter: raised.matter,
            task: "换灯。".to_owned(),
            acceptance: "亮了".to_owned(),
            holder: Holder::Organisation(here.property),
            person: None,
            finish_by: office.now().end_of_day_after(9),
        };
        let id = OrderId(form("work").id("order"));
        office.start(&here.worker, ledger, id, send).await.unwrap();
        let report = ReportIn { organisation: None, note: String::new() };
        office.act(&here.keeper, ledger, id, report).await.unwrap();
        let photo = PhotoDigest(office.db.put_blob(b"a photo of the work".to_vec()).await.unwrap());
        let progress = Progress { note: "换好一半。".to_owned(), photos: vec![photo.clone()] };
        office.act(&here.keeper, ledger, id, progress).await.unwrap();
        let number = order(&office.db, ledger, id).await.unwrap().unwrap().number;
        let page = format!("/w/xinglin/o/{number}");
        let erase = format!("{page}/erase");
        for other in [&worker, &company] {
            assert!(!other.get(&page).await.body.contains(&erase));
            assert_eq!(other.post(&erase, &SURE).await.status, StatusCode::FORBIDDEN);
        }
        stand(office, &[&photo.0]).await;
        assert!(secretary.get(&page).await.body.contains(&erase));
        wrong_at(&secretary.post(&erase, &SURE[..1]).await, &["erase-sure"], &[]);
        done(&secretary.post(&erase, &SURE).await);
        gone(office, &[&photo.0]).await;

        // A door, and a poster that hangs there.
        let home = office.open_place(admin, here.stairwells[0], PlaceKind::Household, "qdoor 101", None);
        let home = home.await.unwrap();
        let poster = office.issue_poster(admin, here.stairwells[0]).await.unwrap();
        for (place, words) in [(home, "qdoor 101"), (here.stairwells[0], poster.as_str())] {
            let page = format!("/admin/places/{place}");
            let erase = format!("{page}/erase");
            assert_eq!(secretary.post(&erase, &SURE).await.status, StatusCode::FORBIDDEN);
            stand(office, &[words]).await;
            assert!(keeper.get(&page).await.body.contains(&erase));
            done(&keeper.post(&erase, &SURE).await);
            gone(office, &[words]).await;
        }
        let building = format!("/admin/places/{}", here.building);
        assert!(!keeper.get(&building).await.body.contains(&format!("{building}/erase")), "nothing private");

        // Somebody who left; not whoever still works here.
        let who = office.open_account(admin, ledger, "qstaff 沈某", None).await.unwrap();
        let (page, id) = (format!("/admin/places/{ledger}/people"), who.to_string());
        let erase = format!("{page}/erase");
        let mut fields = vec![("erase-whom", id.as_str())];
        fields.extend(SURE);
        let before = head(&office.db, ledger).await.unwrap();
        let there = keeper.post(&erase, &fields).await;
        assert_eq!(there.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(head(&office.db, ledger).await.unwrap(), before, "no entry");
        office.close_account(admin, who, Heir::Desk).await.unwrap();
        // What hung on them is passed on by itself, within a second.
        Driver::OWN.begin(office).await.unwrap();
        Driver::OWN.round(office).await.unwrap();
        assert_eq!(secretary.post(&erase, &fields).await.status, StatusCode::FORBIDDEN);
        assert!(main_of(&keeper.get(&page).await.body).contains("qstaff"));
        done(&keeper.post(&erase, &fields).await);
        gone(office, &["qstaff", &id]).await;
    }
}
