//! From the floor: whoever is at a meeting raises a matter, by phone or through the recorder, and
//! has a receipt at once. Neither the agenda nor a running vote is touched by it.

use super::browser::Browser;
use super::meetings::{Phone, done, hidden, main_of, open, scene, slips, topic, wrong_at};
use axum::http::StatusCode;
use yishi_domain::matters::{Outcome, StageKind, Triage};
use yishi_domain::meetings::{Meeting, Vote};
use yishi_kernel::{Holder, Loaded};
use yishi_office::Office;
use yishi_office::matters::reads::{MatterRow, from_floor};
use yishi_office::meetings::reads::MeetingRow;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

async fn heard(office: &Office, here: &Neighbourhood, row: &MeetingRow) -> Vec<MatterRow> {
    from_floor(&office.db, here.community, row.id, None).await.unwrap().rows
}

async fn loaded(office: &Office, here: &Neighbourhood, row: &MeetingRow) -> Loaded<Meeting> {
    office.load::<Meeting>(here.community, &row.id.into()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_at_a_meeting_raises_a_matter_and_no_vote_is_touched() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let mut scene = scene(office, &here).await;
        let (row, page, door) = open(office, &here, &mut scene).await;
        let public = format!("/c/xinglin/g/{}", row.number);
        let asked = topic(office, &here).await.id.to_string();
        let put = [
            ("put-item", "repair"),
            ("put-topic", asked.as_str()),
            ("put-text", "换十盏节能灯"),
            ("put-mode", "phones"),
        ];
        let voter = Phone::new(&scene.visitor, 'v');
        let code = slips(&scene, &page).await.remove(0);
        let signed = voter.post(&door, &[("name", "马秀英"), ("kind", "resident"), ("slip", &code)]).await;
        done(&signed);
        done(&scene.worker.post(&format!("{page}/put"), &put).await);
        let before = loaded(office, &here, &row).await;
        assert!(before.get().unwrap().sitting.voting().is_some(), "a vote is under way");

        // By phone: from the door to the form, and a receipt at once.
        assert!(scene.visitor.get(&door).await.body.contains(&format!("{door}/raise")));
        let form = scene.visitor.get(&format!("{door}/raise")).await.body;
        let phone = Phone::new(&scene.visitor, 'c');
        let raise = format!("{door}/raise");
        let nothing = [("form", hidden(&form, "form")), ("text", " ")];
        wrong_at(&phone.post(&raise, &nothing).await, &["text"], &[]);
        assert!(heard(office, &here, &row).await.is_empty());
        let said = [("form", hidden(&form, "form")), ("text", "车棚充电桩坏了"), ("name", "许大姐")];
        let raised = phone.post(&format!("{door}/raise"), &said).await;
        done(&raised);
        assert_eq!(phone.post(&format!("{door}/raise"), &said).await.location, raised.location, "once");
        let receipt = scene.visitor.get(&raised.location).await.body;
        assert!(receipt.contains("会上提出") && receipt.contains("车棚充电桩坏了"), "{}", main_of(&receipt));

        // The recorder types one line for somebody without a phone, and prints a slip.
        let work = scene.worker.get(&page).await.body;
        let line = [
            ("floor-form", hidden(&work, "floor-form")),
            ("floor-text", "5号楼门口的灯不亮了"),
            ("floor-name", "钱爷爷"),
        ];
        let typed = scene.worker.post(&format!("{page}/floor"), &line).await;
        done(&typed);
        assert!(typed.location.starts_with(&format!("{page}/slip/")), "{}", typed.location);
        assert_eq!(scene.worker.post(&format!("{page}/floor"), &line).await.location, typed.location, "once");
        let all = heard(office, &here, &row).await;
        assert_eq!(all.len(), 2);
        let slip = scene.worker.get(&typed.location).await.body;
        for text in [&format!("编号 {}", all[1].number), "会上提出", "杏林南苑路灯议事会", "<svg"]
        {
            assert!(slip.contains(text), "{text}: {}", main_of(&slip));
        }
        let stranger = slip_of_another(&scene.worker, &page, &raised.location, &typed.location).await;
        assert_eq!(stranger, StatusCode::OK, "a phone's receipt can be printed as well");

        // It waits for sorting, at the meeting's place; what was under way is as it was.
        for one in &all {
            assert_eq!((one.stage, one.place), (StageKind::Raised, row.place));
        }
        let after = loaded(office, &here, &row).await;
        assert_eq!(after.version, before.version);
        assert_eq!(after.get().unwrap().agenda.topics, before.get().unwrap().agenda.topics);
        let sitting = &after.get().unwrap().sitting;
        assert_eq!(sitting.voting().map(|motion| motion.vote), Some(Vote::Open));

        // Everyone sees that it was said there, by number, and not in whose words.
        let shown = scene.visitor.get(&public).await.body;
        let board = scene.visitor.get("/c/xinglin").await.body;
        for one in &all {
            let link = format!("/c/xinglin/m/{}", one.number);
            assert!(shown.contains(&link) && board.contains(&link), "{link}");
            let own = scene.visitor.get(&link).await.body;
            assert!(own.contains(&public) && own.contains("会上提出"), "{}", main_of(&own));
        }
        for private in ["不亮了", "充电桩", "钱爷爷", "许大姐"] {
            assert!(!shown.contains(private) && !board.contains(private), "{private}");
        }
        let desk = scene.worker.get("/desk").await.body;
        assert!(desk.contains(&format!("/w/xinglin/{}", all[1].number)), "{}", main_of(&desk));

        // The minutes name them; what is sorted afterwards does not change what they say.
        let against = [("motion", "1"), ("choice", "against")];
        done(&scene.visitor.post(&format!("{}/vote", signed.location), &against).await);
        done(&scene.worker.post(&format!("{page}/end"), &[("end-motion", "1")]).await);
        done(
            &scene.worker.post(&format!("{page}/adjourn"), &[("adjourn-reason", "没有投票，下次再议")]).await,
        );
        let minutes = scene.visitor.get(&format!("{public}/minutes")).await.body;
        for one in &all {
            let line = format!("编号 {}（未分类）：会上提出", one.number);
            assert!(minutes.contains(&line), "{line}: {}", main_of(&minutes));
        }
        let triage = Triage {
            outcome: Outcome::Public,
            category: "02".to_owned(),
            holder: Holder::Desk(here.community),
            person: None,
            reason: String::new(),
        };
        office.act(&here.worker, here.community, all[0].id, triage).await.unwrap();
        let again = scene.visitor.get(&format!("{public}/minutes")).await.body;
        assert!(again.contains(&format!("编号 {}（未分类）", all[0].number)), "{}", main_of(&again));

        // The meeting is over, and so is raising there; nothing typed is lost.
        let word = "3".repeat(38);
        let late = [("form", word.as_str()), ("text", "还有一件事")];
        let late = phone.post(&raise, &late).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{}", main_of(&late.body));
        let late = scene.worker.post(&format!("{page}/floor"), &line).await;
        assert_ne!(late.status, StatusCode::OK);
        assert_eq!(heard(office, &here, &row).await.len(), 2);
    }
}

/// Prints the slip of a receipt by its secret.
async fn slip_of_another(worker: &Browser, page: &str, receipt: &str, other: &str) -> StatusCode {
    let secret = receipt.rsplit('/').next().and_then(|rest| rest.split('?').next()).unwrap();
    let wrong = format!("{page}/slip/{}", "x".repeat(26));
    assert_eq!(worker.get(&wrong).await.status, StatusCode::NOT_FOUND);
    assert_ne!(format!("{page}/slip/{secret}"), other);
    worker.get(&format!("{page}/slip/{secret}")).await.status
}
