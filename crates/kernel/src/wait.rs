//! Who holds something, and what waits for whom until when. Desks, what is overdue and what
//! others are owed are all read from what streams say is waiting; nothing is stored here.

use crate::access::Role;
use crate::ids::{AccountId, OrganisationId, PlaceId};
use crate::moment::Moment;
use crate::record::{Sealed, Staff};
use crate::words::Word;
use serde::{Deserialize, Serialize};

/// Who holds something (承办). The person stands apart, since a person's id is private.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// The desk of a place: whoever sorts there.
    Desk(PlaceId),
    /// An organisation.
    Organisation(OrganisationId),
    /// A person in a role, at a place (building at the finest).
    Person(Role, PlaceId),
}

impl Holder {
    /// The organisation, where one holds it.
    #[must_use]
    pub fn organisation(&self) -> Option<OrganisationId> {
        match self {
            Holder::Organisation(organisation) => Some(*organisation),
            Holder::Desk(_) | Holder::Person(..) => None,
        }
    }
}

impl Holder {
    /// The holder that something passes to, with the person where that is one.
    #[must_use]
    pub fn heir(to: Heir, desk: PlaceId) -> (Self, Option<Sealed<AccountId, Staff>>) {
        match to {
            Heir::Desk => (Holder::Desk(desk), None),
            Heir::Named(holder, person) => (holder, person.map(Sealed::Kept)),
        }
    }
}

/// Who takes over what hung on a holder who is no longer there (接手人).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heir {
    /// The desk that each thing belongs to.
    Desk,
    /// Somebody named; the person, when it is one.
    Named(Holder, Option<AccountId>),
}

crate::words! {
    /// Why something passed to another holder (移交缘由).
    Ended as "ended" {
        /// Whoever held it has no role any more by which to reach it.
        Role = "role",
        /// The organisation takes part no more.
        Organisation = "organisation",
        /// Neighbours could not settle it, and it went up from them.
        SentUp = "sent_up",
    }
}

/// What becomes of the things that hang on a holder who is no longer there (移交).
#[derive(Clone, Debug)]
pub struct Passing {
    /// On whom they hung.
    pub from: HolderKey,
    /// Who takes them over.
    pub to: Heir,
}

impl Passing {
    /// Why they pass.
    #[must_use]
    pub fn why(&self) -> Ended {
        match self.from.whom() {
            Whom::Organisation(_) => Ended::Organisation,
            Whom::Desk(_) | Whom::Person(_) | Whom::Nobody => Ended::Role,
        }
    }
}

/// Whom a holder's key names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// The desk of a place.
    Desk(PlaceId),
    /// An organisation.
    Organisation(OrganisationId),
    /// A person.
    Person(AccountId),
    /// Nobody who is known any more: the person's id was erased.
    Nobody,
}

/// A holder as desks look it up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HolderKey(String);

impl HolderKey {
    /// The desk of a place.
    #[must_use]
    pub fn desk(place: PlaceId) -> Self {
        Self(format!("desk/{place}"))
    }

    /// An organisation.
    #[must_use]
    pub fn organisation(organisation: OrganisationId) -> Self {
        Self(format!("organisation/{organisation}"))
    }

    /// A person.
    #[must_use]
    pub fn person(account: AccountId) -> Self {
        Self(format!("person/{account}"))
    }

    /// The key of a holder; of a person whose id was erased, the role and place remain.
    #[must_use]
    pub fn of(holder: Holder, person: Option<&Sealed<AccountId, Staff>>) -> Self {
        match (holder, person.and_then(Sealed::get)) {
            (Holder::Desk(place), _) => Self::desk(place),
            (Holder::Organisation(organisation), _) => Self::organisation(organisation),
            (Holder::Person(..), Some(account)) => Self::person(*account),
            (Holder::Person(role, place), None) => Self(format!("role/{}/{place}", role.word())),
        }
    }

    /// As stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// One that was stored.
    #[must_use]
    pub fn stored(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Whom it names.
    #[must_use]
    pub fn whom(&self) -> Whom {
        let known = match self.0.split_once('/') {
            Some(("desk", id)) => id.parse().ok().map(Whom::Desk),
            Some(("organisation", id)) => id.parse().ok().map(Whom::Organisation),
            Some(("person", id)) => id.parse().ok().map(Whom::Person),
            _ => None,
        };
        known.unwrap_or(Whom::Nobody)
    }
}

/// One thing that waits: the next step, who is to take it, and by when (待办).
#[derive(Clone, Debug, PartialEq)]
pub struct Wait {
    /// The family of the step's text.
    pub family: &'static str,
    /// The step.
    pub step: &'static str,
    /// Who is to take it.
    pub holder: HolderKey,
    /// By when.
    pub due: Moment,
    /// The place it lies at, exact where that is known: who sees only a part of a desk sees
    /// what lies there.
    pub place: Option<PlaceId>,
}

impl Wait {
    /// What waits at a place.
    #[must_use]
    pub fn new<W: Word>(step: W, holder: HolderKey, due: Moment, place: Option<PlaceId>) -> Self {
        Self { family: W::FAMILY, step: step.as_word(), holder, due, place }
    }

    /// The step, if it is one of that kind.
    #[must_use]
    pub fn step<W: Word>(&self) -> Option<W> {
        if self.family == W::FAMILY { W::of_word(self.step) } else { None }
    }
}
