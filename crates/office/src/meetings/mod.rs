//! Meetings: their tables, what lists look up, what commands about them must know, and how a
//! full room signs in and votes without queueing.

pub(crate) mod audit;
mod door;
mod facts;
pub(crate) mod grounds;
pub mod reads;
pub(crate) mod recount;
pub mod slips;
pub(crate) mod tables;

pub(crate) use door::Doors;
pub use door::{SignedUp, Signing};
pub(crate) use facts::{ballot_id, order_of};

use crate::erase::{Entries, Erasing};
use crate::ledgers::{EntryRow, entries_of};
use crate::{Failure, Office};
use serde_json::Value;
use yishi_domain::dispatch::OrderId;
use yishi_domain::meetings::{
    Ballot, Count, DispatchAction, EndVote, Meeting, MeetingId, Refusal, Seat, SeatId,
};
use yishi_kernel::record::Subject;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Actor, EraseReason, PlaceId, StreamName};

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

    /// Erases who somebody present was and how they voted, on their wish: name, device, the word
    /// of their link, and their ballots. That somebody was there, and the count, stay.
    ///
    /// # Errors
    /// When the actor may not, or while a vote is under way: what is not counted yet would be
    /// counted without it.
    pub async fn erase_seat(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        seat: SeatId,
        reason: EraseReason,
    ) -> Result<(), Failure> {
        let of_seat = self.load::<Seat>(ledger, &seat.into()).await?;
        let meeting = of_seat.must()?.meeting;
        let of_meeting = self.load::<Meeting>(ledger, &meeting.into()).await?;
        let sitting = &of_meeting.must()?.sitting;
        if sitting.voting().or(sitting.counting()).is_some() {
            return Err(Refusal::VoteOpen.into());
        }
        let mut streams: Vec<StreamName> = vec![seat.into()];
        for motion in &sitting.motions {
            let ballot = ballot_id(meeting, motion.number, seat);
            if self.load::<Ballot>(ledger, &ballot.into()).await?.version > 0 {
                streams.push(ballot.into());
            }
        }
        self.erase(actor, ledger, &streams, &Erasing::all_of(&[Subject::Speaker, Subject::Link], reason))
            .await
    }

    /// Erases who objected, and in which words, on their wish. That there was an objection, and
    /// the ruling on it, stay.
    ///
    /// # Errors
    /// When there is no such objection, or the actor may not.
    pub async fn erase_objection(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        meeting: MeetingId,
        number: u32,
        reason: EraseReason,
    ) -> Result<(), Failure> {
        let is_it = |entry: &EntryRow| {
            entry.kind.starts_with("meeting.objected.")
                && entry.public.get("number").and_then(Value::as_u64) == Some(number.into())
        };
        let entries = entries_of(&self.db, ledger, &meeting.into()).await?;
        let version = entries.into_iter().find(is_it).ok_or(Common::Unknown)?.version;
        let what = Erasing { whose: vec![Subject::Speaker], entries: Entries::These(vec![version]), reason };
        self.erase(actor, ledger, &[meeting.into()], &what).await
    }
}
