//! Calling a stairwell's households (开楼门会): when, and one line what about, or a matter of theirs.

use crate::matters::MatterId;
use crate::meetings::events::Event;
use crate::meetings::rights::CALL_STAIRWELL;
use crate::meetings::rules::Rules;
use crate::meetings::{Meeting, Refusal};
use crate::places::PlaceKind;
use yishi_kernel::access::About;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Context, Decided, Denied, Moment, PlaceId, Resource, Right, Start};

/// How far ahead a stairwell is called together, in seconds: what lies further is a slip of the
/// finger.
const FAR: i64 = 60 * 24 * 60 * 60;

/// Call the households of a stairwell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallStairwell {
    /// Which stairwell.
    pub stairwell: PlaceId,
    /// What it is about, in one line.
    pub title: String,
    /// The matter that it is about, where it is about one.
    pub matter: Option<MatterId>,
    /// Where at the stairwell it is held.
    pub venue: String,
    /// When it begins.
    pub starts: Moment,
    /// The word of the code on the notice.
    pub door: String,
}

/// A stairwell, as far as calling its households must know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stairwell {
    /// What the place is.
    pub kind: PlaceKind,
    /// When it was closed, if it was.
    pub closed: Option<Moment>,
    /// Its building.
    pub building: PlaceId,
    /// The desk that sees to what the steward leaves.
    pub desk: PlaceId,
    /// How many households it has.
    pub households: u64,
    /// Whom the matter is about.
    pub about: About,
    /// Open matters of it that were asked for: that one, or nothing.
    pub matter: Option<MatterId>,
}

impl Start for CallStairwell {
    type Of = Meeting;
    type Facts = Stairwell;

    fn right(&self) -> &'static Right {
        &CALL_STAIRWELL
    }

    fn at(&self) -> Option<PlaceId> {
        Some(self.stairwell)
    }

    /// Whom the matter is about neither calls the neighbours over it nor takes the minutes.
    fn resource(&self, at: &Stairwell, ctx: &Context) -> Resource {
        Resource { desk: Some(at.desk), ..Resource::at(ctx.path) }.concerning(&at.about)
    }

    fn start(self, at: &Stairwell, ctx: &Context) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        if at.kind != PlaceKind::Stairwell {
            return Err(Refusal::NoStairwell.into());
        }
        if at.closed.is_some() {
            return Err(Common::Ended.into());
        }
        if self.matter != at.matter {
            return Err(Refusal::NotOfStairwell.into());
        }
        let rules = ctx.section::<Rules>();
        let (forum, households) = rules.of_households().ok_or(Refusal::Forum)?;
        let earliest = ctx.due(&households.ahead).at;
        if self.starts < earliest {
            return Err(Refusal::Ahead { earliest }.into());
        }
        if self.starts > ctx.now.plus_seconds(FAR) {
            return Err(Refusal::Far.into());
        }
        let steward = ctx.actor.account.ok_or(Denied::SignIn)?;
        let called = Event::Called {
            forum: forum.code.clone(),
            scheme: None,
            title: ctx.line("title", &self.title)?,
            place: at.building,
            venue: ctx.line("venue", &self.venue)?,
            starts: self.starts,
            earliest,
            hurry: None,
            topics: Vec::new(),
            entitled: Some(at.households),
            invited: Vec::new(),
            desk: at.desk,
            chair: steward.into(),
            recorder: steward.into(),
            door: self.door.into(),
            publication: forum.publication_period(),
            rules: ctx.rules.digest().to_owned(),
            due: self.starts.end_of_day_after(0),
        };
        let own = Event::AtStairwell { stairwell: self.stairwell.into(), matter: self.matter };
        Ok(Decided::all(vec![called, own]))
    }
}
