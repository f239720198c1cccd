//! Partners at the interface: a token opens what it was opened for and nothing else, is kept
//! nowhere, raises each of a partner's numbers once, and ends; no cookie counts there.

use super::browser::{Answer, Browser};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use yishi_domain::partners::PartnerMay;
use yishi_kernel::PlaceId;
use yishi_office::Office;
use yishi_office::partners::Opening;
use yishi_pages::FEATURES;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};
use yishi_web::routes::all;

const DAY: i64 = 86_400;
const PATH: &str = "/api/v1/xinglin/matters";

async fn token(office: &Office, here: &Neighbourhood, place: PlaceId, may: PartnerMay) -> String {
    let opening = Opening {
        place,
        organisation: here.lamps,
        name: "热线平台".to_owned(),
        may,
        expires: office.now().plus_seconds(30 * DAY),
    };
    office.open_partner(&here.administrator, opening).await.unwrap()
}

/// A program with a token, outside any browser.
struct Program<'a>(&'a Browser, &'a str);

impl Program<'_> {
    async fn get(&self, path: &str) -> (StatusCode, Value) {
        let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {}", self.1));
        read(&self.0.send(request, Body::empty()).await)
    }

    async fn raise(&self, said: &Value) -> (StatusCode, Value) {
        let request = Request::post(PATH)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.1))
            .header(header::CONTENT_TYPE, "application/json");
        read(&self.0.send(request, Body::from(said.to_string())).await)
    }
}

fn read(answer: &Answer) -> (StatusCode, Value) {
    let json = serde_json::from_str(&answer.body).unwrap_or_else(|why| panic!("{why}: {}", answer.body));
    (answer.status, json)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_number_of_a_partner_is_raised_once_and_with_other_content_refused() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let word = token(office, &here, here.community, PartnerMay::Raise).await;
        let visitor = Browser::new(office);
        let program = Program(&visitor, &word);
        let said = json!({"id": "W1", "text": "灯坏了", "place": "杏林南苑 3号楼", "contact": "13800001111"});
        // Three at one moment make one.
        let (a, b, c) = tokio::join!(program.raise(&said), program.raise(&said), program.raise(&said));
        let made = [&a, &b, &c].iter().filter(|(status, _)| *status == StatusCode::CREATED).count();
        assert_eq!(made, 1, "{}: {a:?} {b:?} {c:?}", store.engine());
        assert!(a.1 == b.1 && b.1 == c.1 && a.1["receipt"].is_string() && a.1["code"].is_string(), "{a:?}");
        let other = program.raise(&json!({"id": "W1", "text": "灯坏了两盏"})).await;
        assert_eq!((other.0, &other.1["field"]), (StatusCode::CONFLICT, &json!("id")), "{other:?}");
        let page = format!("{PATH}/{}", a.1["number"]);
        assert_eq!(program.get(&page).await.1["own"], json!({"id": "W1", "answer": null}));
        let open = visitor.get(&page).await.body;
        assert!(!open.contains("own") && !open.contains("W1") && !open.contains("13800001111"), "{open}");
        // Another token of the same body knows its numbers, and one of another body does not.
        let next = token(office, &here, here.street, PartnerMay::Raise).await;
        assert_eq!(Program(&visitor, &next).raise(&said).await, (StatusCode::OK, a.1.clone()));
        let opening = Opening {
            place: here.community,
            organisation: here.property,
            name: "物业系统".to_owned(),
            may: PartnerMay::Raise,
            expires: office.now().plus_seconds(DAY),
        };
        let others = office.open_partner(&here.administrator, opening).await.unwrap();
        let others = Program(&visitor, &others);
        assert!(others.get(&page).await.1.get("own").is_none());
        assert_eq!(others.raise(&said).await.0, StatusCode::CREATED, "its own number");
        // The place by its id or as people call it; what could be several is asked for.
        let by_id = json!({"id": "W2", "text": "灯坏了", "place": here.stairwells[0].to_string()});
        assert_eq!(program.raise(&by_id).await.0, StatusCode::CREATED);
        for place in ["9号楼", "不知道哪里", &here.street.to_string()] {
            let wrong = program.raise(&json!({"id": "W3", "text": "灯坏了", "place": place})).await;
            assert_eq!(wrong.0, StatusCode::UNPROCESSABLE_ENTITY, "{place}: {wrong:?}");
            assert_eq!(wrong.1["field"], "place");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_what_it_was_opened_for_until_it_ends_and_is_kept_nowhere() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let word = token(office, &here, here.community, PartnerMay::Read).await;
        let visitor = Browser::new(office);
        let program = Program(&visitor, &word);
        assert_eq!(program.get(PATH).await.0, StatusCode::OK);
        assert_eq!(program.get("/api/v1/qinghe/matters").await.0, StatusCode::FORBIDDEN, "above it");
        let said = json!({"id": "W1", "text": "灯坏了"});
        assert_eq!(program.raise(&said).await.0, StatusCode::FORBIDDEN, "it only reads");
        let (slug, secret) = word.split_once('.').unwrap();
        assert_eq!(slug, "xinglin");
        for wrong in ["", "x", secret, &format!("qinghe.{secret}"), &format!("xinglin.{}", "a".repeat(26))] {
            assert_eq!(Program(&visitor, wrong).get(PATH).await.0, StatusCode::UNAUTHORIZED, "{wrong}");
        }
        // Somebody signed in is nobody there.
        let worker = visitor.signed_in(office, &here.worker).await;
        let request = Request::post(PATH).header(header::CONTENT_TYPE, "application/json");
        let without = worker.send(request, Body::from(said.to_string())).await;
        assert_eq!(without.status, StatusCode::UNAUTHORIZED);
        assert_eq!(without.header("www-authenticate"), Some("Bearer realm=\"yishi\""));
        assert_eq!(without.header("content-type"), Some("application/problem+json"));
        // Nothing of the store holds it, but the day on which it was used.
        let rows = office.db.rows("select value from private", &[]).await.unwrap();
        assert!(rows.iter().all(|row| !row.text(0).unwrap().contains(secret)));
        let used = office.db.rows("select day from partner_use", &[]).await.unwrap();
        assert_eq!(used.len(), 1, "{}", store.engine());
        office.clock.put(office.now().plus_seconds(31 * DAY));
        assert_eq!(program.get(PATH).await.0, StatusCode::UNAUTHORIZED, "its time is over");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn too_often_is_told_with_when_again() {
    let store = stores().await.swap_remove(0);
    let office = &store.office;
    let here = neighbourhood(office).await;
    let word = token(office, &here, here.community, PartnerMay::Read).await;
    let visitor = Browser::new(office);
    for _ in 0..600 {
        let request =
            Request::get("/api/v1/xinglin/matters/1").header(header::AUTHORIZATION, format!("Bearer {word}"));
        let answer = visitor.send(request, Body::empty()).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            assert!(!answer.retry_after.is_empty());
            return;
        }
    }
    panic!("it was never too often");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_description_tells_all_routes_of_the_interface_and_no_others() {
    let store = stores().await.swap_remove(0);
    let described = Browser::new(&store.office).get("/api/openapi.json").await.body;
    let described: Value = serde_json::from_str(&described).unwrap();
    let told: BTreeSet<(String, String)> = described["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, methods)| {
            methods.as_object().unwrap().keys().map(|one| (path.clone(), one.clone()))
        })
        .collect();
    let served: BTreeSet<(String, String)> = all(FEATURES)
        .filter(|route| route.path.starts_with("/api/v1/"))
        .map(|route| (route.path.to_owned(), route.method().to_owned()))
        .collect();
    assert_eq!(told, served);
    let raise = &described["paths"]["/api/v1/{slug}/matters"]["post"];
    assert_eq!(raise["security"], json!([{"token": []}]));
    for status in ["200", "201", "400", "401", "403", "404", "409", "413", "422", "429"] {
        assert!(raise["responses"][status].is_object(), "{status}");
    }
    assert_eq!(described["components"]["securitySchemes"]["token"]["scheme"], "bearer");
}
