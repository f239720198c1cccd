//! Photos on pages and in forms: pages show those that anyone may see, and none that is gone; a
//! form takes what it brought itself, whole, and no more than the rules take.

use super::browser::{Browser, kept, photo};
use super::dispatch::in_hand;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use std::time::{Duration, SystemTime};
use yishi_domain::matters::{Progress, PublishPhoto};
use yishi_kernel::{Actor, EraseReason, PhotoDigest};
use yishi_office::Office;
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
async fn an_empty_photo_is_told_and_no_photo_is_none() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (_, number) = in_hand(office, &here, "empty").await;
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let path = format!("/w/xinglin/{number}/progress");
        let fields = [("progress-note", "已去看过")];
        for files in [vec![Vec::new()], vec![photo(1), Vec::new()]] {
            let told = worker.post_files(&path, &fields, &files).await;
            assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", store.engine());
            assert!(told.body.contains("0 字节") && told.body.contains("已去看过"), "{}", told.body);
        }
        assert_eq!(worker.post_files(&path, &fields, &[]).await.status, StatusCode::SEE_OTHER);
    }
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
                office.erase_matter(&here.officer, ledger, raised.matter, EraseReason::Asked).await.unwrap();
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

const FORM: &str = "0190a1b2c3d43456789abcdefghjkmnpqrstuv";
const OTHER: &str = "0190a1b2c3d4456789abcdefghjkmnpqrstuvw";

/// How many files are kept.
async fn files(office: &Office) -> usize {
    let later = SystemTime::now() + Duration::from_secs(60);
    office.db.old_blobs(later, 10_000).await.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_names_the_photos_that_it_brought_and_nobody_elses() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let browser = Browser::new(office);
        let path = format!("/at/{}/raise", here.building);
        let long = "字".repeat(61);
        let wrong = [("form", FORM), ("text", "灯坏了"), ("contact", long.as_str())];
        let marked = kept(&browser.post_files(&path, &wrong, &[photo(1)]).await.body).remove(0);
        let (digest, _) = marked.split_once('-').unwrap();
        assert!(office.db.blob(digest).await.unwrap().is_some());
        // By its digest alone nobody has it, nor does another form, even with the mark.
        for (form, named) in [(FORM, digest), (OTHER, digest), (OTHER, marked.as_str())] {
            let fields = [("form", form), ("text", "灯坏了"), ("photo", named)];
            let refused = browser.post_files(&path, &fields, &[]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.body.contains("id=\"photos-error\"") && refused.body.contains("请重新选择"));
            assert!(refused.body.contains("灯坏了</textarea>") && kept(&refused.body).is_empty());
        }
        // Its own form has it for half an hour.
        let own = [("form", FORM), ("text", "灯坏了"), ("photo", marked.as_str())];
        office.clock.put(office.now().plus_seconds(31 * 60));
        let late = browser.post_files(&path, &own, &[]).await;
        assert!(late.body.contains("请重新选择") && kept(&late.body).is_empty());

        // Staff's photos are the account's.
        let (_, number) = in_hand(office, &here, "photo").await;
        let progress = format!("/w/xinglin/{number}/progress");
        let worker = browser.signed_in(office, &here.worker).await;
        let officer = browser.signed_in(office, &here.officer).await;
        let back = worker.post_files(&progress, &[("progress-note", "")], &[photo(2)]).await;
        let marked = kept(&back.body).remove(0);
        let done = [("progress-note", "换了灯泡"), ("photo", marked.as_str())];
        let others = officer.post_files(&progress, &done, &[]).await;
        assert!(others.location.is_empty() && kept(&others.body).is_empty());
        assert_eq!(worker.post_files(&progress, &done, &[]).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_photos_are_kept_than_a_form_takes_and_none_of_a_form_that_is_not_ours() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let browser = Browser::new(office);
        let before = files(office).await;
        let many: Vec<Vec<u8>> = (0..12).map(|n| photo(20 * n)).collect();
        let path = format!("/at/{}/raise", here.building);
        let refused = browser.post_files(&path, &[("form", FORM), ("text", "灯坏了")], &many).await;
        assert!(refused.body.contains("最多 3 张照片"), "{}", refused.body);
        assert_eq!(files(office).await, before + 3);

        let (_, number) = in_hand(office, &here, "photo").await;
        let before = files(office).await;
        let worker = browser.signed_in(office, &here.worker).await;
        let progress = format!("/w/xinglin/{number}/progress");
        let refused = worker.post_files(&progress, &[("progress-note", "换了灯泡")], &many[4..]).await;
        assert!(refused.body.contains("最多 3 张照片") && kept(&refused.body).len() == 3);
        assert_eq!(files(office).await, before + 3);

        let (before, file) = (files(office).await, String::from_utf8_lossy(&photo(255)).into_owned());
        let part = "--part\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"a.png\"\r\n\r\n";
        for origin in ["https://elsewhere.example", "http://yishi.test"] {
            let request = Request::post(&progress)
                .header(header::CONTENT_TYPE, "multipart/form-data; boundary=part")
                .header(header::ORIGIN, origin);
            let body = format!("{part}{file}\r\n--part--\r\n");
            assert_eq!(
                worker.send(request, Body::from(body)).await.status,
                StatusCode::FORBIDDEN,
                "{origin}"
            );
        }
        assert_eq!(files(office).await, before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_photo_is_asked_for_again_and_what_was_typed_stays() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let browser = Browser::new(office);
        let whole =
            image::RgbImage::from_fn(64, 64, |x, y| image::Rgb([x * 4, y * 4, x * y].map(|n| n as u8)));
        let mut jpeg = Vec::new();
        whole.write_to(&mut std::io::Cursor::new(&mut jpeg), image::ImageFormat::Jpeg).unwrap();
        jpeg.truncate(jpeg.len() * 2 / 3);
        let path = format!("/at/{}/raise", here.building);
        let refused = browser.post_files(&path, &[("form", FORM), ("text", "灯坏了")], &[jpeg]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("这张照片不完整") && refused.body.contains("灯坏了</textarea>"));
        assert!(refused.body.contains("accept=\"image/*\"") && refused.body.contains("JPG、PNG、WebP"));
    }
}
