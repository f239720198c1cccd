//! A receipt whose link is lost: found on the device that opened it, by number and code, or issued
//! anew at the desk; and who does not come to it.

use super::browser::{Answer, Browser};
use super::dispatch::in_hand;
use super::meetings::{done, main_of};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use std::net::SocketAddr;
use yishi_domain::matters::{Answer as Reply, KnownBy};
use yishi_kernel::Actor;
use yishi_office::Office;
use yishi_office::matters::RaisedMatter;
use yishi_office::matters::reads::{matter, receipt_by_id};
use yishi_office::places::reads::ledger_by_slug;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

const WORD: &str = "wxyzwxyzwxyzwxyzwxyzwxyzwx";
const OTHER: &str = "23456789abcdefghjkmnpqrstu";
const FORM: &str = "0190a1b2c3d43456789abcdefghjkmnpqrstuv";
const OTHER_FORM: &str = "0190a1b2c3d4456789abcdefghjkmnpqrstuvw";

/// The code of a receipt as its page shows it.
fn code(page: &str) -> String {
    let rest = page.split("class=\"slip-code\">").nth(1).unwrap();
    rest.split('<').next().unwrap().to_owned()
}

/// Somebody without name or contact raises something; its number.
async fn said(office: &Office, here: &Neighbourhood, word: &str, name: &str) -> (RaisedMatter, i64) {
    let mut one = raising(word, here.building, "楼道灯坏了");
    one.speaker.name = name.to_owned();
    let raised = office.raise(&Actor::visitor(), one).await.unwrap();
    let number = matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap().number;
    (raised, number)
}

async fn typed(browser: &Browser, number: i64, code: &str) -> Answer {
    let number = number.to_string();
    browser.post("/receipt", &[("open-slug", "xinglin"), ("open-number", &number), ("open-code", code)]).await
}

/// The page without what differs from one making to the next.
fn told(answer: &Answer) -> String {
    let main = main_of(&answer.body);
    let parts = main.split("name=\"once\" value=\"").map(|part| part.get(38..).unwrap_or(part));
    parts.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_device_that_raised_it_lists_it_and_opens_it_without_the_link() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let device = Browser::new(office).at_device(WORD, "");
        let fields = [("form", FORM), ("text", "三楼灯坏了")];
        let raised = device.post_files(&format!("/at/{}/raise", here.building), &fields, &[]).await;
        assert_eq!(raised.status, StatusCode::SEE_OTHER, "{}", raised.body);
        let (joined, _) = said(office, &here, "another", "").await;
        let number = matter(&office.db, joined.ledger, joined.matter).await.unwrap().unwrap().number;
        done(&device.post(&format!("/c/xinglin/m/{number}/join"), &[("form", OTHER_FORM)]).await);

        let mine = device.get("/mine").await.body;
        assert!(mine.contains("三楼灯坏了") && mine.contains("“我也遇到”"), "{mine}");
        assert!(!mine.contains("楼道灯坏了"), "not what a neighbour wrote: {mine}");
        let links: Vec<&str> =
            mine.split("href=\"/r/xinglin/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert_eq!(links.len(), 2, "{mine}");
        let own = format!("/r/xinglin/{}", links[1]);
        let page = device.get(&own).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("三楼灯坏了") && !page.body.contains("link-text"), "{}", page.body);
        let more = device.post_files(&format!("{own}/add"), &[("add-text", "还是黑")], &[]).await;
        assert_eq!(more.location, format!("{own}?added"), "{}", more.body);

        // Nobody else comes to it by that address, and no list says that it is there.
        let browser = Browser::new(office);
        let worker = browser.signed_in(office, &here.worker).await;
        for other in [
            browser.clone(),
            browser.at_device(OTHER, ""),
            worker.at_device(WORD, ""),
            browser.at_device(WORD, &format!("browser={OTHER}")),
            browser.at_device(WORD, "shared=yes"),
        ] {
            let closed = other.get(&own).await;
            assert_eq!(closed.status, StatusCode::NOT_FOUND);
            assert!(closed.body.contains("请用编号和八位码打开"), "{}", closed.body);
            let none = other.get(&format!("/r/xinglin/{}", uuid::Uuid::now_v7())).await;
            assert_eq!(
                (none.status, none.body.contains("请用编号和八位码打开")),
                (StatusCode::NOT_FOUND, true)
            );
            assert!(!other.get("/mine").await.body.contains("/r/xinglin/"));
        }

        // A new link by the device: the one before ends.
        let anew = device.post(&format!("{own}/reissue"), &[]).await;
        assert!(anew.location.ends_with("?reissued"), "{}", anew.body);
        assert!(browser.get(&anew.location).await.body.contains("link-text"));
        let before = browser.get(raised.location.split('?').next().unwrap()).await;
        assert_eq!(before.status, StatusCode::NOT_FOUND);
        assert!(before.body.contains("换了新的") && before.body.contains("请打电话"), "{}", before.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shared_device_forgets_by_one_tap() {
    for store in stores().await {
        let office = &store.office;
        neighbourhood(office).await;
        let device = Browser::new(office).at_device(WORD, "");
        assert!(device.get("/mine").await.body.contains("这是公用的设备"));
        let sent = device.post("/mine", &[("device", "shared")]).await;
        assert_eq!(
            (sent.cookie("shared").unwrap().as_str(), sent.cookie("device").unwrap().as_str()),
            ("yes", "")
        );
        let gone = sent.cookies.iter().find(|cookie| cookie.starts_with("device=")).unwrap();
        assert!(gone.contains("Max-Age=0"), "{gone}");
        // From then on it has a word for a visit only.
        let shared = Browser::new(office);
        let request = Request::get("/mine").header(header::COOKIE, "shared=yes");
        let fresh = shared.send(request, Body::empty()).await;
        let word = fresh.cookies.iter().find(|cookie| cookie.starts_with("device=")).unwrap();
        assert!(!word.contains("Max-Age"), "{word}");
        assert!(fresh.body.contains("这是我自己的设备"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn number_and_code_open_it_and_what_is_wrong_is_not_told_apart() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, number) = said(office, &here, "code", "").await;
        let browser = Browser::new(office);
        let shown = browser.get(&format!("/r/xinglin/{}", raised.secret)).await.body;
        let code = code(&shown);
        assert_eq!(code.len(), 9, "{code}");
        let device = browser.at_device(WORD, "");
        let opened = typed(&device, number, &code.replace(' ', "-")).await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
        let pass = opened.cookie("receipt").unwrap();
        let with = browser.at_device(WORD, &format!("receipt={pass}"));
        let page = with.get(&opened.location).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("楼道灯坏了"), "{}", page.body);
        for other in [format!("{pass}0"), pass.replace('.', ""), pass.replacen('.', ".9", 1), String::new()] {
            let other = browser.at_device(WORD, &format!("receipt={other}"));
            assert_eq!(other.get(&opened.location).await.status, StatusCode::NOT_FOUND);
        }

        // A wrong number and a wrong code answer the same.
        let wrong_code = typed(&browser.at_device(OTHER, ""), number, "00000000").await;
        let wrong_number = typed(&browser.at_device(OTHER, ""), 999_999, "00000000").await;
        assert_eq!(wrong_code.status, wrong_number.status);
        let echo = |text: String, number: i64| text.replace(&format!("value=\"{number}\""), "value=\"\"");
        assert_eq!(echo(told(&wrong_code), number), echo(told(&wrong_number), 999_999));
        // The last digits of a telephone lead to the desk, and are no try.
        for _ in 0..9 {
            let tail = typed(&browser.at_device(OTHER, ""), number, "0123").await;
            assert!(tail.body.contains("电话尾号打不开回执"), "{}", tail.body);
        }
        // A new receipt by the code ends it, and the pass with it.
        let anew = with.post(&format!("{}/reissue", opened.location.split('?').next().unwrap()), &[]).await;
        assert!(anew.location.ends_with("?reissued"), "{}", anew.body);
        assert_eq!(with.get(&opened.location).await.status, StatusCode::NOT_FOUND);
        assert_eq!(typed(&device, number, &code).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn five_tries_a_day_for_a_number_and_a_device_and_the_desk_after_that() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, number) = said(office, &here, "tries", "").await;
        let browser = Browser::new(office);
        let right = code(&browser.get(&format!("/r/xinglin/{}", raised.secret)).await.body);
        let wrong = if right == "0000 0000" { "00000001" } else { "00000000" };
        let stranger = browser.at_device(OTHER, "");
        for _ in 0..9 {
            assert_eq!(
                typed(&stranger, number, &right).await.status,
                StatusCode::SEE_OTHER,
                "right ones do not count"
            );
        }
        for n in 0..5 {
            assert_eq!(typed(&stranger, number, wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{n}");
        }
        for code in [wrong, right.as_str()] {
            let too_often = typed(&stranger, number, code).await;
            assert_eq!(too_often.status, StatusCode::TOO_MANY_REQUESTS);
            assert!(too_often.body.contains("请明天再试"), "{}", too_often.body);
        }
        // Its holder elsewhere is not locked out, nor is another number from there.
        assert_eq!(typed(&browser.at_device(WORD, ""), number, &right).await.status, StatusCode::SEE_OTHER);
        let (another, second) = said(office, &here, "tries-2", "").await;
        let its = code(&browser.get(&format!("/r/xinglin/{}", another.secret)).await.body);
        assert_eq!(typed(&stranger, second, &its).await.status, StatusCode::SEE_OTHER);
        // The next day there are five more.
        office.clock.put(office.now().plus_seconds(24 * 60 * 60));
        assert_eq!(typed(&stranger, number, &right).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_drops_the_cookie_is_counted_by_network_and_many_networks_by_number() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (_, number) = said(office, &here, "many", "").await;
        let browser = Browser::new(office);
        let from = async |address: String, device: &str, number: i64| {
            let peer: SocketAddr = address.parse().unwrap();
            let request = Request::post("/receipt")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::COOKIE, device)
                .extension(ConnectInfo(peer));
            let body = format!("open-slug=xinglin&open-number={number}&open-code=00000000");
            browser.send(request, Body::from(body)).await.status
        };
        let mut refused = 0;
        for n in 0..40 {
            let device = format!("device={}{:02}", &WORD[..24], n);
            let status = from("192.0.2.7:80".to_owned(), &device, number + n).await;
            refused += usize::from(status == StatusCode::TOO_MANY_REQUESTS);
        }
        assert_eq!(refused, 10, "thirty from one network, whatever number and device");
        let mut taken = 0;
        for n in 0..80 {
            let status = from(format!("198.51.100.{n}:80"), "", number).await;
            taken += usize::from(status == StatusCode::UNPROCESSABLE_ENTITY);
        }
        assert!((45..=51).contains(&taken), "{taken} for one number from anywhere");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_issues_it_anew_to_somebody_it_can_check_and_the_old_link_ends() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (named, number) = said(office, &here, "named", "赵奶奶").await;
        let (nameless, other) = said(office, &here, "nameless", "").await;
        let browser = Browser::new(office);
        let worker = browser.signed_in(office, &here.worker).await;
        let page = |number: i64, of: &RaisedMatter| format!("/w/xinglin/{number}/receipts/{}", of.receipt);
        let list = worker.get(&format!("/w/xinglin/{number}/receipts")).await.body;
        assert!(list.contains(&page(number, &named)), "{list}");
        let reissue = format!("{}/reissue", page(number, &named));
        assert_eq!(
            worker.post(&reissue, &[]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "how it was checked"
        );
        let before = code(&browser.get(&format!("/r/xinglin/{}", named.secret)).await.body);
        let form = [("reissue-known", "in_person"), ("once", FORM)];
        let slip = worker.post(&reissue, &form).await;
        assert_eq!(slip.status, StatusCode::SEE_OTHER, "{}", slip.body);
        let twice = worker.post(&reissue, &form).await;
        assert_eq!(twice.location, slip.location, "a double tap issues it once");
        let paper = worker.get(&slip.location).await.body;
        assert!(
            paper.contains("link-text") && paper.contains("class=\"qr\"") && !paper.contains("赵奶奶"),
            "{paper}"
        );
        let after = code(&paper);
        assert_ne!(before, after);
        let secret = slip.location.rsplit('/').next().unwrap();
        assert_eq!(browser.get(&format!("/r/xinglin/{secret}")).await.status, StatusCode::OK);
        let ended = browser.get(&format!("/r/xinglin/{}", named.secret)).await;
        assert_eq!(ended.status, StatusCode::NOT_FOUND);
        assert!(ended.body.contains("换了新的"), "{}", ended.body);
        assert_eq!(
            typed(&browser.at_device(WORD, ""), number, &before).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(typed(&browser.at_device(WORD, ""), number, &after).await.status, StatusCode::SEE_OTHER);

        // Whoever gave nothing cannot be checked; the sentence says what helps.
        let shown = worker.get(&page(other, &nameless)).await.body;
        assert!(shown.contains("没有留下能核对的称呼或电话"), "{shown}");
        let refused = worker.post(&format!("{}/reissue", page(other, &nameless)), &form[..1]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("八位码"), "{}", refused.body);

        // A steward gives again what she opened; nobody else's, and nobody does who has no right.
        let (own, third) = for_a_neighbour(office, &here).await;
        let steward = browser.signed_in(office, &here.steward).await;
        let anew =
            steward.post(&format!("{}/reissue", page(third, &own)), &[("reissue-known", "opener")]).await;
        assert_eq!(anew.status, StatusCode::SEE_OTHER, "{}", anew.body);
        let keeper = browser.signed_in(office, &here.keeper).await;
        for (who, status) in [(&keeper, StatusCode::FORBIDDEN), (&browser, StatusCode::SEE_OTHER)] {
            let sent = who.post(&reissue, &form[..1]).await;
            assert_eq!(sent.status, status);
            assert!(!sent.location.contains("/slip/"), "{}", sent.location);
        }
    }
}

/// What the steward raises for a neighbour of her stairwell, and its number.
async fn for_a_neighbour(office: &Office, here: &Neighbourhood) -> (RaisedMatter, i64) {
    let mut one = raising("spoken", here.stairwells[1], "门口滴水");
    one.behalf = yishi_domain::matters::Behalf::Neighbour;
    one.speaker.consent = Some("当面同意".to_owned());
    let raised = office.raise(&here.steward, one).await.unwrap();
    let number = matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap().number;
    (raised, number)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_steward_gives_nobody_elses_and_whom_it_concerns_gives_none() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let browser = Browser::new(office);
        let mut one = raising("stairs", here.stairwells[1], "楼道灯坏了");
        one.speaker.name = "赵奶奶".to_owned();
        let raised = office.raise(&Actor::visitor(), one).await.unwrap();
        for known in [KnownBy::InPerson, KnownBy::Opener] {
            let refused = office.reissue(&here.steward, raised.ledger, raised.receipt, known).await;
            assert!(refused.is_err());
        }
        let number = matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap().number;
        let steward = browser.signed_in(office, &here.steward).await;
        let shown = steward.get(&format!("/w/xinglin/{number}/receipts/{}", raised.receipt)).await.body;
        assert!(shown.contains("红管家只能补发自己代邻居开的回执"), "{shown}");

        let mut about = raising("about", here.building, "不公平");
        about.about = Some(here.committee);
        about.speaker.name = "赵奶奶".to_owned();
        let about = office.raise(&Actor::visitor(), about).await.unwrap();
        let number = matter(&office.db, about.ledger, about.matter).await.unwrap().unwrap().number;
        let path = format!("/w/xinglin/{number}/receipts/{}/reissue", about.receipt);
        let known = [("reissue-known", "in_person")];
        for who in [&here.worker, &here.secretary] {
            let sent = browser.signed_in(office, who).await.post(&path, &known).await;
            assert_eq!(sent.status, StatusCode::FORBIDDEN);
        }
        let row = receipt_by_id(&office.db, about.ledger, about.receipt).await.unwrap().unwrap();
        assert_eq!(row.reissued, 0);
        let officer = browser.signed_in(office, &here.officer).await;
        assert_eq!(officer.post(&path, &known).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_who_handed_it_over_does_not_evaluate_by_it_and_the_own_device_still_does() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, _) = in_hand(office, &here, "handed").await;
        let ledger = ledger_by_slug(&office.db, "xinglin").await.unwrap().unwrap();
        assert_eq!(ledger.ledger, raised.ledger);
        let answer = Reply { text: "换好了".to_owned(), word: String::new(), photos: vec![] };
        office.act(&here.worker, raised.ledger, raised.matter, answer).await.unwrap();
        let refused = office.reissue(&here.worker, raised.ledger, raised.receipt, KnownBy::InPerson).await;
        assert!(refused.is_err(), "nothing was left to check by");
        let holder = Actor::visitor().showing(yishi_kernel::Claim::Receipt);
        let secret = office.reissue(&holder, raised.ledger, raised.receipt, KnownBy::Device).await.unwrap();
        let page = Browser::new(office).get(&format!("/r/xinglin/{secret}")).await.body;
        assert!(page.contains("id=\"evaluate\""), "{page}");
    }
}
