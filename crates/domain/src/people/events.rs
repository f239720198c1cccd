//! What can happen to organisations and accounts.

use super::{AskedChange, OrganisationKind};
use serde::{Deserialize, Serialize};
use yishi_kernel::record::{Place, Sealed, Staff};
use yishi_kernel::{AccountId, Holder, Moment, OrganisationId, PlaceId, Published, Role};

/// What can happen to an organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum OrganisationEvent {
    /// It takes part.
    #[serde(rename = "organisation.opened.1")]
    Opened {
        /// What it is.
        organisation_kind: OrganisationKind,
        /// What it is called.
        name: Published,
        /// The lowest place that covers it.
        place: PlaceId,
    },
    /// It takes part no more.
    #[serde(rename = "organisation.closed.1")]
    Closed {
        /// Who takes over what it held, where somebody was named: else the desk of each thing.
        to: Option<Holder>,
        /// The person, when a person does.
        person: Option<Sealed<AccountId, Staff>>,
    },
}

/// What can happen to an account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum AccountEvent {
    /// Somebody has an account.
    #[serde(rename = "account.opened.1")]
    Opened {
        /// The person's id.
        account: Sealed<AccountId, Staff>,
        /// The person's name.
        name: Sealed<String, Staff>,
        /// The employer, whose matters this person keeps hands off.
        employer: Option<OrganisationId>,
    },
    /// A role was given.
    #[serde(rename = "account.granted.1")]
    Granted {
        /// The role.
        role: Role,
        /// The place, building at the finest.
        place: PlaceId,
        /// The place itself, when it lies below a building.
        exact: Option<Sealed<PlaceId, Place>>,
        /// The organisation, for roles of organisations.
        organisation: Option<OrganisationId>,
        /// From when it holds.
        from: Moment,
        /// Until when, exclusive.
        until: Option<Moment>,
    },
    /// A role ended.
    #[serde(rename = "account.revoked.1")]
    Revoked {
        /// The role.
        role: Role,
        /// The place, building at the finest.
        place: PlaceId,
        /// The place itself, when it lies below a building.
        exact: Option<Sealed<PlaceId, Place>>,
        /// Who takes over what was held in it, where somebody was named: else the desk of each
        /// thing.
        to: Option<Holder>,
        /// The person, when a person does.
        person: Option<Sealed<AccountId, Staff>>,
    },
    /// It is used no more: all its roles end.
    #[serde(rename = "account.closed.1")]
    Closed {
        /// Who takes over what was held, where somebody was named: else the desk of each thing.
        to: Option<Holder>,
        /// The person, when a person does.
        person: Option<Sealed<AccountId, Staff>>,
    },
    /// A link was made with which the person sets a password; those made before work no more.
    #[serde(rename = "account.invited.1")]
    Invited {
        /// Until when it works.
        expires: Moment,
    },
    /// The person set a password by the link; every link, session and known browser ended.
    #[serde(rename = "account.credential_set.1")]
    CredentialSet {
        /// A digest of the user name and of what the password is checked by: whoever puts another
        /// one into the database is found out.
        proof: Sealed<String, Staff>,
    },
    /// The person signs in with a second step from now on: a code of an app beside the password.
    #[serde(rename = "account.second_step_set.1")]
    SecondStepSet {
        /// A digest of what is kept of it: whoever puts another one into the database is found
        /// out, and gets in nowhere.
        proof: Sealed<String, Staff>,
    },
    /// The person got in by one of the codes for whoever lost the telephone.
    #[serde(rename = "account.spare_code_used.1")]
    SpareCodeUsed {},
    /// The password is enough again.
    #[serde(rename = "account.second_step_ended.1")]
    SecondStepEnded {},
    /// Something was asked for that nobody does alone: another keeper confirms or declines it.
    #[serde(rename = "account.asked.1")]
    Asked {
        /// What.
        change: AskedChange,
        /// The role, where one is to be given.
        role: Option<Role>,
        /// Its place, building at the finest.
        place: Option<PlaceId>,
        /// The place itself, when it lies below a building.
        exact: Option<Sealed<PlaceId, Place>>,
        /// The organisation, for roles of organisations.
        organisation: Option<OrganisationId>,
        /// From when the role is to hold.
        from: Option<Moment>,
        /// Until when, exclusive.
        until: Option<Moment>,
    },
    /// What was asked for is not done.
    #[serde(rename = "account.declined.1")]
    Declined {},
}
