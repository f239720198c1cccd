//! Candidates and ballots, whole and checked: whatever is in a profile can be counted without
//! looking at it again. How they are written in files is no matter here.

use super::{line, preflib, scottish};
use crate::{Malformed, Sentence};

/// 选票: equal ballots of one or more voters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ballot {
    count: u64,
    /// Candidates from 0, best first.
    order: Vec<usize>,
    /// Where each group of tied candidates ends in `order`.
    ends: Vec<usize>,
}

impl Ballot {
    /// Of `count` voters who rank these groups of candidates, best first, candidates from 1.
    #[must_use]
    pub fn new(count: u64, groups: &[Vec<usize>]) -> Self {
        let mut ballot = Self::empty(count);
        for group in groups {
            // A number below 1 is kept as one that no profile has.
            ballot.order.extend(group.iter().map(|number| number.wrapping_sub(1)));
            ballot.close_group();
        }
        ballot
    }

    pub(super) fn empty(count: u64) -> Self {
        Self { count, order: Vec::new(), ends: Vec::new() }
    }

    /// Add a candidate, from 0, to the group that is open.
    pub(super) fn add(&mut self, candidate: usize) {
        self.order.push(candidate);
    }

    /// The next candidate begins a new group.
    pub(super) fn close_group(&mut self) {
        if self.ends.last().copied().unwrap_or(0) < self.order.len() {
            self.ends.push(self.order.len());
        }
    }

    /// How many voters cast it.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Whether candidates share a rank. Those left out do not count.
    pub(super) fn has_ties(&self) -> bool {
        self.ends.len() < self.order.len()
    }

    /// The ranked candidates, from 0, best first.
    pub(super) fn order(&self) -> &[usize] {
        &self.order
    }

    /// Each group of tied candidates with all that are ranked below it, best first.
    pub(super) fn groups(&self) -> impl Iterator<Item = (&[usize], &[usize])> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| {
            let (above, below) = self.order.split_at(end);
            (above.get(start..).unwrap_or_default(), below)
        })
    }
}

/// 选票不成立: what keeps ballots from making a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadBallot {
    /// No candidate, or more than can be.
    #[error("{0} candidates")]
    Candidates(usize),
    /// A ballot of nobody or that ranks nobody.
    #[error("ballot {0} is empty")]
    Empty(usize),
    /// A candidate who does not stand.
    #[error("ballot {0} ranks a candidate who does not stand")]
    Unknown(usize),
    /// A candidate twice on one ballot.
    #[error("ballot {0} ranks a candidate twice")]
    Twice(usize),
    /// More voters than can be counted.
    #[error("there are more voters than can be counted")]
    TooManyVoters,
}

/// 投票汇总: who stands and how everybody voted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    names: Vec<String>,
    seats: Option<usize>,
    ballots: Vec<Ballot>,
    voters: u64,
}

impl Profile {
    /// As many candidates as are read.
    pub(super) const MOST_CANDIDATES: usize = 10_000;

    /// Read a file: PrefLib where it begins with `#`, else the CSV of Scottish council elections.
    ///
    /// A file that is cut off is not counted: what it says of its own length must be true
    /// (`NUMBER VOTERS` of PrefLib, the candidates at the end of the CSV).
    ///
    /// # Errors
    /// Where the text is not such a file.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = line::lines(text).peekable();
        match lines.peek() {
            Some(first) if first.text().starts_with('#') => preflib::parse(lines),
            Some(_) => scottish::parse(lines),
            None => Err(Malformed::new(
                1,
                1,
                Sentence::new(
                    "PrefLib 的“# KEY: value”行，或“候选数,席位数”",
                    "`# KEY: value` of PrefLib, or `candidates,seats`",
                ),
                "",
            )),
        }
    }

    /// Of candidates, the seats there are to fill where that is fixed, and ballots. An empty
    /// name is one not known. Equal ballots need not be merged.
    ///
    /// # Errors
    /// When a ballot does not fit the candidates.
    pub fn new(names: Vec<String>, seats: Option<usize>, ballots: Vec<Ballot>) -> Result<Self, BadBallot> {
        let candidates = names.len();
        if candidates == 0 || candidates > Self::MOST_CANDIDATES {
            return Err(BadBallot::Candidates(candidates));
        }
        let mut seen = Seen::new(candidates);
        let mut profile = Self { names, seats, ballots: Vec::with_capacity(ballots.len()), voters: 0 };
        for (at, ballot) in ballots.into_iter().enumerate() {
            let number = at + 1;
            if ballot.count == 0 || ballot.order.is_empty() {
                return Err(BadBallot::Empty(number));
            }
            seen.next_ballot();
            for &candidate in &ballot.order {
                if candidate >= candidates {
                    return Err(BadBallot::Unknown(number));
                }
                if seen.before(candidate) {
                    return Err(BadBallot::Twice(number));
                }
            }
            profile.push(ballot).ok_or(BadBallot::TooManyVoters)?;
        }
        Ok(profile)
    }

    /// Of parts that were checked.
    pub(super) fn empty(names: Vec<String>, seats: Option<usize>) -> Self {
        Self { names, seats, ballots: Vec::new(), voters: 0 }
    }

    /// Add a checked ballot, unless there are too many voters to count.
    pub(super) fn push(&mut self, ballot: Ballot) -> Option<()> {
        self.voters = self.voters.checked_add(ballot.count)?;
        self.ballots.push(ballot);
        Some(())
    }

    pub(super) fn set_names(&mut self, names: Vec<String>) {
        self.names = names;
    }

    /// How many candidates stand.
    #[must_use]
    pub fn candidates(&self) -> usize {
        self.names.len()
    }

    /// The seats that the file names.
    #[must_use]
    pub fn seats(&self) -> Option<usize> {
        self.seats
    }

    /// 投票人数.
    #[must_use]
    pub fn voters(&self) -> u64 {
        self.voters
    }

    /// Every ballot.
    #[must_use]
    pub fn ballots(&self) -> &[Ballot] {
        &self.ballots
    }

    /// The name of a candidate, from 1, where it is known.
    #[must_use]
    pub fn name(&self, number: usize) -> Option<&str> {
        let name = self.names.get(number.checked_sub(1)?)?;
        Some(name.as_str()).filter(|name| !name.is_empty())
    }

    /// What a candidate, from 0, is called in explanations.
    pub(super) fn label(&self, candidate: usize) -> Sentence {
        let number = candidate + 1;
        match self.name(number) {
            Some(name) => Sentence::new(format!("{number} 号（{name}）"), format!("{number} ({name})")),
            None => Sentence::new(format!("{number} 号"), number.to_string()),
        }
    }

    /// Several candidates, from 0.
    pub(super) fn labels(&self, candidates: &[usize]) -> Sentence {
        let labels: Vec<_> = candidates.iter().map(|&candidate| self.label(candidate)).collect();
        let join = |of: fn(&Sentence) -> &str, with| labels.iter().map(of).collect::<Vec<_>>().join(with);
        Sentence::new(join(|label| &label.zh, "、"), join(|label| &label.en, ", "))
    }
}

/// Who was ranked on the ballot at hand, without clearing a list for each.
pub(super) struct Seen {
    ballot: usize,
    last: Vec<usize>,
}

impl Seen {
    pub(super) fn new(candidates: usize) -> Self {
        Self { ballot: 0, last: vec![0; candidates] }
    }

    pub(super) fn next_ballot(&mut self) {
        self.ballot += 1;
    }

    /// Whether this ballot had the candidate before; it has now.
    pub(super) fn before(&mut self, candidate: usize) -> bool {
        let ballot = self.ballot;
        self.last.get_mut(candidate).is_some_and(|last| std::mem::replace(last, ballot) == ballot)
    }

    /// Whether this ballot has the candidate.
    pub(super) fn has(&self, candidate: usize) -> bool {
        self.last.get(candidate) == Some(&self.ballot)
    }
}
