//! Figures against histories that chance wrote: what the page says is what somebody else counts in
//! the file behind it, and every number leads to a list of as many.

use super::browser::{Answer, Browser};
use axum::http::StatusCode;
use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use yishi_domain::evaluation::{Evaluate, Evaluation, Satisfaction, Solved};
use yishi_domain::matters::{
    Answer as Reply, Close, MatterId, MergeInto, Outcome, ReceiptId, Triage, Withdraw,
};
use yishi_kernel::{Actor, Claim, Holder, Role};
use yishi_office::Office;
use yishi_testkit::meetings::{DAY, open_meeting};
use yishi_testkit::neighbourhood::{joining, raising};
use yishi_testkit::{Neighbourhood, neighbourhood, stores};
use yishi_web::exports::List;
use yishi_web::texts::{Language, Locale};

/// Numbers that look like chance and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

/// A history of so many moves. What is refused is left at that: chance does not know the rules.
async fn history(office: &Office, here: &Neighbourhood, seed: u64, moves: usize) {
    let (mut chance, ledger, visitor) = (Chance(seed), here.community, Actor::visitor());
    let mut all: Vec<(MatterId, Vec<ReceiptId>)> = Vec::new();
    for n in 0..moves {
        let word = format!("{seed}-{n}");
        if all.is_empty() || chance.below(4) == 0 {
            let places = [here.building, here.other_building, here.stairwells[0], here.compound];
            let raised = office.raise(&visitor, raising(&word, places[chance.below(4)], "路灯不亮")).await;
            all.extend(raised.map(|raised| (raised.matter, vec![raised.receipt])));
            continue;
        }
        let (at, other) = (chance.below(all.len()), chance.below(all.len()));
        let (matter, receipt) = (all[at].0, all[at].1[chance.below(all[at].1.len())]);
        match chance.below(9) {
            0 | 1 => {
                let bodies = [here.property, here.lamps];
                let (holder, person) = match chance.below(3) {
                    n @ (0 | 1) => (Holder::Organisation(bodies[n]), None),
                    _ => (Holder::Person(Role::CommunityWorker, ledger), here.worker.account),
                };
                let category = ["02", "03", "05"][chance.below(3)].to_owned();
                let triage =
                    Triage { outcome: Outcome::Public, category, holder, person, reason: String::new() };
                let _ = office.act(&here.worker, ledger, matter, triage).await;
            }
            2 | 3 => {
                let reply = Reply { text: "换好了灯".to_owned(), word: String::new(), photos: vec![] };
                let _ = office.act(&here.worker, ledger, matter, reply).await;
            }
            4 => {
                let solved = Solved::ALL[chance.below(2)];
                let satisfaction = Satisfaction::ALL[chance.below(4)];
                let said = Evaluate {
                    said: Evaluation { solved, satisfaction, comment: String::new() },
                    contacted: None,
                };
                let _ = office.act(&visitor.showing(Claim::Receipt), ledger, receipt, said).await;
            }
            5 => {
                let _ = office.act(&here.worker, ledger, matter, MergeInto { into: all[other].0 }).await;
            }
            6 => {
                if let Ok((joined, _)) = office.join(&visitor, ledger, matter, joining(&word)).await {
                    all[at].1.push(joined.receipt);
                }
            }
            7 => {
                let _ = office.act(&here.worker, ledger, matter, Close).await;
                let _ = office.act(&visitor.showing(Claim::Receipt), ledger, receipt, Withdraw).await;
            }
            _ => office.clock.put(office.now().plus_seconds(chance.below(5) as i64 * DAY)),
        }
    }
}

/// The rows of a file below its header, each cell by the name of its column.
fn rows(answer: &Answer) -> Vec<BTreeMap<String, String>> {
    assert_eq!(answer.status, StatusCode::OK);
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(&answer.bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let text = |cell: &Data| match cell {
        Data::Float(number) => number.to_string(),
        other => other.to_string(),
    };
    let mut rows = range.rows().skip_while(|row| text(&row[0]) != "编号");
    let header: Vec<String> = rows.next().unwrap().iter().map(text).collect();
    rows.map(|row| header.iter().cloned().zip(row.iter().map(text)).collect()).collect()
}

/// The number that a page says of a figure, and the address of its list.
fn figure(page: &str, name: &str) -> (usize, String) {
    let tile = page.split(&format!("<dt>{name}</dt>")).nth(1).unwrap_or_else(|| panic!("no {name}"));
    let link = tile.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let number = tile.split("\">").nth(2).unwrap().split('<').next().unwrap();
    (number.parse().unwrap_or_else(|_| panic!("{name}: {number}")), link)
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_what_somebody_else_counts_in_the_file() {
    yishi_web::texts::collect(yishi_pages::FEATURES);
    let t = Locale::from(Language::ZhHans);
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        for seed in 1..4 {
            history(office, &here, seed, 120).await;
            let browser = Browser::new(office).signed_in(office, &here.secretary).await;
            let today = office.now().date();
            let days = format!("span=days&from=2000-01-01&to={today}&by=building");
            let page = browser.get(&format!("/w/xinglin/figures?{days}")).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.body);
            let file = browser.get(&format!("/w/xinglin/figures/ledger.xlsx?{days}")).await;
            let all = rows(&file);
            // Nothing that is left out stands in the ledger of what was raised.
            assert!(all.iter().all(|row| row["不计入统计的原因"].is_empty()));
            let count =
                |test: &dyn Fn(&BTreeMap<String, String>) -> bool| all.iter().filter(|row| test(row)).count();
            let yes = |column: &'static str| count(&|row| row[column] == "是");
            let stage = |row: &BTreeMap<String, String>, key: &str| row["进度"] == t.say(key);
            let open = count(&|row| stage(row, "stage-raised") || stage(row, "stage-in_hand"));
            let meant = [
                ("反映", all.len()),
                ("按时安排", yes("按时安排")),
                ("按时答复", yes("按时答复")),
                ("解决", yes("解决")),
                ("满意", yes("满意")),
                ("再次办理", count(&|row| row["再次办理次数"] != "0")),
                ("在办", open),
            ];
            for (name, meant) in meant {
                let (said, list) = figure(&page.body, name);
                assert_eq!(said, meant, "{}: seed {seed}: {name}", store.engine());
                // The list behind it says as many, and has them.
                let shown = browser.get(&list).await;
                assert!(shown.body.contains(&format!("计入 {said}</a>")), "{name}: {}", shown.body);
                let file = browser.get(&list.replace("/figures/list", "/figures/ledger.xlsx")).await;
                assert_eq!(rows(&file).len(), said, "{name}");
            }
            // Days from raising to the first answer, and their median.
            let mut took: Vec<f64> = all
                .iter()
                .filter(|row| !row["首次答复时间"].is_empty())
                .map(|row| {
                    let day = |column: &str| row[column].parse::<f64>().unwrap().floor();
                    day("首次答复时间") - day("反映时间")
                })
                .collect();
            took.sort_by(f64::total_cmp);
            let median = (took[(took.len() - 1) / 2] + took[took.len() / 2]) / 2.0;
            assert!(page.body.contains(&format!("{median} 天")), "{median} {took:?}");
            // The parts sum to the whole.
            let parts = page.body.split("<tbody>").nth(1).unwrap();
            let parts: Vec<usize> = parts
                .split("<tr>")
                .skip(1)
                .map(|row| {
                    row.split("</td>").next().unwrap().trim_end_matches("</a>").rsplit('>').next().unwrap()
                })
                .map(|number| number.parse().unwrap())
                .collect();
            let (total, parts) = parts.split_last().unwrap();
            assert_eq!((*total, parts.iter().sum::<usize>()), (all.len(), all.len()));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_say_the_same_as_the_workbook_and_only_those_who_steer_have_them() {
    let store = stores().await.remove(0);
    let office = &store.office;
    let here = neighbourhood(office).await;
    let raised = raising("one", here.building, "路灯不亮");
    office.raise(&Actor::visitor(), raised).await.unwrap();
    let visitor = Browser::new(office);
    for path in ["/w/xinglin/figures", "/w/xinglin/figures/list", "/w/xinglin/figures/ledger.csv"] {
        assert_eq!(visitor.get(path).await.status, StatusCode::SEE_OTHER, "{path}");
        let steward = visitor.signed_in(office, &here.steward).await;
        assert_eq!(steward.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let worker = visitor.signed_in(office, &here.worker).await;
    let lines = worker.get("/w/xinglin/figures/ledger.csv").await;
    assert!(lines.header("content-type").unwrap().starts_with("text/csv"));
    let text = lines.body.trim_start_matches('\u{feff}');
    let (header, row) = text.split_once("\r\n").unwrap();
    let book = rows(&worker.get("/w/xinglin/figures/ledger.xlsx").await);
    assert_eq!(header.split(',').count(), book[0].len());
    assert!(row.contains("扫码") && row.contains("3号楼"), "{row}");
    assert_eq!(worker.get("/w/xinglin/figures/other.xlsx").await.status, StatusCode::NOT_FOUND);
    // A street's figures are those of its communities.
    let officer = visitor.signed_in(office, &here.officer).await;
    let street = officer.get("/w/qinghe/figures?by=community").await;
    assert!(street.body.contains("杏林社区"), "{}", street.body);
    assert_eq!(figure(&street.body, "反映").0, 1);
    assert_eq!(officer.get("/figures").await.location, "/w/qinghe/figures");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_figures_are_shown_of_a_body_for_which_one_person_acts() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let raised =
            office.raise(&Actor::visitor(), raising("one", here.building, "路灯不亮")).await.unwrap();
        let triage = Triage {
            outcome: Outcome::Public,
            category: "02".to_owned(),
            holder: Holder::Organisation(here.property),
            person: None,
            reason: String::new(),
        };
        office.act(&here.worker, here.community, raised.matter, triage).await.unwrap();
        let browser = Browser::new(office).signed_in(office, &here.secretary).await;
        let page = browser.get("/w/xinglin/figures?by=body").await;
        assert!(page.body.contains("另有 1 件由只有一个人经办的单位承办"), "{}", page.body);
        assert!(!page.body.contains("安和物业服务公司"));
        let list = format!("/w/xinglin/figures/list?by=body&of={}", here.property);
        assert_eq!(browser.get(&list).await.status, StatusCode::NOT_FOUND);
        // A second one joins, and it has a line.
        let administrator = &here.administrator;
        let second =
            office.open_account(administrator, here.community, "管小敏", Some(here.property)).await.unwrap();
        let grant = yishi_domain::people::GrantRole {
            role: Role::PropertyStaff,
            place: here.community,
            organisation: Some(here.property),
            from: office.now(),
            until: None,
        };
        office.grant(administrator, second, grant).await.unwrap();
        assert!(browser.get("/w/xinglin/figures?by=body").await.body.contains("安和物业服务公司"));
        assert_eq!(browser.get(&list).await.status, StatusCode::OK);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_reads_months_without_small_numbers() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let visitor = Browser::new(office);
        let raise = async |word: &str| {
            office.raise(&Actor::visitor(), raising(word, here.building, "路灯不亮")).await.unwrap().matter
        };
        for n in 0..4 {
            raise(&format!("few-{n}")).await;
        }
        let page = visitor.get("/c/xinglin/figures").await;
        assert!(page.body.contains("不足 5 件") && !page.body.contains(">4<"), "{}", page.body);
        let four = |page: &str| -> Vec<String> {
            let list =
                page.split("<dl class=\"figures four\">").nth(1).unwrap().split("</dl>").next().unwrap();
            let numbers = list.split("<dd").skip(1).map(|one| one.split("\">").nth(2).unwrap());
            numbers.map(|one| one.split('<').next().unwrap().to_owned()).collect()
        };
        let board = visitor.get("/c/xinglin").await.body;
        assert_eq!(
            four(&board),
            ["不足 5 件", "0", "4", "0"],
            "what the board lists is counted there anyway"
        );
        for n in 4..12 {
            let matter = raise(&format!("more-{n}")).await;
            let category = if n < 6 { "03" } else { "02" }.to_owned();
            let holder = Holder::Person(Role::CommunityWorker, here.community);
            let triage = Triage {
                outcome: Outcome::Public,
                category,
                holder,
                person: here.worker.account,
                reason: String::new(),
            };
            office.act(&here.worker, here.community, matter, triage).await.unwrap();
            let reply = Reply { text: "换好了灯".to_owned(), word: String::new(), photos: vec![] };
            office.act(&here.worker, here.community, matter, reply).await.unwrap();
        }
        // Four of no category, two of one, six of the other: what is shown says none of the small.
        let page = visitor.get("/c/xinglin/figures").await;
        let table = page.body.split("<tbody>").nth(1).unwrap();
        let first: Vec<&str> = table
            .split("<tr>")
            .skip(1)
            .filter_map(|row| row.split("<td class=\"number\">").nth(1)?.split('<').next())
            .collect();
        assert_eq!(first[..3], ["6", "6", "12"], "{table}");
        let board = visitor.get("/c/xinglin").await.body;
        assert_eq!(four(&board), ["12", "8", "4", "0"]);
        assert!(
            board.contains("href=\"/c/xinglin?state=open\"")
                && board.contains("href=\"/c/xinglin?state=late\"")
        );
        // One of them is looked at alone: the figures are the whole board's.
        assert!(!visitor.get("/c/xinglin?state=open").await.body.contains("figures four"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_of_everyone_is_a_file_with_what_its_page_says() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let venue = super::venues::kept(office, &here, "南苑活动室").await;
        let danger = super::dangers::reported(office, &here, "danger").await.1;
        let raised =
            office.raise(&Actor::visitor(), raising("one", here.building, "路灯不亮")).await.unwrap();
        open_meeting(office, &here, "路灯", &[raised.matter]).await;
        let visitor = Browser::new(office);
        let lists: Vec<&List> = yishi_pages::FEATURES.iter().flat_map(|feature| feature.lists).collect();
        assert!(lists.len() >= 6);
        let words: BTreeSet<&str> = lists.iter().map(|list| list.word).collect();
        assert_eq!(words.len(), lists.len());
        for list in lists {
            let file = visitor.get(&format!("/c/xinglin/lists/{}.xlsx", list.word)).await;
            let rows = rows(&file);
            assert!(rows.iter().all(|row| row.len() == list.columns.len()), "{}", list.word);
            let numbers: Vec<&str> = rows.iter().map(|row| row["编号"].as_str()).collect();
            match list.word {
                "venues" => assert_eq!(numbers, [venue.to_string()]),
                "dangers" => assert_eq!(numbers, [danger.to_string()]),
                "topics" | "meetings" => assert_eq!(numbers.len(), 1, "{}", list.word),
                _ => assert_eq!(numbers, [""; 0], "{}", list.word),
            }
            let lines = visitor.get(&format!("/c/xinglin/lists/{}.csv", list.word)).await;
            assert_eq!(lines.body.matches("\r\n").count(), rows.len() + 1, "{}", list.word);
        }
        assert_eq!(visitor.get("/c/xinglin/lists/none.xlsx").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_of_figures_say_what_the_page_says() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        history(office, &here, 7, 80).await;
        let secretary = Browser::new(office).signed_in(office, &here.secretary).await;
        let today = office.now().date();
        let month = format!("{}-{:02}", today.year(), today.month());
        let page = secretary.get("/w/xinglin/figures?span=month").await;
        let (raised, _) = figure(&page.body, "反映");
        for word in ["month", "quarter", "briefing"] {
            let path = format!("/w/xinglin/figures/{word}-{month}");
            let paper = secretary.get(&path).await;
            assert_eq!(paper.status, StatusCode::OK, "{path}");
            assert!(paper.body.contains("居民反映事项"), "{path}");
            if word != "quarter" {
                let said = format!("杏林社区收到居民反映的事项{raised}件");
                assert!(paper.body.contains(&said), "{path}: {said}: {}", paper.body);
            }
            let file = secretary.get(&format!("{path}.docx")).await;
            assert!(file.header("content-type").unwrap().ends_with("wordprocessingml.document"));
        }
        assert_eq!(secretary.get("/w/xinglin/figures/year-2026-11").await.status, StatusCode::NOT_FOUND);
    }
}
