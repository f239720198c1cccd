//! Names of bodies, places and holders as pages say them, each looked up once.

use crate::texts::Locale;
use crate::{Error, ui};
use std::collections::{BTreeMap, BTreeSet};
use yishi_kernel::{Holder, OrganisationId, PlaceId};
use yishi_office::people::reads::{organisation, some as organisations};
use yishi_office::places::reads::{place, places};
use yishi_store::Db;

/// Names of organisations and places, looked up once each.
#[derive(Clone, Debug, Default)]
pub struct Names {
    organisations: BTreeMap<OrganisationId, String>,
    places: BTreeMap<PlaceId, String>,
}

impl Names {
    /// Looks up at once who will be named; whoever is not among them is looked up when named.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn know(&mut self, db: &Db, holders: impl IntoIterator<Item = Holder>) -> Result<(), Error> {
        let (mut bodies, mut wheres) = (BTreeSet::new(), BTreeSet::new());
        for holder in holders {
            match holder {
                Holder::Organisation(id) => bodies.insert(id),
                Holder::Desk(id) | Holder::Person(_, id) => wheres.insert(id),
            };
        }
        let bodies: Vec<_> = bodies.into_iter().filter(|id| !self.organisations.contains_key(id)).collect();
        let wheres: Vec<_> = wheres.into_iter().filter(|id| !self.places.contains_key(id)).collect();
        self.organisations
            .extend(organisations(db, &bodies).await?.into_iter().map(|row| (row.id, row.name)));
        self.places.extend(places(db, &wheres).await?.into_iter().map(|row| (row.id, row.name)));
        Ok(())
    }

    /// The name of an organisation; empty when there is none such.
    pub async fn organisation(&mut self, db: &Db, id: OrganisationId) -> Result<String, Error> {
        if let Some(name) = self.organisations.get(&id) {
            return Ok(name.clone());
        }
        let name = organisation(db, id).await?.map(|row| row.name).unwrap_or_default();
        self.organisations.insert(id, name.clone());
        Ok(name)
    }

    /// The names of organisations in a row.
    pub async fn all(&mut self, db: &Db, ids: &[OrganisationId], t: Locale) -> Result<String, Error> {
        let mut names = Vec::new();
        for id in ids {
            names.push(self.organisation(db, *id).await?);
        }
        Ok(names.join(t.pick("、", ", ")))
    }

    /// The name of a place; empty when there is none such.
    pub async fn place(&mut self, db: &Db, id: PlaceId) -> Result<String, Error> {
        if let Some(name) = self.places.get(&id) {
            return Ok(name.clone());
        }
        let name = place(db, id).await?.map(|row| row.name).unwrap_or_default();
        self.places.insert(id, name.clone());
        Ok(name)
    }

    /// Who holds something, for everyone to read: an organisation, a desk, a role at a place.
    pub async fn holder(&mut self, db: &Db, holder: Holder, t: Locale) -> Result<String, Error> {
        Ok(match holder {
            Holder::Organisation(id) => self.organisation(db, id).await?,
            Holder::Desk(id) => {
                let place = self.place(db, id).await?;
                t.with("holder-desk", &[("place", &place)])
            }
            Holder::Person(role, id) => {
                let (place, role) = (self.place(db, id).await?, ui::role(role, t));
                t.with("holder-person", &[("place", &place), ("role", &role)])
            }
        })
    }
}
