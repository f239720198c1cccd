//! Tables of meetings, who is present, and ballots. Who has not replied stands in `duty`.

use crate::Viewed;
use crate::concern::Follows;
use crate::features::next;
use crate::papers::Issued;
use yishi_domain::matters::MatterId;
use yishi_domain::meetings::{
    Ballot, BallotId, CORRECT, Choice, ERASE, Fate, Meeting, MeetingId, MeetingStage, MeetingStep, Seat,
    SeatId, SeatKind, SignedIn,
};
use yishi_domain::papers::PaperKind;
use yishi_kernel::cell::{Flag, Number};
use yishi_kernel::{AccountId, Loaded, Moment, OrganisationId, PlaceId, Right, Sealed, Stream, StreamName};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, table};

/// After how many rolls somebody went who is still there: after more than there will be.
const STILL: u32 = 1_000_000;

/// The tables of meetings.
pub(crate) static TABLES: &[&Table] =
    &[MeetingLine::TABLE, SeatLine::TABLE, StayLine::TABLE, BallotLine::TABLE];

table! {
    /// Meetings. `ruled` where a standard was agreed; `stairwell` where its households meet, and
    /// `about` which matter of it, where it is about one.
    pub(crate) MeetingLine in "meeting", key (ledger, id) {
        ledger: PlaceId,
        id: MeetingId,
        number: Number,
        stage: MeetingStage,
        forum: String,
        title: String,
        place: PlaceId,
        venue: String,
        starts: Moment,
        door: Option<String>,
        step: Option<MeetingStep>,
        due: Option<Moment>,
        until: Option<Moment>,
        standard: Option<String>,
        ruled: Flag,
        ended: Option<Moment>,
        stairwell: Option<PlaceId>,
        about: Option<MatterId>,
    }
    index meeting_stairwell (ledger, stairwell, starts, id) where stairwell;
    index meeting_about (ledger, about, starts, id) where about;
    index meeting_list (ledger, starts, id);
    index meeting_door (door);
    index meeting_standard (ledger, ruled, starts, id);
}

table! {
    /// Who is present; `votes` for those with a vote on the next motion, `admitted` for those who
    /// were given one, `entered` by whom at the register.
    pub(crate) SeatLine in "seat", key (ledger, id) {
        ledger: PlaceId,
        id: SeatId,
        meeting: MeetingId,
        kind: SeatKind,
        how: SignedIn,
        organisation: Option<OrganisationId>,
        secret: Option<String>,
        votes: Flag,
        admitted: Flag,
        here: Flag,
        slip: Option<u32>,
        member: Option<u32>,
        challenged: Flag,
        entered: Option<AccountId>,
        struck: Option<Moment>,
        taken: Moment,
    }
    index seat_meeting (ledger, meeting, votes, taken, id);
    index seat_secret (ledger, secret);
    index seat_slip (ledger, meeting, slip) where slip;
    index seat_member (ledger, meeting, member) where member;
}

table! {
    /// While somebody was there with a vote: after how many closed rolls they came and went.
    /// `counts` unless the sign-in was struck.
    pub(crate) StayLine in "stay", key (ledger, seat, nth) {
        ledger: PlaceId,
        seat: SeatId,
        nth: u32,
        meeting: MeetingId,
        came: u32,
        went: u32,
        counts: Flag,
    }
    index stay_roll (ledger, meeting, counts, came, went);
}

table! {
    /// Ballots: the last vote of each seat on each motion.
    pub(crate) BallotLine in "ballot", key (ledger, id) {
        ledger: PlaceId,
        id: BallotId,
        meeting: MeetingId,
        motion: u32,
        seat: Option<SeatId>,
        choice: Option<Choice>,
    }
    index ballot_motion (ledger, meeting, motion, choice, seat);
    index ballot_seat (ledger, meeting, motion, seat);
}

impl Viewed for Meeting {
    const ERASE: Option<&'static Right> = Some(&ERASE);
    const CORRECT: Option<&'static Right> = Some(&CORRECT);

    fn follows(&self) -> Follows {
        let matter = self.stairs.as_ref().and_then(|stairs| stairs.matter);
        Follows { matters: matter.into_iter().collect(), topics: self.agenda.topics.clone() }
    }

    /// What was agreed is said again in the orders that carry it out; why an objection was upheld,
    /// or nothing decided, in these and in the topics that came back.
    fn quoted_by(&self) -> Vec<StreamName> {
        let sent = |fate| match fate {
            Fate::Sent(order) | Fate::Suspended(Some(order)) => Some(order.into()),
            Fate::Waiting | Fate::Suspended(None) | Fate::Refused | Fate::Fallen => None,
        };
        let orders = self.outcome.actions.iter().filter_map(|action| sent(action.fate));
        orders.chain(self.agenda.topics.iter().map(|topic| (*topic).into())).collect()
    }

    fn papers(&self) -> Vec<Issued> {
        const PUBLISHED: &str = "meeting.published";
        // Neighbours at their door number nothing.
        if self.stairs.is_some() {
            return Vec::new();
        }
        let called = self.agenda.called;
        let mut papers =
            vec![Issued::first(PaperKind::Meeting, called), Issued::first(PaperKind::Notice, called)];
        if let Some(at) = self.outcome.published {
            papers.push(Issued::later(PaperKind::Minutes, PUBLISHED, at));
            papers.push(Issued::later(PaperKind::Publication, PUBLISHED, at));
            if self.outcome.standard.is_some() {
                papers.push(Issued::later(PaperKind::Standard, PUBLISHED, at));
            }
        }
        papers
    }

    fn rows(ledger: PlaceId, id: &str, meeting: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        let (stage, agenda) = (meeting.stage, &meeting.agenda);
        let (step, due) = next(&meeting.waits());
        // What was agreed holds once the minutes are confirmed and published.
        let holds = matches!(stage, MeetingStage::Published | MeetingStage::Concluded);
        let standard = meeting.outcome.standard.as_ref().filter(|_| holds).map(ToString::to_string);
        Rows::of(MeetingLine {
            ledger,
            id,
            number: Number::Own,
            stage,
            forum: agenda.forum.clone(),
            title: agenda.title.to_string(),
            place: agenda.place,
            venue: agenda.venue.to_string(),
            starts: agenda.starts,
            door: agenda.door.get().cloned(),
            step,
            due,
            until: meeting.outcome.until,
            ruled: Flag::from(standard.is_some()),
            standard,
            ended: meeting.ended,
            stairwell: meeting.stairs.as_ref().and_then(|stairs| stairs.stairwell.get()).copied(),
            about: meeting.stairs.as_ref().and_then(|stairs| stairs.matter),
        })
    }
}

impl Viewed for Seat {
    fn judged_over(&self) -> Option<StreamName> {
        Some(self.meeting.into())
    }

    fn rows(ledger: PlaceId, id: &str, seat: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        let stays = (1..).zip(&seat.stays).map(|(nth, stay)| StayLine {
            ledger,
            seat: id,
            nth,
            meeting: seat.meeting,
            came: stay.came,
            went: stay.went.unwrap_or(STILL),
            counts: Flag::from(seat.struck.is_none()),
        });
        let line = SeatLine {
            ledger,
            id,
            meeting: seat.meeting,
            kind: seat.kind,
            how: seat.how,
            organisation: seat.organisation,
            secret: seat.secret.as_ref().and_then(Sealed::get).cloned(),
            votes: Flag::from(seat.votes()),
            admitted: Flag::from(seat.admitted),
            here: Flag::from(seat.here),
            slip: seat.slip,
            member: seat.member.as_ref().and_then(Sealed::get).copied(),
            challenged: Flag::from(seat.challenged),
            entered: seat.entered_by.as_ref().and_then(Sealed::get).copied(),
            struck: seat.struck,
            taken: seat.taken,
        };
        Rows::of(line).and(stays)
    }
}

impl Viewed for Ballot {
    fn judged_over(&self) -> Option<StreamName> {
        Some(self.meeting.into())
    }

    fn rows(ledger: PlaceId, id: &str, ballot: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        let (seat, choice) = (ballot.seat.get().copied(), ballot.choice.get().copied());
        Rows::of(BallotLine { ledger, id, meeting: ballot.meeting, motion: ballot.motion, seat, choice })
    }
}
