//! An exclusion as its events made it: who asked, what was ruled, and what waits.

use super::{Event, ExclusionClass, ExclusionStage, ExclusionStep};
use crate::matters::MatterId;
use yishi_kernel::access::{About, Stage};
use yishi_kernel::record::Staff;
use yishi_kernel::{
    AccountId, Actor, HolderKey, Moment, PlaceId, Published, Resource, Sealed, Stamped, Stream, Wait,
};

/// That a matter is left out of the rates, or that this was asked for (剔除).
#[derive(Clone, Debug, PartialEq)]
pub struct Exclusion {
    /// Where it stands.
    pub stage: ExclusionStage,
    /// The matter.
    pub matter: MatterId,
    /// Whom that is about.
    pub about: About,
    /// Where it is, a building at the finest.
    pub place: PlaceId,
    /// The street's desk, which rules.
    pub street: PlaceId,
    /// Of which class it was said to be.
    pub class: ExclusionClass,
    /// Why.
    pub reason: Published,
    /// When it was asked for.
    pub asked: Moment,
    /// Who asked for it and who ruled: they do not rule again.
    pub hands: Vec<Sealed<AccountId, Staff>>,
    /// What was ruled first.
    pub first: Option<Ruling>,
    /// When whoever raised it asked for another ruling.
    pub objected: Option<Moment>,
    /// What was ruled then.
    pub again: Option<Ruling>,
    /// By when the street rules.
    pub due: Moment,
}

/// What was ruled (裁定).
#[derive(Clone, Debug, PartialEq)]
pub struct Ruling {
    /// Of which class it is left out; none where it counts.
    pub class: Option<ExclusionClass>,
    /// Why.
    pub reason: Published,
    /// When.
    pub at: Moment,
}

impl Exclusion {
    /// Of which class the matter is left out of the rates now; none while it counts.
    #[must_use]
    pub fn excludes(&self) -> Option<ExclusionClass> {
        match self.stage {
            ExclusionStage::Granted => self.again.as_ref().or(self.first.as_ref()).and_then(|one| one.class),
            ExclusionStage::Asked | ExclusionStage::Refused | ExclusionStage::Objected => None,
        }
    }

    /// What comes next.
    #[must_use]
    pub fn step(&self) -> Option<ExclusionStep> {
        match self.stage {
            ExclusionStage::Asked => Some(ExclusionStep::Rule),
            ExclusionStage::Objected => Some(ExclusionStep::RuleAgain),
            ExclusionStage::Granted | ExclusionStage::Refused => None,
        }
    }

    fn ruled(&mut self, ruling: Ruling, by: Option<&Sealed<AccountId, Staff>>) {
        self.stage = if ruling.class.is_some() { ExclusionStage::Granted } else { ExclusionStage::Refused };
        self.hands.extend(by.cloned());
        match self.objected {
            None => self.first = Some(ruling),
            Some(_) => self.again = Some(ruling),
        }
    }
}

impl Stream for Exclusion {
    const KIND: &'static str = "exclusion";
    type Event = Event;

    fn begin(first: &Stamped<Event>) -> Option<Self> {
        let Event::Asked { matter, place, street, class, reason, due, .. } = &first.what else { return None };
        Some(Self {
            stage: ExclusionStage::Asked,
            matter: *matter,
            about: About::default(),
            place: *place,
            street: *street,
            class: *class,
            reason: reason.clone(),
            asked: first.time,
            hands: first.by.iter().cloned().collect(),
            first: None,
            objected: None,
            again: None,
            due: *due,
        })
    }

    fn evolve(&mut self, next: &Stamped<Event>) {
        let at = next.time;
        match &next.what {
            Event::Asked { .. } => {}
            Event::Granted { class, reason } => {
                self.ruled(Ruling { class: Some(*class), reason: reason.clone(), at }, next.by.as_ref());
            }
            Event::Refused { reason } => {
                self.ruled(Ruling { class: None, reason: reason.clone(), at }, next.by.as_ref());
            }
            Event::Objected { due, .. } => {
                self.stage = ExclusionStage::Objected;
                self.objected = Some(at);
                self.due = *due;
            }
        }
    }

    fn place(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn resource(&self, path: &[PlaceId], _actor: &Actor) -> Resource {
        Resource {
            stage: Some(Stage::of(self.stage)),
            handlers: self.hands.iter().filter_map(Sealed::get).copied().collect(),
            ..Resource::at(path)
        }
        .concerning(&self.about)
    }

    fn concerns(&mut self, about: About) {
        self.about = about;
    }

    fn waits(&self) -> Vec<Wait> {
        let street = HolderKey::desk(self.street);
        let wait = |step| Wait::new(step, street.clone(), self.due, Some(self.place));
        self.step().map(wait).into_iter().collect()
    }
}
