//! What can happen to a ledger's rulebook, to a number of its rules, and to a confirmation of a
//! forum's numbers.

use super::figures::Figures;
use super::words::Counted;
use serde::{Deserialize, Serialize};
use yishi_kernel::{Moment, Published};

/// What can happen to a rulebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Event {
    /// A pack is in force from now on in this ledger (施行).
    #[serde(rename = "rules.adopted.2")]
    Adopted {
        /// SHA-256 of the pack's text, in hex; the text itself lies with the files.
        sha256: String,
        /// The same of the pack that ships with a program, over which it was laid: its own where
        /// nothing was.
        base: String,
    },
}

/// What can happen to a number of the rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum ChangeEvent {
    /// It is otherwise here (本地规定).
    #[serde(rename = "change.set.1")]
    Set {
        /// Which number.
        number: String,
        /// What is counted now.
        counted: Counted,
        /// How many now.
        count: i64,
        /// What was counted before.
        was_counted: Counted,
        /// How many before.
        was: i64,
        /// The rule or document that it comes from.
        source: Published,
        /// Why it is otherwise.
        reason: Published,
    },
    /// It is again what the rules above say (恢复上级规定).
    #[serde(rename = "change.dropped.1")]
    Dropped {
        /// Which number.
        number: String,
        /// What was counted before.
        was_counted: Counted,
        /// How many before.
        was: i64,
        /// Why.
        reason: Published,
    },
}

/// What can happen to a confirmation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum ConfirmationEvent {
    /// A street compared a statutory forum's numbers with the law in force (核实).
    #[serde(rename = "forum.confirmed.1")]
    Confirmed {
        /// The forum of the rule pack.
        forum: String,
        /// Its numbers as they stood.
        figures: Figures,
        /// The digest of the rules that they stand in.
        rules: String,
        /// What they were compared with.
        read: Published,
        /// The end of the day on which that was read.
        on: Moment,
    },
    /// It was taken back (撤回核实).
    #[serde(rename = "forum.withdrawn.1")]
    Withdrawn {
        /// Why.
        reason: Published,
    },
}
