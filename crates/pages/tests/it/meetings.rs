use super::browser::{Answer, Browser};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use yishi_domain::matters::MatterId;
use yishi_domain::meetings::{Choice, MeetingStage};
use yishi_domain::people::OrganisationKind;
use yishi_kernel::{Actor, Moment};
use yishi_office::Office;
use yishi_office::dispatch::reads::open as orders;
use yishi_office::matters::reads::matter;
use yishi_office::meetings::reads::{MeetingRow, meetings, seats, votes};
use yishi_office::topics::reads::{TopicRow, topics};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// A phone: it keeps its word, and is nobody's account.
pub struct Phone {
    browser: Browser,
    word: String,
}

impl Phone {
    pub fn new(browser: &Browser, letter: char) -> Self {
        Self { browser: browser.clone(), word: letter.to_string().repeat(26) }
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", yishi_web::encoded(value))).collect();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, format!("device={}", self.word));
        self.browser.send(request, Body::from(pairs.join("&"))).await
    }
}

pub fn done(answer: &Answer) {
    let through = answer.status == StatusCode::SEE_OTHER && !answer.location.starts_with("/signin");
    assert!(through, "{} {} {}", answer.status, answer.location, main_of(&answer.body));
}

/// What a page says, for a failing test to show.
pub fn main_of(body: &str) -> &str {
    body.split("<main").nth(1).unwrap_or(body)
}

/// That a form came back with an error at each of these fields, and with all that was typed.
pub fn wrong_at(answer: &Answer, fields: &[&str], typed: &[&str]) {
    let main = main_of(&answer.body);
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{main}");
    for field in fields {
        let told =
            main.contains(&format!("href=\"#{field}\"")) && main.contains(&format!("id=\"{field}-error\""));
        assert!(told, "{field}: {main}");
    }
    assert_eq!(main.matches("<a href=\"#").count(), fields.len(), "{main}");
    for text in typed {
        assert!(main.contains(text), "{text}: {main}");
    }
}

/// The value of a hidden field.
pub fn hidden<'a>(body: &'a str, name: &str) -> &'a str {
    let from = format!("name=\"{name}\" value=\"");
    body.split(&from).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default()
}

pub struct Scene {
    pub worker: Browser,
    pub colleague: Browser,
    pub visitor: Browser,
    pub raised: Vec<MatterId>,
}

/// Sets the clock, and has everyone sign in again: sessions do not last that long.
async fn at(office: &Office, here: &Neighbourhood, scene: &mut Scene, moment: Moment) {
    office.clock.put(moment);
    scene.worker = scene.visitor.signed_in(office, &here.worker).await;
    scene.colleague = scene.visitor.signed_in(office, &here.colleague).await;
}

pub async fn scene(office: &Office, here: &Neighbourhood) -> Scene {
    let visitor = Browser::new(office);
    let mut raised = Vec::new();
    for (word, text) in [("lamp", "路灯坏了"), ("lamps", "晚上看不见路")] {
        let one = office.raise(&Actor::visitor(), raising(word, here.building, text)).await.unwrap();
        raised.push(one.matter);
    }
    Scene {
        worker: visitor.signed_in(office, &here.worker).await,
        colleague: visitor.signed_in(office, &here.colleague).await,
        visitor,
        raised,
    }
}

pub async fn topic(office: &Office, here: &Neighbourhood) -> TopicRow {
    topics(&office.db, here.community, None).await.unwrap().rows.remove(0)
}

pub async fn meeting(office: &Office, here: &Neighbourhood) -> MeetingRow {
    meetings(&office.db, here.community, None).await.unwrap().rows.remove(0)
}

/// Gathers both matters and calls a meeting for the fourth day from now.
pub async fn call(office: &Office, here: &Neighbourhood, scene: &Scene) -> MeetingRow {
    let form = scene.worker.get("/w/xinglin/topics/new").await.body;
    assert!(form.contains("路灯坏了"), "unsorted matters are offered: {}", main_of(&form));
    let [first, second] = [scene.raised[0].to_string(), scene.raised[1].to_string()];
    let fields = [
        ("form", hidden(&form, "form")),
        ("matter", &first),
        ("matter", &second),
        ("title", "路灯怎么修"),
        ("question", "换灯还是修线"),
        ("category", "02"),
    ];
    let opened = scene.worker.post("/w/xinglin/topics/new", &fields).await;
    done(&opened);
    // Sent twice it is one topic.
    assert_eq!(scene.worker.post("/w/xinglin/topics/new", &fields).await.location, opened.location);
    let row = topic(office, here).await;
    assert_eq!(opened.location, format!("/w/xinglin/t/{}", row.number));
    let form = scene.worker.get(&format!("/w/xinglin/meetings/new?topic={}", row.number)).await.body;
    assert!(form.contains("安和物业服务公司"), "{}", main_of(&form));
    let day = office.now().plus_seconds(4 * DAY).date().to_string();
    let (id, property) = (row.id.to_string(), here.property.to_string());
    let committee = here.committee.to_string();
    let (chair, recorder) =
        (here.colleague.account.unwrap().to_string(), here.worker.account.unwrap().to_string());
    let fields = [
        ("form", hidden(&form, "form")),
        ("forum", "community"),
        ("scheme", "six"),
        ("topic", id.as_str()),
        ("title", "杏林南苑路灯议事会"),
        ("venue", "社区议事厅"),
        ("date", day.as_str()),
        ("time", "14:30"),
        ("organisation", property.as_str()),
        ("organisation", committee.as_str()),
        ("chair", chair.as_str()),
        ("recorder", recorder.as_str()),
    ];
    done(&scene.worker.post("/w/xinglin/meetings/new", &fields).await);
    meeting(office, here).await
}

/// Posts the notice and opens the meeting at its time.
pub async fn open(office: &Office, here: &Neighbourhood, scene: &mut Scene) -> (MeetingRow, String, String) {
    let row = call(office, here, &*scene).await;
    let page = format!("/w/xinglin/g/{}", row.number);
    done(&scene.worker.post_parts(&format!("{page}/post"), &[("post-at", "3号楼门口")]).await);
    at(office, here, scene, row.starts).await;
    done(&scene.worker.post(&format!("{page}/open"), &[]).await);
    let room = scene.worker.get(&format!("{page}/room")).await.body;
    let door = room.split("http://yishi.test/g/").nth(1).unwrap_or_else(|| panic!("{}", main_of(&room)))
        [..26]
        .to_owned();
    (row, page, format!("/g/{door}"))
}

/// The worker has slips made, the colleague says that all were handed out; their codes.
pub async fn slips(scene: &Scene, page: &str) -> Vec<String> {
    let form = scene.worker.get(page).await.body;
    let make = [("slips-form", hidden(&form, "slips-form")), ("slips-count", "9")];
    done(&scene.worker.post(&format!("{page}/slips"), &make).await);
    let sheet = scene.worker.get(&format!("{page}/slips")).await.body;
    let codes: Vec<String> =
        sheet.split("slip-code\">").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect();
    let upto = codes.len().to_string();
    done(&scene.colleague.post(&format!("{page}/release"), &[("release-upto", upto.as_str())]).await);
    codes
}

/// The colleague confirms all whom the worker entered at the register.
pub async fn confirm_all(scene: &Scene, page: &str) {
    let form = scene.colleague.get(page).await.body;
    let seats =
        form.split("name=\"admit-seat\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let fields: Vec<(&str, &str)> = seats.map(|seat| ("admit-seat", seat)).collect();
    done(&scene.colleague.post(&format!("{page}/admit"), &fields).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_goes_from_a_topic_to_orders() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let mut scene = scene(office, &here).await;
        let row = call(office, &here, &scene).await;
        let (public, page) = (format!("/c/xinglin/g/{}", row.number), format!("/w/xinglin/g/{}", row.number));
        // The matters say where they went; the lists lead to both.
        let list = scene.visitor.get("/c/xinglin/meetings").await.body;
        assert!(list.contains(&public) && list.contains("路灯怎么修"), "{}", main_of(&list));

        // The notice, for everyone and for a calendar.
        let notice = scene.visitor.get(&public).await.body;
        for text in ["社区议事厅", "14:30", "安和物业服务公司", "等待回执", "六方联动", "calendar.ics"]
        {
            assert!(notice.contains(text), "{text}: {}", main_of(&notice));
        }
        let calendar = scene.visitor.get(&format!("{public}/calendar.ics")).await;
        assert!(
            calendar.body.contains("T063000Z\r\n") && calendar.body.contains("SUMMARY:杏林南苑路灯议事会")
        );

        // The company replies for itself; the notice hangs; it is opened at its time.
        let keeper = scene.visitor.signed_in(office, &here.keeper).await;
        let reply = [("reply-organisation", here.property.to_string()), ("reply-coming", "yes".to_owned())];
        let reply: Vec<(&str, &str)> = reply.iter().map(|(name, value)| (*name, value.as_str())).collect();
        done(&keeper.post(&format!("{page}/reply"), &reply).await);
        let plan = [("speak-form", "plan"), ("speak-text", "换十盏节能灯，报价三千元")];
        done(&keeper.post(&format!("{page}/state"), &plan).await);
        done(&scene.worker.post_parts(&format!("{page}/post"), &[("post-at", "3号楼门口")]).await);
        let early = scene.worker.post(&format!("{page}/open"), &[]).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        at(office, &here, &mut scene, row.starts).await;
        done(&scene.worker.post(&format!("{page}/open"), &[]).await);
        let room = scene.worker.get(&format!("{page}/room")).await.body;
        let door = format!("/g/{}", &room.split("http://yishi.test/g/").nth(1).unwrap()[..26]);

        // Two by phone, one without.
        let phones = [Phone::new(&scene.visitor, 'a'), Phone::new(&scene.visitor, 'b')];
        let mut links = Vec::new();
        let codes = slips(&scene, &page).await;
        for ((phone, name), code) in phones.iter().zip(["马秀英", "丁大壮"]).zip(&codes) {
            let signed = phone.post(&door, &[("name", name), ("kind", "resident"), ("slip", code)]).await;
            done(&signed);
            links.push(signed.location);
        }
        let form = scene.worker.get(&page).await.body;
        let old = [
            ("register-form", hidden(&form, "register-form")),
            ("register-name", "李奶奶"),
            ("register-kind", "resident"),
        ];
        done(&scene.worker.post(&format!("{page}/register"), &old).await);
        confirm_all(&scene, &page).await;

        // Put, vote, end: nobody sees how it goes before it is counted.
        let topic = topic(office, &here).await.id.to_string();
        let put = [
            ("put-topic", topic.as_str()),
            ("put-text", "换十盏节能灯"),
            ("put-mode", "phones"),
            ("put-item", "repair"),
        ];
        done(&scene.worker.post(&format!("{page}/put"), &put).await);
        let seat = scene.visitor.get(&links[0]).await.body;
        assert!(seat.contains("换十盏节能灯") && seat.contains("赞成"), "{}", main_of(&seat));
        for (link, choice) in links.iter().zip(["for", "against"]) {
            let vote = [("motion", "1"), ("choice", choice)];
            done(&scene.visitor.post(&format!("{link}/vote"), &vote).await);
        }
        let seen = scene.visitor.get(&links[0]).await.body;
        assert!(seen.contains("您投了：赞成"));
        let mark = seen.split("?seen=").nth(1).unwrap()[..12].to_owned();
        let again = scene.visitor.get(&format!("{}?seen={mark}", links[0])).await;
        assert_eq!(again.status, StatusCode::NO_CONTENT, "nothing new to show");
        let form = scene.colleague.get(&page).await.body;
        let of_old = seats(&office.db, here.community, row.id).await.unwrap();
        let of_old = of_old.iter().find(|seat| seat.how.word() == "register").unwrap().id.to_string();
        assert!(form.contains(&format!("value=\"{of_old}\"")), "{}", main_of(&form));
        let ballot = [("ballot-motion", "1"), ("ballot-seat", of_old.as_str()), ("ballot-choice", "for")];
        let alone = scene.worker.post(&format!("{page}/ballot"), &ballot).await;
        assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY, "entered and voted for by one person");
        // Not everybody has voted: it asks once, with the numbers.
        let asked = scene.worker.post(&format!("{page}/end"), &[("end-motion", "1")]).await;
        wrong_at(&asked, &["end-sure"], &["名册 3 人，已投 2 人", "没有手机的 1 人"]);
        done(&scene.colleague.post(&format!("{page}/ballot"), &ballot).await);
        for path in [format!("{page}/room"), public.clone(), page.clone()] {
            let body = scene.worker.get(&path).await.body;
            assert!(!body.contains("赞成 2"), "{path}");
        }
        done(&scene.worker.post(&format!("{page}/end"), &[("end-motion", "1")]).await);
        let result = scene.visitor.get(&public).await.body;
        assert!(result.contains("通过") && result.contains("到会 3 人，赞成 2 人"), "{}", main_of(&result));

        resolve_to_dispatch(office, &here, &mut scene, &public, &page).await;
    }
}

/// From the resolution to the order.
async fn resolve_to_dispatch(
    office: &Office,
    here: &Neighbourhood,
    scene: &mut Scene,
    public: &str,
    page: &str,
) {
    // A row more keeps what was typed, and so does a slip.
    let form = scene.worker.get(&format!("{page}/resolve")).await.body;
    let due = office.now().plus_seconds(20 * DAY).date().to_string();
    let owner = format!("organisation/{}", here.property);
    let mut fields = vec![
        ("form", hidden(&form, "form")),
        ("rows", "1"),
        ("motion-1", "1"),
        ("task-1", "换十盏节能灯"),
        ("owner-1", owner.as_str()),
        ("way-1", "work"),
        ("due-1", due.as_str()),
        ("money-1", "3000.5"),
        ("source-1", "街道经费"),
        ("acceptance-1", "十盏灯晚上全亮"),
        ("standard", "灯坏了 3 天内修好"),
    ];
    let mut more = fields.clone();
    more.push(("add", "row"));
    let more = scene.worker.post(&format!("{page}/resolve"), &more).await;
    assert_eq!(more.status, StatusCode::OK);
    assert!(more.body.contains("十盏灯晚上全亮") && more.body.contains("name=\"task-2\""));
    fields[8] = ("source-1", "");
    let slip = scene.worker.post(&format!("{page}/resolve"), &fields).await;
    assert_eq!(slip.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(slip.body.contains("href=\"#source-1\"") && slip.body.contains("十盏灯晚上全亮"));
    fields[8] = ("source-1", "街道经费");
    done(&scene.worker.post(&format!("{page}/resolve"), &fields).await);

    // Minutes: both confirm one text, by its digest, and it is kept.
    let dissent = [("dissent-motion", "1"), ("dissent-text", "费用偏高")];
    done(&scene.worker.post(&format!("{page}/dissent"), &dissent).await);
    let form = scene.worker.get(page).await.body;
    let digest = hidden(&form, "confirm-digest").to_owned();
    done(&scene.worker.post(&format!("{page}/confirm"), &[("confirm-digest", &digest)]).await);
    let stale = "0".repeat(64);
    let stale = scene.colleague.post(&format!("{page}/confirm"), &[("confirm-digest", &stale)]).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY, "what was not read is not confirmed");
    done(&scene.colleague.post(&format!("{page}/confirm"), &[("confirm-digest", &digest)]).await);
    let kept = String::from_utf8(office.db.blob(&digest).await.unwrap().unwrap()).unwrap();
    assert_eq!(yishi_store::blobs::digest_of(kept.as_bytes()), digest);
    for text in ["换十盏节能灯", "费用偏高", "3000.50元", "有表决权的 3 人", "灯坏了 3 天内修好"]
    {
        assert!(kept.contains(text), "{text}: {kept}");
    }
    assert!(!kept.contains("李奶奶") && !kept.contains("马秀英") && !kept.contains("沈知秋"), "{kept}");
    let minutes = scene.visitor.get(&format!("{public}/minutes")).await.body;
    assert!(minutes.contains(&digest) && minutes.contains("主持人、记录人已确认"), "{}", main_of(&minutes));

    // Published; somebody objects; whoever may rule does.
    done(&scene.worker.post(&format!("{page}/publish"), &[("publish-at", "社区公示栏")]).await);
    let empty =
        scene.visitor.post(&format!("{public}/object"), &[("text", ""), ("contact", "87651234")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("87651234"), "what was typed is kept");
    let objection = [("action", ""), ("text", "我不同意换灯 13800001111"), ("contact", "87651234")];
    done(&scene.visitor.post(&format!("{public}/object"), &objection).await);
    let shown = scene.visitor.get(public).await.body;
    assert!(shown.contains("异议 1") && !shown.contains("我不同意") && !shown.contains("87651234"));
    let denied = scene.worker.post(&format!("{page}/rule"), &[("rule-nth", "1")]).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    let officer = scene.visitor.signed_in(office, &here.officer).await;
    assert!(officer.get(page).await.body.contains("我不同意换灯"));
    let ruling =
        [("rule-nth", "1"), ("rule-1-ruling", "rejected"), ("rule-1-reason", "表决过程合规，已当面说明")];
    done(&officer.post(&format!("{page}/rule"), &ruling).await);

    // Before the notice is over only with a reason.
    let early = scene.worker.post(&format!("{page}/dispatch"), &[("dispatch-nth", "1")]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.body.contains("href=\"#dispatch-1-hurry\""), "{}", main_of(&early.body));
    let over = meeting(office, here).await.until.unwrap().plus_seconds(HOUR);
    at(office, here, scene, over).await;
    done(&scene.worker.post(&format!("{page}/dispatch"), &[("dispatch-nth", "1")]).await);
    let orders = orders(&office.db, here.community).await.unwrap();
    let after = scene.visitor.get(public).await.body;
    assert!(after.contains(&format!("/c/xinglin/o/{}", orders[0].number)), "{}", main_of(&after));
    done(&scene.worker.post(&format!("{page}/conclude"), &[]).await);
    assert_eq!(meeting(office, here).await.stage, MeetingStage::Concluded);

    // The standard is found again, and everyone in the topic is answered at once.
    let found = scene.visitor.get(&format!("/c/xinglin/standards?q={}", yishi_web::encoded("3 天内"))).await;
    assert!(found.body.contains("灯坏了 3 天内修好"));
    let none = scene.visitor.get("/c/xinglin/standards?q=zzz").await;
    assert!(!none.body.contains("灯坏了 3 天内修好"));
    let of_topic = format!("/w/xinglin/t/{}", topic(office, here).await.number);
    done(&scene.worker.post(&format!("{of_topic}/answer"), &[("answer-text", "已换十盏节能灯")]).await);
    for id in &scene.raised {
        let row = matter(&office.db, here.community, *id).await.unwrap().unwrap();
        assert!(row.answered.is_some());
        let link = format!("/c/xinglin/t/{}", topic(office, here).await.number);
        assert!(scene.visitor.get(&format!("/c/xinglin/m/{}", row.number)).await.body.contains(&link));
    }
    let concluded = scene.worker.post(&format!("{of_topic}/conclude"), &[]).await;
    assert_eq!(concluded.status, StatusCode::UNPROCESSABLE_ENTITY, "the order is not done");

    // Nobody is named on what everyone reads.
    for path in [
        public.to_owned(),
        format!("{public}/minutes"),
        format!("{public}/calendar.ics"),
        "/c/xinglin/meetings".to_owned(),
    ] {
        let body = scene.visitor.get(&path).await.body;
        for name in ["沈知秋", "顾明远", "秦望舒", "罗大川", "马秀英", "丁大壮", "李奶奶"]
        {
            assert!(!body.contains(name), "{path} names {name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_phone_is_one_seat_and_one_vote() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let mut scene = scene(office, &here).await;
        let (row, page, door) = open(office, &here, &mut scene).await;
        let phone = Phone::new(&scene.visitor, 'c');
        let codes = slips(&scene, &page).await;
        let first = [("name", "马秀英"), ("kind", "resident"), ("slip", codes[0].as_str())];
        let first = phone.post(&door, &first).await;
        let again = phone.post(&door, &[("name", "别的名字"), ("kind", "resident")]).await;
        // The same phone has the same seat, and is told that it signed in by another name.
        assert_eq!(again.location, format!("{}?other-name", first.location));
        // A browser that keeps nothing is nobody yet.
        let nobody = scene.visitor.post(&door, &[("name", "某人"), ("kind", "resident")]).await;
        assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nobody.body.contains("某人"), "what was typed is kept");
        // Members and those sent are known at the door only.
        let member = phone.post(&door, &[("name", "某人"), ("kind", "member")]).await;
        assert_eq!(member.status, StatusCode::UNPROCESSABLE_ENTITY);
        let observer = Phone::new(&scene.visitor, 'd');
        let observer = observer.post(&door, &[("name", "旁人"), ("kind", "observer")]).await;
        assert_eq!(seats(&office.db, here.community, row.id).await.unwrap().len(), 2);

        let id = topic(office, &here).await.id.to_string();
        let put = [
            ("put-topic", id.as_str()),
            ("put-text", "换灯"),
            ("put-mode", "phones"),
            ("put-item", "repair"),
        ];
        done(&scene.worker.post(&format!("{page}/put"), &put).await);
        // The link opened on a second device votes for the same seat.
        let second = Phone::new(&scene.visitor, 'e');
        let vote = format!("{}/vote", first.location);
        done(&phone.post(&vote, &[("motion", "1"), ("choice", "for")]).await);
        done(&second.post(&vote, &[("motion", "1"), ("choice", "against")]).await);
        assert_eq!(votes(&office.db, here.community, row.id, 1).await.unwrap(), [0, 1, 0]);
        let listener = format!("{}/vote", observer.location);
        let refused = scene.visitor.post(&listener, &[("motion", "1"), ("choice", "for")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let wrong = scene.visitor.post(&vote, &[("motion", "1"), ("choice", "perhaps")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        done(&scene.worker.post(&format!("{page}/end"), &[("end-motion", "1")]).await);
        let late = phone.post(&vote, &[("motion", "1"), ("choice", "for")]).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "the vote is over");
        assert_eq!(votes(&office.db, here.community, row.id, 1).await.unwrap(), [0, 1, 0]);
        assert_eq!(Choice::ALL.len(), 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hands_count_once_two_persons_agree() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let mut scene = scene(office, &here).await;
        let (_, page, _) = open(office, &here, &mut scene).await;
        for name in ["甲", "乙", "丙"] {
            let form = scene.worker.get(&page).await.body;
            let fields = [
                ("register-form", hidden(&form, "register-form")),
                ("register-name", name),
                ("register-kind", "resident"),
            ];
            done(&scene.worker.post(&format!("{page}/register"), &fields).await);
        }
        let id = topic(office, &here).await.id.to_string();
        let put =
            [("put-topic", id.as_str()), ("put-text", "换灯"), ("put-mode", "hands"), ("put-item", "repair")];
        let nobody = scene.worker.post(&format!("{page}/put"), &put).await;
        assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody has a vote yet");
        assert!(nobody.body.contains("请先发票条"), "{}", main_of(&nobody.body));
        confirm_all(&scene, &page).await;
        done(&scene.worker.post(&format!("{page}/put"), &put).await);
        let count = |yes: &'static str, no: &'static str| {
            [("hands-motion", "1"), ("hands-for", yes), ("hands-against", no), ("hands-abstain", "0")]
        };
        let many = scene.worker.post(&format!("{page}/hands"), &count("9", "1")).await;
        assert_eq!(many.status, StatusCode::UNPROCESSABLE_ENTITY, "more hands than people");
        assert!(many.body.contains("value=\"9\""), "what was typed is kept");
        let word = scene.worker.post(&format!("{page}/hands"), &count("两", "1")).await;
        wrong_at(&word, &["hands-for"], &["value=\"两\""]);
        let none = scene.worker.post(&format!("{page}/hands"), &[("hands-motion", "1")]).await;
        wrong_at(&none, &["hands-for", "hands-against", "hands-abstain"], &[]);
        done(&scene.worker.post(&format!("{page}/hands"), &count("２ ", "一")).await);
        // The second counts by themselves: nothing of the first is shown until both are in.
        let first = scene.colleague.get(&page).await.body;
        assert!(!first.contains("沈知秋 录入") && !first.contains("顾明远 录入"), "{}", main_of(&first));
        assert!(scene.worker.get(&page).await.body.contains("沈知秋 录入"), "the own one is");
        done(&scene.colleague.post(&format!("{page}/hands"), &count("1", "2")).await);
        let differ = scene.worker.post(&format!("{page}/end"), &[("end-motion", "1")]).await;
        assert_eq!(differ.status, StatusCode::UNPROCESSABLE_ENTITY);
        done(&scene.colleague.post(&format!("{page}/hands"), &count("2", "1")).await);
        let shown = scene.worker.get(&page).await.body;
        assert!(
            shown.contains("沈知秋 录入") && shown.contains("顾明远 录入"),
            "who counted is shown to both"
        );
        done(&scene.worker.post(&format!("{page}/end"), &[("end-motion", "1")]).await);
        // Who was there, and nothing was put again: with something passed there is no adjourning.
        let adjourn = scene.worker.post(&format!("{page}/adjourn"), &[("adjourn-reason", "太晚")]).await;
        assert_eq!(adjourn.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_action_for_departments_asks_the_street_for_a_whistle() {
    use yishi_domain::dispatch::{OrderKind, OrderStage, WhistleKind};
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let admin = &here.administrator;
        let mut bodies = Vec::new();
        for name in ["照明所", "城管队"] {
            let kind = OrganisationKind::Department;
            bodies
                .push(office.open_organisation(admin, here.community, kind, name).await.unwrap().to_string());
        }
        let mut scene = scene(office, &here).await;
        let (_, page, door) = open(office, &here, &mut scene).await;
        let phone = Phone::new(&scene.visitor, 'g');
        let codes = slips(&scene, &page).await;
        let fields = [("name", "马秀英"), ("kind", "resident"), ("slip", codes[0].as_str())];
        let link = phone.post(&door, &fields).await.location;
        let id = topic(office, &here).await.id.to_string();
        let put = [
            ("put-topic", id.as_str()),
            ("put-text", "请照明所来"),
            ("put-mode", "phones"),
            ("put-item", "repair"),
        ];
        done(&scene.worker.post(&format!("{page}/put"), &put).await);
        done(&phone.post(&format!("{link}/vote"), &[("motion", "1"), ("choice", "for")]).await);
        done(&scene.worker.post(&format!("{page}/end"), &[("end-motion", "1")]).await);
        let form = scene.worker.get(&format!("{page}/resolve")).await.body;
        let due = office.now().plus_seconds(20 * DAY).date().to_string();
        let owner = format!("organisation/{}", bodies[0]);
        let desk = format!("desk/{}", here.community);
        let mut fields = vec![
            ("form", hidden(&form, "form")),
            ("rows", "2"),
            ("motion-2", "1"),
            ("task-2", "查线路"),
            ("owner-2", desk.as_str()),
            ("way-2", "whistle"),
            ("due-2", due.as_str()),
            ("acceptance-2", "灯亮"),
        ];
        // Nobody whistles for the community's own desk; the row says so.
        let slip = scene.worker.post(&format!("{page}/resolve"), &fields).await;
        assert!(
            slip.body.contains("href=\"#owner-2\"") && slip.body.contains("查线路"),
            "{}",
            main_of(&slip.body)
        );
        fields[4] = ("owner-2", owner.as_str());
        done(&scene.worker.post(&format!("{page}/resolve"), &fields).await);
        let digest = hidden(&scene.worker.get(&page).await.body, "confirm-digest").to_owned();
        for browser in [&scene.worker, &scene.colleague] {
            done(&browser.post(&format!("{page}/confirm"), &[("confirm-digest", &digest)]).await);
        }
        done(&scene.worker.post(&format!("{page}/publish"), &[("publish-at", "社区公示栏")]).await);
        let mut sending = vec![
            ("dispatch-nth", "1"),
            ("dispatch-1-whistle", "enforcement"),
            ("dispatch-1-departments", bodies[1].as_str()),
            ("dispatch-1-hurry", "晚上有人摔倒"),
        ];
        let unsaid = scene.worker.post(&format!("{page}/dispatch"), &sending).await;
        wrong_at(&unsaid, &["dispatch-1-reason"], &["晚上有人摔倒"]);
        let bare = scene.worker.post(&format!("{page}/dispatch"), &[("dispatch-nth", "1")]).await;
        wrong_at(&bare, &["dispatch-1-whistle", "dispatch-1-reason", "dispatch-1-hurry"], &[]);
        sending.push(("dispatch-1-reason", "线路不归社区管"));
        done(&scene.worker.post(&format!("{page}/dispatch"), &sending).await);
        let order = orders(&office.db, here.community).await.unwrap().remove(0);
        assert_eq!((order.kind, order.stage), (OrderKind::Whistle, OrderStage::Asked));
        assert_eq!(order.whistle, Some(WhistleKind::Enforcement));
    }
}
