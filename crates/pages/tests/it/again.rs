//! A form that comes again: the same from the same device is the same, with something else in it
//! it is told and nothing is lost, and from another device it is another form.

use super::browser::{Answer, Browser, kept, photo};
use super::meetings::{Phone, Scene, confirm_all, done, hidden, meeting, open, scene, topic};
use axum::http::StatusCode;
use yishi_domain::matters::{Answer as Answered, MatterId};
use yishi_kernel::Actor;
use yishi_kernel::cell::Flag;
use yishi_office::Office;
use yishi_office::matters::reads::{BoardFilter, board, matter, receipts};
use yishi_office::meetings::reads::seats;
use yishi_office::topics::reads::topics;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{Neighbourhood, TestStore, neighbourhood, stores};

const FORM: &str = "0190a1b2c3d43456789abcdefghjkmnpqrstuv";
const OTHER_FORM: &str = "0190a1b2c3d4456789abcdefghjkmnpqrstuvw";
const OWN: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaa";
const OTHER: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbb";

/// How many matters there are.
async fn raised(store: &TestStore, here: &Neighbourhood) -> usize {
    board(&store.office.db, here.community, &BoardFilter::default()).await.unwrap().rows.len()
}

fn secret(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let last = answer.location.rsplit('/').next().unwrap();
    last.split('?').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn more_in_the_same_form_is_told_kept_and_added_to_the_first() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let browser = Browser::new(office).at_device(OWN, "");
        let path = format!("/at/{}/raise", here.building);
        let first = browser.post_files(&path, &[("form", FORM), ("text", "井盖响")], &[]).await;
        let receipt = secret(&first);

        // The answer was lost on the way; they go back, write more, and send it again.
        let more = [("form", FORM), ("text", "井盖响，孩子绊倒了"), ("contact", "87651234")];
        let told = browser.post_files(&path, &more, &[photo(1)]).await;
        assert_eq!(told.status, StatusCode::CONFLICT);
        for kept in ["井盖响，孩子绊倒了</textarea>", "87651234", &receipt, "value=\"add\"", "value=\"new\""]
        {
            assert!(told.body.contains(kept), "{kept}: {}", told.body);
        }
        let photos = kept(&told.body);
        assert_eq!((photos.len(), raised(&store, &here).await), (1, 1));

        let add = [&more[..], &[("photo", photos[0].as_str()), ("again", "add")]].concat();
        for _ in 0..2 {
            let added = browser.post_files(&path, &add, &[]).await;
            assert_eq!(added.location, format!("/r/xinglin/{receipt}?added"));
        }
        let page = browser.get(&format!("/r/xinglin/{receipt}?added")).await.body;
        let (digest, _) = photos[0].split_once('-').unwrap();
        assert!(page.contains("井盖响，孩子绊倒了") && page.contains(&format!("/photo/{digest}")), "{page}");
        assert_eq!(page.matches("孩子绊倒了").count(), 1, "added once");
        assert_eq!(raised(&store, &here).await, 1);
        // Sent once more without a choice it is known as added.
        let again =
            browser.post_files(&path, &[&more[..], &[("photo", photos[0].as_str())]].concat(), &[]).await;
        assert_eq!(again.location, format!("/r/xinglin/{receipt}?added"));

        // Whoever works on it reads it, and how to reach them; the public reads neither.
        let row = board(&office.db, here.community, &BoardFilter::default()).await.unwrap().rows.remove(0);
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let work = worker.get(&format!("/w/xinglin/{}", row.number)).await.body;
        assert!(work.contains("井盖响，孩子绊倒了"), "{work}");
        super::dispatch::triage(office, &here, here.community, row.id).await;
        let kept = receipts(&office.db, here.community, row.id, None).await.unwrap().rows.remove(0);
        let (_, contact) = office.view_contact(&here.worker, here.community, kept.id).await.unwrap();
        assert_eq!(contact.as_deref(), Some("87651234"));
        let public = Browser::new(office).get(&format!("/c/xinglin/m/{}", row.number)).await.body;
        assert!(
            !public.contains("孩子") && !public.contains("87651234") && public.contains("补充"),
            "{public}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wholly_different_words_in_the_same_form_become_a_matter_of_their_own() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let browser = Browser::new(office).at_device(OWN, "");
        let path = format!("/at/{}/raise", here.building);
        let first = secret(&browser.post_files(&path, &[("form", FORM), ("text", "井盖响")], &[]).await);
        let other = [("form", FORM), ("text", "三楼漏水"), ("again", "new")];
        let second = browser.post_files(&path, &other, &[]).await;
        assert!(second.location.ends_with("?beside"), "{}", second.location);
        assert_ne!(secret(&second), first);
        let page = browser.get(&second.location).await.body;
        assert!(page.contains("三楼漏水") && page.contains("这是另一件事"), "{page}");
        // Twice is once, with the choice or without it.
        for fields in [&other[..], &other[..2]] {
            assert_eq!(browser.post_files(&path, fields, &[]).await.location, second.location);
        }
        let same = browser.post_files(&path, &[("form", FORM), ("text", "井盖响")], &[]).await;
        assert_eq!(secret(&same), first, "the first is what it was");
        assert_eq!(raised(&store, &here).await, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forms_word_that_was_passed_on_is_another_form_at_another_device() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let path = format!("/at/{}/raise", here.building);
        let (own, other) =
            (Browser::new(office).at_device(OWN, ""), Browser::new(office).at_device(OTHER, ""));
        let first = secret(&own.post_files(&path, &[("form", FORM), ("text", "井盖响")], &[]).await);
        let mut secrets = vec![first.clone()];
        for text in ["井盖响", "三楼漏水"] {
            let fields = [("form", FORM), ("text", text), ("again", "new")];
            let sent = other.post_files(&path, &fields, &[]).await;
            assert!(!sent.body.contains(&first));
            secrets.push(secret(&sent));
        }
        // Signed in, or without any cookie, they are somebody else again.
        let worker = other.signed_in(office, &here.worker).await;
        for browser in [&worker, &Browser::new(office)] {
            secrets
                .push(secret(&browser.post_files(&path, &[("form", FORM), ("text", "井盖响")], &[]).await));
        }
        secrets.sort();
        secrets.dedup();
        assert_eq!((secrets.len(), raised(&store, &here).await), (5, 5));
        // Whoever has no cookie is told nothing of what such a one has said before.
        let nobody = Browser::new(office);
        let fields = [("form", FORM), ("text", "井盖响，孩子绊倒了")];
        let fresh = nobody.post_files(&path, &fields, &[]).await;
        assert!(!secrets.contains(&secret(&fresh)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_words_by_another_form_are_told_before_they_become_another_matter() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let path = format!("/at/{}/raise", here.building);
        let browser = Browser::new(office).at_device(OWN, "");
        let first = browser.post_files(&path, &[("form", FORM), ("text", "楼道灯坏了")], &[]).await;
        let said = format!("said={}", first.cookie("said").unwrap());
        assert!(!said.contains("灯"), "{said}");
        let back = Browser::new(office).at_device(OWN, &said);
        let again = [("form", OTHER_FORM), ("text", " 楼道灯 坏了 ")];
        let told = back.post_files(&path, &again, &[]).await;
        assert_eq!(told.status, StatusCode::CONFLICT);
        let number = board(&office.db, here.community, &BoardFilter::default()).await.unwrap().rows[0].number;
        assert!(told.body.contains(&format!("编号 {number}")), "{}", told.body);
        assert!(!told.body.contains(&secret(&first)), "the words alone do not open the receipt");
        assert_eq!(raised(&store, &here).await, 1);
        // It is another one all the same, or other words, or another place, or a day later.
        done(&back.post_files(&path, &[&again[..], &[("again", "new")]].concat(), &[]).await);
        let third = [("form", "0190a1b2c3d456789abcdefghjkmnpqrstuvwx"), ("text", "楼道灯坏了")];
        let elsewhere = format!("/at/{}/raise", here.other_building);
        done(&back.post_files(&elsewhere, &third, &[]).await);
        office.clock.put(office.now().plus_seconds(24 * 60 * 60 + 1));
        let fourth = [("form", "0190a1b2c3d46789abcdefghjkmnpqrstuvwxy"), ("text", "楼道灯坏了")];
        let told = back.post_files(&path, &fourth, &[]).await;
        assert!(told.status == StatusCode::CONFLICT && told.body.contains("还在办"), "{}", told.body);
        done(&back.post_files(&path, &[&fourth[..], &[("again", "new")]].concat(), &[]).await);
        assert_eq!(raised(&store, &here).await, 4);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_joined_and_says_more_by_the_same_form_has_it_added() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let raised = office.raise(&Actor::visitor(), raising("join", here.building, "灯坏了")).await.unwrap();
        let number = matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap().number;
        let path = format!("/c/xinglin/m/{number}/join");
        let (own, other) =
            (Browser::new(office).at_device(OWN, ""), Browser::new(office).at_device(OTHER, ""));
        let joined = secret(&own.post(&path, &[("form", FORM)]).await);
        let more = own.post(&path, &[("form", FORM), ("contact", "87651234")]).await;
        assert_eq!(more.location, format!("/r/xinglin/{joined}?added"));
        assert_ne!(secret(&other.post(&path, &[("form", FORM)]).await), joined, "passed on");
        let all = receipts(&office.db, raised.ledger, raised.matter, None).await.unwrap().rows;
        assert_eq!(all.len(), 3);
        let given = all.iter().filter(|receipt| receipt.contact == Flag::Yes);
        assert_eq!(given.count(), 1);
        // What was answered meanwhile is not added to, and the receipt is theirs all the same.
        super::dispatch::triage(office, &here, raised.ledger, raised.matter).await;
        let answer = Answered { text: "换好了。".to_owned(), word: String::new(), photos: vec![] };
        office.act(&here.worker, raised.ledger, raised.matter, answer).await.unwrap();
        let late = own.post(&path, &[("form", FORM), ("contact", "5550123")]).await;
        assert_eq!(late.location, format!("/r/xinglin/{joined}?stands"));
        assert!(own.get(&late.location).await.body.contains("没有记下"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_staff_make_by_a_form_is_made_once_and_beside_it_is_said_so() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let mut matters = Vec::new();
        for word in ["a", "b"] {
            let one = office.raise(&Actor::visitor(), raising(word, here.building, "灯坏了")).await.unwrap();
            matters.push(one.matter);
        }
        let open = async |browser: &Browser, matter: MatterId, title: &str| {
            let matter = matter.to_string();
            let fields = [("form", FORM), ("matter", matter.as_str()), ("title", title), ("category", "02")];
            browser.post("/w/xinglin/topics/new", &fields).await
        };
        let first = open(&worker, matters[0], "路灯").await;
        done(&first);
        assert_eq!(open(&worker, matters[0], "路灯").await.location, first.location);
        let second = open(&worker, matters[1], "楼道灯").await;
        done(&second);
        assert!(second.location.ends_with("?beside") && !second.location.starts_with(&first.location));
        assert_eq!(open(&worker, matters[1], "楼道灯").await.location, second.location);
        let told = "这一页是这一次另办的";
        assert!(worker.get(&second.location).await.body.contains(told));
        assert!(!worker.get(&first.location).await.body.contains(told));
        assert_eq!(topics(&office.db, here.community, None).await.unwrap().rows.len(), 2);
    }
}

/// A motion that whoever is on the register votes for, and its result.
async fn vote(office: &Office, here: &Neighbourhood, scene: &Scene, page: &str) {
    confirm_all(scene, page).await;
    let topic = topic(office, here).await.id.to_string();
    let put = [
        ("put-topic", topic.as_str()),
        ("put-text", "换十盏节能灯"),
        ("put-mode", "phones"),
        ("put-item", "repair"),
    ];
    done(&scene.worker.post(&format!("{page}/put"), &put).await);
    let meeting = meeting(office, here).await.id;
    let seats = seats(&office.db, here.community, meeting).await.unwrap();
    for seat in seats.iter().filter(|seat| seat.how.word() == "register") {
        let seat = seat.id.to_string();
        let ballot = [("ballot-motion", "1"), ("ballot-seat", seat.as_str()), ("ballot-choice", "for")];
        done(&scene.colleague.post(&format!("{page}/ballot"), &ballot).await);
    }
    done(&scene.worker.post(&format!("{page}/end"), &[("end-motion", "1")]).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_register_knows_the_next_person_by_another_name_and_a_resolution_by_its_words() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let mut scene = scene(office, &here).await;
        let (meeting, page, door) = open(office, &here, &mut scene).await;
        let enter = async |name: &str| {
            let fields = [("register-form", FORM), ("register-name", name), ("register-kind", "resident")];
            done(&scene.worker.post(&format!("{page}/register"), &fields).await);
        };
        for name in ["李奶奶", "李奶奶", "王师傅"] {
            enter(name).await;
        }
        assert_eq!(seats(&office.db, here.community, meeting.id).await.unwrap().len(), 2);
        // A phone is one person; somebody else with it in hand is told.
        let phone = Phone::new(&scene.visitor, 'c');
        for (name, told) in [("马秀英", false), ("马秀英", false), ("丁大壮", true)] {
            let signed = phone.post(&door, &[("name", name), ("kind", "resident")]).await;
            done(&signed);
            let seat = scene.visitor.get(&signed.location).await.body;
            assert_eq!(seat.contains("另一个称呼"), told, "{name}");
            assert!(!seat.contains("马秀英"), "{seat}");
        }
        assert_eq!(seats(&office.db, here.community, meeting.id).await.unwrap().len(), 3);
        vote(office, &here, &scene, &page).await;
        let resolve = |standard: &'static str| [("form", FORM), ("rows", "1"), ("standard", standard)];
        let path = format!("{page}/resolve");
        let first = scene.colleague.post(&path, &resolve("灯坏了 3 天内修好")).await;
        done(&first);
        let twice = scene.colleague.post(&path, &resolve("灯坏了 3 天内修好")).await;
        assert_eq!((twice.status, &twice.location), (StatusCode::SEE_OTHER, &first.location));
        let otherwise = scene.colleague.post(&path, &resolve("灯坏了 9 天内修好")).await;
        assert_eq!(otherwise.status, StatusCode::CONFLICT);
        assert!(otherwise.body.contains("灯坏了 9 天内修好"), "what was typed stays");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_devices_objections_come_together_and_are_ruled_on_once() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let mut scene = scene(office, &here).await;
        let (_, page, _) = open(office, &here, &mut scene).await;
        let form = scene.worker.get(&page).await.body;
        let word = hidden(&form, "register-form");
        let old = [("register-form", word), ("register-name", "李奶奶"), ("register-kind", "resident")];
        done(&scene.worker.post(&format!("{page}/register"), &old).await);
        vote(office, &here, &scene, &page).await;
        let resolve = [("form", FORM), ("rows", "1"), ("standard", "夜里留灯")];
        done(&scene.colleague.post(&format!("{page}/resolve"), &resolve).await);
        let digest = hidden(&scene.worker.get(&page).await.body, "confirm-digest").to_owned();
        for browser in [&scene.worker, &scene.colleague] {
            done(&browser.post(&format!("{page}/confirm"), &[("confirm-digest", &digest)]).await);
        }
        done(&scene.worker.post(&format!("{page}/publish"), &[("publish-at", "社区公示栏")]).await);
        let public = page.replace("/w/", "/c/");
        let own = Browser::new(office).at_device(OWN, "");
        let form = own.get(&public).await;
        assert!(form.body.contains("/object"), "{}", form.body);
        for text in ["太亮了", "太亮了", "太贵了"] {
            done(&own.post(&format!("{public}/object"), &[("text", text)]).await);
        }
        let other = Browser::new(office).at_device(OTHER, "");
        done(&other.post(&format!("{public}/object"), &[("text", "太亮了")]).await);
        let shown = own.get(&public).await.body;
        assert!(
            shown.contains("异议 1") && !shown.contains("异议 2") && shown.contains("2 人就此提出"),
            "{shown}"
        );
        let officer = own.signed_in(office, &here.officer).await;
        let work = officer.get(&page).await.body;
        assert_eq!((work.matches("太亮了").count(), work.matches("太贵了").count()), (2, 1), "{work}");
        let ruling = [("rule-nth", "1"), ("rule-1-ruling", "rejected"), ("rule-1-reason", "已当面说明")];
        done(&officer.post(&format!("{page}/rule"), &ruling).await);
        assert!(!officer.get(&page).await.body.contains("id=\"rule-"));
    }
}
