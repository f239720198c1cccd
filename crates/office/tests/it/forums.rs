//! Statutory meetings: called only by numbers that stand confirmed in the street's ledger, and the
//! audit asks that of every store.

use super::endings::sound;
use super::market::begin as started;
use super::office::{rebuilt_is_the_same, refused};
use yishi_domain::meetings::{Call, Meeting, MeetingId, Refusal};
use yishi_domain::rulebook::{self, Confirm, ConfirmationId, Withdraw};
use yishi_domain::topics::TopicId;
use yishi_kernel::{Actor, Moment, PlaceId};
use yishi_office::rulebook::reads::{confirmation, last, of_forum};
use yishi_office::{Failure, Office};
use yishi_store::args;
use yishi_testkit::meetings::{DAY, calling, confirming, opening};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

/// A topic that waits for a meeting.
async fn begin(office: &Office, there: &Neighbourhood, word: &str) -> TopicId {
    let one = raising(&format!("forums-{word}"), there.building, "路灯坏了。");
    let raised = office.raise(&Actor::visitor(), one).await.unwrap();
    started(office, &there.worker, there.community, opening(word, &[raised.matter])).await.unwrap()
}

async fn call(office: &Office, there: &Neighbourhood, word: &str) -> Result<MeetingId, Failure> {
    let topic = begin(office, there, word).await;
    let starts = office.now().plus_seconds(9 * DAY);
    let (id, call) = calling(word, there, &[topic], starts);
    let call =
        Call { forum: "residents".to_owned(), entitled: Some(9), invited: vec![there.committee], ..call };
    office.start(&there.worker, there.community, id, call).await?;
    Ok(id)
}

async fn confirm(office: &Office, there: &Neighbourhood, word: &str) -> Result<ConfirmationId, Failure> {
    let (id, confirm) = confirming(word, "residents", office.now());
    office.start(&there.officer, there.street, id, confirm).await?;
    Ok(id)
}

async fn take_back(office: &Office, there: &Neighbourhood, id: ConfirmationId) -> Result<(), Failure> {
    let withdraw = Withdraw { reason: "对照的不是现行文本".to_owned() };
    office.act(&there.officer, there.street, id, withdraw).await
}

#[tokio::test]
async fn a_statutory_meeting_is_called_only_while_the_streets_confirmation_of_its_numbers_stands() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        assert_eq!(refused(call(office, &there, "居民一").await), Refusal::Unconfirmed);
        // The street's alone, and once for the same numbers.
        let (id, command) = confirming("worker", "residents", office.now());
        refused(office.start(&there.worker, there.street, id, command.clone()).await);
        let below = office.start(&there.officer, there.community, id, command).await;
        assert_eq!(refused(below), rulebook::Refusal::NotStreet);
        let (id, consultation) = confirming("none", "community", office.now());
        let none = office.start(&there.officer, there.street, id, consultation).await;
        assert_eq!(refused(none), rulebook::Refusal::NoStatute);
        let (id, ahead) = confirming("ahead", "residents", office.now().plus_seconds(2 * DAY));
        let ahead = office.start(&there.officer, there.street, id, ahead).await;
        assert_eq!(refused(ahead), rulebook::Refusal::ReadAhead);
        let first = confirm(office, &there, "first").await.unwrap();
        assert_eq!(refused(confirm(office, &there, "twice").await), rulebook::Refusal::Confirmed);
        // A village's forum is none of this community.
        let topic = begin(office, &there, "村").await;
        let (id, village) = calling("村", &there, &[topic], office.now().plus_seconds(11 * DAY));
        let village = Call { forum: "villagers".to_owned(), ..village };
        let village = office.start(&there.worker, there.community, id, village).await;
        assert_eq!(refused(village), Refusal::Forum);

        let meeting = call(office, &there, "居民二").await.unwrap();
        let loaded = office.load::<Meeting>(there.community, &meeting.into()).await.unwrap();
        let ground = loaded.get().unwrap().agenda.ground.clone().unwrap();
        assert_eq!((ground.street, ground.confirmation), (there.street, first));
        take_back(office, &there, first).await.unwrap();
        refused(take_back(office, &there, first).await);
        assert_eq!(refused(call(office, &there, "居民三").await), Refusal::Unconfirmed);
        let second = confirm(office, &there, "second").await.unwrap();
        call(office, &there, "居民四").await.unwrap();
        let rows = of_forum(&office.db, there.street, "residents", None).await.unwrap().rows;
        assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [second, first]);
        assert_eq!(last(&office.db, there.street, "residents").await.unwrap().unwrap().id, second);
        let row = confirmation(&office.db, there.street, first).await.unwrap().unwrap();
        assert_eq!(row.reason.as_deref(), Some("对照的不是现行文本"));
        sound(office).await;
        rebuilt_is_the_same(&store).await;
        audited(office, there.community, there.street, &ground.figures.to_string(), first).await;
    }
}

/// Whoever changes the books by hand so that a statutory meeting had no confirmation is told so.
async fn audited(office: &Office, ledger: PlaceId, street: PlaceId, figures: &str, first: ConfirmationId) {
    const OTHERWISE: &str =
        "update event set envelope = replace(envelope, ?3, ?4) where ledger = ?1 and kind = ?2";
    let (basis, confirmed) = ("meeting.basis_set.1", "forum.confirmed.1");
    let nobody = ConfirmationId(uuid::Uuid::from_u128(4)).to_string();
    let (first, other) = (first.to_string(), "0".repeat(64));
    let at = |moment: Moment| format!("\"time\":{}", moment.0);
    let row = confirmation(&office.db, street, first.parse().unwrap()).await.unwrap().unwrap();
    let (early, late) = (at(row.at), at(office.now().plus_seconds(DAY)));
    for (place, kind, from, to) in [
        (ledger, basis, first.as_str(), nobody.as_str()),
        (ledger, basis, figures, other.as_str()),
        (street, confirmed, figures, other.as_str()),
        (street, confirmed, "\"residents\"", "\"villagers\""),
        (street, confirmed, early.as_str(), late.as_str()),
    ] {
        office.db.execute(vec![(OTHERWISE, args![place, kind, from, to].to_vec())]).await.unwrap();
        let told = office.audit().await.unwrap();
        let law = told.iter().find(|found| found.law.contains("statutory meeting")).unwrap();
        assert!(!law.holds && law.example.is_some() && law.remedy.is_some(), "{from}: {law:?}");
        office.db.execute(vec![(OTHERWISE, args![place, kind, to, from].to_vec())]).await.unwrap();
    }
    sound(office).await;
}

/// A command that asks for it by another community's street finds nothing of this one's.
#[tokio::test]
async fn what_one_street_confirmed_says_nothing_for_another() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (id, command) = confirming("first", "residents", office.now());
        office.start(&there.officer, there.street, id, command).await.unwrap();
        let new = |slug: &str| yishi_office::places::NewLedger {
            slug: slug.to_owned(),
            host: "yishi.local".to_owned(),
        };
        let kind = yishi_domain::places::PlaceKind::Street;
        let far = office.found(kind, "北河街道", new("beihe")).await.unwrap();
        let confirm =
            Confirm { forum: "residents".to_owned(), read: "现行文本".to_owned(), on: office.now() };
        let foreign =
            office.start(&there.officer, far, ConfirmationId(uuid::Uuid::from_u128(9)), confirm).await;
        assert!(refused(foreign).denied().is_some());
        assert!(last(&office.db, far, "residents").await.unwrap().is_none());
    }
}
