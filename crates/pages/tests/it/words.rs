//! Every page and paper says what a resident of seventy and an official take in at once: none of
//! the words that misled or sounded odd, a village's page speaks of 村 and a town's of 镇, and
//! days are said as people say them.

use super::browser::Browser;
use super::surfaces::{addresses, made};
use axum::http::StatusCode;
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::features::RULES;
use yishi_domain::people::{GrantRole, RevokeRole};
use yishi_domain::places::PlaceKind;
use yishi_kernel::record::Subject;
use yishi_kernel::rules::shipped;
use yishi_kernel::{Actor, CorrectReason, EraseReason, Heir, Role, ValueAt};
use yishi_office::{Correcting, Erasing, Office};
use yishi_pages::FEATURES;
use yishi_store::args;
use yishi_testkit::{Neighbourhood, neighbourhood, neighbourhood_of, stores};
use yishi_web::texts::all;

/// Where a word may still stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum May {
    /// On no page.
    Never,
    /// On pages of those who work here: it is a term of theirs.
    AtWork,
}

/// Words that stood on pages, where they may, and why not elsewhere.
const OLD: &[(&str, May, &str)] = &[
    ("已落实", May::Never, "is said when all is sent out, and nothing of it done"),
    ("按规则应邀", May::Never, "应邀 is by invitation, not that one must invite"),
    ("来访者", May::Never, "is a word of petition offices"),
    ("大事：", May::AtWork, "tells a resident what weight her matter has"),
    ("小事", May::AtWork, "tells a resident that falling tiles are small"),
    ("私事：", May::AtWork, "tells a resident that nobody sees to it"),
    ("谁说的事", May::Never, "names are not shown"),
    ("摘要核定中", May::Never, "nobody knows what is being settled"),
    ("不可篡改", May::Never, "claims what no record can"),
    ("签名的台账", May::Never, "is jargon where everyone reads it"),
    ("哨和函", May::Never, "are no names of papers"),
    ("跟催", May::Never, "is a factory's word"),
    ("立题", May::Never, "is a word of research"),
    ("关注", May::Never, "joining means that it happened to me too"),
    ("分流", May::AtWork, "is a word of doctors and traffic to old people"),
    ("物业人员", May::Never, "is wrong of a market's staff"),
    ("划除", May::Never, "nobody says it"),
    ("来不来", May::Never, "is too loose for a department"),
    ("休会", May::Never, "is a pause, and here nothing was decided"),
    ("请督促", May::Never, "is said to the one who is late"),
    ("已逾期", May::Never, "offices say 超期"),
    (">怎样算办好<", May::Never, "is no term of a paper by itself"),
    (">怎么办<", May::Never, "is a question, and no way of doing it"),
    ("无权召集的单位", May::Never, "is clumsy"),
    ("不需要花钱", May::Never, "is not said on paper"),
    ("钱从哪里来", May::Never, "is not said on paper"),
    ("一题一链", May::Never, "sounds like a blockchain"),
    ("一事一链", May::Never, "sounds like a blockchain"),
    ("商定的标准", May::Never, "is no standard"),
    ("省事", May::Never, "says nothing outside the page"),
    ("二维码海报", May::Never, "is no advertisement"),
    ("代说", May::Never, "nobody says it"),
    ("替邻居说事", May::Never, "the neighbour says it"),
    ("待落实并答复每个人", May::Never, "is no step"),
    ("1：党组织牵头", May::Never, "is a formula on a wall"),
    ("区县", May::Never, "is 县（市、区）"),
    ("固定成员", May::Never, "is a member like any other"),
    ("没有参加", May::Never, "is said before the meeting took place"),
    ("办事台", May::Never, "is no word for people on duty"),
    ("长辈大字版", May::Never, "the official word is 长辈版"),
    ("归并", May::AtWork, "is a word of desks"),
    ("办结销号", May::AtWork, "is a word of desks"),
    ("认为不属于本单位", May::Never, "offices ask for 退单"),
    ("代录", May::Never, "is a machine's word"),
    ("表单没有填完整", May::Never, "a form is no word for people"),
    ("件事等您处理", May::Never, "offices say 待办"),
];

/// Pages of those who work here.
const AT_WORK: [&str; 5] = ["/w/", "/desk", "/admin", "/accounts", "/account/"];
/// Keys of texts that stand only there.
const KEYS_AT_WORK: [&str; 12] = [
    "sort-",
    "import-",
    "triage-",
    "many-",
    "merge-",
    "unmerge-",
    "close-",
    "topic-",
    "work-done-",
    "holder-none",
    "dispatch-new-in-hand",
    "refusal-",
];

/// A day as machines write it, in the text that people read.
fn iso_day(page: &str) -> Option<&str> {
    let texts = page.split('>').skip(1).filter_map(|part| part.split('<').next());
    texts.flat_map(|text| text.split(|c: char| !(c.is_ascii_digit() || c == '-'))).find(|word| {
        let parts: Vec<&str> = word.split('-').collect();
        matches!(parts.as_slice(), [year, month, day] if (year.len(), month.len(), day.len()) == (4, 2, 2))
    })
}

/// What is wrong with the words of a page.
fn wrong(path: &str, page: &str, kind: PlaceKind, above: PlaceKind, street: &str) -> Vec<String> {
    let at_work = AT_WORK.iter().any(|front| path.starts_with(front));
    let old = OLD.iter().filter(|(word, may, _)| page.contains(word) && !(at_work && *may == May::AtWork));
    let mut wrong: Vec<String> = old.map(|(word, _, why)| format!("{word} {why}")).collect();
    // On the page of what lies above, a community can be added as well as a village.
    if kind == PlaceKind::Village && page.contains("社区") && path != format!("/admin/places/{street}") {
        wrong.push("社区 on a village's page".to_owned());
    }
    if above != PlaceKind::Street && page.contains("街道") {
        wrong.push("街道 on the page of a town".to_owned());
    }
    wrong.extend(iso_day(page).map(|day| format!("{day} is no day as people say it")));
    wrong
}

async fn walk(kind: PlaceKind, above: PlaceKind) {
    let store = stores().await.into_iter().next().unwrap();
    let office = &store.office;
    let here = neighbourhood_of(office, kind, above).await;
    let made = made(office, &here).await;
    let paths = addresses(office, &here, &made).await;
    let visitor = Browser::new(office);
    let mut browsers = vec![visitor.clone()];
    for actor in [&here.worker, &here.officer, &here.administrator] {
        browsers.push(visitor.signed_in(office, actor).await);
    }
    let (mut told, mut looked) = (BTreeSet::new(), 0);
    for browser in &browsers {
        for path in &paths {
            let answer = browser.get(path).await;
            let html = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
            if html {
                looked += 1;
                let wrong = wrong(path, &answer.body, kind, above, &here.street.to_string());
                told.extend(wrong.into_iter().map(|wrong| format!("{path}: {wrong}")));
            }
        }
    }
    assert!(looked > 300, "{looked}");
    assert!(told.is_empty(), "{kind:?} of {above:?}: {told:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_of_a_community_says_what_misled() {
    for above in [PlaceKind::Street, PlaceKind::Town, PlaceKind::Township] {
        walk(PlaceKind::Community, above).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_of_a_village_speaks_of_a_community_or_says_what_misled() {
    for above in [PlaceKind::Street, PlaceKind::Town, PlaceKind::Township] {
        walk(PlaceKind::Village, above).await;
    }
}

/// What no page in the walk shows, as refusals: the texts themselves, and the rules that ship.
#[test]
fn no_text_says_what_misled_or_what_its_place_is() {
    let mut wrong = Vec::new();
    let pack = shipped(RULES);
    let pack = pack.lines().filter(|line| line.starts_with("zh =") || line.contains("_zh ="));
    let texts = all(FEATURES).flat_map(|texts| texts.zh.lines());
    for line in texts.chain(pack).filter(|line| !line.starts_with('#')) {
        let key = line.split(" =").next().unwrap_or_default();
        let at_work = KEYS_AT_WORK.iter().any(|front| key.starts_with(front));
        let old =
            OLD.iter().filter(|(word, may, _)| line.contains(word) && !(at_work && *may == May::AtWork));
        wrong.extend(old.map(|(word, _, why)| format!("{line}\n  {word} {why}")));
        let of_place = line.contains("社区") || line.contains("街道");
        if of_place && !["kind-community", "kind-street"].contains(&key) {
            wrong.push(format!("{line}\n  say {{ $community }}, {{ $street }} or {{ $party }}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What staff of a market's manager are called, those of a property company, and either where
/// nobody knows of which.
const MARKET: &str = "市场管理人员";
const COMPANY: &str = "物业管理人员";
const EITHER: &str = "物业（市场）管理人员";

/// What each entry of a body's staff says of who did it, by whose account it was done: the market's
/// manager, or the property company's.
async fn staff_at_work(office: &Office, here: &Neighbourhood) -> BTreeMap<i64, &'static str> {
    const BY: &str = "select e.number, p.value from event e join private p on p.ledger = e.ledger
         and p.stream = e.stream and p.version = e.version and p.field = 'by'
         where e.ledger = ?1 and e.envelope like '%\"role\":\"property_staff\",\"stream\"%'";
    let rows = office.db.rows(BY, &args![here.community]).await.unwrap();
    let of = |who: &Actor, by: &str| by.contains(&who.account.unwrap().to_string());
    let called = |by: &str| match (of(&here.market_keeper, by), of(&here.keeper, by)) {
        (true, false) => MARKET,
        (false, true) => COMPANY,
        _ => panic!("{by}"),
    };
    rows.iter().map(|row| (row.int(0).unwrap(), called(row.text(1).unwrap()))).collect()
}

/// Steps of chains on a page: what each says of who did it, and its number.
fn steps(page: &str) -> Vec<(&str, i64)> {
    let bits: Vec<&str> =
        page.split("<span class=\"bit\">").skip(1).filter_map(|bit| bit.split('<').next()).collect();
    let number = |bit: &str| bit.strip_prefix("台账第")?.strip_suffix("条")?.trim().parse().ok();
    bits.windows(2).filter_map(|pair| Some((pair[0], number(pair[1])?))).collect()
}

/// One gives up a role and gets the same of another body.
async fn moves(office: &Office, here: &Neighbourhood) {
    let (admin, id) = (&here.administrator, here.market_keeper.account.unwrap());
    let (role, place) = (Role::PropertyStaff, here.community);
    office.revoke(admin, id, RevokeRole { role, place, heir: Heir::Desk }).await.unwrap();
    office.clock.put(office.now().plus_seconds(60));
    let organisation = Some(here.property);
    office
        .grant(admin, id, GrantRole { role, place, organisation, from: office.now(), until: None })
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_markets_staff_and_a_property_companys_are_each_called_what_they_are() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let made = made(office, &here).await;
        let visitor = Browser::new(office);
        let desk = async |who: &Actor| visitor.signed_in(office, who).await.get("/desk").await.body;
        for (who, own, other) in [(&here.keeper, COMPANY, MARKET), (&here.market_keeper, MARKET, COMPANY)] {
            let desk = desk(who).await;
            assert!(desk.contains(own) && !desk.contains(other) && !desk.contains(EITHER), "{own}");
        }
        let done = staff_at_work(office, &here).await;
        // Later posts, a new name and the end of a body change nothing of what was done before.
        moves(office, &here).await;
        let name = ValueAt { version: 1, field: "name".to_owned() };
        let renamed =
            Correcting {
                value: name, text: Some("安心服务公司".to_owned()), reason: CorrectReason::Mistake
            };
        office.correct(&here.administrator, here.community, &here.property.into(), &renamed).await.unwrap();
        office.close_organisation(&here.administrator, here.market, Heir::Desk).await.unwrap();
        assert!(desk(&here.market_keeper).await.contains(COMPANY), "called by the post held now");

        let mut browsers = vec![visitor.clone()];
        for who in [&here.worker, &here.administrator, &here.keeper, &here.market_keeper] {
            browsers.push(visitor.signed_in(office, who).await);
        }
        let (mut wrong, mut seen) = (BTreeSet::new(), BTreeMap::<&str, BTreeSet<i64>>::new());
        let paths = addresses(office, &here, &made).await;
        for browser in &browsers {
            for path in &paths {
                let answer = browser.get(path).await;
                assert!(answer.status.as_u16() < 500, "{path}: {} {}", answer.status, answer.body);
                for (said, number) in steps(&answer.body) {
                    let staff = [MARKET, COMPANY, EITHER].contains(&said);
                    match done.get(&number).filter(|_| staff) {
                        Some(own) if *own == said => drop(seen.entry(own).or_default().insert(number)),
                        Some(own) => drop(wrong.insert(format!("{path}: {number} by {said}, not {own}"))),
                        None if staff => drop(wrong.insert(format!("{path}: {number} by {said}"))),
                        None => {}
                    }
                }
                // Only a list of roles to choose from or to write, and whoever is told which roles may, say either.
                let choices = answer.body.matches(&format!(">{EITHER}</option>")).count();
                let said = answer.body.matches(EITHER).count();
                let help = answer.body.matches(&format!("部门专管员和{EITHER}")).count();
                let rosters = answer.body.matches(&format!("部门专管员、{EITHER}、")).count();
                if answer.status == StatusCode::OK && said > choices + help + rosters {
                    wrong.insert(format!("{path}: {EITHER}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}: {wrong:#?}", store.engine());
        for called in [MARKET, COMPANY] {
            let count = seen.get(called).map_or(0, BTreeSet::len);
            assert!(count >= 4, "{}: {called} {count}", store.engine());
        }
        // Of whoever was erased only the role is known.
        let id = here.keeper.account.unwrap();
        office.close_account(&here.administrator, id, Heir::Desk).await.unwrap();
        let all = Erasing::all_of(&[Subject::Staff], EraseReason::Asked);
        office.erase(&here.administrator, here.community, &[id.into()], &all).await.unwrap();
        let danger = paths.iter().find(|path| path.starts_with("/c/xinglin/d/")).unwrap();
        let told = visitor.get(danger).await.body;
        let by = |said| steps(&told).iter().any(|step| step.0 == said);
        assert!(by(EITHER) && !by(COMPANY), "{}: {danger}", store.engine());
    }
}
