//! A body promises something at a meeting (表态): one line, who, by when.

use super::{Event, MAKE, Promise, Refusal};
use crate::meetings::{MeetingId, MeetingStage};
use crate::topics::TopicId;
use yishi_kernel::access::About;
use yishi_kernel::access::roles::STEERS;
use yishi_kernel::named::Named;
use yishi_kernel::{Context, Decided, Moment, OrganisationId, PlaceId, Resource, Right, Start};

/// Enter a promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Make {
    /// At which meeting.
    pub meeting: MeetingId,
    /// Who promises.
    pub body: OrganisationId,
    /// What.
    pub what: String,
    /// By when.
    pub due: Moment,
}

/// The meeting at which something is promised.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Where it stands.
    pub stage: MeetingStage,
    /// Whether somebody has confirmed its minutes.
    pub minutes: Minutes,
    /// The place that it is about.
    pub place: PlaceId,
    /// The desk that convenes it.
    pub desk: PlaceId,
    /// What it is about.
    pub topics: Vec<TopicId>,
    /// Whom that is about.
    pub about: About,
    /// The bodies invited.
    pub invited: Vec<OrganisationId>,
}

/// Whether minutes still take something in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Minutes {
    /// Nobody has confirmed them.
    Open,
    /// Somebody has: what comes after would not be in what they read.
    Confirmed,
}

impl Table {
    /// That it takes promises now.
    ///
    /// # Errors
    /// When it is not held, or its minutes are being confirmed.
    pub fn takes_promises(&self) -> Result<(), Refusal> {
        match (self.stage, self.minutes) {
            (MeetingStage::Open, _) | (MeetingStage::Held, Minutes::Open) => Ok(()),
            (MeetingStage::Held, Minutes::Confirmed) => Err(Refusal::Minutes),
            (stage, _) => Err(Refusal::Meeting(stage)),
        }
    }
}

impl Start for Make {
    type Of = Promise;
    type Facts = Table;

    fn right(&self) -> &'static Right {
        &MAKE
    }

    fn names(&self) -> Vec<Named> {
        Named::bodies("body", [self.body]).into_iter().collect()
    }

    fn resource(&self, table: &Table, ctx: &Context) -> Resource {
        Resource { parties: table.invited.clone(), desk: Some(table.desk), ..Resource::at(ctx.path) }
            .concerning(&table.about)
    }

    fn start(self, table: &Table, ctx: &Context) -> Result<Decided<Promise>, yishi_kernel::Refusal> {
        table.takes_promises()?;
        let own = ctx.actor.is_of(self.body) && table.invited.contains(&self.body);
        let steers = STEERS.has(ctx.role) && !self.resource(table, ctx).keeps_away(ctx.actor);
        if !own && !steers {
            return Err(Refusal::NotOwn.into());
        }
        Ok(Decided::one(Event::Made {
            meeting: self.meeting,
            topics: table.topics.clone(),
            place: table.place,
            desk: table.desk,
            body: self.body,
            what: ctx.line("what", &self.what)?,
            due: ctx.future("due", self.due)?,
        }))
    }
}
