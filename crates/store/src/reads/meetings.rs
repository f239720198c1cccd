//! Topics, meetings, who is present, and ballots, as pages and desks list them.

use super::LIST;
use crate::{Db, Fault, Row, Value};
use std::collections::BTreeMap;
use yishi_domain::matters::HolderKey;
use yishi_domain::meetings::{
    Choice, Coming, MeetingStage, MeetingStep, SeatKind, SignedIn, TopicStage, TopicStep,
};
use yishi_domain::rules::CategoryCode;
use yishi_domain::{MatterId, MeetingId, Moment, OrganisationId, PlaceId, SeatId, TopicId};

/// A topic as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicRow {
    /// The ledger.
    pub ledger: PlaceId,
    /// The topic.
    pub id: TopicId,
    /// Its number: that of its first entry.
    pub number: i64,
    /// Where it stands.
    pub stage: TopicStage,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub category: CategoryCode,
    /// The place it concerns.
    pub place: PlaceId,
    /// How many matters are in it.
    pub matters: i64,
    /// The meeting it was put before last.
    pub meeting: Option<MeetingId>,
    /// When it was opened.
    pub opened: Moment,
    /// What comes next, and by when.
    pub next: Option<(TopicStep, Moment)>,
    /// When it ended.
    pub ended: Option<Moment>,
}

macro_rules! topic_rows {
    ($rest:literal) => {
        concat!(
            "select t.ledger, t.id, t.stage, t.title, t.category, t.place, t.matters, t.meeting, t.opened, t.step, t.due, t.ended, e.number from topic t join event e on e.ledger = t.ledger and e.stream = 'topic/' || t.id and e.version = 1 ",
            $rest
        )
    };
}

fn read_topic(row: &Row) -> Result<TopicRow, Fault> {
    let next = match (row.opt_text(9)?, row.opt_int(10)?) {
        (Some(step), Some(due)) => Some((TopicStep::parse(step).ok_or(Fault::Row(9))?, Moment(due))),
        _ => None,
    };
    Ok(TopicRow {
        ledger: PlaceId(row.uuid(0)?),
        id: TopicId(row.uuid(1)?),
        stage: TopicStage::parse(row.text(2)?).ok_or(Fault::Row(2))?,
        title: row.text(3)?.to_owned(),
        category: CategoryCode(row.text(4)?.to_owned()),
        place: PlaceId(row.uuid(5)?),
        matters: row.int(6)?,
        meeting: row.opt_uuid(7)?.map(MeetingId),
        opened: Moment(row.int(8)?),
        next,
        ended: row.opt_int(11)?.map(Moment),
        number: row.int(12)?,
    })
}

/// Topics of a ledger, the latest first; only those at a stage where one is given.
///
/// # Errors
/// When the store fails.
pub async fn topics(db: &Db, ledger: PlaceId, stage: Option<TopicStage>) -> Result<Vec<TopicRow>, Fault> {
    const ALL: &str = topic_rows!("where t.ledger = ?1 order by t.opened desc, t.id desc limit ?2");
    const AT: &str =
        topic_rows!("where t.ledger = ?1 and t.stage = ?2 order by t.opened desc, t.id desc limit ?3");
    let rows = match stage {
        None => db.rows(ALL, &[Value::from(ledger.0), Value::Int(LIST)]).await?,
        Some(stage) => {
            db.rows(AT, &[Value::from(ledger.0), Value::from(stage.word()), Value::Int(LIST)]).await?
        }
    };
    rows.iter().map(read_topic).collect()
}

/// One topic as listed.
///
/// # Errors
/// When the store fails.
pub async fn topic(db: &Db, ledger: PlaceId, id: TopicId) -> Result<Option<TopicRow>, Fault> {
    const ONE: &str = topic_rows!("where t.ledger = ?1 and t.id = ?2");
    db.row(ONE, &[Value::from(ledger.0), Value::from(id.0)]).await?.as_ref().map(read_topic).transpose()
}

/// The topics that a matter was gathered into, oldest first.
///
/// # Errors
/// When the store fails.
pub async fn topics_of(db: &Db, ledger: PlaceId, matter: MatterId) -> Result<Vec<TopicRow>, Fault> {
    const OF: &str = topic_rows!(
        "join topic_matter m on m.ledger = t.ledger and m.topic = t.id
         where m.ledger = ?1 and m.matter = ?2 order by t.opened, t.id limit 50"
    );
    let rows = db.rows(OF, &[Value::from(ledger.0), Value::from(matter.0)]).await?;
    rows.iter().map(read_topic).collect()
}

/// What desks have to do about topics, the most urgent first.
///
/// # Errors
/// When the store fails.
pub async fn topics_held(db: &Db, holders: &[HolderKey]) -> Result<Vec<TopicRow>, Fault> {
    const HELD: &str = topic_rows!("where t.holder = ?1 order by t.due, t.ledger, t.id limit ?2");
    let mut found = Vec::new();
    for holder in holders {
        let rows = db.rows(HELD, &[Value::from(holder.as_str()), Value::Int(LIST)]).await?;
        found.extend(rows.iter().map(read_topic).collect::<Result<Vec<_>, _>>()?);
    }
    Ok(found)
}

/// A meeting as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingRow {
    /// The ledger.
    pub ledger: PlaceId,
    /// The meeting.
    pub id: MeetingId,
    /// Its number: that of its first entry.
    pub number: i64,
    /// Where it stands.
    pub stage: MeetingStage,
    /// The forum of the rule pack.
    pub forum: String,
    /// What it is called.
    pub title: String,
    /// The place it is about.
    pub place: PlaceId,
    /// Where it is held.
    pub venue: String,
    /// When it begins.
    pub starts: Moment,
    /// What comes next, and by when.
    pub next: Option<(MeetingStep, Moment)>,
    /// Until when objections are taken.
    pub until: Option<Moment>,
    /// The standard agreed for the time to come.
    pub standard: Option<String>,
}

macro_rules! meeting_rows {
    ($rest:literal) => {
        concat!(
            "select g.ledger, g.id, g.stage, g.forum, g.title, g.place, g.venue, g.starts, g.step, g.due, g.until, g.standard, e.number from meeting g join event e on e.ledger = g.ledger and e.stream = 'meeting/' || g.id and e.version = 1 ",
            $rest
        )
    };
}

fn read_meeting(row: &Row) -> Result<MeetingRow, Fault> {
    let next = match (row.opt_text(8)?, row.opt_int(9)?) {
        (Some(step), Some(due)) => Some((MeetingStep::parse(step).ok_or(Fault::Row(8))?, Moment(due))),
        _ => None,
    };
    Ok(MeetingRow {
        ledger: PlaceId(row.uuid(0)?),
        id: MeetingId(row.uuid(1)?),
        stage: MeetingStage::parse(row.text(2)?).ok_or(Fault::Row(2))?,
        forum: row.text(3)?.to_owned(),
        title: row.text(4)?.to_owned(),
        place: PlaceId(row.uuid(5)?),
        venue: row.text(6)?.to_owned(),
        starts: Moment(row.int(7)?),
        next,
        until: row.opt_int(10)?.map(Moment),
        standard: row.opt_text(11)?.map(str::to_owned),
        number: row.int(12)?,
    })
}

/// Meetings of a ledger, the latest first.
///
/// # Errors
/// When the store fails.
pub async fn meetings(db: &Db, ledger: PlaceId) -> Result<Vec<MeetingRow>, Fault> {
    const ALL: &str = meeting_rows!("where g.ledger = ?1 order by g.starts desc, g.id desc limit ?2");
    db.rows(ALL, &[Value::from(ledger.0), Value::Int(LIST)]).await?.iter().map(read_meeting).collect()
}

/// One meeting as listed.
///
/// # Errors
/// When the store fails.
pub async fn meeting(db: &Db, ledger: PlaceId, id: MeetingId) -> Result<Option<MeetingRow>, Fault> {
    const ONE: &str = meeting_rows!("where g.ledger = ?1 and g.id = ?2");
    db.row(ONE, &[Value::from(ledger.0), Value::from(id.0)]).await?.as_ref().map(read_meeting).transpose()
}

/// The meeting whose room shows this word.
///
/// # Errors
/// When the store fails.
pub async fn meeting_by_door(db: &Db, door: &str) -> Result<Option<MeetingRow>, Fault> {
    const FIND: &str = meeting_rows!("where g.door = ?1");
    db.row(FIND, &[Value::from(door)]).await?.as_ref().map(read_meeting).transpose()
}

/// What desks and persons have to do about meetings, the most urgent first.
///
/// # Errors
/// When the store fails.
pub async fn meetings_held(db: &Db, holders: &[HolderKey]) -> Result<Vec<MeetingRow>, Fault> {
    const HELD: &str = meeting_rows!("where g.holder = ?1 order by g.due, g.ledger, g.id limit ?2");
    let mut found = Vec::new();
    for holder in holders {
        let rows = db.rows(HELD, &[Value::from(holder.as_str()), Value::Int(LIST)]).await?;
        found.extend(rows.iter().map(read_meeting).collect::<Result<Vec<_>, _>>()?);
    }
    Ok(found)
}

/// Meetings that agreed on a standard, the latest first (省事：商定的标准).
///
/// # Errors
/// When the store fails.
pub async fn standards(db: &Db, ledger: PlaceId) -> Result<Vec<MeetingRow>, Fault> {
    const RULED: &str =
        meeting_rows!("where g.ledger = ?1 and g.ruled = 1 order by g.starts desc, g.id desc limit ?2");
    db.rows(RULED, &[Value::from(ledger.0), Value::Int(LIST)]).await?.iter().map(read_meeting).collect()
}

/// An invitation as listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvitedRow {
    /// The ledger.
    pub ledger: PlaceId,
    /// The meeting.
    pub meeting: MeetingId,
    /// Who was invited.
    pub organisation: OrganisationId,
    /// By when a reply is owed.
    pub due: Moment,
    /// The reply.
    pub coming: Option<Coming>,
}

fn read_invited(row: &Row) -> Result<InvitedRow, Fault> {
    Ok(InvitedRow {
        ledger: PlaceId(row.uuid(0)?),
        meeting: MeetingId(row.uuid(1)?),
        organisation: OrganisationId(row.uuid(2)?),
        due: Moment(row.int(3)?),
        coming: row.opt_text(4)?.map(|word| Coming::parse(word).ok_or(Fault::Row(4))).transpose()?,
    })
}

/// Invitations that an organisation has not replied to, the most urgent first.
///
/// # Errors
/// When the store fails.
pub async fn invitations(db: &Db, organisation: OrganisationId) -> Result<Vec<InvitedRow>, Fault> {
    const WAITING: &str = "select ledger, meeting, organisation, due, coming from invited
         where organisation = ?1 and waits = 1 order by due, ledger, meeting limit ?2";
    let args = [Value::from(organisation.0), Value::Int(LIST)];
    db.rows(WAITING, &args).await?.iter().map(read_invited).collect()
}

/// Somebody present, as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatRow {
    /// The sign-in.
    pub id: SeatId,
    /// The meeting.
    pub meeting: MeetingId,
    /// In what capacity.
    pub kind: SeatKind,
    /// How they signed in.
    pub how: SignedIn,
    /// The body that sent them.
    pub organisation: Option<OrganisationId>,
    /// 1 where it has a vote.
    pub votes: i64,
    /// When it was struck.
    pub struck: Option<Moment>,
    /// When it was taken.
    pub taken: Moment,
}

macro_rules! seat_rows {
    ($rest:literal) => {
        concat!(
            "select s.id, s.meeting, s.kind, s.how, s.organisation, s.votes, s.struck, s.taken from seat s ",
            $rest
        )
    };
}

fn read_seat(row: &Row) -> Result<SeatRow, Fault> {
    Ok(SeatRow {
        id: SeatId(row.uuid(0)?),
        meeting: MeetingId(row.uuid(1)?),
        kind: SeatKind::parse(row.text(2)?).ok_or(Fault::Row(2))?,
        how: SignedIn::parse(row.text(3)?).ok_or(Fault::Row(3))?,
        organisation: row.opt_uuid(4)?.map(OrganisationId),
        votes: row.int(5)?,
        struck: row.opt_int(6)?.map(Moment),
        taken: Moment(row.int(7)?),
    })
}

/// The seat of a link's secret.
///
/// # Errors
/// When the store fails.
pub async fn seat_by_secret(db: &Db, ledger: PlaceId, secret: &str) -> Result<Option<SeatRow>, Fault> {
    const FIND: &str = seat_rows!("where s.ledger = ?1 and s.secret = ?2");
    let digest = crate::blobs::digest_of(secret.as_bytes());
    db.row(FIND, &[Value::from(ledger.0), Value::from(digest)]).await?.as_ref().map(read_seat).transpose()
}

/// Everybody who signed in at a meeting, with a vote or without: those with one first.
///
/// # Errors
/// When the store fails.
pub async fn seats(db: &Db, ledger: PlaceId, meeting: MeetingId) -> Result<Vec<SeatRow>, Fault> {
    const AT: &str =
        seat_rows!("where s.ledger = ?1 and s.meeting = ?2 order by s.votes desc, s.taken, s.id limit 2000");
    db.rows(AT, &[Value::from(ledger.0), Value::from(meeting.0)]).await?.iter().map(read_seat).collect()
}

/// How many with a vote are present at a meeting.
///
/// # Errors
/// When the store fails.
pub async fn present(db: &Db, ledger: PlaceId, meeting: MeetingId) -> Result<u64, Fault> {
    const COUNT: &str = "select count(*) from seat where ledger = ?1 and meeting = ?2 and votes = 1";
    let row = db.row(COUNT, &[Value::from(ledger.0), Value::from(meeting.0)]).await?;
    Ok(row.map(|row| row.int(0)).transpose()?.unwrap_or_default().unsigned_abs())
}

/// Names of those present, for staff who keep the register: the caller has asked whether this
/// actor may read them.
///
/// # Errors
/// When the store fails.
pub async fn names(db: &Db, ledger: PlaceId, seats: &[SeatId]) -> Result<BTreeMap<SeatId, String>, Fault> {
    let mut names = BTreeMap::new();
    for some in seats.chunks(200) {
        let sql = format!(
            "select stream, value from private where ledger = ?1 and stream in ({}) and version = 1 and field = 'name' order by stream",
            super::places::numbered(some.len(), 2)
        );
        let mut args = vec![Value::from(ledger.0)];
        args.extend(some.iter().map(|id| Value::from(format!("seat/{id}"))));
        for row in db.rows_of(sql, &args).await? {
            let id = row.text(0)?.strip_prefix("seat/").and_then(|id| id.parse().ok()).map(SeatId);
            let name: Option<String> = serde_json::from_str(row.text(1)?).ok();
            if let (Some(id), Some(name)) = (id, name) {
                names.insert(id, name);
            }
        }
    }
    Ok(names)
}

/// Votes by phone on a motion of seats that have a vote: for, against, abstaining.
///
/// # Errors
/// When the store fails.
pub async fn votes(db: &Db, ledger: PlaceId, meeting: MeetingId, motion: u32) -> Result<[u64; 3], Fault> {
    const COUNT: &str = "select b.choice, count(*) from ballot b
         join seat s on s.ledger = b.ledger and s.id = b.seat
         where b.ledger = ?1 and b.meeting = ?2 and b.motion = ?3 and s.votes = 1
         group by b.choice order by b.choice";
    let args = [Value::from(ledger.0), Value::from(meeting.0), Value::Int(motion.into())];
    let mut votes = [0; 3];
    for row in db.rows(COUNT, &args).await? {
        let choice = row.opt_text(0)?.and_then(Choice::parse);
        let place = Choice::ALL.iter().position(|one| Some(*one) == choice);
        if let Some(count) = place.and_then(|place| votes.get_mut(place)) {
            *count = row.int(1)?.unsigned_abs();
        }
    }
    Ok(votes)
}

/// What a seat voted on a motion.
///
/// # Errors
/// When the store fails.
pub async fn vote_of(
    db: &Db,
    ledger: PlaceId,
    meeting: MeetingId,
    motion: u32,
    seat: SeatId,
) -> Result<Option<Choice>, Fault> {
    let id = crate::office::ballot_id(meeting, motion, seat);
    const FIND: &str = "select choice from ballot where ledger = ?1 and id = ?2";
    let row = db.row(FIND, &[Value::from(ledger.0), Value::from(id.0)]).await?;
    Ok(row.and_then(|row| row.opt_text(0).ok().flatten().and_then(Choice::parse)))
}

/// The queries of public pages and desks: none of them may scan a table that grows.
#[must_use]
pub fn page_queries() -> Vec<&'static str> {
    vec![
        topic_rows!("where t.ledger = ?1 order by t.opened desc, t.id desc limit ?2"),
        topic_rows!("where t.ledger = ?1 and t.stage = ?2 order by t.opened desc, t.id desc limit ?3"),
        topic_rows!("where t.ledger = ?1 and t.id = ?2"),
        topic_rows!(
            "join topic_matter m on m.ledger = t.ledger and m.topic = t.id
         where m.ledger = ?1 and m.matter = ?2 order by t.opened, t.id limit 50"
        ),
        topic_rows!("where t.holder = ?1 order by t.due, t.ledger, t.id limit ?2"),
        meeting_rows!("where g.ledger = ?1 order by g.starts desc, g.id desc limit ?2"),
        meeting_rows!("where g.ledger = ?1 and g.id = ?2"),
        meeting_rows!("where g.door = ?1"),
        meeting_rows!("where g.holder = ?1 order by g.due, g.ledger, g.id limit ?2"),
        meeting_rows!("where g.ledger = ?1 and g.ruled = 1 order by g.starts desc, g.id desc limit ?2"),
        "select ledger, meeting, organisation, due, coming from invited
         where organisation = ?1 and waits = 1 order by due, ledger, meeting limit ?2",
        seat_rows!("where s.ledger = ?1 and s.secret = ?2"),
        seat_rows!("where s.ledger = ?1 and s.meeting = ?2 order by s.votes desc, s.taken, s.id limit 2000"),
        "select count(*) from seat where ledger = ?1 and meeting = ?2 and votes = 1",
        "select b.choice, count(*) from ballot b
         join seat s on s.ledger = b.ledger and s.id = b.seat
         where b.ledger = ?1 and b.meeting = ?2 and b.motion = ?3 and s.votes = 1
         group by b.choice order by b.choice",
        "select choice from ballot where ledger = ?1 and id = ?2",
    ]
}
