//! Papers: what each says, who may have which copy, and that the file for an office opens there
//! and says the same as the page that prints.

use super::browser::Browser;
use super::dispatch::story;
use super::meetings::{hidden, main_of};
use axum::http::StatusCode;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use yishi_office::Office;
use yishi_office::dispatch::reads::of_topic;
use yishi_office::meetings::reads::meetings;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

/// The addresses of the papers of a meeting that was published and of its whistle, without the
/// end of a file: those for everyone, and those with names.
async fn papers(office: &Office, here: &Neighbourhood) -> [Vec<String>; 2] {
    let (topic, _) = story(office, here).await;
    let meeting = meetings(&office.db, here.community, None).await.unwrap().rows.remove(0).number;
    let order = of_topic(&office.db, here.community, topic).await.unwrap().remove(0).number;
    let of = |front: &str, words: &[&str]| -> Vec<String> {
        words.iter().map(|word| format!("{front}/xinglin/g/{meeting}/papers/{word}")).collect()
    };
    let mut posted = of("/c", &["notice", "minutes", "resolution", "publication"]);
    posted.push(format!("/c/xinglin/o/{order}/paper"));
    posted.push("/c/xinglin/rules".to_owned());
    let all = ["notice", "roll", "record", "minutes", "resolution", "publication"];
    [posted, of("/w", &all)]
}

/// What a paper says, as it stands on its page, without spaces.
fn said(page: &str) -> String {
    let paper = page.split("<article").nth(1).and_then(|rest| rest.split("</article>").next()).unwrap();
    let paper = paper.split_once('>').unwrap().1;
    let mut text = String::new();
    for (n, part) in paper.split('<').enumerate() {
        let shown = if n == 0 { part } else { part.split_once('>').unwrap().1 };
        text.push_str(shown);
    }
    plain(&text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"))
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}').collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_paper_says_what_happened_and_only_those_for_the_file_name_people() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let [posted, internal] = papers(office, &here).await;
        let visitor = Browser::new(office);
        let mut shown = BTreeMap::new();
        for path in &posted {
            let page = visitor.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", main_of(&page.body));
            for hidden in ["居民chain", "陆怀瑾", "顾明远", "内部存档件"] {
                assert!(!page.body.contains(hidden), "{hidden} on {path}");
            }
            shown.insert(path.rsplit('/').next().unwrap(), said(&page.body));
        }
        for (word, parts) in [
            ("notice", &["杏林通〔2026〕1号", "集贸市场二楼会议室", "杏林议题〔2026〕1号", "综合执法队"][..]),
            (
                "minutes",
                &[
                    "杏林纪〔2026〕1号",
                    "出席：有表决权的3人",
                    "请假：无",
                    "一、议题",
                    "（一）照明",
                    "赞成3，反对0，弃权0",
                    "主持人（签字）",
                ],
            ),
            ("resolution", &["杏林会〔2026〕1号", "路灯管理所", "现场验收", "灯不亮当日报修。"]),
            ("publication", &["杏林示〔2026〕1号", "公示期：2026年", "市场东门公告栏", "有不同意见"]),
            (
                "paper",
                &[
                    "清河杏林吹〔2026〕1号",
                    "路灯管理所、综合执法队",
                    "线路产权属路灯管理所",
                    "到场时限",
                    "牵头单位（签字）",
                ],
            ),
            (
                "rules",
                &["（二）市场议事会", "提前3日", "超过半数", "受邀单位回执2日内", "本地规则", "（一）"],
            ),
        ] {
            for part in parts {
                assert!(shown[word].contains(part), "{part} is missing from {word}: {}", shown[word]);
            }
        }

        let worker = visitor.signed_in(office, &here.worker).await;
        for path in &internal {
            assert!(visitor.get(path).await.location.starts_with("/signin?"), "{path}");
            let invited = visitor.signed_in(office, &here.market_keeper).await;
            assert_eq!(invited.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
            let page = worker.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", main_of(&page.body));
            assert!(page.body.contains("内部存档件"), "{path}");
            shown.insert(path.rsplit('/').next().unwrap(), said(&page.body));
        }
        for (word, parts) in [
            ("roll", &["居民chain-0", "已签到", "受邀单位", "杏林集贸市场管理部"][..]),
            (
                "record",
                &["主持人：陆怀瑾", "记录人：顾明远", "居民chain-0、居民chain-1、居民chain-2", "二、发言"],
            ),
        ] {
            for part in parts {
                assert!(shown[word].contains(part), "{part} is missing from {word}: {}", shown[word]);
            }
        }
        // What is for the file is at no address for everyone, in either form.
        for word in ["roll", "record", "roll.docx", "record.docx", "nothing"] {
            let path = internal[0].replace("/w/", "/c/").replace("notice", word);
            assert_eq!(visitor.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let bundle = internal[0].replace("papers/notice", "bundle.zip");
        // It is filed when all is done: the way to it stands there also then.
        let hall = worker.get(internal[0].strip_suffix("/papers/notice").unwrap()).await;
        assert!(hall.body.contains(&bundle), "{}", main_of(&hall.body));
        let all = worker.get(&bundle).await;
        assert_eq!(all.header("content-type"), Some("application/zip"));
        for name in [
            "01 会议通知杏林通〔2026〕1号.docx",
            "02 签到表",
            "03 会议记录",
            "04 会议纪要",
            "05 决议",
            "06 公示",
        ] {
            assert!(all.body.contains(name), "{name}");
        }
        let invited = visitor.signed_in(office, &here.market_keeper).await;
        assert_eq!(invited.get(&bundle).await.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_that_was_only_called_has_a_notice_and_a_roll() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let scene = super::meetings::scene(office, &here).await;
        let meeting = super::meetings::call(office, &here, &scene).await;
        let front = format!("/w/xinglin/g/{}/papers", meeting.number);
        for (word, status) in [
            ("notice", StatusCode::OK),
            ("roll", StatusCode::OK),
            ("record", StatusCode::NOT_FOUND),
            ("minutes", StatusCode::NOT_FOUND),
            ("resolution", StatusCode::NOT_FOUND),
            ("publication", StatusCode::NOT_FOUND),
        ] {
            assert_eq!(scene.worker.get(&format!("{front}/{word}")).await.status, status, "{word}");
        }
        let page = scene.visitor.get(&format!("/c/xinglin/g/{}", meeting.number)).await.body;
        assert!(page.contains("papers/notice") && !page.contains("papers/minutes"), "{}", main_of(&page));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_came_stands_on_the_roll_once() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let mut scene = super::meetings::scene(office, &here).await;
        let (_, page, _) = super::meetings::open(office, &here, &mut scene).await;
        let form = scene.worker.get(&page).await.body;
        let body = here.property.to_string();
        let fields = [
            ("register-form", hidden(&form, "register-form")),
            ("register-name", "罗师傅"),
            ("register-kind", "invited"),
            ("register-organisation", body.as_str()),
        ];
        super::meetings::done(&scene.worker.post(&format!("{page}/register"), &fields).await);
        let roll = said(&scene.worker.get(&format!("{page}/papers/roll")).await.body);
        assert!(roll.contains("罗师傅受邀单位安和物业服务公司是已签到"), "{roll}");
        assert_eq!(roll.matches("安和物业服务公司").count(), 1, "{roll}");
    }
}

/// Whether an office and its tools are installed. The test command of the repository installs
/// them and asks for them; elsewhere it is said that they are not there.
fn office_is_there() -> bool {
    let there = |program: &str, word: &str| Command::new(program).arg(word).output().is_ok();
    let all = there("soffice", "--version") && there("pdfinfo", "-v") && there("pdftotext", "-v");
    let required = std::env::var_os("YISHI_REQUIRE_OFFICE").is_some();
    assert!(all || !required, "install libreoffice-writer-nogui, poppler-utils and fonts-noto-cjk");
    if !all {
        println!("no LibreOffice here: papers were not opened with it");
    }
    all
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Converts all files of a folder at once, as an office opens them.
fn convert(folder: &Path, kind: &str, files: &[std::path::PathBuf]) {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let mut command = Command::new("soffice");
    command.args([&profile, "--headless", "--convert-to", kind, "--outdir"]).arg(folder).args(files);
    run(&mut command);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_file_opens_in_an_office_with_the_words_and_pages_of_its_paper() {
    if !office_is_there() {
        return;
    }
    let store = stores().await.remove(0);
    let office = &store.office;
    let here = neighbourhood(office).await;
    let [posted, internal] = papers(office, &here).await;
    let worker = Browser::new(office).signed_in(office, &here.worker).await;
    let folder = tempfile::tempdir().unwrap();
    let (mut files, mut meant) = (Vec::new(), Vec::new());
    for (n, path) in posted.iter().chain(&internal).enumerate() {
        let page = worker.get(path).await;
        let file = worker.get(&format!("{path}.docx")).await;
        let kind = file.header("content-type").unwrap_or_default();
        assert!(kind.ends_with("wordprocessingml.document"), "{path}: {kind}");
        let name = folder.path().join(format!("paper-{n}.docx"));
        std::fs::write(&name, &file.bytes).unwrap();
        files.push(name);
        meant.push((path.as_str(), said(&page.body)));
    }
    convert(folder.path(), "txt:Text (encoded):UTF8", &files);
    convert(folder.path(), "pdf", &files);
    for (file, (path, meant)) in files.iter().zip(meant) {
        let text = std::fs::read_to_string(file.with_extension("txt")).unwrap();
        assert_eq!(plain(&text), meant, "{path}");
        let pdf = file.with_extension("pdf");
        let facts = run(Command::new("pdfinfo").arg(&pdf));
        let fact =
            |name: &str| facts.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim();
        let pages: usize = fact("Pages:").parse().unwrap();
        // On one page where it can; the rules of all forums cannot, nor a roll with room to sign.
        let most = match path.rsplit('/').next() {
            Some("rules") => 6,
            Some("roll" | "record" | "minutes" | "paper") => 2,
            _ => 1,
        };
        assert!(pages <= most, "{path}: {pages} pages");
        assert!(fact("Page size:").contains("(A4)"), "{path}: {facts}");
        let laid = plain(&run(Command::new("pdftotext").arg(&pdf).arg("-")));
        for page in 1..=pages {
            assert!(laid.contains(&format!("第{page}页共{pages}页")), "{path}: page {page} of {pages}");
        }
    }
}
