//! Whether somebody can be given a matter, or an order about it: not whom it is about, who could
//! do nothing with it. Which holders there are at a place is looked up elsewhere.

use super::refusals::Refusal;
use super::state::Matter;
use yishi_kernel::access::About;
use yishi_kernel::{Actor, Context, Holder, PlaceId, Resource, Stream};

/// Whoever is to hold something, as far as that is a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToHold {
    /// The person.
    pub person: Option<Actor>,
}

impl ToHold {
    /// That the matter is not about the body or person that is to hold it.
    pub(super) fn must_fit(&self, matter: &Matter, holder: Holder, ctx: &Context) -> Result<(), Refusal> {
        let resource = matter.resource(ctx.path, ctx.actor);
        let body = Actor { employer: holder.organisation(), ..Actor::default() };
        if resource.keeps_away(&body) {
            return Err(Refusal::HolderConcerned);
        }
        stays_above(holder, &matter.whom(), matter.desk, ctx)?;
        self.must_not_keep_away(&resource)
    }

    /// That the person has not to keep away from it.
    pub(crate) fn must_not_keep_away(&self, resource: &Resource) -> Result<(), Refusal> {
        match &self.person {
            Some(person) if resource.keeps_away(person) => Err(Refusal::HolderConcerned),
            _ => Ok(()),
        }
    }
}

/// That what went to the desk above because of whom it is about does not come back to a desk below
/// that one: those work there, and nobody could take its next step.
pub(crate) fn stays_above(
    holder: Holder,
    about: &About,
    desk: PlaceId,
    ctx: &Context,
) -> Result<(), Refusal> {
    let level = |place| ctx.path.iter().position(|one| *one == place);
    match holder {
        Holder::Desk(to) if *about != About::default() && level(to) > level(desk) => {
            Err(Refusal::HolderConcerned)
        }
        Holder::Desk(_) | Holder::Organisation(_) | Holder::Person(..) => Ok(()),
    }
}
