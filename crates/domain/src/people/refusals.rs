//! Why a role cannot be given or ended.

use yishi_kernel::Refuse;

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A role must be bound to a place of its kind, or to an organisation.
    #[error("this role must be bound to another kind of place or organisation")]
    Scope,
    /// The account does not hold this role.
    #[error("the account does not hold this role")]
    NoGrant,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::Scope => "scope",
            Refusal::NoGrant => "no-grant",
        }
    }

    fn field(&self) -> Option<&'static str> {
        Some("role")
    }
}
