//! What a dozen pages say, as outlines in `snapshots/` that a reviewer reads: a change of a
//! page shows there as a diff. A page that differs fails; after reading why, write them anew by
//! `INSTA_UPDATE=always cargo test -p yishi-web snapshots` and commit them.
//!
//! An outline is the page's `<main>`, a tag a line, without closing tags, plain wrappers, and
//! what only styles or ties a label to its field. Ids and secrets are random: they show as
//! `{id}` and `{secret}`. Pages do not depend on the store, so SQLite is enough.

use super::browser::Browser;
use super::dispatch::{in_hand, story};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use uuid::Uuid;
use yishi_kernel::Actor;
use yishi_office::dispatch::reads::of_topic;
use yishi_office::matters::reads::matter;
use yishi_office::meetings::reads::meetings;
use yishi_office::topics::reads::topic;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{TestStore, neighbourhood};

/// Elements that have no end.
const EMPTY: [&str; 5] = ["br", "hr", "img", "input", "svg"];
/// Attributes that say nothing to a reader of the outline.
const SILENT: [&str; 5] = ["class", "id", "for", "aria-describedby", "aria-labelledby"];

/// A page's main part, a tag a line.
fn outline(body: &str) -> String {
    let main = body.split("<main").nth(1).and_then(|rest| rest.split("</main>").next());
    let main = without_drawings(main.unwrap_or_else(|| panic!("no main: {body}")));
    let (mut lines, mut open) = (Vec::new(), Vec::new());
    // Whatever is text is escaped, so these two signs stand around tags only.
    for piece in main.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap();
        let text = text.trim();
        let depth = |open: &[bool]| open.iter().filter(|shown| **shown).count();
        let mut line = "  ".repeat(depth(&open));
        let mut shown = false;
        if tag.starts_with('/') {
            open.pop();
            line = "  ".repeat(depth(&open));
        } else {
            let tag = telling(tag);
            shown = !["div", "span"].contains(&tag.as_str());
            if shown {
                line.push_str(&format!("<{tag}>"));
            }
            if !EMPTY.contains(&tag.split(' ').next().unwrap()) {
                open.push(shown);
            }
        }
        if shown || !text.is_empty() {
            line.push_str(text);
            lines.push(steady(&line));
        }
    }
    lines.join("\n")
}

/// A text whose drawings are empty.
fn without_drawings(html: &str) -> String {
    let mut parts = html.split("<svg");
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        text.push_str("<svg>");
        text.push_str(part.split_once("</svg>").unwrap().1);
    }
    text
}

/// A tag without its silent attributes.
fn telling(tag: &str) -> String {
    let mut tag = tag.to_owned();
    for name in SILENT {
        if let Some((before, after)) = tag.split_once(&format!(" {name}=\"")) {
            tag = format!("{before}{}", after.split_once('"').unwrap().1);
        }
    }
    tag
}

/// A line with names in place of what is random.
fn steady(line: &str) -> String {
    if is_code(line.trim()) {
        return line.replace(line.trim(), "{code}");
    }
    let in_word = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let (mut steady, mut rest) = (String::new(), line);
    while !rest.is_empty() {
        let end = rest.find(|c| !in_word(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let secret = word.len() >= 26 && word.contains(|c: char| c.is_ascii_digit()) && !word.contains('-');
        steady.push_str(match Uuid::parse_str(word) {
            Ok(_) if word.contains('-') => "{id}",
            _ if secret => "{secret}",
            _ => word,
        });
        let next = after.find(in_word).unwrap_or(after.len());
        steady.push_str(&after[..next]);
        rest = &after[next..];
    }
    steady
}

/// Whether a line is the code of a receipt.
fn is_code(line: &str) -> bool {
    let four = |half: &str| half.len() == 4 && half.bytes().all(|digit| digit.is_ascii_digit());
    line.split_once(' ').is_some_and(|(first, second)| four(first) && four(second))
}

fn looks_as_ever(name: &str, body: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, outline(body)));
}

/// A page that is there.
async fn page(browser: &Browser, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.body
}

/// The same in English.
async fn in_english(browser: &Browser, path: &str) -> String {
    let request = Request::get(path).header(header::ACCEPT_LANGUAGE, "en");
    browser.send(request, Body::empty()).await.body
}

#[test]
fn an_outline_has_what_is_read_and_nothing_random() {
    let body = "<body><main id=\"main\"><div class=\"card\"><h1 class=\"x\">议事</h1><p>a <b>b</b> c</p>\
        <svg><path d=\"M0\"/></svg><a href=\"/r/x/0123456789abcdefghjkmnpqrs\">link</a></div></main>";
    let lines = ["<h1>议事", "<p>a", "  <b>b", "  c", "<svg>", "<a href=\"/r/x/{secret}\">link"];
    assert_eq!(outline(body), lines.join("\n"));
    assert_eq!(steady("place/018f4e0c-0000-7000-8000-000000000000, 2026-05-04"), "place/{id}, 2026-05-04");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_for_everyone() {
    let store = TestStore::sqlite().await;
    let office = &store.office;
    let here = neighbourhood(office).await;
    let (raised, number) = in_hand(office, &here, "lamp").await;
    let visitor = Browser::new(office);
    looks_as_ever("board", &page(&visitor, "/c/xinglin").await);
    looks_as_ever("board_english", &in_english(&visitor, "/c/xinglin").await);
    looks_as_ever("matter", &page(&visitor, &format!("/c/xinglin/m/{number}")).await);
    looks_as_ever("receipt", &page(&visitor, &format!("/r/xinglin/{}", raised.secret)).await);
    let poster = office.issue_poster(&here.administrator, here.building).await.unwrap();
    let form = format!("/q/{poster}/raise");
    let any_poster = |body: String| body.replace(&poster, "{poster}");
    looks_as_ever("raise", &any_poster(page(&visitor, &form).await));
    looks_as_ever("raise_english", &any_poster(in_english(&visitor, &form).await));
    let wrong = [("form", "0190a1b2c3d43456789abcdefghjkmnpqrstuv"), ("text", ""), ("contact", "81234567")];
    let wrong = visitor.post_parts(&form, &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    looks_as_ever("raise_with_errors", &any_poster(wrong.body));
    looks_as_ever("signin", &page(&visitor, "/signin").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_a_worker() {
    let store = TestStore::sqlite().await;
    let office = &store.office;
    let here = neighbourhood(office).await;
    let (_, in_hand) = in_hand(office, &here, "lamp").await;
    let unsorted = office.raise(&Actor::visitor(), raising("lift", here.building, "电梯停了")).await.unwrap();
    let unsorted = matter(&office.db, unsorted.ledger, unsorted.matter).await.unwrap().unwrap().number;
    let worker = Browser::new(office).signed_in(office, &here.worker).await;
    looks_as_ever("desk", &page(&worker, "/desk").await);
    looks_as_ever("triage", &page(&worker, &format!("/w/xinglin/{unsorted}")).await);
    looks_as_ever("matter_at_work", &page(&worker, &format!("/w/xinglin/{in_hand}")).await);
    looks_as_ever("order_form", &page(&worker, &format!("/w/xinglin/{in_hand}/order?kind=whistle")).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn page_of_a_roster_before_it_is_recorded() {
    let store = TestStore::sqlite().await;
    let office = &store.office;
    let here = neighbourhood(office).await;
    let keeper = Browser::new(office).signed_in(office, &here.administrator).await;
    let link = format!("/admin/places/{}/rosters", here.community);
    let file = "姓名,角色,负责范围\n\
        韩春梅,红管家,南苑3号楼1单元\n\
        冯大勇,楼栋长,南苑4号楼\n\
        韩春梅,楼栋长,南苑3号楼\n\
        周桂兰,楼栋长,南苑3号楼\n";
    keeper.post_files(&link, &[("roster", "people")], &[file.as_bytes().to_vec()]).await;
    looks_as_ever("roster", &page(&keeper, &format!("{link}/people")).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_a_topic_on_its_way_to_the_order() {
    let store = TestStore::sqlite().await;
    let office = &store.office;
    let here = neighbourhood(office).await;
    let (id, _) = story(office, &here).await;
    let ledger = here.community;
    let topic = topic(&office.db, ledger, id).await.unwrap().unwrap().number;
    let meeting = meetings(&office.db, ledger, None).await.unwrap().rows.remove(0).number;
    let order = of_topic(&office.db, ledger, id).await.unwrap().remove(0).number;
    let visitor = Browser::new(office);
    let lamps = visitor.signed_in(office, &here.lamp_officer).await;
    let worker = visitor.signed_in(office, &here.worker).await;
    looks_as_ever("topic", &page(&visitor, &format!("/c/xinglin/t/{topic}")).await);
    looks_as_ever("meeting", &page(&visitor, &format!("/c/xinglin/g/{meeting}")).await);
    looks_as_ever("topic_at_work", &page(&worker, &format!("/w/xinglin/t/{topic}")).await);
    looks_as_ever("meeting_at_work", &page(&worker, &format!("/w/xinglin/g/{meeting}")).await);
    looks_as_ever("order", &page(&visitor, &format!("/c/xinglin/o/{order}")).await);
    looks_as_ever("order_at_work", &page(&lamps, &format!("/w/xinglin/o/{order}")).await);
}
