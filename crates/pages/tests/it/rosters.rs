//! Rosters from the file to what stands: shown first, what is wrong by cell, all or none, and the same
//! file again adds nothing.

use super::browser::{Answer, Browser};
use axum::http::StatusCode;
use yishi_domain::councils::{Council, MemberKind};
use yishi_domain::people::Account;
use yishi_kernel::{AccountId, Grant, PlaceId, Role};
use yishi_office::Office;
use yishi_office::councils::council_of;
use yishi_office::people::reads::{accounts, actor, organisations};
use yishi_office::places::reads::{all_below, place};
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

/// Somebody who keeps a place, at its rosters.
struct Desk {
    browser: Browser,
    link: String,
}

impl Desk {
    async fn of(office: &Office, here: &Neighbourhood) -> Self {
        let browser = Browser::new(office).signed_in(office, &here.administrator).await;
        Self { browser, link: format!("/admin/places/{}/rosters", here.community) }
    }

    /// Hands a file in: the page on which it is shown.
    async fn hand_in(&self, roster: &str, file: &str) -> String {
        let files = [file.as_bytes().to_vec()];
        let came = self.browser.post_files(&self.link, &[("roster", roster)], &files).await;
        assert_eq!(came.status, StatusCode::SEE_OTHER, "{}", came.body);
        assert_eq!(came.location, format!("{}/{roster}", self.link));
        self.browser.get(&came.location).await.body
    }

    async fn import(&self, roster: &str) -> Answer {
        self.browser.post(&format!("{}/{roster}", self.link), &[("press", "import")]).await
    }
}

async fn named(office: &Office, ledger: PlaceId, name: &str) -> Option<AccountId> {
    accounts(&office.db, ledger).await.unwrap().into_iter().find(|row| row.name == name).map(|row| row.id)
}

async fn grants(office: &Office, ledger: PlaceId, name: &str) -> Vec<(Role, PlaceId)> {
    let Some(id) = named(office, ledger, name).await else { return Vec::new() };
    let held = actor(&office.db, id).await.unwrap().unwrap();
    held.current(office.now()).map(|grant: &Grant| (grant.role, grant.place)).collect()
}

fn says(page: &str, parts: &[&str]) {
    for part in parts {
        assert!(page.contains(part), "{part} is missing: {page}");
    }
}

const PEOPLE: &str = "姓名,职务,小区,楼栋,单元,单位,电话\n\
    韩春梅,红管家,南苑,3,1,,13800001111\n\
    冯大勇,Building head,南苑,三号楼,,,\n\
    唐立,网格长,杏林第一网格,,,,\n\
    邱实,物业管理人员,,,,安和物业服务公司,\n\
    周桂兰,楼栋长,杏林南苑,4号楼,,,\n\
    沈知秋,社区工作者,,,,,\n\
    江远,,,,,,\n";

#[tokio::test(flavor = "multi_thread")]
async fn people_of_a_roster_get_accounts_and_roles_all_or_none() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let desk = Desk::of(office, &here).await;
        // No file, and no kind.
        let none = desk.browser.post_files(&desk.link, &[], &[]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);

        // Each cell that is wrong is named, with what to do; then nothing is recorded.
        let wrong = "姓名,角色,负责范围,单位\n\
            韩春梅,队长,,\n\
            冯大勇,楼道红管家,南苑3号楼,\n\
            唐立,楼栋长,北苑3号楼,\n\
            邱实,物业（市场）管理人员,,没有的物业\n\
            彭越,部门专管员,,\n\
            管理员,,,\n\
            ,楼栋长,南苑3号楼,\n\
            许平,,南苑3号楼,\n\
            韩 春梅,楼栋长,南苑3号楼,\n\
            沈知秋,楼栋长,南苑3号楼,安和物业服务公司\n\
            崔明,楼栋长,南苑3号楼,\n\
            崔明,楼栋长,南苑4号楼,\n\
            崔明,楼栋长,南苑3号楼,\n";
        let page = desk.hand_in("people", wrong).await;
        says(
            &page,
            &[
                "要改正的地方（9 处）",
                "第 2 行，角色“队长”：没有这个角色。可以写：楼道红管家、",
                "第 3 行，负责范围“南苑3号楼”：“楼道红管家”的负责范围要写到单元（楼道）",
                "第 4 行，负责范围“北苑3号楼”：这里没有这个地点",
                "第 5 行，单位“没有的物业”：这里没有这个单位",
                "第 6 行，单位：“部门专管员”要写单位",
                "第 7 行，姓名“管理员”：这个名字会被当成系统",
                "第 8 行，姓名：不能空着",
                "第 9 行，角色：写了负责范围，没有写角色",
                "第 11 行，单位“安和物业服务公司”：这个人已有账号，工作单位与表里不同",
                "第 13 行与第 12 行是同一人：崔明再加上“楼栋长”（南苑4号楼）",
                "第 14 行与第 12 行完全相同",
            ],
        );
        assert!(!page.contains("value=\"import\""), "nothing can be pressed");
        assert_eq!(desk.import("people").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(named(office, here.community, "崔明").await, None);

        let page = desk.hand_in("people", PEOPLE).await;
        says(
            &page,
            &[
                "新开账号 5 人，给已有的人加角色 1 人，已经有的 1 人不变",
                "第 6 行：周桂兰已有账号，再加上“楼栋长”（杏林南苑4号楼）",
                "写入 6 人",
            ],
        );
        let done = desk.import("people").await;
        assert_eq!(
            (done.status, done.location.as_str()),
            (StatusCode::SEE_OTHER, format!("{}?done=people-6", desk.link).as_str()),
            "{}",
            done.body
        );
        let own = async |name: &str| grants(office, here.community, name).await;
        assert_eq!(own("韩春梅").await, [(Role::Steward, here.stairwells[0])]);
        assert_eq!(own("冯大勇").await, [(Role::BuildingHead, here.building)]);
        assert_eq!(own("唐立").await, [(Role::GridHead, here.grid)]);
        assert_eq!(own("邱实").await, [(Role::PropertyStaff, here.community)]);
        assert_eq!(own("江远").await, []);
        assert_eq!(
            own("周桂兰").await,
            [(Role::Steward, here.stairwells[1]), (Role::BuildingHead, here.other_building)]
        );
        let keeper = named(office, here.community, "邱实").await.unwrap();
        let account = office.load::<Account>(here.community, &keeper.into()).await.unwrap();
        assert_eq!(account.must().unwrap().employer, Some(here.property));

        // Links for those who are new, and for nobody else.
        let page = desk.browser.get(&done.location).await.body;
        says(&page, &["已写入 6 人", "做链接并打印", "value=\"new\""]);
        let invite = format!("/admin/places/{}/people/invite-all", here.community);
        office.invite(&here.administrator, here.steward.account.unwrap()).await.unwrap();
        let sheet = desk.browser.post(&invite, &[("invite-all-whom", "new")]).await;
        for name in ["韩春梅", "冯大勇", "唐立", "邱实", "江远"] {
            assert!(sheet.body.contains(name), "{name}: {}", sheet.body);
        }
        assert!(!sheet.body.contains("周桂兰"), "she has a link");

        let many: String = (0..2_001).map(|n| format!("某人{n}\n")).collect();
        let many = desk.hand_in("people", &format!("姓名\n{many}")).await;
        says(&many, &["第 2002 行：一次最多 2000 行"]);

        // The same file again adds nothing.
        let again = desk.hand_in("people", PEOPLE).await;
        says(&again, &["新开账号 0 人，给已有的人加角色 0 人，已经有的 7 人不变", "没有要写入的"]);
        assert!(!again.contains("value=\"import\""));
        let before = accounts(&office.db, here.community).await.unwrap().len();
        assert_eq!(desk.import("people").await.status, StatusCode::SEE_OTHER);
        assert_eq!(accounts(&office.db, here.community).await.unwrap().len(), before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_one_name_are_one_person_with_several_roles() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let desk = Desk::of(office, &here).await;
        let file = "姓名,角色,负责范围,单位\n\
            韩春梅,楼道红管家,南苑3号楼1单元,\n\
            张伟（3号楼）,楼栋长,南苑3号楼,\n\
            韩春梅,楼栋长,南苑3号楼,\n\
            韩春梅,红管家,南苑3号楼1单元,\n\
            张伟（4号楼）,楼栋长,南苑4号楼,\n\
            张伟（4号楼）,网格长,杏林第一网格,\n";
        let page = desk.hand_in("people", file).await;
        says(
            &page,
            &[
                "新开账号 3 人，给已有的人加角色 0 人",
                "第 4 行与第 2 行是同一人：韩春梅再加上“楼栋长”（南苑3号楼）",
                "第 5 行与第 2 行完全相同",
                "第 7 行与第 6 行是同一人：张伟（4号楼）再加上“网格长”（杏林第一网格）",
                "是两个人，请在姓名后面加上能区分的字",
                "写入 3 人",
            ],
        );
        let before = accounts(&office.db, here.community).await.unwrap().len();
        let done = desk.import("people").await;
        assert_eq!(done.location, format!("{}?done=people-3", desk.link), "{}", done.body);
        assert_eq!(accounts(&office.db, here.community).await.unwrap().len(), before + 3);
        let own = async |name: &str| grants(office, here.community, name).await;
        let hers = [(Role::Steward, here.stairwells[0]), (Role::BuildingHead, here.building)];
        assert_eq!(own("韩春梅").await, hers);
        assert_eq!(own("张伟（3号楼）").await, [(Role::BuildingHead, here.building)]);
        let his = [(Role::BuildingHead, here.other_building), (Role::GridHead, here.grid)];
        assert_eq!(own("张伟（4号楼）").await, his);

        // One link each.
        let invite = format!("/admin/places/{}/people/invite-all", here.community);
        let sheet = desk.browser.post(&invite, &[("invite-all-whom", "new")]).await.body;
        assert_eq!(sheet.matches("韩春梅").count(), 1, "{sheet}");

        says(&desk.hand_in("people", file).await, &["已经有的 3 人不变", "没有要写入的"]);
        // Who is known gets two more at once.
        let more = "姓名,角色,负责范围\n韩春梅,楼栋长,南苑4号楼\n韩春梅,网格长,杏林第一网格\n";
        says(
            &desk.hand_in("people", more).await,
            &[
                "给已有的人加角色 1 人",
                "第 2 行：韩春梅已有账号，再加上“楼栋长”",
                "第 3 行：韩春梅已有账号，再加上“网格长”",
                "写入 1 人",
            ],
        );
        desk.import("people").await;
        assert_eq!(own("韩春梅").await.len(), 4);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_be_two_people_of_one_name_is_given_nothing() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let desk = Desk::of(office, &here).await;
        let wrong = "姓名,角色,负责范围,单位\n\
            张伟,楼栋长,南苑3号楼,\n\
            张伟（4号楼）,楼栋长,南苑4号楼,\n\
            邱实,物业管理人员,,安和物业服务公司\n\
            邱实,楼栋长,南苑3号楼,\n\
            崔明,楼栋长,南苑3号楼,\n\
            崔明,,,\n";
        says(
            &desk.hand_in("people", wrong).await,
            &[
                "要改正的地方（3 处）",
                "第 2 行，姓名“张伟”：与第 3 行同名，单位或者姓名后面的字却不同",
                "第 5 行，姓名“邱实”：与第 4 行同名，单位或者姓名后面的字却不同",
                "第 7 行，角色：不能空着",
            ],
        );
        assert_eq!(desk.import("people").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(named(office, here.community, "邱实").await, None);
        // Who has the account of the name is known; the other one is somebody else.
        desk.hand_in("people", "姓名\n张伟\n").await;
        desk.import("people").await;
        let both = "姓名,角色,负责范围\n张伟,楼栋长,南苑3号楼\n张伟（4号楼）,楼栋长,南苑4号楼\n";
        says(&desk.hand_in("people", both).await, &["新开账号 1 人，给已有的人加角色 1 人"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_steers_waits_for_a_second_keeper_by_a_roster_too() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let desk = Desk::of(office, &here).await;
        let file = "姓名,角色\n另一位,管理员\n";
        // There is only one administrator yet.
        desk.hand_in("people", file).await;
        desk.import("people").await;
        assert_eq!(grants(office, here.community, "另一位").await, [(Role::Administrator, here.community)]);
        let file = "姓名,角色\n柳青,社区工作者\n";
        says(&desk.hand_in("people", file).await, &["柳青的“社区工作者”要由另一位管理员复核"]);
        desk.import("people").await;
        assert_eq!(grants(office, here.community, "柳青").await, []);
        says(&desk.hand_in("people", file).await, &["已经有的 1 人不变", "没有要写入的"]);

        // Only one thing of one person waits at a time; what need not wait holds at once.
        let two = "姓名,角色,负责范围\n林远,社区工作者,\n林远,网格长,杏林第一网格\n";
        says(
            &desk.hand_in("people", two).await,
            &["第 3 行，角色“网格长”：与第 2 行都要由另一位管理员复核，一个人一次只能有一项在等"],
        );
        let one = "姓名,角色,负责范围\n林远,社区工作者,\n林远,楼栋长,南苑3号楼\n";
        says(
            &desk.hand_in("people", one).await,
            &["林远的“社区工作者”要由另一位管理员复核", "第 3 行与第 2 行是同一人：林远再加上“楼栋长”"],
        );
        desk.import("people").await;
        assert_eq!(grants(office, here.community, "林远").await, [(Role::BuildingHead, here.building)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_keeps_a_place_hands_rosters_in() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let desk = Desk::of(office, &here).await;
        desk.hand_in("people", PEOPLE).await;
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let files = [PEOPLE.as_bytes().to_vec()];
        for link in
            [desk.link.clone(), format!("{}/people", desk.link), format!("{}/people/blank", desk.link)]
        {
            assert_eq!(worker.get(&link).await.status, StatusCode::FORBIDDEN, "{link}");
        }
        let sent = worker.post_files(&desk.link, &[("roster", "people")], &files).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN);
        let pressed = worker.post(&format!("{}/people", desk.link), &[("press", "import")]).await;
        assert_eq!(pressed.status, StatusCode::FORBIDDEN);
        // A building keeps no accounts.
        let building = desk.browser.get(&format!("/admin/places/{}/rosters", here.building)).await;
        assert_eq!(building.status, StatusCode::NOT_FOUND);
    }
}

/// How many places stand below one.
async fn below(office: &Office, top: PlaceId) -> u64 {
    let top = place(&office.db, top).await.unwrap().unwrap();
    all_below(&office.db, &top).await.unwrap().iter().map(|(_, count)| count).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn places_of_a_roster_stand_with_all_around_them_and_none_twice() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let desk = Desk::of(office, &here).await;
        let before = below(office, here.community).await;
        let wrong = "小区,楼栋,单元,户,备注\n\
            南苑,3,2,502,\n\
            南苑,三号楼,2单元,502室,\n\
            ,,,,空的\n\
            南苑,,2,,\n\
            13800001111,,,,\n";
        says(
            &desk.hand_in("places", wrong).await,
            &[
                "要改正的地方（4 处）",
                "第 3 行，户“502室”：与第 2 行是同一处",
                "第 4 行，完整地点：不能空着",
                "第 5 行，单元“2”：不能放在前一级里",
                "第 6 行，小区“13800001111”：",
            ],
        );
        assert_eq!(desk.import("places").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(below(office, here.community).await, before);

        // 杏林南苑 stands with 3号楼 and 4号楼, the first with two stairwells and six doors.
        let file = "完整地点\n\
            杏林南苑/3栋/2单元/502\n\
            杏林南苑/3号楼/2单元/101\n\
            杏林南苑/5号楼\n\
            北苑 / 一期 / A座 / 1单元 / 101\n\
            集贸市场/12号摊位\n";
        let page = desk.hand_in("places", file).await;
        says(
            &page,
            &[
                "要添加 9 处，还没有添加；已经有的 4 处不变",
                "要添加的小区：1 处",
                "要添加的楼栋：2 处",
                "要添加的住户：2 处",
                "添加这 9 处",
            ],
        );
        let done = desk.import("places").await;
        assert_eq!(done.location, format!("{}?done=places-9", desk.link), "{}", done.body);
        says(&desk.browser.get(&done.location).await.body, &["已添加 9 处地点"]);
        assert_eq!(below(office, here.community).await, before + 9);
        // The same, written in columns, adds nothing.
        says(
            &desk.hand_in("places", "小区,期,楼栋,单元,户\n杏林南苑,,3,2,502\n北苑,一期,A,1,101\n").await,
            &["要添加 0 处", "没有要写入的"],
        );
        let together = desk.hand_in("places", "完整地点\n南苑3号楼2单元\n").await;
        says(&together, &["几级连在一起了"]);
        // A street has no such roster.
        let street = format!("/admin/places/{}/rosters", here.street);
        assert!(!desk.browser.get(&street).await.body.contains("完整地点"));
        assert_eq!(desk.browser.get(&format!("{street}/places")).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn organisations_of_a_roster_are_opened_and_known_ones_left() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let desk = Desk::of(office, &here).await;
        let wrong = "单位名称,类别\n和美物业,公司\n安和物业服务公司,业主委员会\n,物业公司\n新苑业委会,业委会\n新苑业委会,居委会\n";
        says(
            &desk.hand_in("bodies", wrong).await,
            &[
                "第 2 行，类别“公司”：没有这种单位。可以写：",
                "第 3 行，类别“业主委员会”：这里已经有同名的单位，类别不同",
                "第 4 行，单位名称：不能空着",
                "第 6 行，单位名称“新苑业委会”：与第 5 行同名，类别却不同",
            ],
        );
        let file = "单位名称,类别,电话\n和美物业,物业,0951-8123456\n安和物业服务公司,Property company,\n\
                    新苑业委会,业委会,\n新苑业委会,业主委员会,\n路灯管理所,职能部门,\n";
        let page = desk.hand_in("bodies", file).await;
        says(&page, &["要添加 2 个单位，还没有添加；已经有的 2 个不变", "第 5 行与第 4 行完全相同"]);
        let done = desk.import("bodies").await;
        assert_eq!(done.location, format!("{}?done=bodies-2", desk.link), "{}", done.body);
        let community = place(&office.db, here.community).await.unwrap().unwrap();
        let names: Vec<String> = organisations(&office.db, &community.path)
            .await
            .unwrap()
            .into_iter()
            .map(|row| row.name)
            .collect();
        let of = |wanted: &str| names.iter().filter(|name| *name == wanted).count();
        assert_eq!((of("和美物业"), of("新苑业委会"), of("路灯管理所")), (1, 1, 1), "{names:?}");
        says(&desk.hand_in("bodies", file).await, &["要添加 0 个单位", "没有要写入的"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_to_fill_in_is_read_as_the_roster_that_it_is_for() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let desk = Desk::of(office, &here).await;
        for language in ["zh-Hans", "en"] {
            let browser = desk.browser.at_device("qreader", &format!("lang={language}"));
            let desk = Desk { browser, link: desk.link.clone() };
            for roster in ["places", "bodies", "people"] {
                let sheet = desk.browser.get(&format!("{}/{roster}/blank", desk.link)).await;
                assert_eq!(sheet.status, StatusCode::OK);
                let files = [sheet.bytes.clone()];
                let came = desk.browser.post_files(&desk.link, &[("roster", roster)], &files).await;
                let page = desk.browser.get(&came.location).await.body;
                let columns = page.matches("<select id=\"column-").count();
                assert!(columns > 1 && page.matches(" selected>").count() == columns, "{roster}: {page}");
                assert!(!page.contains("value=\"\" selected"), "{roster}: {page}");
                assert!(page.contains(if language == "en" { "no rows" } else { "没有填内容" }), "{page}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn members_of_a_roster_are_put_on_the_roll_once() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let secretary = Browser::new(office).signed_in(office, &here.secretary).await;
        let founded = secretary.post("/w/xinglin/councils", &[("place", &here.community.to_string())]).await;
        let link = format!("{}/roster", founded.location);
        let hand_in = async |file: &str| {
            let came = secretary.post_files(&link, &[], &[file.as_bytes().to_vec()]).await;
            assert_eq!(came.location, format!("{link}/sheet"), "{}", came.body);
            secretary.get(&came.location).await.body
        };
        let import = async || secretary.post(&format!("{link}/sheet"), &[("press", "import")]).await;
        let council = council_of(here.community);
        let members = async || -> Vec<(String, MemberKind, Option<PlaceId>)> {
            let loaded = office.load::<Council>(here.community, &council.into()).await.unwrap();
            let all = &loaded.must().unwrap().members;
            all.iter().map(|one| (one.name.get().unwrap().clone(), one.group, one.part)).collect()
        };
        let wrong =
            "姓名,类别,代表哪里,任期到哪天\n韩春梅,代表,,\n冯大勇,居民代表,北苑3号楼,\n唐立,居民代表,,30/2\n";
        says(
            &hand_in(wrong).await,
            &[
                "第 2 行，类别“代表”：没有这种成员类别",
                "第 3 行，代表哪里“北苑3号楼”：这里没有这个地点",
                "第 4 行，任期到哪天“30/2”：",
            ],
        );
        assert_eq!(import().await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(members().await, []);

        let file = "姓名,类别,小区,楼栋,任期到哪天,电话\n\
            韩春梅,居民代表,南苑,3,2028-12-31,\n\
            冯大勇,党员代表,,,,\n\
            冯大勇,党员代表,,,,\n";
        says(&hand_in(file).await, &["要列入 2 人", "第 4 行与第 3 行完全相同"]);
        let done = import().await;
        assert_eq!(done.location, format!("{link}?done=2"), "{}", done.body);
        says(&secretary.get(&done.location).await.body, &["已把 2 人列入名册"]);
        let own = [
            ("韩春梅".to_owned(), MemberKind::Delegate, Some(here.building)),
            ("冯大勇".to_owned(), MemberKind::PartyDelegate, None),
        ];
        assert_eq!(members().await, own);
        says(&hand_in(file).await, &["要列入 0 人", "已有的 2 人不变", "没有要写入的"]);
        // One seat and one vote each: nobody speaks for two parts.
        let two = "姓名,类别\n汪宁,党员代表\n汪宁,居民代表\n";
        says(
            &hand_in(two).await,
            &["第 3 行，姓名“汪宁”：与第 2 行同名，内容却不同。议事会里一人一席、一人一票"],
        );
        assert_eq!(import().await.status, StatusCode::UNPROCESSABLE_ENTITY);
        // Somebody of that name speaks for others by now.
        says(&hand_in("姓名,类别\n韩春梅,楼栋长\n").await, &["名册上已有同名的成员"]);
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        assert_eq!(worker.get(&link).await.status, StatusCode::FORBIDDEN);
        let sheet = secretary.get(&format!("{link}/blank")).await;
        assert_eq!(sheet.status, StatusCode::OK);
    }
}
