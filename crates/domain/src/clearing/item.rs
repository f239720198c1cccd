//! A thing as a run took it in, and what became of it: by what happened to the thing, or by a word
//! where it is not due yet or goes up. The thing itself knows nothing of it.

use super::{HeldBy, ItemEvent, ItemStage, ItemStep, Outcome, RunId, Thing, Waited};
use yishi_kernel::access::{About, Stage};
use yishi_kernel::{Actor, HolderKey, Moment, PlaceId, Published, Resource, Stamped, Stream, Wait};

/// A thing that a run took in (清账项).
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// By which run.
    pub run: RunId,
    /// The place whose books are cleared.
    pub place: PlaceId,
    /// What.
    pub thing: Thing,
    /// The number of its first entry.
    pub number: u64,
    /// Since when it is open.
    pub since: Moment,
    /// When it was taken in.
    pub taken: Moment,
    /// The step that waited.
    pub step: Waited,
    /// Who held that.
    pub holder: HeldBy,
    /// By when it was due.
    pub due: Moment,
    /// What became of it.
    pub mark: Option<Mark>,
    /// That it went up.
    pub lifted: Option<Lifted>,
    /// Whom the thing is about, where that is known.
    pub about: About,
}

/// What became of an item (销账情况).
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What.
    pub outcome: Outcome,
    /// Since when that stands.
    pub at: Moment,
    /// The number of the thing's entry that says so.
    pub entry: Option<u64>,
    /// By when its next step is due.
    pub day: Option<Moment>,
    /// What was said with it, where that is no entry of the thing.
    pub said: Option<Published>,
}

/// That an item went up (上交).
#[derive(Clone, Debug, PartialEq)]
pub struct Lifted {
    /// To whose desk.
    pub desk: PlaceId,
    /// By when that one says what it does.
    pub due: Moment,
    /// What it said, and when.
    pub answer: Option<(Published, Moment)>,
}

impl Item {
    /// Where it stands.
    #[must_use]
    pub fn stage(&self) -> ItemStage {
        match (&self.lifted, &self.mark) {
            (Some(Lifted { answer: None, .. }), _) => ItemStage::Lifted,
            (_, Some(_)) => ItemStage::Marked,
            (_, None) => ItemStage::Unmarked,
        }
    }

    /// Whether it was overdue when it was taken in.
    #[must_use]
    pub fn was_late(&self) -> bool {
        self.due <= self.taken
    }
}

impl Stream for Item {
    const KIND: &'static str = "clearing_item";
    type Event = ItemEvent;

    fn begin(first: &Stamped<ItemEvent>) -> Option<Self> {
        let ItemEvent::TakenIn { run, place, thing, number, since, step, holder, due } = &first.what else {
            return None;
        };
        Some(Self {
            run: *run,
            place: *place,
            thing: thing.clone(),
            number: *number,
            since: *since,
            taken: first.time,
            step: step.clone(),
            holder: *holder,
            due: *due,
            mark: None,
            lifted: None,
            about: About::default(),
        })
    }

    fn evolve(&mut self, next: &Stamped<ItemEvent>) {
        let at = next.time;
        match &next.what {
            ItemEvent::TakenIn { .. } => {}
            ItemEvent::Marked { outcome, entry, day } => {
                self.mark = Some(Mark { outcome: *outcome, at, entry: *entry, day: *day, said: None });
                // What has ended needs no word of the desk above any more.
                if matches!(outcome, Outcome::Closed | Outcome::Withdrawn) {
                    self.lifted = None;
                }
            }
            ItemEvent::Unmarked {} => self.mark = None,
            ItemEvent::OnTrack { next, day } => {
                let (outcome, day, said) = (Outcome::OnTrack, Some(*day), Some(next.clone()));
                self.mark = Some(Mark { outcome, at, entry: None, day, said });
                // The desk above has spoken, and it goes on here.
                self.lifted = None;
            }
            ItemEvent::Lifted { reason, desk, due, .. } => {
                let (outcome, day, said) = (Outcome::Lifted, Some(*due), Some(reason.clone()));
                self.mark = Some(Mark { outcome, at, entry: None, day, said });
                self.lifted = Some(Lifted { desk: *desk, due: *due, answer: None });
            }
            ItemEvent::TakenUp { note } => {
                if let Some(lifted) = &mut self.lifted {
                    lifted.answer = Some((note.clone(), at));
                }
            }
        }
    }

    fn place(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn resource(&self, path: &[PlaceId], _actor: &Actor) -> Resource {
        Resource { stage: Some(Stage::of(self.stage())), desk: Some(self.place), ..Resource::at(path) }
            .concerning(&self.about)
    }

    fn concerns(&mut self, about: About) {
        self.about = about;
    }

    /// Only what went up waits by itself; for the rest the run waits.
    fn waits(&self) -> Vec<Wait> {
        let waiting = self.lifted.iter().filter(|lifted| lifted.answer.is_none());
        let wait = |lifted: &Lifted| {
            Wait::new(ItemStep::TakeUp, HolderKey::desk(lifted.desk), lifted.due, Some(self.place))
        };
        waiting.map(wait).collect()
    }
}
