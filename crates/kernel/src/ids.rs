//! Identifiers. Each kind of thing has its own type, so that a building cannot be
//! passed where a matter is meant. A feature declares its own with [`crate::ids!`]; those that
//! everybody needs stand here. How they are made is the shell's business.

use crate::stream::StreamName;
use sha2::{Digest, Sha256};

/// Declares identifiers: `ids! { /// A matter (事项). MatterId in "matter" }`. With `in`, the
/// id names a stream of that kind.
#[macro_export]
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $(in $kind:literal)?),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                uuid::Uuid::parse_str(text).map(Self)
            }
        }

        impl $crate::cell::Put for $name {
            fn put(self) -> $crate::cell::Value {
                $crate::cell::Put::put(self.0)
            }
        }

        impl $crate::cell::Cell for $name {
            const KIND: $crate::cell::Kind = $crate::cell::Kind::Text;

            fn from_value(value: $crate::cell::Value) -> Option<Self> {
                <uuid::Uuid as $crate::cell::Cell>::from_value(value).map(Self)
            }
        }

        $(impl From<$name> for $crate::stream::StreamName {
            fn from(id: $name) -> Self {
                Self::of($kind, &id)
            }
        })?
    )+};
}

ids! {
    /// A place: district, street, community, building, stairwell … (地点).
    /// A community's, street's or district's own id also names the ledger it keeps.
    PlaceId in "place",
    /// An organisation that takes part: property company, department, market … (单位).
    OrganisationId in "organisation",
    /// A natural person with an account. Stands only in private fields.
    AccountId,
}

impl From<AccountId> for StreamName {
    /// A person's id may stand in no envelope, so the stream is named by its digest:
    /// whoever knows the id finds the stream, and not the other way round.
    fn from(id: AccountId) -> Self {
        let digest = Sha256::digest(id.0.as_bytes());
        let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Self::of("account", &hex)
    }
}
