//! What commands about meetings must know: bodies of the place, who is present and how they
//! voted by phone, and the ids that follow from a meeting's own.

use super::reads::{BY_MEMBER, BY_SLIP, ON_ROLL, PRESENT, VOTES, VOTES_ON, by_choice, vote_of};
use crate::councils::council_of;
use crate::dispatch::street_over;
use crate::people::reads::{actor, holders_at, organisations};
use crate::places::reads::{PlaceRow, building_of, children, place, places};
use crate::rulebook::standing;
use crate::{Case, Failure, Load};
use yishi_domain::councils::{Council, CouncilId};
use yishi_domain::dispatch::OrderId;
use yishi_domain::matters::{Matter, StageKind};
use yishi_domain::meetings::{
    ActionId, Adjourn, Admit, Admitting, BallotId, Call, CallStairwell, Cancel, Cast, Challenge, Choice,
    Come, Convening, Count, DispatchAction, Door, Doors, EnterHands, IssueSlips, Leave, Lift, Meeting,
    MeetingId, Members, Membership, Polled, Polling, Present, Put, Reschedule, Resolve, Resolving, Returns,
    Roll, Rule, Rules, Seat, SeatId, SendUp, Sending, SetAside, Settle, SignIn, Stairwell, Strike, Striking,
    Used, Vote,
};
use yishi_domain::places::PlaceKind;
use yishi_domain::topics::{Topic, one_place};
use yishi_kernel::access::About;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Holder, PlaceId, Stream as _};
use yishi_store::{args, blobs};

/// The ballot of a seat on a motion: one for each.
pub(crate) fn ballot_id(meeting: MeetingId, motion: u32, seat: SeatId) -> BallotId {
    BallotId(blobs::id_of(format!("ballot/{meeting}/{motion}/{seat}").as_bytes()))
}

/// The order that carries an action out: one for each.
pub(crate) fn order_of(meeting: MeetingId, action: ActionId) -> OrderId {
    OrderId(blobs::id_of(format!("order/{meeting}/{action}").as_bytes()))
}

impl Load<Call> for Convening {
    async fn load(case: &mut Case<'_>, command: &Call) -> Result<Self, Failure> {
        let mut topics = Vec::with_capacity(command.topics.len());
        for topic in &command.topics {
            let found = case.read::<Topic>(*topic).await?.state;
            topics.push(found.ok_or(Common::NotHere { field: "topic" })?);
        }
        let place = one_place(topics.iter().map(|topic| topic.place), case.ledger);
        let path = case.lies_at(place).await?;
        let bodies = organisations(case.db(), &path).await?;
        let mut table = Vec::with_capacity(2);
        for id in [command.chair, command.recorder] {
            table.extend(actor(case.db(), id).await?);
        }
        let keeper = places(case.db(), &[case.ledger]).await?.first().map(|row| row.kind);
        let street = street_over(case.db(), case.ledger).await?;
        Ok(Convening {
            keeper: keeper.ok_or(Common::Unknown)?,
            confirmed: (street, standing(case, street, &command.forum).await?),
            id: case.id()?,
            place,
            desk: topics.first().map_or(case.ledger, |topic| topic.desk),
            about: About::all(topics.iter().map(|topic| &topic.about)),
            council: council(case, &command.forum, &path).await?,
            bodies: bodies.iter().map(|body| (body.id, body.kind)).collect(),
            table,
        })
    }
}

/// The council whose members vote by a forum's rule, where one stands and somebody is on its roll.
async fn council(
    case: &mut Case<'_>,
    forum: &str,
    path: &[PlaceId],
) -> Result<Option<(CouncilId, u64)>, Failure> {
    let rules = case.office.rules(case.ledger, case.now).await?;
    let forum = rules.section::<Rules>().forum(forum).filter(|forum| forum.council.is_some());
    let Some(forum) = forum else { return Ok(None) };
    let rows = places(case.db(), path).await?;
    let Some(place) = rows.iter().find(|row| forum.votes_at(row.kind)) else { return Ok(None) };
    let id = council_of(place.id);
    let Some(council) = case.read::<Council>(id).await?.state else { return Ok(None) };
    let members = council.current(case.now).count() as u64;
    Ok(Some((id, members)).filter(|_| members > 0))
}

/// Commands that change topics name the meeting to them.
macro_rules! by_its_id {
    ($($command:ty),+) => {$(
        impl Load<$command> for MeetingId {
            async fn load(case: &mut Case<'_>, _: &$command) -> Result<Self, Failure> {
                case.id()
            }
        }
    )+};
}
by_its_id!(Adjourn, Rule, Cancel, Reschedule, SetAside, Settle);

impl Load<CallStairwell> for Stairwell {
    async fn load(case: &mut Case<'_>, command: &CallStairwell) -> Result<Self, Failure> {
        let row = place(case.db(), command.stairwell).await?;
        let row = row.filter(|row| row.ledger == case.ledger).ok_or(Common::NotHere { field: "place" })?;
        let households = children(case.db(), row.ledger, row.id).await?;
        let (mut about, mut matter) = (About::default(), None);
        if let Some(id) = command.matter {
            let found = case.read::<Matter>(id).await?;
            let open = found.get().filter(|one| matches!(one.stage(), StageKind::Raised | StageKind::InHand));
            if let Some(one) = open
                && case.path_of(one.at()).await?.contains(&row.id)
            {
                (about, matter) = (one.whom(), Some(id));
            }
        }
        Ok(Stairwell {
            kind: row.kind,
            closed: row.closed,
            building: building_of(case.db(), &row).await?,
            desk: case.ledger,
            households: open_households(&households).count() as u64,
            about,
            matter,
        })
    }
}

/// Households that are there.
fn open_households(rows: &[PlaceRow]) -> impl Iterator<Item = PlaceId> {
    let there = rows.iter().filter(|row| row.kind == PlaceKind::Household && row.closed.is_none());
    there.map(|row| row.id)
}

impl Load<Come> for Doors {
    async fn load(case: &mut Case<'_>, _: &Come) -> Result<Self, Failure> {
        let stairs = case.state::<Meeting>()?.stairs.as_ref();
        let Some(stairwell) = stairs.and_then(|stairs| stairs.stairwell.get()) else {
            return Ok(Doors::default());
        };
        let rows = children(case.db(), case.ledger, *stairwell).await?;
        Ok(Doors { households: open_households(&rows).collect() })
    }
}

impl Load<SendUp> for Lift {
    async fn load(case: &mut Case<'_>, command: &SendUp) -> Result<Self, Failure> {
        let raised_at = match command.raised {
            Some(matter) => case.read::<Matter>(matter).await?.get().and_then(|matter| matter.meeting),
            None => None,
        };
        Ok(Lift { id: case.id()?, raised_at })
    }
}

impl Load<Resolve> for Resolving {
    async fn load(case: &mut Case<'_>, command: &Resolve) -> Result<Self, Failure> {
        let meeting = case.state::<Meeting>()?;
        let path = case.path_of(Some(meeting.agenda.place)).await?;
        let mut away = Vec::new();
        for action in &command.actions {
            let Holder::Person(role, at) = action.owner else { continue };
            let mut people = holders_at(case.db(), &[at], case.now).await?;
            people.retain(|one| one.role == role);
            let mut all = !people.is_empty();
            for one in people {
                let person = actor(case.db(), one.id).await?;
                all &= person.is_some_and(|person| meeting.resource(&path, &person).keeps_away(&person));
            }
            if all {
                away.push(action.owner);
            }
        }
        Ok(Resolving { id: case.id()?, away })
    }
}

/// How many have a vote: on a roll, or now. Nobody comes or goes until the decision is recorded.
async fn present(case: &mut Case<'_>, meeting: MeetingId, roll: Option<Roll>) -> Result<u64, Failure> {
    let found = match roll {
        Some(roll) => case.find(&ON_ROLL, &args![case.ledger, meeting, roll.number]).await?,
        None => case.find(&PRESENT, &args![case.ledger, meeting]).await?,
    };
    Ok(found.iter().sum())
}

/// The roll that was closed for a motion.
fn roll_of(meeting: &Meeting, motion: u32) -> Option<Roll> {
    meeting.sitting.motion(motion).and_then(|motion| motion.roll)
}

impl Load<Put> for Present {
    async fn load(case: &mut Case<'_>, _: &Put) -> Result<Self, Failure> {
        let meeting = case.id()?;
        Ok(Present { votes: present(case, meeting, None).await? })
    }
}

impl Load<EnterHands> for Present {
    async fn load(case: &mut Case<'_>, command: &EnterHands) -> Result<Self, Failure> {
        let (meeting, roll) = (case.id()?, roll_of(case.state()?, command.motion));
        Ok(Present { votes: present(case, meeting, roll).await? })
    }
}

impl Load<Count> for Polled {
    async fn load(case: &mut Case<'_>, command: &Count) -> Result<Self, Failure> {
        let (meeting, roll): (MeetingId, _) = (case.id()?, roll_of(case.state()?, command.motion));
        let votes = if roll.is_some() { &VOTES_ON } else { &VOTES };
        Ok(Polled {
            present: present(case, meeting, roll).await?,
            phones: by_choice(&case.find(votes, &args![case.ledger, meeting, command.motion]).await?),
        })
    }
}

impl Load<DispatchAction> for Sending {
    async fn load(case: &mut Case<'_>, command: &DispatchAction) -> Result<Self, Failure> {
        let id: MeetingId = case.id()?;
        let street = street_over(case.db(), case.state::<Meeting>()?.agenda.desk).await?;
        Ok(Sending { id, order: order_of(id, command.action), street })
    }
}

/// A meeting that a command on a seat or ballot is about.
async fn meeting(case: &mut Case<'_>, id: MeetingId) -> Result<Meeting, Failure> {
    let meeting = case.must::<Meeting>(id).await?;
    case.lies_at(meeting.agenda.place).await?;
    Ok(meeting)
}

/// Whether a slip was used, which nobody else does until the decision is recorded.
async fn used(case: &mut Case<'_>, meeting: MeetingId, slip: Option<u32>) -> Result<Used, Failure> {
    let Some(slip) = slip else { return Ok(Used::No) };
    let found = case.find(&BY_SLIP, &args![case.ledger, meeting, slip]).await?;
    Ok(if found.is_empty() { Used::No } else { Used::Yes })
}

/// Whether a member of the meeting's council is one now, and has not signed in otherwise.
async fn membership(
    case: &mut Case<'_>,
    id: MeetingId,
    meeting: &Meeting,
    member: Option<u32>,
) -> Result<Membership, Failure> {
    let (Some(council), Some(member)) = (meeting.agenda.council, member) else {
        return Ok(Membership::None);
    };
    let council = case.read::<Council>(council).await?.state;
    let now = case.now;
    let is_one = council.is_some_and(|council| council.current(now).any(|one| one.number == member));
    let sits = case.find(&BY_MEMBER, &args![case.ledger, id, member]).await?;
    Ok(if is_one && sits.is_empty() { Membership::Open } else { Membership::None })
}

/// What a door must know of whoever shows a slip, or is named as a member.
async fn door(
    case: &mut Case<'_>,
    id: MeetingId,
    slip: Option<u32>,
    member: Option<u32>,
) -> Result<Door, Failure> {
    let meeting = meeting(case, id).await?;
    let member = member.or_else(|| meeting.sitting.slips.member(slip?));
    let member = membership(case, id, &meeting, member).await?;
    Ok(Door { used: used(case, id, slip).await?, member, meeting })
}

impl Load<IssueSlips> for Members {
    async fn load(case: &mut Case<'_>, _: &IssueSlips) -> Result<Self, Failure> {
        let Some(council) = case.state::<Meeting>()?.agenda.council else { return Ok(Members::default()) };
        let (council, now) = (case.read::<Council>(council).await?.state, case.now);
        let numbers = council.iter().flat_map(|council| council.current(now)).map(|one| one.number);
        Ok(Members { numbers: numbers.collect() })
    }
}

impl Load<SignIn> for Door {
    async fn load(case: &mut Case<'_>, command: &SignIn) -> Result<Self, Failure> {
        door(case, command.meeting, command.slip, command.member).await
    }
}

impl Load<Admit> for Door {
    async fn load(case: &mut Case<'_>, command: &Admit) -> Result<Self, Failure> {
        let at = case.state::<Seat>()?.meeting;
        let slip = match command.by {
            Admitting::Slip(slip) => Some(slip),
            Admitting::Second => None,
        };
        door(case, at, slip, None).await
    }
}

/// Commands on a sign-in that look at its meeting.
macro_rules! at_its_meeting {
    ($($command:ty),+) => {$(
        impl Load<$command> for Meeting {
            async fn load(case: &mut Case<'_>, _: &$command) -> Result<Self, Failure> {
                let at = case.state::<Seat>()?.meeting;
                meeting(case, at).await
            }
        }
    )+};
}
at_its_meeting!(Challenge, Leave, Returns);

impl Load<Strike> for Striking {
    async fn load(case: &mut Case<'_>, _: &Strike) -> Result<Self, Failure> {
        let (seat, own): (&Seat, SeatId) = (case.state()?, case.id()?);
        let meeting = meeting(case, seat.meeting).await?;
        let mut left = Vec::new();
        for motion in seat.counted_in(&meeting) {
            let Vote::Counted(counts, _) = motion.vote else { continue };
            // What was counted without this one, so that what was erased since stays in the count.
            let mut phones = [counts.in_favour, counts.against, counts.abstain];
            let cast = vote_of(case.db(), case.ledger, seat.meeting, motion.number, own).await?;
            let place = cast.and_then(|choice| Choice::ALL.iter().position(|one| *one == choice));
            if let Some(votes) = place.and_then(|place| phones.get_mut(place)) {
                *votes = votes.saturating_sub(1);
            }
            let present = present(case, seat.meeting, motion.roll).await?.saturating_sub(1);
            left.push((motion.number, Polled { present, phones }));
        }
        Ok(Striking { meeting, left })
    }
}

impl Load<Cast> for Polling {
    async fn load(case: &mut Case<'_>, command: &Cast) -> Result<Self, Failure> {
        let meeting = meeting(case, command.meeting).await?;
        Ok(Polling { meeting, seat: case.must::<Seat>(command.seat).await? })
    }
}
