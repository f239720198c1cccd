//! Money with its source. No arithmetic: sums belong to whoever keeps a budget.

use crate::record::Published;
use serde::{Deserialize, Serialize};

/// A sum of money and where it comes from (资金及来源).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// In fen, 0.01 yuan.
    pub fen: u64,
    /// Where it comes from.
    pub source: Published,
}
