//! The life of one order: sent or asked for, reported in, worked on, disputed, done,
//! accepted. It knows nothing of meetings but the ids it came from.

use super::words::{OrderKind, OrderStage, OrderStep, WhistleKind};
use crate::access::{Claim, Resource, State};
use crate::ids::{AccountId, ActionId, MatterId, MeetingId, OrganisationId, PlaceId, TopicId};
use crate::matters::{Holder, HolderKey, PhotoDigest};
use crate::meetings::Money;
use crate::moment::Moment;
use crate::record::Sealed;
use crate::refusal::Refusal;
use crate::stream::Stream;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What an order comes from: an action of a meeting, or a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// An action that a meeting agreed on, about a topic.
    Action {
        /// The topic.
        topic: TopicId,
        /// The meeting.
        meeting: MeetingId,
        /// The action.
        action: ActionId,
    },
    /// A matter in hand.
    Matter(MatterId),
}

/// What is to be done (任务).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// What, for everyone to read.
    pub task: String,
    /// How one sees that it is done (验收标准).
    pub acceptance: String,
    /// What it costs, where it costs anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub money: Option<Money>,
}

/// What can happen to an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// Work or a letter was sent (派单、去函).
    #[serde(rename = "order.sent.1")]
    Sent {
        /// When.
        time: Moment,
        /// Work or letter.
        order: OrderKind,
        /// Where it comes from.
        source: Source,
        /// What is to be done.
        task: Task,
        /// The place, a building at the finest.
        place: PlaceId,
        /// The desk that sent it and accepts it.
        desk: PlaceId,
        /// The street's desk, which rules on disputes.
        street: PlaceId,
        /// Who is to do it.
        holder: Holder,
        /// The person, when a person is to.
        person: Option<Sealed<AccountId>>,
        /// By when it must be signed for.
        report_by: Moment,
        /// By when it must be done.
        finish_by: Moment,
        /// The rule pack of the deadlines.
        rules: String,
        /// Who sent it.
        by: Sealed<AccountId>,
    },
    /// The community asks the street to whistle (请求吹哨).
    #[serde(rename = "order.asked.1")]
    Asked {
        /// When.
        time: Moment,
        /// Why the street should whistle.
        whistle: WhistleKind,
        /// Where it comes from.
        source: Source,
        /// What is to be done.
        task: Task,
        /// Why the community cannot do it, and what it has tried.
        reason: String,
        /// The place, a building at the finest.
        place: PlaceId,
        /// The desk that asks and accepts.
        desk: PlaceId,
        /// The street's desk.
        street: PlaceId,
        /// Departments asked for.
        departments: Vec<OrganisationId>,
        /// Which of them leads (主办).
        lead: OrganisationId,
        /// By when it should be done.
        finish_by: Moment,
        /// By when the street decides.
        due: Moment,
        /// The rule pack of the deadlines.
        rules: String,
        /// Who asked.
        by: Sealed<AccountId>,
    },
    /// The street whistles (吹哨).
    #[serde(rename = "order.blown.1")]
    Blown {
        /// When.
        time: Moment,
        /// Why.
        whistle: WhistleKind,
        /// Departments called.
        departments: Vec<OrganisationId>,
        /// Which of them leads.
        lead: OrganisationId,
        /// By when each reports in.
        arrive_by: Moment,
        /// By when it must be done.
        finish_by: Moment,
        /// Who whistled.
        by: Sealed<AccountId>,
    },
    /// The street does not whistle (不予吹哨).
    #[serde(rename = "order.declined.1")]
    Declined {
        /// When.
        time: Moment,
        /// Why.
        reason: String,
        /// Who declined.
        by: Sealed<AccountId>,
    },
    /// A body has reported in, or signed for the work (报到、签收).
    #[serde(rename = "order.reported_in.1")]
    ReportedIn {
        /// When.
        time: Moment,
        /// Which; none for the community's own people.
        organisation: Option<OrganisationId>,
        /// Who came, what was found; for everyone to read.
        note: Option<String>,
        /// Who reported.
        by: Sealed<AccountId>,
    },
    /// Something was done (进展).
    #[serde(rename = "order.progressed.1")]
    Progressed {
        /// When.
        time: Moment,
        /// By which body.
        organisation: Option<OrganisationId>,
        /// What, for everyone to read.
        note: String,
        /// Photos, private until published.
        photos: Option<Sealed<Vec<PhotoDigest>>>,
        /// Who did it.
        by: Sealed<AccountId>,
    },
    /// A letter was followed up (跟催).
    #[serde(rename = "order.followed_up.1")]
    FollowedUp {
        /// When.
        time: Moment,
        /// What came of it, for everyone to read.
        note: String,
        /// When to follow up again.
        due: Moment,
        /// Who followed it up.
        by: Sealed<AccountId>,
    },
    /// "Not ours" (退单申请).
    #[serde(rename = "order.disputed.1")]
    Disputed {
        /// When.
        time: Moment,
        /// Who says so.
        organisation: Option<OrganisationId>,
        /// Why.
        reason: String,
        /// By when the street rules.
        due: Moment,
        /// Who entered it.
        by: Sealed<AccountId>,
    },
    /// The street ruled whose it is (裁定).
    #[serde(rename = "order.ruled.1")]
    Ruled {
        /// When.
        time: Moment,
        /// Who leads from now on.
        holder: Holder,
        /// Why.
        reason: String,
        /// By when it must report in.
        report_by: Moment,
        /// By when it must be done.
        finish_by: Moment,
        /// Who ruled.
        by: Sealed<AccountId>,
    },
    /// It is done, with proof (办结).
    #[serde(rename = "order.done.1")]
    Done {
        /// When.
        time: Moment,
        /// By which body.
        organisation: Option<OrganisationId>,
        /// What was done, for everyone to read.
        note: String,
        /// Photos, private until published.
        photos: Option<Sealed<Vec<PhotoDigest>>>,
        /// By when it is accepted or sent back.
        due: Moment,
        /// Who says so.
        by: Sealed<AccountId>,
    },
    /// A photo was published, by an act of its own.
    #[serde(rename = "order.photo_published.1")]
    PhotoPublished {
        /// When.
        time: Moment,
        /// Which.
        photo: PhotoDigest,
        /// Who published it.
        by: Sealed<AccountId>,
    },
    /// It is accepted (验收).
    #[serde(rename = "order.accepted.1")]
    Accepted {
        /// When.
        time: Moment,
        /// A word with it.
        note: Option<String>,
        /// Who accepted it.
        by: Sealed<AccountId>,
    },
    /// It is not accepted: to be done again (返工).
    #[serde(rename = "order.returned.1")]
    Returned {
        /// When.
        time: Moment,
        /// Why.
        reason: String,
        /// By when.
        finish_by: Moment,
        /// Who sent it back.
        by: Sealed<AccountId>,
    },
    /// An objection was upheld: it rests (暂停).
    #[serde(rename = "order.suspended.1")]
    Suspended {
        /// When.
        time: Moment,
        /// Why.
        reason: String,
        /// By when it goes on or is withdrawn.
        due: Moment,
        /// Who ruled on the objection.
        by: Sealed<AccountId>,
    },
    /// It goes on (恢复).
    #[serde(rename = "order.resumed.1")]
    Resumed {
        /// When.
        time: Moment,
        /// Why.
        reason: String,
        /// By when it must be done.
        finish_by: Moment,
        /// Who resumed it.
        by: Sealed<AccountId>,
    },
    /// It is withdrawn (撤回).
    #[serde(rename = "order.withdrawn.1")]
    Withdrawn {
        /// When.
        time: Moment,
        /// Why.
        reason: String,
        /// Who withdrew it.
        by: Sealed<AccountId>,
    },
}

/// An order (工单、哨、函). It exists once it was sent or asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Order {
    pub(super) life: Option<Life>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Life {
    pub kind: OrderKind,
    pub whistle: Option<WhistleKind>,
    pub stage: OrderStage,
    pub resting: OrderStage,
    pub opened: Moment,
    pub source: Source,
    pub task: Task,
    pub place: PlaceId,
    pub desk: PlaceId,
    pub street: PlaceId,
    pub holder: Holder,
    pub person: Option<Sealed<AccountId>>,
    pub parties: BTreeSet<OrganisationId>,
    pub arrived: BTreeMap<OrganisationId, Moment>,
    pub signed: Option<Moment>,
    pub report_by: Moment,
    pub finish_by: Moment,
    pub due: Moment,
    pub photos: BTreeSet<PhotoDigest>,
    pub published: BTreeSet<PhotoDigest>,
    pub doer: Option<Sealed<AccountId>>,
    pub ruled: Option<Moment>,
    pub ended: Option<Moment>,
}

impl Life {
    fn attach(&mut self, photos: Option<&Sealed<Vec<PhotoDigest>>>) {
        if let Some(Sealed::Kept(photos)) = photos {
            self.photos.extend(photos.iter().cloned());
        }
    }
}

impl Order {
    /// Where it stands; nothing before it was sent or asked for.
    #[must_use]
    pub fn stage(&self) -> Option<OrderStage> {
        self.life.as_ref().map(|life| life.stage)
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> Option<OrderKind> {
        self.life.as_ref().map(|life| life.kind)
    }

    /// Why the street whistles, when it is a whistle.
    #[must_use]
    pub fn whistle(&self) -> Option<WhistleKind> {
        self.life.as_ref().and_then(|life| life.whistle)
    }

    /// When it was sent or asked for.
    #[must_use]
    pub fn opened(&self) -> Option<Moment> {
        self.life.as_ref().map(|life| life.opened)
    }

    /// Where it comes from.
    #[must_use]
    pub fn source(&self) -> Option<Source> {
        self.life.as_ref().map(|life| life.source)
    }

    /// What is to be done.
    #[must_use]
    pub fn task(&self) -> Option<&Task> {
        self.life.as_ref().map(|life| &life.task)
    }

    /// The place.
    #[must_use]
    pub fn place(&self) -> Option<PlaceId> {
        self.life.as_ref().map(|life| life.place)
    }

    /// The desk that sent it.
    #[must_use]
    pub fn desk(&self) -> Option<PlaceId> {
        self.life.as_ref().map(|life| life.desk)
    }

    /// Who is to do it, or leads.
    #[must_use]
    pub fn holder(&self) -> Option<Holder> {
        self.life.as_ref().map(|life| life.holder)
    }

    /// The bodies it calls, the lead among them; none while only asked for.
    #[must_use]
    pub fn parties(&self) -> Vec<OrganisationId> {
        self.life.iter().flat_map(|life| life.parties.iter().copied()).collect()
    }

    /// When a body reported in.
    #[must_use]
    pub fn arrived(&self, organisation: OrganisationId) -> Option<Moment> {
        self.life.as_ref()?.arrived.get(&organisation).copied()
    }

    /// By when it must be reported in or signed for.
    #[must_use]
    pub fn report_by(&self) -> Option<Moment> {
        self.life.as_ref().map(|life| life.report_by)
    }

    /// By when it must be done.
    #[must_use]
    pub fn finish_by(&self) -> Option<Moment> {
        self.life.as_ref().map(|life| life.finish_by)
    }

    /// When it came to its end.
    #[must_use]
    pub fn ended(&self) -> Option<Moment> {
        self.life.as_ref().and_then(|life| life.ended)
    }

    /// All photos, for those who may read them.
    #[must_use]
    pub fn photos(&self) -> Vec<&PhotoDigest> {
        self.life.iter().flat_map(|life| &life.photos).collect()
    }

    /// Photos that anyone may see.
    #[must_use]
    pub fn published(&self) -> Vec<&PhotoDigest> {
        self.life.iter().flat_map(|life| &life.published).collect()
    }

    /// What comes next, who holds it and by when; nothing once it is at its end.
    #[must_use]
    pub fn next(&self) -> Option<(OrderStep, HolderKey, Moment)> {
        let life = self.life.as_ref()?;
        let desk = HolderKey::desk(life.desk);
        let street = HolderKey::desk(life.street);
        let doer = match life.kind {
            // Nobody here can summon who got the letter: the desk follows it up.
            OrderKind::Letter => desk.clone(),
            _ => HolderKey::of(life.holder, life.person.as_ref()),
        };
        Some(match life.stage {
            OrderStage::Asked => (OrderStep::Blow, street, life.due),
            OrderStage::Sent if life.kind == OrderKind::Letter => (OrderStep::Finish, doer, life.due),
            OrderStage::Sent => (OrderStep::ReportIn, doer, life.report_by),
            OrderStage::InWork if life.kind == OrderKind::Letter => (OrderStep::Finish, doer, life.due),
            OrderStage::InWork => (OrderStep::Finish, doer, life.finish_by),
            OrderStage::Disputed => (OrderStep::Rule, street, life.due),
            OrderStage::Done => (OrderStep::Accept, desk, life.due),
            OrderStage::Suspended => (OrderStep::Settle, desk, life.due),
            OrderStage::Accepted | OrderStage::Declined | OrderStage::Withdrawn => return None,
        })
    }

    /// The order as the predicate of access sees it: the bodies it calls reach it, and what
    /// they did they do not accept themselves.
    #[must_use]
    pub fn resource(&self, path: &[PlaceId]) -> Resource {
        let Some(life) = &self.life else {
            return Resource { path: path.to_vec(), ..Resource::default() };
        };
        let lead = match life.holder {
            Holder::Organisation(organisation) => Some(organisation),
            _ => None,
        };
        Resource {
            path: path.to_vec(),
            state: Some(State::Order(life.stage)),
            holder: life.person.as_ref().and_then(|person| person.get().copied()),
            holding: lead.filter(|_| life.stage != OrderStage::Asked),
            parties: life.parties.iter().copied().collect(),
            about: lead,
            handlers: life.doer.iter().chain(&life.person).filter_map(|by| by.get().copied()).collect(),
            claim: Claim::None,
            ..Resource::default()
        }
    }

    pub(super) fn life(&self) -> Result<&Life, Refusal> {
        self.life.as_ref().ok_or(Refusal::Unknown)
    }
}

impl Stream for Order {
    type Event = Event;

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Sent {
                time,
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
                self.life = Some(Life {
                    kind: *order,
                    whistle: None,
                    stage: OrderStage::Sent,
                    resting: OrderStage::Sent,
                    opened: *time,
                    source: *source,
                    task: task.clone(),
                    place: *place,
                    desk: *desk,
                    street: *street,
                    holder: *holder,
                    person: person.clone(),
                    parties: match holder {
                        Holder::Organisation(organisation) => BTreeSet::from([*organisation]),
                        _ => BTreeSet::new(),
                    },
                    arrived: BTreeMap::new(),
                    signed: None,
                    report_by: *report_by,
                    finish_by: *finish_by,
                    // A letter is followed up long before it is answered.
                    due: *report_by,
                    photos: BTreeSet::new(),
                    published: BTreeSet::new(),
                    doer: None,
                    ruled: None,
                    ended: None,
                });
            }
            Event::Asked {
                time, whistle, source, task, place, desk, street, lead, finish_by, due, ..
            } => {
                self.life = Some(Life {
                    kind: OrderKind::Whistle,
                    whistle: Some(*whistle),
                    stage: OrderStage::Asked,
                    resting: OrderStage::Asked,
                    opened: *time,
                    source: *source,
                    task: task.clone(),
                    place: *place,
                    desk: *desk,
                    street: *street,
                    holder: Holder::Organisation(*lead),
                    person: None,
                    parties: BTreeSet::new(),
                    arrived: BTreeMap::new(),
                    signed: None,
                    report_by: *due,
                    finish_by: *finish_by,
                    due: *due,
                    photos: BTreeSet::new(),
                    published: BTreeSet::new(),
                    doer: None,
                    ruled: None,
                    ended: None,
                });
            }
            event => {
                if let Some(life) = &mut self.life {
                    evolve(life, event);
                }
            }
        }
    }
}

fn evolve(life: &mut Life, event: &Event) {
    match event {
        Event::Sent { .. } | Event::Asked { .. } => {}
        Event::Blown { whistle, departments, lead, arrive_by, finish_by, .. } => {
            life.stage = OrderStage::Sent;
            life.whistle = Some(*whistle);
            life.parties = departments.iter().copied().chain([*lead]).collect();
            life.holder = Holder::Organisation(*lead);
            life.report_by = *arrive_by;
            life.finish_by = *finish_by;
        }
        Event::Declined { time, .. } => {
            life.stage = OrderStage::Declined;
            life.ended = Some(*time);
        }
        Event::ReportedIn { time, organisation, .. } => {
            if let Some(organisation) = organisation {
                life.arrived.entry(*organisation).or_insert(*time);
            }
            let lead = match life.holder {
                Holder::Organisation(lead) => *organisation == Some(lead),
                _ => true,
            };
            if lead {
                life.signed.get_or_insert(*time);
                if life.stage == OrderStage::Sent {
                    life.stage = OrderStage::InWork;
                }
            }
        }
        Event::Progressed { photos, .. } => {
            life.attach(photos.as_ref());
        }
        Event::FollowedUp { due, .. } => {
            life.stage = OrderStage::InWork;
            life.due = *due;
        }
        Event::Disputed { due, .. } => {
            life.stage = OrderStage::Disputed;
            life.due = *due;
        }
        Event::Ruled { time, holder, report_by, finish_by, .. } => {
            life.stage = OrderStage::Sent;
            life.ruled = Some(*time);
            if life.holder != *holder {
                if let Holder::Organisation(gone) = life.holder {
                    life.parties.remove(&gone);
                }
                life.person = None;
                life.signed = None;
            }
            life.holder = *holder;
            let reported_in = match holder {
                Holder::Organisation(lead) => {
                    life.parties.insert(*lead);
                    life.arrived.contains_key(lead)
                }
                Holder::Desk(_) | Holder::Person(..) => life.signed.is_some(),
            };
            if reported_in {
                life.stage = OrderStage::InWork;
            }
            life.report_by = *report_by;
            life.finish_by = *finish_by;
            // A letter is followed up by then.
            life.due = *report_by;
        }
        Event::Done { organisation, photos, due, by, .. } => {
            life.stage = OrderStage::Done;
            life.attach(photos.as_ref());
            life.due = *due;
            // Who only enters what a body did, or belongs to that body, is no doer here.
            life.doer = organisation.is_none().then(|| by.clone());
        }
        Event::PhotoPublished { photo, .. } => {
            life.published.insert(photo.clone());
        }
        Event::Accepted { time, .. } => {
            life.stage = OrderStage::Accepted;
            life.ended = Some(*time);
        }
        Event::Returned { finish_by, .. } => {
            life.stage = OrderStage::InWork;
            life.finish_by = *finish_by;
            // A letter is followed up by then.
            life.due = *finish_by;
        }
        Event::Suspended { due, .. } => {
            life.resting = life.stage;
            life.stage = OrderStage::Suspended;
            life.due = *due;
        }
        Event::Resumed { finish_by, .. } => {
            life.stage = match life.resting {
                // What was done meanwhile is looked at anew by whoever did it.
                OrderStage::Done => OrderStage::InWork,
                before => before,
            };
            life.finish_by = *finish_by;
            life.report_by = life.report_by.max(*finish_by);
            life.due = *finish_by;
        }
        Event::Withdrawn { time, .. } => {
            life.stage = OrderStage::Withdrawn;
            life.ended = Some(*time);
        }
    }
}
