//! An invited body says whether it comes (回执); by telephone, through the worker.

use super::events::Event;
use super::refusals::Refusal;
use super::rights::REPLY;
use super::state::Meeting;
use super::words::Coming;
use yishi_kernel::refusal::optional;
use yishi_kernel::{Command, Context, Decided, Denied, OrganisationId, Right};

/// An invited body replies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Which.
    pub organisation: OrganisationId,
    /// Whether it comes.
    pub coming: Coming,
    /// A word with it; needed when it does not come.
    pub note: String,
}

impl Command for Reply {
    type On = Meeting;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &REPLY
    }

    fn decide(
        self,
        meeting: &Meeting,
        (): &(),
        ctx: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        let Self { organisation, coming, note } = self;
        if !meeting.agenda.is_invited(organisation) {
            return Err(Refusal::NotInvited.into());
        }
        let own = ctx.actor.current(ctx.now).any(|grant| grant.organisation == Some(organisation));
        if ctx.role.of_organisation() && !own {
            return Err(Denied::Elsewhere.into());
        }
        meeting.must_answer_for(Some(organisation), ctx)?;
        let note = match coming {
            Coming::Yes => optional(ctx.line("note", &note))?,
            Coming::No => Some(ctx.line("note", &note)?),
        };
        Ok(Decided::one(Event::Replied { organisation, coming, note }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::meetings::laws::world::*;
    use crate::meetings::{MeetingStep, Speak, StatementKind};
    use yishi_kernel::{HolderKey, Stream};

    #[test]
    fn an_invited_body_replies_for_itself_and_says_why_it_does_not_come() {
        let mut world = World::called();
        let reply = |organisation, coming, note: &str| Reply { organisation, coming, note: note.to_owned() };
        let lamps = organisation(LAMPS);
        let silent = world.meet(LAMP_OFFICER, 0, reply(lamps, Coming::No, " "));
        assert_eq!(silent.unwrap_err(), empty("note"));
        world.meet(LAMP_OFFICER, 0, reply(lamps, Coming::No, "当日检修")).unwrap();
        assert_eq!(world.meeting(0).agenda.replies.get(&lamps), Some(&Coming::No));
        let market = organisation(MARKET);
        let other = world.meet(LAMP_OFFICER, 0, reply(market, Coming::Yes, ""));
        assert_eq!(other.unwrap_err(), Denied::Elsewhere);
        let uninvited = world.meet(SQUAD_OFFICER, 0, reply(organisation(SQUAD), Coming::Yes, ""));
        assert_eq!(uninvited.unwrap_err(), Denied::Elsewhere);
        let uninvited = world.meet(WORKER, 0, reply(organisation(SQUAD), Coming::Yes, ""));
        assert_eq!(uninvited.unwrap_err(), Refusal::NotInvited);
        // By telephone, through the worker.
        world.meet(WORKER, 0, reply(market, Coming::Yes, "")).unwrap();
        let (form, text) = (StatementKind::Plan, "划线停放".to_owned());
        world.meet(MARKET_STAFF, 0, Speak { form, organisation: None, text }).unwrap();
        assert_eq!(world.meeting(0).sitting.plans, [(market, 1)]);
    }

    #[test]
    fn a_reply_is_waited_for_until_it_comes_or_the_meeting_begins() {
        let mut world = World::called();
        let owed = |world: &World| {
            let waits = world.meeting(0).waits().into_iter();
            let replies = waits.filter(|wait| wait.step() == Some(MeetingStep::Reply));
            replies.map(|wait| (wait.holder, wait.due)).collect::<Vec<_>>()
        };
        let by = |body| (HolderKey::organisation(organisation(body)), START.end_of_day_after(2));
        assert_eq!(owed(&world), [by(LAMPS), by(MARKET)]);
        let organisation = organisation(LAMPS);
        world
            .meet(LAMP_OFFICER, 0, Reply { organisation, coming: Coming::Yes, note: String::new() })
            .unwrap();
        assert_eq!(owed(&world), [by(MARKET)]);
        world.begin(0);
        assert_eq!(owed(&world), []);
    }
}
