//! Whose decision something is (由谁决定), as it stood when it was said, and the gate that every
//! order passes: what is the owners' leaves by their result, or by an emergency that frees the least
//! that makes safe. How owners are counted, which kinds of things there are, and what an emergency
//! is, stands elsewhere.

use super::ids::OwnersResultId;
use super::refusals::Refusal;
use super::words::{Joint, Scope, Who};
use crate::emergency::BasisId;
use serde::{Deserialize, Serialize};

/// Who decides (决定主体).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Decider {
    /// The meeting.
    Meeting,
    /// The owners together.
    Owners {
        /// Which of them.
        scope: Scope,
        /// As what the law counts it.
        matter: Joint,
    },
    /// The department whose duty it is.
    Department,
    /// The property company, by its contract.
    Company,
    /// Whoever runs the market.
    Operator,
}

impl Decider {
    /// The word for it.
    #[must_use]
    pub fn who(self) -> Who {
        match self {
            Decider::Meeting => Who::Meeting,
            Decider::Owners { .. } => Who::Owners,
            Decider::Department => Who::Department,
            Decider::Company => Who::Company,
            Decider::Operator => Who::Operator,
        }
    }
}

/// Whose decision something is, and by which article (决定权归属).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decides {
    /// The kind of thing, by its word in the rules.
    pub item: String,
    /// Who decides.
    pub by: Decider,
    /// The article or local rule.
    pub source: String,
}

impl Decides {
    /// What was put before anybody was asked whose decision it is: the meeting decided.
    #[must_use]
    pub fn unsaid() -> Self {
        Self { item: String::new(), by: Decider::Meeting, source: String::new() }
    }

    /// Which owners decide, and as what; nothing where they do not.
    #[must_use]
    pub fn joint(&self) -> Option<(Scope, Joint)> {
        match self.by {
            Decider::Owners { scope, matter } => Some((scope, matter)),
            Decider::Meeting | Decider::Department | Decider::Company | Decider::Operator => None,
        }
    }

    /// That something of it may leave: what is the owners' by their result, or by an emergency.
    pub(crate) fn must_be_free(&self, leave: Option<Leave>) -> Result<(), Refusal> {
        match (self.joint(), leave) {
            (Some(_), None) => Err(Refusal::OwnersFirst { article: self.source.clone() }),
            (Some(_), Some(Leave::Owners(_) | Leave::Emergency(_))) | (None, _) => Ok(()),
        }
    }

    /// Whether a meeting can only recommend it: owners decide for themselves, and a price is its
    /// operator's to promise and post.
    #[must_use]
    pub fn is_recommended(&self) -> bool {
        match self.by {
            Decider::Owners { .. } | Decider::Operator => true,
            Decider::Meeting | Decider::Department | Decider::Company => false,
        }
    }
}

/// By what something leaves that is the owners' (放行依据).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Leave {
    /// They agreed.
    Owners(OwnersResultId),
    /// People would be hurt otherwise: the least that makes safe, which two confirmed.
    Emergency(BasisId),
}
