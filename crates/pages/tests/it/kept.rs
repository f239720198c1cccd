//! What was typed stays, however a form is sent and whatever fails between the line and the page:
//! each kind of form with each kind of failure, with photos and without.

use super::browser::{Answer, Browser, kept, photo};
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::{BodyExt as _, Full};
use std::convert::Infallible;
use std::net::SocketAddr;
use yishi_pages::FEATURES;
use yishi_store::Fault;
use yishi_testkit::{neighbourhood, stores};
use yishi_web::feature::Feature;
use yishi_web::sent::{Sent, SentByAnyone, SentParts};
use yishi_web::{Cx, Error};

/// A feature whose forms come to nothing: the store is full, before and after photos were read.
static FULL: Feature = Feature {
    routes: yishi_web::routes! {
        get "/full/page" public async |cx: Cx| cx.typed().get("text").to_owned();
        form "/full/form" public async |_: Sent| full();
        form "/full/anyone" public async |_: SentByAnyone| full();
        parts "/full/parts" public async |_: SentParts| full();
        parts "/full/read" public async |cx: Cx, sent: SentParts| match sent.read(&cx, 3).await {
            Ok(_) => full(),
            Err(error) => Err(error),
        };
    },
    ..Feature::named("full")
};

fn full() -> Result<(), Error> {
    Err(Fault::Full("no space left".to_owned()).into())
}

const TEXT: &str = "楼道灯不亮 <b>三天</b>";
const SHOWN: &str = "楼道灯不亮 &lt;b&gt;三天&lt;/b&gt;";
const AFTER: &str = "请晚上 打电话";

/// How a form is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Pairs,
    Parts,
}

impl Way {
    fn kind(self) -> &'static str {
        match self {
            Way::Pairs => "application/x-www-form-urlencoded",
            Way::Parts => "multipart/form-data; boundary=part",
        }
    }

    fn paths(self) -> &'static [&'static str] {
        match self {
            Way::Pairs => &["/full/form", "/full/anyone"],
            Way::Parts => &["/full/parts", "/full/read"],
        }
    }

    /// The form as a browser sends it: a text, photos where it has some, another text.
    fn body(self, marks: &[(&str, &str)], photos: &[Vec<u8>]) -> Vec<u8> {
        let (text, after) = ([("text", TEXT)], [("after", AFTER)]);
        if self == Way::Pairs {
            let pairs = marks.iter().chain(&text).chain(&after);
            let pairs = pairs.map(|(name, value)| format!("{name}={}", yishi_web::encoded(value)));
            return pairs.collect::<Vec<_>>().join("&").into_bytes();
        }
        let part = |name: &str, value: &[u8]| {
            let front = format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            [front.as_bytes(), value, b"\r\n"].concat()
        };
        let values = |values: &[(&str, &str)]| {
            values.iter().flat_map(|(name, value)| part(name, value.as_bytes())).collect::<Vec<_>>()
        };
        let files = photos.iter().flat_map(|photo| part("photos\"; filename=\"a.png", photo));
        let mut body = values(marks);
        body.extend(values(&text));
        body.extend(files);
        body.extend(values(&after));
        body.extend(b"--part--\r\n");
        body
    }

    fn post(self, path: &str) -> axum::http::request::Builder {
        Request::post(path).header(header::CONTENT_TYPE, self.kind())
    }
}

/// What can be sent again from an answer: its form.
fn again(answer: &Answer) -> &str {
    let form = answer.body.split("<form").nth(1);
    form.unwrap_or_else(|| panic!("{}", answer.body)).split("</form>").next().unwrap()
}

/// What was typed is there, as it was, to be sent again in the same way.
fn stays(answer: &Answer, way: Way, path: &str, photos: usize) {
    let form = again(answer);
    assert!(form.contains(&format!("action=\"{path}\"")), "{form}");
    assert_eq!(form.contains("multipart/form-data"), way == Way::Parts, "{form}");
    for part in [format!("name=\"text\" value=\"{SHOWN}\""), format!("name=\"after\" value=\"{AFTER}\"")] {
        assert!(form.contains(&part), "{way:?} {path}: {}", answer.body);
    }
    let lost = answer.body.contains("照片没有留下来");
    assert_eq!(lost, photos > 0, "{way:?} {path}: {}", answer.body);
}

/// As much as came is there to be put right and sent.
fn begins(answer: &Answer, way: Way, path: &str) {
    let form = again(answer);
    assert!(form.contains(&format!("action=\"{path}\"")) && form.contains("只收到了下面这些"), "{form}");
    assert_eq!(form.contains("multipart/form-data"), way == Way::Parts, "{form}");
    let field = form.split("<textarea").find(|field| field.contains("name=\"text\"")).unwrap();
    assert!(field.contains("楼道灯不亮") && !field.contains("readonly"), "{form}");
}

fn program(office: &yishi_office::Office) -> Browser {
    Browser::with(office, Vec::leak([FEATURES, &[&FULL]].concat()))
}

#[tokio::test]
async fn when_nobody_can_say_who_is_signed_in() {
    let store = stores().await.swap_remove(0);
    let here = neighbourhood(&store.office).await;
    let worker = program(&store.office).signed_in(&store.office, &here.worker).await;
    let token = worker.token();
    let marks = [("token", token.as_str()), ("who", "somebody"), ("page", "/full/page")];
    store.office.db.execute(vec![("alter table session rename to away", vec![])]).await.unwrap();
    for way in [Way::Pairs, Way::Parts] {
        for path in way.paths() {
            for photos in [vec![], vec![photo(1), photo(2)]] {
                let answer = worker.send(way.post(path), Body::from(way.body(&marks, &photos))).await;
                assert!(answer.status.is_server_error(), "{}", answer.status);
                stays(&answer, way, path, if way == Way::Parts { photos.len() } else { 0 });
                // It is judged when it comes again: by its marks.
                for (name, value) in marks {
                    let mark = format!("name=\"{name}\" value=\"{value}\"");
                    assert!(again(&answer).contains(&mark), "{mark}");
                }
            }
            let secret = [("password", "三个街坊五棵槐树")];
            let answer = worker.send(way.post(path), Body::from(way.body(&secret, &[]))).await;
            assert!(!answer.body.contains("三个街坊") && !answer.body.contains("<form"), "{}", answer.body);
            assert!(answer.body.contains(SHOWN), "{}", answer.body);
        }
    }
    // Once it can be said again, what the page sends is taken as it was.
    store.office.db.execute(vec![("alter table away rename to session", vec![])]).await.unwrap();
    let back = worker.send(Way::Parts.post("/full/parts"), Body::from(Way::Parts.body(&marks, &[]))).await;
    assert_eq!(back.status, StatusCode::SERVICE_UNAVAILABLE, "{}", back.body);
    assert!(worker.get("/full/page").await.body.contains("楼道灯不亮"), "kept as the worker's");
}

#[tokio::test]
async fn when_the_store_fails_before_or_after_the_photos() {
    let store = stores().await.swap_remove(0);
    let visitor = program(&store.office);
    for way in [Way::Pairs, Way::Parts] {
        for path in way.paths() {
            let answer = visitor.send(way.post(path), Body::from(way.body(&[], &[]))).await;
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
            stays(&answer, way, path, 0);
        }
    }
    let form = [("form", "0190a1b2c3d43456789abcdefghjkmnpqrstuv")];
    let body = || Body::from(Way::Parts.body(&form, &[photo(1), photo(2)]));
    let unread = visitor.send(Way::Parts.post("/full/parts"), body()).await;
    stays(&unread, Way::Parts, "/full/parts", 2);
    // Photos that were taken in already stay with it.
    let read = visitor.send(Way::Parts.post("/full/read"), body()).await;
    stays(&read, Way::Parts, "/full/read", 0);
    assert_eq!(kept(again(&read)).len(), 2, "{}", read.body);
}

#[tokio::test]
async fn when_it_was_opened_under_another_address() {
    let store = stores().await.swap_remove(0);
    let here = neighbourhood(&store.office).await;
    let visitor = program(&store.office);
    let worker = visitor.signed_in(&store.office, &here.worker).await;
    let token = worker.token();
    for way in [Way::Pairs, Way::Parts] {
        for path in way.paths() {
            let send = |browser: &Browser, marks: &[(&str, &str)]| {
                let post = way.post(path).header(header::ORIGIN, "http://192.0.2.7");
                let (browser, body) = (browser.clone(), Body::from(way.body(marks, &[photo(1)])));
                async move { browser.send(post, body).await }
            };
            // To be copied: a button of ours would make what others wrote look like ours.
            let answer = send(&visitor, &[]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN);
            assert!(answer.body.contains("href=\"http://yishi.test\"") && !answer.body.contains("<form"));
            for text in [SHOWN, AFTER] {
                assert!(answer.body.contains(&format!(">{text}</textarea>")), "{}", answer.body);
            }
            // With the session's token it is ours all the same, and its page has it.
            let own = [("token", token.as_str()), ("page", "/full/page")];
            let answer = send(&worker, &own).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN);
            assert!(answer.body.contains("href=\"/full/page\""), "{}", answer.body);
            assert_eq!(worker.get("/full/page").await.body, TEXT);
        }
    }
}

#[tokio::test]
async fn when_it_is_too_large() {
    let store = stores().await.swap_remove(0);
    let visitor = program(&store.office);
    for way in [Way::Pairs, Way::Parts] {
        for path in way.paths() {
            let large = "字".repeat(500_000);
            let words = [("first", "写在 前面"), ("text", TEXT), ("more", large.as_str())];
            let answer = visitor.send(way.post(path), Body::from(way.body(&words, &[]))).await;
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{way:?} {path}");
            begins(&answer, way, path);
            assert!(answer.body.contains("太大了") && answer.body.len() < 8_000_000);
        }
    }
    // Photos that are too large are no reason to lose what stands behind them.
    let huge = vec![7; 15 * 1024 * 1024];
    let answer = visitor
        .send(Way::Parts.post("/full/parts"), Body::from(Way::Parts.body(&[], &[huge.clone(), huge.clone()])))
        .await;
    stays(&answer, Way::Parts, "/full/parts", 2);
    // Of what is more than we read at all, the beginning stays.
    let answer = visitor
        .send(
            Way::Parts.post("/full/parts"),
            Body::from(Way::Parts.body(&[], &[huge.clone(), huge.clone(), huge.clone(), huge])),
        )
        .await;
    begins(&answer, Way::Parts, "/full/parts");
    assert!(answer.body.contains("照片没有留下来"), "{}", answer.body);
}

#[tokio::test]
async fn when_too_much_came_from_there() {
    let store = stores().await.swap_remove(0);
    let visitor = program(&store.office);
    let from: SocketAddr = "203.0.113.9:1".parse().unwrap();
    for way in [Way::Pairs, Way::Parts] {
        for path in way.paths() {
            let mut answer = None;
            for _ in 0..100 {
                let post = way.post(path).extension(ConnectInfo(from));
                let one = visitor.send(post, Body::from(way.body(&[], &[photo(1)]))).await;
                if one.status == StatusCode::TOO_MANY_REQUESTS {
                    answer = Some(one);
                    break;
                }
            }
            stays(&answer.unwrap(), way, path, usize::from(way == Way::Parts));
        }
    }
}

#[tokio::test]
async fn when_the_rest_does_not_come_in_time() {
    let store = stores().await.swap_remove(0);
    let visitor = program(&store.office);
    tokio::time::pause();
    for way in [Way::Pairs, Way::Parts] {
        for path in way.paths() {
            // In the middle of a letter.
            let whole = way.body(&[], &[]);
            let cut = match way {
                Way::Pairs => yishi_web::encoded("楼道灯不亮").len() + "text=%2".len(),
                Way::Parts => whole.windows(3).position(|three| three == "亮".as_bytes()).unwrap() + 5,
            };
            let never = std::future::pending::<Option<Result<HeaderMap, Infallible>>>();
            let body = Full::new(Bytes::from(whole[..cut].to_vec())).with_trailers(never);
            let answer = visitor.send(way.post(path), Body::new(body)).await;
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
            begins(&answer, way, path);
            assert!(answer.body.contains("用时太久") && !answer.body.contains('\u{FFFD}'), "{}", answer.body);
        }
    }
}

#[tokio::test]
async fn when_the_line_breaks_or_a_part_is_missing() {
    let store = stores().await.swap_remove(0);
    let here = neighbourhood(&store.office).await;
    let visitor = program(&store.office);
    for way in [Way::Pairs, Way::Parts] {
        for path in way.paths() {
            let whole = way.body(&[], &[photo(1)]);
            let broken = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
            let broken = std::future::ready(Some(Err::<HeaderMap, _>(broken)));
            let half = Full::new(Bytes::from(whole[..whole.len() - 12].to_vec()));
            let half = half.map_err(|never: Infallible| match never {}).with_trailers(broken);
            let answer = visitor.send(way.post(path), Body::new(half)).await;
            // One that was not read so far fails for its own reason, and stays all the same.
            let unread = *path == "/full/parts";
            let status = if unread { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::BAD_REQUEST };
            assert_eq!(answer.status, status, "{}", answer.body);
            begins(&answer, way, path);
        }
    }
    // It ends without saying so, before the field behind the photos.
    let whole = Way::Parts.body(&[], &[photo(1)]);
    let end = whole.windows(5).position(|five| five == b"after").unwrap();
    for path in ["/full/read".to_owned(), format!("/at/{}/raise", here.building)] {
        let answer = visitor.send(Way::Parts.post(&path), Body::from(whole[..end].to_vec())).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.body);
        begins(&answer, Way::Parts, &path);
        assert!(answer.body.contains("没有全部收到") && kept(again(&answer)).len() == 1, "{}", answer.body);
    }
}

#[tokio::test]
async fn when_its_page_is_gone() {
    let store = stores().await.swap_remove(0);
    let visitor = program(&store.office);
    for way in [Way::Pairs, Way::Parts] {
        let answer = visitor.send(way.post("/full/gone"), Body::from(way.body(&[], &[photo(1)]))).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        for text in [SHOWN, AFTER] {
            assert!(answer.body.contains(&format!(">{text}</textarea>")), "{}", answer.body);
        }
    }
}
