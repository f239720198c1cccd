//! 排序投票: choosing among several by ranked ballots. Files of PrefLib (`.soc .soi .toc .toi`)
//! and of Scottish council elections are read, six rules count them exactly, and every tie is
//! stated. It reads texts that it is given; choosing a rule is up to the caller.
//!
//! What a ballot says under every rule: whoever is not ranked is tied last. Candidates are
//! numbered from 1, as in the files.

mod line;
mod outcome;
mod pairs;
mod papers;
mod preflib;
mod profile;
mod runoff;
mod scores;
mod scottish;
mod stv;
mod unfit;

use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use outcome::{Outcome, Round, Transfer, TransferOf};
pub use profile::{BadBallot, Ballot, Profile};
pub use unfit::Unfit;

/// 计票规则: how ranked ballots become a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// 赞成票: a ballot approves every candidate it ranks, at whatever rank, and nobody else.
    Approval,
    /// 波达计分: a point for each candidate ranked lower, half a point for each ranked equal.
    Borda,
    /// 科普兰: a point for each duel won, half a point for each drawn.
    Copeland,
    /// 舒尔策: by the strongest paths of duels, their strength being the margin.
    Schulze,
    /// 排序复选: the last is eliminated until somebody has more than half. One seat.
    Irv,
    /// 单一可转移票: as for Scottish councils (SSI 2007/42, rules 45 to 52).
    Stv,
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Approval, Self::Borda, Self::Copeland, Self::Schulze, Self::Irv, Self::Stv];

    /// The word for it in commands, rule packs and results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Approval => "approval",
            Self::Borda => "borda",
            Self::Copeland => "copeland",
            Self::Schulze => "schulze",
            Self::Irv => "irv",
            Self::Stv => "stv",
        }
    }
}

/// A word that names no rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected approval, borda, copeland, schulze, irv or stv, found {0:?}")]
pub struct UnknownRule(String);

impl FromStr for Rule {
    type Err = UnknownRule;

    fn from_str(word: &str) -> Result<Self, UnknownRule> {
        Self::ALL.into_iter().find(|rule| rule.word() == word).ok_or_else(|| UnknownRule(word.to_owned()))
    }
}

/// Count a profile by a rule. Without `seats`, 单一可转移票 fills the seats that the file names,
/// and everything else fills one.
///
/// Approval, Borda, Copeland and Schulze order the candidates and break no tie: where candidates
/// are tied across the last seat, all of them are among the winners and the round says so. IRV
/// and STV have to go on, and break a tie by the latest earlier round in which the candidates
/// differed, then by number: the lower number stays, or is transferred first.
///
/// # Errors
/// When the ballots do not suit the rule or the seats do not suit the candidates.
pub fn count(profile: &Profile, rule: Rule, seats: Option<usize>) -> Result<Outcome, Unfit> {
    let seats = seats.or(profile.seats().filter(|_| rule == Rule::Stv)).unwrap_or(1);
    let candidates = profile.candidates();
    if seats == 0 || seats > candidates {
        return Err(Unfit::Seats { seats, candidates });
    }
    if profile.voters() == 0 {
        return Err(Unfit::NoVotes);
    }
    match rule {
        Rule::Approval => Ok(scores::approval(profile, seats)),
        Rule::Borda => Ok(scores::borda(profile, seats)),
        Rule::Copeland => pairs::copeland(profile, seats),
        Rule::Schulze => pairs::schulze(profile, seats),
        Rule::Irv if seats > 1 => Err(Unfit::OneSeat { seats }),
        Rule::Irv => {
            strict(profile, rule)?;
            Ok(runoff::irv(profile))
        }
        Rule::Stv => {
            strict(profile, rule)?;
            Ok(stv::stv(profile, seats))
        }
    }
}

/// A paper goes to one candidate at a time, so its ranks must be of one each.
fn strict(profile: &Profile, rule: Rule) -> Result<(), Unfit> {
    match profile.ballots().iter().position(Ballot::has_ties) {
        None => Ok(()),
        Some(at) => Err(Unfit::TiedRanks { rule, ballot: at + 1 }),
    }
}
