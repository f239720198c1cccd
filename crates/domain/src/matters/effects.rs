//! What happens to a matter or a receipt because of something else: a topic, a merge, an
//! evaluation, a raising. None has a right of its own; the cause has asked.

use super::answer::answered;
use super::events::{Event, ReceiptEvent};
use super::ids::MatterId;
use super::merge::not_merged;
use super::receipt::Receipt;
use super::refusals::Refusal as Why;
use super::rules::{CategoryCode, Rules};
use super::standing::Standing;
use super::state::Matter;
use super::words::{CameTo, Outcome, StageKind};
use crate::meetings::MeetingId;
use crate::topics::TopicId;
use std::collections::BTreeSet;
use yishi_kernel::access::roles::NEIGHBOURS;
use yishi_kernel::record::Raiser;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Context, Effect, Ended, Holder, Moment, PhotoDigest, Refusal, Sealed};

/// A topic takes the matter up. What was not sorted yet is sorted as public by that, and held
/// by its own desk.
#[derive(Clone, Debug)]
pub(crate) struct TakeUp {
    /// Which topic.
    pub topic: TopicId,
    /// What it is about, where nobody has said so.
    pub category: CategoryCode,
    /// By when it must be answered.
    pub due: Moment,
}

impl Effect for TakeUp {
    type On = Matter;

    fn apply(&self, on: Option<&Matter>, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let matter = on.ok_or(Common::Unknown)?;
        not_merged(matter)?;
        if matter.topic.is_some() {
            return Err(Why::InTopic.into());
        }
        let (topic, due, rules) = (self.topic, self.due, ctx.rules.digest().to_owned());
        let taken_up = Event::TakenUp { topic, due, rules: rules.clone() };
        if matter.stage() != StageKind::Raised {
            return Ok(vec![taken_up]);
        }
        let triaged = Event::Triaged {
            outcome: Outcome::Public,
            category: matter.category.clone().unwrap_or_else(|| self.category.clone()),
            holder: Holder::Desk(matter.desk),
            person: None,
            due,
            rules,
        };
        Ok(vec![triaged, taken_up])
    }
}

/// The topic was given up: a matter that it holds and that nobody has answered goes on by
/// itself. Any other stays as it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LetGo {
    /// Which topic.
    pub topic: TopicId,
}

impl Effect for LetGo {
    type On = Matter;

    fn apply(&self, on: Option<&Matter>, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let matter = on.ok_or(Common::Unknown)?;
        if matter.topic != Some(self.topic) || matter.stage() != StageKind::InHand {
            return Ok(Vec::new());
        }
        let due = ctx.due(&ctx.section::<Rules>().public).at;
        Ok(vec![Event::LetGo { topic: self.topic, due, rules: ctx.rules.digest().to_owned() }])
    }
}

/// The answer that a topic gives to all its matters at once. One that is not in hand stays as
/// it is.
#[derive(Clone, Debug)]
pub(crate) struct AnswerWith {
    /// For everyone to read.
    pub text: String,
}

impl Effect for AnswerWith {
    type On = Matter;

    fn apply(&self, on: Option<&Matter>, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        match on.ok_or(Common::Unknown)?.stage() {
            StageKind::InHand => Ok(vec![answered("answer", &self.text, None, Vec::new(), ctx)?]),
            _ => Ok(Vec::new()),
        }
    }
}

/// An answer was found not to solve it: it is in hand again, with the time that its outcome
/// has for a first answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reopen;

impl Effect for Reopen {
    type On = Matter;

    fn apply(&self, on: Option<&Matter>, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let matter = on.ok_or(Common::Unknown)?;
        let rules: &Rules = ctx.section();
        let due = ctx.due(rules.answer(matter.outcome.unwrap_or(Outcome::Public))).at;
        Ok(vec![Event::Reopened { due }])
    }
}

/// The households of its stairwell met about it. One that has ended meanwhile, or that another one
/// carries, stays as it is. What they send up passes from the neighbour who holds it to the desk:
/// nobody of the stairwell is left with what the stairwell cannot settle.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MetAtStairwell {
    /// At which meeting.
    pub meeting: MeetingId,
    /// What it came to there.
    pub came_to: CameTo,
}

impl Effect for MetAtStairwell {
    type On = Matter;

    fn apply(&self, on: Option<&Matter>, _ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let Self { meeting, came_to } = *self;
        let matter = on.ok_or(Common::Unknown)?;
        let met = Event::MetAtStairwell { meeting, came_to };
        let held = matches!(matter.holder, Holder::Person(role, _) if NEIGHBOURS.has(role));
        match (matter.stage(), came_to) {
            (StageKind::Closed | StageKind::Merged, _) => Ok(Vec::new()),
            (StageKind::Raised | StageKind::InHand | StageKind::Answered, CameTo::SentUp) if held => {
                let holder = Holder::Desk(matter.desk);
                Ok(vec![met, Event::PassedOn { holder, person: None, why: Ended::SentUp }])
            }
            (StageKind::Raised | StageKind::InHand | StageKind::Answered, _) => Ok(vec![met]),
        }
    }
}

/// Another matter was merged into it.
#[derive(Clone, Debug)]
pub(crate) struct Absorb {
    /// Which.
    pub member: MatterId,
    /// That one and all that were merged into it before.
    pub family: BTreeSet<MatterId>,
    /// How the work on it stood.
    pub standing: Standing,
}

impl Effect for Absorb {
    type On = Matter;

    fn apply(&self, on: Option<&Matter>, _ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let matter = on.ok_or(Common::Unknown)?;
        not_merged(matter)?;
        let Standing { stage, outcome, category, holder, person, due, handlers } = self.standing.clone();
        let sorted = stage != StageKind::Raised;
        let handlers: Vec<_> = handlers.iter().filter_map(Sealed::get).copied().collect();
        Ok(vec![Event::Absorbed {
            member: self.member,
            family: self.family.iter().copied().collect(),
            due,
            outcome: outcome.filter(|_| sorted),
            category: category.filter(|_| sorted),
            holder: sorted.then_some(holder),
            person: person.filter(|_| sorted),
            handlers: (!handlers.is_empty()).then_some(Sealed::Kept(handlers)),
        }])
    }
}

/// A matter that was merged into it goes on by itself again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Release {
    /// Which.
    pub member: MatterId,
}

impl Effect for Release {
    type On = Matter;

    fn apply(&self, on: Option<&Matter>, _ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let matter = on.ok_or(Common::Unknown)?;
        not_merged(matter)?;
        if !matter.members.contains_key(&self.member) {
            return Err(Why::NotMerged.into());
        }
        Ok(vec![Event::Released { member: self.member }])
    }
}

/// Whoever raised it said more.
#[derive(Clone, Debug)]
pub(crate) struct TakeIn {
    /// What, where anything was written.
    pub text: Option<Sealed<String, Raiser>>,
    /// Photos that came with it.
    pub photos: Option<Sealed<Vec<PhotoDigest>, Raiser>>,
}

impl Effect for TakeIn {
    type On = Matter;

    fn apply(&self, on: Option<&Matter>, _ctx: &Context) -> Result<Vec<Event>, Refusal> {
        not_merged(on.ok_or(Common::Unknown)?)?;
        Ok(vec![Event::Added { text: self.text.clone(), photos: self.photos.clone() }])
    }
}

/// Nobody stands behind it any more, and nobody has worked on it. One that was sorted meanwhile
/// stays as it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TakeBack;

impl Effect for TakeBack {
    type On = Matter;

    fn apply(&self, on: Option<&Matter>, _ctx: &Context) -> Result<Vec<Event>, Refusal> {
        match on.ok_or(Common::Unknown)?.stage() {
            StageKind::Raised => Ok(vec![Event::Withdrawn {}]),
            _ => Ok(Vec::new()),
        }
    }
}

/// A matter is raised by the record of something else, as raising itself has decided it.
#[derive(Clone, Debug)]
pub(crate) struct RaisedElsewhere(pub(crate) Vec<Event>);

impl Effect for RaisedElsewhere {
    type On = Matter;

    fn apply(&self, on: Option<&Matter>, _ctx: &Context) -> Result<Vec<Event>, Refusal> {
        match on {
            Some(_) => Err(Common::Exists.into()),
            None => Ok(self.0.clone()),
        }
    }
}

/// The receipt of whoever raised a matter, or stands behind it, is opened with it.
#[derive(Clone, Debug)]
pub(crate) struct OpenReceipt(pub(crate) ReceiptEvent);

impl Effect for OpenReceipt {
    type On = Receipt;

    fn apply(&self, on: Option<&Receipt>, _ctx: &Context) -> Result<Vec<ReceiptEvent>, Refusal> {
        match on {
            Some(_) => Err(Common::Exists.into()),
            None => Ok(vec![self.0.clone()]),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::matters::laws::world::{Move, World, matter_id, path};
    use crate::testing::{context, person};
    use uuid::Uuid;
    use yishi_kernel::Role;

    fn applied(world: &World, effect: &impl Effect<On = Matter>) -> Result<Vec<Event>, Refusal> {
        let (worker, path) = (person(1, Role::CommunityWorker, 2), path());
        let ctx = context(world.now, &worker, &world.rules, &path);
        effect.apply(world.matter(matter_id(0)).as_ref(), &ctx)
    }

    /// Has an effect happen in the world.
    fn happen(world: &mut World, effect: &impl Effect<On = Matter>) {
        let events = applied(world, effect).unwrap();
        let (worker, rules, path) = (person(1, Role::CommunityWorker, 2), world.rules.clone(), path());
        let ctx = context(world.now, &worker, &rules, &path);
        world.book.record::<Matter>(matter_id(0), Role::CommunityWorker, events, &ctx);
    }

    fn topic(n: u128) -> TopicId {
        TopicId(Uuid::from_u128(n))
    }

    #[test]
    fn a_topic_takes_a_matter_up_answers_it_or_lets_it_go() {
        let mut world = World::new();
        let due = world.now.end_of_day_after(30);
        let take_up = |n| TakeUp { topic: topic(n), category: CategoryCode("03".to_owned()), due };
        assert_eq!(applied(&world, &take_up(1)).unwrap_err(), Common::Unknown);
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        happen(&mut world, &take_up(1));
        let matter = world.matter(matter_id(0)).unwrap();
        // That sorted it.
        assert_eq!((matter.stage(), matter.outcome), (StageKind::InHand, Some(Outcome::Public)));
        assert_eq!((matter.topic, matter.due), (Some(topic(1)), due));
        assert_eq!(matter.holder, Holder::Desk(matter.desk));
        assert_eq!(applied(&world, &take_up(2)).unwrap_err(), Why::InTopic);
        assert_eq!(world.step(1, Move::Merge { member: 0, into: 0 }).unwrap_err(), Why::InTopic);
        assert_eq!(applied(&world, &LetGo { topic: topic(2) }), Ok(Vec::new()));
        happen(&mut world, &LetGo { topic: topic(1) });
        let matter = world.matter(matter_id(0)).unwrap();
        assert_eq!((matter.topic, matter.due), (None, world.now.end_of_day_after(7)));
        let answer = AnswerWith { text: "已列入改造计划".to_owned() };
        happen(&mut world, &answer);
        assert_eq!(world.matter(matter_id(0)).unwrap().stage(), StageKind::Answered);
        // Once.
        assert_eq!(applied(&world, &answer), Ok(Vec::new()));
    }

    #[test]
    fn only_what_was_merged_in_is_let_out() {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        let release = Release { member: matter_id(1) };
        assert_eq!(applied(&world, &release).unwrap_err(), Why::NotMerged);
        let family = BTreeSet::from([matter_id(1)]);
        let standing = Standing { due: Moment(5), ..world.matter(matter_id(0)).unwrap().standing() };
        happen(&mut world, &Absorb { member: matter_id(1), family, standing });
        let matter = world.matter(matter_id(0)).unwrap();
        assert_eq!((matter.due, matter.family(matter_id(0)).len()), (Moment(5), 2));
        happen(&mut world, &release);
        assert_eq!(world.matter(matter_id(0)).unwrap().family(matter_id(0)).len(), 1);
    }
}
