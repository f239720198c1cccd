//! Guessing passwords is held back, and nobody else is.

use super::browser::{Answer, Browser};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use yishi_office::Office;
use yishi_pages::FEATURES;
use yishi_testkit::{neighbourhood, stores};
use yishi_web::client::Proxies;
use yishi_web::{App, router};

const PASSWORD: &str = "a long enough sentence";

async fn worker_signs_up(browser: &Browser, office: &Office) {
    let here = neighbourhood(office).await;
    let invitation = office.invite(here.worker.account.unwrap()).await.unwrap();
    let link = format!("/invite/{}", invitation.word);
    let set = browser.post(&link, &[("username", "shen"), ("password", PASSWORD)]).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER);
}

async fn sign_in(browser: &Browser, name: &str, password: &str) -> Answer {
    browser.post("/signin", &[("username", name), ("password", password)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_a_password_is_held_back_and_the_right_one_never_counts() {
    let store = stores().await.swap_remove(0);
    let browser = Browser::new(&store.office);
    worker_signs_up(&browser, &store.office).await;
    for n in 0..12 {
        assert_eq!(sign_in(&browser, "shen", PASSWORD).await.status, StatusCode::SEE_OTHER, "{n}");
    }
    for n in 0..10 {
        // However the name is written, it is one name.
        let name = if n % 2 == 0 { "shen" } else { " SHEN " };
        let wrong = sign_in(&browser, name, &format!("guess number {n}")).await;
        assert_eq!((wrong.status, wrong.retry_after.as_str()), (StatusCode::UNPROCESSABLE_ENTITY, ""));
    }
    // Even the right one must wait now: else guessing would go on.
    let held = sign_in(&browser, "shen", PASSWORD).await;
    assert_eq!(held.status, StatusCode::TOO_MANY_REQUESTS);
    let seconds: u64 = held.retry_after.parse().unwrap();
    assert!((1..=30).contains(&seconds), "{seconds}");
    assert!(held.body.contains("输错的次数太多") && held.body.contains("value=\"shen\""));
    let english = Request::post("/signin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT_LANGUAGE, "en");
    let held = browser.send(english, Body::from("username=shen&password=x")).await;
    assert!(held.body.contains("Too many wrong tries"));
    // Others get in, and pages that ask for no password know nothing of it.
    let other = sign_in(&browser, "lin", "some other guess").await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(browser.get("/c/xinglin/raise").await.status, StatusCode::OK);
}

/// Sends one sign-in over a connection of its own, and reads the status.
async fn over_the_wire(listener: std::net::SocketAddr, name: &str, headers: &str) -> u16 {
    let body = format!("username={name}&password=wrong+guess");
    let request = format!(
        "POST /signin HTTP/1.1\r\nHost: yishi.test\r\nConnection: close\r\n{headers}\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(listener).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

/// The program behind a proxy of this machine, which is named.
fn behind_a_proxy(office: &Office) -> Arc<App> {
    let mut app = App::new(office.clone(), "http://yishi.test", FEATURES);
    app.proxies = Proxies(vec!["127.0.0.1".parse().unwrap()]);
    Arc::new(app)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_cannot_guess_through_many_names() {
    let store = stores().await.swap_remove(0);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = behind_a_proxy(&store.office);
    let server = tokio::spawn(async move { axum::serve(listener, router(app)).await });
    for n in 0..10 {
        assert_eq!(over_the_wire(address, &format!("name{n}"), "").await, 422);
    }
    assert_eq!(over_the_wire(address, "one-more", "").await, 429);
    let elsewhere = "X-Forwarded-For: 203.0.113.9\r\n";
    assert_eq!(over_the_wire(address, "one-more", elsewhere).await, 422, "a neighbour behind the proxy");
    server.abort();
}
