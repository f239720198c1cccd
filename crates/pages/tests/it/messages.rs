//! Messages to people outside: who wishes it is told, of the number and where to look, once for what
//! came together, in no night, and nothing any more once they said so or had it erased. What fails
//! is seen by an administrator, who tries it again.

use super::browser::Browser;
use super::dispatch::{in_hand, triage};
use axum::http::StatusCode;
use std::path::Path;
use tempfile::TempDir;
use yishi_courier::{Courier, Given, Trouble};
use yishi_domain::matters::Answer;
use yishi_kernel::Actor;
use yishi_office::Office;
use yishi_office::background::Driver;
use yishi_pages_matters::messages::send::round;
use yishi_store::message;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{neighbourhood, stores};
use yishi_web::App;

/// A courier whose short messages are files in a folder.
fn into(folder: &Path) -> Courier {
    Courier::of(&Given { sms_dir: Some(folder.to_owned()), ..Given::default() }).unwrap()
}

/// What has become a file, in any order.
fn sent(folder: &TempDir) -> Vec<String> {
    let files = std::fs::read_dir(folder.path()).unwrap();
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

/// Follows what was recorded, and sends what is due.
async fn follow(app: &App) {
    Driver::OWN.begin(&app.office).await.unwrap();
    Driver::OWN.round(&app.office).await.unwrap();
    round(app, "one").await.unwrap();
}

fn pass(office: &Office, seconds: i64) {
    office.clock.put(office.now().plus_seconds(seconds));
}

async fn queued(office: &Office) -> (u64, u64, u64) {
    let stands = message::stands(&office.db).await.unwrap();
    (stands.waiting, stands.failing, stands.given_up)
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wishes_it_is_told_that_it_goes_on_and_no_more() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let raised =
            office.raise(&Actor::visitor(), raising("m", here.building, "南门路灯不亮")).await.unwrap();
        let page = format!("/r/xinglin/{}", raised.secret);
        let bare = Browser::new(office).get(&page).await.body;
        assert!(!bare.contains("有进展时告诉我"), "nothing is offered where nothing is set: {bare}");
        let folder = tempfile::tempdir().unwrap();
        let (browser, app) = Browser::telling(office, into(folder.path()));
        let offered = browser.get(&page).await.body;
        assert!(offered.contains("有进展时告诉我") && offered.contains("value=\"text\""), "{offered}");
        assert!(!offered.contains("value=\"mail\""), "mail is not set: {offered}");
        let path = format!("{page}/told");
        let wrong = browser.post(&path, &[("told-way", "text"), ("told-to", "8123 4567")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("十一位手机号") && wrong.body.contains("8123 4567"), "{}", wrong.body);
        let unset = browser.post(&path, &[("told-way", "mail"), ("told-to", "lin@example.cn")]).await;
        assert_eq!(unset.status, StatusCode::UNPROCESSABLE_ENTITY);
        let said = browser.post(&path, &[("told-way", "text"), ("told-to", "138 0000 1111")]).await;
        assert_eq!(said.location, format!("{page}?told"), "{}", said.body);
        let now = browser.get(&page).await.body;
        assert!(now.contains("有进展时发短信告诉您") && !now.contains("13800001111"), "{now}");

        // At once, so that they see that it works.
        follow(&app).await;
        let first = sent(&folder);
        assert_eq!(first.len(), 1, "{}: {first:?}", store.engine());
        for part in ["To: 8613800001111", "杏林社区", "已收到", "http://yishi.test/receipt"] {
            assert!(first[0].contains(part), "{part} in {first:?}");
        }
        // Neither what was said nor the way to it.
        for part in ["路灯", "南门", raised.secret.as_str()] {
            assert!(!first[0].contains(part), "{part} in {first:?}");
        }
        assert_eq!(queued(office).await, (0, 0, 0));

        // What comes together is told together.
        triage(office, &here, raised.ledger, raised.matter).await;
        follow(&app).await;
        assert_eq!((sent(&folder).len(), queued(office).await.0), (1, 1), "it waits for what comes along");
        let rows = office.db.rows("select stream, failed from message", &[]).await.unwrap();
        assert_eq!(rows.len(), 1);
        let answer = Answer { text: "换好了。".to_owned(), word: String::new(), photos: vec![] };
        office.act(&here.worker, raised.ledger, raised.matter, answer).await.unwrap();
        pass(office, 601);
        follow(&app).await;
        let both = sent(&folder);
        assert_eq!(both.len(), 2, "{both:?}");
        assert!(both.iter().any(|one| one.contains("有答复了。解决没有")), "{both:?}");
        assert!(!both.iter().any(|one| one.contains("正在办理") || one.contains("换好了")), "{both:?}");

        // In the night nobody is told; in the morning they are.
        let nine = office.now().plus_seconds(12 * 3_600);
        office.clock.put(nine);
        let again = browser.post(&format!("{page}/evaluate"), &[("solved", "no")]).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
        pass(office, 3_600);
        follow(&app).await;
        assert_eq!((sent(&folder).len(), queued(office).await), (2, (1, 0, 0)));
        pass(office, 11 * 3_600);
        follow(&app).await;
        assert_eq!((sent(&folder).len(), queued(office).await), (3, (0, 0, 0)));

        // Whoever wishes it no more is told no more.
        let stop = browser.post(&path, &[("told-way", "nothing"), ("told-to", "")]).await;
        assert_eq!(stop.location, format!("{page}?untold"), "{}", stop.body);
        let answer = Answer { text: "又换了。".to_owned(), word: String::new(), photos: vec![] };
        office.act(&here.worker, raised.ledger, raised.matter, answer).await.unwrap();
        pass(office, 3_600);
        follow(&app).await;
        assert_eq!((sent(&folder).len(), queued(office).await), (3, (0, 0, 0)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_was_erased_is_told_nothing() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, _) = in_hand(office, &here, "erase").await;
        let folder = tempfile::tempdir().unwrap();
        let (browser, app) = Browser::telling(office, into(folder.path()));
        let page = format!("/r/xinglin/{}", raised.secret);
        let wish = [("told-way", "text"), ("told-to", "13800001111")];
        assert_eq!(browser.post(&format!("{page}/told"), &wish).await.status, StatusCode::SEE_OTHER);
        Driver::OWN.begin(office).await.unwrap();
        Driver::OWN.round(office).await.unwrap();
        assert_eq!(queued(office).await, (1, 0, 0));
        let erased = browser.post(&format!("{page}/erase"), &[("own-sure", "yes")]).await;
        assert_eq!(erased.location, format!("{page}?erased"), "{}", erased.body);
        follow(&app).await;
        assert_eq!((sent(&folder).len(), queued(office).await), (0, (0, 0, 0)), "the message ends");
        let held = office.db.rows("select value from private where field = 'to'", &[]).await.unwrap();
        assert!(held.is_empty());
        let now = browser.get(&page).await.body;
        assert!(!now.contains("有进展时发短信告诉您"), "{now}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_dies_before_saying_that_it_was_sent_sends_it_again_as_the_same() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, _) = in_hand(office, &here, "kill").await;
        let folder = tempfile::tempdir().unwrap();
        let (browser, app) = Browser::telling(office, into(folder.path()));
        let wish = [("told-way", "text"), ("told-to", "13800001111")];
        browser.post(&format!("/r/xinglin/{}/told", raised.secret), &wish).await;
        Driver::OWN.begin(office).await.unwrap();
        Driver::OWN.round(office).await.unwrap();
        // One process takes it and sends it, and is killed before it says so.
        let taken = message::take(&office.db, "killed", office.now()).await.unwrap().unwrap();
        let name = taken.id().to_string();
        round(&app, "other").await.unwrap();
        assert!(sent(&folder).is_empty(), "another one waits for it");
        pass(office, 121);
        round(&app, "other").await.unwrap();
        let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].as_ref().unwrap().file_name().to_string_lossy(), name);
        assert_eq!(queued(office).await, (0, 0, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sees_what_failed_and_tries_it_again() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let unset = Browser::new(office).signed_in(office, &here.administrator).await;
        let off = unset.get("/admin/messages").await.body;
        assert!(off.contains("没有设置") && !off.contains("messages/test"), "{off}");
        let folder = tempfile::tempdir().unwrap();
        let (visitor, app) = Browser::telling(office, into(folder.path()));
        let browser = visitor.signed_in(office, &here.administrator).await;
        for who in [&here.worker, &here.secretary] {
            let other = visitor.signed_in(office, who).await;
            assert_eq!(other.get("/admin/messages").await.status, StatusCode::FORBIDDEN);
            assert_eq!(other.post("/admin/messages/again", &[]).await.status, StatusCode::FORBIDDEN);
        }
        let (raised, _) = in_hand(office, &here, "fails").await;
        let wish = [("told-way", "text"), ("told-to", "13800001111")];
        visitor.post(&format!("/r/xinglin/{}/told", raised.secret), &wish).await;
        std::fs::remove_dir(folder.path()).unwrap();
        follow(&app).await;
        assert_eq!(queued(office).await, (0, 1, 0));
        let failing = message::failing(&office.db).await.unwrap();
        assert_eq!(failing[0].why, Trouble::Unwritten.word());
        let page = browser.get("/admin/messages").await.body;
        assert!(page.contains("文件夹写不进去：1 条") && !page.contains("13800001111"), "{page}");
        std::fs::create_dir(folder.path()).unwrap();
        round(&app, "one").await.unwrap();
        assert!(sent(&folder).is_empty(), "not before its time");
        let again = browser.post("/admin/messages/again", &[]).await;
        assert_eq!(again.location, "/admin/messages?again");
        round(&app, "one").await.unwrap();
        assert_eq!((sent(&folder).len(), queued(office).await), (1, (0, 0, 0)));
        // A message to oneself.
        let wrong = browser.post("/admin/messages/test", &[("test-to", "8123 4567")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mail = browser.post("/admin/messages/test", &[("test-to", "me@example.cn")]).await;
        assert!(mail.body.contains("这种方式没有设置"), "{}", mail.body);
        let test = browser.post("/admin/messages/test", &[("test-to", "13900002222")]).await;
        assert_eq!(test.location, "/admin/messages?sent", "{}", test.body);
        assert!(sent(&folder).iter().any(|one| one.contains("To: 8613900002222") && one.contains("试发")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wishes_it_is_told_that_an_order_left() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, number) = in_hand(office, &here, "order").await;
        let folder = tempfile::tempdir().unwrap();
        let (browser, app) = Browser::telling(office, into(folder.path()));
        let english = browser.at_device("d", "lang=en");
        let wish = [("told-way", "text"), ("told-to", "13800001111")];
        let path = format!("/r/xinglin/{}/told", raised.secret);
        assert_eq!(english.post(&path, &wish).await.status, StatusCode::SEE_OTHER);
        follow(&app).await;
        assert!(sent(&folder)[0].contains("is being worked on"), "{:?}", sent(&folder));
        let worker = browser.signed_in(office, &here.worker).await;
        let lead = here.lamps.to_string();
        let asked = [
            ("form", "0190a1b2c3d43456789abcdefghjkmnpqrstuv"),
            ("kind", "whistle"),
            ("item", "department"),
            ("task", "修好南门十盏路灯"),
            ("acceptance", "晚上全亮"),
            ("reason", "电缆归路灯管理所"),
            ("whistle", "hard"),
            ("lead", lead.as_str()),
            ("limit", "ordinary"),
        ];
        let order = worker.post(&format!("/w/xinglin/{number}/order"), &asked).await.location;
        pass(office, 601);
        follow(&app).await;
        assert_eq!(sent(&folder).len(), 1, "{}: only asked for, it left to nobody", store.engine());
        let officer = browser.signed_in(office, &here.officer).await;
        let blow = [("blow-whistle", "hard"), ("blow-lead", lead.as_str()), ("blow-limit", "complex")];
        let blown = officer.post(&format!("{order}/blow"), &blow).await;
        assert_eq!(blown.location, order, "{}", blown.body);
        pass(office, 601);
        follow(&app).await;
        pass(office, 601);
        follow(&app).await;
        let told = sent(&folder);
        assert!(told.len() == 2 && told.iter().any(|one| one.contains("was ordered")), "{told:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wishes_it_once_a_day_gets_one_message_for_all_their_receipts() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let folder = tempfile::tempdir().unwrap();
        let (browser, app) = Browser::telling(office, into(folder.path()));
        let mut raised = Vec::new();
        for word in ["one", "two", "three"] {
            let one =
                office.raise(&Actor::visitor(), raising(word, here.building, "路灯不亮")).await.unwrap();
            let (often, to) =
                if word == "three" { ("at_once", "13800002222") } else { ("daily", "13800001111") };
            let wish = [("told-way", "text"), ("told-to", to), ("told-often", often)];
            let path = format!("/r/xinglin/{}/told", one.secret);
            assert_eq!(browser.post(&path, &wish).await.status, StatusCode::SEE_OTHER);
            raised.push(one);
        }
        // Each sees at once that it works.
        follow(&app).await;
        assert_eq!(sent(&folder).len(), 3, "{}", store.engine());
        for one in &raised {
            triage(office, &here, one.ledger, one.matter).await;
        }
        pass(office, 700);
        follow(&app).await;
        let told = sent(&folder);
        assert_eq!(told.len(), 4, "who wishes it at once is told by now: {told:?}");
        for one in &raised {
            let answer = Answer { text: "换好了。".to_owned(), word: String::new(), photos: vec![] };
            office.act(&here.worker, one.ledger, one.matter, answer).await.unwrap();
        }
        // At nine it began; at six in the evening all of the day goes as one.
        office.clock.put(yishi_testkit::stores::START.plus_seconds(9 * 3_600 + 60));
        follow(&app).await;
        let told = sent(&folder);
        assert_eq!(told.len(), 6, "{told:?}");
        let both: Vec<_> = told.iter().filter(|one| one.matches("有答复了").count() == 2).collect();
        assert_eq!(both.len(), 1, "{told:?}");
        assert!(both[0].starts_with("To: 8613800001111\n"), "{both:?}");
        assert_eq!(queued(office).await, (0, 0, 0));
    }
}
