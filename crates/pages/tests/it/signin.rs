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
use yishi_web::{App, router};

const PASSWORD: &str = "a long enough sentence";

async fn worker_signs_up(browser: &Browser, office: &Office) {
    let here = neighbourhood(office).await;
    let invitation = office.invite_by_machine(here.worker.account.unwrap()).await.unwrap();
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
    // Even the right one must wait now, from there: else guessing would go on.
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
    // Pages that ask for no password know nothing of it.
    assert_eq!(browser.get("/c/xinglin/raise").await.status, StatusCode::OK);
}

/// Sends one sign-in over a connection of its own, and reads the status.
async fn over_the_wire(listener: std::net::SocketAddr, name: &str, headers: &str) -> u16 {
    tried(listener, &format!("username={name}&password=wrong+guess"), headers).await
}

async fn tried(listener: std::net::SocketAddr, body: &str, headers: &str) -> u16 {
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

#[tokio::test(flavor = "multi_thread")]
async fn one_address_cannot_guess_through_many_names() {
    let store = stores().await.swap_remove(0);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = Arc::new(App::new(store.office.clone(), "http://yishi.test", FEATURES));
    let server = tokio::spawn(async move { axum::serve(listener, router(app)).await });
    for n in 0..10 {
        assert_eq!(over_the_wire(address, &format!("name{n}"), "").await, 422);
    }
    assert_eq!(over_the_wire(address, "one-more", "").await, 429);
    let elsewhere = "X-Forwarded-For: 203.0.113.9\r\n";
    assert_eq!(over_the_wire(address, "one-more", elsewhere).await, 422, "a neighbour behind the proxy");
    server.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_locks_others_out() {
    let store = stores().await.swap_remove(0);
    worker_signs_up(&Browser::new(&store.office), &store.office).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = Arc::new(App::new(store.office.clone(), "http://yishi.test", FEATURES));
    let server = tokio::spawn(async move { axum::serve(listener, router(app)).await });
    let from = |n: usize| format!("X-Forwarded-For: 203.0.113.{n}\r\n");
    while over_the_wire(address, "shen", &from(9)).await == 422 {}
    let right = format!("username=shen&password={}", yishi_web::encoded(PASSWORD));
    assert_eq!(tried(address, &right, &from(9)).await, 429, "where it was guessed");
    assert_eq!(tried(address, &right, &from(10)).await, 303, "elsewhere");
    server.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_back_leads_nowhere_else() {
    let store = stores().await.swap_remove(0);
    let browser = Browser::new(&store.office);
    worker_signs_up(&browser, &store.office).await;
    for (back, lands) in [
        ("/c/xinglin?state=open", "/c/xinglin?state=open"),
        ("/\t/evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("/\u{b}", "/"),
        ("/%0b", "/"),
        ("/desk\u{3000}", "/"),
    ] {
        let asked = format!("/preferences?lang=en&back={}", yishi_web::encoded(back));
        let answer = browser.get(&asked).await;
        assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, lands), "{back:?}");
        let form = [("username", "shen"), ("password", PASSWORD), ("back", back)];
        let signed = browser.post("/signin", &form).await;
        assert_eq!((signed.status, signed.location.as_str()), (StatusCode::SEE_OTHER, lands), "{back:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_character_of_number_zero_breaks_nothing() {
    for store in stores().await {
        let browser = Browser::new(&store.office);
        neighbourhood(&store.office).await;
        for path in ["/preferences?back=/%00", "/c/%00", "/c/xinglin?q=%00", "/q/%00", "/r/xinglin/%00"] {
            assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let wrong = browser.post("/signin", &[("username", "a\0b"), ("password", "x\0y")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_in_which_somebody_signed_in_before_is_not_held_back_by_others() {
    let store = stores().await.swap_remove(0);
    let browser = Browser::new(&store.office);
    worker_signs_up(&browser, &store.office).await;
    let known = sign_in(&browser, "shen", PASSWORD).await.cookie("browser").unwrap();
    while sign_in(&browser, "shen", "some wrong guess").await.status == StatusCode::UNPROCESSABLE_ENTITY {}
    let with = async |word: &str, name: &str, password: &str| {
        let request = Request::post("/signin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, format!("browser={word}"));
        let body = format!("username={name}&password={}", yishi_web::encoded(password));
        browser.send(request, Body::from(body)).await.status
    };
    assert_eq!(with(&"2".repeat(26), "shen", PASSWORD).await, StatusCode::TOO_MANY_REQUESTS, "made up");
    assert_eq!(with(&known, "lin", PASSWORD).await, StatusCode::TOO_MANY_REQUESTS, "another account");
    assert_eq!(with(&known, "shen", PASSWORD).await, StatusCode::SEE_OTHER);
    // It is no way to guess without end either.
    let mut guesses = 0;
    while with(&known, "shen", "some wrong guess").await == StatusCode::UNPROCESSABLE_ENTITY {
        guesses += 1;
    }
    assert_eq!(guesses, 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_ends_the_session_of_before_and_signing_out_ends_it_on_the_server() {
    for store in stores().await {
        let browser = Browser::new(&store.office);
        worker_signs_up(&browser, &store.office).await;
        let first = browser.keeping(&sign_in(&browser, "shen", PASSWORD).await);
        assert_eq!(first.get("/desk").await.status, StatusCode::OK);
        let second = browser.keeping(&sign_in(&first, "shen", PASSWORD).await);
        assert_eq!(first.get("/desk").await.status, StatusCode::SEE_OTHER, "the session of before");
        assert_eq!(second.get("/desk").await.status, StatusCode::OK);
        let elsewhere = browser.keeping(&sign_in(&browser, "shen", PASSWORD).await);
        assert_eq!(second.get("/desk").await.status, StatusCode::OK, "another browser's stays");
        assert_eq!(second.post("/signout", &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(second.get("/desk").await.status, StatusCode::SEE_OTHER);
        assert_eq!(elsewhere.get("/desk").await.status, StatusCode::OK);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn under_https_cookies_are_the_hosts_own_and_forms_come_from_it_alone() {
    let store = stores().await.swap_remove(0);
    let plain = Browser::new(&store.office);
    worker_signs_up(&plain, &store.office).await;
    assert_eq!(plain.get("/").await.transport, "");
    let browser = Browser::at(&store.office, "https://yishi.test");
    assert_eq!(browser.get("/").await.transport, "max-age=31536000");
    let signed = sign_in(&browser, "shen", PASSWORD).await;
    assert_eq!(signed.cookies.len(), 2);
    for cookie in &signed.cookies {
        assert!(cookie.starts_with("__Host-") && cookie.contains("; Path=/"), "{cookie}");
        assert!(cookie.contains("; Secure") && cookie.contains("; HttpOnly"), "{cookie}");
        assert!(!cookie.to_lowercase().contains("domain"), "{cookie}");
    }
    let word = signed.cookie("__Host-session").unwrap();
    let desk = async |cookie: String| {
        let request = Request::get("/desk").header(header::COOKIE, cookie);
        browser.send(request, Body::empty()).await.status
    };
    assert_eq!(desk(format!("__Host-session={word}")).await, StatusCode::OK);
    assert_eq!(desk(format!("session={word}")).await, StatusCode::SEE_OTHER, "a name anyone can set");

    let from = async |origin: &str, host: &str| {
        let request = Request::post("/signin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, origin)
            .header(header::HOST, host);
        let body = format!("username=shen&password={}", yishi_web::encoded(PASSWORD));
        browser.send(request, Body::from(body)).await.status
    };
    assert_eq!(from("https://yishi.test", "yishi.test").await, StatusCode::SEE_OTHER);
    for (origin, host) in [
        ("http://yishi.test", "yishi.test"),
        ("ftp://yishi.test", "yishi.test"),
        ("https://yishi.test:8443", "yishi.test"),
        ("https://evil.example", "evil.example"),
        ("null", "yishi.test"),
    ] {
        assert_eq!(from(origin, host).await, StatusCode::FORBIDDEN, "{origin}");
    }
}
