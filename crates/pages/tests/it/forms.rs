use super::browser::Browser;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use yishi_kernel::Actor;
use yishi_office::matters::reads::matter;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{neighbourhood, stores};

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_twice_shows_the_same_receipt() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let word = office.issue_poster(&here.administrator, here.stairwells[1]).await.unwrap();
        let browser = Browser::new(office);
        let fields = [("form", "0190a1b2c3d43456789abcdefghjkmnpqrstuv"), ("text", "灯坏了")];
        let first = browser.post_parts(&format!("/q/{word}/raise"), &fields).await;
        let second = browser.post_parts(&format!("/q/{word}/raise"), &fields).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER);
        assert_eq!(first.location, second.location);
        assert_eq!(browser.get(&first.location).await.status, StatusCode::OK);
        let board = browser.get("/api/v1/xinglin/matters").await.body;
        assert_eq!(board.matches("\"number\"").count(), 1, "{board}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_elsewhere_changes_nothing() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let raised =
            office.raise(&Actor::visitor(), raising("forged", here.building, "灯坏了")).await.unwrap();
        let number = matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap().number;
        let browser = Browser::new(office).signed_in(office, &here.worker).await;
        let kind = "application/x-www-form-urlencoded";
        let path = format!("/w/xinglin/{number}/summarise");
        // Without the session's token.
        let request = Request::post(&path).header(header::CONTENT_TYPE, kind);
        let answer = browser.send(request, Body::from("summarise-summary=x")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        // With the token, but sent by another site's page.
        let request = Request::post(&path)
            .header(header::CONTENT_TYPE, kind)
            .header(header::ORIGIN, "https://elsewhere.example");
        let body = format!("summarise-summary=x&token={}", browser.token());
        assert_eq!(browser.send(request, Body::from(body)).await.status, StatusCode::FORBIDDEN);
        let row = matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap();
        assert_eq!(row.summary, None);
        // From our own page it goes through.
        assert_eq!(
            browser.post(&path, &[("summarise-summary", "楼道灯不亮")]).await.status,
            StatusCode::SEE_OTHER
        );
    }
}

/// What public pages must never show, whatever was typed where.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_is_neither_public_nor_run() {
    const TYPED: &str = "<script>alert(1)</script>李某 13800001111";
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let mut said = raising("typed", here.stairwells[1], TYPED);
        said.speaker.name = "<b>李某</b>".to_owned();
        said.speaker.contact = "13800001111".to_owned();
        let raised = office.raise(&Actor::visitor(), said).await.unwrap();
        let number = matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap().number;
        let visitor = Browser::new(office);
        let public = [
            "/".to_owned(),
            "/c/xinglin".to_owned(),
            format!("/c/xinglin?q={}", yishi_web::encoded("李某")),
            format!("/c/xinglin/m/{number}"),
            format!("/c/xinglin/m/{number}/join"),
            "/api/v1/xinglin/matters".to_owned(),
            format!("/api/v1/xinglin/matters/{number}"),
        ];
        for page in &public {
            let body = visitor.get(page).await.body;
            for word in ["李某", "13800001111", "<script>alert", "201"] {
                // A search shows its own words again, as text.
                let echoed = page.contains("?q=") && word == "李某";
                assert!(echoed || !body.contains(word), "{page} shows {word}");
            }
        }
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        for page in [format!("/w/xinglin/{number}"), "/desk".to_owned()] {
            let body = worker.get(&page).await.body;
            assert!(body.contains("李某") && !body.contains("<script>alert"), "{page}");
            assert!(!body.contains("&lt;b&gt;"), "a contact shows only when asked for");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_forbids_foreign_scripts_and_frames() {
    for store in stores().await {
        let browser = Browser::new(&store.office);
        for page in ["/", "/nothing", "/healthz"] {
            let request = Request::get(page);
            let answer = browser.send(request, Body::empty()).await;
            assert!(!answer.status.is_server_error());
            for rule in ["default-src 'self'", "frame-ancestors 'none'", "object-src 'none'"] {
                assert!(answer.policy.contains(rule), "{page}: {}", answer.policy);
            }
            assert!(!answer.policy.contains("unsafe"));
        }
        let health: serde_json::Value = serde_json::from_str(&browser.get("/healthz").await.body).unwrap();
        assert_eq!(health["status"], "ok");
        assert_eq!(health["store"], store.engine());
        assert!(health["unsealed_seconds"].is_u64(), "{health}");
        let metrics = browser.get("/metrics").await.body;
        for name in ["yishi_answers_total", "yishi_unsealed_entries", "yishi_unsealed_seconds"] {
            assert!(metrics.contains(name), "{metrics}");
        }
        let api: serde_json::Value =
            serde_json::from_str(&browser.get("/api/openapi.json").await.body).unwrap();
        assert!(api["paths"]["/api/v1/{slug}/matters"]["get"].is_object());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_takes_a_link_once_and_then_the_password() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let invitation = office.invite_by_machine(here.worker.account.unwrap()).await.unwrap();
        let browser = Browser::new(office);
        let link = format!("/invite/{}", invitation.word);
        let short = browser.post(&link, &[("username", "shen"), ("password", "short")]).await;
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
        let password = "a long enough sentence";
        let set = browser.post(&link, &[("username", "Shen"), ("password", password)]).await;
        assert_eq!((set.status, set.location.as_str()), (StatusCode::SEE_OTHER, "/desk"));
        assert_eq!(browser.get(&link).await.status, StatusCode::NOT_FOUND, "the link works once");
        let wrong = browser.post("/signin", &[("username", "shen"), ("password", "wrong password")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let nobody = browser.post("/signin", &[("username", "nobody"), ("password", password)]).await;
        assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
        let right = browser
            .post("/signin", &[("username", "shen"), ("password", password), ("back", "//evil.example")])
            .await;
        assert_eq!((right.status, right.location.as_str()), (StatusCode::SEE_OTHER, "/"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_is_never_older_than_the_last_entry() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let browser = Browser::new(office);
        let mut last = browser.get("/c/xinglin").await.body;
        for n in 0..5 {
            let said = raising(&format!("board-{n}"), here.building, "灯坏了");
            let raised = office.raise(&Actor::visitor(), said).await.unwrap();
            let number = matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap().number;
            for _ in 0..2 {
                let board = browser.get("/c/xinglin").await.body;
                assert!(
                    board.contains(&format!("/c/xinglin/m/{number}")) && board != last,
                    "{number}: {board}"
                );
            }
            last = browser.get("/c/xinglin").await.body;
        }
        // Whoever is signed in does not get a visitor's page, nor the other way round.
        assert!(!last.contains("沈知秋"));
    }
}

/// What is late stands above all else, and is narrowed and looked for like anything else.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_late_is_narrowed_like_anything_else() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let mut numbers = Vec::new();
        for (n, place) in [here.building, here.building, here.other_building].into_iter().enumerate() {
            let mut said = raising(&format!("late-{n}"), place, "灯坏了");
            said.category = Some(["02", "03", "02"][n].to_owned());
            let raised = office.raise(&Actor::visitor(), said).await.unwrap();
            numbers.push(matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap().number);
            if n == 0 {
                // Nobody else's time is over yet.
                office.clock.put(office.now().plus_seconds(86_400));
            }
        }
        office.clock.put(office.now().plus_seconds(86_400));
        let fresh = raising("fresh", here.building, "刚说的");
        let fresh = office.raise(&Actor::visitor(), fresh).await.unwrap();
        let fresh = matter(&office.db, fresh.ledger, fresh.matter).await.unwrap().unwrap().number;
        office.clock.put(office.now().plus_seconds(86_400));
        let browser = Browser::new(office);
        let shows = async |asked: &str| -> Vec<i64> {
            let body = browser.get(&format!("/c/xinglin{asked}")).await.body;
            let links = body.split("href=\"/c/xinglin/m/").skip(1);
            links.map(|link| link.split('"').next().unwrap().parse().unwrap()).collect()
        };
        assert_eq!(shows("?state=late").await, numbers, "{}: the longest first", store.engine());
        assert_eq!(shows("?state=late&category=02").await, [numbers[0], numbers[2]]);
        let compound = here.compound;
        let asked = format!("?state=late&around={compound}&building={}", here.building);
        assert_eq!(shows(&asked).await, numbers[..2]);
        let found = shows("?state=late&q=3号楼").await;
        assert!(found.contains(&numbers[0]) && !found.contains(&fresh), "{found:?}");
        assert!(shows("?q=3号楼").await.contains(&fresh));
        let all = shows("").await;
        assert_eq!(all[..3], numbers[..], "above the latest");
        assert_eq!(all[3], fresh);
    }
}
