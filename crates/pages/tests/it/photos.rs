//! Pages show the photos that anyone may see, and none that is gone.

use super::browser::Browser;
use axum::http::StatusCode;
use yishi_domain::matters::{Progress, PublishPhoto};
use yishi_kernel::{Actor, PhotoDigest};
use yishi_office::matters::reads::matter;
use yishi_office::topics::reads::topic;
use yishi_testkit::meetings::opening;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{neighbourhood, stores};

/// Links of the pictures on a page.
fn pictures(page: &str) -> Vec<&str> {
    let sources = page.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next());
    sources.filter_map(|source| source.strip_suffix("?small")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_photo_is_on_every_page_until_whoever_gave_it_is_erased() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (ledger, worker) = (here.community, &here.worker);
        let [said, seen] = [b"said", b"seen"].map(|photo| photo.to_vec());
        let said = PhotoDigest(office.db.put_blob(said).await.unwrap());
        let seen = PhotoDigest(office.db.put_blob(seen).await.unwrap());
        let mut one = raising("lamp", here.building, "我家门口的灯坏了");
        one.photos = vec![said.clone()];
        let raised = office.raise(&Actor::visitor(), one).await.unwrap();
        let progress = Progress { note: "已去看过".to_owned(), photos: vec![seen.clone()] };
        let (id, open) = opening("灯", &[raised.matter]);
        office.start(worker, ledger, id, open).await.unwrap();
        office.act(worker, ledger, raised.matter, progress).await.unwrap();
        for photo in [&said, &seen] {
            let publish = PublishPhoto { photo: photo.clone() };
            office.act(worker, ledger, raised.matter, publish).await.unwrap();
        }
        let own = matter(&office.db, ledger, raised.matter).await.unwrap().unwrap().number;
        let topic = topic(&office.db, ledger, id).await.unwrap().unwrap().number;
        let visitor = Browser::new(office);
        let staff = visitor.signed_in(office, worker).await;
        let links = [
            (&visitor, "/c/xinglin".to_owned()),
            (&visitor, format!("/c/xinglin/m/{own}")),
            (&visitor, format!("/c/xinglin/t/{topic}")),
            (&visitor, format!("/r/xinglin/{}", raised.secret)),
            (&staff, format!("/w/xinglin/{own}")),
        ];
        for erased in [false, true] {
            if erased {
                office.erase_matter(&here.officer, ledger, raised.matter).await.unwrap();
            }
            for (who, link) in &links {
                let page = who.get(link).await;
                assert_eq!(page.status, StatusCode::OK, "{link}");
                let pictures = pictures(&page.body);
                assert!(!pictures.is_empty(), "{}: {link}", store.engine());
                for picture in &pictures {
                    assert_eq!(who.get(picture).await.status, StatusCode::OK, "{link}: {picture}");
                }
                let shown = pictures.iter().any(|picture| picture.ends_with(&said.0));
                assert!(!(erased && shown), "{}: {link} shows what is gone", store.engine());
            }
            let public = visitor.get(&format!("/c/xinglin/m/{own}/photo/{}", said.0)).await.status;
            assert_eq!(public, if erased { StatusCode::NOT_FOUND } else { StatusCode::OK });
        }
    }
}
