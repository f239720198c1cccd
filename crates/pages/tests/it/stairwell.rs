//! A stairwell's meeting from its steward's phone: called at a tap and a line, held by ticking doors,
//! over with a few lines; the matter's receipts hear of it, and what cannot be settled goes up.

use super::browser::Browser;
use super::meetings::{done, hidden, main_of, wrong_at};
use axum::http::StatusCode;
use yishi_domain::matters::{HandOver, Outcome, Triage};
use yishi_domain::meetings::{Come, Meeting, MeetingStage, Passed, Refusal, Settle};
use yishi_domain::people::GrantRole;
use yishi_kernel::{Actor, Holder, Moment, PlaceId, Role};
use yishi_office::Office;
use yishi_office::matters::reads::{entries, from_floor, matter};
use yishi_office::meetings::reads::{MeetingRow, at_stairwell};
use yishi_office::people::reads::actor;
use yishi_store::args;
use yishi_testkit::meetings::{stairwell_called, stairwell_settled};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

async fn last(office: &Office, here: &Neighbourhood) -> MeetingRow {
    at_stairwell(&office.db, here.community, here.stairwells[1], None).await.unwrap().rows.remove(0)
}

async fn state(office: &Office, here: &Neighbourhood, row: &MeetingRow) -> Meeting {
    office.load::<Meeting>(here.community, &row.id.into()).await.unwrap().must().unwrap().clone()
}

/// Nine in the morning of the day after next, so that all evenings can be chosen.
fn morning(office: &Office) {
    office.clock.put(office.now().end_of_day_after(1).plus_seconds(9 * 3_600));
}

async fn steward(office: &Office, here: &Neighbourhood) -> Browser {
    Browser::new(office).signed_in(office, &here.steward).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_steward_calls_holds_and_closes_it_by_three_forms() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        morning(office);
        let phone = steward(office, &here).await;
        let visitor = Browser::new(office);
        let own = format!("/stairwell/{}", here.stairwells[1]);

        // From her page: a tap, an evening, a line.
        let page = phone.get(&own).await.body;
        assert!(page.contains(&format!("{own}/meet")), "{}", main_of(&page));
        let form = phone.get(&format!("{own}/meet")).await.body;
        let word = hidden(&form, "form").to_owned();
        let nothing = phone.post(&format!("{own}/meet"), &[("form", &word), ("title", " ")]).await;
        wrong_at(&nothing, &["when", "title"], &[]);
        let today = format!("{}T19:00", office.now().date());
        assert!(form.contains(&today), "{}", main_of(&form));
        let call = [("form", word.as_str()), ("when", &today), ("title", "楼道里的自行车放哪儿")];
        let called = phone.post(&format!("{own}/meet"), &call).await;
        done(&called);
        assert_eq!(phone.post(&format!("{own}/meet"), &call).await.location, called.location, "once");
        let row = last(office, &here).await;
        let page = format!("/w/xinglin/s/{}", row.number);
        assert_eq!(called.location, page);
        assert_eq!(
            (row.stage, row.place, row.stairwell),
            (MeetingStage::Called, here.building, Some(here.stairwells[1]))
        );

        // A notice to print with a code; her desk and the poster's page lead to it.
        let notice = phone.get(&format!("{page}/notice")).await.body;
        for text in ["2单元", "楼道里的自行车放哪儿", "<svg", "19:00"] {
            assert!(notice.contains(text), "{text}: {}", main_of(&notice));
        }
        assert!(phone.get("/desk").await.body.contains(&page));
        let poster = office.issue_poster(&here.administrator, here.stairwells[1]).await.unwrap();
        let public = format!("/c/xinglin/g/{}", row.number);
        assert!(visitor.get(&format!("/q/{poster}")).await.body.contains(&public));
        let other = office.issue_poster(&here.administrator, here.stairwells[0]).await.unwrap();
        assert!(!visitor.get(&format!("/q/{other}")).await.body.contains(&public), "no other stairwell's");

        // Before its hour nobody is ticked; then the first tick opens it.
        let doors: Vec<String> = here.households[3..6].iter().map(ToString::to_string).collect();
        let early = phone.post(&format!("{page}/come"), &[("come-door", &doors[0])]).await;
        assert!(early.body.contains("开始前 30 分钟"), "{}", main_of(&early.body));
        office.clock.put(row.starts);
        let phone = steward(office, &here).await;
        wrong_at(&phone.post(&format!("{page}/come"), &[]).await, &["come-door"], &[]);
        let strange = here.households[0].to_string();
        wrong_at(&phone.post(&format!("{page}/come"), &[("come-door", &strange)]).await, &["come-door"], &[]);
        done(
            &phone.post(&format!("{page}/come"), &[("come-door", &doors[0]), ("come-door", &doors[1])]).await,
        );
        let held = phone.get(&page).await.body;
        assert!(held.contains("到会 2 户") && held.contains("settle-line-5"), "{}", main_of(&held));

        // Never more hands than households; what is the owners' is told so; then it is over.
        let three = [("settle-line-1", "先挪走"), ("settle-for", "2"), ("settle-against", "1")];
        wrong_at(&phone.post(&format!("{page}/settle"), &three).await, &["settle-for"], &["先挪走"]);
        let fund = [("settle-line-1", "用维修资金修门"), ("settle-for", "2")];
        wrong_at(
            &phone.post(&format!("{page}/settle"), &fund).await,
            &["settle-line-1"],
            &["用维修资金修门"],
        );
        let lines = [
            ("settle-line-1", "自行车一律放车棚，周日前挪完"),
            ("settle-line-3", "楼道每周六各户轮流扫"),
            ("settle-for", "1"),
            ("settle-against", ""),
            ("settle-abstain", "1"),
        ];
        let before = phone.post(&format!("{page}/settle"), &lines).await;
        done(&before);
        let ended = state(office, &here, &row).await;
        let stairs = ended.stairs.clone().unwrap().ended.unwrap();
        assert_eq!((ended.stage, stairs.lines.len(), stairs.present), (MeetingStage::Concluded, 2, 2));
        assert_eq!((stairs.hands, stairs.passed), ([1, 0, 1], Passed::No), "half is no more than half");

        // Everyone reads the lines and the numbers, and nobody which doors came.
        let told = visitor.get(&public).await.body;
        for text in ["自行车一律放车棚", "楼道每周六", "未通过"] {
            assert!(told.contains(text), "{text}: {}", main_of(&told));
        }
        for door in ["101", "201", "301", &doors[0]] {
            assert!(!main_of(&told).contains(door), "{door}: {}", main_of(&told));
        }
        assert!(visitor.get("/c/xinglin/meetings").await.body.contains(&public));
        assert!(!phone.get("/desk").await.body.contains(&page), "nothing waits any more");
        assert_eq!(visitor.get(&format!("{public}/minutes")).await.status, StatusCode::NOT_FOUND);
        sound(office).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receipts_of_a_matter_hear_of_it_and_the_desk_reads_that_it_goes_up() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        morning(office);
        let said = raising("lamp", here.stairwells[1], "楼道灯坏了三天");
        let raised = office.raise(&Actor::visitor(), said).await.unwrap();
        let number = matter(&office.db, here.community, raised.matter).await.unwrap().unwrap().number;
        let phone = steward(office, &here).await;
        let meet = format!("/stairwell/{}/meet", here.stairwells[1]);
        let form = phone.get(&meet).await.body;
        assert!(form.contains("楼道灯坏了三天"), "{}", main_of(&form));
        // A matter chosen, no line is typed.
        let (today, id) = (format!("{}T20:00", office.now().date()), raised.matter.to_string());
        let call = [("form", hidden(&form, "form")), ("when", &today), ("matter", &id)];
        done(&phone.post(&meet, &call).await);
        let row = last(office, &here).await;
        assert_eq!(row.title, format!("商量 {number} 号事项"), "not in the resident's words");
        office.clock.put(row.starts);
        let phone = steward(office, &here).await;
        let page = format!("/w/xinglin/s/{}", row.number);
        done(&phone.post(&format!("{page}/come"), &[("come-door", &here.households[3].to_string())]).await);
        let held = phone.get(&page).await.body;
        let up = [("up-form", hidden(&held, "up-form"))];
        done(&phone.post(&format!("{page}/up"), &up).await);
        done(
            &phone
                .post(&format!("{page}/settle"), &[("settle-line-1", "先用手电照着"), ("settle-for", "1")])
                .await,
        );
        let receipt = Browser::new(office).get(&format!("/r/xinglin/{}", raised.secret)).await.body;
        for text in ["楼道定不了，交上一级", "已议定", &format!("/c/xinglin/g/{}", row.number)] {
            assert!(receipt.contains(text), "{text}: {}", main_of(&receipt));
        }
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let work = worker.get(&format!("/w/xinglin/{number}")).await.body;
        assert!(work.contains("楼道定不了，交上一级"), "{}", main_of(&work));
        sound(office).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_steward_holds_herself_goes_up_like_any_other() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (ledger, steward_id) = (here.community, here.steward.account);
        let said = raising("lamp", here.stairwells[1], "楼道灯坏了三天");
        let raised = office.raise(&Actor::visitor(), said).await.unwrap();
        let hers = Triage {
            outcome: Outcome::Public,
            category: "02".to_owned(),
            holder: Holder::Person(Role::Steward, here.building),
            person: steward_id,
            reason: String::new(),
        };
        office.act(&here.worker, ledger, raised.matter, hers.clone()).await.unwrap();
        let due = matter(&office.db, ledger, raised.matter).await.unwrap().unwrap().next.unwrap().1;
        let id = stairwell_called(office, &here, "lamp", Some(raised.matter)).await;
        let row = last(office, &here).await;
        office.clock.put(row.starts);
        let doors = vec![here.households[3]];
        office.act(&here.steward, ledger, id, Come { doors }).await.unwrap();
        let number = matter(&office.db, ledger, raised.matter).await.unwrap().unwrap().number;
        let (work, phone) = (format!("/w/xinglin/{number}\""), steward(office, &here).await);
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        assert!(phone.get("/desk").await.body.contains(&work));
        assert!(!worker.get("/desk").await.body.contains(&work));

        let page = format!("/w/xinglin/s/{}", row.number);
        let held = phone.get(&page).await.body;
        done(&phone.post(&format!("{page}/up"), &[("up-form", hidden(&held, "up-form"))]).await);
        assert!(!phone.get("/desk").await.body.contains(&work), "she is left with nothing");
        assert!(worker.get("/desk").await.body.contains(&work));
        let stands = matter(&office.db, ledger, raised.matter).await.unwrap().unwrap();
        assert_eq!(stands.next.unwrap().1, due, "no more time");
        let kinds: Vec<String> = entries(&office.db, ledger, raised.matter)
            .await
            .unwrap()
            .into_iter()
            .map(|entry| entry.kind)
            .collect();
        assert_eq!(
            kinds,
            ["matter.raised.1", "matter.triaged.1", "matter.met_at_stairwell.1", "matter.passed_on.1"]
        );
        let told = Browser::new(office).get(&format!("/r/xinglin/{}", raised.secret)).await.body;
        assert!(told.contains("楼道定不了，交上一级，改由杏林社区"), "{}", main_of(&told));
        sound(office).await;

        // Whoever is on duty may give it back, with a reason.
        let back =
            HandOver { holder: hers.holder, person: steward_id, reason: "请先联系物业".to_owned() };
        office.act(&here.worker, ledger, raised.matter, back).await.unwrap();
        assert!(phone.get("/desk").await.body.contains(&work));
        sound(office).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_matter_was_about_becomes_one_from_the_floor() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let id = stairwell_called(office, &here, "up", None).await;
        let row = last(office, &here).await;
        office.clock.put(row.starts);
        let doors = vec![here.households[3]];
        office.act(&here.steward, here.community, id, Come { doors }).await.unwrap();
        let phone = steward(office, &here).await;
        let page = format!("/w/xinglin/s/{}", row.number);
        let held = phone.get(&page).await.body;
        let up = [("up-form", hidden(&held, "up-form"))];
        done(&phone.post(&format!("{page}/up"), &up).await);
        let heard = from_floor(&office.db, here.community, id, None).await.unwrap().rows;
        assert_eq!(heard.len(), 1);
        let sent = state(office, &here, &row).await.stairs.unwrap().sent_up;
        assert_eq!(sent, Some(heard[0].id));
        let now = phone.get(&page).await.body;
        assert!(now.contains(&format!("编号 {}", heard[0].number)), "{}", main_of(&now));
        assert!(!now.contains("up-form"), "once");
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        assert!(worker.get("/desk").await.body.contains(&format!("/w/xinglin/{}\"", heard[0].number)));
        sound(office).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn neighbours_of_another_stairwell_reach_nothing_of_it() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let id = stairwell_called(office, &here, "own", None).await;
        let row = last(office, &here).await;
        let other = granted(office, &here, Role::Steward, here.stairwells[0]).await;
        let page = format!("/w/xinglin/s/{}", row.number);
        let browser = Browser::new(office).signed_in(office, &other).await;
        assert_eq!(browser.get(&page).await.status, StatusCode::FORBIDDEN);
        assert_eq!(
            browser.get(&format!("/stairwell/{}/meet", here.stairwells[1])).await.status,
            StatusCode::FORBIDDEN
        );
        office.clock.put(row.starts);
        let doors = vec![here.households[3]];
        assert!(office.act(&other, here.community, id, Come { doors: doors.clone() }).await.is_err());
        // The head of the building may stand in for her.
        let head = granted(office, &here, Role::BuildingHead, here.building).await;
        office.act(&head, here.community, id, Come { doors }).await.unwrap();
        // An ordinary meeting's ways lead nowhere here.
        let open = office.act(&here.worker, here.community, id, yishi_domain::meetings::Open).await;
        assert!(open.unwrap_err().to_string().contains(&Refusal::OfStairwell.to_string()));
        let lines = vec!["轮流扫楼道".to_owned()];
        office.act(&head, here.community, id, Settle { lines, hands: [1, 0, 0] }).await.unwrap();
        sound(office).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grid_head_calls_the_compounds_meeting_as_its_branchs_secretary_does() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        for role in [Role::GridHead, Role::GridSecretary] {
            compound(office, &here, role).await;
        }
    }
}

/// Somebody who steers the compound calls its meeting, and nobody else's.
async fn compound(office: &Office, here: &Neighbourhood, role: Role) {
    let who = granted(office, here, role, here.compound).await;
    let word = format!("gate-{role:?}");
    let raised =
        office.raise(&Actor::visitor(), raising(&word, here.compound, "小区大门关不上")).await.unwrap();
    let browser = Browser::new(office).signed_in(office, &who).await;
    let form = browser.get("/w/xinglin/topics/new").await.body;
    let id = raised.matter.to_string();
    let fields = [
        ("form", hidden(&form, "form")),
        ("matter", &id),
        ("title", "大门怎么修"),
        ("question", ""),
        ("category", "02"),
    ];
    let opened = browser.post("/w/xinglin/topics/new", &fields).await;
    done(&opened);
    let number = opened.location.rsplit('/').next().unwrap();
    let form = browser.get(&format!("/w/xinglin/meetings/new?topic={number}")).await.body;
    assert_eq!(hidden(&form, "forum"), "compound", "{}", main_of(&form));
    assert!(!form.contains("楼门议事会"), "a stairwell is called from its own page");
    let topic = yishi_office::topics::reads::topics(&office.db, here.community, None).await.unwrap().rows;
    let topic = topic.iter().find(|row| row.number.to_string() == number).unwrap().id.to_string();
    let day = Moment(office.now().0).plus_seconds(5 * 86_400).date().to_string();
    let (chair, recorder) = (here.worker.account.unwrap().to_string(), who.account.unwrap().to_string());
    let property = here.property.to_string();
    let fields = [
        ("form", hidden(&form, "form")),
        ("forum", "compound"),
        ("topic", &topic),
        ("title", "小区大门议事会"),
        ("venue", "小区活动室"),
        ("date", &day),
        ("time", "14:30"),
        ("organisation", &property),
        ("chair", &chair),
        ("recorder", &recorder),
    ];
    let called = browser.post("/w/xinglin/meetings/new", &fields).await;
    done(&called);
    assert!(browser.get(&called.location).await.body.contains("小区议事会"));
}

async fn granted(office: &Office, here: &Neighbourhood, role: Role, place: PlaceId) -> Actor {
    let admin = &here.administrator;
    let id = office.open_account(admin, here.community, &format!("某人 {role:?}"), None).await.unwrap();
    let grant = GrantRole { role, place, organisation: None, from: office.now(), until: None };
    office.grant(admin, id, grant).await.unwrap();
    actor(&office.db, id).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_stairwells_come_first_and_all_others_are_folded_up() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let [other, own] = here.stairwells.map(|id| format!("/stairwell/{id}\""));
        let both = granted(office, &here, Role::Steward, here.stairwells[1]).await;
        let worker = Role::CommunityWorker;
        let grant = GrantRole {
            role: worker,
            place: here.community,
            organisation: None,
            from: office.now(),
            until: None,
        };
        let id = both.account.unwrap();
        office.grant(&here.administrator, id, grant).await.unwrap();
        let both = actor(&office.db, id).await.unwrap().unwrap();
        let page = Browser::new(office).signed_in(office, &both).await.get("/stairwells").await.body;
        let (mine, others) = page.split_once("<details").unwrap();
        assert!(mine.contains(&own) && !mine.contains(&other), "{}", main_of(&page));
        assert!(others.contains(&other) && !others.contains(&own), "{}", main_of(&page));
        // A worker who is nobody's steward finds all of them at once.
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let page = worker.get("/stairwells").await.body;
        assert!(
            page.contains(&own) && page.contains(&other) && !page.contains("<details"),
            "{}",
            main_of(&page)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_told_where_more_hands_were_raised_than_households_came() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        stairwell_settled(office, &here, "voices", None).await;
        sound(office).await;
        const OTHERWISE: &str =
            "update event set envelope = replace(envelope, ?3, ?4) where ledger = ?1 and kind = ?2";
        for (from, to) in [("\"in_favour\":2", "\"in_favour\":3"), ("\"present\":2", "\"present\":5")] {
            let change = |from: &str, to: &str| {
                (OTHERWISE, args![here.community, "meeting.settled.1", from, to].to_vec())
            };
            office.db.execute(vec![change(from, to)]).await.unwrap();
            let told = office.audit().await.unwrap();
            let law = told.iter().find(|law| law.law.contains("stairwell")).unwrap();
            assert!(!law.holds && law.example.is_some(), "{from} {law:?}");
            office.db.execute(vec![change(to, from)]).await.unwrap();
        }
        sound(office).await;
    }
}

/// All laws of the books hold.
async fn sound(office: &Office) {
    let broken: Vec<_> = office.audit().await.unwrap().into_iter().filter(|law| !law.holds).collect();
    assert!(broken.is_empty(), "{broken:?}");
}
