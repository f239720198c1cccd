//! Leaving a matter out of the rates over both stores: who asks and who rules, what everyone reads of it,
//! that the one who raised it is told and has it ruled again once, and what the rates then count.

use super::browser::Browser;
use super::dispatch::in_hand;
use super::meetings::{main_of, wrong_at};
use axum::http::StatusCode;
use yishi_domain::evaluation::{Evaluate, Evaluation, Satisfaction, Solved};
use yishi_domain::exclusion::{self, Ask, ExclusionClass, ExclusionId, ExclusionStage};
use yishi_domain::matters::Answer as Reply;
use yishi_kernel::{AccountId, Actor, Claim, Denied};
use yishi_office::exclusion::reads::exclusion;
use yishi_office::matters::RaisedMatter;
use yishi_office::{Failure, Office};
use yishi_testkit::neighbourhood::form;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

/// One that was asked for, with the number of its own page and its matter.
pub async fn asked(office: &Office, here: &Neighbourhood, word: &str) -> (ExclusionId, i64, RaisedMatter) {
    let (raised, _) = in_hand(office, here, &format!("out-{word}")).await;
    let class = ExclusionClass::LegalChannel;
    let ask = Ask { matter: raised.matter, class, reason: format!("法院已经受理{word}") };
    let id = ExclusionId::of(raised.matter);
    office.start(&here.worker, raised.ledger, id, ask).await.unwrap();
    let row = exclusion(&office.db, raised.ledger, id).await.unwrap().unwrap();
    (id, row.number, raised)
}

/// One that was granted, and ruled again as whoever raised it wished.
pub async fn ruled_twice(office: &Office, here: &Neighbourhood, word: &str) -> ExclusionId {
    let (id, _, raised) = asked(office, here, word).await;
    let ledger = raised.ledger;
    let grant = exclusion::Grant { class: ExclusionClass::LegalChannel, reason: format!("有通知{word}") };
    office.act(&here.officer, ledger, id, grant).await.unwrap();
    let holder = Actor::visitor().showing(Claim::Receipt);
    office.act(&holder, ledger, id, exclusion::Object { receipt: raised.receipt }).await.unwrap();
    let refuse = exclusion::Refuse { reason: format!("属于本级职责{word}") };
    office.act(&another(here), ledger, id, refuse).await.unwrap();
    id
}

/// Another officer of the street.
fn another(here: &Neighbourhood) -> Actor {
    Actor { account: Some(AccountId(form("another").id("account"))), ..here.officer.clone() }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_asked_for_and_ruled_in_public_and_left_out_of_the_rates_alone() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, number) = in_hand(office, &here, "noise").await;
        let ledger = raised.ledger;
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let officer = visitor.signed_in(office, &here.officer).await;
        let at = format!("/w/xinglin/{number}");
        let form_at = format!("{at}/exclusion");

        // Whoever handles it is led there; the street, which nobody is above, is not.
        assert!(worker.get(&at).await.body.contains(&form_at));
        assert!(!officer.get(&at).await.body.contains(&form_at));
        assert_eq!(officer.get(&form_at).await.status, StatusCode::FORBIDDEN);
        let empty = worker.post(&form_at, &[("reason", "法院已经受理")]).await;
        wrong_at(&empty, &["class"], &["法院已经受理"]);
        let fields = [("class", "nothing_new"), ("reason", "法院已经受理")];
        let sent = worker.post(&form_at, &fields).await;
        assert_eq!(sent.location, format!("{at}#exclusion"), "{}", main_of(&sent.body));
        worker.post(&form_at, &fields).await;
        let id = ExclusionId::of(raised.matter);
        let row = exclusion(&office.db, ledger, id).await.unwrap().unwrap();
        assert_eq!(row.stage, ExclusionStage::Asked, "{}", store.engine());

        // It stands on the street's desk, and for everyone on the matter's page.
        let own = format!("/w/xinglin/n/{}", row.number);
        assert!(officer.get("/desk").await.body.contains(&own));
        assert!(!worker.get("/desk").await.body.contains(&own));
        let public = format!("/c/xinglin/m/{number}");
        let shown = visitor.get(&public).await.body;
        for part in ["待裁定，照常统计", "已办结且没有新情况", "法院已经受理"] {
            assert!(shown.contains(part), "{part}: {}", main_of(&shown));
        }

        // Another role rules, of another class; it is answered and evaluated as ever.
        let mine = [("grant-class", "legal_channel"), ("grant-reason", "已有法院通知")];
        assert_eq!(worker.post(&format!("{own}/grant"), &mine).await.status, StatusCode::FORBIDDEN);
        let page = officer.get(&own).await.body;
        assert!(page.contains("准予剔除，公开理由") && page.contains(&at), "{}", main_of(&page));
        assert_eq!(officer.post(&format!("{own}/grant"), &mine).await.location, own);
        let shown = visitor.get(&public).await.body;
        for part in ["已剔除，不计入三率", "准予剔除：应走法定渠道", "已有法院通知"]
        {
            assert!(shown.contains(part), "{part}: {}", main_of(&shown));
        }
        let reply = Reply { text: "等法院判决".to_owned(), word: String::new(), photos: vec![] };
        office.act(&here.worker, ledger, raised.matter, reply).await.unwrap();
        let holder = Actor::visitor().showing(Claim::Receipt);
        let said =
            Evaluation { solved: Solved::Yes, satisfaction: Satisfaction::Not, comment: String::new() };
        office.act(&holder, ledger, raised.receipt, Evaluate { said, contacted: None }).await.unwrap();

        // It is in no rate, and in the list of its class, in the file too.
        let rates = "/w/xinglin/figures/rates";
        let counted = worker.get(rates).await.body;
        assert!(counted.contains("剔除：法定渠道"), "{}", main_of(&counted));
        let behind = format!("{rates}/list?rate=satisfied&side=apart&why=excluded_legal_channel");
        let list = worker.get(&behind).await.body;
        assert!(list.contains(&at) && list.contains("剔除：法定渠道"), "{}", main_of(&list));
        let file = worker.get("/w/xinglin/figures/rates.csv").await.body;
        assert!(file.contains("剔除：法定渠道"), "{file}");
        assert!(visitor.get("/c/xinglin/figures").await.body.contains("剔除"));

        // Whoever raised it reads why, and has it ruled again, once, by somebody else.
        let receipt = format!("/r/xinglin/{}", raised.secret);
        let read = visitor.get(&receipt).await.body;
        assert!(read.contains("已有法院通知") && read.contains("不同意剔除"), "{}", main_of(&read));
        let again = format!("{receipt}/exclusion");
        assert_eq!(visitor.post(&again, &[]).await.location, format!("{receipt}#exclusion"));
        let counted = worker.get(rates).await.body;
        assert!(!counted.contains("剔除：法定渠道"), "it counts until then: {}", main_of(&counted));
        assert!(!officer.get(&own).await.body.contains(&format!("{own}/grant")), "not by who ruled first");
        let refuse = exclusion::Refuse { reason: "属于本级职责".to_owned() };
        let same = office.act(&here.officer, ledger, id, refuse.clone()).await.unwrap_err();
        assert!(matches!(&same, Failure::Refused(why) if why.denied() == Some(&Denied::Handler)), "{same}");
        office.act(&another(&here), ledger, id, refuse).await.unwrap();
        let shown = visitor.get(&public).await.body;
        assert!(
            shown.contains("反映人请求再次裁定") && shown.contains("属于本级职责"),
            "{}",
            main_of(&shown)
        );
        let read = visitor.get(&receipt).await.body;
        assert!(!read.contains("不同意剔除"), "once: {}", main_of(&read));
    }
}
