//! Why the rules of double assessments say no.

use yishi_kernel::refusal::Refuse;

/// What the rules of double assessments do not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Only whistles whose work was accepted are rated.
    #[error("the order is no whistle whose work was accepted")]
    Order,
    /// Nobody came who could be rated.
    #[error("nobody came")]
    NobodyCame,
    /// That body did not come, or is not one's own.
    #[error("only a body that came is rated, or rates, and each for itself")]
    NotCome,
    /// Each side rates once.
    #[error("it was rated already")]
    Rated,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::Order => "assessment-order",
            Refusal::NobodyCame => "assessment-nobody-came",
            Refusal::NotCome => "assessment-not-come",
            Refusal::Rated => "assessment-rated",
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Refusal::NotCome | Refusal::Rated => Some("body"),
            Refusal::Order | Refusal::NobodyCame => None,
        }
    }
}
