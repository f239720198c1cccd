//! Whoever keeps accounts becomes nobody else by it: links and roles leave entries, those that
//! weigh need two, and the person learns of them.

use super::browser::Browser;
use axum::http::StatusCode;
use yishi_domain::people::GrantRole;
use yishi_kernel::{AccountId, Actor, Role};
use yishi_office::Office;
use yishi_office::people::reads::{actor, changes_of};
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

const PASSWORD: &str = "a long enough sentence";

/// A second administrator of the street.
async fn second(office: &Office, here: &Neighbourhood) -> Actor {
    let id = office.open_account(&here.administrator, here.street, "另一管理员", None).await.unwrap();
    let (role, place) = (Role::Administrator, here.street);
    let grant = GrantRole { role, place, organisation: None, from: office.now(), until: None };
    office.grant(&here.administrator, id, grant).await.unwrap();
    actor(&office.db, id).await.unwrap().unwrap()
}

/// The word of the link that a page shows.
fn link(page: &str) -> Option<String> {
    Some(page.split("/invite/").nth(1)?.chars().take_while(char::is_ascii_alphanumeric).collect())
}

fn id_of(actor: &Actor) -> AccountId {
    actor.account.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_link_ends_those_before_and_one_that_is_used_ends_all() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let browser = Browser::new(office);
        let id = id_of(&here.keeper);
        let admin = browser.signed_in(office, &here.administrator).await;
        let people = format!("/admin/places/{}/people", here.community);
        let invite = async || {
            let page = admin.post(&format!("{people}/invite"), &[("account", &id.to_string())]).await;
            link(&page.body).unwrap()
        };
        let (first, second) = (invite().await, invite().await);
        assert_eq!(browser.get(&format!("/invite/{first}")).await.status, StatusCode::NOT_FOUND);
        let form = [("username", "luo"), ("password", PASSWORD)];
        let set = browser.post(&format!("/invite/{second}"), &form).await;
        assert_eq!(set.status, StatusCode::SEE_OTHER);
        let own = browser.keeping(&set);
        assert_eq!(own.get("/desk").await.status, StatusCode::OK);

        // A new link changes nothing by itself, and the name not even when it is used.
        let third = invite().await;
        assert_eq!(own.get("/desk").await.status, StatusCode::OK);
        let signed = browser.post("/signin", &[("username", "luo"), ("password", PASSWORD)]).await;
        assert_eq!(signed.status, StatusCode::SEE_OTHER);
        assert_eq!(signed.location, "/account?back=/desk", "the person learns of it");
        let told = browser.keeping(&signed).get(&signed.location).await;
        assert!(told.body.contains("别人改动了您的账号") && told.body.contains("信息员"), "{}", told.body);
        assert!(told.body.contains("href=\"/desk\""));
        let again = browser.post("/signin", &[("username", "luo"), ("password", PASSWORD)]).await;
        assert_eq!(again.location, "/desk", "once");
        let form = [("username", "other"), ("password", "another long sentence")];
        let set = browser.post(&format!("/invite/{third}"), &form).await;
        assert_eq!(set.status, StatusCode::SEE_OTHER);
        assert_eq!(own.get("/desk").await.status, StatusCode::SEE_OTHER, "sessions of before ended");
        assert_eq!(office.username(id).await.unwrap().as_deref(), Some("luo"));

        let officer = browser.signed_in(office, &here.officer).await;
        let seen = officer.get("/accounts").await;
        assert!(seen.body.contains("罗大川") && seen.body.contains("发了登录链接"), "{}", seen.body);
        let kinds: Vec<&str> =
            changes_of(&office.db, id, None).await.unwrap().rows.iter().map(|row| row.what.word()).collect();
        assert_eq!(
            kinds,
            ["credential_set", "invited", "credential_set", "invited", "invited", "granted", "opened"]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_used_by_many_at_once_lets_one_in() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let word = office.invite_by_machine(id_of(&here.keeper)).await.unwrap().word;
        let tries = (0..6).map(|n| {
            let (office, word) = (office.clone(), word.clone());
            tokio::spawn(async move { office.accept_invitation(&word, &format!("name{n}"), "hash").await })
        });
        let mut in_by_it = 0;
        for one in tries.collect::<Vec<_>>() {
            in_by_it += usize::from(one.await.unwrap().is_ok());
        }
        assert_eq!(in_by_it, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_alone_takes_over_whoever_steers_where_there_are_two() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let other = second(office, &here).await;
        let browser = Browser::new(office);
        let admin = browser.signed_in(office, &here.administrator).await;
        let confirmer = browser.signed_in(office, &other).await;
        let people = format!("/admin/places/{}/people", here.street);
        let officer = id_of(&here.officer).to_string();

        let asked = admin.post(&format!("{people}/invite"), &[("account", &officer)]).await;
        assert_eq!((asked.status, link(&asked.body)), (StatusCode::SEE_OTHER, None));
        let own = admin.post(&format!("{people}/confirm"), &[("account", &officer)]).await;
        assert!(own.status.is_client_error() && link(&own.body).is_none(), "{}", own.status);
        assert!(confirmer.get("/desk").await.body.contains("秦望舒"), "it waits on the other's desk");
        let confirmed = confirmer.post(&format!("{people}/confirm"), &[("account", &officer)]).await;
        let word = link(&confirmed.body).unwrap();
        assert_eq!(browser.get(&format!("/invite/{word}")).await.status, StatusCode::OK);

        // Nor does anyone give a role to oneself, whichever.
        let own = id_of(&here.administrator).to_string();
        for role in ["street_officer", "administrator"] {
            let place = here.street.to_string();
            let form = [("account", own.as_str()), ("role", role), ("at", &place)];
            let refused = admin.post(&format!("{people}/grant"), &form).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{role}");
            assert!(refused.body.contains("不能给自己授予角色"), "{role}");
        }
        // What was asked for can be declined, and then nothing waits.
        let place = here.street.to_string();
        let form = [("account", officer.as_str()), ("role", "administrator"), ("at", &place)];
        assert_eq!(admin.post(&format!("{people}/grant"), &form).await.status, StatusCode::SEE_OTHER);
        let waits = confirmer.get(&people).await.body;
        assert!(waits.contains("等另一位管理员复核") && waits.contains("信息员"), "{waits}");
        let declined = confirmer.post(&format!("{people}/decline"), &[("account", &officer)]).await;
        assert_eq!(declined.status, StatusCode::SEE_OTHER);
        let late = confirmer.post(&format!("{people}/confirm"), &[("account", &officer)]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        let held = actor(&office.db, id_of(&here.officer)).await.unwrap().unwrap();
        assert!(held.current(office.now()).all(|grant| grant.role != Role::Administrator));
    }
}
