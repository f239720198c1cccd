//! Lists that leave something out lead on to it, page by page, without scripts.

use super::browser::Browser;
use super::meetings::main_of;
use axum::http::StatusCode;
use yishi_kernel::Actor;
use yishi_office::matters::reads::matter;
use yishi_office::paging::PAGE;
use yishi_testkit::neighbourhood::{joining, raising};
use yishi_testkit::{neighbourhood, stores};

/// How often a text stands on each page of a list, from the first on.
async fn walked(browser: &Browser, first: &str, text: &str) -> Vec<usize> {
    let (mut found, mut next) = (Vec::new(), Some(first.to_owned()));
    while let Some(path) = next {
        let answer = browser.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let main = main_of(&answer.body);
        found.push(main.matches(text).count());
        let link = main.split("<a class=\"button second\" href=\"").skip(1);
        let link =
            link.filter_map(|link| link.split_once('"')).find(|(_, rest)| rest.starts_with(" rel=\"next\""));
        next = link.map(|(href, _)| href.replace("&amp;", "&"));
        assert!(found.len() < 9, "{path} leads round in a circle");
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_of_a_list_leaves_out_stands_on_the_next() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let visitor = Browser::new(office);
        let raised = office.raise(&Actor::visitor(), raising("m", here.building, "积水。")).await.unwrap();
        for n in 0..PAGE * 2 {
            let one = joining(&format!("many-{n}"));
            office.join(&Actor::visitor(), here.community, raised.matter, one).await.unwrap();
        }
        let number = matter(&office.db, here.community, raised.matter).await.unwrap().unwrap().number;
        let worker = visitor.signed_in(office, &here.worker).await;
        let of_matter = format!("/w/xinglin/{number}");
        assert_eq!(walked(&worker, &of_matter, "等待答复").await, [PAGE, PAGE, 1], "{}", store.engine());
        let wrong = worker.get(&format!("{of_matter}/receipts?after=nonsense")).await;
        assert_eq!(main_of(&wrong.body).matches("等待答复").count(), PAGE, "the first page");
        let receipts = format!("{of_matter}/receipts");
        assert_eq!(
            visitor.signed_in(office, &here.keeper).await.get(&receipts).await.status,
            StatusCode::FORBIDDEN
        );

        let say = |n: usize| raising(&format!("here-{n}"), here.stairwells[1], "楼道灯又不亮了");
        office.raise_all(&Actor::visitor(), here.building, (0..PAGE + 4).map(say)).await.unwrap();
        let steward = visitor.signed_in(office, &here.steward).await;
        let stairwell = format!("/stairwell/{}", here.stairwells[1]);
        assert_eq!(walked(&steward, &stairwell, "楼道灯又不亮了").await, [PAGE, 4], "{}", store.engine());
        let poster = office.issue_poster(&here.administrator, here.stairwells[1]).await.unwrap();
        let at_building = walked(&visitor, &format!("/q/{poster}"), "href=\"/c/xinglin/m/").await;
        assert_eq!(at_building, [PAGE, 5], "{}", store.engine());

        let keeper = visitor.signed_in(office, &here.administrator).await;
        let who = here.worker.account.unwrap();
        let before: usize = walked(&worker, "/account", "<li").await.iter().sum();
        for _ in 0..PAGE {
            office.invite(&here.administrator, who).await.unwrap();
        }
        let own = walked(&worker, "/account", "<li").await;
        assert_eq!((own.len(), own.iter().sum::<usize>()), (2, before + PAGE), "{}: {own:?}", store.engine());
        assert!(walked(&keeper, "/accounts", "<li").await.len() > 1);
    }
}
