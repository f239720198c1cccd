//! Somebody leaves, a body or a place ends, matters are merged: whatever hung on it is there for
//! somebody afterwards, on both stores, and the laws of the books say so.

use super::market::{begin, order_id};
use super::office::{answer, evaluate, rebuilt_is_the_same, refused, said, to_worker};
use yishi_domain::dispatch::{self, Accept, Done, OrderKind, ReportIn};
use yishi_domain::evaluation::Solved;
use yishi_domain::matters::{HandOver, MatterId, MergeInto, StageKind, Triage, Unmerge};
use yishi_domain::meetings::{Adjourn, MeetingStep};
use yishi_domain::people::{self, GrantRole, RevokeRole};
use yishi_kernel::{AccountId, Actor, Heir, Holder, HolderKey, PlaceId, Role, StreamName};
use yishi_office::background::Driver;
use yishi_office::dispatch::reads::of_matter;
use yishi_office::matters::reads::{matter, root_of};
use yishi_office::people::reads::{account, organisation};
use yishi_office::places::reads::{place, poster_place};
use yishi_office::{Office, audit::Found};
use yishi_store::duty::{self, Duty};
use yishi_store::{Value, args};
use yishi_testkit::meetings::{DAY, open_meeting};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{Neighbourhood, TestStore, neighbourhood, stores};

async fn held(office: &Office, holder: &HolderKey) -> Vec<Duty> {
    duty::held(&office.db, std::slice::from_ref(holder), 1_000_000).await.unwrap()
}

/// That every law of the books holds.
pub async fn sound(office: &Office) {
    let found = office.audit().await.unwrap();
    assert!(found.iter().all(|law| law.holds), "{} {found:?}", office.db.engine());
    assert_eq!(found.len(), 19);
}

fn key(actor: &Actor) -> HolderKey {
    HolderKey::person(actor.account.unwrap())
}

fn worker_of(there: &Neighbourhood, actor: &Actor) -> Triage {
    Triage { person: actor.account, ..to_worker(there) }
}

async fn raise(office: &Office, there: &Neighbourhood, word: &str) -> MatterId {
    office.raise(&Actor::visitor(), raising(word, there.stairwells[0], "楼道灯坏了。")).await.unwrap().matter
}

fn leave(there: &Neighbourhood, heir: Heir) -> RevokeRole {
    RevokeRole { role: Role::CommunityWorker, place: there.community, heir }
}

fn work(matter: MatterId, holder: Holder, person: Option<AccountId>, office: &Office) -> dispatch::Send {
    let finish_by = office.now().plus_seconds(9 * DAY);
    let (task, acceptance) = ("换灯。".to_owned(), "亮了".to_owned());
    dispatch::Send {
        kind: OrderKind::Work,
        item: "repair".to_owned(),
        matter,
        task,
        acceptance,
        holder,
        person,
        finish_by,
    }
}

/// Rounds of what happens by itself.
async fn rounds(office: &Office) {
    Driver::OWN.begin(office).await.unwrap();
    for _ in 0..3 {
        Driver::OWN.round(office).await.unwrap();
    }
}

#[tokio::test]
async fn what_somebody_held_who_leaves_is_at_once_with_the_heir_or_at_the_desk() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, admin) = (there.community, &there.administrator);
        let colleague = there.colleague.account.unwrap();
        let [a, b, c] = [
            raise(office, &there, "a").await,
            raise(office, &there, "b").await,
            raise(office, &there, "c").await,
        ];
        for id in [a, b] {
            office.act(&there.worker, ledger, id, worker_of(&there, &there.colleague)).await.unwrap();
        }
        office.act(&there.worker, ledger, c, to_worker(&there)).await.unwrap();
        let own = Holder::Person(Role::CommunityWorker, ledger);
        let send = work(a, own, Some(colleague), office);
        let order = begin(office, &there.worker, ledger, (order_id("own"), send)).await.unwrap();
        office.act(&there.colleague, ledger, b, answer("修好了。")).await.unwrap();
        assert_eq!(held(office, &key(&there.colleague)).await.len(), 2);

        // To the desk of each thing; what was answered is closed there already.
        office.revoke(admin, colleague, leave(&there, Heir::Desk)).await.unwrap();
        assert!(held(office, &key(&there.colleague)).await.is_empty(), "{}", store.engine());
        let mut desk: Vec<String> =
            held(office, &HolderKey::desk(ledger)).await.into_iter().map(|one| one.stream).collect();
        desk.sort();
        let mut expected = [StreamName::from(a), b.into(), order.into()].map(|name| name.as_str().to_owned());
        expected.sort();
        assert_eq!(desk, expected, "{}", store.engine());
        sound(office).await;

        // What comes back to somebody who left comes to the desk as well.
        let receipt = office
            .raise(&Actor::visitor(), raising("b", there.stairwells[0], "楼道灯坏了。"))
            .await
            .unwrap()
            .receipt;
        evaluate(office, &Actor::visitor(), ledger, receipt, said(Solved::No, "")).await.unwrap();
        assert_eq!(matter(&office.db, ledger, b).await.unwrap().unwrap().stage, StageKind::InHand);
        assert!(held(office, &key(&there.colleague)).await.is_empty());
        sound(office).await;

        // Whoever is named takes over.
        let secretary = Holder::Person(Role::CommunitySecretary, ledger);
        let heir = Heir::Named(secretary, there.secretary.account);
        office.revoke(admin, there.worker.account.unwrap(), leave(&there, heir)).await.unwrap();
        let taken: Vec<_> =
            held(office, &key(&there.secretary)).await.into_iter().map(|one| one.stream).collect();
        assert_eq!(taken, [StreamName::from(c).as_str()], "{}", store.engine());
        // Nobody leaves an empty desk where something waits.
        let last = RevokeRole { role: Role::CommunitySecretary, ..leave(&there, Heir::Desk) };
        let alone = refused(office.revoke(admin, there.secretary.account.unwrap(), last).await);
        assert_eq!(alone, people::Refusal::LastAtDesk { things: 4 });
        sound(office).await;
        rebuilt_is_the_same(&store).await;
    }
}

#[tokio::test]
async fn thousands_of_things_pass_on_in_parts_and_a_role_whose_time_is_over_ends_by_itself() {
    const MANY: usize = 700;
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, admin) = (there.community, &there.administrator);
        let until = Some(office.now().plus_seconds(30 * DAY));
        let id = office.open_account(admin, ledger, "马前进", None).await.unwrap();
        let grant = GrantRole {
            role: Role::CommunityWorker,
            place: ledger,
            organisation: None,
            from: office.now(),
            until,
        };
        office.grant(admin, id, grant).await.unwrap();
        let triage = Triage { person: Some(id), ..to_worker(&there) };
        for n in 0..MANY {
            let raised = raise(office, &there, &format!("m{n}")).await;
            office.act(&there.worker, ledger, raised, triage.clone()).await.unwrap();
        }
        let own = HolderKey::person(id);
        let secretary =
            Heir::Named(Holder::Person(Role::CommunitySecretary, ledger), there.secretary.account);
        office.revoke(admin, id, leave(&there, secretary)).await.unwrap();
        let left = held(office, &own).await.len();
        assert!(left > 0 && left < MANY, "{left} of {MANY} are left to the job");
        rounds(office).await;
        assert_eq!(held(office, &own).await.len(), 0, "{}", store.engine());
        assert_eq!(held(office, &key(&there.secretary)).await.len(), MANY);

        // Nothing happens twice.
        let head = yishi_store::ledgers::head(&office.db, ledger).await.unwrap();
        rounds(office).await;
        assert_eq!(yishi_store::ledgers::head(&office.db, ledger).await.unwrap(), head);
        sound(office).await;

        // The steward's time is over, and nobody has said so.
        let one = raise(office, &there, "steward").await;
        let id = office.open_account(admin, ledger, "周小满", None).await.unwrap();
        let grant = GrantRole {
            role: Role::Steward,
            place: there.stairwells[0],
            organisation: None,
            from: office.now(),
            until: Some(office.now().plus_seconds(3 * DAY)),
        };
        office.grant(admin, id, grant).await.unwrap();
        let steward = Holder::Person(Role::Steward, there.building);
        office
            .act(
                &there.worker,
                ledger,
                one,
                Triage { holder: steward, person: Some(id), ..to_worker(&there) },
            )
            .await
            .unwrap();
        sound(office).await;
        office.clock.put(office.now().plus_seconds(4 * DAY));
        let broken: Vec<Found> = office.audit().await.unwrap().into_iter().filter(|law| !law.holds).collect();
        assert_eq!(broken.len(), 1, "{broken:?}");
        office
            .db
            .execute(vec![("delete from cursor where follower = 'pass-on-expired'", Vec::<Value>::new())])
            .await
            .unwrap();
        rounds(office).await;
        assert_eq!(held(office, &HolderKey::person(id)).await.len(), 0);
        sound(office).await;
    }
}

#[tokio::test]
async fn a_body_that_closes_leaves_what_it_held_and_its_people_their_roles() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, admin) = (there.community, &there.administrator);
        let [a, b] = [raise(office, &there, "a").await, raise(office, &there, "b").await];
        let property =
            Triage { holder: Holder::Organisation(there.property), person: None, ..to_worker(&there) };
        office.act(&there.worker, ledger, a, property).await.unwrap();
        office.act(&there.worker, ledger, b, to_worker(&there)).await.unwrap();
        let send = work(b, Holder::Organisation(there.property), None, office);
        let order = begin(office, &there.worker, ledger, (order_id("body"), send)).await.unwrap();
        office
            .act(&there.keeper, ledger, order, ReportIn { organisation: None, note: String::new() })
            .await
            .unwrap();
        let heir = Heir::Named(Holder::Organisation(there.market), None);
        office.close_organisation(admin, there.property, heir).await.unwrap();
        assert!(
            held(office, &HolderKey::organisation(there.property)).await.is_empty(),
            "{}",
            store.engine()
        );
        assert_eq!(held(office, &HolderKey::organisation(there.market)).await.len(), 2);
        let keeper = yishi_office::people::reads::actor(&office.db, there.keeper.account.unwrap())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(keeper.current(office.now()).count(), 0, "nobody acts for it any more");
        assert!(organisation(&office.db, there.property).await.unwrap().is_some(), "its name stays");
        office
            .act(&there.market_keeper, ledger, order, ReportIn { organisation: None, note: String::new() })
            .await
            .unwrap();
        sound(office).await;
        rebuilt_is_the_same(&store).await;
    }
}

#[tokio::test]
async fn whoever_chairs_may_leave_and_an_account_that_is_closed_opens_nothing() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, admin) = (there.community, &there.administrator);
        let one = raise(office, &there, "a").await;
        let (_, meeting) = open_meeting(office, &there, "a", &[one]).await;
        let secretary = there.secretary.account.unwrap();
        office.close_account(admin, secretary, Heir::Desk).await.unwrap();
        office.act(&there.worker, ledger, meeting, Adjourn { reason: "到会不足".to_owned() }).await.unwrap();
        let waits = duty::of_stream(&office.db, ledger, &meeting.into()).await.unwrap();
        assert_eq!(waits[0].step, MeetingStep::Confirm.word());
        assert_eq!(waits[0].holder.0, HolderKey::desk(ledger).as_str(), "{}", store.engine());
        sound(office).await;
        assert!(account(&office.db, secretary).await.unwrap().is_some());
        let own = refused(office.close_account(admin, admin.account.unwrap(), Heir::Desk).await);
        assert_eq!(own, people::Refusal::OwnAccount);
        let grant = GrantRole {
            role: Role::CommunityWorker,
            place: ledger,
            organisation: None,
            from: office.now(),
            until: None,
        };
        assert!(office.grant(admin, secretary, grant).await.is_err(), "a closed account gets no role");
    }
}

#[tokio::test]
async fn a_place_ends_with_all_that_lies_in_it_and_what_is_under_way_goes_on() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, admin) = (there.community, &there.administrator);
        let word = office.issue_poster(admin, there.stairwells[1]).await.unwrap();
        let raised = office
            .raise(&Actor::visitor(), raising("a", there.stairwells[1], "楼道灯坏了。"))
            .await
            .unwrap()
            .matter;
        let steward = Holder::Person(Role::Steward, there.building);
        let given = Triage { holder: steward, person: there.steward.account, ..to_worker(&there) };
        office.act(&there.worker, ledger, raised, given).await.unwrap();
        let still = refused(office.close_place(admin, ledger).await);
        assert_eq!(still.word(), "still-used");
        office.close_place(admin, there.compound).await.unwrap();
        for at in [there.compound, there.building, there.stairwells[1], there.households[5]] {
            assert!(place(&office.db, at).await.unwrap().unwrap().closed.is_some(), "{}", store.engine());
        }
        assert_eq!(poster_place(&office.db, &word).await.unwrap(), None);
        assert!(held(office, &key(&there.steward)).await.is_empty());
        assert_eq!(held(office, &HolderKey::desk(ledger)).await.len(), 1);
        assert!(office.raise(&Actor::visitor(), raising("b", there.stairwells[0], "又坏了")).await.is_err());
        office.act(&there.worker, ledger, raised, answer("修好了。")).await.unwrap();
        sound(office).await;
        rebuilt_is_the_same(&store).await;
    }
}

#[tokio::test]
async fn a_merged_matters_order_goes_on_and_shows_where_the_people_went() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let ledger = there.community;
        let [x, y] = [raise(office, &there, "x").await, raise(office, &there, "y").await];
        office.act(&there.worker, ledger, x, to_worker(&there)).await.unwrap();
        let send = work(x, Holder::Organisation(there.property), None, office);
        let order = begin(office, &there.worker, ledger, (order_id("x"), send)).await.unwrap();
        let row = async |id| matter(&office.db, ledger, id).await.unwrap().unwrap();
        let (before, promised) = (row(x).await, row(y).await.next.unwrap().1);
        office.act(&there.worker, ledger, x, MergeInto { into: y }).await.unwrap();
        assert_eq!(root_of(&office.db, ledger, x).await.unwrap(), Some(y));
        let whole = row(y).await;
        assert_eq!(whole.stage, StageKind::InHand, "{}", store.engine());
        assert_eq!(whole.next.unwrap().1, promised.min(before.next.unwrap().1));
        for id in [x, y] {
            assert_eq!(of_matter(&office.db, ledger, id).await.unwrap()[0].id, order, "both show it");
        }
        sound(office).await;
        let note = || "换好了。".to_owned();
        office
            .act(&there.keeper, ledger, order, ReportIn { organisation: None, note: note() })
            .await
            .unwrap();
        office.act(&there.keeper, ledger, order, Done { note: note(), photos: vec![] }).await.unwrap();
        office.act(&there.worker, ledger, order, Accept { note: note() }).await.unwrap();
        assert!(of_matter(&office.db, ledger, y).await.unwrap()[0].ended.is_some());
        office.act(&there.worker, ledger, x, Unmerge).await.unwrap();
        assert_eq!(row(x).await, before);
        assert_eq!((row(y).await.stage, row(y).await.next.unwrap().1), (StageKind::Raised, promised));

        // Whoever held it left while it was merged: it comes back to the desk.
        let give = HandOver {
            person: there.colleague.account,
            holder: Holder::Person(Role::CommunityWorker, ledger),
            reason: "转办".to_owned(),
        };
        office.act(&there.worker, ledger, x, give).await.unwrap();
        office.act(&there.worker, ledger, y, to_worker(&there)).await.unwrap();
        office.act(&there.worker, ledger, x, MergeInto { into: y }).await.unwrap();
        office
            .revoke(&there.administrator, there.colleague.account.unwrap(), leave(&there, Heir::Desk))
            .await
            .unwrap();
        office.act(&there.worker, ledger, x, Unmerge).await.unwrap();
        assert!(held(office, &key(&there.colleague)).await.is_empty());
        sound(office).await;
        rebuilt_is_the_same(&store).await;
    }
}

async fn spoil(store: &TestStore, sql: &'static str, ledger: PlaceId) -> Vec<Found> {
    store.office.db.execute(vec![(sql, args![ledger].to_vec())]).await.unwrap();
    store.office.audit().await.unwrap().into_iter().filter(|law| !law.holds).collect()
}

#[tokio::test]
async fn each_law_that_is_broken_by_hand_is_told() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let ledger = there.community;
        super::seldom::seldom(office, &there).await;
        let one = raise(office, &there, "closed").await;
        office.act(&there.worker, ledger, one, to_worker(&there)).await.unwrap();
        office.act(&there.worker, ledger, one, answer("修好了。")).await.unwrap();
        office.clock.put(office.now().plus_seconds(60 * DAY));
        office.act(&there.colleague, ledger, one, yishi_domain::matters::Close).await.unwrap();
        raise(office, &there, "open").await;
        voted(office, &there).await;
        sound(office).await;
        for (law, sql) in [
            ("is closed", "update matter set answered = null where ledger = ?1 and stage = 'closed'"),
            ("votes", "update ballot set choice = 'against' where ledger = ?1"),
            (
                "holder",
                "update duty set holder = 'organisation/00000000-0000-4000-8000-00000000dead' where ledger = ?1",
            ),
            ("streams say", "delete from duty where ledger = ?1"),
        ] {
            let broken = spoil(&store, sql, ledger).await;
            let told = broken.iter().find(|found| found.law.contains(law));
            assert!(
                told.is_some_and(|found| found.example.is_some() && found.checked > 0),
                "{law}: {broken:?}"
            );
            yishi_store::rebuild::rebuild(&office.db, &yishi_office::DERIVED).await.unwrap();
            sound(office).await;
        }
    }
}

/// A vote by phone that was counted.
async fn voted(office: &Office, there: &Neighbourhood) {
    use yishi_domain::meetings::{Cast, Choice, VoteMode, Voter};
    use yishi_testkit::meetings::{by_phone, motion};
    let one = raise(office, there, "vote").await;
    let (topic, meeting) = open_meeting(office, there, "vote", &[one]).await;
    let signed = [by_phone(office, there, meeting, "p1").await, by_phone(office, there, meeting, "p2").await];
    office.act(&there.worker, there.community, meeting, motion(topic, VoteMode::Phones)).await.unwrap();
    for (seat, choice) in signed.iter().zip([Choice::For, Choice::For]) {
        let cast = Cast { meeting, motion: 1, seat: seat.seat, choice, voter: Voter::Own };
        super::market::vote(office, &Actor::visitor(), there.community, cast).await.unwrap();
    }
    office.end_vote(&there.worker, there.community, meeting, 1).await.unwrap();
}
