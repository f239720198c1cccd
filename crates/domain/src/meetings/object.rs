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
        let before = u32::try_from(outcome.objections.len()).unwrap_or(u32::MAX);
        let text = ctx.private("text", &self.text)?;
        Ok(Decided::one(Event::Objected {
            number: before.saturating_add(1),
            action: self.action,
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
    fn objections_are_taken_until_the_last_moment_of_the_notice() {
        let mut world = World::published(0);
        let until = world.meeting(0).outcome.until.unwrap();
        assert_eq!(until, world.now.end_of_day_after(5));
        world.now = Moment(until.0 - 1);
        assert_eq!(world.meet(WORKER, 0, Conclude).unwrap_err(), Refusal::NoticeRuns { until });
        let silent = Object { action: None, text: " ".to_owned(), contact: String::new() };
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
