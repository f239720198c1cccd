//! A danger is reported: with the matter, by the same tap, or about one that stands already. The
//! clock runs from that tap.

use super::{DangerId, Event, REPORT, REPORT_OWN, Refusal, Risk, Rules};
use crate::dangers::Danger;
use crate::matters::{MatterId, StageKind};
use yishi_kernel::access::roles::{PARTIES, STEERS};
use yishi_kernel::command::{Decided, Effect, Start};
use yishi_kernel::context::Context;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Denied, OrganisationId, PlaceId, Resource, Right};

/// That a matter is raised as dangerous.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The id that the danger gets.
    pub id: DangerId,
    /// What is at risk.
    pub risk: Risk,
}

/// Whom a danger is told at once (通知对象), besides the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alarm {
    /// The bodies that keep the place: a property company, a market's manager.
    pub bodies: Vec<OrganisationId>,
}

/// Who marks a matter that stands as dangerous: decides which right is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reporter {
    /// Whoever holds a receipt on it.
    Holder,
    /// Somebody who works there.
    AtWork,
}

impl Reporter {
    pub(super) fn right(self) -> &'static Right {
        match self {
            Reporter::Holder => &REPORT_OWN,
            Reporter::AtWork => &REPORT,
        }
    }
}

/// Marks a matter that stands as dangerous.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// Who does.
    pub by: Reporter,
    /// Which: the one that carries it.
    pub matter: MatterId,
    /// What is at risk.
    pub risk: Risk,
}

/// The matter, as it stands, and whom its danger is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Where the matter stands.
    pub stage: StageKind,
    /// The place the public may know.
    pub place: PlaceId,
    /// The place itself.
    pub exact: PlaceId,
    /// The desk that sees to it.
    pub desk: PlaceId,
    /// The body that holds the matter.
    pub holding: Option<OrganisationId>,
    /// Whom it is told at once.
    pub alarm: Alarm,
    /// How many open dangers the matter has, with all that it carries.
    pub open: u64,
}

impl Start for Report {
    type Of = Danger;
    type Facts = Site;

    fn right(&self) -> &'static Right {
        self.by.right()
    }

    /// Whoever sees a danger says so, also whom the matter is about.
    fn resource(&self, site: &Site, ctx: &Context) -> Resource {
        Resource { holding: site.holding, ..Resource::at(ctx.path) }
    }

    fn start(self, site: &Site, ctx: &Context) -> Result<Decided<Danger>, crate::Refusal> {
        match site.stage {
            StageKind::Raised | StageKind::InHand | StageKind::Answered => {}
            // What is at its end is raised anew; what was merged is told to the one that carries it.
            StageKind::Closed | StageKind::Merged => return Err(Denied::stage(site.stage).into()),
        }
        if site.open > 0 {
            return Err(Refusal::IsOpen.into());
        }
        let begin = Begin {
            matter: self.matter,
            risk: self.risk,
            place: site.place,
            exact: site.exact,
            desk: site.desk,
            bodies: site.alarm.bodies.clone(),
        };
        Ok(Decided::all(begin.events(ctx)))
    }
}

/// A danger begins.
#[derive(Clone, Debug)]
pub(crate) struct Begin {
    /// About which matter.
    pub matter: MatterId,
    /// What is at risk.
    pub risk: Risk,
    /// The place the public may know.
    pub place: PlaceId,
    /// The place itself.
    pub exact: PlaceId,
    /// The desk that sees to it.
    pub desk: PlaceId,
    /// The bodies that are told.
    pub bodies: Vec<OrganisationId>,
}

impl Begin {
    fn events(&self, ctx: &Context) -> Vec<Event> {
        let rules: &Rules = ctx.section();
        let reported = Event::Reported {
            matter: self.matter,
            risk: self.risk,
            at: ctx.now,
            place: self.place,
            exact: self.exact.into(),
            desk: self.desk,
            called: self.bodies.clone(),
            due: ctx.due(rules.safe(self.risk)).at,
            see_by: ctx.due(&rules.seen).at,
            rules: ctx.rules.digest().to_owned(),
        };
        // Whoever sees to it and says it has seen it.
        let organisation = self.bodies.iter().copied().find(|body| ctx.actor.is_of(*body));
        let sees = STEERS.has(ctx.role) || (PARTIES.has(ctx.role) && organisation.is_some());
        let seen = sees.then_some(Event::Seen { organisation });
        [reported].into_iter().chain(seen).collect()
    }
}

impl Effect for Begin {
    type On = Danger;

    fn apply(&self, on: Option<&Danger>, ctx: &Context) -> Result<Vec<Event>, crate::Refusal> {
        match on {
            Some(_) => Err(Common::Exists.into()),
            None => Ok(self.events(ctx)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dangers::laws::world::*;
    use crate::dangers::{DangerStage, DangerStep};
    use crate::testing::{body, place};
    use yishi_kernel::{Claim, HolderKey, Stream};

    #[test]
    fn the_clock_runs_from_the_tap_and_desk_and_company_are_told_at_once() {
        for (risk, minutes) in [(Risk::Life, 120), (Risk::Supply, 1_440)] {
            let world = World::reported(risk);
            let danger = world.danger();
            assert_eq!((danger.tapped, danger.stage), (START, DangerStage::Reported));
            assert_eq!(danger.due, START.plus_seconds(minutes * 60));
            let due = START.plus_seconds(minutes * 60);
            let desk = HolderKey::desk(place(2));
            let told: Vec<_> = danger
                .waits()
                .into_iter()
                .map(|wait| (wait.step().unwrap(), wait.holder, wait.due))
                .collect();
            assert_eq!(
                told,
                [
                    (DangerStep::See, desk.clone(), START.plus_seconds(30 * 60)),
                    (DangerStep::Protect, desk, due),
                    (DangerStep::Protect, HolderKey::organisation(body(COMPANY)), due),
                ]
            );
        }
    }

    #[test]
    fn whoever_sees_to_it_has_seen_what_they_report() {
        let seen = |who| World::reported_by(who, Risk::Life).unwrap().danger().seen.is_some();
        assert!(seen(WORKER) && seen(STREET));
        assert!(!seen(STEWARD), "a steward can call, but it is not hers to see to");
        let stranger = World::new().begin(&actor(VISITOR), Risk::Life, &site()).unwrap_err();
        assert!(stranger.denied().is_some(), "without a receipt");
        let mut world = World::new();
        let holder = actor(VISITOR).showing(Claim::Receipt);
        world.begin(&holder, Risk::Life, &site()).unwrap();
        assert!(world.danger().seen.is_none());
    }

    #[test]
    fn what_is_at_its_end_or_has_a_danger_already_gets_no_other() {
        let report = |site: &Site| World::new().begin(&actor(WORKER), Risk::Life, site).unwrap_err();
        let closed = Site { stage: StageKind::Closed, ..site() };
        assert_eq!(report(&closed), Denied::stage(StageKind::Closed));
        assert_eq!(report(&Site { open: 1, ..site() }), Refusal::IsOpen);
    }
}
