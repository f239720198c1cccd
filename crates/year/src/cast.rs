//! Who lives and works in the community, and where. People come and go; what is said here is who is
//! there now.

use yishi_kernel::access::About;
use yishi_kernel::{Actor, HolderKey, OrganisationId, PhotoDigest, PlaceId, Resource, Role, Whom};

/// A stairwell with its building.
#[derive(Clone, Copy, Debug)]
pub struct Home {
    /// The stairwell.
    pub stairwell: PlaceId,
    /// Its building.
    pub building: PlaceId,
}

/// The people of a community and of the street above it.
#[derive(Clone, Debug)]
pub struct Cast {
    /// The street.
    pub street: PlaceId,
    /// The community, which keeps the ledger.
    pub community: PlaceId,
    /// The compound with all buildings.
    pub compound: PlaceId,
    /// Where people live.
    pub homes: Vec<Home>,
    /// The residents' committee, for which the workers work.
    pub committee: OrganisationId,
    /// The property company.
    pub property: OrganisationId,
    /// The department of the lamps.
    pub lamps: OrganisationId,
    /// The department of the squad.
    pub squad: OrganisationId,
    /// Community workers.
    pub workers: Vec<Actor>,
    /// The secretary.
    pub secretary: Actor,
    /// Street officers.
    pub officers: Vec<Actor>,
    /// Stewards, each with the stairwell.
    pub stewards: Vec<(PlaceId, Actor)>,
    /// Who acts for each body.
    pub staff: Vec<(OrganisationId, Actor)>,
    /// The photo that everybody takes of what protects.
    pub photo: PhotoDigest,
}

impl Cast {
    /// All who work there.
    pub fn all(&self) -> impl Iterator<Item = &Actor> {
        let stewards = self.stewards.iter().map(|(_, who)| who);
        let staff = self.staff.iter().map(|(_, who)| who);
        self.workers.iter().chain([&self.secretary]).chain(&self.officers).chain(stewards).chain(staff)
    }

    /// Those who take a step that waits for this holder, of something that is about these.
    #[must_use]
    pub fn whose(&self, holder: &HolderKey, about: &About) -> Vec<Actor> {
        let all: Vec<&Actor> = match holder.whom() {
            Whom::Desk(desk) if desk == self.street => self.officers.iter().collect(),
            Whom::Desk(desk) if desk == self.community => self.workers.iter().collect(),
            Whom::Organisation(body) => self.of(body).into_iter().collect(),
            Whom::Person(id) => self.all().filter(|who| who.account == Some(id)).collect(),
            Whom::Desk(_) | Whom::Nobody => Vec::new(),
        };
        // A body that something is about answers for itself.
        let own = matches!(holder.whom(), Whom::Organisation(_));
        all.into_iter().filter(|who| own || !concerns(about, who)).cloned().collect()
    }

    /// Those who steer there and whom something about these does not concern.
    pub fn steering(&self, about: &About) -> impl Iterator<Item = &Actor> {
        let all = self.workers.iter().chain([&self.secretary]).chain(&self.officers);
        all.filter(|who| !concerns(about, who))
    }

    /// Those of them who are chiefs: the secretary first.
    pub fn chiefs(&self, about: &About) -> impl Iterator<Item = &Actor> {
        let all = [&self.secretary].into_iter().chain(&self.officers);
        all.filter(|who| !concerns(about, who))
    }

    /// Who acts for a body.
    #[must_use]
    pub fn of(&self, body: OrganisationId) -> Option<&Actor> {
        self.staff.iter().find(|(of, _)| *of == body).map(|(_, who)| who)
    }

    /// The same people with another one in the place of somebody.
    pub fn replace(&mut self, gone: &Actor, with: &Actor) {
        let stewards = self.stewards.iter_mut().map(|(_, who)| who);
        let staff = self.staff.iter_mut().map(|(_, who)| who);
        let all = self.workers.iter_mut().chain([&mut self.secretary]).chain(&mut self.officers);
        for who in all.chain(stewards).chain(staff).filter(|who| who.account == gone.account) {
            who.clone_from(with);
        }
    }

    /// The steward of a stairwell.
    #[must_use]
    pub fn steward(&self, stairwell: PlaceId) -> Option<&Actor> {
        self.stewards.iter().find(|(at, _)| *at == stairwell).map(|(_, who)| who)
    }
}

fn concerns(about: &About, who: &Actor) -> bool {
    Resource::default().concerning(about).keeps_away(who)
}

/// The role somebody has, where they have one.
pub fn role(who: &Actor) -> Option<Role> {
    who.grants.first().map(|grant| grant.role)
}
