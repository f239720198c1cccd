//! What people look for and find: from the desk everything they may read, on the public board what
//! everyone may know, and where nothing is found what was looked in.

use super::browser::Browser;
use axum::http::StatusCode;
use yishi_domain::matters::{MatterId, Outcome, Summarise, Triage};
use yishi_kernel::{Actor, Holder, PlaceId, Role};
use yishi_office::Office;
use yishi_office::matters::reads::matter;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};
use yishi_web::encoded;

/// A matter that was raised, sorted and summed up, and its number.
async fn summed_up(office: &Office, here: &Neighbourhood, word: &str, place: PlaceId, text: &str) -> i64 {
    let mut said = raising(word, place, text);
    said.speaker.name = "李阿姨".to_owned();
    said.speaker.contact = "13800001111".to_owned();
    let raised = office.raise(&Actor::visitor(), said).await.unwrap();
    let triage = Triage {
        outcome: Outcome::Public,
        category: "02".to_owned(),
        holder: Holder::Person(Role::CommunityWorker, here.community),
        person: here.worker.account,
        reason: String::new(),
    };
    office.act(&here.worker, here.community, raised.matter, triage).await.unwrap();
    let summary = Summarise { summary: "楼道照明损坏".to_owned(), category: None };
    office.act(&here.worker, here.community, raised.matter, summary).await.unwrap();
    number(office, here, raised.matter).await
}

async fn number(office: &Office, here: &Neighbourhood, id: MatterId) -> i64 {
    matter(&office.db, here.community, id).await.unwrap().unwrap().number
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_finds_by_number_place_category_holder_contact_and_words() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let n = summed_up(office, &here, "one", here.stairwells[1], "二楼的路灯灭了").await;
        let link = format!("href=\"/w/xinglin/{n}\"");
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let wide: String =
            n.to_string().chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
        let numbers = [
            format!("{n}"),
            format!("№{n}"),
            format!("编号{n}"),
            format!("第{n}号"),
            wide,
            format!("台账第{n}条"),
            format!("事项{n}"),
        ];
        let words = [
            "灯",
            "路灯 3号楼",
            "南苑3号楼",
            "3栋",
            "三号楼",
            "南苑3-2",
            "水电路灯等公共设施",
            "沈知秋",
            "13800001111",
            "李阿姨",
            "路燈滅了",
            "照明",
        ];
        for typed in numbers.iter().map(String::as_str).chain(words) {
            let page = worker.post("/desk/find", &[("q", typed)]).await;
            assert_eq!(page.status, StatusCode::OK, "{typed}");
            assert!(page.body.contains(&link), "{}: {typed}", store.engine());
            // With its number, how far it is, and where.
            for shown in [format!("编号 {n}"), "办理中".to_owned(), "杏林南苑 3号楼".to_owned()] {
                assert!(page.body.contains(&shown), "{typed}: {shown}");
            }
            assert!(!page.body.contains("都处理完了") && !page.body.contains("没有找到"), "{typed}");
            // No address tells what was looked for.
            let told = |part: &str| part.split('"').next().unwrap().contains(&*encoded(typed));
            let hrefs =
                page.body.split("href=\"").skip(1).filter(|_| !typed.bytes().all(|b| b.is_ascii_digit()));
            assert!(!hrefs.into_iter().any(told), "{typed}");
            assert!(!page.body.contains("/desk?q="), "{typed}");
        }
        let looks = "select number from event where kind = 'receipt.contact_viewed.1'";
        let looked = async || office.db.rows(looks, &[]).await.unwrap().len();
        assert_eq!(looked().await, 2, "a look for each");
        // Asking for a page records nothing, whatever its address says.
        let asked = worker.get(&format!("/desk?q={}", encoded("李阿姨"))).await;
        assert!(!asked.body.contains("按反映人的姓名或电话找到的") && looked().await == 2);
        // The same form, sent twice, is one look; with other words in it, another.
        let desk = worker.get("/desk").await.body;
        let once = desk.split("name=\"once\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        for (typed, looks) in [("李阿姨", 3), ("李阿姨", 3), ("13800001111", 4)] {
            let sent = worker.post("/desk/find", &[("once", once), ("q", typed)]).await;
            assert!(sent.body.contains("按反映人的姓名或电话找到的"), "{typed}");
            assert_eq!(looked().await, looks, "{typed}");
        }
        for typed in ["没有的词", "999999", "1380000", "阿姨"] {
            let body = worker.post("/desk/find", &[("q", typed)]).await.body;
            assert!(!body.contains(&link), "{typed}");
            assert!(body.contains(&format!("没有找到“{typed}”")) && body.contains("承办人和单位"), "{typed}");
            assert!(!body.contains("都处理完了"), "{typed}");
        }
        // Other things go by their numbers too, and whoever may not read a matter does not find it.
        let street = Browser::new(office).signed_in(office, &here.officer).await;
        let body = street.post("/desk/find", &[("q", "路灯 3号楼")]).await.body;
        assert!(body.contains(&link), "the street finds in its communities");
        let steward = Browser::new(office).signed_in(office, &here.steward).await;
        assert!(!steward.post("/desk/find", &[("q", "李阿姨")]).await.body.contains(&link));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_finds_what_everyone_may_know_and_nothing_else() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let n = summed_up(office, &here, "one", here.stairwells[1], "二楼的路灯灭了").await;
        let secret = raising("two", here.stairwells[0], "顶楼漏水");
        let secret = office.raise(&Actor::visitor(), secret).await.unwrap().matter;
        let secret = number(office, &here, secret).await;
        let link = |n: i64| format!("href=\"/c/xinglin/m/{n}\"");
        let visitor = Browser::new(office);
        let get = async |typed: &str| {
            let page = visitor.get(&format!("/c/xinglin?q={}", encoded(typed))).await;
            assert_eq!(page.status, StatusCode::OK, "{typed}");
            page.body
        };
        for typed in
            ["照", "照明 3号楼", "楼道照明損壞", "南苑3栋", "公共设施", &format!("编号{n}"), &n.to_string()]
        {
            let body = get(typed).await;
            assert!(body.contains(&link(n)), "{}: {typed}", store.engine());
            for shown in [format!("编号 {n}"), "办理中".to_owned(), "杏林南苑 3号楼".to_owned()] {
                assert!(body.contains(&shown), "{typed}: {shown}");
            }
        }
        // One that nobody has summed up is found by its place and number, without a word of it.
        for typed in ["3号楼".to_owned(), secret.to_string()] {
            let body = get(&typed).await;
            assert!(body.contains(&link(secret)) && !body.contains("漏水"), "{typed}");
        }
        for typed in
            ["漏", "漏水", "灭了", "路灯", "李阿姨", "13800001111", "沈知秋", "安和物业", "201", "999999"]
        {
            let body = get(typed).await;
            assert!(!body.contains("href=\"/c/xinglin/m/"), "{}: {typed}", store.engine());
            assert!(body.contains(&format!("没有找到“{typed}”")), "{typed}");
            assert!(body.contains("查了编号、地点、类别"), "{typed}");
        }
        let looks = "select number from event where kind = 'receipt.contact_viewed.1'";
        assert!(office.db.rows(looks, &[]).await.unwrap().is_empty());
        // What is chosen beside the words holds as well.
        let chosen = visitor.get(&format!("/c/xinglin?q={}&state=closed", encoded("照明"))).await.body;
        assert!(!chosen.contains(&link(n)) && chosen.contains("改成“全部”"));
        let chosen = visitor.get(&format!("/c/xinglin?q={}&category=02", encoded("3号楼"))).await.body;
        assert!(chosen.contains(&link(n)) && !chosen.contains(&link(secret)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_found_is_read_page_by_page() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let many: Vec<_> = (0..45).map(|n| raising(&format!("p{n}"), here.building, "门灯坏了")).collect();
        office.raise_all(&Actor::visitor(), here.building, many).await.unwrap();
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let numbers_on = |body: &str, front: &str| -> Vec<String> {
            let list = body.split("<ul class=\"list").nth(1).unwrap().split("</ul>").next().unwrap();
            let start = format!("href=\"{front}");
            let links = list.split(start.as_str()).skip(1);
            links.map(|link| link.split('"').next().unwrap().to_owned()).collect()
        };
        let mut seen = std::collections::BTreeSet::new();
        let mut path = format!("/c/xinglin?q={}", encoded("3号楼"));
        for shown in [20, 20, 5] {
            let body = worker.get(&path).await.body;
            let numbers = numbers_on(&body, "/c/xinglin/m/");
            assert_eq!(numbers.len(), shown, "{}: {path}", store.engine());
            seen.extend(numbers);
            let Some((before, _)) = body.split_once("rel=\"next\"") else { break };
            let href = before.rsplit("href=\"").next().unwrap().split('"').next().unwrap();
            path = href.replace("&amp;", "&");
        }
        assert_eq!(seen.len(), 45, "{}", store.engine());
        // From the desk the next page is asked for by a form.
        let mut seen = std::collections::BTreeSet::new();
        let mut behind = String::new();
        for shown in [20, 20, 5] {
            let body = worker.post("/desk/find", &[("q", "3号楼"), ("behind", &behind)]).await.body;
            let numbers = numbers_on(&body, "/w/xinglin/");
            assert_eq!(numbers.len(), shown, "{}: {behind}", store.engine());
            seen.extend(numbers);
            let Some(rest) = body.split("name=\"behind\" value=\"").nth(1) else { break };
            behind = rest.split('"').next().unwrap().to_owned();
        }
        assert_eq!(seen.len(), 45, "{}", store.engine());
    }
}
