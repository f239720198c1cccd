//! What carries a year out: reads, deeds, a clock, and what happens by itself. A year is the same
//! over either of them.

use crate::cast::Cast;
use crate::deed::Deed;
use yishi_domain::dangers::{Danger, DangerId};
use yishi_domain::dispatch::{Order, OrderId};
use yishi_domain::gatherings::{Gathering, GatheringId};
use yishi_domain::matters::{Matter, MatterId, Receipt, ReceiptId};
use yishi_domain::topics::{Topic, TopicId};
use yishi_kernel::{Actor, HolderKey, Moment, Refusal, StreamName};

/// Something that waits, as whoever reads what waits sees it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    /// The step.
    pub step: String,
    /// Whose it is.
    pub holder: HolderKey,
    /// By when.
    pub due: Moment,
}

/// What was recorded in a stream since it was last asked for.
#[derive(Clone, Debug)]
pub struct News {
    /// The stream.
    pub stream: StreamName,
    /// The kinds of the entries.
    pub kinds: Vec<String>,
}

/// A community that a year happens in.
pub trait Town {
    /// Puts the clock forward.
    fn put(&mut self, now: Moment);

    /// Carries a deed out.
    ///
    /// # Errors
    /// Why it was refused.
    fn does(&mut self, who: &Actor, deed: Deed) -> Result<(), Refusal>;

    /// What the program does by itself, if it is time.
    fn by_itself(&mut self);

    /// Somebody leaves their post, and somebody else comes in their place.
    fn succeeds(&mut self, cast: &mut Cast, gone: &Actor);

    /// What was recorded since this was last asked for.
    fn news(&mut self) -> Vec<News>;

    /// What waits in one stream.
    fn waits(&self, stream: &StreamName) -> Vec<Held>;

    /// All that waits, as desks read it.
    fn waiting(&self) -> Vec<(StreamName, Held)>;

    /// A matter.
    fn matter(&self, id: MatterId) -> Option<Matter>;

    /// A receipt.
    fn receipt(&self, id: ReceiptId) -> Option<Receipt>;

    /// An order.
    fn order(&self, id: OrderId) -> Option<Order>;

    /// A danger.
    fn danger(&self, id: DangerId) -> Option<Danger>;

    /// A topic.
    fn topic(&self, id: TopicId) -> Option<Topic>;

    /// A gathering.
    fn gathering(&self, id: GatheringId) -> Option<Gathering>;
}
