//! A vote by phone: each ballot is a stream of its own. It is counted elsewhere.

use super::events::BallotEvent;
use super::ids::{MeetingId, SeatId};
use super::words::Choice;
use yishi_kernel::record::Speaker;
use yishi_kernel::{Sealed, Stamped, Stream};

/// A ballot (选票): the last vote of a seat on a motion.
#[derive(Clone, Debug, PartialEq)]
pub struct Ballot {
    /// At which meeting.
    pub meeting: MeetingId,
    /// On which motion.
    pub motion: u32,
    /// Whose.
    pub seat: Sealed<SeatId, Speaker>,
    /// The vote.
    pub choice: Sealed<Choice, Speaker>,
}

impl Stream for Ballot {
    const KIND: &'static str = "ballot";
    type Event = BallotEvent;

    fn begin(first: &Stamped<BallotEvent>) -> Option<Self> {
        let BallotEvent::Cast { meeting, motion, seat, choice } = &first.what;
        Some(Self { meeting: *meeting, motion: *motion, seat: seat.clone(), choice: choice.clone() })
    }

    fn evolve(&mut self, next: &Stamped<BallotEvent>) {
        if let Some(ballot) = Self::begin(next) {
            *self = ballot;
        }
    }
}
