//! Mending 改正: a matter that was sorted as the wrong kind, in the wrong category, or stands at the
//! wrong place. It is an entry with its reason, and what was promised stays: no deadline moves back.
//! Another holder is handing over; a text that reads wrong is corrected where texts are.

use super::events::Event;
use super::refusals::Refusal as Why;
use super::rights::MEND;
use super::rules::Rules;
use super::spot::Spot;
use super::state::Matter;
use super::words::{Outcome, Shown, StageKind};
use crate::dangers::{DangerId, Relocate};
use yishi_kernel::access::roles::STREET;
use yishi_kernel::named::Named;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Command, Context, Decided, Holder, PlaceId, Published, Refusal, Right};

/// Mends how a matter was sorted, or where it is. What is as it was is not recorded again.
#[derive(Clone, Debug, PartialEq)]
pub struct Mend {
    /// What sorting should have come to; nothing before it was sorted.
    pub outcome: Option<Outcome>,
    /// What it is about; nothing where nobody has said so yet.
    pub category: Option<String>,
    /// Where it is.
    pub place: Option<PlaceId>,
    /// What was wrong, for everyone to read.
    pub reason: String,
}

/// What mending must know: the place that it is to stand at, where it is another one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mending {
    /// That place, with what lies above it.
    pub spot: Option<Spot>,
    /// Its own open dangers: those of matters that it carries lie where these do.
    pub dangers: Vec<DangerId>,
}

impl Command for Mend {
    type On = Matter;
    type Facts = Mending;

    fn right(&self) -> &'static Right {
        &MEND
    }

    fn names(&self) -> Vec<Named> {
        Named::places("place", self.place)
    }

    fn decide(self, matter: &Matter, facts: &Mending, ctx: &Context) -> Result<Decided<Matter>, Refusal> {
        if matter.sent_up.is_some() && !STREET.has(ctx.role) {
            return Err(Why::SentUp.into());
        }
        let resorted = self.resorted(matter, ctx)?;
        // Said once, where both are mended at a time.
        let reason = match resorted {
            Some(_) => None,
            None => Some(ctx.line("reason", &self.reason)?),
        };
        let moved = facts.spot.as_ref().map(|spot| relocated(matter, spot, reason)).transpose()?.flatten();
        let events: Vec<Event> = resorted.into_iter().chain(moved).collect();
        if events.is_empty() {
            return Err(Why::NothingMended.into());
        }
        let moved = events.iter().find_map(|event| match event {
            Event::Relocated { place, exact, .. } => Some(Relocate { place: *place, exact: *exact.get()? }),
            _ => None,
        });
        let decided = Decided::all(events);
        Ok(match moved {
            Some(moved) => facts.dangers.iter().fold(decided, |decided, id| decided.and(*id, moved)),
            None => decided,
        })
    }
}

impl Mend {
    fn resorted(&self, matter: &Matter, ctx: &Context) -> Result<Option<Event>, Refusal> {
        let rules: &Rules = ctx.section();
        let category = self.category.as_deref().map(|code| rules.known_category(code)).transpose()?;
        let outcome = self.outcome.filter(|_| matter.outcome.is_some()).or(matter.outcome);
        let other = outcome != matter.outcome;
        if !other && category.as_ref().is_none_or(|category| matter.category.as_ref() == Some(category)) {
            return Ok(None);
        }
        match (outcome, matter.stage()) {
            (Some(Outcome::NotAccepted), _) if other => return Err(Why::RefusedByAnswer.into()),
            (_, StageKind::Closed) if other => return Err(Why::SortedForGood.into()),
            _ => {}
        }
        // What was promised stays, also to a topic that has taken it up. What should have been accepted
        // was promised nothing yet.
        let due = match outcome.filter(|_| other) {
            Some(outcome) if matter.was_turned_away() => ctx.due(rules.answer(outcome)).at,
            Some(outcome) if matter.stage() == StageKind::InHand && matter.topic.is_none() => {
                matter.due.min(ctx.due(rules.answer(outcome)).at)
            }
            _ => matter.due,
        };
        Ok(Some(Event::Resorted {
            outcome,
            category: category.or_else(|| matter.category.clone()),
            due,
            rules: ctx.rules.digest().to_owned(),
            reason: ctx.line("reason", &self.reason)?,
        }))
    }
}

fn relocated(matter: &Matter, spot: &Spot, reason: Option<Published>) -> Result<Option<Event>, Refusal> {
    let (own, _) = spot.places.last().ok_or(Common::Unknown)?;
    if matter.exact.get() == Some(own) {
        return Ok(None);
    }
    spot.must_take_matters()?;
    if matter.topic.is_some() {
        return Err(Why::InTopic.into());
    }
    match matter.holder {
        Holder::Person(_, at) if !spot.lies_at(at) => return Err(Why::HolderElsewhere.into()),
        _ => {}
    }
    let (building, around) = spot.building().zip(spot.around()).ok_or(Common::Unknown)?;
    let place = match matter.shown {
        Shown::Building => building,
        Shown::Around => around,
    };
    Ok(Some(Event::Relocated { place, exact: (*own).into(), around, reason }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dangers::{Danger, Marked, Risk};
    use crate::evaluation::{Evaluate, Solved};
    use crate::matters::laws::world::{DAY, Move, World, elsewhere, evaluation, matter_id, path, said, spot};
    use crate::matters::{CategoryCode, Raise};
    use crate::testing::{Book, context, person, place, rules};
    use yishi_kernel::{Actor, Claim, Moment, Role};

    fn worker() -> Actor {
        person(1, Role::CommunityWorker, 2)
    }

    fn sorted(outcome: usize) -> World {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        world.step(1, Move::Triage { matter: 0, outcome, to: 1 }).unwrap();
        world
    }

    fn mend(outcome: Option<Outcome>, category: &str) -> Mend {
        let category = Some(category.to_owned()).filter(|category| !category.is_empty());
        Mend { outcome, category, place: None, reason: "分流时选错了".to_owned() }
    }

    fn mended(world: &mut World, command: Mend, facts: &Mending) -> Result<Matter, Refusal> {
        world.now = world.now.plus_seconds(DAY);
        world.one(&worker(), matter_id(0), command, facts)?;
        Ok(world.matter(matter_id(0)).unwrap())
    }

    fn away() -> Mending {
        Mending { spot: Some(elsewhere(matter_id(0))), dangers: Vec::new() }
    }

    #[test]
    fn kind_and_category_are_mended_and_what_was_promised_is_never_put_off() {
        // Three days were promised; fifteen would be the time of the other kind.
        let mut world = sorted(2);
        let promised = world.matter(matter_id(0)).unwrap().due;
        let matter = mended(&mut world, mend(Some(Outcome::Government), "03"), &Mending::default()).unwrap();
        assert_eq!((matter.outcome, matter.due), (Some(Outcome::Government), promised));
        assert_eq!(matter.category, Some(CategoryCode("03".to_owned())));
        // The other way round it is answered sooner.
        let mut world = sorted(0);
        let matter = mended(&mut world, mend(Some(Outcome::Private), ""), &Mending::default()).unwrap();
        // The third day is a Sunday.
        assert_eq!((matter.due, matter.stage()), (world.now.end_of_day_after(4), StageKind::InHand));
        let same = mended(&mut world, mend(Some(Outcome::Private), "02"), &Mending::default());
        assert_eq!(same.unwrap_err(), Why::NothingMended);
        let refused = mended(&mut world, mend(Some(Outcome::NotAccepted), ""), &Mending::default());
        assert_eq!(refused.unwrap_err(), Why::RefusedByAnswer);
    }

    #[test]
    fn what_should_have_been_accepted_is_in_hand_again() {
        let mut world = sorted(4);
        assert_eq!(world.matter(matter_id(0)).unwrap().stage(), StageKind::Answered);
        let matter = mended(&mut world, mend(Some(Outcome::Public), ""), &Mending::default()).unwrap();
        assert_eq!((matter.stage(), matter.due), (StageKind::InHand, world.now.end_of_day_after(7)));
        world.step(1, Move::Answer { matter: 0 }).unwrap();
        // Of what is answered and done only the figures change.
        let closed = |world: &mut World| {
            world.now = world.now.plus_seconds(30 * DAY);
            world.step(1, Move::Close { matter: 0 }).unwrap();
        };
        closed(&mut world);
        let other = mended(&mut world, mend(Some(Outcome::Private), ""), &Mending::default());
        assert_eq!(other.unwrap_err(), Why::SortedForGood);
        let matter = mended(&mut world, mend(None, "04"), &Mending::default()).unwrap();
        assert_eq!(
            (matter.stage(), matter.category),
            (StageKind::Closed, Some(CategoryCode("04".to_owned())))
        );
    }

    #[test]
    fn it_moves_to_another_building_with_all_that_anybody_may_know_of_its_place() {
        let mut world = sorted(1);
        let there = Mend { place: Some(place(7)), ..mend(None, "") };
        let matter = mended(&mut world, there.clone(), &away()).unwrap();
        assert_eq!((matter.place, matter.around), (place(6), place(3)));
        assert_eq!((matter.exact.get(), matter.desk), (Some(&place(7)), place(2)));
        assert_eq!(mended(&mut world, there.clone(), &away()).unwrap_err(), Why::NothingMended);
        // A steward of the stairwell it left has no way there.
        let mut world = sorted(1);
        world.step(1, Move::HandOver { matter: 0, to: 3 }).unwrap();
        assert_eq!(mended(&mut world, there.clone(), &away()).unwrap_err(), Why::HolderElsewhere);
        let spot = away().spot.map(|spot| Spot { closed: Some(Moment(0)), ..spot });
        let closed = Mending { spot, ..away() };
        assert_eq!(mended(&mut sorted(1), there.clone(), &closed).unwrap_err(), Common::Ended);
        let silent = Mend { reason: " ".to_owned(), ..there };
        assert!(mended(&mut sorted(1), silent, &away()).is_err(), "an entry says why");
    }

    #[test]
    fn its_danger_goes_with_it_and_is_made_safe_no_later() {
        let (mut book, rules, path, now) = (Book::default(), rules(), path(), Moment(5_000_000));
        let (id, matter, worker) = (DangerId(uuid::Uuid::from_u128(6_000)), matter_id(0), worker());
        let raise = Raise { danger: Some(Marked { id, risk: Risk::Life }), ..said("瓷砖掉下来", 0) };
        let visitor = Actor::visitor();
        book.start(matter, raise, &spot(matter), &context(now, &visitor, &rules, &path)).unwrap();
        let before: Danger = book.state(id);
        let there = Mend { place: Some(place(7)), ..mend(None, "") };
        let facts = Mending { dangers: vec![id], ..away() };
        book.act(matter, there, &facts, &context(now, &worker, &rules, &path)).unwrap();
        let danger: Danger = book.state(id);
        assert_eq!((danger.place, danger.exact.get()), (place(6), Some(&place(7))));
        assert_eq!((danger.due, danger.stage), (before.due, before.stage));
    }

    #[test]
    fn no_resident_mends_and_no_desk_below_what_went_up() {
        let mut world = sorted(1);
        let asked = mend(None, "03");
        let refused = world.one(&Actor::visitor(), matter_id(0), asked.clone(), &Mending::default());
        assert!(refused.unwrap_err().denied().is_some());
        world.step(1, Move::Answer { matter: 0 }).unwrap();
        let answer = world.matter(matter_id(0)).unwrap().answered.unwrap();
        mended(&mut world, asked, &Mending::default()).unwrap();
        // Who was answered is asked as before.
        assert_eq!(world.matter(matter_id(0)).unwrap().answered, Some(answer));
        let told = evaluation(Solved::ALL[0]);
        let holder = Actor::visitor().showing(Claim::Receipt);
        world.on_receipt(&holder, 0, Evaluate { said: told, contacted: None }).unwrap();
    }
}
