//! A gathering from its three fields to what everyone reads of it: twenty lines on one screen, each
//! becomes one of four, the words of private talk are kept nowhere, and sent twice makes nothing twice.

use super::browser::Browser;
use super::meetings::{done, hidden, main_of, wrong_at};
use axum::http::StatusCode;
use yishi_domain::gatherings::{
    CallOff, Form, Gathering, GatheringId, GatheringStage, Line, Mostly, Open, Record, Said,
};
use yishi_domain::matters::{Channel, How, StageKind};
use yishi_kernel::{Actor, PlaceId};
use yishi_office::Office;
use yishi_office::gatherings::reads::{GatheringRow, Which, gathering, gatherings};
use yishi_office::matters::reads::{matter, matters, receipts_on};
use yishi_office::places::reads::ledger;
use yishi_testkit::neighbourhood::{form, raising};
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

fn opening(office: &Office, place: PlaceId) -> Open {
    let (people, mostly) = (Some(9), Some(Mostly::Old));
    let spot = "凉亭".to_owned();
    Open { form: Form::Bench, place, spot, starts: office.now(), people, mostly, record: None }
}

async fn row_of(office: &Office, here: &Neighbourhood, word: &str) -> GatheringRow {
    let id = GatheringId(form(word).id("gathering"));
    gathering(&office.db, here.community, id).await.unwrap().unwrap()
}

/// Enters one as the worker does; its number.
pub async fn entered(office: &Office, here: &Neighbourhood, word: &str) -> i64 {
    let id = GatheringId(form(word).id("gathering"));
    office.start(&here.worker, here.community, id, opening(office, here.building)).await.unwrap();
    row_of(office, here, word).await.number
}

/// One at the second stairwell's door; its number.
pub async fn at_the_door(office: &Office, here: &Neighbourhood, word: &str) -> i64 {
    let id = GatheringId(form(word).id("gathering"));
    office.start(&here.steward, here.community, id, opening(office, here.stairwells[1])).await.unwrap();
    row_of(office, here, word).await.number
}

/// One with a record of all four kinds of lines, and one that is not held.
pub async fn held(office: &Office, here: &Neighbourhood, word: &str) {
    let own = ledger(&office.db, here.community).await.unwrap().unwrap();
    let (key, consent) = (form(word), || "当面说的".to_owned());
    let known = office.raise(&Actor::visitor(), raising(word, here.building, "门坏了")).await.unwrap();
    let said = [
        office.line_raised(&own, &key, 0, ("楼前积水".to_owned(), consent())).unwrap(),
        Said::Thanks { text: "谢谢大家扫雪".to_owned() },
        office.line_known(&own, &key, 2, (known.matter, consent())).unwrap(),
        Said::Private,
    ];
    let lines = said.into_iter().enumerate().map(|(row, what)| Line { row, what }).collect();
    let record = Some(Record { people: 9, mostly: Some(Mostly::Old), lines });
    let open = Open { record, ..opening(office, here.building) };
    office.start(&here.worker, here.community, GatheringId(key.id("gathering")), open).await.unwrap();
    let off = format!("{word}-off");
    entered(office, here, &off).await;
    let why = CallOff { reason: "下大雨".to_owned() };
    let id = GatheringId(form(&off).id("gathering"));
    office.act(&here.worker, here.community, id, why).await.unwrap();
}

async fn all(office: &Office, here: &Neighbourhood) -> Vec<GatheringRow> {
    gatherings(&office.db, here.community, Which::All, None).await.unwrap().rows
}

/// All that a store keeps apart, as one text: what stands in no entry and here neither is kept nowhere.
async fn kept(office: &Office) -> String {
    let mut kept = String::new();
    for sql in ["select value from private", "select envelope from event"] {
        for row in office.db.rows(sql, &[]).await.unwrap() {
            kept.push_str(row.text(0).unwrap());
        }
    }
    kept
}

/// Nine in the morning of the day after next.
fn morning(office: &Office) {
    office.clock.put(office.now().end_of_day_after(1).plus_seconds(9 * 3_600));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_steward_writes_down_what_was_said_on_one_screen() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        morning(office);
        let visitor = Browser::new(office);
        let phone = visitor.signed_in(office, &here.steward).await;
        let known =
            office.raise(&Actor::visitor(), raising("known", here.building, "路灯坏了")).await.unwrap();
        let known = matter(&office.db, here.community, known.matter).await.unwrap().unwrap();
        let new = "/w/xinglin/gatherings/new";

        // From her stairwell's page; her own door is the only place she is offered.
        let own = phone.get(&format!("/stairwell/{}", here.stairwells[1])).await.body;
        assert!(own.contains(new), "{}", main_of(&own));
        assert_eq!(phone.get("/gatherings").await.location, "/w/xinglin/gatherings");
        let page = phone.get(new).await.body;
        assert!(page.contains(&here.stairwells[1].to_string()), "{}", main_of(&page));
        for other in [here.stairwells[0], here.building, here.compound, here.community] {
            assert!(!page.contains(&format!("value=\"{other}\"")), "{other}");
        }
        assert!(page.contains("name=\"line-20\"") && page.contains(&format!("#{}", known.number)));

        // All that is wrong is told at once, each at its line, and nothing typed is lost.
        let (word, site) = (hidden(&page, "form").to_owned(), here.stairwells[1].to_string());
        let (day, number) = (office.now().date().to_string(), known.number.to_string());
        let head = [
            ("form", word.as_str()),
            ("shape", "bench"),
            ("place", &site),
            ("date", &day),
            ("time", "08:30"),
        ];
        let wrong = [
            ("line-1", "三单元门口的灯坏了"),
            ("kind-1", "matter"),
            ("line-2", "谢谢老李13800001111"),
            ("kind-2", "thanks"),
            ("line-3", "路灯"),
            ("kind-3", "known"),
            ("kind-4", "thanks"),
        ];
        let refused = phone.post(new, &[&head[..], &wrong].concat()).await;
        wrong_at(&refused, &["line-2", "line-3", "line-4", "people"], &["三单元门口的灯坏了", "路灯"]);
        assert!(all(office, &here).await.is_empty());

        // Once it is right, each line becomes one of four; sent twice it is made once.
        let right = [
            ("people", "12"),
            ("mostly", "old"),
            ("spot", "凉亭"),
            ("line-1", "三单元门口的灯坏了"),
            ("kind-1", "matter"),
            ("line-2", "谢谢物业当晚就来修"),
            ("kind-2", "thanks"),
            ("line-3", &number),
            ("kind-3", "known"),
            ("line-5", "老王家两口子吵架"),
            ("kind-5", "private"),
            ("line-20", "东门口堆着旧家具"),
            ("kind-20", "matter"),
        ];
        let sent = phone.post(new, &[&head[..], &right].concat()).await;
        done(&sent);
        // The same again, with other words for what is not kept, is still the same.
        let again: Vec<(&str, &str)> =
            right.iter().map(|(name, text)| (*name, if *name == "line-5" { "" } else { *text })).collect();
        for form in [right.to_vec(), again] {
            assert_eq!(phone.post(new, &[&head[..], &form].concat()).await.location, sent.location, "once");
        }
        let rows = all(office, &here).await;
        assert_eq!(rows.len(), 1);
        let row = &rows[0];
        assert_eq!(sent.location, format!("/w/xinglin/h/{}", row.number));
        assert_eq!((row.raised, row.known, row.thanks, row.private), (2, 1, 1, 1));
        assert_eq!((row.stage, row.place, row.people), (GatheringStage::Recorded, here.building, Some(12)));

        // The matters wait like any other, from now on; the known one has one more voice.
        let state = office.load::<Gathering>(here.community, &row.id.into()).await.unwrap();
        let record = state.must().unwrap().record.clone().unwrap();
        let keys: Vec<_> = record.raised.iter().map(|one| (here.community, one.matter)).collect();
        for one in matters(&office.db, &keys).await.unwrap() {
            assert_eq!((one.stage, one.place), (StageKind::Raised, here.building));
        }
        assert_eq!(receipts_on(&office.db, here.community, known.id).await.unwrap().len(), 2);
        let raised = office
            .load::<yishi_domain::matters::Matter>(here.community, &record.raised[0].matter.into())
            .await
            .unwrap();
        assert_eq!(raised.must().unwrap().channel, Channel::Gathering);

        // The words of private talk are kept nowhere.
        let kept = kept(office).await;
        assert!(kept.contains("旧家具") && !kept.contains("吵架"));

        // Slips for whoever wrote it down, and nobody else: each opens its receipt.
        let page = format!("/w/xinglin/h/{}", row.number);
        let slips = phone.get(&format!("{page}/slips")).await;
        assert_eq!(slips.body.matches("class=\"receipt\"").count(), 3, "{}", main_of(&slips.body));
        let worker = visitor.signed_in(office, &here.worker).await;
        assert_eq!(worker.get(&page).await.status, StatusCode::OK);
        assert_eq!(worker.get(&format!("{page}/slips")).await.status, StatusCode::NOT_FOUND);
        let own = ledger(&office.db, here.community).await.unwrap().unwrap();
        let secret = office.secret_of_slip(&own, record.raised[0].receipt).unwrap();
        assert!(slips.body.contains(&secret));
        let receipt = visitor.get(&format!("/r/xinglin/{secret}")).await.body;
        assert!(receipt.contains("三单元门口的灯坏了"), "{}", main_of(&receipt));
        let again = record.known[0].receipt.unwrap().into();
        let joined = office.load::<yishi_domain::matters::Receipt>(here.community, &again).await.unwrap();
        assert_eq!(joined.must().unwrap().how, How::Joined);

        // Everyone reads where, when, how many, what it came to, and nobody's words but thanks.
        let public = format!("/c/xinglin/h/{}", row.number);
        let shown = visitor.get(&public).await.body;
        for text in ["板凳会", "凉亭", "12人", "老人为主", "谢谢物业当晚就来修"] {
            assert!(shown.contains(text), "{text}: {}", main_of(&shown));
        }
        for one in matters(&office.db, &keys).await.unwrap() {
            assert!(shown.contains(&format!("/c/xinglin/m/{}", one.number)));
            let own = visitor.get(&format!("/c/xinglin/m/{}", one.number)).await.body;
            assert!(own.contains(&public), "{}", main_of(&own));
        }
        let paper = visitor.get(&format!("{public}/paper")).await.body;
        for text in ["谈话记录", "谈〔", "私事1条", "谢谢物业当晚就来修"] {
            assert!(paper.contains(text), "{text}: {}", main_of(&paper));
        }
        assert_eq!(visitor.get(&format!("{public}/paper.docx")).await.status, StatusCode::OK);
        let list = visitor.get("/c/xinglin/gatherings").await.body;
        let at = visitor.get(&format!("/c/xinglin/gatherings?place={}", here.building)).await.body;
        let elsewhere =
            visitor.get(&format!("/c/xinglin/gatherings?place={}", here.other_building)).await.body;
        assert!(list.contains(&public) && at.contains(&public) && !elsewhere.contains(&public));
        let door = visitor.get(&format!("/c/xinglin/gatherings?place={}", here.stairwells[1])).await;
        assert_eq!(door.status, StatusCode::NOT_FOUND, "which stairwell is not public");
        for body in [&shown, &paper, &list] {
            for private in ["灯坏了", "旧家具", "吵架"] {
                assert!(!body.contains(private), "{private}: {}", main_of(body));
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_announced_waits_for_its_record_and_is_typed_in_from_its_sheet() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        morning(office);
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let poster = office.issue_poster(&here.administrator, here.stairwells[1]).await.unwrap();
        let new = worker.get("/w/xinglin/gatherings/new").await.body;
        let (word, site) = (hidden(&new, "form").to_owned(), here.stairwells[1].to_string());
        assert!(!new.contains(&format!("value=\"{site}\"")), "below a building it is its steward's");
        let (site, day) = (here.compound.to_string(), office.now().date().to_string());
        let head = [
            ("form", word.as_str()),
            ("shape", "yard"),
            ("place", &site),
            ("date", &day),
            ("time", "19:00"),
            ("people", "15"),
        ];
        // What is still to come has no lines yet.
        let early = [&head[..], &[("line-1", "灯坏了"), ("kind-1", "matter")]].concat();
        wrong_at(&worker.post("/w/xinglin/gatherings/new", &early).await, &["date"], &["灯坏了"]);
        let sent = worker.post("/w/xinglin/gatherings/new", &head).await;
        done(&sent);
        let page = sent.location.split('?').next().unwrap().to_owned();
        let row = all(office, &here).await.remove(0);
        assert_eq!((row.stage, row.people), (GatheringStage::Open, Some(15)));
        assert!(worker.get("/desk").await.body.contains(&page), "it waits on her desk");
        assert!(!worker.get(&page).await.body.contains("name=\"record-line-1\""), "not before it begins");

        // The sheet: three fields, ten lines, a code that leads here; a stairwell's has its poster's too.
        let sheet = worker.get(&format!("{page}/sheet")).await.body;
        assert_eq!(sheet.matches("<svg").count(), 1, "{}", main_of(&sheet));
        for text in ["板凳会记录单", "☑小院谈话会", "□感谢"] {
            assert!(sheet.contains(text), "{text}: {}", main_of(&sheet));
        }
        let steward = visitor.signed_in(office, &here.steward).await;
        let door = at_the_door(office, &here, "door").await;
        let sheet = steward.get(&format!("/w/xinglin/h/{door}/sheet")).await.body;
        assert!(sheet.matches("<svg").count() == 2 && !poster.is_empty(), "{}", main_of(&sheet));

        // Once it has begun it is typed in on one screen, with what was said of it before.
        office.clock.put(row.starts.plus_seconds(7_200));
        let worker = visitor.signed_in(office, &here.worker).await;
        let form = worker.get(&page).await.body;
        assert!(
            form.contains("name=\"record-line-20\"") && form.contains("value=\"15\""),
            "{}",
            main_of(&form)
        );
        let word = hidden(&form, "record-form").to_owned();
        let none = [("record-form", word.as_str()), ("record-people", "14")];
        wrong_at(&worker.post(&format!("{page}/record"), &none).await, &["record-line-1"], &[]);
        let once = hidden(&form, "once").to_owned();
        let lines = [
            ("once", once.as_str()),
            ("record-form", word.as_str()),
            ("record-people", "14"),
            ("record-line-3", "谢谢大家来扫雪"),
            ("record-kind-3", "thanks"),
            ("record-kind-4", "private"),
        ];
        for _ in 0..2 {
            done(&worker.post(&format!("{page}/record"), &lines).await);
        }
        let row = all(office, &here).await.into_iter().find(|one| one.id == row.id).unwrap();
        assert_eq!((row.people, row.thanks, row.private, row.raised), (Some(14), 1, 1, 0));
        assert!(!worker.get("/desk").await.body.contains(&page));

        // Thanks are corrected as all texts for everyone are.
        let public = format!("/c/xinglin/h/{}", row.number);
        let work = worker.get(&page).await.body;
        let which = work.split("谢谢大家来扫雪 · ").next().unwrap().rsplit("value=\"").next().unwrap();
        let which = which.split('"').next().unwrap();
        let correct =
            [("amend-which", which), ("amend-text", "谢谢邻居们来扫雪"), ("amend-reason", "mistake")];
        done(&worker.post(&format!("{page}/correct-text"), &correct).await);
        let shown = visitor.get(&public).await.body;
        assert!(
            shown.contains("谢谢邻居们来扫雪") && !shown.contains("谢谢大家来扫雪"),
            "{}",
            main_of(&shown)
        );

        // The steward's is called off, with a reason for everyone; then it waits for nobody.
        let steward = visitor.signed_in(office, &here.steward).await;
        let off = format!("/w/xinglin/h/{door}/off");
        wrong_at(&steward.post(&off, &[("off-reason", " ")]).await, &["off-reason"], &[]);
        done(&steward.post(&off, &[("off-reason", "下大雨")]).await);
        let shown = visitor.get(&format!("/c/xinglin/h/{door}")).await.body;
        assert!(shown.contains("下大雨"), "{}", main_of(&shown));
        assert!(!steward.get("/desk").await.body.contains(&format!("/w/xinglin/h/{door}")));
        let late = [("record-people", "3"), ("record-kind-1", "private")];
        let refused = steward.post(&format!("/w/xinglin/h/{door}/record"), &late).await;
        assert_ne!(refused.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_keeps_no_door_holds_none() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let number = entered(office, &here, "worker").await;
        let visitor = Browser::new(office);
        for (actor, status) in [
            (&here.lamp_officer, StatusCode::FORBIDDEN),
            (&here.administrator, StatusCode::FORBIDDEN),
            (&here.steward, StatusCode::OK),
        ] {
            let browser = visitor.signed_in(office, actor).await;
            assert_eq!(browser.get("/w/xinglin/gatherings/new").await.status, status);
        }
        // Another one's, at a place one does not look after, is read where everyone reads it.
        let steward = visitor.signed_in(office, &here.steward).await;
        assert_eq!(steward.get(&format!("/w/xinglin/h/{number}")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(visitor.get(&format!("/c/xinglin/h/{number}")).await.status, StatusCode::OK);
    }
}
