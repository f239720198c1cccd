//! What can happen to a ledger's rulebook.

use serde::{Deserialize, Serialize};

/// What can happen to a rulebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Event {
    /// A pack is in force from now on in this ledger (施行).
    #[serde(rename = "rules.adopted.1")]
    Adopted {
        /// SHA-256 of the pack's text, in hex; the text itself lies with the files.
        sha256: String,
    },
}
