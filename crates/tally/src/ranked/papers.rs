//! Papers on their way: with whom each lies, what it is worth, and how ties are broken on the
//! way. What is passed on and when is up to the rule.

use super::Profile;
use crate::Sentence;

/// Equal ballots travel together; each is worth the same at any time.
struct Parcel<'a> {
    count: u64,
    order: &'a [usize],
    /// How many of `order` were left behind.
    at: usize,
    /// Per paper, in the units of the rule.
    value: u128,
    with: Option<usize>,
}

/// All papers of an election.
pub(super) struct Papers<'a> {
    parcels: Vec<Parcel<'a>>,
    /// Who can still be given papers.
    continuing: Vec<bool>,
    total: u128,
}

impl<'a> Papers<'a> {
    /// Every paper with its first choice, worth `value`.
    pub(super) fn new(profile: &'a Profile, value: u64) -> Self {
        let parcels = profile.ballots().iter().map(|ballot| {
            let order = ballot.order();
            Parcel { count: ballot.count(), order, at: 0, value: value.into(), with: order.first().copied() }
        });
        Self {
            parcels: parcels.collect(),
            continuing: vec![true; profile.candidates()],
            total: u128::from(profile.voters()) * u128::from(value),
        }
    }

    /// What all papers were worth at first.
    pub(super) fn total(&self) -> u128 {
        self.total
    }

    /// What the papers with each candidate are worth.
    pub(super) fn votes(&self) -> Vec<u128> {
        let mut votes = vec![0; self.continuing.len()];
        for parcel in &self.parcels {
            if let Some(votes) = parcel.with.and_then(|with| votes.get_mut(with)) {
                *votes += u128::from(parcel.count) * parcel.value;
            }
        }
        votes
    }

    /// Nothing goes to this candidate any more.
    pub(super) fn stop(&mut self, candidate: usize) {
        if let Some(continuing) = self.continuing.get_mut(candidate) {
            *continuing = false;
        }
    }

    pub(super) fn continues(&self, candidate: usize) -> bool {
        self.continuing.get(candidate) == Some(&true)
    }

    /// Those who can still be given papers.
    pub(super) fn continuing(&self) -> Vec<usize> {
        (0..self.continuing.len()).filter(|&candidate| self.continues(candidate)).collect()
    }

    /// Pass everything on from `candidate`, each paper at the value that `revalue` gives it, to
    /// the next choice who continues or to nobody.
    pub(super) fn pass_on(&mut self, candidate: usize, revalue: impl Fn(u128) -> u128) {
        let continuing = &self.continuing;
        for parcel in self.parcels.iter_mut().filter(|parcel| parcel.with == Some(candidate)) {
            parcel.value = revalue(parcel.value);
            let later = parcel.order.iter().enumerate().skip(parcel.at + 1);
            let next = later.into_iter().find(|&(_, &next)| continuing.get(next) == Some(&true));
            parcel.with = next.map(|(_, &next)| next);
            parcel.at = next.map_or(parcel.order.len(), |(at, _)| at);
        }
    }
}

/// Whom of the tied a rule looks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Seeking {
    /// The one with most votes earlier on, to be transferred first; else the lowest number.
    Most,
    /// The one with fewest votes earlier on, to be eliminated; else the highest number.
    Fewest,
}

/// One of `tied`, candidates with equal votes now, and a sentence on how, where there are
/// several. `history` is how everybody stood at the end of each round so far; the latest round
/// in which the tied differed decides, and where several are equal in that, an earlier one.
pub(super) fn choose(
    profile: &Profile,
    tied: &[usize],
    history: &[Vec<u128>],
    seeking: Seeking,
) -> Option<(usize, Option<Sentence>)> {
    let (&first, &last) = (tied.first()?, tied.last()?);
    if tied.len() == 1 {
        return Some((first, None));
    }
    let mut among = tied.to_vec();
    let mut decided = None;
    for (round, votes) in history.iter().enumerate().rev() {
        let stood = |candidate: &usize| votes.get(*candidate).copied().unwrap_or(0);
        let sought = match seeking {
            Seeking::Most => among.iter().map(stood).max()?,
            Seeking::Fewest => among.iter().map(stood).min()?,
        };
        among.retain(|candidate| stood(candidate) == sought);
        if let [only] = among.as_slice() {
            decided = Some((*only, round + 1));
            break;
        }
    }
    let who = profile.labels(tied);
    let chosen = match (decided, seeking) {
        (Some((chosen, _)), _) => chosen,
        (None, Seeking::Most) => among.first().copied().unwrap_or(first),
        (None, Seeking::Fewest) => among.last().copied().unwrap_or(last),
    };
    let name = profile.label(chosen);
    let (what_zh, what_en) = match seeking {
        Seeking::Most => ("先转移", "is transferred first"),
        Seeking::Fewest => ("淘汰", "is eliminated"),
    };
    let (zh, en) = match (decided, seeking) {
        (Some((_, round)), Seeking::Most) => {
            (format!("看第 {round} 轮，票多者"), format!("by round {round}, with more votes in it,"))
        }
        (Some((_, round)), Seeking::Fewest) => {
            (format!("看第 {round} 轮，票少者"), format!("by round {round}, with fewer votes in it,"))
        }
        (None, Seeking::Most) => (
            "以前各轮也分不出，按编号，小者".to_owned(),
            "earlier rounds do not part them; by the lower number".to_owned(),
        ),
        (None, Seeking::Fewest) => (
            "以前各轮也分不出，按编号，大者".to_owned(),
            "earlier rounds do not part them; by the higher number".to_owned(),
        ),
    };
    let tie = Sentence::new(
        format!("{}票数相同：{zh}{what_zh}：{}。", who.zh, name.zh),
        format!("{} have equal votes: {en} {} {what_en}.", who.en, name.en),
    );
    Some((chosen, Some(tie)))
}
