//! Statutory meetings and consultations on pages, over both stores: whose rule each number is, what
//! the street confirms and takes back, and what calling a meeting says of a council without a roll.

use super::browser::Browser;
use super::councils::founded;
use super::meetings::{done, hidden, main_of, meeting, wrong_at};
use super::surfaces::{addresses, made};
use axum::http::StatusCode;
use yishi_domain::councils::{Enrol, Found, MemberKind};
use yishi_domain::places::PlaceKind;
use yishi_domain::topics::TopicId;
use yishi_kernel::Actor;
use yishi_office::Office;
use yishi_office::councils::council_of;
use yishi_office::meetings::reads::meetings;
use yishi_testkit::meetings::{DAY, confirming, opening};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{Neighbourhood, neighbourhood, neighbourhood_of, stores};

/// A topic that waits for a meeting.
async fn waiting(office: &Office, here: &Neighbourhood, word: &str) -> TopicId {
    let one = raising(word, here.building, "路灯坏了");
    let raised = office.raise(&Actor::visitor(), one).await.unwrap();
    let (id, open) = opening(word, &[raised.matter]);
    office.start(&here.worker, here.community, id, open).await.unwrap();
    id
}

/// What somebody types who calls a meeting of all, on the form of another kind of meeting.
fn calling<'a>(form: &'a str, texts: &'a [String; 5]) -> Vec<(&'a str, &'a str)> {
    let [topic, day, committee, chair, recorder] = texts;
    vec![
        ("form", form),
        ("forum", "residents"),
        ("topic", topic),
        ("title", "全体居民会议"),
        ("venue", "小广场"),
        ("date", day),
        ("time", "19:30"),
        ("organisation", committee),
        ("entitled", "9"),
        ("chair", chair),
        ("recorder", recorder),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statutory_meeting_waits_for_the_street_and_every_page_says_so() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let topic = waiting(office, &here, "lamp").await;
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let officer = visitor.signed_in(office, &here.officer).await;
        let texts = [
            topic.to_string(),
            office.now().plus_seconds(9 * DAY).date().to_string(),
            here.committee.to_string(),
            here.secretary.account.unwrap().to_string(),
            here.worker.account.unwrap().to_string(),
        ];
        let new = "/w/xinglin/meetings/new?forum=residents";
        let (rules, forums) = ("/c/xinglin/rules", "/w/xinglin/forums");

        // Nobody has compared its numbers with the law in force: offered, and refused.
        let page = worker.get(new).await.body;
        for text in ["居民会议", "核验中", "2026年1月1日起施行", "现在不能召集", "请联系街道"]
        {
            assert!(page.contains(text), "{text}: {}", main_of(&page));
        }
        assert!(!page.contains("name=\"venue\"") && !page.contains("村民"), "{}", main_of(&page));
        assert!(!page.contains("/forums?forum=residents"), "a worker confirms nothing: {}", main_of(&page));
        let other = worker.get("/w/xinglin/meetings/new?forum=market").await.body;
        let word = hidden(&other, "form");
        let refused = worker.post("/w/xinglin/meetings/new", &calling(word, &texts)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", main_of(&refused.body));
        assert!(
            refused.body.contains("现在不能召集") && refused.body.contains("小广场"),
            "what was typed stays"
        );
        assert!(meetings(&office.db, here.community, None).await.unwrap().rows.is_empty());
        let paper = visitor.get(rules).await.body;
        assert!(paper.contains("核验中：《城市居民委员会组织法》的新文本"), "{}", main_of(&paper));
        assert!(!paper.contains("村民会议"), "{}", main_of(&paper));

        // The officer finds it from the refusal and from every page of the community.
        let way = format!("{forums}?forum=residents");
        assert!(officer.get(new).await.body.contains(&way));
        assert_eq!(worker.get(forums).await.status, StatusCode::FORBIDDEN);
        let form = officer.get(&way).await.body;
        let today = office.now().date().to_string();
        let source = "国家法律法规数据库：2025年修订文本第四章";
        let confirm =
            |read, on| [("form", hidden(&form, "form")), ("forum", "residents"), ("read", read), ("on", on)];
        assert_eq!(worker.post(forums, &confirm(source, today.as_str())).await.status, StatusCode::FORBIDDEN);
        let empty = officer.post(forums, &confirm("", "某天")).await;
        wrong_at(&empty, &["read", "on"], &["某天"]);
        let ahead = office.now().plus_seconds(3 * DAY).date().to_string();
        wrong_at(&officer.post(forums, &confirm(source, ahead.as_str())).await, &["on"], &[source]);
        let confirmed = officer.post(forums, &confirm(source, today.as_str())).await;
        done(&confirmed);
        let again = officer.post(forums, &confirm(source, today.as_str())).await;
        assert_eq!(again.location, confirmed.location, "sent twice it is one");
        let own = confirmed.location.split('?').next().unwrap().to_owned();
        assert!(own.starts_with("/w/qinghe/forums/"), "{own}");
        assert_eq!(worker.get(&own).await.status, StatusCode::FORBIDDEN);
        let paper = visitor.get(rules).await.body;
        for text in ["已核实：清河街道于", source, "查阅"] {
            assert!(paper.contains(text), "{text}: {}", main_of(&paper));
        }
        assert!(!paper.contains("核验中"), "{}", main_of(&paper));

        // Now it is called, and its pages and papers say by what.
        let page = worker.get(new).await.body;
        assert!(page.contains("name=\"venue\"") && page.contains("已核实"), "{}", main_of(&page));
        done(&worker.post("/w/xinglin/meetings/new", &calling(hidden(&page, "form"), &texts)).await);
        let row = meeting(office, &here).await;
        let (public, at_work) =
            (format!("/c/xinglin/g/{}", row.number), format!("/w/xinglin/g/{}", row.number));
        let notice = format!("{public}/papers/notice");
        for path in [&public, &at_work, &notice] {
            let page = worker.get(path).await.body;
            assert!(page.contains("清河街道于") && !page.contains("核验中"), "{path}: {}", main_of(&page));
            assert!(page.contains("第九条、第十条") && page.contains("提前7日通知"), "{path}");
        }

        // Taken back, with a reason that everyone reads.
        let back = format!("{own}/withdraw");
        wrong_at(&officer.post(&back, &[("withdraw-reason", "")]).await, &["withdraw-reason"], &[]);
        assert_eq!(worker.post(&back, &[("withdraw-reason", "不对")]).await.status, StatusCode::FORBIDDEN);
        done(&officer.post(&back, &[("withdraw-reason", "对照的不是现行文本")]).await);
        for path in [&public, &at_work, &notice, &rules.to_owned(), &new.to_owned()] {
            let page = worker.get(path).await.body;
            let said = page.contains("核验中") && page.contains("对照的不是现行文本");
            assert!(said, "{path}: {}", main_of(&page));
        }
        waiting(office, &here, "second").await;
        let page = worker.get(new).await.body;
        assert!(!page.contains("name=\"venue\""), "{}", main_of(&page));
        let kept = officer.get(forums).await.body;
        assert!(kept.contains("以前的核实") && kept.contains(&own), "{}", main_of(&kept));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_village_has_the_meetings_of_its_own_law() {
    for above in [PlaceKind::Town, PlaceKind::Township] {
        let store = stores().await.into_iter().next().unwrap();
        let office = &store.office;
        let here = neighbourhood_of(office, PlaceKind::Village, above).await;
        waiting(office, &here, "lamp").await;
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let officer = visitor.signed_in(office, &here.officer).await;
        let street = if above == PlaceKind::Town { "镇" } else { "乡" };
        for path in ["/w/xinglin/meetings/new?forum=villagers", "/c/xinglin/rules"] {
            let page = worker.get(path).await.body;
            let who = format!("由{street}对照现行法律核实");
            for text in ["村民会议", "村民代表会议", "《村民委员会组织法》", "核验中", who.as_str()]
            {
                assert!(page.contains(text), "{path} {text}: {}", main_of(&page));
            }
            assert!(!page.contains("居民会议"), "{path}: {}", main_of(&page));
        }
        for forum in ["villagers", "village_delegates"] {
            let (id, confirm) = confirming(forum, forum, office.now());
            office.start(&here.officer, here.street, id, confirm).await.unwrap();
            let page = worker.get(&format!("/w/xinglin/meetings/new?forum={forum}")).await.body;
            assert!(page.contains("name=\"venue\""), "{}", main_of(&page));
        }
        let kept = officer.get("/w/xinglin/forums").await.body;
        assert!(kept.contains("村民会议") && !kept.contains("居民会议"), "{}", main_of(&kept));
    }
}

/// What people read of a page, without its tags.
fn plain(page: &str) -> String {
    let main = main_of(page);
    let texts = main.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    texts.collect::<Vec<_>>().join(" ")
}

/// Numbers of a forum as every page says them.
const NUMBERS: [&str; 3] = ["提前3日通知", "赞成票须超过半数", "结果公示5日"];

#[tokio::test(flavor = "multi_thread")]
async fn wherever_a_number_of_a_consultation_stands_whose_rule_it_is_stands_beside_it() {
    let store = stores().await.into_iter().next().unwrap();
    let office = &store.office;
    let here = neighbourhood(office).await;
    founded(office, &here, &["王芳"]).await;
    let made = made(office, &here).await;
    let mut paths = addresses(office, &here, &made).await;
    waiting(office, &here, "waits").await;
    paths.extend(
        ["community", "market", "compound"].map(|one| format!("/w/xinglin/meetings/new?forum={one}")),
    );
    let visitor = Browser::new(office);
    let worker = visitor.signed_in(office, &here.worker).await;
    let (mut bare, mut kinds) = (Vec::new(), std::collections::BTreeSet::new());
    for path in &paths {
        let answer = worker.get(path).await;
        if answer.status != StatusCode::OK || !answer.body.contains("<main") {
            continue;
        }
        let text = plain(&answer.body);
        for number in NUMBERS {
            for (at, _) in text.match_indices(number) {
                let after: String = text[at..].chars().skip(number.chars().count()).take(60).collect();
                let said = ["本地规则：", "法律规定"].iter().any(|whose| after.contains(whose));
                if !said {
                    bare.push(format!("{path}: {number}{after}"));
                }
                let kind = path.rsplit('/').next().unwrap().split('?').next().unwrap();
                kinds.insert(kind.trim_matches(|c: char| c.is_ascii_digit()).to_owned());
            }
        }
    }
    assert!(bare.is_empty(), "{bare:#?}");
    // Calling, the notice, the room, its result on a phone, minutes, record, resolution, the rules.
    for kind in ["new", "notice", "room", "minutes", "record", "resolution", "rules", ""] {
        assert!(kinds.contains(kind), "{kind}: {kinds:?}");
    }
    let seats = paths.iter().filter(|path| path.starts_with("/v/")).count();
    assert!(seats > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn calling_by_a_council_without_a_roll_says_who_votes_then_and_leads_to_the_roll() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        waiting(office, &here, "lamp").await;
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let secretary = visitor.signed_in(office, &here.secretary).await;
        let new = "/w/xinglin/meetings/new?forum=community";
        let told = |page: &str, texts: &[&str]| {
            for text in texts {
                assert!(page.contains(text), "{text}: {}", main_of(page));
            }
        };
        let then = "由到会并在门口经确认的居民、商户表决";
        told(&worker.get(new).await.body, &["杏林社区还没有建立议事会名册", then, "请先联系书记"]);
        told(&secretary.get(new).await.body, &["还没有建立议事会名册", "href=\"/w/xinglin/councils\""]);
        let id = council_of(here.community);
        office.start(&here.secretary, here.community, id, Found { place: here.community }).await.unwrap();
        told(&secretary.get(new).await.body, &["现在没有在任的成员", "href=\"/w/xinglin/c/"]);
        // One whose term is over is no member.
        let enrol = |until| Enrol {
            group: MemberKind::Delegate,
            name: "王芳".to_owned(),
            part: None,
            from: office.now().plus_seconds(-9 * DAY),
            until,
        };
        let over = enrol(Some(office.now().plus_seconds(-DAY)));
        office.act(&here.secretary, here.community, id, over).await.unwrap();
        told(&secretary.get(new).await.body, &["现在没有在任的成员"]);
        office.act(&here.secretary, here.community, id, enrol(None)).await.unwrap();
        let page = worker.get(new).await.body;
        assert!(!page.contains(then), "{}", main_of(&page));
        // A forum without a council has no roll to miss; that of a compound has its own.
        assert!(!worker.get("/w/xinglin/meetings/new?forum=market").await.body.contains(then));
        told(&worker.get("/w/xinglin/meetings/new?forum=compound").await.body, &["杏林南苑还没有建立", then]);
    }
}
