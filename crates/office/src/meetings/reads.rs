//! Meetings, who is present and how they voted, as pages and desks list them.

use crate::paging::{Key, MORE, PAGE, Paged, below};
use crate::papers::Numbered;
use crate::relations::Relation;
use std::collections::BTreeMap;
use yishi_domain::matters::MatterId;
use yishi_domain::meetings::{
    BallotId, Choice, MeetingId, MeetingStage, MeetingStep, SeatId, SeatKind, SignedIn,
};
use yishi_domain::papers::PaperKind;
use yishi_kernel::StreamName;
use yishi_kernel::cell::Flag;
use yishi_kernel::{AccountId, Moment, OrganisationId, PlaceId};
use yishi_store::query::{args_and, args_and_pairs};
use yishi_store::{Db, Fault, args, blobs, query, row};

row! {
    /// A meeting as listed.
    pub MeetingRow, from "meeting g" {
        /// The ledger.
        ledger: PlaceId = "g.ledger",
        /// The meeting.
        id: MeetingId = "g.id",
        /// Its number: that of its first entry.
        number: i64 = "g.number",
        /// Where it stands.
        stage: MeetingStage = "g.stage",
        /// The forum of the rule pack.
        forum: String = "g.forum",
        /// What it is called.
        title: String = "g.title",
        /// The place it is about.
        place: PlaceId = "g.place",
        /// Where it is held.
        venue: String = "g.venue",
        /// When it begins.
        starts: Moment = "g.starts",
        /// What comes next, and by when.
        next: Option<(MeetingStep, Moment)> = "g.step, g.due",
        /// Until when objections are taken.
        until: Option<Moment> = "g.until",
        /// The standard agreed for the time to come.
        standard: Option<String> = "g.standard",
        /// The stairwell whose households meet, where they do.
        stairwell: Option<PlaceId> = "g.stairwell",
    }
}

row! {
    /// Somebody present, as listed.
    pub SeatRow, from "seat s" {
        /// The sign-in.
        id: SeatId = "s.id",
        /// The meeting.
        meeting: MeetingId = "s.meeting",
        /// In what capacity.
        kind: SeatKind = "s.kind",
        /// How they signed in.
        how: SignedIn = "s.how",
        /// The body that sent them.
        organisation: Option<OrganisationId> = "s.organisation",
        /// Whether it has a vote.
        votes: Flag = "s.votes",
        /// Whether it was given one.
        admitted: Flag = "s.admitted",
        /// Whether they are in the room.
        here: Flag = "s.here",
        /// The number of the slip that gave it a vote.
        slip: Option<u32> = "s.slip",
        /// Their number on the roll of the council.
        member: Option<u32> = "s.member",
        /// Whether that slip was shown once more by somebody else.
        challenged: Flag = "s.challenged",
        /// Who entered it at the register.
        entered: Option<AccountId> = "s.entered",
        /// When it was struck.
        struck: Option<Moment> = "s.struck",
        /// When it was taken.
        taken: Moment = "s.taken",
    }
}

impl SeatRow {
    /// Whether it waits for a second person: a line of the register that is to have a vote.
    #[must_use]
    pub fn unconfirmed(&self) -> bool {
        let may = matches!(self.kind, SeatKind::Resident | SeatKind::Member);
        may && self.how == SignedIn::Register && self.admitted == Flag::No && self.struck.is_none()
    }
}

row! {
    Named, from "private" {
        stream: String,
        value: String,
    }
}

row! {
    pub(crate) Counted, from "ballot b" {
        choice: Option<Choice> = "b.choice",
        count: u64 = "count(*)",
    }
}

row! {
    /// Who is on a roll, and how many of them have voted.
    pub Turnout, from "stay y join seat s on s.ledger = y.ledger and s.id = y.seat
        left join ballot b on b.ledger = y.ledger and b.meeting = y.meeting and b.motion = ?4 and b.seat = y.seat" {
        /// How they signed in.
        how: SignedIn = "s.how",
        /// How many there are.
        on: u64 = "count(*)",
        /// How many have voted.
        voted: u64 = "count(b.id)",
    }
}

impl Numbered for MeetingRow {
    fn key(&self) -> (PlaceId, StreamName) {
        (self.ledger, self.id.into())
    }

    fn kind(&self) -> PaperKind {
        PaperKind::Meeting
    }

    fn entry(&self) -> i64 {
        self.number
    }
}

/// Meetings at which neighbours of its stairwell talked about a matter.
pub static TALKED_OVER: Relation =
    Relation { rows: "meeting where meeting.ledger = g.ledger and meeting.about = g.member" };

/// Meetings from whose floor a matter was raised.
pub static FROM_FLOOR: Relation = Relation {
    rows: "matter where matter.ledger = g.ledger and matter.id = g.member and matter.meeting is not null",
};

query! {
    /// Those that are not at their end.
    pub(crate) OPEN: MeetingRow => "where g.step is not null", scans "meetings of all communities, when somebody leaves";
    MEETINGS: MeetingRow => "where g.ledger = ?1 and (g.starts, g.id) < (?2, ?3) order by g.starts desc, g.id desc limit ?4";
    MEETING: MeetingRow => "where g.ledger = ?1 and g.id = ?2";
    BY_DOOR: MeetingRow => "where g.door = ?1";
    SOME: MeetingRow => "where (g.ledger, g.id) in (values (?1, ?2), …)";
    STANDARDS: MeetingRow => "where g.ledger = ?1 and g.ruled = 1 and (g.starts, g.id) < (?2, ?3) order by g.starts desc, g.id desc limit ?4";
    AT_STAIRWELL: MeetingRow => "where g.ledger = ?1 and g.stairwell = ?2 and (g.starts, g.id) < (?3, ?4) order by g.starts desc, g.id desc limit ?5";
    ABOUT: MeetingRow => "where g.ledger = ?1 and g.about = ?2 and (g.starts, g.id) < (?3, ?4) order by g.starts desc, g.id desc limit ?5";
    RAISED_AT: MeetingRow => "where g.ledger = ?1 and g.id =
         (select meeting from matter where ledger = ?1 and id = ?2)";
    BY_SECRET: SeatRow => "where s.ledger = ?1 and s.secret = ?2";
    SEATS: SeatRow => "where s.ledger = ?1 and s.meeting = ?2 order by s.votes desc, s.taken, s.id",
        sorts "one meeting's seats";
    pub(crate) PRESENT: u64 = "select count(*) from seat where ledger = ?1 and meeting = ?2 and votes = 1";
    NAMES: Named => "where ledger = ?1 and stream in (?2, …) and version = 1 and field = 'name'";
    pub(crate) VOTES: Counted => "join seat s on s.ledger = b.ledger and s.id = b.seat
         where b.ledger = ?1 and b.meeting = ?2 and b.motion = ?3 and s.votes = 1
         group by b.choice order by b.choice";
    /// Those on a roll who were not struck.
    pub(crate) ON_ROLL: u64 = "select count(*) from stay
         where ledger = ?1 and meeting = ?2 and counts = 1 and came < ?3 and went >= ?3";
    pub(crate) VOTES_ON: Counted => "join seat s on s.ledger = b.ledger and s.id = b.seat
         where b.ledger = ?1 and b.meeting = ?2 and b.motion = ?3 and s.struck is null
         group by b.choice order by b.choice";
    TURNOUT: Turnout => "where y.ledger = ?1 and y.meeting = ?2 and y.counts = 1 and y.came < ?3 and y.went >= ?3
         group by s.how";
    pub(crate) BY_SLIP: SeatId = "select id from seat where ledger = ?1 and meeting = ?2 and slip = ?3";
    pub(crate) BY_MEMBER: SeatId = "select id from seat
         where ledger = ?1 and meeting = ?2 and member = ?3 and struck is null";
    pub(crate) SEATS_AT: SeatId = "select id from seat where ledger = ?1 and meeting = ?2";
    pub(crate) BALLOTS_ON: BallotId = "select id from ballot where ledger = ?1 and meeting = ?2 and motion = ?3";
    VOTE_OF: Option<Choice> = "select choice from ballot where ledger = ?1 and id = ?2";
}

/// A page of the meetings of a ledger, the latest first.
pub async fn meetings(
    db: &Db,
    ledger: PlaceId,
    before: Option<Key<MeetingId>>,
) -> Result<Paged<MeetingRow>, Fault> {
    let (starts, id) = below(before);
    Ok(Paged::of(MEETINGS.all(db, &args![ledger, starts, id, MORE]).await?, latest))
}

/// By what lists of meetings are ordered.
fn latest(row: &MeetingRow) -> (Moment, MeetingId) {
    (row.starts, row.id)
}

/// One meeting as listed.
pub async fn meeting(db: &Db, ledger: PlaceId, id: MeetingId) -> Result<Option<MeetingRow>, Fault> {
    MEETING.first(db, &args![ledger, id]).await
}

/// A page of the meetings of a stairwell's households, the latest first.
pub async fn at_stairwell(
    db: &Db,
    ledger: PlaceId,
    stairwell: PlaceId,
    before: Option<Key<MeetingId>>,
) -> Result<Paged<MeetingRow>, Fault> {
    let (starts, id) = below(before);
    Ok(Paged::of(AT_STAIRWELL.all(db, &args![ledger, stairwell, starts, id, MORE]).await?, latest))
}

/// A page of the meetings at which neighbours talked about a matter of their stairwell, the latest
/// first.
pub async fn about(
    db: &Db,
    ledger: PlaceId,
    matter: MatterId,
    before: Option<Key<MeetingId>>,
) -> Result<Paged<MeetingRow>, Fault> {
    let (starts, id) = below(before);
    Ok(Paged::of(ABOUT.all(db, &args![ledger, matter, starts, id, MORE]).await?, latest))
}

/// The meeting from whose floor a matter was raised.
pub async fn raised_at(db: &Db, ledger: PlaceId, matter: MatterId) -> Result<Option<MeetingRow>, Fault> {
    RAISED_AT.first(db, &args![ledger, matter]).await
}

/// The meeting whose room shows this word.
pub async fn meeting_by_door(db: &Db, door: &str) -> Result<Option<MeetingRow>, Fault> {
    BY_DOOR.first(db, &args![door]).await
}

/// Several meetings as listed, in any order.
pub async fn some(db: &Db, keys: &[(PlaceId, MeetingId)]) -> Result<Vec<MeetingRow>, Fault> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    SOME.all(db, &args_and_pairs([], keys.iter().copied())).await
}

/// A page of the meetings that agreed on a standard (省事：商定的标准) in which these words
/// stand, the latest first.
pub async fn standards(
    db: &Db,
    ledger: PlaceId,
    words: &str,
    mut before: Option<Key<MeetingId>>,
) -> Result<Paged<MeetingRow>, Fault> {
    let words = words.to_lowercase();
    let holds = |text: &str| text.to_lowercase().contains(&words);
    let mut found = Vec::new();
    while found.len() <= PAGE {
        let (starts, id) = below(before);
        let rows = STANDARDS.all(db, &args![ledger, starts, id, MORE]).await?;
        let last = rows.last().map(latest).filter(|_| rows.len() > PAGE);
        found.extend(
            rows.into_iter()
                .filter(|row| holds(row.standard.as_deref().unwrap_or_default()) || holds(&row.title)),
        );
        match last {
            Some((at, id)) => before = Some(Key { at, id }),
            None => break,
        }
    }
    Ok(Paged::of(found, latest))
}

/// The seat of a link's secret.
pub async fn seat_by_secret(db: &Db, ledger: PlaceId, secret: &str) -> Result<Option<SeatRow>, Fault> {
    let digest = blobs::digest_of(secret.as_bytes());
    BY_SECRET.first(db, &args![ledger, digest]).await
}

/// Everybody who signed in at a meeting, with a vote or without: those with one first.
pub async fn seats(db: &Db, ledger: PlaceId, meeting: MeetingId) -> Result<Vec<SeatRow>, Fault> {
    SEATS.all(db, &args![ledger, meeting]).await
}

/// How many with a vote are present at a meeting.
pub async fn present(db: &Db, ledger: PlaceId, meeting: MeetingId) -> Result<u64, Fault> {
    Ok(PRESENT.first(db, &args![ledger, meeting]).await?.unwrap_or_default())
}

/// Names of those present, for staff who keep the register: the caller has asked whether this
/// actor may read them.
pub async fn names(db: &Db, ledger: PlaceId, seats: &[SeatId]) -> Result<BTreeMap<SeatId, String>, Fault> {
    let mut names = BTreeMap::new();
    for some in seats.chunks(200) {
        let streams = some.iter().map(|id| format!("seat/{id}"));
        for row in NAMES.all(db, &args_and(args![ledger], streams)).await? {
            let id = row.stream.strip_prefix("seat/").and_then(|id| id.parse().ok()).map(SeatId);
            let name: Option<String> = serde_json::from_str(&row.value).ok();
            if let (Some(id), Some(name)) = (id, name) {
                names.insert(id, name);
            }
        }
    }
    Ok(names)
}

/// Votes by phone on a motion of seats that have a vote: for, against, abstaining.
pub async fn votes(db: &Db, ledger: PlaceId, meeting: MeetingId, motion: u32) -> Result<[u64; 3], Fault> {
    Ok(by_choice(&VOTES.all(db, &args![ledger, meeting, motion]).await?))
}

/// The same on a motion before which the roll was closed: of those on it who were not struck.
pub async fn votes_on(db: &Db, ledger: PlaceId, meeting: MeetingId, motion: u32) -> Result<[u64; 3], Fault> {
    Ok(by_choice(&VOTES_ON.all(db, &args![ledger, meeting, motion]).await?))
}

/// Who is on a roll and how many of them have voted on its motion, by how they signed in.
pub async fn turnout(
    db: &Db,
    ledger: PlaceId,
    meeting: MeetingId,
    roll: u32,
    motion: u32,
) -> Result<Vec<Turnout>, Fault> {
    TURNOUT.all(db, &args![ledger, meeting, roll, motion]).await
}

/// The sign-in that a slip gave a vote.
pub async fn seat_by_slip(
    db: &Db,
    ledger: PlaceId,
    meeting: MeetingId,
    slip: u32,
) -> Result<Option<SeatId>, Fault> {
    BY_SLIP.first(db, &args![ledger, meeting, slip]).await
}

/// Votes in the order of the choices.
pub(crate) fn by_choice(counted: &[Counted]) -> [u64; 3] {
    let mut votes = [0; 3];
    for row in counted {
        let place = Choice::ALL.iter().position(|one| Some(*one) == row.choice);
        if let Some(count) = place.and_then(|place| votes.get_mut(place)) {
            *count = row.count;
        }
    }
    votes
}

/// What a seat voted on a motion.
pub async fn vote_of(
    db: &Db,
    ledger: PlaceId,
    meeting: MeetingId,
    motion: u32,
    seat: SeatId,
) -> Result<Option<Choice>, Fault> {
    let id = super::ballot_id(meeting, motion, seat);
    Ok(VOTE_OF.first(db, &args![ledger, id]).await?.flatten())
}
