use super::browser::{Browser, kept, photo};
use super::meetings::main_of;
use axum::http::StatusCode;
use yishi_domain::dispatch::{Ask, Blow, OrderId, OrderKind, Send, WhistleKind};
use yishi_domain::evaluation::{CallBack, CallWay, Contacted, Evaluation, Satisfaction, Solved};
use yishi_domain::matters::{MatterId, MergeInto, Outcome, Triage};
use yishi_domain::topics::TopicId;
use yishi_kernel::{Actor, Claim, Holder, OrganisationId, PlaceId, Role};
use yishi_office::Office;
use yishi_office::dispatch::reads::{of_topic, order};
use yishi_office::matters::RaisedMatter;
use yishi_office::matters::reads::{matter, receipts};
use yishi_office::topics::reads::topic;
use yishi_testkit::neighbourhood::{form, joining, raising};
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

/// Names of people in the neighbourhood, which no public page may show.
const NAMES: [&str; 4] = ["沈知秋", "顾明远", "秦望舒", "方亦辰"];
/// The word of a form, random in a browser.
const FORM: &str = "0190a1b2c3d43456789abcdefghjkmnpqrstuv";

/// A matter in the worker's hands, and its number.
pub async fn in_hand(office: &Office, here: &Neighbourhood, word: &str) -> (RaisedMatter, i64) {
    let raised = office.raise(&Actor::visitor(), raising(word, here.building, "南门路灯不亮")).await.unwrap();
    triage(office, here, raised.ledger, raised.matter).await;
    (raised.clone(), number_of(office, raised.ledger, raised.matter).await)
}

/// Sorts a matter: the worker holds it.
pub async fn triage(office: &Office, here: &Neighbourhood, ledger: PlaceId, matter: MatterId) {
    let triage = Triage {
        outcome: Outcome::Public,
        category: "02".to_owned(),
        holder: Holder::Person(Role::CommunityWorker, here.community),
        person: here.worker.account,
        reason: String::new(),
    };
    office.act(&here.worker, ledger, matter, triage).await.unwrap();
}

async fn number_of(office: &Office, ledger: PlaceId, id: MatterId) -> i64 {
    matter(&office.db, ledger, id).await.unwrap().unwrap().number
}

/// The public page of an order's staff page, which names nobody.
async fn public(visitor: &Browser, staff_link: &str) -> String {
    let page = visitor.get(&staff_link.replace("/w/", "/c/")).await;
    assert_eq!(page.status, StatusCode::OK);
    for name in NAMES {
        assert!(!page.body.contains(name), "{staff_link} names {name}");
    }
    page.body
}

#[tokio::test(flavor = "multi_thread")]
async fn each_body_beside_the_lead_has_a_part_of_its_own_and_stops_nobody_else() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, _) = in_hand(office, &here, "parts").await;
        let (id, finish_by) = (OrderId(form("parts").id("order")), office.now().end_of_day_after(9));
        let (departments, lead, ledger) = (vec![here.squad], here.lamps, raised.ledger);
        let ask = Ask {
            matter: raised.matter,
            whistle: WhistleKind::Hard,
            item: "department".to_owned(),
            task: "修好南门十盏路灯".to_owned(),
            acceptance: "晚上全亮".to_owned(),
            reason: "电缆归路灯管理所".to_owned(),
            departments: departments.clone(),
            lead,
            finish_by,
        };
        office.start(&here.worker, ledger, id, ask).await.unwrap();
        let blow = Blow { whistle: WhistleKind::Hard, departments, lead, arrive_by: None, finish_by };
        office.act(&here.officer, ledger, id, blow).await.unwrap();
        let number = order(&office.db, ledger, id).await.unwrap().unwrap().number;
        let link = format!("/w/xinglin/o/{number}");
        let visitor = Browser::new(office);
        let lamps = visitor.signed_in(office, &here.lamp_officer).await;
        let squad = visitor.signed_in(office, &here.squad_officer).await;
        let officer = visitor.signed_in(office, &here.officer).await;

        // "Not ours" of the squad: the street rules on its part, the lead goes on.
        lamps.post(&format!("{link}/report-in"), &[]).await;
        let not_ours = [("dispute-reason", "不在本队辖区")];
        assert_eq!(squad.post(&format!("{link}/dispute"), &not_ours).await.location, link);
        assert!(lamps.get(&link).await.body.contains(&format!("{link}/done")), "the lead works on");
        let page = public(&visitor, &link).await;
        assert!(page.contains("不在本队辖区") && page.contains("其他单位照常办理"));
        assert!(officer.get("/desk").await.body.contains("裁定协办退单"));
        let squads = here.squad.to_string();
        let rule =
            [("rule-part-body", squads.as_str()), ("rule-part-to", &squads), ("rule-part-reason", "归该队")];
        assert!(officer.get(&link).await.body.contains(&format!("{link}/rule-part")));
        assert_eq!(lamps.post(&format!("{link}/rule-part"), &rule).await.status, StatusCode::FORBIDDEN);
        let unsaid = officer.post(&format!("{link}/rule-part"), &rule[..2]).await;
        assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(officer.post(&format!("{link}/rule-part"), &rule).await.location, link);
        let day = office.now().end_of_day_after(2).deadline_date().to_string();
        let set =
            [("set-part-body", squads.as_str()), ("set-part-reason", "先清场"), ("set-part-finish", &day)];
        assert_eq!(officer.post(&format!("{link}/set-part"), &set).await.location, link);

        // Late by its own day, and urged by name.
        squad.post(&format!("{link}/report-in"), &[]).await;
        office.clock.put(office.now().plus_seconds(4 * 86_400));
        let officer = visitor.signed_in(office, &here.officer).await;
        let squad = visitor.signed_in(office, &here.squad_officer).await;
        let page = public(&visitor, &link).await;
        assert!(
            page.contains("协办部分迟了") && page.contains("应于") && page.contains("还没有办完"),
            "{page}"
        );
        assert!(officer.get(&link).await.body.contains("督办综合执法队"));
        let urged = officer.post(&format!("{link}/urge-part"), &[("urge-part-body", &squads)]).await;
        assert_eq!(urged.status, StatusCode::SEE_OTHER, "{}", urged.body);
        assert!(officer.get(&link).await.body.contains("刚催过"));
        assert!(squad.get("/desk").await.body.contains("待办完协办部分"));
        let done = [("finish-part-note", "占道的车都清走了")];
        assert_eq!(squad.post_parts(&format!("{link}/finish-part"), &done).await.location, link);
        let page = public(&visitor, &link).await;
        assert!(page.contains("占道的车都清走了") && page.contains("协办部分已办完"));
        assert!(!squad.get(&link).await.body.contains(&format!("{link}/finish-part")), "once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_whistle_names_other_ways_and_is_asked_again_only_with_what_is_new() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, matter) = in_hand(office, &here, "declined").await;
        let (id, finish_by) = (OrderId(form("declined").id("order")), office.now().end_of_day_after(9));
        let ask = Ask {
            matter: raised.matter,
            whistle: WhistleKind::Hard,
            item: "department".to_owned(),
            task: "修好南门十盏路灯".to_owned(),
            acceptance: "晚上全亮".to_owned(),
            reason: "电缆归路灯管理所".to_owned(),
            departments: vec![here.squad],
            lead: here.lamps,
            finish_by,
        };
        office.start(&here.worker, raised.ledger, id, ask).await.unwrap();
        let number = order(&office.db, raised.ledger, id).await.unwrap().unwrap().number;
        let link = format!("/w/xinglin/o/{number}");
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let officer = visitor.signed_in(office, &here.officer).await;

        // Why alone is not enough.
        let decline =
            [("decline-reason", "属日常维修"), ("decline-ways", "letter"), ("decline-ways", "deliberate")];
        let alone = officer.post(&format!("{link}/decline"), &decline[..1]).await;
        assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(alone.body.contains("至少选一项"));
        assert_eq!(officer.post(&format!("{link}/decline"), &decline).await.location, link);
        let page = public(&visitor, &link).await;
        assert!(
            page.contains("属日常维修") && page.contains("还可以走的途径") && page.contains("提交居民议事")
        );
        assert!(!page.contains(&format!("{link}/instead")));

        // Whoever asked is led there, from the matter and from the form of another whistle.
        assert!(worker.get(&format!("/w/xinglin/{matter}")).await.body.contains("看还有哪些途径"));
        let anew = worker.get(&format!("/w/xinglin/{matter}/order?kind=whistle")).await.body;
        assert!(anew.contains("请求过吹哨") && anew.contains(&link) && !anew.contains("name=\"reason\""));
        let page = worker.get(&link).await.body;
        assert!(page.contains("/w/xinglin/topics/new") && page.contains(&format!("{link}/instead")));

        // By a letter, which names the whistle and is named there.
        let lamps = format!("organisation/{}", here.lamps);
        let letter = [("instead-kind", "letter"), ("instead-holder", &lamps), ("instead-limit", "complex")];
        let sent = worker.post(&format!("{link}/instead"), &letter).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        assert!(public(&visitor, &sent.location).await.contains("未吹哨的那张单"));
        assert!(public(&visitor, &link).await.contains(&sent.location.replace("/w/", "/c/")));

        // Asked again: not with the same words.
        let lead = here.lamps.to_string();
        let again = |reason| {
            [
                ("again-reason", reason),
                ("again-whistle", "hard"),
                ("again-lead", lead.as_str()),
                ("again-limit", "complex"),
            ]
        };
        let same = worker.post(&format!("{link}/again"), &again("电缆归路灯管理所。")).await;
        assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(same.body.contains("与上次的理由相同"));
        let next = worker.post(&format!("{link}/again"), &again("昨晚又有两位老人摔倒")).await;
        assert_eq!(next.status, StatusCode::SEE_OTHER, "{}", next.body);
        assert!(next.location != link && officer.get("/desk").await.body.contains(&next.location));
        assert!(public(&visitor, &next.location).await.contains("昨晚又有两位老人摔倒"));
        assert!(!worker.get(&link).await.body.contains(&format!("{link}/again")), "once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_community_only_assists_it_refuses_to_lead_and_everyone_reads_the_ruling() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, matter) = in_hand(office, &here, "assisted").await;
        let (id, finish_by) = (OrderId(form("assisted").id("order")), office.now().end_of_day_after(9));
        let send = Send {
            matter: raised.matter,
            kind: OrderKind::Work,
            item: "department".to_owned(),
            task: "巡查楼顶违法建设".to_owned(),
            acceptance: "查清并登记".to_owned(),
            holder: Holder::Desk(here.community),
            person: None,
            finish_by,
        };
        office.start(&here.officer, raised.ledger, id, send).await.unwrap();
        let number = order(&office.db, raised.ledger, id).await.unwrap().unwrap().number;
        let link = format!("/w/xinglin/o/{number}");
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let officer = visitor.signed_in(office, &here.officer).await;
        let (refuse, rule) = (format!("{link}/assist-only"), format!("{link}/rule"));

        let item = [("assist-only-item", "协助事项第12项")];
        assert!(worker.get(&link).await.body.contains(&refuse));
        assert_eq!(worker.post(&refuse, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(officer.post(&refuse, &item).await.status, StatusCode::FORBIDDEN);
        assert_eq!(worker.post(&refuse, &item).await.location, link);
        let board = format!("/c/xinglin/m/{matter}");
        assert!(public(&visitor, &link).await.contains("协助事项第12项"));
        assert!(visitor.get(&board).await.body.contains("协助事项第12项"));

        let squad = format!("organisation/{}", here.squad);
        let day = finish_by.deadline_date().to_string();
        let ruling = [("rule-holder", squad.as_str()), ("rule-reason", "属执法事项"), ("rule-finish", &day)];
        assert_eq!(worker.post(&rule, &ruling).await.status, StatusCode::FORBIDDEN);
        assert_eq!(officer.post(&rule, &ruling).await.location, link);
        for page in [public(&visitor, &link).await, visitor.get(&board).await.body] {
            assert!(page.contains("属执法事项") && page.contains("综合执法队"), "{page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whistle_is_blown_one_comes_one_is_late_and_the_work_is_accepted() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (_, number) = in_hand(office, &here, "whistle").await;
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let officer = visitor.signed_in(office, &here.officer).await;
        let lamps = visitor.signed_in(office, &here.lamp_officer).await;
        let roads = visitor.signed_in(office, &here.squad_officer).await;

        // What is missing is said next to what was typed.
        let form = format!("/w/xinglin/{number}/order");
        assert!(worker.get(&form).await.body.contains(&format!("{form}?kind=whistle")));
        let (lead, helper) = (here.lamps.to_string(), here.squad.to_string());
        let mut fields = vec![
            ("form", FORM),
            ("kind", "whistle"),
            ("item", "department"),
            ("task", "修好南门十盏路灯"),
            ("acceptance", "晚上全亮"),
            ("reason", "电缆归路灯管理所"),
            ("whistle", "hard"),
            ("lead", lead.as_str()),
            ("departments", helper.as_str()),
        ];
        let answer = worker.post(&form, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("修好南门十盏路灯") && answer.body.contains("href=\"#limit\""));
        fields.push(("limit", "ordinary"));
        let sent = worker.post(&form, &fields).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let order = sent.location;
        // The same form sent again is the same order.
        assert_eq!(worker.post(&form, &fields).await.location, order);

        // Asked for only: it calls nobody yet, and stands on the street's desk.
        assert_eq!(lamps.get(&order).await.status, StatusCode::FORBIDDEN);
        assert!(officer.get("/desk").await.body.contains(&order));
        assert!(!worker.get(&order).await.body.contains(&format!("{order}/blow")));
        let blow = [
            ("blow-whistle", "hard"),
            ("blow-lead", lead.as_str()),
            ("blow-departments", helper.as_str()),
            ("blow-limit", "complex"),
        ];
        assert_eq!(worker.post(&format!("{order}/blow"), &blow).await.status, StatusCode::FORBIDDEN);
        let page = officer.get(&order).await.body;
        assert!(
            page.contains("电缆归路灯管理所") && page.contains("value=\"ordinary\" checked"),
            "as asked for"
        );
        let without = officer.post(&format!("{order}/blow"), &blow[..3]).await;
        assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(without.body.contains("href=\"#blow-limit\""));
        assert_eq!(officer.post(&format!("{order}/blow"), &blow).await.location, order);

        // Both are called; the lead reports in, the other stands as late.
        for browser in [&lamps, &roads] {
            assert!(browser.get("/desk").await.body.contains(&order));
        }
        let there = lamps.post(&format!("{order}/report-in"), &[("report-in-note", "来了两个人")]).await;
        assert_eq!(there.location, order, "{}", there.body);
        office.clock.put(office.now().plus_seconds(4 * 86_400));
        // Nobody stays signed in for days.
        let colleague = visitor.signed_in(office, &here.colleague).await;
        let lamps = visitor.signed_in(office, &here.lamp_officer).await;
        let roads = visitor.signed_in(office, &here.squad_officer).await;
        let body = public(&visitor, &order).await;
        assert!(body.contains("来了两个人") && body.contains("综合执法队"));
        assert!(body.contains("还没有来"), "the other is late, in plain words");
        let list = visitor.get("/c/xinglin/orders").await.body;
        assert!(list.contains("综合执法队应于") && list.contains("还没有来"), "{list}");

        // Only the lead says that it is done, with a photo that is private at first.
        let done = [("done-note", "十盏灯都亮了")];
        assert!(!roads.get(&order).await.body.contains(&format!("{order}/done")));
        assert_eq!(
            roads.post_parts(&format!("{order}/done"), &done).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let brought = lamps.post_files(&format!("{order}/done"), &[("done-note", "")], &[photo(90)]).await;
        let marked = kept(&brought.body).remove(0);
        let (photo, _) = marked.split_once('-').unwrap();
        let finished = lamps
            .post_parts(&format!("{order}/done"), &[("done-note", "十盏灯都亮了"), ("photo", &marked)])
            .await;
        assert_eq!(finished.location, order, "{}", finished.body);
        let shot = format!("{}/photo/{photo}", order.replace("/w/", "/c/"));
        assert_eq!(visitor.get(&shot).await.status, StatusCode::NOT_FOUND);
        assert_eq!(colleague.get(&format!("{order}/photo/{photo}")).await.status, StatusCode::OK);
        assert_eq!(
            colleague.post(&format!("{order}/publish-photo"), &[("publish", photo)]).await.location,
            order
        );
        assert_eq!(visitor.get(&shot).await.status, StatusCode::OK);

        // Whoever did it does not accept it.
        assert_eq!(lamps.post(&format!("{order}/accept"), &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(colleague.post(&format!("{order}/accept"), &[]).await.location, order);
        assert!(public(&visitor, &order).await.contains("已验收"));
        let of_matter = public(&visitor, &format!("/w/xinglin/m/{number}")).await;
        assert!(of_matter.contains(&order.replace("/w/", "/c/")), "the matter's page leads there");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_wrong_with_an_order_is_told_at_once() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (_, number) = in_hand(office, &here, "wrong").await;
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let path = format!("/w/xinglin/{number}/order");
        let person = format!("person/community_worker/{}/{}", here.community, here.worker.account.unwrap());
        let common = [("form", FORM), ("task", "请打13800001111"), ("finish", "2020-05-20")];
        for (kind, holder, wrong) in [
            ("work", "nobody", &["task", "acceptance", "item", "limit", "finish", "other", "holder"][..]),
            (
                "letter",
                person.as_str(),
                &["task", "acceptance", "item", "limit", "finish", "other", "holder"],
            ),
            (
                "whistle",
                "",
                &["task", "acceptance", "item", "limit", "finish", "other", "reason", "whistle", "lead"],
            ),
        ] {
            let fields = [&common[..], &[("kind", kind), ("holder", holder)]].concat();
            let answer = worker.post(&path, &fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind}");
            for field in wrong {
                assert!(answer.body.contains(&format!("href=\"#{field}\"")), "{kind}: {field}");
            }
            assert_eq!(answer.body.matches("\"error-text\"").count(), wrong.len(), "{kind}: {}", answer.body);
            assert!(answer.body.contains("请打13800001111</textarea>"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn not_ours_is_ruled_on_and_a_letter_is_followed_up() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (_, number) = in_hand(office, &here, "dispute").await;
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let officer = visitor.signed_in(office, &here.officer).await;
        let keeper = visitor.signed_in(office, &here.keeper).await;
        let lamps = visitor.signed_in(office, &here.lamp_officer).await;
        let form = format!("/w/xinglin/{number}/order");
        let to = |id: OrganisationId| format!("organisation/{id}");
        let (property, lamp_office) = (to(here.property), to(here.lamps));
        let work = [
            ("form", FORM),
            ("kind", "work"),
            ("item", "repair"),
            ("task", "换灯泡"),
            ("acceptance", "亮"),
            ("holder", property.as_str()),
            ("limit", "ordinary"),
        ];
        let order = worker.post(&form, &work).await.location;
        assert!(keeper.get("/desk").await.body.contains(&order));
        assert_eq!(lamps.get(&order).await.status, StatusCode::FORBIDDEN, "not theirs");
        let reason = [("dispute-reason", "路灯不归物业")];
        assert_eq!(keeper.post(&format!("{order}/dispute"), &reason).await.location, order);
        let rule = [
            ("rule-holder", lamp_office.as_str()),
            ("rule-reason", "路灯归路灯管理所"),
            ("rule-finish", "2026-05-22"),
        ];
        assert_eq!(keeper.post(&format!("{order}/rule"), &rule).await.status, StatusCode::FORBIDDEN);
        assert_eq!(officer.post(&format!("{order}/rule"), &rule).await.location, order);
        // The property company is out of it; the lamp office cannot send it back.
        assert_eq!(keeper.get(&order).await.status, StatusCode::FORBIDDEN);
        assert!(!lamps.get(&order).await.body.contains(&format!("{order}/dispute")));
        assert_eq!(lamps.post(&format!("{order}/dispute"), &reason).await.status, StatusCode::CONFLICT);
        assert_eq!(lamps.post(&format!("{order}/report-in"), &[]).await.location, order);
        assert!(public(&visitor, &order).await.contains("路灯归路灯管理所"));

        let letter = [
            ("form", "0190a1b2c3d4456789abcdefghjkmnpqrstuvw"),
            ("kind", "letter"),
            ("item", "department"),
            ("task", "请增设公交站牌"),
            ("acceptance", "站牌立好"),
            ("holder", lamp_office.as_str()),
            ("limit", "ordinary"),
        ];
        let letter = worker.post(&form, &letter).await.location;
        assert_eq!(
            worker.post(&format!("{letter}/follow-up"), &[("follow-up-note", "")]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let followed = worker.post(&format!("{letter}/follow-up"), &[("follow-up-note", "已电话催办")]).await;
        assert_eq!(followed.location, letter, "{}", followed.body);
        assert!(public(&visitor, &letter).await.contains("已电话催办"));
        let again = worker.post(&format!("{letter}/withdraw"), &[("withdraw-reason", "改由街道联系")]).await;
        assert_eq!(again.location, letter);
        assert!(worker.get(&format!("/w/xinglin/{number}")).await.body.contains(&letter));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_owed_an_answer_is_called_back_by_a_colleague() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let owed = "/w/xinglin/owed";
        assert!(worker.get(owed).await.body.contains("没有人在等答复"));

        let (raised, number) = in_hand(office, &here, "owed").await;
        office.join(&Actor::visitor(), raised.ledger, raised.matter, joining("also")).await.unwrap();
        let body = worker.get(owed).await.body;
        assert!(body.contains("notice bad") && body.contains(&format!("/w/xinglin/{number}")));
        office.clock.put(office.now().plus_seconds(30 * 86_400));
        // Nobody stays signed in for weeks.
        let worker = visitor.signed_in(office, &here.worker).await;
        let colleague = visitor.signed_in(office, &here.colleague).await;
        assert!(worker.get(owed).await.body.contains("其中 1 件已超期"));

        let page = format!("/w/xinglin/{number}");
        let answered = worker.post_parts(&format!("{page}/answer"), &[("answer-text", "已修好")]).await;
        assert_eq!(answered.location, page);
        let call = format!("{page}/callback/{}", raised.receipt);
        assert!(!worker.get(owed).await.body.contains(&call), "not by the handler");
        assert!(colleague.get(owed).await.body.contains(&call));
        let refused = worker.get(&call).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(refused.body.contains("自己经手的事不能自己评价"));
        let said = [
            ("way", "telephone"),
            ("reached", "yes"),
            ("contacted", "no"),
            ("solved", "no"),
            ("satisfaction", "not"),
            ("note", "晚上还是黑"),
        ];
        assert_eq!(worker.post(&call, &said).await.status, StatusCode::FORBIDDEN);

        // Nobody was reached: it stays on the list, with how often it was tried.
        assert_eq!(colleague.post(&call, &[("way", "telephone"), ("reached", "no")]).await.location, owed);
        assert!(colleague.get(owed).await.body.contains("试过 1 次"));
        let unclear = colleague.post(&call, &[("reached", "yes"), ("note", "晚上还是黑")]).await;
        assert_eq!(unclear.status, StatusCode::UNPROCESSABLE_ENTITY);
        for told in
            ["href=\"#solved\"", "href=\"#satisfaction\"", "晚上还是黑", "value=\"yes\" checked required"]
        {
            assert!(unclear.body.contains(told), "{told}");
        }
        // Not solved: taken up again, with its history.
        assert_eq!(colleague.post(&call, &said).await.location, owed);
        assert!(worker.get(&page).await.body.contains("提出人表示没有解决"));

        worker.post_parts(&format!("{page}/answer"), &[("answer-text", "又修了一次")]).await;
        let solved = [
            ("way", "door"),
            ("reached", "yes"),
            ("contacted", "yes"),
            ("solved", "yes"),
            ("satisfaction", "satisfied"),
        ];
        assert_eq!(colleague.post(&call, &solved).await.location, owed);
        assert_eq!(colleague.post(&call, &solved).await.status, StatusCode::CONFLICT);
        // The one who joined still waits; called back as well, nobody is left.
        assert!(colleague.get(owed).await.body.contains("notice bad"));
        let receipts = receipts(&office.db, raised.ledger, raised.matter, None).await.unwrap().rows;
        let evaluation =
            Evaluation { solved: Solved::Yes, satisfaction: Satisfaction::Mostly, comment: String::new() };
        for receipt in receipts.iter().filter(|receipt| receipt.id != raised.receipt) {
            let call = CallBack::said(CallWay::Telephone, Contacted::Yes, evaluation.clone());
            office.act(&here.colleague, raised.ledger, receipt.id, call).await.unwrap();
        }
        assert!(colleague.get(owed).await.body.contains("没有人在等答复"));
        let chain = visitor.get(&format!("/c/xinglin/m/{number}")).await.body;
        assert!(!chain.contains("晚上还是黑"), "what was said on the phone is not published");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_sees_only_what_calls_the_own_organisation() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, number) = in_hand(office, &here, "theirs").await;
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let roads = visitor.signed_in(office, &here.squad_officer).await;
        let holder = format!("organisation/{}", here.lamps);
        let work = [
            ("form", FORM),
            ("kind", "work"),
            ("item", "repair"),
            ("task", "换灯泡"),
            ("acceptance", "亮"),
            ("holder", holder.as_str()),
            ("limit", "ordinary"),
        ];
        let order = worker.post(&format!("/w/xinglin/{number}/order"), &work).await.location;
        let page = format!("/w/xinglin/{number}");
        for path in [
            order.clone(),
            page.clone(),
            format!("{page}/order"),
            format!("{page}/callback/{}", raised.receipt),
            "/w/xinglin/owed".to_owned(),
        ] {
            assert_eq!(roads.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(roads.post_parts(&format!("{order}/progress"), &[]).await.status, StatusCode::FORBIDDEN);
        let desk = roads.get("/desk").await.body;
        assert!(!desk.contains(&order) && !desk.contains("/owed") && !desk.contains("/topics/new"));
    }
}

/// A topic brought from four voices to work that is done, by the office's own commands.
pub async fn story(office: &Office, here: &Neighbourhood) -> (TopicId, RaisedMatter) {
    use yishi_domain::dispatch::{Blow, WhistleKind};
    use yishi_domain::meetings::{Cast, Choice, Confirm, Publish, Resolve, VoteMode, Voter, Way};
    use yishi_testkit::meetings::{DAY, agreed, by_phone, dispatching, motion, open_meeting};
    let ledger = here.community;
    let (raised, _) = in_hand(office, here, "dark").await;
    let (other, _) = in_hand(office, here, "too").await;
    let merge = MergeInto { into: raised.matter };
    office.act(&here.worker, ledger, other.matter, merge).await.unwrap();
    let (topic, meeting) = open_meeting(office, here, "照明", &[raised.matter]).await;
    let mut seats = Vec::new();
    for n in 0..3 {
        seats.push(by_phone(office, here, meeting, &format!("chain-{n}")).await.seat);
    }
    office.act(&here.worker, ledger, meeting, motion(topic, VoteMode::Phones)).await.unwrap();
    for seat in seats {
        let cast = Cast { meeting, motion: 1, seat, choice: Choice::For, voter: Voter::Own };
        office.vote(&Actor::visitor().showing(Claim::Seat), ledger, cast).await.unwrap();
    }
    office.end_vote(&here.worker, ledger, meeting, 1).await.unwrap();
    let due = office.now().plus_seconds(20 * DAY);
    let actions = vec![agreed("照明", here.lamps, Way::Whistle, due)];
    let resolve = Resolve { actions, standard: "灯不亮当日报修。".to_owned() };
    office.act(&here.worker, ledger, meeting, resolve).await.unwrap();
    let minutes = office.db.put_blob("会议纪要".as_bytes().to_vec()).await.unwrap();
    for actor in [&here.secretary, &here.colleague] {
        office.act(actor, ledger, meeting, Confirm { minutes: minutes.clone() }).await.unwrap();
    }
    let publish = Publish { at: "市场东门公告栏".to_owned() };
    office.act(&here.worker, ledger, meeting, publish).await.unwrap();
    office.clock.put(office.now().plus_seconds(7 * DAY));
    let order =
        office.dispatch_action(&here.worker, ledger, meeting, dispatching(here, "照明")).await.unwrap();
    let blow = Blow {
        whistle: WhistleKind::Hard,
        departments: vec![here.squad],
        lead: here.lamps,
        arrive_by: None,
        finish_by: due,
    };
    office.act(&here.officer, ledger, order, blow).await.unwrap();
    (topic, raised)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_page_tells_a_topic_from_raising_to_publishing_and_names_nobody() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (id, _) = story(office, &here).await;
        let row = topic(&office.db, here.community, id).await.unwrap().unwrap();
        let visitor = Browser::new(office);
        let page = format!("/c/xinglin/t/{}", row.number);
        let body = visitor.get(&page).await.body;
        for said in [
            "有人说了这件事",
            "并入编号",
            "列为议题“照明怎么办”",
            "通知开会",
            "表决通过：到会 3 人，赞成 3，反对 0，弃权 0",
            "灯不亮当日报修。",
            "主持人确认纪要",
            "公示决议：市场东门公告栏",
            "社区请求街道吹哨",
            "街道吹哨（疑难事项）：召集路灯管理所、综合执法队",
            "共 2 张回执",
        ] {
            assert!(body.contains(said), "{said} is missing");
        }
        // In order, each with its ledger number; the whistle stands where it is.
        assert!(body.contains("aria-current=\"step\">办事"), "where it stands is marked");
        // Neither who did it nor what was said in private.
        for hidden in NAMES.into_iter().chain(["南门路灯不亮", "居民chain", "陆怀瑾"]) {
            assert!(!body.contains(hidden), "{hidden}");
        }
        for path in ["/c/xinglin/t/0", "/c/xinglin/o/0", &page.replace("/t/", "/o/")] {
            assert_eq!(visitor.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        // On the desks: the topic waits for the worker, the whistle for both bodies.
        let order = of_topic(&office.db, here.community, id).await.unwrap().remove(0);
        for actor in [&here.lamp_officer, &here.squad_officer] {
            let desk = visitor.signed_in(office, actor).await.get("/desk").await.body;
            assert!(desk.contains(&format!("/w/xinglin/o/{}", order.number)));
        }
        let desk = visitor.signed_in(office, &here.worker).await.get("/desk").await.body;
        assert!(desk.contains(&format!("/w/xinglin/t/{}", row.number)));
    }
}

/// In an emergency the street has minutes, and nobody else may: it stands in a list of its own, above
/// what is late already.
#[tokio::test(flavor = "multi_thread")]
async fn an_emergency_whistle_stands_in_a_list_of_its_own_on_the_streets_desk() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, _) = in_hand(office, &here, "flood").await;
        let ask = |word: &str, whistle| {
            let ask = Ask {
                whistle,
                matter: raised.matter,
                item: "department".to_owned(),
                task: format!("处置{word}"),
                acceptance: "通道畅通".to_owned(),
                reason: "社区无权处置".to_owned(),
                departments: vec![here.squad],
                lead: here.lamps,
                finish_by: office.now().end_of_day_after(9),
            };
            (OrderId(form(word).id("order")), ask)
        };
        for (id, ask) in [ask("疑难", WhistleKind::Hard), ask("倒灌", WhistleKind::Emergency)] {
            office.start(&here.worker, raised.ledger, id, ask).await.unwrap();
        }
        // The hard one is late, the emergency just came.
        office.clock.put(office.now().plus_seconds(3 * 86_400));
        let (id, late) = ask("再倒灌", WhistleKind::Emergency);
        office.start(&here.worker, raised.ledger, id, late).await.unwrap();
        let visitor = Browser::new(office);
        let street = visitor.signed_in(office, &here.officer).await;
        let desk = street.get("/desk").await.body;
        let list = desk.find("只有您能决定").unwrap();
        let at = |word: &str| desk.find(word).unwrap();
        assert!(list < at("处置倒灌") && at("处置倒灌") < at("处置再倒灌"), "{}", main_of(&desk));
        assert!(at("处置再倒灌") < at("处置疑难"), "{}", main_of(&desk));
        let worker = visitor.signed_in(office, &here.worker).await;
        assert!(!worker.get("/desk").await.body.contains("只有您能决定"), "it is the street's");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_class_of_limits_gives_the_day_and_another_one_needs_a_reason() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (_, number) = in_hand(office, &here, "limits").await;
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let path = format!("/w/xinglin/{number}/order");
        // Lamps are of water, power, gas and heat: that is proposed, and chosen by whoever sends it.
        let page = worker.get(&format!("{path}?kind=work")).await.body;
        assert!(page.contains("value=\"utilities\" checked"), "{}: {page}", store.engine());
        let lamps = format!("organisation/{}", here.lamps);
        let send = |rest: &[(&'static str, &'static str)]| {
            let form = FORM;
            let own = [
                ("form", form),
                ("kind", "work"),
                ("item", "repair"),
                ("task", "换灯泡"),
                ("acceptance", "亮"),
            ];
            own.iter().chain(rest).copied().collect::<Vec<_>>()
        };
        let post = async |rest: &[(&'static str, &'static str)]| {
            let mut fields = send(rest);
            fields.push(("holder", lamps.as_str()));
            worker.post(&path, &fields).await
        };
        let silent = post(&[("limit", "ordinary"), ("finish", "2026-07-01")]).await;
        assert!(silent.body.contains("href=\"#other\""), "another day says why: {}", silent.body);
        let unsaid = post(&[("finish", "2026-07-01"), ("other", "配件七月到")]).await;
        assert!(unsaid.body.contains("href=\"#limit\""), "{}", unsaid.body);
        let sent = post(&[("limit", "sudden")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let by = yishi_web::dates::clock(office.now().plus_seconds(2 * 3_600));
        let order = public(&visitor, &sent.location).await;
        assert!(order.contains("突发、危及人身财产") && order.contains(&by), "{by}: {order}");
        // The list is narrowed by it.
        let at = sent.location.replace("/w/", "/c/");
        let narrowed =
            async |class: &str| visitor.get(&format!("/c/xinglin/orders?limit={class}")).await.body;
        assert!(narrowed("sudden").await.contains(&at) && !narrowed("complex").await.contains(&at));
    }
}
