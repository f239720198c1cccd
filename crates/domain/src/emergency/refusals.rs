//! Why something is not freed by an emergency.

use yishi_kernel::Refuse;
use yishi_kernel::refusal::{Arg, Args};

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is not the owners': it needs no emergency.
    #[error("it is not the owners' to decide, so that it can be sent as it is")]
    NotTheirs,
    /// Nothing of that kind is ever freed by an emergency.
    #[error("no emergency frees anything of this kind: {article}")]
    NeverFreed {
        /// The article by which it is the owners'.
        article: String,
    },
    /// The rules do not count it as an emergency.
    #[error("the rules know no such emergency")]
    Situation,
    /// More than one thing is said.
    #[error("say the one thing that makes safe")]
    OneThing {
        /// In which field.
        field: &'static str,
    },
    /// Lasting work, which waits for the owners.
    #[error("\u{201c}{said}\u{201d} is lasting work")]
    Lasting {
        /// In which field.
        field: &'static str,
        /// What it says.
        said: String,
    },
    /// Money of the owners is spent, and nobody said who applied for it.
    #[error("say who applied for the money: {article}")]
    WhoApplied {
        /// The article.
        article: String,
    },
    /// Whoever applied cannot: the owners' assembly or committee can (《民法典》第281条).
    #[error("only the owners' assembly or committee applies: {article}")]
    CannotApply {
        /// The article.
        article: String,
    },
    /// Somebody applied for money, and the kind of thing spends none of the owners'.
    #[error("choose the kind that spends the money")]
    SpendsNone,
    /// The paper of the application is missing.
    #[error("a photo of the application is missing")]
    NoPaper,
    /// Another one of the matter stands.
    #[error("the matter has another one that is not settled")]
    IsOpen,
    /// Another role and another person confirm it.
    #[error("another role and another person must confirm it")]
    SecondRole,
    /// It frees one order, which is there.
    #[error("what it frees was sent already")]
    IsSent,
    /// Its danger is over.
    #[error("the danger is over")]
    DangerOver,
    /// Its order is not at its end.
    #[error("its order is not at its end")]
    OrderRuns,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::NotTheirs => "basis-not-theirs",
            Refusal::NeverFreed { .. } => "basis-never-freed",
            Refusal::Situation => "basis-situation",
            Refusal::OneThing { .. } => "basis-one-thing",
            Refusal::Lasting { .. } => "basis-lasting",
            Refusal::WhoApplied { .. } => "basis-who-applied",
            Refusal::CannotApply { .. } => "basis-cannot-apply",
            Refusal::SpendsNone => "basis-spends-none",
            Refusal::NoPaper => "basis-no-paper",
            Refusal::IsOpen => "basis-is-open",
            Refusal::SecondRole => "basis-second-role",
            Refusal::IsSent => "basis-is-sent",
            Refusal::DangerOver => "basis-danger-over",
            Refusal::OrderRuns => "basis-order-runs",
        }
    }

    fn args(&self) -> Args {
        match self {
            Refusal::NeverFreed { article }
            | Refusal::WhoApplied { article }
            | Refusal::CannotApply { article } => vec![("source", Arg::Text(article.clone()))],
            Refusal::Lasting { said, .. } => vec![("said", Arg::Text(said.clone()))],
            Refusal::NotTheirs
            | Refusal::Situation
            | Refusal::OneThing { .. }
            | Refusal::SpendsNone
            | Refusal::NoPaper
            | Refusal::IsOpen
            | Refusal::SecondRole
            | Refusal::IsSent
            | Refusal::DangerOver
            | Refusal::OrderRuns => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Refusal::NotTheirs | Refusal::NeverFreed { .. } | Refusal::SpendsNone => Some("item"),
            Refusal::Situation => Some("situation"),
            Refusal::OneThing { field } | Refusal::Lasting { field, .. } => Some(field),
            Refusal::WhoApplied { .. } | Refusal::CannotApply { .. } => Some("applicant"),
            Refusal::NoPaper => Some("photos"),
            Refusal::IsOpen
            | Refusal::SecondRole
            | Refusal::IsSent
            | Refusal::DangerOver
            | Refusal::OrderRuns => None,
        }
    }
}
