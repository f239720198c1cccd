//! The single transferable vote of Scottish council elections (The Scottish Local Government
//! Elections Order 2007, SSI 2007/42, schedule 1, rules 45 to 52): Droop quota, surpluses by the
//! weighted inclusive Gregory method with five decimals, ties by the latest stage that parts
//! them. Where the order draws lots, the candidates' numbers decide and the round says so.

use super::outcome::{by_score, numbers, text};
use super::papers::{Papers, Seeking, choose};
use super::{Outcome, Profile, Round, Rule, Transfer, TransferOf};
use crate::Sentence;

/// A vote, in units of its fifth decimal (rule 48(3)). With 64-bit numbers of voters, a surplus
/// times a value stays below 2^64 · 10^5 · 10^5, which 128 bits hold.
const VOTE: u64 = 100_000;

/// The ballots have no tied ranks, there is at least one, and no more seats than candidates.
pub(super) fn stv(profile: &Profile, seats: usize) -> Outcome {
    let quota = u128::from(profile.voters()) / (seats as u128 + 1) + 1;
    let mut count = Count {
        profile,
        seats,
        quota: quota * u128::from(VOTE),
        papers: Papers::new(profile, VOTE),
        transferred: Vec::new(),
        elected: Vec::new(),
        eliminated: Vec::new(),
        history: Vec::new(),
        rounds: Vec::new(),
        explain: vec![Sentence::new(
            format!(
                "有效票 {0} 张，{seats} 席：当选票数为 {0} ÷ {1} 取整加 1，即 {quota}。",
                profile.voters(),
                seats + 1
            ),
            format!(
                "{0} ballots, {seats} seats: the quota is {0} / {1} without decimals, plus 1: {quota}.",
                profile.voters(),
                seats + 1
            ),
        )],
    };
    count.close(Round::default());
    while !count.is_complete() {
        let done = match count.surplus() {
            Some(round) => Some(round),
            None => count.exclude(),
        };
        // Somebody continues as long as the count is not complete.
        let Some(round) = done else { break };
        count.close(round);
    }
    count.outcome()
}

struct Count<'a> {
    profile: &'a Profile,
    seats: usize,
    quota: u128,
    papers: Papers<'a>,
    /// The elected whose surplus was passed on: they keep the quota.
    transferred: Vec<usize>,
    /// In the order of election, those of one stage and equal votes together.
    elected: Vec<Vec<usize>>,
    eliminated: Vec<usize>,
    /// How everybody stood at the end of each stage.
    history: Vec<Vec<u128>>,
    rounds: Vec<Round>,
    explain: Vec<Sentence>,
}

impl Count<'_> {
    fn filled(&self) -> usize {
        self.elected.iter().map(Vec::len).sum()
    }

    fn is_complete(&self) -> bool {
        self.filled() >= self.seats
    }

    fn votes(&self) -> Vec<u128> {
        let mut votes = self.papers.votes();
        for &candidate in &self.transferred {
            if let Some(votes) = votes.get_mut(candidate) {
                *votes = self.quota;
            }
        }
        votes
    }

    /// End a stage: record how everybody stands, and elect (rules 47 and 52).
    fn close(&mut self, mut round: Round) {
        let votes = self.votes();
        let vote = |candidate: usize| votes.get(candidate).copied().unwrap_or(0);
        let stage = self.rounds.len() + 1;

        let continuing = self.papers.continuing();
        let reached: Vec<usize> =
            continuing.iter().copied().filter(|&candidate| vote(candidate) >= self.quota).collect();
        let vacancies = self.seats - self.filled();
        // Everybody left is elected where there is a seat for each.
        let all = continuing.len() <= vacancies;
        let elected = by_score(if all { continuing.clone() } else { reached }, vote);
        round.votes = (0..votes.len())
            .filter(|candidate| !self.eliminated.contains(candidate))
            .map(|candidate| (candidate + 1, text(vote(candidate), VOTE)))
            .collect();
        round.quota = Some(text(self.quota, VOTE));
        let standing: u128 = votes.iter().sum();
        round.exhausted = Some(text(self.papers.total() - standing, VOTE));
        round.elected = numbers(&elected.concat());

        self.explain.push(self.standing_sentence(stage, &continuing, &votes));
        for &candidate in elected.iter().flatten() {
            self.papers.stop(candidate);
            let (who, shown) = (self.profile.label(candidate), text(vote(candidate), VOTE));
            self.explain.push(if vote(candidate) >= self.quota {
                Sentence::new(
                    format!("{}得 {shown} 票，达到当选票数：当选。", who.zh),
                    format!("{} has {shown} votes, the quota is reached: elected.", who.en),
                )
            } else {
                Sentence::new(
                    format!("余下候选人数与空缺席位相等，{}以 {shown} 票当选。", who.zh),
                    format!(
                        "As many candidates as seats are left: {} is elected with {shown} votes.",
                        who.en
                    ),
                )
            });
        }
        self.elected.extend(elected);
        self.history.push(votes);
        self.rounds.push(round);
    }

    /// Pass on the largest surplus that is left (rules 48 and 49).
    fn surplus(&mut self) -> Option<Round> {
        let votes = self.votes();
        let vote = |candidate: usize| votes.get(candidate).copied().unwrap_or(0);
        let waiting =
            self.elected.iter().flatten().copied().filter(|&candidate| vote(candidate) > self.quota);
        let largest = by_score(waiting.collect(), vote).into_iter().next()?;
        let (from, tie) = choose(self.profile, &largest, &self.history, Seeking::Most)?;

        let total = vote(from);
        let surplus = total - self.quota;
        self.papers.pass_on(from, |value| surplus * value / total);
        self.transferred.push(from);
        self.explain.extend(tie.clone());
        let (who, shown, of) = (self.profile.label(from), text(surplus, VOTE), text(total, VOTE));
        self.explain.push(Sentence::new(
            format!("{}余票 {shown}，每张票按原值 × {shown} ÷ {of}（取五位小数）转给下一选择。", who.zh),
            format!(
                "{} has a surplus of {shown}; each paper goes on at its value × {shown} / {of}, to five decimals.",
                who.en
            ),
        ));
        let transfer = Some(Transfer { from: from + 1, of: TransferOf::Surplus, votes: shown });
        Some(Round { transfer, tie, ..Round::default() })
    }

    /// Exclude the candidate with fewest votes and pass on its papers (rules 50 and 51).
    fn exclude(&mut self) -> Option<Round> {
        let votes = self.votes();
        let vote = |candidate: usize| votes.get(candidate).copied().unwrap_or(0);
        let fewest = by_score(self.papers.continuing(), vote).pop()?;
        let (out, tie) = choose(self.profile, &fewest, &self.history, Seeking::Fewest)?;

        self.papers.stop(out);
        self.papers.pass_on(out, |value| value);
        self.eliminated.push(out);
        self.explain.extend(tie.clone());
        let (who, shown) = (self.profile.label(out), text(vote(out), VOTE));
        self.explain.push(Sentence::new(
            format!("{}淘汰，{shown} 票按原值转给下一选择。", who.zh),
            format!("{} is eliminated; the {shown} votes go on at the value they have.", who.en),
        ));
        let transfer = Some(Transfer { from: out + 1, of: TransferOf::Eliminated, votes: shown });
        Some(Round { eliminated: Some(out + 1), transfer, tie, ..Round::default() })
    }

    fn standing_sentence(&self, stage: usize, continuing: &[usize], votes: &[u128]) -> Sentence {
        let vote = |candidate: usize| votes.get(candidate).copied().unwrap_or(0);
        let mut lists = (Vec::new(), Vec::new());
        for &candidate in by_score(continuing.to_vec(), vote).iter().flatten() {
            let (who, shown) = (self.profile.label(candidate), text(vote(candidate), VOTE));
            lists.0.push(format!("{}得 {shown} 票", who.zh));
            lists.1.push(format!("{} {shown}", who.en));
        }
        Sentence::new(
            format!("第 {stage} 轮：{}。", lists.0.join("，")),
            format!("Round {stage}: {}.", lists.1.join(", ")),
        )
    }

    fn outcome(self) -> Outcome {
        let votes = self.votes();
        let mut ranking = self.elected.clone();
        ranking.extend(by_score(self.papers.continuing(), |candidate| votes.get(candidate).copied()));
        ranking.extend(self.eliminated.iter().rev().map(|&out| vec![out]));
        let winners = self.elected.concat();
        let mut explain = self.explain;
        let who = self.profile.labels(&winners);
        explain.push(Sentence::new(format!("当选：{}。", who.zh), format!("Elected: {}.", who.en)));
        Outcome::new(Rule::Stv, winners, ranking, self.rounds, explain)
    }
}
