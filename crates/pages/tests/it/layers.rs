//! What every request passes through: its number, the time limit, the net under panics, smaller
//! answers, pages kept.

use super::browser::Browser;
use axum::body::Body;
use axum::extract::{Path, Query};
use axum::http::{Request, StatusCode, header};
use axum::routing::get;
use std::collections::HashMap;
use std::time::Duration;
use yishi_office::ledgers;
use yishi_pages::FEATURES;
use yishi_store::Fault;
use yishi_testkit::{neighbourhood, stores};
use yishi_web::feature::Feature;
use yishi_web::routes::{Needs, Route, Takes};
use yishi_web::sent::{Sent, SentParts};
use yishi_web::{Cx, Error};

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

/// A feature whose store is full, and whose paths and queries do not always read.
static FULL: Feature = Feature {
    routes: yishi_web::routes! {
        get "/full/{number}" public async |Path(number): Path<u32>| number.to_string();
        get "/full/asked" public async |Query(asked): Query<HashMap<String, u32>>| format!("{asked:?}");
        get "/full/page" public async |cx: Cx| cx.typed().get("text").to_owned();
        form "/full/form" public async |_: Sent| full();
        parts "/full/parts" public async |_: SentParts| full();
        form "/full/panic" public async |_: Sent| -> String { panic!("nobody thought of this") };
    },
    ..Feature::named("full")
};

fn full() -> Result<(), Error> {
    Err(Fault::Full("no space left".to_owned()).into())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_turned_away_before_a_page_saw_it_is_told_in_the_readers_language() {
    let store = stores().await.swap_remove(0);
    let browser = Browser::with(&store.office, Vec::leak([FEATURES, &[&FULL]].concat()));
    for (path, status) in [
        ("/full/many", StatusCode::BAD_REQUEST),
        ("/full/4294967296", StatusCode::BAD_REQUEST),
        ("/full/%ff", StatusCode::BAD_REQUEST),
        ("/full/asked?number=many", StatusCode::BAD_REQUEST),
        ("/full/form", StatusCode::METHOD_NOT_ALLOWED),
    ] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.body.contains("没有找到这一页") && answer.body.contains(&answer.number), "{path}");
        let english = Request::get(path).header(header::ACCEPT_LANGUAGE, "en");
        let english = browser.send(english, Body::empty()).await.body;
        assert!(english.contains("This page was not found") && !english.contains("nvalid"), "{english}");
    }
    let large = "字".repeat(9 * 1024 * 1024);
    let answer = browser.post("/full/form", &[("text", &large)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("太大了"), "{}", answer.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_outlives_what_broke_on_our_side() {
    let store = stores().await.swap_remove(0);
    let here = neighbourhood(&store.office).await;
    let browser = Browser::with(&store.office, Vec::leak([FEATURES, &[&FULL]].concat()));
    let typed = [("text", "楼道灯\"不亮\""), ("kind", "light"), ("token", "")];
    for path in ["/full/form", "/full/parts", "/full/panic"] {
        let answer = match path {
            "/full/parts" => browser.post_parts(path, &typed).await,
            path => browser.post(path, &typed).await,
        };
        let ours = path == "/full/panic";
        let status = if ours { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::SERVICE_UNAVAILABLE };
        assert_eq!(answer.status, status);
        assert_eq!(answer.retry_after, if ours { "" } else { "30" });
        // To be copied, and to be sent again as it was.
        let form = answer.body.split("<form").nth(1).unwrap().split("</form>").next().unwrap();
        assert!(form.contains(&format!("action=\"{path}\"")), "{form}");
        assert_eq!(form.contains("multipart/form-data"), path == "/full/parts");
        for part in ["name=\"text\" value=\"楼道灯&quot;不亮&quot;\"", "name=\"kind\" value=\"light\""] {
            assert!(form.contains(part), "{form}");
        }
        assert!(answer.body.contains(">楼道灯&quot;不亮&quot;</textarea>"), "{}", answer.body);
    }
    let worker = browser.signed_in(&store.office, &here.worker).await;
    let answer = worker.post("/full/form", &[typed[0], ("page", "/full/page")]).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("href=\"/full/page\""), "{}", answer.body);
    assert_eq!(worker.get("/full/page").await.body, "楼道灯\"不亮\"");
    assert_eq!(browser.get("/full/page").await.body, "", "it is the worker's");
}

#[tokio::test]
async fn what_was_typed_is_kept_where_nobody_can_say_who_is_signed_in() {
    let store = stores().await.swap_remove(0);
    let here = neighbourhood(&store.office).await;
    let browser = Browser::with(&store.office, Vec::leak([FEATURES, &[&FULL]].concat()));
    let worker = browser.signed_in(&store.office, &here.worker).await;
    store.office.db.execute(vec![("alter table session rename to away", vec![])]).await.unwrap();
    let answer = worker.post("/full/form", &[("text", "楼道灯不亮")]).await;
    assert!(answer.status.is_server_error(), "{}", answer.status);
    let form = answer.body.split("<form").nth(1).unwrap().split("</form>").next().unwrap();
    for part in ["action=\"/full/form\"", "name=\"text\" value=\"楼道灯不亮\"", "name=\"token\""] {
        assert!(form.contains(part), "{form}");
    }
    let answer = worker.post("/full/form", &[("text", "灯"), ("password", "三个街坊五棵槐树")]).await;
    assert!(answer.status.is_server_error() && !answer.body.contains("三个街坊"), "{}", answer.body);
}

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

#[tokio::test(flavor = "multi_thread")]
async fn whoever_watches_sees_when_nothing_is_sealed() {
    for store in stores().await {
        let here = neighbourhood(&store.office).await;
        let browser = Browser::new(&store.office);
        let well = browser.get("/healthz").await;
        assert_eq!(well.status, StatusCode::OK, "it has only begun: {}", well.body);
        store.office.clock.put(store.office.now().plus_seconds(3_600));
        let late = Browser::new(&store.office);
        let began = late.get("/healthz").await;
        assert_eq!(began.status, StatusCode::OK, "another one has only begun: {}", began.body);
        // What was seen is taken for true for a moment.
        tokio::time::sleep(Duration::from_millis(2_100)).await;
        store.office.clock.put(store.office.now().plus_seconds(120));
        let late = late.get("/healthz").await;
        assert_eq!(late.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(late.body.contains("sealing is late"), "{}", late.body);
        let metrics = browser.get("/metrics").await.body;
        assert!(
            metrics.contains("yishi_unsealed_ledgers 2") && metrics.contains("yishi_unsealed_seconds"),
            "{metrics}"
        );
        for row in ledgers::ledgers(&store.office.db).await.unwrap() {
            yishi_store::sealer::seal(&store.office.db, &store.office.keys, &row, store.office.now())
                .await
                .unwrap();
        }
        tokio::time::sleep(Duration::from_millis(2_100)).await;
        assert_eq!(browser.get("/healthz").await.status, StatusCode::OK);
        assert!(browser.get("/metrics").await.body.contains("yishi_unsealed_seconds 0"));
        drop(here);
    }
}
