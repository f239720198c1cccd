//! Counting again what was counted: each vote as the entries say it stood when it ended, against
//! the result that stands in the ledger. Whoever alters a result, or the votes, is found out.

use super::reads::{BALLOTS_ON, SEATS_AT};
use crate::recount::{Found, Recount};
use std::collections::BTreeMap;
use yishi_domain::meetings::{
    Ballot, BallotId, Choice, Meeting, MeetingId, Motion, Polled, Seat, SeatId, Vote, VoteMode, came_to,
    came_to_anew,
};
use yishi_kernel::{Loaded, PlaceId, Stamped, Stream as _, StreamName};
use yishi_store::ledgers::{EntryRow, entries_of};
use yishi_store::replay::load_before;
use yishi_store::{Db, Fault, args};

/// Streams loaded at once.
const AT_ONCE: usize = 200;

/// Votes of meetings.
#[derive(Debug)]
pub(crate) struct Votes;

impl Recount for Votes {
    fn kind(&self) -> &'static str {
        Meeting::KIND
    }

    fn recount<'a>(&'a self, db: &'a Db, ledger: PlaceId, stream: &'a StreamName) -> Found<'a> {
        Box::pin(async move {
            let mut wrong = Vec::new();
            let Ok(id) = stream.id().parse().map(MeetingId) else { return Ok(wrong) };
            for entry in entries_of(db, ledger, stream).await? {
                if entry.kind.starts_with("meeting.counted.") {
                    wrong.extend(counted(db, ledger, id, &entry).await?);
                }
                if entry.kind.starts_with("meeting.recounted.") {
                    wrong.extend(counted_anew(db, ledger, id, &entry).await?);
                }
            }
            Ok(wrong)
        })
    }
}

/// What is wrong with a count.
async fn counted(db: &Db, ledger: PlaceId, id: MeetingId, entry: &EntryRow) -> Result<Option<String>, Fault> {
    let mut meetings: BTreeMap<_, Loaded<Meeting>> = load_before(db, &[(ledger, id)], entry.number).await?;
    let mut after: BTreeMap<_, Loaded<Meeting>> = load_before(db, &[(ledger, id)], entry.number + 1).await?;
    let before = meetings.remove(&(ledger, id)).and_then(|one| one.state);
    let after = after.remove(&(ledger, id)).and_then(|one| one.state);
    let told = |what: &str| Some(format!("entry {}: {what}", entry.number));
    let (Some(before), Some(after)) = (before, after) else { return Ok(told("a count without a meeting")) };
    let Some(ended) = before.sitting.counting() else {
        return Ok(told("a count of a vote that had not ended"));
    };
    let Some(Vote::Counted(recorded, _)) = after.sitting.motion(ended.number).map(|motion| motion.vote)
    else {
        return Ok(told("a count of another vote than the one that had ended"));
    };
    let (present, known, unknown) = polled(db, ledger, id, ended, entry.number).await?;
    let recorded_votes = [recorded.in_favour, recorded.against, recorded.abstain];
    let phones = match ended.mode {
        VoteMode::Hands => known,
        VoteMode::Phones if fits(recorded_votes, known, unknown) => recorded_votes,
        VoteMode::Phones => {
            let votes =
                |[yes, no, abstain]: [u64; 3]| format!("{yes} for, {no} against, {abstain} abstaining");
            let (said, there) = (votes(recorded_votes), votes(known));
            return Ok(told(&format!("the vote is recorded as {said}, and the ballots are {there}")));
        }
    };
    let Ok(what) = came_to(&before, ended.number, &Polled { present, phones }) else {
        return Ok(told("a vote that could not be counted was counted"));
    };
    let mut again = before.clone();
    again.evolve(&Stamped { time: entry.at, by: None, what });
    let same = again.sitting.motion(ended.number) == after.sitting.motion(ended.number);
    Ok(if same { None } else { told("counted again, the vote comes to something else than is recorded") })
}

/// What is wrong with a count that was made anew, since somebody was struck.
async fn counted_anew(
    db: &Db,
    ledger: PlaceId,
    id: MeetingId,
    entry: &EntryRow,
) -> Result<Option<String>, Fault> {
    let told = |what: &str| Some(format!("entry {}: {what}", entry.number));
    let number = entry.public.get("motion").and_then(serde_json::Value::as_u64);
    let at = async |number| -> Result<Option<Meeting>, Fault> {
        let mut all: BTreeMap<_, Loaded<Meeting>> = load_before(db, &[(ledger, id)], number).await?;
        Ok(all.remove(&(ledger, id)).and_then(|one| one.state))
    };
    let (Some(before), Some(after)) = (at(entry.number).await?, at(entry.number + 1).await?) else {
        return Ok(told("a count without a meeting"));
    };
    let number = number.and_then(|number| u32::try_from(number).ok()).unwrap_or_default();
    let (Some(was), Some(is)) = (before.sitting.motion(number), after.sitting.motion(number)) else {
        return Ok(told("a count of no motion"));
    };
    let Vote::Counted(counts, _) = was.vote else { return Ok(told("a count anew of what was not counted")) };
    let (present, known, unknown) = polled(db, ledger, id, was, entry.number).await?;
    let before_it = [counts.in_favour, counts.against, counts.abstain];
    let mut possible = vec![known];
    if unknown > 0 {
        // Where votes were erased, it is what was counted before but for one vote, or for none.
        let without = |nth: usize| {
            let mut votes = before_it;
            votes.get_mut(nth).map(|one| *one = one.saturating_sub(1)).map(|()| votes)
        };
        possible = std::iter::once(before_it).chain((0..3).filter_map(without)).collect();
    }
    let same = possible.into_iter().any(|phones| {
        let Ok(what) = came_to_anew(&before, number, &Polled { present, phones }) else { return false };
        let mut again = before.clone();
        again.evolve(&Stamped { time: entry.at, by: None, what });
        again.sitting.motion(number).map(|motion| motion.vote) == Some(is.vote)
    });
    Ok(if same { None } else { told("counted anew, the vote comes to something else than is recorded") })
}

/// Whether a result can be what the known votes and those that were erased come to.
fn fits(recorded: [u64; 3], known: [u64; 3], unknown: u64) -> bool {
    let rest: Option<Vec<u64>> =
        recorded.iter().zip(known).map(|(recorded, known)| recorded.checked_sub(known)).collect();
    rest.is_some_and(|rest| rest.iter().sum::<u64>() <= unknown)
}

/// Who had a vote when a motion's vote was counted, how they voted by phone, and how many votes
/// cannot be read any more since they were erased.
async fn polled(
    db: &Db,
    ledger: PlaceId,
    meeting: MeetingId,
    motion: &Motion,
    number: i64,
) -> Result<(u64, [u64; 3], u64), Fault> {
    let seats = SEATS_AT.all(db, &args![ledger, meeting]).await?;
    let seats: BTreeMap<SeatId, Seat> = states(db, ledger, &seats, number).await?;
    let ballots = BALLOTS_ON.all(db, &args![ledger, meeting, motion.number]).await?;
    let ballots: BTreeMap<BallotId, Ballot> = states(db, ledger, &ballots, number).await?;
    let present = seats.values().filter(|seat| seat.votes_on(motion)).count() as u64;
    let (mut votes, mut unknown) = ([0; 3], 0);
    for ballot in ballots.values() {
        let Some(seat) = ballot.seat.get() else {
            unknown += 1;
            continue;
        };
        if !seats.get(seat).is_some_and(|seat| seat.votes_on(motion)) {
            continue;
        }
        let place = ballot.choice.get().and_then(|choice| Choice::ALL.iter().position(|one| one == choice));
        match place.and_then(|place| votes.get_mut(place)) {
            Some(count) => *count += 1,
            None => unknown += 1,
        }
    }
    Ok((present, votes, unknown))
}

/// Streams as they stood before an entry of their ledger.
async fn states<S, I>(db: &Db, ledger: PlaceId, ids: &[I], number: i64) -> Result<BTreeMap<I, S>, Fault>
where
    S: yishi_kernel::Stream,
    I: Copy + Ord + Into<StreamName>,
{
    let mut all = BTreeMap::new();
    for some in ids.chunks(AT_ONCE) {
        let keys: Vec<(PlaceId, I)> = some.iter().map(|id| (ledger, *id)).collect();
        let loaded: BTreeMap<(PlaceId, I), Loaded<S>> = load_before(db, &keys, number).await?;
        all.extend(loaded.into_iter().filter_map(|((_, id), one)| Some((id, one.state?))));
    }
    Ok(all)
}
