//! Councils on pages, over both stores: keeping a roll, what everyone sees of it, and a meeting at
//! which its members vote and nobody else does.

use super::browser::Browser;
use super::meetings::{Phone, confirm_all, done, hidden, main_of, open, scene, topic, wrong_at};
use axum::http::StatusCode;
use yishi_domain::councils::{Council, Enrol, Found, MemberKind};
use yishi_office::Office;
use yishi_office::councils::council_of;
use yishi_office::councils::reads::council;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

/// The community's council with these members; its number.
pub async fn founded(office: &Office, here: &Neighbourhood, names: &[&str]) -> i64 {
    let (ledger, secretary) = (here.community, &here.secretary);
    let id = council_of(ledger);
    office.start(secretary, ledger, id, Found { place: ledger }).await.unwrap();
    for name in names {
        let (group, from) = (MemberKind::Delegate, office.now());
        let enrol = Enrol { group, name: (*name).to_owned(), part: None, from, until: None };
        office.act(secretary, ledger, id, enrol).await.unwrap();
    }
    council(&office.db, ledger, id).await.unwrap().unwrap().number
}

#[tokio::test(flavor = "multi_thread")]
async fn the_secretary_keeps_the_roll_and_everyone_sees_numbers_and_no_names() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let visitor = Browser::new(office);
        let secretary = visitor.signed_in(office, &here.secretary).await;
        let worker = visitor.signed_in(office, &here.worker).await;
        assert_eq!(worker.get("/w/xinglin/councils").await.status, StatusCode::FORBIDDEN);
        let place = here.community.to_string();
        wrong_at(&secretary.post("/w/xinglin/councils", &[]).await, &["place"], &[]);
        let begun = secretary.post("/w/xinglin/councils", &[("place", place.as_str())]).await;
        done(&begun);
        let page = begun.location;
        let enrol = |name: &'static str, group: &'static str, until: &'static str| {
            [
                ("enrol-name", name),
                ("enrol-group", group),
                ("enrol-part", ""),
                ("enrol-from", "2026-01-01"),
                ("enrol-until", until),
            ]
        };
        let path = format!("{page}/enrol");
        let wrong = secretary.post(&path, &enrol("", "nobody", "某天")).await;
        wrong_at(&wrong, &["enrol-name", "enrol-group", "enrol-until"], &["某天"]);
        wrong_at(
            &secretary.post(&path, &enrol("王芳", "delegate", "2025-01-01")).await,
            &["enrol-until"],
            &[],
        );
        done(&secretary.post(&path, &enrol("王芳", "party_delegate", "2099-12-31")).await);
        done(&secretary.post(&path, &enrol("李强", "delegate", "")).await);
        assert_eq!(worker.post(&path, &enrol("赵四", "delegate", "")).await.status, StatusCode::FORBIDDEN);
        let kept = secretary.get(&page).await.body;
        for text in ["王芳 · 党员代表", "李强 · 居民代表", "现有成员 2 人", "任期到"] {
            assert!(kept.contains(text), "{text}: {}", main_of(&kept));
        }
        let seen = visitor.get("/c/xinglin/councils").await.body;
        assert!(seen.contains("现有成员 2 人") && seen.contains("党员代表"), "{}", main_of(&seen));
        assert!(!seen.contains("王芳") && !seen.contains("李强"), "{}", main_of(&seen));
        // Who leaves stays on record, with the reason.
        let leave = [("leave-member", "2"), ("leave-why", "moved")];
        done(&secretary.post(&format!("{page}/leave"), &leave).await);
        let kept = secretary.get(&page).await.body;
        assert!(kept.contains("离任：搬离") && kept.contains("现有成员 1 人"), "{}", main_of(&kept));
        assert!(visitor.get("/c/xinglin/councils").await.body.contains("曾任成员 1 人"));
        // On their wish a name goes; that there was such a member stays.
        let erase = [("erase-whom", "2"), ("erase-reason", "asked"), ("erase-sure", "yes")];
        let gone = secretary.post(&format!("{page}/erase"), &erase).await;
        done(&gone);
        let loaded =
            office.load::<Council>(here.community, &council_of(here.community).into()).await.unwrap();
        let members = &loaded.get().unwrap().members;
        assert!(members[0].name.get().is_some() && members[1].name.get().is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_council_votes_its_members_do_and_residents_are_heard() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        founded(office, &here, &["王芳", "李强", "周梅"]).await;
        let mut scene = scene(office, &here).await;
        let (row, page, door) = open(office, &here, &mut scene).await;
        let notice = scene.visitor.get(&format!("/c/xinglin/g/{}", row.number)).await.body;
        assert!(notice.contains("议事会成员") && notice.contains("3 人"), "{}", main_of(&notice));
        // A slip for each member, with the name on it.
        let form = scene.worker.get(&page).await.body;
        let make = [("slips-form", hidden(&form, "slips-form")), ("slips-count", "1")];
        done(&scene.worker.post(&format!("{page}/slips"), &make).await);
        let sheet = scene.worker.get(&format!("{page}/slips")).await.body;
        let codes: Vec<&str> =
            sheet.split("slip-code\">").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
        assert!(codes.len() == 3 && sheet.contains("李强 · 居民代表"), "{}", main_of(&sheet));
        done(&scene.colleague.post(&format!("{page}/release"), &[("release-upto", "3")]).await);
        let member = Phone::new(&scene.visitor, 'a');
        let with = [("name", "王芳"), ("kind", "resident"), ("slip", codes[0])];
        done(&member.post(&door, &with).await);
        // A resident speaks and does not vote, whoever enters and confirms them.
        let form = scene.worker.get(&page).await.body;
        let enter = async |fields: &[(&str, &str)]| {
            let form = scene.worker.get(&page).await.body;
            let fields = [&[("register-form", hidden(&form, "register-form"))], fields].concat();
            scene.worker.post(&format!("{page}/register"), &fields).await
        };
        assert!(form.contains("李强 · 居民代表"), "{}", main_of(&form));
        done(&enter(&[("register-name", "李奶奶"), ("register-kind", "resident")]).await);
        assert!(!scene.colleague.get(&page).await.body.contains("admit-seat"));
        // A member without a phone is chosen from the roll, once.
        done(&enter(&[("register-member", "2")]).await);
        let twice = enter(&[("register-member", "2")]).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", main_of(&twice.body));
        let sits = enter(&[("register-member", "1")]).await;
        assert_eq!(sits.status, StatusCode::UNPROCESSABLE_ENTITY, "signed in by phone");
        confirm_all(&scene, &page).await;
        let id = topic(office, &here).await.id.to_string();
        let put =
            [("put-topic", id.as_str()), ("put-text", "换灯"), ("put-item", "repair"), ("put-mode", "hands")];
        done(&scene.worker.post(&format!("{page}/put"), &put).await);
        let room = scene.worker.get(&format!("{page}/room")).await.body;
        assert!(room.contains("本项名册 2 人"), "{}", main_of(&room));
    }
}
