//! Rating the other side (互评): the street rates each body that came, and each of these the street,
//! once. Nobody rates whom they work for.

use super::{Assessment, Event, Grades, RATE_BODY, RATE_STREET, Refusal};
use yishi_kernel::access::roles::STREET;
use yishi_kernel::named::Named;
use yishi_kernel::refusal::optional;
use yishi_kernel::{Command, Context, Decided, Denied, OrganisationId, Right};

/// The street rates a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateBody {
    /// Which.
    pub body: OrganisationId,
    /// How.
    pub grades: Grades,
    /// A sentence for everyone to read; may be empty.
    pub note: String,
}

/// A body rates the street.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateStreet {
    /// By which.
    pub body: OrganisationId,
    /// How.
    pub grades: Grades,
    /// A sentence for everyone to read; may be empty.
    pub note: String,
}

impl Command for RateBody {
    type On = Assessment;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &RATE_BODY
    }

    fn names(&self) -> Vec<Named> {
        Named::bodies("body", [self.body])
    }

    fn decide(
        self,
        on: &Assessment,
        (): &(),
        ctx: &Context,
    ) -> Result<Decided<Assessment>, yishi_kernel::Refusal> {
        let Self { body, grades, note } = self;
        match on.sides.get(&body) {
            None => Err(Refusal::NotCome.into()),
            Some(side) if side.rated.is_some() => Err(Refusal::Rated.into()),
            Some(_) => {
                let note = optional(ctx.line("note", &note))?;
                Ok(Decided::one(Event::RatedBody { body, grades, note }))
            }
        }
    }
}

impl Command for RateStreet {
    type On = Assessment;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &RATE_STREET
    }

    fn names(&self) -> Vec<Named> {
        Named::bodies("body", [self.body])
    }

    fn decide(
        self,
        on: &Assessment,
        (): &(),
        ctx: &Context,
    ) -> Result<Decided<Assessment>, yishi_kernel::Refusal> {
        let Self { body, grades, note } = self;
        // Whoever has a role at the street as well would speak of their own desk.
        if ctx.actor.current(ctx.now).any(|grant| grant.place == on.street && STREET.has(grant.role)) {
            return Err(Denied::Concerned.into());
        }
        let own = ctx.actor.current(ctx.now).any(|grant| grant.organisation == Some(body));
        match on.sides.get(&body).filter(|_| own) {
            None => Err(Refusal::NotCome.into()),
            Some(side) if side.rates.is_some() => Err(Refusal::Rated.into()),
            Some(_) => {
                let note = optional(ctx.line("note", &note))?;
                Ok(Decided::one(Event::RatedStreet { body, grades, note }))
            }
        }
    }
}
