//! One-time slips (票条): one person has them made and printed, another says how many were handed
//! out. What their codes are is derived from the word where a slip is read.

use super::admit::must_be_another;
use super::events::Event;
use super::refusals::Refusal;
use super::rights::REGISTER;
use super::state::Meeting;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Command, Context, Decided, Right};

/// The most slips of one sheet: as many people as the largest hall holds.
pub const MOST: u32 = 1_000;

/// Slips are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueSlips {
    /// How many.
    pub count: u32,
    /// The word that their codes follow from.
    pub word: String,
}

/// A second person says that the slips up to this number were handed out, one to each who is
/// entitled to vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReleaseSlips {
    /// The number of the last.
    pub upto: u32,
}

/// The members of the council whose slips are made: none where everyone present votes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Members {
    /// Their numbers.
    pub numbers: Vec<u32>,
}

impl Command for IssueSlips {
    type On = Meeting;
    type Facts = Members;

    fn right(&self) -> &'static Right {
        &REGISTER
    }

    fn decide(
        self,
        meeting: &Meeting,
        members: &Members,
        _: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        // Where the council votes there is one for each member, whatever was asked for.
        let (count, members) = match meeting.agenda.council {
            Some(_) => (u32::try_from(members.numbers.len()).unwrap_or(u32::MAX), members.numbers.clone()),
            None => (self.count, Vec::new()),
        };
        let issued = meeting.sitting.slips.issued();
        if count == 0 || count > MOST || issued.saturating_add(count) > MOST * 4 {
            return Err(Refusal::SlipCount.into());
        }
        let first = issued.saturating_add(1);
        Ok(Decided::one(Event::SlipsIssued { first, count, word: self.word.into(), members }))
    }
}

impl Command for ReleaseSlips {
    type On = Meeting;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &REGISTER
    }

    fn decide(
        self,
        meeting: &Meeting,
        (): &(),
        ctx: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        let slips = &meeting.sitting.slips;
        if slips.sheet(self.upto).is_none() {
            return Err(Refusal::SlipUnknown.into());
        }
        if self.upto <= slips.released {
            return Err(Common::Exists.into());
        }
        // Of each sheet that it takes in, whoever made it is somebody else.
        let taken_in = |first: u32| first <= self.upto;
        for sheet in slips.waiting().filter(|sheet| taken_in(sheet.first)) {
            must_be_another(sheet.by.as_ref(), ctx)?;
        }
        Ok(Decided::one(Event::SlipsReleased { upto: self.upto }))
    }
}
