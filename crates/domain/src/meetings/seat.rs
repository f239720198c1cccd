//! Who is present: each sign-in is a stream of its own, so that three hundred at once do not
//! queue for one version.

use super::events::SeatEvent;
use super::ids::MeetingId;
use super::words::{SeatKind, SignedIn};
use yishi_kernel::record::{Link, Speaker};
use yishi_kernel::{Moment, OrganisationId, Sealed, Stamped, Stream};

/// Somebody's presence at a meeting (签到).
#[derive(Clone, Debug, PartialEq)]
pub struct Seat {
    /// When it was taken.
    pub taken: Moment,
    /// At which meeting.
    pub meeting: MeetingId,
    /// In what capacity.
    pub kind: SeatKind,
    /// How they signed in.
    pub how: SignedIn,
    /// The body that sent them.
    pub organisation: Option<OrganisationId>,
    /// The digest of who it is.
    pub person: Sealed<String, Speaker>,
    /// The digest of the word by which they vote.
    pub secret: Option<Sealed<String, Link>>,
    /// When it was struck.
    pub struck: Option<Moment>,
}

impl Seat {
    /// Whether it has a vote: a resident's or member's that was not struck.
    #[must_use]
    pub fn votes(&self) -> bool {
        self.struck.is_none() && matches!(self.kind, SeatKind::Resident | SeatKind::Member)
    }
}

impl Stream for Seat {
    const KIND: &'static str = "seat";
    type Event = SeatEvent;

    fn begin(first: &Stamped<SeatEvent>) -> Option<Self> {
        let SeatEvent::Taken { meeting, seat, how, organisation, person, secret, .. } = &first.what else {
            return None;
        };
        Some(Self {
            taken: first.time,
            meeting: *meeting,
            kind: *seat,
            how: *how,
            organisation: *organisation,
            person: person.clone(),
            secret: secret.clone(),
            struck: None,
        })
    }

    fn evolve(&mut self, next: &Stamped<SeatEvent>) {
        if let SeatEvent::Struck { .. } = &next.what {
            self.struck = Some(next.time);
        }
    }
}
