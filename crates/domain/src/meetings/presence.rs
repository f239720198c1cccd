//! Who is present, and their votes by phone: each sign-in and each ballot is a stream of its
//! own, so that three hundred at once do not queue for one version. Record both under a guard
//! of the meeting's version, so that nobody votes between the end of a vote and its count.

use super::events::{BallotEvent, SeatEvent};
use super::meeting::Meeting;
use super::words::{Choice, MeetingStage, SeatKind, SignedIn, VoteMode};
use crate::access::{Action, Role};
use crate::context::{Context, Decision};
use crate::ids::{MeetingId, OrganisationId, SeatId};
use crate::moment::Moment;
use crate::record::Sealed;
use crate::refusal::Refusal;
use crate::stream::Stream;
use crate::text;

/// Somebody's presence at a meeting (签到). It exists once it was taken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seat {
    taken: Option<Taken>,
}

#[derive(Clone, Debug, PartialEq)]
struct Taken {
    time: Moment,
    meeting: MeetingId,
    kind: SeatKind,
    how: SignedIn,
    organisation: Option<OrganisationId>,
    person: Sealed<String>,
    secret: Option<Sealed<String>>,
    struck: Option<Moment>,
}

impl Seat {
    /// When it was taken.
    #[must_use]
    pub fn time(&self) -> Option<Moment> {
        self.taken.as_ref().map(|seat| seat.time)
    }

    /// At which meeting.
    #[must_use]
    pub fn meeting(&self) -> Option<MeetingId> {
        self.taken.as_ref().map(|seat| seat.meeting)
    }

    /// In what capacity.
    #[must_use]
    pub fn kind(&self) -> Option<SeatKind> {
        self.taken.as_ref().map(|seat| seat.kind)
    }

    /// How they signed in.
    #[must_use]
    pub fn how(&self) -> Option<SignedIn> {
        self.taken.as_ref().map(|seat| seat.how)
    }

    /// The body that sent them.
    #[must_use]
    pub fn organisation(&self) -> Option<OrganisationId> {
        self.taken.as_ref().and_then(|seat| seat.organisation)
    }

    /// The digest of who it is, unless erased.
    #[must_use]
    pub fn person(&self) -> Option<&str> {
        self.taken.as_ref()?.person.get().map(String::as_str)
    }

    /// The digest of the word by which they vote.
    #[must_use]
    pub fn secret(&self) -> Option<&str> {
        self.taken.as_ref()?.secret.as_ref()?.get().map(String::as_str)
    }

    /// When it was struck.
    #[must_use]
    pub fn struck(&self) -> Option<Moment> {
        self.taken.as_ref().and_then(|seat| seat.struck)
    }

    /// Whether it has a vote: a resident's or member's that was not struck.
    #[must_use]
    pub fn votes(&self) -> bool {
        self.taken.as_ref().is_some_and(|seat| {
            seat.struck.is_none() && matches!(seat.kind, SeatKind::Resident | SeatKind::Member)
        })
    }
}

impl Stream for Seat {
    type Event = SeatEvent;

    fn evolve(&mut self, event: &SeatEvent) {
        match event {
            SeatEvent::Taken { time, meeting, seat, how, organisation, person, secret, .. } => {
                self.taken = Some(Taken {
                    time: *time,
                    meeting: *meeting,
                    kind: *seat,
                    how: *how,
                    organisation: *organisation,
                    person: person.clone(),
                    secret: secret.clone(),
                    struck: None,
                });
            }
            SeatEvent::Struck { time, .. } => {
                if let Some(seat) = &mut self.taken {
                    seat.struck = Some(*time);
                }
            }
        }
    }
}

/// A sign-in to be recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct SignIn {
    /// In what capacity.
    pub kind: SeatKind,
    /// How.
    pub how: SignedIn,
    /// The body that sent them.
    pub organisation: Option<OrganisationId>,
    /// A digest that is the same for the same device, account or line of the register.
    pub person: String,
    /// The name as given.
    pub name: String,
    /// SHA-256 of the word by which they vote, in hex.
    pub secret: Option<String>,
}

/// Signs somebody in. By phone one signs oneself in as resident or observer; members, and
/// those whom a body sent, are known to the worker at the door.
///
/// # Errors
/// When the meeting is not open for it, or the actor may not.
pub fn sign_in(
    id: MeetingId,
    meeting: &Meeting,
    input: SignIn,
    ctx: &Context,
) -> Result<Decision<SeatEvent>, Refusal> {
    let resource = meeting.resource(ctx.path, ctx.claim, ctx.actor);
    let own_kind =
        matches!(input.kind, SeatKind::Resident | SeatKind::Observer) && input.organisation.is_none();
    let (role, by) = match input.how {
        SignedIn::Phone if own_kind => (ctx.allows(Action::SignIn, &resource)?, None),
        _ => (ctx.allows(Action::Register, &resource)?, Some(ctx.by())),
    };
    // Who is present does not change between the end of a vote and its count.
    if meeting.counting().is_some() {
        return Err(Refusal::Counting);
    }
    if let Some(organisation) = input.organisation
        && !meeting.is_invited(organisation)
    {
        return Err(Refusal::NotInvited);
    }
    let name = text::clean(&input.name, 60).map_err(|error| Refusal::Text { field: "name", error })?;
    let event = SeatEvent::Taken {
        time: ctx.now,
        meeting: id,
        seat: input.kind,
        how: input.how,
        organisation: input.organisation,
        person: input.person.into(),
        name: name.into(),
        secret: input.secret.map(Sealed::Kept),
        by,
    };
    Ok(Decision { role, events: vec![event] })
}

/// Strikes a sign-in that should not count, such as a second one of the same person. Not
/// while a vote is open, so that nobody chooses who is counted.
///
/// # Errors
/// When it was struck before, or the actor may not.
pub fn strike(
    seat: &Seat,
    meeting: &Meeting,
    reason: &str,
    ctx: &Context,
) -> Result<Decision<SeatEvent>, Refusal> {
    let role = ctx.allows(Action::Register, &meeting.resource(ctx.path, ctx.claim, ctx.actor))?;
    if seat.taken.is_none() || seat.struck().is_some() {
        return Err(Refusal::Unknown);
    }
    if meeting.voting().is_some() || meeting.counting().is_some() {
        return Err(Refusal::VoteOpen);
    }
    let reason = ctx.line("reason", reason)?;
    Ok(Decision { role, events: vec![SeatEvent::Struck { time: ctx.now, reason, by: ctx.by() }] })
}

/// A ballot (选票). It exists once it was cast.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ballot {
    cast: Option<(MeetingId, u32, Sealed<SeatId>, Sealed<Choice>)>,
}

impl Ballot {
    /// The meeting and the motion.
    #[must_use]
    pub fn motion(&self) -> Option<(MeetingId, u32)> {
        self.cast.as_ref().map(|(meeting, motion, ..)| (*meeting, *motion))
    }

    /// Whose it is, unless erased.
    #[must_use]
    pub fn seat(&self) -> Option<SeatId> {
        self.cast.as_ref()?.2.get().copied()
    }

    /// The vote, unless erased.
    #[must_use]
    pub fn choice(&self) -> Option<Choice> {
        self.cast.as_ref()?.3.get().copied()
    }
}

impl Stream for Ballot {
    type Event = BallotEvent;

    fn evolve(&mut self, event: &BallotEvent) {
        let BallotEvent::Cast { meeting, motion, seat, choice, .. } = event;
        self.cast = Some((*meeting, *motion, seat.clone(), choice.clone()));
    }
}

/// Casts a vote, or casts it anew while the vote lasts: with a claim to the seat for
/// oneself, or at the register for somebody without a phone.
///
/// # Errors
/// When the motion is not being voted on by phone, or the seat has no vote.
pub fn cast(
    id: (MeetingId, SeatId),
    meeting: &Meeting,
    seat: &Seat,
    motion: u32,
    choice: Choice,
    ctx: &Context,
) -> Result<Decision<BallotEvent>, Refusal> {
    let resource = meeting.resource(ctx.path, ctx.claim, ctx.actor);
    let (role, by): (Role, _) = match ctx.claim {
        crate::access::Claim::Seat => (ctx.allows(Action::Vote, &resource)?, None),
        _ => (ctx.allows(Action::Register, &resource)?, Some(ctx.by())),
    };
    if meeting.stage() != Some(MeetingStage::Open) || meeting.voting() != Some((motion, VoteMode::Phones)) {
        return Err(Refusal::NoVote);
    }
    // Whoever signed in by phone votes by phone: nobody else enters or changes that vote.
    let by_phone = by.is_some() && seat.how() == Some(SignedIn::Phone);
    if seat.meeting() != Some(id.0) || !seat.votes() || by_phone {
        return Err(Refusal::NoSeat);
    }
    let event = BallotEvent::Cast {
        time: ctx.now,
        meeting: id.0,
        motion,
        seat: id.1.into(),
        choice: choice.into(),
        by,
    };
    Ok(Decision { role, events: vec![event] })
}
