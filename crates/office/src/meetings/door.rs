//! Signing in and voting: three hundred at once, each a stream of its own under a guard of the
//! meeting's version. A few at a time come through the door of each meeting.

use super::facts::ballot_id;
use super::reads::{seat_by_slip, vote_of};
use super::slips;
use crate::{Failure, Made, Office};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::Semaphore;
use yishi_domain::meetings::{
    Admit, Admitting, Cast, Challenge, Meeting, MeetingId, Refusal as Why, Seat, SeatId, SeatKind, SignIn,
    SignedIn,
};
use yishi_kernel::{Actor, OrganisationId, PlaceId};
use yishi_store::{Fault, blobs, word_of};

/// How many sign in or vote in a meeting at one moment; the others wait for their turn. Each of
/// them holds on to the meeting as it stands, so whatever else happens in it sends those under
/// way back to decide anew: few of them, whom it costs a moment, and not the whole room.
const AT_ONCE: usize = 16;

/// The doors of meetings: each meeting has one of its own while somebody goes through it.
#[derive(Debug, Default)]
pub(crate) struct Doors(Mutex<HashMap<MeetingId, Weak<Semaphore>>>);

impl Doors {
    fn of(&self, meeting: MeetingId) -> Arc<Semaphore> {
        let mut doors = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        doors.retain(|_, door| door.strong_count() > 0);
        if let Some(door) = doors.get(&meeting).and_then(Weak::upgrade) {
            return door;
        }
        let door = Arc::new(Semaphore::new(AT_ONCE));
        doors.insert(meeting, Arc::downgrade(&door));
        door
    }
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
    /// The code of the slip that they show, as it was typed.
    pub slip: Option<String>,
    /// Their number on the roll of the council, where that votes.
    pub member: Option<u32>,
}

/// A sign-in that was taken, or found taken before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedUp {
    /// The sign-in.
    pub seat: SeatId,
    /// The word by which this person votes by phone.
    pub secret: String,
}

impl Office {
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
        let seat = SeatId(blobs::id_of(name.as_bytes()));
        let secret = word_of(&blobs::half_of(format!("{name}/secret").as_bytes()));
        let slip = match &signing.slip {
            Some(typed) => Some(self.slip_number(ledger, meeting, typed).await?),
            None => None,
        };
        let command = SignIn {
            meeting,
            kind: signing.kind,
            how: signing.how,
            organisation: signing.organisation,
            person: blobs::digest_of(name.as_bytes()),
            name: signing.name,
            secret: (signing.how == SignedIn::Phone).then(|| blobs::digest_of(secret.as_bytes())),
            slip,
            member: signing.member,
        };
        let door = self.doors.of(meeting);
        // A vote is counted within a moment; whoever comes just then waits for it.
        for pause in [0, 50, 150, 400, 1000] {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            let _turn = door.acquire().await.map_err(|_| Fault::Stopped)?;
            match self.come_in(actor, ledger, seat, command.clone()).await {
                Err(Failure::Refused(refusal)) if refusal == Why::Counting => {}
                Err(Failure::Refused(refusal)) if refusal == Why::SlipUsed => {
                    self.challenge(actor, ledger, meeting, slip).await?;
                    return Err(refusal.into());
                }
                Err(failure) => return Err(failure),
                Ok(()) => return Ok(SignedUp { seat, secret }),
            }
        }
        Err(Why::Counting.into())
    }

    /// Signs in, or gives a sign-in that stands the vote of its slip.
    async fn come_in(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        seat: SeatId,
        command: SignIn,
    ) -> Result<(), Failure> {
        let slip = command.slip;
        if self.start(actor, ledger, seat, command).await? == Made::Now {
            return Ok(());
        }
        let loaded = self.load::<Seat>(ledger, &seat.into()).await?;
        let stands = loaded.must()?;
        match slip {
            // The same again, or without a slip: the sign-in that stands.
            None => Ok(()),
            Some(slip) if stands.slip == Some(slip) => Ok(()),
            Some(slip) => self.act(actor, ledger, seat, Admit { by: Admitting::Slip(slip) }).await,
        }
    }

    /// Gives somebody who signed in the vote of the slip that they show.
    ///
    /// # Errors
    /// When it is none of this meeting's, was used, or does not hold yet.
    pub async fn show_slip(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        seat: SeatId,
        typed: &str,
    ) -> Result<(), Failure> {
        let meeting = self.load::<Seat>(ledger, &seat.into()).await?.must()?.meeting;
        let slip = self.slip_number(ledger, meeting, typed).await?;
        let door = self.doors.of(meeting);
        let _turn = door.acquire().await.map_err(|_| Fault::Stopped)?;
        match self.act(actor, ledger, seat, Admit { by: Admitting::Slip(slip) }).await {
            Err(Failure::Refused(refusal)) if refusal == Why::SlipUsed => {
                self.challenge(actor, ledger, meeting, Some(slip)).await?;
                Err(refusal.into())
            }
            done => done,
        }
    }

    /// The number of the slip whose code was typed.
    async fn slip_number(&self, ledger: PlaceId, meeting: MeetingId, typed: &str) -> Result<u32, Failure> {
        let loaded = self.load::<Meeting>(ledger, &meeting.into()).await?;
        slips::read(meeting, loaded.must()?, typed).ok_or_else(|| Why::SlipUnknown.into())
    }

    /// A slip that was used is shown once more: whoever keeps the register sees it.
    async fn challenge(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        meeting: MeetingId,
        slip: Option<u32>,
    ) -> Result<(), Failure> {
        let Some(slip) = slip else { return Ok(()) };
        let Some(seat) = seat_by_slip(&self.db, ledger, meeting, slip).await? else { return Ok(()) };
        match self.act(actor, ledger, seat, Challenge).await {
            // It was told before.
            Ok(()) | Err(Failure::Refused(_)) => Ok(()),
            Err(failure) => Err(failure),
        }
    }

    /// Casts a vote, or casts it anew while the vote lasts; the same vote once.
    ///
    /// # Errors
    /// When there is no such vote now, or the seat has none.
    pub async fn vote(&self, actor: &Actor, ledger: PlaceId, cast: Cast) -> Result<(), Failure> {
        let door = self.doors.of(cast.meeting);
        let _turn = door.acquire().await.map_err(|_| Fault::Stopped)?;
        let ballot = ballot_id(cast.meeting, cast.motion, cast.seat);
        if vote_of(&self.db, ledger, cast.meeting, cast.motion, cast.seat).await? == Some(cast.choice) {
            // Whether it still could be cast is asked all the same.
            return self.would_start(actor, ledger, ballot, cast).await;
        }
        self.put(actor, ledger, ballot, cast).await
    }
}
