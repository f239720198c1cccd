//! The page of a matter at work: its forms tell all that is wrong at once, keep what was typed,
//! and do nothing for whoever may not.

use super::browser::{Answer, Browser, kept, photo};
use super::dispatch::in_hand;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use yishi_domain::matters::{MatterId, StageKind};
use yishi_kernel::{Actor, PlaceId};
use yishi_office::Office;
use yishi_office::matters::RaisedMatter;
use yishi_office::matters::reads::{MatterRow, matter};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

async fn row(office: &Office, ledger: PlaceId, id: MatterId) -> MatterRow {
    matter(&office.db, ledger, id).await.unwrap().unwrap()
}

/// A matter that nobody has sorted, and the link of its page.
async fn unsorted(office: &Office, here: &Neighbourhood) -> (RaisedMatter, String) {
    let raised = office.raise(&Actor::visitor(), raising("work", here.building, "灯坏了")).await.unwrap();
    let number = row(office, raised.ledger, raised.matter).await.number;
    (raised, format!("/w/xinglin/{number}"))
}

/// Somebody of the community, as a form names who is to hold something.
fn to(here: &Neighbourhood, actor: &Actor) -> String {
    format!("person/community_worker/{}/{}", here.community, actor.account.unwrap())
}

/// That the page came back with these fields wrong, and no others.
fn told(answer: &Answer, fields: &[&str]) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    for field in fields {
        for part in [format!("href=\"#{field}\""), format!("id=\"{field}-error\"")] {
            assert!(answer.body.contains(&part), "no {part}");
        }
    }
    assert_eq!(answer.body.matches("class=\"error-text\"").count(), fields.len(), "{}", answer.body);
}

/// Whether the fold around this form is open.
fn is_open(page: &str, form: &str) -> bool {
    let before = page.split(&format!("<section class=\"card\" id=\"{form}\"")).next().unwrap();
    before.rsplit("<details").next().unwrap().starts_with(" open")
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_wrong_with_sorting_is_told_at_once_and_what_was_typed_stays() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, page) = unsorted(office, &here).await;
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let triage = format!("{page}/triage");
        let own = to(&here, &here.worker);

        // Nothing was chosen that must be.
        told(&worker.post(&triage, &[]).await, &["triage-outcome", "triage-category", "triage-holder"]);
        let reason = "电话 13800001111";
        let refused = [
            ("triage-outcome", "not_accepted"),
            ("triage-category", ""),
            ("triage-holder", own.as_str()),
            ("triage-text", reason),
        ];
        let answer = worker.post(&triage, &refused).await;
        told(&answer, &["triage-category", "triage-text"]);
        for kept in [format!(">{reason}</textarea>"), "value=\"not_accepted\" checked".to_owned()] {
            assert!(answer.body.contains(&kept), "{kept} is lost");
        }
        assert!(answer.body.contains(&format!("value=\"{own}\" selected")));
        assert_eq!(row(office, raised.ledger, raised.matter).await.stage, StageKind::Raised);

        // Without an answer it is only sorted.
        let sorted =
            [("triage-outcome", "public"), ("triage-category", "02"), ("triage-holder", own.as_str())];
        assert_eq!(worker.post(&triage, &sorted).await.location, page);
        let row = row(office, raised.ledger, raised.matter).await;
        assert_eq!((row.stage, row.category.as_str()), (StageKind::InHand, "02"));
        // Somebody was quicker: what was typed is there to be copied.
        let text = [&sorted[..], &[("triage-text", "灯换好了")]].concat();
        let late = worker.post(&triage, &text).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.body.contains("灯换好了</textarea>"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_leads_to_the_field_of_the_form_that_was_sent() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (_, number) = in_hand(office, &here, "fields").await;
        let page = format!("/w/xinglin/{number}");
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let (own, other, number) = (to(&here, &here.worker), to(&here, &here.colleague), number.to_string());
        for (word, sent, wrong) in [
            ("hand-over", &[("holder", other.as_str()), ("reason", "")][..], &["reason"][..]),
            ("hand-over", &[("holder", own.as_str()), ("reason", "他更熟")], &["holder"]),
            ("hand-over", &[("holder", "nobody"), ("reason", "301室的事")], &["holder", "reason"]),
            ("merge", &[("into", number.as_str())], &["into"]),
            ("merge", &[("into", "0")], &["into"]),
            ("merge", &[("into", "那一件")], &["into"]),
            ("summarise", &[("summary", " ")], &["summary"]),
        ] {
            let named = |field: &&str| format!("{word}-{field}");
            let names: Vec<String> = sent.iter().map(|(field, _)| named(field)).collect();
            let values: Vec<(&str, &str)> =
                names.iter().zip(sent).map(|(name, (_, value))| (name.as_str(), *value)).collect();
            let wrong: Vec<String> = wrong.iter().map(named).collect();
            let answer = worker.post(&format!("{page}/{word}"), &values).await;
            told(&answer, &wrong.iter().map(String::as_str).collect::<Vec<_>>());
            assert!(is_open(&answer.body, word), "{word} is folded up");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_that_is_none_and_a_text_that_may_not_be_are_told_at_once() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (_, number) = in_hand(office, &here, "photo").await;
        let page = format!("/w/xinglin/{number}");
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        for (word, text) in [("answer", "answer-text"), ("progress", "progress-note")] {
            let photo = format!("{word}-photos");
            let body = format!(
                "--part\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{}\r\n\
                 --part\r\nContent-Disposition: form-data; name=\"{text}\"\r\n\r\n请打13800001111\r\n\
                 --part\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"a.jpg\"\r\n\r\nx\r\n--part--\r\n",
                worker.token()
            );
            let request = Request::post(format!("{page}/{word}"))
                .header(header::CONTENT_TYPE, "multipart/form-data; boundary=part");
            let answer = worker.send(request, Body::from(body)).await;
            told(&answer, &[&photo, text]);
            assert!(answer.body.contains("请打13800001111</textarea>"));
        }
        // Kept photos go along with the form they came with, and with no other.
        let progress = format!("{page}/progress");
        let answer = worker.post_files(&progress, &[("progress-note", "")], &[photo(90)]).await;
        told(&answer, &["progress-note"]);
        let marked = kept(&answer.body);
        assert_eq!(marked.len(), 1);
        let (photo, _) = marked[0].split_once('-').unwrap();
        let done = [("progress-note", "换了灯泡"), ("photo", marked[0].as_str())];
        assert_eq!(worker.post_parts(&format!("{page}/progress"), &done).await.location, page);
        // Published once, by an act of its own.
        assert!(worker.get(&page).await.body.contains("公开这张照片"));
        let publish = format!("{page}/publish-photo");
        assert_eq!(worker.post(&publish, &[("publish", photo)]).await.location, page);
        assert!(!worker.get(&page).await.body.contains("公开这张照片"));
        let again = worker.post(&publish, &[("publish", photo)]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_is_told_so_before_anything_about_the_form() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, page) = unsorted(office, &here).await;
        let visitor = Browser::new(office);
        // The keeper holds nothing; the steward reads what is in the own stairwell only.
        for actor in [&here.keeper, &here.steward, &here.lamp_officer] {
            let browser = visitor.signed_in(office, actor).await;
            assert_eq!(browser.get(&page).await.status, StatusCode::FORBIDDEN);
            for word in ["triage", "hand-over", "summarise", "publish-photo", "close", "merge", "erase"] {
                let answer = browser.post(&format!("{page}/{word}"), &[]).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{word}");
            }
            for word in ["answer", "progress"] {
                let answer = browser.post_parts(&format!("{page}/{word}"), &[]).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{word}");
            }
        }
        // A worker steers, and does not erase.
        let worker = visitor.signed_in(office, &here.worker).await;
        assert!(!worker.get(&page).await.body.contains(&format!("{page}/erase")));
        let erase = [("erase-reason", "asked"), ("erase-sure", "yes")];
        assert_eq!(worker.post(&format!("{page}/erase"), &erase).await.status, StatusCode::FORBIDDEN);
        assert_eq!(row(office, raised.ledger, raised.matter).await.stage, StageKind::Raised);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_erased_before_that_is_confirmed() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (_, page) = unsorted(office, &here).await;
        let chief = Browser::new(office).signed_in(office, &here.secretary).await;
        let erase = format!("{page}/erase");
        assert!(!is_open(&chief.get(&page).await.body, "erase"));
        let answer = chief.post(&erase, &[("erase-reason", "asked")]).await;
        told(&answer, &["erase-sure"]);
        assert!(is_open(&answer.body, "erase") && answer.body.contains("灯坏了"));
        assert_eq!(
            chief.post(&erase, &[("erase-reason", "asked"), ("erase-sure", "yes")]).await.location,
            page
        );
        assert!(!chief.get(&page).await.body.contains("灯坏了"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merged_matter_goes_on_by_itself_again() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (_, carrier) = in_hand(office, &here, "carrier").await;
        let (_, page) = unsorted(office, &here).await;
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        // As a Chinese keyboard types it.
        let plain = carrier.to_string();
        let wide = plain.chars().filter_map(|c| char::from_u32(u32::from(c) + 0xfee0));
        let into = format!("＃{}", wide.collect::<String>());
        let merge = [("merge-into", into.as_str())];
        assert_eq!(worker.post(&format!("{page}/merge"), &merge).await.location, page);
        let merged = worker.get(&page).await.body;
        assert!(merged.contains("id=\"unmerge\"") && !merged.contains("id=\"merge\""));
        assert_eq!(worker.post(&format!("{page}/unmerge"), &[]).await.location, page);
        let alone = worker.get(&page).await.body;
        assert!(!alone.contains("id=\"unmerge\"") && alone.contains("id=\"merge\""));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_matter_may_be_merged_into_is_shown_and_looked_for() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (_, near) = in_hand(office, &here, "near").await;
        let elsewhere = raising("far", here.other_building, "楼顶漏水");
        let far = office.raise(&Actor::visitor(), elsewhere).await.unwrap();
        let far = row(office, far.ledger, far.matter).await.number;
        let (_, page) = unsorted(office, &here).await;
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let option = |n: i64| format!("name=\"merge-pick\" value=\"{n}\"");
        let body = worker.get(&page).await.body;
        // Those of the building first, each with what it is.
        let at = |body: &str, n: i64| body.find(&option(n)).unwrap_or_else(|| panic!("{n}: {body}"));
        assert!(at(&body, near) < at(&body, far), "{}", store.engine());
        assert!(body.contains(&format!("编号 {far} · 4号楼 · ")) && body.contains("楼顶漏水"));
        let path = format!("{page}/merge");
        let told_of = async |values: &[(&str, &str)], said: &str| {
            let answer = worker.post(&path, values).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.body.contains(said), "{said}");
            answer.body
        };
        let found = told_of(&[("merge-into", "4栋漏")], "请在上面选一件再归并").await;
        assert!(found.contains(&option(far)) && !found.contains(&option(near)), "{}", store.engine());
        assert!(found.contains("value=\"4栋漏\""), "what was typed stays");
        let none = told_of(&[("merge-into", "没有的词")], "没有找到还没答复").await;
        assert!(!none.contains("merge-pick"));
        told_of(&[("merge-into", "")], "请选一件，或者填编号").await;
        told_of(&[("merge-into", "999999")], "没有找到").await;
        let (one, other) = (far.to_string(), near.to_string());
        told_of(&[("merge-into", one.as_str()), ("merge-pick", other.as_str())], "请只留一个").await;
        let pick = [("merge-into", "4栋漏"), ("merge-pick", one.as_str())];
        assert_eq!(worker.post(&path, &pick).await.location, page);
        assert!(worker.get(&page).await.body.contains(&format!("/w/xinglin/{far}")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_at_a_contact_is_shown_once_recorded_and_only_the_lead_handlers() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let mut said = raising("contact", here.stairwells[1], "灯坏了");
        said.speaker.contact = "8765 4321".to_owned();
        let raised = office.raise(&Actor::visitor(), said).await.unwrap();
        let page = format!("/w/xinglin/{}", row(office, raised.ledger, raised.matter).await.number);
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let own = to(&here, &here.worker);
        let sorted =
            [("triage-outcome", "public"), ("triage-category", "02"), ("triage-holder", own.as_str())];
        assert_eq!(worker.post(&format!("{page}/triage"), &sorted).await.location, page);
        let path = format!("{page}/contact");
        let receipt = raised.receipt.to_string();
        let colleague = Browser::new(office).signed_in(office, &here.colleague).await;
        assert_eq!(colleague.post(&path, &[("receipt", &receipt)]).await.status, StatusCode::FORBIDDEN);
        assert!(!colleague.get(&page).await.body.contains(&path));
        assert!(worker.get(&page).await.body.contains(&path), "the way to look is there");
        let answer = worker.post(&path, &[("receipt", &receipt)]).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.contains("8765 4321") && answer.body.contains("已记入台账"));
        assert!(!worker.get(&page).await.body.contains("8765 4321"), "shown once");
        let looks = office
            .db
            .rows("select number from event where kind = 'receipt.contact_viewed.1'", &[])
            .await
            .unwrap();
        assert_eq!(looks.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sorted_or_placed_wrongly_is_mended_and_everyone_reads_why() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, number) = in_hand(office, &here, "work").await;
        let page = format!("/w/xinglin/{number}");
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        let shown = worker.get(&page).await.body;
        assert!(shown.contains("value=\"杏林南苑 3号楼\""), "it stands filled in: {shown}");
        let mend = format!("{page}/mend");
        let sent = |place, reason| {
            [
                ("mend-outcome", "public"),
                ("mend-category", "02"),
                ("mend-place", place),
                ("mend-reason", reason),
            ]
        };
        told(&worker.post(&mend, &sent("99号楼", "楼号写错了")).await, &["mend-place"]);
        // Two stairwells are called 1单元 or 2单元; which one is not guessed.
        let several = worker.post(&mend, &sent("单元", "楼号写错了")).await;
        told(&several, &["mend-place"]);
        assert!(several.body.contains("杏林南苑 3号楼 1单元；"), "{}", several.body);
        told(&worker.post(&mend, &sent("4号楼", " ")).await, &["mend-reason"]);
        let nothing = worker.post(&mend, &sent("", "没有错")).await;
        assert!(nothing.body.contains("没有改动"), "{}", nothing.body);
        let before = row(office, raised.ledger, raised.matter).await;
        let moved = worker.post(&mend, &sent("4号楼", "是4号楼的灯")).await;
        assert_eq!(moved.location, page, "{}", moved.body);
        let after = row(office, raised.ledger, raised.matter).await;
        assert_eq!(after.place, here.other_building);
        assert_eq!(after.next, before.next, "nothing is promised anew");
        let public = Browser::new(office).get(&format!("/c/xinglin/m/{number}")).await.body;
        assert!(public.contains("改正地点") && public.contains("是4号楼的灯"), "{public}");
        // It is found where it is now, and nowhere else.
        for (building, stands) in [(here.other_building, true), (here.building, false)] {
            let link = format!("/c/xinglin?around={}&building={building}", here.compound);
            let board = Browser::new(office).get(&link).await.body;
            assert_eq!(board.contains(&format!("/c/xinglin/m/{number}\"")), stands, "{board}");
        }
        let visitor = Browser::new(office).post(&mend, &sent("3号楼", "我来改")).await;
        assert!(visitor.location.starts_with("/signin?"), "{}", visitor.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_colleagues_tell_each_other_nobody_else_reads() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (raised, number) = in_hand(office, &here, "work").await;
        let page = format!("/w/xinglin/{number}");
        let worker = Browser::new(office).signed_in(office, &here.worker).await;
        told(&worker.post(&format!("{page}/note"), &[("note-memo", " ")]).await, &["note-memo"]);
        let memo = [("note-memo", "她下午三点以后才接电话")];
        let noted = worker.post(&format!("{page}/note"), &memo).await;
        assert_eq!(noted.location, page, "{}", noted.body);
        let colleague = Browser::new(office).signed_in(office, &here.colleague).await;
        assert!(colleague.get(&page).await.body.contains("她下午三点以后才接电话"));
        for link in [format!("/c/xinglin/m/{number}"), format!("/r/xinglin/{}", raised.secret)] {
            let shown = Browser::new(office).get(&link).await;
            assert_eq!(shown.status, StatusCode::OK, "{link}");
            assert!(!shown.body.contains("下午三点") && !shown.body.contains("内部备注"), "{link}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_left_a_telephone_is_contacted_first_and_nothing_waits_for_that() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let mut raise = raising("phone", here.building, "南门路灯不亮");
        raise.speaker.contact = "13800001111".to_owned();
        let raised = office.raise(&Actor::visitor(), raise).await.unwrap();
        super::dispatch::triage(office, &here, raised.ledger, raised.matter).await;
        let number = row(office, raised.ledger, raised.matter).await.number;
        let (silent, _) = in_hand(office, &here, "silent").await;
        let at = format!("/w/xinglin/{number}");
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;

        // It is the first step named on the desk; where nobody left a number it is not.
        let desk = worker.get("/desk").await.body;
        assert_eq!(desk.matches("先联系反映人").count(), 1, "{}: {desk}", store.engine());
        assert_eq!(silent.ledger, raised.ledger);
        let page = worker.get(&at).await.body;
        assert!(page.contains("反映人留了电话") && page.contains(&format!("{at}/answer")), "nothing waits");
        told(&worker.post(&format!("{at}/in-touch"), &[("in-touch-way", "")]).await, &["in-touch-way"]);
        let done = worker.post(&format!("{at}/in-touch"), &[("in-touch-way", "telephone")]).await;
        assert!(done.location.starts_with(&at), "{}", done.body);

        // Everyone reads that, and no number.
        let shown = visitor.get(&format!("/c/xinglin/m/{number}")).await.body;
        assert!(shown.contains("已联系反映人（打电话）") && !shown.contains("13800001111"), "{shown}");
        assert!(!worker.get("/desk").await.body.contains("先联系反映人"));
        let again = worker.get(&at).await.body;
        assert!(!again.contains("反映人留了电话") && again.contains("记录联系反映人"), "{again}");
    }
}
