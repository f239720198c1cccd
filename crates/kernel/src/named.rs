//! What a command names by ids: bodies, persons, places. Such an id comes from a form and is no
//! right. The office records nothing unless all of them lie where it is decided; what is said
//! about them here is only which they are and in which field.

use crate::ids::{AccountId, OrganisationId, PlaceId};
use crate::wait::Holder;

/// An id that a command names, with the name of its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The field.
    pub field: &'static str,
    /// What it names.
    pub what: What,
}

/// What a command may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// An organisation: open, and kept where it is decided or above.
    Body(OrganisationId),
    /// A person: somebody with a role where it is decided or above.
    Person(AccountId),
    /// The place of a holder: where it is decided, or above.
    Above(PlaceId),
    /// A place of the same ledger, not closed.
    Within(PlaceId),
}

impl Named {
    /// Organisations that a field names.
    pub fn bodies(field: &'static str, ids: impl IntoIterator<Item = OrganisationId>) -> Vec<Self> {
        ids.into_iter().map(|id| Self { field, what: What::Body(id) }).collect()
    }

    /// Persons that a field names.
    pub fn persons(field: &'static str, ids: impl IntoIterator<Item = AccountId>) -> Vec<Self> {
        ids.into_iter().map(|id| Self { field, what: What::Person(id) }).collect()
    }

    /// Places that a field names.
    pub fn places(field: &'static str, ids: impl IntoIterator<Item = PlaceId>) -> Vec<Self> {
        ids.into_iter().map(|id| Self { field, what: What::Within(id) }).collect()
    }

    /// Whoever is to hold something: a body, a desk, or a person in a role.
    #[must_use]
    pub fn holder(field: &'static str, holder: Holder, person: Option<AccountId>) -> Vec<Self> {
        let what = match holder {
            Holder::Organisation(id) => What::Body(id),
            Holder::Desk(at) | Holder::Person(_, at) => What::Above(at),
        };
        [Self { field, what }].into_iter().chain(Self::persons(field, person)).collect()
    }
}
