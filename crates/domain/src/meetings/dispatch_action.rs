//! Sending an agreed action on its way (派单): as work, as a letter, or as a whistle asked of
//! the street. It waits for the end of the notice, or says in public why not (先行办理).

use super::call::hurry;
use super::events::{Agreed, Event};
use super::ids::{ActionId, MeetingId};
use super::outcome::{Action, Fate};
use super::refusals::Refusal;
use super::rights::DISPATCH;
use super::rules::Rules;
use super::state::Meeting;
use super::words::{MeetingStage, Way};
use crate::dispatch::{self, Desks, OrderId, OrderKind, Ordered, Source, Task, To, WhistleKind};
use yishi_kernel::named::Named;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Command, Context, Decided, Holder, OrganisationId, PlaceId, Resource, Right};

/// An action is sent on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DispatchAction {
    /// Which.
    pub action: ActionId,
    /// Why before the notice is over, where it is.
    pub hurry: Option<String>,
    /// Why the street should whistle: for actions that need a whistle, like the rest.
    pub whistle: WhistleKind,
    /// Departments to be called beside the lead.
    pub departments: Vec<OrganisationId>,
    /// Why the community cannot do it.
    pub reason: String,
}

/// What the order belongs to and is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sending {
    /// The meeting itself.
    pub id: MeetingId,
    /// The order that carries the action out: one for each.
    pub order: OrderId,
    /// The street's desk over the meeting's.
    pub street: PlaceId,
}

impl Command for DispatchAction {
    type On = Meeting;
    type Facts = Sending;

    fn right(&self) -> &'static Right {
        &DISPATCH
    }

    fn names(&self) -> Vec<Named> {
        Named::bodies("departments", self.departments.iter().copied())
    }

    fn decide(
        self,
        meeting: &Meeting,
        sending: &Sending,
        ctx: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        ctx.may(&dispatch::ORDER, &Resource::at(ctx.path))?;
        meeting.must_be(MeetingStage::Published)?;
        let (outcome, action) = (&meeting.outcome, self.action);
        let found = outcome.action(action).ok_or(Common::Unknown)?;
        if found.fate != Fate::Waiting {
            return Err(Common::Exists.into());
        }
        if outcome.open_objections().any(|objection| objection.is_about(action)) {
            return Err(Refusal::ObjectionOpen.into());
        }
        let hurry = hurry(self.hurry.as_deref(), ctx)?;
        if let Some(until) = outcome.until.filter(|until| ctx.now < *until && hurry.is_none()) {
            return Err(Refusal::NoticeRuns { until }.into());
        }
        let ordered = self.ordered(meeting, found, sending, ctx)?;
        let event = Event::Dispatched { action, order: sending.order, hurry };
        Ok(Decided::one(event).and(sending.order, ordered))
    }
}

impl DispatchAction {
    fn ordered(
        self,
        meeting: &Meeting,
        found: &Action,
        sending: &Sending,
        ctx: &Context,
    ) -> Result<Ordered, Common> {
        let agreed = &found.agreed;
        let topic = meeting.sitting.motion(agreed.motion).ok_or(Common::Unknown)?.topic;
        let (place, desk) = (meeting.agenda.place, meeting.agenda.desk);
        // What was agreed to be done by a day that has passed has the time of what comes late.
        let late = ctx.due(&ctx.section::<Rules>().late).at;
        Ok(Ordered {
            source: Source::Action { topic, meeting: sending.id, action: agreed.id },
            desks: Desks { place, desk, street: sending.street },
            about: None,
            decides: found.decides.clone(),
            leave: meeting.leave(found),
            task: Task {
                task: agreed.task.clone(),
                acceptance: agreed.acceptance.clone(),
                money: agreed.money.clone(),
            },
            to: self.way(agreed),
            finish_by: if agreed.due > ctx.now { agreed.due } else { late },
            after: None,
            limited: None,
        })
    }

    /// How it goes out. Only a body leads a whistle; nothing else was agreed to go by one.
    fn way(self, agreed: &Agreed) -> To {
        match (agreed.way, agreed.owner) {
            (Way::Whistle, Holder::Organisation(lead)) => {
                To::Asked { whistle: self.whistle, reason: self.reason, departments: self.departments, lead }
            }
            (Way::Letter, holder) => To::Sent { kind: OrderKind::Letter, holder, person: None },
            (Way::Work | Way::Whistle, holder) => To::Sent { kind: OrderKind::Work, holder, person: None },
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::meetings::laws::world::*;
    use yishi_kernel::{Denied, Moment};

    #[test]
    fn an_action_is_sent_after_the_notice_or_with_a_reason() {
        let mut world = World::published(0);
        let (action, until) = (world.first_action(), world.meeting(0).outcome.until.unwrap());
        world.now = Moment(until.0 - 1);
        for silent in [None, Some(" ")] {
            let refused = world.dispatch(WORKER, 0, action, silent).unwrap_err();
            assert_eq!(refused, Refusal::NoticeRuns { until });
        }
        let denied = world.dispatch(LAMP_OFFICER, 0, action, None).unwrap_err();
        assert!(matches!(denied.denied(), Some(Denied::Role { .. })));
        world.dispatch(WORKER, 0, action, Some("夜间危险，先行办理")).unwrap();
    }

    #[test]
    fn the_order_is_the_action_and_what_comes_late_has_a_day() {
        let mut world = World::published(0);
        let agreed = world.meeting(0).outcome.actions[0].agreed.clone();
        world.now = agreed.due.plus_seconds(10 * DAY);
        world.dispatch(WORKER, 0, agreed.id, None).unwrap();
        let order = world.order(0);
        let source = Source::Action { topic: topic_id(0), meeting: meeting_id(0), action: agreed.id };
        assert_eq!((order.source, order.holder), (source, agreed.owner));
        assert_eq!((order.task.task, order.task.money), (agreed.task, agreed.money));
        assert_eq!(order.finish_by, world.now.end_of_day_after(1));
    }

    #[test]
    fn a_whistle_is_asked_of_the_street_and_a_letter_goes_to_a_body() {
        for (flavour, kind) in [(1, OrderKind::Whistle), (2, OrderKind::Letter), (3, OrderKind::Work)] {
            let mut world = World::published(flavour);
            let action = world.first_action();
            world.dispatch(WORKER, 0, action, Some("夜间危险，先行办理")).unwrap();
            assert_eq!(world.order(0).kind, kind);
        }
    }
}
