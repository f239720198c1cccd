//! A venue from its keeper's form to the resident who looks for it.

use super::browser::Browser;
use axum::http::StatusCode;
use yishi_domain::venues::{
    Access, Details, Guests, Hours, Need, OpenVenue, Price, Span, Toilet, VenueId, Weekday,
};
use yishi_kernel::{Denied, Moment};
use yishi_office::Office;
use yishi_office::paging::{Key, PAGE};
use yishi_office::venues::reads::{Which, needs, venue, venues};
use yishi_testkit::neighbourhood::form;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

fn opening(here: &Neighbourhood, name: &str) -> OpenVenue {
    let days = Weekday::ALL.iter().copied().collect();
    let span = Span { days, from: "00:00".parse().unwrap(), to: "23:59".parse().unwrap() };
    let details = Details {
        name: name.into(),
        way: None,
        needs: [Need::PingPong].into(),
        hours: Hours::of(vec![span]).unwrap(),
        price: Price::Free,
        phone: None,
        access: Access::Ramp,
        toilet: Toilet::None,
        guests: Guests::Everyone,
        capacity: None,
    };
    OpenVenue { place: here.compound, details }
}

/// Opens a venue as the secretary does; its number.
pub async fn kept(office: &Office, here: &Neighbourhood, word: &str) -> i64 {
    let id = VenueId(form(word).id("venue"));
    office.start(&here.secretary, here.community, id, opening(here, word)).await.unwrap();
    venue(&office.db, here.community, id).await.unwrap().unwrap().number
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keeper_lists_a_venue_and_a_resident_finds_it() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (site, visitor) = (here.compound.to_string(), Browser::new(office));
        let keeper = visitor.signed_in(office, &here.secretary).await;
        let full = [
            ("form", "0190a1b2c3d43456789abcdefghjkmnpqrstuv"),
            ("place", site.as_str()),
            ("name", "南苑活动室"),
            ("needs", "ping_pong"),
            ("needs", "meet"),
            ("days-0", "monday"),
            ("from-0", "09:00"),
            ("to-0", "12:00"),
            ("price", "2.5"),
            ("per", "hour"),
            ("phone", "8123 4567"),
            ("access", "ramp"),
            ("toilet", "accessible"),
            ("welcome", "everyone"),
            ("capacity", "40"),
        ];
        // All that is wrong is told at once, and what was typed stays.
        let wrong = full.map(|(name, value)| match name {
            "phone" => (name, "13800001111"),
            "to-0" => (name, "08:00"),
            "capacity" => (name, "5001"),
            _ => (name, value),
        });
        let answer = keeper.post("/w/xinglin/venues/new", &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["#phone", "#to-0", "#capacity"] {
            assert!(answer.body.contains(&format!("href=\"{field}\"")), "{field}");
        }
        assert!(answer.body.contains("南苑活动室"));
        let answer = keeper.post("/w/xinglin/venues/new", &full).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let page = answer.location;
        let public = page.replace("/w/", "/c/");

        assert!(visitor.get("/c/xinglin").await.body.contains("/c/xinglin/venues"));
        let found = visitor.get("/c/xinglin/venues?need=ping_pong").await.body;
        assert!(found.contains("南苑活动室") && found.contains(&public));
        assert!(!visitor.get("/c/xinglin/venues?need=wash").await.body.contains("南苑活动室"));
        let shown = visitor.get(&public).await.body;
        assert!(shown.contains("8123 4567") && shown.contains("2.50元"), "{shown}");
        assert!(visitor.get(&format!("{public}/poster")).await.body.contains("<svg"));

        // The sheet for the notice board says all that one needs before going.
        let sheet = visitor.get("/c/xinglin/venues/sheet").await.body;
        for said in ["南苑活动室", "8123 4567", "2.50元", "09:00", "有坡道"] {
            assert!(sheet.contains(said), "{said}: {sheet}");
        }

        // Two days later the keeper has looked again; a pause that is over cannot be confirmed.
        let listed = office.now();
        office.clock.put(listed.plus_seconds(2 * 86_400));
        let keeper = visitor.signed_in(office, &here.secretary).await;
        let looked = |at: Moment| {
            let day = at.date();
            format!("上次核对：{}年{}月{}日", day.year(), day.month(), day.day())
        };
        assert!(visitor.get(&public).await.body.contains(&looked(listed)));
        assert_eq!(keeper.post(&format!("{page}/confirm"), &[]).await.status, StatusCode::SEE_OTHER);
        assert!(visitor.get(&public).await.body.contains(&looked(office.now())));
        // A list leaves out the year.
        let day = office.now().date();
        let brief = format!("上次核对：{}月{}日", day.month(), day.day());
        assert!(visitor.get("/c/xinglin/venues").await.body.contains(&brief));
        let until = office.now().plus_seconds(86_400).date().to_string();
        let pause = [("close-reason", "换地板"), ("close-until", until.as_str())];
        assert_eq!(keeper.post(&format!("{page}/close"), &pause).await.status, StatusCode::SEE_OTHER);
        office.clock.put(office.now().plus_seconds(2 * 86_400));
        let keeper = visitor.signed_in(office, &here.secretary).await;
        let refused = keeper.post(&format!("{page}/confirm"), &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("原定的暂停日期已经过了"));
        assert_eq!(keeper.post(&format!("{page}/reopen"), &[]).await.status, StatusCode::SEE_OTHER);

        // Closed for good it is listed no more, though its page stands; then it is opened again.
        let close = [("close-reason", "房屋另作他用"), ("close-good", "yes")];
        assert_eq!(keeper.post(&format!("{page}/close"), &close).await.status, StatusCode::SEE_OTHER);
        assert!(!visitor.get("/c/xinglin/venues").await.body.contains("南苑活动室"));
        assert!(visitor.get(&public).await.body.contains("房屋另作他用"));
        assert_eq!(keeper.post(&format!("{page}/reopen"), &[]).await.status, StatusCode::SEE_OTHER);
        assert!(visitor.get("/c/xinglin/venues").await.body.contains("南苑活动室"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_directory_is_paged_and_the_same_on_both_stores() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        for n in 0..=PAGE {
            kept(office, &here, &format!("场地{n}")).await;
        }
        let (db, ledger) = (&office.db, here.community);
        let first = venues(db, ledger, Which::For(Need::PingPong), None).await.unwrap();
        assert_eq!(first.rows.len(), PAGE);
        let next = Key::read(&first.next.unwrap());
        let rest = venues(db, ledger, Which::Listed, next).await.unwrap();
        assert_eq!(rest.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["场地0"]);
        assert_eq!(needs(db, ledger).await.unwrap(), [Need::PingPong]);
        let page = Browser::new(office).get("/c/xinglin/venues").await.body;
        assert!(page.contains("rel=\"next\""));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_venue_lies_neither_behind_a_door_nor_in_another_ledger() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let id = VenueId(form("door").id("venue"));
        for place in [here.stairwells[0], here.households[0], here.grid, here.street] {
            let open = OpenVenue { place, ..opening(&here, "楼道") };
            assert!(office.start(&here.secretary, here.community, id, open).await.is_err());
        }
        let by_steward = office.start(&here.steward, here.community, id, opening(&here, "活动室")).await;
        let denied = by_steward.unwrap_err();
        assert!(matches!(
            denied,
            yishi_office::Failure::Refused(ref refusal) if matches!(refusal.denied(), Some(Denied::Role { .. }))
        ));
    }
}
