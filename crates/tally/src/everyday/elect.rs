//! Elections: seats, a threshold each candidate must pass, alternates, and 差额 where a rule
//! asks for more candidates than seats. A second round is another election.

use std::fmt::Display;

use serde::{Deserialize, Serialize};

use super::choose::{Cut, Standing, cut, only_once};
use super::{NobodyCounted, Rule, Tie, Ties, Unchoosable, Votes, decide};
use crate::Sentence;

/// 差额或等额: how many candidates an election must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contest {
    /// 等额亦可: any number of candidates.
    Any,
    /// 差额: at least this many more candidates than seats.
    Excess(u32),
}

/// 选举规则.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElectionRule {
    /// Whether candidates must outnumber seats.
    pub contest: Contest,
    /// What each candidate needs to be elected, and the quorum.
    pub threshold: Rule,
}

/// 候选人得票: one candidate and the votes on it. Every candidate has the same numbers of
/// people present and entitled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Candidacy<Id> {
    /// Who stands.
    pub candidate: Id,
    /// The votes for, against and neither.
    pub votes: Votes,
}

/// 选举结果.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Election<Id> {
    /// 达到法定人数: none where no quorum is asked. Without it nobody is elected.
    pub quorum_met: Option<bool>,
    /// 当选: most votes first.
    pub elected: Vec<Id>,
    /// 并列待定: open until a second vote or lots.
    pub tied: Option<Tie<Id>>,
    /// 候补: over the threshold but without a seat, in order; those with equal votes together.
    pub alternates: Vec<Vec<Id>>,
    /// 未过线: under the threshold, in the order of their ids.
    pub under: Vec<Id>,
    /// 空缺: seats that nobody over the threshold takes.
    pub vacant: usize,
    /// The sums, ready for a page.
    pub explain: Vec<Sentence>,
}

/// Why there is no election.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unelectable {
    /// 无名额或无候选人.
    #[error("{seats} seats for {candidates} candidates")]
    Empty {
        /// Seats to fill.
        seats: usize,
        /// Candidates there are.
        candidates: usize,
    },
    /// 须差额: too few candidates.
    #[error("{candidates} candidates for {seats} seats, {needed} needed")]
    TooFew {
        /// Candidates there are.
        candidates: usize,
        /// Seats to fill.
        seats: usize,
        /// Candidates the rule asks for.
        needed: usize,
    },
    /// 人数不一: candidates with different numbers present or entitled.
    #[error("{0} has other numbers of people present or entitled than the first candidate")]
    Uneven(String),
    /// 票数过多: more votes than those present have, one for each seat.
    #[error("{votes} votes in favour, at most {most} possible")]
    TooManyVotes {
        /// Votes in favour of all candidates.
        votes: u128,
        /// Those present times the seats.
        most: u128,
    },
    /// The rule needs the number of those entitled.
    #[error(transparent)]
    NobodyCounted(#[from] NobodyCounted),
    /// A candidate twice, or lots that do not settle the tie.
    #[error(transparent)]
    Unchoosable(#[from] Unchoosable),
}

impl Unelectable {
    /// For a page.
    #[must_use]
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Empty { seats, candidates } => Sentence::new(
                format!("名额 {seats} 个、候选人 {candidates} 名：无从选举。"),
                format!("{seats} seats for {candidates} candidates: there is nothing to elect."),
            ),
            Self::TooFew { candidates, seats, needed } => Sentence::new(
                format!("须差额选举：名额 {seats} 个，候选人至少 {needed} 名，现有 {candidates} 名。"),
                format!("{seats} seats need at least {needed} candidates; there are {candidates}."),
            ),
            Self::Uneven(id) => Sentence::new(
                format!("候选人“{id}”的到会或应到人数与其他候选人不一致，请核对。"),
                format!("{id} has other numbers of people present or entitled than the others."),
            ),
            Self::TooManyVotes { votes, most } => Sentence::new(
                format!("赞成票共 {votes} 张，多于可能的 {most} 张，请核对。"),
                format!("{votes} votes in favour are more than the {most} that can be."),
            ),
            Self::NobodyCounted(nobody) => nobody.sentence(),
            Self::Unchoosable(unchoosable) => unchoosable.sentence(),
        }
    }
}

/// Elect up to `seats` of those who pass the threshold, most votes in favour first. Each person
/// present has one vote for each seat. The order of the candidates never matters.
///
/// # Errors
/// When the election may not be held, the counts cannot be true, or lots do not settle a tie.
pub fn elect<Id: Clone + Ord + Display>(
    rule: &ElectionRule,
    candidates: &[Candidacy<Id>],
    seats: usize,
    ties: &Ties<Id>,
) -> Result<Election<Id>, Unelectable> {
    check(rule.contest, candidates, seats)?;

    let (mut over, mut under, mut explain, mut quorum_met) = (Vec::new(), Vec::new(), Vec::new(), None);
    let mut ordered: Vec<_> = candidates.iter().collect();
    ordered.sort_by(|a, b| a.candidate.cmp(&b.candidate));
    for Candidacy { candidate, votes } in ordered {
        let verdict = decide(&rule.threshold, votes)?;
        // Present and entitled are the same for all, so the quorum is too: it is said once.
        let quorum_said = usize::from(quorum_met.is_some());
        explain.extend(verdict.explain.into_iter().enumerate().skip(quorum_said).map(|(at, sentence)| {
            if at == 0 && verdict.quorum_met.is_some() {
                return sentence;
            }
            Sentence::new(format!("{candidate}：{}", sentence.zh), format!("{candidate}: {}", sentence.en))
        }));
        quorum_met = verdict.quorum_met;
        if verdict.passed {
            over.push(Standing { candidate: candidate.clone(), votes: votes.counts().in_favour });
        } else {
            under.push(candidate.clone());
        }
    }

    let Cut { chosen, tied, rest: alternates, explain: sums } = cut(over, seats, ties)?;
    explain.extend(sums);
    let elected: Vec<Id> = chosen.into_iter().map(|standing| standing.candidate).collect();
    let vacant = seats - elected.len() - tied.as_ref().map_or(0, |tie| tie.places);
    if vacant > 0 {
        explain.push(Sentence::new(
            format!("空缺 {vacant} 席：无其他候选人达到当选票数。"),
            format!("{vacant} seats stay empty: nobody else has the votes needed."),
        ));
    }
    Ok(Election { quorum_met, elected, tied, alternates, under, vacant, explain })
}

fn check<Id: Ord + Display>(
    contest: Contest,
    candidates: &[Candidacy<Id>],
    seats: usize,
) -> Result<(), Unelectable> {
    let standing = candidates.len();
    let Some(first) = candidates.first().filter(|_| seats > 0) else {
        return Err(Unelectable::Empty { seats, candidates: standing });
    };
    if let Contest::Excess(more) = contest {
        let needed = seats.saturating_add(usize::try_from(more).unwrap_or(usize::MAX));
        if standing < needed {
            return Err(Unelectable::TooFew { candidates: standing, seats, needed });
        }
    }
    only_once(candidates.iter().map(|candidacy| &candidacy.candidate)).map_err(Unchoosable::Twice)?;
    let people = |candidacy: &Candidacy<Id>| {
        let counts = candidacy.votes.counts();
        (counts.present, counts.entitled)
    };
    if let Some(other) = candidates.iter().find(|other| people(other) != people(first)) {
        return Err(Unelectable::Uneven(other.candidate.to_string()));
    }
    let votes = candidates.iter().map(|candidacy| u128::from(candidacy.votes.counts().in_favour)).sum();
    let most = u128::from(first.votes.counts().present).saturating_mul(seats as u128);
    if votes > most {
        return Err(Unelectable::TooManyVotes { votes, most });
    }
    Ok(())
}
