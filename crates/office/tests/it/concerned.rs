//! Whom a matter is about keeps away from it (回避), on both stores: nothing of it is read,
//! handed over, erased, merged or gathered by them, and what goes to the street is the street's
//! alone. They say what they did where an order asks them to.

use super::market::begin;
use super::office::refused;
use uuid::Uuid;
use yishi_domain::dispatch::{self, Done, OrderId, OrderKind, ReportIn, Send, Withdraw};
use yishi_domain::matters::{
    self, Answer, Close, HandOver, Matter, MatterId, MergeInto, Outcome, Progress, Summarise, Triage,
};
use yishi_domain::people::GrantRole;
use yishi_domain::topics::{OpenTopic, TopicId};
use yishi_kernel::{
    Actor, CorrectReason, Denied, EraseReason, Holder, OrganisationId, PlaceId, Refusal, Role, Stream as _,
    ValueAt, may,
};
use yishi_office::matters::RaisedMatter;
use yishi_office::people::reads::actor;
use yishi_office::{Correcting, Failure, Office};
use yishi_testkit::neighbourhood::{joining, raising};
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

const DAY: i64 = 86_400;

/// Somebody with a role and no employer on file.
async fn unemployed(office: &Office, here: &Neighbourhood, role: Role, place: PlaceId) -> Actor {
    let id = office
        .open_account(&here.administrator, here.community, &format!("某人 {role:?}"), None)
        .await
        .unwrap();
    let grant = GrantRole { role, place, organisation: None, from: office.now(), until: None };
    office.grant(&here.administrator, id, grant).await.unwrap();
    actor(&office.db, id).await.unwrap().unwrap()
}

/// A complaint about a body, with a name and a number to call.
async fn complaint(office: &Office, here: &Neighbourhood, word: &str, about: OrganisationId) -> RaisedMatter {
    let mut raising = raising(word, here.stairwells[1], "办事大厅中午不开门，电话也没有人接。");
    raising.about = Some(about);
    raising.speaker.name = "李阿姨".to_owned();
    raising.speaker.contact = "8123 4567".to_owned();
    office.raise(&Actor::visitor(), raising).await.unwrap()
}

fn to(actor: &Actor, role: Role, at: PlaceId) -> Triage {
    Triage {
        outcome: Outcome::Public,
        category: "11".to_owned(),
        holder: Holder::Person(role, at),
        person: actor.account,
        reason: String::new(),
    }
}

fn order(office: &Office, matter: MatterId, body: OrganisationId) -> Send {
    Send {
        matter,
        kind: OrderKind::Work,
        task: "说明中午为什么不开门".to_owned(),
        acceptance: "有书面说明".to_owned(),
        holder: Holder::Organisation(body),
        person: None,
        finish_by: office.now().plus_seconds(5 * DAY),
    }
}

async fn entries(office: &Office) -> i64 {
    office.db.row("select count(*) from event", &[]).await.unwrap().unwrap().int(0).unwrap()
}

async fn reads(office: &Office, actor: &Actor, matter: &RaisedMatter) -> Result<Role, Denied> {
    let loaded = office.load::<Matter>(matter.ledger, &matter.matter.into()).await.unwrap();
    let path = office.path_of_matter(loaded.must().unwrap()).await.unwrap();
    may(actor, &matters::READ, &loaded.must().unwrap().resource(&path, actor), office.now())
}

/// Everything that somebody could try with a matter, and what it was refused for.
async fn tried(
    office: &Office,
    who: &Actor,
    here: &Neighbourhood,
    on: &RaisedMatter,
    other: MatterId,
) -> Vec<Refusal> {
    let (ledger, matter) = (on.ledger, on.matter);
    let note = "已经了解".to_owned();
    let hand_over = HandOver {
        holder: Holder::Person(Role::CommunityWorker, here.community),
        person: who.account,
        reason: "就近办理".to_owned(),
    };
    let summary = Summarise { summary: "办事时间".to_owned(), category: None };
    let progress = Progress { note: note.clone(), photos: Vec::new() };
    let answer = Answer { text: note.clone(), word: String::new(), photos: Vec::new() };
    let topic = OpenTopic {
        title: "办事时间".to_owned(),
        question: String::new(),
        category: "11".to_owned(),
        matters: vec![matter],
    };
    let value = ValueAt { version: 1, field: "summary".to_owned() };
    let correcting = Correcting { value, text: None, reason: CorrectReason::Harmful };
    let own = |result: Result<(), Failure>| refused(result);
    vec![
        own(office.act(who, ledger, matter, to(who, Role::CommunityWorker, here.community)).await),
        own(office.act(who, ledger, matter, hand_over).await),
        own(office.act(who, ledger, matter, summary).await),
        own(office.act(who, ledger, matter, progress).await),
        own(office.act(who, ledger, matter, answer).await),
        own(office.act(who, ledger, matter, Close).await),
        own(office.act(who, ledger, matter, MergeInto { into: other }).await),
        own(office.act(who, ledger, other, MergeInto { into: matter }).await),
        own(office.erase_matter(who, ledger, matter, EraseReason::Asked).await),
        own(office.correct(who, ledger, &matter.into(), &correcting).await),
        refused(office.view_contact(who, ledger, on.receipt).await),
        refused(office.join(who, ledger, matter, joining("me-too")).await),
        refused(begin(office, who, ledger, (TopicId(Uuid::from_u128(7)), topic)).await),
        refused(
            begin(office, who, ledger, (OrderId(Uuid::from_u128(8)), order(office, matter, here.lamps)))
                .await,
        ),
    ]
}

#[tokio::test]
async fn a_complaint_about_the_committee_is_the_streets_alone() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let ledger = here.community;
        let on = complaint(office, &here, "committee", here.committee).await;
        let other = office
            .raise(&Actor::visitor(), raising("other", here.building, "路灯坏了"))
            .await
            .unwrap()
            .matter;
        let without = unemployed(office, &here, Role::CommunityWorker, here.community).await;
        let grid = unemployed(office, &here, Role::GridSecretary, here.compound).await;
        let chief = unemployed(office, &here, Role::CommunitySecretary, here.community).await;
        let local = [&here.worker, &here.secretary, &without, &grid, &chief];

        // Before it is sorted, and while somebody of the street works on it.
        let street = &here.officer;
        for sorted in [false, true] {
            if sorted {
                let triage = to(street, Role::StreetOfficer, here.street);
                office.act(street, ledger, on.matter, triage).await.unwrap();
            }
            let before = entries(office).await;
            for who in local {
                assert_eq!(reads(office, who, &on).await, Err(Denied::Concerned));
                for why in tried(office, who, &here, &on, other).await {
                    let away = [Denied::Concerned, Denied::NotHolder].iter().any(|denied| why == *denied);
                    assert!(away || matches!(why.denied(), Some(Denied::Role { .. })), "{why:?}");
                }
            }
            let steward = reads(office, &here.steward, &on).await;
            assert_eq!(steward, Err(Denied::Concerned), "a steward is of the committee's office");
            assert_eq!(entries(office).await, before, "nothing was recorded");
        }
        assert_eq!(reads(office, street, &on).await, Ok(Role::StreetOfficer));

        // The street gives it to none of them.
        for (role, who) in [(Role::CommunityWorker, &without), (Role::CommunitySecretary, &here.secretary)] {
            let back = HandOver {
                holder: Holder::Person(role, here.community),
                person: who.account,
                reason: "就近办理".to_owned(),
            };
            let why = refused(office.act(street, ledger, on.matter, back).await);
            assert_eq!(why, matters::Refusal::HolderConcerned);
        }
        let why = refused(office.act(street, ledger, on.matter, MergeInto { into: other }).await);
        assert_eq!(why, matters::Refusal::MergeAbout);

        // It asks them by an order: they say what they did, and judge none of it.
        let asked = OrderId(Uuid::from_u128(9));
        begin(office, street, ledger, (asked, order(office, on.matter, here.committee))).await.unwrap();
        let report = || ReportIn { organisation: Some(here.committee), note: String::new() };
        let withdraw = Withdraw { reason: "不办了".to_owned() };
        let why = refused(office.act(&here.secretary, ledger, asked, withdraw).await);
        assert_eq!(why, Denied::Concerned);
        office.act(&without, ledger, asked, report()).await.unwrap();
        office
            .act(&here.worker, ledger, asked, Done { note: "中午有人值班".to_owned(), photos: Vec::new() })
            .await
            .unwrap();
        let accept = || dispatch::Accept { note: String::new() };
        for who in [&here.secretary, &chief, &grid] {
            let why = refused(office.act(who, ledger, asked, accept()).await);
            assert!(why == Denied::Concerned || matches!(why.denied(), Some(Denied::Role { .. })), "{why:?}");
        }
        office.act(street, ledger, asked, accept()).await.unwrap();
        let answer =
            Answer { text: "中午有人值班了".to_owned(), word: String::new(), photos: Vec::new() };
        office.act(street, ledger, on.matter, answer).await.unwrap();
        // Answered, the number is for whoever calls back; not for them.
        for who in local {
            let why = refused(office.view_contact(who, ledger, on.receipt).await);
            assert_eq!(why, Denied::Concerned);
        }
    }
}

#[tokio::test]
async fn what_is_about_a_person_that_person_does_not_reach() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (worker, keeper) = (&here.worker, &here.keeper);
        let mut about = Vec::new();
        for (word, person) in [("worker", worker), ("keeper", keeper), ("lamps", &here.lamp_officer)] {
            let mut raising = raising(word, here.building, "他态度很差。");
            raising.about_person = person.account;
            about.push(office.raise(&Actor::visitor(), raising).await.unwrap());
        }
        // What is about somebody of the committee's office goes to the street, as what is about the
        // committee; what is about somebody of a company is sorted here, and not by them.
        for who in [worker, &here.colleague, &here.secretary] {
            assert_eq!(reads(office, who, &about[0]).await, Err(Denied::Concerned));
            assert!(reads(office, who, &about[1]).await.is_ok());
        }
        let loaded = office.load::<Matter>(here.community, &about[0].matter.into()).await.unwrap();
        assert_eq!(loaded.must().unwrap().desk, here.street);
        assert!(reads(office, &here.officer, &about[0]).await.is_ok());
        let to_company = Triage {
            holder: Holder::Organisation(here.property),
            person: None,
            ..to(worker, Role::CommunityWorker, here.community)
        };
        let why = refused(office.act(worker, here.community, about[1].matter, to_company).await);
        assert_eq!(why, matters::Refusal::HolderConcerned);
        let elsewhere = to(worker, Role::CommunityWorker, here.community);
        office.act(worker, here.community, about[2].matter, elsewhere).await.unwrap();
        let why = order(office, about[2].matter, here.squad);
        let why = refused(
            begin(office, &here.lamp_officer, here.community, (OrderId(Uuid::from_u128(8)), why)).await,
        );
        assert!(why.denied().is_some());
    }
}

#[tokio::test]
async fn a_company_answers_to_an_order_and_not_to_the_one_who_complained() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (ledger, worker) = (here.community, &here.worker);
        let on = complaint(office, &here, "company", here.property).await;
        let other = office
            .raise(&Actor::visitor(), raising("other", here.building, "路灯坏了"))
            .await
            .unwrap()
            .matter;
        // Not the company's, however it is sorted.
        let to_company = Triage {
            holder: Holder::Organisation(here.property),
            person: None,
            ..to(worker, Role::CommunityWorker, ledger)
        };
        let why = refused(office.act(worker, ledger, on.matter, to_company).await);
        assert_eq!(why, matters::Refusal::HolderConcerned);
        office.act(worker, ledger, on.matter, to(worker, Role::CommunityWorker, ledger)).await.unwrap();
        let before = entries(office).await;
        for why in tried(office, &here.keeper, &here, &on, other).await {
            assert!(why.denied().is_some(), "{why:?}");
        }
        assert!(reads(office, &here.keeper, &on).await.is_err());
        assert_eq!(entries(office).await, before);
        let asked = OrderId(Uuid::from_u128(9));
        begin(office, worker, ledger, (asked, order(office, on.matter, here.property))).await.unwrap();
        let report = ReportIn { organisation: None, note: String::new() };
        office.act(&here.keeper, ledger, asked, report).await.unwrap();
    }
}
