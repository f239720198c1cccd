//! A full room: three hundred sign in and vote at once, while statements are taken down and
//! the vote is ended in the middle. What was acknowledged before the end counts once, what
//! came after it does not.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use yishi_domain::meetings::{
    Cast, Choice, Meeting, MeetingId, Refusal, SeatId, Speak, StatementKind, Vote, VoteMode, Voter,
};
use yishi_kernel::{Actor, PlaceId};
use yishi_office::meetings::{SignedUp, reads};
use yishi_office::{Failure, Office};
use yishi_store::Value;
use yishi_testkit::meetings::{by_phone, motion, open_meeting};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

const VOTERS: usize = 300;
const LATE: usize = 20;
const STATEMENTS: usize = 20;
/// Whoever takes the minutes writes fast, but not without a breath.
const BREATH: Duration = Duration::from_millis(20);

async fn state(office: &Office, there: &Neighbourhood, meeting: MeetingId, text: String) {
    tokio::time::sleep(BREATH).await;
    let command = Speak { form: StatementKind::Statement, organisation: None, text };
    // Whoever writes at the table asks again when the room was quicker.
    while let Err(failure) = office.act(&there.worker, there.community, meeting, command.clone()).await {
        assert!(matches!(failure, Failure::Fault(_)), "{failure}");
    }
}

fn choice(n: usize, round: usize) -> Choice {
    Choice::ALL[(n + round) % Choice::ALL.len()]
}

/// Votes, and votes anew when one of five; answers the last vote that was acknowledged.
async fn cast(
    office: &Office,
    at: (PlaceId, MeetingId),
    seat: SeatId,
    n: usize,
    taken: &AtomicUsize,
) -> Option<Choice> {
    let mut last = None;
    // One of three looks at the screen first.
    if n.is_multiple_of(3) {
        tokio::time::sleep(BREATH * 10).await;
    }
    for round in 0..=usize::from(n.is_multiple_of(5)) {
        let wish = choice(n, round);
        let cast = Cast { meeting: at.1, motion: 1, seat, choice: wish, voter: Voter::Own };
        match super::market::vote(office, &Actor::visitor(), at.0, cast).await {
            Ok(()) => {
                last = Some(wish);
                taken.fetch_add(1, Ordering::SeqCst);
            }
            Err(Failure::Refused(refusal)) if refusal == Refusal::NoVote => break,
            Err(failure) => panic!("{failure}"),
        }
    }
    last
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_vote_at_once() {
    for store in stores().await {
        let office = Arc::new(store.office.clone());
        let there = Arc::new(neighbourhood(&office).await);
        let ledger = there.community;
        let lamp = raising("lamp", there.compound, "市场里面太黑。");
        let lamp = office.raise(&Actor::visitor(), lamp).await.unwrap();
        let (topic, meeting) = open_meeting(&office, &there, "市场", &[lamp.matter]).await;

        // All come in at once, some sending the form twice.
        let started = Instant::now();
        let mut arriving = Vec::new();
        for n in 0..VOTERS + VOTERS / 10 {
            let (office, there) = (Arc::clone(&office), Arc::clone(&there));
            arriving.push(tokio::spawn(async move {
                by_phone(&office, &there, meeting, &format!("{}", n % VOTERS)).await
            }));
        }
        for n in 0..STATEMENTS {
            state(&office, &there, meeting, format!("第{n}位发言")).await;
        }
        let mut seats: Vec<SignedUp> = Vec::new();
        for one in arriving {
            let seat = one.await.unwrap();
            if !seats.contains(&seat) {
                seats.push(seat);
            }
        }
        let came = started.elapsed();
        assert_eq!(seats.len(), VOTERS);
        assert_eq!(reads::present(&office.db, ledger, meeting).await.unwrap(), VOTERS as u64);

        // All vote at once; half way through the vote is ended, and some come late.
        office.act(&there.worker, ledger, meeting, motion(topic, VoteMode::Phones)).await.unwrap();
        let (started, taken) = (Instant::now(), Arc::new(AtomicUsize::new(0)));
        let mut voting = Vec::new();
        for (n, seat) in seats.iter().map(|one| one.seat).enumerate() {
            let (office, taken) = (Arc::clone(&office), Arc::clone(&taken));
            voting.push(tokio::spawn(async move { cast(&office, (ledger, meeting), seat, n, &taken).await }));
        }
        let late: Vec<_> = (0..LATE)
            .map(|n| {
                let (office, there, taken) = (Arc::clone(&office), Arc::clone(&there), Arc::clone(&taken));
                tokio::spawn(async move {
                    while taken.load(Ordering::SeqCst) < VOTERS / 4 {
                        tokio::time::sleep(Duration::from_millis(1)).await;
                    }
                    by_phone(&office, &there, meeting, &format!("late-{n}")).await
                })
            })
            .collect();
        let talking = {
            let (office, there) = (Arc::clone(&office), Arc::clone(&there));
            tokio::spawn(async move {
                for n in 0..STATEMENTS {
                    state(&office, &there, meeting, format!("第{n}位插话")).await;
                }
            })
        };
        while taken.load(Ordering::SeqCst) < VOTERS / 2 {
            assert!(started.elapsed() < Duration::from_secs(60), "the votes come in");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        while let Err(failure) = office.end_vote(&there.worker, ledger, meeting, 1).await {
            assert!(matches!(failure, Failure::Fault(_)), "{failure}");
        }
        let mut acknowledged = BTreeMap::new();
        for (one, seat) in voting.into_iter().zip(&seats) {
            if let Some(choice) = one.await.unwrap() {
                acknowledged.insert(seat.seat, choice);
            }
        }
        let voted = started.elapsed();
        talking.await.unwrap();
        for one in late {
            one.await.unwrap();
        }

        let loaded = office.load::<Meeting>(ledger, &meeting.into()).await.unwrap();
        let Vote::Counted(counts, _) = loaded.must().unwrap().sitting.motions[0].vote else {
            panic!("it is counted")
        };
        let of = |wish| acknowledged.values().filter(|choice| **choice == wish).count() as u64;
        assert_eq!(
            [counts.in_favour, counts.against, counts.abstain],
            [of(Choice::For), of(Choice::Against), of(Choice::Abstain)],
            "{}: every acknowledged vote counts once",
            store.engine()
        );
        let votes = reads::votes(&office.db, ledger, meeting, 1).await.unwrap();
        assert_eq!(votes.iter().sum::<u64>(), acknowledged.len() as u64, "no vote came after the count");
        for (seat, choice) in &acknowledged {
            let vote = reads::vote_of(&office.db, ledger, meeting, 1, *seat).await.unwrap();
            assert_eq!(vote, Some(*choice));
        }

        // The ledger itself says the same: nothing between the end of the vote and its count.
        const NUMBER: &str = "select number from event where ledger = ?1 and kind = ?2 order by number";
        let numbers = async |kind: &str| -> Vec<i64> {
            let rows = office.db.rows(NUMBER, &[Value::from(ledger.0), Value::from(kind)]).await.unwrap();
            rows.iter().map(|row| row.int(0).unwrap()).collect()
        };
        let (ended, counted) =
            (numbers("meeting.vote_ended.1").await[0], numbers("meeting.counted.1").await[0]);
        assert!(numbers("ballot.cast.1").await.iter().all(|number| *number < ended));
        let taken = numbers("seat.entered.1").await;
        assert_eq!(taken.len(), VOTERS + LATE, "nobody sits twice");
        assert!(taken.iter().all(|number| *number < ended || *number > counted));
        // Whoever had a vote when the roll was closed is on it, and nobody else.
        let (roll, admitted) = (numbers("meeting.roll_closed.1").await[0], numbers("seat.admitted.1").await);
        let before = admitted.iter().filter(|number| **number < roll).count() as u64;
        assert_eq!(counts.present, before);
        println!(
            "{}: {VOTERS} signed in within {came:?}; {} votes of {VOTERS} before the end, all within {voted:?}",
            store.engine(),
            acknowledged.len()
        );
        super::office::rebuilt_is_the_same(&store).await;
        super::office::seal_and_verify(&store).await;
    }
}
