//! What must hold of meetings. The count of a vote is that of the ballots of those who had a vote
//! when it was counted; a motion of whose ballots one was erased tells no more. And what quotes or
//! copies a text that was corrected or taken back went with it.

use super::reads::by_choice;
use crate::Office;
use crate::Viewed as _;
use crate::audit::{Law, Looked, Looking, RESTORE, Things, thing};
use std::collections::BTreeSet;
use yishi_domain::meetings::{
    Choice, Event, Fate, Meeting, MeetingId, MeetingStage, MeetingStep, Motion, Roll, Stairs, Vote, VoteMode,
};
use yishi_kernel::record::{Fields, decode};
use yishi_kernel::{Moment, PlaceId, Stream as _, StreamName, ValueAt};
use yishi_store::amended::Amended;
use yishi_store::amended::Envelope;
use yishi_store::ledgers::entries_of;
use yishi_store::{Fault, args, query, row};

row! {
    /// A meeting.
    pub(super) Line, from "meeting" {
        /// Its ledger.
        ledger: PlaceId,
        /// Its id.
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

row! {
    OnRoll, from "ballot b left join seat s on s.ledger = b.ledger and s.id = b.seat
        left join stay y on y.ledger = b.ledger and y.seat = b.seat and y.came < ?4 and y.went >= ?4" {
        choice: Option<Choice> = "b.choice",
        count: u64 = "count(*)",
        known: u64 = "count(s.id)",
        on: u64 = "count(y.seat)",
    }
}

query! {
    LINES: Line => "where (ledger, id) > (?1, ?2) order by ledger, id limit ?3";
    CAST: Cast => "where b.ledger = ?1 and b.meeting = ?2 and b.motion = ?3
         and (s.id is null or s.kind in ('resident', 'member') and s.taken <= ?4
              and (s.struck is null or s.struck > ?4))
         group by b.choice";
    ON_ROLL: OnRoll => "where b.ledger = ?1 and b.meeting = ?2 and b.motion = ?3
         and (s.id is null or s.struck is null) group by b.choice";
}

thing!(Line => Meeting);

/// All meetings.
pub(super) fn meetings() -> Things<Line> {
    Things::of(&LINES)
}

/// Votes counted are ballots on the roll.
#[derive(Debug)]
pub(crate) struct Counted;

impl Law for Counted {
    fn says(&self) -> &'static str {
        "votes counted are ballots of those on the roll"
    }

    fn remedy(&self) -> &'static str {
        "run `yishi ledger rebuild`; if it is told again, find out who changed the database and put the newest backup back"
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(async move {
            let (mut looked, mut all) = (Looked::default(), meetings());
            while let Some((line, meeting)) = all.next(office).await? {
                look_at(office, &line, &meeting, &mut looked).await?;
            }
            Ok(looked)
        })
    }
}

async fn look_at(
    office: &Office,
    line: &Line,
    meeting: &Meeting,
    looked: &mut Looked,
) -> Result<(), crate::Failure> {
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
        let said = [counts.in_favour, counts.against, counts.abstain];
        if let Some(roll) = motion.roll
            && (said.iter().sum::<u64>() > counts.present || counts.present > roll.present)
        {
            let many = format!("counted {said:?} of {}, on the roll {}", counts.present, roll.present);
            looked.at(Some(format!("{}/meeting/{} motion {}: {many}", line.ledger, line.id, motion.number)));
            continue;
        }
        let votes = match (motion.mode, motion.roll) {
            // Counted anew, hands of those who are left are told apart by nobody.
            (VoteMode::Hands, _) => motion.agreed_hands().filter(|_| motion.recounted.is_none()),
            (VoteMode::Phones, Some(roll)) => on_roll(office, line, motion, roll).await?,
            (VoteMode::Phones, None) => ballots(office, line, motion, at).await?,
        };
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

/// The ballots of those on the closed roll; nothing where one of them was erased. One of somebody
/// who was not on it is counted nowhere, so that it is told.
async fn on_roll(
    office: &Office,
    line: &Line,
    motion: &Motion,
    roll: Roll,
) -> Result<Option<[u64; 3]>, crate::Failure> {
    let cast = ON_ROLL.all(&office.db, &args![line.ledger, line.id, motion.number, roll.number]).await?;
    if cast.iter().any(|row| row.choice.is_none() || row.known < row.count) {
        return Ok(None);
    }
    let counted = cast.into_iter().map(|row| super::reads::Counted { choice: row.choice, count: row.on });
    Ok(Some(by_choice(&counted.collect::<Vec<_>>())))
}

/// At a stairwell no more hands were raised than households came, each of them once.
#[derive(Debug)]
pub(crate) struct OneVoice;

impl Law for OneVoice {
    fn says(&self) -> &'static str {
        "hands at a stairwell's meeting are at most one for each household that came"
    }

    fn remedy(&self) -> &'static str {
        RESTORE
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(async move {
            let (mut looked, mut all) = (Looked::default(), meetings());
            while let Some((line, meeting)) = all.next(office).await? {
                if let Some(stairs) = &meeting.stairs {
                    looked.thing(&line, voices(stairs));
                }
            }
            Ok(looked)
        })
    }
}

/// What is wrong with the voices of a stairwell's meeting, if anything is.
fn voices(stairs: &Stairs) -> Option<String> {
    let came = stairs.came.as_ref().map_or(0, |came| came.households);
    if let Some(doors) = stairs.came.as_ref().and_then(|came| came.doors.get()) {
        let once: BTreeSet<_> = doors.iter().collect();
        if once.len() as u64 != came || doors.len() as u64 != came {
            return Some(format!("{} doors were ticked for {came} households", doors.len()));
        }
    }
    let ended = stairs.ended.as_ref()?;
    let hands = ended.hands.iter().fold(0_u64, |sum, one| sum.saturating_add(*one));
    (hands > ended.present || ended.present != came)
        .then(|| format!("{hands} hands of {} present, {came} households came", ended.present))
}

/// Minutes that quote a text that was corrected or taken back were issued anew.
#[derive(Debug)]
pub(crate) struct Reissued;

impl Law for Reissued {
    fn says(&self) -> &'static str {
        "minutes that quote a text that was corrected or taken back are confirmed again, or wait for that"
    }

    fn remedy(&self) -> &'static str {
        RESTORE
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(async move {
            let (mut looked, mut all) = (Looked::default(), meetings());
            while let Some((line, meeting)) = all.next(office).await? {
                looked.thing(&line, reissued(office, &line, &meeting).await?);
            }
            Ok(looked)
        })
    }
}

/// What happened to minutes or to a text that they quote.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Happened {
    Quoted,
    Confirmed,
    Reissued,
}

/// What is wrong with the minutes of a meeting, if anything is.
async fn reissued(
    office: &Office,
    line: &Line,
    meeting: &Meeting,
) -> Result<Option<&'static str>, crate::Failure> {
    if meeting.stage == MeetingStage::Cancelled {
        return Ok(None);
    }
    let mut happened = Vec::new();
    let own = Amended::load(&office.db, line.ledger, &line.id.into()).await?;
    for entry in own.entries() {
        let what = match entry.kind.split('.').nth(1) {
            Some("confirmed") => Happened::Confirmed,
            Some("reissued") => Happened::Reissued,
            Some("corrected" | "taken_back") => Happened::Quoted,
            _ => continue,
        };
        happened.push((entry.number, what));
    }
    if happened.is_empty() {
        return Ok(None);
    }
    for topic in &meeting.agenda.topics {
        let topic = Amended::load(&office.db, line.ledger, &(*topic).into()).await?;
        // Minutes quote what a topic was opened with.
        let quoted = topic.gone().into_iter().filter(|gone| topic.text_of(&gone.value).version == 1);
        let by = quoted.filter_map(|gone| topic.entries().iter().find(|entry| entry.version == gone.by));
        // Who opened it may be erased: that is no text of it.
        let by = by.filter(|entry| matches!(entry.kind.split('.').nth(1), Some("corrected" | "taken_back")));
        happened.extend(by.map(|entry| (entry.number, Happened::Quoted)));
    }
    happened.sort_by_key(|(number, _)| *number);
    let (mut stands, mut old) = (false, false);
    for (_, what) in happened {
        match what {
            Happened::Quoted => old |= stands,
            Happened::Confirmed if old => break,
            Happened::Confirmed => stands = true,
            Happened::Reissued => (stands, old) = (false, false),
        }
    }
    if old {
        return Ok(Some("they stand as they were confirmed before"));
    }
    let outcome = &meeting.outcome;
    let waits = || meeting.waits().iter().any(|wait| wait.step() == Some(MeetingStep::Confirm));
    let lost = outcome.issue > 0 && outcome.minutes().is_none() && !waits();
    Ok(lost.then_some("nobody is asked to confirm them again"))
}

/// What is a copy of a text of a meeting went the way of that text.
#[derive(Debug)]
pub(crate) struct Copied;

impl Law for Copied {
    fn says(&self) -> &'static str {
        "orders and topics that copied a text of a meeting went with it when it was corrected or taken back"
    }

    fn remedy(&self) -> &'static str {
        "correct the copy on its own page, or take it back there; then find out who changed the database"
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(async move {
            let (mut looked, mut all) = (Looked::default(), meetings());
            while let Some((line, meeting)) = all.next(office).await? {
                copied(office, &line, &meeting, &mut looked).await?;
            }
            Ok(looked)
        })
    }
}

/// Looks at the copies of a meeting's texts.
async fn copied(
    office: &Office,
    line: &Line,
    meeting: &Meeting,
    looked: &mut Looked,
) -> Result<(), crate::Failure> {
    let own = Amended::load(&office.db, line.ledger, &line.id.into()).await?;
    let gone = own.gone();
    if gone.is_empty() {
        return Ok(());
    }
    let mut others = Vec::new();
    for stream in meeting.quoted_by() {
        let other = Amended::load(&office.db, line.ledger, &stream).await?;
        others.push((stream, other));
    }
    for gone in gone {
        let text = own.text_of(&gone.value);
        let entry = |version: u64| own.entries().iter().find(|entry| entry.version == version);
        let (Some(said), Some(by)) = (entry(text.version), entry(gone.by)) else { continue };
        for (stream, other) in &others {
            for copy in other.entries() {
                let before = copy.number < by.number;
                let Some(field) = copy_of(said, &text.field, copy, meeting).filter(|_| before) else {
                    continue;
                };
                let value = ValueAt { version: copy.version, field };
                let there = other.committed(&value, u64::MAX);
                let went = other.gone().iter().any(|gone| gone.value == value);
                let wrong =
                    || format!("{}/{stream} version {} field {}", line.ledger, value.version, value.field);
                looked.at((there && !went).then(wrong));
            }
        }
    }
    Ok(())
}

/// The field of an entry of an order or a topic that copied a text of the meeting, if one did.
fn copy_of(said: &Envelope, field: &str, copy: &Envelope, meeting: &Meeting) -> Option<String> {
    let happened = |entry: &Envelope| entry.public.get("time").cloned();
    match (said.kind.split('.').nth(1)?, copy.kind.as_str()) {
        // Recorded at once, so at one time.
        ("ruled" | "adjourned" | "cancelled", "topic.returned.1" | "order.suspended.1")
            if field == "reason" && happened(said) == happened(copy) =>
        {
            Some(field.to_owned())
        }
        ("resolved", _) if copy.version == 1 && copy.stream.starts_with("order/") => {
            let (nth, leaf) = field.strip_prefix("actions/")?.split_once('/')?;
            let action = meeting.outcome.actions.get(nth.parse::<usize>().ok()?)?;
            let (Fate::Sent(order) | Fate::Suspended(Some(order))) = action.fate else { return None };
            (StreamName::from(order).as_str() == copy.stream).then(|| format!("task/{leaf}"))
        }
        _ => None,
    }
}
