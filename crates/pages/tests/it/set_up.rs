//! A neighbourhood is set up: many places by a line, found again among many, and none twice; the
//! posters of a compound in one print, and the list of what is still to be done.

use super::browser::{Answer, Browser};
use axum::http::StatusCode;
use std::collections::BTreeSet;
use yishi_domain::people::GrantRole;
use yishi_domain::places::PlaceKind;
use yishi_kernel::{PlaceId, Role};
use yishi_office::Office;
use yishi_office::people::reads::{accounts, actor};
use yishi_office::places::NewLedger;
use yishi_office::places::reads::{all_below, children, ledger_by_slug, place};
use yishi_store::verify::Known;
use yishi_testkit::{neighbourhood, stores};

/// How many places of each kind stand below one.
async fn below(office: &Office, top: PlaceId) -> Vec<(PlaceKind, u64)> {
    let top = place(&office.db, top).await.unwrap().unwrap();
    all_below(&office.db, &top).await.unwrap()
}

/// The word of the form on a page that has this in it.
fn word(page: &str, form: &str) -> String {
    let own = page.split("<form").skip(1).find(|one| one.contains(form)).unwrap();
    let word = own.split("name=\"once\" value=\"").nth(1).unwrap();
    word.chars().take_while(|c| *c != '"').collect()
}

async fn lay_out(admin: &Browser, at: PlaceId, plan: &str, press: &str) -> Answer {
    admin.post(&format!("/admin/places/{at}/lay-out"), &[("plan", plan), ("press", press)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn many_places_are_seen_first_and_then_opened_all_at_once() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let admin = Browser::new(office).signed_in(office, &here.administrator).await;
        let before = below(office, here.community).await;
        // Compounds named as they are called, one of which is there with a building and its stairwells.
        let plan = "杏林南苑、北苑： ３～４号楼 × 1-3单元 * 101-204\n东苑: A-B座";

        let seen = lay_out(&admin, here.community, plan, "").await;
        assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
        assert_eq!(below(office, here.community).await, before, "nothing is opened by looking");
        // 3 compounds, of which one is there; 6 buildings, 2 there; 12 stairwells, 2 there; 8 doors
        // each, 4 there.
        assert!(seen.body.contains("要添加 108 处"), "{}", seen.body);
        assert!(seen.body.contains("1 至 2 层，每层 01 至 04 室，共 8 户"), "{}", seen.body);
        assert!(seen.body.contains("杏林南苑 3号楼 3单元 … 北苑 4号楼 3单元"), "{}", seen.body);
        assert!(seen.body.contains("东苑 B座"), "{}", seen.body);
        assert!(seen.body.contains("杏林南苑 3号楼 2单元"), "what is there is named: {}", seen.body);

        let done = lay_out(&admin, here.community, plan, "add").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let page = admin.get(&done.location).await.body;
        assert!(page.contains("写的 117 处，现在都有了"), "{page}");
        let count = |kind, all: &[(PlaceKind, u64)]| {
            all.iter().find(|(one, _)| *one == kind).map_or(0, |(_, count)| *count)
        };
        let after = below(office, here.community).await;
        for (kind, more) in [
            (PlaceKind::Compound, 2),
            (PlaceKind::Building, 4),
            (PlaceKind::Stairwell, 10),
            (PlaceKind::Household, 92),
        ] {
            assert_eq!(count(kind, &after), count(kind, &before) + more, "{kind:?} on {}", store.engine());
        }
        // In the order in which they were written, and where they belong.
        let other = place(&office.db, here.other_building).await.unwrap().unwrap();
        let own: Vec<String> = children(&office.db, other.ledger, other.id)
            .await
            .unwrap()
            .into_iter()
            .map(|row| row.name)
            .collect();
        assert_eq!(own, ["1单元", "2单元", "3单元"], "{}", store.engine());

        // The same again, as another form too, adds nothing.
        let again = lay_out(&admin, here.community, plan, "add").await;
        assert_eq!(again.status, StatusCode::SEE_OTHER);
        assert_eq!(below(office, here.community).await, after);
        let seen = lay_out(&admin, here.community, plan, "").await;
        assert!(seen.body.contains("都已经有了"), "{}", seen.body);
        office.seal().await.unwrap();
        let report = office.verify(Known::default()).await.unwrap();
        assert!(report.wrong.is_empty(), "{:?}", report.wrong);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_read_is_told_at_the_field_and_nothing_is_opened() {
    let store = stores().await.remove(0);
    let office = &store.office;
    let here = neighbourhood(office).await;
    let admin = Browser::new(office).signed_in(office, &here.administrator).await;
    let before = below(office, here.community).await;
    for (plan, told) in [
        ("", "还没有写"),
        ("1-10", "看不出是什么地点"),
        ("10-1号楼", "前后颠倒"),
        ("1-9999号楼 × 1-99单元 × 101-9999", "一次最多 50000 处"),
        ("5号楼、5号楼", "写了两次"),
        // A name that everyone reads is no telephone.
        ("13912345678号楼", "个人信息"),
    ] {
        for press in ["", "add"] {
            let refused = lay_out(&admin, here.compound, plan, press).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{plan}");
            assert!(refused.body.contains(told), "{plan}: {}", refused.body);
            assert!(refused.body.contains("id=\"plan-error\""), "{plan}: {}", refused.body);
            assert!(plan.is_empty() || refused.body.contains(&format!(">{plan}</textarea>")), "{plan}");
        }
    }
    assert_eq!(below(office, here.community).await, before);
    let worker = Browser::new(office).signed_in(office, &here.worker).await;
    let refused = lay_out(&worker, here.compound, "5号楼", "add").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(below(office, here.community).await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_place_is_opened_twice_however_many_ask_at_once() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let admin = Browser::new(office).signed_in(office, &here.administrator).await;
        let open = format!("/admin/places/{}/open", here.compound);
        let twice = admin.post(&open, &[("kind", "building"), ("name", "３号楼")]).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twice.body.contains("这里已经有“3号楼”了"), "{}", twice.body);
        let rename = format!("/admin/places/{}/rename", here.other_building);
        let renamed = admin.post(&rename, &[("new-name", "03号楼")]).await;
        assert_eq!(renamed.status, StatusCode::UNPROCESSABLE_ENTITY);
        // The same name is no other name.
        assert_eq!(admin.post(&rename, &[("new-name", "4号楼")]).await.status, StatusCode::SEE_OTHER);
        let street = format!("/admin/places/{}/open", here.street);
        let form = [("kind", "community"), ("name", "杏林社区"), ("slug", "other")];
        assert_eq!(admin.post(&street, &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);

        let ask = |n: usize| {
            let (admin, open) = (admin.clone(), open.clone());
            let at = here.compound;
            tokio::spawn(async move {
                if n.is_multiple_of(2) {
                    admin.post(&open, &[("kind", "building"), ("name", "9号楼")]).await.status
                } else {
                    lay_out(&admin, at, "8-9号楼 × 1-2单元", "add").await.status
                }
            })
        };
        for asked in (0..8).map(ask).collect::<Vec<_>>() {
            assert!(!asked.await.unwrap().is_server_error());
        }
        let compound = place(&office.db, here.compound).await.unwrap().unwrap();
        let mut names: Vec<String> = children(&office.db, compound.ledger, compound.id)
            .await
            .unwrap()
            .into_iter()
            .filter(|row| row.kind == PlaceKind::Building)
            .map(|row| row.name)
            .collect();
        names.sort();
        assert_eq!(names, ["3号楼", "4号楼", "8号楼", "9号楼"], "{}", store.engine());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_again_adds_nothing_even_where_something_was_closed_since() {
    let store = stores().await.remove(0);
    let office = &store.office;
    let here = neighbourhood(office).await;
    let admin = Browser::new(office).signed_in(office, &here.administrator).await;
    let page = admin.get(&format!("/admin/places/{}", here.compound)).await.body;
    let once = word(&page, "/lay-out");
    let fields = [("plan", "8-9号楼"), ("press", "add"), ("once", once.as_str())];
    let action = format!("/admin/places/{}/lay-out", here.compound);
    assert_eq!(admin.post(&action, &fields).await.status, StatusCode::SEE_OTHER);
    let compound = place(&office.db, here.compound).await.unwrap().unwrap();
    let nine = children(&office.db, compound.ledger, compound.id).await.unwrap();
    let nine = nine.into_iter().find(|row| row.name == "9号楼").unwrap();
    office.close_place(&here.administrator, nine.id).await.unwrap();
    let after = below(office, here.compound).await;
    assert_eq!(admin.post(&action, &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(below(office, here.compound).await, after);
    // Another form opens it anew.
    assert_eq!(lay_out(&admin, here.compound, "9号楼", "add").await.status, StatusCode::SEE_OTHER);
    assert_ne!(below(office, here.compound).await, after);
}

#[tokio::test(flavor = "multi_thread")]
async fn among_very_many_places_one_is_found_and_no_page_shows_them_all() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let admin = Browser::new(office).signed_in(office, &here.administrator).await;
        let plan = "西苑: 1-60号楼 × 1-4单元\n中苑: 1-60号楼\n西苑: 1号楼 × 1单元 × 101-1004";
        assert_eq!(lay_out(&admin, here.community, plan, "add").await.status, StatusCode::SEE_OTHER);
        let top = place(&office.db, here.community).await.unwrap().unwrap();
        let compounds = children(&office.db, top.ledger, top.id).await.unwrap();
        let west = compounds.iter().find(|row| row.name == "西苑").unwrap();
        let link = format!("/admin/places/{}", west.id);
        let first = admin.get(&link).await.body;
        assert!(first.contains(">1号楼</a>") && first.contains("单元（楼道） 4"), "{first}");
        assert!(first.contains(">50号楼</a>") && !first.contains(">51号楼</a>"), "{first}");
        let next = first.split("rel=\"next\"").next().unwrap().rsplit("href=\"").next().unwrap();
        let next = next.split('"').next().unwrap().replace("&amp;", "&");
        let second = admin.get(&next).await.body;
        assert!(second.contains(">60号楼</a>") && !second.contains(">50号楼</a>"), "{second}");

        let find = async |words: &str| {
            let link = format!("/admin/places/{}?q={}", here.community, yishi_web::encoded(words));
            admin.get(&link).await.body
        };
        let found = find("西苑57号楼").await;
        assert!(found.contains("有 1 处") && found.contains("西苑 57号楼</a>"), "{found}");
        assert!(find("１号楼 1单元 304").await.contains("西苑 1号楼 1单元 304</a>"));
        assert!(find("没有这个").await.contains("有 0 处"));
        assert!(find("号楼").await.contains("没有列出"));

        // Where there are that many stairwells, they are offered once the building is chosen.
        let people = format!("/admin/places/{}/people", here.community);
        let page = admin.get(&people).await.body;
        assert!(page.contains("西苑 57号楼</option>") && !page.contains("西苑 57号楼 2单元</option>"));
        let buildings = children(&office.db, west.ledger, west.id).await.unwrap();
        let building = buildings.iter().find(|row| row.name == "57号楼").unwrap().id.to_string();
        let whom = here.steward.account.unwrap().to_string();
        let form = [("account", whom.as_str()), ("role", "steward"), ("at", building.as_str())];
        let asked = admin.post(&format!("{people}/grant"), &form).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        let option =
            asked.body.split("<option").find(|one| one.contains("西苑 57号楼 2单元</option>")).unwrap();
        let stairwell: String =
            option.split("value=\"").nth(1).unwrap().chars().take_while(|c| *c != '"').collect();
        let form = [("account", whom.as_str()), ("role", "steward"), ("at", stairwell.as_str())];
        let granted = admin.post(&format!("{people}/grant"), &form).await;
        assert_eq!(granted.status, StatusCode::SEE_OTHER, "{}", granted.body);

        // Residents find their compound first, then the building; stairwells are told to nobody.
        let choose = Browser::new(office).get("/c/xinglin/raise").await.body;
        assert!(choose.contains(&format!("/at/{building}/raise")) && !choose.contains(&stairwell));
        assert!(choose.contains("<summary>西苑</summary>"), "many buildings are folded up: {choose}");
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let stairwells = worker.get("/stairwells").await.body;
        assert!(stairwells.contains("<summary>西苑 57号楼</summary>"), "{stairwells}");
        assert!(stairwells.contains(&format!("/stairwell/{stairwell}\"")));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn all_posters_of_a_compound_are_made_once_and_printed_together() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let admin = Browser::new(office).signed_in(office, &here.administrator).await;
        lay_out(&admin, here.compound, "5号楼 × 1-3单元", "add").await;
        let link = format!("/admin/places/{}/posters", here.compound);
        // Two stairwells of 3号楼, 4号楼 without any, three of 5号楼.
        let page = admin.get(&link).await.body;
        assert!(page.contains("6 个楼道，还有 6 个没有二维码"), "{page}");
        assert!(!page.contains("class=\"poster\""), "{page}");
        let once = word(&page, "/posters\"");
        let send = || {
            let (admin, link, once) = (admin.clone(), link.clone(), once.clone());
            tokio::spawn(async move { admin.post(&link, &[("once", once.as_str())]).await.status })
        };
        for sent in (0..3).map(|_| send()).collect::<Vec<_>>() {
            assert_eq!(sent.await.unwrap(), StatusCode::SEE_OTHER);
        }
        let sheets = admin.get(&link).await.body;
        assert_eq!(sheets.matches("class=\"poster\"").count(), 6, "{sheets}");
        let words: Vec<&str> = sheets.split("http://yishi.test/q/").skip(1).map(|rest| &rest[..10]).collect();
        let mut each = words.clone();
        each.dedup();
        assert_eq!(each.len(), 6, "{words:?}");
        // In the order in which they lie beside each other, each with where it hangs.
        let at =
            |name: &str| sheets.find(&format!("<p>{name}</p>")).unwrap_or_else(|| panic!("{name}: {sheets}"));
        assert!(at("杏林南苑 3号楼 1单元") < at("杏林南苑 3号楼 2单元"));
        assert!(at("杏林南苑 3号楼 2单元") < at("杏林南苑 4号楼"));
        assert!(at("杏林南苑 5号楼 1单元") < at("杏林南苑 5号楼 3单元"));
        let visitor = Browser::new(office);
        assert_eq!(visitor.get(&format!("/q/{}", each[0])).await.status, StatusCode::OK);

        // One more stairwell: only its poster is made.
        lay_out(&admin, here.compound, "5号楼 × 4单元", "add").await;
        let page = admin.get(&link).await.body;
        assert!(page.contains("7 个楼道，还有 1 个没有二维码"), "{page}");
        assert_eq!(admin.post(&link, &[]).await.status, StatusCode::SEE_OTHER);
        let sheets = admin.get(&link).await.body;
        assert_eq!(sheets.matches("class=\"poster\"").count(), 7);
        assert!(words.iter().all(|word| sheets.contains(word)), "{}", store.engine());

        // Very many are printed by their parts.
        lay_out(&admin, here.community, "东苑: 1-60号楼 × 1-4单元", "add").await;
        let page = admin.get(&format!("/admin/places/{}/posters", here.community)).await.body;
        assert!(page.contains("一次最多印 200 张") && page.contains(&link), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_printed_under_an_address_that_only_this_machine_opens() {
    let store = stores().await.remove(0);
    let office = &store.office;
    let here = neighbourhood(office).await;
    let word = office.issue_poster(&here.administrator, here.building).await.unwrap();
    office.issue_posters(&here.administrator, here.community, &here.stairwells).await.unwrap();
    let one = format!("/admin/places/{}/poster/{word}", here.building);
    let all = format!("/admin/places/{}/posters", here.compound);
    for url in ["http://127.0.0.1:8080", "http://localhost:8080", "http://0.0.0.0:80", "http://[::1]:8080"] {
        let admin = Browser::at(office, url).signed_in(office, &here.administrator).await;
        for link in [&one, &all] {
            let page = admin.get(link).await.body;
            assert!(!page.contains("class=\"poster\"") && !page.contains("<svg"), "{url}: {page}");
            assert!(page.contains(url) && page.contains("yishi address"), "{url}: {page}");
        }
    }
    let admin = Browser::at(office, "http://192.168.1.20:8080").signed_in(office, &here.administrator).await;
    assert!(admin.get(&one).await.body.contains("http://192.168.1.20:8080/q/"));
    // What a demonstration prints is for show, and says so.
    office.db.mark_as_demo().await.unwrap();
    let admin = Browser::at(office, "http://127.0.0.1:8080").signed_in(office, &here.administrator).await;
    let page = admin.get(&one).await.body;
    assert!(page.contains("class=\"poster\"") && page.contains("演示用，请勿张贴"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_what_is_to_be_set_up_is_read_from_what_is_there_and_ends() {
    for store in stores().await {
        let office = &store.office;
        let new = NewLedger { slug: "jinghu".to_owned(), host: "yishi.test".to_owned() };
        let street = office.found(PlaceKind::Street, "镜湖街道", new).await.unwrap();
        let account = office.found_administrator(street, "信息员").await.unwrap();
        let administrator = actor(&office.db, account).await.unwrap().unwrap();
        let admin = Browser::new(office).signed_in(office, &administrator).await;
        let desk = async || admin.get("/desk").await.body;
        let first = desk().await;
        assert!(first.contains("添加社区") && first.contains(&format!("/admin/places/{street}#open-place")));

        let form = [("kind", "community"), ("name", "柳溪社区"), ("slug", "liuxi")];
        admin.post(&format!("/admin/places/{street}/open"), &form).await;
        let community = ledger_by_slug(&office.db, "liuxi").await.unwrap().unwrap().ledger;
        let people = format!("/admin/places/{community}/people");
        let steps = async |done: usize| {
            let page = desk().await;
            assert!(page.contains(&format!("做好了 {done} 步，一共 6 步")), "{done}: {page}");
        };
        steps(1).await;
        lay_out(&admin, community, "南苑: 1-2号楼 × 1-2单元", "add").await;
        steps(2).await;
        let form =
            [("organisation-kind", "residents_committee"), ("organisation-name", "柳溪社区居民委员会")];
        let made = admin.post(&format!("{people}/organisation"), &form).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        steps(3).await;
        let id = office.open_account(&administrator, community, "姜禾", None).await.unwrap();
        steps(3).await;
        let (role, place) = (Role::CommunityWorker, community);
        let grant = GrantRole { role, place, organisation: None, from: office.now(), until: None };
        office.grant(&administrator, id, grant).await.unwrap();
        steps(4).await;
        let reach =
            admin.post(&format!("/admin/places/{community}/reach"), &[("phone", "0951-8123456")]).await;
        assert_eq!(reach.status, StatusCode::SEE_OTHER, "{}", reach.body);
        steps(5).await;
        let compound = children(&office.db, community, community).await.unwrap().remove(0);
        assert!(desk().await.contains(&format!("/admin/places/{community}/posters")));
        admin.post(&format!("/admin/places/{}/posters", compound.id), &[]).await;
        let done = desk().await;
        assert!(!done.contains("先把这里设好"), "{done}");
        // Nobody else has it on their desk.
        let worker = actor(&office.db, id).await.unwrap().unwrap();
        let worker = Browser::new(office).signed_in(office, &worker).await;
        assert!(!worker.get("/desk").await.body.contains("先把这里设好"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_who_were_never_signed_in_get_a_strip_with_a_link_of_their_own() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let admin = Browser::new(office).signed_in(office, &here.administrator).await;
        let people = format!("/admin/places/{}/people", here.community);
        let never = accounts(&office.db, here.community).await.unwrap().len();
        assert!(admin.get(&people).await.body.contains(&format!("{never} 人还没有登录过")));
        let sheet = admin.post(&format!("{people}/invite-all"), &[]).await;
        assert_eq!(sheet.status, StatusCode::OK, "{}", sheet.body);
        let strips = sheet.body.split("<ul class=\"slips\">").nth(1).unwrap();
        let strip = strips.split("<li>").find(|one| one.contains("罗大川")).unwrap();
        assert!(strip.contains("物业") && strip.contains("前有效"), "{strip}");
        let links: BTreeSet<&str> =
            strips.split("http://yishi.test/invite/").skip(1).map(|rest| &rest[..26]).collect();
        let waiting = strips.matches("等另一位管理员复核").count();
        assert_eq!(links.len() + waiting, never, "{strips}");
        let visitor = Browser::new(office);
        for link in &links {
            assert_eq!(visitor.get(&format!("/invite/{link}")).await.status, StatusCode::OK, "{link}");
        }
        // Who was signed in by one of them is left out of the next sheet.
        let word = strip.split("/invite/").nth(1).unwrap()[..26].to_owned();
        let form = [("username", "luo"), ("password", "a long enough sentence")];
        assert_eq!(visitor.post(&format!("/invite/{word}"), &form).await.status, StatusCode::SEE_OTHER);
        let again = admin.post(&format!("{people}/invite-all"), &[]).await.body;
        let strips = again.split("<ul class=\"slips\">").nth(1).unwrap();
        assert!(!strips.contains("罗大川"), "{strips}");
    }
}
