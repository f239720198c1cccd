//! Instant runoff: the candidate with fewest votes is eliminated and the papers go to their next
//! choice, until somebody has more than half of the votes that are still with a candidate.

use super::outcome::{by_score, text};
use super::papers::{Papers, Seeking, choose};
use super::{Outcome, Profile, Round, Rule, Transfer, TransferOf};
use crate::Sentence;

/// The ballots have no tied ranks and there is at least one.
pub(super) fn irv(profile: &Profile) -> Outcome {
    let mut papers = Papers::new(profile, 1);
    let mut history = vec![papers.votes()];
    let mut rounds = Vec::new();
    let mut explain = Vec::new();
    let mut eliminated: Vec<usize> = Vec::new();
    let mut round = Round::default();
    let winner = loop {
        let votes = papers.votes();
        let vote = |candidate: usize| votes.get(candidate).copied().unwrap_or(0);
        let continuing = papers.continuing();
        let standing: u128 = votes.iter().sum();
        let needed = standing / 2 + 1;
        round.votes =
            continuing.iter().map(|&candidate| (candidate + 1, vote(candidate).to_string())).collect();
        round.quota = Some(needed.to_string());
        round.exhausted = Some((papers.total() - standing).to_string());
        explain.push(standing_sentence(profile, rounds.len() + 1, &continuing, &vote, needed));

        let winner = continuing.iter().copied().find(|&candidate| vote(candidate) >= needed);
        if let Some(winner) = winner {
            round.elected = vec![winner + 1];
            rounds.push(round);
            break winner;
        }
        rounds.push(std::mem::take(&mut round));

        let fewest = continuing.iter().map(|&candidate| vote(candidate)).min().unwrap_or(0);
        let last: Vec<usize> =
            continuing.into_iter().filter(|&candidate| vote(candidate) == fewest).collect();
        let Some((out, tie)) = choose(profile, &last, &history, Seeking::Fewest) else {
            // Nobody continues only if nobody stood, which a profile excludes.
            return Outcome::new(Rule::Irv, Vec::new(), Vec::new(), rounds, explain);
        };
        explain.extend(tie.clone());
        let who = profile.label(out);
        explain.push(Sentence::new(
            format!("{}淘汰，{fewest} 票转给各票的下一选择。", who.zh),
            format!("{} is eliminated; the {fewest} votes go to their next choices.", who.en),
        ));
        round.tie = tie;
        round.eliminated = Some(out + 1);
        round.transfer = Some(Transfer { from: out + 1, of: TransferOf::Eliminated, votes: text(fewest, 1) });
        papers.stop(out);
        papers.pass_on(out, |value| value);
        eliminated.push(out);
        history.push(papers.votes());
    };

    let who = profile.label(winner);
    explain.push(Sentence::new(format!("当选：{}。", who.zh), format!("Elected: {}.", who.en)));
    papers.stop(winner);
    let votes = papers.votes();
    let mut ranking = vec![vec![winner]];
    ranking.extend(by_score(papers.continuing(), |candidate| votes.get(candidate).copied()));
    ranking.extend(eliminated.iter().rev().map(|&out| vec![out]));
    Outcome::new(Rule::Irv, vec![winner], ranking, rounds, explain)
}

fn standing_sentence(
    profile: &Profile,
    round: usize,
    continuing: &[usize],
    vote: &impl Fn(usize) -> u128,
    needed: u128,
) -> Sentence {
    let mut lists = (Vec::new(), Vec::new());
    for &candidate in by_score(continuing.to_vec(), vote).iter().flatten() {
        let (who, votes) = (profile.label(candidate), vote(candidate));
        lists.0.push(format!("{}得 {votes} 票", who.zh));
        lists.1.push(format!("{} {votes}", who.en));
    }
    Sentence::new(
        format!("第 {round} 轮：{}；过半需 {needed} 票。", lists.0.join("，")),
        format!("Round {round}: {}; {needed} needed.", lists.1.join(", ")),
    )
}
