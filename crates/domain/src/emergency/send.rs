//! Sending what an emergency frees (按紧急情形派单): its own line as it was confirmed, once. Nothing of
//! it is typed here, so that nothing else can leave by it.

use super::events::Event;
use super::ids::BasisId;
use super::refusals::Refusal as Why;
use super::rights::SEND;
use super::state::Basis;
use crate::ballots::Leave;
use crate::dangers::DangerStage;
use crate::dispatch::{self, Desks, OrderId, OrderKind, Ordered, Source, Task, To, WhistleKind};
use crate::matters::{StageKind, ToHold};
use yishi_kernel::access::About;
use yishi_kernel::named::Named;
use yishi_kernel::{
    AccountId, Command, Context, Decided, Denied, Holder, Moment, OrganisationId, PlaceId, Refusal, Resource,
    Right,
};

/// What an emergency frees is sent on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendLeast {
    /// How.
    pub way: Way,
    /// By when it must be done.
    pub finish_by: Moment,
}

/// How it goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// As work.
    Work {
        /// Who is to do it.
        holder: Holder,
        /// The person, when a person is to.
        person: Option<AccountId>,
    },
    /// As an emergency whistle that the street is asked for (紧急吹哨).
    Whistle {
        /// Why the community cannot do it.
        reason: String,
        /// Departments asked for, beside the lead.
        departments: Vec<OrganisationId>,
        /// Which of them leads.
        lead: OrganisationId,
    },
}

/// What sending must know.
#[derive(Clone, Debug, PartialEq)]
pub struct Releasing {
    /// The basis itself.
    pub id: BasisId,
    /// The order that it frees: one for each.
    pub order: OrderId,
    /// Where the matter stands.
    pub stage: StageKind,
    /// Whom it is about.
    pub about: About,
    /// Where its danger stands, where it has one.
    pub danger: Option<DangerStage>,
    /// The street's desk.
    pub street: PlaceId,
    /// Whoever is to do it, as far as that is a person.
    pub to: ToHold,
}

impl Command for SendLeast {
    type On = Basis;
    type Facts = Releasing;

    fn right(&self) -> &'static Right {
        &SEND
    }

    fn names(&self) -> Vec<Named> {
        match &self.way {
            Way::Work { holder, person } => Named::holder("holder", *holder, *person),
            Way::Whistle { departments, lead, .. } => {
                let called = Named::bodies("departments", departments.iter().copied());
                called.into_iter().chain(Named::bodies("lead", [*lead])).collect()
            }
        }
    }

    fn decide(self, on: &Basis, facts: &Releasing, ctx: &Context) -> Result<Decided<Basis>, Refusal> {
        let at = Resource { desk: Some(on.desk), ..Resource::at(ctx.path) }.concerning(&facts.about);
        ctx.may(&dispatch::ORDER, &at)?;
        facts.to.must_not_keep_away(&at)?;
        if on.order.is_some() {
            return Err(Why::IsSent.into());
        }
        if facts.stage != StageKind::InHand {
            return Err(Denied::stage(facts.stage).into());
        }
        match facts.danger {
            Some(DangerStage::Cleared | DangerStage::Lifted) => return Err(Why::DangerOver.into()),
            Some(DangerStage::Reported | DangerStage::Protected | DangerStage::Safe) | None => {}
        }
        let ordered = Ordered {
            source: Source::Matter(on.matter),
            desks: Desks { place: on.place, desk: on.desk, street: facts.street },
            about: facts.about.bodies.first().copied(),
            decides: on.decides.clone(),
            leave: Some(Leave::Emergency(facts.id)),
            task: Task { task: on.line.clone(), acceptance: on.acceptance.clone(), money: None },
            to: self.way.to(),
            finish_by: self.finish_by,
            after: None,
            limited: None,
        };
        Ok(Decided::one(Event::Sent { order: facts.order }).and(facts.order, ordered))
    }
}

impl Way {
    fn to(self) -> To {
        match self {
            Way::Work { holder, person } => To::Sent { kind: OrderKind::Work, holder, person },
            Way::Whistle { reason, departments, lead } => {
                To::Asked { whistle: WhistleKind::Emergency, reason, departments, lead }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::emergency::laws::world::*;

    fn confirmed() -> World {
        let mut world = World::new();
        world.enter(WORKER, fence()).unwrap();
        world.confirm(SECRETARY, 0).unwrap();
        world
    }

    #[test]
    fn its_own_line_leaves_once_and_says_by_what() {
        let mut world = confirmed();
        world.send(WORKER, 0).unwrap();
        let order = world.order(0);
        assert_eq!((order.leave, order.kind), (Some(Leave::Emergency(basis_id(0))), OrderKind::Work));
        assert_eq!(
            (order.task.task, order.task.acceptance),
            (fence().line.into(), fence().acceptance.into())
        );
        assert_eq!(world.send(SECRETARY, 0).unwrap_err(), Why::IsSent);
    }

    #[test]
    fn it_may_go_as_an_emergency_whistle() {
        let mut world = confirmed();
        world.whistle(WORKER, 0).unwrap();
        let order = world.order(0);
        assert_eq!((order.kind, order.whistle), (OrderKind::Whistle, Some(WhistleKind::Emergency)));
        assert_eq!(order.due, world.now.plus_seconds(1_800));
    }

    #[test]
    fn unconfirmed_or_once_the_danger_is_over_nothing_leaves() {
        let mut world = World::new();
        world.enter(WORKER, fence()).unwrap();
        assert!(matches!(world.send(WORKER, 0).unwrap_err().denied(), Some(Denied::Stage(_))));
        let mut world = confirmed();
        world.danger = Some(DangerStage::Lifted);
        assert_eq!(world.send(WORKER, 0).unwrap_err(), Why::DangerOver);
        let mut world = confirmed();
        world.stage = StageKind::Raised;
        assert_eq!(world.send(WORKER, 0).unwrap_err(), Denied::stage(StageKind::Raised));
    }
}
