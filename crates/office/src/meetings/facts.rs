//! What commands about meetings must know: bodies of the place, who is present and how they
//! voted by phone, and the ids that follow from a meeting's own.

use super::reads::{PRESENT, VOTES, by_choice};
use crate::dispatch::street_over;
use crate::people::reads::{actor, holders_at, organisations};
use crate::{Case, Failure, Load};
use yishi_domain::dispatch::OrderId;
use yishi_domain::meetings::{
    ActionId, Adjourn, BallotId, Call, Cancel, Cast, Convening, Count, DispatchAction, EnterHands, Meeting,
    MeetingId, Polled, Polling, Present, Resolve, Resolving, Rule, Seat, SeatId, Sending, SetAside, SignIn,
    Strike,
};
use yishi_domain::topics::{Topic, one_place};
use yishi_kernel::access::About;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Holder, Stream as _};
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
        Ok(Convening {
            id: case.id()?,
            place,
            desk: topics.first().map_or(case.ledger, |topic| topic.desk),
            about: About::all(topics.iter().map(|topic| &topic.about)),
            bodies: bodies.iter().map(|body| (body.id, body.kind)).collect(),
            table,
        })
    }
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
by_its_id!(Adjourn, Rule, Cancel, SetAside);

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

/// How many with a vote are present; nobody comes or goes until the decision is recorded.
async fn present(case: &mut Case<'_>, meeting: MeetingId) -> Result<u64, Failure> {
    Ok(case.find(&PRESENT, &args![case.ledger, meeting]).await?.iter().sum())
}

impl Load<EnterHands> for Present {
    async fn load(case: &mut Case<'_>, _: &EnterHands) -> Result<Self, Failure> {
        let meeting = case.id()?;
        Ok(Present { votes: present(case, meeting).await? })
    }
}

impl Load<Count> for Polled {
    async fn load(case: &mut Case<'_>, command: &Count) -> Result<Self, Failure> {
        let meeting: MeetingId = case.id()?;
        Ok(Polled {
            present: present(case, meeting).await?,
            phones: by_choice(&case.find(&VOTES, &args![case.ledger, meeting, command.motion]).await?),
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

impl Load<SignIn> for Meeting {
    async fn load(case: &mut Case<'_>, command: &SignIn) -> Result<Self, Failure> {
        meeting(case, command.meeting).await
    }
}

impl Load<Strike> for Meeting {
    async fn load(case: &mut Case<'_>, _: &Strike) -> Result<Self, Failure> {
        let at = case.state::<Seat>()?.meeting;
        meeting(case, at).await
    }
}

impl Load<Cast> for Polling {
    async fn load(case: &mut Case<'_>, command: &Cast) -> Result<Self, Failure> {
        let meeting = meeting(case, command.meeting).await?;
        Ok(Polling { meeting, seat: case.must::<Seat>(command.seat).await? })
    }
}
