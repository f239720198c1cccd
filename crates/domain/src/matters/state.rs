//! What a matter is: raised, sorted, held, answered, closed; merged and unmerged with its
//! lineage. Who is owed an answer stands on the receipts, what may be done in the stories.

use super::events::Event;
use super::ids::MatterId;
use super::receipt::Receipt;
use super::rules::{CategoryCode, Rules};
use super::standing::{Brought, Member, Sorted, Standing, Timed};
use super::words::{Channel, Outcome, Shown, StageKind, Step};
use crate::meetings::MeetingId;
use crate::topics::TopicId;
use crate::{evaluation, topics};
use std::collections::{BTreeMap, BTreeSet};
use yishi_kernel::access::{About, Stage};
use yishi_kernel::record::{Case, Place, Raiser, Staff};
use yishi_kernel::{
    AccountId, Actor, Clock, Context, Holder, HolderKey, Moment, OrganisationId, Pack, Passing, PhotoDigest,
    PlaceId, Published, Resource, Sealed, Stamped, Stream, Urged, Wait,
};

/// A matter (事项).
#[derive(Clone, Debug, PartialEq)]
pub struct Matter {
    /// Where it stands, whether or not another one carries it: [`Matter::stage`].
    pub own_stage: StageKind,
    /// The matter it was merged into.
    pub merged_into: Option<MatterId>,
    /// The matters merged into it directly, each with all that it stands for.
    pub members: BTreeMap<MatterId, Member>,
    /// How it stood before its members brought anything, until something is done to the whole.
    pub alone: Option<Standing>,
    /// When it was raised.
    pub raised: Moment,
    /// The place the public may know, building at the finest.
    pub place: PlaceId,
    /// The place itself.
    pub exact: Sealed<PlaceId, Place>,
    /// The compound, market or coarser place around it.
    pub around: PlaceId,
    /// How exactly the public may know the place.
    pub shown: Shown,
    /// How it came in.
    pub channel: Channel,
    /// The organisation it is about.
    pub about: Option<OrganisationId>,
    /// The person it is about.
    pub about_person: Option<Sealed<AccountId, Case>>,
    /// Whom the matter is about that carries it.
    pub carried_about: About,
    /// What it is about.
    pub category: Option<CategoryCode>,
    /// What sorting came to.
    pub outcome: Option<Outcome>,
    /// The desk that sorts and closes it.
    pub desk: PlaceId,
    /// The desk above that it went to as a repeat, to be sorted and closed there (重复反映上交).
    pub sent_up: Option<PlaceId>,
    /// Who holds it.
    pub holder: Holder,
    /// The person, when a person holds it.
    pub person: Option<Sealed<AccountId, Staff>>,
    /// By when the next step is due.
    pub due: Moment,
    /// From when that is counted.
    pub since: Moment,
    /// Those who ever held, worked on or answered it.
    pub handlers: Vec<Sealed<AccountId, Staff>>,
    /// How often its holder was urged.
    pub urged: Urged,
    /// When whoever raised it was last contacted, since it is worked on.
    pub contacted: Option<Moment>,
    /// The summary the public reads.
    pub summary: Option<Published>,
    /// When it was first sorted, and by when it was to be.
    pub sorted: Option<Timed>,
    /// When it was first answered, and by when it was to be.
    pub first_answer: Option<Timed>,
    /// How many times it was taken up again after an answer.
    pub reopened: u64,
    /// How many times it was answered.
    pub answers: u64,
    /// When it was last answered.
    pub answered: Option<Moment>,
    /// Which other matters it carried when it was answered, answer by answer: their receipts
    /// were told as well.
    pub told: BTreeMap<Moment, BTreeSet<MatterId>>,
    /// When it was closed, or taken back.
    pub closed: Option<Moment>,
    /// All photos, for those who may read what residents wrote.
    pub photos: BTreeSet<PhotoDigest>,
    /// Those of them that anyone may see.
    pub published: BTreeSet<PhotoDigest>,
    /// The key of the row it was imported from.
    pub source: Option<Sealed<String, Raiser>>,
    /// The topic that has taken it up.
    pub topic: Option<TopicId>,
    /// The meeting from whose floor it was raised.
    pub meeting: Option<MeetingId>,
}

impl Matter {
    /// Where it stands: merged, as long as another one carries it.
    #[must_use]
    pub fn stage(&self) -> StageKind {
        if self.merged_into.is_some() { StageKind::Merged } else { self.own_stage }
    }

    /// Itself and every matter it stands for. A merged one stands for none: its family
    /// belongs to the one it was merged into.
    #[must_use]
    pub fn family(&self, own: MatterId) -> BTreeSet<MatterId> {
        match self.merged_into {
            Some(_) => BTreeSet::new(),
            None => self.members.values().flat_map(|member| &member.family).copied().chain([own]).collect(),
        }
    }

    /// How the work on it stands, with what its members brought.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing {
            stage: self.own_stage,
            outcome: self.outcome,
            category: self.category.clone(),
            holder: self.holder,
            person: self.person.clone(),
            due: self.due,
            handlers: self.handlers.clone(),
        }
    }

    fn stand(&mut self, standing: Standing) {
        self.own_stage = standing.stage;
        self.outcome = standing.outcome;
        self.category = standing.category;
        self.holder = standing.holder;
        self.person = standing.person;
        self.due = standing.due;
        self.handlers = standing.handlers;
    }

    /// It stands as it did alone, with what its members bring.
    fn join(&mut self) {
        let Some(alone) = self.alone.take() else { return };
        self.stand(alone.with(&self.members));
        if self.members.values().any(|member| member.brought.is_some()) {
            self.alone = Some(alone);
        }
    }

    /// Something is done to the whole: what its members brought is its own from now on.
    fn settle(&mut self) {
        self.alone = None;
        for member in self.members.values_mut() {
            member.brought = None;
        }
    }

    /// Whether it ended because whoever said it took it back: closed, and never answered.
    #[must_use]
    pub fn is_withdrawn(&self) -> bool {
        self.own_stage == StageKind::Closed && self.answered.is_none()
    }

    /// Whether it is answered by not being accepted (不予受理), and nobody has closed it yet.
    #[must_use]
    pub fn was_turned_away(&self) -> bool {
        self.own_stage == StageKind::Answered && self.outcome == Some(Outcome::NotAccepted)
    }

    /// Whom it is about: itself, and the one that carries it.
    #[must_use]
    pub fn whom(&self) -> About {
        let person = self.about_person.as_ref().and_then(Sealed::get).copied();
        let own = About { bodies: self.about.into_iter().collect(), persons: person.into_iter().collect() };
        About::all([&own, &self.carried_about])
    }

    /// Its place, for what is passed on of it there: whom it is about passes nothing on.
    #[must_use]
    pub fn passing_on(&self, path: &[PlaceId]) -> Resource {
        Resource { desk: Some(self.desk), ..Resource::at(path) }.concerning(&self.whom())
    }

    /// Whether what was said only to those who asked, with the answer given at that moment, is
    /// for this receipt: it was there by then, and on this matter or one that it carried.
    #[must_use]
    pub fn told(&self, own: MatterId, answer: Moment, receipt: &Receipt) -> bool {
        let carried = self.told.get(&answer).is_some_and(|others| others.contains(&receipt.matter));
        !receipt.is_later_than(answer) && (receipt.matter == own || carried)
    }

    fn promise(&mut self, due: Moment, since: Moment) {
        self.due = due;
        self.since = since;
    }

    fn handled_by(&mut self, by: Option<&Sealed<AccountId, Staff>>) {
        let Some(by) = by else { return };
        if !self.handlers.contains(by) {
            self.handlers.push(by.clone());
        }
        if let Some(alone) = &mut self.alone {
            alone.handled_by(by);
        }
    }

    fn held_by(&mut self, holder: Holder, person: Option<&Sealed<AccountId, Staff>>) {
        self.holder = holder;
        self.person = person.cloned();
        self.handled_by(person);
    }

    fn attach<W>(&mut self, photos: Option<&Sealed<Vec<PhotoDigest>, W>>) {
        self.photos.extend(photos.and_then(Sealed::get).into_iter().flatten().cloned());
    }
}

impl Stream for Matter {
    const KIND: &'static str = "matter";
    const COPIES: &'static [&'static str] = &["text"];
    type Event = Event;

    fn begin(first: &Stamped<Event>) -> Option<Self> {
        let Event::Raised {
            place,
            exact,
            around,
            shown,
            desk,
            due,
            channel,
            about,
            about_person,
            category,
            photos,
            source,
            ..
        } = &first.what
        else {
            return None;
        };
        let mut matter = Self {
            own_stage: StageKind::Raised,
            merged_into: None,
            members: BTreeMap::new(),
            alone: None,
            raised: first.time,
            place: *place,
            exact: exact.clone(),
            around: *around,
            shown: *shown,
            channel: *channel,
            about: *about,
            about_person: about_person.clone(),
            carried_about: About::default(),
            category: category.clone(),
            outcome: None,
            desk: *desk,
            sent_up: None,
            holder: Holder::Desk(*desk),
            person: None,
            due: *due,
            since: first.time,
            handlers: Vec::new(),
            urged: Urged::default(),
            contacted: None,
            summary: None,
            sorted: None,
            first_answer: None,
            reopened: 0,
            answers: 0,
            answered: None,
            told: BTreeMap::new(),
            closed: None,
            photos: BTreeSet::new(),
            published: BTreeSet::new(),
            source: source.clone(),
            topic: None,
            meeting: None,
        };
        matter.attach(photos.as_ref());
        Some(matter)
    }

    fn evolve(&mut self, next: &Stamped<Event>) {
        if next.what.is_of_the_whole() {
            self.settle();
        }
        match &next.what {
            // What neighbours agreed changes nobody's duty: the desk answers as before.
            Event::Raised { .. } | Event::MetAtStairwell { .. } | Event::Noted { .. } => {}
            Event::FromFloor { meeting } => self.meeting = Some(*meeting),
            Event::Added { photos, .. } => self.attach(photos.as_ref()),
            Event::Triaged { outcome, category, holder, person, due, .. } => {
                self.sorted.get_or_insert(Timed { at: next.time, due: self.due });
                self.own_stage = StageKind::InHand;
                self.outcome = Some(*outcome);
                self.category = Some(category.clone());
                self.held_by(*holder, person.as_ref());
                self.promise(*due, next.time);
            }
            Event::SentUp { desk, category, due, .. } => {
                self.sent_up = Some(*desk);
                self.category = Some(category.clone());
                self.held_by(Holder::Desk(*desk), None);
                self.promise(*due, next.time);
            }
            Event::Summarised { summary, category } => {
                self.summary = Some(summary.clone());
                if category.is_some() {
                    self.category.clone_from(category);
                    self.alone.iter_mut().for_each(|alone| alone.category.clone_from(category));
                }
            }
            // One that was erased is no longer there to be seen.
            Event::PhotoPublished { photo } => self.published.extend(self.photos.get(photo).cloned()),
            Event::HandedOver { holder, person, .. } | Event::PassedOn { holder, person, .. } => {
                self.held_by(*holder, person.as_ref());
            }
            Event::Progressed { photos, .. } => {
                self.attach(photos.as_ref());
                self.handled_by(next.by.as_ref());
            }
            Event::Contacted { .. } => {
                self.contacted = Some(next.time);
                self.handled_by(next.by.as_ref());
            }
            Event::Urged { how } => self.urged.add(*how, next.time),
            Event::Answered { photos, due, .. } => {
                self.own_stage = StageKind::Answered;
                self.first_answer.get_or_insert(Timed { at: next.time, due: self.due });
                self.answers += 1;
                self.answered = Some(next.time);
                let carried = self.members.values().flat_map(|member| &member.family);
                self.told.insert(next.time, carried.copied().collect());
                self.promise(*due, next.time);
                self.attach(photos.as_ref());
                self.handled_by(next.by.as_ref());
            }
            Event::Reopened { due } => {
                self.own_stage = StageKind::InHand;
                self.reopened += 1;
                self.contacted = None;
                // Another topic may take it up now.
                self.topic = None;
                self.promise(*due, next.time);
                self.closed = None;
            }
            Event::Resorted { outcome, category, due, .. } => {
                if self.was_turned_away() && *outcome != self.outcome {
                    self.own_stage = StageKind::InHand;
                }
                self.outcome = *outcome;
                self.category.clone_from(category);
                self.promise(*due, next.time);
            }
            Event::Relocated { place, exact, around, .. } => {
                self.place = *place;
                self.exact = exact.clone();
                self.around = *around;
            }
            Event::TakenUp { topic, due, .. } => {
                self.topic = Some(*topic);
                self.promise(*due, next.time);
            }
            Event::Reckoned { due, .. } => {
                // From when it is counted stays.
                self.due = *due;
                if let Some(alone) = &mut self.alone {
                    alone.due = alone.due.min(*due);
                }
            }
            Event::Extended { due, .. } => self.due = *due,
            Event::LetGo { due, .. } => {
                self.topic = None;
                self.promise(*due, next.time);
            }
            Event::Closed {} | Event::Withdrawn {} => {
                self.own_stage = StageKind::Closed;
                self.closed = Some(next.time);
            }
            Event::Merged { into } => self.merged_into = Some(*into),
            Event::Absorbed { member, family, due, outcome, category, holder, person, handlers } => {
                let sorted = outcome.zip(category.clone()).zip(*holder);
                let sorted = sorted.map(|((outcome, category), holder)| Sorted {
                    outcome,
                    category,
                    holder,
                    person: person.clone(),
                });
                let handlers = handlers.as_ref().and_then(Sealed::get).into_iter().flatten();
                let handlers = handlers.copied().map(Sealed::Kept).collect();
                let brought = Some(Brought { due: *due, sorted, handlers });
                let family = family.iter().copied().collect();
                let alone = self.standing();
                self.alone.get_or_insert(alone);
                self.members.insert(*member, Member { family, since: next.time, brought });
                self.join();
            }
            Event::Unmerged {} => self.merged_into = None,
            Event::Released { member } => {
                self.members.remove(member);
                self.join();
            }
        }
    }

    fn place(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn at(&self) -> Option<PlaceId> {
        // Of an erased place, what is public.
        self.exact.get().copied().or(Some(self.place))
    }

    fn resource(&self, path: &[PlaceId], _actor: &Actor) -> Resource {
        Resource {
            path: path.to_vec(),
            stage: Some(Stage::of(self.stage())),
            holder: self.person.as_ref().and_then(Sealed::get).copied(),
            holding: self.holder.organisation(),
            desk: Some(self.desk),
            handlers: self.handlers.iter().filter_map(Sealed::get).copied().collect(),
            ..Resource::default()
        }
        .concerning(&self.whom())
    }

    fn concerns(&mut self, about: About) {
        self.carried_about = about;
    }

    fn clock<'r>(&self, rules: &'r Pack) -> Option<Clock<'r>> {
        let own = rules.section::<Rules>();
        let rule = match (self.stage(), self.outcome) {
            (StageKind::Raised, _) => &own.receive,
            (StageKind::InHand, _) if self.topic.is_some() => &rules.section::<topics::Rules>().consult,
            (StageKind::InHand, Some(outcome)) => own.answer(outcome),
            (StageKind::Answered, _) => &rules.section::<evaluation::Rules>().evaluate,
            (StageKind::InHand, None) | (StageKind::Closed | StageKind::Merged, _) => return None,
        };
        Some(Clock { rule, since: self.since, due: self.due })
    }

    fn reckoned(&self, due: Moment, ctx: &Context) -> Vec<Event> {
        vec![Event::Reckoned { due, rules: ctx.rules.digest().to_owned() }]
    }

    /// One that was answered may come back to whoever held it, so it passes on as well.
    fn pass_on(&self, passing: &Passing) -> Vec<Event> {
        let held = HolderKey::of(self.holder, self.person.as_ref()) == passing.from;
        if !held || matches!(self.stage(), StageKind::Closed | StageKind::Merged) {
            return Vec::new();
        }
        let (holder, person) = Holder::heir(passing.to, self.desk);
        vec![Event::PassedOn { holder, person, why: passing.why() }]
    }

    fn files(&self) -> Vec<&str> {
        self.photos.iter().map(|photo| photo.0.as_str()).collect()
    }

    /// Nothing waits once it is closed, or while another matter carries it.
    fn waits(&self) -> Vec<Wait> {
        let holder = HolderKey::of(self.holder, self.person.as_ref());
        let (step, holder) = match self.stage() {
            StageKind::Raised => (Step::Triage, holder),
            StageKind::InHand => (Step::Answer, holder),
            // Closing is for the desk that sorted it, where colleagues see it too.
            StageKind::Answered => (Step::Close, HolderKey::desk(self.sent_up.unwrap_or(self.desk))),
            StageKind::Closed | StageKind::Merged => return Vec::new(),
        };
        vec![Wait::new(step, holder, self.due, self.at())]
    }
}
