//! Guessing passwords is held back, and nobody else is.

use super::browser::{Answer, Browser};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use yishi_office::Office;
use yishi_office::people::{Secret, SignedIn};
use yishi_pages::FEATURES;
use yishi_store::verify::Known;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};
use yishi_web::client::Proxies;
use yishi_web::{App, router};

const PASSWORD: &str = "a long enough sentence";

yishi_store::query! {
    SECRETS: String = "select secret from second_step";
}

async fn worker_signs_up(browser: &Browser, office: &Office) -> Neighbourhood {
    let here = neighbourhood(office).await;
    let invitation = office.invite_by_machine(here.worker.account.unwrap()).await.unwrap();
    let link = format!("/invite/{}", invitation.word);
    let set = browser.post(&link, &[("username", "shen"), ("password", PASSWORD)]).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER);
    here
}

async fn sign_in(browser: &Browser, name: &str, password: &str) -> Answer {
    browser.post("/signin", &[("username", name), ("password", password)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_name_is_the_same_however_it_is_typed_and_none_is_the_programs() {
    let store = stores().await.swap_remove(0);
    let office = &store.office;
    let here = neighbourhood(office).await;
    let browser = Browser::new(office);
    let link = async |actor: &yishi_kernel::Actor| {
        let invitation = office.invite_by_machine(actor.account.unwrap()).await.unwrap();
        format!("/invite/{}", invitation.word)
    };
    let own = link(&here.worker).await;
    for name in ["管理员", "系统", "ａｄｍｉｎ", "ad\u{200b}min", "Root"] {
        let refused = browser.post(&own, &[("username", name), ("password", PASSWORD)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(refused.body.contains("请换一个"), "{name}: {}", refused.body);
    }
    let set = browser.post(&own, &[("username", "ｓｈｅｎ\u{200b}1"), ("password", PASSWORD)]).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
    for name in ["shen1", "SHEN1", "ｓｈｅｎ１", "sh\u{200b}en1", " shen1 "] {
        assert_eq!(sign_in(&browser, name, PASSWORD).await.status, StatusCode::SEE_OTHER, "{name}");
    }
    let taken = [("username", "ｓｈｅｎ１"), ("password", PASSWORD)];
    let other = link(&here.colleague).await;
    assert_eq!(browser.post(&other, &taken).await.status, StatusCode::UNPROCESSABLE_ENTITY);
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

#[tokio::test(flavor = "multi_thread")]
async fn nobody_locks_others_out() {
    let store = stores().await.swap_remove(0);
    worker_signs_up(&Browser::new(&store.office), &store.office).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = behind_a_proxy(&store.office);
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

/// A browser with the cookie of a sign-in that waits for its code.
async fn sent_half(browser: &Browser, path: &str, half: &str, fields: &[(&str, &str)]) -> Answer {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", yishi_web::encoded(value))).collect();
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, format!("half={half}"));
    browser.send(request, Body::from(pairs.join("&"))).await
}

/// The secret that a page shows.
fn secret_of(page: &str) -> Secret {
    let value = page.split("name=\"secret\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    Secret::parse(value).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_step_takes_each_code_once_and_is_ended_with_the_password_alone() {
    for store in stores().await {
        let office = &store.office;
        let browser = Browser::new(office);
        worker_signs_up(&browser, office).await;
        let own = browser.keeping(&sign_in(&browser, "shen", PASSWORD).await);
        let page = own.get("/account/second-step").await.body;
        let secret = secret_of(&page);
        assert!(page.contains("<svg") && page.contains("name=\"code\""));
        let text = secret.text();
        let set =
            async |code: &str| own.post("/account/second-step", &[("secret", &text), ("code", code)]).await;
        assert_eq!(set("000000").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let first = secret.shown(office.now());
        let codes = set(&first).await;
        let spare: Vec<String> = codes
            .body
            .split("<code>")
            .skip(1)
            .map(|rest| rest.split('<').next().unwrap().to_owned())
            .collect();
        assert_eq!((codes.status, spare.len()), (StatusCode::OK, 10), "{}", codes.body);

        // The password alone leads to the code and not in.
        let half = sign_in(&browser, "shen", PASSWORD).await;
        assert_eq!(half.location, "/signin/code?back=/desk");
        assert_eq!(half.cookie("session"), None);
        let half = half.cookie("half").unwrap();
        let try_code = async |code: &str| sent_half(&browser, "/signin/code", &half, &[("code", code)]).await;
        assert_eq!(try_code(&first).await.status, StatusCode::UNPROCESSABLE_ENTITY, "used to set it up");
        office.clock.put(office.now().plus_seconds(60));
        let next = secret.shown(office.now());
        let signed = try_code(&next).await;
        assert_eq!((signed.status, signed.location.as_str()), (StatusCode::SEE_OTHER, "/desk"));
        assert_eq!(browser.keeping(&signed).get("/desk").await.status, StatusCode::OK);
        assert_eq!(try_code(&next).await.location, "/signin", "that sign-in is over");
        let half = sign_in(&browser, "shen", PASSWORD).await.cookie("half").unwrap();
        let again = sent_half(&browser, "/signin/code", &half, &[("code", &next)]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "each code once");
        // One of many at once gets in by a spare code.
        let one = async || sent_half(&browser, "/signin/code", &half, &[("code", &spare[0])]).await;
        let all: [Answer; 4] = tokio::join!(one(), one(), one(), one()).into();
        let let_in = all.iter().filter(|answer| answer.cookie("session").is_some()).count();
        assert_eq!(let_in, 1);

        let page = own.get("/account/second-step").await.body;
        assert!(page.contains("还有 9 个备用码"), "{page}");
        let changes = own.get("/account").await.body;
        assert!(changes.contains("开启两步登录") && changes.contains("使用备用码登录"), "{changes}");

        // Another telephone takes the password, and whoever only has that gets no further.
        let half = sign_in(&browser, "shen", PASSWORD).await.cookie("half").unwrap();
        let other = secret_of(&own.get("/account/second-step/anew").await.body);
        let shown = other.shown(office.now());
        let taken_over = [("secret", other.text()), ("code", shown.clone())];
        let taken_over = taken_over.each_ref().map(|(name, value)| (*name, value.as_str()));
        let set = sent_half(&browser, "/signin/set-up", &half, &taken_over).await;
        assert!(set.cookie("session").is_none() && !set.body.contains("<code>"), "{}", set.body);
        let again = own.post("/account/second-step", &taken_over).await;
        assert!(!again.body.contains("<code>"), "not without the password");
        let anew = async |password: &str| {
            let form = [taken_over[0], taken_over[1], ("password", password)];
            own.post("/account/second-step/anew", &form).await
        };
        assert_eq!(anew("some wrong guess").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let codes = anew(PASSWORD).await;
        assert_eq!(
            (codes.status, codes.body.matches("<code>").count()),
            (StatusCode::OK, 10),
            "{}",
            codes.body
        );
        let who = office.waited_for(&half).await.unwrap().unwrap();
        office.clock.put(office.now().plus_seconds(60));
        for before in [&spare[1], &secret.shown(office.now())] {
            assert!(!office.takes_code(&who, before).await.unwrap(), "of before");
        }
        assert!(office.takes_code(&who, &other.shown(office.now())).await.unwrap());

        // Guessing codes is held back.
        let half = sign_in(&browser, "shen", PASSWORD).await.cookie("half").unwrap();
        let mut guesses = 0;
        while sent_half(&browser, "/signin/code", &half, &[("code", "123456")]).await.status
            != StatusCode::TOO_MANY_REQUESTS
        {
            guesses += 1;
            assert!(guesses < 20);
        }

        let wrong = own.post("/account/second-step/end", &[("password", "some wrong guess")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let ended = own.post("/account/second-step/end", &[("password", PASSWORD)]).await;
        assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.body);
        assert_eq!(sign_in(&browser, "shen", PASSWORD).await.location, "/desk");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gives_a_code_while_its_key_is_away_is_told_the_way_in() {
    for store in stores().await {
        let office = &store.office;
        let browser = Browser::new(office);
        let here = worker_signs_up(&browser, office).await;
        let who = SignedIn { account: here.worker.account.unwrap(), ledger: here.community };
        let secret = Secret::of([7; 20]);
        let spare = office.set_second_step(&who, &secret, None).await.unwrap();
        std::fs::remove_file(store.folder().join("keys/second.steps.key")).unwrap();
        let half = sign_in(&browser, "shen", PASSWORD).await.cookie("half").unwrap();
        let code = async |code: &str| sent_half(&browser, "/signin/code", &half, &[("code", code)]).await;
        let told = code(&secret.shown(office.now())).await;
        assert_eq!(told.status, StatusCode::SERVICE_UNAVAILABLE);
        for part in ["备用码", "管理员重新发登录链接", "name=\"code\""] {
            assert!(told.body.contains(part), "{part}: {}", told.body);
        }
        let signed = code(&spare[0]).await;
        assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.body);
        let own = browser.keeping(&signed);
        assert!(own.get("/account/second-step").await.body.contains("9"));
        // Another one is set up with the password, as with another telephone.
        let anew = secret_of(&own.get("/account/second-step/anew").await.body);
        let (text, shown) = (anew.text(), anew.shown(office.now()));
        let form = [("secret", text.as_str()), ("code", &shown), ("password", PASSWORD)];
        let set = own.post("/account/second-step/anew", &form).await;
        assert_eq!(set.status, StatusCode::OK, "{}", set.body);
        office.clock.put(office.now().plus_seconds(60));
        assert!(office.takes_code(&who, &anew.shown(office.now())).await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_street_asks_for_a_second_step_nobody_gets_in_without() {
    let store = stores().await.swap_remove(0);
    let office = &store.office;
    let browser = Browser::new(office);
    let here = worker_signs_up(&browser, office).await;
    let admin = browser.signed_in(office, &here.administrator).await;
    let place = format!("/admin/places/{}", here.street);
    let ruled = admin.post(&format!("{place}/sign-in"), &[("second-step", "required")]).await;
    assert_eq!(ruled.status, StatusCode::SEE_OTHER);
    let half = sign_in(&browser, "shen", PASSWORD).await;
    assert_eq!((half.location.as_str(), half.cookie("session")), ("/signin/set-up?back=/desk", None));
    let half = half.cookie("half").unwrap();
    let asked = Request::get("/signin/set-up").header(header::COOKIE, format!("half={half}"));
    let secret = secret_of(&browser.send(asked, Body::empty()).await.body);
    let code = secret.shown(office.now());
    let set =
        sent_half(&browser, "/signin/set-up", &half, &[("secret", &secret.text()), ("code", &code)]).await;
    let own = browser.keeping(&set);
    assert_eq!(own.get("/desk").await.status, StatusCode::OK, "{}", set.body);
    let ended = own.post("/account/second-step/end", &[("password", PASSWORD)]).await;
    assert_eq!(ended.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(ended.body.contains("不能关闭"), "{}", ended.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_the_database_makes_no_codes_and_whoever_changes_it_gets_nowhere() {
    for store in stores().await {
        let office = &store.office;
        let browser = Browser::new(office);
        let here = worker_signs_up(&browser, office).await;
        let who = SignedIn { account: here.worker.account.unwrap(), ledger: here.community };
        let secret = Secret::of([7; 20]);
        office.set_second_step(&who, &secret, None).await.unwrap();
        let kept = SECRETS.all(&office.db, &[]).await.unwrap();
        assert_eq!(kept.len(), 1);
        assert!(!format!("{kept:?}").contains(&secret.text()), "{kept:?}");

        // The row goes, or another one takes its place: the password alone opens nothing.
        let own = Secret::of([8; 20]);
        let change = async |sql: &'static str| office.db.execute(vec![(sql, Vec::new())]).await.unwrap();
        for sql in [
            "update second_step set spare = '0000'",
            "update second_step set proof = 'another'",
            "delete from second_step",
        ] {
            change(sql).await;
            let half = sign_in(&browser, "shen", PASSWORD).await;
            assert_eq!(half.location, "/signin/code?back=/desk", "{sql}");
            for code in [secret.shown(office.now()), own.shown(office.now()), "0000".to_owned()] {
                assert!(!office.takes_code(&who, &code).await.unwrap(), "{sql}");
            }
            let wrong = office.verify(Known::default()).await.unwrap().wrong;
            let told = wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
            assert!(told.contains("second step"), "{sql}: {told}");
        }
        // A new link is the way back.
        let invitation = office.invite_by_machine(who.account).await.unwrap();
        office.accept_invitation(&invitation.word, "shen", "hash").await.unwrap();
        assert!(!office.has_second_step(&who).await.unwrap());
        assert!(office.verify(Known::default()).await.unwrap().wrong.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_everybody_tries_first_and_a_name_that_looks_like_anothers_are_refused() {
    let store = stores().await.swap_remove(0);
    let office = &store.office;
    let browser = Browser::new(office);
    let here = worker_signs_up(&browser, office).await;
    let keeper = office.invite_by_machine(here.keeper.account.unwrap()).await.unwrap();
    let link = format!("/invite/{}", keeper.word);
    let set = async |name: &str, password: &str| {
        browser.post(&link, &[("username", name), ("password", password)]).await
    };
    for password in ["1234567890", "woaini1314520", "罗大川19900101", "xinglin2026!!", "luodachuan2026"] {
        let refused = set("luodachuan", password).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{password}");
        assert!(refused.body.contains("太容易猜到"), "{password}: {}", refused.body);
    }
    for name in ["shen", "SHEN", "s\u{200b}hen", "ѕhen", "ｓｈｅｎ", "shen\u{ad}"] {
        let refused = set(name, PASSWORD).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name:?}");
        assert!(refused.body.contains("请换一个"), "{name:?}: {}", refused.body);
    }
    assert_eq!(set("\u{3164}\u{3164}", PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(set("luo", PASSWORD).await.status, StatusCode::SEE_OTHER);
}
