//! Why the rules of scenes say no.

use super::open::{FIELDS, MOST};
use crate::dispatch::OrderStage;
use yishi_kernel::refusal::{Arg, Args, Refuse};

/// What the rules of scenes do not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Departments meet at the scene after a whistle, and before its work is reported done.
    #[error("the order calls nobody to a scene in its stage")]
    Order(OrderStage),
    /// Of the bodies only the one that leads keeps the record.
    #[error("the body that leads, the community or the street writes it down")]
    NotLead,
    /// Nobody came.
    #[error("say which bodies came")]
    Nobody,
    /// They met after they were called, and not in the time to come.
    #[error("they met between the whistle and now")]
    Met,
    /// Nothing was agreed.
    #[error("say at least in one line who does what by when")]
    NoLines,
    /// More lines than the form has.
    #[error("at most {MOST} lines")]
    TooManyLines,
    /// A line is for a body that did not come.
    #[error("line {row}: that body did not come")]
    NotThere {
        /// Which line, from 0.
        row: usize,
    },
    /// Somebody signs, or does, for a body that is not theirs.
    #[error("only that body itself does this, or whoever keeps the record enters it")]
    NotOwn,
    /// It was done before, or is nobody's to do.
    #[error("nothing is owed on that line")]
    NotOwed,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::Order(_) => "scene-order",
            Refusal::NotLead => "scene-not-lead",
            Refusal::Nobody => "scene-nobody",
            Refusal::Met => "scene-met",
            Refusal::NoLines => "scene-no-lines",
            Refusal::TooManyLines => "scene-too-many-lines",
            Refusal::NotThere { .. } => "scene-not-there",
            Refusal::NotOwn => "scene-not-own",
            Refusal::NotOwed => "scene-not-owed",
        }
    }

    fn args(&self) -> Args {
        match self {
            Refusal::Order(stage) => vec![("stage", Arg::word(*stage))],
            Refusal::TooManyLines => vec![("most", Arg::Number(MOST as u64))],
            _ => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Refusal::Nobody => Some("came"),
            Refusal::Met => Some("time"),
            Refusal::NoLines | Refusal::TooManyLines => FIELDS.first().map(|field| field.what),
            Refusal::NotThere { row } => FIELDS.get(*row).map(|field| field.body),
            Refusal::NotOwn => Some("body"),
            Refusal::NotOwed => Some("line"),
            Refusal::Order(_) | Refusal::NotLead => None,
        }
    }
}
