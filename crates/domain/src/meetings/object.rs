//! Objecting to what was published (提出异议). Anybody may, while the notice hangs.

use super::events::Event;
use super::ids::ActionId;
use super::refusals::Refusal;
use super::rights::OBJECT;
use super::rules::Rules;
use super::state::Meeting;
use yishi_kernel::context::private;
use yishi_kernel::refusal::Common;
use yishi_kernel::text::TextError;
use yishi_kernel::{Command, Context, Decided, Right};

/// Somebody objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// To which action; to all of it otherwise.
    pub action: Option<ActionId>,
    /// In own words.
    pub text: String,
    /// A name or contact for the answer; may be left empty.
    pub contact: String,
    /// Who objects: a digest that is the same for the same device.
    pub device: String,
    /// A digest of what was sent, so that the same is taken once.
    pub said: String,
}

impl Object {
    /// Longest contact, in characters.
    pub const CONTACT: usize = 60;
}

impl Command for Object {
    type On = Meeting;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &OBJECT
    }

    fn decide(
        self,
        meeting: &Meeting,
        (): &(),
        ctx: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        let outcome = &meeting.outcome;
        if outcome.until.is_some_and(|until| until <= ctx.now) {
            return Err(Refusal::NoticeOver.into());
        }
        if self.action.is_some_and(|id| outcome.action(id).is_none()) {
            return Err(Common::Unknown.into());
        }
        // What is said against the same is ruled on once, however many say it and how often.
        let open = outcome.open_objections().find(|one| one.action == self.action);
        if open.is_some_and(|one| one.said.contains(&self.said)) {
            return Ok(Decided::all(Vec::new()));
        }
        let before = u32::try_from(outcome.objections.len()).unwrap_or(u32::MAX);
        let text = ctx.private("text", &self.text)?;
        Ok(Decided::one(Event::Objected {
            number: open.map_or(before.saturating_add(1), |one| one.number),
            action: self.action,
            device: Some(self.device.into()),
            said: Some(self.said.into()),
            text: text.ok_or(Common::Text { field: "text", error: TextError::Empty })?,
            contact: private("contact", &self.contact, Self::CONTACT)?,
            due: ctx.due(&ctx.section::<Rules>().objection).at,
        }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::meetings::laws::world::*;
    use crate::meetings::{Conclude, Ruling};
    use yishi_kernel::{Denied, Moment};

    #[test]
    fn what_is_said_against_the_same_comes_together_and_is_ruled_on_once() {
        let mut world = World::published(0);
        let action = world.first_action();
        for (device, text) in [("a", "太贵"), ("a", "太贵"), ("a", "也太吵"), ("b", "太贵")] {
            world.meet(VISITOR, 0, objecting(None, device, text)).unwrap();
        }
        world.meet(VISITOR, 0, objecting(Some(action), "a", "位置不对")).unwrap();
        let shown = |world: &World| {
            let objections = world.meeting(0).outcome.objections;
            objections.iter().map(|one| (one.number, one.devices.len(), one.said.len())).collect::<Vec<_>>()
        };
        assert_eq!(shown(&world), [(1, 2, 3), (2, 1, 1)]);
        world.rule(SECRETARY, 1, Ruling::Rejected).unwrap();
        world.rule(SECRETARY, 2, Ruling::Rejected).unwrap();
        assert_eq!(world.meeting(0).outcome.open_objections().count(), 0);
        // What comes after that waits anew.
        world.meet(VISITOR, 0, objecting(None, "c", "没有通知我")).unwrap();
        assert_eq!(shown(&world)[2..], [(3, 1, 1)]);
    }

    #[test]
    fn objections_are_taken_until_the_last_moment_of_the_notice() {
        let mut world = World::published(0);
        let until = world.meeting(0).outcome.until.unwrap();
        assert_eq!(until, world.now.end_of_day_after(5));
        world.now = Moment(until.0 - 1);
        assert_eq!(world.meet(WORKER, 0, Conclude).unwrap_err(), Refusal::NoticeRuns { until });
        let silent = Object { text: " ".to_owned(), ..objecting(None, "a", "") };
        assert_eq!(world.meet(VISITOR, 0, silent).unwrap_err(), empty("text"));
        world.object(None).unwrap();
        world.now = until;
        assert_eq!(world.object(None).unwrap_err(), Refusal::NoticeOver);
        // Nothing is sent or concluded before it is ruled on.
        let action = world.first_action();
        assert_eq!(world.dispatch(WORKER, 0, action, None).unwrap_err(), Refusal::ObjectionOpen);
        assert_eq!(world.meet(WORKER, 0, Conclude).unwrap_err(), Refusal::ObjectionOpen);
        let by_worker = world.rule(WORKER, 1, Ruling::Rejected).unwrap_err();
        assert!(matches!(by_worker.denied(), Some(Denied::Role { .. })));
        world.rule(SECRETARY, 1, Ruling::Rejected).unwrap();
        let again = world.rule(STREET, 1, Ruling::Upheld).unwrap_err();
        assert_eq!(again, Common::Unknown, "ruled on once");
        let waits = world.meet(WORKER, 0, Conclude).unwrap_err();
        assert_eq!(waits, Refusal::Unfinished { actions: 1 });
        world.dispatch(WORKER, 0, action, None).unwrap();
        assert_eq!(world.dispatch(WORKER, 0, action, None).unwrap_err(), Common::Exists);
        world.meet(WORKER, 0, Conclude).unwrap();
    }
}
