//! The same at the same spot again: those who work on it see how often it was and what became of
//! it, what was solved twice goes up, and who said something here is asked before it is sent.

use super::browser::Browser;
use super::meetings::done;
use axum::http::StatusCode;
use yishi_domain::matters::{Answer, Close, Matter, Outcome, StageKind, Triage};
use yishi_kernel::{Actor, Holder, PlaceId, Role};
use yishi_office::Office;
use yishi_office::matters::RaisedMatter;
use yishi_office::matters::reads::{BoardFilter, MatterRow, board, matter};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

const DAY: i64 = 24 * 60 * 60;
const FORM: &str = "0190a1b2c3d43456789abcdefghjkmnpqrstuv";
const OTHER_FORM: &str = "0190a1b2c3d4456789abcdefghjkmnpqrstuvw";
const OWN: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaa";
const OTHER: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbb";

fn sorting(by: &Actor, role: Role, at: PlaceId, category: &str) -> Triage {
    Triage {
        outcome: Outcome::Public,
        category: category.to_owned(),
        holder: Holder::Person(role, at),
        person: by.account,
        reason: String::new(),
    }
}

async fn said(office: &Office, word: &str, at: PlaceId) -> RaisedMatter {
    office.clock.put(office.now().plus_seconds(DAY));
    office.raise(&Actor::visitor(), raising(word, at, "楼顶漏水")).await.unwrap()
}

async fn sorted(office: &Office, here: &Neighbourhood, of: &RaisedMatter, category: &str) {
    let triage = sorting(&here.worker, Role::CommunityWorker, here.community, category);
    office.act(&here.worker, of.ledger, of.matter, triage).await.unwrap();
}

/// Answered, and closed by another one when the time to evaluate is over.
async fn solved(office: &Office, here: &Neighbourhood, of: &RaisedMatter) {
    let answer = Answer { text: "已补漏".to_owned(), word: String::new(), photos: vec![] };
    office.act(&here.worker, of.ledger, of.matter, answer).await.unwrap();
    office.clock.put(office.now().plus_seconds(20 * DAY));
    office.act(&here.colleague, of.ledger, of.matter, Close).await.unwrap();
}

async fn row(office: &Office, of: &RaisedMatter) -> MatterRow {
    matter(&office.db, of.ledger, of.matter).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_solved_twice_and_came_again_is_shown_and_goes_up() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        for word in ["first", "second"] {
            let leak = said(office, word, here.stairwells[0]).await;
            sorted(office, &here, &leak, "12").await;
            assert_eq!(row(office, &leak).await.stage, StageKind::InHand);
            solved(office, &here, &leak).await;
        }
        // Of another kind, or at another building, it is the first.
        let lamp = said(office, "lamp", here.stairwells[0]).await;
        sorted(office, &here, &lamp, "02").await;
        let elsewhere = said(office, "elsewhere", here.other_building).await;
        sorted(office, &here, &elsewhere, "12").await;
        for first in [&lamp, &elsewhere] {
            let page = worker.get(&format!("/w/xinglin/{}", row(office, first).await.number)).await.body;
            assert!(!page.contains("次反映"), "{page}");
            assert_eq!(row(office, first).await.stage, StageKind::InHand);
        }

        let third = said(office, "third", here.stairwells[1]).await;
        sorted(office, &here, &third, "12").await;
        let now = row(office, &third).await;
        assert_eq!(now.stage, StageKind::Raised, "{}", store.engine());
        let officer = Browser::new(office).signed_in(office, &here.officer).await;
        let link = format!("/w/xinglin/{}", now.number);
        let page = officer.get(&link).await.body;
        for told in ["第 3 次反映", "此前办结 2 次", "办结后保持了", "按规则交"] {
            assert!(page.contains(told), "{told}: {page}");
        }
        let desk = officer.get("/desk").await.body;
        assert!(desk.contains(&link) && desk.contains("第 3 次反映"), "{desk}");
        // The street sorts it, and it goes no further.
        let triage = sorting(&here.officer, Role::StreetOfficer, here.street, "12");
        office.act(&here.officer, third.ledger, third.matter, triage).await.unwrap();
        let state = office.load::<Matter>(third.ledger, &third.matter.into()).await.unwrap().state.unwrap();
        assert_eq!((state.own_stage, state.sent_up), (StageKind::InHand, Some(here.street)));
        let chain = Browser::new(office).get(&format!("/c/xinglin/m/{}", now.number)).await.body;
        assert!(chain.contains("已经办结 2 次后又出现"), "{chain}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_said_something_here_is_asked_before_more_is_sent() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let many = async || board(&office.db, here.community, &BoardFilter::default()).await.unwrap().rows;
        let path = format!("/at/{}/raise", here.building);
        let own = Browser::new(office).at_device(OWN, "");
        let fresh = own.get(&path).await.body;
        assert!(!fresh.contains("我也遇到"), "nothing is open here yet: {fresh}");
        done(&own.post_files(&path, &[("form", FORM), ("text", "楼顶漏水")], &[]).await);
        let number = many().await[0].number;

        // Before anything is written, what is open here is offered to whoever has it too.
        let near = Browser::new(office).at_device(OTHER, "").get(&path).await.body;
        assert!(near.contains(&format!("/c/xinglin/m/{number}/join")), "{near}");

        let more = [("form", OTHER_FORM), ("text", "墙也湿了")];
        let told = own.post_files(&path, &more, &[]).await;
        assert_eq!(told.status, StatusCode::CONFLICT);
        for kept in ["墙也湿了</textarea>", "value=\"add\"", "value=\"new\"", &format!("编号 {number}")]
        {
            assert!(told.body.contains(kept), "{kept}: {}", told.body);
        }
        assert_eq!(many().await.len(), 1);
        let add = [&more[..], &[("again", "add")]].concat();
        for _ in 0..2 {
            let added = own.post_files(&path, &add, &[]).await;
            assert_eq!(added.location, format!("/c/xinglin/m/{number}?added"));
        }
        assert!(own.get(&format!("/c/xinglin/m/{number}?added")).await.body.contains("已补充到这一件"));
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let page = worker.get(&format!("/w/xinglin/{number}")).await.body;
        assert_eq!(page.matches("墙也湿了").count(), 1, "once: {page}");

        // Another device is not asked, and whoever says that it is another matter has one.
        let stranger = Browser::new(office).at_device(OTHER, "");
        done(&stranger.post_files(&path, &[("form", FORM), ("text", "墙也湿了")], &[]).await);
        let new = [&more[..], &[("again", "new")]].concat();
        done(&own.post_files(&path, &new, &[]).await);
        assert_eq!(many().await.len(), 3, "{}", store.engine());
    }
}
