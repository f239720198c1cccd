//! Meetings: their tables, what lists look up, what commands about them must know, and how a
//! full room signs in and votes without queueing.

pub(crate) mod audit;
mod door;
mod facts;
pub mod reads;
pub(crate) mod recount;
pub(crate) mod tables;

pub(crate) use door::Doors;
pub use door::{SignedUp, Signing};
pub(crate) use facts::{ballot_id, order_of};

use crate::{Failure, Office};
use yishi_domain::dispatch::OrderId;
use yishi_domain::meetings::{Count, DispatchAction, ERASE, EndVote, Meeting, MeetingId, Seat, SeatId};
use yishi_kernel::record::Subject;
use yishi_kernel::{Actor, Loaded, PlaceId, Stream, may};

impl Office {
    /// Ends the vote on a motion and counts it. Once it has ended nobody can sign in or vote
    /// until it is counted, so what is counted is what there was.
    pub async fn end_vote(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        meeting: MeetingId,
        motion: u32,
    ) -> Result<(), Failure> {
        let loaded = self.load::<Meeting>(ledger, &meeting.into()).await?;
        // One that was ended before and not counted is only counted.
        let counting = loaded.must()?.sitting.counting().map(|ended| ended.number);
        if counting != Some(motion) {
            self.act(actor, ledger, meeting, EndVote { motion }).await?;
        }
        self.act(actor, ledger, meeting, Count { motion }).await
    }

    /// Sends an agreed action on its way, and says by which order: one for each action.
    pub async fn dispatch_action(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        meeting: MeetingId,
        command: DispatchAction,
    ) -> Result<OrderId, Failure> {
        let order = order_of(meeting, command.action);
        self.act(actor, ledger, meeting, command).await?;
        Ok(order)
    }

    /// Erases who somebody present was, on their wish: name, device and the word of their
    /// link. That somebody was there, and the vote, stay counted; what was sealed still
    /// verifies.
    ///
    /// # Errors
    /// When the actor may not.
    pub async fn erase_seat(&self, actor: &Actor, ledger: PlaceId, seat: SeatId) -> Result<(), Failure> {
        self.carry_out(|| async {
            let of_seat = self.load::<Seat>(ledger, &seat.into()).await?;
            let (of_meeting, path) = self.meeting_at(ledger, of_seat.must()?.meeting).await?;
            let resource = of_meeting.must()?.resource(&path, actor);
            may(actor, &ERASE, &resource, self.now())?;
            self.erase(ledger, &[Subject::Speaker, Subject::Link], &[seat.into()]).await
        })
        .await
    }

    /// A meeting with the path of its place.
    ///
    /// # Errors
    /// When there is none.
    async fn meeting_at(
        &self,
        ledger: PlaceId,
        meeting: MeetingId,
    ) -> Result<(Loaded<Meeting>, Vec<PlaceId>), Failure> {
        let loaded = self.load::<Meeting>(ledger, &meeting.into()).await?;
        let path = self.path_at(loaded.must()?.agenda.place).await?;
        Ok((loaded, path))
    }
}
