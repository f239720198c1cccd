//! Putting something forward, in short (发言): in the room through the worker, or by an invited
//! body itself, also before the meeting.

use super::events::Event;
use super::refusals::Refusal;
use super::rights::SPEAK;
use super::state::Meeting;
use super::words::StatementKind;
use yishi_kernel::{Command, Context, Decided, OrganisationId, Right};

/// Somebody puts something forward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speak {
    /// What it is.
    pub form: StatementKind,
    /// The body it comes from; somebody who acts for a body speaks for that one.
    pub organisation: Option<OrganisationId>,
    /// In short.
    pub text: String,
}

impl Command for Speak {
    type On = Meeting;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &SPEAK
    }

    fn decide(
        self,
        meeting: &Meeting,
        (): &(),
        ctx: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        let organisation = match ctx.role.of_organisation() {
            true => own_body(meeting, ctx),
            false => self.organisation,
        };
        if organisation.is_some_and(|organisation| !meeting.agenda.is_invited(organisation)) {
            return Err(Refusal::NotInvited.into());
        }
        meeting.must_answer_for(organisation, ctx)?;
        Ok(Decided::one(Event::Stated {
            number: meeting.sitting.statements.saturating_add(1),
            form: self.form,
            organisation,
            text: ctx.note("text", &self.text)?,
        }))
    }
}

/// The invited body that the actor acts for.
fn own_body(meeting: &Meeting, ctx: &Context) -> Option<OrganisationId> {
    let own = ctx.actor.current(ctx.now).filter(|grant| grant.role == ctx.role);
    own.filter_map(|grant| grant.organisation).find(|body| meeting.agenda.is_invited(*body))
}
