//! Consensus: it holds while nobody objects, and every objection is kept with its reason.

use serde::{Deserialize, Serialize};

use crate::Sentence;

/// 反对意见: one person's objection, in that person's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    /// Who objects, as the minutes name them.
    pub by: String,
    /// Why; empty where no reason was given, and the objection stands all the same.
    pub reason: String,
}

/// 协商一致与否: the outcome with everything that stood against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Consensus {
    /// 达成一致: somebody is present and nobody objects.
    pub passed: bool,
    /// As recorded, in the order recorded.
    pub objections: Vec<Objection>,
    /// The outcome and each objection, ready for a page.
    pub explain: Vec<Sentence>,
}

/// Whether those `present` agree. An abstention is no objection.
#[must_use]
pub fn consensus(present: u64, objections: Vec<Objection>) -> Consensus {
    let passed = present > 0 && objections.is_empty();
    let (count, zh, en) = if passed {
        (objections.len(), "达成一致", "agreed")
    } else {
        (objections.len(), "未达成一致", "not agreed")
    };
    let mut explain = vec![Sentence::new(
        format!("到会 {present} 人，提出反对 {count} 条：{zh}。"),
        format!("{present} present, {count} objections: {en}."),
    )];
    explain.extend(objections.iter().map(|Objection { by, reason }| {
        if reason.trim().is_empty() {
            Sentence::new(
                format!("{by}反对，未说明理由。"),
                format!("{by} objects, without giving a reason."),
            )
        } else {
            Sentence::new(format!("{by}反对：{reason}"), format!("{by} objects: {reason}"))
        }
    }));
    Consensus { passed, objections, explain }
}
