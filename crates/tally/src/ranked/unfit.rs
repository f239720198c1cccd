//! Why a rule cannot count a profile.

use super::Rule;
use crate::Sentence;

/// 不适用: the ballots do not suit the rule, or the seats do not suit the candidates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// 并列排名: the rule moves papers from one candidate to the next.
    #[error("{} needs ballots without tied ranks; ballot {ballot} has one", rule.word())]
    TiedRanks {
        /// The rule.
        rule: Rule,
        /// Which ballot of the profile, from 1.
        ballot: usize,
    },
    /// 席位不当: no seat, or more seats than candidates.
    #[error("{seats} seats for {candidates} candidates")]
    Seats {
        /// Seats to fill.
        seats: usize,
        /// Candidates there are.
        candidates: usize,
    },
    /// 只选一席: IRV elects one; STV is the rule for more.
    #[error("irv fills one seat, not {seats}; stv fills several")]
    OneSeat {
        /// Seats to fill.
        seats: usize,
    },
    /// 候选过多: every pair of candidates is compared.
    #[error("{candidates} candidates are too many to compare in pairs, at most {most}")]
    TooMany {
        /// Candidates there are.
        candidates: usize,
        /// As many as are compared.
        most: usize,
    },
    /// 无人投票.
    #[error("there is no ballot")]
    NoVotes,
}

impl Unfit {
    /// For a page.
    #[must_use]
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::TiedRanks { rule, ballot } => Sentence::new(
                format!("{} 规则不允许并列排名，第 {ballot} 种选票有并列。", rule.word()),
                format!("The rule {} allows no tied ranks; ballot {ballot} has one.", rule.word()),
            ),
            Self::Seats { seats, candidates } => Sentence::new(
                format!("席位 {seats} 个、候选 {candidates} 个：席位须为 1 至候选数。"),
                format!("{seats} seats for {candidates} candidates: between one and all can be chosen."),
            ),
            Self::OneSeat { seats } => Sentence::new(
                format!("irv 规则只选一席，不能选 {seats} 席；多席请用 stv。"),
                format!("The rule irv fills one seat, not {seats}; stv fills several."),
            ),
            Self::TooMany { candidates, most } => Sentence::new(
                format!("候选 {candidates} 个，两两比较最多 {most} 个。"),
                format!("{candidates} candidates are too many to compare in pairs, at most {most}."),
            ),
            Self::NoVotes => Sentence::new("没有选票。", "There is no ballot."),
        }
    }
}
