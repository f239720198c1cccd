//! The numbers of the rules on pages, over both stores: everyone reads each with what lies below it and
//! why it was changed; whoever answers for a place changes it within what the rules leave open.

use super::browser::Browser;
use super::meetings::{hidden, main_of, wrong_at};
use axum::http::StatusCode;
use yishi_domain::rulebook::{ChangeId, Counted, DropNumber, SetNumber};
use yishi_office::Office;
use yishi_office::background::Driver;
use yishi_office::rulebook::reads::change;
use yishi_testkit::neighbourhood::form;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

/// The number of a change of the community's own, after one that was taken back.
pub async fn changed(office: &Office, here: &Neighbourhood) -> i64 {
    let number = "matters-public".to_owned();
    let (secretary, ledger) = (&here.secretary, here.community);
    let id = |word: &str| ChangeId(form(word).id("change"));
    let set = |count, reason: &str| SetNumber {
        number: number.clone(),
        counted: Counted::Days,
        count,
        source: "居民公约第四条".to_owned(),
        reason: reason.to_owned(),
    };
    office.start(secretary, ledger, id("change-1"), set(5, "大家等得久")).await.unwrap();
    office.lay(ledger).await.unwrap();
    let drop = DropNumber { number: number.clone(), reason: "试了一个月".to_owned() };
    office.start(secretary, ledger, id("change-2"), drop).await.unwrap();
    office.lay(ledger).await.unwrap();
    office.start(secretary, ledger, id("change-3"), set(6, "再短一天")).await.unwrap();
    office.lay(ledger).await.unwrap();
    change(&office.db, ledger, id("change-3")).await.unwrap().unwrap().number
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_changed_within_bounds_and_everyone_sees_what_lies_below_and_why() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        Driver::OWN.begin(office).await.unwrap();
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let officer = visitor.signed_in(office, &here.officer).await;
        let secretary = visitor.signed_in(office, &here.secretary).await;
        let (list, page) = ("/c/xinglin/numbers", "/c/xinglin/numbers/matters-public");
        let edit = "/w/xinglin/numbers/matters-public";

        // Everyone reads it; only whoever answers for the place is led to the form.
        let all = visitor.get(list).await.body;
        assert!(all.contains(page) && !all.contains("与通用规则不同"), "{}", main_of(&all));
        let one = visitor.get(page).await.body;
        for text in ["公共事务多久答复", "7天", "可以在1天到15天之间改", "这里没有改过"]
        {
            assert!(one.contains(text), "{text}: {}", main_of(&one));
        }
        assert!(!one.contains(edit) && !worker.get(page).await.body.contains(edit));
        assert_eq!(worker.get(edit).await.status, StatusCode::FORBIDDEN);
        assert!(secretary.get(page).await.body.contains(edit));
        assert_eq!(visitor.get("/c/xinglin/numbers/none-such").await.status, StatusCode::NOT_FOUND);

        // What is out of bounds or says nothing new comes back with what was typed.
        let shown = secretary.get(edit).await.body;
        let word = hidden(&shown, "form").to_owned();
        let typed = |count: &'static str, counted: &'static str| {
            let said = [("form", word.as_str()), ("count", count), ("counted", counted)];
            [said.as_slice(), &[("source", "居民公约第四条"), ("reason", "大家等得久")]].concat()
        };
        for (count, wrong) in [("16", "只能填1到15"), ("7", "没有改动"), ("", "")] {
            let refused = secretary.post(edit, &typed(count, "days")).await;
            wrong_at(&refused, &["count"], &["居民公约第四条", "大家等得久"]);
            assert!(refused.body.contains(wrong), "{count}: {}", main_of(&refused.body));
        }

        // It holds at once, in the list and on its page, with source and reason.
        let sent = secretary.post(edit, &typed("5", "working_days")).await;
        assert_eq!((sent.status, sent.location.as_str()), (StatusCode::SEE_OTHER, page));
        let one = visitor.get(page).await.body;
        for text in
            ["5个工作日", "7天", "由7天改为5个工作日", "依据：居民公约第四条", "原因：大家等得久", "杏林社区"]
        {
            assert!(one.contains(text), "{text}: {}", main_of(&one));
        }
        let all = visitor.get(list).await.body;
        assert!(all.contains("与通用规则不同的有1项") && all.contains("通用规则是7天"), "{}", main_of(&all));

        // The street's reaches its communities, which keep their own; its page says who has what.
        let of_street = "/w/qinghe/numbers/matters-private";
        let shown = officer.get(of_street).await.body;
        let word = hidden(&shown, "form").to_owned();
        let fields = [
            ("form", word.as_str()),
            ("count", "2"),
            ("counted", "days"),
            ("source", "街道办事规则"),
            ("reason", "邻里的事要快"),
        ];
        assert_eq!(officer.post(of_street, &fields).await.status, StatusCode::SEE_OTHER);
        Driver::OWN.round(office).await.unwrap();
        let below = visitor.get("/c/xinglin/numbers/matters-private").await.body;
        for text in ["清河街道", "2天", "3天", "通用规则"] {
            assert!(below.contains(text), "{text}: {}", main_of(&below));
        }
        let street = visitor.get("/c/qinghe/numbers").await.body;
        for text in ["各社区现行的规则", "杏林社区", "自己改了1项"] {
            assert!(street.contains(text), "{text}: {}", main_of(&street));
        }

        // Taken back, with a reason; nothing is left to take back then.
        let shown = secretary.get(edit).await.body;
        let word = hidden(&shown, "form").to_owned();
        let fields = [("form", word.as_str()), ("drop-reason", "按通用的办")];
        let dropped = format!("{edit}/drop");
        let empty = secretary.post(&dropped, &[("form", &word), ("drop-reason", "")]).await;
        wrong_at(&empty, &["drop-reason"], &[]);
        assert_eq!(secretary.post(&dropped, &fields).await.status, StatusCode::SEE_OTHER);
        let one = visitor.get(page).await.body;
        assert!(one.contains("取消了这里的改动") && one.contains("原因：按通用的办"), "{}", main_of(&one));
        assert!(!secretary.get(edit).await.body.contains("取消这里的改动"));
    }
}
