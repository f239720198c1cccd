//! What must hold of votes that were counted: the count is that of the ballots of those who had
//! a vote when it was counted. A motion of whose ballots one was erased tells no more.

use super::reads::by_choice;
use crate::Office;
use crate::audit::{Law, Looked, Looking, PAGE};
use yishi_domain::meetings::{Choice, Event, Meeting, MeetingId, Motion, Vote, VoteMode};
use yishi_kernel::record::{Fields, decode};
use yishi_kernel::{Moment, PlaceId};
use yishi_store::ledgers::entries_of;
use yishi_store::{Fault, args, query, row};

row! {
    Line, from "meeting" {
        ledger: PlaceId,
        id: MeetingId,
    }
}

row! {
    Cast, from "ballot b left join seat s on s.ledger = b.ledger and s.id = b.seat" {
        choice: Option<Choice> = "b.choice",
        count: u64 = "count(*)",
        known: u64 = "count(s.id)",
    }
}

query! {
    LINES: Line => "where (ledger, id) > (?1, ?2) order by ledger, id limit ?3";
    CAST: Cast => "where b.ledger = ?1 and b.meeting = ?2 and b.motion = ?3
         and (s.id is null or s.kind in ('resident', 'member') and s.taken <= ?4
              and (s.struck is null or s.struck > ?4))
         group by b.choice";
}

/// Votes counted are ballots on the roll.
#[derive(Debug)]
pub(crate) struct Counted;

impl Law for Counted {
    fn says(&self) -> &'static str {
        "votes counted are ballots of those on the roll"
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(async move {
            let (mut looked, mut after) = (Looked::default(), (String::new(), String::new()));
            loop {
                let page = LINES.all(&office.db, &args![&after.0, &after.1, PAGE]).await?;
                let Some(last) = page.last() else { return Ok(looked) };
                after = (last.ledger.to_string(), last.id.to_string());
                for line in &page {
                    look_at(office, line, &mut looked).await?;
                }
            }
        })
    }
}

async fn look_at(office: &Office, line: &Line, looked: &mut Looked) -> Result<(), crate::Failure> {
    let loaded = office.load::<Meeting>(line.ledger, &line.id.into()).await?;
    let Some(meeting) = loaded.get() else { return Ok(()) };
    if meeting.sitting.motions.is_empty() {
        return Ok(());
    }
    let mut times = Vec::new();
    for entry in entries_of(&office.db, line.ledger, &line.id.into()).await? {
        if entry.kind.starts_with("meeting.counted.") {
            let private = entry.private.into_iter().map(|field| (field, None)).collect();
            let fields = Fields { public: entry.public, private };
            let event = decode::<Meeting>(&entry.kind, fields).map_err(Fault::unreadable)?;
            if let Event::Counted { motion, .. } = event.what {
                times.push((motion, event.time));
            }
        }
    }
    for motion in &meeting.sitting.motions {
        let Vote::Counted(counts, _) = motion.vote else { continue };
        let at = times.iter().find(|(number, _)| *number == motion.number).map(|(_, time)| *time);
        let Some(at) = at else { continue };
        let votes = match motion.mode {
            VoteMode::Hands => motion.agreed_hands(),
            VoteMode::Phones => ballots(office, line, motion, at).await?,
        };
        let said = [counts.in_favour, counts.against, counts.abstain];
        let wrong = votes.filter(|votes| *votes != said).map(|votes| {
            format!(
                "{}/meeting/{} motion {}: counted {said:?}, cast {votes:?}",
                line.ledger, line.id, motion.number
            )
        });
        looked.at(wrong);
    }
    Ok(())
}

/// The ballots of those who had a vote then; nothing where one of them was erased.
async fn ballots(
    office: &Office,
    line: &Line,
    motion: &Motion,
    at: Moment,
) -> Result<Option<[u64; 3]>, crate::Failure> {
    let cast = CAST.all(&office.db, &args![line.ledger, line.id, motion.number, at]).await?;
    if cast.iter().any(|row| row.choice.is_none() || row.known < row.count) {
        return Ok(None);
    }
    let counted = cast.into_iter().map(|row| super::reads::Counted { choice: row.choice, count: row.count });
    Ok(Some(by_choice(&counted.collect::<Vec<_>>())))
}
