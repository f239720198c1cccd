//! The life of one order: sent or asked for, reported in, worked on, disputed, done,
//! accepted. It knows nothing of meetings but the ids it came from.

use super::{
    Assist, Climbed, Event, LimitClass, OrderId, OrderKind, OrderStage, OrderStep, OtherWay, Part, PartStage,
    Rules, Source, Task, WhistleKind,
};
use crate::ballots::{Decides, Leave};
use std::collections::{BTreeMap, BTreeSet};
use yishi_kernel::access::{About, Stage};
use yishi_kernel::record::{Sealed, Staff};
use yishi_kernel::{
    AccountId, Actor, Clock, Context, Holder, HolderKey, Moment, OrganisationId, Pack, Passing, PhotoDigest,
    PlaceId, Published, Resource, Stamped, Stream, Urged, Wait, Whom,
};

/// An order (工单、哨、函).
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Work, whistle or letter.
    pub kind: OrderKind,
    /// Why the street whistles, when it is a whistle.
    pub whistle: Option<WhistleKind>,
    /// Where it stands.
    pub stage: OrderStage,
    /// Where it stood before it was suspended.
    pub resting: OrderStage,
    /// When it was sent or asked for.
    pub opened: Moment,
    /// When the street blew it, where it is a whistle.
    pub blown: Option<Moment>,
    /// Where it comes from.
    pub source: Source,
    /// Whom what it comes from is about.
    pub about: About,
    /// What is to be done.
    pub task: Task,
    /// Whose decision it carries out.
    pub decides: Decides,
    /// By what it left, where that is the owners'.
    pub leave: Option<Leave>,
    /// The place, a building at the finest.
    pub place: PlaceId,
    /// The desk that sent it and accepts it.
    pub desk: PlaceId,
    /// The street's desk, which whistles and rules.
    pub street: PlaceId,
    /// Who is to do it, or leads.
    pub holder: Holder,
    /// The person, when a person is to.
    pub person: Option<Sealed<AccountId, Staff>>,
    /// The bodies it calls, the lead among them; none while only asked for.
    pub parties: BTreeSet<OrganisationId>,
    /// The part of each body that comes beside the lead.
    pub parts: BTreeMap<OrganisationId, Part>,
    /// When each body reported in.
    pub arrived: BTreeMap<OrganisationId, Moment>,
    /// When the lead, or the community's own people, signed for it.
    pub signed: Option<Moment>,
    /// By when it must be reported in or signed for.
    pub report_by: Moment,
    /// From when that is counted.
    pub called: Moment,
    /// By when it must be done.
    pub finish_by: Moment,
    /// By which class of limits that day was set first, where somebody chose one.
    pub limit: Option<LimitClass>,
    /// By when the street or the desk takes its next step.
    pub due: Moment,
    /// From when that is counted.
    pub since: Moment,
    /// All photos, for those who may read them.
    pub photos: BTreeSet<PhotoDigest>,
    /// Those of them that anyone may see.
    pub published: BTreeSet<PhotoDigest>,
    /// Who of the community's own people did it.
    pub doer: Option<Sealed<AccountId, Staff>>,
    /// How often whoever its next step waits for was urged.
    pub urged: Urged,
    /// How far what waited for too long has climbed.
    pub climbed: Vec<Climbed>,
    /// When the street ruled whose it is.
    pub ruled: Option<Moment>,
    /// That the community refused to lead it, and what the street ruled on that.
    pub assist: Option<Assist>,
    /// What the community wrote as it asked for a whistle.
    pub asked: Option<Published>,
    /// Which ways were left as the street declined.
    pub ways: BTreeSet<OtherWay>,
    /// By which order it went on after that, of each kind.
    pub went_on: BTreeMap<OrderKind, OrderId>,
    /// The declined one that it comes after.
    pub after: Option<OrderId>,
    /// When it came to its end.
    pub ended: Option<Moment>,
}

/// What both ways of beginning an order have in common.
struct Beginning<'a> {
    opened: Moment,
    source: Source,
    task: &'a Task,
    place: PlaceId,
    desk: PlaceId,
    street: PlaceId,
    finish_by: Moment,
}

impl Beginning<'_> {
    fn order(self, kind: OrderKind, stage: OrderStage, holder: Holder, due: Moment) -> Order {
        let Beginning { opened, source, task, place, desk, street, finish_by } = self;
        Order {
            kind,
            whistle: None,
            stage,
            resting: stage,
            opened,
            blown: None,
            source,
            about: About::default(),
            task: task.clone(),
            decides: Decides::unsaid(),
            leave: None,
            place,
            desk,
            street,
            holder,
            person: None,
            parties: BTreeSet::new(),
            parts: BTreeMap::new(),
            arrived: BTreeMap::new(),
            signed: None,
            report_by: due,
            called: opened,
            finish_by,
            limit: None,
            due,
            since: opened,
            photos: BTreeSet::new(),
            published: BTreeSet::new(),
            doer: None,
            urged: Urged::default(),
            climbed: Vec::new(),
            ruled: None,
            assist: None,
            asked: None,
            ways: BTreeSet::new(),
            went_on: BTreeMap::new(),
            after: None,
            ended: None,
        }
    }
}

impl Order {
    /// The body that leads, where it is no person or desk here.
    #[must_use]
    pub fn lead(&self) -> Option<OrganisationId> {
        self.holder.organisation()
    }

    /// What comes next, who holds it and by when; nothing once it is at its end.
    #[must_use]
    pub fn next(&self) -> Option<(OrderStep, HolderKey, Moment)> {
        let desk = HolderKey::desk(self.desk);
        let street = HolderKey::desk(self.street);
        let letter = self.kind == OrderKind::Letter;
        // Nobody here can summon who got a letter: the desk follows it up.
        let doer = if letter { desk.clone() } else { HolderKey::of(self.holder, self.person.as_ref()) };
        Some(match self.stage {
            OrderStage::Asked => (OrderStep::Blow, street, self.due),
            OrderStage::Sent | OrderStage::InWork if letter => (OrderStep::Finish, doer, self.due),
            OrderStage::Sent => (OrderStep::ReportIn, doer, self.report_by),
            OrderStage::InWork => (OrderStep::Finish, doer, self.finish_by),
            OrderStage::Disputed => (OrderStep::Rule, street, self.due),
            OrderStage::Done => (OrderStep::Accept, desk, self.due),
            OrderStage::Suspended => (OrderStep::Settle, desk, self.due),
            OrderStage::Accepted | OrderStage::Declined | OrderStage::Withdrawn => return None,
        })
    }

    /// Whether it waits for whoever is called to report in or sign.
    fn is_called(&self) -> bool {
        self.stage == OrderStage::Sent && self.kind != OrderKind::Letter
    }

    fn wait_until(&mut self, due: Moment, since: Moment) {
        self.due = due;
        self.since = since;
    }

    fn attach(&mut self, photos: Option<&Sealed<Vec<PhotoDigest>, Staff>>) {
        self.photos.extend(photos.and_then(Sealed::get).into_iter().flatten().cloned());
    }

    fn end(&mut self, stage: OrderStage, time: Moment) {
        self.stage = stage;
        self.ended = Some(time);
    }

    fn reported_in(&mut self, organisation: Option<OrganisationId>, time: Moment) {
        if let Some(organisation) = organisation {
            self.arrived.entry(organisation).or_insert(time);
        }
        if self.lead().is_none_or(|lead| organisation == Some(lead)) {
            self.signed.get_or_insert(time);
            if self.stage == OrderStage::Sent {
                self.stage = OrderStage::InWork;
            }
        }
    }

    fn ruled(&mut self, holder: Holder, time: Moment) {
        self.ruled = Some(time);
        if self.holder != holder {
            if let Some(gone) = self.lead() {
                self.parties.remove(&gone);
            }
            self.person = None;
            self.signed = None;
        }
        self.holder = holder;
        self.parties.extend(holder.organisation());
        self.keep_parts();
        self.stage = self.sent_or_in_work();
    }

    /// Whoever holds it signs for it first, unless they came already, perhaps beside the one before.
    fn sent_or_in_work(&self) -> OrderStage {
        let came = match self.lead() {
            Some(lead) => self.arrived.contains_key(&lead),
            None => self.signed.is_some(),
        };
        if came { OrderStage::InWork } else { OrderStage::Sent }
    }
}

impl Order {
    fn passed_on(
        &mut self,
        gone: Option<OrganisationId>,
        holder: Holder,
        person: Option<Sealed<AccountId, Staff>>,
    ) {
        self.parties.extend(holder.organisation());
        self.parties.retain(|body| Some(*body) != gone);
        if (self.holder, &self.person) != (holder, &person) {
            self.holder = holder;
            self.person = person;
            self.signed = None;
            if matches!(self.stage, OrderStage::Sent | OrderStage::InWork) && self.kind != OrderKind::Letter {
                self.stage = self.sent_or_in_work();
            }
        }
        self.keep_parts();
    }
}

impl Stream for Order {
    const KIND: &'static str = "order";
    const COPIES: &'static [&'static str] = &["task/task", "task/acceptance", "task/money/source", "reason"];
    type Event = Event;

    fn begin(first: &Stamped<Event>) -> Option<Self> {
        let opened = first.time;
        match &first.what {
            Event::Sent {
                order,
                source,
                task,
                place,
                desk,
                street,
                holder,
                person,
                report_by,
                finish_by,
                ..
            } => {
                let (source, place, desk, street) = (*source, *place, *desk, *street);
                let finish_by = *finish_by;
                let begun = Beginning { opened, source, task, place, desk, street, finish_by };
                // A letter is followed up long before it is answered.
                let begun = begun.order(*order, OrderStage::Sent, *holder, *report_by);
                let parties = holder.organisation().into_iter().collect();
                Some(Self { person: person.clone(), parties, ..begun })
            }
            Event::Asked {
                whistle, source, task, reason, place, desk, street, lead, finish_by, due, ..
            } => {
                let (source, place, desk, street) = (*source, *place, *desk, *street);
                let finish_by = *finish_by;
                let begun = Beginning { opened, source, task, place, desk, street, finish_by };
                let lead = Holder::Organisation(*lead);
                let begun = begun.order(OrderKind::Whistle, OrderStage::Asked, lead, *due);
                Some(Self { whistle: Some(*whistle), asked: Some(reason.clone()), ..begun })
            }
            _ => None,
        }
    }

    fn evolve(&mut self, next: &Stamped<Event>) {
        let time = next.time;
        match &next.what {
            Event::Sent { .. } | Event::Asked { .. } => {
                if let Some(begun) = Self::begin(next) {
                    *self = begun;
                }
            }
            Event::Decides { decides, leave } => {
                self.decides = decides.clone();
                self.leave = *leave;
            }
            Event::Blown { whistle, departments, lead, arrive_by, finish_by } => {
                self.stage = OrderStage::Sent;
                self.blown.get_or_insert(time);
                self.whistle = Some(*whistle);
                self.parties = departments.iter().copied().chain([*lead]).collect();
                self.holder = Holder::Organisation(*lead);
                (self.report_by, self.called, self.finish_by) = (*arrive_by, time, *finish_by);
                self.call_beside(*arrive_by);
            }
            Event::WaysLeft { ways } => self.ways = ways.iter().copied().collect(),
            Event::GoneOn { order, next } => {
                self.went_on.insert(*order, *next);
            }
            Event::ComesAfter { declined } => self.after = Some(*declined),
            Event::Limited { class, .. } => self.limit = Some(*class),
            Event::Declined { .. } => self.end(OrderStage::Declined, time),
            Event::ReportedIn { organisation, .. } => self.reported_in(*organisation, time),
            Event::Progressed { photos, .. } => self.attach(photos.as_ref()),
            Event::FollowedUp { due, .. } => {
                self.stage = OrderStage::InWork;
                self.wait_until(*due, time);
            }
            // From when it is counted stays.
            Event::Reckoned { due, .. } if self.is_called() => {
                let together = self.parts.values_mut().filter(|part| part.report_by == self.report_by);
                together.for_each(|part| part.report_by = *due);
                self.report_by = *due;
            }
            Event::Reckoned { due, .. } => self.due = *due,
            Event::Urged { how } => self.urged.add(*how, time),
            Event::Escalated { rung, step, organisation, due, next } => {
                let (rungs, next) = (vec![(*rung, time)], *next);
                self.climb(Climbed { step: *step, body: *organisation, due: *due, rungs, next });
            }
            Event::Disputed { due, .. } => {
                self.stage = OrderStage::Disputed;
                self.wait_until(*due, time);
            }
            Event::AssistOnly { item, due } => {
                self.stage = OrderStage::Disputed;
                self.assist = Some(Assist { item: item.clone(), ruling: None });
                self.wait_until(*due, time);
            }
            Event::Ruled { holder, reason, report_by, finish_by } => {
                if let Some(assist) = &mut self.assist {
                    assist.ruling.get_or_insert_with(|| (*holder, reason.clone()));
                }
                self.ruled(*holder, time);
                (self.report_by, self.called, self.finish_by) = (*report_by, time, *finish_by);
                // A letter is followed up by then.
                self.wait_until(*report_by, time);
            }
            Event::PartSet { organisation, finish_by, .. } => {
                self.part(*organisation, |part| part.own_day = Some(*finish_by));
            }
            Event::PartDone { organisation, photos, .. } => {
                self.attach(photos.as_ref());
                self.part(*organisation, |part| part.stage = PartStage::Done(time));
            }
            Event::PartDisputed { organisation, due, .. } => {
                self.part(*organisation, |part| part.stage = PartStage::Disputed(*due));
            }
            Event::PartRuled { organisation, to, report_by, finish_by, .. } => {
                self.part_ruled(*organisation, *to, (*report_by, *finish_by), time);
            }
            Event::PartUrged { organisation, how } => {
                self.part(*organisation, |part| part.urged.add(*how, time));
            }
            Event::PassedOn { organisation, holder, person, .. } => {
                self.passed_on(*organisation, *holder, person.clone());
            }
            Event::Extended { finish_by, .. } => self.finish_by = *finish_by,
            Event::Done { organisation, photos, due, .. } => {
                self.stage = OrderStage::Done;
                self.attach(photos.as_ref());
                self.wait_until(*due, time);
                // Who only enters what a body did, or belongs to that body, is no doer here.
                self.doer = next.by.clone().filter(|_| organisation.is_none());
            }
            // One that was erased is no longer there to be seen.
            Event::PhotoPublished { photo } => self.published.extend(self.photos.get(photo).cloned()),
            Event::Accepted { .. } => self.end(OrderStage::Accepted, time),
            Event::Returned { finish_by, .. } => {
                self.stage = OrderStage::InWork;
                self.finish_by = *finish_by;
                self.renew_parts(time);
                // A letter is followed up by then.
                self.wait_until(*finish_by, time);
            }
            Event::Suspended { due, .. } => {
                self.resting = self.stage;
                self.stage = OrderStage::Suspended;
                self.wait_until(*due, time);
            }
            Event::Resumed { finish_by, .. } => {
                self.stage = match self.resting {
                    // What was done meanwhile is looked at anew by whoever did it.
                    OrderStage::Done => OrderStage::InWork,
                    OrderStage::Sent if self.kind != OrderKind::Letter => self.sent_or_in_work(),
                    before => before,
                };
                self.finish_by = *finish_by;
                self.report_by = self.report_by.max(*finish_by);
                self.renew_parts(time);
                self.wait_until(*finish_by, time);
            }
            Event::Withdrawn { .. } => self.end(OrderStage::Withdrawn, time),
        }
    }

    fn place(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    /// The bodies it calls reach it, and what they did they do not accept themselves; nor does
    /// whom the things are about that it comes from.
    fn resource(&self, path: &[PlaceId], _actor: &Actor) -> Resource {
        Resource {
            path: path.to_vec(),
            stage: Some(Stage::of(self.stage)),
            holder: self.person.as_ref().and_then(|person| person.get().copied()),
            holding: self.lead().filter(|_| self.stage != OrderStage::Asked),
            parties: self.parties.iter().copied().collect(),
            about: self.parties.iter().copied().chain(self.lead()).collect(),
            desk: Some(self.desk),
            handlers: self.doer.iter().chain(&self.person).filter_map(|by| by.get().copied()).collect(),
            ..Resource::default()
        }
        .concerning(&self.about)
    }

    fn concerns(&mut self, about: About) {
        self.about = about;
    }

    fn clock<'r>(&self, rules: &'r Pack) -> Option<Clock<'r>> {
        let own = rules.section::<Rules>();
        let (rule, since, due) = match (self.stage, self.whistle) {
            (OrderStage::Asked, Some(whistle)) => (own.decision(whistle), self.since, self.due),
            (OrderStage::Sent, Some(whistle)) if self.ruled.is_none() => {
                (own.arrival(whistle), self.called, self.report_by)
            }
            (OrderStage::Sent, _) if self.is_called() => (&own.sign, self.called, self.report_by),
            (OrderStage::Sent | OrderStage::InWork, _) if self.kind == OrderKind::Letter => {
                (&own.follow_up, self.since, self.due)
            }
            (OrderStage::Disputed, _) => (&own.dispute, self.since, self.due),
            (OrderStage::Done, _) => (&own.accept, self.since, self.due),
            (OrderStage::Suspended, _) => (&own.settle, self.since, self.due),
            // By when the work is to be done was named by a person.
            _ => return None,
        };
        Some(Clock { rule, since, due })
    }

    fn reckoned(&self, due: Moment, ctx: &Context) -> Vec<Event> {
        vec![Event::Reckoned { due, rules: ctx.rules.digest().to_owned() }]
    }

    /// A letter is the desk's to follow up, whoever got it, and whom a whistle calls is said when
    /// the street blows it. A body that was only to come is not waited for any more.
    fn pass_on(&self, passing: &Passing) -> Vec<Event> {
        let leads = HolderKey::of(self.holder, self.person.as_ref()) == passing.from;
        let organisation = match passing.from.whom() {
            Whom::Organisation(body) => Some(body),
            Whom::Desk(_) | Whom::Person(_) | Whom::Nobody => None,
        };
        let called = organisation.is_some_and(|body| self.parties.contains(&body));
        let stage = if self.stage == OrderStage::Suspended { self.resting } else { self.stage };
        let theirs = self.kind != OrderKind::Letter && stage != OrderStage::Asked;
        if self.ended.is_some() || !theirs || !(leads || called) {
            return Vec::new();
        }
        let (holder, person) = match leads {
            true => Holder::heir(passing.to, self.desk),
            false => (self.holder, self.person.clone()),
        };
        vec![Event::PassedOn { organisation, holder, person, why: passing.why() }]
    }

    fn files(&self) -> Vec<&str> {
        self.photos.iter().map(|photo| photo.0.as_str()).collect()
    }

    fn waits(&self) -> Vec<Wait> {
        let at = self.at();
        let next = self.next().map(|(step, holder, due)| Wait::new(step, holder, due, at));
        next.into_iter().chain(self.part_waits()).collect()
    }
}
