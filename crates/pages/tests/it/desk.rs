//! The desk: tabs with counts, what is chosen of them, what comes next, and what is done with many
//! at once. What is found from it is in `search`, what it costs in `queries`.

use super::browser::{Answer, Browser};
use axum::http::StatusCode;
use yishi_domain::matters::{MatterId, Outcome, StageKind};
use yishi_kernel::{Actor, Holder, PlaceId, Role};
use yishi_office::Office;
use yishi_office::matters::reads::{MatterRow, matter};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

async fn raised(office: &Office, word: &str, place: PlaceId, text: &str) -> MatterId {
    office.raise(&Actor::visitor(), raising(word, place, text)).await.unwrap().matter
}

async fn row(office: &Office, here: &Neighbourhood, id: MatterId) -> MatterRow {
    matter(&office.db, here.community, id).await.unwrap().unwrap()
}

async fn sorted(office: &Office, here: &Neighbourhood, id: MatterId) {
    let triage = yishi_domain::matters::Triage {
        outcome: Outcome::Public,
        category: "02".to_owned(),
        holder: Holder::Person(Role::CommunityWorker, here.community),
        person: here.worker.account,
        reason: String::new(),
    };
    office.act(&here.worker, here.community, id, triage).await.unwrap();
}

/// The numbers of the matters in the list of a desk, in their order.
fn listed(page: &str) -> Vec<i64> {
    let list = page.split("id=\"list\"").nth(1).unwrap().split("</ul>").next().unwrap();
    let links = list.split("href=\"/w/xinglin/").skip(1);
    links.map(|link| link.split(['"', '?']).next().unwrap().parse().unwrap()).collect()
}

/// How many things a tab says it has; nothing where there is no such tab.
fn count(page: &str, tab: &str) -> Option<usize> {
    let tabs = page.split("class=\"tabs").nth(1)?.split("</nav>").next()?;
    let one = tabs.split("<a ").find(|one| one.contains(&format!(">{tab} ")))?;
    one.split("<b>").nth(1)?.split('<').next()?.parse().ok()
}

fn here_of(here: &Neighbourhood) -> String {
    format!("person/community_worker/{}/{}", here.community, here.worker.account.unwrap())
}

fn location(answer: &Answer) -> &str {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    &answer.location
}

#[tokio::test(flavor = "multi_thread")]
async fn tabs_count_what_they_show_and_the_address_says_what_is_chosen() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let lamp = raised(office, "lamp", here.stairwells[0], "路灯不亮").await;
        let tree = raised(office, "tree", here.building, "树枝断了").await;
        let hand = raised(office, "hand", here.building, "垃圾没人收").await;
        sorted(office, &here, hand).await;
        let [lamp, tree, hand] = [lamp, tree, hand].map(|id| row(office, &here, id));
        let (lamp, tree, hand) = (lamp.await.number, tree.await.number, hand.await.number);
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let page = worker.get("/desk").await.body;
        let counts = ["全部", "待安排", "待答复", "待回访"].map(|tab| count(&page, tab));
        assert_eq!(counts, [Some(3), Some(2), Some(1), None], "{}", store.engine());
        let all: std::collections::BTreeSet<i64> = listed(&page).into_iter().collect();
        assert_eq!(all, [lamp, tree, hand].into());
        // A tab shows its own, and tells the pages to which it leads.
        let sort = worker.get("/desk?tab=sort&order=new").await.body;
        assert_eq!(listed(&sort), [tree, lamp]);
        assert!(sort.contains(&format!("href=\"/w/xinglin/{tree}?tab=sort&amp;order=new\"")), "{sort}");
        assert!(sort.contains("建议类别：绿化（原话里有“树枝”）"), "{sort}");
        assert_eq!(listed(&worker.get("/desk?tab=answer").await.body), [hand]);
        let chosen = worker.get("/desk?category=%E6%B0%B4%E7%94%B5").await.body;
        assert!(chosen.contains("选出 0 件") && chosen.contains("显示全部"));
        // From a page there the next one is a step away, and the desk is as one left it.
        let at_work = worker.get(&format!("/w/xinglin/{tree}?tab=sort&order=new&other=x")).await.body;
        let next = format!("/desk/next?tab=sort&amp;order=new&amp;after=/w/xinglin/{tree}");
        assert!(at_work.contains(&next) && at_work.contains("href=\"/desk?tab=sort&amp;order=new\""));
        let next = worker.get(&next.replace("&amp;", "&")).await;
        assert_eq!(location(&next), format!("/w/xinglin/{lamp}?tab=sort&order=new"));
        let last = worker.get("/desk/next?tab=callback&after=/w/xinglin/1").await;
        assert_eq!(location(&last), "/desk?tab=callback");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_form_sorts_summarises_and_answers_and_leads_back_with_the_next_at_hand() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let id = raised(office, "one", here.building, "路灯不亮，电话13800001111").await;
        let other = raised(office, "two", here.building, "这里的路灯不亮").await;
        let (number, other) = (row(office, &here, id).await.number, row(office, &here, other).await.number);
        let link = format!("/w/xinglin/{number}");
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let page = worker.get(&link).await.body;
        // What is likely is there with its reason, and the draft is masked.
        assert!(page.contains("value=\"02\" selected") && page.contains("原话里有“路灯”"), "{page}");
        let draft = page.split("id=\"triage-summary\"").nth(1).unwrap().split("</textarea>").next().unwrap();
        assert!(draft.contains("路灯不亮") && !draft.contains("13800001111"), "{draft}");
        assert!(page.contains(&format!("value=\"{other}\"")) && page.contains("都说到“路灯不亮”"), "{page}");
        let (form, own) = (format!("{link}/triage"), here_of(&here));
        let back = format!("{link}?tab=sort");
        let sent = |text| {
            [
                ("page", back.as_str()),
                ("triage-outcome", "public"),
                ("triage-category", "02"),
                ("triage-holder", own.as_str()),
                ("triage-summary", "路灯不亮"),
                ("triage-text", text),
            ]
        };
        let wrong = worker.post_parts(&form, &sent("请打13800001111")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("id=\"triage-text-error\""), "{}", wrong.body);
        assert_eq!(row(office, &here, id).await.stage, StageKind::Raised, "nothing was done");
        let done = worker.post_parts(&form, &sent("灯换好了")).await;
        assert_eq!(location(&done), format!("{link}?tab=sort&done=triage"));
        let row = row(office, &here, id).await;
        assert_eq!((row.stage, row.summary.as_deref()), (StageKind::Answered, Some("路灯不亮")));
        // The draft as it stands may hold a name: it is public only once somebody said that they looked.
        for (words, looked, public) in
            [("one more", None, None), ("and one", Some(("triage-seen", "yes")), Some("路灯坏了"))]
        {
            let id = raised(office, words, here.building, "路灯坏了").await;
            let page = format!("/w/xinglin/{}", self::row(office, &here, id).await.number);
            let mut fields = sent("灯换好了").to_vec();
            fields.retain(|(name, _)| !matches!(*name, "triage-summary" | "page"));
            fields.extend([("page", page.as_str()), ("triage-summary", "路灯坏了")]);
            fields.extend(looked);
            let done = worker.post_parts(&format!("{page}/triage"), &fields).await;
            assert_eq!(location(&done), format!("{page}?done=triage"), "{}", done.body);
            let row = self::row(office, &here, id).await;
            assert_eq!((row.stage, row.summary.as_deref()), (StageKind::Answered, public), "{words}");
        }
        let page = worker.get(&done.location).await.body;
        let next = format!("/desk/next?tab=sort&amp;after={link}");
        assert!(page.contains("已提交。") && page.matches(&next).count() == 2, "{page}");
        assert_eq!(
            location(&worker.get(&next.replace("&amp;", "&")).await),
            format!("/w/xinglin/{other}?tab=sort")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_each_is_seen_to_by_itself_and_those_refused_stay_ticked_with_the_reason() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let mut ids = Vec::new();
        for n in 0..3 {
            ids.push(raised(office, &format!("lamp{n}"), here.building, "路灯不亮").await);
        }
        ids.push(raised(office, "vague", here.building, "请来看看").await);
        let mut ones = Vec::new();
        for id in &ids {
            ones.push(format!("xinglin/{}", row(office, &here, *id).await.number));
        }
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let desk = worker.get("/desk?tab=sort").await.body;
        assert!(ones.iter().all(|one| desk.contains(&format!("name=\"one\" value=\"{one}\""))), "{desk}");
        let own = here_of(&here);
        let send = async |deed: &str, which: &[&String], more: &[(&str, &str)]| {
            let sort = [("many-outcome", "public"), ("many-category", ""), ("many-holder", own.as_str())];
            let ticked = which.iter().map(|one| ("one", one.as_str()));
            let fields: Vec<(&str, &str)> = [("do", deed), ("page", "/desk?tab=sort")]
                .into_iter()
                .chain(sort)
                .chain(ticked)
                .chain(more.iter().copied())
                .collect();
            worker.post("/desk/many", &fields).await
        };
        // Nothing is done where the form itself is wrong.
        let wrong = send("answer", &[&ones[0]], &[("many-text", "请打13800001111")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("id=\"many-text-error\"") && wrong.body.contains("请打13800001111"));
        // A colleague was quicker with one, and nothing is proposed for another.
        sorted(office, &here, ids[1]).await;
        let answer = yishi_domain::matters::Answer {
            text: "已修".to_owned(),
            word: String::new(),
            photos: Vec::new(),
        };
        office.act(&here.worker, here.community, ids[1], answer).await.unwrap();
        let all: Vec<&String> = ones.iter().collect();
        let some = send("answer", &all, &[("many-text", "灯已换好")]).await;
        assert_eq!(some.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            some.body.contains("办好 2 件，2 件没有办成") && some.body.contains("灯已换好</textarea>"),
            "{}",
            some.body
        );
        for (one, left) in ones.iter().zip([false, true, false, true]) {
            let ticked = some.body.split("<input ").any(|input| {
                let input = input.split('>').next().unwrap();
                input.contains(&format!("value=\"{one}\"")) && input.contains(" checked")
            });
            assert_eq!(ticked, left, "{one}");
        }
        assert_eq!(some.body.matches("class=\"error-text\"").count(), 2, "{}", some.body);
        for (id, stage) in
            ids.iter().zip([StageKind::Answered, StageKind::Answered, StageKind::Answered, StageKind::Raised])
        {
            assert_eq!(row(office, &here, *id).await.stage, stage);
        }
        assert_eq!(row(office, &here, ids[0]).await.category, "02", "as it was proposed");
        // With a category it goes, back to the tab one came from.
        let fields = [("many-category", "99")];
        let done = worker
            .post(
                "/desk/many",
                &[
                    &[
                        ("do", "sort"),
                        ("page", "/desk?tab=sort"),
                        ("one", ones[3].as_str()),
                        ("many-outcome", "public"),
                        ("many-holder", own.as_str()),
                    ][..],
                    &fields,
                ]
                .concat(),
            )
            .await;
        assert_eq!(location(&done), "/desk?tab=sort&done=1");
        assert!(worker.get(&done.location).await.body.contains("办好 1 件"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_merged_into_the_one_that_was_named_and_handed_over() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let mut ids = Vec::new();
        for n in 0..3 {
            ids.push(raised(office, &format!("same{n}"), here.building, "路灯不亮").await);
        }
        let mut numbers = Vec::new();
        for id in &ids {
            numbers.push(row(office, &here, *id).await.number);
        }
        let ones: Vec<String> = numbers.iter().map(|number| format!("xinglin/{number}")).collect();
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let into = numbers[0].to_string();
        let ticked: Vec<(&str, &str)> = ones.iter().map(|one| ("one", one.as_str())).collect();
        let merge = [&[("do", "merge"), ("many-into", into.as_str())][..], &ticked].concat();
        assert_eq!(location(&worker.post("/desk/many", &merge).await), "/desk?done=3");
        for (id, stage) in ids.iter().zip([StageKind::Raised, StageKind::Merged, StageKind::Merged]) {
            assert_eq!(row(office, &here, *id).await.stage, stage);
        }
        sorted(office, &here, ids[0]).await;
        let to = format!("organisation/{}", here.lamps);
        let hold = [
            ("do", "hold"),
            ("many-to", to.as_str()),
            ("many-reason", "由路灯所办理"),
            ("one", ones[0].as_str()),
        ];
        assert_eq!(location(&worker.post("/desk/many", &hold).await), "/desk?done=1");
        // Who may not is told so, one by one.
        let steward = Browser::new(office).signed_in(office, &here.steward).await;
        let refused = steward.post("/desk/many", &[("do", "close"), ("one", ones[0].as_str())]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("办好 0 件，1 件没有办成"), "{}", refused.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_are_merged_into_the_earliest_where_nobody_says_into_which() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let first = raised(office, "first", here.building, "路灯不亮").await;
        let second = raised(office, "second", here.building, "路灯又不亮").await;
        let ones = [row(office, &here, second).await.number, row(office, &here, first).await.number];
        let ones = ones.map(|number| format!("xinglin/{number}"));
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let merge = [("do", "merge"), ("one", ones[0].as_str()), ("one", ones[1].as_str())];
        assert_eq!(location(&worker.post("/desk/many", &merge).await), "/desk?done=2");
        let stages = [row(office, &here, first).await.stage, row(office, &here, second).await.stage];
        assert_eq!(stages, [StageKind::Raised, StageKind::Merged], "{}", store.engine());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_late_with_others_is_chosen_by_holder_and_a_part_of_the_desk_is_kept() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        for (word, to) in [("one", here.lamps), ("two", here.property)] {
            let id = raised(office, word, here.building, "路灯不亮").await;
            sorted(office, &here, id).await;
            let hand = yishi_domain::matters::HandOver {
                holder: Holder::Organisation(to),
                person: None,
                reason: "由其办理".to_owned(),
            };
            office.act(&here.worker, here.community, id, hand).await.unwrap();
        }
        office.clock.put(office.now().plus_seconds(40 * 86_400));
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let all = worker.get("/desk?tab=urge").await.body;
        assert_eq!(listed(&all).len(), 2, "{all}");
        assert!(all.contains("路灯管理所</option>") && all.contains("安和物业服务公司</option>"), "{all}");
        let own = "/desk?tab=urge&holder=%E8%B7%AF%E7%81%AF%E7%AE%A1%E7%90%86%E6%89%80";
        let one = worker.get(own).await.body;
        assert_eq!(listed(&one).len(), 1, "{one}");
        // Kept, it is a chip on every tab until it is let go.
        let keep = |deed| [("view", own), ("do", deed)];
        assert_eq!(location(&worker.post("/desk/views", &keep("keep")).await), own);
        let kept = worker.post("/desk/views", &keep("keep")).await.cookie("views").unwrap();
        let chip = format!("href=\"{}\"", own.replace('&', "&amp;"));
        let there = worker.at_device("", &format!("views={kept}"));
        assert!(there.get("/desk").await.body.contains(&chip), "{}", store.engine());
        assert!(!worker.get("/desk").await.body.contains(&chip), "another device");
        assert_eq!(there.post("/desk/views", &keep("drop")).await.cookie("views").as_deref(), Some(""));
        let plain = worker.post("/desk/views", &[("view", "/desk"), ("do", "keep")]).await;
        assert_ne!(plain.status, StatusCode::SEE_OTHER, "a whole desk is no part of it");
    }
}
