//! Who is present: each sign-in is a stream of its own, so that three hundred at once do not
//! queue for one version. Whether it has a vote on a motion is a matter of the roll that was
//! closed for it.

use super::events::SeatEvent;
use super::ids::MeetingId;
use super::sitting::Motion;
use super::words::{SeatKind, SignedIn};
use yishi_kernel::record::{Link, Speaker, Staff};
use yishi_kernel::{AccountId, Moment, OrganisationId, Sealed, Stamped, Stream};

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
    /// Who entered it at the register.
    pub entered_by: Option<Sealed<AccountId, Staff>>,
    /// Whether it was given a vote, as long as they are there.
    pub admitted: bool,
    /// Their number on the roll of the council.
    pub member: Option<Sealed<u32, Speaker>>,
    /// The number of the slip that gave it one.
    pub slip: Option<u32>,
    /// Whether that slip was shown once more, by somebody else.
    pub challenged: bool,
    /// Whether they are in the room.
    pub here: bool,
    /// While they were there with a vote, told by the rolls that were closed meanwhile.
    pub stays: Vec<Stay>,
    /// When it was struck.
    pub struck: Option<Moment>,
}

/// Being there with a vote, from coming to leaving (在场时段). Rolls are its clock, since two
/// things may happen in one microsecond, and never between the same two rolls and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// How many rolls had been closed when they came.
    pub came: u32,
    /// How many when they left; nothing while they are there.
    pub went: Option<u32>,
}

impl Stay {
    /// Whether a roll took them in.
    fn is_on(self, roll: u32) -> bool {
        self.came < roll && self.went.is_none_or(|went| roll <= went)
    }
}

impl Seat {
    /// Whether it has a vote on the next motion: given one, there, and not struck.
    #[must_use]
    pub fn votes(&self) -> bool {
        self.struck.is_none() && self.admitted && self.here
    }

    /// Whether it has a vote on a motion: of the roll that was closed for it.
    #[must_use]
    pub fn votes_on(&self, motion: &Motion) -> bool {
        match motion.roll {
            Some(roll) => self.struck.is_none() && self.is_on(roll.number),
            None => self.votes(),
        }
    }

    /// Whether a roll took it in, struck or not.
    pub(super) fn is_on(&self, roll: u32) -> bool {
        self.stays.iter().any(|stay| stay.is_on(roll))
    }

    /// Whether it waits for a second person: a line of the register that is to have a vote.
    #[must_use]
    pub fn unconfirmed(&self) -> bool {
        let may = matches!(self.kind, SeatKind::Resident | SeatKind::Member);
        may && self.how == SignedIn::Register && !self.admitted && self.struck.is_none()
    }

    fn come(&mut self, after: u32) {
        self.here = true;
        if self.admitted {
            self.stays.push(Stay { came: after, went: None });
        }
    }
}

impl Stream for Seat {
    const KIND: &'static str = "seat";
    type Event = SeatEvent;

    fn begin(first: &Stamped<SeatEvent>) -> Option<Self> {
        let (SeatEvent::Taken { meeting, seat, how, organisation, person, secret, .. }
        | SeatEvent::Entered { meeting, seat, how, organisation, person, secret, .. }) = &first.what
        else {
            return None;
        };
        let at_once = matches!(first.what, SeatEvent::Taken { .. });
        let mut begun = Self {
            taken: first.time,
            meeting: *meeting,
            kind: *seat,
            how: *how,
            organisation: *organisation,
            person: person.clone(),
            secret: secret.clone(),
            entered_by: first.by.clone().filter(|_| *how == SignedIn::Register),
            admitted: at_once && matches!(seat, SeatKind::Resident | SeatKind::Member),
            member: match &first.what {
                SeatEvent::Entered { member, .. } => member.clone(),
                _ => None,
            },
            slip: None,
            challenged: false,
            here: true,
            stays: Vec::new(),
            struck: None,
        };
        begun.come(0);
        Some(begun)
    }

    fn evolve(&mut self, next: &Stamped<SeatEvent>) {
        match &next.what {
            SeatEvent::Taken { .. } | SeatEvent::Entered { .. } => {}
            SeatEvent::Admitted { slip, after, member } => {
                // Whoever has a vote does more than listen.
                if self.kind == SeatKind::Observer {
                    self.kind = SeatKind::Resident;
                }
                if member.is_some() {
                    self.kind = SeatKind::Member;
                    self.member.clone_from(member);
                }
                (self.admitted, self.slip) = (true, *slip);
                if self.here {
                    self.come(*after);
                }
            }
            SeatEvent::Left { after } => {
                self.here = false;
                if let Some(stay) = self.stays.last_mut() {
                    stay.went.get_or_insert(*after);
                }
            }
            SeatEvent::Returned { after } => self.come(*after),
            SeatEvent::Challenged {} => self.challenged = true,
            SeatEvent::Struck { .. } => self.struck = Some(next.time),
        }
    }
}
