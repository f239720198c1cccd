//! The ladder 逐级督办: what a whistle waits for and has not got climbs step by step, by itself: reminded,
//! pressed, reported to the street's Party committee, reported to the district. Each step of it happens
//! once and has its day; urging by people (the kernel's) goes on beside it. It changes nobody's duty.

use super::{ESCALATE, Event, Order, OrderKind, OrderStep, WhistleKind};
use serde::Deserialize;
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::due::Deadline;
use yishi_kernel::{Moment, OrganisationId, Refusal, Right, Section, Stream as _, Urging, Wait, Whom};

yishi_kernel::words! {
    /// A step of the ladder (督办层级).
    Rung as "rung" {
        /// Whoever holds it is reminded, on the day it is overdue (催办).
        Remind = "remind",
        /// The street presses them (督办).
        Press = "press",
        /// It is reported to the street's Party committee (报街道党工委).
        Street = "street",
        /// It is reported to the district (报区).
        District = "district",
    }
}

impl Rung {
    /// The one above.
    #[must_use]
    pub fn above(self) -> Option<Rung> {
        match self {
            Rung::Remind => Some(Rung::Press),
            Rung::Press => Some(Rung::Street),
            Rung::Street => Some(Rung::District),
            Rung::District => None,
        }
    }

    /// As which it counts among what was urged: whoever is told of it above is not urged by that.
    fn urging(self) -> Option<Urging> {
        match self {
            Rung::Remind => Some(Urging::Remind),
            Rung::Press => Some(Urging::Press),
            Rung::Street | Rung::District => None,
        }
    }
}

/// How long it takes from each step to the next (逐级督办时限).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct LadderRules {
    /// From reminding to pressing.
    pub press: Deadline,
    /// From pressing to the street's Party committee.
    pub street: Deadline,
    /// From there to the district.
    pub district: Deadline,
    /// From each step to the next in an emergency.
    pub emergency: Deadline,
}

impl Section for LadderRules {
    const NAME: &'static str = "ladder";
    const SHIPPED: &'static str = include_str!("ladder.toml");
}

impl LadderRules {
    fn until(&self, rung: Rung, whistle: Option<WhistleKind>) -> Option<&Deadline> {
        match (rung, whistle) {
            (Rung::Remind, _) => None,
            (_, Some(WhistleKind::Emergency)) => Some(&self.emergency),
            (Rung::Press, _) => Some(&self.press),
            (Rung::Street, _) => Some(&self.street),
            (Rung::District, _) => Some(&self.district),
        }
    }
}

/// How far something that waits has climbed (逐级督办情况).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Climbed {
    /// What waits.
    pub step: OrderStep,
    /// For which body; none where a desk or person here holds it.
    pub body: Option<OrganisationId>,
    /// By when it was to be done.
    pub due: Moment,
    /// The steps, each with its moment.
    pub rungs: Vec<(Rung, Moment)>,
    /// When the next one is due.
    pub next: Option<Moment>,
}

impl Climbed {
    fn is_of(&self, wait: &Wait) -> bool {
        wait.step::<OrderStep>() == Some(self.step) && body_of(wait) == self.body && wait.due == self.due
    }

    /// Where it stands, and since when.
    #[must_use]
    pub fn at(&self) -> Option<(Rung, Moment)> {
        self.rungs.last().copied()
    }
}

fn body_of(wait: &Wait) -> Option<OrganisationId> {
    match wait.holder.whom() {
        Whom::Organisation(body) => Some(body),
        Whom::Desk(_) | Whom::Person(_) | Whom::Nobody => None,
    }
}

impl Order {
    /// How far that has climbed which it waits for now, the highest first.
    pub fn climbed(&self) -> impl Iterator<Item = &Climbed> {
        let waits = self.waits();
        let mut now: Vec<&Climbed> =
            self.climbed.iter().filter(|one| waits.iter().any(|wait| one.is_of(wait))).collect();
        now.sort_by_key(|one| std::cmp::Reverse(one.at().map(|(rung, _)| rung)));
        now.into_iter()
    }

    /// When something of it climbs next; nothing where it is no whistle or nothing is left to climb.
    #[must_use]
    pub fn climbs(&self) -> Option<Moment> {
        self.waits().iter().filter_map(|wait| Some(self.climb_of(wait)?.1)).min()
    }

    /// What comes next for something that waits, and when.
    fn climb_of(&self, wait: &Wait) -> Option<(Rung, Moment)> {
        if self.kind != OrderKind::Whistle {
            return None;
        }
        match self.climbed.iter().find(|one| one.is_of(wait)) {
            None => Some((Rung::Remind, wait.due)),
            Some(one) => Some((one.at()?.0.above()?, one.next?)),
        }
    }

    /// Something climbed; to remind or press is urging, of the lead with the whole, of another body by
    /// itself.
    pub(super) fn climb(&mut self, of: Climbed) {
        let part = of.body.and_then(|body| self.parts.get_mut(&body));
        let urged = part.map_or(&mut self.urged, |part| &mut part.urged);
        for (how, at) in of.rungs.iter().filter_map(|(rung, at)| Some((rung.urging()?, *at))) {
            urged.add(how, at);
        }
        let same = |one: &&mut Climbed| (one.step, one.body, one.due) == (of.step, of.body, of.due);
        match self.climbed.iter_mut().find(same) {
            Some(one) => {
                one.rungs.extend(of.rungs);
                one.next = of.next;
            }
            None => self.climbed.push(of),
        }
    }
}

/// Lets climb what is due to (逐级督办).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Escalate;

impl Command for Escalate {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &ESCALATE
    }

    fn decide(self, on: &Order, (): &(), ctx: &Context) -> Result<Decided<Order>, Refusal> {
        let rules = ctx.section::<LadderRules>();
        let mut events = Vec::new();
        for wait in on.waits() {
            let climbs = on.climb_of(&wait).filter(|(_, at)| *at <= ctx.now);
            let (Some((rung, _)), Some(step)) = (climbs, wait.step::<OrderStep>()) else { continue };
            let until = rung.above().and_then(|above| rules.until(above, on.whistle));
            events.push(Event::Escalated {
                rung,
                step,
                organisation: body_of(&wait),
                due: wait.due,
                next: until.map(|rule| ctx.due(rule).at),
            });
        }
        Ok(Decided::all(events))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dispatch::laws::world::*;
    use crate::testing::body;
    use proptest::prelude::*;
    use yishi_kernel::Denied;

    fn rungs(world: &World, of: u128) -> Vec<Rung> {
        let order = world.order();
        let own = order.climbed().filter(|one| one.body == Some(body(of)));
        own.flat_map(|one| one.rungs.iter().map(|(rung, _)| *rung)).collect()
    }

    #[test]
    fn a_body_that_does_not_come_climbs_to_the_district_step_by_step_and_each_step_once() {
        let mut world = World::blown();
        world.now = world.order().report_by.plus_seconds(-1);
        world.look();
        assert_eq!(rungs(&world, LAMPS), [], "not before it is overdue");
        for expected in Rung::ALL {
            world.now = world.order().climbs().unwrap();
            for _ in 0..3 {
                world.look();
            }
            let climbed = rungs(&world, LAMPS);
            assert_eq!(climbed.last(), Some(expected), "{climbed:?}");
            assert_eq!(rungs(&world, SQUAD), climbed, "who comes beside climbs alike");
        }
        assert_eq!(world.order().climbs(), None, "there is nothing above");
        world.now = world.now.plus_seconds(100 * DAY);
        world.look();
        assert_eq!(rungs(&world, LAMPS), Rung::ALL);
        // Whoever comes at last is off the ladder; the other stays on it.
        world.report_in(LAMP_OFFICER).unwrap();
        assert_eq!((rungs(&world, LAMPS).len(), rungs(&world, SQUAD).len()), (0, 4));
    }

    #[test]
    fn a_later_day_begins_anew_and_what_is_no_whistle_does_not_climb() {
        let mut world = World::blown();
        world.report_in(LAMP_OFFICER).unwrap();
        world.report_in(SQUAD_OFFICER).unwrap();
        world.now = world.order().finish_by;
        world.look();
        assert_eq!(rungs(&world, LAMPS), [Rung::Remind]);
        let finish_by = world.now.plus_seconds(3 * DAY);
        world.act(STREET, crate::dispatch::Extend { reason: text(), finish_by }).unwrap();
        assert_eq!((rungs(&world, LAMPS).len(), world.order().climbs()), (0, Some(finish_by)));
        let mut work = World::sent(OrderKind::Work, lamps());
        work.now = work.order().report_by.plus_seconds(50 * DAY);
        assert_eq!(work.order().climbs(), None);
        work.look();
        assert_eq!(work.order().climbed, []);
    }

    #[test]
    fn an_emergency_climbs_within_minutes_and_only_by_itself() {
        let mut world = World::asked();
        world.blow(STREET, WhistleKind::Emergency).unwrap();
        for _ in 0..4 {
            world.now = world.order().climbs().unwrap();
            world.look();
        }
        assert_eq!(rungs(&world, LAMPS), Rung::ALL);
        assert!(world.now <= world.order().report_by.plus_seconds(DAY), "{:?}", world.now);
        for who in [WORKER, STREET, LAMP_OFFICER] {
            let denied = world.act(who, Escalate).unwrap_err();
            assert!(matches!(denied.denied(), Some(Denied::Role { .. })), "{denied:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// However often the program looks, and whenever.
        #[test]
        fn no_step_is_left_out_or_done_twice_or_too_soon(hours in prop::collection::vec(0..80_i64, 1..40)) {
            let mut world = World::blown();
            for n in hours {
                world.now = world.now.plus_seconds(n * 3_600);
                world.look();
                let after = world.order();
                let climbed = rungs(&world, LAMPS);
                prop_assert_eq!(&climbed[..], &Rung::ALL[..climbed.len()]);
                if let Some(one) = after.climbed().next() {
                    prop_assert!(one.rungs.iter().all(|(_, at)| *at >= one.due));
                    prop_assert!(one.rungs.is_sorted_by_key(|(_, at)| *at));
                }
            }
        }
    }
}
