//! How much anybody may send without signing in: so much from one network and from one device,
//! told on a page that keeps what was typed; the same for every form, whichever feature it is of.

use super::browser::{Answer, Browser};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use std::net::SocketAddr;
use yishi_office::{FormKey, Office};
use yishi_pages::FEATURES;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};
use yishi_web::routes::{Needs, Takes, all};

/// Raises a matter from an address.
async fn raise(browser: &Browser, office: &Office, here: &Neighbourhood, from: &str, device: &str) -> Answer {
    let form = FormKey::fresh(office.now()).unwrap();
    let part = |name: &str, value: &str| {
        format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let token = part("token", &browser.token());
    // Whoever has said something here says that this is another matter.
    let body = format!(
        "{token}{}{}{}--part--\r\n",
        part("form", &form),
        part("text", &format!("楼道灯不亮 {form}")),
        part("again", "new")
    );
    let mut request = Request::post(format!("/at/{}/raise", here.building))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=part")
        .extension(ConnectInfo(from.parse::<SocketAddr>().unwrap()));
    if !device.is_empty() {
        request = request.header(header::COOKIE, format!("device={device}"));
    }
    browser.send(request, Body::from(body)).await
}

/// How many of so many were taken at once; the others were told to wait.
async fn taken(
    browser: &Browser,
    office: &Office,
    here: &Neighbourhood,
    from: &[&str],
    count: usize,
) -> usize {
    let mut taken = 0;
    for n in 0..count {
        let answer = raise(browser, office, here, from[n % from.len()], "").await;
        match answer.status {
            StatusCode::SEE_OTHER => taken += 1,
            status => assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "{}", answer.body),
        }
    }
    taken
}

#[tokio::test(flavor = "multi_thread")]
async fn one_network_and_one_device_send_only_so_much_without_signing_in() {
    let store = stores().await.swap_remove(0);
    let office = &store.office;
    let here = neighbourhood(office).await;
    let browser = Browser::new(office);
    let first = taken(&browser, office, &here, &["203.0.113.9:1"], 200).await;
    assert!((60..80).contains(&first), "{first}");
    let alike = ["[2001:db8::1]:1", "[2001:db8::2]:1", "[2001:db8:0:0:1::3]:1"];
    assert!((60..80).contains(&taken(&browser, office, &here, &alike, 200).await), "a subscriber has a /64");
    assert_eq!(taken(&browser, office, &here, &["203.0.113.10:1", "[2001:db8:0:1::1]:1"], 20).await, 20);
    // Whoever is signed in is known; what runs on this machine is its own.
    let worker = browser.signed_in(office, &here.worker).await;
    assert_eq!(taken(&worker, office, &here, &["203.0.113.9:1"], 20).await, 20);
    assert_eq!(taken(&browser, office, &here, &["127.0.0.1:1", "[::1]:1"], 150).await, 150);

    // A device is held back wherever it goes, and another one beside it is not.
    let device = |letter: &str| letter.repeat(26);
    let mut sent = 0;
    for n in 0..60 {
        let from = format!("198.51.100.{n}:1");
        sent += usize::from(
            raise(&browser, office, &here, &from, &device("a")).await.status == StatusCode::SEE_OTHER,
        );
    }
    assert!((20..30).contains(&sent), "{sent}");
    let other = raise(&browser, office, &here, "198.51.100.1:1", &device("b")).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_to_wait_is_told_how_long_and_keeps_what_was_typed() {
    let store = stores().await.swap_remove(0);
    let office = &store.office;
    let here = neighbourhood(office).await;
    let browser = Browser::new(office);
    taken(&browser, office, &here, &["203.0.113.9:1"], 70).await;
    let answer = raise(&browser, office, &here, "203.0.113.9:1", "").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    let wait: u64 = answer.retry_after.parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    for part in ["请稍等", "楼道灯不亮", "原样再提交一次", &answer.number] {
        assert!(answer.body.contains(part), "{part}: {}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_form_that_anybody_may_send_is_forgotten() {
    let store = stores().await.swap_remove(0);
    let here = neighbourhood(&store.office).await;
    let browser = Browser::new(&store.office);
    let mut forms = 0;
    for route in all(FEATURES) {
        if route.takes == Takes::Nothing || !matches!(route.needs, Needs::Nothing | Needs::Link) {
            continue;
        }
        forms += 1;
        let fill = |part: &str| match part {
            "{number}" => "1".to_owned(),
            "{place}" => here.building.to_string(),
            "{slug}" => "xinglin".to_owned(),
            part if part.starts_with('{') => "nothing".to_owned(),
            part => part.to_owned(),
        };
        let path = route.path.split('/').map(fill).collect::<Vec<_>>().join("/");
        let from: SocketAddr = format!("203.0.113.{forms}:1").parse().unwrap();
        let send = || {
            let (kind, body) = match route.takes {
                Takes::Parts => ("multipart/form-data; boundary=part", "--part--\r\n"),
                _ => ("application/x-www-form-urlencoded", ""),
            };
            let request =
                Request::post(&path).header(header::CONTENT_TYPE, kind).extension(ConnectInfo(from));
            browser.send(request, Body::from(body))
        };
        let mut sent = 0;
        while send().await.status != StatusCode::TOO_MANY_REQUESTS {
            sent += 1;
            assert!(sent < 800, "{} is taken without end", route.path);
        }
        println!("{} {sent}", route.path);
    }
    assert!(forms >= 8, "{forms}");
}
