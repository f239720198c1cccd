//! An emergency from the danger's page to its posted accounts: what may be entered and by whose
//! money, that another role confirms what it sees, that its one line leaves once, and that
//! everything else on the same matter waits for the owners.

use super::browser::{Browser, photo};
use super::dangers::reported;
use super::dispatch::triage;
use super::meetings::{done, hidden, main_of, wrong_at};
use axum::http::StatusCode;
use yishi_domain::dispatch::{Accept, Done, ReportIn, Withdraw};
use yishi_domain::emergency::{BasisId, ConfirmBasis, PostAccount};
use yishi_office::Office;
use yishi_office::dispatch::reads::{of_matter, order};
use yishi_office::emergency::reads::basis;
use yishi_office::matters::reads::matter;
use yishi_testkit::emergency::{basis_id, fence, sorted, to_property};
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

const LINE: &str = "敲除松动瓷砖，墙下围挡";

/// One that waits for another role, and its number.
pub async fn entered(office: &Office, here: &Neighbourhood, word: &str) -> (BasisId, i64) {
    let raised = sorted(office, here, &format!("wall-{word}")).await;
    let id = basis_id(word);
    office.start(&here.worker, raised.ledger, id, fence(raised.matter)).await.unwrap();
    (id, basis(&office.db, raised.ledger, id).await.unwrap().unwrap().number)
}

/// One whose accounts are posted.
pub async fn settled(office: &Office, here: &Neighbourhood, word: &str) {
    let (id, _) = entered(office, here, word).await;
    let ledger = here.community;
    office.act(&here.secretary, ledger, id, ConfirmBasis).await.unwrap();
    office.act(&here.worker, ledger, id, to_property(office, here)).await.unwrap();
    let order = basis(&office.db, ledger, id).await.unwrap().unwrap().order.unwrap();
    office.act(&here.worker, ledger, order, Withdraw { reason: "自己拉了".to_owned() }).await.unwrap();
    let post =
        PostAccount {
            note: "志愿者拉了围挡".to_owned(), fen: Some(8_000), source: "办公经费".to_owned()
        };
    office.act(&here.worker, ledger, id, post).await.unwrap();
}

/// What the form of entering says.
fn saying(form: &'static str, applicant: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("form", form),
        ("situation", "facade"),
        ("line", LINE),
        ("acceptance", "没有松动的瓷砖"),
        ("item", "use_fund_building"),
        ("applicant", applicant),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wall_is_made_safe_before_the_owners_decide_and_nothing_else_is() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, danger) = reported(office, &here, "tile").await;
        let ledger = here.community;
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let secretary = visitor.signed_in(office, &here.secretary).await;
        let number = matter(&office.db, ledger, raised.matter).await.unwrap().unwrap().number;
        let of = format!("/w/xinglin/{number}");

        // The danger's page leads to the whistle once the matter is sorted, and to the emergency.
        let page = worker.get(&format!("/w/xinglin/d/{danger}")).await.body;
        assert!(
            page.contains(&format!("{of}/emergency")) && !page.contains("kind=whistle"),
            "{}",
            main_of(&page)
        );
        triage(office, &here, ledger, raised.matter).await;
        let page = worker.get(&format!("/w/xinglin/d/{danger}")).await.body;
        let whistle = format!("{of}/order?kind=whistle&amp;danger={danger}");
        assert!(page.contains(&whistle), "{}", main_of(&page));
        let filled = worker.get(&whistle.replace("&amp;", "&")).await.body;
        for part in ["可能伤人", "3号楼", "没有人能走进危险范围", "前要做到安全"] {
            assert!(main_of(&filled).contains(part), "{part}: {}", main_of(&filled));
        }
        // Why the place cannot do it itself nobody has said; whoever leaves it empty is told there.
        let reason = filled.split("<textarea id=\"reason\"").nth(1).unwrap();
        let reason = reason.split("</textarea>").next().unwrap().split_once('>').unwrap().1;
        assert_eq!(reason.trim(), "", "{}", main_of(&filled));
        let lamps = here.lamps.to_string();
        let fields = [
            ("form", hidden(&filled, "form")),
            ("kind", "whistle"),
            ("task", "立即到场，围挡"),
            ("item", "department"),
            ("acceptance", "没有人能走进危险范围"),
            ("reason", " "),
            ("whistle", "emergency"),
            ("lead", &lamps),
            ("departments", &lamps),
            ("limit", "sudden"),
        ];
        wrong_at(&worker.post(&format!("{of}/order"), &fields).await, &["reason"], &["立即到场，围挡"]);
        let emergency = main_of(&filled).split("value=\"emergency\"").nth(1).unwrap();
        assert!(emergency.split('>').next().unwrap().contains("checked"), "{emergency}");
        let keeper = visitor.signed_in(office, &here.keeper).await;
        let other = keeper.get(&format!("/w/xinglin/d/{danger}")).await.body;
        assert!(!other.contains("/emergency") && !other.contains("kind=whistle"), "{}", main_of(&other));

        // Straight from the matter it is the owners', and the refusal tells the two ways.
        let order_form = format!("{of}/order");
        let lamps = format!("organisation/{}", here.property);
        let day: &'static str = office.now().end_of_day_after(3).deadline_date().to_string().leak();
        let straight = async || {
            let page = worker.get(&format!("{order_form}?kind=work")).await.body;
            let fields = [
                ("form", hidden(&page, "form")),
                ("kind", "work"),
                ("item", "use_fund_building"),
                ("task", LINE),
                ("acceptance", "没有松动的瓷砖"),
                ("holder", lamps.as_str()),
                ("limit", "utilities"),
            ];
            let refused = worker.post(&order_form, &fields).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            for part in ["第281条", "业主表决", "登记紧急情形"] {
                assert!(refused.body.contains(part), "{part}: {}", main_of(&refused.body));
            }
        };
        straight().await;
        assert!(worker.get(&order_form).await.body.contains(&format!("{of}/emergency")));

        // The fund is asked for by the owners' assembly or committee, with its paper.
        let enter = format!("{of}/emergency");
        let page = worker.get(&enter).await.body;
        let word: &'static str = hidden(&page, "form").to_owned().leak();
        for alone in ["company", "residents_committee"] {
            let refused = worker.post_files(&enter, &saying(word, alone), &[photo(7)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.body.contains("第281条第二款") && refused.body.contains(LINE), "{alone}");
            assert!(refused.body.contains("id=\"applicant-error\""), "{}", main_of(&refused.body));
        }
        let bare = worker.post_parts(&enter, &saying(word, "owners_committee")).await;
        assert!(bare.body.contains("请附上申请书的照片"), "{}", main_of(&bare.body));
        let mut lasting = saying(word, "owners_committee");
        lasting[2].1 = "外墙整体翻修";
        let refused = worker.post_files(&enter, &lasting, &[photo(7)]).await;
        assert!(refused.body.contains("id=\"line-error\"") && refused.body.contains("长期维修"));
        let entered = worker.post_files(&enter, &saying(word, "owners_committee"), &[photo(7)]).await;
        done(&entered);
        let link = entered.location;
        assert!(link.starts_with("/w/xinglin/e/"), "{link}");
        let again = worker.post_files(&enter, &saying(word, "owners_committee"), &[photo(7)]).await;
        assert_eq!(again.location, link, "the same form is the same emergency");

        // Alone nobody frees anything; another role sees on its desk what it would free.
        let public = link.replace("/w/", "/c/");
        assert!(visitor.get(&public).await.body.contains("现在什么也不放行"));
        let colleague = visitor.signed_in(office, &here.colleague).await;
        for alone in [&worker, &colleague] {
            let refused = alone.post(&format!("{link}/confirm"), &[]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.body.contains("另一个岗位的另一个人"), "{}", main_of(&refused.body));
        }
        for who in [&here.lamp_officer, &here.steward, &here.keeper] {
            let other = visitor.signed_in(office, who).await;
            assert_eq!(other.get(&link).await.status, StatusCode::FORBIDDEN);
            assert_eq!(other.get(&enter).await.status, StatusCode::FORBIDDEN);
        }
        assert!(secretary.get("/desk").await.body.contains(&link));
        let page = secretary.get(&link).await.body;
        let card = main_of(&page).split("id=\"confirm\"").nth(1).unwrap();
        assert!(card.split("</form>").next().unwrap().contains(LINE), "{card}");
        done(&secretary.post(&format!("{link}/confirm"), &[]).await);

        // What it freed leaves as it is, whatever a form says, and once.
        straight().await;
        let send = [("send-holder", lamps.as_str()), ("send-finish", day), ("send-task", "外墙整体翻修")];
        done(&worker.post(&format!("{link}/send"), &send).await);
        let refused = worker.post(&format!("{link}/send"), &send).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", main_of(&refused.body));
        straight().await;
        let orders = of_matter(&office.db, ledger, raised.matter).await.unwrap();
        assert_eq!(orders.iter().map(|order| order.task.as_str()).collect::<Vec<_>>(), [LINE]);
        let id = orders[0].id;
        let shown = visitor.get(&format!("/c/xinglin/o/{}", orders[0].number)).await.body;
        assert!(shown.contains(&public), "the order names its emergency: {}", main_of(&shown));

        let paper = visitor.get(&format!("/c/xinglin/o/{}/paper", orders[0].number)).await.body;
        assert!(main_of(&paper).contains("只做上面这一项"), "{}", main_of(&paper));

        // Everyone reads what was freed, why and by what, and that the rest waits.
        let told = visitor.get(&public).await.body;
        for part in
            [LINE, "第281条第二款", "业主委员会申请", "等业主共同决定", "外墙瓷砖、墙皮", "前公布做了什么"]
        {
            assert!(main_of(&told).contains(part), "{part}: {}", main_of(&told));
        }
        assert!(!told.contains("photo/"), "the paper is for those who compare it");
        assert!(visitor.get(&format!("/c/xinglin/m/{number}")).await.body.contains(&public));

        // Accounts are due, and posted once the order is at its end.
        assert!(worker.get("/desk").await.body.contains("待公布应急账目"));
        let post =
            [("account-note", "敲除松动瓷砖"), ("account-yuan", "2400"), ("account-source", "本楼维修资金")];
        let early = worker.post(&format!("{link}/account"), &post).await;
        assert!(early.body.contains("应急工单还没有办结"), "{}", main_of(&early.body));
        let report = ReportIn { organisation: None, note: String::new() };
        office.act(&here.keeper, ledger, id, report).await.unwrap();
        let photos = vec![yishi_kernel::PhotoDigest(office.db.put_blob(photo(9)).await.unwrap())];
        office.act(&here.keeper, ledger, id, Done { note: "敲掉了".to_owned(), photos }).await.unwrap();
        office.act(&here.worker, ledger, id, Accept { note: String::new() }).await.unwrap();
        assert!(order(&office.db, ledger, id).await.unwrap().unwrap().next.is_none());
        done(&worker.post(&format!("{link}/account"), &post).await);
        let told = visitor.get(&public).await.body;
        for part in ["2400.00", "本楼维修资金", "账目已公布"] {
            assert!(main_of(&told).contains(part), "{part}: {}", main_of(&told));
        }
        let audited = office.audit().await.unwrap();
        let wrong: Vec<_> = audited.iter().filter(|law| !law.holds).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_owns_common_parts_no_emergency_is_offered() {
    let store = &stores().await[0];
    let office = &store.office;
    let here = neighbourhood(office).await;
    let market = yishi_domain::places::PlaceKind::Market;
    let market = office.open_place(&here.administrator, here.community, market, "早市", None).await.unwrap();
    let marked = yishi_office::matters::Raising {
        danger: Some(yishi_domain::dangers::Risk::Life),
        ..yishi_testkit::neighbourhood::raising("stall", market, "棚子要塌")
    };
    let raised = office.raise(&yishi_kernel::Actor::visitor(), marked).await.unwrap();
    triage(office, &here, here.community, raised.matter).await;
    let found =
        yishi_office::dangers::reads::open_of(&office.db, here.community, raised.matter).await.unwrap();
    let worker = Browser::new(office).signed_in(office, &here.worker).await;
    let page = worker.get(&format!("/w/xinglin/d/{}", found[0].number)).await.body;
    assert!(page.contains("kind=whistle") && !page.contains("/emergency"), "{}", main_of(&page));
}
