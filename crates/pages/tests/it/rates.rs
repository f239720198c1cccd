//! Calling back and the three rates over both stores: whom to call first, what counts as not reached,
//! and that each number of the page is what stands in its list and in the file.

use super::browser::{Answer, Browser};
use super::dispatch::triage;
use axum::http::StatusCode;
use yishi_domain::evaluation::{
    CallBack, CallWay, CalledTo, Contacted, Evaluate, Evaluation, Satisfaction, Solved,
};
use yishi_domain::matters::Answer as Reply;
use yishi_kernel::{Actor, Claim};
use yishi_office::Office;
use yishi_office::matters::RaisedMatter;
use yishi_office::matters::reads::matter;
use yishi_testkit::meetings::DAY;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

/// A matter that was answered, raised with a contact or without.
async fn answered(office: &Office, here: &Neighbourhood, word: &str, contact: &str) -> (RaisedMatter, i64) {
    let mut raise = raising(word, here.building, "南门路灯不亮");
    raise.speaker.contact = contact.to_owned();
    let raised = office.raise(&Actor::visitor(), raise).await.unwrap();
    triage(office, here, raised.ledger, raised.matter).await;
    let reply = Reply { text: "换好了灯".to_owned(), word: String::new(), photos: vec![] };
    office.act(&here.worker, raised.ledger, raised.matter, reply).await.unwrap();
    let number = matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap().number;
    (raised, number)
}

fn says(solved: Solved, satisfaction: Satisfaction) -> Evaluation {
    Evaluation { solved, satisfaction, comment: String::new() }
}

async fn call(office: &Office, here: &Neighbourhood, of: &RaisedMatter, call: CallBack) {
    office.act(&here.colleague, of.ledger, of.receipt, call).await.unwrap();
}

async fn by_link(office: &Office, of: &RaisedMatter, said: Evaluation, contacted: Option<Contacted>) {
    let holder = Actor::visitor().showing(Claim::Receipt);
    office.act(&holder, of.ledger, of.receipt, Evaluate { said, contacted }).await.unwrap();
}

/// The tile of a rate: what stands between its name and the end of it.
fn tile<'a>(page: &'a str, name: &str) -> &'a str {
    let from = page.split(&format!("<dt>{name}</dt>")).nth(1).unwrap_or_else(|| panic!("no {name}: {page}"));
    from.split("</div>").next().unwrap()
}

fn link(part: &str) -> String {
    part.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&")
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_a_telephone_is_called_first_and_who_is_not_reached_has_said_nothing() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (linked, _) = answered(office, &here, "linked", "微信 lamp-8").await;
        let (phone, number) = answered(office, &here, "phone", "13800001111").await;
        let visitor = Browser::new(office);
        let colleague = visitor.signed_in(office, &here.colleague).await;
        let owed = colleague.get("/w/xinglin/owed").await.body;
        let at = |of: &RaisedMatter| owed.find(&of.receipt.to_string()).unwrap();
        assert!(at(&phone) < at(&linked), "the telephone first, though it was answered later: {owed}");
        assert!(owed.contains("留了电话的，先打") && owed.contains("有链接、没留电话的"));
        // Three times on two days: then nobody is called any more, and nothing was said.
        let page = format!("/w/xinglin/{number}/callback/{}", phone.receipt);
        let missed = [("way", "telephone"), ("reached", "no")];
        for _ in 0..3 {
            assert_eq!(colleague.post(&page, &missed).await.location, "/w/xinglin/owed");
        }
        let one_day = colleague.get("/w/xinglin/owed").await.body;
        assert!(one_day.contains("试过 3 次") && one_day.contains("留了电话的，先打"), "{one_day}");
        office.clock.put(office.now().plus_seconds(DAY));
        let colleague = visitor.signed_in(office, &here.colleague).await;
        assert_eq!(colleague.post(&page, &missed).await.location, "/w/xinglin/owed");
        let given_up = colleague.get("/w/xinglin/owed").await.body;
        assert!(
            !given_up.contains("留了电话的，先打") && given_up.contains("没有联系上的 1 人"),
            "{given_up}"
        );
        let rates = colleague.get("/w/xinglin/figures/rates?span=year").await.body;
        assert!(rates.contains("应评价 2 人次，说了话的 0 人次"), "{rates}");
        assert!(tile(&rates, "满意率").contains("没有数据"), "{rates}");
        // Ways and questions are asked for, and a form without them says so and keeps the rest.
        let unsaid = colleague.post(&page, &[("reached", "yes"), ("solved", "yes")]).await;
        assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
        for told in ["href=\"#way\"", "href=\"#contacted\"", "href=\"#satisfaction\""] {
            assert!(unsaid.body.contains(told), "{told}: {}", unsaid.body);
        }
        // Who is reached and would not say is called no more, and counts for nothing either.
        let silent = CallBack { way: CallWay::Door, came_to: CalledTo::Silence { note: String::new() } };
        call(office, &here, &linked, silent).await;
        let owed = colleague.get("/w/xinglin/owed").await.body;
        assert!(owed.contains("另有 1 人找到了，不愿评价"), "{owed}");
        // Whoever rings back is heard.
        let heard = says(Solved::Yes, Satisfaction::Satisfied);
        call(office, &here, &phone, CallBack::said(CallWay::Telephone, Contacted::No, heard)).await;
        let rates = colleague.get("/w/xinglin/figures/rates?span=year").await.body;
        assert!(rates.contains("应评价 2 人次，说了话的 1 人次"), "{rates}");
        assert!(tile(&rates, "响应率").contains("0.00%") && tile(&rates, "解决率").contains("100.00%"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_rate_says_its_base_and_leads_to_its_list_and_nobody_is_ranked() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        // Eleven who were answered: ten say something, one has not yet.
        let (yes, no) = (Solved::Yes, Solved::No);
        let (good, mostly, bad) = (Satisfaction::Satisfied, Satisfaction::Mostly, Satisfaction::Not);
        let said = [
            (yes, good, Some(Contacted::Yes)),
            (yes, good, Some(Contacted::Yes)),
            (yes, good, Some(Contacted::Yes)),
            (yes, good, Some(Contacted::No)),
            (yes, mostly, None),
            (yes, mostly, Some(Contacted::Yes)),
            (yes, bad, Some(Contacted::CannotSay)),
            (yes, Satisfaction::CannotSay, Some(Contacted::Yes)),
            (yes, good, Some(Contacted::Yes)),
            (no, bad, Some(Contacted::Yes)),
        ];
        for (n, (solved, how, contacted)) in said.into_iter().enumerate() {
            let (raised, _) = answered(office, &here, &format!("said-{n}"), "").await;
            match contacted {
                // Half of them are called, half use their link.
                Some(contacted) if n % 2 == 0 => {
                    let heard = CallBack::said(CallWay::Telephone, contacted, says(solved, how));
                    call(office, &here, &raised, heard).await;
                }
                contacted => by_link(office, &raised, says(solved, how), contacted).await,
            }
        }
        answered(office, &here, "silent", "").await;
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let page = worker.get("/w/xinglin/figures/rates?span=year").await.body;
        assert!(page.contains("应评价 11 人次，说了话的 10 人次"), "{page}");
        // Of nine who could say, five were content and two mostly: 5 + 2 × 0.9 = 6.8.
        for (name, share, count, rest) in [
            ("响应率", "87.50%", "7</a> / 8", "没联系过 1 人次"),
            ("解决率", "90.00%", "9</a> / 10", "没有解决 1 人次"),
            ("满意率", "75.56%", "6.8</a> / 9", "不满意 2 人次"),
        ] {
            let tile = tile(&page, name);
            for part in [share, count, rest] {
                assert!(tile.contains(part), "{}: {name} {part}: {tile}", store.engine());
            }
        }
        // Eight are few, ten are not.
        assert!(tile(&page, "响应率").contains("人数太少") && !tile(&page, "解决率").contains("人数太少"));
        let list = worker.get(&link(tile(&page, "解决率"))).await;
        assert_eq!(list.status, StatusCode::OK);
        assert_eq!(list.body.matches("<p class=\"meta\">1 人次</p>").count(), 9, "{}", list.body);
        assert!(list.body.contains("计入 9</a>") && list.body.contains("不列谁说了什么"));
        // The sum, line by line: 8.75 + 30.224 + 45 = 83.974.
        for part in ["6.8 ÷ 9", "75.56%", "30.224", "83.974", "综合成绩 84.0"] {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(page.contains("不能拿来比较") && !page.contains("第一名"));
        // The file says the same.
        let lines = worker.get("/w/xinglin/figures/rates.csv?span=year").await;
        let row = |lines: &Answer, name: &str| {
            let own = |line: &&str| line.contains(name) && line.starts_with("合计");
            lines.body.lines().find(own).unwrap_or_else(|| panic!("{}", lines.body)).to_owned()
        };
        assert!(row(&lines, "满意率").starts_with("合计,满意率,6.8,9,75.56,"), "{}", lines.body);
        assert!(row(&lines, "解决率").starts_with("合计,解决率,9,10,90.00,"), "{}", lines.body);
        assert_eq!(worker.get("/w/xinglin/figures/rates.xlsx?span=year").await.status, StatusCode::OK);
        // Everyone reads numbers alone; what is of too few is not said.
        let everyone = visitor.get("/c/xinglin/figures").await.body;
        assert!(tile(&everyone, "解决率").contains("90.00%") && !tile(&everyone, "解决率").contains("href"));
        assert!(tile(&everyone, "响应率").contains("不足 10 人"), "{everyone}");
        // A street reads its communities together; those who do not steer read none.
        let officer = visitor.signed_in(office, &here.officer).await;
        let street = officer.get("/w/qinghe/figures/rates?span=year&by=community").await.body;
        assert!(street.contains("杏林社区") && tile(&street, "解决率").contains("9</a> / 10"), "{street}");
        let steward = visitor.signed_in(office, &here.steward).await;
        for path in
            ["/w/xinglin/figures/rates", "/w/xinglin/figures/rates/list", "/w/xinglin/figures/rates.csv"]
        {
            assert_eq!(steward.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
}
