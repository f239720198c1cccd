//! Whom a matter is about keeps away from it (回避), on both stores: nothing of it is read,
//! handed over, erased, merged or gathered by them, and what goes to the street is the street's
//! alone. They say what they did where an order asks them to. The same of all that follows from
//! it: orders, topics and meetings, whatever is merged or gathered later.

use super::market::{begin, order_id, vote};
use super::office::{rebuilt_is_the_same, refused};
use std::collections::BTreeSet;
use uuid::Uuid;
use yishi_domain::access::{Claim, Stage};
use yishi_domain::dispatch::{
    self, Ask, Done, Order, OrderId, OrderKind, ReportIn, Send, WhistleKind, Withdraw,
};
use yishi_domain::features::RIGHTS;
use yishi_domain::matters::{
    self, Answer, Close, HandOver, Matter, MatterId, MergeInto, Outcome, Progress, Summarise, Triage, Unmerge,
};
use yishi_domain::meetings::{
    self, Call, Cancel, Cast, Choice, Meeting, MeetingId, NewAction, Resolve, VoteMode, Voter, Way,
};
use yishi_domain::people::{GrantRole, RevokeRole};
use yishi_domain::topics::{self, Gather, OpenTopic, Topic, TopicId};
use yishi_kernel::{
    AccountId, Actor, CorrectReason, Denied, EraseReason, Heir, Holder, OrganisationId, PlaceId, Refusal,
    Resource, Role, Stream as _, StreamName, ValueAt, may,
};
use yishi_office::background::Driver;
use yishi_office::matters::RaisedMatter;
use yishi_office::people::reads::actor;
use yishi_office::{Correcting, Failure, Office, Viewed};
use yishi_testkit::meetings::{agreed, by_phone, calling, motion, open_meeting, opening};
use yishi_testkit::neighbourhood::{joining, raising};
use yishi_testkit::traces::standing;
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
        item: "repair".to_owned(),
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

/// A complaint that names a person, sorted and in the hands of somebody.
async fn naming(
    office: &Office,
    here: &Neighbourhood,
    word: &str,
    named: &Actor,
    by: &Actor,
) -> RaisedMatter {
    let mut raising = raising(word, here.building, "他说话很难听。");
    raising.about_person = named.account;
    let raised = office.raise(&Actor::visitor(), raising).await.unwrap();
    let grant = by.grants[0].clone();
    office.act(by, raised.ledger, raised.matter, to(by, grant.role, grant.place)).await.unwrap();
    raised
}

/// What somebody may do to a thing at any of its stages: nothing where they keep away from it.
async fn reach<S: Viewed>(
    office: &Office,
    who: &Actor,
    ledger: PlaceId,
    thing: impl Into<StreamName>,
) -> usize {
    let stream = thing.into();
    let loaded = office.load::<S>(ledger, &stream).await.unwrap();
    let state = loaded.must().unwrap();
    let path = office.path_at(S::lies_at(stream.id(), state).unwrap_or(ledger)).await.unwrap();
    let resource = state.resource(&path, who);
    let family = resource.stage.unwrap().family;
    let rights = RIGHTS.iter().flat_map(|(_, lists)| lists.iter()).flat_map(|rights| rights.iter());
    let mut found = BTreeSet::new();
    for right in rights.filter(|right| right.family == family) {
        let words = right.clauses.iter().flat_map(|clause| clause.stages.iter().copied());
        for stage in words.map(|word| Some(Stage { family, word })).chain([None]) {
            let here = Resource { stage, ..resource.clone() };
            let claims = [Claim::None, Claim::Receipt, Claim::Seat].map(|claim| who.showing(claim));
            if claims.iter().any(|who| may(who, right, &here, office.now()).is_ok()) {
                found.insert(right.word);
            }
        }
    }
    found.len()
}

/// What follows from a matter.
struct Followed {
    orders: [OrderId; 3],
    topic: TopicId,
    meeting: MeetingId,
}

impl Followed {
    async fn reached(&self, office: &Office, who: &Actor, ledger: PlaceId) -> Vec<usize> {
        let mut reached = Vec::new();
        for order in self.orders {
            reached.push(reach::<Order>(office, who, ledger, order).await);
        }
        reached.push(reach::<Topic>(office, who, ledger, self.topic).await);
        reached.push(reach::<Meeting>(office, who, ledger, self.meeting).await);
        reached
    }
}

/// Sends work, a letter and a whistle, opens a topic and calls its meeting; `n` tells one matter's
/// things from another's.
async fn followed(
    office: &Office,
    here: &Neighbourhood,
    n: u128,
    matter: MatterId,
    (by, table): (&Actor, [&Actor; 2]),
) -> Followed {
    let ledger = here.community;
    let work = order(office, matter, here.squad);
    let letter = Send { kind: OrderKind::Letter, ..order(office, matter, here.buses) };
    let whistle = Ask {
        item: "department".to_owned(),
        matter,
        whistle: WhistleKind::Hard,
        task: work.task.clone(),
        acceptance: work.acceptance.clone(),
        reason: "社区没有执法权".to_owned(),
        departments: Vec::new(),
        lead: here.squad,
        finish_by: work.finish_by,
    };
    let orders = ["work", "letter", "whistle"].map(|word| order_id(&format!("{word}-{n}")));
    begin(office, by, ledger, (orders[0], work)).await.unwrap();
    begin(office, by, ledger, (orders[1], letter)).await.unwrap();
    begin(office, by, ledger, (orders[2], whistle)).await.unwrap();
    let topic = TopicId(Uuid::from_u128(60 + n));
    begin(office, by, ledger, (topic, opening("named", &[matter]).1)).await.unwrap();
    let meeting = MeetingId(Uuid::from_u128(70 + n));
    begin(office, by, ledger, (meeting, call(office, here, topic, table))).await.unwrap();
    Followed { orders, topic, meeting }
}

fn call(office: &Office, here: &Neighbourhood, topic: TopicId, table: [&Actor; 2]) -> Call {
    let (_, call) = calling("named", here, &[topic], office.now().plus_seconds(6 * DAY));
    let [chair, recorder] = table.map(|one| one.account.unwrap());
    Call { chair, recorder, invited: vec![here.market], ..call }
}

#[tokio::test]
async fn whom_a_matter_names_has_no_right_over_anything_that_follows_from_it() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let ledger = here.community;
        let second = unemployed(office, &here, Role::StreetOfficer, here.street).await;
        let below = [&here.secretary, &here.colleague];
        // Somebody without any body on file, somebody of a department, somebody of the committee.
        let cases = [
            (&here.officer, &here.worker, below),
            (&here.lamp_officer, &here.worker, below),
            (&here.worker, &second, [&here.officer, &second]),
        ];
        for (n, (named, by, table)) in (0..).zip(cases) {
            let on = naming(office, &here, &format!("named-{n}"), named, by).await;
            let things = followed(office, &here, n, on.matter, (by, table)).await;
            let engine = store.engine();
            assert_eq!(reach::<Matter>(office, named, ledger, on.matter).await, 0, "{n} on {engine}");
            assert_eq!(things.reached(office, named, ledger).await, [0; 5], "{n} on {engine}");
            let reached = things.reached(office, by, ledger).await;
            assert!(reached.iter().all(|rights| *rights > 3), "so this proves something: {reached:?}");

            // Neither chair nor recorder, nor the one who calls the next one.
            let cancel = Cancel { reason: "改期".to_owned() };
            office.act(by, ledger, things.meeting, cancel).await.unwrap();
            let next = MeetingId(Uuid::from_u128(80 + n));
            for seats in [[named, table[1]], [table[0], named]] {
                let call = call(office, &here, things.topic, seats);
                let why = refused(begin(office, by, ledger, (next, call)).await);
                assert_eq!(why, meetings::Refusal::ChairConcerned, "{n}");
            }
            let own = call(office, &here, things.topic, table);
            assert!(refused(begin(office, named, ledger, (next, own)).await).denied().is_some());
        }
        rebuilt_is_the_same(&store).await;
    }
}

#[tokio::test]
async fn what_the_raiser_takes_back_does_not_free_the_accused_while_it_is_open() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (ledger, worker, named) = (here.community, &here.worker, &here.officer);
        let on = naming(office, &here, "named", named, worker).await;
        let things =
            followed(office, &here, 1, on.matter, (worker, [&here.secretary, &here.colleague])).await;
        office.erase_receipt(&here.secretary, ledger, on.receipt, EraseReason::Asked).await.unwrap();
        office.erase_matter(&here.secretary, ledger, on.matter, EraseReason::Asked).await.unwrap();
        let known = async || {
            let loaded = office.load::<Matter>(ledger, &on.matter.into()).await.unwrap();
            assert!(loaded.private::<String>(1, "text").is_none(), "what was said is gone");
            loaded.private::<AccountId>(1, "about_person")
        };
        Driver::OWN.round(office).await.unwrap();
        assert_eq!(known().await, named.account, "{}", store.engine());
        assert_eq!(reads(office, named, &on).await, Err(Denied::Concerned));
        assert_eq!(things.reached(office, named, ledger).await, [0; 5]);

        // Closed, nobody needs to know it any more.
        let answer = Answer { text: "已提醒".to_owned(), word: String::new(), photos: Vec::new() };
        office.act(worker, ledger, on.matter, answer).await.unwrap();
        office.clock.put(office.now().plus_seconds(60 * DAY));
        office.act(worker, ledger, on.matter, Close).await.unwrap();
        let forget = Driver::OWN.repeated.iter().find(|work| work.name() == "forget-whom").unwrap();
        forget.run(office).await.unwrap();
        assert_eq!(known().await, None, "{}", store.engine());
        assert_eq!(standing(&office.db, "说话很难听").await.len(), 0);
        rebuilt_is_the_same(&store).await;
    }
}

#[tokio::test]
async fn what_is_merged_and_gathered_later_counts_as_well() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (ledger, worker, named) = (here.community, &here.worker, &here.officer);
        let plain = async |word: &str| {
            let raised =
                office.raise(&Actor::visitor(), raising(word, here.building, "门口很吵")).await.unwrap();
            let triage = to(worker, Role::CommunityWorker, ledger);
            office.act(worker, ledger, raised.matter, triage).await.unwrap();
            raised.matter
        };
        let (matter, other) = (plain("plain").await, plain("other").await);
        let about = naming(office, &here, "named", named, worker).await.matter;
        let sent = begin(office, worker, ledger, (order_id("sent"), order(office, matter, here.squad)))
            .await
            .unwrap();
        let engine = store.engine();
        assert!(reach::<Order>(office, named, ledger, sent).await > 3);
        office.act(worker, ledger, matter, MergeInto { into: about }).await.unwrap();
        assert_eq!(reach::<Order>(office, named, ledger, sent).await, 0, "{engine}");
        assert_eq!(reach::<Matter>(office, named, ledger, matter).await, 0, "{engine}");
        office.act(worker, ledger, matter, Unmerge).await.unwrap();
        assert!(reach::<Order>(office, named, ledger, sent).await > 3, "{engine}");

        // What the accused works on is not carried by what is about them.
        let hand_over = HandOver {
            holder: Holder::Person(Role::StreetOfficer, here.street),
            person: named.account,
            reason: "请街道协调".to_owned(),
        };
        office.act(worker, ledger, matter, hand_over).await.unwrap();
        let why = refused(office.act(worker, ledger, matter, MergeInto { into: about }).await);
        assert_eq!(why, matters::Refusal::HolderConcerned);
        // Nor what one desk works on by what another one sees to.
        let committee = complaint(office, &here, "committee", here.committee).await.matter;
        let why = refused(office.act(&here.officer, ledger, other, MergeInto { into: committee }).await);
        assert_eq!(why, matters::Refusal::MergeDesk);

        // A topic knows what it gathers, and so does its meeting: whom that is about does not chair it.
        let topic = begin(office, worker, ledger, opening("named", &[other])).await.unwrap();
        let meeting = MeetingId(Uuid::from_u128(70));
        let chaired = call(office, &here, topic, [named, &here.colleague]);
        begin(office, worker, ledger, (meeting, chaired)).await.unwrap();
        let gather = || Gather { matters: vec![about] };
        let why = refused(office.act(worker, ledger, topic, gather()).await);
        assert_eq!(why, topics::Refusal::TableConcerned);
        office.act(worker, ledger, meeting, Cancel { reason: "改期".to_owned() }).await.unwrap();
        assert!(reach::<Topic>(office, named, ledger, topic).await > 3);
        office.act(worker, ledger, topic, gather()).await.unwrap();
        assert_eq!(reach::<Topic>(office, named, ledger, topic).await, 0, "{engine}");
        assert_eq!(reach::<Meeting>(office, named, ledger, meeting).await, 0, "{engine}");
        rebuilt_is_the_same(&store).await;
    }
}

/// A body that a meeting is about is heard there, and decides nothing.
#[tokio::test]
async fn a_body_that_was_invited_is_heard_and_nothing_else() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (ledger, worker, keeper) = (here.community, &here.worker, &here.market_keeper);
        let on = complaint(office, &here, "market", here.market).await;
        office.act(worker, ledger, on.matter, to(worker, Role::CommunityWorker, ledger)).await.unwrap();
        let topic = begin(office, worker, ledger, opening("market", &[on.matter])).await.unwrap();
        let meeting = MeetingId(Uuid::from_u128(70));
        let table = [&here.secretary, &here.colleague];
        begin(office, worker, ledger, (meeting, call(office, &here, topic, table))).await.unwrap();
        assert_eq!(reach::<Topic>(office, keeper, ledger, topic).await, 0, "{}", store.engine());
        let heard =
            meetings::Reply { organisation: here.market, coming: meetings::Coming::Yes, note: String::new() };
        office.act(keeper, ledger, meeting, heard).await.unwrap();
        assert_eq!(
            reach::<Meeting>(office, keeper, ledger, meeting).await,
            4,
            "reads, replies, signs in, speaks"
        );
    }
}

#[tokio::test]
async fn what_is_about_the_heir_passes_to_the_desk() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let (ledger, worker, named) = (here.community, &here.worker, &here.officer);
        let about = naming(office, &here, "named", named, worker).await.matter;
        let plain = naming(office, &here, "other", &here.lamp_officer, worker).await.matter;
        let heir = Heir::Named(Holder::Person(Role::StreetOfficer, here.street), named.account);
        let leave = RevokeRole { role: Role::CommunityWorker, place: ledger, heir };
        office.revoke(&here.administrator, worker.account.unwrap(), leave).await.unwrap();
        let holder = async |id: MatterId| {
            office.load::<Matter>(ledger, &id.into()).await.unwrap().must().unwrap().holder
        };
        assert_eq!(holder(about).await, Holder::Desk(ledger), "{}", store.engine());
        assert_eq!(holder(plain).await, Holder::Person(Role::StreetOfficer, here.street));
    }
}

/// An action is owed by no role in which all are concerned; by the body it may be.
#[tokio::test]
async fn no_action_of_a_resolution_is_owed_by_whom_it_concerns() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let ledger = here.community;
        let on = naming(office, &here, "named", &here.officer, &here.worker).await;
        let (topic, meeting) = open_meeting(office, &here, "named", &[on.matter]).await;
        let seat = by_phone(office, &here, meeting, "one").await.seat;
        office.act(&here.worker, ledger, meeting, motion(topic, VoteMode::Phones)).await.unwrap();
        let cast = Cast { meeting, motion: 1, seat, choice: Choice::For, voter: Voter::Own };
        vote(office, &Actor::visitor(), ledger, cast).await.unwrap();
        office.end_vote(&here.worker, ledger, meeting, 1).await.unwrap();
        let due = office.now().plus_seconds(20 * DAY);
        let owned = |owner: Holder| {
            let action = NewAction { owner, ..agreed("named", here.market, Way::Work, due) };
            Resolve { actions: vec![action], standard: String::new() }
        };
        let street = Holder::Person(Role::StreetOfficer, here.street);
        let why = refused(office.act(&here.worker, ledger, meeting, owned(street)).await);
        assert_eq!(why, meetings::Refusal::OwnerConcerned, "{}", store.engine());
        let worker = Holder::Person(Role::CommunityWorker, ledger);
        office.act(&here.worker, ledger, meeting, owned(worker)).await.unwrap();
    }
}
