//! What the forms of a meeting say when something is wrong, all at once and each at its field,
//! and to whom they are refused.

use super::browser::{Answer, Browser};
use super::meetings::{
    Phone, call, confirm_all, done, hidden, main_of, meeting, open, scene, topic, wrong_at,
};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use yishi_domain::meetings::{Meeting, MeetingStage};
use yishi_domain::people::{GrantRole, OrganisationKind};
use yishi_kernel::Role;
use yishi_office::meetings::reads::{meetings, seats};
use yishi_office::people::reads::actor;
use yishi_testkit::meetings::DAY;
use yishi_testkit::{neighbourhood, stores};

/// All that can be done with a meeting on its page, and resolving.
const ACTS: [&str; 24] = [
    "post", "reply", "open", "move", "cancel", "register", "slips", "release", "admit", "presence", "strike",
    "state", "put", "hands", "ballot", "end", "resolve", "adjourn", "dissent", "confirm", "publish", "rule",
    "dispatch", "conclude",
];

async fn act(browser: &Browser, page: &str, verb: &str) -> Answer {
    let path = format!("{page}/{verb}");
    if verb == "post" { browser.post_parts(&path, &[]).await } else { browser.post(&path, &[]).await }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_act_is_refused_to_whoever_has_no_right() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let mut scene = scene(office, &here).await;
        let (_, page, _) = open(office, &here, &mut scene).await;
        let before = meeting(office, &here).await;
        for verb in ACTS {
            let nobody = act(&scene.visitor, &page, verb).await;
            assert!(nobody.location.starts_with("/signin?"), "{verb}");
            for who in [&here.steward, &here.administrator, &here.lamp_officer] {
                let browser = scene.visitor.signed_in(office, who).await;
                assert_eq!(act(&browser, &page, verb).await.status, StatusCode::FORBIDDEN, "{verb}");
            }
        }
        // Chair and recorder confirm, chiefs rule: not whoever steers besides.
        for verb in ["rule", "confirm"] {
            let path = format!("{page}/{verb}");
            assert_ne!(scene.worker.post(&path, &[]).await.status, StatusCode::SEE_OTHER, "{verb}");
        }
        assert_eq!(meeting(office, &here).await, before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_in_the_room_is_told_at_each_field_of_its_form() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let mut scene = scene(office, &here).await;
        let (row, page, door) = open(office, &here, &mut scene).await;
        let phone = Phone::new(&scene.visitor, 'h');
        wrong_at(&phone.post(&door, &[]).await, &["name", "kind"], &[]);
        let form = scene.worker.get(&page).await.body;
        let word = hidden(&form, "register-form");
        let old = [("register-form", word), ("register-name", "李奶奶"), ("register-kind", "resident")];
        done(&scene.worker.post(&format!("{page}/register"), &old).await);
        let strike = [("strike-seat", "nobody"), ("strike-reason", "电话 13800001111")];
        let strike = scene.worker.post(&format!("{page}/strike"), &strike).await;
        wrong_at(&strike, &["strike-seat", "strike-reason"], &["电话 13800001111", "签到名单"]);
        let put = [("put-text", ""), ("put-mode", "loud")];
        let put = scene.worker.post(&format!("{page}/put"), &put).await;
        wrong_at(&put, &["put-topic", "put-text", "put-mode", "put-item"], &[]);
        let topic = topic(office, &here).await.id.to_string();
        let put = [
            ("put-topic", topic.as_str()),
            ("put-text", "换十盏节能灯"),
            ("put-mode", "phones"),
            ("put-item", "repair"),
        ];
        wrong_at(&scene.colleague.post(&format!("{page}/admit"), &[]).await, &["admit-seat"], &[]);
        wrong_at(&scene.worker.post(&format!("{page}/slips"), &[]).await, &["slips-count"], &[]);
        confirm_all(&scene, &page).await;
        done(&scene.worker.post(&format!("{page}/put"), &put).await);
        let ballot = scene.colleague.post(&format!("{page}/ballot"), &[("ballot-motion", "1")]).await;
        wrong_at(&ballot, &["ballot-seat", "ballot-choice"], &[]);
        let seat = seats(&office.db, here.community, row.id).await.unwrap().remove(0).id.to_string();
        let ballot = [("ballot-motion", "1"), ("ballot-seat", seat.as_str()), ("ballot-choice", "for")];
        done(&scene.colleague.post(&format!("{page}/ballot"), &ballot).await);
        done(&scene.worker.post(&format!("{page}/end"), &[("end-motion", "1")]).await);

        // Every row of the resolution says what is wrong with it.
        let form = scene.worker.get(&format!("{page}/resolve")).await.body;
        let word = hidden(&form, "form");
        let empty = scene.worker.post(&format!("{page}/resolve"), &[("form", word), ("rows", "1")]).await;
        wrong_at(&empty, &["task-1"], &[]);
        let desk = format!("desk/{}", here.community);
        let rows = [
            ("form", word),
            ("rows", "3"),
            ("motion-1", "1"),
            ("task-1", "换灯"),
            ("owner-1", ""),
            ("way-1", "work"),
            ("due-1", "2026-05-01"),
            ("money-1", "三千左右"),
            ("motion-3", "1"),
            ("task-3", "找 13800001111"),
            ("owner-3", desk.as_str()),
            ("way-3", "letter"),
            ("acceptance-3", "十盏灯晚上全亮"),
            ("money-3", "12"),
            ("standard", "电话 13800002222"),
        ];
        let slip = scene.worker.post(&format!("{page}/resolve"), &rows).await;
        let all = [
            "owner-1",
            "due-1",
            "acceptance-1",
            "money-1",
            "task-3",
            "owner-3",
            "due-3",
            "source-3",
            "standard",
        ];
        wrong_at(&slip, &all, &["换灯", "三千左右", "十盏灯晚上全亮", "电话 13800002222"]);

        // Somebody was quicker: what was typed comes back to be copied.
        let due = office.now().plus_seconds(20 * DAY).date().to_string();
        let resolve = [
            ("form", word),
            ("rows", "1"),
            ("motion-1", "1"),
            ("task-1", "换灯"),
            ("owner-1", desk.as_str()),
            ("way-1", "work"),
            ("due-1", due.as_str()),
            ("acceptance-1", "十盏灯晚上全亮"),
            ("standard", "夜里留灯"),
        ];
        done(&scene.worker.post(&format!("{page}/resolve"), &resolve).await);
        let late = [
            ("put-topic", topic.as_str()),
            ("put-text", "再换十盏节能灯"),
            ("put-mode", "phones"),
            ("put-item", "repair"),
        ];
        let late = scene.colleague.post(&format!("{page}/put"), &late).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.body.contains("再换十盏节能灯"), "{}", main_of(&late.body));
        let digest = hidden(&scene.worker.get(&page).await.body, "confirm-digest").to_owned();
        for browser in [&scene.worker, &scene.colleague] {
            done(&browser.post(&format!("{page}/confirm"), &[("confirm-digest", &digest)]).await);
        }
        done(&scene.worker.post(&format!("{page}/publish"), &[("publish-at", "社区公示栏")]).await);

        // Of several objections only the form that was sent says what is wrong.
        let public = page.replace("/w/", "/c/");
        let of_meeting = meeting(office, &here).await.id;
        let of_meeting = office.load::<Meeting>(here.community, &of_meeting.into()).await.unwrap();
        let action = of_meeting.get().unwrap().outcome.actions[0].agreed.id.to_string();
        for (action, text) in [("", "太亮了"), (action.as_str(), "太贵了")] {
            let objection = [("action", action), ("text", text)];
            done(&scene.visitor.post(&format!("{public}/object"), &objection).await);
        }
        let officer = scene.visitor.signed_in(office, &here.officer).await;
        let ruling = [("rule-nth", "2"), ("rule-2-reason", "电话 13800001111")];
        let ruling = officer.post(&format!("{page}/rule"), &ruling).await;
        wrong_at(&ruling, &["rule-2-ruling", "rule-2-reason"], &["电话 13800001111", "id=\"rule-1\""]);
        let ruling = [("rule-nth", "2"), ("rule-2-ruling", "rejected"), ("rule-2-reason", "已当面说明")];
        done(&officer.post(&format!("{page}/rule"), &ruling).await);
        let left = officer.get(&page).await.body;
        assert!(left.contains("id=\"rule-1\"") && !left.contains("id=\"rule-2\""));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_says_what_is_wrong_and_loses_nothing() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let scene = scene(office, &here).await;
        let form = scene.worker.get("/w/xinglin/topics/new").await.body;
        let word = hidden(&form, "form").to_owned();
        let none = [("form", word.as_str()), ("title", "路灯怎么修"), ("category", "02")];
        let none = scene.worker.post("/w/xinglin/topics/new", &none).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(none.body.contains("href=\"#matter\"") && none.body.contains("路灯怎么修"));
        let id = scene.raised[0].to_string();
        let phone =
            [("form", word.as_str()), ("matter", &id), ("title", "找 13800001111"), ("category", "02")];
        let phone = scene.worker.post("/w/xinglin/topics/new", &phone).await;
        assert_eq!(phone.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            phone.body.contains("href=\"#title\"") && phone.body.contains("checked"),
            "{}",
            main_of(&phone.body)
        );

        let row = call(office, &here, &scene).await;
        // The notice is too short, and one person cannot do both.
        let word = "2".repeat(38);
        let me = here.worker.account.unwrap().to_string();
        let topic = topic(office, &here).await.id.to_string();
        let call = [
            ("form", word.as_str()),
            ("forum", "community"),
            ("topic", topic.as_str()),
            ("title", "另一个会"),
            ("venue", "社区议事厅"),
            ("date", "2026-05-05"),
            ("time", "09:00"),
            ("chair", me.as_str()),
            ("recorder", me.as_str()),
        ];
        let bodies = [here.committee.to_string(), here.property.to_string()];
        let alone = scene.worker.post("/w/xinglin/meetings/new", &call).await;
        // The forum must have bodies of the place, too.
        wrong_at(&alone, &["hurry", "organisation", "recorder"], &["另一个会", "社区议事厅", "2026-05-05"]);
        let mut call: Vec<_> = call.to_vec();
        call.extend(bodies.iter().map(|body| ("organisation", body.as_str())));
        call.push(("hurry", "等不得"));
        for (change, link) in [
            (("date", "明天"), "date"),
            (("date", "2026-05-03"), "date"),
            (("time", ""), "time"),
            (("entitled", "很多"), "entitled"),
            (("title", " "), "title"),
        ] {
            let mut call: Vec<_> = call.iter().copied().filter(|(name, _)| *name != change.0).collect();
            call.push(change);
            wrong_at(
                &scene.worker.post("/w/xinglin/meetings/new", &call).await,
                &[link, "recorder"],
                &["等不得"],
            );
        }
        // A day more than a year ahead is asked about, once.
        let mut far: Vec<_> = call.iter().copied().filter(|(name, _)| *name != "date").collect();
        far.push(("date", "2036-12-08"));
        let asked = scene.worker.post("/w/xinglin/meetings/new", &far).await;
        wrong_at(&asked, &["far", "recorder"], &["2036-12-08", "一年以后"]);
        far.push(("far", "yes"));
        let meant = scene.worker.post("/w/xinglin/meetings/new", &far).await;
        wrong_at(&meant, &["recorder"], &["2036-12-08"]);
        let nothing = [
            ("form", word.as_str()),
            ("forum", "residents"),
            ("venue", "找 13800001111"),
            ("entitled", "很多"),
        ];
        let nothing = scene.worker.post("/w/xinglin/meetings/new", &nothing).await;
        let all =
            ["topic", "title", "date", "time", "venue", "organisation", "entitled", "chair", "recorder"];
        wrong_at(&nothing, &all, &["找 13800001111", "很多"]);
        assert_eq!(meetings(&office.db, here.community, None).await.unwrap().rows.len(), 1);
        let page = format!("/w/xinglin/g/{}", row.number);
        let posted = scene.worker.post_parts(&format!("{page}/post"), &[("post-at", "")]).await;
        wrong_at(&posted, &["post-at"], &[]);
        // A photo that is none is told along with the rest.
        let part = |name: &str, value: &str| {
            format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let fields = part("token", &scene.worker.token()) + &part("post-at", "打 13800001111");
        let photo = part("photos\"; filename=\"notice.jpg", "no photo");
        let request = Request::post(format!("{page}/post"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=part");
        let posted = scene.worker.send(request, Body::from(format!("{fields}{photo}--part--\r\n"))).await;
        wrong_at(&posted, &["post-photos", "post-at"], &["打 13800001111"]);
        let reply = scene.worker.post(&format!("{page}/reply"), &[("reply-note", "来不及")]).await;
        wrong_at(&reply, &["reply-organisation", "reply-coming"], &["来不及"]);
        let no = [("reply-coming", "no"), ("reply-organisation", bodies[1].as_str()), ("reply-note", "")];
        wrong_at(&scene.worker.post(&format!("{page}/reply"), &no).await, &["reply-note"], &[]);
        let state = [("speak-form", "odd"), ("speak-text", "电话 13800001111")];
        let state = scene.worker.post(&format!("{page}/state"), &state).await;
        wrong_at(&state, &["speak-form", "speak-text"], &["电话 13800001111"]);
        let enter = [("register-form", "2".repeat(38)), ("register-kind", "invited".to_owned())];
        let enter: Vec<(&str, &str)> = enter.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let enter = scene.worker.post(&format!("{page}/register"), &enter).await;
        wrong_at(&enter, &["register-name", "register-organisation"], &[&"2".repeat(38)]);
        let moved = [("move-date", "2036-02-30"), ("move-venue", "打 13800001111"), ("move-reason", " ")];
        let wrong = scene.worker.post(&format!("{page}/move"), &moved).await;
        wrong_at(&wrong, &["move-date", "move-time", "move-venue", "move-reason"], &["打 13800001111"]);
        let day = office.now().end_of_day_after(20).deadline_date().to_string();
        let moved = [
            ("move-date", day.as_str()),
            ("move-time", "14:30"),
            ("move-venue", "二楼活动室"),
            ("move-reason", "原来的场地修屋顶"),
        ];
        let no =
            [("reply-coming", "no"), ("reply-organisation", bodies[1].as_str()), ("reply-note", "那天盘点")];
        done(&scene.worker.post(&format!("{page}/reply"), &no).await);
        let public = format!("/c/xinglin/g/{}", row.number);
        assert!(scene.visitor.get(&public).await.body.contains("那天盘点"));
        done(&scene.worker.post(&format!("{page}/move"), &moved).await);
        // What was said of the day before says nothing of this one, here nor at work.
        assert!(!scene.visitor.get(&public).await.body.contains("那天盘点"));
        assert!(!scene.worker.get(&page).await.body.contains("</span> 那天盘点"));
        let calendar = scene.visitor.get(&format!("{public}/calendar.ics")).await.body;
        assert!(calendar.contains("SEQUENCE:1\r\n") && calendar.contains("T063000Z"), "{calendar}");
        let shown = scene.visitor.get(&format!("/c/xinglin/g/{}", row.number)).await.body;
        assert!(shown.contains("本次会议已改期") && shown.contains("原来的场地修屋顶"), "{shown}");
        assert!(shown.contains("14:30") && shown.contains("二楼活动室"), "{shown}");
        let same = scene.worker.post(&format!("{page}/move"), &moved).await;
        assert!(same.body.contains("时间、地点都没有改"), "{}", same.body);
        let unsaid = scene.worker.post(&format!("{page}/cancel"), &[("cancel-reason", " ")]).await;
        wrong_at(&unsaid, &["cancel-reason"], &[]);
        let cancelled = scene.worker.post(&format!("{page}/cancel"), &[("cancel-reason", "场地停电")]).await;
        done(&cancelled);
        let shown = scene.visitor.get(&format!("/c/xinglin/g/{}", row.number)).await.body;
        assert!(shown.contains("会议已取消") && shown.contains("场地停电"));
        let calendar = scene.visitor.get(&format!("/c/xinglin/g/{}/calendar.ics", row.number)).await.body;
        assert!(calendar.contains("STATUS:CANCELLED") && calendar.contains("SEQUENCE:2\r\n"), "{calendar}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_sees_the_meetings_it_was_invited_to_and_no_names() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let mut scene = scene(office, &here).await;
        let (row, page, door) = open(office, &here, &mut scene).await;
        let phone = Phone::new(&scene.visitor, 'f');
        done(&phone.post(&door, &[("name", "马秀英"), ("kind", "resident")]).await);
        let keeper = scene.visitor.signed_in(office, &here.keeper).await;
        let seen = keeper.get(&page).await;
        assert_eq!(seen.status, StatusCode::OK);
        assert!(!seen.body.contains("马秀英") && !seen.body.contains("签到名单"), "{}", main_of(&seen.body));
        for verb in ACTS.iter().filter(|verb| !["reply", "state"].contains(verb)) {
            assert_eq!(act(&keeper, &page, verb).await.status, StatusCode::FORBIDDEN, "{verb}");
        }
        assert_eq!(keeper.get(&format!("{page}/room")).await.status, StatusCode::FORBIDDEN);
        let topic = format!("/w/xinglin/t/{}", topic(office, &here).await.number);
        assert_eq!(keeper.get(&topic).await.status, StatusCode::FORBIDDEN);
        // Another body was not invited.
        let admin = &here.administrator;
        let lamps = office
            .open_organisation(admin, here.community, OrganisationKind::Department, "照明所")
            .await
            .unwrap();
        let id = office.open_account(admin, here.community, "高某", Some(lamps)).await.unwrap();
        let (role, from) = (Role::DepartmentOfficer, office.now());
        let grant = GrantRole { role, place: here.community, organisation: Some(lamps), from, until: None };
        office.grant(admin, id, grant).await.unwrap();
        let officer = actor(&office.db, id).await.unwrap().unwrap();
        let officer = scene.visitor.signed_in(office, &officer).await;
        assert_eq!(officer.get(&page).await.status, StatusCode::FORBIDDEN);
        assert_eq!(officer.post(&format!("{page}/state"), &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(row.stage, MeetingStage::Called);
        // Nobody signs in with a code that is none, or votes with a link that is none.
        assert_eq!(scene.visitor.get("/g/nothing").await.status, StatusCode::NOT_FOUND);
        assert_eq!(scene.visitor.get("/v/xinglin/nothing").await.status, StatusCode::NOT_FOUND);
    }
}
