//! Raising, for oneself and for a neighbour: all that is wrong is told at once, and nothing
//! that was sent is lost.

use super::browser::{Browser, kept, photo};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use yishi_kernel::Actor;
use yishi_office::matters::reads::{matter, receipts};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{neighbourhood, stores};

const FORM: &str = "0190a1b2c3d43456789abcdefghjkmnpqrstuv";

/// Whether all of these fields, and no others, are told to be wrong.
fn tells(page: &str, fields: &[&str]) -> bool {
    let told = |field: &&str| {
        page.contains(&format!("href=\"#{field}\"")) && page.contains(&format!("id=\"{field}-error\""))
    };
    fields.iter().all(told) && page.matches("\"error-text\"").count() == fields.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poster_and_a_place_that_are_over_lead_on_to_the_community() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let keeper = Browser::new(office).signed_in(office, &here.administrator).await;
        let visitor = Browser::new(office);
        let word = office.issue_poster(&here.administrator, here.stairwells[0]).await.unwrap();
        let lead_on = async |ways: &[String]| {
            for way in ways {
                let page = visitor.get(way).await;
                assert!(page.status.is_client_error(), "{way}: {}", page.status);
                assert!(page.body.contains("href=\"/c/xinglin/raise\""), "{way}: {}", page.body);
            }
        };
        let place =
            yishi_office::places::reads::place(&office.db, here.stairwells[0]).await.unwrap().unwrap();
        let poster = yishi_office::places::reads::posters(&office.db, &place).await.unwrap()[0].id;
        let revoke = format!("/admin/places/{}/poster/{poster}/revoke", here.stairwells[0]);
        assert!(keeper.post(&revoke, &[]).await.status.is_redirection());
        lead_on(&[format!("/q/{word}"), format!("/q/{word}/raise")]).await;
        let word = office.issue_poster(&here.administrator, here.other_building).await.unwrap();
        office.close_place(&here.administrator, here.other_building).await.unwrap();
        lead_on(&[format!("/at/{}/raise", here.other_building), format!("/q/{word}")]).await;
        // What never was leads nowhere.
        assert!(!visitor.get("/q/nothing").await.body.contains("/c/xinglin/raise"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_things_wrong_are_told_both_and_the_photo_that_came_is_kept() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let browser = Browser::new(office);
        let path = format!("/at/{}/raise", here.building);
        let long = "字".repeat(61);
        let fields = [("form", FORM), ("text", "楼道灯坏了三天"), ("contact", long.as_str())];
        let wrong = browser.post_files(&path, &fields, &[photo(1), b"no photo".to_vec()]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(tells(&wrong.body, &["photos", "contact"]), "{}", wrong.body);
        assert!(wrong.body.contains("楼道灯坏了三天</textarea>") && wrong.body.contains(&long));
        assert!(wrong.body.contains("已收到 1 张照片") && wrong.body.contains("<details open>"));
        let photos = kept(&wrong.body);
        assert_eq!(photos.len(), 1);

        let fields = [("form", FORM), ("text", "楼道灯坏了三天"), ("photo", photos[0].as_str())];
        let raised = browser.post_files(&path, &fields, &[]).await;
        assert_eq!(raised.status, StatusCode::SEE_OTHER, "{}", raised.body);
        let receipt = browser.get(&raised.location).await.body;
        let (digest, _) = photos[0].split_once('-').unwrap();
        assert!(receipt.contains(&format!("/photo/{digest}")), "{receipt}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_too_many_photos_the_first_ones_stay_and_the_form_can_be_sent() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let browser = Browser::new(office);
        let path = format!("/at/{}/raise", here.building);
        let four: Vec<Vec<u8>> = (1..=4).map(|n| photo(60 * n)).collect();
        let wrong = browser.post_files(&path, &[("form", FORM), ("text", "")], &four).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(tells(&wrong.body, &["photos"]) && wrong.body.contains("已收到 3 张照片"), "{}", wrong.body);
        let photos = kept(&wrong.body);
        let fields: Vec<(&str, &str)> = photos.iter().map(|photo| ("photo", photo.as_str())).collect();
        let raised = browser.post_files(&path, &[&[("form", FORM)], &fields[..]].concat(), &[]).await;
        assert_eq!(raised.status, StatusCode::SEE_OTHER, "{}", raised.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_steward_speaks_for_a_neighbour_who_agrees_and_hands_over_the_receipt() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let steward = Browser::new(office).signed_in(office, &here.steward).await;
        let stairwell = format!("/stairwell/{}", here.stairwells[1]);
        let path = format!("{stairwell}/raise");
        assert!(steward.get(&stairwell).await.body.contains(&path));
        let [own, elsewhere] = [here.households[3], here.households[0]].map(|home| home.to_string());
        let form = steward.get(&path).await.body;
        assert!(form.contains(&own) && !form.contains(&elsewhere));

        let long = "字".repeat(61);
        let full = [("form", FORM), ("text", "门口消防栓滴水"), ("home", own.as_str()), ("name", "赵奶奶")];
        let said = |home, name| {
            full.map(|(field, value)| match field {
                "home" => (field, home),
                "name" => (field, name),
                _ => (field, value),
            })
        };
        let wrong = steward.post_files(&path, &said(&elsewhere, &long), &[photo(1)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(tells(&wrong.body, &["home", "name", "consent"]), "{}", wrong.body);
        assert!(wrong.body.contains("门口消防栓滴水</textarea>"));
        assert_eq!(kept(&wrong.body).len(), 1);

        let agreed = [&full[..], &[("consent", "yes")]].concat();
        let raised = steward.post_files(&path, &agreed, &[]).await;
        assert_eq!(raised.status, StatusCode::SEE_OTHER, "{}", raised.body);
        assert_eq!(steward.post_files(&path, &agreed, &[]).await.location, raised.location, "once");
        let paper = steward.get(&raised.location).await.body;
        assert!(
            paper.contains("周桂兰") && !paper.contains("赵奶奶") && !paper.contains("消防栓"),
            "{paper}"
        );
        let secret = raised.location.rsplit('/').next().unwrap();
        let receipt = Browser::new(office).get(&format!("/r/xinglin/{secret}")).await;
        assert_eq!(receipt.status, StatusCode::OK);
        assert!(receipt.body.contains("门口消防栓滴水"));
        assert!(steward.get(&stairwell).await.body.contains("门口消防栓滴水"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_neighbour_without_a_home_counts_alone() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let steward = Browser::new(office).signed_in(office, &here.steward).await;
        let path = format!("/stairwell/{}/raise", here.stairwells[1]);
        for form in [FORM, "0190a1b2c3d4456789abcdefghjkmnpqrstuvw"] {
            let fields = [("form", form), ("text", "灯坏了"), ("home", ""), ("consent", "yes")];
            assert_eq!(steward.post_files(&path, &fields, &[]).await.status, StatusCode::SEE_OTHER);
        }
        let counted = "select count(distinct supporter) from receipt where proof = 'neighbour'";
        assert_eq!(office.db.row(counted, &[]).await.unwrap().unwrap().int(0).unwrap(), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_device_joins_once_and_is_told_so() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let raised = office.raise(&Actor::visitor(), raising("join", here.building, "灯坏了")).await.unwrap();
        let number = matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap().number;
        let path = format!("/c/xinglin/m/{number}/join");
        let browser = Browser::new(office);
        let join = async |form: &str, name: &str| {
            let request = Request::post(&path)
                .header(header::COOKIE, "device=wxyzwxyzwxyzwxyzwxyzwxyzwx")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            let name = yishi_web::encoded(name);
            browser.send(request, Body::from(format!("form={form}&name={name}&contact={name}"))).await
        };
        let long = "字".repeat(61);
        let wrong = join(FORM, &long).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(tells(&wrong.body, &["name", "contact"]) && wrong.body.contains("<details open>"));
        let joined = join(FORM, "李阿姨").await;
        assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.body);
        assert_eq!(join(FORM, "李阿姨").await.location, joined.location, "the same form, the same receipt");
        let again = join("0190a1b2c3d4456789abcdefghjkmnpqrstuvw", "李阿姨").await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        assert!(again.body.contains("notice bad") && again.body.contains("value=\"李阿姨\""));
        assert_eq!(receipts(&office.db, raised.ledger, raised.matter, None).await.unwrap().rows.len(), 2);
    }
}
