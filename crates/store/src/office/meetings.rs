//! Commands about meetings: calling, holding, signing in, voting, and sending what was agreed
//! on its way.

use super::{Batch, Failure, Office, Step, derived, derived_id};
use crate::Fault;
use crate::reads::meetings::{present, votes};
use crate::reads::people::organisations;
use crate::reads::places::desk_of;
use std::time::Duration;
use tokio::sync::Semaphore;
use yishi_domain::access::Claim;
use yishi_domain::context::Context;
use yishi_domain::dispatch::{self, Ask, Order, OrderKind, Send, Source, WhistleKind};
use yishi_domain::matters::Holder;
use yishi_domain::meetings::{
    self, Ballot, Call, Choice, Command, Decided, Meeting, Seat, SeatKind, SignIn, SignedIn, Topic, Way,
};
use yishi_domain::{
    AccountId, ActionId, Actor, BallotId, Loaded, MeetingId, Moment, OrderId, OrganisationId, PlaceId,
    Refusal, SeatId, TopicId,
};

/// A meeting to be called.
#[derive(Clone, Debug)]
pub struct Calling {
    /// 16 random bytes made with the form.
    pub form: [u8; 16],
    /// The forum of the rule pack.
    pub forum: String,
    /// The set of parties shown with it.
    pub scheme: Option<String>,
    /// What it is called.
    pub title: String,
    /// Where it is held.
    pub venue: String,
    /// When it begins.
    pub starts: Moment,
    /// Why the notice is shorter than the forum asks; may be empty.
    pub hurry: String,
    /// Its topics, in the order of the agenda.
    pub topics: Vec<TopicId>,
    /// How many have a vote, where that is known.
    pub entitled: Option<u64>,
    /// Bodies to invite.
    pub invited: Vec<OrganisationId>,
    /// Who chairs.
    pub chair: AccountId,
    /// Who records.
    pub recorder: AccountId,
}

/// Somebody signs in.
#[derive(Clone, Debug)]
pub struct Signing {
    /// In what capacity.
    pub kind: SeatKind,
    /// How.
    pub how: SignedIn,
    /// The body that sent them.
    pub organisation: Option<OrganisationId>,
    /// What is the same for the same person and known to nobody else: the device's secret
    /// word, or the random bytes of the form at the register.
    pub person: String,
    /// The name.
    pub name: String,
}

/// A sign-in that was taken, or found taken before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedUp {
    /// The sign-in.
    pub seat: SeatId,
    /// The word by which this person votes by phone.
    pub secret: String,
}

/// Who enters a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voter {
    /// The person, by the secret link: the caller has checked it.
    Own,
    /// The worker, for somebody without a phone.
    Worker,
}

/// How an action is sent on its way.
#[derive(Clone, Debug)]
pub struct Dispatching {
    /// Which action.
    pub action: ActionId,
    /// Why before the notice is over; may be empty.
    pub hurry: String,
    /// Why the street should whistle: for actions that need a whistle.
    pub whistle: WhistleKind,
    /// Departments to be called beside the lead.
    pub departments: Vec<OrganisationId>,
    /// Why the community cannot do it: for a whistle.
    pub reason: String,
}

/// How many sign in or vote at one moment; the others wait for their turn. Each of them holds
/// on to the meeting as it stands, so whatever else happens in it sends those under way back
/// to decide anew: few of them, whom it costs a moment, and not the whole room.
static DOOR: Semaphore = Semaphore::const_new(16);

/// The ballot of a seat on a motion: one for each.
pub(crate) fn ballot_id(meeting: MeetingId, motion: u32, seat: SeatId) -> BallotId {
    let name = format!("ballot/{meeting}/{motion}/{seat}");
    BallotId(crate::blobs::id_of(name.as_bytes()))
}

impl Office {
    /// Calls a meeting; its topics go on its agenda. Sending the form twice calls it once.
    ///
    /// # Errors
    /// The rule it would break.
    pub async fn call_meeting(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        calling: Calling,
    ) -> Result<MeetingId, Failure> {
        let id = MeetingId(derived_id(&calling.form, "meeting"));
        self.carry_out(|| async {
            let now = self.now();
            let mut meeting = self.load::<Meeting>(ledger, &id.into()).await?;
            if meeting.version > 0 {
                return Ok(Step::Done(id));
            }
            let mut place = None;
            for topic in &calling.topics {
                let at = self.load::<Topic>(ledger, &(*topic).into()).await?.state.place();
                let at = at.ok_or(Refusal::Unknown)?;
                place = Some(if place.is_none_or(|same| same == at) { at } else { ledger });
            }
            let place = place.unwrap_or(ledger);
            let path = self.path_at(place).await?;
            let ctx = Context { now, actor, rules: &self.rules, path: &path, claim: Claim::None };
            let bodies = organisations(&self.db, &path).await?;
            let input = Call {
                forum: calling.forum.clone(),
                scheme: calling.scheme.clone(),
                title: calling.title.clone(),
                place,
                venue: calling.venue.clone(),
                starts: calling.starts,
                hurry: calling.hurry.clone(),
                topics: calling.topics.clone(),
                entitled: calling.entitled,
                invited: calling.invited.clone(),
                bodies: bodies.iter().map(|body| (body.id, body.kind)).collect(),
                desk: desk_of(&self.db, ledger, None).await?,
                chair: calling.chair,
                recorder: calling.recorder,
                door: crate::word_of(&derived(&calling.form, "door")),
            };
            let decided = meetings::call(input, &ctx)?;
            let batch = self.of_meeting(ledger, id, &mut meeting, decided, &ctx).await?;
            Ok(self.append(batch).await?.done(id))
        })
        .await
    }

    /// Carries out a command on a meeting. Who is present and how they voted by phone is
    /// counted here, from what is recorded.
    ///
    /// # Errors
    /// The rule it would break.
    pub async fn meet(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        id: MeetingId,
        command: Command,
    ) -> Result<(), Failure> {
        self.carry_out(|| async {
            let now = self.now();
            let mut meeting = self.load::<Meeting>(ledger, &id.into()).await?;
            let place = meeting.state.called().ok_or(Refusal::Unknown)?.place;
            let path = self.path_at(place).await?;
            let ctx = Context { now, actor, rules: &self.rules, path: &path, claim: Claim::None };
            let command = match &command {
                Command::EnterHands { motion, hands, .. } => Command::EnterHands {
                    motion: *motion,
                    hands: *hands,
                    present: present(&self.db, ledger, id).await?,
                },
                Command::Count { motion, .. } => Command::Count {
                    motion: *motion,
                    present: present(&self.db, ledger, id).await?,
                    phones: votes(&self.db, ledger, id, *motion).await?,
                },
                command => command.clone(),
            };
            let decided = meetings::decide(&meeting.state, command, &ctx)?;
            let batch = self.of_meeting(ledger, id, &mut meeting, decided, &ctx).await?;
            Ok(self.append(batch).await?.done(()))
        })
        .await
    }

    /// Ends the vote on a motion and counts it. Once it has ended nobody can sign in or vote
    /// until it is counted, so what is counted is what there was.
    ///
    /// # Errors
    /// The rule it would break.
    pub async fn end_vote(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        id: MeetingId,
        motion: u32,
    ) -> Result<(), Failure> {
        let meeting = self.load::<Meeting>(ledger, &id.into()).await?;
        // One that was ended before and not counted is only counted.
        if meeting.state.counting() != Some(motion) {
            self.meet(actor, ledger, id, Command::EndVote { motion }).await?;
        }
        self.meet(actor, ledger, id, Command::Count { motion, present: 0, phones: [0; 3] }).await
    }

    /// A meeting's command with what follows from it elsewhere.
    async fn of_meeting(
        &self,
        ledger: PlaceId,
        id: MeetingId,
        meeting: &mut Loaded<Meeting>,
        decided: Decided,
        ctx: &Context<'_>,
    ) -> Result<Batch, Failure> {
        let role = decided.meeting.role;
        let mut batch = Batch::new(ledger, ctx.now);
        batch.record(id, meeting, decided.meeting)?;
        for change in decided.topics {
            let mut topic = self.load::<Topic>(ledger, &change.topic.into()).await?;
            match meetings::by_meeting(&topic.state, id, change.what.clone(), role, ctx) {
                Ok(decision) => batch.record(change.topic, &mut topic, decision)?,
                // It has gone on to another meeting, or returned before: nothing to return.
                Err(Refusal::TopicElsewhere)
                    if matches!(change.what, meetings::ByMeeting::Returned { .. }) => {}
                Err(refusal) => return Err(refusal.into()),
            }
        }
        for (order, reason) in decided.suspend {
            let mut of_order = self.load::<Order>(ledger, &order.into()).await?;
            if let Some(decision) = dispatch::suspend(&of_order.state, reason, role, ctx) {
                batch.record(order, &mut of_order, decision)?;
            }
        }
        Ok(batch)
    }

    /// Signs somebody in. The same person signs in once, however often the form is sent.
    ///
    /// # Errors
    /// When the meeting is not open for it, or the actor may not.
    pub async fn sign_in(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        meeting: MeetingId,
        signing: Signing,
    ) -> Result<SignedUp, Failure> {
        let name = format!("seat/{meeting}/{}", signing.person);
        let key = crate::blobs::half_of(name.as_bytes());
        let seat = SeatId(derived_id(&key, "seat"));
        let secret = crate::word_of(&derived(&key, "seat secret"));
        // A vote is counted within a moment; whoever comes just then waits for it.
        for pause in [0, 50, 150, 400, 1000] {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            let _turn = DOOR.acquire().await.map_err(|_| Fault::Stopped)?;
            let taken = self
                .carry_out(|| async {
                    let now = self.now();
                    let mut of_seat = self.load::<Seat>(ledger, &seat.into()).await?;
                    if of_seat.version > 0 {
                        return Ok(Step::Done(()));
                    }
                    let (of_meeting, path) = self.meeting_at(ledger, meeting).await?;
                    let ctx = Context { now, actor, rules: &self.rules, path: &path, claim: Claim::None };
                    let input = SignIn {
                        kind: signing.kind,
                        how: signing.how,
                        organisation: signing.organisation,
                        person: crate::blobs::digest_of(name.as_bytes()),
                        name: signing.name.clone(),
                        secret: (signing.how == SignedIn::Phone)
                            .then(|| crate::blobs::digest_of(secret.as_bytes())),
                    };
                    let decision = meetings::sign_in(meeting, &of_meeting.state, input, &ctx)?;
                    let mut batch = Batch::new(ledger, now);
                    batch.guard(&meeting.into(), of_meeting.version);
                    batch.record(seat, &mut of_seat, decision)?;
                    Ok(self.append(batch).await?.done(()))
                })
                .await;
            match taken {
                Err(Failure::Refused(Refusal::Counting)) => {}
                Err(failure) => return Err(failure),
                Ok(()) => return Ok(SignedUp { seat, secret }),
            }
        }
        Err(Refusal::Counting.into())
    }

    /// Strikes a sign-in that should not count.
    ///
    /// # Errors
    /// The rule it would break.
    pub async fn strike(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        seat: SeatId,
        reason: String,
    ) -> Result<(), Failure> {
        self.carry_out(|| async {
            let now = self.now();
            let mut of_seat = self.load::<Seat>(ledger, &seat.into()).await?;
            let meeting = of_seat.state.meeting().ok_or(Refusal::Unknown)?;
            let (of_meeting, path) = self.meeting_at(ledger, meeting).await?;
            let ctx = Context { now, actor, rules: &self.rules, path: &path, claim: Claim::None };
            let decision = meetings::strike(&of_seat.state, &of_meeting.state, &reason, &ctx)?;
            let mut batch = Batch::new(ledger, now);
            batch.guard(&meeting.into(), of_meeting.version);
            batch.record(seat, &mut of_seat, decision)?;
            Ok(self.append(batch).await?.done(()))
        })
        .await
    }

    /// Erases who somebody present was, on their wish: name, device and the word of their
    /// link. That somebody was there, and the vote, stay counted; what was sealed still
    /// verifies.
    ///
    /// # Errors
    /// When the actor may not, or the store is busy.
    pub async fn erase_seat(&self, actor: &Actor, ledger: PlaceId, seat: SeatId) -> Result<(), Failure> {
        const WHO: [&str; 3] = ["name", "person", "secret"];
        self.carry_out(|| async {
            let now = self.now();
            let of_seat = self.load::<Seat>(ledger, &seat.into()).await?;
            let meeting = of_seat.state.meeting().ok_or(Refusal::Unknown)?;
            let (of_meeting, path) = self.meeting_at(ledger, meeting).await?;
            let resource = of_meeting.state.resource(&path, Claim::None, actor);
            yishi_domain::access::may(actor, yishi_domain::Action::Erase, &resource, now)?;
            let left = self.without(ledger, &seat.into(), &of_seat, &WHO).await?;
            let mut batch = Batch::new(ledger, now);
            batch.guard(&seat.into(), of_seat.version);
            batch.erase(&seat.into(), &of_seat, &left);
            Ok(self.append(batch).await?.done(()))
        })
        .await
    }

    /// Casts a vote, or casts it anew while the vote lasts.
    ///
    /// # Errors
    /// When there is no such vote now, or the seat has none.
    #[allow(clippy::too_many_arguments)]
    pub async fn vote(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        meeting: MeetingId,
        seat: SeatId,
        motion: u32,
        choice: Choice,
        voter: Voter,
    ) -> Result<(), Failure> {
        let ballot = ballot_id(meeting, motion, seat);
        let _turn = DOOR.acquire().await.map_err(|_| Fault::Stopped)?;
        self.carry_out(|| async {
            let now = self.now();
            let of_seat = self.load::<Seat>(ledger, &seat.into()).await?;
            let (of_meeting, path) = self.meeting_at(ledger, meeting).await?;
            let claim = match voter {
                Voter::Own => Claim::Seat,
                Voter::Worker => Claim::None,
            };
            let ctx = Context { now, actor, rules: &self.rules, path: &path, claim };
            let decision =
                meetings::cast((meeting, seat), &of_meeting.state, &of_seat.state, motion, choice, &ctx)?;
            let mut of_ballot = self.load::<Ballot>(ledger, &ballot.into()).await?;
            if of_ballot.state.choice() == Some(choice) {
                return Ok(Step::Done(()));
            }
            let mut batch = Batch::new(ledger, now);
            batch.guard(&meeting.into(), of_meeting.version);
            batch.guard(&seat.into(), of_seat.version);
            batch.record(ballot, &mut of_ballot, decision)?;
            Ok(self.append(batch).await?.done(()))
        })
        .await
    }

    /// Sends an agreed action on its way: as work, as a letter, or as a whistle asked of the
    /// street.
    ///
    /// # Errors
    /// The rule it would break.
    pub async fn dispatch_action(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        meeting: MeetingId,
        dispatching: Dispatching,
    ) -> Result<OrderId, Failure> {
        let name = format!("order/{meeting}/{}", dispatching.action);
        let key = crate::blobs::half_of(name.as_bytes());
        let id = OrderId(derived_id(&key, "order"));
        self.carry_out(|| async {
            let now = self.now();
            let (mut of_meeting, path) = self.meeting_at(ledger, meeting).await?;
            let state = &of_meeting.state;
            let called = state.called().ok_or(Refusal::Unknown)?;
            let action = state
                .actions()
                .iter()
                .find(|one| one.agreed.id == dispatching.action)
                .ok_or(Refusal::Unknown)?
                .agreed
                .clone();
            let topic = state
                .motions()
                .iter()
                .find(|one| one.number == action.motion)
                .map(|one| one.topic)
                .ok_or(Refusal::Unknown)?;
            let ctx = Context { now, actor, rules: &self.rules, path: &path, claim: Claim::None };
            let (place, desk) = (called.place, called.desk);
            let street = self.street_over(desk).await?;
            let source = Source::Action { topic, meeting, action: action.id };
            // What was agreed to be done by a day that has passed is due on the next.
            let finish_by = if action.due > now { action.due } else { now.end_of_day_after(1) };
            let (task, acceptance, money) = (action.task, action.acceptance, action.money);
            let decision = match (action.way, action.owner) {
                (Way::Whistle, Holder::Organisation(lead)) => {
                    let ask = Ask {
                        whistle: dispatching.whistle,
                        source,
                        task,
                        acceptance,
                        money,
                        reason: dispatching.reason.clone(),
                        place,
                        desk,
                        street,
                        departments: dispatching.departments.clone(),
                        lead,
                        finish_by,
                    };
                    dispatch::ask(ask, &ctx)?
                }
                (way, holder) => {
                    let kind = if way == Way::Letter { OrderKind::Letter } else { OrderKind::Work };
                    let send = Send {
                        kind,
                        source,
                        task,
                        acceptance,
                        money,
                        place,
                        desk,
                        street,
                        holder,
                        person: None,
                        finish_by,
                    };
                    dispatch::send(send, &ctx)?
                }
            };
            let command =
                Command::Dispatch { action: dispatching.action, order: id, hurry: dispatching.hurry.clone() };
            let decided = meetings::decide(&of_meeting.state, command, &ctx)?;
            let mut batch = self.of_meeting(ledger, meeting, &mut of_meeting, decided, &ctx).await?;
            let mut order = Loaded::<Order>::default();
            batch.record(id, &mut order, decision)?;
            Ok(self.append(batch).await?.done(id))
        })
        .await
    }

    /// A meeting with the path of its place.
    ///
    /// # Errors
    /// When there is none, or the store fails.
    pub async fn meeting_at(
        &self,
        ledger: PlaceId,
        meeting: MeetingId,
    ) -> Result<(Loaded<Meeting>, Vec<PlaceId>), Failure> {
        let loaded = self.load::<Meeting>(ledger, &meeting.into()).await?;
        let place = loaded.state.called().ok_or(Refusal::Unknown)?.place;
        let path = self.path_at(place).await?;
        Ok((loaded, path))
    }
}
