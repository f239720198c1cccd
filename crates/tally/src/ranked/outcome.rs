//! What a count comes to: winners, a ranking, and each round with the numbers that decided.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Profile, Rule};
use crate::{Sentence, ratio_text};

/// 计票结果. Candidates are numbered from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The rule it was counted by.
    pub rule: Rule,
    /// 当选, by number. More than there are seats only where a rule that breaks no ties has some
    /// across the last seat.
    pub winners: Vec<usize>,
    /// 排名: groups of equal candidates, best first; every candidate is in one. With IRV and STV:
    /// the elected as they were elected, those left by their last votes, then the eliminated,
    /// the last of them first.
    pub ranking: Vec<Vec<usize>>,
    /// 各轮计票; one round where the rule has no more.
    pub rounds: Vec<Round>,
    #[serde(skip)]
    explain: Vec<Sentence>,
}

/// 一轮: what was done, and how everybody stood after it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Round {
    /// 得票或得分 after this round, as decimals or `a/b`: approvals, points (Borda, Copeland),
    /// candidates beaten by the strongest paths (Schulze), votes (IRV, STV; those eliminated
    /// are left out).
    pub votes: BTreeMap<usize, String>,
    /// 当选票数: what is enough to be elected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota: Option<String>,
    /// 淘汰: whose papers were passed on since they had fewest votes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eliminated: Option<usize>,
    /// 转移: where papers came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transfer: Option<Transfer>,
    /// 无法转移: votes that are with nobody by now, papers without a further choice and what
    /// was cut off after five decimals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exhausted: Option<String>,
    /// 当选: who was elected at the end of this round, most votes first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub elected: Vec<usize>,
    /// 并列: who was tied, and how that was settled or that it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tie: Option<Sentence>,
}

/// 票的转移.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Transfer {
    /// Whose papers.
    pub from: usize,
    /// Why.
    pub of: TransferOf,
    /// The votes that left.
    pub votes: String,
}

/// Why papers are passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferOf {
    /// 余票: above the quota.
    Surplus,
    /// 被淘汰者的票.
    Eliminated,
}

impl Outcome {
    /// Why it came out so, ready for a page.
    #[must_use]
    pub fn explain(&self) -> &[Sentence] {
        &self.explain
    }

    /// Of candidates from 0; the ranking is whole.
    pub(super) fn new(
        rule: Rule,
        mut winners: Vec<usize>,
        ranking: Vec<Vec<usize>>,
        rounds: Vec<Round>,
        explain: Vec<Sentence>,
    ) -> Self {
        winners.sort_unstable();
        let winners = numbers(&winners);
        let ranking = ranking.iter().map(|group| numbers(group)).collect();
        Self { rule, winners, ranking, rounds, explain }
    }

    /// Of a rule that ranks everybody in one round and breaks no ties: `shown` is the score of
    /// each candidate as written.
    pub(super) fn of_ranking(
        profile: &Profile,
        rule: Rule,
        seats: usize,
        ranking: Vec<Vec<usize>>,
        shown: Vec<String>,
        mut explain: Vec<Sentence>,
    ) -> Self {
        let mut winners: Vec<usize> = Vec::new();
        let mut round = Round::default();
        for group in &ranking {
            let left = seats.saturating_sub(winners.len());
            if left == 0 {
                break;
            }
            if group.len() > left {
                let who = profile.labels(group);
                let seats = if left == 1 { "the last seat" } else { "the last seats" };
                let tie = Sentence::new(
                    format!("{}并列争 {left} 席，本规则不再区分：一并列出，由再次表决或抽签决定。", who.zh),
                    format!(
                        "{} are tied for {seats} ({left}) and this rule does not part them: all are listed, \
                         a second vote or lots decide.",
                        who.en
                    ),
                );
                explain.push(tie.clone());
                round.tie = Some(tie);
            }
            winners.extend_from_slice(group);
        }
        round.votes = (1..).zip(shown).collect();
        round.elected = numbers(&winners);
        let who = profile.labels(&winners);
        explain.push(Sentence::new(format!("当选：{}。", who.zh), format!("Elected: {}.", who.en)));
        Self::new(rule, winners, ranking, vec![round], explain)
    }
}

/// Numbers from 1.
pub(super) fn numbers(candidates: &[usize]) -> Vec<usize> {
    candidates.iter().map(|candidate| candidate + 1).collect()
}

/// Candidates in groups of equal scores, best first, each by number.
pub(super) fn by_score<S: Ord>(mut candidates: Vec<usize>, score: impl Fn(usize) -> S) -> Vec<Vec<usize>> {
    candidates.sort_by(|&a, &b| score(b).cmp(&score(a)).then(a.cmp(&b)));
    candidates.chunk_by(|&a, &b| score(a) == score(b)).map(<[usize]>::to_vec).collect()
}

/// `units` of 1/`per` as written.
pub(super) fn text(units: u128, per: u64) -> String {
    ratio_text(&crate::Ratio::new(units.into(), per.into()))
}
