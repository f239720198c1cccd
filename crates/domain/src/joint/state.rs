//! What a street adopted for joint working, as its events made it.

use super::{Event, JointStage, Party, Practice};
use yishi_kernel::access::Stage;
use yishi_kernel::{Actor, Moment, PlaceId, Resource, Stamped, Stream};

/// Which parties act together in a street and what they practise, as it was adopted at one time
/// (六方联动、六个实行).
#[derive(Clone, Debug, PartialEq)]
pub struct JointWork {
    /// Where it stands.
    pub stage: JointStage,
    /// The street.
    pub place: PlaceId,
    /// When it was adopted.
    pub adopted: Moment,
    /// The parties.
    pub parties: Vec<Party>,
    /// What they practise.
    pub practices: Vec<Practice>,
}

impl Stream for JointWork {
    const KIND: &'static str = "joint_work";
    type Event = Event;

    fn begin(first: &Stamped<Event>) -> Option<Self> {
        let Event::Adopted { place, adopted, parties, practices } = &first.what;
        Some(Self {
            stage: JointStage::Adopted,
            place: *place,
            adopted: *adopted,
            parties: parties.clone(),
            practices: practices.clone(),
        })
    }

    /// Each is whole: what comes later is another one.
    fn evolve(&mut self, _: &Stamped<Event>) {}

    fn place(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn resource(&self, path: &[PlaceId], _: &Actor) -> Resource {
        Resource { stage: Some(Stage::of(self.stage)), ..Resource::at(path) }
    }
}
