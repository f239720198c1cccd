//! What every request passes through: its number, the time limit, the net under panics, smaller
//! answers, pages kept.

use super::browser::Browser;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::routing::get;
use std::time::Duration;
use yishi_pages::FEATURES;
use yishi_testkit::{neighbourhood, stores};
use yishi_web::feature::Feature;
use yishi_web::routes::{Needs, Route, Takes};

/// A feature in which everything goes wrong.
static ODD: Feature = Feature {
    routes: &[
        Route {
            takes: Takes::Nothing,
            path: "/odd/panic",
            needs: Needs::Nothing,
            handler: || get(async || -> String { panic!("nobody thought of this") }),
        },
        Route {
            takes: Takes::Nothing,
            path: "/odd/slow",
            needs: Needs::Nothing,
            handler: || {
                get(async || {
                    tokio::time::sleep(Duration::from_secs(3_600)).await;
                    "late"
                })
            },
        },
    ],
    ..Feature::named("odd")
};

#[tokio::test]
async fn what_goes_wrong_ends_on_a_page_with_a_number_to_tell() {
    let store = stores().await.swap_remove(0);
    let features = Vec::leak([FEATURES, &[&ODD]].concat());
    let browser = Browser::with(&store.office, features);
    for (path, status, said) in [
        ("/odd/panic", StatusCode::INTERNAL_SERVER_ERROR, "我们这边出了问题"),
        ("/nothing", StatusCode::NOT_FOUND, "没有找到这一页"),
    ] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.number.len(), 8, "{}", answer.number);
        assert!(answer.body.contains(said) && answer.body.contains(&answer.number), "{}", answer.body);
        assert!(!answer.body.contains("nobody thought of this"));
    }
    let english = Request::get("/odd/panic").header(header::ACCEPT_LANGUAGE, "en");
    assert!(browser.send(english, Body::empty()).await.body.contains("Something broke on our side"));
    assert!(browser.get("/").await.status.is_success(), "the next one is served");

    tokio::time::pause();
    let late = browser.get("/odd/slow").await;
    assert_eq!(late.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(late.body.contains("用时太久") && late.body.contains(&late.number), "{}", late.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_compressed_for_those_who_can_read_them_so() {
    let store = stores().await.swap_remove(0);
    let browser = Browser::new(&store.office);
    let asked = |path| {
        let request = Request::get(path).header(header::ACCEPT_ENCODING, "gzip, br");
        browser.send(request, Body::empty())
    };
    assert_eq!(asked("/").await.encoding, "gzip");
    assert_eq!(asked("/healthz").await.encoding, "", "too small to be worth it");
    assert_eq!(browser.get("/").await.encoding, "", "not asked for");
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_links_show_the_same_page_and_keep_nothing_of_their_own() {
    let store = stores().await.swap_remove(0);
    let _ = neighbourhood(&store.office).await;
    let browser = Browser::new(&store.office);
    let plain = browser.get("/c/xinglin?state=open").await.body;
    assert_eq!(browser.get("/c/xinglin?x=1&state=open&before=").await.body, plain);
    assert_ne!(browser.get("/c/xinglin").await.body, plain);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_written_anew_on_every_page() {
    let store = stores().await.swap_remove(0);
    let here = neighbourhood(&store.office).await;
    let browser = Browser::new(&store.office).signed_in(&store.office, &here.worker).await;
    let token = async || {
        let page = browser.get("/signout").await.body;
        let token = page.split("name=\"token\" value=\"").nth(1).unwrap();
        token.split('"').next().unwrap().to_owned()
    };
    let (one, other) = (token().await, token().await);
    assert!(one != other && !one.contains(&browser.token()));
}
