//! Identifiers. Each kind of thing has its own type, so that a building cannot be
//! passed where a matter is meant. How they are made is the shell's business.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

id! {
    /// A place: district, street, community, building, stairwell … (地点).
    /// A community's, street's or district's own id also names the ledger it keeps.
    PlaceId
}
id! {
    /// An organisation that takes part: property company, department, market … (单位).
    OrganisationId
}
id! {
    /// A natural person with an account. Stands only in private fields.
    AccountId
}
id! {
    /// A matter (事项).
    MatterId
}
id! {
    /// A receipt: one person's claim to an answer (回执).
    ReceiptId
}
id! {
    /// A poster with a QR code in a stairwell (楼道码).
    PosterId
}
id! {
    /// A topic that a meeting deliberates (议题).
    TopicId
}
id! {
    /// A meeting (会议).
    MeetingId
}
id! {
    /// Somebody's presence at a meeting (签到).
    SeatId
}
id! {
    /// One vote on one motion (选票).
    BallotId
}
id! {
    /// An action of a resolution (决议事项).
    ActionId
}
id! {
    /// An order: work, whistle or letter (工单、哨、函).
    OrderId
}
