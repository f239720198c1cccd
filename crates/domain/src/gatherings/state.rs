//! A gathering as its events made it.

use super::events::{Known, Raised, Thanks};
use super::{Event, Form, GatheringStage, GatheringStep, Mostly};
use yishi_kernel::access::Stage;
use yishi_kernel::record::{Place, Staff};
use yishi_kernel::{
    AccountId, Actor, Heir, HolderKey, Moment, Passing, PlaceId, Published, Resource, Sealed, Stamped,
    Stream, Wait, Whom,
};

/// A gathering: people sit together and say what is on their minds (谈话会).
#[derive(Clone, Debug, PartialEq)]
pub struct Gathering {
    /// Where it stands.
    pub stage: GatheringStage,
    /// In which form.
    pub form: Form,
    /// The place, building at the finest.
    pub place: PlaceId,
    /// The place itself.
    pub at: Sealed<PlaceId, Place>,
    /// Where exactly, in a few words.
    pub spot: Option<Published>,
    /// When it begins, or began.
    pub starts: Moment,
    /// How many came; before its record, about how many are to come.
    pub people: Option<u64>,
    /// Who for the most part.
    pub mostly: Option<Mostly>,
    /// The desk that sees to what its host leaves.
    pub desk: PlaceId,
    /// Who holds it, as long as they are there.
    pub host: Option<Sealed<AccountId, Staff>>,
    /// By when its record is written.
    pub due: Moment,
    /// When it was entered.
    pub opened: Moment,
    /// Its record, once it is written.
    pub record: Option<Recorded>,
    /// Why it is not held.
    pub reason: Option<Published>,
}

/// The record of a gathering (谈话记录).
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// When it was written.
    pub at: Moment,
    /// Who wrote it.
    pub by: Option<Sealed<AccountId, Staff>>,
    /// Lines that became matters.
    pub raised: Vec<Raised>,
    /// Lines that were matters already.
    pub known: Vec<Known>,
    /// Words of thanks.
    pub thanks: Vec<Thanks>,
    /// How many lines were private talk.
    pub private: u64,
}

impl Stream for Gathering {
    const KIND: &'static str = "gathering";
    type Event = Event;

    fn begin(first: &Stamped<Event>) -> Option<Self> {
        let Event::Opened { form, place, at, spot, starts, people, mostly, desk, due, .. } = &first.what
        else {
            return None;
        };
        Some(Self {
            stage: GatheringStage::Open,
            form: *form,
            place: *place,
            at: at.clone(),
            spot: spot.clone(),
            starts: *starts,
            people: *people,
            mostly: *mostly,
            desk: *desk,
            host: first.by.clone(),
            due: *due,
            opened: first.time,
            record: None,
            reason: None,
        })
    }

    fn evolve(&mut self, next: &Stamped<Event>) {
        match &next.what {
            Event::Opened { .. } => {}
            Event::Recorded { people, mostly, raised, known, thanks, private } => {
                self.stage = GatheringStage::Recorded;
                self.people = Some(*people);
                self.mostly = *mostly;
                self.record = Some(Recorded {
                    at: next.time,
                    by: next.by.clone(),
                    raised: raised.clone(),
                    known: known.clone(),
                    thanks: thanks.clone(),
                    private: *private,
                });
            }
            Event::CalledOff { reason } => {
                self.stage = GatheringStage::CalledOff;
                self.reason = Some(reason.clone());
            }
            Event::PassedOn { person, .. } => self.host.clone_from(person),
        }
    }

    fn place(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn at(&self) -> Option<PlaceId> {
        // Of an erased place, what is public.
        self.at.get().copied().or(Some(self.place))
    }

    fn resource(&self, path: &[PlaceId], _actor: &Actor) -> Resource {
        Resource { stage: Some(Stage::of(self.stage)), desk: Some(self.desk), ..Resource::at(path) }
    }

    /// Somebody named takes over a record that is still to be written, else the desk does.
    fn pass_on(&self, passing: &Passing) -> Vec<Event> {
        let Whom::Person(gone) = passing.from.whom() else { return Vec::new() };
        let hosts = self.host.as_ref().is_some_and(|host| host.is(&gone));
        let person = match passing.to {
            Heir::Named(_, person) => person.map(Sealed::Kept),
            Heir::Desk => None,
        };
        let waits = hosts && self.stage == GatheringStage::Open;
        waits.then(|| Event::PassedOn { person, why: passing.why() }).into_iter().collect()
    }

    fn waits(&self) -> Vec<Wait> {
        let host = self.host.as_ref().and_then(Sealed::get).copied().map(HolderKey::person);
        let holder = host.unwrap_or_else(|| HolderKey::desk(self.desk));
        match self.stage {
            GatheringStage::Open => vec![Wait::new(GatheringStep::Record, holder, self.due, self.at())],
            GatheringStage::Recorded | GatheringStage::CalledOff => Vec::new(),
        }
    }
}
