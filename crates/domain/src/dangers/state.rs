//! The life of one danger: reported, seen, protected, made safe, looked at again, and at its end
//! cleared by two roles or lifted after the lasting work. Its matter it knows by id alone.

use super::{DangerStage, DangerStep, Event, Protection, Refusal, Risk};
use crate::matters::MatterId;
use std::collections::BTreeSet;
use yishi_kernel::access::{About, Stage};
use yishi_kernel::record::{self, Sealed, Staff};
use yishi_kernel::{
    AccountId, Actor, Context, Denied, HolderKey, Moment, OrganisationId, Passing, PhotoDigest, PlaceId,
    Resource, Role, Stamped, Stream, Wait, Whom,
};

/// A danger (隐患).
#[derive(Clone, Debug, PartialEq)]
pub struct Danger {
    /// The matter it is about.
    pub matter: MatterId,
    /// What is at risk.
    pub risk: Risk,
    /// What was at risk when it was first reported.
    pub reported: Risk,
    /// By when it was to be safe then.
    pub first_due: Moment,
    /// Where it stands.
    pub stage: DangerStage,
    /// When somebody tapped: the clock runs from here.
    pub tapped: Moment,
    /// By when it must be made safe. Nothing makes it later.
    pub due: Moment,
    /// The place the public may know.
    pub place: PlaceId,
    /// The place itself.
    pub exact: Sealed<PlaceId, record::Place>,
    /// The desk that sees to it.
    pub desk: PlaceId,
    /// The highest desk that it has come to.
    pub came_to: PlaceId,
    /// By when it goes up to the desk above that one.
    pub up_by: Moment,
    /// The bodies that were told.
    pub called: BTreeSet<OrganisationId>,
    /// When somebody first said that they had seen it.
    pub seen: Option<Moment>,
    /// What protects, as was last said.
    pub protected: Option<Protected>,
    /// When a second person saw that it is safe.
    pub safe: Option<Moment>,
    /// By when the protection is looked at again.
    pub look_by: Option<Moment>,
    /// That somebody says there is no danger, until a second role has said whether that is so.
    pub doubted: Option<Doubted>,
    /// Whom its matter is about.
    pub about: About,
    /// All photos, for those who may read them.
    pub photos: BTreeSet<PhotoDigest>,
    /// Those of them that anyone may see.
    pub published: BTreeSet<PhotoDigest>,
    /// When it came to its end.
    pub ended: Option<Moment>,
}

/// What protects (防护).
#[derive(Clone, Debug, PartialEq)]
pub struct Protected {
    /// What.
    pub step: Protection,
    /// Since when.
    pub at: Moment,
    /// By which body.
    pub organisation: Option<OrganisationId>,
    /// By whom.
    pub by: Option<Sealed<AccountId, Staff>>,
}

/// That somebody says there is no danger (认为没有危险).
#[derive(Clone, Debug, PartialEq)]
pub struct Doubted {
    /// In which role.
    pub role: Role,
    /// By whom.
    pub by: Option<Sealed<AccountId, Staff>>,
    /// Since when.
    pub at: Moment,
    /// By when a second role says whether that is so.
    pub due: Moment,
}

impl Danger {
    /// Whether it is not at its end.
    #[must_use]
    pub fn is_open(&self) -> bool {
        match self.stage {
            DangerStage::Reported | DangerStage::Protected | DangerStage::Safe => true,
            DangerStage::Cleared | DangerStage::Lifted => false,
        }
    }

    /// By when it goes up to the next desk above, while it is not safe.
    #[must_use]
    pub fn goes_up(&self) -> Option<Moment> {
        match self.stage {
            DangerStage::Reported | DangerStage::Protected => Some(self.up_by),
            DangerStage::Safe | DangerStage::Cleared | DangerStage::Lifted => None,
        }
    }

    /// Whether it was this account that says what protects.
    #[must_use]
    pub fn was_protected_by(&self, account: AccountId) -> bool {
        let by = self.protected.as_ref().and_then(|protected| protected.by.as_ref());
        by.is_some_and(|by| by.is(&account))
    }

    /// The body somebody acts for: one's own where it was told; none for the community's own
    /// people. Whom the danger concerns acts for nobody else.
    pub(super) fn acting(&self, ctx: &Context) -> Result<Option<OrganisationId>, Denied> {
        let own = self.called.iter().copied().find(|body| ctx.actor.is_of(*body));
        match own {
            None if ctx.role.of_organisation() => Err(Denied::Elsewhere),
            own => Ok(own),
        }
    }

    /// That nobody confirms alone what they say themselves.
    pub(super) fn by_another(&self, ctx: &Context) -> Result<(), Refusal> {
        match ctx.actor.account {
            Some(account) if !self.was_protected_by(account) => Ok(()),
            _ => Err(Refusal::SecondPerson),
        }
    }

    /// The bodies that are to protect, or the desk where none was told.
    fn protectors(&self) -> impl Iterator<Item = HolderKey> {
        [HolderKey::desk(self.desk)]
            .into_iter()
            .chain(self.called.iter().copied().map(HolderKey::organisation))
    }

    /// Who looks at the protection again: the body whose it is, else the desk.
    fn keeper(&self) -> HolderKey {
        let body = self.protected.as_ref().and_then(|protected| protected.organisation);
        match body.filter(|body| self.called.contains(body)) {
            Some(body) => HolderKey::organisation(body),
            None => HolderKey::desk(self.desk),
        }
    }

    fn attach(&mut self, photos: Option<&Sealed<Vec<PhotoDigest>, Staff>>) {
        self.photos.extend(photos.and_then(Sealed::get).into_iter().flatten().cloned());
    }

    fn see(&mut self, time: Moment) {
        if self.seen.is_none() {
            self.seen = Some(time);
            self.up_by = self.due;
        }
    }

    fn end(&mut self, stage: DangerStage, time: Moment) {
        self.stage = stage;
        self.doubted = None;
        self.ended = Some(time);
    }
}

impl Stream for Danger {
    const KIND: &'static str = "danger";
    type Event = Event;

    fn begin(first: &Stamped<Event>) -> Option<Self> {
        let Event::Reported { matter, risk, at, place, exact, desk, called, due, see_by, .. } = &first.what
        else {
            return None;
        };
        Some(Self {
            matter: *matter,
            risk: *risk,
            reported: *risk,
            first_due: *due,
            stage: DangerStage::Reported,
            tapped: *at,
            due: *due,
            place: *place,
            exact: exact.clone(),
            desk: *desk,
            came_to: *desk,
            up_by: *see_by,
            called: called.iter().copied().collect(),
            seen: None,
            protected: None,
            safe: None,
            look_by: None,
            doubted: None,
            about: About::default(),
            photos: BTreeSet::new(),
            published: BTreeSet::new(),
            ended: None,
        })
    }

    fn evolve(&mut self, next: &Stamped<Event>) {
        let time = next.time;
        match &next.what {
            Event::Reported { .. } => {}
            Event::ReportedAgain { risk, due } => {
                self.risk = *risk;
                self.due = self.due.min(*due);
                self.up_by = self.up_by.min(self.due);
            }
            Event::Relocated { place, exact } => (self.place, self.exact) = (*place, exact.clone()),
            Event::Seen { .. } => self.see(time),
            Event::WentUp { desk, due } => {
                self.came_to = *desk;
                self.up_by = *due;
            }
            Event::Called { organisation } => {
                self.called.insert(*organisation);
            }
            Event::Protected { step, organisation, photos, .. } => {
                self.see(time);
                self.stage = DangerStage::Protected;
                let (step, organisation, by) = (*step, *organisation, next.by.clone());
                self.protected = Some(Protected { step, at: time, organisation, by });
                self.attach(Some(photos));
            }
            Event::MadeSafe { due, .. } => {
                self.stage = DangerStage::Safe;
                self.safe = Some(time);
                self.look_by = Some(*due);
            }
            Event::LookedAgain { photos, due, .. } => {
                self.look_by = Some(*due);
                self.attach(photos.as_ref());
            }
            Event::Failed { .. } => {
                self.stage = DangerStage::Reported;
                (self.protected, self.safe, self.look_by) = (None, None, None);
                // Its clock is what it was. Where that has run out, the desk above is pressed at once.
                self.up_by = self.due.max(time);
            }
            Event::Doubted { role, due, .. } => {
                let (role, by, at, due) = (*role, next.by.clone(), time, *due);
                self.doubted = Some(Doubted { role, by, at, due });
            }
            Event::Upheld { .. } => self.doubted = None,
            Event::Cleared { .. } => self.end(DangerStage::Cleared, time),
            Event::Lifted { photos, .. } => {
                self.attach(photos.as_ref());
                self.end(DangerStage::Lifted, time);
            }
            // One that was erased is no longer there to be seen.
            Event::PhotoPublished { photo } => self.published.extend(self.photos.get(photo).cloned()),
            Event::PassedOn { organisation, .. } => {
                self.called.remove(organisation);
            }
        }
    }

    fn place(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn at(&self) -> Option<PlaceId> {
        self.exact.get().copied().or(Some(self.place))
    }

    /// The bodies that were told reach it, and judge none of what they did.
    fn resource(&self, path: &[PlaceId], _actor: &Actor) -> Resource {
        Resource {
            path: path.to_vec(),
            stage: Some(Stage::of(self.stage)),
            parties: self.called.iter().copied().collect(),
            about: self.called.iter().copied().collect(),
            desk: Some(self.desk),
            ..Resource::default()
        }
        .concerning(&self.about)
    }

    fn concerns(&mut self, about: About) {
        self.about = about;
    }

    /// A body that is no longer there is waited for no more; the desk was told from the start.
    fn pass_on(&self, passing: &Passing) -> Vec<Event> {
        match passing.from.whom() {
            Whom::Organisation(organisation) if self.is_open() && self.called.contains(&organisation) => {
                vec![Event::PassedOn { organisation, why: passing.why() }]
            }
            Whom::Desk(_) | Whom::Organisation(_) | Whom::Person(_) | Whom::Nobody => Vec::new(),
        }
    }

    fn files(&self) -> Vec<&str> {
        self.photos.iter().map(|photo| photo.0.as_str()).collect()
    }

    /// Until it is safe it waits for the desk and all that were told at once. The first says by
    /// when it goes up.
    fn waits(&self) -> Vec<Wait> {
        let at = self.at();
        let wait = |step, holder, due| Wait::new(step, holder, due, at);
        let mut waits = Vec::new();
        match self.stage {
            DangerStage::Reported | DangerStage::Protected => {
                let above = HolderKey::desk(self.came_to);
                match self.seen {
                    None => waits.push(wait(DangerStep::See, above, self.up_by)),
                    Some(_) if self.came_to != self.desk => {
                        waits.push(wait(DangerStep::Press, above, self.up_by));
                    }
                    Some(_) => {}
                }
                match self.stage {
                    DangerStage::Protected => {
                        waits.push(wait(DangerStep::Confirm, HolderKey::desk(self.desk), self.due));
                    }
                    _ => waits.extend(self.protectors().map(|who| wait(DangerStep::Protect, who, self.due))),
                }
            }
            DangerStage::Safe => {
                waits.extend(self.look_by.map(|due| wait(DangerStep::Look, self.keeper(), due)));
            }
            DangerStage::Cleared | DangerStage::Lifted => return waits,
        }
        waits.extend(
            self.doubted
                .as_ref()
                .map(|doubted| wait(DangerStep::Agree, HolderKey::desk(self.desk), doubted.due)),
        );
        waits
    }
}
