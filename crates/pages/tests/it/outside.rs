//! Requests that no browser sends: whatever comes is answered, never by a fault of ours, and
//! never with a way to another site.

use super::browser::{Answer, Browser, photo};
use axum::body::Body;
use axum::http::{HeaderValue, Request, Uri, header};
use tokio::runtime::Handle;
use tokio::task::block_in_place;
use yishi_kernel::Actor;
use yishi_office::matters::reads::matter;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::outside::{lines, outside};
use yishi_testkit::{TestStore, neighbourhood};

fn wait<T>(future: impl Future<Output = T>) -> T {
    block_in_place(|| Handle::current().block_on(future))
}

#[track_caller]
fn answered(answer: &Answer) {
    assert!(!answer.status.is_server_error(), "{} {}", answer.status, answer.body);
    let away = answer.location.starts_with("//") || answer.location.contains(['\\', '\r', '\n', '\t']);
    assert!(answer.location.is_empty() || answer.location.starts_with('/') && !away, "{}", answer.location);
}

/// A form with a photo, part by part.
fn parts() -> Vec<u8> {
    let mut body = Vec::new();
    let form = "018f3a5b7c003456789abcdefghjkmnpqrstuv";
    for (name, value) in
        [("form", form), ("text", "楼道灯坏了"), ("name", "王某"), ("contact", "138 0000 1111")]
    {
        body.extend(
            format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    body.extend(b"--part\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"a.png\"\r\n\r\n");
    body.extend(photo(7));
    body.extend(b"\r\n--part--\r\n");
    body
}

#[tokio::test(flavor = "multi_thread")]
async fn any_parts_of_a_form_are_answered() {
    let store = TestStore::sqlite().await;
    let here = neighbourhood(&store.office).await;
    let browser = Browser::new(&store.office);
    let path = format!("/at/{}/raise", here.building);
    let send = |body: &[u8]| {
        let request = Request::post(&path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=part");
        wait(browser.send(request, Body::from(body.to_vec())))
    };
    let whole = send(&parts());
    assert!(whole.location.starts_with("/r/xinglin/"), "{}", whole.body);
    outside(vec![parts()], 300, |body| answered(&send(body)));
}

#[tokio::test(flavor = "multi_thread")]
async fn any_address_form_and_header_is_answered() {
    let store = TestStore::sqlite().await;
    let office = &store.office;
    let here = neighbourhood(office).await;
    let raised = office.raise(&Actor::visitor(), raising("any", here.building, "灯坏了")).await.unwrap();
    let worker = Browser::new(office).signed_in(office, &here.worker).await;
    let visitor = Browser::new(office);
    let mut samples = lines("testkit/corpus/addresses.txt");
    samples.push(format!("/r/xinglin/{}", raised.secret).into_bytes());
    outside(samples, 300, |address| {
        let Ok(uri) = Uri::try_from(address) else { return };
        // Of an address in full a server is sent no more than this.
        let Some(path) = uri.path_and_query().filter(|path| path.as_str().starts_with('/')) else { return };
        for browser in [&visitor, &worker] {
            answered(&wait(browser.send(Request::get(path.as_str()), Body::empty())));
        }
    });
    let number = matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap().number;
    let token = format!("&token={}", worker.token()).into_bytes();
    let forms = ["merge", "summarise", "triage"].map(|act| format!("/w/xinglin/{number}/{act}"));
    outside(lines("testkit/corpus/forms.txt"), 150, |body| {
        for path in forms.iter().chain([&format!("/c/xinglin/m/{number}/join")]) {
            let request =
                Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            answered(&wait(worker.send(request, Body::from([body, &token].concat()))));
        }
    });
    outside(lines("testkit/corpus/headers.txt"), 200, |value| {
        let Ok(value) = HeaderValue::from_bytes(value) else { return };
        for name in [header::COOKIE, header::ACCEPT_LANGUAGE, header::ORIGIN, header::REFERER] {
            let request = Request::get("/c/xinglin").header(name, &value);
            answered(&wait(visitor.send(request, Body::empty())));
        }
    });
}
