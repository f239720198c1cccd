//! The life of one matter: raised, sorted, held, answered, evaluated, closed; merged and
//! unmerged with its lineage. Who is owed an answer stands on the receipts, not here.

use super::events::Event;
use super::words::{Channel, Holder, HolderKey, Outcome, PhotoDigest, Shown, Stage, StageKind, Step};
use super::{Context, Decision};
use crate::access::{Action, Claim, Resource, State};
use crate::context::private;
use crate::ids::{AccountId, MatterId, OrganisationId, PlaceId, TopicId};
use crate::moment::Moment;
use crate::record::Sealed;
use crate::refusal::Refusal;
use crate::rules::CategoryCode;
use crate::stream::Stream;
use crate::text;
use std::collections::{BTreeMap, BTreeSet};

/// A matter (事项). It exists once it was raised.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matter {
    life: Option<Life>,
}

#[derive(Clone, Debug, PartialEq)]
struct Life {
    stage: Stage,
    raised: Moment,
    place: PlaceId,
    exact: Sealed<PlaceId>,
    around: PlaceId,
    shown: Shown,
    channel: Channel,
    about: Option<OrganisationId>,
    about_person: Option<Sealed<AccountId>>,
    category: Option<CategoryCode>,
    outcome: Option<Outcome>,
    desk: PlaceId,
    holder: Holder,
    person: Option<Sealed<AccountId>>,
    due: Moment,
    handlers: Vec<Sealed<AccountId>>,
    summary: Option<String>,
    answers: u64,
    answered: Option<Moment>,
    closed: Option<Moment>,
    photos: BTreeSet<PhotoDigest>,
    published: BTreeSet<PhotoDigest>,
    members: BTreeMap<MatterId, BTreeSet<MatterId>>,
    source: Option<Sealed<String>>,
    topic: Option<TopicId>,
}

impl Life {
    fn handled_by(&mut self, by: &Sealed<AccountId>) {
        if !self.handlers.contains(by) {
            self.handlers.push(by.clone());
        }
    }

    fn attach(&mut self, photos: Option<&Sealed<Vec<PhotoDigest>>>) {
        if let Some(Sealed::Kept(photos)) = photos {
            self.photos.extend(photos.iter().cloned());
        }
    }
}

/// The published facts about a matter, and what desks sort by.
impl Matter {
    /// Where it stands; nothing before it was raised.
    #[must_use]
    pub fn stage(&self) -> Option<StageKind> {
        self.life.as_ref().map(|life| life.stage.kind())
    }

    /// When it was raised.
    #[must_use]
    pub fn raised(&self) -> Option<Moment> {
        self.life.as_ref().map(|life| life.raised)
    }

    /// The place the public may know, building at the finest.
    #[must_use]
    pub fn place(&self) -> Option<PlaceId> {
        self.life.as_ref().map(|life| life.place)
    }

    /// The place itself, unless erased.
    #[must_use]
    pub fn exact(&self) -> Option<PlaceId> {
        self.life.as_ref().and_then(|life| life.exact.get().copied())
    }

    /// The compound, market or coarser place around it.
    #[must_use]
    pub fn around(&self) -> Option<PlaceId> {
        self.life.as_ref().map(|life| life.around)
    }

    /// How exactly the public may know the place.
    #[must_use]
    pub fn shown(&self) -> Option<Shown> {
        self.life.as_ref().map(|life| life.shown)
    }

    /// How it came in.
    #[must_use]
    pub fn channel(&self) -> Option<Channel> {
        self.life.as_ref().map(|life| life.channel)
    }

    /// The organisation it is about.
    #[must_use]
    pub fn about(&self) -> Option<OrganisationId> {
        self.life.as_ref().and_then(|life| life.about)
    }

    /// What it is about.
    #[must_use]
    pub fn category(&self) -> Option<&CategoryCode> {
        self.life.as_ref().and_then(|life| life.category.as_ref())
    }

    /// What sorting came to.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        self.life.as_ref().and_then(|life| life.outcome)
    }

    /// The summary the public reads.
    #[must_use]
    pub fn summary(&self) -> Option<&str> {
        self.life.as_ref().and_then(|life| life.summary.as_deref())
    }

    /// How many times it was answered.
    #[must_use]
    pub fn answers(&self) -> u64 {
        self.life.as_ref().map_or(0, |life| life.answers)
    }

    /// When it was last answered.
    #[must_use]
    pub fn answered(&self) -> Option<Moment> {
        self.life.as_ref().and_then(|life| life.answered)
    }

    /// When it was closed.
    #[must_use]
    pub fn closed(&self) -> Option<Moment> {
        self.life.as_ref().and_then(|life| life.closed)
    }

    /// The key of the row it was imported from, unless erased.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        let source = self.life.as_ref()?.source.as_ref()?;
        source.get().map(String::as_str)
    }

    /// The topic that has taken it up.
    #[must_use]
    pub fn topic(&self) -> Option<TopicId> {
        self.life.as_ref().and_then(|life| life.topic)
    }

    /// Photos that anyone may see.
    #[must_use]
    pub fn published(&self) -> Vec<&PhotoDigest> {
        self.life.iter().flat_map(|life| &life.published).collect()
    }

    /// All photos, for those who may read what residents wrote.
    #[must_use]
    pub fn photos(&self) -> Vec<&PhotoDigest> {
        self.life.iter().flat_map(|life| &life.photos).collect()
    }

    /// The matter it was merged into.
    #[must_use]
    pub fn merged_into(&self) -> Option<MatterId> {
        match self.life.as_ref()?.stage {
            Stage::Merged { into, .. } => Some(into),
            _ => None,
        }
    }

    /// The matters merged into it directly.
    #[must_use]
    pub fn members(&self) -> Vec<MatterId> {
        self.life.iter().flat_map(|life| life.members.keys().copied()).collect()
    }

    /// Itself and every matter it stands for. A merged one stands for none: its family
    /// belongs to the one it was merged into.
    #[must_use]
    pub fn family(&self, own: MatterId) -> BTreeSet<MatterId> {
        match &self.life {
            None => BTreeSet::new(),
            Some(life) if matches!(life.stage, Stage::Merged { .. }) => BTreeSet::new(),
            Some(life) => life.members.values().flatten().copied().chain([own]).collect(),
        }
    }

    /// What comes next, who holds it and by when; nothing once it is closed, or while
    /// another matter carries it.
    #[must_use]
    pub fn next(&self) -> Option<(Step, HolderKey, Moment)> {
        let life = self.life.as_ref()?;
        let holder = HolderKey::of(life.holder, life.person.as_ref());
        let (step, holder) = match life.stage {
            Stage::Raised => (Step::Triage, holder),
            Stage::InHand => (Step::Answer, holder),
            // Closing is for the desk that sorted it, where colleagues see it too.
            Stage::Answered => (Step::Close, HolderKey::desk(life.desk)),
            Stage::Closed | Stage::Merged { .. } => return None,
        };
        Some((step, holder, life.due))
    }

    /// Who holds it.
    #[must_use]
    pub fn holder(&self) -> Option<Holder> {
        self.life.as_ref().map(|life| life.holder)
    }

    /// The person who holds it, unless none does or the id was erased.
    #[must_use]
    pub fn person(&self) -> Option<AccountId> {
        self.life.as_ref()?.person.as_ref()?.get().copied()
    }

    /// The matter as the predicate of access sees it.
    #[must_use]
    pub fn resource(&self, path: &[PlaceId], claim: Claim) -> Resource {
        let Some(life) = &self.life else {
            return Resource { path: path.to_vec(), claim, ..Resource::default() };
        };
        Resource {
            path: path.to_vec(),
            parties: Vec::new(),
            state: Some(State::Matter(life.stage.kind())),
            holder: life.person.as_ref().and_then(|person| person.get().copied()),
            holding: match life.holder {
                Holder::Organisation(organisation) => Some(organisation),
                _ => None,
            },
            about: life.about,
            about_person: life.about_person.as_ref().and_then(|person| person.get().copied()),
            handlers: life.handlers.iter().filter_map(|by| by.get().copied()).collect(),
            claim,
        }
    }

    fn life(&self) -> Result<&Life, Refusal> {
        self.life.as_ref().ok_or(Refusal::Unknown)
    }
}

impl Stream for Matter {
    type Event = Event;

    fn evolve(&mut self, event: &Event) {
        if let Event::Raised {
            time,
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
        } = event
        {
            let mut life = Life {
                stage: Stage::Raised,
                raised: *time,
                place: *place,
                exact: exact.clone(),
                around: *around,
                shown: *shown,
                channel: *channel,
                about: *about,
                about_person: about_person.clone(),
                category: category.clone(),
                outcome: None,
                desk: *desk,
                holder: Holder::Desk(*desk),
                person: None,
                due: *due,
                handlers: Vec::new(),
                summary: None,
                answers: 0,
                answered: None,
                closed: None,
                photos: BTreeSet::new(),
                published: BTreeSet::new(),
                members: BTreeMap::new(),
                source: source.clone(),
                topic: None,
            };
            life.attach(photos.as_ref());
            self.life = Some(life);
            return;
        }
        let Some(life) = &mut self.life else { return };
        match event {
            Event::Raised { .. } => {}
            Event::Triaged { outcome, category, holder, person, due, .. } => {
                life.stage = Stage::InHand;
                life.outcome = Some(*outcome);
                life.category = Some(category.clone());
                life.holder = *holder;
                life.person = person.clone();
                life.due = *due;
                if let Some(person) = person {
                    life.handled_by(person);
                }
            }
            Event::Summarised { summary, category, .. } => {
                life.summary = Some(summary.clone());
                if let Some(category) = category {
                    life.category = Some(category.clone());
                }
            }
            Event::PhotoPublished { photo, .. } => {
                life.published.insert(photo.clone());
            }
            Event::HandedOver { holder, person, .. } => {
                life.holder = *holder;
                life.person = person.clone();
                if let Some(person) = person {
                    life.handled_by(person);
                }
            }
            Event::Progressed { photos, by, .. } => {
                life.attach(photos.as_ref());
                life.handled_by(by);
            }
            Event::Answered { time, photos, due, by, .. } => {
                life.stage = Stage::Answered;
                life.answers += 1;
                life.answered = Some(*time);
                life.due = *due;
                life.attach(photos.as_ref());
                life.handled_by(by);
            }
            Event::TakenUp { topic, due, .. } => {
                life.topic = Some(*topic);
                life.due = *due;
            }
            Event::LetGo { due, .. } => {
                life.topic = None;
                life.due = *due;
            }
            Event::Reopened { due, .. } => {
                life.stage = Stage::InHand;
                // Another topic may take it up now.
                life.topic = None;
                life.due = *due;
                life.closed = None;
            }
            Event::Closed { time, .. } => {
                life.stage = Stage::Closed;
                life.closed = Some(*time);
            }
            Event::Merged { into, .. } => {
                let before = Box::new(life.stage.clone());
                life.stage = Stage::Merged { into: *into, before };
            }
            Event::Absorbed { member, family, due, .. } => {
                life.members.insert(*member, family.iter().copied().collect());
                life.due = *due;
            }
            Event::Unmerged { .. } => {
                if let Stage::Merged { before, .. } = &life.stage {
                    life.stage = (**before).clone();
                }
            }
            Event::Released { member, .. } => {
                life.members.remove(member);
            }
        }
    }
}

/// What can be asked of a matter that was raised.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Sort it and give it a holder.
    Triage {
        /// Into which outcome.
        outcome: Outcome,
        /// About what.
        category: String,
        /// Who is to hold it.
        holder: Holder,
        /// The person, when a person is to hold it.
        person: Option<AccountId>,
        /// The reason, told to the raiser when it is not accepted.
        reason: String,
    },
    /// Confirm what the public reads.
    Summarise {
        /// The summary.
        summary: String,
        /// Corrected category.
        category: Option<String>,
    },
    /// Publish one photo.
    PublishPhoto(PhotoDigest),
    /// Take it over, or hand it to another.
    HandOver {
        /// To whom.
        holder: Holder,
        /// The person.
        person: Option<AccountId>,
        /// Why.
        reason: String,
    },
    /// Say what was done.
    Progress {
        /// For everyone to read.
        note: String,
        /// Photos, stored already.
        photos: Vec<PhotoDigest>,
    },
    /// Answer everyone owed an answer.
    Answer {
        /// For everyone to read.
        text: String,
        /// Only for those who raised or joined.
        word: String,
        /// Photos, stored already.
        photos: Vec<PhotoDigest>,
    },
    /// A topic takes it up; what was not sorted yet is sorted as public.
    TakeUp {
        /// Which topic.
        topic: TopicId,
        /// What it is about, where nobody has said so.
        category: String,
        /// Who holds it, where nobody does yet.
        holder: Holder,
    },
    /// The topic is given up.
    LetGo,
    /// Close it. `waiting`: receipts of its family that have not evaluated the standing answer.
    Close {
        /// How many.
        waiting: u64,
    },
    /// Merge it into another matter of the ledger, whose stage is given.
    MergeInto {
        /// Which.
        into: MatterId,
    },
    /// Take another matter in: the other half of [`Command::MergeInto`].
    Absorb {
        /// Which.
        member: MatterId,
        /// That one as it stands.
        other: Box<Matter>,
    },
    /// Let it go on by itself again.
    Unmerge,
    /// Let another go on by itself: the other half of [`Command::Unmerge`].
    Release {
        /// Which.
        member: MatterId,
    },
}

/// What a command brings about.
///
/// # Errors
/// The rule it would break.
pub fn decide(
    own: MatterId,
    matter: &Matter,
    command: Command,
    ctx: &Context,
) -> Result<Decision<Event>, Refusal> {
    let life = matter.life()?;
    let time = ctx.now;
    let may = |action| ctx.may(action, matter);
    let by = || ctx.actor.account.map_or(Sealed::Erased, Sealed::Kept);
    let (role, events) = match command {
        Command::Triage { outcome, category, holder, person, reason } => {
            let role = may(Action::Triage)?;
            let category = ctx.rules.known_category(&category)?;
            let triaged = |holder, person, due| Event::Triaged {
                time,
                outcome,
                category,
                holder,
                person,
                due,
                rules: ctx.rules.citation(),
                by: by(),
            };
            let d = &ctx.rules.deadlines;
            let days = match outcome {
                Outcome::Government => d.government.days,
                Outcome::Public => d.public.days,
                Outcome::Owners => d.owners.days,
                Outcome::Private => d.private.days,
                Outcome::NotAccepted => {
                    // The reason is the answer, and it may be found wanting like any other.
                    let at =
                        ctx.path.iter().find(|place| ctx.actor.grants.iter().any(|g| g.place == **place));
                    let holder = Holder::Person(role, at.copied().unwrap_or(life.place));
                    let events = vec![
                        triaged(holder, ctx.actor.account.map(Sealed::Kept), life.due),
                        answered(&reason, "reason", "", Vec::new(), ctx)?,
                    ];
                    return Ok(Decision { role, events });
                }
            };
            (role, vec![triaged(holder, person.map(Sealed::Kept), time.end_of_day_after(days))])
        }
        Command::Summarise { summary, category } => {
            let role = may(Action::Publish)?;
            let summary = public_text("summary", &summary, ctx.rules.limits.summary)?;
            let category = category.map(|code| ctx.rules.known_category(&code)).transpose()?;
            (role, vec![Event::Summarised { time, summary, category, by: by() }])
        }
        Command::PublishPhoto(photo) => {
            let role = may(Action::Publish)?;
            if !life.photos.contains(&photo) || life.published.contains(&photo) {
                return Err(Refusal::Photo);
            }
            (role, vec![Event::PhotoPublished { time, photo, by: by() }])
        }
        Command::HandOver { holder, person, reason } => {
            let role = may(Action::HandOver)?;
            let same_person = life.person.as_ref().and_then(Sealed::get) == person.as_ref();
            if holder == life.holder && same_person {
                return Err(Refusal::SameHolder);
            }
            let reason = public_text("reason", &reason, ctx.rules.limits.summary)?;
            (
                role,
                vec![Event::HandedOver { time, holder, person: person.map(Sealed::Kept), reason, by: by() }],
            )
        }
        Command::Progress { note, photos } => {
            let role = may(Action::Progress)?;
            let photos = ctx.photos(photos)?;
            let note = public_text("note", &note, ctx.rules.limits.text)?;
            (role, vec![Event::Progressed { time, note, photos, by: by() }])
        }
        Command::Answer { text, word, photos } => {
            (may(Action::Answer)?, vec![answered(&text, "answer", &word, photos, ctx)?])
        }
        Command::TakeUp { topic, category, holder } => {
            let role = may(Action::Gather)?;
            not_merged(life)?;
            if life.topic.is_some() {
                return Err(Refusal::InTopic);
            }
            let due = time.end_of_day_after(ctx.rules.deadlines.consult.days);
            let rules = ctx.rules.citation();
            let mut events = Vec::new();
            if life.stage == Stage::Raised {
                // Taking it up sorts it, so whoever may not sort it may not take it up either.
                may(Action::Triage)?;
                let category = match &life.category {
                    Some(category) => category.clone(),
                    None => ctx.rules.known_category(&category)?,
                };
                let (outcome, rules) = (Outcome::Public, rules.clone());
                events.push(Event::Triaged {
                    time,
                    outcome,
                    category,
                    holder,
                    person: None,
                    due,
                    rules,
                    by: by(),
                });
            }
            events.push(Event::TakenUp { time, topic, due, rules, by: by() });
            (role, events)
        }
        Command::LetGo => {
            let role = may(Action::Gather)?;
            let topic = life.topic.ok_or(Refusal::NotInTopic)?;
            let due = time.end_of_day_after(ctx.rules.deadlines.public.days);
            (role, vec![Event::LetGo { time, topic, due, rules: ctx.rules.citation(), by: by() }])
        }
        Command::Close { waiting } => {
            let role = may(Action::Close)?;
            if waiting > 0 && time < life.due {
                return Err(Refusal::Waiting { waiting, until: life.due });
            }
            (role, vec![Event::Closed { time, by: by() }])
        }
        Command::MergeInto { into } => {
            let role = may(Action::Merge)?;
            not_merged(life)?;
            if life.topic.is_some() {
                return Err(Refusal::InTopic);
            }
            if into == own || matter.family(own).contains(&into) {
                return Err(Refusal::MergeSelf);
            }
            (role, vec![Event::Merged { time, into, by: by() }])
        }
        Command::Absorb { member, other } => {
            let role = may(Action::Merge)?;
            not_merged(life)?;
            let family = other.family(member);
            if member == own || family.contains(&own) {
                return Err(Refusal::MergeSelf);
            }
            let due = life.due.min(other.life()?.due);
            let family = family.into_iter().collect();
            (role, vec![Event::Absorbed { time, member, family, due, by: by() }])
        }
        Command::Unmerge => {
            let role = may(Action::Merge)?;
            if !matches!(life.stage, Stage::Merged { .. }) {
                return Err(Refusal::NotMerged);
            }
            (role, vec![Event::Unmerged { time, by: by() }])
        }
        Command::Release { member } => {
            // Once the whole was answered, each receipt has that answer; "not solved" reopens instead.
            let role = may(Action::Merge)?;
            not_merged(life)?;
            if !life.members.contains_key(&member) {
                return Err(Refusal::NotMerged);
            }
            (role, vec![Event::Released { time, member, by: by() }])
        }
    };
    Ok(Decision { role, events })
}

impl Event {
    /// What follows when an answer was found not to solve it: it is in hand again, with
    /// the time its outcome has for a first answer.
    pub(super) fn reopened(matter: &Matter, ctx: &Context) -> Event {
        let d = &ctx.rules.deadlines;
        let days = match matter.outcome() {
            Some(Outcome::Government) => d.government.days,
            Some(Outcome::Owners) => d.owners.days,
            Some(Outcome::Private) => d.private.days,
            Some(Outcome::Public | Outcome::NotAccepted) | None => d.public.days,
        };
        Event::Reopened { time: ctx.now, due: ctx.now.end_of_day_after(days) }
    }
}

fn not_merged(life: &Life) -> Result<(), Refusal> {
    match life.stage {
        Stage::Merged { into, .. } => Err(Refusal::MergedInto(into)),
        _ => Ok(()),
    }
}

fn answered(
    answer: &str,
    field: &'static str,
    word: &str,
    photos: Vec<PhotoDigest>,
    ctx: &Context,
) -> Result<Event, Refusal> {
    let photos = ctx.photos(photos)?;
    let answer = public_text(field, answer, ctx.rules.limits.text)?;
    let word = private("word", word, ctx.rules.limits.text)?;
    Ok(Event::Answered {
        time: ctx.now,
        text: answer,
        word,
        photos,
        due: ctx.now.end_of_day_after(ctx.rules.deadlines.evaluate.days),
        by: ctx.actor.account.map_or(Sealed::Erased, Sealed::Kept),
    })
}

fn public_text(field: &'static str, raw: &str, max: usize) -> Result<String, Refusal> {
    text::clean_public(raw, max).map_err(|error| Refusal::Text { field, error })
}
