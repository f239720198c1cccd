//! Who may vote, on both stores: the attacks of somebody with the room's code and many phones,
//! and of one worker alone with many names; slips, a second person, leaving, and counting anew.

use super::market::vote;
use super::office::{refused, seal_and_verify};
use tokio::task::JoinSet;
use yishi_domain::meetings::{
    Admit, Admitting, Cast, Choice, EnterHands, IssueSlips, Leave, Meeting, MeetingId, Passed, Refusal,
    ReleaseSlips, Resolve, Returns, Seat, SeatKind, SignedIn, Strike, Vote, VoteMode, Voter, Way,
};
use yishi_domain::topics::{Topic, TopicId, TopicStage};
use yishi_kernel::{Actor, Claim};
use yishi_office::Office;
use yishi_office::meetings::{reads, slips};
use yishi_testkit::meetings::{
    DAY, agreed, by_phone, by_register, fresh_slip, motion, open_meeting, signing,
};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{Neighbourhood, TestStore, neighbourhood, stores};

async fn room(office: &Office, there: &Neighbourhood) -> (TopicId, MeetingId) {
    let dark = office.raise(&Actor::visitor(), raising("dark", there.compound, "太黑。")).await.unwrap();
    open_meeting(office, there, "市场", &[dark.matter]).await
}

async fn result(office: &Office, there: &Neighbourhood, id: MeetingId) -> ([u64; 4], Passed) {
    let loaded = office.load::<Meeting>(there.community, &id.into()).await.unwrap();
    match loaded.get().unwrap().sitting.motions.last().unwrap().vote {
        Vote::Counted(counts, passed) => {
            ([counts.present, counts.in_favour, counts.against, counts.abstain], passed)
        }
        other => panic!("{other:?}"),
    }
}

/// Everything holds, sealed and audited.
async fn sound(store: &TestStore) {
    let told = store.office.audit().await.unwrap();
    assert!(told.iter().all(|law| law.holds), "{}: {told:?}", store.engine());
    seal_and_verify(store).await;
}

#[tokio::test]
async fn sixty_invented_phones_with_the_rooms_code_have_no_vote() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (topic, id) = room(office, &there).await;
        let (ledger, visitor) = (there.community, Actor::visitor());
        let honest = by_phone(office, &there, id, "honest").await.seat;
        let mut seats = Vec::new();
        for n in 0..60 {
            let one = signing(&format!("x{n}"), SeatKind::Resident, SignedIn::Phone);
            seats.push(office.sign_in(&visitor, ledger, id, one).await.unwrap().seat);
        }
        assert_eq!(reads::present(&office.db, ledger, id).await.unwrap(), 1, "{}", store.engine());
        office.act(&there.worker, ledger, id, motion(topic, VoteMode::Phones)).await.unwrap();
        let cast = |seat, choice| Cast { meeting: id, motion: 1, seat, choice, voter: Voter::Own };
        for seat in seats {
            let none = refused(vote(office, &visitor, ledger, cast(seat, Choice::Against)).await);
            assert_eq!(none, Refusal::NoSeat);
        }
        // Nor with a code that somebody guesses.
        for guess in ["1-0000-0000", "60-ABCD-EFGH", "票条", ""] {
            let mut one = signing(guess, SeatKind::Resident, SignedIn::Phone);
            one.slip = Some(guess.to_owned());
            assert_eq!(refused(office.sign_in(&visitor, ledger, id, one).await), Refusal::SlipUnknown);
        }
        vote(office, &visitor, ledger, cast(honest, Choice::For)).await.unwrap();
        office.end_vote(&there.worker, ledger, id, 1).await.unwrap();
        assert_eq!(result(office, &there, id).await, ([1, 1, 0, 0], Passed::Yes));
        sound(&store).await;
    }
}

#[tokio::test]
async fn one_worker_alone_with_seventy_names_and_seventy_slips_votes_for_nobody() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (topic, id) = room(office, &there).await;
        let (ledger, worker, visitor) = (there.community, &there.worker, Actor::visitor());
        by_phone(office, &there, id, "honest").await;
        let mut seats = Vec::new();
        for n in 0..70 {
            let one = signing(&format!("n{n}"), SeatKind::Resident, SignedIn::Register);
            let seat = office.sign_in(worker, ledger, id, one).await.unwrap().seat;
            let own = office.act(worker, ledger, seat, Admit { by: Admitting::Second }).await;
            assert_eq!(refused(own), Refusal::SecondPerson);
            seats.push(seat);
        }
        // Slips that the same worker makes hold only once somebody else has seen them go out.
        let before = office.load::<Meeting>(ledger, &id.into()).await.unwrap();
        let before = before.get().unwrap().sitting.slips.issued();
        let issue = IssueSlips { count: 70, word: "a word".to_owned() };
        office.act(worker, ledger, id, issue).await.unwrap();
        let release = ReleaseSlips { upto: before + 70 };
        assert_eq!(refused(office.act(worker, ledger, id, release).await), Refusal::SecondPerson);
        let loaded = office.load::<Meeting>(ledger, &id.into()).await.unwrap();
        let own = slips::slips(id, loaded.get().unwrap());
        for slip in own.iter().filter(|slip| slip.number > before) {
            let mut one = signing(&slip.code, SeatKind::Resident, SignedIn::Phone);
            one.slip = Some(slip.code.clone());
            assert_eq!(refused(office.sign_in(&visitor, ledger, id, one).await), Refusal::SlipWaits);
        }
        assert_eq!(reads::present(&office.db, ledger, id).await.unwrap(), 1);
        office.act(worker, ledger, id, motion(topic, VoteMode::Phones)).await.unwrap();
        for seat in seats {
            let cast = Cast { meeting: id, motion: 1, seat, choice: Choice::For, voter: Voter::Worker };
            assert_eq!(refused(office.vote(worker, ledger, cast).await), Refusal::NoSeat);
        }
        office.end_vote(worker, ledger, id, 1).await.unwrap();
        assert_eq!(result(office, &there, id).await, ([1, 0, 0, 0], Passed::No), "{}", store.engine());
        sound(&store).await;
    }
}

#[tokio::test]
async fn a_slip_works_once_and_whoever_keeps_the_register_sees_the_second_try() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (_, id) = room(office, &there).await;
        let (ledger, visitor) = (there.community, Actor::visitor());
        let slip = fresh_slip(office, &there, id).await;
        // As people type it.
        let typed = format!(" {} ", slip.to_lowercase().replace('-', " ").replace('0', "o"));
        let with = |word: &str, code: &str| {
            let mut one = signing(word, SeatKind::Observer, SignedIn::Phone);
            one.slip = Some(code.to_owned());
            one
        };
        let first = office.sign_in(&visitor, ledger, id, with("first", &typed)).await.unwrap();
        let again = office.sign_in(&visitor, ledger, id, with("first", &slip)).await.unwrap();
        assert_eq!(again, first, "the same form again");
        assert_eq!(
            refused(office.sign_in(&visitor, ledger, id, with("second", &slip)).await),
            Refusal::SlipUsed
        );
        let third = signing("third", SeatKind::Resident, SignedIn::Phone);
        let third = office.sign_in(&visitor, ledger, id, third).await.unwrap().seat;
        assert_eq!(refused(office.show_slip(&visitor, ledger, third, &slip).await), Refusal::SlipUsed);
        let other = fresh_slip(office, &there, id).await;
        let twice = refused(office.show_slip(&visitor, ledger, first.seat, &other).await);
        assert_eq!(twice, Refusal::OneVote, "one phone is one person");
        let seat = office.load::<Seat>(ledger, &first.seat.into()).await.unwrap();
        let seat = seat.get().unwrap();
        assert!(seat.challenged && seat.votes() && seat.kind == SeatKind::Resident);
        assert_eq!(reads::present(&office.db, ledger, id).await.unwrap(), 1);
        sound(&store).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_with_one_slip_one_gets_the_vote() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (_, id) = room(office, &there).await;
        let slip = fresh_slip(office, &there, id).await;
        let mut tries = JoinSet::new();
        for n in 0..12 {
            let (office, ledger) = (office.clone(), there.community);
            let mut one = signing(&format!("r{n}"), SeatKind::Resident, SignedIn::Phone);
            one.slip = Some(slip.clone());
            tries.spawn(async move { office.sign_in(&Actor::visitor(), ledger, id, one).await.is_ok() });
        }
        let done = tries.join_all().await;
        assert_eq!(done.into_iter().filter(|won| *won).count(), 1, "{}", store.engine());
        assert_eq!(reads::present(&office.db, there.community, id).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn who_leaves_takes_the_vote_along_and_who_comes_late_has_none_on_that_motion() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (topic, id) = room(office, &there).await;
        let (ledger, worker, visitor) = (there.community, &there.worker, Actor::visitor());
        let [early, stays] =
            [by_phone(office, &there, id, "a").await, by_phone(office, &there, id, "b").await];
        let own = visitor.showing(Claim::Seat);
        office.act(&own, ledger, early.seat, Leave { told: Voter::Own }).await.unwrap();
        let old = by_register(office, &there, id, "old").await;
        office.act(worker, ledger, id, motion(topic, VoteMode::Phones)).await.unwrap();
        let late = by_phone(office, &there, id, "late").await.seat;
        office.act(&own, ledger, early.seat, Returns { told: Voter::Own }).await.unwrap();
        let cast = |seat, voter| Cast { meeting: id, motion: 1, seat, choice: Choice::For, voter };
        for seat in [late, early.seat] {
            let none = refused(vote(office, &visitor, ledger, cast(seat, Voter::Own)).await);
            assert_eq!(none, Refusal::AfterRoll);
        }
        vote(office, &visitor, ledger, cast(stays.seat, Voter::Own)).await.unwrap();
        // One is on the roll and leaves: the vote that began goes on with them.
        office.act(&there.colleague, ledger, old, Leave { told: Voter::Worker }).await.unwrap();
        vote(office, &there.colleague, ledger, cast(old, Voter::Worker)).await.unwrap();
        let turnout = reads::turnout(&office.db, ledger, id, 1, 1).await.unwrap();
        assert_eq!(turnout.iter().map(|row| (row.on, row.voted)).collect::<Vec<_>>(), [(1, 1), (1, 1)]);
        office.end_vote(worker, ledger, id, 1).await.unwrap();
        assert_eq!(result(office, &there, id).await, ([2, 2, 0, 0], Passed::Yes));
        assert_eq!(reads::present(&office.db, ledger, id).await.unwrap(), 3);
        sound(&store).await;
    }
}

#[tokio::test]
async fn who_is_struck_before_the_minutes_stand_is_counted_out_and_the_result_follows() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (topic, id) = room(office, &there).await;
        let (ledger, worker, visitor) = (there.community, &there.worker, Actor::visitor());
        let mut seats = Vec::new();
        for n in 0..5 {
            seats.push(by_phone(office, &there, id, &n.to_string()).await.seat);
        }
        office.act(worker, ledger, id, motion(topic, VoteMode::Phones)).await.unwrap();
        let choices = [Choice::For, Choice::For, Choice::For, Choice::Against, Choice::Against];
        for (seat, choice) in seats.iter().zip(choices) {
            let cast = Cast { meeting: id, motion: 1, seat: *seat, choice, voter: Voter::Own };
            vote(office, &visitor, ledger, cast).await.unwrap();
        }
        office.end_vote(worker, ledger, id, 1).await.unwrap();
        assert_eq!(result(office, &there, id).await, ([5, 3, 2, 0], Passed::Yes));
        let action = agreed("看车", there.market, Way::Work, office.now().plus_seconds(20 * DAY));
        let resolve = Resolve { actions: vec![action], standard: String::new() };
        office.act(worker, ledger, id, resolve).await.unwrap();
        let stage = async || {
            let loaded = office.load::<Topic>(ledger, &topic.into()).await.unwrap();
            loaded.get().unwrap().stage
        };
        assert_eq!(stage().await, TopicStage::Decided);
        let strike = || Strike { reason: "重复签到".to_owned() };
        office.act(worker, ledger, seats[0], strike()).await.unwrap();
        assert_eq!(result(office, &there, id).await, ([4, 2, 2, 0], Passed::No), "{}", store.engine());
        assert_eq!(stage().await, TopicStage::Open);
        office.act(worker, ledger, seats[3], strike()).await.unwrap();
        assert_eq!(result(office, &there, id).await, ([3, 2, 1, 0], Passed::Yes));
        sound(&store).await;
    }
}

#[tokio::test]
async fn hands_never_exceed_the_roll_and_are_counted_anew_too() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (topic, id) = room(office, &there).await;
        let (ledger, worker) = (there.community, &there.worker);
        let mut seats = Vec::new();
        for n in 0..3 {
            seats.push(by_register(office, &there, id, &n.to_string()).await);
        }
        office.act(worker, ledger, id, motion(topic, VoteMode::Hands)).await.unwrap();
        // Whoever comes now is in the room, and on no roll.
        by_phone(office, &there, id, "late").await;
        let hands = |hands| EnterHands { motion: 1, hands };
        let more = refused(office.act(worker, ledger, id, hands([4, 0, 0])).await);
        assert!(matches!(more.of(), Some(Refusal::Miscount(_))), "{more:?}");
        office.act(worker, ledger, id, hands([2, 1, 0])).await.unwrap();
        office.act(&there.colleague, ledger, id, hands([2, 1, 0])).await.unwrap();
        office.end_vote(worker, ledger, id, 1).await.unwrap();
        assert_eq!(result(office, &there, id).await, ([3, 2, 1, 0], Passed::Yes));
        office.act(worker, ledger, seats[0], Strike { reason: "重复签到".to_owned() }).await.unwrap();
        assert_eq!(result(office, &there, id).await, ([2, 1, 1, 0], Passed::No));
        sound(&store).await;
    }
}
