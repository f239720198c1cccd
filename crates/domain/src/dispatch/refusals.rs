//! Why something cannot be done to an order.

use yishi_kernel::Refuse;

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Only the street whistles.
    #[error("only the street whistles")]
    OnlyStreet,
    /// Only the lead finishes a whistle.
    #[error("only the lead finishes it")]
    OnlyLead,
    /// Only letters are followed up.
    #[error("only letters are followed up")]
    NotALetter,
    /// The body was not called.
    #[error("it was not called")]
    NotCalled,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::OnlyStreet => "only-street",
            Refusal::OnlyLead => "only-lead",
            Refusal::NotALetter => "not-a-letter",
            Refusal::NotCalled => "not-invited",
        }
    }
}
