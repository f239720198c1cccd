//! Calling a meeting (召集): its topics go on its agenda in the same append.

use super::events::{Event, Invited};
use super::ids::MeetingId;
use super::refusals::Refusal;
use super::rights::CALL;
use super::rules::{Forum, Rules};
use super::state::Meeting;
use crate::councils::CouncilId;
use crate::people::OrganisationKind;
use crate::places::PlaceKind;
use crate::rulebook::{ConfirmationId, Figures};
use crate::topics::{Schedule, TopicId};
use yishi_kernel::access::About;
use yishi_kernel::named::Named;
use yishi_kernel::refusal::{Common, optional};
use yishi_kernel::{
    AccountId, Actor, Context, Decided, Moment, OrganisationId, PlaceId, Published, Resource, Right, Start,
};

/// How long after it began a meeting may still be entered, in seconds.
const AFTER: i64 = 60 * 60;

/// Call a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The forum of the rule pack.
    pub forum: String,
    /// The set of parties shown with it.
    pub scheme: Option<String>,
    /// What it is called.
    pub title: String,
    /// Where it is held.
    pub venue: String,
    /// When it begins.
    pub starts: Moment,
    /// Why the notice is shorter than the forum asks, where it is.
    pub hurry: Option<String>,
    /// Its topics, in the order of the agenda.
    pub topics: Vec<TopicId>,
    /// How many have a vote, where that is known.
    pub entitled: Option<u64>,
    /// Bodies to invite.
    pub invited: Vec<OrganisationId>,
    /// Who chairs.
    pub chair: AccountId,
    /// Who records: somebody else.
    pub recorder: AccountId,
    /// The word of the code shown in the room.
    pub door: String,
}

/// Where a meeting belongs, and whom it could invite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Convening {
    /// The meeting itself.
    pub id: MeetingId,
    /// The place it is about, a building at the finest: that of its topics where it is one for
    /// all, see [`one_place`](crate::topics::one_place).
    pub place: PlaceId,
    /// The desk that convenes it.
    pub desk: PlaceId,
    /// Whom its topics are about.
    pub about: About,
    /// The council whose members vote by the forum's rule, with how many there are now; nothing
    /// where the forum names none, or nobody is on its roll.
    pub council: Option<(CouncilId, u64)>,
    /// What keeps the ledger: each law is about one kind of committee.
    pub keeper: PlaceKind,
    /// The street, town or township above, and what stands confirmed there for the forum, each with
    /// the numbers that it is of.
    pub confirmed: (PlaceId, Vec<(ConfirmationId, Figures)>),
    /// All bodies of the place, for those that the forum must have.
    pub bodies: Vec<(OrganisationId, OrganisationKind)>,
    /// Those who are to chair it and to keep its minutes, as far as they have accounts.
    pub table: Vec<Actor>,
}

impl Start for Call {
    type Of = Meeting;
    type Facts = Convening;

    fn right(&self) -> &'static Right {
        &CALL
    }

    fn names(&self) -> Vec<Named> {
        let bodies = Named::bodies("organisation", self.invited.iter().copied());
        let chairs = Named::persons("chair", [self.chair]).into_iter();
        bodies.into_iter().chain(chairs).chain(Named::persons("recorder", [self.recorder])).collect()
    }

    fn resource(&self, at: &Convening, ctx: &Context) -> Resource {
        Resource { desk: Some(at.desk), ..Resource::at(ctx.path) }.concerning(&at.about)
    }

    fn start(self, at: &Convening, ctx: &Context) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        let rules = ctx.section::<Rules>();
        let forum = rules.forum(&self.forum).filter(|forum| forum.is_of(at.keeper)).ok_or(Refusal::Forum)?;
        let basis = basis(forum, at, ctx)?;
        self.must_fit(forum, at, ctx)?;
        let agenda = distinct(self.topics);
        let earliest = forum.earliest(self.starts, ctx.now);
        let hurry = hurry(self.hurry.as_deref(), ctx)?;
        if self.starts < earliest && hurry.is_none() {
            return Err(Refusal::ShortNotice { earliest }.into());
        }
        let reply_by = ctx.due(&rules.reply).at.min(self.starts);
        // The end of the day of the meeting, which is no deadline of the rules.
        let due = self.starts.end_of_day_after(0);
        let invited = distinct(self.invited).into_iter();
        let event = Event::Called {
            forum: self.forum,
            scheme: self.scheme,
            title: ctx.line("title", &self.title)?,
            place: at.place,
            venue: ctx.line("venue", &self.venue)?,
            starts: self.starts,
            earliest,
            hurry,
            topics: agenda.clone(),
            entitled: self.entitled.or(at.council.map(|(_, members)| members)),
            invited: invited.map(|organisation| Invited { organisation, reply_by }).collect(),
            desk: at.desk,
            chair: self.chair.into(),
            recorder: self.recorder.into(),
            door: self.door.into(),
            publication: forum.publication_period(),
            rules: ctx.rules.digest().to_owned(),
            due: ctx.due(&rules.post).at.min(due),
        };
        let schedule = |decided: Decided<Meeting>, topic| {
            decided.and(topic, Schedule { meeting: at.id, desk: at.desk, due })
        };
        let roll = at.council.map(|(council, _)| Event::RollSet { council });
        let events = std::iter::once(event).chain(basis).chain(roll).collect();
        Ok(agenda.into_iter().fold(Decided::all(events), schedule))
    }
}

impl Call {
    /// That it is what the forum asks for, apart from its notice.
    fn must_fit(&self, forum: &Forum, at: &Convening, ctx: &Context) -> Result<(), yishi_kernel::Refusal> {
        if forum.households.is_some() {
            return Err(Refusal::OfStairwell.into());
        }
        if let Some(kind) = forum.missing(&at.bodies, &self.invited) {
            return Err(Refusal::MustInvite(kind).into());
        }
        if self.scheme.as_deref().is_some_and(|code| ctx.section::<Rules>().scheme(code).is_none()) {
            return Err(Refusal::Scheme.into());
        }
        if self.topics.is_empty() {
            return Err(Refusal::NoTopics.into());
        }
        if self.chair == self.recorder {
            return Err(Refusal::OnePerson.into());
        }
        let concerned = self.resource(at, ctx);
        if at.table.iter().any(|actor| concerned.keeps_away(actor)) {
            return Err(Refusal::ChairConcerned.into());
        }
        if self.entitled.is_none() && forum.rule.needs_entitled() {
            return Err(Refusal::Entitled.into());
        }
        if self.starts.plus_seconds(AFTER) < ctx.now {
            return Err(Common::Past { field: "date" }.into());
        }
        Ok(())
    }
}

/// By what it is a statutory meeting, where the forum is one: only by the very numbers that stand
/// confirmed.
fn basis(forum: &Forum, at: &Convening, ctx: &Context) -> Result<Option<Event>, Refusal> {
    if !forum.is_statutory() {
        return Ok(None);
    }
    let (street, standing) = &at.confirmed;
    let figures = ctx.section::<Rules>().figures(forum, ctx.now).ok_or(Refusal::Unconfirmed)?;
    let confirmation = standing.iter().find(|(_, of)| *of == figures).map(|(id, _)| *id);
    let confirmation = confirmation.ok_or(Refusal::Unconfirmed)?;
    Ok(Some(Event::BasisSet { street: *street, confirmation, figures }))
}

/// Why something set for the public's sake is not waited for, where it is not.
pub(super) fn hurry(raw: Option<&str>, ctx: &Context) -> Result<Option<Published>, yishi_kernel::Refusal> {
    optional(ctx.line("hurry", raw.unwrap_or_default()))
}

/// Each once, in order.
pub(super) fn distinct<T: PartialEq>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut kept = Vec::new();
    for one in all {
        if !kept.contains(&one) {
            kept.push(one);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::meetings::laws::world::*;
    use crate::meetings::{Passed, VoteMode};
    use crate::topics::{self, TopicStage};
    use yishi_kernel::Pack;

    #[test]
    fn three_days_of_notice_do_not_count_the_day_of_the_call() {
        let mut world = World::with_topic();
        let earliest = world.now.end_of_day_after(3);
        let call = |starts, hurry: Option<&str>, world: &World| Call {
            starts,
            hurry: hurry.map(str::to_owned),
            ..world.calling("market", &[0])
        };
        let early = Moment(earliest.0 - 1);
        for silent in [None, Some(""), Some("  ")] {
            let refused = world.call(WORKER, call(early, silent, &world));
            assert_eq!(refused.unwrap_err(), Refusal::ShortNotice { earliest });
        }
        world.call(WORKER, call(earliest, None, &world)).unwrap();
        assert_eq!(world.meeting(0).agenda.hurry, None);
        assert_eq!(world.topic(0).stage, TopicStage::Scheduled);
    }

    #[test]
    fn a_shorter_notice_needs_a_reason_which_is_kept_and_lets_it_begin() {
        let mut world = World::with_topic();
        let starts = world.now.plus_seconds(60 * MINUTE);
        let hurry = Some("雨季前须定".to_owned());
        world.call(WORKER, Call { starts, hurry: hurry.clone(), ..world.calling("market", &[0]) }).unwrap();
        assert_eq!(world.meeting(0).agenda.hurry.map(String::from), hurry);
        world.post().unwrap();
        world.begin(0);
    }

    #[test]
    fn a_residents_meeting_asks_seven_days_and_the_number_of_those_entitled() {
        let mut world = World::with_topic();
        world.confirm_forum(STREET, "residents").unwrap();
        let starts = world.now.end_of_day_after(7);
        let call =
            |starts, entitled, world: &World| Call { starts, entitled, ..world.calling("residents", &[0]) };
        assert_eq!(world.call(WORKER, call(starts, None, &world)).unwrap_err(), Refusal::Entitled);
        let early = Moment(starts.0 - 1);
        let refused = world.call(WORKER, call(early, Some(6), &world));
        assert_eq!(refused.unwrap_err(), Refusal::ShortNotice { earliest: starts });
        world.call(WORKER, call(starts, Some(6), &world)).unwrap();
    }

    #[test]
    fn no_statutory_meeting_is_called_but_by_numbers_that_stand_confirmed() {
        let mut world = World::with_topic();
        let call = |world: &World| Call {
            starts: world.now.end_of_day_after(7),
            entitled: Some(6),
            ..world.calling("residents", &[0])
        };
        assert_eq!(world.call(WORKER, call(&world)).unwrap_err(), Refusal::Unconfirmed);
        // Those of another forum say nothing of these, and a village's are no community's.
        world.confirm_forum(STREET, "villagers").unwrap();
        assert_eq!(world.call(WORKER, call(&world)).unwrap_err(), Refusal::Unconfirmed);
        let village = Call { forum: "villagers".to_owned(), ..call(&world) };
        assert_eq!(world.call(WORKER, village).unwrap_err(), Refusal::Forum);
        world.confirm_forum(STREET, "residents").unwrap();
        world.withdraw(STREET, 1).unwrap();
        assert_eq!(world.call(WORKER, call(&world)).unwrap_err(), Refusal::Unconfirmed);
        world.confirm_forum(STREET, "residents").unwrap();
        // Ten days of notice where seven were confirmed, and another text of the law in force.
        let shipped = yishi_kernel::rules::shipped(crate::features::RULES);
        for (from, to) in [
            ("notice = 7\n", "notice = 10\n"),
            ("since = \"2026-01-01\"", "since = \"2020-01-01\""),
            ("quorum = { more_than = \"1/2\" }", "quorum = { at_least = \"1/2\" }"),
        ] {
            let changed = shipped.replace(from, to);
            assert_ne!(changed, shipped);
            let changed = Pack::read(&changed, crate::features::RULES).unwrap();
            assert_eq!(world.call_by(WORKER, call(&world), &changed).unwrap_err(), Refusal::Unconfirmed);
        }
        world.call(WORKER, call(&world)).unwrap();
        let ground = world.meeting(0).agenda.ground.unwrap();
        assert_eq!(ground.confirmation, confirmation_id(2));
        // What is taken back later leaves what was called before.
        world.withdraw(STREET, 2).unwrap();
        world.post().unwrap();
        world.begin(4);
        world.put(VoteMode::Hands);
        assert_eq!(world.counted([4, 0, 0]), Passed::Yes);
    }

    #[test]
    fn a_consultation_needs_nobodys_confirmation_and_says_so() {
        for forum in ["community", "market", "compound"] {
            let mut world = World::with_topic();
            world.call(WORKER, world.calling(forum, &[0])).unwrap();
            assert_eq!(world.meeting(0).agenda.ground, None);
        }
    }

    #[test]
    fn chair_and_recorder_are_two_and_a_topic_stands_once_on_one_agenda() {
        let mut world = World::with_topic();
        let none = Call { invited: vec![organisation(LAMPS)], ..world.calling("market", &[0]) };
        let refused = world.call(WORKER, none).unwrap_err();
        assert_eq!(refused, Refusal::MustInvite(OrganisationKind::Market));
        let one = Call { recorder: account(SECRETARY), ..world.calling("market", &[0]) };
        assert_eq!(world.call(WORKER, one).unwrap_err(), Refusal::OnePerson);
        assert_eq!(world.call(WORKER, world.calling("market", &[])).unwrap_err(), Refusal::NoTopics);
        assert_eq!(world.call(WORKER, world.calling("parliament", &[0])).unwrap_err(), Refusal::Forum);
        let odd = Call { scheme: Some("seven".to_owned()), ..world.calling("market", &[0]) };
        assert_eq!(world.call(WORKER, odd).unwrap_err(), Refusal::Scheme);
        let past = Call { starts: world.now.plus_seconds(-61 * MINUTE), ..world.calling("market", &[0]) };
        assert_eq!(world.call(WORKER, past).unwrap_err(), Common::Past { field: "date" });
        world.call(WORKER, world.calling("market", &[0, 0])).unwrap();
        assert_eq!(world.meeting(0).agenda.topics, vec![topic_id(0)]);
        let again = world.call(WORKER, world.calling("market", &[0]));
        assert_eq!(again.unwrap_err(), topics::Refusal::Elsewhere);
        assert_eq!(world.meetings, 1);
    }

    #[test]
    fn where_the_place_has_no_such_body_there_is_nobody_to_invite() {
        let mut world = World::with_topic();
        let bare = Call { invited: Vec::new(), ..world.calling("market", &[0]) };
        world.call_among(WORKER, bare, &[]).unwrap();
    }
}
