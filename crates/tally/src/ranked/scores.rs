//! Approval and Borda: every ballot gives points by itself, the most points win.

use super::outcome::{by_score, text};
use super::{Outcome, Profile, Rule};
use crate::Sentence;

/// Every candidate that a ballot ranks is approved by it.
pub(super) fn approval(profile: &Profile, seats: usize) -> Outcome {
    let mut approvals = vec![0_u128; profile.candidates()];
    for ballot in profile.ballots() {
        for &candidate in ballot.order() {
            add(&mut approvals, candidate, ballot.count().into());
        }
    }
    let intro = Sentence::new(
        format!("共 {} 票，凡排入选票的候选各得一份赞成。", profile.voters()),
        format!("{} voters; a ballot approves every candidate it ranks.", profile.voters()),
    );
    outcome(profile, Rule::Approval, seats, &approvals, 1, intro)
}

/// A point for each candidate below, half a point for each beside. Counted in halves.
pub(super) fn borda(profile: &Profile, seats: usize) -> Outcome {
    let candidates = profile.candidates();
    let mut halves = vec![0_u128; candidates];
    for ballot in profile.ballots() {
        let count = u128::from(ballot.count());
        // Those left out are tied with each other.
        let left_out = (candidates - ballot.order().len()).saturating_sub(1) as u128;
        let mut below = candidates;
        for (group, _) in ballot.groups() {
            below -= group.len();
            let points = 2 * (below as u128) + (group.len() as u128 - 1);
            for &candidate in group {
                add(&mut halves, candidate, count * points);
            }
        }
        if left_out > 0 {
            let ranked: std::collections::BTreeSet<_> = ballot.order().iter().copied().collect();
            for candidate in (0..candidates).filter(|candidate| !ranked.contains(candidate)) {
                add(&mut halves, candidate, count * left_out);
            }
        }
    }
    let intro = Sentence::new(
        format!("共 {} 票，每票中每排在一人之前得 1 分，并列得半分。", profile.voters()),
        format!(
            "{} voters; a point for each candidate below, half a point for each equal.",
            profile.voters()
        ),
    );
    outcome(profile, Rule::Borda, seats, &halves, 2, intro)
}

fn add(scores: &mut [u128], candidate: usize, points: u128) {
    if let Some(score) = scores.get_mut(candidate) {
        *score += points;
    }
}

/// By scores in units of 1/`per`.
fn outcome(
    profile: &Profile,
    rule: Rule,
    seats: usize,
    scores: &[u128],
    per: u64,
    intro: Sentence,
) -> Outcome {
    let score = |candidate: usize| scores.get(candidate).copied().unwrap_or(0);
    let ranking = by_score((0..scores.len()).collect(), score);
    let (zh, en) = if rule == Rule::Approval { ("票", "approvals") } else { ("分", "points") };
    let mut explain = vec![intro];
    explain.extend(ranking.iter().flatten().map(|&candidate| {
        let (who, shown) = (profile.label(candidate), text(score(candidate), per));
        Sentence::new(format!("{}得 {shown} {zh}。", who.zh), format!("{}: {shown} {en}.", who.en))
    }));
    let shown = scores.iter().map(|&score| text(score, per)).collect();
    Outcome::of_ranking(profile, rule, seats, ranking, shown, explain)
}
