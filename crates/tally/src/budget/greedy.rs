//! 按票数取: the most utility for each unit of money first, skipping what no longer fits.

use super::profile::Profile;
use super::{Because, Choices, End, Step, Ties};
use crate::Ratio;
use num_traits::{Signed as _, Zero as _};
use std::cmp::Ordering;

/// Chooses among everything.
pub(super) fn choose(profile: &Profile) -> Choices {
    let mut choices = Choices { steps: Vec::new(), end: End::Exhausted };
    complete(profile, &mut choices);
    choices
}

/// Goes on from what has been chosen already.
pub(super) fn complete(profile: &Profile, choices: &mut Choices) {
    let mut open = vec![true; profile.candidates.len()];
    let mut left = profile.budget.clone();
    for step in &choices.steps {
        open[step.candidate] = false;
        left -= &profile.candidates[step.candidate].cost;
    }
    let mut queue: Vec<(usize, Class, Ratio)> = (0..open.len())
        .filter(|&candidate| open[candidate])
        .map(|candidate| {
            let Standing { class, density } = standing(profile, candidate);
            (candidate, class, density)
        })
        .collect();
    let by_merit = |a: &(usize, Class, Ratio), b: &(usize, Class, Ratio)| {
        a.1.cmp(&b.1).then_with(|| if a.1 == Class::Priced { b.2.cmp(&a.2) } else { Ordering::Equal })
    };
    // The sort is stable and candidates come by id, so ties stay in the order of ids.
    queue.sort_by(by_merit);
    for equals in queue.chunk_by(|a, b| by_merit(a, b) == Ordering::Equal) {
        for (index, (candidate, class, _)) in equals.iter().enumerate() {
            let cost = &profile.candidates[*candidate].cost;
            if *cost > left {
                continue;
            }
            left -= cost;
            let because =
                if *class == Class::Free { Because::Free } else { Because::Fits { left: left.clone() } };
            let tied = Ties::new(equals[index + 1..].iter().map(|next| next.0));
            choices.steps.push(Step { candidate: *candidate, because, tied });
        }
    }
}

/// In this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Free,
    Priced,
    Unsupported,
}

struct Standing {
    class: Class,
    density: Ratio,
}

fn standing(profile: &Profile, candidate: usize) -> Standing {
    let one = &profile.candidates[candidate];
    let density = profile.density(candidate).unwrap_or_else(Ratio::zero);
    let class = if !one.total.is_positive() {
        Class::Unsupported
    } else if one.cost.is_zero() {
        Class::Free
    } else {
        Class::Priced
    };
    Standing { class, density }
}
