//! A clearing run as its events made it. What became of each thing stands in its item.

use super::{Event, RunId, RunStage, RunStep};
use yishi_kernel::access::Stage;
use yishi_kernel::{Actor, HolderKey, Moment, PlaceId, Resource, Stamped, Stream, Wait};

/// A clearing run (清账).
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Where it stands.
    pub stage: RunStage,
    /// The place whose books are cleared.
    pub place: PlaceId,
    /// How many things it took in.
    pub items: u64,
    /// The run before.
    pub before: Option<RunId>,
    /// When it began.
    pub opened: Moment,
    /// By when it is to be signed.
    pub due: Moment,
    /// When it was signed, and the digest of its sheet.
    pub finished: Option<(Moment, String)>,
}

impl Stream for Run {
    const KIND: &'static str = "clearing";
    type Event = Event;

    fn begin(first: &Stamped<Event>) -> Option<Self> {
        let Event::Opened { place, items, before, due, .. } = &first.what else { return None };
        Some(Self {
            stage: RunStage::Open,
            place: *place,
            items: *items,
            before: *before,
            opened: first.time,
            due: *due,
            finished: None,
        })
    }

    fn evolve(&mut self, next: &Stamped<Event>) {
        match &next.what {
            Event::Opened { .. } => {}
            Event::Finished { sha256 } => {
                self.stage = RunStage::Finished;
                self.finished = Some((next.time, sha256.clone()));
            }
        }
    }

    fn place(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn resource(&self, path: &[PlaceId], _actor: &Actor) -> Resource {
        Resource { stage: Some(Stage::of(self.stage)), desk: Some(self.place), ..Resource::at(path) }
    }

    fn waits(&self) -> Vec<Wait> {
        match self.stage {
            RunStage::Open => {
                vec![Wait::new(RunStep::Finish, HolderKey::desk(self.place), self.due, Some(self.place))]
            }
            RunStage::Finished => Vec::new(),
        }
    }
}
